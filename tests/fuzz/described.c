/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a described system answers to a question, a list, a log-in or a
 * look-up, reading it by the paths of its profile must not hurt. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/courier/connector.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char peer_text[] =
	"{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\",\"maps\":{\"status\":{\"2\":\"2\",\"4\":\"7\"}},"
	"\"auth\":{\"mode\":\"password\"},\"reply\":{\"code\":\"status\",\"good\":[\"1\"],\"needs_code\":false},"
	"\"calls\":{\"ask\":{\"reply\":{\"result\":\"value\"},\"learn\":{\"number\":{\"$\":\"answer.number\"}}},"
	"\"lookup\":{\"read\":{\"name\":{\"$\":\"answer.name\",\"must\":\"tên\"},\"papers\":{\"each\":"
	"\"answer.papers\",\"item\":{\"$\":\"item.code\"}}}}},"
	"\"view\":{\"items\":\"list\",\"found\":{\"path\":\"kind\",\"is\":[1,\"2\"]},\"ours\":[\"code\",\"other\"],"
	"\"foreign_code\":\"number\",\"status\":\"state\",\"at\":\"when\",\"received_at\":\"since\","
	"\"steps\":{\"items\":\"steps\",\"status\":\"state\",\"at\":\"when\",\"text\":\"words\"},"
	"\"asks\":{\"items\":\"asks\",\"text\":\"words\",\"at\":\"when\",\"done\":\"done\"},"
	"\"fees\":{\"items\":\"fees\",\"name\":\"words\",\"amount\":\"sum\"},"
	"\"results\":{\"items\":\"papers\",\"called\":\"x\",\"link\":\"link\",\"content\":\"data\"},"
	"\"extensions\":{\"items\":\"later\",\"new_due\":\"when\"}},"
	"\"list\":{\"cursor\":\"next\",\"more\":\"more\"}}";

static void read_all(const struct profile *profile, const struct answer *answer)
{
	char session[64];
	int seconds;
	struct error err = { 0 };
	struct peer_view view;
	struct peer_list list;
	json_t *known = json_object(), *memory = json_object();
	struct call_facts facts = { .known = known, .memory = memory, .code = "A-1" };
	connector_json.read_session(profile, answer, session, sizeof session, &seconds);
	connector_json.learn(profile, CALL_ASK, answer, &facts, &err);
	connector_json.read_view(profile, answer, "A-1", &view);
	if (view.step_count > MOST_PEER_STEPS || (view.found && view.other) ||
	    !memchr(view.foreign_code, '\0', sizeof view.foreign_code))
		abort();
	peer_view_clear(&view);
	connector_json.read_list(profile, answer, &list);
	peer_list_free(&list);
	json_decref(connector_json.read_reply(profile, CALL_LIST, answer, &err));
	json_decref(connector_json.read_reply(profile, CALL_LOOKUP, answer, &err));
	json_decref(known);
	json_decref(memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum call_kind kinds[] = { CALL_ASK, CALL_LIST, CALL_LOGIN, CALL_ADD };
	struct profile profile;
	struct answer answer;
	if (!size)
		return 0;
	json_t *own = json_loads(peer_text, 0, NULL);
	if (!own || !profile_take(&profile, "x", "x", "json", own, NULL))
		abort();
	struct http_reply reply = { .code = 200, .sent = true, .retry_after = -1 };
	bytes_add(&reply.body, data + 1, size - 1);
	classify(&answer, &profile, kinds[data[0] & 3], &reply);
	read_all(&profile, &answer);
	bytes_free(&reply.body);
	answer_clear(&answer);
	profile_clear(&profile);
	json_decref(own);
	return 0;
}
