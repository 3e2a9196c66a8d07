/* SPDX-License-Identifier: Apache-2.0
 *
 * A form and the fields of one paper become a slip. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/vietqr.h"
#include "printers/form_filler.h"

/* More than any paper of an office; a template that wants more is refused. */
#define NODES_MOST 60000
#define TEXT_MOST  (1u << 20)
#define LOOKS_MOST 2000000

/* What the law leaves blank is dotted, to be filled in by hand. */
#define DOTS "……………………"

static int by_key(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void build_index(struct fill *f)
{
	const struct fields *fields = f->plan->fields;
	f->index = ARENA_MANY(f->arena, const char *, 2 * fields->count + 2);
	for (const struct field_line *line = fields->first; line; line = line->next) {
		f->index[2 * f->count] = line->key;
		f->index[2 * f->count++ + 1] = line->value;
	}
	if (f->plan->copy > 0) {
		f->index[2 * f->count] = "copy";
		f->index[2 * f->count++ + 1] = arena_format(f->arena, "%d", f->plan->copy);
	}
	qsort(f->index, (size_t)f->count, 2 * sizeof *f->index, by_key);
}

const char *fill_value(struct fill *f, const char *key)
{
	char whole[160];
	f->looks++;
	if (key[0] == '.') {
		snprintf(whole, sizeof whole, "%s.%d%s", f->group, f->number, key);
		key = whole;
	}
	const char **hit = bsearch(&key, f->index, (size_t)f->count, 2 * sizeof *f->index, by_key);
	return hit ? hit[1] : "";
}

bool fill_spent(const struct fill *f)
{
	return f->nodes > NODES_MOST || f->text > TEXT_MOST || f->looks > LOOKS_MOST;
}

static const char *filtered(struct fill *f, const char *filter, const char *value)
{
	const char *out = "";
	if (!filter || !value[0])
		return value;
	if (form_filter(f->arena, filter, value, &out))
		return out;
	for (const struct form_word *w = f->form->words; w; w = w->next)
		if (strcmp(w->table, filter) == 0 && strcmp(w->word, value) == 0)
			return w->text;
	return "";
}

static const char *piece_text(struct fill *f, const struct form_piece *piece, bool dotted)
{
	if (!piece->key)
		return piece->text;
	if (strcmp(piece->key, "#") == 0)
		return arena_format(f->arena, "%d", ++f->shown);
	const char *text = filtered(f, piece->filter, fill_value(f, piece->key));
	return !text[0] && dotted ? DOTS : text;
}

static struct slip_run *runs_of(struct fill *f, const struct form_node *node,
                                const struct form_piece *piece)
{
	struct slip_run *first = NULL, **end = &first;
	for (; piece; piece = piece->next) {
		const char *text = piece_text(f, piece, node->dotted);
		if (!text[0])
			continue;
		struct slip_run *run = ARENA_NEW(f->arena, struct slip_run);
		run->text = text;
		run->bold = node->bold || piece->bold;
		run->italic = node->italic;
		f->text += strlen(text);
		*end = run;
		end = &run->next;
	}
	return first;
}

static bool is_yes(const char *value)
{
	return value[0] && strcmp(value, "0") != 0;
}

static bool matches(struct fill *f, const struct form_test *test, const char *value)
{
	if (test->other)
		return strcmp(value, fill_value(f, test->other)) == 0;
	return test->word ? strcmp(value, test->word) == 0 : is_yes(value);
}

static bool any_matches(struct fill *f, const struct form_test *test)
{
	const char *dot = strchr(test->key, '.');
	const char *group = arena_copy(f->arena, test->key, (size_t)(dot - test->key));
	int count = fields_group(f->plan->fields, group);
	struct fill inner = *f;
	inner.group = group;
	bool found = false;
	for (inner.number = 1; inner.number <= count && !found && !fill_spent(&inner); inner.number++)
		found = matches(&inner, test, fill_value(&inner, dot));
	f->looks = inner.looks;
	return found;
}

/* The text of a transfer to the unit's account with the dossier's code, "" when a part
 * is missing or does not fit. */
static const char *transfer_of(struct fill *f)
{
	if (f->transfer)
		return f->transfer;
	const char *amount = fill_value(f, "transfer.amount");
	struct vietqr v = { .bin = fill_value(f, "bank.bin"), .account = fill_value(f, "bank.account"),
			    .amount = strtoll(amount, NULL, 10), .purpose = fill_value(f, "dossier.code") };
	if (v.amount <= 0 || !*v.purpose || !vietqr_write(f->arena, &v, &f->transfer, NULL))
		f->transfer = "";
	return f->transfer;
}

static bool holds(struct fill *f, const struct form_test *test)
{
	bool yes;
	if (test->wide)
		yes = !f->plan->narrow;
	else if (test->transfer)
		yes = *transfer_of(f);
	else if (strcmp(test->key, "qr") == 0)
		yes = f->plan->qr && f->plan->qr[0];
	else if (test->any)
		yes = any_matches(f, test);
	else
		yes = matches(f, test, fill_value(f, test->key));
	return yes != test->negate;
}

struct slip_node *fill_add(struct fill *f, struct slip_node ***end, enum slip_kind kind)
{
	struct slip_node *node = ARENA_NEW(f->arena, struct slip_node);
	node->kind = kind;
	node->size = SLIP_NORMAL;
	f->nodes++;
	**end = node;
	*end = &node->next;
	return node;
}

static void fill_block(struct fill *f, const struct form_node *node, struct slip_node ***end);

static void fill_text(struct fill *f, const struct form_node *node, struct slip_node ***end)
{
	struct slip_run *runs = runs_of(f, node, node->pieces);
	if (!runs)
		return;
	struct slip_node *out = fill_add(f, end, SLIP_TEXT);
	out->align = node->align;
	out->size = node->size;
	out->fit = node->fit;
	out->leader = node->leader;
	out->runs = runs;
}

static void fill_qr(struct fill *f, const struct form_node *node, struct slip_node ***end)
{
	struct bytes text = { 0 };
	for (const struct form_piece *p = node->pieces; p; p = p->next)
		bytes_text(&text, piece_text(f, p, false));
	if (node->transfer) {
		if (*transfer_of(f))
			fill_add(f, end, SLIP_QR)->qr = f->transfer;
		return;
	}
	const char *own = node->pieces ? arena_string(f->arena, bytes_string(&text)) : NULL;
	bytes_free(&text);
	if (own ? *own : f->plan->qr && f->plan->qr[0])
		fill_add(f, end, SLIP_QR)->qr = own;
}

/* Cells of one row; on a roll of paper "stack" puts them below each other. */
static void fill_row(struct fill *f, const struct form_node *node, const double *weights,
                     bool stacked, struct slip_node ***end)
{
	if (stacked) {
		for (const struct form_node *cell = node->first; cell; cell = cell->next)
			fill_block(f, cell->first, end);
		return;
	}
	struct slip_node *row = fill_add(f, end, SLIP_ROW);
	struct slip_node **cell_end = &row->first;
	double sum = 0;
	int i = 0;
	for (const struct form_node *cell = node->first; cell; cell = cell->next)
		sum += weights[i++];
	i = 0;
	for (const struct form_node *cell = node->first; cell; cell = cell->next) {
		struct slip_node *out = fill_add(f, &cell_end, SLIP_CELL);
		struct slip_node **inner = &out->first;
		out->amount = weights[i++] / sum;
		fill_block(f, cell->first, &inner);
	}
	if (node->kind == FORM_ROW) {
		row->grid = true;
		row->heading = node->heading;
		row->table = f->tables;
	}
}

static void fill_each(struct fill *f, const struct form_node *node, struct slip_node ***end)
{
	int count = fields_group(f->plan->fields, node->group);
	f->group = node->group;
	f->shown = 0;
	for (f->number = 1; f->number <= count && !fill_spent(f); f->number++)
		fill_block(f, node->first, end);
	f->group = NULL;
}

static void fill_table(struct fill *f, const struct form_node *node, struct slip_node ***end)
{
	f->tables++;
	f->weights = node->weights;
	fill_block(f, node->first, end);
	f->weights = NULL;
}

static void fill_keep(struct fill *f, const struct form_node *node, struct slip_node ***end)
{
	struct slip_node *keep = fill_add(f, end, SLIP_KEEP);
	struct slip_node **inner = &keep->first;
	fill_block(f, node->first, &inner);
}

static void add_practice(struct fill *f, struct slip_node ***end)
{
	struct slip_node *text = fill_add(f, end, SLIP_TEXT);
	text->align = SLIP_CENTER;
	text->fit = true;
	text->runs = ARENA_NEW(f->arena, struct slip_run);
	text->runs->text = "TẬP DUYỆT - KHÔNG CÓ GIÁ TRỊ SỬ DỤNG";
	text->runs->bold = true;
}

/* Each sheet says that it is practice, not only the first. */
static void fill_page(struct fill *f, struct slip_node ***end)
{
	fill_add(f, end, SLIP_PAGE);
	if (f->practice)
		add_practice(f, end);
}

static double share_of(struct fill *f, const struct form_piece *piece)
{
	double share = 0;
	for (; piece; piece = piece->next)
		share += strtod(piece_text(f, piece, false), NULL) / 100;
	return share >= 0 && share <= 1 ? share : 0;
}

static void fill_bar(struct fill *f, const struct form_node *node, struct slip_node ***end)
{
	struct slip_node *bar = fill_add(f, end, SLIP_BAR);
	bar->amount = share_of(f, node->pieces);
	bar->more = share_of(f, node->more);
	if (bar->amount + bar->more > 1)
		bar->more = 1 - bar->amount;
}

static void fill_block(struct fill *f, const struct form_node *node, struct slip_node ***end)
{
	for (; node && !fill_spent(f); node = node->next) {
		switch (node->kind) {
		case FORM_TEXT: fill_text(f, node, end); break;
		case FORM_RULE: fill_add(f, end, SLIP_RULE)->amount = node->amount / 100; break;
		case FORM_SPACE: fill_add(f, end, SLIP_SPACE)->amount = node->amount; break;
		case FORM_QR: fill_qr(f, node, end); break;
		case FORM_BAR: fill_bar(f, node, end); break;
		case FORM_GRID: fill_grid(f, end); break;
		case FORM_PAGE: fill_page(f, end); break;
		case FORM_COLUMNS:
			fill_row(f, node, node->weights, node->stack && f->plan->narrow, end);
			break;
		case FORM_ROW:
			fill_row(f, node, node->weight_count ? node->weights : f->weights, false, end);
			break;
		case FORM_TABLE: fill_table(f, node, end); break;
		case FORM_EACH: fill_each(f, node, end); break;
		case FORM_IF:
			fill_block(f, holds(f, &node->test) ? node->first : node->other, end);
			break;
		case FORM_KEEP: fill_keep(f, node, end); break;
		case FORM_CELL: break;
		}
	}
}

static bool begins_sheet(const struct form_node *node)
{
	while (node->kind == FORM_EACH && node->first)
		node = node->first;
	return node->kind == FORM_PAGE;
}

static bool too_long(const struct fill *f, struct error *err)
{
	fail(err, FAULT_INPUT, _("Mẫu giấy %s cho ra giấy quá dài. Hãy báo người quản trị."), f->form->file);
	return because(err, "%s: a paper of more than %d parts, %u bytes or %d looks", f->form->file, NODES_MOST,
	               TEXT_MOST, LOOKS_MOST);
}

bool form_fill(const struct form *form, const struct form_fill *plan, struct arena *arena,
               struct slip *slip, struct error *err)
{
	struct fill f = { .form = form, .plan = plan, .arena = arena };
	*slip = (struct slip){ .title = form->title, .qr = plan->qr,
				.landscape = form->landscape };
	build_index(&f);
	struct slip_node **end = &slip->first;
	slip->practice = f.practice = is_yes(fill_value(&f, "practice"));
	if (slip->practice && !(form->first && begins_sheet(form->first)))
		add_practice(&f, &end);
	fill_block(&f, form->first, &end);
	if (slip->practice && plan->narrow)
		add_practice(&f, &end);
	struct bytes foot = { 0 };
	for (const struct form_piece *p = form->foot; p; p = p->next)
		bytes_text(&foot, piece_text(&f, p, false));
	slip->foot = arena_string(arena, bytes_string(&foot));
	bytes_free(&foot);
	return fill_spent(&f) ? too_long(&f, err) : true;
}
