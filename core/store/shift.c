/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/shift.h"

#include <stdio.h>

const int shift_notes[SHIFT_NOTES] = { 500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100 };

static void one_came(struct shifts_ask *mine, const struct error *err)
{
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left == 0)
		mine->done(mine, mine->err.fault == FAULT_NONE ? NULL : &mine->err);
}

static void on_shifts(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct shifts_ask *mine = OWNER_OF(ask, struct shifts_ask, parts[0]);
	struct shift_row *rows = NULL;
	struct error unfit;
	mine->count = err ? 0 : reply->rows;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct shift_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct shift_row){ .shift_id = reply_number(reply, i, "shift_id", 0), .name = reply_text(reply, i, "name"),
				.counter = reply_text(reply, i, "counter"), .reason = reply_text(reply, i, "reason"), .taken_by = reply_text(reply, i, "taken_by"),
				.receipts = reply_text(reply, i, "receipts"), .cancelled = reply_text(reply, i, "cancelled"),
				.opened_at = reply_moment(reply, i, "opened_at"), .closed_at = reply_moment(reply, i, "closed_at"),
				.taken_at = reply_moment(reply, i, "taken_at"), .open_cash = reply_number(reply, i, "open_cash", 0),
				.cash = reply_number(reply, i, "cash", 0), .given_back = reply_number(reply, i, "given_back", 0),
				.transfers = reply_number(reply, i, "transfers", 0), .expected = reply_number(reply, i, "expected", 0),
				.counted = reply_number(reply, i, "counted", 0), .difference = reply_number(reply, i, "difference", 0),
				.handed = reply_number(reply, i, "handed", 0), .receipt_count = (int)reply_number(reply, i, "receipt_count", 0),
				.mine = reply_flag(reply, i, "mine") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->rows = rows;
	one_came(mine, err);
}

static void on_loose(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct shifts_ask *mine = OWNER_OF(ask, struct shifts_ask, parts[1]);
	struct error unfit;
	if (!err) {
		mine->loose_cash = reply_number(reply, 0, "cash", 0);
		mine->loose_transfers = reply_number(reply, 0, "transfers", 0);
		mine->left_over = reply_number(reply, 0, "left_over", 0);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	one_came(mine, err);
}

void shifts_read(struct store *store, struct scope *scope, struct shifts_ask *mine, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->left = 2;
	mine->err = (struct error){ 0 };
	mine->parts[0] = (struct ask){ .done = on_shifts, .repeat = true, .into = mine->into };
	mine->parts[1] = (struct ask){ .done = on_loose, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->parts[0], "select * from desk.shifts($1::int)", (struct param[]){ PARAM_TEXT(limit) }, 1);
	store_ask(store, scope, &mine->parts[1], "select * from desk.shift_loose()", NULL, 0);
}

/* ---- acts ---- */

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct shift_act *mine = OWNER_OF(ask, struct shift_act, ask);
	(void)reply;
	mine->done(mine, err);
}

static void start(struct store *store, struct scope *scope, struct shift_act *mine, bool once, const char *sql, const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = on_act, .repeat = once };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

void shift_open(struct store *store, struct scope *scope, struct shift_act *mine, const char *counter, int64_t cash)
{
	char sum[24];
	snprintf(sum, sizeof sum, "%lld", (long long)cash);
	start(store, scope, mine, true, "select desk.shift_open($1, $2::bigint, $3::uuid)",
	      (struct param[]){ PARAM_TEXT(counter), PARAM_TEXT(sum), PARAM_TEXT(mine->request_id) }, 3);
}

void shift_close(struct store *store, struct scope *scope, struct shift_act *mine, int64_t shift_id, const int counts[SHIFT_NOTES], int64_t said,
                 const char *reason, int64_t handed)
{
	char id[24], off[24], on[24], notes[SHIFT_NOTES * 24 + 4] = "{";
	size_t used = 1;
	snprintf(id, sizeof id, "%lld", (long long)shift_id);
	snprintf(off, sizeof off, "%lld", (long long)said);
	snprintf(on, sizeof on, "%lld", (long long)handed);
	for (int i = 0; i < SHIFT_NOTES; i++)
		used += (size_t)snprintf(notes + used, sizeof notes - used, "%s\"%d\":%d", i ? "," : "", shift_notes[i], counts[i]);
	snprintf(notes + used, sizeof notes - used, "}");
	start(store, scope, mine, false, "select desk.shift_close($1::bigint, $2::jsonb, $3::bigint, $4, $5::bigint)",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(notes), PARAM_TEXT(off), PARAM_TEXT(reason), PARAM_TEXT(on) }, 5);
}

void shift_take(struct store *store, struct scope *scope, struct shift_act *mine, int64_t shift_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)shift_id);
	start(store, scope, mine, false, "select desk.shift_take($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

static void on_receipts(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct receipts_ask *mine = OWNER_OF(ask, struct receipts_ask, ask);
	struct receipt_row *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct receipt_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct receipt_row){ .paper_id = reply_number(reply, i, "paper_id", 0), .dossier_id = reply_number(reply, i, "dossier_id", 0),
				.total = reply_number(reply, i, "total", 0), .number = reply_text(reply, i, "number"), .code = reply_text(reply, i, "code"),
				.way = reply_text(reply, i, "way"), .by_name = reply_text(reply, i, "by_name"), .reason = reply_text(reply, i, "reason"),
				.made_at = reply_moment(reply, i, "made_at"), .cancelled_at = reply_moment(reply, i, "cancelled_at") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void receipts_read(struct store *store, struct scope *scope, struct receipts_ask *mine, day_t first, day_t last, int most)
{
	char from[16], to[16], limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_receipts, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.receipts($1::date, $2::date, $3::int)",
	          (struct param[]){ PARAM_TEXT(day_write_iso(first, from, sizeof from)), PARAM_TEXT(day_write_iso(last, to, sizeof to)), PARAM_TEXT(limit) }, 3);
}

void receipt_cancel(struct store *store, struct scope *scope, struct shift_act *mine, int64_t paper_id, const char *reason)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)paper_id);
	start(store, scope, mine, false, "select desk.receipt_cancel($1::bigint, $2)", (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(reason) }, 2);
}

void fee_correct(struct store *store, struct scope *scope, struct shift_act *mine, int64_t dossier_id, int seq, const char *fresh, const char *reason)
{
	char id[24], nth[16];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(nth, sizeof nth, "%d", seq);
	start(store, scope, mine, true, "select desk.fee_correct($1::bigint, $2::int, $3, $4, $5::uuid)",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(nth), PARAM_TEXT(fresh), PARAM_TEXT(reason), PARAM_TEXT(mine->request_id) }, 5);
}
