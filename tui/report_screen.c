/* SPDX-License-Identifier: Apache-2.0
 *
 *  BÁO CÁO                                   Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *  Biểu 06: tình hình, kết quả giải quyết TTHC
 *  Kỳ ‹ tháng 01/11/2026 – 30/11/2026 ›   Tính theo nơi tiếp nhận   mọi lĩnh vực
 *                           Số hồ sơ nhận giải quyết          Đã giải quyết
 *  Lĩnh vực                      (3)      (4)      (5)      (6)      (7)    ›
 *  Hộ tịch                        12        4        8        0        9
 *  ──────────────────────────────────────────────────────────────────────────
 *  Đã giải quyết · Quá hạn (10): 3 — Hộ tịch
 *  ✓ 3 = 4 + 5 + 6   ✓ 7 = 8 + 9 + 10   ✓ 11 = 12 + 13   ✓ 3 = 7 + 11
 *  F1 Giúp  Enter Hồ sơ  F4 Loại  F5 Kỳ  F6 Xuất  F7 Bên đếm  F8 Lĩnh vực  Esc Về
 */
#include "tui/report_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_batch.h"
#include "tui/dossier_list.h"
#include "tui/dossier_screen.h"
#include "tui/program.h"
#include "tui/report_own.h"

/* A year of ten thousands of dossiers takes its time; the keyboard does not wait. */
static struct report_view *view_of(const struct screen *screen)
{
	return screen->state;
}

/* ---- reading ---- */

static void on_read(struct report_ask *ask, const struct report_table *table, const struct error *err)
{
	struct report_view *v = ask->owner;
	v->reading = false;
	if (err) {
		desk_tell(v->screen->desk, err);
		arena_free(&v->coming);
	} else if (v->again) {
		arena_free(&v->coming);
	} else {
		arena_free(&v->memory);
		v->memory = v->coming;
		v->coming = (struct arena){ 0 };
		v->table = *table;
		v->known = true;
		v->look.row = v->look.first_row = 0;
		v->look.column = 0;
	}
	screen_dirty(v->screen);
	if (v->again)
		report_show(v);
}

void report_show(struct report_view *v)
{
	v->known = false;
	v->again = v->reading;
	if (v->reading)
		return;
	v->reading = true;
	if (v->period != PERIOD_FREE)
		report_period_days(v->period, desk_today(v->screen->desk), v->by, &v->plan.from, &v->plan.to);
	v->ask = (struct report_ask){ .done = on_read, .into = &v->coming, .owner = v };
	report_read(duty_store(duty_of(v->screen)), &v->screen->scope, &v->ask, &v->plan, desk_now(v->screen->desk));
}

static void narrow_to(struct report_view *v, const char *field)
{
	char kept[200];
	snprintf(kept, sizeof kept, "%s", field);
	arena_free(&v->words);
	v->plan.narrow = arena_string(&v->words, kept);
}

static void use_kind(struct report_view *v, const struct report_kind *kind)
{
	v->plan.kind = kind;
	v->plan.deciding = v->plan.deciding && kind->sides;
	narrow_to(v, "");
}

/* ---- choosing ---- */

static void on_kind(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice < 0)
		return;
	use_kind(view_of(screen), &report_kinds[choice]);
	report_show(view_of(screen));
}

static void run_kind(struct screen *screen)
{
	const char *names[32];
	int count = 0, now = (int)(view_of(screen)->plan.kind - report_kinds);
	for (const struct report_kind *kind = report_kinds; kind->name && count < 32; kind++)
		names[count++] = _(kind->brief);
	ask_choice(screen, _("Báo cáo nào?"), names, count, now, on_kind, NULL);
}

static const char *check_day(struct screen *screen, const char *text, void *data)
{
	(void)data;
	return typed_day(text, desk_today(screen->desk)) == DAY_NONE ? _("Ghi ngày như 20/11/2026.") : NULL;
}

static void on_to(struct screen *screen, const char *text, void *data)
{
	struct report_view *v = view_of(screen);
	(void)data;
	if (!text)
		return;
	v->plan.to = typed_day(text, desk_today(screen->desk));
	v->period = PERIOD_FREE;
	report_show(v);
}

static void on_from(struct screen *screen, const char *text, void *data)
{
	char day[16];
	struct report_view *v = view_of(screen);
	(void)data;
	if (!text)
		return;
	v->plan.from = typed_day(text, desk_today(screen->desk));
	ask_for_text(screen, &(struct ask_text){ .question = _("Đến hết ngày nào?"), .max = 10, .plain = true, .check = check_day,
		.initial = day_write(desk_today(screen->desk), day, sizeof day) }, on_to, NULL);
}

static void on_period(struct screen *screen, int choice, void *data)
{
	char day[16];
	struct report_view *v = view_of(screen);
	(void)data;
	if (choice == PERIOD_COUNT) {
		ask_for_text(screen, &(struct ask_text){ .question = _("Từ ngày nào?"), .max = 10, .plain = true, .check = check_day,
			.initial = day_write(v->plan.from, day, sizeof day) }, on_from, NULL);
	} else if (choice >= 0) {
		v->period = (enum report_period)choice;
		v->by = 0;
		report_show(v);
	}
}

