/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/ending.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/sign/sign.h"

#define PRINT_LEAST 4 /* of a fingerprint that names a certificate */
#define NAME_MOST   256

static const struct ending words[] = {
#define X(word, fault, say) { word, FAULT_##fault, say },
	SIGN_WORDS(X)
#undef X
};
enum { COUNT = sizeof words / sizeof words[0] };

static const char *const pin_words[] = {
#define X(name, word) word,
	PIN_STATES(X)
#undef X
};

const char *pin_state_word(enum pin_state state)
{
	return pin_words[state];
}

bool sign_fail(struct error *err, const char *word, const char *cause)
{
	const struct ending *ending = ending_fail(err, words, COUNT, word);
	return because(err, "sign: %s: %s", ending->word, cause);
}

static bool named(const struct sign_cert *cert, const char *key)
{
	char wanted[NAME_MOST], name[NAME_MOST];
	size_t n = strlen(key);
	if (n == 0 || (n >= PRINT_LEAST && strncasecmp(cert->print, key, n) == 0))
		return true;
	text_fold(key, wanted, sizeof wanted);
	text_fold(cert->name, name, sizeof name);
	return *wanted && strcmp(wanted, name) == 0;
}

/* Why this one will not do; NULL: it will. */
static const char *trouble(const struct sign_cert *cert, moment_t now)
{
	return !cert->signs ? "use" : now > cert->to ? "old" : now < cert->from ? "early"
	     : cert->pin == PIN_LOCKED ? "lock" : cert->pin == PIN_UNSET ? "fresh" : NULL;
}

/* Of several troubles the one that is nearest to signing is told. */
static int rank(const char *word)
{
	static const char *const order[] = { "name", "use", "old", "early", "fresh", "lock" };
	int at = 0;
	while (at < (int)(sizeof order / sizeof *order) && strcmp(order[at], word) != 0)
		at++;
	return at;
}

int sign_pick(const struct sign_found *found, const char *key, moment_t now, struct error *err)
{
	int best = -1;
	const char *worst = "name";
	for (int i = 0; i < found->count; i++) {
		const struct sign_cert *cert = &found->certs[i];
		if (!named(cert, key))
			continue;
		const char *why = trouble(cert, now);
		if (!why && (best < 0 || cert->to > found->certs[best].to))
			best = i;
		else if (why && rank(why) > rank(worst))
			worst = why;
	}
	if (best >= 0)
		return best;
	sign_fail(err, found->tokens == 0 ? "token" : found->count == 0 ? "cert" : worst, key);
	return -1;
}

int sign_fitting(const struct sign_found *found, const char *key, moment_t now)
{
	int count = 0;
	for (int i = 0; i < found->count; i++)
		count += named(&found->certs[i], key) && !trouble(&found->certs[i], now);
	return count;
}

static int days_left(const struct sign_cert *cert, moment_t now)
{
	return (int)(moment_day(cert->to) - moment_day(now));
}

const char *sign_say(struct arena *arena, const struct sign_cert *cert, moment_t now)
{
	char day[24];
	int left = days_left(cert, now);
	const char *soon = left > SIGN_SOON_DAYS ? "" : left > 0 ? arena_format(arena, _(" (còn %d ngày)"), left)
	                                                         : _(" (hôm nay là ngày cuối)");
	const char *pin = cert->pin == PIN_LAST ? _(" · CHỈ CÒN MỘT LẦN THỬ PIN")
	                : cert->pin == PIN_LOW  ? _(" · đã có lần nhập sai PIN")
	                                        : "";
	return arena_format(arena, _("%s, chứng thư đến %s%s%s"), *cert->name ? cert->name : _("không rõ tên"),
	                    day_write(moment_day(cert->to), day, sizeof day), soon, pin);
}

bool sign_warns(const struct sign_cert *cert, moment_t now)
{
	return days_left(cert, now) <= SIGN_SOON_DAYS || cert->pin == PIN_LOW || cert->pin == PIN_LAST;
}
