/* SPDX-License-Identifier: Apache-2.0
 *
 * Several dossiers of one citizen in one visit: the next one begins with the person filled in. */
#include "core/base/say.h"
#include "tui/receive_private.h"

static struct person person_copy(struct arena *arena, const struct person *p)
{
	struct person out = *p;
	const char **texts[] = { &out.name, &out.id_number, &out.sex, &out.phone, &out.email, &out.address, &out.commune,
		&out.province, &out.representative };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = arena_string(arena, *texts[i] ? *texts[i] : "");
	return out;
}

const struct visitor *visitor_copy(struct arena *arena, const struct visitor *v)
{
	struct visitor *out = ARENA_NEW(arena, struct visitor);
	*out = (struct visitor){ person_copy(arena, &v->owner), person_copy(arena, &v->submitter), v->represented,
		{ arena_string(arena, v->mandate.kind), arena_string(arena, v->mandate.number), arena_string(arena, v->mandate.note),
		  v->mandate.date }, v->with };
	return out;
}

/* Nobody sits at the desk when it came online, or was entered afterwards. */
const struct visitor *receive_visitor(const struct receive *receive, struct arena *arena, int64_t dossier_id)
{
	const struct reception *r = &receive->r;
	if (r->online.filing_id || r->later.code || r->channel != CHANNEL_COUNTER)
		return NULL;
	return visitor_copy(arena, &(struct visitor){ r->owner, r->submitter, r->represented, r->mandate, dossier_id });
}

void receive_take_visitor(struct receive *receive, const struct visitor *visitor)
{
	const struct visitor *v = visitor_copy(&receive->screen->arena, visitor);
	struct reception *r = &receive->r;
	r->owner = v->owner;
	r->submitter = v->submitter;
	r->represented = v->represented;
	r->mandate = v->mandate;
	r->visit_with = v->with;
	receive_person_show(receive);
	receive_go(receive, AT_PROCEDURE);
	desk_say(receive->screen->desk, FAULT_NONE, "%s", _("Cùng lượt với hồ sơ vừa nhận: gõ thủ tục tiếp theo."));
}
