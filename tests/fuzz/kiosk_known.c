/* SPDX-License-Identifier: Apache-2.0
 *
 * The choices a kiosk starts with when the server is away: whatever the file says, what was read of it is written and read again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "tui/kiosk_own.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct kiosk_known known, again;
	struct arena arena = { 0 };
	struct bytes text = { 0 };
	kiosk_known_parse(&known, arena_copy(&arena, (const char *)data, size));
	for (int i = 0; i < known.series_count; i++)
		if (!*known.series[i].series)
			abort(); /* a choice that asks for nothing */
	kiosk_known_text(&known, &text);
	kiosk_known_parse(&again, arena_copy(&arena, bytes_string(&text), text.size));
	if (memcmp(&known, &again, sizeof known) != 0)
		abort();
	bytes_free(&text);
	arena_free(&arena);
	return 0;
}
