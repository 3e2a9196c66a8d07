/* SPDX-License-Identifier: Apache-2.0
 *
 * Every quirk of a reply that was ever seen is a line here. */
#include "core/courier/classify.h"
#include "core/courier/codec.h"
#include "core/courier/connector.h"
#include "core/courier/profiles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

struct line {
	const char *name;
	int http;           /* 0: a fault of the network */
	enum http_fault fault;
	bool sent, question;
	const char *body;
	enum outcome want;
};

static const struct line lines[] = {
	/* Spellings of success (Q1). */
	{ "zero as text", 200, 0, true, false,
	  "{\"error_code\":\"0\",\"message\":\"Đồng bộ hồ sơ thành công\"}", OUTCOME_DELIVERED },
	{ "two zeros", 200, 0, true, false, "{\"error_code\":\"00\",\"message\":\"Thành công\"}",
	  OUTCOME_DELIVERED },
	{ "zero as number", 200, 0, true, false, "{\"error_code\":0,\"message\":\"thành công\"}",
	  OUTCOME_DELIVERED },
	{ "zero with blanks", 200, 0, true, false,
	  "{\"error_code\":\" 0 \",\"message\":\"THÀNH CÔNG\"}", OUTCOME_DELIVERED },
	{ "no code", 200, 0, true, false, "{\"message\":\"Thành công\"}", OUTCOME_UNKNOWN },
	{ "code is null", 200, 0, true, false, "{\"error_code\":null}", OUTCOME_UNKNOWN },
	{ "code is no number", 200, 0, true, false,
	  "{\"error_code\":\"0x\",\"message\":\"thành công\"}", OUTCOME_UNKNOWN },
	/* Only words tell (Q2). */
	{ "zero without the words", 200, 0, true, false,
	  "{\"error_code\":\"0\",\"message\":\"Đã ghi nhận yêu cầu\"}", OUTCOME_UNKNOWN },
	{ "zero with the opposite", 200, 0, true, false,
	  "{\"error_code\":\"0\",\"message\":\"Đồng bộ không thành công\"}", OUTCOME_UNKNOWN },
	{ "a question needs no words", 200, 0, true, true,
	  "{\"error_code\":\"0\",\"message\":null,\"result\":[]}", OUTCOME_DELIVERED },
	/* Duplicates in whatever code (Q3). */
	{ "duplicate -3", 200, 0, true, false,
	  "{\"error_code\":\"-3\",\"message\":\"Hồ sơ H01.999-261120-0007 đã tồn tại\"}",
	  OUTCOME_DUPLICATE },
	{ "duplicate 3", 200, 0, true, false,
	  "{\"error_code\":3,\"message\":\"Mã hồ sơ đã tồn tại trên hệ thống\"}", OUTCOME_DUPLICATE },
	{ "duplicate 0", 200, 0, true, false,
	  "{\"error_code\":\"0\",\"message\":\"Hồ sơ đã tồn tại\"}", OUTCOME_DUPLICATE },
	{ "duplicate 1", 200, 0, true, false,
	  "{\"error_code\":1,\"message\":\"Hồ sơ đã được tiếp nhận\"}", OUTCOME_DUPLICATE },
	{ "duplicate by 409", 409, 0, true, false,
	  "{\"code\":409,\"message\":\"Mã hồ sơ đã tồn tại\"}", OUTCOME_DUPLICATE },
	/* Pages and plain words (Q4). */
	{ "502 page", 502, 0, true, false, "<html><h1>502 Bad Gateway</h1></html>",
	  OUTCOME_UNKNOWN },
	{ "502 page to a question", 502, 0, true, true, "<html>502</html>", OUTCOME_RETRY },
	{ "200 page", 200, 0, true, false, "<html><body>Hệ thống đang bảo trì</body></html>",
	  OUTCOME_UNKNOWN },
	{ "plain Unauthorized", 200, 0, true, false, "Unauthorized", OUTCOME_AUTH },
	{ "401 plain", 401, 0, true, false, "Unauthorized", OUTCOME_AUTH },
	{ "403 about the token", 403, 0, true, false,
	  "{\"fault\":{\"code\":900901,\"message\":\"Invalid Credentials\"}}", OUTCOME_AUTH },
	{ "403 about the unit", 403, 0, true, false,
	  "{\"code\":403,\"message\":\"Đơn vị chưa được cấp quyền\"}", OUTCOME_REFUSED },
	/* JSON inside a string (Q5). */
	{ "quoted envelope", 200, 0, true, false,
	  "\"{\\\"error_code\\\":\\\"0\\\",\\\"message\\\":\\\"Thành công\\\"}\"",
	  OUTCOME_DELIVERED },
	/* Member names in any case (Q8). */
	{ "upper case", 200, 0, true, false,
	  "{\"ERROR_CODE\":\"0\",\"MESSAGE\":\"Thành công\"}", OUTCOME_DELIVERED },
	/* Sessions (Q10). */
	{ "session over", 200, 0, true, false,
	  "{\"error_code\":\"-1\",\"message\":\"Session không hợp lệ hoặc đã hết hạn\"}",
	  OUTCOME_AUTH },
	/* Order and verbs (Q11, Q12). */
	{ "not there yet", 200, 0, true, false,
	  "{\"error_code\":\"-1\",\"message\":\"Hồ sơ H01.999-261120-0007 không tồn tại\"}",
	  OUTCOME_REFUSED },
	{ "field error", 200, 0, true, false,
	  "{\"error_code\":\"-1\",\"message\":\"NgayTiepNhan không đúng định dạng\"}",
	  OUTCOME_REFUSED },
	{ "busy in words", 200, 0, true, false,
	  "{\"error_code\":\"-1\",\"message\":\"Hệ thống bận, vui lòng thử lại\"}", OUTCOME_RETRY },
	/* Quotas, gateways, slowness (Q16). */
	{ "429", 429, 0, true, false, "{\"fault\":{\"code\":900800}}", OUTCOME_RETRY },
	{ "503", 503, 0, true, false, "<html>bảo trì</html>", OUTCOME_RETRY },
	{ "504", 504, 0, true, false, "<html>504</html>", OUTCOME_UNKNOWN },
	{ "408", 408, 0, true, false, "", OUTCOME_RETRY },
	{ "413", 413, 0, true, false, "<html>413</html>", OUTCOME_REFUSED },
	{ "422", 422, 0, true, false, "{\"error_code\":\"-1\",\"message\":\"x\"}", OUTCOME_REFUSED },
	{ "400", 400, 0, true, false, "{\"code\":400,\"message\":\"Thiếu dữ liệu\"}",
	  OUTCOME_REFUSED },
	{ "302", 302, 0, true, false, "<html>302</html>", OUTCOME_RETRY },
	{ "404 page", 404, 0, true, false, "<html>404</html>", OUTCOME_RETRY },
	/* The network (Q21: what may have been carried out is asked for). */
	{ "no connection", 0, HTTP_CONNECT, false, false, "", OUTCOME_RETRY },
	{ "certificate", 0, HTTP_TLS, false, false, "", OUTCOME_RETRY },
	{ "time-out after the body", 0, HTTP_TIMEOUT, true, false, "", OUTCOME_UNKNOWN },
	{ "time-out before the body", 0, HTTP_TIMEOUT, false, false, "", OUTCOME_RETRY },
	{ "broken after the body", 0, HTTP_BROKEN, true, false, "{\"error_co", OUTCOME_UNKNOWN },
	{ "broken question", 0, HTTP_BROKEN, true, true, "", OUTCOME_RETRY },
	{ "too big", 0, HTTP_TOO_BIG, true, false, "", OUTCOME_UNKNOWN },
};

