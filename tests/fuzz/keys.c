/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes at any time: every event is valid text, and nothing stays pending. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/field.h"
#include "tui/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void give(struct keys *keys, const struct event *event)
{
	if (event->kind == EVENT_TEXT || event->kind == EVENT_PASTE || event->kind == EVENT_SCAN) {
		if (strlen(event->text) != event->size || !text_valid(event->text, event->size))
			abort();
	}
	field_handle(keys->owner, event);
}

/* The first byte of each piece says how long it is and how long it took. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct field field;
	struct keys keys;
	int64_t now = 0;
	field_init(&field, &arena, NULL);
	keys_init(&keys, give, &field);
	for (size_t at = 0; at < size;) {
		size_t n = (size_t)(data[at] & 31) + 1;
		now += (data[at] >> 5) * 20;
		at++;
		if (n > size - at)
			n = size - at;
		keys_feed(&keys, (const char *)data + at, n, now);
		at += n;
	}
	for (int i = 0; keys_wait(&keys, now) >= 0; i++) {
		now += keys_wait(&keys, now);
		keys_settle(&keys, now);
		if (i > 10000)
			abort();
	}
	keys_clear(&keys);
	arena_free(&arena);
	return 0;
}
