/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/printers/emvco.h — A payment code as a bank would take it apart: strict, and
 * sharing nothing with core/dossier/vietqr.c. */
#pragma once

struct emvco {
	char bin[8], account[24], amount[16], purpose[32];
};

/* NULL when it is a VietQR transfer, else what is wrong. */
const char *emvco_read(const char *text, struct emvco *);
