/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/typed.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

enum { ROOM = 48 }; /* folded: lower case, no marks, one blank between words */

/* Blanks, and what people put between a time and a day. */
static const char *skip(const char *at)
{
	return at + strspn(at, " ,");
}

static bool fold(const char *text, char out[ROOM])
{
	if (strlen(text) >= ROOM)
		return false;
	text_fold(text, out, ROOM);
	for (size_t n = strlen(out); n && strchr(" ,", out[n - 1]); n--)
		out[n - 1] = '\0';
	return true;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Up to most digits; their count. */
static int number(const char **at, int most, int *out)
{
	int n = 0;
	*out = 0;
	while (n < most && digit(**at)) {
		*out = *out * 10 + (*(*at)++ - '0');
		n++;
	}
	return n;
}

/* "hôm nay" … in folded words; DAY_NONE. */
static day_t named(const char *word, day_t today)
{
	static const struct {
		const char *word;
		int ahead;
	} days[] = { { "hom nay", 0 }, { "nay", 0 },       { "ngay mai", 1 },  { "mai", 1 }, { "ngay kia", 2 },
		     { "hom qua", -1 }, { "qua", -1 }, { "hom kia", -2 } };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (strcmp(word, days[i].word) == 0)
			return today + days[i].ahead;
	return DAY_NONE;
}

/* "24/11": 02/01 typed in December is of the coming year, 27/12 typed in January of the last. */
static day_t nearest(const char *word, day_t today)
{
	int day, month;
	day_t best = DAY_NONE;
	if (!number(&word, 2, &day) || (*word != '/' && *word != '-'))
		return DAY_NONE;
	word++;
	if (!number(&word, 2, &month) || *word)
		return DAY_NONE;
	int year = day_date(today).year;
	for (int y = year - 1; y <= year + 1; y++) {
		day_t one = day_of(y, month, day);
		if (one != DAY_NONE && (best == DAY_NONE || abs(one - today) < abs(best - today)))
			best = one;
	}
	return best;
}

static day_t day_in(const char *word, day_t today)
{
	day_t day = day_read(word);
	if (day == DAY_NONE)
		day = named(word, today);
	return day != DAY_NONE ? day : nearest(word, today);
}

day_t typed_day(const char *text, day_t today)
{
	char word[ROOM];
	return fold(text, word) ? day_in(skip(word), today) : DAY_NONE;
}

static bool ends(const char *at)
{
	return !*at || *at == ' ' || *at == ',';
}

/* Behind "h", "g" or "giờ"; NULL: none of them. */
static const char *behind_hour(const char *at)
{
	at += strspn(at, " ");
	if (strncmp(at, "gio", 3) == 0)
		return at + 3;
	return *at == 'h' || *at == 'g' ? at + 1 : NULL;
}

/* Where the time ends; NULL: none begins here. */
static const char *read_time(const char *at, int *hour, int *minute)
{
	int n = number(&at, 4, hour);
	*minute = 0;
	if (n >= 3) { /* 715, 0715 */
		*minute = *hour % 100;
		*hour /= 100;
	} else if (n && (*at == ':' || *at == '.')) {
		at++;
		if (number(&at, 2, minute) != 2)
			return NULL;
	} else if (n && (at = behind_hour(at))) {
		/* In "7h 27/11" the day follows, no minutes. */
		const char *more = at + strspn(at, " ");
		int minutes;
		if (number(&more, 2, &minutes) == 2 && ends(more)) {
			*minute = minutes;
			at = more;
		}
	} else {
		return NULL;
	}
	return ends(at) && *hour < 24 && *minute < 60 ? at : NULL;
}

/* The time stands first, or last. */
static moment_t time_first(const char *text, day_t today, day_t alone)
{
	int hour, minute;
	const char *rest = read_time(text, &hour, &minute);
	if (!rest)
		return MOMENT_NONE;
	rest = skip(rest);
	day_t day = *rest ? day_in(rest, today) : alone;
	return day != DAY_NONE ? moment_of(day, hour, minute, 0) : MOMENT_NONE;
}

static moment_t time_last(char *text, day_t today)
{
	int hour, minute;
	for (char *at = strpbrk(text, " ,"); at; at = strpbrk(at + 1, " ,")) {
		const char *time = skip(at), *end = read_time(time, &hour, &minute);
		if (!end || *end)
			continue;
		char kept = *at;
		*at = '\0';
		day_t day = day_in(text, today);
		*at = kept;
		if (day != DAY_NONE)
			return moment_of(day, hour, minute, 0);
	}
	return MOMENT_NONE;
}

moment_t typed_moment(const char *text, day_t today, day_t alone)
{
	char words[ROOM];
	if (!fold(text, words))
		return MOMENT_NONE;
	char *at = words + strspn(words, " ,");
	moment_t moment = time_first(at, today, alone);
	return moment != MOMENT_NONE ? moment : time_last(at, today);
}
