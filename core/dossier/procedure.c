/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/procedure.h"

#include <math.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/dossier/component.h"
#include "core/dossier/limit.h"

const char *channel_name(enum channel channel)
{
	switch (channel) {
	case CHANNEL_ANY: return _("mọi cách");
	case CHANNEL_COUNTER: return _("Trực tiếp");
	case CHANNEL_ONLINE: return _("Trực tuyến");
	case CHANNEL_POST: return _("Bưu chính công ích");
	}
	return "?";
}

const char *procedure_label(const struct procedure *procedure)
{
	return *procedure->short_name ? procedure->short_name : procedure->name;
}

static bool valid_on(day_t from, day_t to, day_t day)
{
	return (from == DAY_NONE || day >= from) && (to == DAY_NONE || day < to);
}

bool procedure_in_force(const struct procedure *procedure, day_t day)
{
	return valid_on(procedure->valid_from, procedure->valid_to, day);
}

const char *limit_unit_stored(enum limit_unit unit)
{
	static const char *const names[] = {
#define X(name, stored, label) stored,
		LIMIT_UNITS(X)
#undef X
	};
	return names[unit];
}

const char *limit_unit_name(enum limit_unit unit)
{
	static const char *const names[] = {
#define X(name, stored, label) label,
		LIMIT_UNITS(X)
#undef X
	};
	return _(names[unit]);
}

bool limit_unit_read(const char *stored, enum limit_unit *out)
{
	for (int unit = LIMIT_NONE; unit <= LIMIT_SAME_DAY; unit++)
		if (!strcmp(stored, limit_unit_stored((enum limit_unit)unit))) {
			*out = (enum limit_unit)unit;
			return true;
		}
	return false;
}

const char *limit_text(struct arena *arena, double value, enum limit_unit unit)
{
	if (unit == LIMIT_NONE || unit == LIMIT_SAME_DAY)
		return limit_unit_name(unit);
	long tenths = lround(value * 10);
	if (tenths % 10)
		return arena_format(arena, "%ld,%ld %s", tenths / 10, tenths % 10,
		                    limit_unit_name(unit));
	return arena_format(arena, "%ld %s", tenths / 10, limit_unit_name(unit));
}

const char *paper_action_stored(enum paper_action action)
{
	static const char *const names[] = {
#define X(name, stored, label) stored,
		PAPER_ACTIONS(X)
#undef X
	};
	return action < PAPER_ACTION_COUNT ? names[action] : "";
}

const char *paper_action_name(enum paper_action action)
{
	static const char *const names[] = {
#define X(name, stored, label) label,
		PAPER_ACTIONS(X)
#undef X
	};
	return action < PAPER_ACTION_COUNT ? _(names[action]) : "";
}

bool component_is_paper(const struct component *component)
{
	return component->requirement != REQUIREMENT_NOTE &&
	       component->section != SECTION_ADVICE && component->section != SECTION_GUIDANCE;
}

bool component_applies(const struct component *component, int64_t case_id, enum channel channel,
                       bool represented, day_t day)
{
	if (!valid_on(component->valid_from, component->valid_to, day))
		return false;
	if (component->case_id && component->case_id != case_id)
		return false;
	if (component->when_represented && !represented)
		return false;
	/* The portal's one line is for the counter and the post together. */
	enum channel group = channel == CHANNEL_POST ? CHANNEL_COUNTER : channel;
	enum channel asked = component->channel == CHANNEL_POST ? CHANNEL_COUNTER
	                                                        : component->channel;
	return asked == CHANNEL_ANY || group == CHANNEL_ANY || asked == group;
}
