/* SPDX-License-Identifier: Apache-2.0
 *
 * What may be put right and where it goes, and the correction as the referee wants it. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/store/sync_own.h"

static void read_party(const struct reply *reply, int row, void *out)
{
	*(struct sync_party *)out = (struct sync_party){ .role = reply_text(reply, row, "role"),
		.name = reply_text(reply, row, "name"), .phone = reply_text(reply, row, "phone"),
		.email = reply_text(reply, row, "email"), .address = reply_text(reply, row, "address") };
}

static void read_place(const struct reply *reply, int row, void *out)
{
	*(struct sync_place *)out = (struct sync_place){ reply_text(reply, row, "system"),
		reply_text(reply, row, "system_name") };
}

static void take_parties(struct sync_correctable_ask *mine, const struct reply *reply,
                         const struct error **err, struct error *unfit)
{
	struct sync_correctable *found = &mine->found;
	found->parties = sync_rows(reply, err, unfit, mine->into, sizeof *found->parties, read_party);
	if (*err)
		return;
	found->count = reply->rows;
	found->summary = reply->rows ? reply_text(reply, 0, "summary") : "";
}

static void on_read(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct sync_correctable_ask *mine = ask->owner;
	struct sync_correctable *found = &mine->found;
	struct error unfit;
	if (ask == &mine->parts[0]) {
		take_parties(mine, reply, &err, &unfit);
	} else {
		found->places = sync_rows(reply, &err, &unfit, mine->into, sizeof *found->places, read_place);
		found->place_count = err ? 0 : reply->rows;
	}
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left)
		return;
	bool good = mine->err.fault == FAULT_NONE;
	mine->done(mine, good ? found : NULL, good ? NULL : &mine->err);
}

void sync_correctable_read(struct store *store, struct scope *scope,
                           struct sync_correctable_ask *mine, int64_t dossier_id)
{
	static const char *const sql[] = { "select * from desk.correctable($1::bigint)",
		"select * from desk.correctable_systems($1::bigint)" };
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->left = 2;
	mine->err.fault = FAULT_NONE;
	mine->found = (struct sync_correctable){ .summary = "" };
	for (int i = 0; i < 2; i++) {
		mine->parts[i] = (struct ask){ .done = on_read, .repeat = true, .into = mine->into,
			.owner = mine };
		store_ask(store, scope, &mine->parts[i], sql[i], (struct param[]){ PARAM_TEXT(id) }, 1);
	}
}

static void put(json_t *object, const char *key, const char *value)
{
	json_t *text = json_string(value ? value : "");
	/* Not UTF-8: left out, so that it changes nothing. */
	if (text && json_object_set_new(object, key, text) != 0)
		abort(); /* out of memory */
}

static json_t *party(const struct sync_party *party)
{
	json_t *object = json_object();
	put(object, "name", party->name);
	put(object, "phone", party->phone);
	put(object, "email", party->email);
	put(object, "address", party->address);
	return object;
}

static char *changes_of(const struct sync_correctable *c)
{
	json_t *changes = json_object();
	put(changes, "summary", c->summary);
	for (int i = 0; i < c->count; i++)
		json_object_set_new(changes, c->parties[i].role, party(&c->parties[i]));
	char *text = json_dumps(changes, JSON_COMPACT);
	json_decref(changes);
	if (!text)
		abort();
	return text;
}

void sync_correct(struct store *store, struct scope *scope, struct sync_act_ask *mine,
                  int64_t dossier_id, const struct sync_correctable *c, const char *reason)
{
	char id[24];
	struct arena scratch = { 0 };
	const char *places = "";
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	for (int i = 0; i < c->place_count; i++)
		places = arena_format(&scratch, "%s%s%s", places, i ? "," : "", c->places[i].system);
	char *changes = changes_of(c);
	sync_act(store, scope, mine,
	         "select * from desk.correct($1::bigint, string_to_array($2, ','), $3::jsonb, $4)",
	         (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(places), PARAM_TEXT(changes),
	                           PARAM_TEXT(reason) }, 4);
	free(changes);
	arena_free(&scratch);
}
