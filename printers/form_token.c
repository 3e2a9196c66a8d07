/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines and words of form files. */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "printers/form_reader.h"

bool form_wrong(struct reader *r, const char *cause)
{
	fail(r->err, FAULT_INPUT, _("Mẫu giấy bị lỗi: %s, dòng %d. Hãy báo người quản trị."), r->file,
	     r->line);
	return because(r->err, "%s:%d: %s", r->file, r->line, cause);
}

bool form_wrong_word(struct reader *r, const char *cause, const char *word)
{
	return form_wrong(r, arena_format(r->arena, "%s \"%.60s\"", cause, word));
}

/* One quoted text or bare word; escapes stay for form_pieces, but \" ends nothing. */
static const char *read_token(struct reader *r, const char *at, const char *end)
{
	struct token *token = &r->tokens[r->count];
	token->quoted = *at == '"';
	const char *start = token->quoted ? ++at : at;
	if (token->quoted) {
		while (at < end && *at != '"')
			at += *at == '\\' && at + 1 < end ? 2 : 1;
		if (at >= end) {
			form_wrong(r, "text without closing quote");
			return NULL;
		}
	} else {
		while (at < end && *at != ' ' && *at != '\t')
			at++;
	}
	token->text = arena_copy(r->arena, start, (size_t)(at - start));
	r->count++;
	return token->quoted ? at + 1 : at;
}

/* The next line that says something; false at the end or on error (err set). */
bool form_next_line(struct reader *r)
{
	if (r->pushed) {
		r->pushed = false;
		r->used = 0;
		return true;
	}
	while (r->at < r->end) {
		const char *end = memchr(r->at, '\n', (size_t)(r->end - r->at));
		const char *at = r->at;
		if (!end)
			end = r->end;
		r->at = end < r->end ? end + 1 : end;
		r->line++;
		r->count = r->used = 0;
		for (;;) {
			while (at < end && (*at == ' ' || *at == '\t'))
				at++;
			if (at == end || *at == '#')
				break;
			if (r->count == TOKENS_MOST)
				return form_wrong(r, "too many words in a line");
			at = read_token(r, at, end);
			if (!at)
				return false;
		}
		if (r->count)
			return true;
	}
	return false;
}

const char *form_next_word(struct reader *r)
{
	return r->used < r->count ? r->tokens[r->used++].text : NULL;
}

bool form_is_word(const struct reader *r, int at, const char *word)
{
	return at < r->count && !r->tokens[at].quoted && strcmp(r->tokens[at].text, word) == 0;
}

bool form_read_number(struct reader *r, double least, double most, double *out)
{
	const char *word = form_next_word(r);
	if (!word)
		return form_wrong(r, "number missing");
	char *end;
	double value = strtod(word, &end);
	if (*end || !(value >= least && value <= most))
		return form_wrong_word(r, "bad number", word);
	*out = value;
	return true;
}
