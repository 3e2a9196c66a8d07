/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/world/hall.h — The machines of the hall on a world's glass, and clerks and
 * kiosks beside it by SQL. */
#pragma once
#include "tests/world/steps.h"
#include "tui/practice.h"

/* On top of what is there. */
void begin_display(struct world *, const char *sound);
void begin_kiosk(struct world *);
/* A connection of its own: a clerk at another counter, another kiosk. */
PGconn *hall_line(struct world *, const char *login);
/* The first value; fails the test on an error.  Borrowed until the next. */
const char *hall_ask(PGconn *, const char *sql);
PGconn *clerk_at(struct world *, const char *login, const char *counter);

#define TAKE(series, priority) "SELECT number FROM hall.kiosk_take(gen_random_uuid(), '" series "', '" priority "', '', '')"
#define CALL "SELECT number FROM desk.queue_call_next()"
#define SERVE "SELECT desk.queue_act((SELECT ticket_id FROM desk.queue_mine(1)), 'serve', '')"

/* hall_public.c */
void the_display_fills_every_screen(void **state);
void a_new_call_is_heard(void **state);
void nobody_is_ever_shown(void **state);
