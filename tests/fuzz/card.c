/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a scanner sends, the fields that come out are clean text, and a card
 * that is not refused has a number. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/dossier/card.h"
#include "core/dossier/receipt_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void clean(const char *text)
{
	must(text_valid(text, strlen(text)));
	for (const char *c = text; *c; c++)
		must((unsigned char)*c >= ' ' && *c != 0x7f);
}

static void card(struct arena *arena, const char *bytes, size_t n, enum card_source source)
{
	struct card out;
	card_read(arena, bytes, n, source, NULL, &out);
	clean(out.name);
	clean(out.address);
	clean(out.number);
	clean(out.old_number);
	for (size_t i = 0; i < out.doubts.count; i++)
		clean(out.doubts.items[i]);
	must((out.verdict == CARD_REFUSE) == (strlen(out.number) != 12));
	must((out.verdict == CARD_ACCEPT) <= (source == CARD_SERIAL));
	if (card_looks_like(bytes, n) && n < 2000)
		must(strlen(out.number) == 12);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct receipt_code receipt;
	card(&arena, (const char *)data, size, CARD_SERIAL);
	card(&arena, (const char *)data, size, CARD_KEYBOARD);
	if (receipt_code_read(&arena, (const char *)data, size, &receipt, NULL)) {
		const char *again;
		struct receipt_code twin;
		must(receipt_code_write(&arena, &receipt, &again, NULL));
		must(receipt_code_read(&arena, again, strlen(again), &twin, NULL));
		must(!memcmp(receipt.signature, twin.signature, sizeof(twin.signature)));
		must(!strcmp(receipt.code, twin.code));
	}
	arena_free(&arena);
	return 0;
}
