/* SPDX-License-Identifier: Apache-2.0
 *
 * Dialogs that take a text, or show one. */
#include <string.h>

#include "core/base/say.h"
#include "tui/area.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/pager.h"

struct asked {
	struct ask_text ask; /* initial: what was typed */
	void (*then)(struct screen *, const char *, void *);
	void *data;
};
struct asking {
	struct screen *asker;
	const char *question, *wrong;
	struct field field;
	struct area area;
	bool lines, scans;
	bool fresh; /* a number or a day stands there untouched: the first key replaces it */
	struct ask_text ask;
	const char *(*check)(struct screen *, const char *, void *);
	void (*then)(struct screen *, const char *, void *);
	void *data;
};
struct asking_plan {
	struct screen *asker;
	const struct ask_text *ask;
	void (*then)(struct screen *, const char *, void *);
	void *data;
};

/* "1", "200.000", "29/11/2026 09:41": what nobody completes by typing behind it; "/" is a path that begins. */
static bool is_number(const char *text)
{
	return *text >= '0' && *text <= '9' && !text[strspn(text, "0123456789.,/:- ")];
}

const char *ask_check_reason(struct screen *asker, const char *text, void *data)
{
	(void)asker, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi lý do.");
}

static void asking_open(struct screen *screen, const void *argument)
{
	const struct asking_plan *plan = argument;
	struct asking *asking = screen->state;
	const struct composer *composer = &screen->desk->composer;
	asking->asker = plan->asker;
	asking->then = plan->then;
	asking->data = plan->data;
	asking->ask = *plan->ask;
	asking->check = plan->ask->check;
	asking->lines = plan->ask->lines;
	asking->question = arena_string(&screen->arena, plan->ask->question);
	field_init(&asking->field, &screen->arena, composer);
	area_init(&asking->area, &screen->arena, composer);
	asking->field.max = plan->ask->max > 0 ? plan->ask->max : 200;
	asking->field.secret = plan->ask->secret;
	asking->field.plain = plan->ask->plain;
	asking->area.field.plain = plan->ask->plain;
	if (plan->ask->max > 0)
		asking->area.field.max = plan->ask->max;
	asking->scans = plan->ask->scans;
	if (plan->ask->initial) {
		field_set(&asking->field, plan->ask->initial);
		area_set(&asking->area, plan->ask->initial);
		asking->fresh = !asking->lines && *plan->ask->initial && is_number(plan->ask->initial);
	}
}

/* A secret is nobody's to keep. */
static void remember(const struct asking *asking, const char *text)
{
	struct arena *arena = &asking->asker->arena;
	struct asked *asked = ARENA_NEW(arena, struct asked);
	*asked = (struct asked){ asking->ask, asking->then, asking->data };
	asked->ask.question = arena_string(arena, asking->question);
	asked->ask.initial = arena_string(arena, text);
	asking->asker->asked = asked;
}

static void answer(struct screen *screen, const char *text)
{
	struct asking *asking = screen->state;
	const char *wrong = text && asking->check
	                            ? asking->check(asking->asker, text, asking->data)
	                            : NULL;
	asking->wrong = wrong ? arena_string(&screen->arena, wrong) : NULL;
	asking->field.wrong = asking->area.field.wrong = wrong != NULL;
	if (wrong)
		return;
	screen_pop(screen);
	asking->asker->asked = NULL;
	if (text && !asking->ask.secret)
		remember(asking, text);
	asking->then(asking->asker, text, asking->data);
}

/* What is refused is not left in the field: it may be somebody's card. */
static void take_scan(struct screen *screen, const char *text)
{
	struct asking *asking = screen->state;
	const char *before = arena_string(&screen->arena, asking->field.text);
	field_set(&asking->field, text);
	const char *wrong = asking->check ? asking->check(asking->asker, asking->field.text, asking->data) : NULL;
	if (!wrong) {
		answer(screen, asking->field.text);
		return;
	}
	field_set(&asking->field, before);
	asking->wrong = arena_string(&screen->arena, wrong);
	asking->field.wrong = true;
	screen_dirty(screen);
}

static bool asking_handle(struct screen *screen, const struct event *event)
{
	struct asking *asking = screen->state;
	if (event_is(event, K_ESC, 0)) {
		answer(screen, NULL);
		return true;
	}
	if (event->kind == EVENT_SCAN && asking->scans) {
		take_scan(screen, event->text);
		return true;
	}
	if (asking->lines) {
		bool done = event_is(event, K_F9, 0) || event_is(event, K_ENTER, MOD_CTRL) ||
		            event_is(event, K_ENTER, MOD_ALT);
		if (!done)
			return area_handle(&asking->area, event);
		answer(screen, asking->area.field.text);
		return true;
	}
	if (!event_is(event, K_ENTER, 0)) {
		if (asking->fresh && (event->kind == EVENT_TEXT || event->kind == EVENT_PASTE))
			field_set(&asking->field, "");
		asking->fresh = asking->fresh && event->kind == EVENT_MOUSE;
		return field_handle(&asking->field, event);
	}
	answer(screen, asking->field.text);
	return true;
}

