/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/desk.h — The counter's desk: what every screen may ask.  Owns the loop's
 * turn, the screen stack, theme, keys and the status line. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/scope.h"
#include "tui/composer.h"
#include "tui/keymap.h"
#include "tui/keys.h"
#include "tui/screen.h"
#include "tui/serial.h"
#include "tui/theme.h"

struct terminal;
struct paths;
struct config;
struct store;     /* core/store: the database              */
struct session;   /* who works here; set at log-in         */
struct catalogue; /* core/dossier: procedures, limits, fees */
struct printers;  /* printers: carriers this counter has   */

struct desk {
	struct loop *loop;
	struct terminal *term;
	struct theme theme;
	struct keymap keymap;
	struct composer composer;
	struct arena arena;     /* lives as long as the desk                        */
	struct scope scope;     /* requests that outlive screens (log-in, catalogue) */
	const struct paths *paths;
	const struct config *config;
	struct store *store;
	struct session *session;
	struct catalogue *catalogue;
	struct printers *printers;
	void *program;          /* for the program's own screens                    */

	/* The desk's clock: moment_now plus what the server's clock is ahead; tests
	 * set their own. */
	moment_t (*clock)(const struct desk *);
	int64_t ahead;          /* seconds                                          */

	/* Title row, right side: "Quầy 3 · Lê Thị Mận"; set with desk_name. */
	char name[128];
	bool practice;          /* shows TẬP DUYỆT                                  */

	/* Actions for every screen (search, go to …), after the screen's own. */
	const struct action *common;
	/* Every action table of the program, NULL-terminated, for keys files; NULL: the
	 * desk's own only. */
	const struct action *const *tables;
	/* An EVENT_SCAN that the top screen did not take; true: taken.  May be NULL. */
	bool (*scanned)(struct desk *, const struct event *);
	/* Before each painting of something new, and the line that stands where nobody has
	 * spoken; NULL or "": the screen's own.  Both may be NULL. */
	void (*turned)(struct desk *);
	const char *(*hint)(const struct desk *);
	/* Called after idle_ms without a key (0: never): push the lock screen here. */
	void (*idle)(struct desk *);
	int64_t idle_ms;
	/* Asked before quitting: true when something would be lost.  May be NULL. */
	bool (*busy)(struct desk *);

	const char *log;        /* the log file, for dumps; may be NULL             */

	/* desk.c's own: */
	struct screen *top, *gone;
	struct surface *surface;
	struct keys keys;
	struct serial serial;
	struct watch keyboard, signals;
	struct timer settle, minute, quiet;
	struct timer said;      /* a long sentence gives its rows back          */
	bool short_status;
	char status[320];
	enum fault fault;
	char trouble[320];      /* what was last said to go wrong, for slips    */
	moment_t trouble_at;
	bool dirty;
	bool hung;              /* the terminal has gone                            */
	int status_code;        /* what desk_run returns                            */
};

/* Fills in defaults (theme by TERM and NO_COLOR, keys, composer off). The loop
 * is the caller's.  term must be open. */
void desk_init(struct desk *, struct loop *, struct terminal *);
/* Reads [counter] theme, keys, composer, mouse, esc_ms, idle_minutes, scanner from
 * desk->config and the files from desk->paths; FAULT_INPUT with file:line. */
bool desk_configure(struct desk *, struct error *);
/* Pushes the first screen and turns the loop until it is quit or the last screen
 * is popped.  Returns the exit status: 0, or 1 when the terminal was lost. */
int desk_run(struct desk *, const struct screen_kind *first, const void *argument);
void desk_done(struct desk *);

/* One sentence on the status line until the next key. */
void desk_tell(struct desk *, const struct error *);
void desk_say(struct desk *, enum fault, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void desk_name(struct desk *, const char *format, ...) __attribute__((format(printf, 2, 3)));
moment_t desk_now(const struct desk *);
day_t desk_today(const struct desk *);
/* Ends desk_run after this event. */
void desk_quit(struct desk *);
void desk_dirty(struct desk *);
/* Gives an event to the stack, as if the clerk had made it (tests, mouse). */
void desk_event(struct desk *, const struct event *);
/* Paints now if anything changed; the loop does it before each wait. */
void desk_paint(struct desk *);
/* Writes the screen, masked, and the last log lines to a new file in
 * paths->data; *path (the arena's) tells which. */
bool desk_dump(struct desk *, const char **path, struct error *);

/* What the terminal sent: desk_run's keyboard, and tests. */
void desk_bytes(struct desk *, const char *bytes, size_t n);
/* The loop's idle: paints and frees what has gone. */
void desk_idle(struct loop *);
/* Theme by name (from paths->share/themes) and on the terminal at once. */
bool desk_theme(struct desk *, const char *name, struct error *);
/* Runs an action on the top screen, or says why not. */
void desk_act(struct desk *, const struct action *);

/* The desk's own actions: help, palette, theme, composer, redraw, suspend, dump, quit. */
extern const struct action desk_actions[];
