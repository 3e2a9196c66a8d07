/* SPDX-License-Identifier: Apache-2.0
 *
 * Gateways that carry words to citizens: SMS, Zalo, e-mail.  A message is known by
 * the number its sender gave it, so that the same one twice is one; whether it
 * arrived is told when asked.  Numbers that end in 000 are never reached. */
#include <stdio.h>
#include <string.h>

#include "core/practice/dialect.h"

#define MOST_MESSAGES 5000

static struct world_system *find(const struct practice_ask *ask, const char **service, struct practice_told *told)
{
	static const struct { const char *way, *code; } ways[] = { { "sms/", "tin-nhan" }, { "zalo/", "zalo" }, { "email/", "thu-dien-tu" } };
	(void)told;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		size_t n = strlen(ways[i].way);
		if (strncmp(ask->rest, ways[i].way, n) != 0)
			continue;
		*service = strcmp(ask->rest + n, "gui") == 0 ? "tell" : strcmp(ask->rest + n, "trang-thai") == 0 ? "told" : NULL;
		return *service && strcmp(ask->method, "POST") == 0 ? world_find(ask->world, ways[i].code) : NULL;
	}
	return NULL;
}

static json_t *messages(struct world_system *system)
{
	json_t *kept = json_object_get(system->extra, "messages");
	if (!kept) {
		kept = json_object();
		json_object_set_new(system->extra, "messages", kept);
	}
	return kept;
}

static json_t *said(int code, const char *words, const json_t *message)
{
	json_t *reply = json_pack("{s:i, s:s}", "code", code, "message", words);
	json_object_set(reply, "maTin", json_object_get(message, "maTin"));
	json_object_set(reply, "trangThai", json_object_get(message, "trangThai"));
	return reply;
}

static json_t *take(const struct practice_ask *ask, struct world_system *system)
{
	struct complaint complaint = { 0 };
	char request[80], to[120], words[700], number[24];
	must_fill(&complaint, ask->json, "maYeuCau");
	must_fill(&complaint, ask->json, "nguoiNhan");
	must_fill(&complaint, ask->json, "noiDung");
	if (complaint.text[0])
		return said(22, complaint.text, NULL);
	dialect_word(ask->json, "maYeuCau", request, sizeof request);
	dialect_word(ask->json, "nguoiNhan", to, sizeof to);
	dialect_word(ask->json, "noiDung", words, sizeof words);
	json_t *kept = messages(system), *message = json_object_get(kept, request);
	if (message) {
		json_object_set_new(message, "times", json_integer(json_integer_value(json_object_get(message, "times")) + 1));
		return said(3, "Cổng đã nhận yêu cầu này", message);
	}
	if (json_object_size(kept) >= MOST_MESSAGES)
		json_object_clear(kept);
	snprintf(number, sizeof number, "T%06lld", (long long)++system->next);
	message = json_pack("{s:s, s:s, s:s, s:s, s:i}", "maTin", number, "nguoiNhan", to, "noiDung", words, "trangThai", "DANG_GUI", "times", 1);
	json_object_set_new(kept, request, message);
	ask->world->changed = true;
	return said(0, "Nhận yêu cầu thành công", message);
}

static json_t *tell(const struct practice_ask *ask, struct world_system *system)
{
	char request[80];
	dialect_word(ask->json, "maYeuCau", request, sizeof request);
	json_t *message = json_object_get(messages(system), request);
	const char *to = json_string_value(json_object_get(message, "nguoiNhan"));
	size_t n = to ? strlen(to) : 0;
	if (!message)
		return said(44, "Cổng không có tin này", NULL);
	json_object_set_new(message, "trangThai", json_string(n >= 3 && strcmp(to + n - 3, "000") == 0 ? "THAT_BAI" : "DA_NHAN"));
	return said(0, "Thành công", message);
}

static void answer(const struct practice_ask *ask, struct world_system *system, const char *service, struct practice_told *told)
{
	const char *key = ask_header(ask, "apikey");
	system->calls++;
	if (!key || !*key || system->refuse_account) {
		told->status = 401;
		told->json = json_pack("{s:i, s:s}", "code", 401, "message", "Unauthorized: apikey không hợp lệ");
		return;
	}
	told->json = strcmp(service, "tell") == 0 ? take(ask, system) : tell(ask, system);
}

const struct practice_door door_nhan_tin = { .prefix = "/nhan-tin/", .find = find, .answer = answer };
