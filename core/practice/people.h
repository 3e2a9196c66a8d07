/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/people.h — The room's own: people and enterprises that do not
 * exist, read from the shipped files at each question: they are few. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/date.h"

struct practice_person {
	const char *number, *old_number, *name, *sex; /* sex: "1" nam, "2" nữ, "" unknown */
	const char *hamlet;    /* first part of the address                          */
	const char *address;   /* as on the card: the old three levels               */
	day_t birth;
};
struct practice_enterprise {
	const char *number, *name, *address, *representative, *status;
};
/* By 12 digits or by the old 9; false: nobody. */
bool people_find(struct arena *, const char *number, struct practice_person *);
bool people_enterprise(struct arena *, const char *number, struct practice_enterprise *);
