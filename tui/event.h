/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/event.h — What a clerk can do to a screen: a key, typed text, a paste, a
 * scan, a click.  Size is not an event: it is a property of the canvas. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* A key is a Unicode character (only with MOD_CTRL or MOD_ALT; ASCII letters in
 * lower case) or one of these, which lie beyond Unicode. */
enum key {
	K_NONE = 0,
	K_SPECIAL = 0x110000,
	K_ENTER, K_TAB, K_ESC, K_BACKSPACE, K_DELETE, K_INSERT,
	K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PGUP, K_PGDN,
	K_F1, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10, K_F11, K_F12,
};
enum { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };

struct chord {
	int key;  /* enum key, or a character */
	int mods; /* MOD_* together           */
};

enum event_kind {
	EVENT_KEY,   /* chord: everything that is not plain text                    */
	EVENT_TEXT,  /* text: one typed character (one code point), printable       */
	EVENT_PASTE, /* text: whole paste, may hold line breaks; never commands     */
	EVENT_SCAN,  /* text: one scanned code without its framing                  */
	EVENT_MOUSE, /* chord.mods, button, row, col; only while the mouse is on    */
};
enum mouse { MOUSE_LEFT = 1, MOUSE_MIDDLE, MOUSE_RIGHT, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct event {
	enum event_kind kind;
	struct chord chord;
	const char *text; /* NUL-terminated, valid UTF-8 but foreign: text_take it before
	                   * keeping; alive until the handler returns                  */
	size_t size;
	bool exact;       /* EVENT_SCAN: the bytes are the code's own (serial).  A scanner
	                   * that plays keyboard loses every accent: then take numbers
	                   * only, never a name or an address                          */
	int button, row, col; /* whole-screen cells from 0                            */
};

/* The same key with the same modifiers? */
static inline bool event_is(const struct event *event, int key, int mods)
{
	return event->kind == EVENT_KEY && event->chord.key == key && event->chord.mods == mods;
}
