/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/practice.h — The practice world's clerks, invented, whose password is no
 * secret: shown at log-in so that anyone can try the counter. */
#pragma once
#include "core/base/arena.h"

/* Known to everybody; set for the practice clerks when they are made. */
#define PRACTICE_PASSWORD "motcua-tap-duyet"
/* The practice unit (xã Núi Cấm) and the place of its files under share. */
#define PRACTICE_UNIT     "30538"
#define PRACTICE_FOLDER   "core/data/practice"
/* Its machines in the hall (queue.json). */
#define PRACTICE_KIOSK    "may-lay-so"
#define PRACTICE_DISPLAY  "bang-goi-so"

struct practice_clerk {
	const char *login, *full_name, *title;
};
struct practice_clerks {
	struct practice_clerk rows[8];
	int count;
	const char *password;
};
/* The nth card of a citizen who may come to the counter, round and round; NULL when the
 * file cannot be read.  What is wrong on purpose in that file is not among them. */
const char *practice_card(struct arena *, const char *share, unsigned n);
/* From the practice files; none when they cannot be read. */
void practice_clerks_read(struct practice_clerks *, struct arena *, const char *share);
