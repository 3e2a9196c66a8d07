/* SPDX-License-Identifier: Apache-2.0
 *
 * A line about somebody's folder: what is taken names a file of that folder, and says the
 * same when it is written again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/scan/folder_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
	if (!truth)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	char *rest = arena_copy(&arena, (const char *)data, size), *line;
	while ((line = strsep(&rest, "\n"))) {
		struct folder_entry entry, again;
		struct bytes text = { 0 };
		if (!folder_line_read(&arena, line, &entry))
			continue;
		must(folder_name_fits(entry.name) && !strchr(entry.name, '/') && strcmp(entry.name, "..") != 0);
		must(entry.size >= 0 && entry.pages >= 0);
		folder_line_write(&text, &entry);
		must(strchr(text.data, '\n') == text.data + text.size - 1);
		text.data[text.size - 1] = '\0';
		must(folder_line_read(&arena, text.data, &again) && strcmp(again.name, entry.name) == 0 &&
		     again.folder == entry.folder && again.size == entry.size && again.time == entry.time);
		bytes_free(&text);
	}
	arena_free(&arena);
	return 0;
}
