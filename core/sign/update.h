/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sign/update.h — What is appended to a PDF so that it can be signed (ISO 32000-1
 * 7.5.6, 12.8.1): a signature field that shows nothing, with a hole for the CMS.  Not a
 * byte of the file is changed.  In the helper only; errors carry a word of SIGN_WORDS. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "core/base/bytes.h"
#include "core/base/date.h"
#include "core/base/error.h"

struct update {
	struct bytes tail;  /* goes behind the file                      */
	size_t hole;        /* in tail: the first digit of /Contents     */
	size_t room;        /* digits                                    */
};

/* path and its bytes are the same file.  room: bytes of the CMS at most; at: the claimed
 * time of signing (/M); name: the signer's.  update_free in every case. */
bool update_make(struct update *, const char *path, const uint8_t *data, size_t size, size_t room, moment_t at,
                 const char *name, struct error *);
/* What is signed of the tail: before the hole's "<" and behind its ">". */
size_t update_before(const struct update *);
size_t update_behind(const struct update *);
/* False: the CMS is larger than the hole. */
bool update_fill(struct update *, const void *der, size_t size);
void update_free(struct update *);
