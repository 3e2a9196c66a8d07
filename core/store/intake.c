/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/intake.h"

#include "core/store/seal.h"

#include <string.h>

static void read_result(struct intake_ask *mine, const struct reply *reply,
                        struct intake_result *out)
{
	*out = (struct intake_result){ .code = "", .paper_number = "", .at = MOMENT_NONE,
		.received_at = MOMENT_NONE, .due_at = MOMENT_NONE,
		.paper_id = reply_number(reply, 0, "paper_id", 0),
		.repeated = reply_flag(reply, 0, "repeated") };
	if (mine->turned_away) {
		out->paper_number = reply_text(reply, 0, "paper_number");
		out->at = reply_moment(reply, 0, "at");
		return;
	}
	out->dossier_id = reply_number(reply, 0, "dossier_id", 0);
	out->code = reply_text(reply, 0, "code");
	out->received_at = reply_moment(reply, 0, "received_at");
	out->due_at = reply_moment(reply, 0, "due_at");
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct intake_ask *mine = OWNER_OF(ask, struct intake_ask, ask);
	struct intake_result result;
	struct error unfit;
	if (!err) {
		read_result(mine, reply, &result);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &result, err);
}

static void on_waiting(struct ask *ask)
{
	struct intake_ask *mine = OWNER_OF(ask, struct intake_ask, ask);
	if (mine->waiting)
		mine->waiting(mine);
}

static void start(struct store *store, struct scope *scope, struct intake_ask *mine,
                  const struct intake *intake, const char *sql)
{
	arena_free(&mine->arena);
	/* A request id makes the repetition after a lost reply harmless. */
	mine->ask = (struct ask){ .done = on_done, .waiting = on_waiting, .repeat = true,
		.into = &mine->arena };
	char *request = intake_json(&mine->arena, intake, mine->turned_away);
	store_ask(store, scope, &mine->ask, sql, (struct param[]){ PARAM_TEXT(request) }, 1);
	seal_wipe(request, strlen(request));
}

void intake_accept(struct store *store, struct scope *scope, struct intake_ask *mine,
                   const struct intake *intake)
{
	mine->turned_away = false;
	start(store, scope, mine, intake, "select * from desk.accept_dossier($1::jsonb)");
}

void intake_turn_away(struct store *store, struct scope *scope, struct intake_ask *mine,
                      const struct intake *intake)
{
	mine->turned_away = true;
	start(store, scope, mine, intake, "select * from desk.turn_away($1::jsonb)");
}

void intake_clear(struct intake_ask *mine)
{
	arena_free(&mine->arena);
}
