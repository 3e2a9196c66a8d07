/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads and checks form files. */
#include <string.h>

#include "core/base/text.h"
#include "printers/form_reader.h"

#define DEPTH_MOST  12
#define NODES_MOST  2000

bool form_read_pieces(struct reader *r, const char *text, struct form_piece **out)
{
	const char *cause = "";
	if (!form_pieces(r->arena, text, r->group, r->form->words, out, &cause))
		return form_wrong(r, cause);
	return true;
}

static bool style_word(struct form_node *node, const char *word)
{
	static const struct {
		const char *word;
		enum slip_size size;
	} sizes[] = { { "tiny", SLIP_TINY }, { "small", SLIP_SMALL }, { "large", SLIP_LARGE },
		      { "title", SLIP_TITLE }, { "huge", SLIP_HUGE } };
	static const struct {
		const char *word;
		enum slip_align align;
	} aligns[] = { { "center", SLIP_CENTER }, { "right", SLIP_RIGHT }, { "left", SLIP_LEFT },
		       { "justify", SLIP_JUSTIFY } };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		if (strcmp(word, sizes[i].word) == 0)
			return node->size = sizes[i].size, true;
	for (size_t i = 0; i < sizeof aligns / sizeof *aligns; i++)
		if (strcmp(word, aligns[i].word) == 0)
			return node->align = aligns[i].align, true;
	if (strcmp(word, "bold") == 0)
		return node->bold = true;
	if (strcmp(word, "italic") == 0)
		return node->italic = true;
	if (strcmp(word, "fit") == 0)
		return node->fit = true;
	if (strcmp(word, "leader") == 0)
		return node->leader = true;
	return false;
}

static bool read_text(struct reader *r, struct form_node *node)
{
	node->dotted = form_is_word(r, 0, "line");
	while (r->used < r->count && !r->tokens[r->used].quoted)
		if (!style_word(node, r->tokens[r->used++].text))
			return form_wrong_word(r, "unknown style", r->tokens[r->used - 1].text);
	const char *text = form_next_word(r);
	if (!text)
		return form_wrong(r, "text missing");
	return form_read_pieces(r, text, &node->pieces);
}

bool form_expect(struct reader *r, const char *word)
{
	int line = r->line;
	if (!form_next_line(r)) {
		if (r->err->fault)
			return false;
		return form_wrong(r, arena_format(r->arena, "block of line %d is not closed", line));
	}
	if (!form_is_word(r, 0, word))
		return form_wrong_word(r, "not expected here:", r->tokens[0].text);
	r->used = 1;
	return true;
}

static bool read_each(struct reader *r, struct form_node *node, enum place place)
{
	const char *group = form_next_word(r);
	if (!group || !form_group_known(group))
		return form_wrong_word(r, "unknown group", group ? group : "");
	if (r->group)
		return form_wrong(r, "each inside each");
	node->group = r->group = group;
	bool ok = form_read_block(r, place, &node->first) && form_expect(r, "end");
	r->group = NULL;
	return ok;
}

/* "is {key}" compares with another field. */
static bool read_other_field(struct reader *r, struct form_test *test)
{
	size_t n = strlen(test->word);
	if (test->word[0] != '{')
		return true;
	test->other = n > 2 && test->word[n - 1] == '}' ? arena_copy(r->arena, test->word + 1, n - 2) : "";
	if (!form_key_known(r->group, test->other))
		return form_wrong_word(r, "unknown field", test->word);
	return true;
}

static bool read_test(struct reader *r, struct form_test *test)
{
	const char *word = form_next_word(r);
	if (word && strcmp(word, "not") == 0) {
		test->negate = true;
		word = form_next_word(r);
	}
	if (word && strcmp(word, "any") == 0) {
		test->any = true;
		word = form_next_word(r);
	}
	if (!word)
		return form_wrong(r, "condition missing");
	test->wide = strcmp(word, "wide") == 0;
	test->transfer = strcmp(word, "transfer") == 0;
	test->key = word;
	const char *dot = strchr(word, '.');
	bool known = test->wide || test->transfer || strcmp(word, "qr") == 0;
	if (test->any && dot)
		known = form_key_known(arena_copy(r->arena, word, (size_t)(dot - word)), dot);
	else if (!test->any)
		known = known || form_key_known(r->group, word);
	if (!known)
		return form_wrong_word(r, "unknown field", word);
	if (form_is_word(r, r->used, "is")) {
		r->used++;
		test->word = form_next_word(r);
		if (!test->word)
			return form_wrong(r, "word missing after is");
		return read_other_field(r, test);
	}
	return true;
}

