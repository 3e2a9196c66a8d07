/* SPDX-License-Identifier: Apache-2.0
 *
 * A reception as keys and values, for the draft file.  Everything the clerk did
 * is in it; everything the catalogue knows is found there again. */
#include <string.h>

#include "tui/reception_own.h"

static const char *key_of(struct arena *arena, const char *group, size_t n, const char *name)
{
	return arena_format(arena, "%s.%zu.%s", group, n, name);
}

static void put_day(struct writing *w, const char *key, day_t day)
{
	char text[16];
	if (day != DAY_NONE)
		put(w, key, day_write_iso(day, text, sizeof text));
}

static void put_person(struct writing *w, const char *who, const struct person *p)
{
	struct arena *a = &w->arena;
	put(w, arena_format(a, "%s.kind", who), person_kind_stored(p->kind));
	put(w, arena_format(a, "%s.name", who), p->name);
	put(w, arena_format(a, "%s.id_kind", who), id_kind_stored(p->id_kind));
	put(w, arena_format(a, "%s.id_number", who), p->id_number);
	put_day(w, arena_format(a, "%s.birth", who), p->birth);
	put(w, arena_format(a, "%s.sex", who), p->sex);
	put(w, arena_format(a, "%s.phone", who), p->phone);
	put(w, arena_format(a, "%s.email", who), p->email);
	put(w, arena_format(a, "%s.address", who), p->address);
	put(w, arena_format(a, "%s.commune", who), p->commune);
	put(w, arena_format(a, "%s.province", who), p->province);
	put(w, arena_format(a, "%s.representative", who), p->representative);
}

static void put_paper(struct writing *w, size_t n, const struct paper *p)
{
	struct arena *a = &w->arena;
	char at[40];
	put(w, key_of(a, "paper", n, "name"), p->name);
	put(w, key_of(a, "paper", n, "hand"), p->component ? "" : "1");
	put(w, key_of(a, "paper", n, "action"), paper_action_stored(p->action));
	put(w, key_of(a, "paper", n, "state"), paper_state_stored(p->state));
	put_number(w, key_of(a, "paper", n, "required"), p->required);
	put_number(w, key_of(a, "paper", n, "originals"), p->originals);
	put_number(w, key_of(a, "paper", n, "copies"), p->copies);
	put_number(w, key_of(a, "paper", n, "pages"), p->pages);
	put(w, key_of(a, "paper", n, "reason"), p->reason);
	put(w, key_of(a, "paper", n, "basis"), p->basis);
	put_number(w, key_of(a, "paper", n, "lookup"), p->lookup);
	put(w, key_of(a, "paper", n, "lookup_where"), p->lookup_where);
	put(w, key_of(a, "paper", n, "lookup_fault"), p->lookup_fault);
	put_number(w, key_of(a, "paper", n, "lookup_question"), p->lookup_question);
	if (p->lookup != LOOKUP_NOT_TRIED)
		put(w, key_of(a, "paper", n, "lookup_at"), moment_write_iso(p->lookup_at, at, sizeof at));
}

static void put_fee(struct writing *w, size_t n, const struct fee_line *line)
{
	struct arena *a = &w->arena;
	put(w, key_of(a, "fee", n, "name"), line->name);
	put_number(w, key_of(a, "fee", n, "amount"), line->amount);
	put_number(w, key_of(a, "fee", n, "quantity"), line->quantity);
	put_number(w, key_of(a, "fee", n, "confirmed"), line->confirmed);
	put(w, key_of(a, "fee", n, "basis"), line->basis);
	put_number(w, key_of(a, "fee", n, "exemption"), line->exemption);
	put(w, key_of(a, "fee", n, "exempt_reason"), line->exempt_reason);
}

static void put_head(struct writing *w, const struct reception *r)
{
	put(w, "request_id", r->request_id);
	put_number(w, "represented", r->represented);
	put(w, "mandate.kind", r->mandate.kind);
	put(w, "mandate.number", r->mandate.number);
	put(w, "mandate.note", r->mandate.note);
	put_day(w, "mandate.date", r->mandate.date);
	put(w, "procedure", r->procedure ? r->procedure->code : "");
	put_number(w, "case_id", r->case_id);
	put_number(w, "channel", r->channel);
	put_number(w, "limit.source", r->limit.source);
	fields_format(&w->arena, &w->fields, "limit.halves", "%d", (int)(r->limit.value * 2));
	put_number(w, "limit.unit", r->limit.unit);
	put(w, "limit.basis", r->limit.basis);
	put(w, "paid", r->paid);
	put(w, "summary", r->summary);
	put(w, "note", r->note);
	put(w, "return_to", r->return_to);
	put(w, "result_by", r->result_by);
	put_number(w, "sets", r->sets);
	put_number(w, "visit.with", r->visit_with);
	put(w, "linked", r->linked);
	put(w, "deciding.code", r->deciding.code);
	put(w, "deciding.name", r->deciding.name);
	put(w, "returning.code", r->returning.code);
	put(w, "returning.name", r->returning.name);
}

