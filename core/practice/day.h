/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/day.h — A scripted day: what goes wrong outside, and when, so
 * that a training class or a test meets the same day again.  A line is
 *     WHEN WORD [JSON]
 * WHEN: "08:15" or "08:15:30" by the Vietnamese clock, every day, or "+90"
 * seconds after the start, once.  WORD and JSON: what is posted to
 * /practice/WORD (control.c): fault calm dial step call expire reset rights filed.  Blank
 * lines and what follows "#" are left out. */
#pragma once
#include <stdbool.h>
#include <jansson.h>
#include "core/base/date.h"
#include "core/base/error.h"

struct day_line {
	bool after_start;   /* seconds count from the start, else from midnight */
	int seconds;
	char word[16];
	json_t *request;
	int line;           /* in the file                                      */
};

#define MOST_DAY_LINES 256
struct practice_day {
	struct day_line lines[MOST_DAY_LINES];
	int count;
};

/* FAULT_INPUT names the line that cannot be read. */
bool day_parse(struct practice_day *, const char *text, struct error *);
void day_free(struct practice_day *);
/* Does the line fall into (from, to]? start: when the world began. */
bool day_line_due(const struct day_line *, moment_t start, moment_t from, moment_t to);
