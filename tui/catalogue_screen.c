/* SPDX-License-Identifier: Apache-2.0
 *
 *  DANH MỤC THỦ TỤC                         Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *  Tìm  >hon nhan^                     345 thủ tục, 290 còn điều chưa xác nhận
 *
 *    Mã        Thủ tục                                 Thời hạn        Lệ phí    TP
 *  > 1.004873  Cấp Giấy xác nhận tình trạng hôn nhân   ? 3 nlv         ? chưa    4
 *  …
 *  F1 Giúp  F5 Lệ phí  F6 Thời hạn  F7 Cách thức  Enter Đọc  Esc Về
 */
#include "tui/catalogue_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/catalogue.h"
#include "core/store/admin.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/field.h"
#include "tui/list.h"
#include "tui/program.h"

enum { MOST = 800 };

struct figures {
	struct field query;
	struct list list;
	const struct procedure *rows[MOST];
	bool on_list, sending;
	enum channel channel;      /* which one is shown and confirmed */
	struct arena scratch;
	struct admin_ask ask;
	struct admin_confirm confirm;
	struct listener listener;
	struct screen *screen;
};

static struct duty *duty_of(const struct screen *screen)
{
	return ((struct program *)screen->desk->program)->duty;
}

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
		snprintf(number, sizeof number, "%zu", p->component_count);
		out->text = p->component_count ? number : _("! 0");
		out->role = p->component_count ? ROLE_TEXT : ROLE_WARN;
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
	struct canvas rows = canvas_part(canvas, 2, 0, canvas->rows - 2, canvas->cols);
	canvas_text(canvas, 0, 1, ROLE_LABEL, _("Tìm"));
	field_draw((struct field *)&f->query, canvas, 0, 6, 28, !f->on_list);
	canvas_format(canvas, 0, 36, ROLE_DIM, _("%d thủ tục · kênh %s · “?” chưa xác nhận"), f->list.count,
	              channel_name(f->channel));
	list_draw((struct list *)&f->list, &rows, f->on_list);
}

static const struct procedure *here(const struct figures *f)
{
	return f->list.count ? f->rows[f->list.at] : NULL;
}

static void read_one(struct figures *f)
{
	const struct procedure *p = here(f);
	struct bytes text = { 0 };
	if (!p)
		return;
	catalogue_text(p, &text);
	ask_read(f->screen, p->code, bytes_string(&text), NULL, NULL);
	bytes_free(&text);
}

/* ---- confirming ---- */

static void on_sent(struct admin_ask *ask, const struct error *err)
{
	struct figures *f = ask->owner;
	f->sending = false;
	if (err)
		desk_tell(f->screen->desk, err);
	else
		desk_say(f->screen->desk, FAULT_NONE, "%s", _("Đã xác nhận; mọi quầy dùng từ bây giờ."));
	screen_dirty(f->screen);
}

static struct figures *figures_of(struct screen *screen)
{
	return screen->state;
}

static void send(struct figures *f)
{
	f->sending = true;
	f->ask = (struct admin_ask){ .done = on_sent, .owner = f };
	struct store *store = duty_store(duty_of(f->screen));
	if (f->confirm.unit)
		admin_confirm_limit(store, &f->screen->scope, &f->ask, &f->confirm);
	else
		admin_confirm_fee(store, &f->screen->scope, &f->ask, &f->confirm);
}

static const char *check_day(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return day_read(text) == DAY_NONE ? _("Gõ ngày/tháng/năm.") : NULL;
}

static void on_day(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (!text)
		return;
	figures_of(screen)->confirm.from = day_read(text);
	send(figures_of(screen));
}

static void on_basis(struct screen *screen, const char *text, void *data)
{
	struct figures *f = figures_of(screen);
	char day[16];
	(void)data;
	if (!text)
		return;
	if (!*text) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Xác nhận phải có căn cứ pháp lý."));
		return;
	}
	f->confirm.basis = arena_string(&screen->arena, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Áp dụng từ ngày:"), .plain = true, .max = 10,
		.initial = day_write(desk_today(screen->desk), day, sizeof day), .check = check_day }, on_day, NULL);
}

