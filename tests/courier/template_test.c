/* SPDX-License-Identifier: Apache-2.0
 *
 * Templates of profiles, line by line: what goes in, what comes out, and the
 * sentence where nothing may. */
#include "core/courier/template.h"
#include "core/courier/codec.h"
#include "core/courier/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char PROFILE[] =
	"{\"base_url\":\"http://127.0.0.1\",\"account\":\"tk\",\"site\":\"91\",\"maps\":{"
	"\"owner_kind\":{\"person\":\"0\",\"organisation\":\"1\"},\"none\":{\"\":\"9\",\"a\":\"1\"}}}";
static const char PAYLOAD[] =
	"{\"code\":\"H01.999-261120-0007\",\"owner\":{\"name\":\"Nguyễn Thị Thuỳ Dương\",\"kind\":"
	"\"person\",\"birth\":\"1999-03-05\",\"email\":\"\",\"phone\":null},\"submitter\":null,"
	"\"received_at\":\"2026-11-20T09:41:00+07:00\",\"due_at\":null,\"channel\":1,\"note\":\"hôm qua\","
	"\"components\":[{\"name\":\"Tờ khai\",\"action\":\"submit\",\"originals\":1},"
	"{\"name\":\"Hộ chiếu\",\"action\":\"show\"},{\"name\":\"Giấy chứng sinh\",\"action\":\"submit\"}],"
	"\"extra\":\"{\\\"deep\\\":[{\\\"x\\\":5}]}\",\"xml\":\"<a><b>1</b><b>2</b></a>\","
	"\"fees\":[{\"name\":\"Lệ phí\",\"amount\":8000}]}";
static const char FILES[] =
	"[{\"id\":7,\"component\":0,\"name\":\"to-khai.pdf\",\"media_type\":\"application/pdf\",\"size\":9},"
	"{\"id\":8,\"component\":2,\"name\":\"cs.png\",\"media_type\":\"image/png\",\"size\":5}]";

static struct profile profile;
static struct call_facts facts;

static int open_all(void **state)
{
	(void)state;
	struct error err = { 0 };
	json_t *data = json_loads(PROFILE, 0, NULL);
	assert_true(profile_take(&profile, "thu", "Hệ thống thử", "json", data, &err));
	json_decref(data);
	facts = (struct call_facts){
		.session = "phien", .secret = "mk", .code = "H01.999-261120-0007", .cursor = "",
		.payload = json_loads(PAYLOAD, 0, NULL), .files = json_loads(FILES, 0, NULL),
		.memory = json_loads("{\"number\":\"G9-1\",\"files\":{\"7\":{\"id\":\"abc\"}}}", 0, NULL),
		.known = json_object(),
	};
	assert_non_null(facts.payload);
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	json_decref((json_t *)(uintptr_t)facts.payload);
	json_decref((json_t *)(uintptr_t)facts.files);
	json_decref(facts.memory);
	json_decref(facts.known);
	profile_clear(&profile);
	return 0;
}

/* want: JSON; or "!": a refusal whose sentence holds the rest; or "?": a
 * template that is wrong. */
