/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/screen.h — One task of the clerk: receive, look up, return.
 *
 * A screen is data plus a const table.  It never waits, never calls curses and
 * never includes libpq; it draws on a canvas and asks its desk to do things.
 * Events go: top screen's handle (which asks its focused widget first), its
 * action table, the program's common actions, the desk's own.  First taker wins. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/scope.h"
#include "tui/canvas.h"
#include "tui/event.h"

struct asked;
struct desk;
struct screen;

/* F-bar, keys file, help, palette and manual are this table. */
struct action {
	const char *name;  /* "dossier-hand-back", as in *.keys; unique in the program */
	const char *key;   /* default bindings, "F8" or "F8 Ctrl-B"; NULL: palette only */
	const char *label; /* N_("Trả"): at most 10 columns; NULL: not in the bar      */
	const char *help;  /* N_("…"): one sentence for help and palette               */
	bool (*may)(const struct screen *); /* NULL: always; false: grey, refused      */
	void (*run)(struct screen *);       /* gets the top screen                     */
};

/* What a screen is about, for a slip of difficulty written over it; what is not
 * known stays NULL or 0.  Strings live as long as the screen stays as it is. */
struct about {
	const char *system, *procedure; /* codes as in the catalogue            */
	int64_t dossier_id;
	const char *dossier;            /* its code, for the eye                */
	const char *error;              /* what went wrong, in the words shown  */
};

struct screen_kind {
	const char *name;  /* "receive", English, for log and dumps */
	const char *title; /* N_("Tiếp nhận hồ sơ")                 */
	const char *help;  /* N_("…"): what one does here; may hold "\n"; may be NULL */
	const struct action *actions; /* ends with { 0 }; may be NULL                 */
	size_t size;       /* of its state, zeroed, in screen->state                  */
	bool dialog;       /* lies over the screen below and takes only what it needs */
	bool lock;         /* it alone is there: no common actions, no palette, no leaving */
	bool bare;         /* it has the whole screen: no title row, status line or bar     */
	void (*open)(struct screen *, const void *argument);   /* may be NULL */
	/* Looks at nothing but the screen; the canvas is the body: desk draws title
	 * row, status line and bar (a dialog gets the whole body and frames itself). */
	void (*draw)(const struct screen *, struct canvas *);
	bool (*handle)(struct screen *, const struct event *); /* true: taken; may be NULL */
	void (*resume)(struct screen *); /* on top again; may be NULL            */
	void (*close)(struct screen *);  /* may be NULL; scope has ended already */
	void (*about)(const struct screen *, struct about *); /* may be NULL; fills in what it knows */
	/* Has this been reached here ("owner", "papers" …)?  Lessons ask; may be NULL. */
	bool (*reached)(const struct screen *, const char *what);
};

struct screen {
	const struct screen_kind *kind;
	struct desk *desk;
	void *state;          /* kind->size bytes, in the arena              */
	struct scope scope;   /* its requests; on pop ended first, then …    */
	struct arena arena;   /* … its memory, in one sweep                  */
	const char *title;    /* overrides kind->title, in the arena; or NULL */
	const char *status;   /* the status line when nobody has spoken, in the arena; or NULL */
	const struct asked *asked; /* ask_text.c's own: what was typed last, until the next key; or NULL */
	struct screen *below; /* desk.c's own                                */
};

/* Esc and F10 that nobody takes go back one screen; from the lowest, F10 asks and
 * quits.  A screen with something to lose takes them itself. */
/* Puts a screen on top; argument is only read during open. */
struct screen *screen_push(struct desk *, const struct screen_kind *, const void *argument);
/* Takes a screen, and whatever lies over it, off the stack.  Its memory lives
 * until the next wait: the caller may still finish its work in it. */
void screen_pop(struct screen *);
/* pop + push. */
struct screen *screen_replace(struct screen *, const struct screen_kind *, const void *argument);
bool screen_is_top(const struct screen *);
/* Back to the lowest screen. */
void screen_home(struct desk *);
/* What the screen shows has changed: paint before the next wait. */
void screen_dirty(struct screen *);
