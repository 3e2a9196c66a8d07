/* SPDX-License-Identifier: Apache-2.0
 *
 * How the queue's panel looks. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/queue_own.h"

enum { HEAD_ROWS = 6 };

/* ---- the list ---- */

static int minutes_since(const struct queue_panel *panel, moment_t moment)
{
	int64_t seconds = desk_now(panel->screen->desk) - moment;
	return seconds > 0 ? (int)(seconds / 60) : 0;
}

static const char *note_of(const struct queue_panel *panel, const struct queue_ticket *t)
{
	static char text[120];
	if (strcmp(t->state, "no_show") == 0)
		return _("vắng khi gọi");
	if (strcmp(t->state, "parked") == 0)
		return _("tạm gác");
	if (strcmp(t->to_counter, duty_of(panel->screen)->facts->counter) == 0)
		return _("chuyển đến quầy này");
	if (t->lane == 4 || t->lane == 2) {
		struct clock at = moment_clock(t->slot);
		snprintf(text, sizeof text, _("hẹn %02d:%02d"), at.hour, at.minute);
		return text;
	}
	return t->lane == 1 ? t->priority : strcmp(t->state, "transferred") == 0 ? _("chuyển đến") : "";
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[32];
	const struct queue_panel *panel = owner;
	const struct queue_ticket *t = &panel->rows[row];
	bool aside = strcmp(t->part, "aside") == 0;
	struct clock at = moment_clock(t->taken_at);
	out->role = aside ? ROLE_DIM : t->lane == 1 ? ROLE_WARN : ROLE_TEXT;
	switch (column) {
	case 0: out->text = t->number; return;
	case 1: out->text = t->queue_name; return;
	case 2: snprintf(text, sizeof text, "%02d:%02d", at.hour, at.minute); break;
	case 3: snprintf(text, sizeof text, aside ? "–" : "%d", minutes_since(panel, t->taken_at)); break;
	default: out->text = note_of(panel, t); return;
	}
	out->text = text;
}

static const struct list_column columns[] = {
	{ .head = N_("Số"), .width = 7 },
	{ .head = N_("Hàng đợi"), .width = 0 },
	{ .head = N_("lấy lúc"), .width = 8, .right = true },
	{ .head = N_("phút"), .width = 5, .right = true },
	{ .head = N_("ghi chú"), .width = 30 },
	{ 0 },
};

void queue_list(struct queue_panel *panel)
{
	panel->list = (struct list){ .columns = columns, .cell = cell, .owner = panel,
		.empty = N_("Không ai chờ ở hàng đợi của quầy này.") };
}

/* ---- drawing ---- */

static void draw_here(const struct queue_panel *panel, struct canvas *canvas)
{
	const struct queue_ticket *t = panel->here;
	if (!t) {
		canvas_text(canvas, 2, 2, ROLE_DIM, panel->known ? _("Quầy không có số nào. F5 gọi số tiếp.") : _("Đang đọc…"));
		return;
	}
	bool called = strcmp(t->state, "called") == 0;
	struct clock at = moment_clock(called ? t->called_at : t->serving_at);
	canvas_format(canvas, 2, 2, ROLE_HEAD, "%s", t->number);
	int col = 10 + canvas_text(canvas, 2, 10, ROLE_TEXT, t->queue_name);
	if (*t->priority)
		canvas_format(canvas, 2, col, ROLE_WARN, _(" · ưu tiên: %s"), t->priority);
	if (called)
		canvas_format(canvas, 3, 10, ROLE_WARN, _("→ đang gọi lần %d, lúc %02d:%02d"), t->calls, at.hour, at.minute);
	else if (t->dossiers)
		canvas_format(canvas, 3, 10, ROLE_GOOD, _("● đang phục vụ từ %02d:%02d · %d hồ sơ"), at.hour, at.minute, t->dossiers);
	else
		canvas_format(canvas, 3, 10, ROLE_GOOD, _("● đang phục vụ từ %02d:%02d"), at.hour, at.minute);
	canvas_text(canvas, 4, 10, ROLE_DIM,
	            called ? _("Đã đến: Enter mở hồ sơ mới. F4 gọi lại, F6 vắng, F7 chuyển.")
	                   : _("Enter hồ sơ mới. F5 xong và gọi số tiếp, F9 xong, F7 chuyển."));
}

static void draw_series(const struct queue_panel *panel, struct canvas *canvas, int row)
{
	int col = 2 + canvas_text(canvas, row, 2, ROLE_LABEL, _("Đang chờ")) + 2;
	for (int i = 0; i < panel->series.count; i++) {
		const struct queue_series *s = &panel->series.series[i];
		enum role role = s->waiting == 0 ? ROLE_DIM : s->counters_open ? ROLE_TEXT : ROLE_WARN;
		if (s->waiting)
			col += canvas_format(canvas, row, col, role, _("%s %d (%d phút)"), s->series, s->waiting, s->longest / 60) + 3;
		else
			col += canvas_format(canvas, row, col, role, "%s 0", s->series) + 3;
	}
}

static const char *state_text(const char *state)
{
	return strcmp(state, "open") == 0           ? _("Quầy đang mở.")
	       : strcmp(state, "paused") == 0       ? _("Quầy tạm ngừng.")
	       : strcmp(state, "out_of_order") == 0 ? _("Quầy hỏng, không nhận số.")
	       : strcmp(state, "closed") == 0       ? _("Quầy đã đóng.")
	                                            : _("Quầy chưa mở hàng đợi hôm nay: F5 mở và gọi số.");
}

void queue_draw(const struct screen *screen, struct canvas *canvas)
{
	struct queue_panel *panel = screen->state;
	if (panel->known)
		canvas_text(canvas, 0, 2, strcmp(panel->shown.counter_state, "open") == 0 ? ROLE_TEXT : ROLE_WARN,
		            state_text(panel->shown.counter_state));
	draw_here(panel, canvas);
	struct canvas rows = canvas_part(canvas, HEAD_ROWS, 0, canvas->rows - HEAD_ROWS - 2, canvas->cols);
	list_draw(&panel->list, &rows, true);
	draw_series(panel, canvas, canvas->rows - 1);
}
