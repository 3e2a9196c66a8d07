/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/accounts_sheet.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/dossier/right.h"
#include "core/sheet/xlsx.h"

#define LEVEL "xã"

struct sheet {
	struct arena arena;
	struct xlsx *x;
	const struct account_row *rows;
	int count;
	struct right_work *works;
	size_t work_count;
	struct accounts_counts counts;
};

static const struct right_work *work_of(const struct sheet *s, const char *system)
{
	for (size_t i = 0; i < s->work_count; i++)
		if (strcmp(s->works[i].system->code, system) == 0)
			return &s->works[i];
	return NULL;
}

/* Is the procedure one to ask for? */
static bool wanted(const struct account_row *row, const struct procedure *p)
{
	return row->state == RIGHT_UNKNOWN || right_lacks(row->state, row->fields, row->procedures, p);
}

static int wanted_count(const struct account_row *row, const struct right_work *work)
{
	int count = 0;
	for (size_t i = 0; work && i < work->count; i++)
		count += wanted(row, work->procedures[i]);
	return count;
}

static bool same_field_before(const struct account_row *row, const struct right_work *work, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (wanted(row, work->procedures[i]) &&
		    strcmp(work->procedures[i]->field, work->procedures[at]->field) == 0)
			return true;
	return false;
}

static void add_fields(struct bytes *out, const struct account_row *row, const struct right_work *work)
{
	const char *between = "";
	for (size_t i = 0; i < work->count; i++) {
		const char *field = work->procedures[i]->field;
		if (!wanted(row, work->procedures[i]) || !*field || same_field_before(row, work, i))
			continue;
		bytes_format(out, "%s%s", between, field);
		between = "; ";
	}
}

static void add_codes(struct bytes *out, const struct account_row *row, const struct right_work *work)
{
	const char *between = "";
	for (size_t i = 0; i < work->count; i++) {
		if (!wanted(row, work->procedures[i]))
			continue;
		bytes_format(out, "%s%s", between, work->procedures[i]->code);
		between = ", ";
	}
}

static void text_cell(struct sheet *s, struct bytes *text)
{
	xlsx_text(s->x, bytes_string(text));
	bytes_free(text);
}

static void who_cells(struct sheet *s, const struct account_row *row)
{
	xlsx_text(s->x, row->full_name);
	xlsx_text(s->x, row->title);
	xlsx_text(s->x, row->phone);
	xlsx_text(s->x, row->id_number);
	xlsx_text(s->x, row->email);
}

#define WHO { N_("Họ và tên"), 26 }, { N_("Chức danh"), 22 }, { N_("Số điện thoại"), 15 }, \
	{ N_("Số CCCD"), 16 }, { N_("E-mail"), 28 }

/* One row per officer: what goes to the department. */
static void officer_row(struct sheet *s, int from, int to)
{
	struct bytes systems = { 0 }, fields = { 0 };
	const char *between = "";
	for (int i = from; i < to; i++) {
		const struct right_work *work = work_of(s, s->rows[i].system);
		int procedures = wanted_count(&s->rows[i], work);
		if (!procedures)
			continue;
		bytes_format(&systems, "%s%s (%s)", between, s->rows[i].system_name,
		             right_name(s->rows[i].state));
		bytes_format(&fields, _("%s%s, %d thủ tục: "), between,
		             system_brief(s->rows[i].system_name), procedures);
		add_fields(&fields, &s->rows[i], work);
		between = "\n";
		s->counts.gaps++;
	}
	if (systems.size) {
		xlsx_row(s->x);
		xlsx_number(s->x, ++s->counts.officers);
		who_cells(s, &s->rows[from]);
		xlsx_text(s->x, bytes_string(&systems));
		xlsx_text(s->x, bytes_string(&fields));
	}
	bytes_free(&systems);
	bytes_free(&fields);
}

