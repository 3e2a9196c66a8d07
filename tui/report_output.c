/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/report_output.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/sheet/csv.h"

static const char *const formats[] = { [REPORT_XLSX] = "xlsx", [REPORT_CSV] = "csv", [REPORT_PDF] = "pdf" };

const char *report_format_word(enum report_format format)
{
	return formats[format];
}

bool report_format_of(const char *path, enum report_format *format)
{
	const char *dot = strrchr(path, '.');
	for (int i = 0; dot && i < 3; i++)
		if (strcasecmp(dot + 1, formats[i]) == 0) {
			*format = (enum report_format)i;
			return true;
		}
	return false;
}

const char *report_path(struct arena *arena, const char *folder, const struct report_plan *plan, enum report_format format)
{
	char first[16], last[16];
	return arena_format(arena, "%s/bieu-%s_%s_%s.%s", folder, plan->kind->name, day_write_iso(plan->from, first, sizeof first),
	                    day_write_iso(plan->to, last, sizeof last), formats[format]);
}

static void grouped(double number, char *out, size_t room)
{
	char plain[40];
	snprintf(plain, sizeof plain, "%.0f", number < 0 ? -number : number);
	size_t n = strlen(plain), at = 0;
	if (number < 0 && at + 1 < room)
		out[at++] = '-';
	for (size_t i = 0; i < n && at + 2 < room; i++) {
		out[at++] = plain[i];
		if ((n - i - 1) % 3 == 0 && i + 1 < n)
			out[at++] = '.';
	}
	out[at] = '\0';
}

const char *report_cell_text(const struct report_column *column, const struct report_cell *cell, char *out, size_t room)
{
	*out = '\0';
	switch (column->type) {
	case REPORT_TEXT: return cell->text;
	case REPORT_DAY:
		return cell->moment == MOMENT_NONE ? "" : day_write(moment_day(cell->moment), out, room);
	case REPORT_MOMENT:
		return cell->moment == MOMENT_NONE ? "" : moment_write(cell->moment, out, room);
	case REPORT_NUMBER:
	case REPORT_SCORE:
		if (!*cell->text)
			return column->type == REPORT_SCORE ? _("không có số liệu") : "";
		snprintf(out, room, "%.*f", column->type == REPORT_SCORE ? 2 : 1, cell->number);
		for (char *c = out; *c; c++)
			*c = *c == '.' ? ',' : *c;
		return out;
	default:
		if (*cell->text)
			grouped(cell->number, out, room);
		return out;
	}
}

const char *report_side(const struct report_plan *plan)
{
	if (!plan->kind->sides)
		return "";
	return plan->deciding ? _("Tính theo cơ quan giải quyết: hồ sơ thuộc thẩm quyền giải quyết của đơn vị")
	                      : _("Tính theo nơi tiếp nhận: hồ sơ đơn vị tiếp nhận, cả hồ sơ cơ quan khác giải quyết");
}

const char *report_narrow(const struct report_plan *plan, struct arena *arena)
{
	return plan->kind->by_book ? arena_format(arena, _("Sổ: %s"), plan->narrow) : arena_format(arena, _("Lĩnh vực: %s"), plan->narrow);
}

/* ---- CSV ---- */

static void csv_note(struct bytes *out, const char *label, const char *text)
{
	if (!*text)
		return;
	csv_text(out, label);
	csv_text(out, text);
	csv_end(out);
}

/* Heads of two lines are one here: "Đã giải quyết: Quá hạn". */
static void csv_group(struct bytes *out, const struct report_column *column)
{
	struct arena arena = { 0 };
	csv_text(out, column->group ? arena_format(&arena, "%s: %s", _(column->group), _(column->head)) : _(column->head));
	arena_free(&arena);
}

static void csv_head(const struct report_output *o, struct bytes *out)
{
	const struct report_plan *plan = &o->table->plan;
	char first[16], last[16], at[40];
	csv_text(out, plan->kind->title);
	csv_end(out);
	csv_note(out, _("Đơn vị"), *o->facts->organisation ? o->facts->organisation : o->facts->unit_name);
	csv_text(out, _("Kỳ"));
	csv_own(out, day_write_iso(plan->from, first, sizeof first));
	csv_own(out, day_write_iso(plan->to, last, sizeof last));
	csv_end(out);
	csv_note(out, plan->kind->by_book ? _("Sổ") : _("Lĩnh vực"), plan->narrow);
	csv_note(out, _("Phạm vi"), report_side(plan));
	csv_note(out, _("Cách đếm"), _(plan->kind->rule));
	csv_text(out, _("Đếm lúc"));
	csv_own(out, moment_write_iso(o->table->at, at, sizeof at));
	csv_end(out);
	for (const struct report_column *c = plan->kind->columns; c->key; c++)
		csv_group(out, c);
	csv_end(out);
}

static void csv_cell(const struct report_column *column, const struct report_cell *cell, struct bytes *out)
{
	char text[48];
	if (column->type == REPORT_TEXT)
		csv_text(out, cell->text);
	else if (column->type == REPORT_DAY || column->type == REPORT_MOMENT)
		csv_own(out, cell->moment == MOMENT_NONE ? "" : column->type == REPORT_DAY
		             ? day_write_iso(moment_day(cell->moment), text, sizeof text) : moment_write_iso(cell->moment, text, sizeof text));
	else if (*cell->text)
		csv_number(out, cell->number);
	else if (column->type == REPORT_SCORE)
		csv_text(out, _("không có số liệu"));
	else
		csv_own(out, "");
}

static void csv_totals(const struct report_output *o, struct bytes *out)
{
	const struct report_kind *kind = o->table->plan.kind;
	for (int i = 0; kind->columns[i].key; i++) {
		struct report_cell total = report_total(o->table, i);
		if (report_adds_up(kind->columns[i].type))
			csv_cell(&kind->columns[i], &total, out);
		else if (i == 0)
			csv_text(out, _("Tổng số"));
		else
			csv_own(out, "");
	}
	csv_end(out);
}

bool report_csv(const struct report_output *o, const char *path, struct error *err)
{
	const struct report_kind *kind = o->table->plan.kind;
	struct bytes out = { .limit = 64u << 20 };
	say_source(true);
	csv_begin(&out);
	csv_head(o, &out);
	for (int row = 0; row < o->table->count; row++) {
		for (int i = 0; kind->columns[i].key; i++)
			csv_cell(&kind->columns[i], &o->table->rows[row].cells[i], &out);
		csv_end(&out);
	}
	if (!kind->rows_are_dossiers)
		csv_totals(o, &out);
	say_source(false);
	bool good = out.failed ? fail(err, FAULT_INPUT, "%s", _("Bảng quá lớn cho một tệp: chọn kỳ ngắn hơn."))
	                       : path_write(path, out.data, out.size, 0600, err);
	bytes_free(&out);
	return good;
}
