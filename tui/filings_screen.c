/* SPDX-License-Identifier: Apache-2.0
 *
 *  HỒ SƠ TRỰC TUYẾN                         Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Chờ tiếp nhận 3 · quá hạn 1
 *   Còn lại       Nộp lúc        Công dân            Thủ tục                       tệp
 *  >! quá 1g05    19/11 16:40    Nguyễn Thị Hồng     1.004873 Xác nhận tình trạn…    2
 *   3g20          20/11 08:01    Đỗ Ân               1.001193 Đăng ký khai sinh    1/2
 *  Cổng Dịch vụ công quốc gia · G22.99-20261120-0000001 · đã bổ sung
 *  F1 Giúp  F4 Chờ công dân  F5 Đã xong  Enter Mở  Esc Về
 */
#include "tui/filings_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/catalogue.h"
#include "core/store/filings.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/receive.h"

enum { MOST = 500, TICK_MS = 30000 };

struct filings_state {
	struct list list;
	const char *which;
	const struct filing_row *rows;
	struct fresh fresh;
	struct filing_list_ask ask;
	struct filing_ask one;
	struct arena opened;
	bool opening;
	struct timer tick;
};

/* ---- the list ---- */

static const struct calendar *calendar_of(const struct filings_state *f)
{
	const struct duty *duty = duty_of(f->fresh.screen);
	return duty->catalogue ? &duty->catalogue->calendar : NULL;
}

/* Working time to the deadline, or since it: "3g20". */
static enum role left_of(const struct filings_state *f, const struct filing_row *r, char *out, size_t room)
{
	const struct calendar *calendar = calendar_of(f);
	moment_t now = desk_now(f->fresh.screen->desk);
	out[0] = '\0';
	if (r->deadline == MOMENT_NONE || !calendar)
		return ROLE_TEXT;
	bool late = now > r->deadline;
	int minutes = (int)(late ? calendar_between(calendar, r->deadline, now) : calendar_between(calendar, now, r->deadline)) / 60;
	snprintf(out, room, late ? _("! quá %dg%02d") : _("%dg%02d"), minutes / 60, minutes % 60);
	return late ? ROLE_LATE : minutes < 120 ? ROLE_WARN : ROLE_TEXT;
}

static const char *end_of(const struct filing_row *r)
{
	switch (r->status) {
	case 2: return r->dossier_id ? _("đã nhận") : _("nơi khác nhận");
	case 3: return _("từ chối");
	case 5: return _("chờ bổ sung");
	case 7: return _("công dân rút");
	default: return "";
	}
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[48];
	const struct filings_state *f = owner;
	const struct filing_row *r = &f->rows[row];
	bool open = strcmp(f->which, FILING_OPEN) == 0;
	switch (column) {
	case 0:
		if (open) {
			out->role = left_of(f, r, text, sizeof text);
			out->text = text;
		} else {
			out->text = end_of(r);
		}
		break;
	case 1:
		moment_write(open ? (r->brought_at != MOMENT_NONE ? r->brought_at : r->filed_at != MOMENT_NONE ? r->filed_at : r->arrived_at)
		                  : r->answered_at, text, sizeof text);
		out->text = text;
		break;
	case 2:
		out->text = r->owner_name;
		out->role = ROLE_PERSON;
		break;
	case 3:
		out->text = r->procedure_name;
		break;
	default:
		if (r->files_missing)
			snprintf(text, sizeof text, "%d/%d", r->files - r->files_missing, r->files);
		else
			snprintf(text, sizeof text, "%d", r->files);
		out->text = text;
		out->role = r->files_missing ? ROLE_WARN : ROLE_TEXT;
		break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct filings_state *)owner)->rows[row].filing_id;
}

static const struct list_column open_columns[] = {
	{ .head = N_("Còn lại"), .width = 11 },
	{ .head = N_("Nộp lúc"), .width = 16 },
	{ .head = N_("Công dân"), .width = 20 },
	{ .head = N_("Thủ tục"), .width = 0 },
	{ .head = N_("tệp"), .width = 5, .right = true },
	{ 0 },
};
static const struct list_column other_columns[] = {
	{ .head = N_("Kết thúc"), .width = 13 },
	{ .head = N_("Lúc"), .width = 16 },
	{ .head = N_("Công dân"), .width = 20 },
	{ .head = N_("Thủ tục"), .width = 0 },
	{ .head = N_("tệp"), .width = 5, .right = true },
	{ 0 },
};

