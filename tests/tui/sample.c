/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/tui/sample.h"

#include <stdio.h>

#include "tui/ask.h"

static void run_accept(struct screen *screen)
{
	((struct sample *)screen->state)->runs++;
}

static bool may_return(const struct screen *screen)
{
	return *((struct sample *)screen->state)->number.text;
}

static void answered(struct screen *screen, bool yes, void *data)
{
	(void) data;
	((struct sample *)screen->state)->answer = yes ? 1 : 2;
}

static void run_ask(struct screen *screen)
{
	ask_yes(screen, "Hồ sơ này đã có người nhận. Vẫn nhận?", true, answered, NULL);
}

const struct action sample_actions[] = {
	{ "sample-accept", "F9", "Nhận+In", "Nhận hồ sơ và in giấy hẹn", NULL, run_accept },
	{ "sample-return", "F8", "Trả", "Trả kết quả cho công dân", may_return, run_accept },
	{ "sample-ask", "F2", "Hỏi", "Hỏi một câu", NULL, run_ask },
	{ 0 },
};

static void sample_open(struct screen *screen, const void *argument)
{
	static const char *const ways[] = { "tiền mặt", "chuyển khoản", NULL };
	struct sample *sample = screen->state;
	(void) argument;
	field_init(&sample->name, &screen->arena, &screen->desk->composer);
	field_init(&sample->number, &screen->arena, &screen->desk->composer);
	sample->name.max = 30;
	sample->number.digits = true;
	sample->number.max = 12;
	sample->paid.names = ways;
	sample->items[0] = (struct form_item){ .label = "Họ tên", .kind = FORM_FIELD,
		                               .field = &sample->name, .required = true };
	sample->items[1] = (struct form_item){ .label = "Số định danh", .kind = FORM_FIELD,
		                               .field = &sample->number };
	sample->items[2] = (struct form_item){ .label = "Trả bằng", .kind = FORM_CHOICE,
		                               .choice = &sample->paid };
	sample->form = (struct form){ .items = sample->items, .count = 3, .labels = 16 };
	form_start(&sample->form);
}

static bool sample_handle(struct screen *screen, const struct event *event)
{
	struct sample *sample = screen->state;
	if (event->kind == EVENT_SCAN) {
		snprintf(sample->scanned, sizeof sample->scanned, "%s", event->text);
		sample->exact = event->exact;
		return true;
	}
	return form_handle(&sample->form, event);
}

static void sample_draw(const struct screen *screen, struct canvas *canvas)
{
	struct sample *sample = screen->state;
	form_draw(&sample->form, canvas);
}

const struct screen_kind sample_kind = {
	.name = "sample", .title = "Tiếp nhận hồ sơ", .help = "Nhận một hồ sơ mới.",
	.actions = sample_actions, .size = sizeof(struct sample), .open = sample_open,
	.draw = sample_draw, .handle = sample_handle,
};

struct glass *sample_opened(int rows, int cols, struct sample **sample)
{
	struct glass *glass = glass_new(NULL, rows, cols);
	struct desk *desk = glass_desk(glass);
	desk_name(desk, "Quầy 3 · Lê Thị Mận");
	desk->practice = true;
	*sample = glass_open(glass, &sample_kind, NULL)->state;
	return glass;
}
