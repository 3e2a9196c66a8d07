/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/sign_sheet.h"

#include "tests/scan/sheets.h"

void sign_sheet(const char *path)
{
	draw_sheet(path, &(struct sheet){ .skew = 1 });
}
