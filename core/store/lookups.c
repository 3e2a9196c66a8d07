/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/lookups.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store/seal.h"

/* ---- asking ---- */

static void put(json_t *object, const char *key, const char *value)
{
	if (value && *value)
		json_object_set_new(object, key, json_string(value));
}

static void on_started(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct lookup_ask *mine = OWNER_OF(ask, struct lookup_ask, ask);
	struct error unfit;
	if (!err) {
		mine->question_id = reply_number(reply, 0, "question_id", 0);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err);
}

void lookup_start(struct store *store, struct scope *scope, struct lookup_ask *mine,
                  const struct lookup_wish *wish)
{
	char birth[16] = "";
	json_t *body = json_object();
	if (wish->birth != DAY_NONE)
		day_write_iso(wish->birth, birth, sizeof birth);
	put(body, "number", wish->number);
	put(body, "name", wish->name);
	put(body, "birth", birth);
	put(body, "code", wish->code);
	char *text = json_dumps(body, JSON_COMPACT);
	json_decref(body);
	if (!text)
		abort();
	mine->ask = (struct ask){ .done = on_started, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select desk.look_up($1, $2::jsonb, $3) as question_id",
	          (struct param[]){ PARAM_TEXT(wish->what), PARAM_TEXT(text), PARAM_TEXT(wish->purpose) }, 3);
	seal_wipe(text, strlen(text));
	free(text);
}

/* ---- reading ---- */

static const char *take(struct arena *arena, const json_t *item, const char *name)
{
	const char *text = json_string_value(json_object_get(item, name));
	return text ? text_mend(arena, text, strlen(text)) : "";
}

static void read_item(struct arena *arena, const json_t *item, struct lookup_item *out)
{
	const char *birth = take(arena, item, "birth");
	*out = (struct lookup_item){ .number = take(arena, item, "number"),
		.old_number = take(arena, item, "old_number"), .name = take(arena, item, "name"),
		.birth = day_read_iso(birth), .birth_year = strlen(birth) == 4 ? atoi(birth) : 0,
		.sex = take(arena, item, "sex"), .address = take(arena, item, "address"),
		.commune = take(arena, item, "commune"), .province = take(arena, item, "province"),
		.representative = take(arena, item, "representative"),
		.status = take(arena, item, "status"), .card = take(arena, item, "card"),
		.from = day_read_iso(take(arena, item, "from")),
		.until = day_read_iso(take(arena, item, "until")), .place = take(arena, item, "place") };
}

static enum lookup_answer answer_of(const char *state, const json_t *reply)
{
	static const struct { const char *word; enum lookup_answer answer; } words[] = {
		{ "found", ANSWER_FOUND }, { "none", ANSWER_ABSENT },
		{ "needs_code", ANSWER_NEEDS_CODE }, { "wrong_code", ANSWER_WRONG_CODE } };
	const char *said = json_string_value(json_object_get(reply, "state"));
	if (strcmp(state, "waiting") == 0)
		return ANSWER_WAITING;
	for (size_t i = 0; said && i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i].word, said) == 0)
			return words[i].answer;
	return ANSWER_FAILED;
}

static void read_reply(struct lookup_ask *mine, const struct reply *reply)
{
	json_t *told = json_loads(reply_text(reply, 0, "reply"), 0, NULL);
	const json_t *items = json_object_get(told, "items");
	size_t count = json_array_size(items);
	struct lookup_item *rows = ARENA_MANY(mine->into, struct lookup_item, count + 1);
	mine->answer = answer_of(reply_text(reply, 0, "state"), told);
	for (size_t i = 0; i < count; i++)
		read_item(mine->into, json_array_get(items, i), &rows[i]);
	mine->items = rows;
	mine->count = (int)count;
	if (mine->answer == ANSWER_FOUND && count == 0)
		mine->answer = ANSWER_ABSENT;
	json_decref(told);
}

static void on_read(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct lookup_ask *mine = OWNER_OF(ask, struct lookup_ask, ask);
	struct error unfit;
	if (!err) {
		mine->question_id = reply_number(reply, 0, "question_id", 0);
		mine->system_name = reply_text(reply, 0, "system_name");
		mine->note = reply_text(reply, 0, "note");
		mine->answered_at = reply_moment(reply, 0, "answered_at");
		read_reply(mine, reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err);
}

void lookup_read(struct store *store, struct scope *scope, struct lookup_ask *mine, int64_t question_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)question_id);
	mine->ask = (struct ask){ .done = on_read, .repeat = true, .verbatim = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.lookup($1::bigint)",
	          (struct param[]){ PARAM_TEXT(id) }, 1);
}
