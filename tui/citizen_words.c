/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/citizen_words.h"

#include <string.h>

#include "core/base/say.h"

static const struct { const char *state, *name; enum role role; } states[] = {
	{ "waiting", N_("chờ gửi"), ROLE_TEXT },
	{ "sent", N_("đã gửi cổng nhắn tin"), ROLE_TEXT },
	{ "received", N_("cổng báo đã nhận"), ROLE_GOOD },
	{ "failed", N_("không gửi được"), ROLE_ERROR },
	{ "call", N_("cần gọi điện"), ROLE_WARN },
	{ "called", N_("đã gọi điện"), ROLE_GOOD },
	{ "void", N_("không cần nữa"), ROLE_DIM },
};
enum { STATES = sizeof states / sizeof states[0] };

const char *citizen_state(const char *state)
{
	for (int i = 0; i < STATES; i++)
		if (strcmp(states[i].state, state) == 0)
			return _(states[i].name);
	return state;
}

enum role citizen_state_role(const char *state)
{
	for (int i = 0; i < STATES; i++)
		if (strcmp(states[i].state, state) == 0)
			return states[i].role;
	return ROLE_TEXT;
}

const char *citizen_kind(const char *kind)
{
	static const struct { const char *kind, *name; } kinds[] = {
		{ "result_ready", N_("Có kết quả") }, { "supplement", N_("Bổ sung") },  { "apology", N_("Xin lỗi, hẹn lại") },
		{ "refused", N_("Không tiếp nhận") }, { "withdrawn", N_("Đã rút") },    { "received", N_("Đã tiếp nhận") },
		{ "new_date", N_("Ngày hẹn mới") },     { "payment", N_("Nộp tiền") },   { "stopped", N_("Dừng giải quyết") },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return _(kinds[i].name);
	return kind;
}

const char *citizen_note(const char *note)
{
	return strncmp(note, "HTTP ", 5) == 0 ? _("Cổng tin nhắn báo: tin này không đến được công dân.") : note;
}
