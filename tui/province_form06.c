/* SPDX-License-Identifier: Apache-2.0
 *
 *  BIỂU 06                                        Người theo dõi · TẬP DUYỆT · 20/11 09:41
 *  xã Núi Cấm · tháng này 01/11/2026 – 30/11/2026
 *   Lĩnh vực            tổng  t.tuyến t.tiếp kỳ tr.  xong trước đúng  quá   còn  trong quá
 *  >Hộ tịch               34      10     20      4    30    20    9    1     4      3   1
 *  F1 Giúp  F4 Kỳ  Esc Về
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/report.h"
#include "core/store/province.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/province_screen.h"

static const struct {
	enum report_period period;
	int by;
	const char *label;
} periods[] = {
	{ PERIOD_MONTH, 0, N_("tháng này") },     { PERIOD_MONTH, -1, N_("tháng trước") },
	{ PERIOD_QUARTER, 0, N_("quý này") },     { PERIOD_QUARTER, -1, N_("quý trước") },
	{ PERIOD_YEAR, 0, N_("năm nay") },        { PERIOD_YEAR, -1, N_("năm trước") },
};
enum { PERIODS = sizeof periods / sizeof *periods };

struct form06_view {
	struct list list;
	const struct province_form06 *rows;
	struct fresh fresh;
	struct province_form06_ask ask;
	const char *unit_code, *unit_name;
	int period;
	day_t from, to;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[16];
	const struct province_form06 *r = &((const struct form06_view *)owner)->rows[row];
	const int values[] = { r->total, r->online, r->direct, r->carried, r->done, r->early, r->on_time, r->late, r->open, r->within, r->overdue };
	if (column == 0) {
		out->text = r->field;
		return;
	}
	snprintf(text, sizeof text, "%d", values[column - 1]);
	out->text = text;
	out->role = !values[column - 1] ? ROLE_DIM : column == 8 || column == 11 ? ROLE_LATE : ROLE_TEXT;
}

#define FIGURE(h) { .head = h, .width = 5, .right = true }
static const struct list_column columns[] = {
	{ .head = N_("Lĩnh vực"), .width = 0 },
	FIGURE(N_("nhận")), FIGURE(N_("tuyến")), FIGURE(N_("quầy")), FIGURE(N_("trước")),
	FIGURE(N_("xong")), FIGURE(N_("sớm")), FIGURE(N_("đúng")), FIGURE(N_("trễ")),
	FIGURE(N_("còn")), FIGURE(N_("trong")), FIGURE(N_("quá")),
	{ 0 },
};

static void on_rows(struct province_form06_ask *ask, const struct province_form06 *rows, int count, const struct error *err)
{
	struct form06_view *v = ask->owner;
	if (fresh_came(&v->fresh, err)) {
		v->rows = rows;
		list_set_count(&v->list, count);
	}
	fresh_taken(&v->fresh);
}

static void read_now(struct screen *screen)
{
	struct form06_view *v = screen->state;
	report_period_days(periods[v->period].period, desk_today(screen->desk), periods[v->period].by, &v->from, &v->to);
	v->ask = (struct province_form06_ask){ .done = on_rows, .into = &v->fresh.coming, .owner = v };
	province_form06_read(duty_store(duty_of(screen)), &screen->scope, &v->ask, v->unit_code, v->from, v->to);
}

/* Each reading is a look of its own: when it is asked for, and once more where the line was away. */
static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)id;
	return strcmp(what, "again") == 0 && !((const struct form06_view *)screen->state)->fresh.known;
}

static void form06_open(struct screen *screen, const void *argument)
{
	const struct province_form06_plan *plan = argument;
	struct form06_view *v = screen->state;
	v->unit_code = arena_string(&screen->arena, plan->unit_code);
	v->unit_name = arena_string(&screen->arena, plan->unit_name);
	v->list = (struct list){ .columns = columns, .cell = cell, .owner = v, .empty = N_("Không có hồ sơ nào trong kỳ này.") };
	v->fresh.heeds = heeds;
	fresh_open(&v->fresh, screen, read_now);
}

static void form06_close(struct screen *screen)
{
	fresh_close(&((struct form06_view *)screen->state)->fresh);
}

static void form06_draw(const struct screen *screen, struct canvas *canvas)
{
	struct form06_view *v = screen->state;
	char first[16], last[16];
	struct canvas rows = canvas_part(canvas, 1, 0, canvas->rows - 3, canvas->cols);
	canvas_format(canvas, 0, 1, ROLE_HEAD, "%s · %s %s – %s", v->unit_name, _(periods[v->period].label), day_write(v->from, first, sizeof first),
	              day_write(v->to, last, sizeof last));
	fresh_list(&v->fresh, &v->list, &rows, true);
	canvas_text(canvas, canvas->rows - 2, 1, ROLE_DIM, _("nhận = trực tuyến + tại quầy, bưu chính + kỳ trước chuyển sang;"));
	canvas_text(canvas, canvas->rows - 1, 1, ROLE_DIM, _("xong = sớm + đúng + trễ; còn = trong hạn + quá hạn. Theo cơ quan giải quyết."));
}

static void on_period(struct screen *screen, int choice, void *data)
{
	struct form06_view *v = screen->state;
	(void)data;
	if (choice < 0)
		return;
	v->period = choice;
	fresh_other(&v->fresh);
}

static void run_period(struct screen *screen)
{
	const struct form06_view *v = screen->state;
	const char *labels[PERIODS];
	for (int i = 0; i < PERIODS; i++)
		labels[i] = _(periods[i].label);
	ask_choice(screen, _("Kỳ nào?"), labels, PERIODS, v->period, on_period, NULL);
}

static bool form06_handle(struct screen *screen, const struct event *event)
{
	if (!event_is(event, K_ESC, 0))
		return list_handle(&((struct form06_view *)screen->state)->list, event);
	screen_pop(screen);
	return true;
}

static const struct action actions[] = {
	{ "form06-period", "F4", N_("Kỳ"), N_("Tháng, quý, năm này hay trước."), NULL, run_period },
	{ 0 },
};

const struct screen_kind province_form06_screen = {
	.name = "province-form06",
	.title = N_("BIỂU 06"),
	.help = N_("Tình hình, kết quả giải quyết thủ tục hành chính của đơn vị trong kỳ (Biểu 06/VPCP/KSTT), đếm như đơn vị đếm. Chỉ có số, không có hồ sơ của ai; "
	           "lần xem được ghi lại cho đơn vị."),
	.actions = actions,
	.size = sizeof(struct form06_view),
	.open = form06_open,
	.draw = form06_draw,
	.handle = form06_handle,
	.close = form06_close,
};
