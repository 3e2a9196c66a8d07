/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/guide.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/checklist.h"

struct work {
	struct arena *arena;
	const struct guide_ask *ask;
	struct guide *out;
};

static struct lines *open_section(struct work *w, const char *head)
{
	struct guide_section *section = &w->out->sections[w->out->count++];
	*section = (struct guide_section){ .head = head };
	return &section->lines;
}

/* A section that stayed empty says that the catalogue has nothing. */
static void close_section(struct work *w)
{
	struct guide_section *section = &w->out->sections[w->out->count - 1];
	if (section->lines.count)
		return;
	section->missing = true;
	lines_add(&section->lines, w->arena, "%s", _("Danh mục của đơn vị chưa có nội dung này."));
}

static bool has(const char *text)
{
	return text && *text;
}

static const char *chosen_case(const struct guide_ask *ask)
{
	for (size_t i = 0; i < ask->procedure->case_count; i++)
		if (ask->case_id && ask->procedure->cases[i].case_id == ask->case_id)
			return ask->procedure->cases[i].name;
	return "";
}

/* Papers and fees of any channel are those at the counter. */
static enum channel counted_channel(const struct guide_ask *ask)
{
	return ask->channel == CHANNEL_ANY ? CHANNEL_COUNTER : ask->channel;
}

static void put_name(struct work *w)
{
	const struct procedure *p = w->ask->procedure;
	struct lines *out = open_section(w, _("Thủ tục"));
	lines_add(out, w->arena, "%s %s", p->code, p->name);
	if (has(p->field) || has(p->ministry))
		lines_add(out, w->arena, _("Lĩnh vực: %s%s%s"), p->field, has(p->field) && has(p->ministry) ? " · " : "",
		          p->ministry);
	if (has(chosen_case(w->ask)))
		lines_add(out, w->arena, _("Trường hợp: %s"), chosen_case(w->ask));
	if (has(p->subjects))
		lines_add(out, w->arena, _("Đối tượng thực hiện: %s"), p->subjects);
}

static bool tells(const struct work *w, const struct component *c)
{
	const struct guide_ask *ask = w->ask;
	return component_applies(c, ask->case_id, counted_channel(ask), true, ask->day);
}

static void put_steps(struct work *w)
{
	const struct procedure *p = w->ask->procedure;
	struct lines *out = open_section(w, _("Trình tự thực hiện"));
	for (size_t i = 0; i < p->component_count; i++)
		if (p->components[i].section == SECTION_GUIDANCE && tells(w, &p->components[i]))
			lines_add(out, w->arena, "%s", p->components[i].name);
	close_section(w);
}

/* ---- papers ---- */

static void put_paper(struct work *w, struct lines *out, int number, const struct paper *paper)
{
	const struct component *c = paper->component;
	const char *counts = paper_counts(w->arena, paper);
	const char *text = arena_format(w->arena, "%d. %s", number, paper->name);
	if (has(counts))
		text = arena_format(w->arena, "%s (%s)", text, counts);
	if (has(c->condition))
		text = arena_format(w->arena, _("%s — khi: %s"), text, c->condition);
	if (has(c->form_number))
		text = arena_format(w->arena, _("%s — mẫu: %s"), text, c->form_number);
	if (paper->replaced)
		text = arena_format(w->arena, _("%s — cán bộ tra trước trong %s, chỉ nộp khi không tra được (%s)"), text,
		                    paper->replaced->database, paper->replaced->basis);
	lines_add(out, w->arena, "%s", text);
}

/* The papers of one case, or those every case asks. */
static int put_case(struct work *w, struct lines *out, int number, const struct procedure_case *only)
{
	const struct guide_ask *ask = w->ask;
	struct checklist list = { 0 };
	checklist_new(w->arena, &(struct checklist_ask){ .procedure = ask->procedure,
		.case_id = only ? only->case_id : ask->case_id,
		.channel = counted_channel(ask),
		.represented = ask->represented, .kin = ask->kin, .day = ask->day }, &list);
	bool said = false;
	for (size_t i = 0; i < list.count; i++) {
		if (!list.papers[i].component || (only && list.papers[i].component->case_id != only->case_id))
			continue;
		if (only && !said)
			lines_add(out, w->arena, _("Trường hợp: %s"), only->name);
		said = true;
		put_paper(w, out, number++, &list.papers[i]);
	}
	return number;
}

static void put_papers(struct work *w)
{
	const struct procedure *p = w->ask->procedure;
	struct lines *out = open_section(w, _("Thành phần hồ sơ"));
	int number = put_case(w, out, 1, NULL);
	for (size_t i = 0; !w->ask->case_id && i < p->case_count; i++)
		number = put_case(w, out, number, &p->cases[i]);
	close_section(w);
}

static void put_advice(struct work *w)
{
	const struct procedure *p = w->ask->procedure;
	struct lines *out = open_section(w, _("Lưu ý"));
	for (size_t i = 0; i < p->component_count; i++) {
		const struct component *c = &p->components[i];
		if (!component_is_paper(c) && c->section != SECTION_GUIDANCE && tells(w, c))
			lines_add(out, w->arena, "%s", c->name);
	}
	if (!out->count)
		w->out->count--; /* no advice is nothing missing */
}

/* ---- figures ---- */

static const char *source(struct arena *arena, const char *basis, const char *note)
{
	if (!has(basis) && !has(note))
		return _("danh mục không ghi nguồn");
	return arena_format(arena, "%s%s%s", basis, has(basis) && has(note) ? "; " : "", note);
}

