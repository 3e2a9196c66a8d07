/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"

static const char *flag(bool on)
{
	return on ? "true" : "false";
}

static void keep_plan(struct report_plan *to, const struct report_plan *from, struct arena *arena)
{
	*to = *from;
	to->narrow = arena_string(arena, from->narrow ? from->narrow : "");
	to->reason = arena_string(arena, from->reason ? from->reason : "");
}

static struct report_cell read_cell(const struct reply *reply, int row, const struct report_column *column)
{
	struct report_cell cell = { .text = reply_text(reply, row, column->key), .moment = MOMENT_NONE };
	if (column->type == REPORT_DAY || column->type == REPORT_MOMENT)
		cell.moment = reply_moment(reply, row, column->key);
	else if (column->type != REPORT_TEXT)
		cell.number = strtod(cell.text, NULL);
	return cell;
}

static void read_table(const struct report_ask *mine, const struct reply *reply, struct report_table *out)
{
	const struct report_kind *kind = mine->plan.kind;
	int columns = report_columns(kind);
	struct report_row *rows = ARENA_MANY(mine->into, struct report_row, reply->rows + 1);
	*out = (struct report_table){ .plan = mine->plan, .rows = rows, .count = reply->rows, .at = mine->now };
	for (int row = 0; row < reply->rows; row++) {
		struct report_cell *cells = ARENA_MANY(mine->into, struct report_cell, columns);
		rows[row] = (struct report_row){ .key = reply_text(reply, row, "key"), .cells = cells };
		for (int i = 0; i < columns; i++) {
			cells[i] = read_cell(reply, row, &kind->columns[i]);
			if (report_adds_up(kind->columns[i].type))
				out->totals[i] += cells[i].number;
		}
	}
}

static void on_table(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct report_ask *mine = OWNER_OF(ask, struct report_ask, ask);
	struct report_table table;
	struct error why;
	if (!err) {
		read_table(mine, reply, &table);
		if (!reply_whole(reply, &why)) {
			err = &why;
		} else if (table.count > REPORT_ROWS_MOST) {
			fail(&why, FAULT_INPUT, _("Bảng có hơn %d dòng: chọn kỳ ngắn hơn hoặc một lĩnh vực."), REPORT_ROWS_MOST);
			err = &why;
		}
	}
	mine->done(mine, err ? NULL : &table, err);
}

void report_read(struct store *store, struct scope *scope, struct report_ask *mine, const struct report_plan *plan, moment_t now)
{
	char since[16], until[16];
	keep_plan(&mine->plan, plan, mine->into);
	mine->now = now;
	mine->ask = (struct ask){ .done = on_table, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, plan->kind->sql,
	          (struct param[]){ PARAM_TEXT(day_write_iso(plan->from, since, sizeof since)),
	                            PARAM_TEXT(day_write_iso(plan->to, until, sizeof until)), PARAM_TEXT(flag(plan->deciding)),
	                            PARAM_TEXT(mine->plan.narrow), PARAM_TEXT(flag(plan->personal)), PARAM_TEXT(mine->plan.reason) }, 6);
}

struct report_cell report_total(const struct report_table *table, int column)
{
	struct report_cell cell = { .text = "0", .number = table->totals[column], .moment = MOMENT_NONE };
	bool any = table->plan.kind->columns[column].type != REPORT_SCORE;
	for (int row = 0; row < table->count && !any; row++)
		any = *table->rows[row].cells[column].text;
	if (!any)
		cell.text = "";
	return cell;
}

static double value_at(const struct report_table *table, int row, const char *key, size_t size)
{
	char name[32];
	snprintf(name, sizeof name, "%.*s", (int)size, key);
	int column = report_column_at(table->plan.kind, name);
	if (column < 0)
		return 0;
	return row < 0 ? table->totals[column] : table->rows[row].cells[column].number;
}

bool report_holds(const struct report_table *table, const struct report_check *check, int row)
{
	double sum = 0;
	for (const char *at = check->right; *at;) {
		size_t size = strcspn(at, "+");
		sum += value_at(table, row, at, size);
		at += size + (at[size] == '+');
	}
	return sum == value_at(table, row, check->left, strlen(check->left));
}

static void on_export(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct report_export_ask *mine = OWNER_OF(ask, struct report_export_ask, ask);
	(void)reply;
	mine->done(mine, err);
}

void report_export(struct store *store, struct scope *scope, struct report_export_ask *mine, const struct report_plan *plan,
                   const char *format)
{
	char since[16], until[16];
	mine->ask = (struct ask){ .done = on_export, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.report_exported($1, $2::date, $3::date, $4, $5::boolean, $6)",
	          (struct param[]){ PARAM_TEXT(plan->kind->name), PARAM_TEXT(day_write_iso(plan->from, since, sizeof since)),
	                            PARAM_TEXT(day_write_iso(plan->to, until, sizeof until)), PARAM_TEXT(format),
	                            PARAM_TEXT(flag(plan->personal)), PARAM_TEXT(plan->reason ? plan->reason : "") }, 6);
}

void report_dossiers(struct store *store, struct scope *scope, struct find_ask *mine, const struct report_plan *plan,
                     const char *row_key, const char *column, int most)
{
	char since[16], until[16], limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	find_by(store, scope, mine, "select * from desk.report_dossiers($1, $2::date, $3::date, $4::boolean, $5, $6, $7, $8::int)",
	        (struct param[]){ PARAM_TEXT(plan->kind->name), PARAM_TEXT(day_write_iso(plan->from, since, sizeof since)),
	                          PARAM_TEXT(day_write_iso(plan->to, until, sizeof until)), PARAM_TEXT(flag(plan->deciding)),
	                          PARAM_TEXT(plan->narrow ? plan->narrow : ""), PARAM_TEXT(row_key), PARAM_TEXT(column), PARAM_TEXT(limit) }, 8);
}
