/* SPDX-License-Identifier: Apache-2.0
 *
 * Fields that were read can be written and read again to the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "printers/fields.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct fields first, again;
	struct error err = { 0 };
	struct bytes one = { 0 }, two = { 0 };
	if (fields_parse(&arena, (const char *)data, size, &first, &err)) {
		fields_write(&first, &one);
		if (!fields_parse(&arena, bytes_string(&one), one.size, &again, &err))
			abort();
		fields_write(&again, &two);
		if (one.size != two.size || (one.size && memcmp(one.data, two.data, one.size)))
			abort();
		(void)fields_group(&first, "component");
	} else if (!err.say[0] || !err.log[0]) {
		abort();
	}
	bytes_free(&one);
	bytes_free(&two);
	arena_free(&arena);
	return 0;
}
