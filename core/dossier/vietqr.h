/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/vietqr.h — The text of a VietQR: a transfer of the NAPAS 247 service
 * (QRIBFTTA, to an account), which every bank's application reads.
 *
 * Written after EMVCo "QR Code Specification for Payment Systems, Merchant-Presented
 * Mode" and NAPAS "QR switching, part IV: QR code format": fields of id, two digits
 * of length, value; the last is a CRC-16/CCITT-FALSE over all before it, its own id
 * and length included. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/error.h"

#define VIETQR_ACCOUNT_MOST 19
#define VIETQR_PURPOSE_MOST 25
#define VIETQR_AMOUNT_MOST  ((int64_t)9999999999999) /* thirteen digits */

struct vietqr {
	const char *bin;      /* of the bank: six digits, given out by the State Bank         */
	const char *account;  /* letters and digits of ASCII                                  */
	int64_t amount;       /* whole đồng; 0: whoever pays types it                         */
	const char *purpose;  /* printable ASCII, what stands on the statement; "" none       */
};

/* FAULT_INPUT when a part does not fit its field. */
bool vietqr_write(struct arena *, const struct vietqr *, const char **out, struct error *);
/* Foreign text, refused (FAULT_INPUT) unless every field has its length, none comes
 * twice, the CRC is right and it is a transfer in đồng to an account of a Vietnamese
 * bank.  What we do not know is skipped.  Parts belong to the arena. */
bool vietqr_read(struct arena *, const char *text, size_t size, struct vietqr *, struct error *);
