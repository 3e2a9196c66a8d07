/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/standstill_own.h — What the screen of the office's own incidents and its acts share. */
#pragma once
#include "core/store/blanks.h"
#include "core/store/stand.h"
#include "tui/desk.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/standstill_screen.h"

struct standing {
	struct fresh fresh;
	struct list list, moves_list;
	const struct standstill *rows;
	struct blanks_ask read, tell;
	struct arena told_memory;
	const struct due_move *moves;
	struct due_moves_ask moves_ask;
	struct arena moves_memory, moves_coming;
	int64_t moves_of;        /* of which incident moves are, or are being read; 0: none */
	bool moves_known;
	struct handover_ask act;
	/* What is being told: */
	int kind;
	char story[400];
	moment_t from;
	int64_t about;
};

/* The one under the cursor; NULL: none. */
static inline const struct standstill *standing_here(const struct standing *s)
{
	return s->list.count ? &s->rows[s->list.at] : NULL;
}

/* standstill_acts.c */
void standing_new(struct screen *);
bool standing_may_end(const struct screen *);
void standing_end(struct screen *);
bool standing_may_move(const struct screen *);
void standing_move(struct screen *);
bool standing_may_void(const struct screen *);
void standing_void(struct screen *);
