/* SPDX-License-Identifier: Apache-2.0
 *
 *  HƯỚNG DẪN THỦ TỤC                         Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  THỦ TỤC
 *  1.004873 Cấp Giấy xác nhận tình trạng hôn nhân
 *  …
 *  THỜI HẠN GIẢI QUYẾT
 *  Trực tiếp: 3 ngày làm việc (Luật Hộ tịch 2014, Điều 28)
 *  F1 Giúp  F4 Tìm  F9 In phiếu  Esc Về
 */
#include "tui/guide_screen.h"

#include <string.h>

#include "core/base/say.h"
#include "core/store/money.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/pager.h"
#include "tui/print.h"

struct guiding {
	struct guide_plan plan;
	struct pager pager;
	struct bytes text;
	const char *words;        /* looked for last, or NULL */
	struct issue_ask issue;
	struct listener listener;
	struct screen *screen;
};

static bool make(const struct guiding *g, struct arena *arena, struct guide *out)
{
	const struct duty *duty = duty_of(g->screen);
	const struct catalogue *catalogue = duty->catalogue;
	const struct procedure *p = catalogue ? catalogue_procedure(catalogue, g->plan.code) : NULL;
	if (!p)
		return false;
	guide_make(arena, &(struct guide_ask){ .catalogue = catalogue, .procedure = p,
		.case_id = g->plan.case_id, .channel = g->plan.channel, .represented = g->plan.represented,
		.kin = g->plan.kin, .day = desk_today(g->screen->desk), .office = duty->facts->office,
		.phone = duty->facts->phone }, out);
	return true;
}

static void fill(struct guiding *g)
{
	struct arena arena = { 0 };
	struct guide guide;
	bytes_free(&g->text);
	g->text = (struct bytes){ 0 };
	if (make(g, &arena, &guide))
		guide_text(&guide, &g->text);
	else
		bytes_text(&g->text, _("Danh mục không còn thủ tục này."));
	arena_free(&arena);
	g->pager.text = bytes_string(&g->text);
	screen_dirty(g->screen);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	(void)id;
	if (strcmp(what, "catalogue") == 0)
		fill(OWNER_OF(listener, struct guiding, listener));
}

static void guiding_open(struct screen *screen, const void *argument)
{
	struct guiding *g = screen->state;
	g->screen = screen;
	g->plan = *(const struct guide_plan *)argument;
	g->plan.code = arena_string(&screen->arena, g->plan.code);
	g->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &g->listener);
	fill(g);
}

static void guiding_close(struct screen *screen)
{
	bytes_free(&((struct guiding *)screen->state)->text);
}

static void guiding_draw(const struct screen *screen, struct canvas *canvas)
{
	struct guiding *g = screen->state;
	struct canvas body = canvas_part(canvas, 0, 1, canvas->rows, canvas->cols - 1);
	pager_draw(&g->pager, &body, ROLE_TEXT, true);
}

/* ---- searching ---- */

static void find(struct guiding *g)
{
	if (pager_find(&g->pager, g->words))
		screen_dirty(g->screen);
	else
		desk_say(g->screen->desk, FAULT_INPUT, _("Không thấy “%s” trong hướng dẫn này."), g->words);
}

static void on_words(struct screen *screen, const char *text, void *data)
{
	struct guiding *g = screen->state;
	(void)data;
	if (!text || !*text)
		return;
	g->words = arena_string(&screen->arena, text);
	find(g);
}

static void run_find(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Tìm chữ nào (không cần dấu)? Phím n tìm tiếp."),
		.max = 100 }, on_words, NULL);
}

static bool guiding_handle(struct screen *screen, const struct event *event)
{
	struct guiding *g = screen->state;
	if (pager_handle(&g->pager, event))
		return true;
	if (event->kind != EVENT_TEXT)
		return false;
	if (strcmp(event->text, "/") == 0)
		run_find(screen);
	else if (strcmp(event->text, "n") == 0 && g->words)
		find(g);
	else
		return false;
	return true;
}

/* ---- the slip ---- */

static void on_issued(struct issue_ask *ask, int64_t paper_id, const struct error *err)
{
	struct guiding *g = ask->owner;
	if (err)
		desk_tell(g->screen->desk, err);
	else
		print_start(duty_of(g->screen), paper_id);
}

static bool may_print(const struct screen *screen)
{
	const struct guiding *g = screen->state;
	return duty_of(screen)->catalogue && !g->issue.ask.slot;
}

/* A paper is Vietnamese, whatever the screen speaks. */
static void run_print(struct screen *screen)
{
	struct guiding *g = screen->state;
	struct arena arena = { 0 };
	struct guide guide;
	struct fields fields = { 0 };
	struct bytes lines = { 0 };
	say_source(true);
	bool good = make(g, &arena, &guide);
	if (good)
		guide_fields(&guide, &arena, &fields);
	say_source(false);
	fields_write(&fields, &lines);
	if (good) {
		g->issue = (struct issue_ask){ .done = on_issued, .owner = g };
		seal_uuid(g->issue.request_id);
		paper_guide(duty_store(duty_of(screen)), &screen->scope, &g->issue, g->plan.code, g->plan.case_id,
		            bytes_string(&lines));
	}
	bytes_free(&lines);
	arena_free(&arena);
}

static const struct action actions[] = {
	{ "guide-find", "F4", N_("Tìm chữ"), N_("Tìm chữ trong hướng dẫn, không cần dấu; phím / cũng vậy, n tìm tiếp."), NULL, run_find },
	{ "guide-print", "F9", N_("In phiếu"), N_("In phiếu hướng dẫn cho công dân."), may_print, run_print },
	{ 0 },
};

static void guiding_about(const struct screen *screen, struct about *about)
{
	about->procedure = ((const struct guiding *)screen->state)->plan.code;
}

const struct screen_kind guide_screen = {
	.name = "guide",
	.title = N_("HƯỚNG DẪN THỦ TỤC"),
	.help = N_("Những gì danh mục của đơn vị ghi về thủ tục: giấy tờ, thời hạn, lệ phí, kết quả, căn cứ, kèm nguồn.\n"
	           "“Chưa xác nhận” là con số công bố chưa ai ở đơn vị xác nhận. Danh mục thiếu gì, màn hình nói là thiếu."),
	.actions = actions,
	.size = sizeof(struct guiding),
	.open = guiding_open,
	.draw = guiding_draw,
	.handle = guiding_handle,
	.close = guiding_close,
	.about = guiding_about,
};
