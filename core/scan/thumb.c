/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/thumb.h"

#include <stdio.h>

#include <leptonica/allheaders.h>

#include "core/scan/page.h"
#include "core/scan/page_look.h"
#include "core/scan/pages.h"

#define INK_LEAST 18 /* of 255: a line of writing covers a tenth of its strip */
#define DOTS    8 /* of the picture to a column; a row has twice as many */

/* Writing alone, black on white whatever the paper's gray is. */
static PIX *ink_of(PIX *gray)
{
	PIX *ink = gray ? pixThresholdToBinary(gray, look_threshold(gray)) : NULL;
	PIX *out = ink ? pixConvert1To8(NULL, ink, 255, 0) : NULL;
	pixDestroy(&ink);
	return out;
}

/* So many dots for each cell. */
static PIX *shrink(const char *path, int *cols, int *rows, struct error *err)
{
	int dpi;
	PIX *pix = page_open(path, &dpi, err), *gray = pix ? pixConvertTo8(pix, 0) : NULL;
	PIX *ink = ink_of(gray), *small = NULL;
	if (ink) {
		double w = pixGetWidth(ink), h = pixGetHeight(ink);
		if (*cols * h > *rows * 2 * w)
			*cols = (int)(*rows * 2 * w / h + 0.5);
		else
			*rows = (int)(*cols * h / w / 2 + 0.5);
		*cols = *cols < 1 ? 1 : *cols;
		*rows = *rows < 1 ? 1 : *rows;
		small = pixScaleToSize(ink, *cols * DOTS, *rows * 2 * DOTS);
	}
	if (!small && pix)
		pages_fail(err, "big", "memory");
	pixDestroy(&ink);
	pixDestroy(&gray);
	pixDestroy(&pix);
	return small;
}

/* How much of a quarter of a cell is ink, of 255. */
static int ink_at(PIX *small, int left, int top)
{
	int sum = 0;
	for (int y = top; y < top + DOTS; y++) {
		l_uint32 *line = pixGetData(small) + (size_t)y * (size_t)pixGetWpl(small);
		for (int x = left; x < left + DOTS / 2; x++)
			sum += 255 - GET_DATA_BYTE(line, x);
	}
	return sum / (DOTS * DOTS / 2);
}

bool thumb_print(const char *path, int cols, int rows, struct error *err)
{
	/* Bits: upper left, upper right, lower left, lower right. */
	static const char *const cells[] = { " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█" };
	PIX *small = shrink(path, &cols, &rows, err);
	if (!small)
		return false;
	for (int y = 0; y < rows; y++) {
		for (int x = 0; x < cols; x++) {
			int cell = 0;
			for (int quarter = 0; quarter < 4; quarter++)
				if (ink_at(small, x * DOTS + quarter % 2 * DOTS / 2, y * 2 * DOTS + quarter / 2 * DOTS) > INK_LEAST)
					cell |= 1 << quarter;
			fputs(cells[cell], stdout);
		}
		putchar('\n');
	}
	pixDestroy(&small);
	return true;
}
