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

struct terminal;

struct term_plan {
	const char *name;   /* TERM; NULL: from the environment                    */
	int in, out;        /* descriptors; the keyboard's is read by the caller   */
	int rows, cols;     /* 0: ask the terminal (tests give a size)             */
	const char *log;    /* stderr goes to this file while open; NULL: leave it */
};

/* LC_CTYPE from the environment; not UTF-8: C.UTF-8; else FAULT_INPUT with the
 * sentence for an administrator.  Called by term_open too. */
bool term_locale(struct error *);
struct terminal *term_open(const struct term_plan *, struct error *);
/* Gives the terminal back; NULL-safe; returns NULL. */
struct terminal *term_close(struct terminal *);
int term_in(const struct terminal *);
/* What the terminal can show; NO_COLOR counts. */
enum theme_depth term_depth(const struct terminal *);
/* TERM=linux or the like: a console font, 8 colours. */
bool term_console(const struct terminal *);
/* Gives the theme's colours to curses: one pair a role. */
void term_theme(struct terminal *, const struct theme *);
/* Size again from the terminal, or given (0: ask); true when it changed. */
bool term_resize(struct terminal *, int rows, int cols);
/* Mouse reports (SGR); off at first: it takes the terminal's own selecting away. */
void term_mouse(struct terminal *, bool on);
bool term_mouse_on(const struct terminal *);
void term_beep(struct terminal *);
/* Leaves the screen, stops the process until SIGCONT, comes back. */
void term_suspend(struct terminal *);
