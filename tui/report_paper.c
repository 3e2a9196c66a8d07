/* SPDX-License-Identifier: Apache-2.0
 *
 * A report as the fields of the form "report": its grid, checks, bars and how it was counted. */
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "tui/report_output.h"

struct paper {
	const struct report_output *o;
	const struct report_table *table;
	const struct report_kind *kind;
	struct arena *arena;
	struct fields *fields;
	int lines;
};

static void put(struct paper *p, const char *key, const char *value)
{
	if (value && *value)
		fields_set(p->arena, p->fields, key, value);
}

static void put_nth(struct paper *p, const char *group, int nth, const char *key, const char *value)
{
	put(p, arena_format(p->arena, "%s.%d.%s", group, nth, key), value);
}

static void put_head(struct paper *p)
{
	const struct session_facts *facts = p->o->facts;
	const struct report_plan *plan = &p->table->plan;
	char at[40], day[16], when[32];
	put(p, "practice", facts->practice ? "1" : "0");
	put(p, "at", moment_write_iso(p->table->at, at, sizeof at));
	put(p, "unit.name", facts->unit_name);
	put(p, "unit.parent", facts->parent_name);
	put(p, "unit.organisation", facts->organisation);
	put(p, "unit.office", facts->office);
	put(p, "unit.place", facts->place);
	put(p, "officer.name", facts->full_name);
	put(p, "officer.title", facts->title);
	put(p, "period.from", day_write_iso(plan->from, day, sizeof day));
	put(p, "period.to", day_write_iso(plan->to, day, sizeof day));
	put(p, "report.title", p->kind->title);
	put(p, "report.basis", _(p->kind->basis));
	put(p, "report.unit", _(p->kind->unit));
	put(p, "report.rule", _(p->kind->rule));
	put(p, "report.side", report_side(plan));
	put(p, "report.narrow", *plan->narrow ? report_narrow(plan, p->arena) : "");
	put(p, "report.moment", moment_write(p->table->at, when, sizeof when));
	put(p, "report.personal", plan->personal ? "1" : "");
}

/* Without a reason, columns of persons are not on the paper at all. */
static bool shown(const struct paper *p, const struct report_column *column)
{
	return p->table->plan.personal || !column->personal;
}

static void put_columns(struct paper *p)
{
	int nth = 1, total = 0;
	char width[16];
	for (const struct report_column *c = p->kind->columns; c->key; c++)
		total += shown(p, c) ? c->width : 0;
	/* Widths are shares of the sheet: the more columns, the more of it three letters take. */
	snprintf(width, sizeof width, "%d", total / 24 > 4 ? total / 24 : 4);
	put_nth(p, "column", nth, "head", "STT");
	put_nth(p, "column", nth, "width", width);
	for (const struct report_column *c = p->kind->columns; c->key; c++) {
		if (!shown(p, c))
			continue;
		nth++;
		snprintf(width, sizeof width, "%d", c->width);
		put_nth(p, "column", nth, "head", _(c->head));
		put_nth(p, "column", nth, "group", c->group ? _(c->group) : "");
		put_nth(p, "column", nth, "number", c->number);
		put_nth(p, "column", nth, "width", width);
		put_nth(p, "column", nth, "right", c->type != REPORT_TEXT && c->type != REPORT_DAY && c->type != REPORT_MOMENT ? "1" : "");
	}
	if (p->kind->columns[0].number)
		put_nth(p, "column", 1, "number", "(1)");
}

/* A line end would be the next cell. */
static void add_cell(struct bytes *line, const char *text)
{
	bytes_byte(line, '\n');
	for (; *text; text++)
		bytes_byte(line, *text == '\n' ? ' ' : (uint8_t)*text);
}

static void put_line(struct paper *p, const struct bytes *line, bool bold)
{
	put_nth(p, "line", ++p->lines, "cells", bytes_string(line));
	put_nth(p, "line", p->lines, "bold", bold ? "1" : "");
}

