/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/callback.h — The room's own: a system of the practice world that
 * calls the desk instead of waiting to be asked (the land system).  What it has to
 * say is said in order, one call at a time, until the desk has answered; nothing
 * is said while nobody listens. */
#pragma once
#include "core/base/loop.h"
#include "core/practice/world.h"

struct callbacks;
/* port_file: where the desk writes the port it listens at; NULL: nobody is called. */
struct callbacks *callbacks_start(struct loop *, struct world *, const char *port_file);
/* Is there something to say? */
void callbacks_look(struct callbacks *);
/* POST /practice/call {system, call, body, key}: said once, as it is; the answer is
 * kept in the system's "extra" as calls [{call, status, reply}].  False: not understood. */
bool callbacks_turn(struct callbacks *, const json_t *request);
/* NULL is harmless. */
void callbacks_stop(struct callbacks *);

/* dat_dai_call.c: what the land system says next of a dossier, as it stands in a
 * body; a new reference, NULL: nothing.  name: of the call. */
json_t *dat_dai_says(const struct world_system *, const char *code, const json_t *kept,
                     const char **name);
/* The desk has answered that. */
void dat_dai_said(json_t *kept);
