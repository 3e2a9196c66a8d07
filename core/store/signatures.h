/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/signatures.h — Which files this unit signed: a signed file is a new one beside
 * the file, or the printed paper, that it was made of; neither is ever changed. */
#pragma once
#include "core/store/store.h"

/* What of a dossier can be signed and is not yet: PDFs handed in here that carry no
 * signature, and the first prints of forms 01, 02, 03. */
struct unsigned_row {
	int64_t file_id, paper_id; /* one of them; the other is 0 */
	const char *name;          /* of the file; for a paper a new one, ASCII, without a person */
};
struct signature_row {
	int64_t file_id;
	const char *name;          /* of the file that was signed, or of the paper's form */
	bool paper;                /* a paper's electronic form */
	const char *signer;
	moment_t valid_to, at;
};
struct signatures_ask {
	void (*done)(struct signatures_ask *, const struct error *);
	struct arena *into;        /* required but for signature_keep */
	void *owner;
	/* Answers: */
	const struct unsigned_row *to_sign;
	const struct signature_row *rows;
	int count;
	int systems;               /* of signatures_travel */
	struct ask ask;            /* signatures.c's own */
};
/* → to_sign, count */
void signatures_missing(struct store *, struct scope *, struct signatures_ask *, int64_t dossier_id);
/* → rows, count */
void signatures_read(struct store *, struct scope *, struct signatures_ask *, int64_t dossier_id);
/* Signed files take the place of what they were made of in a dossier in the books, and its
 * systems get it anew.  → count: how many; systems: how many hear of it (none of one that is
 * done).  Repeated it does nothing: count 0. */
void signatures_travel(struct store *, struct scope *, struct signatures_ask *, int64_t dossier_id);
/* A whole file that this clerk sent is the signed one of a file or of a paper's first print
 * (the other 0).  It belongs to the dossier of that from now on.  May be said twice. */
void signature_keep(struct store *, struct scope *, struct signatures_ask *, int64_t file_id, int64_t of_file,
                    int64_t of_paper, const char *signer, const char *certificate, moment_t valid_to);