static void put_rows(struct paper *p)
{
	char text[48];
	for (int row = 0; row < p->table->count; row++) {
		struct bytes line = { 0 };
		bytes_format(&line, "%d", row + 1);
		for (int i = 0; p->kind->columns[i].key; i++)
			if (shown(p, &p->kind->columns[i]))
				add_cell(&line, report_cell_text(&p->kind->columns[i], &p->table->rows[row].cells[i], text, sizeof text));
		put_line(p, &line, false);
		bytes_free(&line);
	}
}

static void put_totals(struct paper *p)
{
	struct bytes line = { 0 };
	char text[48];
	for (int i = 0; p->kind->columns[i].key; i++) {
		struct report_cell cell = report_total(p->table, i);
		if (report_adds_up(p->kind->columns[i].type))
			add_cell(&line, report_cell_text(&p->kind->columns[i], &cell, text, sizeof text));
		else if (shown(p, &p->kind->columns[i]))
			add_cell(&line, i == 0 ? _("Tổng số") : "");
	}
	put_line(p, &line, true);
	bytes_free(&line);
}

static void put_checks(struct paper *p)
{
	int nth = 0;
	for (const struct report_check *check = p->kind->checks; check && check->left; check++) {
		bool good = report_holds(p->table, check, -1);
		for (int row = 0; row < p->table->count; row++)
			good = good && report_holds(p->table, check, row);
		put_nth(p, "check", ++nth, "text", _(check->say));
		put_nth(p, "check", nth, "good", good ? _("đúng") : _("SAI"));
	}
}

/* Each row's whole as a part of the greatest whole, its part in dark. */
static void put_bars(struct paper *p)
{
	int part = report_column_at(p->kind, p->kind->bar), whole = report_column_at(p->kind, p->kind->bar_of);
	double most = 0;
	char text[48], dark[24], light[24];
	for (int row = 0; row < p->table->count; row++)
		most = p->table->rows[row].cells[whole].number > most ? p->table->rows[row].cells[whole].number : most;
	if (most <= 0 || p->table->count > 40)
		return;
	put(p, "report.chart", arena_format(p->arena, _("Biểu đồ: %s"), _(p->kind->columns[0].head)));
	put(p, "report.dark", p->kind->columns[part].group ? _(p->kind->columns[part].group) : _(p->kind->columns[part].head));
	put(p, "report.light", _("phần còn lại"));
	for (int row = 0; row < p->table->count; row++) {
		const struct report_cell *cells = p->table->rows[row].cells;
		/* Money of a period is below nothing where more was put right than came in. */
		double all = cells[whole].number > 0 ? cells[whole].number : 0, own = cells[part].number > 0 ? cells[part].number : 0;
		double inside = own < all ? own : all;
		snprintf(dark, sizeof dark, "%.2f", 100 * inside / most);
		snprintf(light, sizeof light, "%.2f", 100 * (all - inside) / most);
		put_nth(p, "bar", row + 1, "name", report_cell_text(&p->kind->columns[0], &cells[0], text, sizeof text));
		put_nth(p, "bar", row + 1, "dark", dark);
		put_nth(p, "bar", row + 1, "light", light);
		const char *first = arena_string(p->arena, report_cell_text(&p->kind->columns[part], &cells[part], text, sizeof text));
		const char *of = report_cell_text(&p->kind->columns[whole], &cells[whole], text, sizeof text);
		put_nth(p, "bar", row + 1, "text", *of ? arena_format(p->arena, "%s/%s", first, of) : first);
	}
}

bool report_fields(const struct report_output *o, struct arena *arena, struct fields *fields, struct error *err)
{
	struct paper p = { .o = o, .table = o->table, .kind = o->table->plan.kind, .arena = arena, .fields = fields };
	if (o->table->count > REPORT_PAPER_MOST)
		return fail(err, FAULT_INPUT, _("Bảng có %d dòng, bản in chứa nhiều nhất %d: chọn một lĩnh vực, kỳ ngắn hơn, hoặc xuất XLSX."),
		            o->table->count, REPORT_PAPER_MOST);
	say_source(true);
	put_head(&p);
	put_columns(&p);
	put_rows(&p);
	if (o->table->count && !p.kind->rows_are_dossiers)
		put_totals(&p);
	put_checks(&p);
	if (p.kind->bar)
		put_bars(&p);
	say_source(false);
	return true;
}
