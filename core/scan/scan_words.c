/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/scan/scan.h"

static const struct {
	const char *word, *say;
} words[] = {
#define X(word, say) { word, say },
	SCAN_WORDS(X)
#undef X
};
enum { COUNT = sizeof words / sizeof words[0] };

bool scan_fail(struct error *err, const char *word, const char *cause)
{
	size_t at = 0, crash = 0;
	while (at < COUNT && (!words[at].say || strcmp(words[at].word, word) != 0))
		at++;
	while (strcmp(words[crash].word, "crash") != 0)
		crash++;
	if (at == COUNT)
		at = crash; /* nothing that the helper can say */
	if (err) {
		fail(err, FAULT_DEVICE, "%s", _(words[at].say));
		because(err, "scan: %s", cause);
		snprintf(err->code, sizeof err->code, "%s", words[at].word);
	}
	return false;
}
