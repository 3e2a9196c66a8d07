/* SPDX-License-Identifier: Apache-2.0
 *
 *  HÔM NAY                              Quầy 3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Thứ Sáu 20/11/2026 — xã Núi Cấm, tỉnh An Giang
 *
 *   Việc trong ngày                    Hồ sơ    Nơi khác
 *  >Tôi nhận hôm nay                      12    Đồng bộ với các hệ thống     Ctrl-S
 *   Cả trung tâm nhận hôm nay             34
 *   Chờ gửi đi                             2
 *   Đến hạn hôm nay                        5
 *   Quá hạn                              ! 1
 *   Chưa có trả lời quá 24 giờ             0
 *   Vướng mắc cần xử lý                    0
 *
 *   1 bản nháp đang dở: F2 mở lại.
 *  F1 Giúp  F2 Mới  F3 Tìm  Enter Xem  F10 Ra
 */
#include "tui/home.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/catalogue.h"
#include "core/store/day.h"
#include "core/store/filings.h"
#include "tui/counter.h"
#include "tui/desk.h"
#include "tui/dossier_list.h"
#include "tui/draft.h"
#include "tui/filings_screen.h"
#include "tui/home_rooms.h"
#include "tui/life_list.h"
#include "tui/list.h"
#include "tui/problem_list.h"
#include "tui/program.h"
#include "tui/queue_screen.h"
#include "tui/rights.h"
#include "tui/signer.h"
#include "tui/duty.h"

/*      count member     list kind          what the clerk reads            bad when not 0 */
#define FIGURES(X)                                                                          \
	X(mine_today,      "mine_today",      N_("Tôi nhận hôm nay"),             ROLE_TEXT) \
	X(received_today,  "received_today",  N_("Cả trung tâm nhận hôm nay"),    ROLE_TEXT) \
	X(waiting_to_send, "waiting_to_send", N_("Chờ gửi đi"),                   ROLE_WARN) \
	X(due_today,       "due_today",       N_("Đến hạn hôm nay"),              ROLE_WARN) \
	X(late,            "late",            N_("Quá hạn"),                      ROLE_LATE) \
	X(silent,          "silent",          N_("Chưa có trả lời quá %d giờ"),   ROLE_WARN) \
	X(problems,        "problems",        N_("Vướng mắc cần xử lý"),          ROLE_ERROR)

static const struct {
	const char *kind, *label;
	enum role role;
} figures[] = {
#define X(member, kind, label, role) { kind, label, role },
	FIGURES(X)
#undef X
};
enum { FIGURE_COUNT = sizeof figures / sizeof figures[0], ROW_ONLINE = FIGURE_COUNT, ROW_SOON, ROW_UNBROUGHT, ROWS };
/* Columns of the screen the figures have; the rooms need so many beside them. */
enum { FIGURE_COLUMNS = 41, ROOM_COLUMNS = 38, BELOW_ROWS = 5 };

struct home {
	struct list list, rooms;
	bool in_rooms;         /* the cursor is among the rooms                */
	struct day_counts counts;
	bool known;            /* the counts have been read                    */
	bool online_known;     /* and those of online dossiers                 */
	bool again;            /* something changed while a read was under way */
	bool reading;
	size_t offered;        /* procedures received here                     */
	struct day_ask ask;
	struct filing_counts online; /* what citizens filed online             */
	struct filing_counts_ask online_ask;
	struct listener listener;
	struct timer soon;     /* many changes in a second are read once       */
	struct screen *screen;
};

static int figure(const struct home *home, int row)
{
	const int values[] = {
#define X(member, kind, label, role) home->counts.member,
		FIGURES(X)
#undef X
	};
	return values[row];
}

/* What a figure is called; silence has its number of hours. */
static const char *label(const struct home *home, int row, char *out, size_t room)
{
	if (strcmp(figures[row].kind, "silent") != 0)
		return _(figures[row].label);
	snprintf(out, room, _("Chưa có trả lời quá %d giờ"), home->known ? home->counts.silent_hours : 24);
	return out;
}

/* Their working hours run: late ones are an alarm. */
static void online_cell(const struct home *home, int column, struct list_cell *out)
{
	static char text[16];
	const struct filing_counts *online = &home->online;
	bool alarm = online->late || online->soon;
	snprintf(text, sizeof text, home->online_known ? alarm ? "! %d" : "%d" : "…", online->waiting);
	out->text = column == 0 ? _("Hồ sơ trực tuyến chờ nhận") : text;
	out->role = online->late ? ROLE_LATE : online->soon ? ROLE_WARN : ROLE_TEXT;
}

