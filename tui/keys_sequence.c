/* SPDX-License-Identifier: Apache-2.0
 *
 * Escape sequences and UTF-8: the tables of what terminals send. */
#include <stdlib.h>
#include <string.h>

#include "tui/keys_own.h"

#define ESC 0x1b

/* CSI <final>, and SS3 <final>: xterm, PuTTY, rxvt. */
static const struct {
	char final;
	int key, mods;
} letters[] = {
	{ 'A', K_UP, 0 },     { 'B', K_DOWN, 0 }, { 'C', K_RIGHT, 0 },
	{ 'D', K_LEFT, 0 },   { 'H', K_HOME, 0 }, { 'F', K_END, 0 },
	{ 'P', K_F1, 0 },     { 'Q', K_F2, 0 },   { 'R', K_F3, 0 },
	{ 'S', K_F4, 0 },     { 'M', K_ENTER, 0 },
	{ 'a', K_UP, MOD_SHIFT },    { 'b', K_DOWN, MOD_SHIFT },
	{ 'c', K_RIGHT, MOD_SHIFT }, { 'd', K_LEFT, MOD_SHIFT },
};

/* CSI <number> ~ */
static const struct {
	int number, key;
} numbers[] = {
	{ 1, K_HOME }, { 2, K_INSERT }, { 3, K_DELETE }, { 4, K_END }, { 5, K_PGUP },
	{ 6, K_PGDN }, { 7, K_HOME },   { 8, K_END },    { 11, K_F1 }, { 12, K_F2 },
	{ 13, K_F3 },  { 14, K_F4 },    { 15, K_F5 },    { 17, K_F6 }, { 18, K_F7 },
	{ 19, K_F8 },  { 20, K_F9 },    { 21, K_F10 },   { 23, K_F11 }, { 24, K_F12 },
};
#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Application keypad: SS3 j … SS3 y. */
static const char keypad[] = "*+,-./0123456789";

size_t utf8_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead < 0xe0)
		return 2;
	if (lead >= 0xe0 && lead < 0xf0)
		return 3;
	return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

/* xterm's parameter: 1 + shift 1 + alt 2 + ctrl 4 (+ meta 8). */
static int modifiers(int parameter)
{
	int bits = parameter > 1 ? parameter - 1 : 0;
	return (bits & 1 ? MOD_SHIFT : 0) | (bits & 2 || bits & 8 ? MOD_ALT : 0) |
	       (bits & 4 ? MOD_CTRL : 0);
}

static void give_character(struct keys *keys, int code, int mods)
{
	static const struct {
		int code, key;
	} named[] = { { 13, K_ENTER }, { 9, K_TAB }, { 27, K_ESC }, { 127, K_BACKSPACE },
		      { 8, K_BACKSPACE } };
	for (size_t i = 0; i < COUNT(named); i++) {
		if (named[i].code == code) {
			keys_give_key(keys, named[i].key, mods);
			return;
		}
	}
	if (code >= 'A' && code <= 'Z') {
		code += 'a' - 'A';
		mods |= MOD_SHIFT;
	}
	if (code > ' ' && code < K_SPECIAL && (mods & (MOD_CTRL | MOD_ALT)))
		keys_give_key(keys, code, mods);
}

static void give_letter(struct keys *keys, char final, int mods)
{
	for (size_t i = 0; i < COUNT(letters); i++)
		if (letters[i].final == final)
			keys_give_key(keys, letters[i].key, mods | letters[i].mods);
}

static void give_number(struct keys *keys, int number, int mods)
{
	/* rxvt and the console shift F1…F10 to 25…34. */
	static const int shifted[] = { 25, 26, 28, 29, 31, 32, 33, 34 };
	if (number == 200) {
		keys_begin(keys, KEYS_IN_PASTE);
		return;
	}
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (numbers[i].number == number)
			keys_give_key(keys, numbers[i].key, mods);
	for (size_t i = 0; i < COUNT(shifted); i++)
		if (shifted[i] == number)
			keys_give_key(keys, K_F1 + (int)i, mods | MOD_SHIFT);
}

