/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/classify.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/courier/address.h"
#include "core/courier/answer.h"

const char *outcome_word(enum outcome outcome)
{
	static const char *const words[] = {
#define X(name, word) word,
		OUTCOMES(X)
#undef X
	};
	return words[outcome];
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
	answer_take_text(answer, text, strlen(text));
	return verb && reply->sent ? OUTCOME_UNKNOWN : OUTCOME_RETRY;
}

/* "không thành công" holds the words of success too. */
static bool says_success(const struct profile *profile, const char *text)
{
	return profile_says(profile, "success", text) && !profile_says(profile, "failure", text);
}

/* 200 with something that is no envelope: a proxy's page, plain words, nothing. */
static enum outcome of_page(const struct answer *answer, const struct profile *profile,
                            enum call_kind kind, const struct http_reply *reply)
{
	bool verb = call_changes(kind);
	if (!reply->body.size && reply_rule_is(profile, kind, "needs_code", false))
		return OUTCOME_DELIVERED;
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

static enum outcome of_status(struct answer *answer, const struct profile *profile,
                              const struct http_reply *reply, bool verb)
{
	enum outcome cut_off = verb ? OUTCOME_UNKNOWN : OUTCOME_RETRY;
	bool token = profile_says(profile, "auth", answer->text) ||
	             (answer->code >= 900900 && answer->code <= 900999);
	answer->missing = answer->root && reply->code >= 400 && reply->code < 500 &&
	                  profile_says(profile, "missing", answer->text);
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

/* No code at all: their words, or that they have none, tell. */
static enum outcome without_code(const struct answer *answer, const struct profile *profile,
                                 enum call_kind kind)
{
	bool verb = call_changes(kind);
	if (profile_says(profile, "auth", answer->text))
		return OUTCOME_AUTH;
	if (!reply_rule_is(profile, kind, "needs_code", false))
		return verb ? OUTCOME_UNKNOWN : OUTCOME_RETRY;
	if (!*answer->text || says_success(profile, answer->text))
		return OUTCOME_DELIVERED;
	if (profile_says(profile, "retry", answer->text))
		return OUTCOME_RETRY;
	if (profile_says(profile, "failure", answer->text))
		return OUTCOME_REFUSED;
	return verb && profile_has_phrases(profile, "success") ? OUTCOME_UNKNOWN : OUTCOME_DELIVERED;
}

static enum outcome of_envelope(struct answer *answer, const struct profile *profile,
                                enum call_kind kind)
{
	const char *text = answer->text;
	if (profile_says(profile, "duplicate", text))
		return OUTCOME_DUPLICATE;
	if (!answer->has_code)
		return without_code(answer, profile, kind);
	if (!answer->good) {
		if (profile_says(profile, "auth", text) ||
		    (answer->code >= 900900 && answer->code <= 900999))
			return OUTCOME_AUTH;
		if (profile_says(profile, "retry", text))
			return OUTCOME_RETRY;
		answer->missing = profile_says(profile, "missing", text);
		return OUTCOME_REFUSED;
	}
	/* A good code without the words of success is not success where the peer
	 * uses words; a question is answered by its result. */
	if (call_changes(kind) && profile_has_phrases(profile, "success") &&
	    !says_success(profile, text))
		return OUTCOME_UNKNOWN;
	return OUTCOME_DELIVERED;
}

/* Peers whose status and code say nothing, only their words do (Q2). */
static bool of_words(struct answer *answer, const struct profile *profile, enum call_kind kind)
{
	static const struct {
		const char *phrases;
		enum outcome outcome;
	} all[] = { { "duplicate", OUTCOME_DUPLICATE },
		    { "permanent", OUTCOME_REFUSED },
		    { "auth", OUTCOME_AUTH },
		    { "retry", OUTCOME_RETRY } };
	if (!answer->root || !*answer->text || !reply_rule_is(profile, kind, "words", true))
		return false;
	if (says_success(profile, answer->text)) {
		answer->outcome = OUTCOME_DELIVERED;
		return true;
	}
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (profile_says(profile, all[i].phrases, answer->text)) {
			answer->outcome = all[i].outcome;
			return true;
		}
	return false;
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
	bool good = reply->code == 200 || reply->code == 201 || reply->code == 202 ||
	            reply->code == 204;
	answer_read(answer, profile, kind, reply);
	if (*reply->xroad_error && address_never_arrived(reply->xroad_error))
		answer->outcome = OUTCOME_RETRY; /* not the dossier's fault, and not seen there */
	else if (*reply->xroad_error && reply->code >= 500)
		answer->outcome = verb ? OUTCOME_UNKNOWN : OUTCOME_RETRY;
	else if (of_words(answer, profile, kind))
		return;
	else if (!good)
		answer->outcome = of_status(answer, profile, reply, verb);
	else if (!answer->root)
		answer->outcome = of_page(answer, profile, kind, reply);
	else
		answer->outcome = of_envelope(answer, profile, kind);
}
