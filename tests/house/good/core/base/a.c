/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/a.h"

#include <stdio.h>

static const int table[] = {
	1,
};

int a(void)
{
	return printf("%d", table[0]);
}