static const struct filing_row *row_at(const struct filings_state *f)
{
	return f->list.count ? &f->rows[f->list.at] : NULL;
}

/* ---- reading ---- */

static void on_read(struct filing_list_ask *ask, const struct filing_row *rows, int count, const struct error *err)
{
	struct filings_state *f = ask->owner;
	if (fresh_came(&f->fresh, err)) {
		f->rows = rows;
		list_set_count(&f->list, count);
	}
	fresh_taken(&f->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "filing") == 0 || strcmp(what, "again") == 0;
}

static void read_now(struct screen *screen)
{
	struct filings_state *f = screen->state;
	f->ask = (struct filing_list_ask){ .done = on_read, .into = &f->fresh.coming, .owner = f };
	filing_list(duty_store(duty_of(screen)), &screen->scope, &f->ask, f->which, MOST);
}

/* Time goes on while nothing else happens. */
static void on_tick(struct timer *timer)
{
	struct filings_state *f = OWNER_OF(timer, struct filings_state, tick);
	loop_after(f->fresh.screen->desk->loop, &f->tick, TICK_MS);
	screen_dirty(f->fresh.screen);
}

static void show(struct filings_state *f, const char *which)
{
	bool open = strcmp(which, FILING_OPEN) == 0;
	f->which = which;
	f->list.columns = open ? open_columns : other_columns;
	f->list.empty = open ? N_("Không có hồ sơ trực tuyến nào chờ tiếp nhận.") : N_("Không có hồ sơ nào.");
	list_set_count(&f->list, 0);
}

static void filings_open(struct screen *screen, const void *argument)
{
	struct filings_state *f = screen->state;
	(void)argument;
	f->tick.fire = on_tick;
	f->list = (struct list){ .cell = cell, .id = id_of, .owner = f };
	f->fresh.heeds = heeds;
	loop_after(screen->desk->loop, &f->tick, TICK_MS);
	show(f, FILING_OPEN);
	fresh_open(&f->fresh, screen, read_now);
}

static void filings_close(struct screen *screen)
{
	struct filings_state *f = screen->state;
	loop_cancel(screen->desk->loop, &f->tick);
	fresh_close(&f->fresh);
	arena_free(&f->opened);
}

static void draw_below(const struct filings_state *f, struct canvas *canvas)
{
	const struct filing_row *r = row_at(f);
	struct arena arena = { 0 };
	if (!r)
		return;
	canvas_cell(canvas, canvas->rows - 2, 1, canvas->cols - 2, ROLE_DIM,
	            arena_format(&arena, "%s · %s · %s%s%s", r->code, r->system_name, r->owner_id, r->brought_at != MOMENT_NONE ? " · " : "",
	                         r->brought_at != MOMENT_NONE ? _("công dân đã bổ sung") : ""));
	const char *more = strcmp(f->which, FILING_OPEN) != 0
	                          ? arena_format(&arena, "%s%s%s", r->answered_by, *r->reason ? ": " : "", r->reason)
	                          : *r->note ? arena_format(&arena, _("Liên lạc với bên kia: %s"), r->note) : r->files_missing ? _("Có tệp chưa tải được: mở xem lý do.") : "";
	canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_WARN, more);
	arena_free(&arena);
}

static void filings_draw(const struct screen *screen, struct canvas *canvas)
{
	struct filings_state *f = screen->state;
	moment_t now = desk_now(screen->desk);
	int late = 0;
	for (int i = 0; i < f->list.count; i++)
		late += f->rows[i].deadline != MOMENT_NONE && f->rows[i].deadline < now;
	if (strcmp(f->which, FILING_OPEN) == 0)
		canvas_format(canvas, 0, 1, late ? ROLE_LATE : ROLE_DIM, _("Chờ tiếp nhận: %d · quá hạn kiểm tra: %d"), f->list.count, late);
	else
		canvas_text(canvas, 0, 1, ROLE_DIM, strcmp(f->which, FILING_CITIZEN) == 0 ? _("Chờ công dân bổ sung") : _("Đã kết thúc trong 30 ngày"));
	struct canvas list = canvas_part(canvas, 1, 0, canvas->rows - 4, canvas->cols);
	fresh_list(&f->fresh, &f->list, &list, true);
	draw_below(f, canvas);
}

