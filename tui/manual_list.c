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
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/manual_screen.h"
#include "tui/program.h"

enum { MOST = 200 };

struct waiting {
	struct list list;
	const struct manual_row *rows;
	struct fresh fresh;
	struct manual_list_ask ask;
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

static int64_t id_of(void *owner, int row)
{
	const struct manual_row *one = &((const struct waiting *)owner)->rows[row];
	return list_id(one->dossier_id, one->system);
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Chủ hồ sơ"), .width = 0 },
	{ .head = N_("Nhập vào"), .width = 20 },
	{ .head = N_("Gồm"), .width = 9 },
	{ .head = N_("Chờ từ"), .width = 10 },
	{ 0 },
};

static void on_read(struct manual_list_ask *ask, const struct manual_row *rows, int count,
                    const struct error *err)
{
	struct waiting *w = ask->owner;
	if (fresh_came(&w->fresh, err)) {
		w->rows = rows;
		list_set_count(&w->list, count);
	}
	fresh_taken(&w->fresh);
}

static void read_now(struct screen *screen)
{
	struct waiting *w = screen->state;
	w->ask = (struct manual_list_ask){ .done = on_read, .into = &w->fresh.coming, .owner = w };
	manual_list(duty_store(duty_of(screen)), &screen->scope, &w->ask, MOST);
}

static void waiting_open(struct screen *screen, const void *argument)
{
	struct waiting *w = screen->state;
	screen->status = _("Enter: các mục phải nhập và số hồ sơ họ cấp.");
	(void)argument;
	w->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = w,
		.empty = N_("Không hồ sơ nào chờ nhập tay.") };
	fresh_open(&w->fresh, screen, read_now);
}

static void waiting_close(struct screen *screen)
{
	fresh_close(&((struct waiting *)screen->state)->fresh);
}

static void waiting_draw(const struct screen *screen, struct canvas *canvas)
{
	struct waiting *w = screen->state;
	fresh_list(&w->fresh, &w->list, canvas, true);
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
	fresh_read(&((struct waiting *)screen->state)->fresh);
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
