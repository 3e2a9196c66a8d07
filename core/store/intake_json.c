/* SPDX-License-Identifier: Apache-2.0
 *
 * The request of reception as one JSON object; the referee's contract. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/intake.h"

static json_t *text(const char *value)
{
	json_t *made = json_string(value ? value : "");
	return made ? made : json_string(""); /* not UTF-8: nothing rather than garbage */
}

static void put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) != 0)
		abort(); /* out of memory */
}

static json_t *day(day_t value)
{
	char out[16];
	return value == DAY_NONE ? json_null() : json_string(day_write_iso(value, out, sizeof out));
}

static json_t *moment(moment_t value)
{
	char out[40];
	return value == MOMENT_NONE ? json_null()
	                            : json_string(moment_write_iso(value, out, sizeof out));
}

static json_t *texts(const char *const *items, int count)
{
	json_t *list = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(list, text(items[i]));
	return list;
}

static json_t *party(const struct intake_party *party)
{
	if (!party->present)
		return json_null();
	json_t *object = json_object();
	put(object, "kind", text(party->kind));
	put(object, "name", text(party->name));
	put(object, "id_number", text(party->id_number));
	put(object, "id_kind", text(party->id_kind));
	put(object, "birth", day(party->birth));
	put(object, "sex", text(party->sex));
	put(object, "phone", text(party->phone));
	put(object, "email", text(party->email));
	put(object, "address", text(party->address));
	put(object, "commune", text(party->commune));
	put(object, "province", text(party->province));
	put(object, "representative", text(party->representative));
	return object;
}

static json_t *mandate(const struct intake *intake)
{
	if (!intake->mandate.present)
		return json_null();
	json_t *object = json_object();
	put(object, "kind", text(intake->mandate.kind));
	put(object, "number", text(intake->mandate.number));
	put(object, "date", day(intake->mandate.date));
	put(object, "note", text(intake->mandate.note));
	return object;
}

