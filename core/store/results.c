/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/results.h"

#include <stdio.h>

#include "core/store/seal.h"

static void on_return(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct return_ask *mine = OWNER_OF(ask, struct return_ask, ask);
	struct return_state state = { 0 };
	struct error unfit;
	if (!err) {
		state = (struct return_state){ .digital = reply_flag(reply, 0, "digital"), .place = reply_text(reply, 0, "place"),
			.grade = reply_text(reply, 0, "grade"), .papers = reply_text(reply, 0, "papers"), .missing = reply_text(reply, 0, "missing"),
			.told = reply_text(reply, 0, "told"), .phone = reply_text(reply, 0, "phone") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &state, err);
}

void return_read(struct store *store, struct scope *scope, struct return_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_return, .repeat = true, .verbatim = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.dossier_return($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

static void on_waiting(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct waiting_ask *mine = OWNER_OF(ask, struct waiting_ask, ask);
	struct waiting_row *rows = NULL;
	struct error unfit;
	int count = err ? 0 : reply->rows, total = count ? (int)reply_number(reply, 0, "many", 0) : 0;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct waiting_row, count + 1);
		for (int i = 0; i < count; i++)
			rows[i] = (struct waiting_row){ .dossier_id = reply_number(reply, i, "dossier_id", 0),
				.message_id = reply_number(reply, i, "message_id", 0), .code = reply_text(reply, i, "code"),
				.field = reply_text(reply, i, "field"), .procedure_name = reply_text(reply, i, "procedure_name"),
				.place = reply_text(reply, i, "place"), .result_by = reply_text(reply, i, "result_by"),
				.told = reply_text(reply, i, "told"), .finished_at = reply_moment(reply, i, "finished_at"),
				.waits = (int)reply_number(reply, i, "waits", 0), .tries = (int)reply_number(reply, i, "tries", 0),
				.digital = reply_flag(reply, i, "digital") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : count, err ? 0 : total, err);
}

void waiting_read(struct store *store, struct scope *scope, struct waiting_ask *mine, int days, int most)
{
	char least[16], limit[16];
	snprintf(least, sizeof least, "%d", days);
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_waiting, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.to_return($1::int, $2::int)",
	          (struct param[]){ days < 0 ? PARAM_NULL : PARAM_TEXT(least), PARAM_TEXT(limit) }, 2);
}

static void on_calls(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct calls_ask *mine = OWNER_OF(ask, struct calls_ask, ask);
	struct call_row *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct call_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct call_row){ .message_id = reply_number(reply, i, "message_id", 0),
				.dossier_id = reply_number(reply, i, "dossier_id", 0), .code = reply_text(reply, i, "code"),
				.kind = reply_text(reply, i, "kind"), .phone = reply_text(reply, i, "phone"), .words = reply_text(reply, i, "words"),
				.note = reply_text(reply, i, "note"), .at = reply_moment(reply, i, "at"), .tried_at = reply_moment(reply, i, "tried_at"),
				.tries = (int)reply_number(reply, i, "tries", 0) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

static void read_calls(struct store *store, struct scope *scope, struct calls_ask *mine, const char *sql, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_calls, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql, (struct param[]){ PARAM_TEXT(limit) }, 1);
}

void calls_read(struct store *store, struct scope *scope, struct calls_ask *mine, int most)
{
	read_calls(store, scope, mine, "select * from desk.call_list($1::int)", most);
}

void called_read(struct store *store, struct scope *scope, struct calls_ask *mine, int most)
{
	read_calls(store, scope, mine, "select * from desk.called_list($1::int)", most);
}

static void on_told(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct told_ask *mine = OWNER_OF(ask, struct told_ask, ask);
	struct told_row *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct told_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct told_row){ .kind = reply_text(reply, i, "kind"), .channel = reply_text(reply, i, "channel"),
				.gateway = reply_text(reply, i, "gateway"), .address = reply_text(reply, i, "address"), .words = reply_text(reply, i, "words"),
				.state = reply_text(reply, i, "state"), .note = reply_text(reply, i, "note"), .at = reply_moment(reply, i, "at"),
				.changed_at = reply_moment(reply, i, "changed_at") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void told_read(struct store *store, struct scope *scope, struct told_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_told, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.citizen_messages($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

/* ---- acts ---- */

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct result_act *mine = OWNER_OF(ask, struct result_act, ask);
	mine->done(mine, err || !reply->rows ? "" : reply_text(reply, 0, "value"), err);
}

/* once: it may be said again after a lost reply without doing more. */
static void start(struct store *store, struct scope *scope, struct result_act *mine, bool once, const char *sql,
                  const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = on_act, .repeat = once };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

void result_came(struct store *store, struct scope *scope, struct result_act *mine, int64_t dossier_id, int version,
                 const struct came_paper *paper)
{
	char id[24], seen[16], day[16] = "";
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	if (paper->issued != DAY_NONE)
		day_write_iso(paper->issued, day, sizeof day);
	start(store, scope, mine, true,
	      "select desk.result_came($1::bigint, $2::int, jsonb_build_object('kind', $3::text, 'number', $4::text, 'issued_on', $5::text,"
	      " 'signer', $6::text, 'place', $7::text), $8::uuid)::text as value",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(paper->kind), PARAM_TEXT(paper->number), PARAM_TEXT(day),
	                        PARAM_TEXT(paper->signer), PARAM_TEXT(paper->place), PARAM_TEXT(mine->request_id) }, 8);
}

void result_put(struct store *store, struct scope *scope, struct result_act *mine, int64_t dossier_id, const char *place)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	start(store, scope, mine, true, "select desk.result_put($1::bigint, $2), '' as value", (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(place) }, 2);
}

void result_scanned(struct store *store, struct scope *scope, struct result_act *mine, int64_t dossier_id, int64_t file_id)
{
	char id[24], file[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(file, sizeof file, "%lld", (long long)file_id);
	start(store, scope, mine, true, "select desk.result_scanned($1::bigint, $2::bigint), '' as value",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(file) }, 2);
}

void return_paper_add(struct store *store, struct scope *scope, struct result_act *mine, int64_t dossier_id, const char *way, const char *name)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	seal_uuid(mine->request_id);
	start(store, scope, mine, true, "select desk.return_paper_add($1::bigint, $2, $3, $4::uuid)::text as value",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(way), PARAM_TEXT(name), PARAM_TEXT(mine->request_id) }, 4);
}

