/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever the platform of ministries and provinces answers: learning from it
 * and reading it must not hurt.  The first byte chooses call and dialect. */
#include <stdint.h>
#include <stdlib.h>

#include "core/courier/igate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char ministry[] =
	"{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\",\"maps\":{\"status\":{\"2\":\"2\"}},"
	"\"found\":{\"number\":\"data.value\",\"file\":\"data.0.response.data.0\",\"id\":"
	"\"data.idHoSo\",\"view\":\"data\",\"view_id\":\"data.idHoSo\",\"list\":\"data\"},"
	"\"reply\":{\"code\":[\"data.0.code\",\"code\"],\"good\":[\"200\"]},\"list_size\":2}";
static const char province[] =
	"{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\",\"maps\":{\"status\":{\"2\":\"2\"}},"
	"\"names\":{\"maHoSo\":\"code\",\"TrangThaiHoSo\":\"status\"},"
	"\"found\":{\"pattern\":\"patternId\",\"number\":\"value\",\"file\":\"0\",\"id\":\"id\","
	"\"view\":\"content.0\",\"view_id\":\"content.0.id\",\"list\":\"content\"},"
	"\"reply\":{\"needs_code\":false,\"words\":true}}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum call_kind kinds[] = { CALL_PROCEDURE, CALL_NUMBER, CALL_UPLOAD, CALL_ASK,
		                                CALL_ADD,       CALL_LIST,   CALL_STATUS, CALL_LOGIN };
	struct profile profile;
	struct answer answer;
	struct peer_view view = { 0 };
	struct peer_list list = { 0 };
	struct error err = { 0 };
	char session[64];
	int seconds;
	if (!size)
		return 0;
	enum call_kind kind = kinds[data[0] & 7];
	json_t *own = json_loads(data[0] & 8 ? province : ministry, 0, NULL);
	if (!profile_take(&profile, "x", "x", "igate", own, NULL))
		abort();
	struct http_reply reply = { .code = data[0] & 16 ? 500 : 200, .sent = true,
		                    .retry_after = -1 };
	bytes_add(&reply.body, data + 1, size - 1);
	classify(&answer, &profile, kind, &reply);
	json_t *payload = json_loads("{\"procedure\":{\"code\":\"1.004873\"}}", 0, NULL);
	json_t *files = json_loads("[{\"id\":7,\"name\":\"a\",\"size\":1}]", 0, NULL);
	struct call_facts facts = { .known = json_object(), .memory = json_object(),
		                    .payload = payload, .files = files, .code = "x", .cursor = "" };
	bool learned = connector_igate.learn(&profile, kind, &answer, &facts, &err);
	/* What was not learned must not look as if it were. */
	if (!learned && !err.say[0])
		abort();
	if (learned && kind == CALL_NUMBER && !*igate_number(&facts))
		abort();
	connector_igate.read_session(&profile, &answer, session, sizeof session, &seconds);
	connector_igate.read_view(&profile, &answer, "x", &view);
	if (connector_igate.read_list(&profile, &answer, &list) && list.more && !list.cursor[0])
		abort();
	peer_list_free(&list);
	json_decref(facts.known);
	json_decref(facts.memory);
	json_decref(payload);
	json_decref(files);
	bytes_free(&reply.body);
	answer_clear(&answer);
	profile_clear(&profile);
	json_decref(own);
	return 0;
}
