/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/inbound.h — The room's own: calls of systems outside (called.h),
 * each kept in the database like any answer before they hear that it was taken.
 * A wrong key is refused and counted; an unknown dossier is a task and told to
 * them as a failure, so that they see it, too. */
#pragma once
#include "core/courier/engine.h"

struct inbound;
/* listen: see door.h.  An address that is taken or away is tried again while the
 * courier runs (another one beside it may be at that door); one that cannot be
 * read is FAULT_INPUT and NULL.  port_file: where the port is written, or NULL. */
struct inbound *inbound_open(struct engine *, const char *listen, const char *port_file,
                             struct error *);
/* Calls under way are dropped: they will be repeated.  Returns NULL; NULL-safe. */
struct inbound *inbound_close(struct inbound *);
