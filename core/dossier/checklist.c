/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/checklist.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"

const char *paper_state_stored(enum paper_state state)
{
	static const char *const names[] = {
#define X(name, stored, label) stored,
		PAPER_STATES(X)
#undef X
	};
	return state < PAPER_STATE_COUNT ? names[state] : "";
}

const char *paper_state_name(enum paper_state state)
{
	static const char *const names[] = {
#define X(name, stored, label) label,
		PAPER_STATES(X)
#undef X
	};
	return state < PAPER_STATE_COUNT ? _(names[state]) : "";
}

static bool in_force(const struct replacement *rule, day_t day)
{
	return (rule->valid_from == DAY_NONE || day >= rule->valid_from) &&
	       (rule->valid_to == DAY_NONE || day < rule->valid_to);
}

/* The rule in force that names this paper: its words begin the component's, or
 * stand in it where the catalogue says the component is reusable. */
static const struct replacement *replacement_of(struct arena *arena,
                                                const struct checklist_ask *ask,
                                                const struct component *component)
{
	const char *name = text_fold_new(arena, component->name);
	for (size_t i = 0; i < ask->procedure->replacement_count; i++) {
		const struct replacement *rule = &ask->procedure->replacements[i];
		if (!*rule->paper || !in_force(rule, ask->day))
			continue;
		const char *paper = text_fold_new(arena, rule->paper);
		const char *found = strstr(name, paper);
		if (found && (found == name || component->reusable))
			return rule;
	}
	return NULL;
}

/* A component that owes its flag to a resolution which no longer names any paper
 * of the procedure is asked again. */
static bool reusable_now(const struct checklist_ask *ask, const struct component *component)
{
	if (!component->reusable)
		return false;
	if (strncmp(component->reusable_basis, "NQ 66.7", 7) != 0)
		return true;
	for (size_t i = 0; i < ask->procedure->replacement_count; i++)
		if (in_force(&ask->procedure->replacements[i], ask->day))
			return true;
	return false;
}

/* "Văn bản ủy quyền …".  Rows that begin otherwise are one of several ways to be
 * empowered (post, organisation …): which one, the clerk sees. */
static bool is_mandate(struct arena *arena, const struct component *component)
{
	const char *name = text_fold_new(arena, component->name);
	return component->when_represented &&
	       (!strncmp(name, "van ban uy quyen", 16) || !strncmp(name, "giay uy quyen", 13));
}

static bool must_have(struct arena *arena, const struct checklist_ask *ask,
                      const struct component *component)
{
	if (is_mandate(arena, component))
		return ask->represented && !ask->kin;
	return component->requirement == REQUIREMENT_REQUIRED ||
	       (component->requirement == REQUIREMENT_IN_CASE && component->case_id);
}

static struct paper paper_of(struct arena *arena, const struct checklist_ask *ask,
                             const struct component *component)
{
	struct paper paper = {
		.component = component,
		.name = component->name,
		.originals = component->originals,
		.copies = component->copies,
		.reason = "",
		.basis = "",
		.lookup_at = MOMENT_NONE,
		.lookup_where = "",
		.lookup_fault = "",
	};
	paper.replaced = replacement_of(arena, ask, component);
	paper.lookup_first = paper.replaced || reusable_now(ask, component);
	paper.required = paper.by_rule = must_have(arena, ask, component);
	paper.action = paper.lookup_first                      ? ACTION_LOOKUP
	               : component->section == SECTION_SHOW ? ACTION_SHOW
	                                                       : ACTION_SUBMIT;
	return paper;
}

static struct paper *append(struct arena *arena, struct checklist *list, struct paper paper)
{
	list->papers = arena_grow(arena, list->papers, sizeof(*list->papers), list->count,
	                          &list->room);
	paper.seq = (int)list->count + 1;
	list->papers[list->count] = paper;
	return &list->papers[list->count++];
}

void checklist_new(struct arena *arena, const struct checklist_ask *ask, struct checklist *out)
{
	*out = (struct checklist){ 0 };
	for (size_t i = 0; i < ask->procedure->component_count; i++) {
		const struct component *component = &ask->procedure->components[i];
		if (!component_applies(component, ask->case_id, ask->channel, ask->represented,
		                       ask->day))
			continue;
		if (component_is_paper(component))
			append(arena, out, paper_of(arena, ask, component));
		else
			lines_add(&out->help, arena, "%s", component->name);
	}
}

