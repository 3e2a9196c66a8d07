/* SPDX-License-Identifier: Apache-2.0
 *
 *  CHỜ TRẢ KẾT QUẢ                          Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Chờ từ 10 ngày: 14 hồ sơ
 *   Mã hồ sơ              Để ở        Chờ  Báo công dân            Cách trả
 *  >H01.999-261101-0007   Kệ 2         19  cần gọi điện (2 lần)    tại quầy
 *  …
 *   Có kết quả từ 01/11/2026 · chưa có bản điện tử · Hộ tịch · Cấp Giấy xác nhận…
 *  F1 Giúp  Enter Mở  F4 Nơi để  F5 Số ngày  F6 Gọi điện
 */
#include "tui/waiting_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/results.h"
#include "tui/ask.h"
#include "tui/call_list.h"
#include "tui/citizen_words.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"

enum { MOST = 500 };

struct waiting {
	struct list list;
	const struct waiting_row *rows;
	struct fresh fresh;
	struct waiting_ask ask;
	struct result_act act;
	int64_t moving;              /* whose place is being typed               */
	int days, total;             /* days < 0: as the unit has it             */
};

static const char *way_of(const char *result_by)
{
	return strcmp(result_by, "post") == 0 ? _("bưu chính") : strcmp(result_by, "online") == 0 ? _("trực tuyến") : _("tại quầy");
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[80];
	const struct waiting_row *r = &((const struct waiting *)owner)->rows[row];
	switch (column) {
	case 0: out->text = r->code; break;
	case 1:
		out->text = *r->place ? r->place : _("chưa ghi");
		out->role = *r->place ? ROLE_TEXT : ROLE_DIM;
		break;
	case 2:
		snprintf(text, sizeof text, "%d", r->waits);
		out->text = text;
		out->role = r->waits >= 30 ? ROLE_LATE : ROLE_TEXT;
		break;
	case 3:
		if (r->tries)
			snprintf(text, sizeof text, _("%s (%d lần)"), citizen_state(r->told), r->tries);
		else
			snprintf(text, sizeof text, "%s", *r->told ? citizen_state(r->told) : _("chưa báo"));
		out->text = text;
		out->role = citizen_state_role(r->told);
		break;
	case 4: out->text = way_of(r->result_by); break;
	default: out->text = r->procedure_name; break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct waiting *)owner)->rows[row].dossier_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 23 },
	{ .head = N_("Để ở"), .width = 14 },
	{ .head = N_("Chờ"), .width = 4, .right = true },
	{ .head = N_("Báo công dân"), .width = 22 },
	{ .head = N_("Cách trả"), .width = 10 },
	{ .head = N_("Thủ tục"), .width = 0, .from = 100 },
	{ 0 },
};

static void on_read(struct waiting_ask *ask, const struct waiting_row *rows, int count, int total, const struct error *err)
{
	struct waiting *w = ask->owner;
	if (fresh_came(&w->fresh, err)) {
		w->rows = rows;
		w->total = total;
		list_set_count(&w->list, count);
	}
	fresh_taken(&w->fresh);
}

static void read_now(struct screen *screen)
{
	struct waiting *w = screen->state;
	w->ask = (struct waiting_ask){ .done = on_read, .into = &w->fresh.coming, .owner = w };
	waiting_read(duty_store(duty_of(screen)), &screen->scope, &w->ask, w->days, MOST);
}

static void waiting_open(struct screen *screen, const void *argument)
{
	struct waiting *w = screen->state;
	(void)argument;
	w->days = 0;
	w->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = w, .empty = N_("Không có kết quả nào chờ lâu như vậy.") };
	fresh_open(&w->fresh, screen, read_now);
}

static void waiting_close(struct screen *screen)
{
	fresh_close(&((struct waiting *)screen->state)->fresh);
}

static void waiting_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct waiting *w = screen->state;
	char day[20];
	struct canvas rows = canvas_part(canvas, 1, 0, canvas->rows - 3, canvas->cols);
	if (w->fresh.known && w->days < 0)
		canvas_format(canvas, 0, 1, ROLE_DIM, _("Chờ quá số ngày đơn vị đặt: %d hồ sơ. F5: chờ từ số ngày khác."), w->total);
	else if (w->fresh.known)
		canvas_format(canvas, 0, 1, ROLE_DIM, _("Chờ từ %d ngày trở lên: %d hồ sơ. F5: chờ từ số ngày khác."), w->days, w->total);
	fresh_list(&w->fresh, (struct list *)&w->list, &rows, true);
	if (!w->list.count)
		return;
	const struct waiting_row *r = &w->rows[w->list.at];
	char line[600];
	snprintf(line, sizeof line, _("Có kết quả từ %s%s · %s · %s"), day_write(moment_day(r->finished_at), day, sizeof day),
	         r->digital ? "" : _(" · chưa có bản điện tử"), r->field, r->procedure_name);
	canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_DIM, line);
}

