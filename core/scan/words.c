/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/words.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

#include "core/base/date.h"
#include "core/scan/page.h"
#include "core/scan/pages.h"

#define LANGUAGE   "vie"
#define SURE_LEAST 30   /* less sure: a QR, a seal, a pen */

static bool too_late(void *data, int words)
{
	(void)words;
	return monotonic_ms() > *(const int64_t *)data;
}

static bool usable(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text <= ' ' || *text == 127)
			return false;
	return true;
}

static int write_words(TessBaseAPI *api, FILE *out)
{
	int count = 0;
	TessResultIterator *at = TessBaseAPIGetIterator(api);
	if (!at)
		return 0;
	TessPageIterator *page = TessResultIteratorGetPageIterator(at);
	do {
		int left, top, right, bottom;
		char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
		if (text && *text && strlen(text) < 200 && usable(text) &&
		    TessResultIteratorConfidence(at, RIL_WORD) >= SURE_LEAST &&
		    TessPageIteratorBoundingBox(page, RIL_WORD, &left, &top, &right, &bottom))
			count += fprintf(out, "%d %d %d %d %s\n", left, top, right - left, bottom - top, text) > 0;
		TessDeleteText(text);
	} while (TessResultIteratorNext(at, RIL_WORD));
	TessResultIteratorDelete(at);
	return count;
}

static bool recognise(TessBaseAPI *api, PIX *pix, int dpi, int deadline_ms)
{
	int64_t until = monotonic_ms() + deadline_ms;
	ETEXT_DESC *monitor = TessMonitorCreate();
	TessMonitorSetCancelFunc(monitor, too_late);
	TessMonitorSetCancelThis(monitor, &until);
	TessBaseAPISetPageSegMode(api, PSM_AUTO);
	TessBaseAPISetImage2(api, pix);
	TessBaseAPISetSourceResolution(api, dpi);
	bool good = TessBaseAPIRecognize(api, monitor) == 0;
	TessMonitorDelete(monitor);
	return good;
}

bool words_read(const char *path, int deadline_ms, int *count, struct error *err)
{
	char name[PATH_MAX];
	int dpi;
	*count = 0;
	setenv("OMP_THREAD_LIMIT", "1", 1);
	PIX *pix = page_open(path, &dpi, err);
	if (!pix)
		return false;
	TessBaseAPI *api = TessBaseAPICreate();
	bool good = TessBaseAPIInit2(api, NULL, LANGUAGE, OEM_LSTM_ONLY) == 0 ||
		    pages_fail(err, "font", "tesseract has no " LANGUAGE);
	snprintf(name, sizeof name, "%s.words", path);
	FILE *out = good ? fopen(name, "we") : NULL;
	if (good && !out)
		good = pages_fail(err, "disk", name);
	if (good && recognise(api, pix, dpi, deadline_ms))
		*count = write_words(api, out);
	if (out && fclose(out) != 0)
		good = pages_fail(err, "disk", name);
	TessBaseAPIEnd(api);
	TessBaseAPIDelete(api);
	pixDestroy(&pix);
	return good;
}
