/* SPDX-License-Identifier: Apache-2.0
 *
 *  TUYẾN GỬI                                Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *   11 quy tắc đang áp dụng, 1 sắp tới, 2 đã hết
 *
 *   Tình trạng      Áp dụng cho                    Chuyển đến
 * > đang áp dụng    Bộ Tư pháp                     Bộ Tư pháp
 *   từ 25/11/2026   1.004873                       Hệ thống thông tin giải quyết T…
 *  F1 Giúp  F5 Thủ tục  F6 Nhập  F7 Kết thúc  Enter Đọc  Esc Về
 */
#include "tui/route_screen.h"

#include <string.h>

#include "core/base/say.h"
#include "core/dossier/catalogue.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/program.h"
#include "tui/route_text.h"
#include "tui/sync_words.h"

struct routes {
	struct list list;
	const struct route_row *rows;
	struct fresh fresh;
	struct arena scratch;        /* of the last paint                        */
	struct routes_ask ask;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	struct routes *r = owner;
	const struct route_row *rule = &r->rows[row];
	bool ended = strcmp(rule->state, "ended") == 0;
	out->role = ended ? ROLE_DIM : strcmp(rule->state, "coming") == 0 ? ROLE_WARN : ROLE_TEXT;
	switch (column) {
	case 0: out->text = route_state(&r->scratch, rule); break;
	case 1: out->text = route_applies(&r->scratch, rule); break;
	case 2: out->text = sync_short_name(rule->system_name); break;
	case 3: out->text = rule->system; break;
	default: out->text = rule->notice; break;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Tình trạng"), .width = 15 },
	{ .head = N_("Áp dụng cho"), .width = 0 },
	{ .head = N_("Chuyển đến"), .width = 31 },
	{ .head = N_("Mã"), .width = 13, .from = 132 },
	{ .head = N_("Văn bản"), .width = 30, .from = 110 },
	{ 0 },
};

static void on_read(struct routes_ask *ask, const struct route_row *rows, int count,
                    const struct error *err)
{
	struct routes *r = ask->owner;
	if (fresh_came(&r->fresh, err)) {
		r->rows = rows;
		list_set_count(&r->list, count);
	}
	fresh_taken(&r->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "catalogue") == 0 || strcmp(what, "again") == 0;
}

static void read_now(struct screen *screen)
{
	struct routes *r = screen->state;
	r->ask = (struct routes_ask){ .done = on_read, .into = &r->fresh.coming, .owner = r };
	routes_read(duty_store(duty_of(screen)), &screen->scope, &r->ask);
}

static void routes_open(struct screen *screen, const void *argument)
{
	struct routes *r = screen->state;
	screen->status = _("Enter: đọc cả quy tắc và văn bản.");
	(void)argument;
	r->list = (struct list){ .columns = columns, .cell = cell, .owner = r,
		.empty = N_("Chưa có quy tắc nào: mọi hồ sơ đi hệ thống của tỉnh.") };
	r->fresh.heeds = heeds;
	fresh_open(&r->fresh, screen, read_now);
}

static void routes_close(struct screen *screen)
{
	struct routes *r = screen->state;
	fresh_close(&r->fresh);
	arena_free(&r->scratch);
}

static int count_of(const struct routes *r, const char *state)
{
	int count = 0;
	for (int i = 0; i < r->list.count; i++)
		count += strcmp(r->rows[i].state, state) == 0;
	return count;
}

static void routes_draw(const struct screen *screen, struct canvas *canvas)
{
	struct routes *r = screen->state;
	arena_free(&r->scratch);
	if (r->fresh.known)
		canvas_format(canvas, 0, 1, ROLE_DIM, _("%d quy tắc đang áp dụng, %d sắp tới, %d đã hết"),
		              count_of(r, "now"), count_of(r, "coming"), count_of(r, "ended"));
	struct canvas rows = canvas_part(canvas, 2, 0, canvas->rows - 2, canvas->cols);
	fresh_list(&r->fresh, &r->list, &rows, true);
}

static const struct route_row *here(const struct routes *r)
{
	return r->list.count ? &r->rows[r->list.at] : NULL;
}

static bool routes_handle(struct screen *screen, const struct event *event)
{
	struct routes *r = screen->state;
	if (list_handle(&r->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || !here(r))
		return false;
	struct bytes text = { 0 };
	route_text(duty_of(screen)->catalogue, here(r), &text);
	ask_read(screen, _("Quy tắc"), bytes_string(&text), NULL, NULL);
	bytes_free(&text);
	return true;
}

/* ---- a procedure ---- */

static const char *check_procedure(struct screen *screen, const char *text, void *data)
{
	const struct catalogue *catalogue = duty_of(screen)->catalogue;
	(void)data;
	return catalogue && catalogue_known(catalogue, text) ? NULL : _("Danh mục không có thủ tục này.");
}

static void on_procedure(struct screen *screen, const char *text, void *data)
{
	const struct catalogue *catalogue = duty_of(screen)->catalogue;
	(void)data;
	const struct procedure *p = text && catalogue ? catalogue_known(catalogue, text) : NULL;
	if (!p)
		return;
	struct bytes page = { 0 };
	route_procedure_text(catalogue, p, desk_today(screen->desk), &page);
	ask_read(screen, p->code, bytes_string(&page), NULL, NULL);
	bytes_free(&page);
}

static void run_procedure(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Mã thủ tục (hoặc mã tắt) muốn biết đi đâu:"),
		.plain = true, .max = 40, .check = check_procedure }, on_procedure, NULL);
}

/* ---- changes: a supervisor's ---- */

static bool may_enter(const struct screen *screen)
{
	return duty_of(screen)->facts->is_supervisor && duty_of(screen)->catalogue;
}

static void run_enter(struct screen *screen)
{
	screen_push(screen->desk, &route_form_screen, &(struct route_plan){ 0 });
}

static bool may_end(const struct screen *screen)
{
	const struct route_row *row = here(screen->state);
	return may_enter(screen) && row && row->own && strcmp(row->state, "ended") != 0;
}

static void run_end(struct screen *screen)
{
	screen_push(screen->desk, &route_form_screen, &(struct route_plan){ here(screen->state) });
}

static const struct action actions[] = {
	{ "route-procedure", "F5", N_("Thủ tục"), N_("Một thủ tục đi đâu, vì sao, sẽ đổi từ ngày nào."), NULL, run_procedure },
	{ "route-enter", "F6", N_("Nhập"), N_("Nhập quy tắc theo văn bản thông báo; xem thử trước khi áp dụng."), may_enter, run_enter },
	{ "route-end", "F7", N_("Kết thúc"), N_("Kết thúc quy tắc của đơn vị từ một ngày, theo văn bản."), may_end, run_end },
	{ 0 },
};

const struct screen_kind route_screen = {
	.name = "routes",
	.title = N_("TUYẾN GỬI"),
	.help = N_("Hồ sơ của thủ tục nào đi hệ thống nào, từ ngày nào, theo văn bản nào.\n"
	           "Người phụ trách nhập quy tắc của đơn vị; quy tắc chung do quản trị nạp từ tệp. Quy tắc được kết thúc chứ không sửa,\n"
	           "và không bao giờ dời một hồ sơ đã nhận. F5 hỏi một thủ tục, Enter đọc cả quy tắc."),
	.actions = actions,
	.size = sizeof(struct routes),
	.open = routes_open,
	.draw = routes_draw,
	.handle = routes_handle,
	.close = routes_close,
};
