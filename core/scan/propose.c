/* SPDX-License-Identifier: Apache-2.0
 *
 * Labels as Vietnamese forms and cards print them, and what stands behind them. */
#include "core/scan/propose.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/person.h"
#include "core/scan/propose_own.h"

enum { LABEL_WORDS = 8, BESIDE_MOST = 60, TITLE_LINES = 3, TITLE_MOST = 200, PAPER_NUMBER_MOST = 40, UNTIL_COLON = 10 };

/* What ends a value and is none of ours. */
#define PROPOSE_OTHER PROPOSAL_KINDS

/* Without marks, since those are what is misread first; longest first where one begins another. */
static const struct label {
	const char *words;
	enum proposal_kind kind;
} labels[] = {
	{ "ho chu dem va ten", PROPOSE_NAME }, { "ho chu dem ten", PROPOSE_NAME },
	{ "ho va ten khai sinh", PROPOSE_NAME }, { "ho va ten", PROPOSE_NAME }, { "ho ten", PROPOSE_NAME },
	{ "toi ten la", PROPOSE_NAME }, { "ten toi la", PROPOSE_NAME }, { "toi la", PROPOSE_NAME },
	{ "so dinh danh ca nhan", PROPOSE_NUMBER }, { "so dinh danh", PROPOSE_NUMBER },
	{ "so can cuoc cong dan", PROPOSE_NUMBER }, { "so can cuoc", PROPOSE_NUMBER },
	{ "can cuoc cong dan so", PROPOSE_NUMBER }, { "the can cuoc so", PROPOSE_NUMBER }, { "can cuoc so", PROPOSE_NUMBER },
	{ "so cccd", PROPOSE_NUMBER }, { "cccd so", PROPOSE_NUMBER }, { "cccd", PROPOSE_NUMBER },
	{ "ngay thang nam sinh", PROPOSE_BIRTH }, { "ngay sinh", PROPOSE_BIRTH }, { "sinh ngay", PROPOSE_BIRTH },
	{ "gioi tinh", PROPOSE_SEX },
	{ "so dien thoai", PROPOSE_PHONE }, { "dien thoai", PROPOSE_PHONE }, { "sdt", PROPOSE_PHONE },
	{ "noi dang ky thuong tru", PROPOSE_ADDRESS }, { "ho khau thuong tru", PROPOSE_ADDRESS },
	{ "dia chi thuong tru", PROPOSE_ADDRESS }, { "dia chi lien he", PROPOSE_ADDRESS }, { "dia chi", PROPOSE_ADDRESS },
	{ "noi thuong tru", PROPOSE_ADDRESS }, { "noi cu tru", PROPOSE_ADDRESS }, { "noi o hien tai", PROPOSE_ADDRESS },
	{ "noi o hien nay", PROPOSE_ADDRESS }, { "cho o hien nay", PROPOSE_ADDRESS },
	{ "dan toc", PROPOSE_OTHER }, { "quoc tich", PROPOSE_OTHER }, { "que quan", PROPOSE_OTHER }, { "nguyen quan", PROPOSE_OTHER },
	{ "noi sinh", PROPOSE_OTHER }, { "noi dang ky khai sinh", PROPOSE_OTHER }, { "giay to tuy than", PROPOSE_OTHER },
	{ "ngay cap", PROPOSE_OTHER }, { "cap ngay", PROPOSE_OTHER }, { "noi cap", PROPOSE_OTHER }, { "co gia tri den", PROPOSE_OTHER },
	{ "nghe nghiep", PROPOSE_OTHER }, { "email", PROPOSE_OTHER }, { "ma so thue", PROPOSE_OTHER },
};
enum { LABELS = sizeof labels / sizeof labels[0] };

const char *proposal_name(enum proposal_kind kind)
{
	static const char *const names[] = {
#define X(kind, label) label,
		PROPOSALS(X)
#undef X
	};
	return _(names[kind]);
}

struct proposing {
	struct arena *arena;
	const struct catalogue *catalogue;
	struct proposals *out;
	int page;
};

