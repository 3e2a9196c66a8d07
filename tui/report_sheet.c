/* SPDX-License-Identifier: Apache-2.0
 *
 * The workbook of a report: real numbers and days, sums and checks as formulas, so that a line
 * corrected by hand shows at once what no longer adds up. */
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/sheet/xlsx.h"
#include "tui/report_output.h"

struct writing {
	struct arena arena;
	struct xlsx *x;
	const struct report_output *o;
	const struct report_table *table;
	const struct report_kind *kind;
	int first, last; /* rows of the sheet, from 1 */
};

static void put_head(struct writing *w)
{
	const struct report_plan *plan = &w->table->plan;
	char first[16], last[16], at[32];
	xlsx_title(w->x, w->kind->title);
	xlsx_line(w->x, arena_format(&w->arena, _("%s — %s"), *w->o->facts->office ? w->o->facts->office : w->o->facts->unit_name,
	                             w->o->facts->unit_name));
	xlsx_line(w->x, arena_format(&w->arena, _("Từ %s đến hết %s"), day_write(plan->from, first, sizeof first),
	                             day_write(plan->to, last, sizeof last)));
	if (*plan->narrow)
		xlsx_line(w->x, report_narrow(plan, &w->arena));
	if (*report_side(plan))
		xlsx_line(w->x, report_side(plan));
	if (*w->kind->basis)
		xlsx_line(w->x, _(w->kind->basis));
	xlsx_line(w->x, arena_format(&w->arena, _("Đơn vị tính: %s. Số liệu đếm lúc %s."), _(w->kind->unit),
	                             moment_write(w->table->at, at, sizeof at)));
	xlsx_line(w->x, arena_format(&w->arena, _("Cách đếm: %s"), _(w->kind->rule)));
	if (plan->personal)
		xlsx_line(w->x, arena_format(&w->arena, _("Có dữ liệu cá nhân; lý do lập: %s"), plan->reason));
}

static void put_heads(struct writing *w)
{
	struct xlsx_column heads[REPORT_COLUMNS_MOST + 1] = { { 0 } };
	for (int i = 0; w->kind->columns[i].key; i++) {
		const struct report_column *c = &w->kind->columns[i];
		const char *head = c->group ? arena_format(&w->arena, "%s\n%s", _(c->group), _(c->head)) : _(c->head);
		heads[i] = (struct xlsx_column){ c->number ? arena_format(&w->arena, "%s\n%s", head, c->number) : head,
			c->type == REPORT_COUNT ? 11 : c->width };
	}
	xlsx_header(w->x, heads);
}

static void put_cell(struct writing *w, const struct report_column *column, const struct report_cell *cell)
{
	if (column->type == REPORT_TEXT)
		xlsx_text(w->x, cell->text);
	else if (column->type == REPORT_MOMENT)
		xlsx_moment(w->x, cell->moment);
	else if (column->type == REPORT_DAY)
		xlsx_day(w->x, cell->moment == MOMENT_NONE ? DAY_NONE : moment_day(cell->moment));
	else if (*cell->text)
		xlsx_number(w->x, cell->number);
	else if (column->type == REPORT_SCORE)
		xlsx_text(w->x, _("không có số liệu"));
	else
		xlsx_blank(w->x);
}

static void put_totals(struct writing *w)
{
	char letters[4];
	xlsx_row(w->x);
	for (int i = 0; w->kind->columns[i].key; i++) {
		struct report_cell total = report_total(w->table, i);
		if (report_adds_up(w->kind->columns[i].type) && *total.text)
			xlsx_formula(w->x, arena_format(&w->arena, "=SUM(%s%d:%s%d)", xlsx_letters(i, letters), w->first, letters,
			                                w->last), total.number);
		else
			xlsx_text(w->x, i == 0 ? _("Tổng số") : "");
	}
}

/* "C9+D9+E9" of "online+direct+carried". */
static const char *sum_of(struct writing *w, const char *keys, int row)
{
	struct bytes out = { 0 };
	char letters[4];
	for (const char *at = keys; *at;) {
		size_t size = strcspn(at, "+");
		const char *key = arena_copy(&w->arena, at, size);
		bytes_format(&out, "%s%s%d", at == keys ? "" : "+", xlsx_letters(report_column_at(w->kind, key), letters), row);
		at += size + (at[size] == '+');
	}
	const char *sum = arena_string(&w->arena, bytes_string(&out));
	bytes_free(&out);
	return sum;
}

/* A line for each check: it holds in every row, or it says how many it does not hold in. */
static void put_checks(struct writing *w)
{
	for (const struct report_check *check = w->kind->checks; check && check->left; check++) {
		int wrong = 0;
		for (int row = 0; row < w->table->count; row++)
			wrong += !report_holds(w->table, check, row);
		struct bytes formula = { 0 };
		bytes_text(&formula, "=IF(");
		for (int row = w->first; row <= w->last + 1; row += w->last + 1 - w->first)
			bytes_format(&formula, "%s%s=%s", row == w->first ? "AND(" : ",", sum_of(w, check->left, row), sum_of(w, check->right, row));
		bytes_format(&formula, "),\"%s\",\"%s\")", _("đúng"), _("SAI"));
		xlsx_row(w->x);
		xlsx_text(w->x, arena_format(&w->arena, _("Kiểm tra: %s"), _(check->say)));
		xlsx_formula_text(w->x, bytes_string(&formula), wrong || !report_holds(w->table, check, -1) ? _("SAI") : _("đúng"));
		bytes_free(&formula);
	}
}

bool report_xlsx(const struct report_output *o, const char *path, struct error *err)
{
	struct writing w = { .o = o, .table = o->table, .kind = o->table->plan.kind };
	say_source(true); /* for readers outside, whatever the screen speaks */
	w.x = xlsx_open(path, w.kind->title, err);
	if (!w.x) {
		say_source(false);
		return false;
	}
	xlsx_sheet(w.x, _(w.kind->brief));
	put_head(&w);
	put_heads(&w);
	w.first = xlsx_at(w.x) + 1;
	for (int row = 0; row < w.table->count; row++) {
		xlsx_row(w.x);
		for (int i = 0; w.kind->columns[i].key; i++)
			put_cell(&w, &w.kind->columns[i], &w.table->rows[row].cells[i]);
	}
	w.last = xlsx_at(w.x);
	xlsx_end_rows(w.x);
	if (w.table->count && !w.kind->rows_are_dossiers) {
		put_totals(&w);
		put_checks(&w);
	}
	bool good = xlsx_close(w.x, err);
	say_source(false);
	arena_free(&w.arena);
	return good;
}
