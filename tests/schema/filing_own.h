/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/schema/filing_own.h — Cases of schema_filing_test in files of their own. */
#pragma once
#include <stdio.h>
#include "tests/support/world.h"

void a_visit_groups_its_dossiers(void **state);
void linked_procedures_are_one_request(void **state);
void both_count_the_same_hours(void **state);
void who_filed_hears_of_it(void **state);
void only_a_gateway_carries_words(void **state);
void what_is_over_is_forgotten(void **state);
void who_is_still_to_be_told(void **state);
void handed_over_once_more(void **state);
/* filing_watch.c */
void a_filing_that_waits_is_watched(void **state);
void a_supplement_that_does_not_come_is_watched(void **state);
void a_linked_supplement_is_watched(void **state);

/* A line of their list; what the filing is read as, its members changed. */
void listed(PGconn *courier, const char *code, int status, const char *at);
void told(PGconn *courier, const char *code, const char *changes);
/* The request of a counter that shows this filing; its paper has the filing's file. */
const char *asking(PGconn *who, const char *code, const char *changes);
/* How many words of a kind ("ack", "progress") the other side hears or heard of it. */
long words(const char *code, const char *kind);

static inline void put(char *out, size_t room, const char *text)
{
	snprintf(out, room, "%s", text);
}
