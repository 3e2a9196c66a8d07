/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/keys.h — Keyboard bytes into events.  Pure: no terminal, no clock, no
 * terminfo; it knows the forms of xterm, PuTTY, the Linux console and rxvt at
 * once, whatever TERM says.  Alt+digit and Esc digit are F1…F10.
 *
 * A lone ESC is told from a sequence by time: when keys_wait says so, the caller
 * sets a timer and then calls keys_settle.
 *
 * Scanners that play keyboard: a code framed by STX (0x02) or "~~" and CR, LF or
 * TAB is a scan, at any speed.  Without a prefix only a burst (gaps up to
 * KEYS_GAP) of at least four different characters that has the shape of a citizen
 * card (12 digits, "|") or of a dossier code is one. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/bytes.h"
#include "tui/event.h"

#define KEYS_GAP   35 /* ms between the keys of a scanner without prefix        */
#define KEYS_ESC   25 /* ms after which ESC is the key Esc                      */
#define KEYS_HICCUP 400 /* ms it may pause once it cannot be typing any more     */
#define KEYS_STALL 2000 /* ms of silence that end a framed scan or paste         */
#define KEYS_PASTE (1 << 20) /* bytes of a paste that are kept                   */
#define KEYS_SCAN  4096

enum keys_mode { KEYS_GROUND, KEYS_IN_PASTE, KEYS_IN_SCAN, KEYS_IN_BURST };

struct keys {
	void (*give)(struct keys *, const struct event *);
	void *owner;
	int esc_ms;           /* KEYS_ESC unless set (never below 1) */
	/* keys.c's own: */
	enum keys_mode mode;
	char wait[64];        /* an unfinished sequence or character */
	size_t waiting;
	struct bytes text;    /* paste, scan or burst under way      */
	int64_t last;         /* when the last byte came             */
	char first;           /* last plain character that was given, for a burst's start */
	bool given;           /* the burst's first character was given as text already    */
};

void keys_init(struct keys *, void (*give)(struct keys *, const struct event *), void *owner);
void keys_feed(struct keys *, const char *bytes, size_t n, int64_t now_ms);
/* Milliseconds after now until keys_settle is due; -1: nothing is pending. */
int keys_wait(const struct keys *, int64_t now_ms);
void keys_settle(struct keys *, int64_t now_ms);
void keys_clear(struct keys *);

/* "F8", "Ctrl-P", "Alt-x", "Shift-Tab", "Enter", "/"; Alt-1 … Alt-0 read as F1 … F10. */
bool chord_read(const char *text, size_t n, struct chord *out);
/* As the clerk reads it; returns out. */
char *chord_write(struct chord, char *out, size_t room);
/* The chord an event is for a keymap: keys, and typed characters as themselves. */
bool chord_of(const struct event *, struct chord *out);
