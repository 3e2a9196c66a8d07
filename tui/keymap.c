/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/keymap.h"

#include <string.h>

#include "core/base/say.h"
#include "tui/keys.h"
#include "tui/screen.h"

struct reader {
	struct arena *arena;
	const struct action *const *tables;
	const char *file;
	int line;
	struct error *err;
};

static bool wrong(const struct reader *reader, const char *what, const char *word, size_t n)
{
	int shown = (int)(n > 40 ? 40 : n);
	fail(reader->err, FAULT_INPUT, _("Tệp phím %s:%d: không hiểu “%.*s”."), reader->file,
	     reader->line, shown, word);
	return because(reader->err, "%s:%d: %s '%.*s'", reader->file, reader->line, what, shown,
	               word);
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static const char *word_next(const char *text, const char *end, size_t *n)
{
	while (text < end && blank(*text))
		text++;
	const char *at = text;
	while (at < end && !blank(*at))
		at++;
	*n = (size_t)(at - text);
	return text;
}

static const struct action *known(const struct reader *reader, const char *name, size_t n)
{
	for (const struct action *const *table = reader->tables; *table; table++)
		for (const struct action *at = *table; at->name; at++)
			if (strlen(at->name) == n && strncmp(at->name, name, n) == 0)
				return at;
	return NULL;
}

static int chords_read(const char *text, const char *end, struct chord out[BINDINGS],
                       const char **bad, size_t *bad_size)
{
	int count = 0;
	size_t n;
	for (text = word_next(text, end, &n); n; text = word_next(text + n, end, &n)) {
		if (n == 4 && strncmp(text, "none", 4) == 0)
			continue;
		if (count == BINDINGS || !chord_read(text, n, &out[count++])) {
			*bad = text;
			*bad_size = n;
			return -1;
		}
	}
	return count;
}

static bool line_read(struct reader *reader, struct keymap_change **changes, const char *text,
                      const char *end)
{
	size_t n;
	const char *name = word_next(text, end, &n);
	if (!n || *name == '#')
		return true;
	const struct action *action = known(reader, name, n);
	if (!action)
		return wrong(reader, "unknown action", name, n);
	size_t sign;
	const char *equals = word_next(name + n, end, &sign);
	if (sign != 1 || *equals != '=')
		return wrong(reader, "'=' wanted at", equals, (size_t)(end - equals));
	/* A comment begins with "#" behind a blank: "#" itself may be a key. */
	const char *stop = equals + 1;
	while (stop < end && !(*stop == '#' && blank(stop[-1]) && stop + 1 < end && blank(stop[1])))
		stop++;
	struct keymap_change *change = ARENA_NEW(reader->arena, struct keymap_change);
	const char *bad = NULL;
	size_t bad_size = 0;
	change->name = action->name;
	change->count = chords_read(equals + 1, stop, change->chords, &bad, &bad_size);
	if (change->count < 0)
		return wrong(reader, "unknown key, or too many", bad, bad_size);
	change->next = *changes;
	*changes = change;
	return true;
}

bool keymap_parse(struct keymap *keymap, struct arena *arena, const struct action *const *tables,
                  const char *text, const char *file, struct error *err)
{
	struct reader reader = { arena, tables, file, 0, err };
	struct keymap_change *changes = keymap->changes;
	while (*text) {
		const char *end = strchrnul(text, '\n');
		reader.line++;
		if (!line_read(&reader, &changes, text, end))
			return false;
		text = *end ? end + 1 : end;
	}
	keymap->changes = changes;
	return true;
}

int keymap_chords(const struct keymap *keymap, const struct action *action,
                  struct chord out[BINDINGS])
{
	/* The latest change stands first. */
	for (const struct keymap_change *at = keymap->changes; at; at = at->next) {
		if (strcmp(at->name, action->name) != 0)
			continue;
		memcpy(out, at->chords, sizeof at->chords);
		return at->count;
	}
	const char *bad;
	size_t n;
	if (!action->key)
		return 0;
	int count = chords_read(action->key, action->key + strlen(action->key), out, &bad, &n);
	return count < 0 ? 0 : count;
}

bool keymap_hits(const struct keymap *keymap, const struct action *action, struct chord chord)
{
	struct chord chords[BINDINGS];
	int count = keymap_chords(keymap, action, chords);
	for (int i = 0; i < count; i++)
		if (chords[i].key == chord.key && chords[i].mods == chord.mods)
			return true;
	return false;
}

const struct action *keymap_find(const struct keymap *keymap, const struct action *table,
                                 struct chord chord)
{
	for (const struct action *at = table; at && at->name; at++)
		if (keymap_hits(keymap, at, chord))
			return at;
	return NULL;
}

void keymap_write(const struct keymap *keymap, const struct action *const *tables,
                  struct bytes *out)
{
	for (; *tables; tables++) {
		for (const struct action *at = *tables; at->name; at++) {
			struct chord chords[BINDINGS];
			int count = keymap_chords(keymap, at, chords);
			char key[32];
			bytes_text(out, at->name);
			for (size_t n = strlen(at->name); n < 24; n++)
				bytes_byte(out, ' ');
			bytes_text(out, "=");
			for (int i = 0; i < count; i++)
				bytes_format(out, " %s", chord_write(chords[i], key, sizeof key));
			bytes_text(out, count ? "\n" : " none\n");
		}
	}
}
