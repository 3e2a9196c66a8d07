/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/receipt_code.h — The text inside a receipt's QR:
 *     <LOOKUP_URL>/<CODE>/<KEYID>/<BASE32 of the 64-byte Ed25519 signature>
 * (a unit without a look-up page leaves the URL empty: "/CODE/KEYID/…")
 * all upper case, so that it fits a QR's alphanumeric mode.  It carries neither
 * a name nor an ID.  Base32 is RFC 4648 without padding: 103 characters.
 * Signing and checking live in core/store/seal.h; here is only the text. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/dossier/code.h"

#define RECEIPT_SIGNATURE_SIZE 64
#define RECEIPT_KEY_ID_MOST 32

struct receipt_code {
	const char *lookup_url;            /* borrowed, "" when absent; upper case after reading */
	char code[CODE_ROOM];
	char key_id[RECEIPT_KEY_ID_MOST + 1]; /* [A-Z0-9-]                      */
	uint8_t signature[RECEIPT_SIGNATURE_SIZE];
};

/* The bytes that are signed: "motcua-receipt-1\n<unit eid>\n<code>\n<key id>"
 * (no line break at the end). */
const char *receipt_message(struct arena *, const char *unit_eid, const char *code,
                            const char *key_id);
/* FAULT_BUG for a code, key id or URL that does not fit the alphabet. */
bool receipt_code_write(struct arena *, const struct receipt_code *, const char **out,
                        struct error *);
/* Reads what a scanner delivered; case and surrounding blanks do not matter
 * (a keyboard scanner under caps lock).  FAULT_INPUT when it is none. */
bool receipt_code_read(struct arena *, const char *text, size_t n, struct receipt_code *out,
                       struct error *);
