/* SPDX-License-Identifier: Apache-2.0
 *
 * A payment code that is accepted can be written again and then says the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/dossier/vietqr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct vietqr v, again;
	const char *text;
	if (vietqr_read(&arena, (const char *)data, size, &v, &err)) {
		if (!vietqr_write(&arena, &v, &text, &err) ||
		    !vietqr_read(&arena, text, strlen(text), &again, &err) || strcmp(v.bin, again.bin) != 0 ||
		    strcmp(v.account, again.account) != 0 || strcmp(v.purpose, again.purpose) != 0 ||
		    v.amount != again.amount)
			abort();
	} else if (!err.say[0] || !err.log[0]) {
		abort();
	}
	arena_free(&arena);
	return 0;
}
