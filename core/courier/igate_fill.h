/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/igate_fill.h — The room's own: members of a wire object filled
 * by a table of rules. */
#pragma once
#include "core/courier/igate.h"

enum igate_how {
	COPY,    /* the text, "" when we have none             */
	MUST,    /* the text, which must not be empty          */
	FIXED,   /* the text in `from` itself                  */
	DASHED,  /* yyyy-MM-dd HH:mm:ss, must be there         */
	COMPACT, /* yyyyMMddHHmmss, "" when there is none      */
	STEPPED, /* yyyy-MM-ddTHH:mm:ss.SSS, must be there     */
	STEP,    /* the same, "" when there is none            */
	NUMBER,  /* through the profile's map, as an integer   */
};

struct igate_rule {
	const char *wire;
	enum igate_how how;
	const char *from;
	const char *map;   /* NUMBER */
	const char *label; /* for the clerk, when it is missing or has no map */
};

/* Tables end with a rule without a name.  FAULT_INPUT with a sentence when what
 * must be there is not, or has no code there. */
bool igate_fill(const struct profile *, const struct igate_rule *, const json_t *from, json_t *out,
                struct error *);
/* Sets a member under its name there; takes the value over. */
void igate_put(const struct profile *, json_t *object, const char *name, json_t *value);
/* DanhSachLePhi of a message's fees. */
bool igate_put_fees(const struct profile *, const json_t *payload, json_t *out, struct error *);
/* Both return false. */
bool igate_missing(const struct profile *, const char *label, struct error *);
bool igate_unmapped(const struct profile *, const char *label, const char *value, struct error *);