static const struct {
	const char *template, *want;
} lines[] = {
	{ "\"x\"", "\"x\"" },
	{ "{\"a\":[1,true,null,\"b\"]}", "{\"a\":[1,true,null,\"b\"]}" },
	{ "{\"$\":\"owner.name\"}", "\"Nguyễn Thị Thuỳ Dương\"" },
	{ "{\"$\":\"owner.name\",\"as\":\"upper\"}", "\"NGUYỄN THỊ THUỲ DƯƠNG\"" },
	{ "{\"$\":\"owner.name\",\"cut\":8}", "\"Nguyễn T\"" },
	{ "{\"$\":\"channel\"}", "\"1\"" },
	{ "{\"$\":\"channel\",\"as\":\"number\"}", "1" },
	{ "{\"$\":\"due_at\",\"as\":\"number\"}", "null" },
	{ "{\"$\":\"channel\",\"as\":\"flag\"}", "true" },
	{ "{\"$\":\"channel\",\"as\":\"flag-text\"}", "\"True\"" },
	{ "{\"$\":\"channel\",\"as\":\"flag-number\"}", "1" },
	{ "{\"$\":\"owner.name\",\"as\":\"number\",\"label\":\"tên\"}", "!tên “Nguyễn" },
	/* Nothing is nothing; what must be there is asked for by its name. */
	{ "{\"$\":\"owner.email\"}", "\"\"" },
	{ "{\"$\":\"owner.email\",\"must\":\"thư điện tử\"}", "!hồ sơ thiếu thư điện tử" },
	{ "{\"$\":\"owner.email\",\"else\":\"-\"}", "\"-\"" },
	{ "{\"$\":[\"owner.email\",\"owner.phone\",\"code\"]}", "\"H01.999-261120-0007\"" },
	/* Maps are total. */
	{ "{\"$\":\"owner.kind\",\"map\":\"owner_kind\"}", "\"0\"" },
	{ "{\"$\":\"owner.kind\",\"map\":\"owner_kind\",\"as\":\"number\"}", "0" },
	{ "{\"$\":\"channel\",\"map\":\"owner_kind\",\"label\":\"loại đối tượng\"}",
	  "!loại đối tượng “1” chưa có mã" },
	{ "{\"$\":\"owner.email\",\"map\":\"owner_kind\",\"label\":\"loại đối tượng\"}",
	  "!loại đối tượng “” chưa có mã" },
	{ "{\"$\":\"owner.email\",\"map\":\"none\"}", "\"9\"" },
	{ "{\"$\":\"owner.kind\",\"map\":\"no-such-map\",\"label\":\"x\"}", "!x “person”" },
	/* Moments in every spelling. */
	{ "{\"$\":\"received_at\",\"when\":\"compact\"}", "\"20261120094100\"" },
	{ "{\"$\":\"received_at\",\"when\":\"sql\"}", "\"2026-11-20 09:41:00\"" },
	{ "{\"$\":\"received_at\",\"when\":\"iso-ms\"}", "\"2026-11-20T02:41:00.000Z\"" },
	{ "{\"$\":\"received_at\",\"when\":\"slashed\"}", "\"20/11/2026 09:41:00\"" },
	{ "{\"$\":\"owner.birth\",\"when\":\"slashed-day\"}", "\"05/03/1999\"" },
	{ "{\"$\":\"due_at\",\"when\":\"sql\"}", "\"\"" },
	{ "{\"$\":\"due_at\",\"when\":\"sql\",\"must\":\"ngày hẹn trả\"}", "!thiếu ngày hẹn trả" },
	{ "{\"$\":\"note\",\"when\":\"sql\",\"label\":\"ghi chú\"}", "!thiếu ghi chú" },
	{ "{\"$\":\"received_at\",\"when\":\"martian\"}", "?" },
	/* Lists. */
	{ "{\"each\":\"components\",\"where\":{\"action\":\"submit\"},\"item\":{\"stt\":{\"$\":\"index\","
	  "\"as\":\"number\"},\"ten\":{\"$\":\"item.name\"}}}",
	  "[{\"stt\":1,\"ten\":\"Tờ khai\"},{\"stt\":2,\"ten\":\"Giấy chứng sinh\"}]" },
	{ "{\"each\":\"components\",\"unless\":{\"action\":[\"submit\"]},\"item\":{\"$\":\"item.name\"}}",
	  "[\"Hộ chiếu\"]" },
	{ "{\"each\":\"components\",\"most\":1,\"item\":{\"$\":\"item.name\"}}", "[\"Tờ khai\"]" },
	{ "{\"each\":\"none\",\"item\":1}", "[]" },
	{ "{\"each\":\"components\",\"item\":{\"$\":\"item.originals\",\"must\":\"số bản\"}}",
	  "!thiếu số bản" },
	{ "{\"each\":\"files\",\"item\":{\"id\":{\"$\":\"uploaded.id\"},\"of\":{\"$\":\"component.name\"},"
	  "\"data\":{\"$file\":\"base64\"}}}",
	  "[{\"id\":\"abc\",\"of\":\"Tờ khai\",\"data\":\"\\u0001file:7:9\"},"
	  "{\"id\":\"\",\"of\":\"Giấy chứng sinh\",\"data\":\"\\u0001file:8:5\"}]" },
	{ "{\"each\":\"components\",\"item\":{\"each\":\"own-files\",\"item\":{\"$\":\"item.name\"}}}",
	  "[[\"to-khai.pdf\"],[],[\"cs.png\"]]" },
	{ "{\"a\":{\"$first\":{\"each\":\"files\",\"item\":{\"$\":\"item.name\"}}},\"b\":{\"$first\":[]}}",
	  "{\"a\":\"to-khai.pdf\"}" },
	{ "{\"$file\":\"base64\"}", "?" },
	{ "{\"each\":\"files\",\"item\":{\"$json\":{\"$file\":\"base64\"}}}", "?" },
	/* Choices. */
	{ "{\"a\":{\"$if\":\"submitter\",\"then\":1}}", "{}" },
	{ "{\"$if\":\"submitter\",\"then\":1,\"else\":2}", "2" },
	{ "{\"$if\":\"fees\",\"then\":1,\"else\":2}", "1" },
	{ "{\"$if\":\"channel\",\"is\":[\"2\",\"1\"],\"then\":1}", "1" },
	{ "{\"$switch\":\"channel\",\"of\":{\"1\":{\"$\":\"code\"}}}", "\"H01.999-261120-0007\"" },
	{ "{\"$switch\":\"channel\",\"of\":{\"2\":1},\"else\":9}", "9" },
	{ "{\"$switch\":\"channel\",\"of\":{\"2\":1},\"label\":\"kênh\"}", "!kênh “1”" },
	/* Inside strings. */
	{ "{\"$json\":{\"a\":{\"$\":\"channel\"}}}", "\"{\\\"a\\\":\\\"1\\\"}\"" },
	{ "{\"$\":\"fees\",\"as\":\"json-text\"}",
	  "\"[{\\\"name\\\":\\\"Lệ phí\\\",\\\"amount\\\":8000}]\"" },
	{ "{\"$xml\":{\"b\":[\"1<\",\"2&\"],\"c\":null},\"root\":\"a\"}",
	  "\"<a><b>1&lt;</b><b>2&amp;</b></a>\"" },
	{ "{\"$line\":\"{owner.name} - {received_at|slashed-day}{owner.email}\"}",
	  "\"Nguyễn Thị Thuỳ Dương - 20/11/2026\"" },
	/* Roots, and into strings that hold JSON or XML. */
	{ "[{\"$\":\"memory.number\"},{\"$\":\"profile.site\"},{\"$\":\"session\"},{\"$\":\"secret\"},"
	  "{\"$\":\"payload.code\"}]",
	  "[\"G9-1\",\"91\",\"phien\",\"mk\",\"H01.999-261120-0007\"]" },
	{ "{\"$\":\"extra.deep.0.x\",\"as\":\"number\"}", "5" },
	{ "{\"$\":\"xml.a.b\",\"as\":\"raw\"}", "[\"1\",\"2\"]" },
	{ "{\"$\":\"owner\",\"as\":\"nonsense\",\"else\":1}", "1" },
	{ "{\"$\":\"code\",\"as\":\"nonsense\"}", "?" },
};

