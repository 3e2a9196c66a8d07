/* SPDX-License-Identifier: Apache-2.0
 *
 * A missing family is silently replaced by another one, and some families lack
 * half of the Vietnamese letters: so look before the first paper is printed. */
#include <string.h>

#include "core/base/say.h"
#include "printers/layout.h"

static const char letters[] =
	"àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
	"ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴĐ"
	"₫–…";

static bool refuse(struct error *err, const char *family, const char *cause)
{
	fail(err, FAULT_DEVICE, _("Máy này thiếu phông chữ %s đủ dấu tiếng Việt, chưa in được. Hãy báo người quản trị."),
	     family);
	return because(err, "font \"%s\": %s", family, cause);
}

static bool check_face(PangoContext *context, const char *family, PangoWeight weight,
                       struct error *err)
{
	PangoFontDescription *wanted = pango_font_description_new();
	pango_font_description_set_family(wanted, family);
	pango_font_description_set_weight(wanted, weight);
	pango_font_description_set_absolute_size(wanted, 10 * PANGO_SCALE);
	PangoFont *font = pango_context_load_font(context, wanted);
	pango_font_description_free(wanted);
	if (!font)
		return refuse(err, family, "cannot be loaded");
	PangoFontDescription *got = pango_font_describe(font);
	bool same = strcmp(pango_font_description_get_family(got), family) == 0 &&
	            pango_font_description_get_weight(got) == weight;
	pango_font_description_free(got);
	bool whole = true;
	for (const char *p = letters; *p && whole; p = g_utf8_next_char(p))
		whole = pango_font_has_char(font, g_utf8_get_char(p));
	g_object_unref(font);
	if (!same)
		return refuse(err, family, "not installed, another family answered");
	return whole ? true : refuse(err, family, "Vietnamese letters are missing");
}

bool fonts_check(const char *family, struct error *err)
{
	PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	bool ok = check_face(context, family, PANGO_WEIGHT_NORMAL, err) &&
	          check_face(context, family, PANGO_WEIGHT_BOLD, err);
	g_object_unref(context);
	return ok;
}
