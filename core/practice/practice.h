/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/practice.h — The practice world: stands in for the ministries,
 * the province, the portal and the coordination system, so that clerks learn
 * and tests run without touching anything real.  It speaks the envelope
 * dialect (login, then one call told apart by `service`) at
 *     /XrdAdapter/RestService/forward/mapi/{login,g}
 * for every system, told apart by dstcode (header or query,
 * "VN:GOV:<agency>:<system code>"), and is turned at /practice/… (control.c).
 * It listens on the loopback interface only. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "core/base/error.h"
#include "core/base/loop.h"

struct practice_plan {
	uint16_t port;          /* 0: any free one                                 */
	const char *state_file; /* kept there across restarts; NULL: memory only   */
	int64_t step_ms;        /* dossiers move on 2→4→9 by themselves; 0: never  */
	int64_t session_ms;     /* life of a session; 0: ten minutes               */
	const char *day_file;   /* a scripted day (day.h); NULL: nothing happens   */
	const char *call_file;  /* where a desk writes the port at which it is called
	                         * (callback.h); NULL: nobody is                   */
	const char *faults[8];  /* turned on at the start: JSON as POST
	                         * /practice/fault takes it; NULL-ended            */
};

struct practice;
/* NULL and FAULT_OFFLINE when it cannot listen. */
struct practice *practice_start(struct loop *, const struct practice_plan *, struct error *);
uint16_t practice_port(const struct practice *);
/* Ends every connection, saves, frees; NULL is harmless. */
void practice_stop(struct practice *);
