/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/ask_pin.h"

#include <string.h>

#include "core/base/say.h"
#include "tui/desk.h"

struct asking_pin {
	struct screen *asker;
	const char *question;
	struct pin pin;
	int typed;      /* characters */
	void (*then)(struct screen *, struct pin *, void *);
	void *data;
};

static void pin_open(struct screen *screen, const void *argument)
{
	struct asking_pin *asking = screen->state;
	*asking = *(const struct asking_pin *)argument;
	asking->question = arena_string(&screen->arena, asking->question);
}

static void pin_close(struct screen *screen)
{
	pin_drop(&((struct asking_pin *)screen->state)->pin);
}

static void answer(struct screen *screen, bool given)
{
	struct asking_pin *asking = screen->state;
	struct pin pin = asking->pin;
	asking->pin = (struct pin){ 0 };
	screen_pop(screen);
	asking->then(asking->asker, given ? &pin : NULL, asking->data);
	pin_drop(&pin);
}

/* PINs are of printable ASCII; the composer never sees them. */
static void type(struct asking_pin *asking, const char *text)
{
	for (; *text; text++)
		if (*text > ' ' && *text <= '~' && asking->pin.size < PIN_MOST && pin_add(&asking->pin, text, 1))
			asking->typed++;
}

static bool pin_handle(struct screen *screen, const struct event *event)
{
	struct asking_pin *asking = screen->state;
	if (event_is(event, K_ESC, 0)) {
		answer(screen, false);
		return true;
	}
	if (event_is(event, K_ENTER, 0)) {
		if (asking->typed)
			answer(screen, true);
		return true;
	}
	if (event->kind == EVENT_TEXT || event->kind == EVENT_PASTE)
		type(asking, event->text);
	else if (event_is(event, K_BACKSPACE, 0))
		asking->typed -= pin_back(&asking->pin);
	else
		return false;
	screen_dirty(screen);
	return true;
}

static void pin_draw(const struct screen *screen, struct canvas *body)
{
	const struct asking_pin *asking = screen->state;
	int cols = body->cols > 76 ? 72 : body->cols - 2;
	struct canvas none = canvas_part(body, 0, 0, 0, 0);
	int lines = canvas_lines(&none, 0, 0, cols - 4, ROLE_DIALOG, asking->question);
	int rows = lines + 6 > body->rows ? body->rows : lines + 6;
	struct canvas box = canvas_part(body, (body->rows - rows) / 2, (body->cols - cols) / 2, rows, cols);
	struct canvas inside = canvas_frame(&box, ROLE_DIALOG, _("PIN của USB ký số"));
	canvas_lines(&inside, 0, 0, inside.cols, ROLE_DIALOG, asking->question);
	int at = lines + 2 < inside.rows ? lines + 1 : inside.rows - 2;
	at = at < 0 ? 0 : at;
	int shown = asking->typed < inside.cols - 1 ? asking->typed : inside.cols - 1;
	canvas_fill(&inside, at, 0, 1, inside.cols, ROLE_FOCUS);
	for (int i = 0; i < shown; i++)
		canvas_text(&inside, at, i, ROLE_FOCUS, "•");
	canvas_cursor(&inside, at, shown);
	canvas_text(&inside, at + 1, 0, ROLE_DIALOG, _("Enter ký   Esc thôi"));
}

static const struct screen_kind pin_kind = {
	.name = "ask-pin", .title = N_("PIN của USB ký số"), .size = sizeof(struct asking_pin), .dialog = true,
	.open = pin_open, .draw = pin_draw, .handle = pin_handle, .close = pin_close,
};

bool ask_pin(struct screen *asker, const char *question, void (*then)(struct screen *, struct pin *pin, void *data),
             void *data, struct error *err)
{
	struct asking_pin plan = { .asker = asker, .question = question, .then = then, .data = data };
	if (!pin_hold(&plan.pin, err))
		return false;
	screen_push(asker->desk, &pin_kind, &plan);
	return true;
}