static void count_cell(const struct home *home, int value, enum role role, struct list_cell *out)
{
	static char text[16];
	bool alarm = home->known && value > 0 && role != ROLE_TEXT;
	snprintf(text, sizeof text, home->known ? alarm ? "! %d" : "%d" : "…", value);
	out->text = text;
	out->role = alarm ? role : ROLE_TEXT;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[64];
	const struct home *home = owner;
	if (row == ROW_ONLINE)
		online_cell(home, column, out);
	else if (row == ROW_SOON && column == 0)
		out->text = _("Sắp trễ, nên xin lỗi");
	else if (row == ROW_UNBROUGHT && column == 0)
		out->text = _("Công dân quá hạn bổ sung");
	else if (column == 0)
		out->text = label(home, row, text, sizeof text);
	else if (row >= FIGURE_COUNT)
		count_cell(home, row == ROW_SOON ? home->counts.soon : home->counts.unbrought, ROLE_WARN, out);
	else
		count_cell(home, figure(home, row), figures[row].role, out);
}

static const struct list_column columns[] = {
	{ .head = N_("Việc trong ngày"), .width = 28 },
	{ .head = N_("Hồ sơ"), .width = 8, .right = true },
	{ 0 },
};

static void read_day(struct home *home);

static void on_counts(struct day_ask *ask, const struct day_counts *counts, const struct error *err)
{
	struct home *home = ask->owner;
	home->reading = false;
	if (err) {
		desk_tell(home->screen->desk, err);
	} else {
		home->counts = *counts;
		home->known = true;
	}
	screen_dirty(home->screen);
	if (home->again)
		read_day(home);
}

static void read_figures(struct home *home)
{
	home->ask = (struct day_ask){ .done = on_counts, .owner = home };
	day_start(duty_store(duty_of(home->screen)), &home->screen->scope, &home->ask);
}

static void on_online(struct filing_counts_ask *ask, const struct filing_counts *counts, const struct error *err)
{
	struct home *home = ask->owner;
	if (counts && !err)
		home->online = *counts, home->online_known = true;
	screen_dirty(home->screen);
	read_figures(home);
}

/* One after the other: the figures of the day follow. */
static void read_day(struct home *home)
{
	home->again = home->reading;
	if (home->reading)
		return;
	home->reading = true;
	home->online_ask = (struct filing_counts_ask){ .done = on_online, .owner = home };
	filing_count(duty_store(duty_of(home->screen)), &home->screen->scope, &home->online_ask);
}

static void count_offered(struct home *home)
{
	const struct catalogue *catalogue = duty_of(home->screen)->catalogue;
	day_t today = desk_today(home->screen->desk);
	home->offered = 0;
	for (size_t i = 0; catalogue && i < catalogue->count[CATALOGUE_PROCEDURES]; i++)
		home->offered += catalogue->procedures[i].offered &&
		                 procedure_in_force(&catalogue->procedures[i], today);
}

static void on_soon(struct timer *timer)
{
	read_day(OWNER_OF(timer, struct home, soon));
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct home *home = OWNER_OF(listener, struct home, listener);
	(void)id;
	if (strcmp(what, "catalogue") == 0)
		count_offered(home);
	if (!home->soon.armed)
		loop_after(home->screen->desk->loop, &home->soon, 200);
}

static void home_open(struct screen *screen, const void *argument)
{
	(void)argument;
	struct home *home = screen->state;
	home->screen = screen;
	home->soon.fire = on_soon;
	home->list = (struct list){ .columns = columns, .cell = cell, .owner = home, .beside = true };
	list_set_count(&home->list, ROWS);
	rooms_list(&home->rooms, screen);
	home->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &home->listener);
	count_offered(home);
	read_day(home);
}

static void home_close(struct screen *screen)
{
	struct home *home = screen->state;
	loop_cancel(screen->desk->loop, &home->soon);
}

static void home_resume(struct screen *screen)
{
	read_day(screen->state);
}

