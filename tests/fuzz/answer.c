/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a system outside answers, reading it must not hurt.  The first byte
 * chooses status and kind of call, the rest is the body. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/courier/connector.h"
#include "core/courier/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char peer_text[] =
	"{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\",\"maps\":{\"status\":{\"2\":\"2\"}},"
	"\"plain_words\":true,\"phrases\":{\"success\":[\"thành công\"],\"auth\":[\"hết hạn\"],"
	"\"duplicate\":[\"đã tồn tại\"],\"missing\":[\"không tồn tại\"]}}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int codes[] = { 200, 200, 200, 401, 403, 409, 429, 502 };
	struct profile profile;
	struct answer answer;
	struct peer_view view;
	struct bytes masked = { 0 };
	char session[64], fields[64];
	if (!size)
		return 0;
	json_t *profile_data = json_loads(peer_text, 0, NULL);
	if (!profile_take(&profile, "x", "x", "ndxp", profile_data, NULL))
		abort();
	if (data[0] & 16)
		json_object_set_new(profile_data, "reply",
		                    json_loads("{\"code\":[\"status\",\"status.success\"],\"good\":[1,"
		                               "true],\"text\":[\"errors\",\"status.message\"],"
		                               "\"result\":[\"value\",\"\"],\"needs_code\":false,"
		                               "\"words\":true}", 0, NULL));
	struct http_reply reply = { .code = codes[data[0] & 7], .sent = true, .retry_after = -1 };
	bytes_add(&reply.body, data + 1, size - 1);
	classify(&answer, &profile, data[0] & 8 ? CALL_ADD : CALL_ASK, &reply);
	int seconds;
	json_t *known = json_object(), *memory = json_object();
	struct call_facts facts = { .known = known, .memory = memory };
	connector_ndxp.read_session(&profile, &answer, session, sizeof session, &seconds);
	connector_ndxp.learn(&profile, CALL_PROCEDURE, &answer, &facts, NULL);
	json_decref(known);
	json_decref(memory);
	connector_ndxp.read_view(&profile, &answer, "H01.999-261120-0001", &view);
	json_t *told = peer_view_json(&view, "x");
	json_decref(told);
	struct peer_list list = { 0 };
	connector_ndxp.read_list(&profile, &answer, &list);
	json_decref(peer_list_json(&list));
	peer_list_free(&list);
	connector_fields_named(&profile, answer.text, fields, sizeof fields);
	mask_reply(&masked, bytes_string(&reply.body), reply.body.size, answer.root, session, answer.root,
	           &reply.body);
	if (view.step_count > MOST_PEER_STEPS || masked.size > JOURNAL_SIZE ||
	    strlen(answer.text) >= sizeof answer.text)
		abort();
	peer_view_clear(&view);
	bytes_free(&masked);
	bytes_free(&reply.body);
	answer_clear(&answer);
	profile_clear(&profile);
	json_decref(profile_data);
	return 0;
}
