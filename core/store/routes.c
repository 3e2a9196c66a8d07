/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/routes.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define DAY(name)    .name = reply_day(reply, row, #name)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
#define ID(name)     .name = reply_number(reply, row, #name, 0)

static void on_routes(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct routes_ask *mine = OWNER_OF(ask, struct routes_ask, ask);
	struct error unfit;
	struct route_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct route_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct route_row){ ID(rule_id), .own = reply_flag(reply, row, "own"),
				TEXT(state), TEXT(procedure_code), TEXT(procedure_name), TEXT(ministry),
				TEXT(field), TEXT(level), TEXT(case_name), TEXT(deciding_unit),
				TEXT(system), TEXT(system_name), TEXT(told), TEXT(notice),
				TEXT(decided_by), TEXT(note), DAY(valid_from), DAY(valid_to),
				TEXT(entered_by), TEXT(ended_by), TEXT(ended_why), MOMENT(entered_at),
				MOMENT(ended_at) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void routes_read(struct store *store, struct scope *scope, struct routes_ask *mine)
{
	mine->ask = (struct ask){ .done = on_routes, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.route_list()", NULL, 0);
}

static void on_past(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct route_past_ask *mine = OWNER_OF(ask, struct route_past_ask, ask);
	struct error unfit;
	struct route_past *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct route_past, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct route_past){ ID(dossier_id), TEXT(code), TEXT(procedure_code),
				ID(case_id), TEXT(deciding_unit), DAY(day), TEXT(system) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void routes_past(struct store *store, struct scope *scope, struct route_past_ask *mine, day_t first,
                 day_t last)
{
	char from[16], to[16];
	day_write_iso(first, from, sizeof from);
	day_write_iso(last, to, sizeof to);
	mine->ask = (struct ask){ .done = on_past, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.route_trial($1::date, $2::date)",
	          (struct param[]){ PARAM_TEXT(from), PARAM_TEXT(to) }, 2);
}

/* ---- changes ---- */

static void put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) != 0)
		abort(); /* out of memory */
}

static void put_text(json_t *object, const char *key, const char *value)
{
	put(object, key, json_string(value ? value : ""));
}

static void put_day(json_t *object, const char *key, day_t day)
{
	char text[16];
	put(object, key, day == DAY_NONE ? json_null() : json_string(day_write_iso(day, text, sizeof text)));
}

static json_t *notice_json(const struct route_notice *notice)
{
	json_t *object = json_object();
	put_text(object, "number", notice->number);
	put_day(object, "day", notice->day);
	put_text(object, "by", notice->by);
	return object;
}

static json_t *seen_json(const struct route_seen *seen)
{
	json_t *object = json_object();
	put_day(object, "from", seen->first);
	put_day(object, "to", seen->last);
	put(object, "dossiers", json_integer((json_int_t)seen->dossiers));
	put(object, "moved", json_integer((json_int_t)seen->moved));
	return object;
}

/* "cong, tinh" as a list. */
static json_t *told_json(const char *told)
{
	json_t *list = json_array();
	for (const char *at = told ? told : ""; *at;) {
		at += strspn(at, ", ");
		size_t n = strcspn(at, ", ");
		if (n)
			json_array_append_new(list, json_stringn(at, n));
		at += n;
	}
	return list;
}

static char *dump(json_t *object)
{
	char *text = json_dumps(object, JSON_COMPACT);
	json_decref(object);
	if (!text)
		abort(); /* out of memory */
	return text;
}

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct route_act *mine = OWNER_OF(ask, struct route_act, ask);
	mine->done(mine, err ? 0 : reply_number(reply, 0, "rule_id", 0), err);
}

void route_save(struct store *store, struct scope *scope, struct route_act *mine,
                const struct route_draft *draft)
{
	json_t *rule = json_object();
	put_text(rule, "procedure", draft->procedure);
	put_text(rule, "ministry", draft->ministry);
	put_text(rule, "field", draft->field);
	put_text(rule, "level", draft->level);
	put_text(rule, "deciding_unit", draft->deciding_unit);
	put(rule, "case_id", json_integer(draft->case_id));
	put_text(rule, "system", draft->system);
	put(rule, "told", told_json(draft->told));
	put_text(rule, "note", draft->note);
	put_day(rule, "from", draft->from);
	put_day(rule, "to", draft->to);
	put(rule, "notice", notice_json(&draft->notice));
	put(rule, "trial", seen_json(&draft->seen));
	char *text = dump(rule);
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, "select desk.route_save($1::jsonb) as rule_id",
	          (struct param[]){ PARAM_TEXT(text) }, 1);
	free(text);
}

void route_end(struct store *store, struct scope *scope, struct route_act *mine, int64_t rule_id,
               day_t from, const struct route_notice *notice, const char *reason,
               const struct route_seen *seen)
{
	char id[24], day[16];
	snprintf(id, sizeof id, "%lld", (long long)rule_id);
	char *paper = dump(notice_json(notice)), *trial = dump(seen_json(seen));
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask,
	          "select 0 as rule_id from desk.route_end($1::bigint, $2::date, $3::jsonb, $4, $5::jsonb)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(day_write_iso(from, day, sizeof day)),
	                            PARAM_TEXT(paper), PARAM_TEXT(reason), PARAM_TEXT(trial) }, 5);
	free(paper);
	free(trial);
}