static struct profile practice_profile(void)
{
	struct error err = { 0 };
	struct profile profile;
	json_t *all = profiles_read(MOTCUA_SOURCE "/tests/courier/data/ndxp.json", &err);
	assert_non_null(all);
	assert_true(profile_take(&profile, "tu-phap", "Bộ Tư pháp", "ndxp",
	                         json_object_get(all, "tu-phap"), &err));
	json_decref(all);
	return profile;
}

static void every_reply_has_its_class(void **state)
{
	(void)state;
	struct profile profile = practice_profile();
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct http_reply reply = { .fault = lines[i].fault, .code = lines[i].http,
			                    .sent = lines[i].sent, .retry_after = -1 };
		bytes_text(&reply.body, lines[i].body);
		struct answer answer;
		classify(&answer, &profile, lines[i].question ? CALL_ASK : CALL_ADD, &reply);
		if (answer.outcome != lines[i].want)
			fail_msg("%s: %s instead of %s", lines[i].name, outcome_word(answer.outcome),
			         outcome_word(lines[i].want));
		answer_clear(&answer);
		bytes_free(&reply.body);
	}
	profile_clear(&profile);
}

/* Replies of other families, read by the rules of their profiles. */
#define JUSTICE                                                                          \
	"{\"code\":\"status\",\"good\":[\"1\"],\"text\":[\"errorDescription\","              \
	"\"statusDescription\"],\"result\":\"value\"}"
