/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/scan/sheets.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/scan/jpeg.h"
#include "tests/check.h"

#define WIDE 210.0
#define HIGH 297.0

static void draw_text(cairo_t *cr, const char *text, double left)
{
	PangoLayout *layout = pango_cairo_create_layout(cr);
	PangoFontDescription *font = pango_font_description_from_string("Noto Sans");
	pango_font_description_set_absolute_size(font, 4.3 * PANGO_SCALE); /* 12 pt in mm */
	pango_layout_set_font_description(layout, font);
	pango_layout_set_spacing(layout, 2 * PANGO_SCALE);
	pango_layout_set_text(layout, text, -1);
	cairo_move_to(cr, left, 25);
	pango_cairo_show_layout(cr, layout);
	pango_font_description_free(font);
	g_object_unref(layout);
}

static void draw_qr(cairo_t *cr, const char *text, double wide)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	assert_non_null(code);
	double dot = wide / code->width;
	cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width; x++)
			if (code->data[y * code->width + x] & 1)
				cairo_rectangle(cr, (WIDE - wide) / 2 + x * dot, 180 + y * dot, dot, dot);
	cairo_fill(cr);
	QRcode_free(code);
}

static void draw(cairo_t *cr, const struct sheet *s)
{
	double ink = (s->ink ? s->ink : 30) / 255.0, paper = (s->paper ? s->paper : 245) / 255.0;
	cairo_set_source_rgb(cr, paper, paper, paper);
	cairo_paint(cr);
	if (s->quarters & 1) {
		cairo_translate(cr, HIGH / 2, WIDE / 2);
	} else {
		cairo_translate(cr, WIDE / 2, HIGH / 2);
	}
	cairo_rotate(cr, s->quarters * M_PI / 2 + s->skew * M_PI / 180);
	cairo_translate(cr, -WIDE / 2, -HIGH / 2);
	cairo_set_source_rgb(cr, ink, ink, ink);
	draw_text(cr, s->text ? s->text : SHEET_TEXT, s->left > 0 ? s->left : 20);
	if (s->qr)
		draw_qr(cr, s->qr, s->qr_mm > 0 ? s->qr_mm : 60);
}

static void write_pgm(const char *path, const struct picture *p, FILE *raw)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	fprintf(file, "P5\n%d %d\n255\n", p->width, p->height);
	rewind(raw);
	for (int c; (c = fgetc(raw)) != EOF;)
		fputc(c, file);
	fclose(file);
}

void draw_sheet(const char *path, const struct sheet *s)
{
	struct error err;
	int dpi = s->dpi ? s->dpi : 200;
	bool lies = s->quarters & 1;
	struct picture p = { (int)((lies ? HIGH : WIDE) / 25.4 * dpi), (int)((lies ? WIDE : HIGH) / 25.4 * dpi), 1, dpi };
	cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p.width, p.height);
	cairo_t *cr = cairo_create(image);
	cairo_scale(cr, dpi / 25.4, dpi / 25.4);
	draw(cr, s);
	cairo_destroy(cr);
	cairo_surface_flush(image);
	FILE *raw = tmpfile();
	assert_non_null(raw);
	const unsigned char *data = cairo_image_surface_get_data(image);
	int stride = cairo_image_surface_get_stride(image);
	unsigned noise = 1;
	for (int y = 0; y < p.height; y++)
		for (int x = 0; x < p.width; x++) {
			noise = noise * 1103515245u + 12345u;
			int gray = data[y * stride + x * 4] + (int)(noise >> 16) % 13 - 6;
			fputc(gray < 0 ? 0 : gray > 255 ? 255 : gray, raw);
		}
	(void)unlink(path);
	size_t length = strlen(path);
	if (length > 4 && strcmp(path + length - 4, ".pgm") == 0)
		write_pgm(path, &p, raw);
	else if (!jpeg_write(path, &p, raw, 85, &err))
		fail_msg("%s", err.log);
	fclose(raw);
	cairo_surface_destroy(image);
}

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps its caches until the process ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\n";
}
#endif
