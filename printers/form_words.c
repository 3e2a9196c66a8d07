/* SPDX-License-Identifier: Apache-2.0
 *
 * The filters that word values, and texts cut into pieces. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/dossier/fee.h"
#include "printers/form.h"

/* Decree 30/2020/NĐ-CP, appendix I: days below 10 and the months 1 and 2 are
 * written with a nought before them. */
static const char *day_words(struct arena *arena, day_t day)
{
	struct date d = day_date(day);
	return arena_format(arena, d.month < 3 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d",
	                    d.day, d.month, d.year);
}

static const char *filter_date(struct arena *arena, const char *value)
{
	day_t day = day_read_iso(value);
	if (day == DAY_NONE) {
		moment_t moment = moment_read_iso(value);
		if (moment == MOMENT_NONE)
			return "";
		day = moment_day(moment);
	}
	return day_words(arena, day);
}

static const char *filter_moment(struct arena *arena, const char *value)
{
	moment_t moment = moment_read_iso(value);
	if (moment == MOMENT_NONE)
		return "";
	struct clock clock = moment_clock(moment);
	return arena_format(arena, "%02d giờ %02d phút, %s", clock.hour, clock.minute,
	                    day_words(arena, moment_day(moment)));
}

/* The beginning of a sentence. */
static const char *filter_dated(struct arena *arena, const char *value)
{
	const char *words = filter_date(arena, value);
	return *words ? arena_format(arena, "N%s", words + 1) : words;
}

/* For tables: "20/11/2026", "09:41 20/11/2026"; words that are neither stay. */
static const char *filter_short(struct arena *arena, const char *value)
{
	char text[32];
	day_t day = day_read_iso(value);
	if (day != DAY_NONE)
		return arena_string(arena, day_write(day, text, sizeof text));
	moment_t moment = moment_read_iso(value);
	if (moment == MOMENT_NONE)
		return value;
	struct clock clock = moment_clock(moment);
	return arena_format(arena, "%02d:%02d %s", clock.hour, clock.minute,
	                    day_write(moment_day(moment), text, sizeof text));
}

static const char *filter_money(struct arena *arena, const char *value)
{
	long long amount;
	char rest;
	if (sscanf(value, "%lld%c", &amount, &rest) != 1)
		return "";
	return arena_format(arena, "%s đồng", text_money(arena, amount));
}

/* "Tám nghìn đồng" */
static const char *filter_spell(struct arena *arena, const char *value)
{
	long long amount;
	char rest;
	if (sscanf(value, "%lld%c", &amount, &rest) != 1 || amount < 0 || amount > FEE_MOST)
		return "";
	return fee_words(arena, amount);
}

static const char *filter_upper(struct arena *arena, const char *value)
{
	return text_upper(arena, value);
}

/* "xã Núi Cấm" → "Núi Cấm": the place that stands before a date. */
static const char *filter_place(struct arena *arena, const char *value)
{
	static const char *const kinds[] = { "xã ", "phường ", "đặc khu ", "tỉnh ", "thành phố " };
	const char *low = text_lower(arena, value);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(low, kinds[i], strlen(kinds[i])) == 0)
			return value + strlen(kinds[i]);
	return value;
}

/* "Trung tâm Phục vụ hành chính công xã …" in capitals, broken where it reads well. */
static const char *filter_office(struct arena *arena, const char *value)
{
	char *upper = text_upper(arena, value);
	char *rest = strstr(upper, " HÀNH CHÍNH CÔNG");
	if (rest)
		*rest = '\n';
	return upper;
}

static const struct {
	const char *name;
	const char *(*run)(struct arena *, const char *);
} filters[] = {
	{ "date", filter_date }, { "moment", filter_moment }, { "money", filter_money },
	{ "upper", filter_upper }, { "place", filter_place }, { "office", filter_office },
	{ "dated", filter_dated }, { "short", filter_short }, { "spell", filter_spell },
};

bool form_filter(struct arena *arena, const char *filter, const char *value, const char **out)
{
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
		if (strcmp(filters[i].name, filter) != 0)
			continue;
		if (value)
			*out = filters[i].run(arena, value);
		return true;
	}
	return false;
}

static bool word_table(const struct form_word *words, const char *name)
{
	for (; words; words = words->next)
		if (strcmp(words->table, name) == 0)
			return true;
	return false;
}

struct pieces {
	struct arena *arena;
	struct bytes text;
	struct form_piece **end;
	bool bold;
};

static void add_piece(struct pieces *p, const char *key, const char *filter)
{
	if (!key && p->text.size == 0)
		return;
	struct form_piece *piece = ARENA_NEW(p->arena, struct form_piece);
	piece->text = key ? NULL : arena_copy(p->arena, p->text.data, p->text.size);
	piece->key = key;
	piece->filter = filter;
	piece->bold = p->bold;
	*p->end = piece;
	p->end = &piece->next;
	if (!key)
		bytes_clear(&p->text);
}

/* At '{'; returns what follows '}' or NULL with what is wrong. */
static const char *add_field(struct pieces *p, const char *at, const char *group,
                             const struct form_word *words, const char **wrong)
{
	const char *close = strchr(at, '}');
	if (!close) {
		*wrong = "'{' without '}'";
		return NULL;
	}
	add_piece(p, NULL, NULL);
	char *key = arena_copy(p->arena, at + 1, (size_t)(close - at - 1));
	char *filter = strchr(key, '|');
	if (filter)
		*filter++ = '\0';
	if (strcmp(key, "#") != 0 && !form_key_known(group, key)) {
		*wrong = arena_format(p->arena, "unknown field \"%s\"", key);
		return NULL;
	}
	if (strcmp(key, "#") == 0 && !group) {
		*wrong = "{#} outside each";
		return NULL;
	}
	if (filter && !form_filter(p->arena, filter, NULL, NULL) && !word_table(words, filter)) {
		*wrong = arena_format(p->arena, "unknown filter \"%s\"", filter);
		return NULL;
	}
	add_piece(p, key, filter);
	return close + 1;
}

bool form_pieces(struct arena *arena, const char *text, const char *group,
                 const struct form_word *words, struct form_piece **out, const char **wrong)
{
	*out = NULL;
	struct pieces p = { .arena = arena, .end = out };
	bool ok = true;
	for (const char *at = text; ok && *at;) {
		if (*at == '{') {
			at = add_field(&p, at, group, words, wrong);
			ok = at != NULL;
		} else if (*at == '*') {
			add_piece(&p, NULL, NULL);
			p.bold = !p.bold;
			at++;
		} else if (*at == '\\' && at[1]) {
			bytes_byte(&p.text, (uint8_t)(at[1] == 'n' ? '\n' : at[1]));
			at += 2;
		} else {
			bytes_byte(&p.text, (uint8_t)*at++);
		}
	}
	if (ok)
		add_piece(&p, NULL, NULL);
	if (ok && p.bold) {
		*wrong = "'*' opened and not closed";
		ok = false;
	}
	bytes_free(&p.text);
	return ok;
}
