/* SPDX-License-Identifier: Apache-2.0
 *
 * Log-ins as each dialect wants them, what is sent with every call after, and
 * that none of it ever reaches the journal. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/check.h"
#include "core/base/date.h"
#include "core/courier/auth.h"
#include "core/courier/mask.h"
#include "core/courier/profiles.h"
#include "core/courier/secrets.h"
#include "tests/courier/bench.h"

static json_t *secrets;

static void profile_of(struct profile *profile, const char *auth)
{
	struct error err = { 0 };
	char text[1200];
	snprintf(text, sizeof text,
	         "{\"base_url\":\"https://cong.example:8443/api\",\"hosts\":\"cong.example:8443\","
	         "\"account\":\"H01.999\",\"maps\":{},\"auth\":%s}",
	         auth);
	json_t *data = json_loads(text, 0, NULL);
	assert_non_null(data);
	assert_true(profile_take(profile, "tinh", "Tỉnh", "json", data, &err));
	json_decref(data);
}

static const char *header_at(const struct http_call *call, int nth)
{
	size_t at = 0;
	while (nth-- && at < call->headers.size)
		at += strlen(call->headers.data + at) + 1;
	return at < call->headers.size ? call->headers.data + at : "";
}

static const struct {
	const char *auth, *url, *type, *body, *login[2], *sign[3];
} ways[] = {
	{ "{\"mode\":\"client\",\"client_in\":\"basic\",\"path\":\"/token\",\"scope\":\"am\"}",
	  "https://cong.example:8443/api/token", "application/x-www-form-urlencoded",
	  "grant_type=client_credentials&scope=am",
	  { "Authorization: Basic SDAxLjk5OTpiw60g4bqpbg==" },
	  { "Authorization: Bearer tok-1" } },
	{ "{\"mode\":\"client\"}", "https://cong.example:8443/api/token",
	  "application/x-www-form-urlencoded",
	  "grant_type=client_credentials&client_id=H01.999&client_secret=b%C3%AD%20%E1%BA%A9n",
	  { 0 }, { "Authorization: Bearer tok-1" } },
	{ "{\"mode\":\"client\",\"client_in\":\"json\",\"client_id\":\"mc\",\"path\":\"/tichhop/v1/token\"}",
	  "https://cong.example:8443/api/tichhop/v1/token", "",
	  "{\"client_id\":\"mc\",\"client_secret\":\"bí ẩn\"}", { 0 },
	  { "Authorization: Bearer tok-1" } },
	{ "{\"mode\":\"password\",\"client_id\":\"mc\",\"user\":\"nguoi\",\"path\":\"https://cong.example:8443/o\"}",
	  "https://cong.example:8443/o", "application/x-www-form-urlencoded",
	  "grant_type=password&username=nguoi&password=mat%20khau&client_id=mc&"
	  "client_secret=b%C3%AD%20%E1%BA%A9n",
	  { 0 }, { "Authorization: Bearer tok-1" } },
	{ "{\"mode\":\"password\",\"client_in\":\"json\",\"names\":{\"username\":\"userName\"},"
	  "\"fields\":{\"otp\":\"\",\"typeObjs\":1},\"scheme\":\"\",\"header\":\"X-Token\","
	  "\"keys\":{\"X-SystemId\":\"{account}\",\"X-SecretKey\":\"k-{secret:key}\"},\"keys_at_login\":true}",
	  "https://cong.example:8443/api/token", "",
	  "{\"userName\":\"H01.999\",\"password\":\"mat khau\",\"otp\":\"\",\"typeObjs\":1}",
	  { "X-SystemId: H01.999", "X-SecretKey: k-khoa-7" },
	  { "X-Token: tok-1", "X-SystemId: H01.999", "X-SecretKey: k-khoa-7" } },
	{ "{\"mode\":\"lgsp\",\"lgsp\":{\"AccessKey\":\"{account}\",\"SecretKey\":\"{secret:key}\"}}",
	  "https://cong.example:8443/api/token", "application/x-www-form-urlencoded",
	  "grant_type=client_credentials",
	  { "lgspaccesstoken: eyJBY2Nlc3NLZXkiOiJIMDEuOTk5IiwiU2VjcmV0S2V5Ijoia2hvYS03In0=" },
	  { "Authorization: Bearer tok-1",
	    "lgspaccesstoken: eyJBY2Nlc3NLZXkiOiJIMDEuOTk5IiwiU2VjcmV0S2V5Ijoia2hvYS03In0=" } },
	{ "{\"mode\":\"basic\"}", NULL, NULL, NULL, { 0 },
	  { "Authorization: Basic SDAxLjk5OTptYXQga2hhdQ==" } },
	{ "{\"mode\":\"keys\",\"keys\":{\"ApiKey\":\"{secret:key}\"}}", NULL, NULL, NULL, { 0 },
	  { "ApiKey: khoa-7" } },
	{ "{\"mode\":\"none\"}", NULL, NULL, NULL, { 0 }, { "" } },
	{ "{\"mode\":\"session\"}", NULL, NULL, NULL, { 0 }, { "" } },
};

static void log_ins_and_signatures(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct profile profile;
		struct http_call call = { 0 };
		struct error err = { 0 };
		struct call_facts facts = { .session = "", .secrets = secrets };
		profile_of(&profile, ways[i].auth);
		assert_int_equal(auth_login(&profile, &facts, &call, &err), ways[i].url != NULL);
		if (ways[i].url) {
			assert_string_equal(call.url, ways[i].url);
			assert_string_equal(call.body.type, ways[i].type);
			assert_string_equal(bytes_string(&call.body.text), ways[i].body);
			for (int n = 0; n < 2; n++)
				assert_string_equal(header_at(&call, n),
				                    ways[i].login[n] ? ways[i].login[n] : "");
		}
		facts.session = "tok-1";
		http_blank(&call);
		auth_sign(&profile, &facts, &call);
		for (int n = 0; n < 3; n++)
			assert_string_equal(header_at(&call, n), ways[i].sign[n] ? ways[i].sign[n] : "");
		http_clear(&call);
		profile_clear(&profile);
	}
}

static const struct {
	const char *auth, *reply, *token;
	int seconds;
} tokens[] = {
	{ "{}", "{\"access_token\":\"a\",\"expires_in\":3600}", "a", 3600 },
	{ "{}", "{\"code\":200,\"data\":{\"access_token\":\"b\",\"expires_in\":\"5\"}}", "b", 5 },
	{ "{}", "{\"Data\":{\"Token\":\"c\"}}", "c", 0 },
	{ "{}", "{\"access_token\":\"d\",\"expires_in\":0}", "d", 1 },
	{ "{}", "{\"access_token\":\"e\",\"expires_in\":99999999}", "e", 86400 },
	{ "{}", "{\"access_token\":\"f\\r\\nX: y\",\"expires_in\":1}", "", 0 },
	{ "{}", "{\"access_token\":17}", "", 0 },
	{ "{}", "{\"access_token\":\"\"}", "", 0 },
	{ "{}", "[]", "", 0 },
	{ "{\"token\":\"r.t\",\"expires\":[\"x\",\"r.e\"]}", "{\"r\":{\"t\":\"g\",\"e\":7},\"token\":\"no\"}", "g", 7 },
	{ "{\"token\":[\"nope\",\"t\"]}", "{\"t\":\"h\",\"expires_in\":\"soon\"}", "h", 0 },
};

static void tokens_and_their_lives(void **state)
{
	(void)state;
	char out[64], long_token[5000];
	int seconds;
	for (size_t i = 0; i < COUNT(tokens); i++) {
		struct profile profile;
		struct answer answer = { .root = json_loads(tokens[i].reply, 0, NULL) };
		profile_of(&profile, tokens[i].auth);
		auth_session(&profile, &answer, out, sizeof out, &seconds);
		assert_string_equal(out, tokens[i].token);
		assert_int_equal(seconds, tokens[i].seconds);
		answer_clear(&answer);
		profile_clear(&profile);
	}
	/* One that does not fit is none; 4000 bytes fit where sessions are kept. */
	struct profile profile;
	memset(long_token, 'x', 4000);
	long_token[4000] = '\0';
	struct answer answer = { .root = json_pack("{s:s}", "token", long_token) };
	profile_of(&profile, "{\"mode\":\"client\"}");
	auth_session(&profile, &answer, out, sizeof out, &seconds);
	assert_string_equal(out, "");
	char kept[4096];
	auth_session(&profile, &answer, kept, sizeof kept, &seconds);
	assert_string_equal(kept, long_token);
	struct http_call call = { 0 };
	struct call_facts facts = { .session = kept };
	auth_sign(&profile, &facts, &call);
	assert_int_equal(strlen(header_at(&call, 0)), 4000 + strlen("Authorization: Bearer "));
	http_clear(&call);
	answer_clear(&answer);
	profile_clear(&profile);
}

