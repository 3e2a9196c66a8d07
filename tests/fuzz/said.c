/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever was read from a page, lines and proposals are clean text, few, and each is what
 * its field takes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/date.h"
#include "core/base/text.h"
#include "core/scan/propose.h"

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

static void check(const struct proposal *p)
{
	clean(p->text);
	clean(p->beside);
	must(*p->text && p->page == 2);
	switch (p->kind) {
	case PROPOSE_NUMBER: must(strlen(p->text) == 12 && strspn(p->text, "0123456789") == 12); break;
	case PROPOSE_BIRTH:
	case PROPOSE_DATED: must(day_read(p->text) != DAY_NONE && strlen(p->text) == 10); break;
	case PROPOSE_SEX: must(strcmp(p->text, "nam") == 0 || strcmp(p->text, "nữ") == 0); break;
	case PROPOSE_PHONE: must(strspn(p->text, "0123456789") == strlen(p->text)); break;
	case PROPOSE_NAME: must(strchr(p->text, ' ') != NULL); break;
	default: must(text_count(p->text) <= 400); break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct said said;
	struct proposals all = { 0 };
	said_read(&arena, (const char *)data, size, &said);
	must(said.count <= SAID_WORDS_MOST);
	for (size_t i = 0; i < said.count; i++)
		clean(said.lines[i]);
	clean(said_text(&arena, &said));
	propose(&arena, &said, 2, NULL, &all);
	must(all.count <= PROPOSAL_KINDS * PROPOSALS_OF_KIND);
	for (size_t i = 0; i < all.count; i++)
		check(&all.items[i]);
	arena_free(&arena);
	return 0;
}
