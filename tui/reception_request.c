/* SPDX-License-Identifier: Apache-2.0
 *
 * The request that the referee gets: only what happened, nothing better. */
#include <string.h>

#include "core/base/say.h"
#include "tui/reception.h"

static struct intake_party party(const struct person *person, bool present)
{
	return (struct intake_party){ .present = present, .kind = person_kind_stored(person->kind),
		.name = person->name, .id_number = person->id_number,
		.id_kind = id_kind_stored(person->id_kind), .birth = person->birth,
		.sex = person->sex, .phone = person->phone, .email = person->email,
		.address = person->address, .commune = person->commune,
		.province = person->province, .representative = person->representative };
}

static void put_files(const struct reception *r, struct arena *arena, const char *paper,
                      struct intake_component *out)
{
	int64_t *files = ARENA_MANY(arena, int64_t, r->attachment_count + 1);
	for (size_t i = 0; i < r->attachment_count; i++)
		if (r->attachments[i].file_id && strcmp(r->attachments[i].paper, paper) == 0) {
			files[out->file_count++] = r->attachments[i].file_id;
			out->pages += r->attachments[i].pages;
		}
	out->files = files;
}

static const char *reason_of(const struct paper *paper)
{
	if (paper->reason && *paper->reason)
		return paper->reason;
	return paper->lookup_fault ? paper->lookup_fault : "";
}

static bool is_reused(const struct reception *r, const struct paper *paper)
{
	for (size_t i = 0; i < r->attachment_count; i++)
		if (r->attachments[i].reused && strcmp(r->attachments[i].paper, paper->name) == 0)
			return true;
	return false;
}

/* Without a connector nothing was fetched: somebody looked, and the record says so.
 * What the unit itself holds is there. */
static const char *where_of(const struct reception *r, struct arena *arena, const struct paper *paper)
{
	const char *where = paper->lookup_where ? paper->lookup_where : "";
	if (paper->lookup != LOOKUP_DONE || paper->lookup_question || !*where || is_reused(r, paper))
		return where;
	return arena_format(arena, _("%s (tra bằng tay)"), where);
}

static void put_components(const struct reception *r, struct arena *arena, struct intake *out)
{
	struct intake_component *rows =
		ARENA_MANY(arena, struct intake_component, r->checklist.count + 1);
	for (size_t i = 0; i < r->checklist.count; i++) {
		const struct paper *paper = &r->checklist.papers[i];
		rows[i] = (struct intake_component){ .name = paper->name,
			.action = paper_action_stored(paper->action),
			.originals = paper->originals, .copies = paper->copies,
			.pages = paper->pages, .state = paper_state_stored(paper->state),
			.required = paper->required, .reason = reason_of(paper),
			.basis = paper->basis ? paper->basis : "",
			.lookup_where = where_of(r, arena, paper),
			.lookup_question = paper->lookup_question,
			.lookup_at = paper->lookup == LOOKUP_NOT_TRIED ? MOMENT_NONE
			                                               : paper->lookup_at };
		put_files(r, arena, paper->name, &rows[i]);
	}
	out->components = rows;
	out->component_count = (int)r->checklist.count;
}

static const char *exempt_reason(const struct fee_line *line)
{
	if (line->exemption == FEE_EXEMPT_NONE)
		return "";
	return line->exemption == FEE_EXEMPT_OTHER ? line->exempt_reason
	                                           : fee_exemption_name(line->exemption);
}

/* What is waived rests on the ground of the waiver, whoever set the figure. */
static const char *basis_of(const struct fee_line *line)
{
	return line->basis && *line->basis ? line->basis : exempt_reason(line);
}

static void put_fees(const struct reception *r, struct arena *arena, struct intake *out)
{
	struct intake_fee *rows = ARENA_MANY(arena, struct intake_fee, r->fees.count + 1);
	for (size_t i = 0; i < r->fees.count; i++) {
		const struct fee_line *line = &r->fees.items[i];
		int64_t owed = fee_owed(line);
		if (owed == FEE_UNKNOWN)
			continue; /* a slip of what is missing may be given before the fee is known */
		rows[out->fee_count++] = (struct intake_fee){ .name = line->name, .amount = owed,
			.confirmed = line->confirmed, .basis = basis_of(line),
			.exempt_reason = exempt_reason(line), .paid = owed ? r->paid : "none" };
	}
	out->fees = rows;
}

