/* SPDX-License-Identifier: Apache-2.0 */
#include "core/pdf/archive.h"

#include <stdio.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#include "core/base/say.h"

/* Before the title and behind it. */
static const char *const xmp[] = {
	"<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
	"xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
	"<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
	"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
	"<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
	"</rdf:li></rdf:Alt></dc:title>"
	"<dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>"
	"</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>\n",
};

/* Text inside XML. */
static void put_escaped(struct bytes *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			bytes_text(out, "&lt;");
		else if (*text == '&')
			bytes_text(out, "&amp;");
		else if ((unsigned char)*text >= ' ')
			bytes_byte(out, (uint8_t)*text);
	}
}

static qpdf_oh new_stream(qpdf_data q, const void *data, size_t size)
{
	qpdf_oh stream = qpdf_oh_new_stream(q);
	qpdf_oh_replace_stream_data(q, stream, data, size, qpdf_oh_new_null(q), qpdf_oh_new_null(q));
	return stream;
}

static void add_metadata(qpdf_data q, qpdf_oh root, const char *title)
{
	struct bytes text = { 0 };
	bytes_text(&text, xmp[0]);
	put_escaped(&text, title);
	bytes_text(&text, xmp[1]);
	qpdf_oh stream = new_stream(q, text.data, text.size);
	bytes_free(&text);
	qpdf_oh dict = qpdf_oh_get_dict(q, stream);
	qpdf_oh_replace_key(q, dict, "/Type", qpdf_oh_new_name(q, "/Metadata"));
	qpdf_oh_replace_key(q, dict, "/Subtype", qpdf_oh_new_name(q, "/XML"));
	qpdf_oh_replace_key(q, root, "/Metadata", stream);
	qpdf_oh_replace_key(q, root, "/Lang", qpdf_oh_new_string(q, "vi"));
}

static void add_intent(qpdf_data q, qpdf_oh root)
{
	unsigned char profile[SRGB_MOST];
	qpdf_oh stream = new_stream(q, profile, srgb_profile(profile));
	qpdf_oh_replace_key(q, qpdf_oh_get_dict(q, stream), "/N", qpdf_oh_new_integer(q, 3));
	qpdf_oh intent = qpdf_oh_new_dictionary(q);
	qpdf_oh_replace_key(q, intent, "/Type", qpdf_oh_new_name(q, "/OutputIntent"));
	qpdf_oh_replace_key(q, intent, "/S", qpdf_oh_new_name(q, "/GTS_PDFA1"));
	qpdf_oh_replace_key(q, intent, "/OutputConditionIdentifier", qpdf_oh_new_string(q, "sRGB IEC61966-2.1"));
	qpdf_oh_replace_key(q, intent, "/Info", qpdf_oh_new_string(q, "sRGB IEC61966-2.1"));
	qpdf_oh_replace_key(q, intent, "/DestOutputProfile", stream);
	qpdf_oh intents = qpdf_oh_new_array(q);
	qpdf_oh_append_item(q, intents, intent);
	qpdf_oh_replace_key(q, root, "/OutputIntents", intents);
}

/* Cairo leaves it out; the standard wants it said. */
static void map_glyphs(qpdf_data q)
{
	qpdf_oh size = qpdf_oh_get_key(q, qpdf_get_trailer(q), "/Size");
	int count = qpdf_oh_get_int_value_as_int(q, size);
	for (int i = 1; i < count; i++) {
		qpdf_oh one = qpdf_get_object_by_id(q, i, 0);
		if (!qpdf_oh_is_dictionary(q, one) || !qpdf_oh_has_key(q, one, "/Subtype"))
			continue;
		qpdf_oh kind = qpdf_oh_get_key(q, one, "/Subtype");
		if (qpdf_oh_is_name(q, kind) && strcmp(qpdf_oh_get_name(q, kind), "/CIDFontType2") == 0)
			qpdf_oh_replace_key(q, one, "/CIDToGIDMap", qpdf_oh_new_name(q, "/Identity"));
	}
}

static bool write_out(qpdf_data q)
{
	qpdf_set_deterministic_ID(q, QPDF_TRUE);
	qpdf_set_newline_before_endstream(q, QPDF_TRUE);
	qpdf_set_object_stream_mode(q, qpdf_o_disable); /* a plain table: it may be signed */
	return !(qpdf_write(q) & QPDF_ERRORS);
}

static qpdf_data begin(void)
{
	qpdf_data q = qpdf_init();
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_silence_errors(q);
	return q;
}

static void dress(qpdf_data q, const char *title)
{
	qpdf_oh root = qpdf_get_root(q);
	add_metadata(q, root, title);
	add_intent(q, root);
	map_glyphs(q);
	qpdf_oh_remove_key(q, qpdf_get_trailer(q), "/Info");
}

static bool end(qpdf_data q, bool good, struct error *err)
{
	qpdf_error failed = qpdf_has_error(q) ? qpdf_get_error(q) : NULL;
	if (!good || failed) {
		fail(err, FAULT_DEVICE, "%s", _("Không ghi được tệp. Kiểm tra ổ đĩa còn chỗ không."));
		because(err, "%s", failed ? qpdf_get_error_full_text(q, failed) : "qpdf");
		good = false;
	}
	qpdf_cleanup(&q);
	return good;
}

bool archive_file(const char *plain, const char *out, const char *title, struct error *err)
{
	qpdf_data q = begin();
	bool good = !(qpdf_read(q, plain, NULL) & QPDF_ERRORS);
	if (good) {
		dress(q, title);
		good = !(qpdf_init_write(q, out) & QPDF_ERRORS) && write_out(q);
	}
	return end(q, good, err);
}

bool archive_bytes(const void *plain, size_t size, const char *title, struct bytes *out, struct error *err)
{
	qpdf_data q = begin();
	bool good = !(qpdf_read_memory(q, "paper", plain, size, NULL) & QPDF_ERRORS);
	if (good) {
		dress(q, title);
		good = !(qpdf_init_write_memory(q) & QPDF_ERRORS) && write_out(q);
	}
	if (good)
		bytes_add(out, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
	return end(q, good && !out->failed, err);
}
