/* SPDX-License-Identifier: Apache-2.0
 *
 *  SỰ CỐ VÀ VƯỚNG MẮC                       Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  Kỳ: ‹ tuần này 16/11 – 22/11/2026 ›   [Phiếu vướng mắc 5]  Sự cố 3   Tab chuyển
 *    Số       Lúc          Hệ thống          Vướng mắc                  Tình trạng
 *  > 7/2026   20/11 09:41  Bộ Tư pháp        Không gửi được tờ khai…    mới
 *  …
 *  ──────────────────────────────────────────────────────────────────────────────
 *   Lê Thị Mận · 1.004873 · H01.999-261120-0007
 *   Không gửi được tờ khai, máy báo…
 *  F1 Giúp  Enter Đọc  F4 Diễn biến  F5 Bảng tính  F6 Bảng kê  F8 Hồ sơ  Esc Về
 */
#include "tui/incident_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/incident_own.h"
#include "tui/program.h"
#include "tui/sync_words.h"

enum { DETAIL_ROWS = 5 };

/* ---- periods ---- */

static const char *const periods[] = { N_("chưa xong"), N_("tuần này"), N_("tuần trước"), N_("tháng này"),
	N_("tháng trước") };
enum { OPEN, THIS_WEEK, LAST_WEEK, THIS_MONTH, LAST_MONTH, PERIODS };

const char *incident_period_name(int period)
{
	return _(periods[period]);
}

int incident_period_count(void)
{
	return PERIODS;
}

void incident_period(int period, day_t today, day_t *from, day_t *to)
{
	struct date date = day_date(today);
	day_t monday = today - (day_weekday(today) - 1);
	day_t first = day_of(date.year, date.month, 1);
	struct date before = day_date(first - 1);
	*from = period == OPEN ? DAY_NONE : period == THIS_WEEK ? monday : period == LAST_WEEK ? monday - 7
	        : period == THIS_MONTH ? first : day_of(before.year, before.month, 1);
	*to = period == OPEN ? DAY_NONE : period == THIS_WEEK ? monday + 6 : period == LAST_WEEK ? monday - 1
	      : period == THIS_MONTH ? day_of(date.month == 12 ? date.year + 1 : date.year,
	                                      date.month == 12 ? 1 : date.month + 1, 1) - 1
	                             : first - 1;
}

/* ---- rows ---- */

static void slip_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[32];
	const struct incident_view *v = owner;
	const struct difficulty_row *d = &v->found.difficulties[row];
	switch (column) {
	case 0: out->text = d->number; break;
	case 1: out->text = sync_when(d->at, desk_now(v->screen->desk), text, sizeof text); break;
	case 2: out->text = sync_short_name(d->system_name); break;
	case 3: out->text = d->words; break;
	case 4: out->text = d->code; break;
	default:
		out->text = difficulty_state_text(d->state);
		out->role = difficulty_state_role(d->state);
	}
}

static int64_t slip_id(void *owner, int row)
{
	return ((const struct incident_view *)owner)->found.difficulties[row].difficulty_id;
}

static const struct list_column slip_columns[] = {
	{ .head = N_("Số"), .width = 8 },
	{ .head = N_("Lúc"), .width = 11 },
	{ .head = N_("Hệ thống"), .width = 18 },
	{ .head = N_("Vướng mắc"), .width = 0 },
	{ .head = N_("Hồ sơ"), .width = 21, .from = 110 },
	{ .head = N_("Tình trạng"), .width = 13 },
	{ 0 },
};

static void outage_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[48];
	const struct incident_view *v = owner;
	const struct outage_row *o = &v->found.outages[row];
	moment_t now = desk_now(v->screen->desk);
	out->text = text;
	switch (column) {
	case 0: out->text = sync_short_name(o->system_name); break;
	case 1:
		out->text = outage_class_text(o->class);
		out->role = o->to_at == MOMENT_NONE ? ROLE_ERROR : ROLE_TEXT;
		break;
	case 2: sync_when(o->from_at, now, text, sizeof text); break;
	case 3:
		snprintf(text, sizeof text, "%s", _("! chưa xong"));
		if (o->to_at != MOMENT_NONE)
			sync_when(o->to_at, now, text, sizeof text);
		out->role = o->to_at == MOMENT_NONE ? ROLE_ERROR : ROLE_TEXT;
		break;
	case 4: outage_length(o, now, text, sizeof text); break;
	case 5: snprintf(text, sizeof text, "%d", o->dossiers); break;
	default: out->text = o->cause;
	}
}

static int64_t outage_id(void *owner, int row)
{
	return ((const struct incident_view *)owner)->found.outages[row].outage_id;
}

