/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/pages_private.h — What the files of the screen of scanned pages share. */
#pragma once
#include "core/store/store.h"
#include "tui/desk.h"
#include "tui/list.h"
#include "tui/pages_screen.h"

struct pages {
	struct screen *screen, *asker;
	struct batch *batch;
	const struct scan_setup *setup;
	const char **papers;
	const char *const *files;    /* the next one to be taken apart, or NULL   */
	void (*then)(struct screen *, struct batch *, enum pages_end);
	bool may_sign;
	enum pages_end taken_as;     /* what F9 or Ctrl-X began                   */
	struct list list;
	const struct page *retaken;  /* the next page to come takes its place     */
	const struct page *asked_about; /* which a dialog is about                */
	size_t before;               /* pages there were when it was asked for    */
	const char *system;
	/* Whether each paper's file will be taken, asked at F9: */
	struct ask ask;
	int asked;                   /* the paper under way; 0: nothing is asked  */
};

/* pages_fit.c: asks for each paper, then leaves the screen with what was accepted. */
void pages_accept(struct pages *, enum pages_end);
/* pages_screen.c */
void pages_leave(struct pages *, enum pages_end);
/* pages_draw.c */
void pages_draw(const struct screen *, struct canvas *);
void pages_list_start(struct pages *);
