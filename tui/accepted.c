/* SPDX-License-Identifier: Apache-2.0
 *
 *  ĐÃ NHẬN HỒ SƠ                            Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:42
 *
 *   H01.999-261120-0007
 *
 *   Chủ hồ sơ   NGUYỄN THỊ THUỲ DƯƠNG
 *   Thủ tục     Cấp Giấy xác nhận tình trạng hôn nhân
 *   Hẹn trả     Thứ Năm 26/11/2026 17:00
 *   Giấy hẹn    Đã in.
 *
 *   ● đã lưu ở đây
 *   → đã gửi        Hệ thống tập trung của Bộ Tư pháp
 *   ■ chờ gửi       Cổng Dịch vụ công quốc gia
 *  F1 Giúp  F2 Mới  F4 Xem  F8 In lại
 *
 * F9 does nothing here: a hand that presses it twice prints no second receipt.
 */
#include "tui/accepted.h"

#include <string.h>

#include "core/base/say.h"
#include "core/store/dossier_read.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/later_entry.h"
#include "tui/print.h"
#include "tui/program.h"
#include "tui/queue_screen.h"
#include "tui/receive.h"
#include "tui/sign_dossier.h"
#include "tui/signer.h"
#include "tui/travel.h"
#include "tui/visit.h"

struct accepted {
	struct accepted_plan plan;
	const struct dossier_full *full; /* NULL until read; kept: the ask's own is emptied by the next read */
	struct dossier_full kept;
	struct arena memory, coming;
	struct dossier_ask ask;
	bool reading, again;
	struct sign_dossier sign;
	struct visit visit;
	struct listener listener;
	struct screen *screen;
};

static void start_read(struct accepted *a);

static void on_read(struct dossier_ask *ask, const struct dossier_full *full, const struct error *err)
{
	struct accepted *a = ask->owner;
	a->reading = false;
	if (err) {
		arena_free(&a->coming);
	} else {
		arena_free(&a->memory);
		a->memory = a->coming;
		a->coming = (struct arena){ 0 };
		a->kept = *full;
		a->full = &a->kept;
	}
	screen_dirty(a->screen);
	if (a->again)
		start_read(a);
}

static void start_read(struct accepted *a)
{
	if (!a->plan.dossier_id)
		return;
	a->again = a->reading;
	if (a->reading)
		return;
	a->reading = true;
	a->ask = (struct dossier_ask){ .done = on_read, .into = &a->coming, .owner = a };
	dossier_read(duty_store(duty_of(a->screen)), &a->screen->scope, &a->ask, a->plan.dossier_id);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct accepted *a = OWNER_OF(listener, struct accepted, listener);
	if (id == a->plan.dossier_id || strcmp(what, "again") == 0)
		start_read(a);
	screen_dirty(a->screen);
}

static void accepted_open(struct screen *screen, const void *argument)
{
	struct accepted *a = screen->state;
	const struct accepted_plan *plan = argument;
	struct arena *arena = &screen->arena;
	a->screen = screen;
	a->plan = (struct accepted_plan){ plan->dossier_id, plan->paper_id, arena_string(arena, plan->code),
		arena_string(arena, plan->what), arena_string(arena, plan->owner),
		arena_string(arena, plan->procedure), plan->due_at, plan->later, plan->online,
		plan->visitor ? visitor_copy(arena, plan->visitor) : NULL };
	screen->title = a->plan.what;
	a->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &a->listener);
	if (!plan->later)
		print_start(duty_of(screen), plan->paper_id);
	visit_open(&a->visit, screen, plan->dossier_id);
	start_read(a);
}

static void accepted_close(struct screen *screen)
{
	struct accepted *a = screen->state;
	arena_free(&a->memory);
	arena_free(&a->coming);
	sign_dossier_clear(&a->sign);
	visit_close(&a->visit);
}

