/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/kiosk_keep.h — What a kiosk holds on its own disk for the hours without a
 * server: blocks of numbers that are its alone, of today and of the days ahead, codes
 * that were booked for them, and the numbers it gave out until the server knows.  A
 * number is on the disk before it is on paper; who got it never is. */
#pragma once
#include "core/base/bytes.h"
#include "core/store/hall.h"

enum { KEEP_BLOCKS = 320, KEEP_GIVEN = 1000, KEEP_BOOKED = 500 };

struct kiosk_keep {
	const char *path;
	struct keep_block {
		char series[2];
		day_t day;
		int first, last, next;
	} blocks[KEEP_BLOCKS];
	int block_count;
	struct keep_booked {
		char code[7], series[2];
		moment_t slot, until; /* of the same day */
	} booked[KEEP_BOOKED];
	int booked_count;
	struct hall_given given[KEEP_GIVEN]; /* not known to the server yet, oldest first */
	int given_count;
};

/* Reads what is there; a file that cannot be read is laid aside (PATH.damaged), told
 * as an error, and the keep is empty: fresh blocks must be asked for. */
bool kiosk_keep_open(struct kiosk_keep *, const char *path, struct error *);
/* The file's lines into an empty keep, which cuts the text up; false: not what kiosk_keep_text() writes. */
bool kiosk_keep_parse(struct kiosk_keep *, char *text);
void kiosk_keep_text(const struct kiosk_keep *, struct bytes *);
/* Numbers of a series left today. */
int kiosk_keep_left(const struct kiosk_keep *, day_t today, const char *series);
/* Adds what the server reserved; those that are known already stay as they are, blocks of days that are over go. */
bool kiosk_keep_add(struct kiosk_keep *, day_t today, const struct hall_block *, int count, struct error *);
/* The codes as the server has them now, instead of those known before. */
bool kiosk_keep_bookings(struct kiosk_keep *, const struct hall_booking *, int count, struct error *);
/* A code of today that was not used here; NULL. */
const struct keep_booked *kiosk_keep_find(const struct kiosk_keep *, day_t today, const char *code);
/* The next number for what is asked (all but day and number is filled), written down with its code, which is used up;
 * FAULT_OFFLINE: none is left today. */
bool kiosk_keep_give(struct kiosk_keep *, day_t today, struct hall_given *, struct error *);
/* The first count of given are known to the server. */
bool kiosk_keep_home(struct kiosk_keep *, int count, struct error *);