/* A reload may have moved the rows: by id, or by name where there is none. */
static bool same_component(const struct component *a, const struct component *b)
{
	if (a == b)
		return true;
	if (!a || !b || a->component_id != b->component_id)
		return false;
	return a->component_id || (!strcmp(a->name, b->name) && a->seq == b->seq);
}

/* What was done is kept; what is asked follows the new situation, except that a
 * paper the clerk asked for stays asked. */
static void carry_over(struct paper *to, const struct paper *from)
{
	struct paper kept = *from;
	kept.component = to->component;
	kept.replaced = to->replaced;
	kept.lookup_first = to->lookup_first;
	kept.name = to->name;
	kept.by_rule = to->by_rule;
	kept.required = to->required || (from->required && !from->by_rule);
	kept.seq = to->seq;
	*to = kept;
}

void checklist_change(struct arena *arena, const struct checklist_ask *ask, struct checklist *list)
{
	struct checklist old = *list;
	checklist_new(arena, ask, list);
	for (size_t i = 0; i < old.count; i++) {
		const struct paper *paper = &old.papers[i];
		if (!paper->component) {
			append(arena, list, *paper);
			continue;
		}
		for (size_t j = 0; j < list->count; j++)
			if (same_component(list->papers[j].component, paper->component))
				carry_over(&list->papers[j], paper);
	}
}

static bool blank(const char *text)
{
	return !text || !text[strspn(text, " ")];
}

bool paper_ok(struct paper *paper, enum paper_action action, int originals, int copies,
              struct error *err)
{
	if (action == ACTION_LOOKUP)
		return fail(err, FAULT_INPUT,
		            _("Giấy tờ khai thác từ CSDL phải ghi tra ở đâu, lúc nào."));
	if (originals < 0 || copies < 0 || originals > 999 || copies > 999)
		return fail(err, FAULT_INPUT, _("Số bản phải từ 0 đến 999."));
	if (action == ACTION_SUBMIT && !originals && !copies)
		return fail(err, FAULT_INPUT, _("Giấy tờ nộp phải có ít nhất một bản."));
	paper->action = action;
	paper->originals = originals;
	paper->copies = copies;
	paper->state = PAPER_OK;
	paper->reason = "";
	return true;
}

bool paper_fail(struct paper *paper, const char *what_is_wrong, struct error *err)
{
	if (blank(what_is_wrong))
		return fail(err, FAULT_INPUT, _("Ghi rõ giấy tờ chưa đạt ở điểm nào."));
	paper->state = PAPER_FAILED;
	paper->reason = what_is_wrong;
	return true;
}

bool paper_not_needed(struct paper *paper, const char *reason, struct error *err)
{
	if (paper->required && blank(reason))
		return fail(err, FAULT_INPUT, _("Giấy tờ bắt buộc: ghi lý do không cần nộp."));
	paper->state = PAPER_NOT_NEEDED;
	paper->reason = reason ? reason : "";
	return true;
}

void paper_reopen(struct paper *paper)
{
	paper->state = PAPER_OPEN;
	paper->reason = "";
	paper->lookup = LOOKUP_NOT_TRIED;
	paper->lookup_where = "";
	paper->lookup_fault = "";
	paper->lookup_at = MOMENT_NONE;
	paper->lookup_question = 0;
	if (paper->lookup_first)
		paper->action = ACTION_LOOKUP;
}

bool paper_require(struct paper *paper, bool required, struct error *err)
{
	enum requirement set = paper->component ? paper->component->requirement
	                                        : REQUIREMENT_OPTIONAL;
	if (!required && (paper->by_rule || set == REQUIREMENT_REQUIRED || set == REQUIREMENT_IN_CASE))
		return fail(err, FAULT_INPUT,
		            _("Giấy tờ này bắt buộc: nếu không cần, ghi lý do không cần nộp."));
	if (required && paper->lookup_first && paper->lookup == LOOKUP_DONE)
		return paper_may_ask(paper, err);
	paper->required = required;
	return true;
}

bool paper_looked_up(struct paper *paper, const char *where, moment_t at, struct error *err)
{
	if (blank(where))
		return fail(err, FAULT_INPUT, _("Ghi đã tra ở cơ sở dữ liệu nào."));
	if (at == MOMENT_NONE)
		return fail(err, FAULT_INPUT, _("Ghi thời điểm tra."));
	paper->action = ACTION_LOOKUP;
	paper->state = PAPER_OK;
	paper->originals = paper->copies = 0;
	paper->reason = "";
	paper->lookup = LOOKUP_DONE;
	paper->lookup_question = 0;
	paper->lookup_where = where;
	paper->lookup_at = at;
	paper->lookup_fault = "";
	return true;
}