#define LAND                                                                             \
	"{\"code\":\"status.success\",\"good\":[\"true\"],\"text\":[\"status.message\"]}"
#define PORTAL                                                                           \
	"{\"code\":[],\"needs_code\":false,\"words\":true,\"text\":[\"errors\",\"title\"]}"
#define MONITOR "{\"code\":\"status\",\"good\":true,\"needs_code\":false}"

static const struct {
	const char *rule, *type;
	int http;
	bool question;
	const char *body;
	enum outcome want;
	const char *text; /* NULL: whatever it is */
} ruled[] = {
	/* 1 is good there (hộ tịch). */
	{ JUSTICE, "", 200, false,
	  "{\"status\":\"1\",\"statusDescription\":\"Tiếp nhận thành công\"}", OUTCOME_DELIVERED,
	  "Tiếp nhận thành công" },
	{ JUSTICE, "", 200, false, "{\"status\":1,\"statusDescription\":\"THÀNH CÔNG\"}",
	  OUTCOME_DELIVERED, NULL },
	{ JUSTICE, "", 200, false,
	  "{\"status\":\"0\",\"errorCode\":\"200\",\"errorDescription\":\"RECORD_UNCOMPLETE\"}",
	  OUTCOME_REFUSED, "RECORD_UNCOMPLETE" },
	{ JUSTICE, "", 200, false,
	  "{\"status\":\"0\",\"errorDescription\":\"Hồ sơ đã tồn tại\"}", OUTCOME_DUPLICATE, NULL },
	{ JUSTICE, "", 200, false, "{\"value\":[]}", OUTCOME_UNKNOWN, NULL },
	{ JUSTICE, "", 200, true, "{\"status\":\"1\",\"value\":\"[{\\\"a\\\":1}]\"}",
	  OUTCOME_DELIVERED, NULL },
	/* Two envelopes in one (land). */
	{ LAND, "", 200, false,
	  "{\"data\":1,\"status\":{\"success\":true,\"message\":\"Thành công\"}}",
	  OUTCOME_DELIVERED, NULL },
	{ LAND, "", 200, false,
	  "{\"data\":0,\"status\":{\"success\":false,\"message\":\"Hồ sơ đã tồn tại\"}}",
	  OUTCOME_DUPLICATE, NULL },
	{ LAND, "", 200, false,
	  "{\"data\":0,\"status\":{\"success\":\"False\",\"message\":\"XaId không tồn tại\"}}",
	  OUTCOME_REFUSED, "XaId không tồn tại" },
	/* Only words, whatever the status says (liên thông). */
	{ PORTAL, "", 400, false,
	  "{\"status\":400,\"title\":\"Hồ sơ đã tồn tại trong một cửa điện tử\"}", OUTCOME_DUPLICATE,
	  NULL },
	{ PORTAL, "", 500, false,
	  "{\"status\":500,\"title\":\"Chưa cập nhật trạng thái, hệ thống bận\"}", OUTCOME_RETRY,
	  NULL },
	{ PORTAL, "", 500, false, "{\"title\":\"Logic xử lý không hợp lệ\"}", OUTCOME_REFUSED, NULL },
	{ PORTAL, "", 200, false, "{\"title\":\"Cập nhật thành công\"}", OUTCOME_DELIVERED, NULL },
	{ PORTAL, "", 200, false, "{\"title\":\"Cập nhật không thành công\"}", OUTCOME_REFUSED, NULL },
	{ PORTAL, "", 500, false, "{\"title\":\"Có gì đó\"}", OUTCOME_UNKNOWN, NULL },
	/* Complaints by field, as lists and as objects (Q19). */
	{ PORTAL, "", 400, false,
	  "{\"title\":\"x\",\"errors\":{\"maHoSo\":[\"không được để trống\"],\"trangThai\":[\"sai\"]}}",
	  OUTCOME_REFUSED, "maHoSo: không được để trống; trangThai: sai" },
	{ PORTAL, "", 400, false,
	  "{\"errors\":\"<trường1> không tồn tại…n<trường2>…\",\"status\":500}", OUTCOME_REFUSED,
	  "<trường1> không tồn tại…n<trường2>…" },
	/* Noted, no more (EMC). */
	{ MONITOR, "", 200, false, "{\"status\":true}", OUTCOME_DELIVERED, NULL },
	{ MONITOR, "", 200, false, "", OUTCOME_DELIVERED, NULL },
	{ MONITOR, "", 204, false, "", OUTCOME_DELIVERED, NULL },
	{ MONITOR, "", 200, false, "{\"status\":false,\"message\":\"SiteId\"}", OUTCOME_REFUSED, NULL },
	/* XML where JSON was asked for, and inside a string (Q5). */
	{ "{}", "text/xml", 401, false,
	  "<am:fault xmlns:am=\"u\"><am:code>900901</am:code><am:message>Invalid</am:message></am:fault>",
	  OUTCOME_AUTH, "Invalid" },
	{ "{}", "application/xml", 403, false,
	  "<fault><code>900908</code><message>Forbidden</message></fault>", OUTCOME_AUTH, NULL },
	{ "{}", "", 200, false,
	  "<?xml version=\"1.0\"?><ketQua><error_code>0</error_code><message>Thành công</message>"
	  "</ketQua>",
	  OUTCOME_DELIVERED, "Thành công" },
	{ "{}", "", 200, false,
	  "\"<ketQua><error_code>0</error_code><message>Thành công</message></ketQua>\"",
	  OUTCOME_UNKNOWN, NULL },
	{ "{\"code\":\"ketQua.error_code\",\"text\":\"ketQua.message\"}", "", 200, false,
	  "\"<ketQua><error_code>0</error_code><message>Thành công</message></ketQua>\"",
	  OUTCOME_DELIVERED, "Thành công" },
	{ "{}", "text/xml", 200, false, "<html><body>Đang bảo trì</body></html>", OUTCOME_UNKNOWN,
	  NULL },
	{ "{\"needs_code\":false}", "", 200, true, "[{\"a\":1}]", OUTCOME_DELIVERED, NULL },
	{ "{}", "", 200, true, "[{\"a\":1}]", OUTCOME_RETRY, NULL },
};

