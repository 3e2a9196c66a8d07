/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/manual.h"

#include <stdio.h>

#define TEXT(name) .name = reply_text(reply, row, #name)

static void on_list(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct manual_list_ask *mine = OWNER_OF(ask, struct manual_list_ask, ask);
	struct error unfit;
	struct manual_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct manual_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct manual_row){ .dossier_id = reply_number(reply, row, "dossier_id", 0),
				TEXT(code), TEXT(owner_name), TEXT(procedure_name), TEXT(system),
				TEXT(system_name), TEXT(foreign_code),
				.since = reply_moment(reply, row, "since"),
				.messages = (int)reply_number(reply, row, "messages", 0),
				.created_there = reply_flag(reply, row, "created_there") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void manual_list(struct store *store, struct scope *scope, struct manual_list_ask *mine, int most)
{
	char number[16];
	snprintf(number, sizeof number, "%d", most);
	mine->ask = (struct ask){ .done = on_list, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.manual_list($1::int)",
	          (struct param[]){ PARAM_TEXT(number) }, 1);
}

static void on_fields(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct manual_fields_ask *mine = OWNER_OF(ask, struct manual_fields_ask, ask);
	struct error unfit;
	struct manual_field *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct manual_field, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct manual_field){ TEXT(label), TEXT(value),
				.is_private = reply_flag(reply, row, "private"), TEXT(site) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void manual_fields(struct store *store, struct scope *scope, struct manual_fields_ask *mine,
                   int64_t dossier_id, const char *system, bool clear)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	/* verbatim: a value of several lines is typed as several lines. */
	mine->ask = (struct ask){ .done = on_fields, .repeat = true, .verbatim = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.manual_fields($1::bigint, $2, $3::boolean)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(system), PARAM_TEXT(clear ? "t" : "f") }, 3);
}

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct act_ask *mine = OWNER_OF(ask, struct act_ask, ask);
	mine->done(mine, err ? 0 : (int)reply_number(reply, 0, "version", 0), err);
}

void manual_done(struct store *store, struct scope *scope, struct act_ask *mine, int64_t dossier_id,
                 const char *system, const char *their_code, const char *note)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask,
	          "select 0 as version from desk.manual_done($1::bigint, $2, $3, $4)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(system), PARAM_TEXT(their_code),
	                            PARAM_TEXT(note) }, 4);
}

void manual_status(struct store *store, struct scope *scope, struct act_ask *mine,
                   int64_t dossier_id, int version, const char *system, int status, moment_t read_at,
                   const char *said)
{
	char id[24], seen[16], number[16], at[40];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	snprintf(number, sizeof number, "%d", status);
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, "select desk.manual_status($1::bigint, $2::int, $3, $4::int, "
	                                    "$5::timestamptz, $6) as version",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(system), PARAM_TEXT(number),
	                            PARAM_TEXT(moment_write_iso(read_at, at, sizeof at)), PARAM_TEXT(said) }, 6);
}
