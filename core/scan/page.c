/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <leptonica/allheaders.h>

#include "core/scan/jpeg.h"
#include "core/scan/mark.h"
#include "core/scan/page_look.h"
#include "core/scan/pages.h"

#define QUALITY       80
#define FIRST_QUALITY 92    /* it is decoded once more, to be straightened       */
#define LOOK_DPI      200   /* skew and turning are seen well at this            */
#define SKEW_LEAST    0.15  /* degrees; less is not worth blurring the page for  */
#define SKEW_SURE     3.0   /* leptonica's confidence                            */
#define SIDE_SURE     1.5   /* lines this much surer the other way: it lies on its side */
#define TURN_SURE     6.0   /* up or down                                        */
#define A4_INCHES     8.27

static bool check_head(const char *path, int *format, struct error *err)
{
	l_int32 width = 0, height = 0, bits, samples, map;
	if (pixReadHeader(path, format, &width, &height, &bits, &samples, &map) != 0)
		return pages_fail(err, "image", "no header");
	if (*format != IFF_JFIF_JPEG && *format != IFF_PNG)
		return pages_fail(err, "image", "neither JPEG nor PNG");
	if (!picture_fits(width, height))
		return pages_fail(err, "big", "too many pixels");
	return true;
}

/* 8 bits gray or 32 bits colour, whatever the file held. */
static PIX *plain(PIX *pix)
{
	PIX *next = pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC);
	pixDestroy(&pix);
	if (next && pixGetSpp(next) == 4)
		pix = pixRemoveAlpha(next), pixDestroy(&next), next = pix;
	if (next && pixGetDepth(next) != 32 && pixGetDepth(next) != 8)
		pix = pixConvertTo8(next, 0), pixDestroy(&next), next = pix;
	return next;
}

/* A photo, or nothing said: as if it were A4. */
static int dpi_of(PIX *pix)
{
	int dpi = pixGetXRes(pix), width = pixGetWidth(pix), height = pixGetHeight(pix);
	return dpi >= 50 && dpi <= 1200 ? dpi : (int)((width < height ? width : height) / A4_INCHES);
}

PIX *page_open(const char *path, int *dpi, struct error *err)
{
	int format;
	setMsgSeverity(L_SEVERITY_NONE);
	if (!check_head(path, &format, err))
		return NULL;
	PIX *pix = pixRead(path);
	if (pix)
		pix = plain(pix);
	if (!pix) {
		pages_fail(err, "image", "cannot be decoded");
		return NULL;
	}
	*dpi = dpi_of(pix);
	return pix;
}

static bool save(PIX *pix, const char *out, int dpi, int quality, struct error *err)
{
	pixSetResolution(pix, dpi, dpi);
	return pixWriteJpeg(out, pix, quality, 0) == 0 || pages_fail(err, "disk", "pixWriteJpeg");
}

/* ---- how it lies ---- */

struct lie {
	int quarters;
	double skew;
};

static double skew_of(PIX *ink, l_float32 *sure)
{
	l_float32 angle = 0;
	*sure = 0;
	if (pixFindSkewSweepAndSearch(ink, &angle, sure, 2, 1, 7.0f, 1.0f, 0.01f) != 0)
		return 0;
	return angle;
}

static bool upside_down(PIX *ink, double skew)
{
	l_float32 sure = 0;
	PIX *straight = fabs(skew) > SKEW_LEAST
			? pixRotate(ink, (l_float32)(skew * M_PI / 180), L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0)
			: pixClone(ink);
	bool found = straight && pixUpDownDetect(straight, &sure, 0, 0, 0) == 0 && sure < -TURN_SURE;
	pixDestroy(&straight);
	return found;
}

/* Lines of writing tell which way is across; ascenders and marks tell which is up. */
static struct lie find_lie(PIX *gray, int dpi)
{
	struct lie lie = { 0 };
	l_float32 across_sure, along_sure, factor = (l_float32)LOOK_DPI / (l_float32)dpi;
	PIX *small = factor < 1 ? pixScaleAreaMap(gray, factor, factor) : pixClone(gray);
	PIX *ink = small ? pixThresholdToBinary(small, look_threshold(small)) : NULL;
	PIX *side = ink ? pixRotateOrth(ink, 1) : NULL;
	pixDestroy(&small);
	if (side) {
		double across = skew_of(ink, &across_sure), along = skew_of(side, &along_sure);
		bool lies = along_sure > SKEW_SURE && along_sure > SIDE_SURE * across_sure;
		lie.quarters = lies;
		if ((lies ? along_sure : across_sure) > SKEW_SURE)
			lie.skew = lies ? along : across;
		if (upside_down(lies ? side : ink, lie.skew))
			lie.quarters += 2;
	}
	pixDestroy(&ink);
	pixDestroy(&side);
	return lie;
}

