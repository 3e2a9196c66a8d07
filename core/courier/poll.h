/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/poll.h — The room's own: asking one system what is new.  Profile
 * member "poll": {"list": true (the family's CALL_LIST tells changes),
 * "window_hours": 120 (no wider), "overlap_minutes": 60 (clocks differ),
 * "sweep_seconds": 3600 (each dossier is asked about all the same, so often)};
 * without a list each dossier is asked about in turn, or several in one call: as
 * many as "max_batch" of the profile says (1: one; at most 40) where "calls" has
 * "ask-many" (its body holds "codes").  "ack": ["result",
 * "supplement", "payment", "extension"]: what they want a receipt for. */
#pragma once
#include "core/base/loop.h"
#include "core/store/store.h"

struct post;
struct engine;
struct gather;
struct batch;
struct tell;

struct poll {
	struct timer timer;
	struct ask open_ask, list_ask, work_ask;
	bool open_busy, list_busy, work_busy;
	int64_t fence;               /* of the window under way */
	char page[80];
	struct gather *jobs;         /* files and receipts under way */
	struct batch *batches;       /* questions about several      */
	bool one_by_one;             /* they would not have it otherwise */
	/* tell.c's own: words for citizens under way */
	struct tell *tells;
	struct ask tell_ask;
	bool tell_busy, tell_again;
};
void poll_start(struct post *);
void poll_stop(struct post *);
/* batch.c: how many dossiers one question may be about now. */
int batch_size(const struct post *);
/* Asks about all rows of wire_open_streams, so many at once. */
void batch_ask(struct post *, const struct reply *);
void batch_stop(struct post *);
/* gather.c: files they link to, receipts they want. */
void gather_look(struct post *);
void gather_stop(struct post *);

/* Housekeeping of the database every few minutes. */
struct tend {
	struct timer timer;
	struct ask ask;
};
void tend_start(struct engine *);
void tend_stop(struct engine *);
