/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/province.h"

#include <stdio.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)

static void on_units(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct province_ask *mine = OWNER_OF(ask, struct province_ask, ask);
	struct province_unit *units = NULL;
	struct error unfit;
	if (!err) {
		units = ARENA_MANY(mine->into, struct province_unit, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			units[row] = (struct province_unit){ TEXT(code), TEXT(name), NUMBER(received_today), NUMBER(in_hand), NUMBER(due_today),
				NUMBER(late), NUMBER(finished_today), NUMBER(to_hand_over), NUMBER(refused), NUMBER(problems) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : units, err ? 0 : reply->rows, err);
}

void province_read(struct store *store, struct scope *scope, struct province_ask *mine)
{
	mine->ask = (struct ask){ .done = on_units, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from province.units()", NULL, 0);
}

static void on_holders(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct province_holders_ask *mine = OWNER_OF(ask, struct province_holders_ask, ask);
	struct province_holder *holders = NULL;
	struct error unfit;
	if (!err) {
		holders = ARENA_MANY(mine->into, struct province_holder, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			holders[row] = (struct province_holder){ TEXT(who), TEXT(whose), NUMBER(late), NUMBER(due), NUMBER(days) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : holders, err ? 0 : reply->rows, err);
}

void province_holders(struct store *store, struct scope *scope, struct province_holders_ask *mine, const char *unit_code)
{
	mine->ask = (struct ask){ .done = on_holders, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from province.holders($1)", (struct param[]){ PARAM_TEXT(unit_code) }, 1);
}

static void on_list(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct province_list_ask *mine = OWNER_OF(ask, struct province_list_ask, ask);
	struct province_row *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct province_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct province_row){ TEXT(code), TEXT(procedure_code), TEXT(procedure_name), MOMENT(received_at),
				MOMENT(due_at), MOMENT(finished_at), NUMBER(status) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void province_list(struct store *store, struct scope *scope, struct province_list_ask *mine, const char *unit_code, const char *kind, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_list, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from province.list($1, $2, $3::int)",
	          (struct param[]){ PARAM_TEXT(unit_code), PARAM_TEXT(kind), PARAM_TEXT(limit) }, 3);
}

static void on_looks(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct province_looks_ask *mine = OWNER_OF(ask, struct province_looks_ask, ask);
	struct province_look *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct province_look, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct province_look){ MOMENT(at), TEXT(login), TEXT(kind) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void province_looks(struct store *store, struct scope *scope, struct province_looks_ask *mine, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_looks, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.province_looks($1::int)", (struct param[]){ PARAM_TEXT(limit) }, 1);
}

static void on_form06(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct province_form06_ask *mine = OWNER_OF(ask, struct province_form06_ask, ask);
	struct province_form06 *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct province_form06, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct province_form06){ TEXT(field), NUMBER(total), NUMBER(online), NUMBER(direct), NUMBER(carried), NUMBER(done),
				NUMBER(early), NUMBER(on_time), NUMBER(late), NUMBER(open), NUMBER(within), NUMBER(overdue) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void province_form06_read(struct store *store, struct scope *scope, struct province_form06_ask *mine, const char *unit_code, day_t from, day_t to)
{
	char first[16], last[16];
	mine->ask = (struct ask){ .done = on_form06, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from province.form06($1, $2::date, $3::date, true)",
	          (struct param[]){ PARAM_TEXT(unit_code), PARAM_TEXT(day_write_iso(from, first, sizeof first)),
	                            PARAM_TEXT(day_write_iso(to, last, sizeof last)) }, 3);
}
