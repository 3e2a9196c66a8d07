/* SPDX-License-Identifier: Apache-2.0
 *
 * Reference files are typed by people and sent by mail.  The first byte picks
 * the kind; what was read must be read again the same after it was written. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/dossier/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t kinds = 0;
	while (table_kinds[kinds].name)
		kinds++;
	if (!size)
		return 0;
	const struct table_kind *kind = &table_kinds[data[0] % kinds];
	struct arena arena = { 0 };
	struct table first, second;
	struct table_problems problems = { 0 };
	struct error err = { 0 };
	if (table_read(&arena, kind, "fuzz", (const char *)data + 1, size - 1, &first, &problems, &err)) {
		struct bytes out = { 0 };
		table_write_header(&out, kind);
		for (size_t i = 0; i < first.count; i++)
			table_write_row(&out, kind, first.rows[i].values);
		if (!table_read(&arena, kind, "again", out.data, out.size, &second, &problems, &err) ||
		    first.count != second.count)
			abort();
		for (size_t i = 0; i < first.count; i++)
			for (size_t c = 0; c < kind->count; c++)
				if (strcmp(first.rows[i].values[c], second.rows[i].values[c]))
					abort();
		bytes_free(&out);
	} else if (!problems.count || !*err.say) {
		abort();
	}
	arena_free(&arena);
	return 0;
}
