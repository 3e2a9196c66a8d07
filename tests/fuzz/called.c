/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a caller with a good key sends, reading it must not hurt: names, codes
 * and words come out whole and short. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/courier/called.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char words[] =
	"{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\",\"maps\":{\"status\":{\"4\":[\"40\",\"Again\"]}},"
	"\"inbound\":{\"key\":{\"member\":\"proof.word\"},\"call\":\"what\",\"about\":{\"ours\":[\"code\",\"list.0.code\"],"
	"\"foreign_code\":\"number\"},\"calls\":{\"Step\":{\"status\":[\"state\",\"@call\"],\"at\":[\"when\",\"@now\"],\"text\":\"words\"},"
	"\"Ask\":[{\"found\":{\"path\":\"stop\",\"is\":[\"true\",\"1\"]},\"asks\":{\"items\":\"\",\"text\":\"words\",\"at\":\"@now\"}},"
	"{\"status\":\"@call\",\"at\":\"@now\"}],\"End\":{\"results\":{\"items\":\"papers\",\"name\":\"name\",\"link\":\"link\","
	"\"content\":\"data\"},\"extensions\":{\"items\":\"\",\"new_due\":\"due\"}},\"Note\":{\"notice\":\"says\",\"text\":\"words\"}},"
	"\"reply\":{\"taken\":{\"ok\":true,\"say\":\"{message}\"},\"failed\":{\"ok\":false}}}}";

static void check_text(const char *text, size_t room)
{
	size_t n = strnlen(text, room);
	if (n == room || !text_valid(text, n))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "", "Step", "Ask", "End", "Note", "Other", "../x", "a b" };
	struct profile profile;
	struct called called;
	if (!size)
		return 0;
	json_t *own = json_loads(words, 0, NULL);
	if (!own || !profile_take(&profile, "x", "x", "json", own, NULL))
		abort();
	json_t *body = json_loadb((const char *)data + 1, size - 1, 0, NULL);
	if (called_by_friend(&profile, body, NULL, "") || called_by_friend(&profile, body, "x", "a key nobody guesses"))
		abort();
	if (called_read(&profile, names[data[0] & 7], body, 1795000000, &called)) {
		check_text(called.call, sizeof called.call);
		check_text(called.notice, sizeof called.notice);
		check_text(called.view.code, sizeof called.view.code);
		json_t *view = peer_view_json(&called.view, "");
		char *text = json_dumps(view, JSON_COMPACT);
		if (!text || json_object_get(body, "proof"))
			abort();
		free(text);
		json_decref(view);
	}
	called_clear(&called);
	free(called_reply(&profile, "known", "x"));
	json_decref(body);
	profile_clear(&profile);
	json_decref(own);
	return 0;
}
