/* SPDX-License-Identifier: Apache-2.0
 *
 * A new dossier that begins as an earlier one: who and what stand there already.  Days, money, limits, papers and a
 * mandate belong to the day they were written: they are asked and counted anew. */
#include <string.h>

#include "core/base/say.h"
#include "core/store/people.h"
#include "tui/receive_private.h"

static struct person person_of(struct arena *arena, const struct person_row *row)
{
	struct person out = person_new(strcmp(row->kind, "organisation") == 0 ? PERSON_ORGANISATION : PERSON_CITIZEN);
	out.name = arena_string(arena, row->name);
	out.id_kind = receive_id_kind(row->id_kind);
	out.id_number = arena_string(arena, row->id_number);
	out.birth = row->birth;
	out.sex = arena_string(arena, row->sex);
	out.phone = arena_string(arena, row->phone);
	out.email = arena_string(arena, row->email);
	out.address = arena_string(arena, row->address);
	out.commune = arena_string(arena, row->commune);
	out.province = arena_string(arena, row->province);
	out.representative = arena_string(arena, row->representative);
	return out;
}

void receive_take_copy(struct receive *receive, const struct dossier_copy *copy)
{
	struct reception *r = &receive->r;
	struct arena *arena = &receive->screen->arena;
	const struct procedure *p = catalogue_procedure(r->catalogue, copy->procedure_code);
	int64_t case_id = 0;
	r->owner = person_of(arena, &copy->owner);
	r->represented = copy->represented;
	if (copy->represented)
		r->submitter = person_of(arena, &copy->submitter);
	for (size_t i = 0; p && i < p->case_count; i++)
		if (strcmp(p->cases[i].name, copy->case_name) == 0)
			case_id = p->cases[i].case_id;
	if (p)
		reception_choose(r, p, case_id, CHANNEL_COUNTER);
	r->summary = arena_string(arena, copy->summary);
	if (strcmp(copy->result_by, "post") == 0 && *copy->return_to) {
		r->result_by = "post";
		r->return_to = arena_string(arena, copy->return_to);
	} else if (strcmp(copy->result_by, "online") == 0) {
		r->result_by = "online";
	}
	receive_person_show(receive);
	receive_procedure_show(receive);
	receive_go(receive, p ? AT_PAPERS : AT_PROCEDURE);
	if (p)
		desk_say(receive->screen->desk, FAULT_NONE, _("Theo hồ sơ %s: đã điền người và thủ tục, hãy hỏi lại. Giấy tờ, phí, ngày hẹn làm từ đầu."),
		         copy->code);
	else
		desk_say(receive->screen->desk, FAULT_INPUT, _("Theo hồ sơ %s: đã điền người. Danh mục không còn thủ tục %s: chọn thủ tục."), copy->code,
		         copy->procedure_code);
}
