/* SPDX-License-Identifier: Apache-2.0
 *
 * What a request carries: texts and files, plain, base64 and in forms, whole
 * whatever the size of pieces and of what is read at once. */
#include <stdlib.h>
#include <string.h>

#include "tests/check.h"
#include "core/courier/body.h"

/* Files of letters in memory; every piece is answered when the test says so. */
struct shelf {
	struct body_source source;
	struct body *asked_by;
	int64_t file;
	int piece;
	size_t piece_size;
	const char *content; /* of every file */
	int stopped;
};

static int woken;

static void on_wake(struct body *body)
{
	(void)body;
	woken++;
}

static bool shelf_fetch(struct body_source *source, struct body *body, int64_t file, int piece)
{
	struct shelf *shelf = (struct shelf *)source;
	assert_null(shelf->asked_by);
	shelf->asked_by = body;
	shelf->file = file;
	shelf->piece = piece;
	return file < 1000;
}

static void shelf_stop(struct body_source *source)
{
	struct shelf *shelf = (struct shelf *)source;
	shelf->asked_by = NULL;
	shelf->stopped++;
}

static void shelf_answer(struct shelf *shelf)
{
	struct body *body = shelf->asked_by;
	size_t size = strlen(shelf->content), at = (size_t)shelf->piece * shelf->piece_size;
	size_t n = at >= size ? 0 : size - at < shelf->piece_size ? size - at : shelf->piece_size;
	assert_non_null(body);
	shelf->asked_by = NULL;
	body_arrived(body, shelf->content + (n ? at : 0), n);
}

static struct shelf shelf_new(const char *content, size_t piece_size)
{
	return (struct shelf){ .source = { shelf_fetch, shelf_stop }, .content = content,
		               .piece_size = piece_size };
}

/* Everything, `step` bytes at a time; false when it broke. */
static bool read_all(struct body *body, struct shelf *shelf, size_t step, struct bytes *out)
{
	char room[64];
	bytes_clear(out);
	body_open(body, &shelf->source, on_wake);
	for (;;) {
		long n = body_read(body, room, step);
		if (n == BODY_WAIT) {
			int before = woken;
			assert_int_equal(body_read(body, room, step), BODY_WAIT);
			shelf_answer(shelf);
			assert_int_equal(woken, before + 1);
		} else if (n <= 0) {
			return n == 0;
		} else {
			bytes_add(out, room, (size_t)n);
		}
	}
}

static void expect(struct body *body, const char *content, const char *want, int64_t size)
{
	struct bytes out = { 0 };
	assert_int_equal(body_size(body), size);
	for (size_t piece = 1; piece <= 8; piece++)
		for (size_t step = 1; step <= 64; step += 9) {
			struct shelf shelf = shelf_new(content, piece);
			assert_true(read_all(body, &shelf, step, &out));
			assert_string_equal(bytes_string(&out), want);
		}
	bytes_free(&out);
	body_free(body);
}

static void texts_and_files(void **state)
{
	(void)state;
	struct body body = { 0 };
	assert_true(body_empty(&body));
	expect(&body, "", "", 0);
	body_string(&body, "one ");
	body_string(&body, "two");
	assert_int_equal(body.count, 1);
	body_file(&body, 7, 8, BODY_PLAIN);
	body_string(&body, ".");
	assert_int_equal(body_file_bytes(&body), 8);
	expect(&body, "12345678", "one two12345678.", 16);
}

