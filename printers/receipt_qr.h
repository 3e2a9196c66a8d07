/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/receipt_qr.h — The text inside a receipt's QR code:
 *
 *     <LOOKUP URL>/<DOSSIER CODE>/<KEY ID>/<SIGNATURE>
 *
 * all in capitals, so that the QR's alphanumeric mode keeps it small and a
 * hand scanner that types like a keyboard cannot spoil it.  The signature is
 * Ed25519 in base 32 (RFC 4648, no padding: 103 characters) over
 *
 *     motcua-receipt-1 LF unit e-identifier LF dossier code LF key id
 *
 * The unit's e-identifier is what stands before the first '-' of the dossier
 * code.  No name and no personal number ever goes in here. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"

#define RECEIPT_SIGNATURE 64
#define RECEIPT_PUBLIC    32

/* The message that is signed; belongs to the arena. */
const char *receipt_message(struct arena *, const char *unit_eid, const char *code,
                            const char *key_id);
/* The QR's text.  FAULT_INPUT when a part has a character that the
 * alphanumeric mode lacks. */
bool receipt_qr_text(struct arena *, const char *lookup_url, const char *code, const char *key_id,
                     const uint8_t signature[RECEIPT_SIGNATURE], const char **out, struct error *);

/* A registered counter key; to is DAY_NONE while it is in use. */
struct receipt_key {
	const char *id;
	uint8_t public_key[RECEIPT_PUBLIC];
	day_t from, to;
};

enum receipt_verdict {
	RECEIPT_GENUINE,
	RECEIPT_NOT_OURS,    /* not the shape of a receipt QR */
	RECEIPT_NO_KEY,      /* no registered key has this id */
	RECEIPT_FORGED,      /* the signature does not fit: code or signature altered */
	RECEIPT_KEY_DATE,    /* signed by a key that was not valid on the day in the code */
};
struct receipt_result {
	enum receipt_verdict verdict;
	char code[64], unit[40], key_id[24];
	day_t day;           /* day in the dossier code, DAY_NONE if none */
};

/* Judges scanned text against the known keys; true only when genuine.  say (a
 * Vietnamese sentence for the clerk) is filled in for every verdict. */
bool receipt_verify(const char *text, const struct receipt_key *keys, int count,
                    struct receipt_result *, char *say, size_t room);