static void other_families_say_it_elsewhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ruled / sizeof *ruled; i++) {
		struct profile profile = practice_profile();
		struct http_reply reply = { .code = ruled[i].http, .sent = true, .retry_after = -1 };
		struct answer answer;
		json_object_set_new(profile.data, "reply", json_loads(ruled[i].rule, 0, NULL));
		json_object_set_new(json_object_get(profile.data, "phrases"), "permanent",
		                    json_pack("[s]", "logic xử lý không hợp lệ"));
		json_array_append_new(json_object_get(json_object_get(profile.data, "phrases"),
		                                      "retry"),
		                      json_string("chưa cập nhật trạng thái"));
		if (strcmp(ruled[i].rule, MONITOR) == 0) /* it uses no words */
			json_object_del(json_object_get(profile.data, "phrases"), "success");
		snprintf(reply.type, sizeof reply.type, "%s", ruled[i].type);
		bytes_text(&reply.body, ruled[i].body);
		classify(&answer, &profile, ruled[i].question ? CALL_ASK : CALL_ADD, &reply);
		if (answer.outcome != ruled[i].want ||
		    (ruled[i].text && strcmp(ruled[i].text, answer.text) != 0))
			fail_msg("%s: %s instead of %s (%s)", ruled[i].body,
			         outcome_word(answer.outcome), outcome_word(ruled[i].want),
			         answer.text);
		answer_clear(&answer);
		bytes_free(&reply.body);
		profile_clear(&profile);
	}
}

static void one_call_may_have_rules_of_its_own(void **state)
{
	(void)state;
	struct profile profile = practice_profile();
	struct http_reply reply = { .code = 200, .sent = true, .retry_after = -1 };
	struct answer answer;
	json_object_set_new(profile.data, "reply", json_loads(JUSTICE, 0, NULL));
	json_object_set_new(profile.data, "calls",
	                    json_loads("{\"list\":{\"reply\":{\"code\":[],\"needs_code\":false,"
	                               "\"result\":\"data.items\"}}}", 0, NULL));
	bytes_text(&reply.body, "{\"data\":\"{\\\"items\\\":[7]}\"}");
	classify(&answer, &profile, CALL_LIST, &reply);
	assert_int_equal(answer.outcome, OUTCOME_DELIVERED);
	json_t *result = answer_result(&answer);
	assert_int_equal(json_integer_value(json_array_get(result, 0)), 7);
	json_decref(result);
	answer_clear(&answer);
	classify(&answer, &profile, CALL_ADD, &reply);
	assert_int_equal(answer.outcome, OUTCOME_UNKNOWN);
	answer_clear(&answer);
	bytes_free(&reply.body);
	profile_clear(&profile);
}

