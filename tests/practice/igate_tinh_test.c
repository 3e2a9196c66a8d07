/* SPDX-License-Identifier: Apache-2.0
 *
 * The same platform as a province runs it: its own paths and names, and its
 * glued complaints. */
#include "tests/practice/asks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define DOSSIER                                                                          \
	"{\"code\":\"%s\",\"procedureCode\":\"1.000001\",\"ownerFullname\":\"%s\","           \
	"\"applicantKind\":0,\"agencyCode\":\"H01.999\",\"acceptedDate\":"                     \
	"\"2026-11-20 08:40:00\",\"dossierFormFile\":[],\"applicant\":{\"applicantKind\":0,"    \
	"\"data\":{\"fullname\":\"A\",\"identityNumber\":\"1\",\"wardCode\":\"%s\"}}}"

static void a_province_has_other_paths_and_names(void **state)
{
	(void)state;
	char path[200], number[64];
	token[0] = '\0';
	json_t *reply = call("POST", "/tinh/igate/oauth/token", "application/x-www-form-urlencoded",
	                     "grant_type=client_credentials&client_id=x&client_secret=tap%2Dduyet");
	snprintf(token, sizeof token, "%s", text(reply, "access_token"));
	assert_true(*token);
	json_decref(reply);
	reply = call("GET", "/tinh/igate/bd/config/get-pattern?agency-id=H01.999&procedure-id=1.000001",
	             NULL, NULL);
	snprintf(path, sizeof path, "/tinh/igate/bt/pattern/%s/--get-next-value?code=1.000001",
	         text(reply, "patternId"));
	json_decref(reply);
	reply = call("PUT", path, NULL, "{}");
	snprintf(number, sizeof number, "%s", text(reply, "value"));
	assert_non_null(strstr(number, "H01.99-"));
	json_decref(reply);
	char body[1024];
	snprintf(body, sizeof body, DOSSIER, number, "", "1");
	reply = call("POST", "/tinh/igate/pa/dossier/--apply-online/", NULL, body);
	assert_int_equal(last.code, 500);
	assert_string_equal(text(reply, "errors"),
	                    "ownerFullname không được để trống…nwardCode không tồn tại trong danh "
	                    "mục…n");
	assert_non_null(json_object_get(reply, "inputSend"));
	json_decref(reply);
	snprintf(body, sizeof body, DOSSIER, number, "A", "30538");
	reply = call("POST", "/tinh/igate/pa/dossier/--apply-online/", NULL, body);
	if (last.code != 200)
		fail_msg("%s", text(reply, "errors"));
	assert_string_equal(text(reply, "code"), number);
	assert_int_equal(strlen(text(reply, "id")), 24);
	json_decref(reply);
	snprintf(path, sizeof path, "/tinh/igate/pa/dossier/search?code=%s&spec=slice&page=0&size=1",
	         number);
	reply = call("GET", path, NULL, NULL);
	assert_string_equal(text(json_array_get(json_object_get(reply, "content"), 0), "code"),
	                    number);
	json_decref(reply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_province_has_other_paths_and_names),
	};
	return cmocka_run_group_tests(tests, open_bench, close_bench);
}