static void ask_basis(struct screen *screen, const char *initial)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Căn cứ pháp lý (nghị quyết, quyết định công bố):"),
		.initial = initial, .max = 300 }, on_basis, NULL);
}

static void start_confirm(struct figures *f)
{
	f->confirm = (struct admin_confirm){ .procedure = arena_string(&f->screen->arena, here(f)->code),
		.channel = (int)f->channel };
}

static const char *check_number(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	char *end;
	long n = strtol(text, &end, 10);
	return end != text && !*end && n > 0 && n <= 3650 ? NULL : _("Gõ một số từ 1 đến 3650.");
}

static void on_value(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (!text)
		return;
	figures_of(screen)->confirm.value = (int)strtol(text, NULL, 10);
	ask_basis(screen, here(figures_of(screen))->decision);
}

static const enum limit_unit units[] = { LIMIT_WORKING_DAY, LIMIT_SAME_DAY, LIMIT_DAY, LIMIT_WORKING_HOUR,
	LIMIT_MONTH, LIMIT_NONE };
enum { UNITS = sizeof units / sizeof units[0] };

static void on_unit(struct screen *screen, int choice, void *data)
{
	struct figures *f = figures_of(screen);
	(void)data;
	if (choice < 0 || !here(f))
		return;
	start_confirm(f);
	f->confirm.unit = limit_unit_stored(units[choice]);
	if (units[choice] == LIMIT_SAME_DAY || units[choice] == LIMIT_NONE)
		ask_basis(screen, here(f)->decision);
	else
		ask_for_text(screen, &(struct ask_text){ .question = _("Thời hạn là bao nhiêu?"), .plain = true, .max = 4,
			.check = check_number }, on_value, NULL);
}

static const char *check_amount(struct screen *screen, const char *text, void *data)
{
	static struct error err;
	int64_t amount;
	(void)screen, (void)data;
	if (!fee_read(text, &amount, &err))
		return err.say;
	return amount == FEE_UNKNOWN ? _("Gõ số tiền bằng đồng; 0 nếu không thu.") : NULL;
}

static void on_amount(struct screen *screen, const char *text, void *data)
{
	struct figures *f = figures_of(screen);
	(void)data;
	if (!text || !here(f) || !fee_read(text, &f->confirm.amount, NULL))
		return;
	ask_basis(screen, "");
}

static bool may_confirm(const struct screen *screen)
{
	const struct figures *f = screen->state;
	return duty_of(screen)->facts->is_supervisor && here(f) && !f->sending;
}

static void run_limit(struct screen *screen)
{
	const char *choices[UNITS];
	for (int i = 0; i < UNITS; i++)
		choices[i] = limit_unit_name(units[i]);
	ask_choice(screen, _("Thời hạn giải quyết tính bằng:"), choices, UNITS, 0, on_unit, NULL);
}

static void run_fee(struct screen *screen)
{
	struct figures *f = screen->state;
	start_confirm(f);
	struct fee_list fees = fees_of(f, here(f));
	f->confirm.name = fees.count ? arena_string(&screen->arena, fees.items[0].name) : _("Lệ phí");
	ask_for_text(screen, &(struct ask_text){ .question = _("Mức thu (đồng), 0 nếu không thu:"), .plain = true,
		.max = 20, .check = check_amount }, on_amount, NULL);
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
	if (event_is(event, K_ENTER, 0) && here(f)) {
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
	{ "catalogue-fee", "F5", N_("Lệ phí"), N_("Xác nhận mức thu, kèm căn cứ và ngày áp dụng."), may_confirm, run_fee },
	{ "catalogue-limit", "F6", N_("Thời hạn"), N_("Xác nhận thời hạn, kèm căn cứ và ngày áp dụng."), may_confirm, run_limit },
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
