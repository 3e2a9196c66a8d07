/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/carrier.h"

#include <string.h>

const struct carrier *carrier_find(const char *name)
{
	static const struct carrier *const all[] = { &carrier_file, &carrier_tcp, &carrier_usb,
		&carrier_ipp, &carrier_cups };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}
