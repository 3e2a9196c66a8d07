/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/day.h — The clerk's day in numbers; the lists behind them are
 * find_day(kind) with the same names. */
#pragma once
#include "core/store/store.h"

struct day_counts {
	int mine_today, waiting_to_send, due_today, late, problems, received_today;
	int silent, silent_hours; /* no answer from a system for so many hours */
	int soon;                 /* nearly late: in time for an apology; life.h LIFE_SOON */
	int unbrought;            /* the citizen's last day to bring papers is over; LIFE_OVER */
};
struct day_ask {
	void (*done)(struct day_ask *, const struct day_counts *, const struct error *);
	void *owner;
	struct ask ask; /* day.c's own */
};
void day_start(struct store *, struct scope *, struct day_ask *);
