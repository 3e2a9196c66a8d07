/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/ask.h — Dialogs: screens pushed with a continuation, never a loop in a
 * loop.  The texts are copied.  The continuation runs after the dialog is gone,
 * with the screen that asked, which is alive then; when that screen itself is
 * taken away (log-out) nobody is called. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct error;
struct screen;

/* "Có / Không"; Esc is no.  Enter answers what is marked: no at first when the
 * step cannot be undone (careful). */
void ask_yes(struct screen *asker, const char *question, bool careful,
             void (*then)(struct screen *, bool yes, void *data), void *data);
/* One of count choices by arrows, first letter or click; -1 on Esc. */
void ask_choice(struct screen *asker, const char *question, const char *const *choices,
                int count, int first, void (*then)(struct screen *, int choice, void *data),
                void *data);

struct ask_text {
	const char *question; /* may wrap                              */
	const char *initial;  /* may be NULL; a number or a day is replaced by the first key */
	int max;              /* graphemes; 0: 200                     */
	bool secret;          /* shown as •                            */
	bool plain;           /* numbers, codes: the composer rests    */
	bool scans;           /* a scanned code is the answer          */
	bool lines;           /* several lines, Ctrl-Enter or F9 ends  */
	/* NULL, or the sentence that says what is wrong (any lifetime beyond the call). */
	const char *(*check)(struct screen *asker, const char *text, void *data);
};
/* A check: something must be written, "Ghi lý do." */
const char *ask_check_reason(struct screen *asker, const char *text, void *data);
/* text is NULL on Esc; it is the dialog's, copy it. */
void ask_for_text(struct screen *asker, const struct ask_text *,
                  void (*then)(struct screen *, const char *text, void *data), void *data);
/* Tells that the database refused what was typed last, and opens its dialog again with it, to be mended: not when the clerk has
 * gone on meanwhile, or no text was asked for since the key that began it. */
void ask_refused(struct screen *asker, const struct error *);
/* The same while what was done before is still being written; returns busy. */
bool ask_busy(struct screen *asker, bool busy);
/* A text to read, wrapped, scrolling; then (may be NULL) when closed. */
void ask_read(struct screen *asker, const char *title, const char *text,
              void (*then)(struct screen *, void *data), void *data);
