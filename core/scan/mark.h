/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/mark.h — The QR of a separator sheet: which paper the pages behind it
 * belong to.
 *
 *     MC-SEP-<session>-<paper>        MC-SEP-K7QF2M-03
 *
 * session is the nonce of the dossier being received (six of A–Z 2–9), so that a sheet
 * left over from another citizen is recognised and never sorts pages; paper is the row
 * of the checklist, 1 … 99.  Nothing in it tells of a person. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/error.h"

#define MARK_SESSION 6

struct mark {
	char session[MARK_SESSION + 1];
	int paper; /* 1 … 99 */
};

/* mark_text.c: pure. */
bool mark_read(const char *text, struct mark *);
void mark_write(const struct mark *, char *out, size_t room);
/* Six letters from the bytes, any bytes. */
void mark_session(const unsigned char bytes[MARK_SESSION], char out[MARK_SESSION + 1]);

struct Pix;
/* codes.c, the door to zbar.  The first QR of an 8-bit gray page that is a mark; "" if
 * there is none. */
void mark_find(struct Pix *gray, int dpi, char *out, size_t room);
/* Every QR of the picture, its exact bytes when they are UTF-8; calls found for each. */
bool codes_read(const char *path, void (*found)(const char *text), struct error *);