/* A peer that sends our whole request back in its error page. */
static void nothing_of_it_reaches_the_journal(void **state)
{
	(void)state;
	static const char *const gone[] = { "bí ẩn", "mat khau", "mat%20khau", "khoa-7", "tok-1",
		                            "SDAxLjk5OTptYXQga2hhdQ==", "eyJBY2Nlc3N",
		                            "b%C3%AD%20%E1%BA%A9n" };
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct profile profile;
		struct http_call call = { 0 };
		struct error err = { 0 };
		struct bytes page = { 0 }, out = { 0 };
		struct call_facts facts = { .session = "", .secrets = secrets };
		profile_of(&profile, ways[i].auth);
		for (int round = 0; round < 2; round++) {
			if (round) {
				http_blank(&call);
				facts.session = "tok-1";
				auth_sign(&profile, &facts, &call);
			} else if (!auth_login(&profile, &facts, &call, &err)) {
				continue;
			}
			bytes_clear(&page);
			bytes_text(&page, "<pre>H01.999 sent:\n");
			for (size_t at = 0; at < call.headers.size; at += strlen(call.headers.data + at) + 1)
				bytes_format(&page, "%s\n", call.headers.data + at);
			bytes_add(&page, bytes_string(&call.body.text), call.body.text.size);
			mask_reply(&out, page.data, page.size, NULL, facts.session, secrets,
			           &call.headers);
			for (size_t g = 0; g < COUNT(gone); g++)
				if (strstr(bytes_string(&out), gone[g]))
					fail_msg("%s is kept: %s", gone[g], bytes_string(&out));
			assert_non_null(strstr(bytes_string(&out), " sent:"));
		}
		bytes_free(&page);
		bytes_free(&out);
		http_clear(&call);
		profile_clear(&profile);
	}
}

