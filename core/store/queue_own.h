/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/queue_own.h — Between queue.c and queue_day.c only. */
#pragma once
#include "core/store/queue.h"

/* The answer is there: done is told, with err where columns were missing. */
void queue_over(struct queue_ask *, const struct reply *, const struct error *);
/* What every list of tickets says of one; part, lane and done_at are its reader's. */
struct queue_ticket queue_ticket_of(const struct reply *, int row);