static json_t *components(const struct intake *intake)
{
	json_t *list = json_array();
	for (int i = 0; i < intake->component_count; i++) {
		const struct intake_component *component = &intake->components[i];
		json_t *object = json_object(), *files = json_array();
		put(object, "seq", json_integer(i + 1));
		put(object, "name", text(component->name));
		put(object, "action", text(component->action));
		put(object, "originals", json_integer(component->originals));
		put(object, "copies", json_integer(component->copies));
		put(object, "pages", json_integer(component->pages));
		put(object, "state", text(component->state));
		put(object, "required", json_boolean(component->required));
		put(object, "reason", text(component->reason));
		put(object, "basis", text(component->basis));
		put(object, "lookup_where", text(component->lookup_where));
		put(object, "lookup_at", moment(component->lookup_at));
		if (component->lookup_question)
			put(object, "lookup_question", json_integer(component->lookup_question));
		for (int f = 0; f < component->file_count; f++)
			json_array_append_new(files, json_integer(component->files[f]));
		put(object, "files", files);
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *fees(const struct intake *intake)
{
	json_t *list = json_array();
	for (int i = 0; i < intake->fee_count; i++) {
		const struct intake_fee *fee = &intake->fees[i];
		json_t *object = json_object();
		put(object, "name", text(fee->name));
		put(object, "amount", fee->amount < 0 ? json_null() : json_integer(fee->amount));
		put(object, "confirmed", json_boolean(fee->confirmed));
		put(object, "basis", text(fee->basis));
		put(object, "exempt_reason", text(fee->exempt_reason));
		put(object, "paid", text(fee->paid));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *limit(const struct intake *intake)
{
	json_t *object = json_object();
	double value = intake->limit.value;
	/* 3 stays 3: "3.0" would be printed so. */
	put(object, "value", value == (double)(json_int_t)value ? json_integer((json_int_t)value)
	                                                         : json_real(value));
	put(object, "unit", text(intake->limit.unit));
	put(object, "source", text(intake->limit.source));
	put(object, "basis", text(intake->limit.basis));
	return object;
}

static json_t *route(const struct intake *intake)
{
	json_t *object = json_object();
	put(object, "rule_id",
	    intake->route.rule_id ? json_integer(intake->route.rule_id) : json_null());
	put(object, "system", text(intake->route.system));
	put(object, "told", texts(intake->route.told, intake->route.told_count));
	if (intake->deciding.name && *intake->deciding.name)
		put(object, "deciding_unit", text(*intake->deciding.code ? intake->deciding.code
		                                                         : intake->deciding.name));
	return object;
}

static json_t *later(const struct intake_later *later)
{
	json_t *object = json_object();
	put(object, "blank_code", text(later->code));
	put(object, "received_at", moment(later->at));
	put(object, "reason", text(later->reason));
	put(object, "received_by", text(later->received_by));
	put(object, "standstill_id", json_integer(later->standstill_id));
	return object;
}

/* Another agency; nothing when it is this unit. */
static void put_agency(json_t *object, const char *key, const struct intake_agency *agency)
{
	if (!agency->name || !*agency->name)
		return;
	json_t *made = json_object();
	put(made, "code", text(agency->code));
	put(made, "name", text(agency->name));
	put(object, key, made);
}

static void put_taken(json_t *object, const struct intake *intake)
{
	if (intake->taken.agency.name && *intake->taken.agency.name) {
		put_agency(object, "receiving_unit", &intake->taken.agency);
		json_t *taken = json_object();
		put(taken, "code", text(intake->taken.code));
		put(taken, "at", moment(intake->taken.at));
		put(object, "taken", taken);
	}
	if (intake->taken.consignment) {
		json_t *item = json_object();
		put(item, "id", json_integer(intake->taken.consignment));
		put(item, "nth", json_integer(intake->taken.nth));
		put(object, "consigned", item);
	}
}

static void put_common(json_t *object, const struct intake *intake)
{
	put(object, "request_id", text(intake->request_id));
	put(object, "counter", text(intake->counter));
	put(object, "catalogue_version", json_integer(intake->catalogue_version));
	put(object, "computed_at", moment(intake->computed_at));
	put(object, "procedure", text(intake->procedure));
	put(object, "case_id", intake->case_id ? json_integer(intake->case_id) : json_null());
	put(object, "channel", json_integer(intake->channel));
	put(object, "owner", party(&intake->owner));
	put(object, "submitter", party(&intake->submitter));
	put(object, "mandate", mandate(intake));
	put(object, "summary", text(intake->summary));
	put(object, "sets", json_integer(intake->sets));
	put(object, "components", components(intake));
	put(object, "fees", fees(intake));
	put(object, "limit", limit(intake));
	put(object, "due_at", moment(intake->due_at));
	put(object, "due_lines", texts(intake->due_lines, intake->due_line_count));
	put(object, "route", route(intake));
	put(object, "result_by", text(intake->result_by));
	put(object, "return_to", text(intake->return_to));
	put(object, "note", text(intake->note));
	put_agency(object, "deciding_unit", &intake->deciding);
	put_agency(object, "returning_unit", &intake->returning);
	put_taken(object, intake);
	put(object, "ignore_similar", json_boolean(intake->ignore_similar));
	if (intake->later)
		put(object, "later", later(intake->later));
	if (intake->linked && *intake->linked) {
		json_t *linked = json_object();
		put(linked, "group", text(intake->linked));
		put(object, "linked", linked);
	}
	if (intake->visit_with) {
		json_t *visit = json_object();
		put(visit, "with", json_integer(intake->visit_with));
		put(object, "visit", visit);
	}
	if (intake->filing_id) {
		json_t *filing = json_object();
		put(filing, "filing_id", json_integer(intake->filing_id));
		put(filing, "version", json_integer(intake->filing_version));
		put(object, "filing", filing);
	}
}

static void put_turned_away(json_t *object, const struct intake *intake)
{
	put(object, "kind", text(intake->kind));
	put(object, "reasons", texts(intake->reasons, intake->reason_count));
	put(object, "reason", text(intake->reason));
	if (intake->basis)
		put(object, "basis", text(intake->basis));
	put(object, "until", day(intake->until));
	json_t *contact = json_object();
	if (intake->contact_name && *intake->contact_name)
		put(contact, "name", text(intake->contact_name));
	if (intake->contact_phone && *intake->contact_phone)
		put(contact, "phone", text(intake->contact_phone));
	put(object, "contact", contact);
}

char *intake_json(struct arena *arena, const struct intake *intake, bool turned_away)
{
	json_t *object = json_object();
	if (!object)
		abort();
	put_common(object, intake);
	if (turned_away)
		put_turned_away(object, intake);
	char *dumped = json_dumps(object, JSON_COMPACT);
	json_decref(object);
	if (!dumped)
		abort();
	char *out = arena_string(arena, dumped);
	free(dumped);
	return out;
}
