/* SPDX-License-Identifier: Apache-2.0
 *
 * Scripted days are written by trainers. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/day.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct practice_day day;
	struct error err = { 0 };
	char *text = malloc(size + 1);
	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	if (day_parse(&day, text, &err)) {
		for (int i = 0; i < day.count; i++)
			if (day.lines[i].seconds < 0 || day.lines[i].seconds > 86400 ||
			    !json_is_object(day.lines[i].request))
				abort();
		day_free(&day);
	} else if (!*err.say || day.count) {
		abort();
	}
	free(text);
	return 0;
}
