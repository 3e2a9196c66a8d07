/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/server.h — The room's own: the running practice world, and one
 * call to it. */
#pragma once
#include <microhttpd.h>
#include "core/base/bytes.h"
#include "core/practice/day.h"
#include "core/practice/faults.h"
#include "core/practice/practice.h"
#include "core/practice/world.h"

struct callbacks;
struct practice {
	struct loop *loop;
	struct practice_plan plan;
	struct world world;
	struct practice_faults faults;
	struct MHD_Daemon *daemon;
	struct watch watch;
	struct timer mhd_timer;  /* what libmicrohttpd asks for            */
	struct timer step_timer; /* dossiers move on, the state is saved   */
	struct practice_call *calls;
	struct callbacks *callbacks;
	bool stopping;
	struct practice_day day;
	moment_t started, day_done; /* lines up to then have happened      */
};

struct practice_call {
	struct practice *practice;
	struct practice_call *next, **self;
	struct MHD_Connection *connection;
	struct timer wake;
	struct bytes body;
	struct bytes reply;
	const char *type;
	char retry_after[24];
	unsigned status;
	struct practice_fault fault;
	bool decided;   /* the reply is known                        */
	bool suspended;
	bool dropped;   /* closed without a reply                    */
};

/* route.c: finds the door, lets the dial of faults turn, leaves the reply in
 * the call; route_page is a page of HTML with that heading. */
void route_decide(struct practice_call *, const char *method, const char *path);
void route_page(struct practice_call *, unsigned status, const char *heading);

/* control.c: answers GET and POST /practice/…; returns the HTTP status and
 * leaves the reply's JSON in *reply (a new reference). */
unsigned control_answer(struct practice *, const char *method, const char *path,
                        const char *system, const json_t *request, json_t **reply);
/* The lines of the scripted day that are due. */
void control_day(struct practice *);
/* Turns on what the plan asks for; FAULT_INPUT names what cannot be read. */
bool control_start(struct practice *, struct error *);
/* Saves now if anything changed; a failure only costs memory of practice. */
void practice_save(struct practice *);
