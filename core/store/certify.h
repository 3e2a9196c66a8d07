/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/certify.h — Sổ chứng thực: a number in the book that the dossier's procedure belongs to.
 * The book itself is read as the report "certified". */
#pragma once
#include "core/store/store.h"

struct certify_facts {
	const char *book;      /* "BS" … ; "" none: nothing is written of this dossier */
	const char *book_name; /* "Sổ chứng thực bản sao từ bản chính" */
	const char *procedure;
	const char *numbers;   /* what stands in the book already, "" nothing */
	const char *signer;    /* who signed last */
};
struct certify_ask {
	void (*done)(struct certify_ask *, const struct certify_facts *, const struct error *);
	struct arena *into;    /* required */
	void *owner;
	struct ask ask;        /* certify.c's own */
};
void certify_look(struct store *, struct scope *, struct certify_ask *, int64_t dossier_id);

struct certify_entry {
	const char *request;   /* a UUID: repeated after a lost reply it is the same number */
	const char *subject, *signer;
	int copies;            /* of one original at one time: one number */
};
struct certify_act {
	/* number: "01 quyển số 01/2026 - SCT/BS", "" after a cancellation; gone after done. */
	void (*done)(struct certify_act *, const char *number, const struct error *);
	void *owner;
	struct ask ask;        /* certify.c's own */
};
void certify_write(struct store *, struct scope *, struct certify_act *, int64_t dossier_id, const struct certify_entry *);
/* The number stays with its reason; number as above. FAULT_INPUT when it is none. */
bool certify_cancel(struct store *, struct scope *, struct certify_act *, const char *number, const char *reason, struct error *);

/* A volume (quyển) of a book with its opening and closing line; volume 0: nothing was ever written in that book. */
struct certify_volume {
	const char *book, *sign, *name;
	const char *opened_by, *closed_by;
	moment_t opened_at, closed_at;  /* closed_at MOMENT_NONE: it is written into */
	int year, volume, first, last, numbers, cancelled;
	int doubt_year, doubt_known;    /* after a restore: the last number of that year waits to be confirmed, this one is known; 0: none */
	bool this_year;
};
struct certify_volumes_ask {
	void (*done)(struct certify_volumes_ask *, const struct certify_volume *, int count, const struct error *);
	struct arena *into;    /* required */
	void *owner;
	struct ask ask;        /* certify.c's own */
};
void certify_volumes_read(struct store *, struct scope *, struct certify_volumes_ask *);
/* Supervisors: closes the volume in use and opens the next one, whose number done gets; numbers run on. */
void certify_next_volume(struct store *, struct scope *, struct certify_act *, const char *book);
/* Supervisors, after a restore: the last number that stands in the book on paper; done gets it.  FAULT_INPUT when this
 * database has a later one, FAULT_CONFLICT when that book waits for nothing. */
void certify_confirm(struct store *, struct scope *, struct certify_act *, const char *book, int year, const char *last);
/* Supervisors: the closing line of a year that is over; done gets its last number. */
void certify_close_year(struct store *, struct scope *, struct certify_act *, const char *book, int year);
