/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/child.h — Another program, run under limits, fed and read through
 * pipes by the loop.  What blocks or crashes does it there. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/scope.h"

struct child;

struct child_plan {
	const char *const *argv;  /* argv[0] is a path, or a name looked up in PATH     */
	const void *input;        /* written to its stdin, then closed; may be NULL     */
	size_t input_size;        /* the caller keeps input alive until done            */
	size_t output_limit;      /* bytes of stdout kept; 0: 64 MiB                    */
	int timeout_ms;           /* then SIGKILL to its group; 0: none                 */
	size_t memory;            /* RLIMIT_AS in bytes; 0: none                        */
	int cpu_seconds;          /* RLIMIT_CPU; 0: none                                */
	bool nice;                /* run at nice 10                                     */
	void (*heard)(struct child *); /* after each read of stdout: progress; may be NULL */
};

struct child {
	/* What the caller reads in done: */
	struct bytes out;         /* its stdout                                         */
	struct bytes err;         /* first 4 KB of its stderr                           */
	int status;               /* exit status, or 128 + signal                       */
	bool timed_out;
	/* child.c's own: */
	struct task task;
	struct loop *loop;
	struct watch exit_watch, out_watch, err_watch, in_watch;
	struct timer timer;
	const char *input;
	size_t input_left;
	pid_t pid;
	void (*heard)(struct child *);
	void (*done)(struct child *);
};

/* Starts it; done is called once, when it has ended and its output is read.
 * Ending the scope kills it silently.  The struct must stay where it is until
 * then.  FAULT_BUG when it cannot be started. */
bool child_start(struct loop *, struct scope *, struct child *, const struct child_plan *,
                 void (*done)(struct child *), struct error *);
/* Asks it to end (SIGTERM), and kills it when it has not within ms. */
void child_stop(struct child *, int ms);
/* From now on it may take so long; harmless when it has ended. */
void child_patience(struct child *, int ms);
/* Frees out and err; the child must have ended. */
void child_clear(struct child *);
