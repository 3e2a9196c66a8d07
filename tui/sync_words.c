/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/sync_words.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"

struct word {
	const char *key, *text;
	enum role role;
};

static const struct word *find(const struct word *words, const char *key)
{
	for (; words->key; words++)
		if (strcmp(words->key, key) == 0)
			return words;
	return words; /* the last one, for what is not known */
}

/* ---- systems ---- */

static const struct word systems[] = {
	{ "ok", N_("● hoạt động"), ROLE_GOOD },
	{ "slow", N_("→ chậm"), ROLE_WARN },
	{ "down", N_("! mất liên lạc"), ROLE_ERROR },
	{ "suspended", N_("! tài khoản bị từ chối"), ROLE_ERROR },
	{ "unconnected", N_("□ chưa nối"), ROLE_DIM },
	{ NULL, N_("· chưa rõ"), ROLE_DIM },
};

const char *sync_system_text(const char *state)
{
	return _(find(systems, state)->text);
}

enum role sync_system_role(const char *state)
{
	return find(systems, state)->role;
}

const char *sync_short_name(const char *name)
{
	static const char before[] = "Hệ thống tập trung của ";
	size_t n = sizeof before - 1;
	return strncmp(name, before, n) == 0 && name[n] ? name + n : name;
}

/* ---- messages ---- */

static const struct word states[] = {
	{ "refused", N_("! bị từ chối"), ROLE_ERROR },
	{ "asking", N_("? hỏi lại"), ROLE_WARN },
	{ "held", N_("– tạm giữ"), ROLE_WARN },
	{ "sending", N_("… đang gửi"), ROLE_TEXT },
	{ "waiting", N_("■ chờ gửi"), ROLE_WARN },
	{ "sent", N_("→ đã gửi"), ROLE_TEXT },
	{ "received", N_("● đã nhận"), ROLE_GOOD },
	{ "superseded", N_("· đã thay"), ROLE_DIM },
	{ "silent", N_("chưa có trả lời"), ROLE_WARN },
	{ "", N_("tất cả"), ROLE_TEXT },
	{ NULL, "?", ROLE_DIM },
};

const char *sync_state_text(const char *state)
{
	return _(find(states, state)->text);
}

enum role sync_state_role(const char *state)
{
	return find(states, state)->role;
}

const char *sync_kind_text(const char *kind)
{
	static const struct word kinds[] = {
		{ "dossier", N_("hồ sơ"), ROLE_TEXT },
		{ NULL, N_("tiến độ"), ROLE_TEXT },
	};
	return _(find(kinds, kind)->text);
}

static const struct word classes[] = {
	{ "delivered", N_("● bên nhận đã lấy"), ROLE_GOOD },
	{ "duplicate", N_("● bên nhận đã có"), ROLE_GOOD },
	{ "auth", N_("! tài khoản bị từ chối"), ROLE_ERROR },
	{ "retry", N_("→ chưa được, gửi lại sau"), ROLE_WARN },
	{ "refused", N_("! bị từ chối"), ROLE_ERROR },
	{ "unknown", N_("? không rõ, phải hỏi lại"), ROLE_WARN },
	{ NULL, "", ROLE_TEXT },
};

const char *sync_class_text(const char *class)
{
	const char *text = find(classes, class)->text;
	return *text ? _(text) : text;
}

enum role sync_class_role(const char *class)
{
	return find(classes, class)->role;
}

const char *sync_phase_text(const char *phase)
{
	static const struct word phases[] = {
		{ "begin", N_("bắt đầu gửi"), ROLE_TEXT },
		{ "finish", N_("kết thúc"), ROLE_TEXT },
		{ "stale", N_("kết thúc muộn, không tính"), ROLE_TEXT },
		{ "held", N_("tạm giữ"), ROLE_TEXT },
		{ "released", N_("thả ra"), ROLE_TEXT },
		{ "superseded", N_("đã thay bằng tin mới"), ROLE_TEXT },
		{ NULL, "?", ROLE_TEXT },
	};
	return _(find(phases, phase)->text);
}

/* ---- times ---- */

char *sync_age(moment_t from, moment_t now, char *out, size_t room)
{
	out[0] = '\0';
	if (from == MOMENT_NONE)
		return out;
	long long minutes = (now > from ? now - from : 0) / 60;
	if (minutes < 60)
		snprintf(out, room, _("%lld phút"), minutes);
	else if (minutes < 48 * 60)
		snprintf(out, room, _("%lld giờ"), minutes / 60);
	else
		snprintf(out, room, _("%lld ngày"), minutes / 1440);
	return out;
}

char *sync_seconds(int milliseconds, char *out, size_t room)
{
	out[0] = '\0';
	if (milliseconds >= 0)
		snprintf(out, room, _("%d,%d giây"), milliseconds / 1000, milliseconds % 1000 / 100);
	return out;
}

char *sync_when(moment_t at, moment_t now, char *out, size_t room)
{
	if (at == MOMENT_NONE) {
		snprintf(out, room, "—");
		return out;
	}
	struct clock clock = moment_clock(at);
	struct date date = day_date(moment_day(at));
	if (moment_day(at) == moment_day(now))
		snprintf(out, room, "%02d:%02d", clock.hour, clock.minute);
	else
		snprintf(out, room, "%02d/%02d %02d:%02d", date.day, date.month, clock.hour, clock.minute);
	return out;
}
