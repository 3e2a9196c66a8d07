/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a printer says, in whatever pieces: counters stay in range and the
 * verdict does not depend on how the bytes were cut. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "printers/escpos.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct escpos_ear whole = { .asked_end = true }, pieces = { .asked_end = true };
	struct error err;
	escpos_hear(&whole, data, size);
	for (size_t i = 0; i < size; i++)
		escpos_hear(&pieces, data + i, 1);
	if (whole.answered < 0 || whole.answered > 3 || whole.skip < 0 || whole.skip > 3)
		abort();
	if (whole.end != pieces.end || whole.answered != pieces.answered ||
	    whole.paper_end != pieces.paper_end)
		abort();
	if (!escpos_ready(&whole, &err) && (err.fault != FAULT_DEVICE || !err.say[0]))
		abort();
	return 0;
}
