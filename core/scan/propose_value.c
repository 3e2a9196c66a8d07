/* SPDX-License-Identifier: Apache-2.0
 *
 * One value after its label: taken only when it is such a thing. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/text.h"
#include "core/dossier/person.h"
#include "core/scan/propose_own.h"

enum { NAME_WORDS = 8, ADDRESS_MOST = 200, YEAR_FIRST = 1900, YEAR_LAST = 2100 };

/* ---- pieces of a line ---- */

static void fold(const char *text, char out[FOLDED_MOST])
{
	char whole[FOLDED_MOST * 4];
	size_t n = 0;
	text_fold(text, whole, sizeof whole);
	for (const char *at = whole; *at && n + 1 < FOLDED_MOST; at++)
		if ((unsigned char)*at < 128 && isalnum((unsigned char)*at))
			out[n++] = *at;
	out[n] = '\0';
}

void tokens_read(struct arena *arena, const char *line, struct tokens *out)
{
	out->count = 0;
	while (*line && out->count < TOKENS_MOST) {
		line += strspn(line, " ");
		size_t n = strcspn(line, " :");
		n += line[n] == ':';
		if (!n)
			break;
		struct token *token = &out->items[out->count++];
		*token = (struct token){ .text = arena_copy(arena, line, n), .colon = line[n - 1] == ':',
			.comma = line[n - 1] == ',' };
		fold(token->text, token->folded);
		line += n;
	}
}

/* "……", "-" and the like: nothing was written there. */
static bool blank(const struct token *token)
{
	return !*token->folded;
}

const char *tokens_join(struct arena *arena, const struct tokens *tokens, int from, int to)
{
	struct bytes text = { 0 };
	for (int i = from; i < to; i++)
		if (!blank(&tokens->items[i]))
			bytes_format(&text, "%s%s", text.size ? " " : "", tokens->items[i].text);
	char *out = arena_string(arena, bytes_string(&text));
	for (size_t n = strlen(out); n && strchr(" .,;:", out[n - 1]); n--)
		out[n - 1] = '\0';
	bytes_free(&text);
	return out;
}

/* ---- a name ---- */

/* Letters alone, the first one a capital. */
static bool name_word(struct arena *arena, const char *word)
{
	size_t first = text_next(word, 0);
	if (!first || strpbrk(word, "0123456789/\\()[]{}<>@#$%^&*_+=|~\"!?"))
		return false;
	const char *letter = arena_copy(arena, word, first);
	return strcmp(text_upper(arena, letter), letter) == 0 && strcmp(text_lower(arena, letter), letter) != 0;
}

static bool is_title(const struct token *token)
{
	static const char *const titles[] = { "ong", "ba", "ongba", "anh", "chi" };
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (strcmp(token->folded, titles[i]) == 0)
			return true;
	return false;
}

const char *value_name(struct arena *arena, const struct tokens *tokens, int from, int to)
{
	int words = 0, end;
	while (from < to && (blank(&tokens->items[from]) || is_title(&tokens->items[from])))
		from++;
	for (end = from; end < to && words <= NAME_WORDS && name_word(arena, tokens->items[end].text); end++) {
		const char *text = tokens->items[end].text;
		words++;
		if (strchr(".,;:", text[strlen(text) - 1])) {
			end++;
			break;
		}
	}
	return words >= 2 && words <= NAME_WORDS ? tokens_join(arena, tokens, from, end) : NULL;
}

/* ---- digits ---- */

/* What a reader takes one for the other. */
static char digit_of(char c, bool *guessed)
{
	if (isdigit((unsigned char)c))
		return c;
	char digit = c == 'O' || c == 'o' ? '0' : c == 'l' || c == 'I' || c == '|' ? '1' : '\0';
	*guessed |= digit != '\0';
	return digit;
}