void reception_write(const struct reception *r, struct bytes *out)
{
	struct writing w = { 0 };
	put_head(&w, r);
	reception_write_come(r, &w);
	put_person(&w, "owner", &r->owner);
	put_person(&w, "submitter", &r->submitter);
	for (size_t i = 0; i < r->checklist.count; i++)
		put_paper(&w, i + 1, &r->checklist.papers[i]);
	for (size_t i = 0; i < r->fees.count; i++)
		put_fee(&w, i + 1, &r->fees.items[i]);
	for (size_t i = 0; i < r->attachment_count; i++) {
		put(&w, key_of(&w.arena, "file", i + 1, "paper"), r->attachments[i].paper);
		put(&w, key_of(&w.arena, "file", i + 1, "name"), r->attachments[i].name);
		put_number(&w, key_of(&w.arena, "file", i + 1, "id"), r->attachments[i].file_id);
		put_number(&w, key_of(&w.arena, "file", i + 1, "reused"), r->attachments[i].reused);
		put(&w, key_of(&w.arena, "file", i + 1, "found"), r->attachments[i].found);
		put_number(&w, key_of(&w.arena, "file", i + 1, "pages"), r->attachments[i].pages);
		put_number(&w, key_of(&w.arena, "file", i + 1, "doubtful"), r->attachments[i].doubtful);
		put_number(&w, key_of(&w.arena, "file", i + 1, "bare"), r->attachments[i].bare);
	}
	fields_write(&w.fields, out);
	arena_free(&w.arena);
}

/* ---- and back ---- */

static day_t get_day(const struct fields *f, const char *key)
{
	return day_read_iso(get(f, key));
}

/* Which of count stored words it is; the first when none. */
static int word_of(const char *word, const char *(*stored)(int), int count)
{
	for (int i = 0; i < count; i++)
		if (strcmp(stored(i), word) == 0)
			return i;
	return 0;
}

static const char *stored_id(int i)
{
	return id_kind_stored((enum id_kind)i);
}

static const char *stored_action(int i)
{
	return paper_action_stored((enum paper_action)i);
}

static const char *stored_state(int i)
{
	return paper_state_stored((enum paper_state)i);
}


static void get_person(struct arena *a, const struct fields *f, const char *who, struct person *p)
{
#define OF(name) get(f, arena_format(a, "%s." name, who))
	*p = person_new(strcmp(OF("kind"), person_kind_stored(PERSON_ORGANISATION)) == 0
	                        ? PERSON_ORGANISATION
	                        : PERSON_CITIZEN);
	p->name = OF("name");
	p->id_kind = (enum id_kind)word_of(OF("id_kind"), stored_id, ID_KIND_COUNT);
	p->id_number = OF("id_number");
	p->birth = day_read_iso(OF("birth"));
	p->sex = OF("sex");
	p->phone = OF("phone");
	p->email = OF("email");
	p->address = OF("address");
	p->commune = OF("commune");
	p->province = OF("province");
	p->representative = OF("representative");
#undef OF
}

static void get_paper(struct reception *r, const struct fields *f, int n)
{
#define OF(name) get(f, arena_format(r->arena, "paper.%d." name, n))
#define NUMBER(name, most) get_number(f, arena_format(r->arena, "paper.%d." name, n), 0, most)
	struct paper *p = checklist_named(&r->checklist, OF("name"));
	enum paper_action action = (enum paper_action)word_of(OF("action"), stored_action, PAPER_ACTION_COUNT);
	if (!p && *OF("hand"))
		checklist_add(r->arena, &r->checklist, OF("name"), OF("basis"), action, &p, NULL);
	if (!p)
		return; /* the catalogue asks for it no longer */
	p->action = action;
	p->state = (enum paper_state)word_of(OF("state"), stored_state, PAPER_STATE_COUNT);
	p->required = NUMBER("required", 1) != 0 || p->by_rule;
	p->originals = (int)NUMBER("originals", 9999);
	p->copies = (int)NUMBER("copies", 9999);
	p->pages = (int)NUMBER("pages", 9999);
	p->reason = OF("reason");
	p->basis = OF("basis");
	p->lookup = (enum lookup_state)NUMBER("lookup", LOOKUP_FAILED);
	p->lookup_where = OF("lookup_where");
	p->lookup_fault = OF("lookup_fault");
	p->lookup_question = NUMBER("lookup_question", INT64_MAX);
	p->lookup_at = moment_read_iso(OF("lookup_at"));
#undef OF
#undef NUMBER
}

