/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a helper says, no name leaves the spool, no size is absurd, no text runs over. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/scan/jpeg.h"
#include "core/scan/told.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void check(const struct told *told)
{
	must(strlen(told->file) < TOLD_NAME && strlen(told->word) < sizeof told->word);
	must(strlen(told->cause) < sizeof told->cause && strlen(told->facts.mark) < sizeof told->facts.mark);
	if (told->kind == TOLD_NOTHING || told->kind == TOLD_END || told->kind == TOLD_AT)
		return;
	must(*told->file && *told->file != '.' && !strpbrk(told->file, "/ \n\t\x1b"));
	must(told->facts.width >= 0 && told->facts.width <= PICTURE_SIDE_MOST);
	must(told->facts.height >= 0 && told->facts.height <= PICTURE_SIDE_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	char *rest = arena_copy(&arena, (const char *)data, size), *line;
	while ((line = strsep(&rest, "\n"))) {
		struct told told;
		must(told_scan(line, &told) == told.kind);
		check(&told);
		must(told.kind != TOLD_AT || (told.percent >= 0 && told.percent <= 100));
		must(told_pages(line, &told) == told.kind);
		check(&told);
		must(told.kind != TOLD_FACTS || told.facts.turned % 90 == 0);
	}
	arena_free(&arena);
	return 0;
}