static void officers(struct sheet *s, const struct session_facts *facts, moment_t now)
{
	static const struct xlsx_column heads[] = { { N_("STT"), 6 }, WHO, { N_("Hệ thống cần cấp"), 50 },
		{ N_("Lĩnh vực, thủ tục"), 60 }, { 0 } };
	char at[32];
	xlsx_sheet(s->x, _("Danh sách"));
	xlsx_title(s->x, _("DANH SÁCH CÁN BỘ CHƯA CÓ ĐỦ TÀI KHOẢN TRÊN CÁC HỆ THỐNG GIẢI QUYẾT TTHC"));
	xlsx_line(s->x, arena_format(&s->arena, _("%s — %s, %s. Lập lúc %s."),
	                             *facts->office ? facts->office : facts->unit_name, facts->unit_name,
	                             facts->parent_name, moment_write(now, at, sizeof at)));
	xlsx_header(s->x, heads);
	for (int from = 0, to; from < s->count; from = to) {
		for (to = from + 1; to < s->count && strcmp(s->rows[to].login, s->rows[from].login) == 0;)
			to++;
		officer_row(s, from, to);
	}
}

static void details(struct sheet *s)
{
	static const struct xlsx_column heads[] = { WHO, { N_("Hệ thống"), 40 }, { N_("Tình trạng"), 12 },
		{ N_("Tên tài khoản"), 22 }, { N_("Kiểm tra lúc"), 18 }, { N_("Lĩnh vực cần"), 40 },
		{ N_("Số thủ tục"), 10 }, { N_("Mã thủ tục cần"), 60 }, { N_("Ghi chú"), 40 }, { 0 } };
	xlsx_sheet(s->x, _("Chi tiết"));
	xlsx_header(s->x, heads);
	for (int i = 0; i < s->count; i++) {
		const struct account_row *row = &s->rows[i];
		const struct right_work *work = work_of(s, row->system);
		struct bytes fields = { 0 }, codes = { 0 };
		int procedures = wanted_count(row, work);
		if (!procedures)
			continue;
		add_fields(&fields, row, work);
		add_codes(&codes, row, work);
		xlsx_row(s->x);
		who_cells(s, row);
		xlsx_text(s->x, row->system_name);
		xlsx_text(s->x, right_name(row->state));
		xlsx_text(s->x, row->account);
		xlsx_moment(s->x, row->checked_at);
		text_cell(s, &fields);
		xlsx_number(s->x, procedures);
		text_cell(s, &codes);
		xlsx_text(s->x, row->note);
	}
}

static void procedures(struct sheet *s)
{
	static const struct xlsx_column heads[] = { { N_("Hệ thống"), 40 }, { N_("Mã thủ tục"), 14 },
		{ N_("Thủ tục"), 80 }, { N_("Lĩnh vực"), 30 }, { 0 } };
	xlsx_sheet(s->x, _("Thủ tục theo hệ thống"));
	xlsx_header(s->x, heads);
	for (size_t i = 0; i < s->work_count; i++)
		for (size_t k = 0; k < s->works[i].count; k++) {
			const struct procedure *p = s->works[i].procedures[k];
			xlsx_row(s->x);
			xlsx_text(s->x, s->works[i].system->name);
			xlsx_text(s->x, p->code);
			xlsx_text(s->x, p->name);
			xlsx_text(s->x, p->field);
		}
}

bool accounts_sheet(const char *path, const struct account_row *rows, int count,
                    const struct catalogue *catalogue, const struct session_facts *facts,
                    moment_t now, struct accounts_counts *counts, struct error *err)
{
	struct sheet s = { .rows = rows, .count = count };
	say_source(true); /* for readers outside, whatever the screen speaks */
	s.x = xlsx_open(path, _("Tài khoản còn thiếu"), err);
	if (!s.x) {
		say_source(false);
		return false;
	}
	s.work_count = right_works(&s.arena, catalogue, LEVEL, moment_day(now), &s.works);
	officers(&s, facts, now);
	details(&s);
	procedures(&s);
	bool good = xlsx_close(s.x, err);
	say_source(false);
	*counts = s.counts;
	arena_free(&s.arena);
	return good;
}

const char *accounts_sheet_path(struct arena *arena, const char *folder, day_t today)
{
	struct date d = day_date(today);
	return path_join(arena, folder, arena_format(arena, "tai-khoan-con-thieu-%04d%02d%02d.xlsx",
	                                             d.year, d.month, d.day));
}
