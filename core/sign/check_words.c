/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "core/base/ending.h"
#include "core/base/say.h"
#include "core/sign/check.h"

#define SAID_MOST 3

static const struct ending words[] = {
#define X(word, fault, say) { word, FAULT_##fault, say },
	CHECK_WORDS(X)
#undef X
};
enum { COUNT = sizeof words / sizeof words[0] };

static const char *const state_words[] = {
#define X(name, word, say) word,
	SIGN_STATES(X)
#undef X
}, *const state_says[] = {
#define X(name, word, say) say,
	SIGN_STATES(X)
#undef X
}, *const trust_words[] = {
#define X(name, word, say) word,
	SIGN_TRUSTS(X)
#undef X
}, *const trust_says[] = {
#define X(name, word, say) say,
	SIGN_TRUSTS(X)
#undef X
};

const char *sign_state_word(enum sign_state state)
{
	return state_words[state];
}

const char *sign_trust_word(enum sign_trust trust)
{
	return trust_words[trust];
}

bool check_fail(struct error *err, const char *word, const char *cause)
{
	const struct ending *ending = ending_fail(err, words, COUNT, word);
	return because(err, "check: %s: %s", ending->word, cause);
}

static const char *say_sign(struct arena *arena, const struct check_sign *sign)
{
	char day[24] = "";
	if (sign->at != MOMENT_NONE)
		day_write(moment_day(sign->at), day, sizeof day);
	const char *trust = sign->trust == TRUST_NONE ? "" : _(trust_says[sign->trust]);
	return arena_format(arena, " · %s%s%s%s, %s%s%s", _("ký số: "), *sign->name ? sign->name : _("không rõ tên"),
	                    *day ? ", " : "", day, _(state_says[sign->state]), *trust ? ", " : "", trust);
}

const char *check_say(struct arena *arena, const struct check_found *found)
{
	const char *text = found->pages ? arena_format(arena, _("%d trang"), found->pages)
	                                : arena_format(arena, _("ảnh %d × %d"), found->width, found->height);
	for (int i = 0; i < found->sign_count && i < SAID_MOST; i++)
		text = arena_format(arena, "%s%s", text, say_sign(arena, &found->signs[i]));
	if (found->sign_count > SAID_MOST)
		text = arena_format(arena, _("%s · và %d chữ ký nữa"), text, found->sign_count - SAID_MOST);
	if (found->added)
		text = arena_format(arena, "%s · %s", text, _("có phần thêm sau chữ ký cuối"));
	if (found->pages && !found->sign_count)
		text = arena_format(arena, "%s · %s", text, _("không có chữ ký số"));
	if (found->flawed)
		text = arena_format(arena, "%s · %s", text, _("có chỗ hỏng: mở xem trước khi nhận"));
	return text;
}

bool check_doubtful(const struct check_found *found)
{
	bool doubtful = found->flawed || found->added;
	for (int i = 0; i < found->sign_count; i++)
		doubtful |= found->signs[i].state != SIGN_INTACT || found->signs[i].trust == TRUST_OUTSIDE;
	return doubtful;
}
