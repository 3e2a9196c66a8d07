/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever motcua-ipp (and through it a printer) tells, in whatever pieces: the
 * verdict does not depend on how it was cut, says something, and holds no control
 * characters. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "printers/ipp_said.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ipp_said whole = { 0 }, pieces = { 0 };
	struct error one = { 0 }, two = { 0 };
	bool unsure, unsure_too;
	ipp_hear(&whole, (const char *)data, size);
	for (size_t i = 0; i < size; i++)
		ipp_hear(&pieces, (const char *)data + i, 1);
	bool came = ipp_verdict(&whole, "ipp://x/", "a5", &unsure, &one);
	if (came != ipp_verdict(&pieces, "ipp://x/", "a5", &unsure_too, &two) || unsure != unsure_too ||
	    strcmp(one.say, two.say) != 0)
		abort();
	if (!came && (one.fault == FAULT_NONE || !one.say[0]))
		abort();
	for (const char *p = one.say; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			abort();
	return 0;
}
