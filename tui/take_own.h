/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/take_own.h — What the files of the supplement screen share. */
#pragma once
#include "core/dossier/deadline.h"
#include "core/dossier/component.h"
#include "core/store/dossier_read.h"
#include "core/store/money.h"
#include "core/store/taken_up.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/screen.h"

enum { TAKE_ROWS = 120, TAKE_FILES = 20 };

/* One paper that may have been brought. */
struct take_row {
	int64_t part_id;       /* asked by a system; 0      */
	int seq;               /* of the dossier's own; 0   */
	const char *name, *asked_by, *state;
	bool asked;            /* somebody waits for it     */
	bool brought;
	enum paper_action action;
	const char *where;     /* it was held already: where; NULL */
	int originals, copies;
	int64_t files[TAKE_FILES];
	int file_count, on_the_way;
};
struct taking {
	int64_t id;
	const struct dossier_full *full; /* NULL until read */
	struct dossier_full kept;
	struct wait_row wait;            /* act "": nothing waits */
	char act[16];
	const char *asked_by;            /* "who, when, until", for the head */
	struct take_row rows[TAKE_ROWS]; /* names live in the screen's arena */
	int count;
	struct list list;
	struct arena memory, coming, waits_memory;
	struct dossier_ask full_ask;
	struct waits_ask waits_ask;
	bool reading, again, known;      /* known: waits were read once */
	struct take_ask take_ask;
	struct issue_ask issue;          /* the receipt again     */
	bool part;                       /* not all of it yet     */
	struct taken taken;
	struct arena said;               /* the request under way */
	struct listener listener;
	struct screen *screen;
};

/* take_rows.c: the rows */
void take_rows_merge(struct taking *);
struct take_row *take_row_at(struct taking *);
bool take_rows_handle(struct taking *, const struct event *);
void take_rows_start(struct taking *);
/* F4 and F8 */
void take_attach(struct screen *);
void take_add(struct screen *);
/* The due date as it is when the papers are taken now. */
void take_count_due(const struct taking *, struct arena *, moment_t now, struct deadline *);