static void run_period(struct screen *screen)
{
	const char *names[PERIOD_COUNT + 1];
	for (int i = 0; i < PERIOD_COUNT; i++)
		names[i] = _(report_period_name((enum report_period)i));
	names[PERIOD_COUNT] = _(report_period_name(PERIOD_FREE));
	enum report_period now = view_of(screen)->period;
	ask_choice(screen, _("Kỳ nào?"), names, PERIOD_COUNT + 1, now == PERIOD_FREE ? PERIOD_COUNT : (int)now, on_period, NULL);
}

static bool may_side(const struct screen *screen)
{
	return view_of(screen)->plan.kind->sides;
}

static void run_side(struct screen *screen)
{
	struct report_view *v = view_of(screen);
	v->plan.deciding = !v->plan.deciding;
	report_show(v);
}

static bool may_field(const struct screen *screen)
{
	return view_of(screen)->plan.kind->by_field || view_of(screen)->plan.kind->by_book;
}

static void on_book(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice < 0)
		return;
	narrow_to(view_of(screen), choice ? report_books[choice - 1] : "");
	report_show(view_of(screen));
}

static void ask_book(struct screen *screen)
{
	const char *names[8] = { _("Cả bốn sổ") };
	int count = 1;
	while (report_books[count - 1] && count < 8)
		names[count] = report_books[count - 1], count++;
	ask_choice(screen, _("Sổ nào?"), names, count, 0, on_book, NULL);
}

static void on_field(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (!text)
		return;
	narrow_to(view_of(screen), text);
	report_show(view_of(screen));
}

/* The row's own field, where rows are fields or name theirs; then that of the words typed. */
static void run_field(struct screen *screen)
{
	struct report_view *v = view_of(screen);
	if (v->plan.kind->by_book) {
		ask_book(screen);
		return;
	}
	int column = report_column_at(v->plan.kind, "field");
	bool row = v->known && column >= 0 && v->look.row < v->table.count && !*v->plan.narrow;
	ask_for_text(screen, &(struct ask_text){ .question = _("Chỉ lĩnh vực nào? (để trống: mọi lĩnh vực)"), .max = 120,
		.initial = row ? v->table.rows[v->look.row].cells[column].text : v->plan.narrow }, on_field, NULL);
}

/* ---- the dossiers behind a figure ---- */

static void open_figure(struct report_view *v)
{
	struct screen *screen = v->screen;
	const struct report_kind *kind = v->plan.kind;
	const struct report_column *column = &kind->columns[v->look.column];
	if (!v->known || !report_rows(v))
		return;
	if (column->whole && v->look.row < v->table.count && *v->table.rows[v->look.row].cells[v->look.column].text) {
		const struct report_cell *cells = v->table.rows[v->look.row].cells;
		ask_read(screen, cells[0].text, cells[v->look.column].text, NULL, NULL);
		return;
	}
	if (kind->rows_are_dossiers) {
		int64_t id = v->look.row < v->table.count ? strtoll(v->table.rows[v->look.row].key, NULL, 10) : 0;
		if (id > 0)
			screen_push(screen->desk, &dossier_screen, &id);
		return;
	}
	if (!column->list) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Chọn một con số (←→) rồi Enter: xem các hồ sơ của nó."));
		return;
	}
	const struct report_row *row = v->look.row < v->table.count ? &v->table.rows[v->look.row] : NULL;
	const char *name = row ? row->cells[0].text : _("Tổng số");
	struct dossier_list_plan plan = { .report = &v->plan, .row_key = row ? row->key : "", .column = column->key,
		.title = arena_format(&v->memory, "%s · %s", name, _(column->head)) };
	screen_push(screen->desk, &dossier_list_screen, &plan);
}

/* ---- the screen ---- */

static void view_open(struct screen *screen, const void *argument)
{
	struct report_view *v = screen->state;
	const struct report_kind *kind = argument ? report_find(argument) : NULL;
	screen->status = _("Enter: các hồ sơ của con số. < và >: kỳ trước, kỳ sau.");
	v->screen = screen;
	v->period = PERIOD_MONTH;
	v->plan = (struct report_plan){ .narrow = "", .reason = "" };
	use_kind(v, kind ? kind : report_kinds);
	report_show(v);
}

static void view_close(struct screen *screen)
{
	struct report_view *v = screen->state;
	arena_free(&v->memory);
	arena_free(&v->coming);
	arena_free(&v->words);
	export_file_clear(&v->file);
}

static void draw_head(const struct report_view *v, struct canvas *canvas)
{
	char first[16], last[16];
	canvas_text(canvas, 0, 1, ROLE_HEAD, _(v->plan.kind->brief));
	int col = 1 + canvas_text(canvas, 1, 1, ROLE_LABEL, _("Kỳ: "));
	col += canvas_format(canvas, 1, col, ROLE_INPUT, "‹ %s – %s ›", day_write(v->plan.from, first, sizeof first),
	                     day_write(v->plan.to, last, sizeof last));
	col += canvas_format(canvas, 1, col, ROLE_DIM, " %s", _(report_period_name(v->period)));
	if (v->plan.kind->sides)
		col += canvas_format(canvas, 1, col + 2, ROLE_TEXT, "%s", v->plan.deciding ? _("theo cơ quan giải quyết") : _("theo nơi tiếp nhận")) + 2;
	if (*v->plan.narrow)
		canvas_text(canvas, 1, col + 2, ROLE_WARN, v->plan.narrow);
}

