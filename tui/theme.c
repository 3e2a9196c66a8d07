/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/arena.h"
#include "core/base/path.h"
#include "core/base/say.h"

/* themes/dark.theme, compiled in. */
extern const char theme_builtin[];

static const char *const role_names[] = {
#define X(name, file) file,
	ROLES(X)
#undef X
};
static const char *const colours[] = { "black", "red",     "green", "yellow",
	                               "blue",  "magenta", "cyan",  "white" };
static const char *const attributes[] = { "bold", "reverse", "underline", "dim" };
#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

/* Where a reader stands, for its errors. */
struct place {
	const char *file;
	int line;
	struct error *err;
};

const char *role_name(enum role role)
{
	return role_names[role];
}

static int find(const char *const *names, int count, const char *word, size_t n)
{
	for (int i = 0; i < count; i++)
		if (strlen(names[i]) == n && strncmp(names[i], word, n) == 0)
			return i;
	return -1;
}

static bool wrong(const struct place *place, const char *what, const char *word, size_t n)
{
	fail(place->err, FAULT_INPUT, _("Tệp màu %s:%d: không hiểu “%.*s”."), place->file,
	     place->line, (int)(n > 40 ? 40 : n), word);
	return because(place->err, "%s:%d: %s '%.*s'", place->file, place->line, what,
	               (int)(n > 40 ? 40 : n), word);
}

static const char *skip(const char *text, const char *end)
{
	while (text < end && (*text == ' ' || *text == '\t' || *text == '\r'))
		text++;
	return text;
}

static size_t word_at(const char *text, const char *end)
{
	const char *at = text;
	while (at < end && *at != ' ' && *at != '\t' && *at != '\r')
		at++;
	return (size_t)(at - text);
}

static bool colour(const char *word, size_t n, short most, short *out)
{
	int index = find(colours, COUNT(colours), word, n);
	if (index >= 0 || (n == 7 && strncmp(word, "default", 7) == 0)) {
		*out = (short)index;
		return true;
	}
	int number = 0;
	for (size_t i = 0; i < n; i++) {
		if (word[i] < '0' || word[i] > '9' || number > 255)
			return false;
		number = number * 10 + word[i] - '0';
	}
	*out = (short)number;
	return n > 0 && number <= most;
}

/* One column of a line: "fg bg attributes", or attributes alone for mono. */
static bool read_look(const char *text, const char *end, int depth, struct look *out,
                      const struct place *place)
{
	*out = (struct look){ .fg = -1, .bg = -1 };
	int count = 0;
	for (text = skip(text, end); text < end; count++) {
		size_t n = word_at(text, end);
		if (depth != DEPTH_MONO && count < 2) {
			short most = depth == DEPTH_256 ? 255 : 7;
			if (!colour(text, n, most, count ? &out->bg : &out->fg))
				return wrong(place, "unknown colour", text, n);
		} else {
			int bit = find(attributes, COUNT(attributes), text, n);
			if (bit < 0)
				return wrong(place, "unknown attribute", text, n);
			out->attrs |= 1u << bit;
		}
		text = skip(text + n, end);
	}
	if (depth != DEPTH_MONO && count < 2)
		return wrong(place, "two colours wanted before", end, 0);
	return true;
}

static bool read_line(struct theme *theme, bool *given, const char *text, const char *end,
                      const struct place *place)
{
	text = skip(text, end);
	if (text == end || *text == '#')
		return true;
	const char *comment = memchr(text, '#', (size_t)(end - text));
	end = comment ? comment : end;
	size_t n = word_at(text, end);
	int role = find(role_names, ROLE_COUNT, text, n);
	if (role < 0)
		return wrong(place, "unknown role", text, n);
	if (given[role])
		return wrong(place, "role given twice", text, n);
	given[role] = true;
	text = skip(text + n, end);
	if (text == end || *text != '=')
		return wrong(place, "'=' wanted before", text, (size_t)(end - text));
	text++;
	for (int depth = DEPTH_256; depth >= DEPTH_MONO; depth--) {
		const char *bar = memchr(text, '|', (size_t)(end - text));
		if ((depth == DEPTH_MONO) != (bar == NULL))
			return wrong(place, "three columns wanted: 256 | 8 | mono", text,
			             (size_t)(end - text));
		const char *stop = bar ? bar : end;
		if (!read_look(text, stop, depth, &theme->looks[depth][role], place))
			return false;
		text = bar ? bar + 1 : end;
	}
	return true;
}

static void name_from(struct theme *theme, const char *file)
{
	const char *base = strrchr(file, '/');
	base = base ? base + 1 : file;
	const char *dot = strchr(base, '.');
	snprintf(theme->name, sizeof theme->name, "%.*s",
	         dot ? (int)(dot - base) : (int)strlen(base), base);
}

bool theme_parse(struct theme *theme, const char *text, const char *file, struct error *err)
{
	struct theme read = { .depth = theme->depth };
	struct place place = { .file = file, .err = err };
	bool given[ROLE_COUNT] = { false };
	for (const char *line = text; *line;) {
		const char *end = strchrnul(line, '\n');
		place.line++;
		if (!read_line(&read, given, line, end, &place))
			return false;
		line = *end ? end + 1 : end;
	}
	for (int role = 0; role < ROLE_COUNT; role++)
		if (!given[role])
			return wrong(&place, "role missing", role_names[role],
			             strlen(role_names[role]));
	name_from(&read, file);
	*theme = read;
	return true;
}

bool theme_read(struct theme *theme, const char *path, struct error *err)
{
	struct arena arena = { 0 };
	char *text = NULL;
	bool good = path_read(&arena, path, &text, NULL, err) &&
	            theme_parse(theme, text, path, err);
	arena_free(&arena);
	return good;
}

void theme_default(struct theme *theme)
{
	*theme = (struct theme){ .depth = DEPTH_256 };
	if (!theme_parse(theme, theme_builtin, "dark.theme", NULL))
		abort(); /* a test reads the same file first */
}

const struct look *theme_look(const struct theme *theme, enum role role)
{
	return &theme->looks[theme->depth][role];
}
