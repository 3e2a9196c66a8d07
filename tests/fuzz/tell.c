/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a message gateway answers, and whatever stands behind a link: reading it must not hurt.
 * The first byte chooses status and question, the rest is the body. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/courier/connector.h"
#include "core/courier/fetch.h"
#include "core/courier/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As the shipped gateway is described. */
static const char gateway[] =
	"{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\",\"channel\":\"sms\",\"maps\":{\"status\":{\"2\":\"2\"}},\"reply\":{\"code\":\"code\",\"good\":[\"0\"],\"text\":\"message\"},"
	"\"phrases\":{\"duplicate\":[\"đã nhận yêu cầu này\"],\"missing\":[\"không có tin này\"],\"auth\":[\"hết hạn\"]},\"calls\":{"
	"\"tell\":{\"path\":\"/gui\",\"read\":{\"id\":{\"$\":\"answer.maTin\"},\"state\":{\"$switch\":\"answer.trangThai\",\"of\":"
	"{\"DA_NHAN\":\"received\",\"THAT_BAI\":\"failed\"},\"else\":\"sent\"}}},"
	"\"told\":{\"path\":\"/trang-thai\",\"read\":{\"id\":{\"$\":[\"answer.maTin\",\"answer.0.maTin\"]},\"state\":{\"$switch\":\"answer.trangThai\","
	"\"of\":{\"DA_NHAN\":\"received\",\"THAT_BAI\":\"failed\",\"DANG_GUI\":\"sent\"},\"else\":\"\"}}}}}";

/* What is told to the database: the gateway's state is one that was described, its number a text. */
static void check(const json_t *read)
{
	const char *state = json_string_value(json_object_get(read, "state"));
	static const char known[] = " received failed sent ";
	if (read && !json_is_object(read))
		abort();
	if (state && *state && !strstr(known, state))
		abort();
}

static void fetched(const struct http_reply *reply)
{
	struct bytes file = { 0 };
	enum fetched what = fetch_judge(reply);
	if (fetch_bytes(reply, &file) && (what == FETCHED_NOT || !file.size || file.size > reply->body.size))
		abort();
	bytes_free(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int codes[] = { 200, 200, 202, 400, 401, 404, 429, 502 };
	static const char *const types[] = { "", "application/pdf", "text/plain", "application/json" };
	struct profile profile;
	struct answer answer;
	struct error err = { 0 };
	struct bytes masked = { 0 };
	if (!size)
		return 0;
	json_t *described = json_loads(gateway, 0, NULL);
	if (!profile_take(&profile, "tin-nhan", "x", "json", described, NULL))
		abort();
	enum call_kind call = data[0] & 8 ? CALL_TELL : CALL_TOLD;
	struct http_reply reply = { .code = codes[data[0] & 7], .sent = true, .retry_after = -1 };
	snprintf(reply.type, sizeof reply.type, "%s", types[data[0] >> 4 & 3]);
	bytes_add(&reply.body, data + 1, size - 1);
	classify(&answer, &profile, call, &reply);
	json_t *read = connector_json.read_reply(&profile, call, &answer, &err);
	check(read);
	json_decref(read);
	mask_reply(&masked, bytes_string(&reply.body), reply.body.size, answer.root, "", answer.root, NULL);
	fetched(&reply);
	if (masked.size > JOURNAL_SIZE || strlen(answer.text) >= sizeof answer.text)
		abort();
	bytes_free(&masked);
	bytes_free(&reply.body);
	answer_clear(&answer);
	profile_clear(&profile);
	json_decref(described);
	return 0;
}
