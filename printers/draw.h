/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/draw.h — How the counter asks for a drawn paper.
 *
 * Fonts, PDF and QR libraries live in the helper motcua-draw.  The counter
 * keeps one warm child of it at the other end of a socketpair, under limits;
 * a child that dies or hangs is replaced and the request tried once more. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "core/base/bytes.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/scope.h"
#include "printers/fields.h"

/* What the helper can make; a printer's tongue and dots choose one. */
#define DRAW_OUTPUTS(X)           \
	X(PDF_A5, "pdf-a5")       \
	X(PDF_A4, "pdf-a4")       \
	X(RASTER_576, "raster-576") /* ESC/POS, 80 mm paper */ \
	X(RASTER_384, "raster-384") /* ESC/POS, 58 mm paper */ \
	X(PLAIN_80, "plain-80")     /* UTF-8 lines: previews and dumb printers */
enum draw_output {
#define X(name, word) DRAW_##name,
	DRAW_OUTPUTS(X)
#undef X
	DRAW_OUTPUT_COUNT
};
const char *draw_output_word(enum draw_output);

struct draw_request {
	const char *form;         /* "01", "02", "03", "test" */
	day_t date;               /* which version of the form was in force */
	enum draw_output output;
	const char *qr;           /* NULL: no QR; see printers/receipt_qr.h */
	int copy;                 /* 0 the first print, n the n-th copy: printed on it */
	const struct fields *fields;
};

/* One paper being drawn; embedded in its owner, not to be moved while under way. */
struct drawing {
	struct bytes out;         /* the paper, when done was called with NULL */
	struct task task;
	/* draw.c's own: */
	struct draw *draw;
	struct drawing *next;
	struct bytes request;
	bool again;               /* it was already tried with a child that died */
	bool queued;
	void (*done)(struct drawing *, const struct error *);
};

struct draw {
	struct loop *loop;
	const char *program;      /* path of motcua-draw; borrowed */
	const char *share;        /* paths.share; borrowed */
	int timeout_ms;           /* 10 s; tests make it short */
	int started;              /* how many children so far, for doctor and tests */
	/* draw.c's own: */
	pid_t child;
	struct watch watch;
	struct timer timer;
	struct bytes reply;
	size_t sent;
	struct drawing *queue;    /* the first one is with the child */
};

/* Starts nothing yet; program and share are kept. */
void draw_init(struct draw *, struct loop *, const char *program, const char *share);
/* Starts the child, so that the first receipt need not wait for its fonts. */
bool draw_warm(struct draw *, struct error *);
/* Queues the request, copied, so the fields may go.  done is called once from the
 * loop, with NULL or the error; ending the scope drops the request silently. */
bool draw_paper(struct draw *, struct scope *, const struct draw_request *, struct drawing *,
                void (*done)(struct drawing *, const struct error *), struct error *);
/* Frees the drawn bytes. */
void drawing_clear(struct drawing *);
/* Ends the child; drawings still queued are dropped silently. */
void draw_close(struct draw *);