static void fields_are_named_by_the_profile_too(void **state)
{
	(void)state;
	char out[120];
	struct profile profile = practice_profile();
	json_object_set_new(profile.data, "fields",
	                    json_pack("{s:s, s:s}", "hoTen", "Họ tên", "MaHoSo", "Mã hồ sơ"));
	assert_string_equal(connector_fields_named(&profile, "hoTen trống, MaHoSo sai", out, sizeof out),
	                    "Họ tên, Mã hồ sơ");
	assert_string_equal(connector_fields_named(NULL, "hoTen trống", out, sizeof out), "");
	profile_clear(&profile);
}

static void plain_words_count_only_where_the_profile_says(void **state)
{
	(void)state;
	struct profile profile = practice_profile();
	struct http_reply reply = { .code = 200, .sent = true, .retry_after = -1 };
	struct answer answer;
	bytes_text(&reply.body, "Đồng bộ thành công");
	classify(&answer, &profile, CALL_ADD, &reply);
	assert_int_equal(answer.outcome, OUTCOME_UNKNOWN);
	json_object_set_new(profile.data, "plain_words", json_true());
	classify(&answer, &profile, CALL_ADD, &reply);
	assert_int_equal(answer.outcome, OUTCOME_DELIVERED);
	bytes_free(&reply.body);
	profile_clear(&profile);
}

static const struct {
	const char *result, *foreign;
	bool found, other;
} views[] = {
	{ "[]", "", false, false },
	{ "[{\"MaHoSo\":\"A-1\",\"MaHoSoKhac\":\"F-1\"}]", "F-1", true, false },
	{ "{\"MaHoSo\":\"F-1\",\"MaHoSoKhac\":\"A-1\"}", "F-1", true, false },
	{ "[{\"TrangThaiHoSo\":\"2\"}]", "", true, false },
	/* Somebody else's dossier is no answer, wherever it stands in the list. */
	{ "[{\"MaHoSo\":\"B-2\",\"MaHoSoKhac\":\"F-2\"}]", "", false, true },
	{ "{\"MaHoSo\":\"B-2\",\"MaHoSoKhac\":\"F-2\"}", "", false, true },
	{ "[{\"MaHoSo\":\"B-2\",\"MaHoSoKhac\":\"F-2\"},"
	  "{\"MaHoSo\":\"A-1\",\"MaHoSoKhac\":\"F-1\"}]", "F-1", true, false },
};

static void only_the_dossier_that_was_asked_about_counts(void **state)
{
	(void)state;
	struct profile profile;
	json_t *data = json_loads("{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\","
	                          "\"maps\":{\"status\":{\"2\":\"2\"}}}", 0, NULL);
	assert_true(profile_take(&profile, "x", "x", "ndxp", data, NULL));
	json_decref(data);
	for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
		struct http_reply reply = { .code = 200, .sent = true, .retry_after = -1 };
		struct answer answer;
		struct peer_view view;
		bytes_format(&reply.body, "{\"error_code\":\"0\",\"result\":%s}", views[i].result);
		classify(&answer, &profile, CALL_ASK, &reply);
		connector_ndxp.read_view(&profile, &answer, "A-1", &view);
		assert_int_equal(view.found, views[i].found);
		assert_int_equal(view.other, views[i].other);
		assert_string_equal(view.foreign_code, views[i].foreign);
		answer_clear(&answer);
		bytes_free(&reply.body);
	}
	profile_clear(&profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_reply_has_its_class),
		cmocka_unit_test(other_families_say_it_elsewhere),
		cmocka_unit_test(one_call_may_have_rules_of_its_own),
		cmocka_unit_test(fields_are_named_by_the_profile_too),
		cmocka_unit_test(plain_words_count_only_where_the_profile_says),
		cmocka_unit_test(only_the_dossier_that_was_asked_about_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
