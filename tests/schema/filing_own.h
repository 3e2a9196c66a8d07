/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/schema/filing_own.h — Cases of schema_filing_test in files of their own. */
#pragma once
#include <stdio.h>

void a_visit_groups_its_dossiers(void **state);
void linked_procedures_are_one_request(void **state);
void both_count_the_same_hours(void **state);

static inline void put(char *out, size_t room, const char *text)
{
	snprintf(out, room, "%s", text);
}
