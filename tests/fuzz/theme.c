/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a theme file: refused, or every look in range. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tui/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct theme theme = { 0 };
	struct error err = { 0 };
	char *text = malloc(size + 1);
	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	if (theme_parse(&theme, text, "fuzz.theme", &err)) {
		for (int role = 0; role < ROLE_COUNT; role++) {
			const struct look *look = &theme.looks[DEPTH_256][role];
			if (look->fg < -1 || look->fg > 255 || look->bg < -1 || look->bg > 255)
				abort();
		}
	} else if (err.fault != FAULT_INPUT) {
		abort();
	}
	free(text);
	return 0;
}
