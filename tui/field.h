/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/field.h — A one-line editor.  Its text is always NFC; Backspace takes one
 * grapheme; every printable key types.  It does not take F-keys, Tab, Enter,
 * Esc, Up, Down, nor EVENT_SCAN. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "tui/canvas.h"
#include "tui/event.h"

struct composer;

#define FIELD_UNDOS 16
struct field {
	char *text;        /* never NULL after field_init: NFC, one line       */
	size_t cursor;     /* byte offset, at a grapheme's start               */
	/* Set by the owner after field_init: */
	int max;           /* graphemes, 0: 500; more is refused with a beep   */
	bool plain;        /* codes and numbers: the composer rests            */
	bool digits;       /* takes digits only (and is plain)                 */
	bool secret;       /* shown as •, also in dumps                        */
	bool mask;         /* shown masked (text_mask) until revealed or focus */
	bool revealed;
	bool locked;       /* shown, not edited                                */
	bool wrong;        /* drawn in ROLE_WRONG with "!" until edited        */
	bool changed;      /* set by every edit; the owner clears it           */
	/* field.c's own: */
	bool lines;        /* an area's: may hold "\n"                       */
	struct arena *arena;
	const struct composer *composer;
	size_t room;
	int first;         /* columns scrolled away on the left                */
	struct { char *text; size_t cursor; } undo[FIELD_UNDOS];
	int undos;
	int run;           /* what the last edit was, so that a run is one undo */
};

/* Empty; composer may be NULL (none).  Both must outlive the field. */
void field_init(struct field *, struct arena *, const struct composer *);
/* Takes foreign text (mended, NFC, one line, cut at max); cursor at the end.
 * changed and undo are cleared. */
void field_set(struct field *, const char *text);
bool field_empty(const struct field *);
/* true: taken. */
bool field_handle(struct field *, const struct event *);
/* One row at (row, col), width columns; focused places the cursor. */
void field_draw(struct field *, struct canvas *, int row, int col, int width, bool focused);
/* Types bytes at the cursor; false when they do not fit. */
bool field_insert(struct field *, const char *bytes, size_t n);
/* The step back of Ctrl-_; false when there is none. */
bool field_undo(struct field *);
