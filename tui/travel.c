/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/travel.h"

#include <string.h>

#include "core/base/say.h"

static const struct {
	const char *state, *text;
	enum role role;
} states[] = {
	{ "saved", N_("■ chờ gửi"), ROLE_WARN },
	{ "sent", N_("→ đã gửi"), ROLE_TEXT },
	{ "received", N_("● đã nhận"), ROLE_GOOD },
	{ "disagreed", N_("! bị từ chối"), ROLE_ERROR },
	/* Of a system that owes no answer. */
	{ "untold", N_("· chờ báo tin"), ROLE_DIM },
	{ "told", N_("· đã báo tin"), ROLE_DIM },
};

static int find(const char *state)
{
	for (int i = 0; state && i < (int)(sizeof states / sizeof states[0]); i++)
		if (strcmp(states[i].state, state) == 0)
			return i;
	return -1;
}

const char *travel_text(const char *state)
{
	int at = find(state);
	return at < 0 ? "" : _(states[at].text);
}

enum role travel_role(const char *state)
{
	int at = find(state);
	return at < 0 ? ROLE_DIM : states[at].role;
}

bool travel_told_only(const char *state)
{
	return strcmp(state, "told") == 0 || strcmp(state, "untold") == 0;
}
