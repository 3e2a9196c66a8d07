/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/call.h"

#include <stdlib.h>

#include "core/courier/peer.h"

const char *call_word(enum call_kind kind)
{
	static const char *const words[] = {
#define X(name, word) word,
		CALL_KINDS(X)
#undef X
	};
	return words[kind];
}
