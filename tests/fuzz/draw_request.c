/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes to motcua-draw on its standard input. */
#include <stdint.h>
#include <stdlib.h>

#include "printers/draw_request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct draw_request request;
	struct fields fields;
	struct error err = { 0 };
	struct bytes again = { 0 };
	if (draw_request_parse(&arena, (const char *)data, size, &request, &fields, &err)) {
		if (!draw_request_write(&request, &again, &err))
			abort();
		if (!draw_request_parse(&arena, again.data, again.size, &request, &fields, &err))
			abort();
	}
	bytes_free(&again);
	arena_free(&arena);
	return 0;
}