static const struct list_column outage_columns[] = {
	{ .head = N_("Hệ thống"), .width = 0 },
	{ .head = N_("Sự cố"), .width = 20, .from = 100 },
	{ .head = N_("Từ lúc"), .width = 11 },
	{ .head = N_("Đến lúc"), .width = 11 },
	{ .head = N_("Kéo dài"), .width = 16, .right = true },
	{ .head = N_("Hồ sơ chờ"), .width = 9, .right = true },
	{ .head = N_("Nguyên nhân"), .width = 40, .from = 120 },
	{ 0 },
};

const struct difficulty_row *incident_slip(const struct screen *screen)
{
	const struct incident_view *v = screen->state;
	const struct list *list = &v->lists[PANE_DIFFICULTIES];
	return v->pane == PANE_DIFFICULTIES && list->count ? &v->found.difficulties[list->at] : NULL;
}

/* ---- reading ---- */

static void on_read(struct incidents_ask *ask, const struct incidents *found, const struct error *err)
{
	struct incident_view *v = ask->owner;
	if (fresh_came(&v->fresh, err)) {
		v->found = *found;
		list_set_count(&v->lists[PANE_DIFFICULTIES], found->difficulty_count);
		list_set_count(&v->lists[PANE_OUTAGES], found->outage_count);
	}
	fresh_taken(&v->fresh);
}

static void read_now(struct screen *screen)
{
	struct incident_view *v = screen->state;
	day_t from, to;
	incident_period(v->period, desk_today(screen->desk), &from, &to);
	v->ask = (struct incidents_ask){ .done = on_read, .into = &v->fresh.coming, .owner = v };
	incidents_read(duty_store(duty_of(screen)), &screen->scope, &v->ask, from, to);
}

/* Other rows are to be seen: those of before are gone at once. */
static void turn(struct incident_view *v, int by)
{
	v->period = (v->period + by) % PERIODS;
	for (int i = 0; i < PANES; i++)
		list_set_count(&v->lists[i], 0);
	fresh_other(&v->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "difficulty") == 0 || strcmp(what, "health") == 0 || strcmp(what, "again") == 0;
}

/* ---- the screen ---- */

static void view_open(struct screen *screen, const void *argument)
{
	struct incident_view *v = screen->state;
	screen->status = _("Enter: đọc cả phiếu hoặc sự cố.");
	(void)argument;
	v->screen = screen;
	v->period = THIS_WEEK;
	v->lists[PANE_DIFFICULTIES] = (struct list){ .columns = slip_columns, .cell = slip_cell, .id = slip_id, .owner = v,
		.empty = N_("Không có phiếu vướng mắc nào. Ctrl-G ở bất cứ màn hình nào để viết một phiếu.") };
	v->lists[PANE_OUTAGES] = (struct list){ .columns = outage_columns, .cell = outage_cell, .id = outage_id, .owner = v,
		.empty = N_("Không có sự cố nào.") };
	v->fresh.heeds = heeds;
	fresh_open(&v->fresh, screen, read_now);
}

static void view_close(struct screen *screen)
{
	struct incident_view *v = screen->state;
	fresh_close(&v->fresh);
	arena_free(&v->steps_memory);
	export_file_clear(&v->file);
}

static void draw_head(const struct incident_view *v, struct canvas *canvas)
{
	day_t from, to;
	char first[16], last[16];
	incident_period(v->period, desk_today(v->screen->desk), &from, &to);
	int col = 1 + canvas_text(canvas, 0, 1, ROLE_LABEL, _("Kỳ: "));
	if (from == DAY_NONE)
		col += canvas_format(canvas, 0, col, ROLE_INPUT, "‹ %s ›", incident_period_name(v->period));
	else
		col += canvas_format(canvas, 0, col, ROLE_INPUT, "‹ %s %.5s – %s ›", incident_period_name(v->period),
		                     day_write(from, first, sizeof first), day_write(to, last, sizeof last));
	col += 3;
	bool slips = v->pane == PANE_DIFFICULTIES;
	col += canvas_format(canvas, 0, col, slips ? ROLE_HEAD : ROLE_DIM, _("%sPhiếu %d"), slips ? "> " : "  ",
	                     v->found.difficulty_count);
	col += 2;
	col += canvas_format(canvas, 0, col, slips ? ROLE_DIM : ROLE_HEAD, _("%sSự cố %d"), slips ? "  " : "> ",
	                     v->found.outage_count);
	canvas_text(canvas, 0, col + 3, ROLE_DIM, _("Tab chuyển"));
}

static void draw_slip(const struct difficulty_row *d, struct canvas *canvas)
{
	int col = 1 + canvas_text(canvas, 1, 1, ROLE_TEXT, d->by_name);
	if (*d->procedure_code)
		col += canvas_format(canvas, 1, col, ROLE_TEXT, " · %s", d->procedure_code);
	if (*d->code)
		col += canvas_format(canvas, 1, col, ROLE_TEXT, " · %s", d->code);
	if (*d->last_note)
		canvas_format(canvas, 1, col, ROLE_DIM, " · %s", d->last_note);
	struct canvas words = canvas_part(canvas, 2, 1, DETAIL_ROWS - 2, canvas->cols - 2);
	canvas_lines(&words, 0, 0, words.cols, ROLE_TEXT, d->words);
}

