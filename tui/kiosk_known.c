/* SPDX-License-Identifier: Apache-2.0
 *
 * The choices on disk, so that a kiosk that starts without a server has them: one
 * line each, a TAB between values, which the database's text never holds. */
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/path.h"
#include "tui/kiosk_own.h"

static void copy(char *out, size_t room, const char *text)
{
	size_t n = strlen(text);
	if (n >= room) /* never half a letter */
		for (n = room - 1; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80; n--)
			;
	memcpy(out, text, n);
	out[n] = '\0';
}
#define COPY(to, from) copy(to, sizeof(to), from)

void kiosk_known_facts(struct kiosk_known *known, const struct hall_facts *facts)
{
	COPY(known->unit_name, facts->unit_name);
	COPY(known->organisation, facts->organisation);
	COPY(known->office, facts->office);
	known->practice = facts->practice;
}

/* NULL: no series, or one too many. */
static struct known_series *add_series(struct kiosk_known *known, const char *series, const char *name, bool quick, const char *counters)
{
	if (known->series_count == KIOSK_SERIES || *series < 'A' || *series > 'Z' || series[1])
		return NULL;
	struct known_series *one = &known->series[known->series_count++];
	*one = (struct known_series){ .quick = quick };
	COPY(one->series, series);
	COPY(one->name, name);
	COPY(one->counters, counters);
	return one;
}

void kiosk_known_choices(struct kiosk_known *known, const struct hall_choice *choices, int count)
{
	known->series_count = 0;
	for (int i = 0; i < count && i < KIOSK_SERIES; i++) {
		struct known_series *one = add_series(known, choices[i].series, choices[i].name, choices[i].quick, choices[i].counters);
		if (!one)
			continue;
		one->waiting = choices[i].waiting;
		one->open = choices[i].open;
	}
}

static void add_group(struct kiosk_known *known, const char *code, const char *name)
{
	if (known->group_count == KIOSK_GROUPS)
		return;
	struct known_group *one = &known->groups[known->group_count++];
	COPY(one->code, code);
	COPY(one->name, name);
}

void kiosk_known_groups(struct kiosk_known *known, const struct hall_group *groups, int count)
{
	known->group_count = 0;
	for (int i = 0; i < count; i++)
		add_group(known, groups[i].code, groups[i].name);
}

void kiosk_known_text(const struct kiosk_known *known, struct bytes *out)
{
	bytes_format(out, "unit\t%s\t%s\t%s\t%d\n", known->unit_name, known->organisation, known->office, known->practice);
	for (int i = 0; i < known->series_count; i++)
		bytes_format(out, "series\t%s\t%s\t%d\t%s\n", known->series[i].series, known->series[i].name,
		             known->series[i].quick, known->series[i].counters);
	for (int i = 0; i < known->group_count; i++)
		bytes_format(out, "group\t%s\t%s\n", known->groups[i].code, known->groups[i].name);
}

bool kiosk_known_save(const struct kiosk_known *known, const char *path, struct error *err)
{
	struct bytes out = { 0 };
	kiosk_known_text(known, &out);
	bool good = path_write(path, out.data, out.size, 0600, err);
	bytes_free(&out);
	return good;
}

void kiosk_known_parse(struct kiosk_known *known, char *text)
{
	char *cells[5];
	*known = (struct kiosk_known){ 0 };
	for (char *line; (line = strsep(&text, "\n"));) {
		int count = 0;
		while (line && count < 5)
			cells[count++] = strsep(&line, "\t");
		if (count == 5 && strcmp(cells[0], "unit") == 0) {
			COPY(known->unit_name, cells[1]);
			COPY(known->organisation, cells[2]);
			COPY(known->office, cells[3]);
			known->practice = *cells[4] == '1';
		} else if (count == 5 && strcmp(cells[0], "series") == 0) {
			add_series(known, cells[1], cells[2], *cells[3] == '1', cells[4]);
		} else if (count == 3 && strcmp(cells[0], "group") == 0) {
			add_group(known, cells[1], cells[2]);
		}
	}
}

void kiosk_known_read(struct kiosk_known *known, const char *path)
{
	struct arena arena = { 0 };
	char *text;
	if (!path_read(&arena, path, &text, NULL, NULL))
		text = NULL;
	kiosk_known_parse(known, text);
	arena_free(&arena);
}
