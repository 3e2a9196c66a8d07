/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/practice.h"

#include <string.h>

#include "core/base/path.h"

/* Splits a line at its tabs; returns how many cells it has. */
static int cells_of(char *line, char **cells, int most)
{
	int count = 0;
	while (line && count < most)
		cells[count++] = strsep(&line, "\t");
	return count;
}

static int column(char *const *head, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(head[i], name) == 0)
			return i;
	return -1;
}

void practice_clerks_read(struct practice_clerks *clerks, struct arena *arena, const char *share)
{
	char *text, *head[16], *cells[16];
	const char *file = arena_format(arena, "%s/%s/clerks.tsv", share, PRACTICE_FOLDER);
	*clerks = (struct practice_clerks){ .password = PRACTICE_PASSWORD };
	if (!path_read(arena, file, &text, NULL, NULL))
		return;
	int columns = cells_of(strsep(&text, "\n"), head, 16);
	int login = column(head, columns, "login"), name = column(head, columns, "full_name");
	int title = column(head, columns, "title"), unit = column(head, columns, "unit_code");
	if (login < 0 || name < 0 || title < 0 || unit < 0)
		return;
	for (char *line; (line = strsep(&text, "\n")) && *line && clerks->count < 8;) {
		if (cells_of(line, cells, 16) < columns || strcmp(cells[unit], PRACTICE_UNIT) != 0)
			continue;
		clerks->rows[clerks->count++] =
			(struct practice_clerk){ cells[login], cells[name], cells[title] };
	}
}

/* The first of the file are whole; those after them test what is odd or broken. */
enum { WHOLE_CARDS = 7 };

const char *practice_card(struct arena *arena, const char *share, unsigned n)
{
	char *text;
	unsigned at = 0;
	if (!path_read(arena, arena_format(arena, "%s/%s/cards.txt", share, PRACTICE_FOLDER), &text, NULL, NULL))
		return NULL;
	for (char *line; (line = strsep(&text, "\n")) != NULL;)
		if (*line && *line != '#' && at++ == n % WHOLE_CARDS)
			return line;
	return NULL;
}
