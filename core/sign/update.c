/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sign/update.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <qpdf/qpdf-c.h>

#include "core/sign/sign.h"

#define CHANGED_MOST 8
#define RANGE_ROOM   60

/* An object that the update brings: a new one or a new version. */
struct part {
	int id, generation;
	size_t at;      /* in the whole file */
};
struct work {
	qpdf_data q;
	struct update *update;
	size_t base;    /* where the tail begins in the whole file */
	qpdf_oh changed[CHANGED_MOST];
	int changed_count;
	struct part parts[CHANGED_MOST + 4];
	int part_count;
};

static bool fail_with(qpdf_data q, const char *word, struct error *err)
{
	qpdf_error failed = qpdf_has_error(q) ? qpdf_get_error(q) : NULL;
	return sign_fail(err, word, failed ? qpdf_get_error_message_detail(q, failed) : "qpdf");
}

/* ---- what changes in the document ---- */

static void change(struct work *work, qpdf_oh object)
{
	int id = qpdf_oh_get_object_id(work->q, object);
	for (int i = 0; i < work->changed_count; i++)
		if (qpdf_oh_get_object_id(work->q, work->changed[i]) == id)
			return;
	work->changed[work->changed_count++] = object;
}

/* A key of an object that is written anew: its value, made when it is missing or of another
 * kind.  What has to be written is the value itself when it stands alone, else holder. */
static qpdf_oh own_value(struct work *work, qpdf_oh dict, const char *key, bool array, qpdf_oh holder)
{
	qpdf_oh value = qpdf_oh_get_key(work->q, dict, key);
	if (array ? !qpdf_oh_is_array(work->q, value) : !qpdf_oh_is_dictionary(work->q, value)) {
		value = array ? qpdf_oh_new_array(work->q) : qpdf_oh_new_dictionary(work->q);
		qpdf_oh_replace_key(work->q, dict, key, value);
		change(work, holder);
	} else {
		change(work, qpdf_oh_is_indirect(work->q, value) ? value : holder);
	}
	return value;
}

/* The widget, in the form's fields and on the first page. */
static void add_field(struct work *work, qpdf_oh page, qpdf_oh widget)
{
	qpdf_data q = work->q;
	qpdf_oh root = qpdf_get_root(q);
	qpdf_oh form = own_value(work, root, "/AcroForm", false, root);
	qpdf_oh form_holder = qpdf_oh_is_indirect(q, form) ? form : root;
	qpdf_oh_append_item(q, own_value(work, form, "/Fields", true, form_holder), widget);
	qpdf_oh_replace_key(q, form, "/SigFlags", qpdf_oh_new_integer(q, 3));
	change(work, form_holder);
	qpdf_oh_append_item(q, own_value(work, page, "/Annots", true, page), widget);
}

static qpdf_oh make_widget(struct work *work, qpdf_oh page, qpdf_oh value, qpdf_oh look)
{
	qpdf_data q = work->q;
	char name[32];
	qpdf_oh dict = qpdf_oh_new_dictionary(q), rect = qpdf_oh_new_array(q), faces = qpdf_oh_new_dictionary(q);
	for (int i = 0; i < 4; i++)
		qpdf_oh_append_item(q, rect, qpdf_oh_new_integer(q, 0));
	snprintf(name, sizeof name, "ky-so-%d", qpdf_oh_get_object_id(q, value));
	qpdf_oh_replace_key(q, faces, "/N", look); /* empty; PDF/A-1 wants one */
	qpdf_oh_replace_key(q, dict, "/Type", qpdf_oh_new_name(q, "/Annot"));
	qpdf_oh_replace_key(q, dict, "/Subtype", qpdf_oh_new_name(q, "/Widget"));
	qpdf_oh_replace_key(q, dict, "/FT", qpdf_oh_new_name(q, "/Sig"));
	qpdf_oh_replace_key(q, dict, "/T", qpdf_oh_new_string(q, name));
	qpdf_oh_replace_key(q, dict, "/F", qpdf_oh_new_integer(q, 132)); /* print, locked */
	qpdf_oh_replace_key(q, dict, "/Rect", rect);
	qpdf_oh_replace_key(q, dict, "/P", page);
	qpdf_oh_replace_key(q, dict, "/V", value);
	qpdf_oh_replace_key(q, dict, "/AP", faces);
	return qpdf_make_indirect_object(q, dict);
}