/* Collects count digits from the tokens; false when there is another number of them. */
static bool digits(const struct tokens *tokens, int from, int to, char *out, int count, bool *guessed)
{
	int n = 0;
	for (int i = from; i < to && n < count; i++) {
		for (const char *at = tokens->items[i].text; *at; at++) {
			char digit = digit_of(*at, guessed);
			if (!digit && strchr(".,;:-)", *at))
				continue;
			if (!digit || n == count)
				return false;
			out[n++] = digit;
		}
	}
	out[n] = '\0';
	return n == count;
}

const char *value_number(struct arena *arena, const struct tokens *tokens, int from, int to, bool *guessed)
{
	char number[13];
	for (int at = from; at < to && at < from + 3; at++) {
		*guessed = false;
		if (digits(tokens, at, to, number, 12, guessed))
			return arena_string(arena, number);
	}
	return NULL;
}

const char *value_phone(struct arena *arena, const struct tokens *tokens, int from, int to)
{
	struct lines doubts = { 0 };
	bool guessed = false;
	char number[12];
	for (int count = 10; count <= 11; count++)
		if (digits(tokens, from, to, number, count, &guessed) && !guessed && number[0] == '0' &&
		    phone_doubts(number, arena, &doubts) == 0)
			return arena_string(arena, number);
	return NULL;
}

/* ---- days ---- */

static day_t real_day(int day, int month, int year)
{
	return year < YEAR_FIRST || year > YEAR_LAST ? DAY_NONE : day_of(year, month, day);
}

static int small_number(const char *text)
{
	size_t n = strspn(text, "0123456789");
	return n >= 1 && n <= 4 && !text[n + strspn(text + n, ".,;")] ? atoi(text) : -1;
}

static bool word_at(const struct tokens *tokens, int at, int to, const char *word)
{
	return at < to && strcmp(tokens->items[at].folded, word) == 0;
}

/* "[ngày] 5 tháng 3 năm 1999" */
static day_t spoken_day(const struct tokens *t, int from, int to)
{
	int at = from + word_at(t, from, to, "ngay");
	if (at + 5 > to || !word_at(t, at + 1, to, "thang") || !word_at(t, at + 3, to, "nam"))
		return DAY_NONE;
	int day = small_number(t->items[at].text), month = small_number(t->items[at + 2].text);
	return real_day(day, month, small_number(t->items[at + 4].text));
}

/* "05/03/1999", "5 - 3 - 1999", "05.03.1999" */
static day_t written_day(const struct tokens *tokens, int from, int to)
{
	int parts[3] = { 0 }, part = 0, length = 0;
	for (int i = from; i < to; i++) {
		for (const char *at = tokens->items[i].text; *at; at++) {
			if (isdigit((unsigned char)*at)) {
				if (++length > (part == 2 ? 4 : 2))
					return DAY_NONE;
				parts[part] = parts[part] * 10 + (*at - '0');
			} else if (strchr("/-.", *at) && length && part < 2) {
				part++;
				length = 0;
			} else if (part < 2 || length < 4) {
				return DAY_NONE;
			} else {
				return real_day(parts[0], parts[1], parts[2]);
			}
		}
		if (part == 2 && length == 4)
			break;
	}
	return part == 2 && length == 4 ? real_day(parts[0], parts[1], parts[2]) : DAY_NONE;
}

day_t value_day(const struct tokens *tokens, int from, int to)
{
	while (from < to && blank(&tokens->items[from]))
		from++;
	day_t day = spoken_day(tokens, from, to);
	return day != DAY_NONE ? day : written_day(tokens, from, to);
}

/* ---- the others ---- */

const char *value_sex(const struct tokens *tokens, int from, int to)
{
	while (from < to && blank(&tokens->items[from]))
		from++;
	if (word_at(tokens, from, to, "nam"))
		return "nam";
	return word_at(tokens, from, to, "nu") ? "nữ" : NULL;
}

const char *value_address(struct arena *arena, const struct tokens *tokens, int from, int to)
{
	const char *text = tokens_join(arena, tokens, from, to);
	return strchr(text, ' ') && text_count(text) <= ADDRESS_MOST ? text : NULL;
}
