/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/incident_report.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/base/path.h"
#include "core/sheet/csv.h"
#include "core/sheet/xlsx.h"

/* Rows of each kind that a paper holds. */
#define PAPER_MOST 300

/* ---- words ---- */

static const struct {
	const char *state, *text;
	enum role role;
} states[] = {
	{ "new", N_("mới"), ROLE_WARN },
	{ "reported", N_("đã báo"), ROLE_TEXT },
	{ "answered", N_("đã có trả lời"), ROLE_TEXT },
	{ "done", N_("xong"), ROLE_GOOD },
};

static int state_at(const char *state)
{
	int at = 3;
	while (at > 0 && strcmp(states[at].state, state) != 0)
		at--;
	return at;
}

const char *difficulty_state_text(const char *state)
{
	return _(states[state_at(state)].text);
}

enum role difficulty_state_role(const char *state)
{
	return states[state_at(state)].role;
}

const char *outage_class_text(const char *class)
{
	return strcmp(class, "suspended") == 0 ? _("tài khoản bị từ chối") : _("mất liên lạc");
}

static int64_t seconds_of(const struct outage_row *o, moment_t now)
{
	moment_t end = o->to_at == MOMENT_NONE ? now : o->to_at;
	return end > o->from_at ? end - o->from_at : 0;
}

char *outage_length(const struct outage_row *o, moment_t now, char *out, size_t room)
{
	long long minutes = seconds_of(o, now) / 60;
	if (minutes < 60)
		snprintf(out, room, _("%lld phút"), minutes);
	else if (minutes < 24 * 60)
		snprintf(out, room, _("%lld giờ %02lld phút"), minutes / 60, minutes % 60);
	else
		snprintf(out, room, _("%lld ngày %lld giờ"), minutes / 1440, minutes % 1440 / 60);
	return out;
}

const char *incident_path(struct arena *arena, const char *folder, day_t from, day_t to, const char *suffix)
{
	char first[16], last[16];
	return arena_format(arena, "%s/su-co-vuong-mac_%s_%s.%s", folder, day_write_iso(from, first, sizeof first),
	                    day_write_iso(to, last, sizeof last), suffix);
}

bool incident_path_ends(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);
	return n > m && strcasecmp(path + n - m, end) == 0;
}

bool incident_is_pdf(const char *path)
{
	return incident_path_ends(path, ".pdf");
}

bool incident_table(const struct incident_report *r, const char *path, struct error *err)
{
	return incident_path_ends(path, ".csv") ? incident_csv(r, path, err) : incident_xlsx(r, path, err);
}

/* ---- the workbook ---- */

static void above(struct xlsx *x, const struct incident_report *r, const char *title)
{
	struct arena arena = { 0 };
	char first[16], last[16], at[32];
	xlsx_title(x, title);
	xlsx_line(x, arena_format(&arena, _("%s, %s. Từ %s đến hết %s. Lập lúc %s, người lập: %s."),
	                          r->facts->unit_name, r->facts->parent_name, day_write(r->from, first, sizeof first),
	                          day_write(r->to, last, sizeof last), moment_write(r->now, at, sizeof at),
	                          r->facts->full_name));
	arena_free(&arena);
}

static void outage_sheet(struct xlsx *x, const struct incident_report *r)
{
	static const struct xlsx_column heads[] = { { N_("STT"), 6 }, { N_("Hệ thống"), 46 },
		{ N_("Sự cố"), 22 }, { N_("Từ lúc"), 18 }, { N_("Đến lúc"), 18 }, { N_("Kéo dài"), 12 },
		{ N_("Hồ sơ phải chờ"), 16 }, { N_("Nguyên nhân máy ghi"), 70 }, { 0 } };
	xlsx_sheet(x, _("Sự cố"));
	above(x, r, _("SỰ CỐ KẾT NỐI VỚI CÁC HỆ THỐNG"));
	xlsx_header(x, heads);
	for (int i = 0; i < r->found->outage_count; i++) {
		const struct outage_row *o = &r->found->outages[i];
		xlsx_row(x);
		xlsx_number(x, i + 1);
		xlsx_text(x, o->system_name);
		xlsx_text(x, outage_class_text(o->class));
		xlsx_moment(x, o->from_at);
		xlsx_moment(x, o->to_at);
		xlsx_duration(x, seconds_of(o, r->now));
		xlsx_number(x, o->dossiers);
		xlsx_text(x, o->cause);
	}
	xlsx_line(x, _("Giờ do bộ chuyển hồ sơ tự ghi, từ lần gửi hỏng đầu tiên tới lần bên nhận trả lời lại. Dòng chưa có “Đến lúc” là sự cố còn đang kéo dài."));
}

