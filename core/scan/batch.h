/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/batch.h — A stack of pages between the scanner and the dossier: scanned
 * into a spool of its own, looked at, put in order, made into PDFs.  It owns the
 * helpers at work on it; whoever owns the scope owns the batch. */
#pragma once
#include "core/base/arena.h"
#include "core/scan/pages.h"
#include "core/scan/scan.h"
#include "core/scan/spool.h"

#define BATCH_PAGES_MOST 1000

struct page {
	char file[24];               /* its picture in the spool                  */
	int width, height, dpi;      /* pixels                                    */
};

struct batch {
	/* May be read; the order of pages is the batch's: */
	struct page **pages;
	size_t count;
	bool scanning;
	struct scan scan;
	/* Set by the owner after batch_open, may be NULL: */
	void (*changed)(struct batch *);
	/* Scanning is over; err NULL when the feeder is empty as it should be. */
	void (*scanned)(struct batch *, const struct error *err);
	void *owner;
	/* batch.c's own: */
	struct loop *loop;
	struct scope *scope;
	struct task task;
	struct spool spool;
	struct arena arena;
	size_t room;
	int next_number;
	const char *scan_program, *pages_program;
};

/* An empty one with a spool below data; libexec is where the helpers are. */
bool batch_open(struct batch *, struct loop *, struct scope *, const char *data,
                const char *libexec, struct error *);
/* More pages at the end; one scan at a time. */
bool batch_scan(struct batch *, const struct scan_setup *, struct error *);
/* Stops the scanner; scanned will be called. */
void batch_stop(struct batch *);
/* Takes a page out for good. */
void batch_remove(struct batch *, size_t at);
/* Kills what works on it and removes the spool; harmless when it is gone already. */
void batch_close(struct batch *);

/* Pages made into one PDF; embedded in its owner, who keeps it until done. */
struct making {
	void *owner;
	/* batch.c's own: */
	struct pages_job job;
	struct batch *batch;
	char file[24];
	void (*done)(struct making *, int fd, const struct error *);
};
/* done is called once with the PDF open for reading, the caller's to close, or -1. */
bool batch_make(struct batch *, struct making *, const struct page *const *pages, size_t count,
                void (*done)(struct making *, int fd, const struct error *), struct error *);
