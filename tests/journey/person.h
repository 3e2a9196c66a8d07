/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/journey/person.h — Somebody at a terminal: a program on a pty of its
 * own, its screen read back by libvterm, keys typed, texts waited for.
 *
 * All waiting has an end: PATIENCE_MS, generous because machines are shared; a
 * screen that never shows what it should is printed and fails the test. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>
#include "core/base/bytes.h"
#include "core/base/loop.h"

#define PATIENCE_MS 30000

#define K_F(n)   "\033" #n /* Esc digit: F1 … F9, and 0 for F10 */
#define ENTER    "\r"
#define TAB      "\t"
#define BACK_TAB "\033[Z"
#define UP       "\033[A"
#define DOWN     "\033[B"
#define ESC      "\033" /* then wait for what it does: the next key would be Alt */
#define CTRL_W   "\027"
#define CTRL_Z   "\032"

struct seat {
	int rows, cols;                  /* 0: 24 × 80                             */
	const char *const *argv;         /* argv[0]: the program's path            */
	const char *const *environment;  /* "NAME=value", or "NAME" to unset; NULL */
	uid_t uid;                       /* 0: as we are                           */
	gid_t gid;
};

struct person {
	pid_t pid;
	struct watch line;
	struct loop *loop;
	VTerm *vterm;
	VTermScreen *screen;
	struct bytes raw;                /* all that was written to the terminal   */
	char *text;                      /* person_screen's                        */
	bool cursor, alternate;          /* as the terminal was told               */
	bool over;                       /* the program ended, with status         */
	int status;                      /* as waitpid has it                      */
	struct termios before;
	int rows, cols;
};

void person_sit(struct person *, struct loop *, const struct seat *);
void person_type(struct person *, const char *keys);
void person_resize(struct person *, int rows, int cols);
/* The rows as they stand, joined by newlines, without blanks at their ends. */
const char *person_screen(struct person *);
bool person_sees(struct person *, const char *text);
/* The row that holds text, from there on; "" without one.  Borrowed until the next look. */
const char *person_reads(struct person *, const char *text);

/* True as soon as the condition holds, false when patience ends. */
bool person_until(struct person *, bool (*holds)(void *), void *data, int patience_ms);
void person_wait_(struct person *, const char *text, bool there, int patience_ms, const char *file,
                  int line);
#define person_waits(person, text) person_wait_(person, text, true, PATIENCE_MS, __FILE__, __LINE__)
#define person_waits_gone(person, text) \
	person_wait_(person, text, false, PATIENCE_MS, __FILE__, __LINE__)
/* The text must come within so many milliseconds. */
#define person_waits_ms(person, text, ms) person_wait_(person, text, true, ms, __FILE__, __LINE__)

/* Waits for the end; the exit status, or 128 + the signal. */
int person_leaves_(struct person *, const char *file, int line);
#define person_leaves(person) person_leaves_(person, __FILE__, __LINE__)
/* Ctrl-Z and the like: waits until the program stands still. */
bool person_stopped(struct person *);
/* Cursor visible, no alternate screen, paste mode off, line discipline as before. */
bool person_given_back(struct person *);
/* kill -9, and everything about it forgotten. */
void person_kill(struct person *);
void person_free(struct person *);