static int parameters(const char *text, int out[4])
{
	int count = 0;
	for (; count < 4; text++) {
		char *end;
		long value = strtol(text, &end, 10);
		out[count++] = value < 0 || value > 0x10ffff ? 0 : (int)value;
		text = end;
		if (*text == ':') /* sub-parameters: the first counts */
			text += strspn(text, ":0123456789");
		if (*text != ';')
			break;
	}
	return count;
}

/* CSI < button ; column ; row M or m (released) */
static void give_mouse(struct keys *keys, const char *text, char final)
{
	int at[4] = { 0 };
	if (parameters(text, at) < 3 || final != 'M' || at[0] & 32)
		return;
	int button = at[0] & 64 ? MOUSE_WHEEL_UP + (at[0] & 1) : MOUSE_LEFT + (at[0] & 3);
	struct event event = { .kind = EVENT_MOUSE, .text = "", .button = button };
	event.chord.mods = (at[0] & 4 ? MOD_SHIFT : 0) | (at[0] & 8 ? MOD_ALT : 0) |
	                   (at[0] & 16 ? MOD_CTRL : 0);
	event.col = at[1] > 0 ? at[1] - 1 : 0;
	event.row = at[2] > 0 ? at[2] - 1 : 0;
	if (at[0] & 64 || (at[0] & 3) != 3) /* 3: some button was let go */
		keys->give(keys, &event);
}

/* A whole CSI sequence: text is what stands between "ESC [" and final. */
static void give_csi(struct keys *keys, const char *text, char final)
{
	int at[4] = { 0 };
	if (*text == '<') {
		give_mouse(keys, text + 1, final);
		return;
	}
	if (*text == '[') { /* the Linux console: ESC [ [ A … E */
		if (final >= 'A' && final <= 'E')
			keys_give_key(keys, K_F1 + final - 'A', 0);
		return;
	}
	if (*text && !strchr("0123456789;", *text))
		return; /* a private answer nobody asked for */
	int count = parameters(text, at);
	int mods = modifiers(count > 1 ? at[1] : 0);
	switch (final) {
	case '~':
		if (at[0] == 27 && count > 2)
			give_character(keys, at[2], mods);
		else
			give_number(keys, at[0], mods);
		break;
	case '$': give_number(keys, at[0], MOD_SHIFT); break;
	case '^': give_number(keys, at[0], MOD_CTRL); break;
	case '@': give_number(keys, at[0], MOD_CTRL | MOD_SHIFT); break;
	case 'u': give_character(keys, at[0], mods); break;
	case 'Z': keys_give_key(keys, K_TAB, MOD_SHIFT); break;
	default:  give_letter(keys, final, mods); break;
	}
}

static void csi(struct keys *keys, unsigned char byte)
{
	size_t n = keys->waiting;
	bool console = n == 3 && keys->wait[2] == '[';
	bool inside = (byte >= 0x20 && byte < 0x40 && byte != '$') || (n == 2 && byte == '[');
	if (!console && inside) {
		if (n < sizeof keys->wait - 1)
			keys->wait[keys->waiting++] = (char)byte;
		return;
	}
	char text[sizeof keys->wait];
	memcpy(text, keys->wait + 2, n - 2);
	text[n - 2] = '\0';
	keys->waiting = 0;
	if (byte < 0x20 || byte >= 0x7f)
		keys_ground(keys, byte, KEYS_GAP + 1); /* torn: begin anew with this byte */
	else
		give_csi(keys, text, (char)byte);
}