static void draw_due(const struct accepted *a, struct canvas *canvas, int row)
{
	char day[64];
	if (!a->plan.dossier_id)
		return;
	canvas_text(canvas, row, 2, ROLE_LABEL, _("Hẹn trả"));
	if (a->plan.due_at == MOMENT_NONE) {
		canvas_text(canvas, row, 14, ROLE_TEXT, _("Không có ngày hẹn trả cụ thể theo quy định"));
		return;
	}
	struct clock at = moment_clock(a->plan.due_at);
	canvas_format(canvas, row, 14, ROLE_TEXT, "%s %02d:%02d",
	              day_write_long(moment_day(a->plan.due_at), day, sizeof day), at.hour, at.minute);
}

static void draw_print(const struct accepted *a, struct canvas *canvas, int row)
{
	const char *sentence;
	enum print_state state = print_look(duty_of(a->screen), a->plan.paper_id, &sentence);
	canvas_text(canvas, row, 2, ROLE_LABEL, _("Giấy in"));
	if (a->plan.later && !*sentence)
		sentence = _("Dân đã giữ giấy viết tay cùng mã; F8 in bản máy nếu cần.");
	canvas_lines(canvas, row, 14, canvas->cols - 16,
	             state == PRINT_FAILED ? ROLE_ERROR : state == PRINT_UNSURE ? ROLE_WARN : state == PRINT_DONE ? ROLE_GOOD : ROLE_TEXT,
	             sentence);
}

/* Returns the next row. */
static int draw_travel(const struct accepted *a, struct canvas *canvas, int row)
{
	if (!a->plan.dossier_id)
		return row;
	canvas_text(canvas, row++, 2, ROLE_GOOD, _("● đã lưu ở đây"));
	for (int i = 0; a->full && i < a->full->travel_count; i++) {
		const struct dossier_travel *t = &a->full->travel[i];
		canvas_cell(canvas, row, 2, 14, travel_role(t->state), travel_text(t->state));
		int used = canvas_text(canvas, row, 17, ROLE_TEXT, t->system_name);
		if (*t->foreign_code)
			canvas_format(canvas, row, 17 + used, ROLE_TEXT, " · %s", t->foreign_code);
		row++;
		if (strcmp(t->state, "disagreed") == 0)
			row += canvas_lines(canvas, row, 17, canvas->cols - 18, ROLE_ERROR, t->note);
	}
	return row;
}

static void accepted_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct accepted *a = screen->state;
	canvas_text(canvas, 1, 2, ROLE_HEAD, a->plan.code);
	canvas_text(canvas, 3, 2, ROLE_LABEL, _("Chủ hồ sơ"));
	canvas_cell(canvas, 3, 14, canvas->cols - 16, ROLE_PERSON, a->plan.owner);
	canvas_text(canvas, 4, 2, ROLE_LABEL, _("Thủ tục"));
	canvas_cell(canvas, 4, 14, canvas->cols - 16, ROLE_TEXT, a->plan.procedure);
	draw_due(a, canvas, 5);
	draw_print(a, canvas, 6);
	int row = draw_travel(a, canvas, 9);
	visit_draw(&a->visit, canvas, row + 1, canvas->rows - row - 4);
	canvas_text(canvas, canvas->rows - 3, 2, ROLE_DIM,
	            a->plan.later ? _("Không cần chờ: Enter nhập tờ tiếp theo, Esc về việc trong ngày.")
	                          : _("Không cần chờ: Enter nhận hồ sơ tiếp theo, Esc về việc trong ngày."));
	if (signer_used(duty_of(screen)))
		canvas_text(canvas, canvas->rows - 4, 2, ROLE_DIM, _("Ctrl-X: ký số bản điện tử của giấy hẹn và tệp chưa ký."));
	canvas_cursor(canvas, 1, 2);
}

static void run_next(struct screen *screen)
{
	struct desk *desk = screen->desk;
	bool later = ((const struct accepted *)screen->state)->plan.later;
	bool online = ((const struct accepted *)screen->state)->plan.online;
	screen_pop(screen);
	if (online)
		return; /* the list of those filed online lies below */
	if (later)
		screen_push(desk, &later_entry_screen, NULL);
	else
		receive_new(desk, NULL);
}

