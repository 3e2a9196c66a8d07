/* SPDX-License-Identifier: Apache-2.0
 *
 * The text of any QR on a page: a mark that is taken is written as it was read. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/scan/mark.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	const char *text = arena_copy(&arena, (const char *)data, size);
	struct mark mark;
	char again[40], session[MARK_SESSION + 1];
	if (mark_read(text, &mark)) {
		mark_write(&mark, again, sizeof again);
		if (strcmp(again, text) != 0 || mark.paper < 1 || mark.paper > 99 || strlen(mark.session) != MARK_SESSION)
			abort();
	}
	/* A session made of any bytes is one that sheets can carry. */
	if (size >= MARK_SESSION) {
		mark_session(data, session);
		memcpy(mark.session, session, sizeof session);
		mark.paper = 7;
		mark_write(&mark, again, sizeof again);
		if (!mark_read(again, &mark) || mark.paper != 7)
			abort();
	}
	arena_free(&arena);
	return 0;
}
