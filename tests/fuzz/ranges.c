/* SPDX-License-Identifier: Apache-2.0
 *
 * The first line is a /ByteRange or a date, the rest the file: what is taken lies inside it, and the
 * hole is one SEQUENCE. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/sign/ranges.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char line[120] = "";
	long long range[4];
	struct ranges ranges;
	struct bytes der = { 0 };
	const uint8_t *end = memchr(data, '\n', size < sizeof line ? size : sizeof line - 1);
	if (!end)
		return 0;
	memcpy(line, data, (size_t)(end - data));
	moment_t at = ranges_moment(line);
	if (at != MOMENT_NONE &&
	    (moment_day(at) < day_of(1800, 1, 1) - 1 || moment_day(at) > day_of(2999, 12, 31) + 1))
		abort();
	if (sscanf(line, "%lld %lld %lld %lld", &range[0], &range[1], &range[2], &range[3]) != 4)
		return 0;
	const uint8_t *file = end + 1;
	size_t rest = size - (size_t)(file - data);
	if (ranges_take(range, file, rest, &ranges, &der)) {
		unsigned sum = 0;
		for (int part = 0; part < 2; part++)
			for (size_t i = 0; i < ranges.size[part]; i++)
				sum += ranges.part[part][i];
		if (der.size < 2 || der.data[0] != 0x30 || der.size > rest || sum == UINT32_MAX)
			abort();
	}
	bytes_free(&der);
	return 0;
}
