/* SPDX-License-Identifier: Apache-2.0
 *
 * A file of 100 MB on its way from a real database to a far side: every byte
 * arrives, in every coding, and the courier's memory does not feel it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check.h"
#include "core/base/date.h"
#include "core/courier/pieces.h"
#include "core/courier/http.h"
#include "core/store/seal.h"
#include "tests/courier/sink.h"
#include "tests/support/world.h"

#define PIECE 262144LL
/* 100 MB, and a smaller one for codings that differ in little. */
#define BIG   400
#define SMALL 40
/* Pieces of 256 KB, each a few times over (row, reply, coded), and libcurl's. */
#define MOST_GROWTH_KB (24 * 1024L)

/* Freed memory that the sanitizer keeps aside is no memory of ours. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "quarantine_size_mb=1:thread_local_quarantine_size_kb=64";
}

static struct loop loop;
static struct store *store;
static struct http *http;
static struct sink far;
static json_t *files;
static long long files_of[2], sizes[2] = { BIG * PIECE, SMALL * PIECE - 1 };

static long memory_kb(const char *what)
{
	char text[128];
	long kb = 0;
	FILE *status = fopen("/proc/self/status", "r");
	assert_non_null(status);
	while (fgets(text, sizeof text, status))
		if (strncmp(text, what, strlen(what)) == 0)
			kb = strtol(text + strlen(what), NULL, 10);
	fclose(status);
	assert_true(kb > 0);
	return kb;
}

/* As a counter leaves it; the hash is not what this is about. */
static long long put_file(long long size)
{
	long long id = count(admin(), "INSERT INTO motcua.file (unit_id, name, media_type, size, sha256,"
	                     " login, whole, dossier_id) VALUES (1, 'bản vẽ.pdf', 'application/pdf',"
	                     " %lld, sha256(''), 'man', true, 1) RETURNING file_id", size);
	count(admin(), "WITH put AS (INSERT INTO motcua.file_piece SELECT f.unit_id, f.file_id, i, f.begun_at,"
	      " substr(decode(repeat(md5(i::text), 16384), 'hex'), 1, least(%lld, %lld - i * %lld)::int)"
	      " FROM motcua.file f, generate_series(0, %lld) i WHERE f.file_id = %lld RETURNING 1)"
	      " SELECT count(*) FROM put", PIECE, size, PIECE, (size - 1) / PIECE, id);
	return id;
}

static int start(void **state)
{
	char server[256];
	struct error err = { 0 };
	if (world_start(state) != 0)
		return -1;
	files = json_array();
	for (int i = 0; i < 2; i++) {
		files_of[i] = put_file(sizes[i]);
		json_array_append_new(files, json_pack("{s:I}", "id", (json_int_t)files_of[i]));
	}
	loop_init(&loop);
	snprintf(server, sizeof server, "host=%s port=%s dbname=%s", PQhost(admin()), PQport(admin()),
	         PQdb(admin()));
	struct store_settings settings = { .server = server, .user = "dua-tin",
		                           .password = "motcua-tap-duyet", .program = "test" };
	store = store_open(&loop, &settings, &err);
	http = http_open(&loop, &err);
	sink_open(&far);
	return store_wait(store, 10000, &err) ? 0 : -1;
}

static int stop(void **state)
{
	sink_close(&far);
	http_close(http);
	store_close(store);
	json_decref(files);
	return world_stop(state);
}

static bool over;

static void done(struct http_call *call)
{
	(void)call;
	over = true;
}

/* Sends to the sink and waits for both ends. */
static void send_call(struct http_call *call, const json_t *allowed, struct sink_report *report)
{
	struct pieces pieces = { 0 };
	pieces_open(&pieces, store, allowed);
	call->source = &pieces.source;
	call->done = done;
	snprintf(call->url, sizeof call->url, "http://127.0.0.1:%u/tep", far.port);
	snprintf(call->hosts, sizeof call->hosts, "127.0.0.1:%u", far.port);
	over = false;
	http_send(http, call);
	int64_t deadline = monotonic_ms() + 100000;
	while (!over) {
		assert_true(monotonic_ms() < deadline);
		loop_turn(&loop, 1000);
	}
	sink_read(&far, report);
	pieces_close(&pieces);
}

/* What the database itself says the body must be. */
static void expect(const struct sink_report *report, long long file, const char *coded,
                   const char *before, const char *after)
{
	char hex[65];
	assert_string_equal(seal_hex(report->hash, 32, hex),
	                    one(admin(), "SELECT encode(sha256('%s'::bytea || %s || '%s'::bytea), 'hex') FROM"
	                        " (SELECT string_agg(data, '' ORDER BY seq) AS whole FROM motcua.file_piece"
	                        " WHERE file_id = %lld) x", before, coded, after, file));
}

