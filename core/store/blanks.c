/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/blanks.h"

#include <stdio.h>

static void over(struct blanks_ask *mine, const struct reply *reply, const struct error *err)
{
	struct error unfit;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	mine->done(mine, err);
}

static void start(struct store *store, struct scope *scope, struct blanks_ask *mine,
                  void (*done)(struct ask *, const struct reply *, const struct error *), bool repeat,
                  const char *sql, const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = done, .repeat = repeat, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

static const char *number(char *out, size_t room, int64_t value)
{
	snprintf(out, room, "%lld", (long long)value);
	return out;
}

/* ---- blocks ---- */

static void on_reserved(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct blanks_ask *mine = OWNER_OF(ask, struct blanks_ask, ask);
	if (!err) {
		mine->block_id = reply_number(reply, 0, "block_id", 0);
		mine->paper_id = reply_number(reply, 0, "paper_id", 0);
		mine->first_code = reply_text(reply, 0, "first_code");
		mine->last_code = reply_text(reply, 0, "last_code");
	}
	over(mine, reply, err);
}

/* Not repeated after a lost reply: the list shows whether the block is there. */
void blanks_reserve(struct store *store, struct scope *scope, struct blanks_ask *mine, const char *counter,
                    int count, const char *reason)
{
	char many[16];
	start(store, scope, mine, on_reserved, false, "select * from desk.reserve_blanks($1, $2::int, $3)",
	      (struct param[]){ PARAM_TEXT(counter), PARAM_TEXT(number(many, sizeof many, count)),
	                        PARAM_TEXT(reason) }, 3);
}

static void on_paper(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct blanks_ask *mine = OWNER_OF(ask, struct blanks_ask, ask);
	if (!err)
		mine->paper_id = reply_number(reply, 0, "paper_id", 0);
	over(mine, reply, err);
}

void blanks_print(struct store *store, struct scope *scope, struct blanks_ask *mine, int64_t block_id)
{
	char id[24];
	start(store, scope, mine, on_paper, false, "select desk.print_blanks($1::bigint) as paper_id",
	      (struct param[]){ PARAM_TEXT(number(id, sizeof id, block_id)) }, 1);
}

static void read_block(const struct reply *reply, int i, struct blank_block *out)
{
	*out = (struct blank_block){ .block_id = reply_number(reply, i, "block_id", 0),
		.paper_id = reply_number(reply, i, "paper_id", 0),
		.counter = reply_text(reply, i, "counter_code"),
		.made_by = reply_text(reply, i, "made_by"),
		.reason = reply_text(reply, i, "reason"),
		.first_code = reply_text(reply, i, "first_code"),
		.last_code = reply_text(reply, i, "last_code"),
		.day = reply_day(reply, i, "day"),
		.made_at = reply_moment(reply, i, "made_at"),
		.count = (int)reply_number(reply, i, "how_many", 0),
		.free = (int)reply_number(reply, i, "free", 0),
		.used = (int)reply_number(reply, i, "used", 0),
		.spoilt = (int)reply_number(reply, i, "void", 0),
		.missing = (int)reply_number(reply, i, "missing", 0),
		.printed_at = reply_moment(reply, i, "printed_at"),
		.printed_by = reply_text(reply, i, "printed_by"),
		.printer = reply_text(reply, i, "printer"),
		.copies = (int)reply_number(reply, i, "copies", 0) };
}

static void on_blocks(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct blanks_ask *mine = OWNER_OF(ask, struct blanks_ask, ask);
	if (!err) {
		struct blank_block *rows = ARENA_MANY(mine->into, struct blank_block, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			read_block(reply, i, &rows[i]);
		mine->blocks = rows;
		mine->count = reply->rows;
	}
	over(mine, reply, err);
}

void blanks_blocks(struct store *store, struct scope *scope, struct blanks_ask *mine, int most)
{
	char many[16];
	start(store, scope, mine, on_blocks, true, "select * from desk.blank_blocks($1::int)",
	      (struct param[]){ PARAM_TEXT(number(many, sizeof many, most)) }, 1);
}

/* ---- sheets ---- */

static void on_sheets(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct blanks_ask *mine = OWNER_OF(ask, struct blanks_ask, ask);
	if (!err) {
		struct blank_sheet *rows = ARENA_MANY(mine->into, struct blank_sheet, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct blank_sheet){ .code = reply_text(reply, i, "code"),
				.nth = (int)reply_number(reply, i, "nth", 0),
				.state = reply_text(reply, i, "state"),
				.dossier_id = reply_number(reply, i, "dossier_id", 0),
				.owner_name = reply_text(reply, i, "owner_name"),
				.received_at = reply_moment(reply, i, "received_at"),
				.said_by = reply_text(reply, i, "said_by"),
				.reason = reply_text(reply, i, "reason"),
				.at = reply_moment(reply, i, "at"), .reserved_at = MOMENT_NONE };
		mine->sheets = rows;
		mine->count = reply->rows;
	}
	over(mine, reply, err);
}

void blanks_sheets(struct store *store, struct scope *scope, struct blanks_ask *mine, int64_t block_id)
{
	char id[24];
	start(store, scope, mine, on_sheets, true, "select * from desk.blanks($1::bigint)",
	      (struct param[]){ PARAM_TEXT(number(id, sizeof id, block_id)) }, 1);
}

static void on_look(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct blanks_ask *mine = OWNER_OF(ask, struct blanks_ask, ask);
	if (!err) {
		struct blank_sheet *row = ARENA_NEW(mine->into, struct blank_sheet);
		*row = (struct blank_sheet){ .code = reply_text(reply, 0, "code"),
			.state = reply_text(reply, 0, "state"), .owner_name = "", .said_by = "",
			.dossier_id = reply_number(reply, 0, "dossier_id", 0),
			.reason = reply_text(reply, 0, "reason"), .received_at = MOMENT_NONE,
			.reserved_at = reply_moment(reply, 0, "reserved_at"), .at = MOMENT_NONE };
		mine->sheets = row;
		mine->count = 1;
	}
	over(mine, reply, err);
}

void blanks_look(struct store *store, struct scope *scope, struct blanks_ask *mine, const char *code)
{
	start(store, scope, mine, on_look, true, "select * from desk.blank($1)",
	      (struct param[]){ PARAM_TEXT(code) }, 1);
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct blanks_ask *mine = OWNER_OF(ask, struct blanks_ask, ask);
	(void)reply;
	mine->done(mine, err);
}

void blanks_mark(struct store *store, struct scope *scope, struct blanks_ask *mine, const char *code,
                 const char *state, const char *reason)
{
	start(store, scope, mine, on_done, true, "select desk.mark_blank($1, $2, $3)",
	      (struct param[]){ PARAM_TEXT(code), PARAM_TEXT(state), PARAM_TEXT(reason) }, 3);
}

/* ---- incidents ---- */

static void on_standstills(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct blanks_ask *mine = OWNER_OF(ask, struct blanks_ask, ask);
	if (!err) {
		struct standstill *rows = ARENA_MANY(mine->into, struct standstill, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct standstill){
				.standstill_id = reply_number(reply, i, "standstill_id", 0),
				.kind = reply_text(reply, i, "kind"),
				.story = reply_text(reply, i, "story"),
				.told_by = reply_text(reply, i, "told_by"),
				.from = reply_moment(reply, i, "from_at"),
				.to = reply_moment(reply, i, "to_at") };
		mine->standstills = rows;
		mine->count = reply->rows;
	}
	over(mine, reply, err);
}

void standstills_read(struct store *store, struct scope *scope, struct blanks_ask *mine, int most)
{
	char many[16];
	start(store, scope, mine, on_standstills, true, "select * from desk.standstills($1::int)",
	      (struct param[]){ PARAM_TEXT(number(many, sizeof many, most)) }, 1);
}

static void on_told(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct blanks_ask *mine = OWNER_OF(ask, struct blanks_ask, ask);
	if (!err)
		mine->standstill_id = reply_number(reply, 0, "standstill_id", 0);
	over(mine, reply, err);
}

void standstill_tell(struct store *store, struct scope *scope, struct blanks_ask *mine, const char *kind,
                     const char *story, moment_t from, moment_t to)
{
	char since[40], until[40];
	const char *end = to == MOMENT_NONE ? NULL : moment_write_iso(to, until, sizeof until);
	start(store, scope, mine, on_told, false,
	      "select desk.tell_standstill($1, $2, $3::timestamptz, $4::timestamptz) as standstill_id",
	      (struct param[]){ PARAM_TEXT(kind), PARAM_TEXT(story),
	                        PARAM_TEXT(moment_write_iso(from, since, sizeof since)), PARAM_TEXT(end) }, 4);
}
