/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/booking.h — Numbers of the queue that were booked ahead (core/store/queue.h books them): which there are, and calling one off. */
#pragma once
#include "core/store/store.h"

struct booking {
	int64_t booking_id;
	const char *code;        /* six digits, typed at the kiosk                       */
	const char *series, *series_name;
	const char *state;       /* "open" "taken" "cancelled"                           */
	const char *number;      /* of the ticket that it became; ""                     */
	const char *by_name;     /* who booked it                                        */
	const char *ended_by, *reason; /* who called it off, and why; ""                 */
	moment_t slot;
	bool lapsed;             /* nobody came that day                                 */
};
struct bookings_ask {
	void (*done)(struct bookings_ask *, const struct booking *, int count, const struct error *);
	struct arena *into;      /* required */
	void *owner;
	struct ask ask;          /* booking.c's own */
};
/* Those to come, the next first; then those of the last week. */
void bookings_read(struct store *, struct scope *, struct bookings_ask *, int most);

struct booking_act {
	void (*done)(struct booking_act *, const struct error *);
	void *owner;
	struct ask ask;          /* booking.c's own */
};
/* Its code opens nothing any more, its place is free.  FAULT_CONFLICT when it has become a number already. */
void booking_cancel(struct store *, struct scope *, struct booking_act *, int64_t booking_id, const char *why);
