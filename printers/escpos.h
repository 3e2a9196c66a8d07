/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/escpos.h — What a thermal printer answers when asked how it is:
 * DLE EOT 1, 2 and 4 (at once, also while it prints) and GS r 1 (only after
 * everything before it is done).  The bytes come from a device: anything may
 * come, in any number, and what is not an answer is passed over. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/error.h"

#define ESCPOS_ASK      "\x10\x04\x01\x10\x04\x02\x10\x04\x04"
#define ESCPOS_ASK_SIZE 9
#define ESCPOS_END      "\x1dr\x01"
#define ESCPOS_END_SIZE 3

struct escpos_ear {
	int answered;        /* answers to ESCPOS_ASK so far, of 3 */
	bool asked_end, end; /* GS r 1 was asked; was answered */
	int skip;            /* rest of an automatic status message */
	/* What was said last: */
	bool offline, cover_open, paper_end, paper_near, broken;
};

/* Before every ESCPOS_ASK. */
void escpos_ask(struct escpos_ear *);
void escpos_hear(struct escpos_ear *, const uint8_t *bytes, size_t size);
/* False with FAULT_DEVICE and what the clerk must do, if it cannot print. */
bool escpos_ready(const struct escpos_ear *, struct error *);
