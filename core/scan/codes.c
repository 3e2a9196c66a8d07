/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>
#include <zbar.h>

#include "core/scan/mark.h"
#include "core/scan/page.h"
#include "core/scan/pages.h"

#define MARK_DPI  150 /* our own QR is large */
#define TEXT_MOST 1200

/* Rows of leptonica are words; zbar wants bytes. */
static unsigned char *bytes_of(PIX *gray)
{
	int w = pixGetWidth(gray), h = pixGetHeight(gray);
	unsigned char *out = malloc((size_t)w * (size_t)h);
	l_uint32 *data = pixGetData(gray);
	for (int y = 0; out && y < h; y++) {
		l_uint32 *line = data + (size_t)y * (size_t)pixGetWpl(gray);
		for (int x = 0; x < w; x++)
			out[(size_t)y * (size_t)w + (size_t)x] = (unsigned char)GET_DATA_BYTE(line, x);
	}
	return out;
}

struct finding {
	void (*found)(const char *text, void *data);
	void *data;
};

static void tell(const zbar_image_t *image, const struct finding *finding)
{
	const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
	for (; symbol; symbol = zbar_symbol_next(symbol)) {
		char text[TEXT_MOST + 1];
		unsigned size = zbar_symbol_get_data_length(symbol);
		if (size == 0 || size > TEXT_MOST)
			continue;
		memcpy(text, zbar_symbol_get_data(symbol), size);
		text[size] = '\0';
		if (strlen(text) == size)
			finding->found(text, finding->data);
	}
}

/* QR alone, as bytes: zbar's own guess at the character set makes Japanese of names. */
static bool search(PIX *gray, const struct finding *finding)
{
	unsigned char *bytes = bytes_of(gray);
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	if (bytes) {
		zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
		zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
		zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
		zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
		zbar_image_set_size(image, (unsigned)pixGetWidth(gray), (unsigned)pixGetHeight(gray));
		zbar_image_set_data(image, bytes, (unsigned long)pixGetWidth(gray) * (unsigned long)pixGetHeight(gray), NULL);
		if (zbar_scan_image(scanner, image) > 0)
			tell(image, finding);
	}
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	free(bytes);
	return bytes != NULL;
}

struct wanted {
	char *out;
	size_t room;
};

static void take_mark(const char *text, void *data)
{
	struct wanted *wanted = data;
	struct mark mark;
	if (!*wanted->out && mark_read(text, &mark))
		snprintf(wanted->out, wanted->room, "%s", text);
}

void mark_find(PIX *gray, int dpi, char *out, size_t room)
{
	struct wanted wanted = { out, room };
	l_float32 factor = (l_float32)MARK_DPI / (l_float32)dpi;
	PIX *small = factor < 1 ? pixScaleAreaMap(gray, factor, factor) : pixClone(gray);
	*out = '\0';
	if (small)
		search(small, &(struct finding){ take_mark, &wanted });
	pixDestroy(&small);
}

static void pass_on(const char *text, void *data)
{
	(*(void (**)(const char *))data)(text);
}

bool codes_read(const char *path, void (*found)(const char *text), struct error *err)
{
	int dpi;
	PIX *pix = page_open(path, &dpi, err);
	PIX *gray = pix ? pixConvertTo8(pix, 0) : NULL;
	bool good = gray && search(gray, &(struct finding){ pass_on, &found });
	if (pix && !good)
		pages_fail(err, "big", "memory");
	pixDestroy(&gray);
	pixDestroy(&pix);
	return good;
}