static void add(struct proposing *in, enum proposal_kind kind, const char *text, const char *beside, bool doubted)
{
	struct proposals *out = in->out;
	int of_kind = 0;
	for (size_t i = 0; i < out->count; i++) {
		if (out->items[i].kind != kind)
			continue;
		if (text_same_name(out->items[i].text, text))
			return;
		of_kind++;
	}
	if (of_kind >= PROPOSALS_OF_KIND)
		return;
	if (text_count(beside) > BESIDE_MOST)
		beside = arena_copy(in->arena, beside, text_cut(beside, BESIDE_MOST, NULL));
	out->items = arena_grow(in->arena, out->items, sizeof *out->items, out->count, &out->room);
	out->items[out->count++] = (struct proposal){ kind, text, beside, in->page, doubted };
}

/* ---- labels ---- */

/* 0 the same, 1 one letter more, less or another, 2 anything else. */
static int distance(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	if (!*a && !*b)
		return 0;
	return (*a && *b && strcmp(a + 1, b + 1) == 0) || (*a && strcmp(a + 1, b) == 0) || (*b && strcmp(a, b + 1) == 0) ? 1 : 2;
}

/* How many tokens of the line are the label; 0: it does not stand there.  A letter in
 * seven may be misread. */
static int label_length(const struct label *label, const struct tokens *tokens, int at)
{
	int count = 0, wrong = 0;
	char word[16];
	for (const char *rest = label->words; *rest; count++) {
		size_t n = strcspn(rest, " ");
		memcpy(word, rest, n);
		word[n] = '\0';
		if (at + count >= tokens->count)
			return 0;
		wrong += distance(tokens->items[at + count].folded, word);
		if (wrong > 1)
			return 0;
		rest += n + (rest[n] == ' ');
	}
	return wrong && (int)(strlen(label->words) - (size_t)count + 1) < 7 ? 0 : count;
}

static const struct label *label_at(const struct tokens *tokens, int at, int *length)
{
	const struct label *best = NULL;
	*length = 0;
	for (int i = 0; i < LABELS; i++) {
		int n = label_length(&labels[i], tokens, at);
		if (n > *length) {
			best = &labels[i];
			*length = n;
		}
	}
	return best;
}

static int next_label(const struct tokens *tokens, int from)
{
	int length;
	while (from < tokens->count && !label_at(tokens, from, &length))
		from++;
	return from;
}

static bool propose_value(struct proposing *in, enum proposal_kind kind, const struct tokens *t, int from, int to,
                          const char *beside)
{
	struct lines doubts = { 0 };
	const char *text = NULL;
	bool guessed = false;
	char day[16];
	day_t date;
	switch (kind) {
	case PROPOSE_NAME: text = value_name(in->arena, t, from, to); break;
	case PROPOSE_NUMBER:
		text = value_number(in->arena, t, from, to, &guessed);
		guessed |= text && citizen_number_doubts(text, DAY_NONE, "", in->catalogue, in->arena, &doubts) > 0;
		break;
	case PROPOSE_BIRTH:
		date = value_day(t, from, to);
		text = date == DAY_NONE ? NULL : arena_string(in->arena, day_write(date, day, sizeof day));
		break;
	case PROPOSE_SEX: text = value_sex(t, from, to); break;
	case PROPOSE_PHONE: text = value_phone(in->arena, t, from, to); break;
	case PROPOSE_ADDRESS: text = value_address(in->arena, t, from, to); break;
	default: break;
	}
	if (text)
		add(in, kind, text, beside, guessed);
	return text != NULL;
}

/* The value behind a label: after its colon, where there is one; on the next line when
 * nothing is left of this one, as cards print it. */
static void propose_labelled(struct proposing *in, const struct tokens *t, const struct tokens *below, int at, int length,
                             enum proposal_kind kind)
{
	int start = at + length, end = next_label(t, start), length_below;
	for (int i = at + length - 1; i < end && i < at + length + UNTIL_COLON; i++)
		if (t->items[i].colon) {
			start = i + 1;
			break;
		}
	/* "Số CCCD:" within "Họ tên, số CCCD: …" stops at its own label. */
	const char *beside = tokens_join(in->arena, t, at, start);
	if (propose_value(in, kind, t, start, end, beside) || *tokens_join(in->arena, t, start, end))
		return;
	if (end == t->count && !label_at(below, 0, &length_below))
		propose_value(in, kind, below, 0, next_label(below, 0), beside);
}

/* ---- what has no label ---- */

