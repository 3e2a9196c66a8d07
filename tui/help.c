/* SPDX-License-Identifier: Apache-2.0
 *
 * Help, made from the action tables: it cannot differ from what the keys do. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk_own.h"
#include "tui/pager.h"

#define KEY_COLUMNS 18

static void pad(struct bytes *out, const char *text, int columns)
{
	bytes_text(out, text);
	for (int n = text_columns(text); n < columns; n++)
		bytes_byte(out, ' ');
}

static void add_action(struct bytes *out, const struct desk *desk, const struct action *action)
{
	struct chord chords[BINDINGS];
	struct bytes keys = { 0 };
	char key[32];
	int count = keymap_chords(&desk->keymap, action, chords);
	for (int i = 0; i < count; i++)
		bytes_format(&keys, "%s%s", i ? ", " : "", chord_write(chords[i], key, sizeof key));
	bytes_text(out, "  ");
	pad(out, count ? bytes_string(&keys) : "—", KEY_COLUMNS - 2);
	if (action->label)
		bytes_format(out, "%s%s", _(action->label), action->help ? ": " : "");
	bytes_format(out, "%s\n", action->help ? _(action->help) : "");
	bytes_free(&keys);
}

static void add_table(struct bytes *out, const struct desk *desk, const char *title,
                      const struct action *table)
{
	if (!table || !table->name)
		return;
	bytes_format(out, "\n%s\n", title);
	for (; table->name; table++)
		add_action(out, desk, table);
}

static void add_hand(struct bytes *out)
{
	static const struct {
		const char *keys, *what;
	} hand[] = {
		{ "Tab, Enter, ↓", N_("sang ô sau") },
		{ "Shift-Tab, ↑", N_("về ô trước") },
		{ "Ctrl-←, Ctrl-→", N_("từng từ; Ctrl-W xoá từ, Ctrl-U xoá tới đầu ô") },
		{ "Ctrl-_", N_("lấy lại chữ vừa xoá hoặc sửa") },
		{ "Alt-1 … Alt-0", N_("thay F1 … F10; Esc rồi số cũng vậy") },
		{ "Esc", N_("thôi, về màn hình trước") },
		{ "máy quét", N_("quét thẻ hay giấy hẹn lúc nào cũng được, ở ô nào cũng được") },
	};
	bytes_format(out, "\n%s\n", _("Bàn tay"));
	for (size_t i = 0; i < sizeof hand / sizeof *hand; i++) {
		bytes_text(out, "  ");
		pad(out, hand[i].keys, KEY_COLUMNS - 2);
		bytes_format(out, "%s\n", _(hand[i].what));
	}
}

static void open(struct screen *screen, const void *argument)
{
	const struct screen *of = argument;
	struct pager *pager = screen->state;
	struct bytes out = { 0 };
	screen->title = arena_format(&screen->arena, _("Giúp: %s"), _(of->kind->title));
	if (of->kind->help)
		bytes_format(&out, "%s\n", _(of->kind->help));
	add_table(&out, screen->desk, _("Ở màn hình này"), of->kind->actions);
	if (!of->kind->dialog && !of->kind->lock)
		add_table(&out, screen->desk, _("Ở mọi màn hình"), screen->desk->common);
	add_table(&out, screen->desk, _("Chương trình"), desk_actions);
	add_hand(&out);
	const char *text = bytes_string(&out);
	pager->text = arena_string(&screen->arena, text + strspn(text, "\n"));
	bytes_free(&out);
}

static bool handle(struct screen *screen, const struct event *event)
{
	if (event_is(event, K_F1, 0) || event_is(event, K_ENTER, 0)) {
		screen_pop(screen);
		return true;
	}
	return pager_handle(screen->state, event);
}

static void draw(const struct screen *screen, struct canvas *body)
{
	struct canvas part = canvas_part(body, 0, 1, body->rows, body->cols - 1);
	pager_draw(screen->state, &part, ROLE_TEXT, true);
}

static const struct screen_kind help_kind = {
	.name = "help", .title = N_("Giúp"), .size = sizeof(struct pager),
	.open = open, .draw = draw, .handle = handle,
};

void help_open(struct desk *desk)
{
	if (desk->top && desk->top->kind != &help_kind)
		screen_push(desk, &help_kind, desk->top);
}
