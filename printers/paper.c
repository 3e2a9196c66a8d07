/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/paper.h"

#include "printers/tongue.h"

bool paper_draw(const struct form *forms, struct arena *arena, const struct draw_request *request,
                struct bytes *out, struct error *err)
{
	const struct form *form = form_find(forms, request->form, request->date, err);
	if (!form)
		return false;
	enum draw_output output = request->output;
	struct form_fill plan = {
		.fields = request->fields, .qr = request->qr, .copy = request->copy,
		.narrow = output == DRAW_RASTER_576 || output == DRAW_RASTER_384,
	};
	struct slip slip;
	if (!form_fill(form, &plan, arena, &slip, err))
		return false;
	switch (output) {
	case DRAW_PDF_A5: return tongue_pdf(arena, &slip, PDF_A5, out, err);
	case DRAW_PDF_A4: return tongue_pdf(arena, &slip, PDF_A4, out, err);
	case DRAW_RASTER_576: return tongue_raster(arena, &slip, 576, out, err);
	case DRAW_RASTER_384: return tongue_raster(arena, &slip, 384, out, err);
	default: tongue_plain(arena, &slip, 80, out); return true;
	}
}
