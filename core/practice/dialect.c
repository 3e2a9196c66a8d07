/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/dialect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/form.h"

struct world_system *dialect_system(const struct practice_ask *ask, const char *usual)
{
	return ask->tenant ? ask->tenant : world_find(ask->world, usual);
}

bool dialect_bearer(const struct practice_ask *ask, struct world_system *system,
                    struct practice_told *told)
{
	system->calls++;
	if (world_session_good(system, ask_bearer(ask), ask->now_ms))
		return true;
	told->status = 401;
	told->json = json_pack("{s:{s:i, s:s, s:s}}", "fault", "code", 900901, "message",
	                       "Invalid Credentials", "description",
	                       "Access failure: token hết hạn hoặc không đúng");
	return false;
}

const char *dialect_word(const json_t *object, const char *name, char *out, size_t room)
{
	const json_t *value = json_object_get(object, name);
	out[0] = '\0';
	if (json_is_string(value))
		snprintf(out, room, "%s", json_string_value(value));
	else if (json_is_integer(value))
		snprintf(out, room, "%lld", (long long)json_integer_value(value));
	return out;
}

json_t *dialect_kept(const struct world_system *system, const char *any, const char **code)
{
	const char *key;
	json_t *kept, *number;
	json_object_foreach(system->dossiers, key, kept) {
		number = json_object_get(kept, "number");
		if (strcmp(key, any) == 0 ||
		    (json_is_string(number) && strcmp(json_string_value(number), any) == 0)) {
			if (code)
				*code = key;
			return kept;
		}
	}
	return NULL;
}

json_t *dialect_step(const char *code, const char *who, const char *when, const char *text,
                     int status)
{
	char number[8];
	snprintf(number, sizeof number, "%d", status);
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "MaHoSo", code, "NguoiXuLy", who,
	                 "ThoiDiemXuLy", when, "NoiDungXuLy", text, "TrangThai", number);
}

bool dialect_few(struct world_system *system, const json_t *codes)
{
	json_int_t count = (json_int_t)json_array_size(codes);
	if (count > json_integer_value(json_object_get(system->extra, "asked_at_once")))
		json_object_set_new(system->extra, "asked_at_once", json_integer(count));
	return count <= 10;
}

int dialect_status(const json_t *kept)
{
	return (int)json_integer_value(json_object_get(kept, "status"));
}

void complain_of(struct complaint *complaint, const char *name, const char *what)
{
	size_t at = strlen(complaint->text);
	snprintf(complaint->text + at, sizeof complaint->text - at, "%s%s %s",
	         at ? complaint->join ? complaint->join : "; " : "", name, what);
}

bool must_fill(struct complaint *complaint, const json_t *object, const char *name)
{
	char word[400];
	if (*dialect_word(object, name, word, sizeof word))
		return true;
	complain_of(complaint, name, "không được để trống");
	return false;
}

bool must_be(struct complaint *complaint, const json_t *object, const char *name,
             const char *choices)
{
	char word[40], spaced[48];
	dialect_word(object, name, word, sizeof word);
	snprintf(spaced, sizeof spaced, " %s ", word);
	if (*word && strstr(choices, spaced))
		return true;
	complain_of(complaint, name, "không tồn tại");
	return false;
}

bool must_when(struct complaint *complaint, const json_t *object, const char *name,
               const char *pattern, char wire[16])
{
	char word[48];
	if (moment_from(dialect_word(object, name, word, sizeof word), pattern, wire))
		return true;
	complain_of(complaint, name, "không đúng định dạng");
	return false;
}

bool must_list(struct complaint *complaint, const json_t *object, const char *name)
{
	if (json_is_array(json_object_get(object, name)))
		return true;
	complain_of(complaint, name, "phải là danh sách");
	return false;
}

long must_base64(struct complaint *complaint, const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	struct bytes data = { 0 };
	long size = text && *text && form_base64(text, &data) ? (long)data.size : -1;
	bytes_free(&data);
	if (size <= 0)
		complain_of(complaint, name, "không phải base64");
	return size;
}

bool moment_from(const char *text, const char *pattern, char wire[16])
{
	static const char order[] = "yyyyMMddHHmmss";
	strcpy(wire, "00000000000000");
	if (strlen(text) != strlen(pattern))
		return false;
	for (size_t i = 0; pattern[i]; i++) {
		const char *place = strchr(order, pattern[i]);
		if (!place) {
			if (text[i] != pattern[i])
				return false;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			return false;
		/* The nth letter of a kind goes to the nth place of it. */
		size_t before = 0;
		for (size_t j = 0; j < i; j++)
			before += pattern[j] == pattern[i];
		wire[(size_t)(place - order) + before] = text[i];
	}
	return memcmp(wire, "0000", 4) != 0;
}

const char *moment_to(const char *wire, const char *pattern, char *out, size_t room)
{
	static const char order[] = "yyyyMMddHHmmss";
	size_t i = 0;
	if (strlen(wire) != 14)
		return strcpy(out, "");
	for (; pattern[i] && i + 1 < room; i++) {
		const char *place = strchr(order, pattern[i]);
		size_t before = 0;
		for (size_t j = 0; j < i; j++)
			before += pattern[j] == pattern[i];
		out[i] = place ? wire[(size_t)(place - order) + before] : pattern[i];
	}
	out[i] = '\0';
	return out;
}

static struct world_system *token_find(const struct practice_ask *ask, const char **service,
                                       struct practice_told *told)
{
	(void)told;
	*service = "login";
	return strcmp(ask->method, "POST") == 0 && !*ask->rest ? ask->tenant : NULL;
}

/* As the gateways take it: key and secret in Basic or in the form; a password
 * grant names its user as well. */
static void token_answer(const struct practice_ask *ask, struct world_system *system,
                         const char *service, struct practice_told *told)
{
	(void)service;
	struct bytes word = { 0 }, pair = { 0 };
	const char *basic = ask_header(ask, "Authorization");
	bool good = form_value(ask->body, "grant_type", &word);
	bool password = good && strcmp(bytes_string(&word), "password") == 0;
	good = good && (password || strcmp(bytes_string(&word), "client_credentials") == 0);
	if (password) {
		good = form_value(ask->body, "username", &word) && word.size &&
		       form_value(ask->body, "password", &word) &&
		       strcmp(bytes_string(&word), "tap-duyet") == 0;
	} else if (basic && strncmp(basic, "Basic ", 6) == 0) {
		const char *colon = form_base64(basic + 6, &pair)
		                            ? strchr(bytes_string(&pair), ':')
		                            : NULL;
		good = good && colon && strcmp(colon + 1, "tap-duyet") == 0;
	} else {
		good = good && form_value(ask->body, "client_secret", &word) &&
		       strcmp(bytes_string(&word), "tap-duyet") == 0;
	}
	bytes_free(&word);
	bytes_free(&pair);
	system->logins++;
	if (!good || system->refuse_account) {
		told->status = 401;
		told->json = json_pack("{s:s, s:s}", "error", "invalid_client", "error_description",
		                       "Tài khoản hoặc mật khẩu không đúng");
		return;
	}
	told->json = json_pack("{s:s, s:s, s:I}", "access_token", world_session(system, ask->now_ms),
	                       "token_type", "Bearer", "expires_in",
	                       (json_int_t)(system->session_ms / 1000));
}

const struct practice_door door_token = {
	.prefix = "/token",
	.find = token_find,
	.answer = token_answer,
};