static bool accepted_handle(struct screen *screen, const struct event *event)
{
	if (event_is(event, K_ENTER, 0)) {
		run_next(screen);
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

/* The same citizen has another matter. */
static bool may_same(const struct screen *screen)
{
	return ((const struct accepted *)screen->state)->plan.visitor != NULL;
}

static void run_same(struct screen *screen)
{
	struct desk *desk = screen->desk;
	struct arena arena = { 0 };
	const struct visitor *visitor = visitor_copy(&arena, ((const struct accepted *)screen->state)->plan.visitor);
	screen_pop(screen);
	receive_same(desk, visitor);
	arena_free(&arena);
}

static bool may_visit(const struct screen *screen)
{
	return ((const struct accepted *)screen->state)->visit.count > 1;
}

static void run_visit(struct screen *screen)
{
	visit_print(&((struct accepted *)screen->state)->visit);
}

static void run_print(struct screen *screen)
{
	const struct accepted *a = screen->state;
	print_start(duty_of(screen), a->plan.paper_id);
}

/* Its receipt is signed as it came out of the printer, so that has to be kept first. */
static bool may_sign(const struct screen *screen)
{
	const struct accepted *a = screen->state;
	const char *sentence;
	return a->plan.dossier_id && signer_used(duty_of(screen)) &&
	       print_look(duty_of(screen), a->plan.paper_id, &sentence) != PRINT_WAITING;
}

static void run_sign(struct screen *screen)
{
	struct accepted *a = screen->state;
	sign_dossier_start(screen, &a->sign, a->plan.dossier_id);
}

static bool may_look(const struct screen *screen)
{
	return ((const struct accepted *)screen->state)->plan.dossier_id != 0;
}

static void run_look(struct screen *screen)
{
	const struct accepted *a = screen->state;
	screen_push(screen->desk, &dossier_screen, &a->plan.dossier_id);
}

static void accepted_about(const struct screen *screen, struct about *about)
{
	const struct accepted *a = screen->state;
	about->dossier_id = a->plan.dossier_id;
	about->dossier = a->plan.dossier_id ? a->plan.code : NULL;
	if (a->full) {
		about->procedure = a->full->procedure_code;
		about->system = a->full->route_system;
	}
}

/* The room of what is done gives way to the queue. */
static void run_call(struct screen *screen)
{
	screen_replace(screen, &queue_screen, &(bool){ true });
}

static const struct action actions[] = {
	{ "accepted-next", "F2", N_("Mới"), N_("Hồ sơ tiếp theo (Enter cũng được)."), NULL, run_next },
	{ "accepted-look", "F4", N_("Xem"), N_("Xem toàn bộ hồ sơ."), may_look, run_look },
	{ "accepted-call", "F5", N_("Gọi số"), N_("Xong số đang phục vụ và gọi số tiếp."), NULL, run_call },
	{ "accepted-same", "F7", N_("Cùng người"), N_("Thêm một hồ sơ của cùng người trong lượt này: người nộp điền sẵn."), may_same, run_same },
	{ "accepted-visit", "F6", N_("Phiếu chung"), N_("In phiếu tổng hợp các hồ sơ của lượt này."), may_visit, run_visit },
	{ "accepted-sign", "Ctrl-X", NULL, N_("Ký số bản điện tử của giấy vừa in và các tệp chưa ký, một lần PIN."), may_sign, run_sign },
	{ "accepted-reprint", "F8", N_("In lại"), N_("In lại giấy này; bản in ghi rõ là bản in lại."), NULL, run_print },
	{ 0 },
};

const struct screen_kind accepted_screen = {
	.name = "accepted",
	.title = N_("ĐÃ NHẬN HỒ SƠ"),
	.help = N_("Hồ sơ đã ghi chắc chắn ở đây, giấy hẹn đang in, đường gửi hiện từng bước.\n"
	           "Không cần chờ: Enter nhận hồ sơ tiếp theo."),
	.actions = actions,
	.size = sizeof(struct accepted),
	.open = accepted_open,
	.draw = accepted_draw,
	.handle = accepted_handle,
	.close = accepted_close,
	.about = accepted_about,
};