static void draw_outage(const struct outage_row *o, struct canvas *canvas)
{
	canvas_format(canvas, 1, 1, o->to_at == MOMENT_NONE ? ROLE_ERROR : ROLE_TEXT, "%s · %s", o->system_name,
	              outage_class_text(o->class));
	struct canvas cause = canvas_part(canvas, 2, 1, DETAIL_ROWS - 2, canvas->cols - 2);
	canvas_lines(&cause, 0, 0, cause.cols, ROLE_TEXT, o->cause);
}

static void view_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct incident_view *v = screen->state;
	const struct list *list = &v->lists[v->pane];
	struct canvas parts[3];
	canvas_split(canvas, (const int[]){ 1, 0, DETAIL_ROWS }, 3, parts);
	draw_head(v, &parts[0]);
	fresh_list(&v->fresh, (struct list *)list, &parts[1], true);
	if (!list->count)
		return;
	canvas_rule(&parts[2], 0, ROLE_FRAME);
	if (v->pane == PANE_OUTAGES)
		draw_outage(&v->found.outages[list->at], &parts[2]);
	else
		draw_slip(&v->found.difficulties[list->at], &parts[2]);
}

static bool view_handle(struct screen *screen, const struct event *event)
{
	struct incident_view *v = screen->state;
	if (event_is(event, K_TAB, 0) || event_is(event, K_TAB, MOD_SHIFT)) {
		v->pane = (v->pane + 1) % PANES;
		return true;
	}
	if (event_is(event, K_RIGHT, 0) || event_is(event, K_LEFT, 0)) {
		turn(v, event_is(event, K_RIGHT, 0) ? 1 : PERIODS - 1);
		return true;
	}
	if (list_handle(&v->lists[v->pane], event))
		return true;
	if (!event_is(event, K_ENTER, 0) || !v->lists[v->pane].count)
		return false;
	incident_open(screen);
	return true;
}

static void view_resume(struct screen *screen)
{
	fresh_read(&((struct incident_view *)screen->state)->fresh);
}

static void view_about(const struct screen *screen, struct about *about)
{
	const struct incident_view *v = screen->state;
	const struct difficulty_row *d = incident_slip(screen);
	if (v->pane == PANE_OUTAGES && v->lists[PANE_OUTAGES].count) {
		const struct outage_row *o = &v->found.outages[v->lists[PANE_OUTAGES].at];
		about->system = o->system;
		about->error = *o->cause ? o->cause : NULL;
	} else if (d) {
		about->system = d->system;
		about->procedure = d->procedure_code;
		about->dossier_id = d->dossier_id;
		about->dossier = d->code;
	}
}

static const struct action actions[] = {
	{ "incident-move", "F4", N_("Diễn biến"), N_("Ghi phiếu đã báo ai, họ trả lời gì, đã xong ra sao."), incident_may_move, incident_move },
	{ "incident-sheet", "F5", N_("Bảng tính"), N_("Xuất sự cố và vướng mắc của kỳ ra tệp XLSX."), incident_may_export, incident_export_sheet },
	{ "incident-text", NULL, NULL, N_("Xuất sự cố và vướng mắc của kỳ ra tệp CSV."), incident_may_export, incident_export_text },
	{ "incident-paper", "F6", N_("Bảng kê"), N_("Lập bảng kê PDF có chỗ ký, kèm báo cáo của kỳ."), incident_may_export, incident_export_paper },
	{ "incident-due", "F7", N_("Tính lại hẹn"), N_("Sự cố đã hết: lùi ngày hẹn của những hồ sơ mất giờ làm việc vì nó, một lần; người phụ trách."), incident_may_count, incident_count },
	{ "incident-dossier", "F8", N_("Hồ sơ"), N_("Mở hồ sơ của phiếu này."), incident_may_see, incident_see },
	{ 0 },
};

const struct screen_kind incident_screen = {
	.name = "incidents",
	.title = N_("SỰ CỐ VÀ VƯỚNG MẮC"),
	.help = N_("Phiếu vướng mắc mọi người đã ghi (Ctrl-G ở bất cứ màn hình nào) và sự cố kết nối mà máy tự ghi giờ.\n"
	           "←→ chọn kỳ: chưa xong, tuần, tháng. Tab chuyển giữa phiếu và sự cố. Enter đọc cả dòng.\n"
	           "F5 xuất bảng tính, F6 lập bảng kê PDF cho kỳ đang xem."),
	.actions = actions,
	.size = sizeof(struct incident_view),
	.open = view_open,
	.draw = view_draw,
	.handle = view_handle,
	.resume = view_resume,
	.close = view_close,
	.about = view_about,
};