#define BASE64 "translate(encode(whole, 'base64'), E'\\n', '')"

static void every_byte_arrives_and_memory_stays(void **state)
{
	(void)state;
	struct sink_report report;
	long before = 0;
	for (int way = 0; way < 4; way++) {
		struct http_call call = { 0 };
		long long file = files_of[way % 3 == 0], bytes = sizes[way % 3 == 0];
		json_t *json = json_pack("{s:o}", "TapTin", body_mark(file, bytes));
		if (way == 0)
			body_file(&call.body, file, bytes, BODY_PLAIN);
		else if (way == 1)
			body_multipart_file(&call.body, "files", "a.pdf", "application/pdf", file, bytes);
		else if (way == 2)
			body_json(&call.body, json);
		else
			body_form_file(&call.body, "tep", file, bytes);
		json_decref(json);
		if (way == 1)
			body_multipart_end(&call.body);
		int64_t size = body_size(&call.body);
		before = before ? before : memory_kb("VmRSS:");
		send_call(&call, files, &report);
		assert_int_equal(call.reply.fault, HTTP_FINE);
		assert_int_equal(call.reply.code, 200);
		assert_true(report.whole);
		assert_int_equal(report.chunked, way == 3);
		if (way != 3)
			assert_int_equal(report.size, size);
		char head[512] = "", tail[128] = "";
		if (way == 1) {
			snprintf(head, sizeof head, "--%s\\015\\012Content-Disposition: form-data; "
			         "name=\"files\"; filename=\"a.pdf\"\\015\\012Content-Type: "
			         "application/pdf\\015\\012\\015\\012", call.body.boundary);
			snprintf(tail, sizeof tail, "\\015\\012--%s--\\015\\012", call.body.boundary);
		}
		if (way <= 1)
			expect(&report, file, "whole", head, tail);
		else if (way == 2)
			expect(&report, file, "convert_to(" BASE64 ", 'UTF8')", "{\"TapTin\":\"", "\"}");
		else
			expect(&report, file, "convert_to(replace(replace(replace(" BASE64
			       ", '+', '%2B'), '/', '%2F'), '=', '%3D'), 'UTF8')", "tep=", "");
		http_clear(&call);
	}
	long growth = memory_kb("VmHWM:") - before;
	print_message("memory: %ld KB at most on top of %ld\n", growth, before);
	assert_true(growth < MOST_GROWTH_KB);
}

/* Gone half-way, another dossier's, or the database dead: broken off before it
 * was whole, so that it can be sent again without a question. */
static void what_cannot_be_read_never_counts(void **state)
{
	(void)state;
	struct sink_report report;
	long long file = files_of[1], bytes = sizes[1];
	one(admin(), "UPDATE motcua.file_piece SET seq = 100000 WHERE file_id = %lld AND seq = 30", file);
	for (int way = 0; way < 3; way++) {
		struct http_call call = { 0 };
		if (way == 2)
			body_form_file(&call.body, "tep", file, bytes);
		else
			body_file(&call.body, file, bytes, BODY_PLAIN);
		json_t *others = json_pack("[{s:i}]", "id", 999999);
		send_call(&call, way == 1 ? others : files, &report);
		assert_int_equal(call.reply.fault, HTTP_UNREAD);
		assert_false(call.reply.sent);
		assert_false(report.whole);
		if (way != 1)
			assert_true(report.size >= 29 * PIECE);
		else
			assert_int_equal(report.size, 0);
		json_decref(others);
		http_clear(&call);
	}
	one(admin(), "UPDATE motcua.file_piece SET seq = 30 WHERE file_id = %lld AND seq = 100000", file);
}

/* A call that is dropped while a piece is on its way leaves nothing behind. */
static void stopped_in_the_middle(void **state)
{
	(void)state;
	struct http_call call = { 0 };
	struct pieces pieces = { 0 };
	struct sink_report report;
	long long file = files_of[1], bytes = sizes[1];
	pieces_open(&pieces, store, files);
	body_file(&call.body, file, bytes, BODY_PLAIN);
	call.source = &pieces.source;
	call.done = done;
	snprintf(call.url, sizeof call.url, "http://127.0.0.1:%u/tep", far.port);
	snprintf(call.hosts, sizeof call.hosts, "127.0.0.1:%u", far.port);
	over = false;
	http_send(http, &call);
	while (!pieces.body)
		loop_turn(&loop, 1000);
	http_clear(&call);
	pieces_close(&pieces);
	assert_null(pieces.scope.tasks);
	sink_read(&far, &report);
	assert_false(report.whole);
	while (store_pending(store))
		loop_turn(&loop, 100);
	assert_false(over);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_arrives_and_memory_stays),
		cmocka_unit_test(what_cannot_be_read_never_counts),
		cmocka_unit_test(stopped_in_the_middle),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
