/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/reading.h — Files taken as they are, from a disk or a network scanner: their words are
 * read behind the clerk's back, one file at a time by niced children, so that search finds
 * them and the form gets its proposals like from scanned pages.  Nobody waits for it; it
 * goes on when the dossier has been received. */
#pragma once
#include <stdint.h>
#include "core/base/scope.h"
#include "core/scan/said.h"

struct duty;
struct reading;

/* Who wants to see what was read; embedded in its owner. */
struct read_wish {
	/* Once: what stands on the pages, in order, NULL where nothing was read; alive until the
	 * call returns.  Not when nothing could be read. */
	void (*done)(struct read_wish *, const struct said *const *pages, size_t count);
	void *owner;
	/* reading.c's own: */
	struct task task;
	struct read_wish **in;
};
enum { READING_PAGES_MOST = 60 /* of a file; what stands behind them is not read */ };

/* A kept file, by what it is open as (copied); nothing happens where [scan] words = no, or
 * for types without pages.  wish may be NULL; the end of scope ends it, not the reading. */
void reading_add(struct duty *, struct scope *, int fd, const char *type, int64_t file_id, struct read_wish *wish);
/* At the end of a duty, when its scope has ended.  NULL-safe; returns NULL. */
struct reading *reading_end(struct reading *);
