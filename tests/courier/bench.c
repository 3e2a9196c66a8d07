/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/courier/bench.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/base/date.h"
#include "core/courier/profiles.h"

void bench_open(struct bench *bench, int64_t session_ms)
{
	struct error err = { 0 };
	struct practice_plan plan = { .session_ms = session_ms };
	bench_attach(bench, 0);
	bench->practice = practice_start(&bench->loop, &plan, &err);
	assert_non_null(bench->practice);
	bench->port = practice_port(bench->practice);
}

void bench_attach(struct bench *bench, unsigned port)
{
	struct error err = { 0 };
	*bench = (struct bench){ .port = port };
	loop_init(&bench->loop);
	bench->http = http_open(&bench->loop, &err);
	assert_non_null(bench->http);
	bench->profiles = profiles_read(MOTCUA_SOURCE "/tests/courier/data/ndxp.json", &err);
	assert_non_null(bench->profiles);
}

void bench_close(struct bench *bench)
{
	http_close(bench->http);
	practice_stop(bench->practice);
	json_decref(bench->profiles);
	assert_null(bench->loop.watches);
	assert_null(bench->loop.timers);
}

void bench_profile(struct bench *bench, const char *code, const char *over, struct profile *profile)
{
	struct error err = { 0 };
	json_t *data = json_deep_copy(json_object_get(bench->profiles, code));
	if (over) {
		json_t *more = json_loads(over, 0, NULL);
		assert_non_null(more);
		json_object_update(data, more);
		json_decref(more);
	}
	assert_true(profile_take(profile, code, code, "ndxp", data, &err));
	json_decref(data);
}

struct waiting {
	struct http_call call;
	bool done;
};

static void one_done(struct http_call *call)
{
	OWNER_OF(call, struct waiting, call)->done = true;
}

void bench_call(struct bench *bench, struct http_call *call)
{
	struct waiting waiting = { .call = *call };
	waiting.call.done = one_done;
	http_send(bench->http, &waiting.call);
	int64_t deadline = monotonic_ms() + 20000;
	while (!waiting.done) {
		assert_true(monotonic_ms() < deadline);
		loop_turn(&bench->loop, 1000);
	}
	*call = waiting.call;
}

void bench_pause(struct bench *bench, int ms)
{
	for (int64_t now, end = monotonic_ms() + ms; (now = monotonic_ms()) < end;)
		loop_turn(&bench->loop, end - now);
}

json_t *bench_control(struct bench *bench, const char *path, const char *body)
{
	struct http_call call = { 0 };
	snprintf(call.url, sizeof call.url, "http://127.0.0.1:%u/practice/%s", bench->port, path);
	snprintf(call.hosts, sizeof call.hosts, "127.0.0.1:%u", bench->port);
	if (body)
		body_string(&call.body, body);
	bench_call(bench, &call);
	assert_int_equal(call.reply.code, 200);
	json_t *reply = json_loads(bytes_string(&call.reply.body), 0, NULL);
	assert_non_null(reply);
	http_clear(&call);
	return reply;
}

void bench_talk(struct bench *bench, const struct profile *profile, enum call_kind kind,
                struct call_facts *facts, struct answer *answer)
{
	struct http_call call = { 0 };
	struct error err = { 0 };
	json_t *known = facts->known ? NULL : bench_known("G15-LV03");
	if (known)
		facts->known = known;
	facts->practice_port = bench->port;
	assert_true(connector_ndxp.write(profile, kind, facts, &call, &err));
	if (known)
		facts->known = NULL;
	json_decref(known);
	assert_true(profile_fill(profile, "hosts", bench->port, call.hosts, sizeof call.hosts));
	call.total_ms = (int)profile_number(profile, "total_ms", 5000);
	bench_call(bench, &call);
	classify(answer, profile, kind, &call.reply);
	http_clear(&call);
}

void bench_login(struct bench *bench, const struct profile *profile, char *session, size_t room)
{
	struct call_facts facts = { .session = "", .secret = "tap-duyet" };
	struct answer answer;
	bench_talk(bench, profile, CALL_LOGIN, &facts, &answer);
	int seconds;
	connector_ndxp.read_session(profile, &answer, session, room, &seconds);
	answer_clear(&answer);
}

json_t *bench_known(const char *field)
{
	return json_pack("{s:{s:{s:s, s:s}}}", "procedures", "1.004873", "code", field, "name",
	                 "Hộ tịch");
}

json_t *bench_dossier(const char *code)
{
	json_t *payload = json_pack(
		"{s:s, s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s}, s:i, s:s, s:s, s:s, s:i, s:s}", "code",
		code, "procedure", "code", "1.004873", "name",
		"Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "field", "Hộ tịch", "unit", "code",
		"30538", "name", "UBND xã Núi Cấm", "eid", "H01.999", "channel", 1, "summary", "",
		"received_at", "2026-11-20T09:41:00+07:00", "due_at", "2026-11-26T17:00:00+07:00",
		"status", 2, "result_by", "counter");
	json_object_set_new(payload, "owner",
	                    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "kind", "person", "name",
	                              "NGUYỄN THỊ THUỲ DƯƠNG", "id_number", "001199000012",
	                              "id_kind", "cccd", "phone", "0900000000", "email", ""));
	json_object_set_new(payload, "components",
	                    json_pack("[{s:s, s:s, s:s}, {s:s, s:s, s:s}]", "name", "Tờ khai",
	                              "action", "submit", "state", "ok", "name", "Hộ chiếu",
	                              "action", "show", "state", "ok"));
	json_object_set_new(payload, "fees", json_pack("[{s:s, s:i, s:s}]", "name", "Lệ phí",
	                                               "amount", 8000, "paid", "cash"));
	json_object_set_new(payload, "officer",
	                    json_pack("{s:s, s:s}", "name", "Lê Thị Mận", "title", "Chuyên viên"));
	return payload;
}

json_t *bench_progress(const char *code, int status, const char *at)
{
	return json_pack("{s:s, s:{s:s, s:s, s:s}, s:s, s:s, s:i}", "code", code, "officer", "name",
	                 "Lê Thị Mận", "title", "Chuyên viên", "room", "Phòng tiếp nhận", "at", at,
	                 "text", "Tiếp nhận hồ sơ", "status", status);
}
