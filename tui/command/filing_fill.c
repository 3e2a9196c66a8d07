/* SPDX-License-Identifier: Apache-2.0
 *
 * What the file says, done to the reception with the same acts that the screen
 * uses: none of them lets through what a clerk may not do. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/command/filing.h"

/* One object of the file and where it stands. */
struct part {
	struct arena *arena;
	const json_t *object;
	const char *path;
};

static const json_t *get(const struct part *part, const char *key)
{
	const json_t *value = json_object_get(part->object, key);
	return json_is_null(value) ? NULL : value;
}

/* NFC, without control characters; "" when absent. */
static const char *text(const struct part *part, const char *key)
{
	const json_t *value = get(part, key);
	return value && json_is_string(value)
	               ? text_mend(part->arena, json_string_value(value), json_string_length(value))
	               : "";
}

static long number(const struct part *part, const char *key, long fallback)
{
	const json_t *value = get(part, key);
	return value && json_is_integer(value) ? (long)json_integer_value(value) : fallback;
}

static day_t day(const struct part *part, const char *key)
{
	return day_read_iso(text(part, key));
}

static bool refuse(const struct part *part, const char *key, struct error *err)
{
	struct error why = *err;
	const char *at = *part->path ? arena_format(part->arena, "%s.%s", part->path, key) : key;
	fail(err, FAULT_INPUT, "%s: %s", at, why.say);
	return because(err, "%s", *why.log ? why.log : at);
}

/* One of count words, or absent: fallback. */
static bool word(const struct part *part, const char *key, const char *(*stored)(int), int count,
                 int fallback, int *out, struct error *err)
{
	const char *given = text(part, key);
	struct bytes all = { 0 };
	*out = fallback;
	if (!*given)
		return true;
	for (int i = 0; i < count; i++) {
		if (strcmp(stored(i), given) == 0) {
			*out = i;
			bytes_free(&all);
			return true;
		}
		bytes_format(&all, "%s%s", all.size ? ", " : "", stored(i));
	}
	fail(err, FAULT_INPUT, _("“%s” không hiểu được; chọn một trong: %s."), given, bytes_string(&all));
	bytes_free(&all);
	return refuse(part, key, err);
}

/* Words of the domain, by number. */
#define WORDS(name, stored, type)       \
	static const char *name(int i)  \
	{                               \
		return stored((type)i); \
	}
WORDS(at_kind, person_kind_stored, enum person_kind)
WORDS(at_id, id_kind_stored, enum id_kind)
WORDS(at_action, paper_action_stored, enum paper_action)
WORDS(at_state, paper_state_stored, enum paper_state)
#undef WORDS

static const char *at_sex(int i)
{
	return i ? "nữ" : "nam";
}

static const char *at_channel(int i)
{
	static const char *const words[] = { "counter", "online", "post" };
	return words[i];
}

static const char *at_result(int i)
{
	static const char *const words[] = { "counter", "post", "online" };
	return words[i];
}

static const char *at_paid(int i)
{
	static const char *const words[] = { "none", "cash", "transfer", "later" };
	return words[i];
}

static struct part inner(const struct part *part, const char *key)
{
	return (struct part){ part->arena, get(part, key), key };
}

static struct part item(const struct part *part, const char *key, size_t i)
{
	return (struct part){ part->arena, json_array_get(get(part, key), i),
		arena_format(part->arena, "%s[%zu]", key, i + 1) };
}

/* ---- persons ---- */

static bool fill_person(const struct part *part, struct person *out, struct error *err)
{
	int kind, id, sex;
	if (!word(part, "kind", at_kind, 2, PERSON_CITIZEN, &kind, err))
		return false;
	enum id_kind usual = kind == PERSON_ORGANISATION ? ID_TAX : ID_CCCD;
	if (!word(part, "id_kind", at_id, ID_KIND_COUNT, (int)usual, &id, err) ||
	    !word(part, "sex", at_sex, 2, -1, &sex, err))
		return false;
	*out = person_new((enum person_kind)kind);
	out->id_kind = (enum id_kind)id;
	out->sex = sex < 0 ? "" : at_sex(sex);
	out->birth = day(part, "birth");
#define TEXT(member) out->member = text(part, #member)
	TEXT(name);
	TEXT(id_number);
	TEXT(phone);
	TEXT(email);
	TEXT(address);
	TEXT(commune);
	TEXT(province);
	TEXT(representative);
#undef TEXT
	return true;
}

static bool fill_persons(const struct part *root, struct reception *r, struct error *err)
{
	struct part owner = inner(root, "owner"), submitter = inner(root, "submitter");
	struct part mandate = inner(root, "mandate");
	r->represented = submitter.object != NULL;
	r->mandate = (struct mandate){ text(&mandate, "kind"), text(&mandate, "number"),
		text(&mandate, "note"), day(&mandate, "date") };
	return fill_person(&owner, &r->owner, err) && fill_person(&submitter, &r->submitter, err);
}

