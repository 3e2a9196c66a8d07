/* SPDX-License-Identifier: Apache-2.0
 *
 *  CHỈ SỐ (QĐ 766)                              Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *  Kỳ: ‹ tháng này 01/11 – 30/11/2026 ›                      cộng ≈ 61,20/100 điểm
 *        Chỉ tiêu                          tính    đạt   tỷ lệ     điểm    mất
 *  >2.1  Giải quyết đúng hạn                 34     31  91,18 %   18,24   1,76
 *   4.2  Số hóa hồ sơ                        34     12  35,29 %    1,94   2,46
 *  …
 *  F1 Giúp  Enter Hồ sơ thiếu  Esc Về
 */
#include "tui/kpi_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/kpi_read.h"
#include "tui/board_list.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/incident_own.h"
#include "tui/list.h"

enum { REST_MS = 5000, FIRST_PERIOD = 1, THIS_MONTH = 3 };

struct kpi_view {
	struct list list;
	int period;            /* as incident_period */
	day_t from, to;
	struct kpi_sum sum;
	struct fresh fresh;
	struct kpi_unit_ask ask;
};

/* An indicator's rate, points and what is lost, in hundredths. */
static void score(const struct kpi_view *view, int row, struct kpi_rule *rule, int *rate, int *points)
{
	*rule = (struct kpi_rule){ .code = "", .label = "" };
	(void)kpi_rule((enum kpi_indicator)row, view->to, rule);
	*rate = kpi_rate(&view->sum, (enum kpi_indicator)row);
	*points = kpi_points(*rate, rule);
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[32];
	const struct kpi_view *view = owner;
	struct kpi_rule rule;
	int rate, points;
	score(view, row, &rule, &rate, &points);
	int lost = rate < 0 ? 0 : rule.most - points;
	out->text = text;
	switch (column) {
	case 0: out->text = rule.code; break;
	case 1: out->text = _(rule.label); break;
	case 2: snprintf(text, sizeof text, "%d", view->sum.counted[row]); break;
	case 3: snprintf(text, sizeof text, "%d", view->sum.met[row]); break;
	case 4: snprintf(text, sizeof text, rate < 0 ? "—" : "%d,%02d %%", rate / 100, rate % 100); break;
	case 5: snprintf(text, sizeof text, "%d,%02d", points / 100, points % 100); break;
	default:
		snprintf(text, sizeof text, lost ? "! %d,%02d" : "%d,%02d", lost / 100, lost % 100);
		out->role = lost ? ROLE_WARN : ROLE_DIM;
		break;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Mã"), .width = 4 },
	{ .head = N_("Chỉ tiêu"), .width = 0 },
	{ .head = N_("tính"), .width = 6, .right = true },
	{ .head = N_("đạt"), .width = 6, .right = true },
	{ .head = N_("tỷ lệ"), .width = 9, .right = true },
	{ .head = N_("≈ điểm"), .width = 7, .right = true },
	{ .head = N_("mất"), .width = 8, .right = true },
	{ 0 },
};

static void on_unit(struct kpi_unit_ask *ask, const struct kpi_sum *sum, const struct error *err)
{
	struct kpi_view *view = ask->owner;
	if (fresh_came(&view->fresh, err))
		view->sum = *sum;
	fresh_taken(&view->fresh);
}

static void read_now(struct screen *screen)
{
	struct kpi_view *view = screen->state;
	incident_period(view->period, desk_today(screen->desk), &view->from, &view->to);
	view->ask = (struct kpi_unit_ask){ .done = on_unit, .owner = view };
	kpi_unit_read(duty_store(duty_of(screen)), &screen->scope, &view->ask, view->from, view->to);
}

static void kpi_open(struct screen *screen, const void *argument)
{
	struct kpi_view *view = screen->state;
	(void)argument;
	view->period = THIS_MONTH;
	view->list = (struct list){ .columns = columns, .cell = cell, .owner = view };
	list_set_count(&view->list, KPI_COUNT);
	view->fresh.rest_ms = REST_MS;
	fresh_open(&view->fresh, screen, read_now);
}

static void kpi_close(struct screen *screen)
{
	fresh_close(&((struct kpi_view *)screen->state)->fresh);
}

static void kpi_draw(const struct screen *screen, struct canvas *canvas)
{
	struct kpi_view *view = screen->state;
	char first[16], last[16];
	int all = 0, most = 0, col;
	for (int i = 0; i < KPI_COUNT; i++) {
		struct kpi_rule rule;
		int rate, points;
		score(view, i, &rule, &rate, &points);
		all += points;
		most += rate < 0 ? 0 : rule.most;
	}
	col = canvas_format(canvas, 0, 1, ROLE_LABEL, _("Kỳ: ‹ %s %s – %s ›"), incident_period_name(view->period),
	                    day_write(view->from, first, sizeof first), day_write(view->to, last, sizeof last));
	if (view->fresh.known)
		canvas_format(canvas, 0, col + 3, ROLE_HEAD, _("cộng ≈ %d,%02d/%d,%02d điểm"), all / 100, all % 100, most / 100, most % 100);
	else
		canvas_text(canvas, 0, col + 3, ROLE_DIM, view->fresh.reading ? _("đang đọc…") : _("chưa đọc được"));
	struct canvas rows = canvas_part(canvas, 1, 0, KPI_COUNT + 1, canvas->cols);
	list_draw(&view->list, &rows, true);
	canvas_lines(canvas, KPI_COUNT + 3, 1, canvas->cols - 2, ROLE_DIM,
	             _("Hồ sơ tiếp nhận trong kỳ, tính theo điều đã gửi. Quyết định 766 chỉ cho điểm của nhóm: ở đây chia đều cho các chỉ tiêu đo "
	               "được tại đơn vị. 1.4 so với số hồ sơ ở đây, Hệ thống điều phối so với số của Cổng. Thiếu thì để thiếu, không tô thêm."));
}

static void turn(struct kpi_view *view, int step)
{
	int last = incident_period_count() - 1;
	view->period += step;
	view->period = view->period < FIRST_PERIOD ? last : view->period > last ? FIRST_PERIOD : view->period;
	fresh_other(&view->fresh);
}

/* The dossiers behind a figure of the indicator under the cursor. */
static void open_list(struct screen *screen, const char *kind, const char *head)
{
	const struct kpi_view *view = screen->state;
	struct kpi_rule rule;
	int rate, points;
	char title[120];
	score(view, view->list.at, &rule, &rate, &points);
	snprintf(title, sizeof title, "%s %s %s", head, rule.code, _(rule.label));
	screen_push(screen->desk, &board_list_screen, &(struct board_list_plan){ .kind = kind, .key = rule.code, .title = title,
		.from = view->from, .to = view->to });
}

static void run_list(struct screen *screen)
{
	open_list(screen, "kpi missed", _("Không đạt"));
}

static void run_met(struct screen *screen)
{
	open_list(screen, "kpi met", _("Đạt"));
}

static void run_counted(struct screen *screen)
{
	open_list(screen, "kpi counted", _("Được tính"));
}

static bool kpi_handle(struct screen *screen, const struct event *event)
{
	struct kpi_view *view = screen->state;
	if (event_is(event, K_ESC, 0))
		screen_pop(screen);
	else if (event_is(event, K_LEFT, 0) || event_is(event, K_RIGHT, 0))
		turn(view, event_is(event, K_RIGHT, 0) ? 1 : -1);
	else if (event_is(event, K_ENTER, 0))
		run_list(screen);
	else
		return list_handle(&view->list, event);
	screen_dirty(screen);
	return true;
}

static const struct action actions[] = {
	{ "kpi-dossiers", "F8", N_("Không đạt"), N_("Những hồ sơ không đạt chỉ tiêu đang chọn (như Enter)."), NULL, run_list },
	{ "kpi-counted", "F4", N_("Tính"), N_("Những hồ sơ được tính cho chỉ tiêu đang chọn."), NULL, run_counted },
	{ "kpi-met", "F5", N_("Đạt"), N_("Những hồ sơ đạt chỉ tiêu đang chọn."), NULL, run_met },
	{ 0 },
};

const struct screen_kind kpi_screen = {
	.name = "kpi",
	.title = N_("CHỈ SỐ (QĐ 766)"),
	.help = N_("Mười chỉ tiêu mà Hệ thống điều phối chấm theo dữ liệu đồng bộ. Enter: những hồ sơ không đạt chỉ tiêu; F4 được tính, F5 đạt.\n"
	           "←→: tuần này, tuần trước, tháng này, tháng trước. Trong hồ sơ, Ctrl-P “chỉ số”: thiếu trường nào, mất điểm gì."),
	.actions = actions,
	.size = sizeof(struct kpi_view),
	.open = kpi_open,
	.draw = kpi_draw,
	.handle = kpi_handle,
	.close = kpi_close,
};