static void asking_draw(const struct screen *screen, struct canvas *body)
{
	struct asking *asking = screen->state;
	int cols = body->cols > 76 ? 72 : body->cols - 2;
	struct canvas none = canvas_part(body, 0, 0, 0, 0);
	int lines = canvas_lines(&none, 0, 0, cols - 4, ROLE_DIALOG, asking->question);
	int edit = asking->lines ? 6 : 1;
	int rows = lines + edit + 5;
	rows = rows > body->rows ? body->rows : rows;
	struct canvas box = canvas_part(body, (body->rows - rows) / 2, (body->cols - cols) / 2, rows,
	                                cols);
	struct canvas inside = canvas_frame(&box, ROLE_DIALOG, _("Nhập"));
	canvas_lines(&inside, 0, 0, inside.cols, ROLE_DIALOG, asking->question);
	/* Too low for the question: the field is what must be seen. */
	int at = lines + 1 + edit < inside.rows ? lines + 1 : inside.rows - edit - 1;
	at = at < 0 ? 0 : at;
	if (asking->lines)
		area_draw(&asking->area, &inside, at, 0, edit, inside.cols, true);
	else
		field_draw(&asking->field, &inside, at, 0, inside.cols, true);
	const char *hint = asking->lines ? _("F9 xong   Esc thôi")
	                   : asking->fresh ? _("Enter xong   Esc thôi   gõ vào thì thay số này") : _("Enter xong   Esc thôi");
	if (asking->wrong)
		canvas_format(&inside, at + edit, 0, ROLE_WARN, "! %s", asking->wrong);
	else
		canvas_text(&inside, at + edit, 0, ROLE_DIALOG, hint);
}

static const struct screen_kind asking_kind = {
	.name = "ask-text", .title = N_("Nhập"), .size = sizeof(struct asking), .dialog = true,
	.open = asking_open, .draw = asking_draw, .handle = asking_handle,
};

void ask_for_text(struct screen *asker, const struct ask_text *ask,
                  void (*then)(struct screen *, const char *text, void *data), void *data)
{
	struct asking_plan plan = { asker, ask, then, data };
	screen_push(asker->desk, &asking_kind, &plan);
}

void ask_refused(struct screen *asker, const struct error *err)
{
	const struct asked *asked = asker->asked;
	desk_tell(asker->desk, err);
	if (asked && screen_is_top(asker))
		ask_for_text(asker, &asked->ask, asked->then, asked->data);
}

bool ask_busy(struct screen *asker, bool busy)
{
	struct error err = { 0 };
	if (busy) {
		fail(&err, FAULT_INPUT, "%s", _("Việc trước đang ghi: bấm Enter lại sau giây lát."));
		ask_refused(asker, &err);
	}
	return busy;
}

struct reading {
	struct screen *asker;
	const char *title;
	struct pager pager;
	void (*then)(struct screen *, void *);
	void *data;
};

static void reading_open(struct screen *screen, const void *argument)
{
	const struct reading *plan = argument;
	struct reading *reading = screen->state;
	*reading = *plan;
	reading->title = arena_string(&screen->arena, plan->title);
	reading->pager.text = arena_string(&screen->arena, plan->pager.text);
}

static bool reading_handle(struct screen *screen, const struct event *event)
{
	struct reading *reading = screen->state;
	if (pager_handle(&reading->pager, event))
		return true;
	if (!event_is(event, K_ESC, 0) && !event_is(event, K_ENTER, 0))
		return false;
	screen_pop(screen);
	if (reading->then)
		reading->then(reading->asker, reading->data);
	return true;
}

static void reading_draw(const struct screen *screen, struct canvas *body)
{
	struct reading *reading = screen->state;
	int cols = body->cols > 80 ? 76 : body->cols - 4;
	struct canvas none = canvas_part(body, 0, 0, 0, 0);
	int rows = canvas_lines(&none, 0, 0, cols - 5, ROLE_DIALOG, reading->pager.text) + 2;
	rows = rows > body->rows ? body->rows : rows;
	struct canvas box = canvas_part(body, (body->rows - rows) / 2, (body->cols - cols) / 2, rows,
	                                cols);
	struct canvas inside = canvas_frame(&box, ROLE_DIALOG, reading->title);
	pager_draw(&reading->pager, &inside, ROLE_DIALOG, true);
}

static const struct screen_kind reading_kind = {
	.name = "ask-read", .title = N_("Đọc"), .size = sizeof(struct reading), .dialog = true,
	.open = reading_open, .draw = reading_draw, .handle = reading_handle,
};

void ask_read(struct screen *asker, const char *title, const char *text,
              void (*then)(struct screen *, void *data), void *data)
{
	struct reading plan = { .asker = asker, .title = title, .pager.text = text, .then = then,
		                .data = data };
	screen_push(asker->desk, &reading_kind, &plan);
}