static void difficulty_sheet(struct xlsx *x, const struct incident_report *r)
{
	static const struct xlsx_column heads[] = { { N_("Số phiếu"), 10 }, { N_("Lúc"), 18 },
		{ N_("Người ghi"), 24 }, { N_("Quầy"), 8 }, { N_("Hệ thống"), 40 }, { N_("Thủ tục"), 14 },
		{ N_("Tên thủ tục"), 50 }, { N_("Hồ sơ"), 24 }, { N_("Vướng mắc"), 60 }, { N_("Máy báo lỗi"), 50 },
		{ N_("Tình trạng"), 16 }, { N_("Diễn biến sau cùng"), 50 }, { 0 } };
	xlsx_sheet(x, _("Vướng mắc"));
	above(x, r, _("PHIẾU VƯỚNG MẮC"));
	xlsx_header(x, heads);
	for (int i = 0; i < r->found->difficulty_count; i++) {
		const struct difficulty_row *d = &r->found->difficulties[i];
		xlsx_row(x);
		xlsx_text(x, d->number);
		xlsx_moment(x, d->at);
		xlsx_text(x, d->by_name);
		xlsx_text(x, d->counter);
		xlsx_text(x, d->system_name);
		xlsx_text(x, d->procedure_code);
		xlsx_text(x, d->procedure_name);
		xlsx_text(x, d->code);
		xlsx_text(x, d->words);
		xlsx_text(x, d->error);
		xlsx_text(x, difficulty_state_text(d->state));
		xlsx_text(x, d->last_note);
	}
}

bool incident_xlsx(const struct incident_report *r, const char *path, struct error *err)
{
	struct xlsx *x = xlsx_open(path, _("Sự cố và vướng mắc"), err);
	if (!x)
		return false;
	outage_sheet(x, r);
	difficulty_sheet(x, r);
	return xlsx_close(x, err);
}

/* ---- for other programs ---- */

static void csv_moment(struct bytes *out, moment_t at)
{
	char text[40];
	csv_own(out, at == MOMENT_NONE ? "" : moment_write_iso(at, text, sizeof text));
}

static void csv_texts(struct bytes *out, const char *const texts[])
{
	for (; *texts; texts++)
		csv_text(out, *texts);
}

static void csv_outage(struct bytes *out, const struct incident_report *r, const struct outage_row *o)
{
	csv_text(out, _("Sự cố"));
	csv_text(out, "");
	csv_moment(out, o->from_at);
	csv_moment(out, o->to_at);
	csv_number(out, (double)(seconds_of(o, r->now) / 60));
	csv_texts(out, (const char *const[]){ "", "", o->system_name, "", "", "", outage_class_text(o->class), o->cause, o->to_at == MOMENT_NONE ? _("đang kéo dài") : _("đã hết"), "", NULL });
	csv_number(out, o->dossiers);
	csv_end(out);
}

static void csv_difficulty(struct bytes *out, const struct difficulty_row *d)
{
	csv_texts(out, (const char *const[]){ _("Vướng mắc"), d->number, NULL });
	csv_moment(out, d->at);
	csv_texts(out, (const char *const[]){ "", "", d->by_name, d->counter, d->system_name, d->procedure_code, d->procedure_name, d->code, d->words, d->error,
		difficulty_state_text(d->state), d->last_note, "", NULL });
	csv_end(out);
}

bool incident_csv(const struct incident_report *r, const char *path, struct error *err)
{
	static const char *const heads[] = { N_("Loại"), N_("Số phiếu"), N_("Lúc"), N_("Đến lúc"), N_("Kéo dài, phút"), N_("Người ghi"), N_("Quầy"),
		N_("Hệ thống"), N_("Thủ tục"), N_("Tên thủ tục"), N_("Hồ sơ"), N_("Nội dung"), N_("Máy báo lỗi"), N_("Tình trạng"), N_("Diễn biến sau cùng"),
		N_("Hồ sơ phải chờ") };
	struct bytes out = { .limit = 64u << 20 };
	csv_begin(&out);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		csv_text(&out, _(heads[i]));
	csv_end(&out);
	for (int i = 0; i < r->found->outage_count; i++)
		csv_outage(&out, r, &r->found->outages[i]);
	for (int i = 0; i < r->found->difficulty_count; i++)
		csv_difficulty(&out, &r->found->difficulties[i]);
	bool good = out.failed ? fail(err, FAULT_INPUT, "%s", _("Bảng quá lớn cho một tệp: chọn kỳ ngắn hơn."))
	                       : path_write(path, out.data, out.size, 0600, err);
	bytes_free(&out);
	return good;
}

