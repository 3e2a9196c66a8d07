/* SPDX-License-Identifier: Apache-2.0
 *
 *  ĐẾM TIỀN CHỐT CA
 *   Sổ thu: phải có 108.000 đ.  Đếm được 107.000 đ: thiếu 1.000 đ
 *   500.000 đ             >0^          tờ
 *   …
 *   Bàn giao               57000
 *   Lý do chênh lệch *     thối nhầm
 *  F1 Giúp  F9 Chốt ca
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/shift.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/form.h"
#include "tui/shift_screen.h"

enum { ITEMS = SHIFT_NOTES + 2, HANDED = SHIFT_NOTES, REASON };

struct counting {
	struct shift_close_plan plan;
	struct field fields[ITEMS];
	struct form_item items[ITEMS];
	struct form form;
	struct shift_act act;
	struct screen *screen;
};

static int64_t counted(const struct counting *c)
{
	int64_t sum = 0;
	for (int i = 0; i < SHIFT_NOTES; i++)
		sum += (int64_t)shift_notes[i] * atoi(c->fields[i].text);
	return sum;
}

static void count_open(struct screen *screen, const void *argument)
{
	static const char *const labels[SHIFT_NOTES] = { "500.000 đ", "200.000 đ", "100.000 đ", "50.000 đ", "20.000 đ", "10.000 đ", "5.000 đ",
		"2.000 đ", "1.000 đ", "500 đ", "200 đ", "100 đ" };
	struct counting *c = screen->state;
	c->screen = screen;
	c->plan = *(const struct shift_close_plan *)argument;
	for (int i = 0; i < ITEMS; i++) {
		field_init(&c->fields[i], &screen->arena, &screen->desk->composer);
		c->fields[i].digits = i != REASON;
		c->fields[i].max = i == REASON ? 300 : i == HANDED ? 11 : 5;
		c->items[i] = (struct form_item){ .label = i < SHIFT_NOTES ? labels[i] : i == HANDED ? N_("Bàn giao (trống: cả)") : N_("Lý do chênh lệch"),
			.kind = FORM_FIELD, .field = &c->fields[i] };
	}
	c->form = (struct form){ .items = c->items, .count = ITEMS, .labels = 22 };
	form_start(&c->form);
}

static void count_draw(const struct screen *screen, struct canvas *canvas)
{
	struct counting *c = screen->state;
	struct arena arena = { 0 };
	int64_t sum = counted(c), off = sum - c->plan.expected;
	canvas_format(canvas, 0, 1, ROLE_TEXT, _("Sổ thu: trong két phải có %s đ."), text_money(&arena, c->plan.expected));
	if (off)
		canvas_format(canvas, 1, 1, ROLE_LATE, off > 0 ? _("Đếm được %s đ: thừa %s đ, ghi lý do.") : _("Đếm được %s đ: thiếu %s đ, ghi lý do."),
		              text_money(&arena, sum), text_money(&arena, off > 0 ? off : -off));
	else
		canvas_format(canvas, 1, 1, ROLE_GOOD, _("Đếm được %s đ: đủ."), text_money(&arena, sum));
	struct canvas inputs = canvas_part(canvas, 3, 1, canvas->rows - 3, canvas->cols - 2);
	form_draw(&c->form, &inputs);
	arena_free(&arena);
}

static void on_closed(struct shift_act *act, const struct error *err)
{
	struct counting *c = act->owner;
	struct desk *desk = c->screen->desk;
	if (err) {
		desk_tell(desk, err);
		return;
	}
	screen_pop(c->screen);
	desk_say(desk, FAULT_NONE, "%s", _("Đã chốt ca. F6: người nhận bàn giao ký."));
}

static void run_close(struct screen *screen)
{
	struct counting *c = screen->state;
	int counts[SHIFT_NOTES];
	int64_t sum = counted(c), handed = field_empty(&c->fields[HANDED]) ? sum : atoll(c->fields[HANDED].text);
	if (c->act.ask.slot)
		return;
	if (sum != c->plan.expected && !c->fields[REASON].text[strspn(c->fields[REASON].text, " ")]) {
		c->fields[REASON].wrong = true;
		form_focus(&c->form, &c->fields[REASON]);
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Tiền đếm được khác sổ thu: ghi lý do."));
		return;
	}
	if (handed > sum) {
		c->fields[HANDED].wrong = true;
		form_focus(&c->form, &c->fields[HANDED]);
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Không thể bàn giao nhiều hơn số đếm được."));
		return;
	}
	for (int i = 0; i < SHIFT_NOTES; i++)
		counts[i] = atoi(c->fields[i].text);
	c->act = (struct shift_act){ .done = on_closed, .owner = c };
	shift_close(duty_store(duty_of(screen)), &screen->scope, &c->act, c->plan.shift_id, counts, sum - c->plan.expected, c->fields[REASON].text, handed);
}

static bool count_handle(struct screen *screen, const struct event *event)
{
	struct counting *c = screen->state;
	if (form_handle(&c->form, event))
		return true;
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static const struct action actions[] = {
	{ "shift-count", "F9", N_("Chốt ca"), N_("Chốt ca với số đã đếm; chốt rồi không sửa được."), NULL, run_close },
	{ 0 },
};

const struct screen_kind shift_close_screen = {
	.name = "shift-count",
	.title = N_("ĐẾM TIỀN CHỐT CA"),
	.help = N_("Gõ số tờ của từng mệnh giá; dòng trên cùng cộng ngay và so với sổ thu.\n"
	           "Lệch một đồng cũng phải ghi lý do. Bàn giao: số tiền giao đi, phần còn lại nằm trong két cho ca sau."),
	.actions = actions,
	.size = sizeof(struct counting),
	.open = count_open,
	.draw = count_draw,
	.handle = count_handle,
};
