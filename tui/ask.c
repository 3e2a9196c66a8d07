/* SPDX-License-Identifier: Apache-2.0
 *
 * ┌ Hỏi ─────────────────────────┐
 * │ Thoát chương trình?          │
 * │                              │
 * │ > Có                         │
 * │   Không                      │
 * └──────────────────────────────┘ */
#include "tui/ask.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk.h"
#include "tui/list.h"

struct choosing {
	struct screen *asker;
	const char *question;
	const char **names;
	struct list list;
	void (*yes_no)(struct screen *, bool, void *);
	void (*chosen)(struct screen *, int, void *);
	void *data;
};

/* What ask_yes and ask_choice hand to open. */
struct plan {
	struct screen *asker;
	const char *question;
	const char *const *names;
	int count, first;
	void (*yes_no)(struct screen *, bool, void *);
	void (*chosen)(struct screen *, int, void *);
	void *data;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct choosing *choosing = owner;
	(void) column;
	out->text = choosing->names[row];
	out->role = ROLE_DIALOG;
}

static void open(struct screen *screen, const void *argument)
{
	static const struct list_column columns[] = { { "", 0, false, 0 }, { 0 } };
	const struct plan *plan = argument;
	struct choosing *choosing = screen->state;
	choosing->asker = plan->asker;
	choosing->question = arena_string(&screen->arena, plan->question);
	choosing->names = ARENA_MANY(&screen->arena, const char *, plan->count);
	for (int i = 0; i < plan->count; i++)
		choosing->names[i] = arena_string(&screen->arena, plan->names[i]);
	choosing->list = (struct list){ .columns = columns, .cell = cell, .owner = choosing,
		                        .headless = true, .at = plan->first };
	list_set_count(&choosing->list, plan->count);
	choosing->yes_no = plan->yes_no;
	choosing->chosen = plan->chosen;
	choosing->data = plan->data;
}

static void answer(struct screen *screen, int choice)
{
	/* The dialog's memory lives until the next wait. */
	const struct choosing *choosing = screen->state;
	screen_pop(screen);
	if (choosing->yes_no)
		choosing->yes_no(choosing->asker, choice == 0, choosing->data);
	else
		choosing->chosen(choosing->asker, choice, choosing->data);
}

static bool by_letter(struct screen *screen, const char *typed)
{
	struct choosing *choosing = screen->state;
	char want[16], name[256];
	if (!text_fold(typed, want, sizeof want) || !*want || *want == ' ')
		return false;
	for (int i = 0; i < choosing->list.count; i++) {
		text_fold(choosing->names[i], name, sizeof name);
		if (strncmp(name, want, strlen(want)) != 0)
			continue;
		answer(screen, i);
		return true;
	}
	return false;
}

static bool handle(struct screen *screen, const struct event *event)
{
	struct choosing *choosing = screen->state;
	int before = choosing->list.at;
	if (event_is(event, K_ESC, 0))
		answer(screen, -1);
	else if (event_is(event, K_ENTER, 0) && choosing->list.count)
		answer(screen, choosing->list.at);
	else if (event->kind == EVENT_TEXT)
		return by_letter(screen, event->text) || true;
	else if (!list_handle(&choosing->list, event))
		return event->kind != EVENT_KEY;
	else if (event->kind == EVENT_MOUSE && event->button == MOUSE_LEFT &&
	         choosing->list.at == before)
		answer(screen, before); /* a second click on the same row */
	return true;
}

/* As wide as the longest choice wants, so that none is cut that need not be. */
static int width_of(const struct choosing *choosing, int room)
{
	int cols = 64, most = room - 4;
	for (int i = 0; i < choosing->list.count; i++) {
		int need = canvas_fit(choosing->names[i], 1000, NULL) + 8;
		cols = need > cols ? need : cols;
	}
	return cols < most ? cols : most;
}

static void draw(const struct screen *screen, struct canvas *body)
{
	struct choosing *choosing = screen->state;
	int cols = width_of(choosing, body->cols);
	struct canvas none = canvas_part(body, 0, 0, 0, 0);
	int lines = canvas_lines(&none, 0, 0, cols - 4, ROLE_DIALOG, choosing->question);
	int rows = lines + choosing->list.count + 3;
	rows = rows > body->rows ? body->rows : rows;
	struct canvas box = canvas_part(body, (body->rows - rows) / 2, (body->cols - cols) / 2, rows,
	                                cols);
	struct canvas inside = canvas_frame(&box, ROLE_DIALOG, _("Hỏi"));
	canvas_lines(&inside, 0, 0, inside.cols, ROLE_DIALOG, choosing->question);
	int from = lines + 1 < inside.rows ? lines + 1 : inside.rows - 1;
	struct canvas part = canvas_part(&inside, from, 0, inside.rows - from, inside.cols);
	list_draw(&choosing->list, &part, true);
}

static const struct screen_kind choosing_kind = {
	.name = "ask", .title = N_("Hỏi"), .size = sizeof(struct choosing), .dialog = true,
	.open = open, .draw = draw, .handle = handle,
};

void ask_yes(struct screen *asker, const char *question, bool careful,
             void (*then)(struct screen *, bool yes, void *data), void *data)
{
	const char *const names[] = { _("Có"), _("Không") };
	struct plan plan = { .asker = asker, .question = question, .names = names, .count = 2,
		             .first = careful, .yes_no = then, .data = data };
	screen_push(asker->desk, &choosing_kind, &plan);
}

void ask_choice(struct screen *asker, const char *question, const char *const *choices,
                int count, int first, void (*then)(struct screen *, int choice, void *data),
                void *data)
{
	struct plan plan = { .asker = asker, .question = question, .names = choices,
		             .count = count, .first = first, .chosen = then, .data = data };
	screen_push(asker->desk, &choosing_kind, &plan);
}