static void put_limit(const struct reception *r, struct intake *out)
{
	static const char *const sources[] = { "confirmed", "asked", "none", "none" };
	out->limit.value = r->limit.value;
	out->limit.unit = limit_unit_stored(r->limit.unit);
	out->limit.source = sources[r->limit.source];
	out->limit.basis = r->limit.basis;
	out->due_at = r->due.due;
	out->due_lines = r->due.lines.items;
	out->due_line_count = (int)r->due.lines.count;
	out->route.rule_id = r->route.rule_id;
	out->route.system = r->route.system ? r->route.system : "";
	out->route.told = r->route.told;
	out->route.told_count = (int)r->route.told_count;
}

/* Everything in the request is the record's: Vietnamese. */
static void fill(const struct reception *r, struct arena *arena, const char *counter,
                 struct intake *out)
{
	*out = (struct intake){ .counter = counter, .catalogue_version = r->catalogue->version,
		.computed_at = r->computed_at, .procedure = r->procedure ? r->procedure->code : "",
		.case_id = r->case_id, .channel = (int)r->channel, .summary = r->summary,
		.sets = r->sets, .result_by = r->result_by, .return_to = r->return_to,
		.note = r->note, .ignore_similar = r->ignore_similar, .until = DAY_NONE };
	out->deciding = (struct intake_agency){ r->deciding.code, r->deciding.name };
	out->returning = (struct intake_agency){ r->returning.code, r->returning.name };
	out->taken.agency = (struct intake_agency){ r->taken.agency.code, r->taken.agency.name };
	out->taken.code = r->taken.code;
	out->taken.at = r->taken.at;
	out->taken.consignment = r->taken.consignment;
	out->taken.nth = r->taken.nth;
	memcpy(out->request_id, r->request_id, sizeof out->request_id);
	out->owner = party(&r->owner, true);
	out->submitter = party(&r->submitter, r->represented);
	out->mandate.present = r->represented && *r->mandate.kind;
	out->mandate.kind = r->mandate.kind;
	out->mandate.number = r->mandate.number;
	out->mandate.note = r->mandate.note;
	out->mandate.date = r->mandate.date;
	if (r->later.code) {
		struct intake_later *later = ARENA_NEW(arena, struct intake_later);
		*later = (struct intake_later){ r->later.code, r->later.at, r->later.reason,
			r->later.received_by, r->later.standstill_id };
		out->later = later;
	}
	/* Another procedure was chosen since: it is no part of that group. */
	out->linked = r->procedure && strcmp(r->linked, r->procedure->interlinked) == 0 ? r->linked : "";
	out->visit_with = r->visit_with;
	out->filing_id = r->online.filing_id;
	out->filing_version = r->online.version;
	put_components(r, arena, out);
	put_fees(r, arena, out);
	put_limit(r, out);
}

bool reception_settle(struct reception *r, const char *level, moment_t now, struct error *err)
{
	say_source(true);
	bool good = reception_compute(r, level, now, NULL);
	say_source(false);
	return good || reception_compute(r, level, now, err);
}

void reception_intake(const struct reception *r, struct arena *arena, const char *counter,
                      struct intake *out)
{
	say_source(true);
	fill(r, arena, counter, out);
	say_source(false);
}

void reception_turn_away(const struct reception *r, struct arena *arena, const char *counter,
                         const char *kind, const struct lines *own_reasons, struct intake *out)
{
	struct lines missing = { 0 };
	reception_intake(r, arena, counter, out);
	say_source(true);
	if (strcmp(kind, "supplement") == 0)
		missing = checklist_missing(arena, &r->checklist);
	say_source(false);
	const char **reasons = ARENA_MANY(arena, const char *, missing.count + own_reasons->count + 1);
	for (size_t i = 0; i < missing.count; i++)
		reasons[out->reason_count++] = missing.items[i];
	for (size_t i = 0; i < own_reasons->count; i++)
		reasons[out->reason_count++] = own_reasons->items[i];
	out->reasons = reasons;
	out->kind = kind;
}
