/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/people.h"

#include <string.h>

#include "core/base/path.h"

enum { PARTS = 7 };

/* The file's lines, divided by "|"; false when there is no such file. */
static char *open_file(struct arena *arena, const char *name)
{
	struct paths paths = { 0 };
	char *text;
	paths_shared(&paths, arena);
	const char *path = path_join(arena, path_join(arena, paths.share, "core/data/practice"), name);
	return path_read(arena, path, &text, NULL, NULL) ? text : NULL;
}

/* The next line that is no comment, in parts; *at goes on.  Returns how many. */
static int next_line(char **at, char *parts[PARTS])
{
	while (**at) {
		char *line = *at;
		size_t n = strcspn(line, "\n");
		*at += n + (line[n] == '\n');
		line[n] = '\0';
		if (!*line || *line == '#')
			continue;
		int count = 0;
		for (char *part = line; part && count < PARTS; count++) {
			parts[count] = part;
			part = strchr(part, '|');
			if (part)
				*part++ = '\0';
		}
		return count;
	}
	return 0;
}

static bool take_person(struct arena *arena, char *parts[PARTS], struct practice_person *out)
{
	const char *number = parts[0], *birth = parts[3];
	if (strlen(number) != 12 || strspn(number, "0123456789") != 12 || strlen(birth) != 8)
		return false;
	day_t day = day_read(birth);
	*out = (struct practice_person){ .number = number, .old_number = parts[1], .name = parts[2],
		.sex = strcmp(parts[4], "Nam") == 0 ? "1" : strcmp(parts[4], "Nữ") == 0 ? "2" : "",
		.hamlet = arena_copy(arena, parts[5], strcspn(parts[5], ",")), .address = parts[5],
		.birth = day };
	return day != DAY_NONE;
}

bool people_find(struct arena *arena, const char *number, struct practice_person *out)
{
	char *at = open_file(arena, "cards.txt"), *parts[PARTS];
	while (at && *number) {
		int count = next_line(&at, parts);
		if (!count)
			return false;
		if (count >= 6 && take_person(arena, parts, out) &&
		    (strcmp(out->number, number) == 0 || (*out->old_number && strcmp(out->old_number, number) == 0)))
			return true;
	}
	return false;
}

bool people_enterprise(struct arena *arena, const char *number, struct practice_enterprise *out)
{
	char *at = open_file(arena, "enterprises.txt"), *parts[PARTS];
	while (at) {
		int count = next_line(&at, parts);
		if (!count)
			return false;
		if (count < 5 || strcmp(parts[0], number) != 0)
			continue;
		*out = (struct practice_enterprise){ parts[0], parts[1], parts[2], parts[3], parts[4] };
		return true;
	}
	return false;
}
