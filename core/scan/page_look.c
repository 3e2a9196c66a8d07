/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/page_look.h"

#include <leptonica/allheaders.h>

#define DPI_LEAST     200
#define PAPER_DARK    140    /* gray of the paper; clean copies are over 200          */
#define INK_DEEP      0.72   /* of the paper's gray: darker is writing                */
#define INK_FAINT     0.90   /* darker is something, at least                         */
#define BLANK_INK     0.0006 /* of the sheet: a stamp of 1 cm² on A4 is 0.0016        */
#define EDGE_MM       1.0    /* a strip so wide, so far from the edge                 */
#define EDGE_LEAST    0.02   /* writing on so much of the strip is cut off …          */
#define EDGE_MOST     0.60   /* … and so much is the shadow of the lid                */
#define MARGIN        0.03   /* left out of the look for blank pages: shadows, holes  */
#define MM_AN_INCH    25.4

/* The gray that a quarter of the sheet is lighter than: the paper's own. */
static int paper_gray(PIX *gray)
{
	l_float32 value = 255;
	NUMA *histogram = pixGetGrayHistogram(gray, 4);
	if (histogram)
		numaHistogramGetValFromRank(histogram, 0.75f, &value);
	numaDestroy(&histogram);
	return (int)value;
}

int look_threshold(PIX *gray)
{
	int threshold = (int)(paper_gray(gray) * INK_DEEP);
	return threshold < 1 ? 1 : threshold;
}

/* How much of this part of the sheet is darker. */
static double darker(PIX *gray, int x, int y, int w, int h, int than)
{
	l_int32 count = 0;
	if (w < 1 || h < 1)
		return 0;
	BOX *box = boxCreate(x, y, w, h);
	PIX *part = box ? pixClipRectangle(gray, box, NULL) : NULL;
	PIX *ink = part ? pixThresholdToBinary(part, than) : NULL;
	if (ink)
		pixCountPixels(ink, &count, NULL);
	pixDestroy(&ink);
	pixDestroy(&part);
	boxDestroy(&box);
	return (double)count / ((double)w * h);
}

static bool is_cut(PIX *gray, int dpi, int than)
{
	int w = pixGetWidth(gray), h = pixGetHeight(gray);
	int strip = (int)(dpi * EDGE_MM / MM_AN_INCH + 0.5);
	if (strip < 1 || w < 20 * strip || h < 20 * strip)
		return false;
	const double edges[] = {
		darker(gray, 0, strip, w, strip, than),
		darker(gray, 0, h - 2 * strip, w, strip, than),
		darker(gray, strip, 0, strip, h, than),
		darker(gray, w - 2 * strip, 0, strip, h, than),
	};
	for (int i = 0; i < 4; i++)
		if (edges[i] > EDGE_LEAST && edges[i] < EDGE_MOST)
			return true;
	return false;
}

unsigned look_at(PIX *gray, int dpi)
{
	int w = pixGetWidth(gray), h = pixGetHeight(gray), paper = paper_gray(gray);
	int mx = (int)(w * MARGIN), my = (int)(h * MARGIN);
	double deep = darker(gray, mx, my, w - 2 * mx, h - 2 * my, look_threshold(gray));
	double faint = darker(gray, mx, my, w - 2 * mx, h - 2 * my, (int)(paper * INK_FAINT));
	unsigned doubts = dpi < DPI_LEAST ? PAGE_COARSE : 0;
	if (paper < PAPER_DARK)
		doubts |= PAGE_DARK;
	if (deep < BLANK_INK && faint < 10 * BLANK_INK)
		return doubts | PAGE_BLANK;
	if (deep < BLANK_INK)
		doubts |= PAGE_PALE;
	if (is_cut(gray, dpi, look_threshold(gray)))
		doubts |= PAGE_CUT;
	return doubts;
}
