/* SPDX-License-Identifier: Apache-2.0
 *
 * Where calls go: the adapter's dstcode in each place and spelling (Q20),
 * X-Road's own REST, and links that peers send (Q15). */
#include <stdio.h>
#include <string.h>

#include "tests/check.h"
#include "core/courier/address.h"
#include "core/courier/classify.h"

#define BASE "\"base_url\":\"http://10.0.0.9:8080/XrdAdapter/RestService/forward\"," \
             "\"hosts\":\"10.0.0.9:8080 tep.example\",\"account\":\"x\",\"maps\":{}"

static void profile_of(struct profile *profile, const char *more)
{
	struct error err = { 0 };
	char text[900];
	snprintf(text, sizeof text, "{" BASE "%s}", more);
	json_t *data = json_loads(text, 0, NULL);
	assert_non_null(data);
	assert_true(profile_take(profile, "cong", "Cổng", "ndxp", data, &err));
	json_decref(data);
}

static const struct {
	const char *more, *path, *url, *headers;
} places[] = {
	{ "", "/mapi/g", "http://10.0.0.9:8080/XrdAdapter/RestService/forward/mapi/g", "" },
	{ ",\"dstcode\":\"VN:GOV:G22:p\"", "/mapi/g",
	  "http://10.0.0.9:8080/XrdAdapter/RestService/forward/mapi/g", "dstcode: VN:GOV:G22:p|" },
	{ ",\"dstcode\":\"VN:GOV:G22:p\",\"dstcode_in\":\"query\"", "/mapi/g",
	  "http://10.0.0.9:8080/XrdAdapter/RestService/forward/mapi/g?dstcode=VN:GOV:G22:p", "" },
	{ ",\"dstcode\":\"VN:GOV:G22:p\",\"dstcode_in\":\"query-encoded\"", "/mapi/g?a=1",
	  "http://10.0.0.9:8080/XrdAdapter/RestService/forward/mapi/g?a=1&dstcode=VN%3AGOV%3AG22%3Ap", "" },
	{ ",\"dstcode\":\"VN:GOV:G22:p\",\"dstcode_in\":\"query\",\"provider_url\":\"https://a.vn/b?c\"",
	  "/x",
	  "http://10.0.0.9:8080/XrdAdapter/RestService/forward/x?dstcode=VN:GOV:G22:p&"
	  "providerurl=https%3A%2F%2Fa.vn%2Fb%3Fc", "" },
	{ ",\"dstcode\":\"VN:GOV:G22:p\",\"dstcode_in\":\"none\"", "/x",
	  "http://10.0.0.9:8080/XrdAdapter/RestService/forward/x", "" },
	{ ",\"transport\":\"xroad\",\"base_url\":\"http://ss:80\",\"dstcode\":\"VN:GOV:000.00/G22:dịch vụ\","
	  "\"xroad_client\":\"VN/GOV/H01.999/motcua\"", "/mapi/hồ sơ?q=a b",
	  "http://ss:80/r1/VN/GOV/000.00%2FG22/d%E1%BB%8Bch%20v%E1%BB%A5/mapi/h%E1%BB%93%20s%C6%A1?q=a b",
	  "X-Road-Client: VN/GOV/H01.999/motcua|X-Road-Id: *|" },
};

static void every_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		struct profile profile;
		struct http_call call = { 0 };
		struct error err = { 0 };
		char headers[300] = "";
		profile_of(&profile, places[i].more);
		assert_true(address_write(&profile, places[i].path, 1, &call, &err));
		assert_string_equal(call.url, places[i].url);
		for (size_t at = 0; at < call.headers.size; at += strlen(call.headers.data + at) + 1) {
			const char *line = call.headers.data + at;
			bool id = strncmp(line, "X-Road-Id: ", 11) == 0;
			assert_true(!id || strlen(line) == 11 + 36);
			strcat(strcat(headers, id ? "X-Road-Id: *" : line), "|");
		}
		assert_string_equal(headers, places[i].headers);
		http_clear(&call);
		profile_clear(&profile);
	}
}

/* X-Road allows 2000 characters; ours are refused before they are cut. */
static void an_address_is_never_cut(void **state)
{
	(void)state;
	char path[3000];
	memset(path, 'a', sizeof path - 1);
	path[0] = '/';
	for (int xroad = 0; xroad < 2; xroad++)
		for (size_t n = 1900; n < 2100; n++) {
			struct profile profile;
			struct http_call call = { 0 };
			struct error err = { 0 };
			profile_of(&profile, xroad ? ",\"transport\":\"xroad\"" : "");
			path[n] = '\0';
			if (address_write(&profile, path, 1, &call, &err)) {
				assert_true(strlen(call.url) < (xroad ? 2000 : sizeof call.url));
				assert_int_equal(call.url[strlen(call.url) - 1], 'a');
				assert_true(strlen(call.url) > n);
			} else {
				assert_true(n > 1900);
				assert_string_equal(call.url, "");
			}
			path[n] = 'a';
			http_clear(&call);
			profile_clear(&profile);
		}
}

