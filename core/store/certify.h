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
