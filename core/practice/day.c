/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/day.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"

#define DAY_SECONDS 86400

/* "+90", "08:15" or "08:15:30"; the end of it, NULL when it is none. */
static const char *read_when(const char *text, struct day_line *line)
{
	int hour, minute, second = 0, used = 0;
	if (*text == '+') {
		char *end;
		long seconds = strtol(text + 1, &end, 10);
		if (end == text + 1 || !isdigit((unsigned char)text[1]) || seconds > DAY_SECONDS)
			return NULL;
		line->after_start = true;
		line->seconds = (int)seconds;
		return end;
	}
	if (sscanf(text, "%2d:%2d%n", &hour, &minute, &used) != 2)
		return NULL;
	text += used;
	if (*text == ':') {
		if (sscanf(text, ":%2d%n", &second, &used) != 1)
			return NULL;
		text += used;
	}
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return NULL;
	line->seconds = hour * 3600 + minute * 60 + second;
	return text;
}

static bool known(const char *word)
{
	static const char *const words[] = { "fault", "calm", "dial", "step", "call", "expire", "reset", "rights", "filed" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

/* text is one line without comment and end. */
static bool read_line(const char *text, struct day_line *line)
{
	text = read_when(text, line);
	if (!text || (*text != ' ' && *text != '\t'))
		return false;
	text += strspn(text, " \t");
	size_t n = strcspn(text, " \t");
	if (n >= sizeof line->word)
		return false;
	memcpy(line->word, text, n);
	line->word[n] = '\0';
	text += n + strspn(text + n, " \t");
	line->request = json_loads(*text ? text : "{}", 0, NULL);
	return known(line->word) && json_is_object(line->request);
}

/* Without comment and blanks around. */
static char *trim(char *text)
{
	text[strcspn(text, "#")] = '\0';
	text += strspn(text, " \t\r");
	size_t n = strlen(text);
	while (n && isspace((unsigned char)text[n - 1]))
		text[--n] = '\0';
	return text;
}

bool day_parse(struct practice_day *day, const char *text, struct error *err)
{
	*day = (struct practice_day){ 0 };
	char *copy = strdup(text), *rest = copy, *part;
	bool good = copy;
	for (int number = 1; good && (part = strsep(&rest, "\n")); number++) {
		struct day_line line = { .line = number };
		part = trim(part);
		if (!*part)
			continue;
		good = day->count < MOST_DAY_LINES && read_line(part, &line);
		if (good) {
			day->lines[day->count++] = line;
			continue;
		}
		json_decref(line.request);
		fail(err, FAULT_INPUT, _("Kịch bản ngày: dòng %d không đọc được"), number);
	}
	free(copy);
	if (!good)
		day_free(day);
	return good;
}

void day_free(struct practice_day *day)
{
	for (int i = 0; i < day->count; i++)
		json_decref(day->lines[i].request);
	day->count = 0;
}

bool day_line_due(const struct day_line *line, moment_t start, moment_t from, moment_t to)
{
	moment_t at = start + line->seconds;
	if (line->after_start)
		return at > from && at <= to;
	/* The last such time of day that is not later than `to`. */
	at = moment_of(moment_day(to), 0, 0, 0) + line->seconds;
	if (at > to)
		at -= DAY_SECONDS;
	return at > from && at <= to;
}