static void view_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct report_view *v = screen->state;
	struct canvas parts[2];
	canvas_split(canvas, (const int[]){ 2, 0 }, 2, parts);
	draw_head(v, &parts[0]);
	if (v->known && v->table.count)
		report_draw_table(v, &parts[1]);
	else
		canvas_text(&parts[1], 1, 1, ROLE_DIM, v->reading ? _("Đang đếm…") : _("Không có hồ sơ nào trong kỳ này."));
}

static void turn(struct report_view *v, int by)
{
	if (v->period == PERIOD_FREE) {
		desk_say(v->screen->desk, FAULT_INPUT, "%s", _("Kỳ tự chọn không có kỳ trước, kỳ sau: F5 chọn kỳ khác."));
		return;
	}
	v->by += by;
	report_show(v);
}

static bool view_handle(struct screen *screen, const struct event *event)
{
	struct report_view *v = screen->state;
	if (event->kind == EVENT_TEXT && (strcmp(event->text, "<") == 0 || strcmp(event->text, ">") == 0)) {
		turn(v, *event->text == '<' ? -1 : 1);
		return true;
	}
	if (report_move(v, event))
		return true;
	if (!event_is(event, K_ENTER, 0))
		return false;
	open_figure(v);
	return true;
}

static void run_rule(struct screen *screen)
{
	struct report_view *v = view_of(screen);
	struct arena arena = { 0 };
	char at[32];
	const char *text = arena_format(&arena, _("%s\n\nĐơn vị tính: %s\n\nCách đếm: %s\n\n%s\n\nSố liệu đếm lúc %s."), v->plan.kind->title,
	                                _(v->plan.kind->unit), _(v->plan.kind->rule), report_side(&v->plan),
	                                v->known ? moment_write(v->table.at, at, sizeof at) : "…");
	ask_read(screen, *v->plan.kind->basis ? _(v->plan.kind->basis) : _(v->plan.kind->brief), text, NULL, NULL);
	arena_free(&arena);
}

static bool may_print(const struct screen *screen)
{
	const struct report_view *v = view_of(screen);
	return v->known && v->table.count;
}

/* What is shown, without persons. */
static void run_print(struct screen *screen)
{
	batch_report(screen, &view_of(screen)->table);
}

static const struct action actions[] = {
	{ "report-kind", "F4", N_("Loại"), N_("Chọn báo cáo khác."), NULL, run_kind },
	{ "report-period", "F5", N_("Kỳ"), N_("Chọn kỳ: tuần, tháng, quý, năm, kỳ báo cáo 15–14, hay từ ngày đến ngày."), NULL, run_period },
	{ "report-leave", "F6", N_("Xuất"), N_("Xuất ra XLSX, CSV hoặc PDF có biểu đồ và chỗ ký."), report_may_leave, report_leave },
	{ "report-side", "F7", N_("Bên đếm"), N_("Đếm theo nơi tiếp nhận, hay theo cơ quan giải quyết."), may_side, run_side },
	{ "report-field", "F8", N_("Chọn mục"), N_("Chỉ một lĩnh vực hay một sổ, hay tất cả."), may_field, run_field },
	{ "report-print", "Ctrl-O", N_("In"), N_("In bảng này ra máy in khổ A4, không có họ tên công dân; mọi lần in đều được lưu vết."), may_print, run_print },
	{ "report-cancel", "Ctrl-X", N_("Huỷ số"), N_("Huỷ số chứng thực đang chọn, ghi lý do; số vẫn giữ trong sổ."), report_may_cancel, report_cancel },
	{ "report-rule", "F9", N_("Cách đếm"), N_("Báo cáo này đếm gì, đếm thế nào, theo văn bản nào."), NULL, run_rule },
	{ 0 },
};

const struct screen_kind report_screen = {
	.name = "reports",
	.title = N_("BÁO CÁO"),
	.help = N_("Mũi tên chọn con số, Enter mở các hồ sơ của nó; < và > là kỳ trước, kỳ sau.\n"
	           "F4 chọn báo cáo, F5 chọn kỳ, F6 xuất XLSX, CSV hoặc PDF, Ctrl-O in ngay.\n"
	           "Dòng cuối cho biết các phép kiểm tra của biểu có đúng không; F9 nói rõ cách đếm.\n"
	           "Họ tên, địa chỉ công dân chỉ có trong tệp do người phụ trách xuất, có ghi lý do; mọi lần xuất đều được lưu vết."),
	.actions = actions,
	.size = sizeof(struct report_view),
	.open = view_open,
	.draw = view_draw,
	.handle = view_handle,
	.close = view_close,
};
