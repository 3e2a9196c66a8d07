/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/world/world.h — A counter on a real PostgreSQL, in one process: the
 * shipped practice world in a database of its own, the program on glass, and a
 * clock, the counter's and the database's, that a test may set.  Each test gets
 * a copy of one template database and a home folder of its own.
 *
 * The calendar stands at Friday 20/11/2026 09:41 and goes on from there. */
#pragma once

#include "tests/check.h"
#include "tests/support/pg.h"
#include "tests/glass/glass.h"
#include "tui/program.h"

struct world {
	struct glass *glass;
	struct desk *desk;
	struct program program;
	PGconn *admin;      /* this world's database, as its administrator */
	char home[64];
	char database[32];
	int rows, cols;
	const char *term, *theme;
	/* What opened it, for the next one on the same disk. */
	bool open;
};

/* cmocka group fixtures: the server and its template. */
int world_prepare(void **state);
int world_end(void **state);
/* cmocka test fixtures: a world of 80×24 in *state, log-in screen shown. */
int world_new(void **state);
int world_gone(void **state);
/* The same with another terminal, theme (NULL: as the terminal's) and size. */
struct world *world_open(const char *term, const char *theme, int rows, int cols);
void world_close(struct world *);

/* The program is gone without a word (power cut) and started again: the same
 * disk, the same database, the log-in screen. */
void world_crash(struct world *);

/* Logs in with the practice password at Q3 and waits for the home screen with
 * its figures and the catalogue. */
void world_login(struct world *, const char *login);
void world_type(struct world *, const char *keys);
/* One Enter after each, so that a form reads like a list. */
void world_fill(struct world *, const char *const *values);
/* A card or receipt read by the serial scanner: exact bytes. */
void world_scan(struct world *, const char *bytes);
/* The same by a scanner that plays keyboard, through the decoder, with its prefix. */
void world_scan_keys(struct world *, const char *bytes);

/* Turns the loop until the glass shows the text, at most 10 s; fails with the
 * pane and the end of the log when it never does. */
void world_wait_at(struct world *, const char *text, const char *file, int line);
#define world_wait(world, text) world_wait_at(world, text, __FILE__, __LINE__)
/* Until it does not show it any more. */
void world_wait_gone_at(struct world *, const char *text, const char *file, int line);
#define world_wait_gone(world, text) world_wait_gone_at(world, text, __FILE__, __LINE__)
/* Now, without waiting. */
void world_shows_at(struct world *, const char *text, bool wanted, const char *file, int line);
#define world_shows(world, text) world_shows_at(world, text, true, __FILE__, __LINE__)
#define world_hides(world, text) world_shows_at(world, text, false, __FILE__, __LINE__)
/* Until a question to the database gives this answer. */
void world_wait_for(struct world *, const char *answer, const char *sql);
/* Moves the loop's clock (timers, patience) by so much, in real work steps. */
void world_pass(struct world *, int64_t ms);

/* Sets the calendar of both sides … */
void world_clock(struct world *, day_t, int hour, int minute);
/* … or of the database alone: the counter's is late, as clocks are. */
void world_server_clock(struct world *, day_t, int hour, int minute);

/* First value of the first row, as the administrator; the world's own memory for
 * the next seven calls. */
const char *world_one(struct world *, const char *sql);
long world_count(struct world *, const char *sql);
void world_do(struct world *, const char *sql);

/* The server dies, comes up, stands still, goes on. */
void world_server_dies(struct world *);
void world_server_back(struct world *);
void world_server_halts(struct world *, bool);

/* The pane as text into $WORLD_PANES/NAME.txt when that is set: to read. */
void world_pane(struct world *, const char *name);

/* Citizens who do not exist. */
#define CARD_DUONG                                                                          \
	"089199990001||Nguyễn Thị Thuỳ Dương|05031999|Nữ|Ấp Tà Lọt, An Hảo, Tịnh Biên, An Giang|12082021"
#define CARD_RAY                                                                            \
	"089085990002|351990002|Chau Sóc Rây|21111985|Nam|Ấp Vồ Đầu, An Hảo, Tịnh Biên, An Giang|30042022"