/* ---- the evidence pack ---- */

static void put(struct arena *arena, struct fields *fields, const char *group, int nth, const char *key,
                const char *value)
{
	fields_set(arena, fields, arena_format(arena, "%s.%d.%s", group, nth, key), value);
}

static void put_outages(const struct incident_report *r, struct arena *arena, struct fields *fields)
{
	for (int i = 0; i < r->found->outage_count && i < PAPER_MOST; i++) {
		const struct outage_row *o = &r->found->outages[i];
		char from[32], to[32], length[48];
		put(arena, fields, "outage", i + 1, "system", o->system_name);
		put(arena, fields, "outage", i + 1, "what", outage_class_text(o->class));
		put(arena, fields, "outage", i + 1, "from", moment_write(o->from_at, from, sizeof from));
		put(arena, fields, "outage", i + 1, "to",
		    o->to_at == MOMENT_NONE ? _("chưa xong") : moment_write(o->to_at, to, sizeof to));
		put(arena, fields, "outage", i + 1, "length", outage_length(o, r->now, length, sizeof length));
		put(arena, fields, "outage", i + 1, "dossiers", arena_format(arena, "%d", o->dossiers));
		put(arena, fields, "outage", i + 1, "cause", o->cause);
	}
}

/* "Hệ thống … · 1.004873 · H01.999-…": what is known of it. */
static const char *about(const struct difficulty_row *d, struct arena *arena)
{
	const char *const parts[] = { d->system_name, d->procedure_code, d->code };
	const char *text = "";
	for (int i = 0; i < 3; i++)
		if (*parts[i])
			text = arena_format(arena, "%s%s%s", text, *text ? " · " : "", parts[i]);
	return text;
}

static void put_difficulties(const struct incident_report *r, struct arena *arena, struct fields *fields)
{
	for (int i = 0; i < r->found->difficulty_count && i < PAPER_MOST; i++) {
		const struct difficulty_row *d = &r->found->difficulties[i];
		char at[32];
		put(arena, fields, "difficulty", i + 1, "number", d->number);
		put(arena, fields, "difficulty", i + 1, "at", moment_write(d->at, at, sizeof at));
		put(arena, fields, "difficulty", i + 1, "by", d->by_name);
		put(arena, fields, "difficulty", i + 1, "about", about(d, arena));
		put(arena, fields, "difficulty", i + 1, "words", d->words);
		put(arena, fields, "difficulty", i + 1, "error", d->error);
		put(arena, fields, "difficulty", i + 1, "state", difficulty_state_text(d->state));
		put(arena, fields, "difficulty", i + 1, "note", d->last_note);
	}
}

void incident_fields(const struct incident_report *r, struct arena *arena, struct fields *fields)
{
	char day[16], at[40];
	int more = (r->found->outage_count > PAPER_MOST ? r->found->outage_count - PAPER_MOST : 0) +
	           (r->found->difficulty_count > PAPER_MOST ? r->found->difficulty_count - PAPER_MOST : 0);
	fields_set(arena, fields, "practice", r->facts->practice ? "1" : "0");
	fields_set(arena, fields, "at", moment_write_iso(r->now, at, sizeof at));
	fields_set(arena, fields, "unit.name", r->facts->unit_name);
	fields_set(arena, fields, "unit.parent", r->facts->parent_name);
	fields_set(arena, fields, "unit.organisation", r->facts->organisation);
	fields_set(arena, fields, "unit.office", r->facts->office);
	fields_set(arena, fields, "unit.place", r->facts->place);
	fields_set(arena, fields, "officer.name", r->facts->full_name);
	fields_set(arena, fields, "officer.title", r->facts->title);
	fields_set(arena, fields, "period.from", day_write_iso(r->from, day, sizeof day));
	fields_set(arena, fields, "period.to", day_write_iso(r->to, day, sizeof day));
	fields_format(arena, fields, "outage_count", "%d", r->found->outage_count);
	fields_format(arena, fields, "difficulty_count", "%d", r->found->difficulty_count);
	if (more)
		fields_format(arena, fields, "more_count", "%d", more);
	put_outages(r, arena, fields);
	put_difficulties(r, arena, fields);
}
