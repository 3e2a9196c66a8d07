/* SPDX-License-Identifier: Apache-2.0
 *
 * Every action by its name: type a few letters without marks, Enter.
 *
 * ┌ Tìm việc ────────────────────┐
 * │ tra ho                       │
 * │ > F8        Trả hồ sơ …      │
 * └──────────────────────────────┘ */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk_own.h"
#include "tui/field.h"
#include "tui/list.h"

#define MOST 200
#define WHOLE 4 /* rows under the list for the chosen one, uncut */

struct entry {
	const struct action *action;
	const char *key, *name, *folded;
	bool may;
};
struct palette {
	struct field query;
	struct list list;
	struct entry *entries;
	int count;
	int shown[MOST]; /* indices of the entries that match */
	const struct screen *of;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct palette *palette = owner;
	const struct entry *entry = &palette->entries[palette->shown[row]];
	out->role = entry->may ? ROLE_DIALOG : ROLE_OFF;
	out->text = column ? entry->name : entry->key;
}

/* 0: begins with these very words, 1: says them one after another, 2: somewhere. */
static int nearness(const char *name, const char *words)
{
	const char *at = strstr(name, words);
	return !at ? 2 : at != name;
}

static void filter(struct palette *palette)
{
	char folded[256];
	int count = 0;
	text_fold(palette->query.text, folded, sizeof folded);
	for (int pass = 0; pass < 3; pass++)
		for (int i = 0; i < palette->count; i++)
			if (text_has_words(palette->entries[i].folded, folded) && nearness(palette->entries[i].folded, folded) == pass)
				palette->shown[count++] = i;
	palette->list.at = 0;
	list_set_count(&palette->list, count);
}

static struct entry entry_of(struct screen *screen, const struct screen *of,
                             const struct action *action)
{
	struct chord chords[BINDINGS];
	char key[32] = "";
	if (keymap_chords(&screen->desk->keymap, action, chords))
		chord_write(chords[0], key, sizeof key);
	bool may = !action->may || action->may(of);
	const char *label = action->label ? _(action->label) : "";
	const char *help = action->help ? _(action->help) : "";
	const char *name = arena_format(&screen->arena, "%s%s%s%s", label,
	                                *label && *help ? ": " : "", help,
	                                may ? "" : _(" (chưa làm được)"));
	const char *all = arena_format(&screen->arena, "%s %s", name, action->name);
	return (struct entry){ action, arena_string(&screen->arena, key), name,
		               text_fold_new(&screen->arena, all), may };
}

static void open(struct screen *screen, const void *argument)
{
	static const struct list_column columns[] = { { "", 10, false, 0 }, { "", 0, false, 0 },
		                                      { 0 } };
	const struct action *const *tables = argument;
	struct palette *palette = screen->state;
	palette->of = screen->below;
	palette->entries = ARENA_MANY(&screen->arena, struct entry, MOST);
	for (; *tables; tables++)
		for (const struct action *at = *tables; at->name && palette->count < MOST; at++)
			if (strcmp(at->name, "palette") != 0)
				palette->entries[palette->count++] =
					entry_of(screen, palette->of, at);
	field_init(&palette->query, &screen->arena, NULL);
	palette->query.max = 60;
	palette->list = (struct list){ .columns = columns, .cell = cell, .owner = palette,
		                       .headless = true, .empty = _("Không có việc nào như vậy.") };
	filter(palette);
}

static bool handle(struct screen *screen, const struct event *event)
{
	struct palette *palette = screen->state;
	struct desk *desk = screen->desk;
	if (event_is(event, K_ENTER, 0)) {
		if (!palette->list.count)
			return true;
		const struct action *action = palette->entries[palette->shown[palette->list.at]].action;
		screen_pop(screen);
		desk_act(desk, action);
		return true;
	}
	if (!event_is(event, K_HOME, 0) && !event_is(event, K_END, 0) &&
	    list_handle(&palette->list, event))
		return true;
	if (!field_handle(&palette->query, event))
		return false;
	if (palette->query.changed)
		filter(palette);
	palette->query.changed = false;
	return true;
}

static void draw(const struct screen *screen, struct canvas *body)
{
	struct palette *palette = screen->state;
	int cols = body->cols > 80 ? 76 : body->cols - 4;
	int rows = body->rows > 18 ? 18 : body->rows;
	struct canvas box = canvas_part(body, 0, (body->cols - cols) / 2, rows, cols);
	struct canvas inside = canvas_frame(&box, ROLE_DIALOG, _("Tìm việc"));
	int whole = inside.rows > 12 ? WHOLE : 0;
	struct canvas list = canvas_part(&inside, 1, 0, inside.rows - 1 - whole, inside.cols);
	list_draw(&palette->list, &list, false);
	if (whole && palette->list.count) {
		struct canvas part = canvas_part(&inside, inside.rows - whole + 1, 1, whole - 1, inside.cols - 1);
		canvas_lines(&part, 0, 0, part.cols, ROLE_DIALOG, palette->entries[palette->shown[palette->list.at]].name);
	}
	field_draw(&palette->query, &inside, 0, 0, inside.cols, true);
}

static const struct screen_kind palette_kind = {
	.name = "palette", .title = N_("Tìm việc"), .size = sizeof(struct palette), .dialog = true,
	.open = open, .draw = draw, .handle = handle,
};

void palette_open(struct desk *desk)
{
	const struct action *tables[4];
	desk_tables(desk, tables);
	screen_push(desk, &palette_kind, tables);
}