static void home_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct home *home = screen->state;
	const struct duty *duty = duty_of(screen);
	char day[48];
	canvas_format(canvas, 0, 1, ROLE_DIM, "%s — %s, %s",
	              day_write_long(desk_today(screen->desk), day, sizeof day),
	              duty->facts->unit_name, duty->facts->parent_name);
	struct canvas rows = canvas_part(canvas, 2, 0, ROWS + 1,
	                                 canvas->cols < FIGURE_COLUMNS ? canvas->cols : FIGURE_COLUMNS);
	list_draw((struct list *)&home->list, &rows, !home->in_rooms);
	int row = ROWS + 4;
	if (canvas->cols >= FIGURE_COLUMNS + ROOM_COLUMNS) {
		/* More rooms than rows are scrolled; what the clerk must be told stays below. */
		int most = canvas->rows - 2 - BELOW_ROWS, shown = home->rooms.count + 1 < most ? home->rooms.count + 1 : most;
		struct canvas right = canvas_part(canvas, 2, FIGURE_COLUMNS, shown, canvas->cols - FIGURE_COLUMNS);
		list_draw((struct list *)&home->rooms, &right, home->in_rooms);
		if (row < shown + 3)
			row = shown + 3;
	}
	int drafts = draft_count(duty);
	if (drafts)
		canvas_format(canvas, row++, 1, ROLE_WARN,
		              _("→ %d bản nháp đang dở: F2 mở lại đúng chỗ đã dừng."), drafts);
	const char *const alarms[] = { rights_alarm(duty), signer_alarm(duty) };
	for (int i = 0; i < 2; i++) {
		if (!alarms[i])
			continue;
		canvas_text(canvas, row, 1, ROLE_WARN, "!");
		row += canvas_lines(canvas, row, 3, canvas->cols - 4, ROLE_WARN, alarms[i]);
	}
	if (!duty->catalogue)
		canvas_text(canvas, row, 1, ROLE_DIM, _("Đang đọc danh mục thủ tục…"));
	else
		canvas_format(canvas, row, 1, ROLE_DIM,
		              _("%zu thủ tục tiếp nhận tại đây. Quét thẻ hay giấy hẹn lúc nào cũng được."),
		              home->offered);
}

/* Between the figures and the rooms: Tab, the arrows, a click. */
static bool move_across(struct home *home, const struct event *event)
{
	bool click = event->kind == EVENT_MOUSE && event->button == MOUSE_LEFT;
	if (event_is(event, K_TAB, 0))
		home->in_rooms = !home->in_rooms;
	else if (event_is(event, K_RIGHT, 0))
		home->in_rooms = true;
	else if (event_is(event, K_LEFT, 0))
		home->in_rooms = false;
	else if (click)
		home->in_rooms = event->col >= FIGURE_COLUMNS;
	else
		return false;
	home->in_rooms = home->in_rooms && home->rooms.count;
	screen_dirty(home->screen);
	return !click;
}

static bool home_handle(struct screen *screen, const struct event *event)
{
	struct home *home = screen->state;
	if (move_across(home, event))
		return true;
	if (list_handle(home->in_rooms ? &home->rooms : &home->list, event))
		return true;
	if (event_is(event, K_ESC, 0)) { /* once too often must not end the clerk's work */
		desk_say(screen->desk, FAULT_NONE, "%s", _("Đây là màn hình đầu. F10 để ra; Ctrl-P đổi người, khoá màn hình."));
		return true;
	}
	if (!event_is(event, K_ENTER, 0))
		return false;
	if (home->in_rooms) {
		rooms_enter(&home->rooms, screen);
		return true;
	}
	if (home->list.at == ROW_ONLINE) {
		screen_push(screen->desk, &filings_screen, NULL);
		return true;
	}
	if (home->list.at >= FIGURE_COUNT) {
		screen_push(screen->desk, &life_list_screen, &(struct life_list_plan){ .which = home->list.at == ROW_SOON ? LIFE_SOON : LIFE_OVER });
		return true;
	}
	if (strcmp(figures[home->list.at].kind, "problems") == 0) {
		screen_push(screen->desk, &problem_list_screen, NULL);
		return true;
	}
	char title[64];
	struct dossier_list_plan plan = { .day_kind = figures[home->list.at].kind,
		.title = label(home, home->list.at, title, sizeof title) };
	screen_push(screen->desk, &dossier_list_screen, &plan);
	return true;
}

static const struct action actions[] = {
	{ "home-call", "F5", N_("Gọi số"), N_("Gọi số tiếp theo ở hàng đợi."), NULL, queue_call_from },
	{ 0 },
};

const struct screen_kind home_screen = {
	.name = "home",
	.title = N_("HÔM NAY"),
	.help = N_("Việc trong ngày. Enter mở danh sách hồ sơ sau mỗi con số.\n"
	           "Tab sang các nơi khác: đồng bộ, đối soát, sự cố, tài khoản, tuyến gửi.\n"
	           "Quét thẻ căn cước để bắt đầu hồ sơ mới, quét giấy hẹn để mở hồ sơ."),
	.actions = actions,
	.size = sizeof(struct home),
	.open = home_open,
	.draw = home_draw,
	.handle = home_handle,
	.resume = home_resume,
	.close = home_close,
};

void home_enter(struct desk *desk)
{
	const struct duty *duty = duty_at(desk);
	desk_name(desk, "%s · %s", duty->facts->counter, duty->facts->full_name);
	desk->common = counter_actions;
	desk->scanned = counter_scanned;
	screen_push(desk, &home_screen, NULL);
	desk_say(desk, FAULT_NONE, _("Chào %s."), duty->facts->full_name);
}
