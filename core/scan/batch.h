/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/batch.h — A stack of pages between the scanner and the dossier: scanned
 * into a spool of its own, cleaned, sorted by separator sheets, read, put in order by
 * the clerk, made into PDFs.  It owns the helpers at work on it; whoever owns the scope
 * owns the batch.  At most one helper of each kind runs. */
#pragma once
#include "core/base/arena.h"
#include "core/scan/mark.h"
#include "core/scan/page.h"
#include "core/scan/pages.h"
#include "core/scan/said.h"
#include "core/scan/scan.h"
#include "core/scan/spool.h"

#define BATCH_PAGES_MOST 1000
#define BATCH_DPI_LEAST  200 /* TT 02/2019/TT-BNV; BKHCN's guidance of 11/2025 */

enum page_state { PAGE_COMING, PAGE_READY, PAGE_BAD };
enum page_mark { PAGE_PLAIN, PAGE_SEPARATES, PAGE_FOREIGN /* of another dossier */ };

struct page {
	char file[24];               /* its picture in the spool                  */
	int width, height, dpi;      /* pixels                                    */
	enum page_state state;
	bool out;                    /* goes into no PDF: blank, separator, damaged,
	                              * or the clerk said so                      */
	int turned;                  /* degrees clockwise, by the machine         */
	long bytes;                  /* of its picture; 0: not known yet          */
	unsigned doubts;             /* enum page_doubt                           */
	enum page_mark mark;
	int paper;                   /* row + 1 of the checklist it belongs to    */
	/* batch's own: */
	bool shrinks;                /* is to be made coarser                     */
	int mark_paper, moved_to;    /* by a separator; by the clerk; 0           */
	enum { WORDS_UNREAD, WORDS_READING, WORDS_READ } words;
	const struct said *said;     /* what was read from it; NULL: nothing      */
};

struct making;
struct batch {
	/* May be read; the order of pages is the batch's: */
	struct page **pages;
	size_t count;
	bool scanning;
	struct scan scan;
	/* Set by the owner after batch_open: */
	char session[MARK_SESSION + 1]; /* of its separator sheets; "": none      */
	int paper, paper_count;      /* where pages go before the first separator */
	bool words;                  /* are read, for searching                   */
	bool behind;                 /* nobody waits for it: its helpers are niced */
	/* May be NULL: */
	void (*changed)(struct batch *);
	/* Scanning is over; err NULL when the feeder is empty as it should be. */
	void (*scanned)(struct batch *, const struct error *err);
	void *owner;
	/* batch's own: */
	struct loop *loop;
	struct scope *scope;
	struct task task;
	struct spool spool;
	struct arena arena;
	size_t room;
	int next_number;
	const char *scan_program, *pages_program;
	struct pages_job cleaning, reading, turning, drawing;
	struct page *read_page, *turn_page, *drawn_page;
	char read_file[24], turn_file[24];
	struct bytes drawn;
	int drawn_cols, drawn_rows;
	char drawn_file[24];
	struct making *makings;
};

/* An empty one with a spool below data; libexec is where the helpers are. */
bool batch_open(struct batch *, struct loop *, struct scope *, const char *data,
                const char *libexec, struct error *);
/* More pages at the end; one scan at a time. */
bool batch_scan(struct batch *, const struct scan_setup *, struct error *);
/* The pages of a PDF, JPEG, PNG or TIFF that lies in the spool under this name, at the
 * end, as if they were scanned; the file is gone afterwards. */
bool batch_split(struct batch *, const char *file, const struct scan_setup *, struct error *);
/* A picture that lies in the spool already, as the scanner would have told of it. */
void batch_add(struct batch *, const char *file);
/* Stops the scanner; scanned will be called. */
void batch_stop(struct batch *);
/* Kills what works on it and removes the spool; harmless when it is gone already. */
void batch_close(struct batch *);

/* All pages have been looked at. */
bool batch_settled(const struct batch *);
/* … and read, those that go into a PDF; changed is called when one has been. */
bool batch_read(const struct batch *);
void batch_remove(struct batch *, size_t at);
/* Changes places with its neighbour, by -1 or 1; false at the end. */
bool batch_move(struct batch *, size_t at, int by);
void batch_leave_out(struct batch *, size_t at, bool out);
/* To a paper, 0: where the separators say. */
void batch_assign(struct batch *, size_t at, int paper);
/* By a quarter clockwise; false while another page is being turned. */
bool batch_turn(struct batch *, size_t at, struct error *);
/* The page as rows of characters; NULL: on its way, changed is called. */
const char *batch_thumb(struct batch *, const struct page *, int cols, int rows);

/* Pages made into one PDF; embedded in its owner, who keeps it until done. */
struct making {
	void *owner;
	/* batch's own: */
	struct pages_job job;
	struct batch *batch;
	const struct page **pages;
	size_t count;
	char file[24];
	void (*done)(struct making *, int fd, const struct error *);
	struct making *next;
};
/* Of the pages of this paper, in order, without those left out.  Begins when all of
 * them are cleaned and read; done is called once with the PDF open for reading, the
 * caller's to close, or -1.  False when the paper has no page. */
bool batch_make(struct batch *, struct making *, int paper,
                void (*done)(struct making *, int fd, const struct error *));
/* What was read from the nth page of it, alive as long as the batch; NULL: nothing. */
const struct said *making_said(const struct making *, size_t nth);
/* All that was read from it, a line a page, for search; "" when nothing was. */
const char *making_text(struct arena *, const struct making *);
/* How large its PDF will be, about; and whether its pages can be made coarser. */
long batch_bytes_of(const struct batch *, int paper);
bool batch_can_shrink(const struct batch *, int paper);
/* Its pages, as coarse as the rules allow (BATCH_DPI_LEAST); batch_settled tells when. */
void batch_shrink(struct batch *, int paper);
/* How many pages of a paper go into its PDF. */
size_t batch_pages_of(const struct batch *, int paper);

/* batch_work.c: starts what can be started. */
void batch_work(struct batch *);
void batch_tell(struct batch *);
void batch_sort(struct batch *);
