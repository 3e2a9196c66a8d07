/* SPDX-License-Identifier: Apache-2.0
 *
 *  DANH MỤC THỦ TỤC                         Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *  Tìm  >hon nhan^                     345 thủ tục, 290 còn điều chưa xác nhận
 *
 *    Mã        Thủ tục                                 Thời hạn        Lệ phí    TP
 *  > 1.004873  Cấp Giấy xác nhận tình trạng hôn nhân   ? 3 nlv         ? chưa    4
 *  …
 *  F1 Giúp  F5 Lệ phí  F6 Thời hạn  F7 Kênh  F8 Giấy tờ  Enter Đọc  Esc Về
 */
#include "tui/catalogue_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/ask.h"
#include "tui/catalogue_private.h"
#include "tui/guide_screen.h"

static const struct limit *limit_of(const struct figures *f, const struct procedure *p)
{
	return catalogue_limit(p, 0, f->channel, desk_today(f->screen->desk));
}

static struct fee_list fees_of(const struct figures *f, const struct procedure *p)
{
	return fee_list_new((struct arena *)&f->scratch, p, 0, f->channel, desk_today(f->screen->desk));
}

static bool is_open(const struct figures *f, const struct procedure *p)
{
	const struct limit *limit = limit_of(f, p);
	struct fee_list fees = fees_of(f, p);
	return !limit || !limit->confirmed || !fee_total(&fees).complete;
}

static void limit_cell(const struct figures *f, const struct procedure *p, struct list_cell *out)
{
	const struct limit *limit = limit_of(f, p);
	bool sure = limit && limit->confirmed;
	out->role = sure ? ROLE_TEXT : ROLE_WARN;
	out->text = arena_format((struct arena *)&f->scratch, "%s%s", sure ? "" : "? ",
	                         limit ? limit_text((struct arena *)&f->scratch, limit->value, limit->unit)
	                               : _("chưa có"));
}

static void fee_cell(const struct figures *f, const struct procedure *p, struct list_cell *out)
{
	struct fee_list fees = fees_of(f, p);
	struct fee_total total = fee_total(&fees);
	out->role = total.complete ? ROLE_TEXT : ROLE_WARN;
	out->text = total.complete ? text_money((struct arena *)&f->scratch, total.amount) : _("? chưa");
}

/* Advice and notes of the portal are no papers. */
static int papers_of(const struct procedure *p)
{
	int count = 0;
	for (size_t i = 0; i < p->component_count; i++)
		count += component_is_paper(&p->components[i]);
	return count;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char number[16];
	const struct figures *f = owner;
	const struct procedure *p = f->rows[row];
	switch (column) {
	case 0: out->text = p->code; break;
	case 1: out->text = procedure_label(p); break;
	case 2: limit_cell(f, p, out); break;
	case 3: fee_cell(f, p, out); break;
	default:
		snprintf(number, sizeof number, "%d", papers_of(p));
		out->text = papers_of(p) ? number : _("! 0");
		out->role = papers_of(p) ? ROLE_TEXT : ROLE_WARN;
		break;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Mã"), .width = 9 },
	{ .head = N_("Thủ tục"), .width = 0 },
	{ .head = N_("Thời hạn"), .width = 18 },
	{ .head = N_("Lệ phí"), .width = 9, .right = true },
	{ .head = N_("Giấy tờ"), .width = 7, .right = true },
	{ 0 },
};

/* What is open comes first: that is why one is here. */
static void fill(struct figures *f)
{
	static const struct procedure *found[MOST];
	const struct catalogue *catalogue = duty_of(f->screen)->catalogue;
	arena_free(&f->scratch);
	int count = 0;
	size_t n = !catalogue ? 0
	                      : catalogue_search(catalogue, f->query.text, desk_today(f->screen->desk),
	                                         found, MOST);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n; i++)
			if (is_open(f, found[i]) == (pass == 0))
				f->rows[count++] = found[i];
	list_set_count(&f->list, count);
	screen_dirty(f->screen);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	(void)id;
	if (strcmp(what, "catalogue") == 0)
		fill(OWNER_OF(listener, struct figures, listener));
}

static void figures_open(struct screen *screen, const void *argument)
{
	struct figures *f = screen->state;
	(void)argument;
	f->screen = screen;
	f->channel = CHANNEL_COUNTER;
	field_init(&f->query, &screen->arena, &screen->desk->composer);
	f->list = (struct list){ .columns = columns, .cell = cell, .owner = f,
		.empty = N_("Không thấy thủ tục nào.") };
	f->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &f->listener);
	fill(f);
}

