/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/courier/road.h — The whole road: a real PostgreSQL, the practice world
 * and couriers as programs, and waiting for what must come true. */
#pragma once
#include <sys/types.h>
#include "tests/courier/bench.h"
#include "tests/support/world.h"

#define ALL_CARRIED "SELECT NOT EXISTS (SELECT FROM motcua.stream s WHERE s.open)"

extern struct bench road;
/* How often couriers started from now on do the housekeeping; never, at first. */
extern const char *road_tend_ms;

/* cmocka group fixtures. */
int road_start(void **state);
int road_stop(void **state);
/* Calm, empty practice world; outbox without open streams. */
void road_clear(void);
/* Where couriers' profiles come from, from now on: a file or a folder; the
 * national exchange's envelope for every system unless told otherwise. */
void road_profiles(const char *path);
/* Starts a courier with members of every profile changed by `over`; its member
 * "systems" {code: {…}} changes one each. */
pid_t road_courier(const char *name, const char *over);
/* The same with one more argument ("--once", "--check", "--detach", "--stop");
 * waits for its end and returns the exit status. */
int road_run(const char *name, const char *argument);
/* The lock file of detached couriers, and the folder of all that is made. */
const char *road_lock(void);
const char *road_folder(void);
/* Any program with its arguments; the exit status. */
int road_program(const char *const *argv);
/* Does the log of all programs hold the text? */
bool road_logged(const char *text);
/* Ends it with the signal; its exit status, or -signal. */
int road_end(pid_t, int signal);
/* So many dossiers accepted by one clerk. */
void road_accept(int count);
/* Turns until the statement gives true, at most so many seconds. */
void road_until(int seconds, const char *what, const char *sql, ...)
	__attribute__((format(printf, 3, 4)));
/* The practice world's dossiers of a system; a new reference. */
json_t *road_there(const char *system);
/* Exactly so many dossiers there, each added once and its progress told once,
 * after it. */
void road_check(const char *system, size_t want);
void road_fault(const char *system, const char *kind, const char *service, int times, int ms);
