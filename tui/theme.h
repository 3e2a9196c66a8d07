/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/theme.h — Roles and how they look.  Screens name roles; a theme file says
 *     role = fg bg attributes | fg bg attributes | attributes
 *            256 colours        8 colours          mono
 * A colour is 0…255, a name (black red green yellow blue magenta cyan white) or
 * "default"; attributes are bold, reverse, underline, dim.  Every role must be
 * given; an unknown one is an error with file and line.
 * Meaning never rests on colour alone: a sign or word goes with it. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

/*        enum       in files     used for                                       */
#define ROLES(X)                                                                    \
	X(TEXT,     "text")     /* what is read                                  */ \
	X(DIM,      "dim")      /* less important, hints                         */ \
	X(LABEL,    "label")    /* name of a field                               */ \
	X(HEAD,     "head")     /* column headings, section titles               */ \
	X(PERSON,   "person")   /* a citizen's name, number, address: masked in  */ \
	                        /* screen dumps                                  */ \
	X(INPUT,    "input")    /* a field without the focus                     */ \
	X(FOCUS,    "focus")    /* the field with the focus                      */ \
	X(WRONG,    "wrong")    /* a field whose content is refused              */ \
	X(SELECTED, "selected") /* the row under the cursor                      */ \
	X(ERROR,    "error")    /* "!" refused, failed, disagreed                */ \
	X(WARN,     "warn")     /* "→" needs attention                           */ \
	X(GOOD,     "good")     /* "●" done, received                            */ \
	X(LATE,     "late")     /* "! quá hạn"                                   */ \
	X(TITLE,    "title")    /* top row                                       */ \
	X(PRACTICE, "practice") /* TẬP DUYỆT                                     */ \
	X(STATUS,   "status")   /* the status line at rest                       */ \
	X(BAR,      "bar")      /* bottom row: labels                            */ \
	X(KEY,      "key")      /* bottom row: keys                              */ \
	X(OFF,      "off")      /* an action that may not run now                */ \
	X(FRAME,    "frame")    /* frames and rules                              */ \
	X(DIALOG,   "dialog")   /* inside of a dialog                            */ \
	X(CODE,     "code")     /* a QR code: dark on light, whatever the theme  */

enum role {
#define X(name, file) ROLE_##name,
	ROLES(X)
#undef X
	ROLE_COUNT
};
const char *role_name(enum role);

enum { LOOK_BOLD = 1, LOOK_REVERSE = 2, LOOK_UNDERLINE = 4, LOOK_DIM = 8 };
enum theme_depth { DEPTH_MONO, DEPTH_8, DEPTH_256 };

struct look {
	short fg, bg;   /* -1: the terminal's own */
	unsigned attrs; /* LOOK_* */
};
struct theme {
	char name[24];
	enum theme_depth depth; /* chosen by the terminal; which column is used */
	struct look looks[3][ROLE_COUNT];
};

/* The built-in theme (dark), never fails. */
void theme_default(struct theme *);
/* From text; file names it in errors (FAULT_INPUT, "file:line: …").  depth is
 * kept; on failure *theme is untouched. */
bool theme_parse(struct theme *, const char *text, const char *file, struct error *);
bool theme_read(struct theme *, const char *path, struct error *);
const struct look *theme_look(const struct theme *, enum role);
