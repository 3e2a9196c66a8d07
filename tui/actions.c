/* SPDX-License-Identifier: Apache-2.0
 *
 * The desk's own actions, there on every screen. */
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk_own.h"
#include "tui/term.h"

static bool free_to_go(const struct screen *screen)
{
	return !screen->kind->lock && !screen->kind->dialog;
}

static bool unlocked(const struct screen *screen)
{
	return !screen->kind->lock;
}

/* A theme by its name in the clerk's language; a house's own by the name of its file. */
static const char *theme_say(const char *name)
{
	static const struct { const char *name, *say; } known[] = { { "dark", N_("tối") }, { "light", N_("sáng") }, { "contrast", N_("tương phản cao") },
		{ "mono", N_("không màu") }, { "linux", N_("màn hình Linux, tám màu") } };
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(known[i].name, name) == 0)
			return _(known[i].say);
	return name;
}

static void help(struct screen *screen)
{
	help_open(screen->desk);
}

static void palette(struct screen *screen)
{
	palette_open(screen->desk);
}

static void next_theme(struct screen *screen)
{
	static const char *const names[] = { "dark", "light", "contrast", "mono", "linux" };
	struct desk *desk = screen->desk;
	struct error err = { 0 };
	size_t at = 0;
	while (at < 4 && strcmp(names[at], desk->theme.name) != 0)
		at++;
	if (desk_theme(desk, names[(at + 1) % 5], &err))
		desk_say(desk, FAULT_NONE, _("Bộ màu: %s"), theme_say(desk->theme.name));
	else
		desk_tell(desk, &err);
}

static void next_composer(struct screen *screen)
{
	struct composer *composer = &screen->desk->composer;
	composer->method = (composer->method + 1) % (COMPOSER_VNI + 1);
	desk_say(screen->desk, FAULT_NONE, "%s",
	         composer->method == COMPOSER_OFF     ? _("Bộ gõ tiếng Việt của chương trình: tắt")
	         : composer->method == COMPOSER_TELEX ? _("Bộ gõ tiếng Việt: Telex")
	                                              : _("Bộ gõ tiếng Việt: VNI"));
}

static void mouse(struct screen *screen)
{
	struct terminal *term = screen->desk->term;
	term_mouse(term, !term_mouse_on(term));
	desk_say(screen->desk, FAULT_NONE, "%s",
	         term_mouse_on(term) ? _("Chuột: bật") : _("Chuột: tắt"));
}

static void redraw(struct screen *screen)
{
	surface_touch(screen->desk->surface);
}

static void suspend(struct screen *screen)
{
	term_suspend(screen->desk->term);
	surface_touch(screen->desk->surface);
}

static void dump(struct screen *screen)
{
	struct desk *desk = screen->desk;
	struct error err = { 0 };
	const char *path = "";
	if (desk_dump(desk, &path, &err))
		desk_say(desk, FAULT_NONE, _("Đã ghi màn hình (che tên, số) vào %s"), path);
	else
		desk_tell(desk, &err);
}

static void quit_asked(struct screen *screen, bool yes, void *data)
{
	(void) data;
	if (yes)
		desk_quit(screen->desk);
}

static void leave(struct screen *screen)
{
	struct desk *desk = screen->desk;
	if (screen->below) {
		screen_pop(screen);
		return;
	}
	bool busy = desk->busy && desk->busy(desk);
	ask_yes(screen,
	        busy ? _("Còn việc chưa lưu sẽ mất. Vẫn thoát chương trình?")
	             : _("Thoát chương trình?"),
	        busy, quit_asked, NULL);
}

const struct action desk_actions[] = {
	{ "help", "F1", N_("Giúp"), N_("Phím và cách làm ở màn hình này"), NULL, help },
	{ "palette", "Ctrl-P", NULL, N_("Tìm mọi việc theo tên"), free_to_go, palette },
	{ "leave", "F10", N_("Ra"), N_("Về màn hình trước; ở màn hình đầu thì thoát"), unlocked,
	  leave },
	{ "composer-next", "Ctrl-Space", NULL, N_("Bộ gõ tiếng Việt: tắt, Telex, VNI"), NULL,
	  next_composer },
	{ "theme-next", "Ctrl-T", NULL, N_("Đổi bộ màu: tối, sáng, tương phản, không màu"), NULL,
	  next_theme },
	{ "mouse", NULL, NULL, N_("Bật hoặc tắt chuột"), NULL, mouse },
	{ "redraw", "Ctrl-L", NULL, N_("Vẽ lại màn hình"), NULL, redraw },
	{ "screen-dump", "F12", NULL, N_("Ghi màn hình ra tệp để nhờ hỗ trợ, tên và số được che"),
	  NULL, dump },
	{ "suspend", "Ctrl-Z", NULL, N_("Tạm dừng, về dòng lệnh"), unlocked, suspend },
	{ 0 },
};
