/* SPDX-License-Identifier: Apache-2.0 */
#include <cairo-pdf.h>

#include "core/base/say.h"
#include "core/pdf/archive.h"
#include "printers/layout.h"
#include "printers/tongue.h"

static const struct sheet sheets[] = {
	/* A5 upright, 148 × 210 mm; A4, 210 × 297 mm; margins 11 and 18 mm. */
	[PDF_A5] = { .width = 419.53, .height = 595.28, .side = 31, .top = 24, .bottom = 26,
		     .scale = 1, .base = 9.0, .family = FONT_SHEET },
	[PDF_A4] = { .width = 595.28, .height = 841.89, .side = 56, .top = 44, .bottom = 46,
		     .scale = 1, .base = 12, .family = FONT_SHEET },
};

static cairo_status_t keep_bytes(void *out, const unsigned char *data, unsigned int size)
{
	bytes_add(out, data, size);
	return CAIRO_STATUS_SUCCESS;
}

bool tongue_pdf(struct arena *arena, const struct slip *slip, enum pdf_paper paper,
                struct bytes *out, struct error *err)
{
	struct layout layout;
	struct sheet turned = sheets[paper], *sheet = &turned;
	if (slip->landscape) {
		turned.width = sheets[paper].height;
		turned.height = sheets[paper].width;
	}
	if (!layout_make(&layout, arena, slip, sheet, err))
		return false;
	struct bytes plain = { .limit = 32u << 20 };
	cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(keep_bytes, &plain, sheet->width, sheet->height);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, slip->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "motcua");
	/* The paper says when it was made; printed again, it is the same file. */
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, NULL);
	cairo_t *cr = cairo_create(surface);
	int number = 1;
	for (const struct page *page = layout.pages; page; page = page->next, number++) {
		layout_paint(&layout, page, number, cr, 0, sheet->height);
		cairo_show_page(cr);
	}
	cairo_status_t status = cairo_status(cr);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	layout_free(&layout);
	bool good = status == CAIRO_STATUS_SUCCESS && !plain.failed;
	if (!good) {
		fail(err, FAULT_BUG, _("Không vẽ được giấy."));
		because(err, "cairo: %s", plain.failed ? "too large" : cairo_status_to_string(status));
	}
	good = good && archive_bytes(plain.data, plain.size, slip->title, out, err);
	bytes_free(&plain);
	return good;
}
