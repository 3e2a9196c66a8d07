/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/a.h"

int a(void) {
	return 0;
}