/* What the portal of linked procedures replies to a log-in, or to a renewal. */
static unsigned portal(struct bench *bench, const struct profile *profile, const char *renewal,
                       char *session, char *next, int *lives)
{
	struct http_call call = { 0 };
	struct error err = { 0 };
	struct answer answer;
	struct call_facts facts = { .session = "", .secret = "tap-duyet", .renewal = renewal,
		                    .practice_port = bench->port };
	int seconds;
	assert_true(connector_json.write(profile, CALL_LOGIN, &facts, &call, &err));
	assert_true(profile_fill(profile, "hosts", bench->port, call.hosts, sizeof call.hosts));
	bench_call(bench, &call);
	unsigned code = (unsigned)call.reply.code;
	classify(&answer, profile, CALL_LOGIN, &call.reply);
	connector_json.read_session(profile, &answer, session, 64, &seconds);
	auth_renewal(profile, &answer, next, 64, lives);
	answer_clear(&answer);
	http_clear(&call);
	return code;
}

static void a_session_is_renewed_once_by_each_word(void **state)
{
	(void)state;
	struct bench bench;
	struct profile profile;
	struct error err = { 0 };
	char first[64], second[64], third[64], word[64], other[64], none[64];
	int lives;
	bench_open(&bench, 120000);
	json_t *all = profiles_read(MOTCUA_SOURCE "/core/data/systems/practice", &err);
	assert_true(profile_take(&profile, "lien-thong", "Cổng liên thông", "json",
	                         json_object_get(all, "lien-thong"), &err));
	assert_int_equal(portal(&bench, &profile, NULL, first, word, &lives), 200);
	assert_int_equal(strlen(first), 32);
	assert_int_equal(strlen(word), 32);
	assert_in_range(lives, 1400, 1500);
	assert_int_equal(portal(&bench, &profile, word, second, other, &lives), 200);
	assert_string_not_equal(first, second);
	assert_string_not_equal(word, other);
	/* The old word is used up; what is refused holds no session. */
	assert_int_equal(portal(&bench, &profile, word, third, none, &lives), 401);
	assert_string_equal(third, "");
	assert_string_equal(none, "");
	/* Without a word it is a log-in, and counted as one. */
	assert_int_equal(portal(&bench, &profile, "", third, none, &lives), 200);
	json_t *world = bench_control(&bench, "state", NULL);
	json_t *there = json_object_get(json_object_get(world, "systems"), "lien-thong");
	assert_int_equal(json_integer_value(json_object_get(there, "logins")), 2);
	json_decref(world);
	profile_clear(&profile);
	json_decref(all);
	bench_close(&bench);
}

static void write_file(const char *folder, const char *name, const char *text, int mode)
{
	char path[300];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, (mode_t)mode), 0);
	close(fd);
}