/* ---- one of them ---- */

static void on_one(struct filing_ask *ask, const struct filing *filing, const struct error *err)
{
	struct filings_state *f = ask->owner;
	f->opening = false;
	if (err)
		desk_tell(f->fresh.screen->desk, err);
	else if (screen_is_top(f->fresh.screen))
		receive_filing(f->fresh.screen->desk, filing);
}

static void open_one(struct filings_state *f)
{
	const struct filing_row *r = row_at(f);
	if (!r || f->opening)
		return;
	if (r->dossier_id) {
		screen_push(f->fresh.screen->desk, &dossier_screen, &(int64_t){ r->dossier_id });
		return;
	}
	if (strcmp(f->which, FILING_OVER) == 0) {
		desk_say(f->fresh.screen->desk, FAULT_NONE, "%s", *r->reason ? r->reason : end_of(r));
		return;
	}
	if (!duty_of(f->fresh.screen)->catalogue) {
		desk_say(f->fresh.screen->desk, FAULT_OFFLINE, "%s", _("Danh mục thủ tục chưa đọc xong, thử lại sau giây lát."));
		return;
	}
	f->opening = true;
	arena_free(&f->opened);
	f->one = (struct filing_ask){ .done = on_one, .into = &f->opened, .owner = f };
	filing_read(duty_store(duty_of(f->fresh.screen)), &f->fresh.screen->scope, &f->one, r->filing_id);
}

static bool filings_handle(struct screen *screen, const struct event *event)
{
	struct filings_state *f = screen->state;
	if (event_is(event, K_ENTER, 0)) {
		open_one(f);
		return true;
	}
	if (!list_handle(&f->list, event))
		return false;
	screen_dirty(screen);
	return true;
}

static void filings_resume(struct screen *screen)
{
	fresh_read(&((struct filings_state *)screen->state)->fresh);
}

static void run_citizen(struct screen *screen)
{
	struct filings_state *f = screen->state;
	show(f, strcmp(f->which, FILING_CITIZEN) == 0 ? FILING_OPEN : FILING_CITIZEN);
	fresh_other(&f->fresh);
}

static void run_over(struct screen *screen)
{
	struct filings_state *f = screen->state;
	show(f, strcmp(f->which, FILING_OVER) == 0 ? FILING_OPEN : FILING_OVER);
	fresh_other(&f->fresh);
}

static const struct action actions[] = {
	{ "filings-citizen", "F4", N_("Chờ công dân"), N_("Hồ sơ đang chờ công dân bổ sung; lần nữa: chờ tiếp nhận."), NULL, run_citizen },
	{ "filings-over", "F5", N_("Đã xong"), N_("Hồ sơ đã nhận, từ chối, công dân rút trong 30 ngày; lần nữa: chờ tiếp nhận."), NULL, run_over },
	{ 0 },
};

static void filings_about(const struct screen *screen, struct about *about)
{
	const struct filing_row *r = row_at(screen->state);
	if (!r)
		return;
	about->procedure = r->procedure_code;
	about->system = r->system;
}

const struct screen_kind filings_screen = {
	.name = "filings",
	.title = N_("HỒ SƠ TRỰC TUYẾN"),
	.help = N_("Hồ sơ công dân nộp qua Cổng Dịch vụ công và các hệ thống, hết hạn kiểm tra trước đứng đầu (08 giờ làm việc từ lúc hệ thống nhận).\n"
	           "Enter mở như tiếp nhận tại quầy: điều công dân khai và tệp gửi kèm đã điền sẵn, Ctrl-F đọc tất cả; F9 nhận, F6 bổ sung, F7 từ chối.\n"
	           "Công dân rút trước khi nhận thì hồ sơ rời danh sách, F5 xem lý do."),
	.actions = actions,
	.size = sizeof(struct filings_state),
	.open = filings_open,
	.draw = filings_draw,
	.handle = filings_handle,
	.resume = filings_resume,
	.close = filings_close,
	.about = filings_about,
};
