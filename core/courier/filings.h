/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/filings.h — The room's own: what citizens filed online with one system, pulled
 * into the desk's list.  Profile member "filings": {"size": 50 (lines a page), "days": 30 (how
 * far back), "list_seconds": 60, "ask_seconds": 300 (each that is open here is read again),
 * "word": "progress" or "status" (the call that tells them the desk's act)}; without it the
 * system is not asked.  A receipt goes out only after everything of it is on disk. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "core/store/store.h"

struct post;
struct filing_job;

struct filings {
	struct ask list_ask, work_ask;
	bool list_busy, work_busy;
	int page;                    /* of the list, being read               */
	uint64_t page_mark;          /* of the page before: a list that repeats itself ends */
	int64_t next_list;           /* monotonic ms                          */
	struct filing_job *jobs;
};
void filings_look(struct post *);
void filings_stop(struct post *);
