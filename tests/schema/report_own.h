/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/schema/report_own.h — Dossiers followed event by event; between report_test.c, report_ratings.c and report_restored.c only. */
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

extern PGconn *man, *hue, *lan;

struct life {
	long id;
	char field[40];
	int channel, status;
	bool was_received;
	char received[11], due[11], ended[11]; /* days as text: they compare as they are */
	int first, last; /* of what happened to it */
	bool has_due, is_over;
	bool elsewhere, from_elsewhere;
};

#define HISTORIES_MOST 400
extern struct life lives[HISTORIES_MOST];
extern int many;
/* Everything that happened to anybody, by dossier, in order: day, 'e' or 'd', status or due day. */
extern PGresult *happened;
void read_happened(void);
/* Fills lives; how many. */
int everybody(void);
/* Follows one dossier up to the end of a day. */
void live(struct life *, const char *until);
/* The day so many days ago, in one of four texts. */
const char *ago(int days);

/* report_ratings.c */
void indices_equal_a_recount(void **state);
void scanned_results_are_digital(void **state);
void the_late_list_says_who(void **state);
void reasons_are_for_supervisors(void **state);

/* report_restored.c */
void papers_go_on_beyond_what_was_lost(void **state);
void a_book_waits_for_its_last_number(void **state);