static bool read_if(struct reader *r, struct form_node *node, enum place place)
{
	if (!read_test(r, &node->test) || !form_read_block(r, place, &node->first))
		return false;
	int line = r->line;
	if (!form_next_line(r))
		return r->err->fault ? false
			: form_wrong(r, arena_format(r->arena, "if before line %d is not closed", line));
	r->used = 1;
	if (form_is_word(r, 0, "else"))
		return form_read_block(r, place, &node->other) && form_expect(r, "end");
	if (!form_is_word(r, 0, "end"))
		return form_wrong_word(r, "not expected here:", r->tokens[0].text);
	return true;
}

static bool read_keep(struct reader *r, struct form_node *node)
{
	return form_read_block(r, IN_BODY, &node->first) && form_expect(r, "end");
}

static bool read_rule(struct reader *r, struct form_node *node)
{
	node->amount = 100;
	return r->used == r->count || form_read_number(r, 1, 100, &node->amount);
}

/* The paper's own code, the one of a transfer, or the one said here. */
static bool read_qr(struct reader *r, struct form_node *node)
{
	node->transfer = form_is_word(r, r->used, "transfer");
	r->used += node->transfer;
	const char *text = node->transfer ? NULL : form_next_word(r);
	return text ? form_read_pieces(r, text, &node->pieces) : true;
}

static bool read_space(struct reader *r, struct form_node *node)
{
	return form_read_number(r, 0, 200, &node->amount);
}

/* One share of the width, or two. */
static bool read_bar(struct reader *r, struct form_node *node)
{
	const char *dark = form_next_word(r);
	if (!dark)
		return form_wrong(r, "text missing");
	if (!form_read_pieces(r, dark, &node->pieces))
		return false;
	const char *light = form_next_word(r);
	return light ? form_read_pieces(r, light, &node->more) : true;
}

static const struct statement {
	const char *word;
	enum form_kind kind;
	int places;
	bool (*read)(struct reader *, struct form_node *);
	bool (*read_in)(struct reader *, struct form_node *, enum place);
} statements[] = {
	{ "text", FORM_TEXT, IN_BODY | IN_CELL, read_text, NULL },
	{ "line", FORM_TEXT, IN_BODY | IN_CELL, read_text, NULL },
	{ "rule", FORM_RULE, IN_BODY | IN_CELL, read_rule, NULL },
	{ "space", FORM_SPACE, IN_BODY | IN_CELL, read_space, NULL },
	{ "qr", FORM_QR, IN_BODY | IN_CELL, read_qr, NULL },
	{ "bar", FORM_BAR, IN_BODY | IN_CELL, read_bar, NULL },
	{ "grid", FORM_GRID, IN_BODY, NULL, NULL },
	{ "page", FORM_PAGE, IN_BODY, NULL, NULL },
	{ "columns", FORM_COLUMNS, IN_BODY, form_read_columns, NULL },
	{ "table", FORM_TABLE, IN_BODY, form_read_table, NULL },
	{ "keep", FORM_KEEP, IN_BODY, read_keep, NULL },
	{ "head", FORM_ROW, IN_TABLE, form_read_head, NULL },
	{ "row", FORM_ROW, IN_TABLE, form_read_row, NULL },
	{ "each", FORM_EACH, IN_BODY | IN_CELL | IN_TABLE, NULL, read_each },
	{ "if", FORM_IF, IN_BODY | IN_CELL | IN_TABLE, NULL, read_if },
};

static bool read_statement(struct reader *r, enum place place, struct form_node **out)
{
	const struct statement *s = NULL;
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
		if (form_is_word(r, 0, statements[i].word))
			s = &statements[i];
	if (!s)
		return form_wrong_word(r, "unknown statement", r->tokens[0].text);
	if (!(s->places & (int)place))
		return form_wrong_word(r, "not allowed in this block:", s->word);
	if (++r->nodes > NODES_MOST)
		return form_wrong(r, "form too long");
	struct form_node *node = *out = ARENA_NEW(r->arena, struct form_node);
	node->kind = s->kind;
	node->line = r->line;
	node->size = SLIP_NORMAL;
	r->used = 1;
	if (s->read)
		return s->read(r, node);
	return s->read_in ? s->read_in(r, node, place) : true;
}

