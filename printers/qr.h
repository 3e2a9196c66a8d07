/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/qr.h — The only door to libqrencode. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/error.h"

#define QR_QUIET 4 /* white modules around the code, ISO/IEC 18004 */

struct qr {
	int size;      /* modules a side, the quiet zone not counted */
	uint8_t *dark; /* size × size, 1 is dark                     */
};

/* ASCII only, level M; capitals and digits are packed in alphanumeric mode. */
bool qr_make(struct arena *, const char *text, struct qr *, struct error *);
/* Level L, for a screen: nothing spoils it, and it is smaller. */
bool qr_make_light(struct arena *, const char *text, struct qr *, struct error *);