static void get_fee(struct reception *r, const struct fields *f, int n)
{
#define OF(name) get(f, arena_format(r->arena, "fee.%d." name, n))
#define NUMBER(name, least, most) \
	get_number(f, arena_format(r->arena, "fee.%d." name, n), least, most)
	for (size_t i = 0; i < r->fees.count; i++) {
		struct fee_line *line = &r->fees.items[i];
		if (strcmp(line->name, OF("name")) != 0)
			continue;
		line->amount = NUMBER("amount", FEE_UNKNOWN, INT64_C(1000000000000));
		line->quantity = (int)NUMBER("quantity", 1, 9999);
		line->confirmed = NUMBER("confirmed", 0, 1) != 0;
		line->basis = OF("basis");
		line->exemption = (enum fee_exemption)NUMBER("exemption", 0, FEE_EXEMPTION_COUNT - 1);
		line->exempt_reason = OF("exempt_reason");
		return;
	}
#undef OF
#undef NUMBER
}

static void get_files(struct reception *r, const struct fields *f)
{
	r->attachment_count = 0;
	for (int n = 1; n <= fields_group(f, "file"); n++) {
		struct attachment file = {
			.paper = get(f, arena_format(r->arena, "file.%d.paper", n)),
			.name = get(f, arena_format(r->arena, "file.%d.name", n)),
			.file_id = get_number(f, arena_format(r->arena, "file.%d.id", n), 0, INT64_MAX),
			.reused = get_number(f, arena_format(r->arena, "file.%d.reused", n), 0, 1),
			.found = get(f, arena_format(r->arena, "file.%d.found", n)),
			.pages = (int)get_number(f, arena_format(r->arena, "file.%d.pages", n), 0, 1000000),
			.doubtful = get_number(f, arena_format(r->arena, "file.%d.doubtful", n), 0, 1) == 1,
			.bare = get_number(f, arena_format(r->arena, "file.%d.bare", n), 0, 1) == 1,
		};
		if (!file.file_id)
			continue; /* it never arrived: to be attached again */
		r->attachments = arena_grow(r->arena, r->attachments, sizeof file, r->attachment_count,
		                            &r->attachment_room);
		r->attachments[r->attachment_count++] = file;
	}
}

static const char *known_word(const char *word, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return words[i];
	return words[0];
}

static void get_head(struct reception *r, const struct fields *f)
{
	static const char *const paid[] = { "none", "cash", "transfer", "later", NULL };
	static const char *const results[] = { "counter", "post", "online", NULL };
	const char *id = get(f, "request_id");
	if (strlen(id) == sizeof r->request_id - 1)
		memcpy(r->request_id, id, sizeof r->request_id);
	r->represented = get_number(f, "represented", 0, 1) != 0;
	r->mandate = (struct mandate){ get(f, "mandate.kind"), get(f, "mandate.number"),
		get(f, "mandate.note"), get_day(f, "mandate.date") };
	r->paid = known_word(get(f, "paid"), paid);
	r->result_by = known_word(get(f, "result_by"), results);
	r->summary = get(f, "summary");
	r->note = get(f, "note");
	r->return_to = get(f, "return_to");
	r->sets = (int)get_number(f, "sets", 1, 99);
	r->linked = get(f, "linked");
	r->visit_with = get_number(f, "visit.with", 0, INT64_MAX);
	r->deciding = (struct agency){ get(f, "deciding.code"), get(f, "deciding.name") };
	r->returning = (struct agency){ get(f, "returning.code"), get(f, "returning.name") };
}

static void get_limit(struct reception *r, const struct fields *f)
{
	enum limit_source source = (enum limit_source)get_number(f, "limit.source", 0, LIMIT_OPEN);
	if (source != LIMIT_ASKED && source != LIMIT_DECLARED_NONE)
		return; /* the catalogue's own, as it stands now */
	r->limit.source = source;
	r->limit.value = (double)get_number(f, "limit.halves", 0, 7300) / 2;
	r->limit.unit = (enum limit_unit)get_number(f, "limit.unit", 0, LIMIT_SAME_DAY);
	r->limit.basis = get(f, "limit.basis");
}

bool reception_read(struct reception *r, const char *text, size_t size, struct error *err)
{
	struct fields f = { 0 };
	if (!fields_parse(r->arena, text, size, &f, err))
		return false;
	get_head(r, &f);
	reception_read_come(r, &f);
	get_person(r->arena, &f, "owner", &r->owner);
	get_person(r->arena, &f, "submitter", &r->submitter);
	r->procedure = catalogue_procedure(r->catalogue, get(&f, "procedure"));
	if (!r->procedure)
		return true;
	int64_t case_id = get_number(&f, "case_id", 0, INT64_MAX);
	if (case_id && !catalogue_case(r->catalogue, case_id))
		case_id = 0;
	reception_choose(r, r->procedure, case_id,
	                 (enum channel)get_number(&f, "channel", CHANNEL_COUNTER, CHANNEL_POST));
	for (int n = 1; n <= fields_group(&f, "paper"); n++)
		get_paper(r, &f, n);
	for (int n = 1; n <= fields_group(&f, "fee"); n++)
		get_fee(r, &f, n);
	get_limit(r, &f);
	get_files(r, &f);
	return true;
}