/* ---- writing ---- */

static size_t here(const struct work *work)
{
	return work->base + work->update->tail.size;
}

static void begin_part(struct work *work, int id, int generation)
{
	work->parts[work->part_count++] = (struct part){ id, generation, here(work) };
	bytes_format(&work->update->tail, "%d %d obj\n", id, generation);
}

static void put_object(struct work *work, qpdf_oh object)
{
	begin_part(work, qpdf_oh_get_object_id(work->q, object), qpdf_oh_get_generation(work->q, object));
	bytes_format(&work->update->tail, "%s\nendobj\n", qpdf_oh_unparse_resolved(work->q, object));
}

static void put_look(struct work *work, qpdf_oh look)
{
	begin_part(work, qpdf_oh_get_object_id(work->q, look), 0);
	bytes_text(&work->update->tail, "<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Resources<<>>/Length 0>>\n"
	                                "stream\n\nendstream\nendobj\n");
}

/* A date as PDF writes it: D:20261120094100+07'00'. */
static void put_moment(struct bytes *out, moment_t at)
{
	char text[32];
	bytes_format(out, "(D:%s+07'00')", moment_write_wire(at, text, sizeof text));
}

/* The signature, its hole empty; the range is known when all is written. */
static size_t put_signature(struct work *work, qpdf_oh value, size_t room, moment_t at, const char *name)
{
	struct bytes *tail = &work->update->tail;
	begin_part(work, qpdf_oh_get_object_id(work->q, value), 0);
	bytes_text(tail, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M");
	put_moment(tail, at);
	bytes_format(tail, "/Name %s/ByteRange", qpdf_oh_unparse(work->q, qpdf_oh_new_unicode_string(work->q, name)));
	size_t range = tail->size;
	bytes_format(tail, "%*s/Contents<", RANGE_ROOM, "");
	work->update->hole = tail->size;
	work->update->room = 2 * room;
	for (size_t i = 0; i < 2 * room; i++)
		bytes_byte(tail, '0');
	bytes_text(tail, ">>>\nendobj\n");
	return range;
}

static int by_number(const void *left, const void *right)
{
	const struct part *a = left, *b = right;
	return a->id - b->id;
}

/* What a trailer says, but /Size and what only a table's stream has. */
static void put_trailer(struct work *work, size_t previous)
{
	struct bytes *tail = &work->update->tail;
	qpdf_data q = work->q;
	qpdf_oh trailer = qpdf_get_trailer(q), id = qpdf_oh_get_key(q, trailer, "/ID");
	uint8_t fresh[16];
	char hex[33];
	if (getrandom(fresh, sizeof fresh, 0) != (ssize_t)sizeof fresh)
		abort();
	for (size_t i = 0; i < sizeof fresh; i++)
		snprintf(hex + 2 * i, 3, "%02x", fresh[i]);
	bytes_format(tail, "/Root %s/Prev %zu", qpdf_oh_unparse(q, qpdf_oh_get_key(q, trailer, "/Root")), previous);
	if (qpdf_oh_has_key(q, trailer, "/Info"))
		bytes_format(tail, "/Info %s", qpdf_oh_unparse(q, qpdf_oh_get_key(q, trailer, "/Info")));
	/* The first stays for ever, the second is this version's. */
	bool has = qpdf_oh_is_array(q, id) && qpdf_oh_get_array_n_items(q, id) == 2;
	bytes_text(tail, "/ID[");
	if (has)
		bytes_text(tail, qpdf_oh_unparse(q, qpdf_oh_get_array_item(q, id, 0)));
	else
		bytes_format(tail, "<%s>", hex);
	bytes_format(tail, "<%s>]", hex);
}

static int count_objects(const struct work *work)
{
	qpdf_oh size = qpdf_oh_get_key(work->q, qpdf_get_trailer(work->q), "/Size");
	int count = qpdf_oh_is_integer(work->q, size) ? qpdf_oh_get_int_value_as_int(work->q, size) : 0;
	int last = work->parts[work->part_count - 1].id;
	return count > last ? count : last + 1;
}

static void put_table(struct work *work, size_t previous)
{
	struct bytes *tail = &work->update->tail;
	qsort(work->parts, (size_t)work->part_count, sizeof *work->parts, by_number);
	size_t table = here(work);
	bytes_text(tail, "xref\n");
	for (int i = 0; i < work->part_count; i++)
		bytes_format(tail, "%d 1\n%010zu %05d n \n", work->parts[i].id, work->parts[i].at, work->parts[i].generation);
	bytes_format(tail, "trailer\n<</Size %d", count_objects(work));
	put_trailer(work, previous);
	bytes_format(tail, ">>\nstartxref\n%zu\n%%%%EOF\n", table);
}

/* Where the file's own table is a stream, ours must be one (7.5.8.4). */
static void put_table_stream(struct work *work, size_t previous)
{
	struct bytes *tail = &work->update->tail;
	int own = qpdf_oh_get_object_id(work->q, qpdf_make_indirect_object(work->q, qpdf_oh_new_dictionary(work->q)));
	size_t table = here(work);
	work->parts[work->part_count++] = (struct part){ own, 0, table };
	qsort(work->parts, (size_t)work->part_count, sizeof *work->parts, by_number);
	bytes_format(tail, "%d 0 obj\n<</Type/XRef/W[1 4 2]/Size %d/Length %d/Index[", own, count_objects(work),
	             7 * work->part_count);
	for (int i = 0; i < work->part_count; i++)
		bytes_format(tail, "%s%d 1", i ? " " : "", work->parts[i].id);
	bytes_text(tail, "]");
	put_trailer(work, previous);
	bytes_text(tail, ">>\nstream\n");
	for (int i = 0; i < work->part_count; i++) {
		const struct part *part = &work->parts[i];
		bytes_byte(tail, 1);
		for (int shift = 24; shift >= 0; shift -= 8)
			bytes_byte(tail, (uint8_t)(part->at >> shift));
		bytes_byte(tail, (uint8_t)(part->generation >> 8));
		bytes_byte(tail, (uint8_t)part->generation);
	}
	bytes_format(tail, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", table);
}

static void put_range(struct work *work, size_t range)
{
	struct update *u = work->update;
	char text[RANGE_ROOM + 1];
	size_t first = work->base + u->hole - 1, second = work->base + u->hole + u->room + 1;
	int n = snprintf(text, sizeof text, "[0 %zu %zu %zu]", first, second, work->base + u->tail.size - second);
	memcpy(u->tail.data + range, text, (size_t)n);
}

/* ---- what is there ---- */

/* The table that the file ends with; 0: it has none that can be found. */
static size_t last_table(const uint8_t *data, size_t size)
{
	static const char word[] = "startxref";
	size_t least = size > 2048 ? size - 2048 : 0, at = size;
	char digits[24] = { 0 };
	while (at-- > least) {
		if (size - at < sizeof word || memcmp(data + at, word, sizeof word - 1) != 0)
			continue;
		size_t rest = size - at - (sizeof word - 1), n = rest < sizeof digits - 1 ? rest : sizeof digits - 1;
		memcpy(digits, data + at + sizeof word - 1, n);
		unsigned long long value = strtoull(digits, NULL, 10);
		return value < size ? (size_t)value : 0;
	}
	return 0;
}

static bool is_plain_table(const uint8_t *data, size_t size, size_t at)
{
	while (at < size && (data[at] == ' ' || data[at] == '\r' || data[at] == '\n'))
		at++;
	return size - at > 4 && memcmp(data + at, "xref", 4) == 0;
}

/* A certification that allows no change (12.8.2.2: /DocMDP, /P 1). */
static bool is_final(qpdf_data q)
{
	qpdf_oh perms = qpdf_oh_get_key(q, qpdf_get_root(q), "/Perms");
	qpdf_oh sign = qpdf_oh_is_dictionary(q, perms) ? qpdf_oh_get_key(q, perms, "/DocMDP") : perms;
	qpdf_oh refs = qpdf_oh_is_dictionary(q, sign) ? qpdf_oh_get_key(q, sign, "/Reference") : sign;
	if (!qpdf_oh_is_array(q, refs) || qpdf_oh_get_array_n_items(q, refs) < 1)
		return false;
	qpdf_oh one = qpdf_oh_get_array_item(q, refs, 0);
	qpdf_oh how = qpdf_oh_is_dictionary(q, one) ? qpdf_oh_get_key(q, one, "/TransformParams") : one;
	qpdf_oh level = qpdf_oh_is_dictionary(q, how) ? qpdf_oh_get_key(q, how, "/P") : how;
	return qpdf_oh_is_integer(q, level) && qpdf_oh_get_int_value(q, level) == 1;
}

static bool open_pdf(struct work *work, const char *path, struct error *err)
{
	qpdf_data q = work->q = qpdf_init();
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_silence_errors(q);
	qpdf_set_attempt_recovery(q, QPDF_FALSE);
	if ((qpdf_read(q, path, NULL) & QPDF_ERRORS) || qpdf_get_num_pages(q) < 1 || qpdf_is_encrypted(q))
		return fail_with(q, "hurt", err);
	/* What qpdf mended in memory is not in the file: nothing may hang on it. */
	qpdf_oh size = qpdf_oh_get_key(q, qpdf_get_trailer(q), "/Size");
	int count = qpdf_oh_is_integer(q, size) ? qpdf_oh_get_int_value_as_int(q, size) : 0;
	int page = qpdf_oh_get_object_id(q, qpdf_get_page_n(q, 0)), root = qpdf_oh_get_object_id(q, qpdf_get_root(q));
	if (page < 1 || page >= count || root < 1 || root >= count)
		return sign_fail(err, "hurt", "its catalog or first page does not stand alone");
	return !is_final(q) || sign_fail(err, "final", "DocMDP, level 1");
}

static void append(struct work *work, size_t previous, bool plain, size_t room, moment_t at, const char *name)
{
	qpdf_data q = work->q;
	qpdf_oh page = qpdf_get_page_n(q, 0);
	qpdf_oh value = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
	qpdf_oh look = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
	qpdf_oh widget = make_widget(work, page, value, look);
	add_field(work, page, widget);
	for (int i = 0; i < work->changed_count; i++)
		put_object(work, work->changed[i]);
	put_look(work, look);
	put_object(work, widget);
	size_t range = put_signature(work, value, room, at, name);
	if (plain)
		put_table(work, previous);
	else
		put_table_stream(work, previous);
	put_range(work, range);
}

bool update_make(struct update *update, const char *path, const uint8_t *data, size_t size, size_t room, moment_t at,
                 const char *name, struct error *err)
{
	*update = (struct update){ 0 };
	struct work work = { .update = update, .base = size };
	size_t previous = last_table(data, size);
	bool good = open_pdf(&work, path, err);
	if (good && (!previous || size > (size_t)1 << 31))
		good = sign_fail(err, previous ? "big" : "hurt", "no table at its end");
	if (good) {
		if (data[size - 1] != '\n')
			bytes_byte(&update->tail, '\n');
		append(&work, previous, is_plain_table(data, size, previous), room, at, name);
		good = !qpdf_has_error(work.q) || fail_with(work.q, "hurt", err);
	}
	qpdf_cleanup(&work.q);
	return good;
}

size_t update_before(const struct update *update)
{
	return update->hole - 1;
}

size_t update_behind(const struct update *update)
{
	return update->hole + update->room + 1;
}

bool update_fill(struct update *update, const void *der, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *bytes = der;
	if (2 * size > update->room)
		return false;
	for (size_t i = 0; i < size; i++) {
		update->tail.data[update->hole + 2 * i] = digits[bytes[i] >> 4];
		update->tail.data[update->hole + 2 * i + 1] = digits[bytes[i] & 15];
	}
	return true;
}

void update_free(struct update *update)
{
	bytes_free(&update->tail);
}
