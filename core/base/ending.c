/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/ending.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"

static const struct ending *find(const struct ending *table, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (table[i].say && strcmp(table[i].word, word) == 0)
			return &table[i];
	return NULL;
}

const struct ending *ending_fail(struct error *err, const struct ending *table, size_t count, const char *word)
{
	const struct ending *found = find(table, count, word);
	if (!found)
		found = find(table, count, "crash");
	if (err) {
		fail(err, found->fault, "%s", _(found->say));
		snprintf(err->code, sizeof err->code, "%s", found->word);
	}
	return found;
}
