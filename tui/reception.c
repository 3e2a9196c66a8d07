/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/reception.h"

#include <string.h>

#include "core/base/say.h"
#include "core/store/seal.h"
#include "tui/reception_own.h"

void reception_start(struct reception *r, struct arena *arena, const struct catalogue *catalogue)
{
	*r = (struct reception){ .arena = arena, .catalogue = catalogue, .paid = "none",
		.summary = "", .note = "", .return_to = "", .result_by = "counter", .sets = 1,
		.channel = CHANNEL_COUNTER };
	r->deciding = r->returning = (struct agency){ "", "" };
	r->taken = (struct taken){ .agency = { "", "" }, .code = "", .at = MOMENT_NONE, .number = "", .filed_at = MOMENT_NONE };
	r->owner = person_new(PERSON_CITIZEN);
	r->submitter = person_new(PERSON_CITIZEN);
	r->mandate = (struct mandate){ .kind = "", .number = "", .note = "", .date = DAY_NONE };
	r->limit.source = LIMIT_OPEN;
	r->limit.basis = "";
	r->linked = "";
	seal_uuid(r->request_id);
}

moment_t reception_moment(const struct reception *r, moment_t now)
{
	return r->later.code ? r->later.at : r->taken.filed_at != MOMENT_NONE ? r->taken.filed_at : now;
}

void reception_end(struct reception *r)
{
	arena_free(&r->worked);
}

static struct checklist_ask papers_of(const struct reception *r, day_t day)
{
	return (struct checklist_ask){ r->procedure, r->case_id, r->channel, r->represented,
		strcmp(r->mandate.kind, MANDATE_KIN) == 0, day };
}

static day_t day_of_reception(const struct reception *r)
{
	return moment_day(reception_moment(r, r->computed_at ? r->computed_at : moment_now()));
}

/* The catalogue's limit counts only when an officer has confirmed it. */
static void take_limit(struct reception *r)
{
	const struct limit *limit =
		catalogue_limit(r->procedure, r->case_id, r->channel, day_of_reception(r));
	if (r->limit.source == LIMIT_ASKED || r->limit.source == LIMIT_DECLARED_NONE)
		return;
	r->limit.source = LIMIT_OPEN;
	r->limit.basis = "";
	if (!limit || !limit->confirmed)
		return;
	r->limit.source = LIMIT_FROM_CATALOGUE;
	r->limit.value = limit->value;
	r->limit.unit = limit->unit;
	r->limit.basis = limit->basis;
}

void reception_choose(struct reception *r, const struct procedure *procedure, int64_t case_id,
                      enum channel channel)
{
	r->procedure = procedure;
	r->case_id = case_id;
	r->channel = channel;
	r->limit.source = LIMIT_OPEN;
	r->attachment_count = 0;
	r->computed = false;
	struct checklist_ask ask = papers_of(r, day_of_reception(r));
	checklist_new(r->arena, &ask, &r->checklist);
	r->fees = fee_list_new(r->arena, procedure, case_id, channel, ask.day);
	take_limit(r);
}

void reception_change(struct reception *r)
{
	if (!r->procedure)
		return;
	struct checklist_ask ask = papers_of(r, day_of_reception(r));
	checklist_change(r->arena, &ask, &r->checklist);
	r->fees = fee_list_new(r->arena, r->procedure, r->case_id, r->channel, ask.day);
	r->limit.source = LIMIT_OPEN;
	r->computed = false;
	take_limit(r);
}

bool reception_ask_limit(struct reception *r, double value, enum limit_unit unit, const char *basis,
                         struct error *err)
{
	if (!*basis)
		return fail(err, FAULT_INPUT, "%s", _("Thời hạn phải có căn cứ (văn bản nào quy định)."));
	if (unit != LIMIT_SAME_DAY && (value <= 0 || value > 3650))
		return fail(err, FAULT_INPUT, "%s", _("Thời hạn phải lớn hơn 0 và không quá mười năm."));
	r->limit.source = LIMIT_ASKED;
	r->limit.value = value;
	r->limit.unit = unit;
	r->limit.basis = arena_string(r->arena, basis);
	r->computed = false;
	return true;
}

void reception_no_limit(struct reception *r, const char *basis)
{
	r->limit.source = LIMIT_DECLARED_NONE;
	r->limit.unit = LIMIT_NONE;
	r->limit.value = 0;
	r->limit.basis = arena_string(r->arena, basis);
	r->computed = false;
}

/* Who decides, as rules name it: by code, else by name; "": this unit. */
static const char *decider(const struct reception *r)
{
	if (*r->deciding.name)
		return *r->deciding.code ? r->deciding.code : r->deciding.name;
	return r->procedure->deciding_unit;
}

bool reception_compute(struct reception *r, const char *level, moment_t now, struct error *err)
{
	if (!r->procedure)
		return true;
	arena_free(&r->worked);
	r->computed = false;
	r->computed_at = now;
	r->due = (struct deadline){ .due = MOMENT_NONE };
	struct lines came = reception_came(r);
	struct route_ask ask = { r->procedure, level, r->case_id, decider(r), moment_day(now) };
	if (!route_choose(&r->worked, r->catalogue, &ask, &r->route, err))
		return false;
	if (r->limit.source != LIMIT_OPEN && r->limit.source != LIMIT_DECLARED_NONE) {
		const struct catalogue *c = r->catalogue;
		bool elsewhere = *decider(r) != '\0';
		bool good = elsewhere ? deadline_count_elsewhere(&r->worked, &c->calendar, &c->rule, now,
		                                                 r->limit.value, r->limit.unit, &r->due, err)
		                      : deadline_count(&r->worked, &c->calendar, &c->rule, now,
		                                       r->limit.value, r->limit.unit, &r->due, err);
		if (!good)
			return false;
		for (size_t i = 0; came.count && i < r->due.lines.count; i++)
			lines_add(&came, &r->worked, "%s", r->due.lines.items[i]);
		if (came.count)
			r->due.lines = came;
	}
	r->computed = true;
	return true;
}