static const char *kept(const struct config *config, const char *system, const char *name)
{
	static char out[100];
	json_t *all = secrets_of(config, system);
	const char *text = json_string_value(json_object_get(all, name));
	snprintf(out, sizeof out, "%s", text ? text : "-");
	json_decref(all);
	return out;
}

static void secrets_that_others_can_read_are_refused(void **state)
{
	(void)state;
	char folder[] = "/tmp/motcua-secrets-XXXXXX", path[64];
	struct config config = { 0 };
	struct error err = { 0 };
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/courier.secrets", folder);
	write_file(folder, "courier.secrets",
	           "[secrets]\ncong = mật khẩu\ntinh.client_secret = c\ntinh.password = p\n", 0644);
	assert_false(secrets_read(&config, path, &err));
	assert_int_equal(err.fault, FAULT_DENIED);
	assert_int_equal(chmod(path, 0600), 0);
	assert_true(secrets_read(&config, path, &err));
	assert_string_equal(kept(&config, "cong", ""), "mật khẩu");
	assert_string_equal(kept(&config, "tinh", ""), "-");
	assert_string_equal(kept(&config, "tinh", "client_secret"), "c");
	assert_string_equal(kept(&config, "tin", "h.password"), "-");
	config_free(&config);
	/* What systemd hands over wins, a file for each. */
	write_file(folder, "tinh.password", "p2 # ; không cắt\n", 0440);
	write_file(folder, "emc", "e", 0440);
	setenv("CREDENTIALS_DIRECTORY", folder, 1);
	config = (struct config){ 0 };
	assert_true(secrets_read(&config, "/nonexistent", &err));
	assert_string_equal(kept(&config, "tinh", "password"), "p2 # ; không cắt");
	assert_string_equal(kept(&config, "emc", ""), "e");
	assert_string_equal(kept(&config, "cong", ""), "mật khẩu");
	config_free(&config);
	setenv("CREDENTIALS_DIRECTORY", "/nonexistent/folder", 1);
	config = (struct config){ 0 };
	assert_false(secrets_read(&config, "/nonexistent", &err));
	unsetenv("CREDENTIALS_DIRECTORY");
	config_free(&config);
	static const char *const names[] = { "courier.secrets", "tinh.password", "emc" };
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
	config = (struct config){ 0 };
	assert_true(secrets_read(&config, path, &err)); /* none is an empty one */
	config_free(&config);
}

/* A system that takes dossiers, but no changes of them: the change is refused with a sentence, not passed over. */
static void a_change_without_a_way_is_told(void **state)
{
	(void)state;
	struct profile profile;
	struct error err = { 0 };
	json_t *data = json_loads("{\"base_url\":\"https://cong.example:8443/api\",\"hosts\":\"cong.example:8443\",\"account\":\"H01.999\",\"maps\":{},"
	                          "\"calls\":{\"add\":{\"method\":\"POST\",\"path\":\"/ho-so\"}}}", 0, NULL);
	if (!profile_take(&profile, "dat", "Đất đai", "json", data, &err))
		fail_msg("%s", err.log);
	json_decref(data);
	const struct connector *json = connector_find("json");
	struct call_facts facts = { .session = "", .code = "H01.999-261120-0001", .memory = json_object(), .known = json_object() };
	struct http_call call = { 0 };
	assert_int_equal(json->next(&profile, &facts, CALL_ADD), CALL_ADD);
	assert_int_equal(json->next(&profile, &facts, CALL_UPDATE), CALL_UPDATE);
	assert_int_equal(json->next(&profile, &facts, CALL_PROGRESS), CALL_NONE);
	assert_false(json->write(&profile, CALL_UPDATE, &facts, &call, &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	assert_non_null(strstr(err.say, "Đất đai không có cách sửa hồ sơ đã gửi"));
	json_decref(facts.memory);
	json_decref(facts.known);
	http_clear(&call);
	profile_clear(&profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(log_ins_and_signatures), cmocka_unit_test(a_change_without_a_way_is_told),
		cmocka_unit_test(tokens_and_their_lives),
		cmocka_unit_test(nothing_of_it_reaches_the_journal),
		cmocka_unit_test(a_session_is_renewed_once_by_each_word),
		cmocka_unit_test(secrets_that_others_can_read_are_refused),
	};
	secrets = json_pack("{s:s, s:s, s:s}", "client_secret", "bí ẩn", "password", "mat khau",
	                    "key", "khoa-7");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	json_decref(secrets);
	return failed;
}