static void ss3(struct keys *keys, unsigned char byte)
{
	if (byte >= '1' && byte <= '8' && keys->waiting == 2) {
		keys->wait[keys->waiting++] = (char)byte; /* old xterm: ESC O 5 P */
		return;
	}
	int mods = keys->waiting > 2 ? modifiers(keys->wait[2] - '0') : 0;
	keys->waiting = 0;
	if (byte >= 'j' && byte <= 'y')
		keys_give_typed(keys, &keypad[byte - 'j'], 1);
	else if (byte >= 'a' && byte <= 'd') /* rxvt: Ctrl and an arrow */
		give_letter(keys, (char)(byte - 'a' + 'A'), MOD_CTRL);
	else if (byte < 0x20 || byte >= 0x7f)
		keys_ground(keys, byte, KEYS_GAP + 1);
	else
		give_letter(keys, (char)byte, mods);
}

/* ESC and one byte: Alt and a key, or Esc digit for an F-key. */
static void alt(struct keys *keys, unsigned char byte)
{
	if (byte == '[' || byte == 'O') {
		keys->wait[keys->waiting++] = (char)byte;
		return;
	}
	if (byte == ESC) { /* the first was the key; the second may begin anything */
		keys_give_key(keys, K_ESC, 0);
		return;
	}
	keys->waiting = 0;
	if (byte >= '0' && byte <= '9')
		keys_give_key(keys, byte == '0' ? K_F10 : K_F1 + byte - '1', 0);
	else if (byte == '\r' || byte == '\n' || byte == '\t' || byte == 0x7f || byte == 0x08)
		give_character(keys, byte == '\n' ? '\r' : byte, MOD_ALT);
	else if (byte < 0x20)
		keys_give_key(keys, byte ? byte + 'a' - 1 : ' ', MOD_ALT | MOD_CTRL);
	else if (byte < 0x80)
		give_character(keys, byte, MOD_ALT);
	else
		keys_ground(keys, byte, KEYS_GAP + 1); /* Alt and a letter with a mark: the letter */
}

static void character(struct keys *keys, unsigned char byte)
{
	if ((byte & 0xc0) != 0x80) { /* broken off: drop it */
		keys->waiting = 0;
		keys_ground(keys, byte, KEYS_GAP + 1);
		return;
	}
	keys->wait[keys->waiting++] = (char)byte;
	if (keys->waiting < utf8_length((unsigned char)keys->wait[0]))
		return;
	char whole[4];
	size_t n = keys->waiting;
	memcpy(whole, keys->wait, n);
	keys->waiting = 0;
	keys_give_typed(keys, whole, n);
}

void keys_sequence(struct keys *keys, unsigned char byte)
{
	if (!keys->waiting) {
		if (byte == ESC || utf8_length(byte))
			keys->wait[keys->waiting++] = (char)byte;
		return;
	}
	if (keys->wait[0] == '~') {
		keys->waiting = 0;
		if (byte == '~') {
			keys_begin(keys, KEYS_IN_SCAN);
			return;
		}
		keys_give_typed(keys, "~", 1);
		keys_ground(keys, byte, KEYS_GAP + 1);
	} else if (keys->wait[0] != ESC) {
		character(keys, byte);
	} else if (keys->waiting == 1) {
		alt(keys, byte);
	} else if (keys->wait[1] == '[') {
		csi(keys, byte);
	} else {
		ss3(keys, byte);
	}
}

void keys_settle_sequence(struct keys *keys)
{
	size_t n = keys->waiting;
	keys->waiting = 0;
	if (!n)
		return;
	if (keys->wait[0] == '~')
		keys_give_typed(keys, "~", 1);
	else if (n == 1 && keys->wait[0] == ESC)
		keys_give_key(keys, K_ESC, 0);
	else if (n == 2 && keys->wait[1] == '[')
		keys_give_key(keys, '[', MOD_ALT);
	else if (n == 2 && keys->wait[1] == 'O')
		keys_give_key(keys, 'o', MOD_ALT | MOD_SHIFT);
	/* Anything else was torn: half a sequence is no key. */
}
