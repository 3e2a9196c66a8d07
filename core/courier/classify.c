/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/classify.h"

#include <stdio.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/courier/address.h"
#include "core/courier/codec.h"

const char *outcome_word(enum outcome outcome)
{
	static const char *const words[] = {
#define X(name, word) word,
		OUTCOMES(X)
#undef X
	};
	return words[outcome];
}

void answer_clear(struct answer *answer)
{
	json_decref(answer->root);
	answer->root = NULL;
}

json_t *answer_result(const struct answer *answer)
{
	json_t *result = codec_member(answer->root, "result");
	if (!result || json_is_null(result))
		result = codec_member(answer->root, "data");
	return result ? codec_unquote(result) : NULL;
}

static void take_text(struct answer *answer, const char *bytes, size_t n)
{
	struct arena arena = { 0 };
	const char *mended = text_mend(&arena, bytes, n < 2000 ? n : 2000);
	size_t fits = strlen(mended);
	if (fits >= sizeof answer->text) {
		fits = sizeof answer->text - 1;
		while (fits && ((unsigned char)mended[fits] & 0xC0) == 0x80)
			fits--;
	}
	memcpy(answer->text, mended, fits);
	answer->text[fits] = '\0';
	arena_free(&arena);
}

/* The message sits in different members; nested faults have their own. */
static void find_message(struct answer *answer)
{
	static const char *const names[] = { "message", "errors", "error_description", "description",
		                             "title", "detail", "error" };
	const json_t *places[] = { answer->root, codec_member(answer->root, "fault"),
		                   codec_member(answer->root, "status") };
	for (size_t p = 0; p < 3; p++)
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			const char *text =
				json_string_value(codec_member(places[p], names[i]));
			if (text && *text) {
				take_text(answer, text, strlen(text));
				return;
			}
		}
}

static void find_code(struct answer *answer)
{
	static const char *const names[] = { "error_code", "errorCode", "code" };
	for (size_t i = 0; i < sizeof names / sizeof *names && !answer->has_code; i++)
		answer->has_code = codec_number(codec_member(answer->root, names[i]), &answer->code);
	if (!answer->has_code)
		answer->has_code = codec_number(
			codec_member(codec_member(answer->root, "fault"), "code"), &answer->code);
}

static void parse(struct answer *answer, const struct http_reply *reply)
{
	const char *body = bytes_string(&reply->body);
	json_t *value = json_loadb(body, reply->body.size, JSON_DECODE_ANY, NULL);
	if (value) {
		answer->root = codec_unquote(value);
		json_decref(value);
	}
	if (json_is_object(answer->root)) {
		find_message(answer);
		find_code(answer);
		return;
	}
	answer_clear(answer);
	take_text(answer, body, reply->body.size);
}

static enum outcome of_network(struct answer *answer, const struct http_reply *reply, bool verb)
{
	static const char *const words[] = {
		[HTTP_FORBIDDEN] = N_("Địa chỉ ngoài danh sách cho phép"),
		[HTTP_CONNECT] = N_("Không kết nối được"),
		[HTTP_TLS] = N_("Chứng thư máy chủ không hợp lệ"),
		[HTTP_TIMEOUT] = N_("Hết thời gian chờ trả lời"),
		[HTTP_BROKEN] = N_("Kết nối bị ngắt giữa chừng"),
		[HTTP_TOO_BIG] = N_("Trả lời quá lớn"),
		[HTTP_UNREAD] = N_("Không đọc được tệp đính kèm để gửi"),
	};
	const char *text = _(words[reply->fault]);
	take_text(answer, text, strlen(text));
	return verb && reply->sent ? OUTCOME_UNKNOWN : OUTCOME_RETRY;
}

/* "không thành công" holds the words of success too. */
static bool says_success(const struct profile *profile, const char *text)
{
	return profile_says(profile, "success", text) && !profile_says(profile, "failure", text);
}