/* Papers are matched by component and by position: a reload must not lose what
 * the clerk has done with them. */
bool reception_follow(struct reception *r, const struct catalogue *catalogue)
{
	struct bytes text = { 0 };
	const struct procedure *old = r->procedure;
	struct attachment *files = r->attachments;
	size_t count = r->attachment_count;
	reception_write(r, &text);
	r->catalogue = catalogue;
	if (old) {
		r->attachments = NULL;
		r->attachment_count = r->attachment_room = 0;
		reception_read(r, bytes_string(&text), text.size, NULL);
	}
	/* A file still on its way is in no draft, but it will arrive. */
	for (size_t i = 0; old && r->procedure && i < count; i++)
		if (!files[i].file_id)
			reception_attach(r, files[i].paper, files[i].name);
	bytes_free(&text);
	return !old || r->procedure;
}

void reception_attach(struct reception *r, const char *paper, const char *name)
{
	r->attachments = arena_grow(r->arena, r->attachments, sizeof *r->attachments, r->attachment_count,
	                            &r->attachment_room);
	r->attachments[r->attachment_count++] = (struct attachment){ .paper = paper, .name = name, .found = "" };
}

void reception_reuse(struct reception *r, const char *paper, int64_t file_id, const char *name)
{
	for (size_t i = 0; i < r->attachment_count; i++)
		if (r->attachments[i].file_id == file_id && strcmp(r->attachments[i].paper, paper) == 0)
			return;
	reception_attach(r, paper, name);
	r->attachments[r->attachment_count - 1].file_id = file_id;
	r->attachments[r->attachment_count - 1].reused = true;
}

static void add_gap(struct gaps *gaps, struct arena *arena, enum gap_kind kind, int row,
                    const char *say_text)
{
	gaps->items = arena_grow(arena, gaps->items, sizeof *gaps->items, gaps->count, &gaps->room);
	gaps->items[gaps->count++] = (struct gap){ kind, row, say_text };
}

static void person_gaps(struct gaps *gaps, struct arena *arena, enum gap_kind kind,
                        const struct person *person)
{
	bool owner = kind == GAP_OWNER;
	if (!*person->name)
		add_gap(gaps, arena, kind, -1, owner ? _("Chưa có tên chủ hồ sơ.") : _("Chưa có tên người nộp."));
	else if (!*person->id_number)
		add_gap(gaps, arena, kind, -1,
		        owner ? _("Chưa có số định danh của chủ hồ sơ.") : _("Chưa có số định danh của người nộp."));
}

static void fee_gaps(struct gaps *gaps, struct arena *arena, const struct reception *r)
{
	for (size_t i = 0; i < r->fees.count; i++) {
		enum fee_state state = fee_state(&r->fees.items[i]);
		if (state == FEE_UNCONFIRMED || state == FEE_MISSING)
			add_gap(gaps, arena, GAP_FEE, (int)i,
			        arena_format(arena, _("%s: chưa ai xác nhận mức thu. F5 nhập mức và căn cứ."),
			                     r->fees.items[i].name));
	}
}

static void paper_gaps(struct gaps *gaps, struct arena *arena, const struct reception *r)
{
	struct lines missing = checklist_missing(arena, &r->checklist);
	size_t row = 0;
	for (size_t i = 0; i < missing.count; i++, row++) {
		while (row < r->checklist.count && !paper_missing(&r->checklist.papers[row]))
			row++;
		add_gap(gaps, arena, GAP_PAPERS, row < r->checklist.count ? (int)row : -1,
		        missing.items[i]);
	}
	for (size_t i = 0; i < r->attachment_count; i++)
		if (!r->attachments[i].file_id)
			add_gap(gaps, arena, GAP_PAPERS, -1,
			        arena_format(arena, _("Tệp “%s” còn đang được cất."), r->attachments[i].name));
}

struct gaps reception_gaps(struct reception *r, struct arena *arena)
{
	struct gaps gaps = { 0 };
	person_gaps(&gaps, arena, GAP_OWNER, &r->owner);
	if (r->represented) {
		person_gaps(&gaps, arena, GAP_SUBMITTER, &r->submitter);
		if (!*r->mandate.kind)
			add_gap(&gaps, arena, GAP_SUBMITTER, -1,
			        _("Người nộp không phải chủ hồ sơ: cần giấy uỷ quyền hoặc ghi rõ quan hệ."));
	}
	if (!r->procedure) {
		add_gap(&gaps, arena, GAP_PROCEDURE, -1, _("Chưa chọn thủ tục."));
		return gaps;
	}
	if (r->procedure->case_count && !r->case_id)
		add_gap(&gaps, arena, GAP_PROCEDURE, -1, _("Chưa chọn trường hợp của thủ tục."));
	if (r->limit.source == LIMIT_OPEN)
		add_gap(&gaps, arena, GAP_LIMIT, -1,
		        _("Thời hạn chưa ai xác nhận: nhập thời hạn và căn cứ, hoặc chọn không quy định."));
	fee_gaps(&gaps, arena, r);
	paper_gaps(&gaps, arena, r);
	return gaps;
}

bool gaps_only_papers(const struct gaps *gaps)
{
	for (size_t i = 0; i < gaps->count; i++)
		if (gaps->items[i].kind != GAP_PAPERS)
			return false;
	return gaps->count > 0;
}
