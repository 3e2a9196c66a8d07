/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/term.h — The terminal: ncurses paints on it, we read it.  Raw mode, own
 * locale rule (UTF-8 or a clear refusal), bracketed paste, resize; and whatever
 * way the program leaves — return, exit, SIGTERM, SIGSEGV — it is given back as it
 * was.  One at a time in a process. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/error.h"
#include "tui/theme.h"

struct term;

struct term_plan {
	const char *name;   /* TERM; NULL: from the environment                    */
	int in, out;        /* descriptors; the keyboard's is read by the caller   */
	int rows, cols;     /* 0: ask the terminal (tests give a size)             */
	const char *log;    /* stderr goes to this file while open; NULL: leave it */
};

/* LC_CTYPE from the environment; not UTF-8: C.UTF-8; else FAULT_INPUT with the
 * sentence for an administrator.  Called by term_open too. */
bool term_locale(struct error *);
struct term *term_open(const struct term_plan *, struct error *);
/* Gives the terminal back; NULL-safe; returns NULL. */
struct term *term_close(struct term *);
int term_in(const struct term *);
/* What the terminal can show; NO_COLOR counts. */
enum theme_depth term_depth(const struct term *);
/* TERM=linux or the like: a console font, 8 colours. */
bool term_console(const struct term *);
/* Gives the theme's colours to curses: one pair a role. */
void term_theme(struct term *, const struct theme *);
/* Size again from the terminal, or given (0: ask); true when it changed. */
bool term_resize(struct term *, int rows, int cols);
/* Mouse reports (SGR); off at first: it takes the terminal's own selecting away. */
void term_mouse(struct term *, bool on);
bool term_mouse_on(const struct term *);
void term_beep(struct term *);
/* Leaves the screen, stops the process until SIGCONT, comes back. */
void term_suspend(struct term *);
/* Bytes sent to the terminal so far (tests: budget per key). */
long term_sent(const struct term *);