/* 200 with something that is no envelope: a proxy's page, plain words. */
static enum outcome of_page(const struct answer *answer, const struct profile *profile, bool verb)
{
	if (profile_says(profile, "auth", answer->text))
		return OUTCOME_AUTH;
	if (verb && json_is_true(json_object_get(profile->data, "plain_words"))) {
		if (profile_says(profile, "duplicate", answer->text))
			return OUTCOME_DUPLICATE;
		if (says_success(profile, answer->text))
			return OUTCOME_DELIVERED;
	}
	return verb ? OUTCOME_UNKNOWN : OUTCOME_RETRY;
}

static enum outcome of_status(const struct answer *answer, const struct profile *profile,
                              const struct http_reply *reply, bool verb)
{
	enum outcome cut_off = verb ? OUTCOME_UNKNOWN : OUTCOME_RETRY;
	bool token = profile_says(profile, "auth", answer->text) ||
	             (answer->code >= 900900 && answer->code <= 900999);
	switch (reply->code) {
	case 401:
		return OUTCOME_AUTH;
	case 403:
		return token || !answer->root ? OUTCOME_AUTH : OUTCOME_REFUSED;
	case 409:
		return profile_says(profile, "duplicate", answer->text) ? OUTCOME_DUPLICATE
		                                                        : OUTCOME_REFUSED;
	case 408:
	case 425:
	case 429:
		return OUTCOME_RETRY;
	case 400:
		if (token)
			return OUTCOME_AUTH;
		return profile_says(profile, "duplicate", answer->text) ? OUTCOME_DUPLICATE
		                                                        : OUTCOME_REFUSED;
	case 413:
	case 415:
	case 422:
		return OUTCOME_REFUSED;
	case 404:
		return answer->root ? OUTCOME_REFUSED : OUTCOME_RETRY;
	case 503:
		return OUTCOME_RETRY;
	default:
		/* A gateway's 502 or 504 comes after the provider may have worked. */
		return reply->code >= 500 ? cut_off : OUTCOME_RETRY;
	}
}

static enum outcome of_envelope(struct answer *answer, const struct profile *profile, bool verb)
{
	const char *text = answer->text;
	if (profile_says(profile, "duplicate", text))
		return OUTCOME_DUPLICATE;
	if (!answer->has_code)
		return profile_says(profile, "auth", text) ? OUTCOME_AUTH
		       : verb                              ? OUTCOME_UNKNOWN
		                                           : OUTCOME_RETRY;
	if (answer->code != 0) {
		if (profile_says(profile, "auth", text) ||
		    (answer->code >= 900900 && answer->code <= 900999))
			return OUTCOME_AUTH;
		if (profile_says(profile, "retry", text))
			return OUTCOME_RETRY;
		answer->missing = profile_says(profile, "missing", text);
		return OUTCOME_REFUSED;
	}
	/* A zero without the words of success is not success where the peer uses
	 * words; a question is answered by its result. */
	if (verb && profile_has_phrases(profile, "success") && !says_success(profile, text))
		return OUTCOME_UNKNOWN;
	return OUTCOME_DELIVERED;
}

void classify(struct answer *answer, const struct profile *profile, enum call_kind kind,
              const struct http_reply *reply)
{
	bool verb = call_changes(kind);
	*answer = (struct answer){ .retry_after = reply->retry_after };
	if (reply->fault != HTTP_FINE) {
		answer->outcome = of_network(answer, reply, verb);
		return;
	}
	parse(answer, reply);
	if (*reply->xroad_error && address_never_arrived(reply->xroad_error))
		answer->outcome = OUTCOME_RETRY; /* not the dossier's fault, and not seen there */
	else if (*reply->xroad_error && reply->code >= 500)
		answer->outcome = verb ? OUTCOME_UNKNOWN : OUTCOME_RETRY;
	else if (reply->code != 200 && reply->code != 201)
		answer->outcome = of_status(answer, profile, reply, verb);
	else if (!answer->root)
		answer->outcome = of_page(answer, profile, verb);
	else
		answer->outcome = of_envelope(answer, profile, verb);
}
