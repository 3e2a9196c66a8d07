/* SPDX-License-Identifier: Apache-2.0
 *
 * A page as a scanner would give it, for measuring: sheet PATH DPI. */
#include <stdlib.h>

#include "tests/scan/sheets.h"

int main(int argc, char **argv)
{
	if (argc != 3)
		return 64;
	draw_sheet(argv[1], &(struct sheet){ .dpi = atoi(argv[2]), .skew = 0.4 });
	return 0;
}
