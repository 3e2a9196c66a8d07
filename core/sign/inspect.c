/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sign/inspect.h"

#include <stdio.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#define NODES_MOST 2000
#define DEPTH_MOST 16

struct look {
	struct arena *arena;
	qpdf_data q;
	const uint8_t *data;
	size_t size;
	const struct trust *trust;
	struct check_found *found;
	int nodes;
	bool to_end; /* some signature covers the file to its end */
};

static bool fail_with(qpdf_data q, const char *word, struct error *err)
{
	qpdf_error failed = qpdf_has_error(q) ? qpdf_get_error(q) : NULL;
	const char *cause = failed ? qpdf_get_error_message_detail(q, failed) : "qpdf";
	if (failed && qpdf_get_error_code(q, failed) == qpdf_e_password)
		word = "lock";
	else if (failed && strstr(qpdf_get_error_full_text(q, failed), "bad_alloc"))
		word = "bomb";
	return check_fail(err, word, cause);
}

static qpdf_data begin(bool recover)
{
	qpdf_data q = qpdf_init();
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_silence_errors(q);
	qpdf_set_attempt_recovery(q, recover);
	return q;
}

/* The last kilobyte says that it is the end (Annex H.3, implementation note 18). */
static bool has_end(const uint8_t *data, size_t size)
{
	size_t tail = size < 1024 ? size : 1024;
	return memmem(data + size - tail, tail, "%%EOF", 5) != NULL;
}

/* As it stands, or rebuilt when its end is there at least. */
static bool open_pdf(struct look *look, const char *path, struct error *err)
{
	for (int again = 0;; again++) {
		look->q = begin(again);
		look->found->flawed = again;
		bool good = !(qpdf_read(look->q, path, NULL) & QPDF_ERRORS);
		int pages = good ? qpdf_get_num_pages(look->q) : -1;
		if (pages > 0 || (pages == 0 && !again)) {
			look->found->pages = pages;
			break;
		}
		bool ended = has_end(look->data, look->size);
		fail_with(look->q, ended ? "hurt" : "cut", err);
		if (again || !ended || strcmp(err->code, "lock") == 0 || strcmp(err->code, "bomb") == 0)
			return false;
		qpdf_cleanup(&look->q);
	}
	if (qpdf_is_encrypted(look->q))
		return check_fail(err, "lock", "encrypted without a password to open");
	return look->found->pages > 0 || check_fail(err, "none", "no pages");
}

/* Every stream is decoded once, images apart; what cannot be is told as a warning. */
static bool read_all(struct look *look, struct error *err)
{
	qpdf_data q = look->q;
	bool good = !(qpdf_init_write(q, "/dev/null") & QPDF_ERRORS);
	if (good) {
		qpdf_set_decode_level(q, qpdf_dl_generalized);
		qpdf_set_compress_streams(q, QPDF_FALSE);
		good = !(qpdf_write(q) & QPDF_ERRORS);
	}
	if (!good)
		return fail_with(q, "hurt", err);
	look->found->flawed |= qpdf_more_warnings(q);
	return true;
}

/* ---- signatures ---- */

static bool get_range(struct look *look, qpdf_oh sign, long long range[4])
{
	qpdf_oh array = qpdf_oh_get_key(look->q, sign, "/ByteRange");
	if (!qpdf_oh_is_array(look->q, array) || qpdf_oh_get_array_n_items(look->q, array) != 4)
		return false;
	for (int i = 0; i < 4; i++) {
		qpdf_oh one = qpdf_oh_get_array_item(look->q, array, i);
		if (!qpdf_oh_is_integer(look->q, one))
			return false;
		range[i] = qpdf_oh_get_int_value(look->q, one);
	}
	return true;
}

static bool named(struct look *look, qpdf_oh dict, const char *key, const char *name)
{
	qpdf_oh value = qpdf_oh_get_key(look->q, dict, key);
	return qpdf_oh_is_name(look->q, value) && strcmp(qpdf_oh_get_name(look->q, value), name) == 0;
}

/* PAdES says here when it was signed, what is older in the CMS. */
static moment_t claimed_at(struct look *look, qpdf_oh value)
{
	qpdf_oh at = qpdf_oh_get_key(look->q, value, "/M");
	return qpdf_oh_is_string(look->q, at) ? ranges_moment(qpdf_oh_get_utf8_value(look->q, at)) : MOMENT_NONE;
}

static void look_sign(struct look *look, qpdf_oh value)
{
	long long range[4];
	struct ranges ranges;
	struct bytes der = { 0 };
	if (look->found->sign_count == CHECK_SIGNS || named(look, value, "/Type", "/DocTimeStamp"))
		return;
	struct check_sign *sign = &look->found->signs[look->found->sign_count++];
	*sign = (struct check_sign){ .state = SIGN_BROKEN, .trust = TRUST_NONE, .at = MOMENT_NONE, .name = "" };
	bool found = get_range(look, value, range) && ranges_take(range, look->data, look->size, &ranges, &der);
	sign->at = claimed_at(look, value);
	if (!named(look, value, "/SubFilter", "/ETSI.CAdES.detached") &&
	    !named(look, value, "/SubFilter", "/adbe.pkcs7.detached"))
		sign->state = SIGN_OTHER;
	else if (found)
		cms_look(look->arena, &der, &ranges, look->trust, sign);
	look->to_end |= found && ranges.to_end;
	bytes_free(&der);
}

static void walk(struct look *look, qpdf_oh fields, int depth)
{
	qpdf_data q = look->q;
	int count = qpdf_oh_is_array(q, fields) ? qpdf_oh_get_array_n_items(q, fields) : 0;
	for (int i = 0; i < count && depth < DEPTH_MOST && look->nodes < NODES_MOST; i++) {
		qpdf_oh field = qpdf_oh_get_array_item(q, fields, i);
		look->nodes++;
		if (!qpdf_oh_is_dictionary(q, field))
			continue;
		qpdf_oh value = qpdf_oh_get_key(q, field, "/V");
		if (qpdf_oh_is_dictionary(q, value) && qpdf_oh_has_key(q, value, "/ByteRange"))
			look_sign(look, value);
		walk(look, qpdf_oh_get_key(q, field, "/Kids"), depth + 1);
	}
}

static void look_signs(struct look *look)
{
	qpdf_oh root = qpdf_get_root(look->q), form = qpdf_oh_get_key(look->q, root, "/AcroForm");
	if (qpdf_oh_is_dictionary(look->q, form))
		walk(look, qpdf_oh_get_key(look->q, form, "/Fields"), 0);
	look->found->added = look->found->sign_count && !look->to_end;
}

bool inspect_pdf(struct arena *arena, const char *path, const uint8_t *data, size_t size,
                 const struct trust *trust, struct check_found *found, struct error *err)
{
	struct look look = { .arena = arena, .data = data, .size = size, .trust = trust, .found = found };
	bool good = open_pdf(&look, path, err);
	if (good)
		look_signs(&look);
	good = good && read_all(&look, err);
	if (look.q)
		qpdf_cleanup(&look.q);
	return good;
}