/* ---- procedure, case, channel ---- */

static bool find_case(const struct part *root, const struct procedure *p, int64_t *out,
                      struct error *err)
{
	const char *name = text(root, "case");
	long seq = number(root, "case", 0);
	*out = 0;
	if (!get(root, "case"))
		return true;
	for (size_t i = 0; i < p->case_count; i++) {
		if (*name ? strcmp(p->cases[i].name, name) != 0 : p->cases[i].seq != seq)
			continue;
		*out = p->cases[i].case_id;
		return true;
	}
	fail(err, FAULT_INPUT, _("thủ tục %s không có trường hợp này."), p->code);
	return refuse(root, "case", err);
}

static bool choose(const struct part *root, struct reception *r, moment_t now, struct error *err)
{
	const char *given = text(root, "procedure");
	const struct procedure *p = *given ? catalogue_procedure(r->catalogue, given) : NULL;
	int channel;
	int64_t case_id;
	if (!*given)
		return true; /* a gap, told with the others */
	if (!p)
		p = catalogue_short(r->catalogue, given);
	if (!p || !p->offered || !procedure_in_force(p, moment_day(now))) {
		fail(err, FAULT_INPUT, _("đơn vị không tiếp nhận thủ tục “%s”."), given);
		return refuse(root, "procedure", err);
	}
	if (!word(root, "channel", at_channel, 3, 0, &channel, err) || !find_case(root, p, &case_id, err))
		return false;
	reception_choose(r, p, case_id, (enum channel)(channel + CHANNEL_COUNTER));
	return true;
}

/* ---- papers ---- */

/* By its place on the list, its name, or the beginning of it when no other paper
 * begins alike. */
static struct paper *find_paper(const struct part *part, struct checklist *list)
{
	long seq = number(part, "seq", 0);
	const char *name = text(part, "name");
	struct paper *found = NULL;
	int alike = 0;
	for (size_t i = 0; i < list->count; i++) {
		struct paper *paper = &list->papers[i];
		if (seq ? paper->seq == seq : strcmp(paper->name, name) == 0)
			return paper;
		if (!seq && *name && strncmp(paper->name, name, strlen(name)) == 0) {
			found = paper;
			alike++;
		}
	}
	return alike == 1 ? found : NULL;
}

static bool get_paper(const struct part *part, struct reception *r, enum paper_action action,
                      struct paper **out, struct error *err)
{
	*out = find_paper(part, &r->checklist);
	if (*out)
		return true;
	if (get(part, "seq")) {
		fail(err, FAULT_INPUT, _("danh sách của thủ tục chỉ có %d giấy tờ."), (int)r->checklist.count);
		return refuse(part, "seq", err);
	}
	return checklist_add(r->arena, &r->checklist, text(part, "name"), text(part, "basis"), action,
	                     out, err) ||
	       refuse(part, *text(part, "name") ? "basis" : "name", err);
}

static bool settle_paper(const struct part *part, struct paper *paper, enum paper_action action,
                         enum paper_state state, struct error *err)
{
	const char *reason = text(part, "reason"), *failed = text(part, "lookup_failed");
	moment_t at = moment_read_iso(text(part, "lookup_at"));
	if (*failed && !paper_lookup_failed(paper, failed, at, err))
		return refuse(part, "lookup_failed", err);
	switch (state) {
	case PAPER_OPEN: return true;
	case PAPER_FAILED: return paper_fail(paper, reason, err) || refuse(part, "reason", err);
	case PAPER_NOT_NEEDED: return paper_not_needed(paper, reason, err) || refuse(part, "reason", err);
	default: break;
	}
	if (action == ACTION_LOOKUP)
		return paper_looked_up(paper, text(part, "lookup_where"), at, err) ||
		       refuse(part, *text(part, "lookup_where") ? "lookup_at" : "lookup_where", err);
	int originals = (int)number(part, "originals", paper->originals);
	int copies = (int)number(part, "copies", paper->copies);
	return paper_ok(paper, action, originals, copies, err) || refuse(part, "originals", err);
}

static void add_files(struct filing *filing, const struct part *part, const struct paper *paper)
{
	const json_t *files = get(part, "files");
	for (size_t i = 0; i < json_array_size(files); i++) {
		filing->files = arena_grow(filing->arena, filing->files, sizeof *filing->files,
		                           filing->file_count, &filing->file_room);
		filing->files[filing->file_count++] = (struct filed_file){ paper->name,
			arena_string(filing->arena, json_string_value(json_array_get(files, i))) };
	}
}

