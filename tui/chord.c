/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys as words in keys files, help and the bar. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/text.h"
#include "tui/keys.h"
#include "tui/keys_own.h"

static const struct {
	const char *name;
	int key;
} names[] = {
	{ "Enter", K_ENTER }, { "Tab", K_TAB },       { "Esc", K_ESC },
	{ "Backspace", K_BACKSPACE }, { "Delete", K_DELETE }, { "Insert", K_INSERT },
	{ "Up", K_UP },       { "Down", K_DOWN },     { "Left", K_LEFT },
	{ "Right", K_RIGHT }, { "Home", K_HOME },     { "End", K_END },
	{ "PgUp", K_PGUP },   { "PgDn", K_PGDN },     { "Space", ' ' },
};
static const struct {
	const char *name;
	int bit;
} modifiers[] = { { "Ctrl-", MOD_CTRL }, { "Alt-", MOD_ALT }, { "Shift-", MOD_SHIFT } };
#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool key_read(const char *text, size_t n, int *out)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		if (strlen(names[i].name) == n && strncasecmp(names[i].name, text, n) == 0) {
			*out = names[i].key;
			return true;
		}
	}
	if (n >= 2 && n <= 3 && (*text == 'F' || *text == 'f')) {
		int number = 0;
		for (size_t i = 1; i < n; i++)
			number = text[i] >= '0' && text[i] <= '9' ? number * 10 + text[i] - '0' : 99;
		*out = K_F1 + number - 1;
		return number >= 1 && number <= 12;
	}
	uint32_t point = (unsigned char)*text;
	size_t length = n ? utf8_length((unsigned char)*text) : 0;
	if (!length || length != n || !text_valid(text, n) || point <= ' ' || point == 0x7f)
		return false;
	point = length == 1 ? point : point & (0x7fu >> length);
	for (size_t i = 1; i < length; i++)
		point = point << 6 | ((unsigned char)text[i] & 0x3f);
	*out = (int)point;
	return true;
}

bool chord_read(const char *text, size_t n, struct chord *out)
{
	struct chord chord = { 0 };
	for (size_t i = 0; i < COUNT(modifiers);) {
		size_t length = strlen(modifiers[i].name);
		if (n <= length || strncasecmp(text, modifiers[i].name, length) != 0) {
			i++;
			continue;
		}
		chord.mods |= modifiers[i].bit;
		text += length;
		n -= length;
		i = 0;
	}
	if (!key_read(text, n, &chord.key))
		return false;
	if (chord.mods == MOD_ALT && chord.key >= '0' && chord.key <= '9')
		chord = (struct chord){ chord.key == '0' ? K_F10 : K_F1 + chord.key - '1', 0 };
	if ((chord.mods & (MOD_ALT | MOD_CTRL)) && chord.key >= 'A' && chord.key <= 'Z')
		chord.key += 'a' - 'A';
	/* What terminals send as one byte is one key. */
	if (chord.mods == MOD_CTRL && chord.key < 0x80 && strchr("mijh[", chord.key))
		return false;
	*out = chord;
	return true;
}

static void point_write(int point, char out[5])
{
	if (point < 0x80) {
		snprintf(out, 5, "%c", point);
	} else if (point < 0x800) {
		snprintf(out, 5, "%c%c", 0xc0 | point >> 6, 0x80 | (point & 0x3f));
	} else {
		snprintf(out, 5, "%c%c%c", 0xe0 | point >> 12, 0x80 | (point >> 6 & 0x3f),
		         0x80 | (point & 0x3f));
	}
}

char *chord_write(struct chord chord, char *out, size_t room)
{
	char key[16] = "";
	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].key == chord.key)
			snprintf(key, sizeof key, "%s", names[i].name);
	if (chord.key >= K_F1 && chord.key <= K_F12)
		snprintf(key, sizeof key, "F%d", chord.key - K_F1 + 1);
	bool big = (chord.mods & (MOD_CTRL | MOD_ALT)) && chord.key >= 'a' && chord.key <= 'z';
	if (!*key && chord.key < K_SPECIAL)
		point_write(big ? chord.key - 'a' + 'A' : chord.key, key);
	snprintf(out, room, "%s%s%s%s", chord.mods & MOD_CTRL ? "Ctrl-" : "",
	         chord.mods & MOD_ALT ? "Alt-" : "", chord.mods & MOD_SHIFT ? "Shift-" : "", key);
	return out;
}

bool chord_of(const struct event *event, struct chord *out)
{
	if (event->kind == EVENT_KEY) {
		*out = event->chord;
		return true;
	}
	if (event->kind != EVENT_TEXT)
		return false;
	if (event->size == 1 && *event->text == ' ') {
		*out = (struct chord){ ' ', 0 };
		return true;
	}
	*out = (struct chord){ 0 };
	return key_read(event->text, event->size, &out->key);
}