static PIX *put_right(PIX *pix, const struct lie *lie)
{
	PIX *turned = lie->quarters ? pixRotateOrth(pix, lie->quarters) : pixClone(pix);
	if (!turned || fabs(lie->skew) < SKEW_LEAST)
		return turned;
	PIX *straight = pixRotate(turned, (l_float32)(lie->skew * M_PI / 180), L_ROTATE_AREA_MAP,
	                          L_BRING_IN_WHITE, 0, 0);
	pixDestroy(&turned);
	return straight;
}

static void tell(struct page_facts *facts, PIX *pix, int dpi)
{
	facts->width = pixGetWidth(pix);
	facts->height = pixGetHeight(pix);
	facts->dpi = dpi;
}

bool page_clean(const char *in, const char *out, struct page_facts *facts, struct error *err)
{
	struct lie lie = { 0 };
	int dpi;
	*facts = (struct page_facts){ 0 };
	PIX *pix = page_open(in, &dpi, err);
	if (!pix)
		return false;
	PIX *gray = pixConvertTo8(pix, 0), *right = NULL;
	if (gray) {
		facts->doubts = look_at(gray, dpi);
		mark_find(gray, dpi, facts->mark, sizeof facts->mark);
		if (!(facts->doubts & PAGE_BLANK) && !*facts->mark)
			lie = find_lie(gray, dpi);
		right = put_right(pix, &lie);
	}
	bool good = right || pages_fail(err, "big", "memory");
	if (good) {
		facts->turned = lie.quarters * 90;
		facts->skew = fabs(lie.skew) < SKEW_LEAST ? 0 : lie.skew;
		tell(facts, right, dpi);
		good = save(right, out, dpi, QUALITY, err);
	}
	pixDestroy(&gray);
	pixDestroy(&right);
	pixDestroy(&pix);
	return good;
}

bool page_turn(const char *in, const char *out, int quarters, struct page_facts *facts, struct error *err)
{
	int dpi;
	*facts = (struct page_facts){ 0 };
	PIX *pix = page_open(in, &dpi, err);
	PIX *turned = pix ? pixRotateOrth(pix, quarters & 3) : NULL;
	bool good = turned != NULL || (pix && pages_fail(err, "big", "memory"));
	if (good) {
		tell(facts, turned, dpi);
		good = save(turned, out, dpi, QUALITY, err);
	}
	pixDestroy(&turned);
	pixDestroy(&pix);
	return good;
}

bool page_shrink(const char *in, const char *out, int dpi, struct page_facts *facts, struct error *err)
{
	int now;
	*facts = (struct page_facts){ 0 };
	PIX *pix = page_open(in, &now, err);
	l_float32 factor = pix && now > dpi ? (l_float32)dpi / (l_float32)now : 1;
	PIX *small = pix && factor < 1 ? pixScaleAreaMap(pix, factor, factor) : pix ? pixClone(pix) : NULL;
	bool good = small != NULL || (pix && pages_fail(err, "big", "memory"));
	if (good) {
		tell(facts, small, factor < 1 ? dpi : now);
		good = save(small, out, facts->dpi, QUALITY, err);
	}
	pixDestroy(&small);
	pixDestroy(&pix);
	return good;
}

/* ---- TIFF ---- */

int page_tiff_count(const char *path)
{
	l_int32 count = 0, format = 0;
	setMsgSeverity(L_SEVERITY_NONE);
	FILE *file = fopen(path, "rbe");
	if (!file)
		return 0;
	if (findFileFormatStream(file, &format) != 0 || !L_FORMAT_IS_TIFF(format) || tiffGetCount(file, &count) != 0)
		count = 0;
	fclose(file);
	return count;
}

static PIX *square(PIX *pix)
{
	int across = pixGetXRes(pix), down = pixGetYRes(pix), most = across > down ? across : down;
	if (across <= 0 || down <= 0 || across == down || most > 4 * across || most > 4 * down)
		return pix;
	PIX *next = pixScale(pix, (l_float32)most / (l_float32)across, (l_float32)most / (l_float32)down);
	pixDestroy(&pix);
	if (next)
		pixSetResolution(next, most, most);
	return next;
}

bool page_tiff(const char *path, int number, const char *out, struct page_facts *facts, struct error *err)
{
	l_int32 width = 0, height = 0, bits, samples, dpi, map, format;
	*facts = (struct page_facts){ 0 };
	if (readHeaderTiff(path, number, &width, &height, &bits, &samples, &dpi, &map, &format) != 0)
		return pages_fail(err, "image", "no header");
	if (!picture_fits(width, height))
		return pages_fail(err, "big", "too many pixels");
	PIX *pix = pixReadTiff(path, number);
	pix = pix ? plain(pix) : NULL;
	pix = pix ? square(pix) : NULL;
	if (!pix)
		return pages_fail(err, "image", "cannot be decoded");
	tell(facts, pix, dpi_of(pix));
	bool good = save(pix, out, facts->dpi, FIRST_QUALITY, err);
	pixDestroy(&pix);
	return good;
}
