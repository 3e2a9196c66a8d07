/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "core/base/ending.h"
#include "core/base/say.h"
#include "core/scan/scan.h"

static const struct ending words[] = {
#define X(word, say) { word, FAULT_DEVICE, say },
	SCAN_WORDS(X)
#undef X
};
enum { COUNT = sizeof words / sizeof words[0] };

bool scan_fail(struct error *err, const char *word, const char *cause)
{
	ending_fail(err, words, COUNT, word);
	return because(err, "scan: %s", cause);
}
