/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/thumb.h"

#include <stdio.h>
#include <stdlib.h>

#include <chafa.h>
#include <leptonica/allheaders.h>

#include "core/scan/page.h"
#include "core/scan/page_look.h"
#include "core/scan/pages.h"

#define INK_LEAST 18 /* of 255: a line of writing covers a tenth of its strip */
#define DOTS    2 /* of the picture to a column, and to a row: what quarters of a cell show */

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
		small = pixScaleToSize(ink, *cols * DOTS, *rows * DOTS);
	}
	if (!small && pix)
		pages_fail(err, "big", "memory");
	pixDestroy(&ink);
	pixDestroy(&gray);
	pixDestroy(&pix);
	return small;
}

/* Chafa's own picture: a byte each for red, green, blue and cover. */
static uint8_t *four_bytes(PIX *small, int width, int height)
{
	uint8_t *out = malloc((size_t)width * (size_t)height * 4), *at = out;
	for (int y = 0; out && y < height; y++) {
		l_uint32 *line = pixGetData(small) + (size_t)y * (size_t)pixGetWpl(small);
		for (int x = 0; x < width; x++, at += 4) {
			at[0] = at[1] = at[2] = GET_DATA_BYTE(line, x) < 255 - INK_LEAST ? 0 : 255;
			at[3] = 255;
		}
	}
	return out;
}

static ChafaCanvas *canvas_of(int cols, int rows)
{
	ChafaSymbolMap *map = chafa_symbol_map_new();
	chafa_symbol_map_add_by_tags(map, CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_SOLID | CHAFA_SYMBOL_TAG_HALF |
		CHAFA_SYMBOL_TAG_QUAD);
	ChafaCanvasConfig *config = chafa_canvas_config_new();
	chafa_canvas_config_set_canvas_mode(config, CHAFA_CANVAS_MODE_FGBG);
	chafa_canvas_config_set_fg_color(config, 0x000000);
	chafa_canvas_config_set_bg_color(config, 0xffffff);
	chafa_canvas_config_set_preprocessing_enabled(config, FALSE);
	chafa_canvas_config_set_geometry(config, cols, rows);
	chafa_canvas_config_set_symbol_map(config, map);
	ChafaCanvas *canvas = chafa_canvas_new(config);
	chafa_canvas_config_unref(config);
	chafa_symbol_map_unref(map);
	return canvas;
}

static void say(ChafaCanvas *canvas, int cols, int rows)
{
	for (int y = 0; y < rows; y++) {
		for (int x = 0; x < cols; x++) {
			char letter[7];
			letter[g_unichar_to_utf8(chafa_canvas_get_char_at(canvas, x, y), letter)] = '\0';
			fputs(letter, stdout);
		}
		putchar('\n');
	}
}

bool thumb_print(const char *path, int cols, int rows, struct error *err)
{
	PIX *small = shrink(path, &cols, &rows, err);
	if (!small)
		return false;
	int width = pixGetWidth(small), height = pixGetHeight(small);
	uint8_t *picture = four_bytes(small, width, height);
	pixDestroy(&small);
	if (!picture)
		return pages_fail(err, "big", "memory");
	ChafaCanvas *canvas = canvas_of(cols, rows);
	chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, picture, width, height, width * 4);
	say(canvas, cols, rows);
	chafa_canvas_unref(canvas);
	free(picture);
	return true;
}