static void every_line_comes_out_so(void **state)
{
	(void)state;
	struct template_scope scope = { .profile = &profile, .facts = &facts };
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct error err = { 0 };
		const char *want = lines[i].want;
		json_t *node = json_loads(lines[i].template, JSON_DECODE_ANY, NULL);
		if (!node)
			fail_msg("no JSON: %s", lines[i].template);
		json_t *got = template_expand(&scope, node, &err);
		if (*want == '!' || *want == '?') {
			if (got || err.fault != (*want == '!' ? FAULT_INPUT : FAULT_BUG) ||
			    !strstr(err.say, want + 1) || !strstr(err.say, "Hệ thống thử"))
				fail_msg("%s: %s", lines[i].template, got ? "taken" : err.say);
		} else {
			json_t *right = json_loads(want, JSON_DECODE_ANY, NULL);
			char *text = got ? json_dumps(got, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
			if (!got || !json_equal(got, right))
				fail_msg("%s: %s %s", lines[i].template, text ? text : "", err.say);
			free(text);
			json_decref(right);
		}
		json_decref(got);
		json_decref(node);
	}
}

static void addresses_are_encoded_and_never_half_empty(void **state)
{
	(void)state;
	struct template_scope scope = { .profile = &profile, .facts = &facts };
	struct bytes out = { 0 };
	struct error err = { 0 };
	assert_true(template_line(&scope, "/ho-so/{owner.name}/x{", true, &out, &err));
	assert_string_equal(bytes_string(&out),
	                    "/ho-so/Nguy%E1%BB%85n%20Th%E1%BB%8B%20Thu%E1%BB%B3%20D%C6%B0%C6%A1ng/x{");
	assert_false(template_line(&scope, "/ho-so/{owner.email}", true, &out, &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	bytes_free(&out);
}

static void templates_have_an_end(void **state)
{
	(void)state;
	struct template_scope scope = { .profile = &profile, .facts = &facts };
	struct error err = { 0 };
	/* 3^20 items, and 40 floors. */
	json_t *node = json_integer(1), *deep = json_integer(1);
	for (int i = 0; i < 20; i++)
		node = json_pack("{s:s, s:o}", "each", "components", "item", node);
	for (int i = 0; i < 40; i++)
		deep = json_pack("[o]", deep);
	assert_null(template_expand(&scope, node, &err));
	assert_int_equal(err.fault, FAULT_BUG);
	assert_null(template_expand(&scope, deep, NULL));
	json_decref(node);
	json_decref(deep);
}

static const struct {
	const char *xml, *json;
} xmls[] = {
	{ "<a>x</a>", "{\"a\":\"x\"}" },
	{ "<?xml version=\"1.0\"?>\n<!-- c --><a/>", "{\"a\":\"\"}" },
	{ "<s:a xmlns:s=\"u>v\"><s:b i='1'>1</s:b><b>2</b><c> </c></s:a>",
	  "{\"a\":{\"b\":[\"1\",\"2\"],\"c\":\" \"}}" },
	{ "<a>&lt;&#7897;&#x1EC7;&amp;&none;<![CDATA[<&]]></a>", "{\"a\":\"<ộệ&&none;<&\"}" },
	{ "<a>x</b>", NULL },
	{ "<a>", NULL },
	{ "<a/><b/>", NULL },
	{ "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", NULL },
	{ "Hệ thống bận", NULL },
	{ "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>", NULL },
};

static void little_xml_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof xmls / sizeof *xmls; i++) {
		json_t *got = xml_read(xmls[i].xml, strlen(xmls[i].xml));
		json_t *want = xmls[i].json ? json_loads(xmls[i].json, 0, NULL) : NULL;
		if (!!got != !!want || (got && !json_equal(got, want)))
			fail_msg("%s", xmls[i].xml);
		json_decref(got);
		json_decref(want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_comes_out_so),
		cmocka_unit_test(addresses_are_encoded_and_never_half_empty),
		cmocka_unit_test(templates_have_an_end),
		cmocka_unit_test(little_xml_is_read),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
