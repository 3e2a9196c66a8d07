/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/journey/home.h — A private MOTCUA_HOME for one test program.
 *
 * What is started there are real, detached programs.  A guardian process ends
 * them and removes the folder when the test ends, in whatever way. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "core/base/bytes.h"
#include "core/base/loop.h"
#include "tests/journey/person.h"

struct home {
	char folder[32];       /* its MOTCUA_HOME                    */
	uid_t uid;             /* whose it is; 0: ours               */
	gid_t gid;
	int control;           /* closing it ends everything there   */
	pid_t guardian;
	struct loop loop;
};

/* Makes the folder, for that user when not 0, and puts it into our environment. */
void home_make(struct home *, uid_t uid, gid_t gid);
void home_end(struct home *);
/* A path in the home, borrowed until the fourth call after. */
const char *home_path(const char *name);
void home_write(struct home *, const char *name, const char *text);

/* A counter: motcua --practice and these words (NULL-ended), 24 × 80. */
void home_sit(struct home *, struct person *, const char *const *words);
/* Runs the program's command to its end; what it said, on both streams, into out (may be NULL). */
int home_run(struct home *, struct bytes *out, const char *const *words);
/* The same without waiting; the caller reaps. */
pid_t home_start(struct home *, const char *const *words);

pid_t home_server(void);   /* the postmaster's, 0 when there is none */
pid_t home_courier(void);
pid_t home_practice(void);
/* How many processes belong to it; signal, when not 0, is sent to each. */
int home_processes(int signal);
/* The same for the database server and all its children. */
int home_signal_server(int signal);
/* Waits until the program with this number is gone. */
bool home_gone(struct home *, pid_t pid);
/* What one statement says, as the administrator: borrowed until the next. */
const char *home_ask(const char *sql);
/* What a shell line prints, without the last newline; borrowed until the next but three. */
const char *shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