static void figures_close(struct screen *screen)
{
	arena_free(&((struct figures *)screen->state)->scratch);
}

static void figures_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct figures *f = screen->state;
	arena_free((struct arena *)&f->scratch); /* texts of the last paint */
	struct canvas rows = canvas_part(canvas, 2, 0, canvas->rows - 2, canvas->cols);
	canvas_text(canvas, 0, 1, ROLE_LABEL, _("Tìm"));
	field_draw((struct field *)&f->query, canvas, 0, 6, 28, !f->on_list);
	canvas_format(canvas, 0, 36, ROLE_DIM, _("%d thủ tục · %s · ? là chưa xác nhận"), f->list.count,
	              channel_name(f->channel));
	list_draw((struct list *)&f->list, &rows, f->on_list);
}

const struct procedure *catalogue_here(const struct figures *f)
{
	return f->list.count ? f->rows[f->list.at] : NULL;
}

static void read_one(struct figures *f)
{
	const struct procedure *p = catalogue_here(f);
	struct bytes text = { 0 };
	if (!p)
		return;
	catalogue_text(p, &text);
	ask_read(f->screen, p->code, bytes_string(&text), NULL, NULL);
	bytes_free(&text);
}

static bool may_guide(const struct screen *screen)
{
	return catalogue_here(screen->state);
}

static void run_guide(struct screen *screen)
{
	struct figures *f = screen->state;
	screen_push(screen->desk, &guide_screen, &(struct guide_plan){ .code = catalogue_here(f)->code });
}

static bool may_confirm(const struct screen *screen)
{
	const struct figures *f = screen->state;
	return duty_of(screen)->facts->is_supervisor && catalogue_here(f) && !f->sending;
}

static void run_channel(struct screen *screen)
{
	struct figures *f = screen->state;
	f->channel = f->channel == CHANNEL_POST ? CHANNEL_COUNTER : (enum channel)(f->channel + 1);
	fill(f);
}

static bool figures_handle(struct screen *screen, const struct event *event)
{
	struct figures *f = screen->state;
	if (event_is(event, K_ESC, 0)) {
		screen_pop(screen);
		return true;
	}
	if (event_is(event, K_ENTER, 0) && catalogue_here(f)) {
		read_one(f);
		return true;
	}
	if (f->on_list && list_handle(&f->list, event))
		return true;
	if (!f->on_list && (event_is(event, K_DOWN, 0) || event_is(event, K_TAB, 0))) {
		f->on_list = f->list.count > 0;
		return true;
	}
	if (f->on_list && (event_is(event, K_UP, 0) || event_is(event, K_TAB, 0) || event->kind == EVENT_TEXT))
		f->on_list = false;
	if (!field_handle(&f->query, event))
		return false;
	if (f->query.changed) {
		f->query.changed = false;
		fill(f);
	}
	return true;
}

static const struct action actions[] = {
	{ "catalogue-guide", "F4", N_("Hướng dẫn"), N_("Hướng dẫn thủ tục cho công dân: đọc, tìm, in phiếu."), may_guide, run_guide },
	{ "catalogue-fee", "F5", N_("Lệ phí"), N_("Xác nhận mức thu, kèm căn cứ và ngày áp dụng."), may_confirm, catalogue_confirm_fee },
	{ "catalogue-limit", "F6", N_("Thời hạn"), N_("Xác nhận thời hạn, kèm căn cứ và ngày áp dụng."), may_confirm, catalogue_confirm_limit },
	{ "catalogue-paper", "F8", N_("Giấy tờ"), N_("Xác nhận một thành phần hồ sơ: số bản, bắt buộc hay không, căn cứ."), may_confirm, catalogue_confirm_paper },
	{ "catalogue-channel", "F7", N_("Kênh"), N_("Đổi kênh đang xem: trực tiếp, trực tuyến, bưu chính."), NULL, run_channel },
	{ 0 },
};

const struct screen_kind catalogue_screen = {
	.name = "catalogue",
	.title = N_("DANH MỤC THỦ TỤC"),
	.help = N_("Thủ tục tiếp nhận ở đơn vị này. Dấu “?” là con số công bố chưa ai ở đơn vị xác nhận: giấy hẹn không in số đó.\n"
	           "Người giám sát xác nhận thời hạn, lệ phí kèm căn cứ và ngày áp dụng. Enter đọc đầy đủ."),
	.actions = actions,
	.size = sizeof(struct figures),
	.open = figures_open,
	.draw = figures_draw,
	.handle = figures_handle,
	.close = figures_close,
};
