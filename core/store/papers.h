/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/papers.h — Printed papers: their fields as frozen when they were
 * made, and the mark that they were printed (with what outcome). */
#pragma once
#include "core/store/store.h"

struct paper_row {
	int64_t paper_id;
	const char *form;    /* name of the form                     */
	const char *fields;  /* text for printers/fields.h           */
	const char *number;  /* "12/PBS-TTPVHCC", "" without one     */
	int copies_printed;
};
struct paper_ask {
	void (*done)(struct paper_ask *, const struct paper_row *, const struct error *);
	struct arena *into;  /* required */
	void *owner;
	int64_t paper_id;
	struct ask ask;      /* papers.c's own */
};
void paper_read(struct store *, struct scope *, struct paper_ask *, int64_t paper_id);
/* result: "ok", or the English cause of failure. done gets NULL, err or NULL. */
void paper_printed(struct store *, struct scope *, struct paper_ask *, int64_t paper_id,
                   const char *printer, const char *result);

/* ---- what was really given: the bytes of the first print ---- */

struct copy_row {
	const char *output;   /* "pdf-a5", "raster-576" …                 */
	const char *sha256;   /* hexadecimal, checked against the bytes   */
	const void *bytes;
	size_t size;
};
struct copy_ask {
	/* row is NULL after paper_keep. */
	void (*done)(struct copy_ask *, const struct copy_row *, const struct error *);
	struct arena *into;   /* paper_copy: required */
	void *owner;
	struct ask ask;       /* papers.c's own */
};
/* Keeps them unless an earlier print was kept; the bytes are copied. */
void paper_keep(struct store *, struct scope *, struct copy_ask *, int64_t paper_id, const char *output,
                const void *bytes, size_t size);
/* FAULT_INPUT when none is kept, FAULT_BUG when the sum is not that of the bytes. */
void paper_copy(struct store *, struct scope *, struct copy_ask *, int64_t paper_id);
