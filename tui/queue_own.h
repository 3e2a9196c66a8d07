/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/queue_own.h — Between the files of the queue's panel only. */
#pragma once
#include "core/store/queue.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/queue_screen.h"

struct queue_panel {
	struct list list;              /* who waits and who stands aside */
	const struct queue_ticket *here;  /* of this counter; NULL: none */
	const struct queue_ticket *rows;  /* the others */
	struct queue_ask shown, ask, series, series_ask;
	struct arena memory, coming, series_memory, series_coming;
	int reading;                   /* answers of this reading that are still to come */
	int64_t read_at;               /* when it began, on the loop's clock */
	bool again, known, acting;
	bool enter_later;              /* Enter was pressed before what is there was read */
	struct queue_ask act;
	bool intake;                   /* the act is "arrived": the form opens after it */
	char label[200];               /* what was done, for the status line */
	struct timer soon;
	struct listener listener;
	struct screen *screen;
	/* asked for step by step: */
	int64_t subject;               /* the ticket a question is about */
	int choice;
};

/* Begins an act; false when one is under way.  done_text is said when it worked. */
bool queue_act_begin(struct queue_panel *, const char *done_text);
void queue_act_done(struct queue_ask *, const struct error *err);
/* The list and the whole body, as they look. */
void queue_list(struct queue_panel *);
void queue_draw(const struct screen *, struct canvas *);
struct store *queue_store(struct queue_panel *);
/* F8: what else may be done, and what is asked for it. */
void queue_more(struct screen *);
/* F7: to another queue or counter. */
void queue_move(struct screen *);