static void on_papers(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct return_papers_ask *mine = OWNER_OF(ask, struct return_papers_ask, ask);
	struct return_paper *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct return_paper, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct return_paper){ .seq = (int)reply_number(reply, i, "seq", 0), .way = reply_text(reply, i, "way"),
				.name = reply_text(reply, i, "name"), .done_at = reply_moment(reply, i, "done_at"), .done_by = reply_text(reply, i, "done_by"),
				.waived = reply_text(reply, i, "waived") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void return_papers_read(struct store *store, struct scope *scope, struct return_papers_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_papers, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.return_papers($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

void return_paper_done(struct store *store, struct scope *scope, struct result_act *mine, int64_t dossier_id, int seq, const char *waived)
{
	char id[24], nth[16];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(nth, sizeof nth, "%d", seq);
	start(store, scope, mine, false, "select desk.return_paper_done($1::bigint, $2::int, $3), '' as value",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(nth), PARAM_TEXT(waived) }, 3);
}

void return_papers_all(struct store *store, struct scope *scope, struct result_act *mine, int64_t dossier_id, const char *waived)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	start(store, scope, mine, true, "select desk.return_papers_all($1::bigint, $2), '' as value", (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(waived) }, 2);
}

void return_undo(struct store *store, struct scope *scope, struct result_act *mine, int64_t dossier_id, int version, const char *reason)
{
	char id[24], seen[16];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	start(store, scope, mine, false, "select desk.return_undo($1::bigint, $2::int, $3)::text as value",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(reason) }, 3);
}

void return_correct(struct store *store, struct scope *scope, struct result_act *mine, int64_t dossier_id, const struct act_facts *facts,
                    const char *reason)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	const char *said[] = { facts->taker, facts->name, facts->id_number, facts->mandate, facts->post, facts->shown };
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		said[i] = said[i] ? said[i] : "";
	start(store, scope, mine, false,
	      "select desk.taker_correct($1::bigint, jsonb_build_object('taker', $2::text, 'name', $3::text, 'id_number', $4::text, 'mandate', $5::text,"
	      " 'post', $6::text, 'shown', $7::text), $8), '' as value",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(said[0]), PARAM_TEXT(said[1]), PARAM_TEXT(said[2]), PARAM_TEXT(said[3]), PARAM_TEXT(said[4]),
	                        PARAM_TEXT(said[5]), PARAM_TEXT(reason) }, 8);
}

void result_rate(struct store *store, struct scope *scope, struct result_act *mine, int64_t dossier_id, const char *grade, const char *reason,
                 const char *counter)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	start(store, scope, mine, false, "select desk.rate($1::bigint, $2, $3, $4, false), '' as value",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(grade), PARAM_TEXT(reason), PARAM_TEXT(counter) }, 4);
}

void result_number(struct store *store, struct scope *scope, struct result_act *mine, int64_t message_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)message_id);
	start(store, scope, mine, true, "select desk.call_number($1::bigint) as value", (struct param[]){ PARAM_TEXT(id) }, 1);
}

void result_called(struct store *store, struct scope *scope, struct result_act *mine, int64_t message_id, const char *outcome, const char *note)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)message_id);
	start(store, scope, mine, false, "select desk.call_mark($1::bigint, $2, $3), '' as value",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(outcome), PARAM_TEXT(note) }, 3);
}