static bool waiting_handle(struct screen *screen, const struct event *event)
{
	struct waiting *w = screen->state;
	if (list_handle(&w->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || !w->list.count)
		return false;
	screen_push(screen->desk, &dossier_screen, &(int64_t){ w->rows[w->list.at].dossier_id });
	return true;
}

static void waiting_resume(struct screen *screen)
{
	fresh_read(&((struct waiting *)screen->state)->fresh);
}

/* ---- acts ---- */

static bool may(const struct screen *screen)
{
	return ((const struct waiting *)screen->state)->list.count > 0;
}

static void on_done(struct result_act *act, const char *value, const struct error *err)
{
	struct waiting *w = act->owner;
	(void)value;
	if (err)
		ask_refused(w->fresh.screen, err);
	fresh_read(&w->fresh);
}

static void on_place(struct screen *screen, const char *text, void *data)
{
	struct waiting *w = screen->state;
	(void)data;
	if (!text || ask_busy(screen, w->act.ask.slot))
		return;
	w->act = (struct result_act){ .done = on_done, .owner = w };
	result_put(duty_store(duty_of(screen)), &screen->scope, &w->act, w->moving, text);
}

static void run_place(struct screen *screen)
{
	struct waiting *w = screen->state;
	const struct waiting_row *r = &w->rows[w->list.at];
	w->moving = r->dossier_id;
	ask_for_text(screen, &(struct ask_text){ .question = _("Để kết quả ở đâu? (kệ, ô)"), .initial = r->place, .max = 60 }, on_place, NULL);
}

static const char *check_days(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return strlen(text) <= 3 && strspn(text, "0123456789") == strlen(text) ? NULL : _("Gõ số ngày, hoặc để trống: số ngày đơn vị đặt.");
}

static void on_days(struct screen *screen, const char *text, void *data)
{
	struct waiting *w = screen->state;
	(void)data;
	if (!text)
		return;
	w->days = *text ? atoi(text) : -1;
	list_set_count(&w->list, 0);
	fresh_other(&w->fresh);
}

static void run_days(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Chờ từ mấy ngày trở lên? (để trống: số ngày đơn vị đặt)"), .plain = true, .max = 3,
		.check = check_days }, on_days, NULL);
}

static void run_calls(struct screen *screen)
{
	screen_push(screen->desk, &call_list_screen, NULL);
}

static const struct action actions[] = {
	{ "waiting-place", "F4", N_("Nơi để"), N_("Ghi hoặc đổi nơi để kết quả; lịch sử các nơi được giữ."), may, run_place },
	{ "waiting-days", "F5", N_("Số ngày"), N_("Chỉ xem kết quả chờ từ số ngày ấy trở lên."), NULL, run_days },
	{ "waiting-calls", "F6", N_("Gọi điện"), N_("Danh sách công dân cần gọi điện."), NULL, run_calls },
	{ 0 },
};

static void waiting_about(const struct screen *screen, struct about *about)
{
	const struct waiting *w = screen->state;
	if (!w->list.count)
		return;
	about->dossier_id = w->rows[w->list.at].dossier_id;
	about->dossier = w->rows[w->list.at].code;
}

const struct screen_kind waiting_list_screen = {
	.name = "to-return",
	.title = N_("CHỜ TRẢ KẾT QUẢ"),
	.help = N_("Hồ sơ đã có kết quả mà công dân chưa nhận, chờ lâu nhất đứng đầu.\n"
	           "Quét giấy hẹn ở bất cứ màn hình nào thì hồ sơ mở ra ở bước trả. F4 ghi nơi để, F6 gọi điện, Enter mở hồ sơ.\n"
	           "Quá hạn không ngăn việc trả kết quả."),
	.actions = actions,
	.size = sizeof(struct waiting),
	.open = waiting_open,
	.draw = waiting_draw,
	.handle = waiting_handle,
	.resume = waiting_resume,
	.close = waiting_close,
	.about = waiting_about,
};