bool paper_lookup_failed(struct paper *paper, const char *why, moment_t at, struct error *err)
{
	if (blank(why))
		return fail(err, FAULT_INPUT, _("Ghi vì sao không khai thác được dữ liệu."));
	paper->lookup = LOOKUP_FAILED;
	paper->lookup_question = 0;
	paper->lookup_fault = why;
	paper->lookup_at = at;
	paper->state = PAPER_OPEN;
	if (paper->component) {
		paper->originals = paper->component->originals;
		paper->copies = paper->component->copies;
	}
	paper->action = paper->component && paper->component->section == SECTION_SHOW
	                        ? ACTION_SHOW
	                        : ACTION_SUBMIT;
	return true;
}

bool checklist_add(struct arena *arena, struct checklist *list, const char *name,
                   const char *basis, enum paper_action action, struct paper **out,
                   struct error *err)
{
	if (blank(name))
		return fail(err, FAULT_INPUT, _("Ghi tên giấy tờ."));
	if (blank(basis))
		return fail(err, FAULT_INPUT,
		            _("Không yêu cầu giấy tờ ngoài quy định: ghi điều, khoản làm căn cứ."));
	struct paper paper = {
		.name = arena_string(arena, name),
		.basis = arena_string(arena, basis),
		.required = true,
		.action = action,
		.originals = action == ACTION_SUBMIT,
		.reason = "",
		.lookup_at = MOMENT_NONE,
		.lookup_where = "",
		.lookup_fault = "",
	};
	struct paper *added = append(arena, list, paper);
	if (out)
		*out = added;
	return true;
}

bool paper_may_ask(const struct paper *paper, struct error *err)
{
	const char *where = paper->replaced ? paper->replaced->database : "";
	if (!paper->lookup_first || paper->lookup == LOOKUP_FAILED)
		return true;
	if (paper->lookup == LOOKUP_DONE)
		return fail(err, FAULT_INPUT, _("Đã khai thác được từ %s: không yêu cầu nộp giấy."),
		            paper->lookup_where);
	if (*where)
		return fail(err, FAULT_INPUT,
		            _("Tra %s trước: chỉ yêu cầu giấy khi không khai thác được."), where);
	return fail(err, FAULT_INPUT,
	            _("Dữ liệu đã có trong CSDL: tra trước, chỉ yêu cầu giấy khi không khai thác "
	              "được."));
}

bool paper_missing(const struct paper *paper)
{
	return paper->required && paper->state != PAPER_OK && paper->state != PAPER_NOT_NEEDED;
}

static void missing_line(struct arena *arena, const struct paper *paper, struct lines *out)
{
	if (!paper_missing(paper))
		return;
	if (paper->state == PAPER_FAILED)
		lines_add(out, arena, _("Chưa đạt: %s — %s"), paper->name, paper->reason);
	else if (!paper_may_ask(paper, NULL))
		lines_add(out, arena, _("Chưa tra CSDL: %s%s%s"), paper->name,
		          paper->replaced ? " ← " : "",
		          paper->replaced ? paper->replaced->database : "");
	else
		lines_add(out, arena, _("Thiếu: %s"), paper->name);
}

struct lines checklist_missing(struct arena *arena, const struct checklist *list)
{
	struct lines out = { 0 };
	for (size_t i = 0; i < list->count; i++)
		missing_line(arena, &list->papers[i], &out);
	return out;
}

struct paper *checklist_named(const struct checklist *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->papers[i].name, name) == 0)
			return &list->papers[i];
	return NULL;
}

bool checklist_complete(const struct checklist *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct paper *paper = &list->papers[i];
		if (paper->required && paper->state != PAPER_OK && paper->state != PAPER_NOT_NEEDED)
			return false;
	}
	return true;
}

const char *paper_counts(struct arena *arena, const struct paper *paper)
{
	if (paper->action == ACTION_LOOKUP || (!paper->originals && !paper->copies))
		return paper->action == ACTION_SUBMIT ? "" : paper_action_name(paper->action);
	if (!paper->copies)
		return arena_format(arena, _("%d bản chính"), paper->originals);
	if (!paper->originals)
		return arena_format(arena, _("%d bản sao"), paper->copies);
	return arena_format(arena, _("%d bản chính, %d bản sao"), paper->originals, paper->copies);
}

int checklist_unlooked(const struct checklist *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct paper *paper = &list->papers[i];
		if (paper_missing(paper) && paper->state != PAPER_FAILED && !paper_may_ask(paper, NULL))
			return (int)i;
	}
	return -1;
}
