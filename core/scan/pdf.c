/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/pdf.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "core/base/path.h"
#include "core/pdf/archive.h"
#include "core/scan/jpeg.h"
#include "core/scan/pages.h"

#define FONT      "Noto Sans"
#define A4_INCHES 8.27

/* ---- the words under the picture ---- */

struct box {
	double x, y, width, height;
};

/* One word, as wide and high as it stands in the picture. */
static void paint_word(cairo_t *cr, PangoLayout *layout, const struct box *box, const char *text)
{
	PangoRectangle ink, logical;
	pango_layout_set_text(layout, text, -1);
	pango_layout_get_extents(layout, &ink, &logical);
	double wide = (double)ink.width / PANGO_SCALE, high = (double)ink.height / PANGO_SCALE;
	if (wide <= 0 || high <= 0)
		return;
	cairo_save(cr);
	cairo_translate(cr, box->x, box->y);
	cairo_scale(cr, box->width / wide, box->height / high);
	cairo_translate(cr, -(double)ink.x / PANGO_SCALE, -(double)ink.y / PANGO_SCALE);
	pango_cairo_show_layout(cr, layout);
	cairo_restore(cr);
}

static PangoLayout *layout_for(cairo_t *cr)
{
	PangoLayout *layout = pango_cairo_create_layout(cr);
	PangoFontDescription *font = pango_font_description_from_string(FONT);
	cairo_font_options_t *plain = cairo_font_options_create();
	cairo_font_options_set_hint_metrics(plain, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(pango_layout_get_context(layout), plain);
	pango_font_description_set_absolute_size(font, 10 * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	cairo_font_options_destroy(plain);
	return layout;
}

static void paint_words(cairo_t *cr, const char *path, double scale)
{
	char file[PATH_MAX + 8], line[512];
	snprintf(file, sizeof file, "%s.words", path);
	FILE *words = fopen(file, "re");
	if (!words)
		return;
	PangoLayout *layout = layout_for(cr);
	while (fgets(line, sizeof line, words)) {
		struct box box;
		int used = 0;
		line[strcspn(line, "\n")] = '\0';
		if (sscanf(line, "%lf %lf %lf %lf %n", &box.x, &box.y, &box.width, &box.height, &used) < 4 ||
		    !used || !line[used] || !g_utf8_validate(line + used, -1, NULL))
			continue;
		box = (struct box){ box.x * scale, box.y * scale, box.width * scale, box.height * scale };
		paint_word(cr, layout, &box, line + used);
	}
	g_object_unref(layout);
	fclose(words);
}

/* ---- pages ---- */

static bool paint_picture(cairo_t *cr, const char *path, const struct picture *picture, double scale,
                          struct error *err)
{
	struct arena arena = { 0 };
	char *data;
	size_t size;
	if (!path_read(&arena, path, &data, &size, NULL))
		return pages_fail(err, "image", "unreadable");
	unsigned char *own = malloc(size);
	if (!own)
		return pages_fail(err, "big", "memory");
	memcpy(own, data, size);
	arena_free(&arena);
	/* Its pixels are never looked at: the JPEG itself goes into the PDF. */
	cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture->width, picture->height);
	cairo_status_t status = cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_JPEG, own, size, free, own);
	cairo_scale(cr, scale, scale);
	cairo_set_source_surface(cr, image, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST); /* no /Interpolate */
	cairo_paint(cr);
	cairo_surface_destroy(image);
	return status == CAIRO_STATUS_SUCCESS || pages_fail(err, "big", cairo_status_to_string(status));
}

static bool add_page(cairo_surface_t *surface, const char *folder, const char *name, struct error *err)
{
	char path[PATH_MAX];
	struct picture picture;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (!jpeg_head(path, &picture, err))
		return pages_fail(err, "image", name);
	double dpi = picture.dpi >= 50 && picture.dpi <= 1200 ? picture.dpi : picture.width / A4_INCHES;
	double scale = 72.0 / dpi;
	cairo_pdf_surface_set_size(surface, picture.width * scale, picture.height * scale);
	cairo_t *cr = cairo_create(surface);
	paint_words(cr, path, scale);
	bool good = paint_picture(cr, path, &picture, scale, err);
	cairo_show_page(cr);
	cairo_status_t status = cairo_status(cr);
	cairo_destroy(cr);
	return good && (status == CAIRO_STATUS_SUCCESS || pages_fail(err, "disk", cairo_status_to_string(status)));
}

bool pdf_make(const char *folder, const char *const *pages, size_t count, const char *out,
              struct error *err)
{
	char plain[PATH_MAX], path[PATH_MAX];
	snprintf(plain, sizeof plain, "%s/%s.plain", folder, out);
	snprintf(path, sizeof path, "%s/%s", folder, out);
	cairo_surface_t *surface = cairo_pdf_surface_create(plain, 595, 842);
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
	bool good = count > 0 || pages_fail(err, "image", "no page");
	for (size_t i = 0; good && i < count; i++)
		good = add_page(surface, folder, pages[i], err);
	cairo_surface_finish(surface);
	cairo_status_t status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (good && status != CAIRO_STATUS_SUCCESS)
		good = pages_fail(err, "disk", cairo_status_to_string(status));
	if (good && !archive_file(plain, path, "Bản số hoá giấy tờ", err)) {
		struct error why = *err;
		good = pages_fail(err, "disk", why.log);
	}
	(void)unlink(plain);
	if (!good)
		(void)unlink(path);
	return good;
}