static const struct {
	const char *link, *url;
} links[] = {
	{ "http://ip-ss-donvi:8080/XrdAdapter/RestService/forward/tep/1&dstcode=VN:GOV:G22:p&providerurl=x",
	  "http://10.0.0.9:8080/XrdAdapter/RestService/forward/tep/1?dstcode=VN:GOV:G22:p&providerurl=x" },
	{ "http://IP-SS-Donvi:8080/a?b=1&c=2", "http://10.0.0.9:8080/a?b=1&c=2" },
	{ "http://ip-ss-donvi:8080&a=1", "http://10.0.0.9:8080?a=1" },
	{ "https://tep.example/a/b.pdf", "https://tep.example/a/b.pdf" },
	{ "http://10.0.0.9:8080/z", "http://10.0.0.9:8080/z" },
	/* Anywhere else, in any disguise. */
	{ "https://evil.example/a", NULL },
	{ "https://tep.example:444/a", NULL },
	{ "https://tep.example@evil.example/a", NULL },
	{ "https://evil.example/https://tep.example/a", NULL },
	{ "https://evil.example#https://tep.example/a", NULL },
	{ "https://tep.example.evil.example/a", NULL },
	{ "https://evil.example\\@tep.example/a", NULL },
	{ "http://169.254.169.254/latest/meta-data", NULL },
	{ "http://localhost:8080/", NULL },
	{ "http://ip-ss-donvi:8080@evil.example/a", NULL },
	{ "file:///etc/passwd", NULL },
	{ "ftp://tep.example/a", NULL },
	{ "//tep.example/a", NULL },
	{ "/a", NULL },
	{ "", NULL },
	{ "https://tep.example/a b", NULL },
	{ "https://tep.example/a\r\nX: y", NULL },
	{ "https://tep.example/a#b", NULL },
};

static void links_come_home_or_nowhere(void **state)
{
	(void)state;
	struct profile profile;
	profile_of(&profile, ",\"link_hosts\":\"ip-ss-donvi:8080 ip-ss\"");
	for (size_t i = 0; i < COUNT(links); i++) {
		char url[300] = "untouched";
		struct error err = { 0 };
		bool good = address_of_link(&profile, links[i].link, 1, url, sizeof url, &err);
		if (good != (links[i].url != NULL))
			fail_msg("%s gives %s", links[i].link, url);
		assert_string_equal(url, links[i].url ? links[i].url : "");
		assert_int_equal(err.fault, good ? FAULT_NONE : FAULT_INPUT);
	}
	char room[20];
	struct error err = { 0 };
	assert_false(address_of_link(&profile, links[0].link, 1, room, sizeof room, &err));
	assert_string_equal(room, "");
	profile_clear(&profile);
}

static const struct {
	const char *error;
	int code;
	enum outcome verb, question;
} errors[] = {
	{ "Client.BadRequest", 400, OUTCOME_RETRY, OUTCOME_RETRY },
	{ "Server.ClientProxy.UnknownMember", 500, OUTCOME_RETRY, OUTCOME_RETRY },
	{ "Server.ClientProxy.NetworkError", 500, OUTCOME_UNKNOWN, OUTCOME_RETRY },
	{ "server.clientproxy.ioerror", 500, OUTCOME_UNKNOWN, OUTCOME_RETRY },
	{ "Server.ServerProxy.AccessDenied", 500, OUTCOME_RETRY, OUTCOME_RETRY },
	{ "Server.ServerProxy.ServiceFailed.HttpError", 500, OUTCOME_UNKNOWN, OUTCOME_RETRY },
	{ "?", 500, OUTCOME_UNKNOWN, OUTCOME_RETRY },
	/* None: the provider's own. */
	{ "", 400, OUTCOME_REFUSED, OUTCOME_REFUSED },
};

static void errors_of_security_servers(void **state)
{
	(void)state;
	struct profile profile;
	profile_of(&profile, "");
	for (size_t i = 0; i < COUNT(errors); i++)
		for (int verb = 0; verb < 2; verb++) {
			struct answer answer;
			struct http_reply reply = { .code = errors[i].code, .sent = true };
			snprintf(reply.xroad_error, sizeof reply.xroad_error, "%s", errors[i].error);
			bytes_text(&reply.body, "{\"type\":\"t\",\"message\":\"m\"}");
			classify(&answer, &profile, verb ? CALL_ADD : CALL_ASK, &reply);
			assert_int_equal(answer.outcome, verb ? errors[i].verb : errors[i].question);
			answer_clear(&answer);
			bytes_free(&reply.body);
		}
	profile_clear(&profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_place),
		cmocka_unit_test(an_address_is_never_cut),
		cmocka_unit_test(links_come_home_or_nowhere),
		cmocka_unit_test(errors_of_security_servers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