/* Until end, else or next, which is left for the caller; or the end of the file. */
bool form_read_block(struct reader *r, enum place place, struct form_node **out)
{
	if (++r->depth > DEPTH_MOST)
		return form_wrong(r, "blocks too deep");
	while (form_next_line(r)) {
		if (form_is_word(r, 0, "end") || form_is_word(r, 0, "else") || form_is_word(r, 0, "next")) {
			r->pushed = true;
			break;
		}
		if (!read_statement(r, place, out))
			return false;
		if (r->used < r->count)
			return form_wrong_word(r, "too much in this line:", r->tokens[r->used].text);
		out = &(*out)->next;
	}
	r->depth--;
	return !(r->err->fault);
}

static bool read_words(struct reader *r)
{
	const char *table = form_next_word(r);
	if (!table)
		return form_wrong(r, "name missing after words");
	while (form_next_line(r) && !form_is_word(r, 0, "end")) {
		if (r->count != 2 || !r->tokens[1].quoted)
			return form_wrong(r, "expected: word \"text\"");
		struct form_word *word = ARENA_NEW(r->arena, struct form_word);
		*word = (struct form_word){ table, r->tokens[0].text, r->tokens[1].text, NULL };
		*r->word_end = word;
		r->word_end = &word->next;
	}
	if (r->err->fault)
		return false;
	return r->count && form_is_word(r, 0, "end") ? true : form_wrong(r, "words are not closed");
}

static bool read_valid(struct reader *r)
{
	const char *from = form_next_word(r), *to = form_next_word(r);
	r->form->from = from ? day_read_iso(from) : DAY_NONE;
	r->form->to = to ? day_read_iso(to) : DAY_NONE;
	if (r->form->from == DAY_NONE || (to && r->form->to == DAY_NONE))
		return form_wrong(r, "valid wants one or two days, yyyy-mm-dd");
	return true;
}

/* The head of the file; body statements begin after "begin". */
static bool read_top(struct reader *r)
{
	struct form *form = r->form;
	form->from = form->to = DAY_NONE;
	while (form_next_line(r)) {
		r->used = 1;
		if (form_is_word(r, 0, "begin")) {
			if (!form->name || !form->title || form->from == DAY_NONE)
				return form_wrong(r, "form, title and valid come before begin");
			return true;
		} else if (form_is_word(r, 0, "form") && r->count == 2) {
			form->name = r->tokens[1].text;
		} else if (form_is_word(r, 0, "title") && r->count == 2) {
			form->title = r->tokens[1].text;
		} else if (form_is_word(r, 0, "basis") && r->count == 2) {
			form->basis = r->tokens[1].text;
		} else if (form_is_word(r, 0, "foot") && r->count == 2) {
			if (!form_read_pieces(r, r->tokens[1].text, &form->foot))
				return false;
		} else if (form_is_word(r, 0, "landscape") && r->count == 1) {
			form->landscape = true;
		} else if (form_is_word(r, 0, "valid")) {
			if (!read_valid(r))
				return false;
		} else if (form_is_word(r, 0, "words")) {
			if (!read_words(r))
				return false;
		} else {
			return form_wrong_word(r, "unknown in the head:", r->tokens[0].text);
		}
	}
	return r->err->fault ? false : form_wrong(r, "begin is missing");
}

bool form_parse(struct arena *arena, const char *file, const char *text, size_t size,
                struct form **out, struct error *err)
{
	struct error own = { 0 };
	struct form *form = ARENA_NEW(arena, struct form);
	form->file = arena_string(arena, file);
	struct reader r = { .arena = arena, .file = form->file, .at = text, .end = text + size,
			    .form = form, .word_end = &form->words, .err = &own };
	bool ok = text_valid(text, size) ? true : form_wrong(&r, "not UTF-8");
	if (ok && memchr(text, '\0', size))
		ok = form_wrong(&r, "NUL in the file");
	ok = ok && read_top(&r) && form_read_block(&r, IN_BODY, &form->first);
	if (ok && r.pushed)
		ok = form_wrong_word(&r, "closes nothing:", r.tokens[0].text);
	if (!ok && err)
		*err = own;
	*out = form;
	return ok;
}
