/* SPDX-License-Identifier: Apache-2.0
 *
 *  CHỜ NHẬP TAY                             Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Mã hồ sơ              Chủ hồ sơ                Hệ thống            Chờ từ
 * > H01.999-261120-0007   Nguyễn Thị Hồng          Hệ thống đăng ký…   20/11/2026
 *  F1 Giúp  Enter Nhập  Esc Về
 */
#include "core/base/say.h"
#include "core/store/manual.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/manual_screen.h"
#include "tui/program.h"

enum { MOST = 200, REST_MS = 200 };

struct waiting {
	struct list list;
	const struct manual_row *rows;
	struct arena memory, coming; /* of the rows shown; of those on their way */
	struct manual_list_ask ask;
	bool reading, again;
	struct timer soon;
	struct listener listener;
	struct screen *screen;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char day[16];
	const struct manual_row *one = &((const struct waiting *)owner)->rows[row];
	switch (column) {
	case 0: out->text = one->code; break;
	case 1:
		out->text = one->owner_name;
		out->role = ROLE_PERSON;
		break;
	case 2: out->text = one->system_name; break;
	case 3: out->text = one->created_there ? _("tiến độ") : _("hồ sơ mới"); break;
	default: out->text = one->since == MOMENT_NONE ? "" : day_write(moment_day(one->since), day, sizeof day); break;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Chủ hồ sơ"), .width = 0 },
	{ .head = N_("Nhập vào"), .width = 20 },
	{ .head = N_("Gồm"), .width = 9 },
	{ .head = N_("Chờ từ"), .width = 10 },
	{ 0 },
};

static void start_read(struct waiting *w);

static void on_read(struct manual_list_ask *ask, const struct manual_row *rows, int count,
                    const struct error *err)
{
	struct waiting *w = ask->owner;
	w->reading = false;
	if (err) {
		desk_tell(w->screen->desk, err);
		arena_free(&w->coming);
	} else {
		arena_free(&w->memory);
		w->memory = w->coming;
		w->coming = (struct arena){ 0 };
		w->rows = rows;
		list_set_count(&w->list, count);
	}
	screen_dirty(w->screen);
	if (w->again)
		start_read(w);
}

static void start_read(struct waiting *w)
{
	w->again = w->reading;
	if (w->reading)
		return;
	w->reading = true;
	w->ask = (struct manual_list_ask){ .done = on_read, .into = &w->coming, .owner = w };
	manual_list(duty_store(duty_of(w->screen)), &w->screen->scope, &w->ask, MOST);
}

static void on_soon(struct timer *timer)
{
	start_read(OWNER_OF(timer, struct waiting, soon));
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct waiting *w = OWNER_OF(listener, struct waiting, listener);
	(void)what, (void)id;
	if (!w->soon.armed)
		loop_after(w->screen->desk->loop, &w->soon, REST_MS);
}

static void waiting_open(struct screen *screen, const void *argument)
{
	struct waiting *w = screen->state;
	screen->status = _("Enter: các mục phải nhập và số hồ sơ họ cấp.");
	(void)argument;
	w->screen = screen;
	w->soon.fire = on_soon;
	w->list = (struct list){ .columns = columns, .cell = cell, .owner = w,
		.empty = N_("Không hồ sơ nào chờ nhập tay.") };
	w->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &w->listener);
	start_read(w);
}

static void waiting_close(struct screen *screen)
{
	struct waiting *w = screen->state;
	loop_cancel(screen->desk->loop, &w->soon);
	arena_free(&w->memory);
	arena_free(&w->coming);
}

static void waiting_draw(const struct screen *screen, struct canvas *canvas)
{
	list_draw(&((struct waiting *)screen->state)->list, canvas, true);
}

static bool waiting_handle(struct screen *screen, const struct event *event)
{
	struct waiting *w = screen->state;
	if (list_handle(&w->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || w->list.count == 0)
		return false;
	const struct manual_row *row = &w->rows[w->list.at];
	screen_push(screen->desk, &manual_screen, &(struct manual_plan){ row->dossier_id, row->system });
	return true;
}

static void waiting_resume(struct screen *screen)
{
	start_read(screen->state);
}

const struct screen_kind manual_list_screen = {
	.name = "manual-list",
	.title = N_("CHỜ NHẬP TAY"),
	.help = N_("Hồ sơ đi hệ thống chưa có giao diện kết nối: cán bộ nhập vào đó rồi ghi lại số hồ sơ họ cấp. Enter để nhập."),
	.size = sizeof(struct waiting),
	.open = waiting_open,
	.draw = waiting_draw,
	.handle = waiting_handle,
	.resume = waiting_resume,
	.close = waiting_close,
};
