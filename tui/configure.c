/* SPDX-License-Identifier: Apache-2.0
 *
 * The desk's settings, and its dump for support. */
#include <stdio.h>
#include <string.h>

#include "core/base/config.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk_own.h"
#include "tui/term.h"

#define SECTION   "counter"
#define LOG_LINES 200

bool desk_theme(struct desk *desk, const char *name, struct error *err)
{
	struct arena scratch = { 0 };
	const char *share = desk->paths ? desk->paths->share : MOTCUA_SOURCE;
	/* A name is one of ours; a path is the administrator's. */
	const char *path = strchr(name, '/')
	                           ? name
	                           : arena_format(&scratch, "%s/themes/%s.theme", share, name);
	bool good = theme_read(&desk->theme, path, err);
	if (good) {
		term_theme(desk->term, &desk->theme);
		surface_touch(desk->surface);
		desk_dirty(desk);
	}
	arena_free(&scratch);
	return good;
}

static bool read_keys(struct desk *desk, const char *path, struct error *err)
{
	static const struct action *const own[] = { desk_actions, NULL };
	char *text = NULL;
	if (!path)
		return true;
	return path_read(&desk->arena, path, &text, NULL, err) &&
	       keymap_parse(&desk->keymap, &desk->arena, desk->tables ? desk->tables : own, text,
	                    path, err);
}

static bool read_composer(struct desk *desk, struct error *err)
{
	static const char *const names[] = { "off", "telex", "vni" };
	const char *name = config_text(desk->config, SECTION, "composer", "off");
	desk->composer.old_style = config_flag(desk->config, SECTION, "old_tones", false);
	for (int i = 0; i < 3; i++) {
		if (strcmp(name, names[i]) == 0) {
			desk->composer.method = (enum composer_method)i;
			return true;
		}
	}
	return fail(err, FAULT_INPUT, _("Cấu hình composer = %s: phải là off, telex hoặc vni."),
	            name);
}

static void serial_event(struct serial *serial, const struct event *event)
{
	desk_event(serial->owner, event);
}

bool desk_configure(struct desk *desk, struct error *err)
{
	const struct config *config = desk->config;
	const char *theme = term_console(desk->term) ? "linux" : "dark";
	long esc, minutes;
	if (!config)
		return desk_theme(desk, theme, err);
	if (!desk_theme(desk, config_text(config, SECTION, "theme", theme), err) ||
	    !read_keys(desk, config_text(config, SECTION, "keys", NULL), err) ||
	    !read_composer(desk, err) ||
	    !config_number(config, SECTION, "esc_ms", KEYS_ESC, 1, 2000, &esc, err) ||
	    !config_number(config, SECTION, "idle_minutes", 10, 0, 600, &minutes, err))
		return false;
	desk->keys.esc_ms = (int)esc;
	desk->idle_ms = minutes * 60000;
	term_mouse(desk->term, config_flag(config, SECTION, "mouse", false));
	const char *scanner = config_text(config, SECTION, "scanner", NULL);
	struct error away = { 0 };
	if (scanner && *scanner &&
	    !serial_start(&desk->serial, desk->loop, scanner, serial_event, desk, &away))
		desk_tell(desk, &away);
	return true;
}

/* Numbers of nine digits and more are nobody's business in a support mail. */
static void hide_numbers(char *text)
{
	for (char *at = text; *at;) {
		size_t n = strspn(at, "0123456789");
		if (n >= 9)
			memset(at + 4, 'x', n - 6);
		at += n ? n : 1;
	}
}

static void add_log(struct bytes *out, struct arena *arena, const char *path)
{
	char *text = NULL;
	size_t size = 0;
	if (!path || !path_read(arena, path, &text, &size, NULL))
		return;
	const char *from = text + size;
	for (int lines = 0; from > text; from--)
		if (from[-1] == '\n' && ++lines > LOG_LINES)
			break;
	bytes_text(out, "\n");
	bytes_text(out, from);
}

bool desk_dump(struct desk *desk, const char **path, struct error *err)
{
	struct arena scratch = { 0 };
	struct bytes out = { 0 };
	char row[4096], stamp[32];
	moment_write_wire(desk_now(desk), stamp, sizeof stamp);
	bytes_format(&out, "motcua %s, %s, screen %s, %dx%d, theme %s\n", MOTCUA_VERSION, stamp,
	             desk->top ? desk->top->kind->name : "-", surface_rows(desk->surface),
	             surface_cols(desk->surface), desk->theme.name);
	for (int i = 0; i < surface_rows(desk->surface); i++) {
		surface_row(desk->surface, i, true, row, sizeof row);
		hide_numbers(row);
		bytes_format(&out, "%s\n", row);
	}
	add_log(&out, &scratch, desk->log);
	const char *folder = desk->paths ? desk->paths->data : "/tmp";
	const char *name = arena_format(&desk->arena, "%s/screen-%s.txt", folder, stamp);
	bool good = path_write(name, out.data, out.size, 0600, err);
	if (good && path)
		*path = name;
	bytes_free(&out);
	arena_free(&scratch);
	return good;
}
