/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/thumb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <chafa.h>
#include <leptonica/allheaders.h>

#include "core/scan/page.h"
#include "core/scan/page_look.h"
#include "core/scan/pages.h"

#define HEAVIER 3
#define DOTS    8 /* of the picture to a column; a row has twice as many */

/* Writing alone, black on white whatever the paper's gray is. */
static PIX *ink_of(PIX *gray)
{
	PIX *ink = gray ? pixThresholdToBinary(gray, look_threshold(gray)) : NULL;
	PIX *out = ink ? pixConvert1To8(NULL, ink, 255, 0) : NULL;
	pixDestroy(&ink);
	return out;
}

/* Small, writing made heavier than it is: a page is mostly white. */
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

static guint8 *rgb_of(PIX *gray)
{
	int w = pixGetWidth(gray), h = pixGetHeight(gray);
	guint8 *out = malloc((size_t)w * (size_t)h * 3), *to = out;
	for (int y = 0; out && y < h; y++) {
		l_uint32 *line = pixGetData(gray) + (size_t)y * (size_t)pixGetWpl(gray);
		for (int x = 0; x < w; x++, to += 3) {
			/* Ink is what is drawn: the terminal's ground is the paper. */
			int ink = (255 - GET_DATA_BYTE(line, x)) * HEAVIER;
			memset(to, ink < 255 ? ink : 255, 3);
		}
	}
	return out;
}

static ChafaCanvas *canvas_for(int cols, int rows)
{
	ChafaSymbolMap *symbols = chafa_symbol_map_new();
	ChafaCanvasConfig *config = chafa_canvas_config_new();
	chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_SOLID |
	                             CHAFA_SYMBOL_TAG_HALF | CHAFA_SYMBOL_TAG_STIPPLE | CHAFA_SYMBOL_TAG_QUAD);
	chafa_canvas_config_set_symbol_map(config, symbols);
	chafa_canvas_config_set_canvas_mode(config, CHAFA_CANVAS_MODE_FGBG);
	chafa_canvas_config_set_geometry(config, cols, rows);
	ChafaCanvas *canvas = chafa_canvas_new(config);
	chafa_canvas_config_unref(config);
	chafa_symbol_map_unref(symbols);
	return canvas;
}

bool thumb_print(const char *path, int cols, int rows, struct error *err)
{
	PIX *small = shrink(path, &cols, &rows, err);
	guint8 *pixels = small ? rgb_of(small) : NULL;
	if (!pixels) {
		pixDestroy(&small);
		return false;
	}
	int w = pixGetWidth(small), h = pixGetHeight(small);
	ChafaCanvas *canvas = canvas_for(cols, rows);
	chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGB8, pixels, w, h, w * 3);
	for (int y = 0; y < rows; y++) {
		for (int x = 0; x < cols; x++) {
			char text[8] = "";
			int n = g_unichar_to_utf8(chafa_canvas_get_char_at(canvas, x, y), text);
			printf("%.*s", n, text);
		}
		putchar('\n');
	}
	chafa_canvas_unref(canvas);
	free(pixels);
	pixDestroy(&small);
	return true;
}
