/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/kiosk_keep.h — What a kiosk holds on its own disk for the hours without a
 * server: blocks of numbers that are its alone, and the numbers it gave out of
 * them until the server knows.  A number is on the disk before it is on paper. */
#pragma once
#include "core/store/hall.h"

enum { KEEP_BLOCKS = 80, KEEP_GIVEN = 1000 };

struct kiosk_keep {
	const char *path;
	struct keep_block {
		char series[2];
		day_t day;
		int first, last, next;
	} blocks[KEEP_BLOCKS];
	int block_count;
	struct hall_given given[KEEP_GIVEN]; /* not known to the server yet, oldest first */
	int given_count;
};

/* Reads what is there; a file that cannot be read is laid aside (PATH.damaged), told
 * as an error, and the keep is empty: fresh blocks must be asked for. */
bool kiosk_keep_open(struct kiosk_keep *, const char *path, struct error *);
/* Numbers of a series left today. */
int kiosk_keep_left(const struct kiosk_keep *, day_t today, const char *series);
/* Adds what the server reserved; blocks of other days go. */
bool kiosk_keep_add(struct kiosk_keep *, day_t today, const struct hall_block *, int count, struct error *);
/* The next number, written down; FAULT_OFFLINE: none is left today. */
bool kiosk_keep_give(struct kiosk_keep *, day_t today, const char *series, const char *priority, const char *request,
                     moment_t now, struct hall_given *out, struct error *);
/* The first count of given are known to the server. */
bool kiosk_keep_home(struct kiosk_keep *, int count, struct error *);
