/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/glass/glass.h — A pane of glass instead of a terminal: real ncurses
 * writes to a memfd, a real emulator (libvterm) reads it back.  One process, no
 * pty, no sleep, a clock that stands still unless the test moves it.
 *
 * Rows are compared as text, blanks at the right edge cut.  A run of cells whose
 * role is not "text" reads {role:…} — but only for the roles a test asks for with
 * glass_roles, so that most expectations stay plain.  "^" stands before the cell
 * with the cursor.  The role is taken from what was drawn and checked against
 * the colours the emulator shows: "{?role:" says they differ. */
#pragma once
#include <stdbool.h>
#include "core/base/loop.h"
#include "tui/desk.h"

struct glass;
/* A desk on glass.  term NULL: xterm-256color.  NO_COLOR is not looked at. */
struct glass *glass_new(const char *term, int rows, int cols);
void glass_free(struct glass *);
struct desk *glass_desk(struct glass *);
struct loop *glass_loop(struct glass *);
/* Opens the first screen: what desk_run does, without turning the loop. */
struct screen *glass_open(struct glass *, const struct screen_kind *, const void *argument);
/* As the keyboard would: through the pipe, the decoder, the loop; then paints.
 * A lone ESC at the end is settled by moving the clock. */
void glass_type(struct glass *, const char *bytes);
/* The same, one byte a read, gap_ms of the clock between. */
void glass_type_slowly(struct glass *, const char *bytes, int gap_ms);
void glass_pass(struct glass *, int64_t ms); /* moves the loop's clock, runs timers */
/* Waits until done says so, real time, at most 10 s; then paints; false: it did not. */
bool glass_until(struct glass *, bool (*done)(void *), void *argument);
void glass_resize(struct glass *, int rows, int cols);
/* Paints and feeds the emulator; returns the bytes sent. */
long glass_paint(struct glass *);
/* Bytes sent to the terminal so far. */
long glass_sent(struct glass *);
/* The desk's moment; 2026-11-20 09:41 unless set. */
void glass_clock(struct glass *, moment_t);
/* Which roles are written out in rows; ends with -1. */
void glass_roles(struct glass *, const int *roles);
/* One row as text; the glass's own memory until the next call. */
const char *glass_row(struct glass *, int row);
/* Does any row hold this text? */
bool glass_has(struct glass *, const char *text);
/* Fails the test, showing both panes, unless the glass shows exactly these rows
 * (NULL-terminated; rows after the last must be empty).  With GLASS_UPDATE set it
 * prints the rows as they are, to paste. */
void glass_shows_at(struct glass *, const char *const *rows, const char *file, int line);
#define glass_shows(glass, ...) \
	glass_shows_at(glass, (const char *const[]){ __VA_ARGS__, NULL }, __FILE__, __LINE__)

/* What keys send (xterm). */
#define T_F1 "\033OP"
#define T_F2 "\033OQ"
#define T_F3 "\033OR"
#define T_F4 "\033OS"
#define T_F5 "\033[15~"
#define T_F6 "\033[17~"
#define T_F7 "\033[18~"
#define T_F8 "\033[19~"
#define T_F9 "\033[20~"
#define T_F10 "\033[21~"
#define T_F11 "\033[23~"
#define T_F12 "\033[24~"
#define T_UP "\033[A"
#define T_DOWN "\033[B"
#define T_RIGHT "\033[C"
#define T_LEFT "\033[D"
#define T_HOME "\033[H"
#define T_END "\033[F"
#define T_PGUP "\033[5~"
#define T_PGDN "\033[6~"
#define T_DELETE "\033[3~"
#define T_SHIFT_TAB "\033[Z"
#define T_ENTER "\r"
#define T_ESC "\033"
#define T_BACKSPACE "\177"
