/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/carrier.h — A carrier brings bytes to paper.  It is slow and its
 * device has moods, so it lives in the loop and never blocks.  Any tongue
 * works over any carrier. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/child.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/place.h"
#include "core/base/scope.h"
#include "printers/escpos.h"
#include "printers/ipp_said.h"

enum carried {
	CARRIED_NOT,         /* failed: nothing, or not everything, came out */
	CARRIED_UNCONFIRMED, /* all sent, but the device does not answer: look at the paper */
	CARRIED_DONE,        /* the device itself said that it is done, or the file is on disk */
};

struct carrier;

/* One trip to a printer; embedded in its owner. */
struct carriage {
	/* Set by the caller before begin: */
	const void *data;         /* borrowed until done */
	size_t size;
	const char *title;        /* for file names: a dossier code, a paper's number */
	const char *ending;       /* "pdf", "txt" or "bin": file names again */
	const char *media;        /* "a5", "a4" for sheets; NULL: what is in it */
	bool fit;                 /* not drawn for this paper: pages are made to fit, where a printer can */
	bool escpos;              /* the device may be asked for its state in ESC/POS */
	bool look;                /* only asks how the device is; nothing comes out */
	const char *helper;       /* folder of motcua-ipp */
	int limit_ms;             /* patience with a printer that does not finish; 0: the carrier's */
	void (*moved)(struct carriage *); /* warning has become what it waits for; may be NULL */
	/* What the caller reads in done: */
	enum carried result;
	char warning[240];        /* "" or a sentence: paper near its end, not confirmed */
	char place[512];          /* where a file was written, else "" */
	/* the carrier's own: */
	struct task task;
	struct loop *loop;
	struct watch watch;
	struct timer timer;
	const struct carrier *carrier;
	int step, fd;
	size_t sent;
	struct escpos_ear ear;
	struct ipp_said said;
	struct child child;
	struct placing placing;
	bool two_way;             /* it answered at least once */
	int patience;             /* how many more times the end is waited for */
	char address[256];
	void (*done)(struct carriage *, const struct error *); /* NULL: result and warning tell */
};

struct carrier {
	const char *name;         /* as in motcua.ini */
	bool alone;               /* its devices take one job at a time; counters must wait */
	bool sheets;              /* its devices take PDF only */
	/* The address is understood: a sentence if not. */
	bool (*check)(const char *address, struct error *);
	/* Starts; done is called once, later, from the loop, never from begin.
	 * False: nothing was started. Ending the scope stops silently. */
	bool (*begin)(struct loop *, struct scope *, const char *address, struct carriage *,
	              void (*done)(struct carriage *, const struct error *), struct error *);
};

extern const struct carrier carrier_file; /* a folder; written beside, then renamed */
extern const struct carrier carrier_tcp;  /* host[:9100], raw port with ESC/POS status */
extern const struct carrier carrier_usb;  /* /dev/usb/lp0, kernel printer class */
extern const struct carrier carrier_ipp;  /* ipp://host/ipp/print, a printer that takes PDF */
extern const struct carrier carrier_cups; /* a queue of this machine's CUPS */
const struct carrier *carrier_find(const char *name); /* NULL: unknown */
/* Always with its port, so that two counters mean the same printer. */
const char *carrier_tcp_address(struct arena *, const char *address);
