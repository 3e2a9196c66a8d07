/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sign/ranges.h — What a signature in a PDF covers (/ByteRange, ISO 32000-1 12.8.1) and
 * the CMS in the hole it leaves.  Reads foreign bytes; allocates no more than they are. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/bytes.h"
#include "core/base/date.h"

struct ranges {
	const uint8_t *part[2]; /* in the file: before the hole and behind it       */
	size_t size[2];
	bool to_end;            /* nothing but line ends follows what is covered    */
};

/* range is /ByteRange as it stands.  False unless it begins at 0, its two parts lie in the
 * file with the hole between them, and the hole is exactly <hex digits> of one ASN.1
 * SEQUENCE with nothing but zeros behind it.  Appends that SEQUENCE to der. */
bool ranges_take(const long long range[4], const uint8_t *file, size_t size, struct ranges *out,
                 struct bytes *der);
/* A date as PDF writes it (7.9.4), "D:20261120094100+07'00'"; without a zone it is Vietnamese
 * time.  MOMENT_NONE unless day, hour and minute are there. */
moment_t ranges_moment(const char *text);