static void base64_at_every_length(void **state)
{
	static const struct {
		const char *plain, *coded;
	} cases[] = {
		{ "f", "Zg==" },         { "fo", "Zm8=" },         { "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },  { "fooba", "Zm9vYmE=" },  { "foobar", "Zm9vYmFy" },
		{ "?>?>?>?>", "Pz4/Pj8+Pz4=" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct body body = { 0 };
		body_file(&body, 1, (int64_t)strlen(cases[i].plain), BODY_BASE64);
		expect(&body, cases[i].plain, cases[i].coded, (int64_t)strlen(cases[i].coded));
	}
}

static void forms(void **state)
{
	(void)state;
	struct body body = { 0 };
	body_form_text(&body, "grant type", "a+b=c&d é");
	assert_string_equal(body.type, "application/x-www-form-urlencoded");
	body_form_file(&body, "tep", 3, 8);
	body_form_text(&body, "x", "");
	expect(&body, "?>?>?>?>", "grant%20type=a%2Bb%3Dc%26d%20%C3%A9&tep=Pz4%2FPj8%2BPz4%3D&x=", -1);
}

/* A name off a scanner cannot end the line or the quotes. */
static void multipart(void **state)
{
	struct body body = { 0 };
	char want[1024];
	(void)state;
	body_multipart_text(&body, "account-id", "6f0c");
	body_multipart_file(&body, "files", "đơn \"1\"\r\n.pdf", "application/pdf", 9, 3);
	body_multipart_end(&body);
	assert_memory_equal(body.boundary, "motcua-", 7);
	snprintf(want, sizeof want, "multipart/form-data; boundary=%s", body.boundary);
	assert_string_equal(body.type, want);
	snprintf(want, sizeof want,
	         "--%s\r\nContent-Disposition: form-data; name=\"account-id\"\r\n\r\n6f0c\r\n"
	         "--%s\r\nContent-Disposition: form-data; name=\"files\"; "
	         "filename=\"đơn %%221%%22__.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
	         "PDF\r\n--%s--\r\n",
	         body.boundary, body.boundary, body.boundary);
	expect(&body, "PDF", want, (int64_t)strlen(want));
}

static void json_with_files(void **state)
{
	(void)state;
	struct body body = { 0 };
	json_t *json = json_pack("{s:s, s:[o, o], s:s}", "a", "\\u0001file:1:3", "b",
	                         body_mark(12, 3), body_mark(13, 3), "c", "\001file:x:3");
	body_json(&body, json);
	json_decref(json);
	assert_int_equal(body.parts[1].file, 12);
	assert_int_equal(body.parts[3].file, 13);
	assert_string_equal(body.type, "");
	const char *want = "{\"a\":\"\\\\u0001file:1:3\",\"b\":[\"Zm9v\",\"Zm9v\"],"
	                   "\"c\":\"\\u0001file:x:3\"}";
	expect(&body, "foo", want, (int64_t)strlen(want));
}

/* Shorter or longer than it was said to be, gone, or nobody to ask: it breaks
 * before its end, and the text after the file is never given. */
static void broken_files(void **state)
{
	struct bytes out = { 0 };
	struct body body = { 0 };
	struct shelf shelf = shelf_new("12345678", 4);
	(void)state;
	for (int64_t size = 5; size <= 12; size++) {
		body_file(&body, 1, size, BODY_PLAIN);
		body_string(&body, "end");
		assert_int_equal(read_all(&body, &shelf, 64, &out), size == 8);
		assert_int_equal(strstr(bytes_string(&out), "end") != NULL, size == 8);
		body_clear(&body);
	}
	body_file(&body, 1, 8, BODY_PLAIN);
	body_open(&body, &shelf.source, on_wake);
	char room[8];
	assert_int_equal(body_read(&body, room, 8), BODY_WAIT);
	body_failed(shelf.asked_by);
	assert_int_equal(body_read(&body, room, 8), BODY_BROKEN);
	shelf.asked_by = NULL;
	body_open(&body, &shelf.source, on_wake);
	assert_int_equal(body_read(&body, room, 8), BODY_WAIT);
	body_close(&body);
	assert_int_equal(shelf.stopped, 1);
	body_open(&body, NULL, on_wake);
	assert_int_equal(body_read(&body, room, 8), BODY_BROKEN);
	body_clear(&body);
	body_file(&body, 1000, 8, BODY_PLAIN); /* somebody else's */
	body_open(&body, &shelf.source, on_wake);
	assert_int_equal(body_read(&body, room, 8), BODY_BROKEN);
	body_free(&body);
	bytes_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_and_files), cmocka_unit_test(base64_at_every_length),
		cmocka_unit_test(forms),           cmocka_unit_test(multipart),
		cmocka_unit_test(json_with_files), cmocka_unit_test(broken_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
