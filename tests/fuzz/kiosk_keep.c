/* SPDX-License-Identifier: Apache-2.0
 *
 * What a kiosk in the hall holds on its own disk: refused, or what was read is written and read again, and no number of it is none. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "tui/kiosk_keep.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct kiosk_keep keep, again;
	struct arena arena = { 0 };
	memset(&keep, 0, sizeof keep);
	memset(&again, 0, sizeof again);
	if (kiosk_keep_parse(&keep, arena_copy(&arena, (const char *)data, size))) {
		struct bytes first = { 0 }, second = { 0 };
		kiosk_keep_text(&keep, &first);
		char *text = arena_copy(&arena, bytes_string(&first), first.size);
		if (!kiosk_keep_parse(&again, text))
			abort();
		kiosk_keep_text(&again, &second);
		if (first.size != second.size || strcmp(bytes_string(&first), bytes_string(&second)) != 0)
			abort();
		for (int i = 0; i < keep.block_count; i++)
			if (kiosk_keep_left(&keep, keep.blocks[i].day, keep.blocks[i].series) < 0)
				abort();
		for (int i = 0; i < keep.booked_count; i++)
			(void)kiosk_keep_find(&keep, moment_day(keep.booked[i].slot), keep.booked[i].code);
		bytes_free(&first);
		bytes_free(&second);
	}
	arena_free(&arena);
	return 0;
}