/* Twelve digits that are a citizen's number by their own rule. */
static void propose_bare_numbers(struct proposing *in, const struct tokens *t)
{
	for (int i = 0; i < t->count; i++) {
		struct lines doubts = { 0 };
		bool guessed = false;
		const char *number = value_number(in->arena, t, i, i + 1, &guessed);
		if (number && !guessed && in->catalogue &&
		    citizen_number_doubts(number, DAY_NONE, "", in->catalogue, in->arena, &doubts) == 0)
			add(in, PROPOSE_NUMBER, number, "", false);
	}
}

/* "Số: 15/2021", "số 15/TK-UBND" */
static void propose_paper_number(struct proposing *in, const struct tokens *t)
{
	for (int i = 0; i + 1 < t->count; i++) {
		const char *text = t->items[i + 1].text;
		size_t n = strcspn(text, ".,;:)");
		if (strcmp(t->items[i].folded, "so") != 0 || n > PAPER_NUMBER_MOST || !isdigit((unsigned char)*text) ||
		    !memchr(text, '/', n) || value_day(t, i + 1, i + 2) != DAY_NONE)
			continue;
		add(in, PROPOSE_PAPER_NUMBER, arena_copy(in->arena, text, n), "", false);
	}
}

/* "Núi Cấm, ngày 20 tháng 11 năm 2026" at the end of its line */
static void propose_dated(struct proposing *in, const struct tokens *t)
{
	char day[16];
	for (int i = 1; i < t->count; i++) {
		if (strcmp(t->items[i].folded, "ngay") != 0 || !t->items[i - 1].comma || t->count - i > 7)
			continue;
		day_t date = value_day(t, i, t->count);
		if (date != DAY_NONE)
			add(in, PROPOSE_DATED, arena_string(in->arena, day_write(date, day, sizeof day)),
			    tokens_join(in->arena, t, 0, i), false);
	}
}

/* ---- the title ---- */

static bool all_capitals(struct arena *arena, const char *line)
{
	return strcmp(text_upper(arena, line), line) == 0 && strcmp(text_lower(arena, line), line) != 0 && strchr(line, ' ');
}

static bool begins_title(const char *line)
{
	static const char *const heads[] = { "to khai", "don ", "giay ", "phieu ", "hop dong", "van ban", "quyet dinh", "trich luc",
		"bien ban", "ban ke khai", "ban sao", "ban cam ket", "can cuoc", "the can cuoc", "thong bao", "chung nhan", "di chuc", "so ho khau" };
	char folded[40];
	text_fold(line, folded, sizeof folded);
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		if (strncmp(folded, heads[i], strlen(heads[i])) == 0)
			return true;
	return false;
}

/* The first title of the page, in capitals over some lines; written as sentences are. */
static void propose_title(struct proposing *in, const struct said *said)
{
	size_t at = 0, end;
	while (at < said->count && !(begins_title(said->lines[at]) && all_capitals(in->arena, said->lines[at])))
		at++;
	const char *text = "";
	for (end = at; end < said->count && end < at + TITLE_LINES && all_capitals(in->arena, said->lines[end]); end++)
		text = arena_format(in->arena, "%s%s%s", text, *text ? " " : "", said->lines[end]);
	if (!*text || text_count(text) > TITLE_MOST)
		return;
	size_t first = text_next(text, 0);
	add(in, PROPOSE_TITLE, arena_format(in->arena, "%s%s", arena_copy(in->arena, text, first), text_lower(in->arena, text + first)),
	    "", false);
}

/* ---- a page ---- */

void propose(struct arena *arena, const struct said *said, int page, const struct catalogue *catalogue, struct proposals *out)
{
	struct proposing in = { arena, catalogue, out, page };
	/* Two lines at a time: too large for the stack twice over, and the line below is read once. */
	struct tokens *here = ARENA_NEW(arena, struct tokens), *below = ARENA_NEW(arena, struct tokens);
	propose_title(&in, said);
	if (said->count)
		tokens_read(arena, said->lines[0], below);
	for (size_t i = 0; i < said->count; i++) {
		struct tokens *gone = here;
		here = below;
		below = gone;
		tokens_read(arena, i + 1 < said->count ? said->lines[i + 1] : "", below);
		for (int at = 0, length; at < here->count; at += length ? length : 1) {
			const struct label *label = label_at(here, at, &length);
			if (label && label->kind != PROPOSE_OTHER)
				propose_labelled(&in, here, below, at, length, label->kind);
		}
		propose_bare_numbers(&in, here);
		propose_paper_number(&in, here);
		propose_dated(&in, here);
	}
}
