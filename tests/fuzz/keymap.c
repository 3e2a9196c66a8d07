/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a keys file: refused, or what was read can be written and read. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tui/desk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct action *const tables[] = { desk_actions, NULL };
	struct arena arena = { 0 };
	struct keymap keymap = { 0 }, again = { 0 };
	struct error err = { 0 };
	const char *text = arena_copy(&arena, (const char *)data, size);
	if (keymap_parse(&keymap, &arena, tables, text, "fuzz.keys", &err)) {
		struct bytes out = { 0 };
		keymap_write(&keymap, tables, &out);
		if (!keymap_parse(&again, &arena, tables, bytes_string(&out), "again", &err))
			abort();
		bytes_free(&out);
	} else if (err.fault != FAULT_INPUT) {
		abort();
	}
	arena_free(&arena);
	return 0;
}
