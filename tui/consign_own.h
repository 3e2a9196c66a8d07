/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/consign_own.h — Between the files of one batch. */
#pragma once
#include <string.h>

#include "core/store/consign.h"
#include "tui/consign_screen.h"
#include "tui/event.h"
#include "tui/fresh.h"
#include "tui/list.h"

struct consign_view {
	struct fresh fresh;
	int64_t id;
	struct consignment head, coming_head; /* state NULL: not read yet */
	struct list list;
	const struct consign_item *items;
	struct consignments_ask head_ask;
	struct consign_items_ask items_ask;
	struct consign_act act;
	/* What is being asked about: */
	struct consign_entry entry;
	char request[37];                /* its */
	struct arena typed;              /* of its words */
	const char *person;
	int nth;
	int64_t postage;
	const char *slip;
	bool delivered;
	/* The phiếu gửi: */
	struct consign_slips_ask slips;
	struct arena slips_memory;
	int slip_of;                     /* the line wanted; 0: those not printed yet, SLIPS_ALL */
};
enum { SLIPS_ALL = -1 };

static inline const struct consign_item *consign_here(const struct consign_view *v)
{
	return v->list.count ? &v->items[v->list.at] : NULL;
}
static inline bool consign_is(const struct consign_view *v, const char *state)
{
	return v->head.state && strcmp(v->head.state, state) == 0;
}
static inline bool consign_out(const struct consign_view *v)
{
	return strcmp(v->head.way, "out") == 0;
}
static inline bool consign_post(const struct consign_view *v)
{
	return strcmp(v->head.carrier, "post") == 0;
}
/* Readies the act; false while one is under way. */
bool consign_begin(struct consign_view *, void (*done)(struct consign_act *, int64_t, const struct error *));
/* Tells what went wrong and reads again. */
void consign_done(struct consign_act *, int64_t id, const struct error *);

/* consign_acts.c */
extern const struct action consign_actions[];
/* consign_paper.c: what of a batch may be printed now; the phiếu gửi that are still to be. */
bool consign_may_print(const struct screen *);
void consign_print_ask(struct screen *);
void consign_print_slips(struct consign_view *, int nth);
/* consign_add.c: one more line, typed or scanned. */
void consign_add_ask(struct screen *);
bool consign_scanned(struct screen *, const struct event *);
/* The number of a parcel: what may stand there, a sentence of what may not. */
const char *consign_check_slip(struct screen *, const char *text, void *data);