static bool fill_paper(struct filing *filing, const struct part *part, struct reception *r,
                       struct error *err)
{
	struct paper *paper = find_paper(part, &r->checklist);
	int action, state, usual = paper ? (int)paper->action : ACTION_SUBMIT;
	if (!word(part, "action", at_action, PAPER_ACTION_COUNT, usual, &action, err) ||
	    !word(part, "state", at_state, PAPER_STATE_COUNT, PAPER_OK, &state, err) ||
	    !get_paper(part, r, (enum paper_action)action, &paper, err))
		return false;
	if (get(part, "required") &&
	    !paper_require(paper, json_is_true(get(part, "required")), err))
		return refuse(part, "required", err);
	if (!settle_paper(part, paper, (enum paper_action)action, (enum paper_state)state, err))
		return false;
	paper->pages = (int)number(part, "pages", paper->pages);
	add_files(filing, part, paper);
	return true;
}

/* ---- money ---- */

static struct fee_line *find_fee(const struct part *part, struct fee_list *fees)
{
	const char *name = text(part, "name");
	if (!*name && fees->count == 1)
		return &fees->items[0];
	for (size_t i = 0; i < fees->count; i++)
		if (strcmp(fees->items[i].name, name) == 0)
			return &fees->items[i];
	return NULL;
}

static bool exempt(const struct part *part, struct fee_line *line, struct error *err)
{
	const char *given = text(part, "exempt");
	enum fee_exemption which = FEE_EXEMPT_OTHER;
	for (int i = 1; i < FEE_EXEMPT_OTHER; i++)
		if (strcmp(fee_exemption_stored((enum fee_exemption)i), given) == 0)
			which = (enum fee_exemption)i;
	return fee_exempt(line, which, given, err) || refuse(part, "exempt", err);
}

static bool fill_fee(const struct part *part, struct reception *r, struct error *err)
{
	struct fee_line *line = find_fee(part, &r->fees);
	const json_t *amount = get(part, "amount");
	if (!line) {
		fail(err, FAULT_INPUT, "%s", _("thủ tục không có khoản thu này."));
		return refuse(part, "name", err);
	}
	if (amount && !(line->confirmed && line->amount == json_integer_value(amount)) &&
	    !fee_confirm(line, json_integer_value(amount), text(part, "basis"), err))
		return refuse(part, "basis", err);
	if (get(part, "quantity") && !fee_count(line, (int)number(part, "quantity", 1), err))
		return refuse(part, "quantity", err);
	return !*text(part, "exempt") || exempt(part, line, err);
}

static bool fill_limit(const struct part *root, struct reception *r, struct error *err)
{
	struct part limit = inner(root, "limit");
	const char *stored = text(&limit, "unit");
	enum limit_unit unit;
	if (!limit.object)
		return true;
	if (!limit_unit_read(stored, &unit)) {
		fail(err, FAULT_INPUT, _("“%s” không phải đơn vị thời hạn."), stored);
		return refuse(&limit, "unit", err);
	}
	if (unit == LIMIT_NONE) {
		reception_no_limit(r, text(&limit, "basis"));
		return true;
	}
	const json_t *value = get(&limit, "value");
	return reception_ask_limit(r, value ? json_number_value(value) : 0, unit, text(&limit, "basis"), err) ||
	       refuse(&limit, *text(&limit, "basis") ? "value" : "basis", err);
}

/* ---- the whole ---- */

static bool fill_rest(const struct part *root, struct reception *r, struct error *err)
{
	int result, paid;
	const char *id = text(root, "request_id");
	for (int i = 0; i < 36 && *id; i++)
		r->request_id[i] = (char)tolower((unsigned char)id[i]);
	r->summary = text(root, "summary");
	r->note = text(root, "note");
	r->return_to = text(root, "return_to");
	struct part deciding = inner(root, "deciding_unit"), returning = inner(root, "returning_unit");
	r->deciding = (struct agency){ text(&deciding, "code"), text(&deciding, "name") };
	r->returning = (struct agency){ text(&returning, "code"), text(&returning, "name") };
	r->sets = (int)number(root, "sets", 1);
	r->ignore_similar = json_is_true(get(root, "ignore_similar"));
	if (!word(root, "result_by", at_result, 3, 0, &result, err) ||
	    !word(root, "paid", at_paid, 4, 0, &paid, err))
		return false;
	r->result_by = at_result(result);
	r->paid = at_paid(paid);
	return true;
}

bool filing_fill(struct filing *filing, struct reception *r, moment_t now, struct error *err)
{
	struct part root = { filing->arena, filing->root, "" };
	filing->file_count = 0;
	r->computed_at = now;
	if (!fill_rest(&root, r, err) || !fill_persons(&root, r, err) || !choose(&root, r, now, err))
		return false;
	if (!r->procedure)
		return true;
	for (size_t i = 0; i < json_array_size(get(&root, "components")); i++) {
		struct part part = item(&root, "components", i);
		if (!fill_paper(filing, &part, r, err))
			return false;
	}
	for (size_t i = 0; i < json_array_size(get(&root, "fees")); i++) {
		struct part part = item(&root, "fees", i);
		if (!fill_fee(&part, r, err))
			return false;
	}
	return fill_limit(&root, r, err);
}
