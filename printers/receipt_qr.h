/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/receipt_qr.h — Signing and judging the QR code of a receipt.
 *
 * Its text and the signed message are core/dossier/receipt_code.h, the
 * signature is core/store/seal.h, the keys core/store/keys.h.  The key id is
 * the key's number in the database.  The unit's e-identifier is what stands
 * before the first '-' of the dossier code, so that a receipt is judged with
 * no network; the day in the code tells whether the key was valid then. */
#pragma once
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/dossier/receipt_code.h"
#include "core/store/keys.h"
#include "core/store/seal.h"

/* The QR's text for a dossier just received.  FAULT_BUG when a part does not
 * fit the QR's alphabet. */
bool receipt_sign(struct arena *, const struct seal_key *, int64_t key_id, const char *lookup_url,
                  const char *code, const char **out, struct error *);

enum receipt_verdict {
	RECEIPT_GENUINE,
	RECEIPT_NOT_OURS,    /* not the shape of a receipt's QR */
	RECEIPT_NO_KEY,      /* no registered key has this number */
	RECEIPT_FORGED,      /* the signature does not fit: code, key or signature altered */
	RECEIPT_KEY_DATE,    /* signed by a key that was not valid on the day in the code */
};
struct receipt_result {
	enum receipt_verdict verdict;
	struct receipt_code parts;
	int64_t key_id;
	day_t day;           /* the day in the dossier code, DAY_NONE if it has none */
	const char *say;     /* one Vietnamese sentence for the clerk, whatever the verdict */
};

/* Judges what a scanner delivered; true only when genuine. */
bool receipt_verify(struct arena *, const char *text, size_t size, const struct key_list *,
                    struct receipt_result *);
