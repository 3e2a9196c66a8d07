/* SPDX-License-Identifier: Apache-2.0
 *
 * What may be put right, and the correction as the referee wants it. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/store/sync_own.h"

static void on_read(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct sync_correctable_ask *mine = OWNER_OF(ask, struct sync_correctable_ask, ask);
	struct error unfit;
	struct sync_correctable found = { .summary = "" };
	struct sync_party *parties = NULL;
	if (!err) {
		parties = ARENA_MANY(mine->into, struct sync_party, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			parties[i] = (struct sync_party){ .role = reply_text(reply, i, "role"),
				.name = reply_text(reply, i, "name"), .phone = reply_text(reply, i, "phone"),
				.email = reply_text(reply, i, "email"),
				.address = reply_text(reply, i, "address") };
		found = (struct sync_correctable){ parties, reply->rows,
			reply->rows ? reply_text(reply, 0, "summary") : "" };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &found, err);
}

void sync_correctable_read(struct store *store, struct scope *scope,
                           struct sync_correctable_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_read, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.correctable($1::bigint)",
	          (struct param[]){ PARAM_TEXT(id) }, 1);
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

void sync_correct(struct store *store, struct scope *scope, struct sync_act_ask *mine,
                  int64_t dossier_id, const char *system, const struct sync_correctable *c,
                  const char *reason)
{
	char id[24];
	json_t *changes = json_object();
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	put(changes, "summary", c->summary);
	for (int i = 0; i < c->count; i++)
		json_object_set_new(changes, c->parties[i].role, party(&c->parties[i]));
	char *text = json_dumps(changes, JSON_COMPACT);
	json_decref(changes);
	if (!text)
		abort();
	sync_act(store, scope, mine, "select desk.correct_and_resend($1::bigint, $2, $3::jsonb, $4)",
	         (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(system), PARAM_TEXT(text),
	                           PARAM_TEXT(reason) }, 4);
	free(text);
}