static void put_limit(struct work *w, struct lines *out, enum channel channel)
{
	const struct limit *limit = catalogue_limit(w->ask->procedure, w->ask->case_id, channel, w->ask->day);
	if (!limit)
		return;
	const char *figure = limit_text(w->arena, limit->value, limit->unit);
	lines_add(out, w->arena, limit->confirmed ? _("%s: %s (%s)") : _("%s: chưa xác nhận; công bố: %s (%s)"),
	          channel_name(channel), figure, source(w->arena, limit->basis, limit->note));
}

static void put_limits(struct work *w)
{
	struct lines *out = open_section(w, _("Thời hạn giải quyết"));
	for (int channel = CHANNEL_COUNTER; channel <= CHANNEL_POST; channel++)
		if (w->ask->channel == CHANNEL_ANY || (int)w->ask->channel == channel)
			put_limit(w, out, (enum channel)channel);
	close_section(w);
}

static const char *amount_of(struct arena *arena, const struct fee_line *line)
{
	const char *per = line->fee && has(line->fee->per) ? line->fee->per : "";
	if (line->amount == 0)
		return _("không thu");
	return arena_format(arena, "%s đ%s%s", text_money(arena, line->amount), *per ? "/" : "", per);
}

static void put_fee(struct work *w, struct lines *out, const struct fee_line *line)
{
	const struct fee *fee = line->fee;
	const char *published = fee ? fee->published : "";
	if (line->confirmed && line->amount != FEE_UNKNOWN)
		lines_add(out, w->arena, _("%s: %s (%s)"), line->name, amount_of(w->arena, line),
		          source(w->arena, line->basis, ""));
	else if (line->amount == FEE_UNKNOWN)
		lines_add(out, w->arena, _("%s: chưa xác nhận (%s)"), line->name, source(w->arena, published, ""));
	else
		lines_add(out, w->arena, _("%s: chưa xác nhận; công bố: %s (%s)"), line->name, amount_of(w->arena, line),
		          source(w->arena, line->basis, published));
}

static void put_fees(struct work *w)
{
	const struct guide_ask *ask = w->ask;
	struct fee_list fees = fee_list_new(w->arena, ask->procedure, ask->case_id, counted_channel(ask), ask->day);
	struct lines *out = open_section(w, _("Phí, lệ phí"));
	for (size_t i = 0; i < fees.count; i++)
		put_fee(w, out, &fees.items[i]);
	close_section(w);
}

/* ---- the rest ---- */

static void put_result(struct work *w)
{
	struct lines *out = open_section(w, _("Kết quả"));
	if (has(w->ask->procedure->result_name))
		lines_add(out, w->arena, "%s", w->ask->procedure->result_name);
	close_section(w);
}

static void put_place(struct work *w)
{
	const struct guide_ask *ask = w->ask;
	const struct procedure *p = ask->procedure;
	struct lines *out = open_section(w, _("Nơi nộp"));
	if (p->offered && has(ask->office))
		lines_add(out, w->arena, "%s%s%s", ask->office, has(ask->phone) ? _(", điện thoại ") : "",
		          has(ask->phone) ? ask->phone : "");
	if (!p->offered)
		lines_add(out, w->arena, "%s", _("Đơn vị này không tiếp nhận thủ tục này."));
	if (has(p->online_level))
		lines_add(out, w->arena, _("Trực tuyến trên Cổng Dịch vụ công quốc gia: %s"), p->online_level);
	if (has(p->level))
		lines_add(out, w->arena, _("Cấp giải quyết: %s"), p->level);
	close_section(w);
}

static void add_basis(struct work *w, struct lines *out, const char *basis)
{
	for (size_t i = 0; i < out->count; i++)
		if (strcmp(out->items[i], basis) == 0)
			return;
	if (has(basis))
		lines_add(out, w->arena, "%s", basis);
}

static void put_basis(struct work *w)
{
	const struct procedure *p = w->ask->procedure;
	struct lines *out = open_section(w, _("Căn cứ"));
	if (has(p->decision))
		lines_add(out, w->arena, _("Quyết định công bố: %s"), p->decision);
	for (size_t i = 0; i < p->limit_count; i++)
		if (p->limits[i].confirmed)
			add_basis(w, out, p->limits[i].basis);
	for (size_t i = 0; i < p->fee_count; i++)
		if (p->fees[i].confirmed)
			add_basis(w, out, p->fees[i].basis);
	close_section(w);
}

static void put_source(struct work *w)
{
	const struct guide_ask *ask = w->ask;
	const struct procedure *p = ask->procedure;
	char day[16], today[16];
	struct lines *out = open_section(w, _("Nguồn"));
	day_write(ask->day, today, sizeof today);
	if (p->valid_from == DAY_NONE)
		lines_add(out, w->arena, _("Danh mục thủ tục của đơn vị, bản %d, xem ngày %s"), ask->catalogue->version, today);
	else
		lines_add(out, w->arena, _("Danh mục thủ tục của đơn vị, bản %d, xem ngày %s; dòng thủ tục dùng từ %s"),
		          ask->catalogue->version, today, day_write(p->valid_from, day, sizeof day));
	if (!has(p->note))
		return;
	out = open_section(w, _("Ghi chú của danh mục (không in)"));
	lines_add(out, w->arena, "%s", p->note);
	w->out->sections[w->out->count - 1].inner = true;
}

void guide_make(struct arena *arena, const struct guide_ask *ask, struct guide *out)
{
	struct work w = { arena, ask, out };
	*out = (struct guide){ 0 };
	put_name(&w);
	put_papers(&w);
	put_limits(&w);
	put_fees(&w);
	put_steps(&w);
	put_result(&w);
	put_place(&w);
	put_advice(&w);
	put_basis(&w);
	put_source(&w);
}
