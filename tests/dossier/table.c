/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <stdio.h>
#include <string.h>

#include "core/base/path.h"

static char *next_line(char **at)
{
	char *line = *at, *end = strchr(line, '\n');
	*at = end ? end + 1 : line + strlen(line);
	if (end)
		*end = '\0';
	return line;
}

static size_t split(char *line, const char **cells)
{
	size_t n = 0;
	while (n < TABLE_COLUMNS) {
		char *tab = strchr(line, '\t');
		if (tab)
			*tab = '\0';
		cells[n++] = *line ? line : NULL;
		if (!tab)
			break;
		line = tab + 1;
	}
	return n;
}

void table_parse(struct table *table, struct arena *arena, char *text)
{
	size_t room = 0;
	*table = (struct table){ 0 };
	table->columns = split(next_line(&text), table->names);
	while (*text) {
		table->cells = arena_grow(arena, table->cells, sizeof(*table->cells), table->rows,
		                          &room);
		memset(table->cells[table->rows], 0, sizeof(*table->cells));
		split(next_line(&text), table->cells[table->rows++]);
	}
}

void table_read(struct table *table, struct arena *arena, const char *path)
{
	struct error err = { 0 };
	char *text;
	if (!path_read(arena, path, &text, NULL, &err))
		fail_msg("%s: %s", path, err.log);
	table_parse(table, arena, text);
}

const char *table_cell(const struct table *table, size_t row, const char *name)
{
	for (size_t i = 0; i < table->columns; i++)
		if (!strcmp(table->names[i], name))
			return table->cells[row][i] ? table->cells[row][i] : "";
	fail_msg("no column %s", name);
	return "";
}

void table_load(const struct table *table, struct catalogue *catalogue, enum catalogue_table which)
{
	for (size_t i = 0; i < table->rows; i++) {
		struct error err = { 0 };
		if (!catalogue_row(catalogue, which, table->columns, table->names, table->cells[i],
		                   &err))
			fail_msg("row %zu: %s", i + 2, err.log);
	}
}

void table_load_data(struct catalogue *catalogue, enum catalogue_table which, const char *file)
{
	struct table table;
	table_read(&table, &catalogue->arena,
	           path_join(&catalogue->arena, MOTCUA_SOURCE "/core/data", file));
	table_load(&table, catalogue, which);
}

void table_add(struct catalogue *catalogue, enum catalogue_table which, ...)
{
	const char *names[TABLE_COLUMNS], *values[TABLE_COLUMNS];
	size_t n = 0;
	struct error err = { 0 };
	va_list args;
	va_start(args, which);
	while ((names[n] = va_arg(args, const char *))) {
		values[n] = va_arg(args, const char *);
		n++;
	}
	va_end(args);
	if (!catalogue_row(catalogue, which, n, names, values, &err))
		fail_msg("%s", err.log);
}

moment_t at(const char *text)
{
	char whole[32];
	snprintf(whole, sizeof(whole), "%s:00", text);
	moment_t moment = moment_read_iso(strlen(text) == 16 ? whole : text);
	if (moment == MOMENT_NONE)
		fail_msg("bad moment %s", text);
	return moment;
}

bool lines_have(const struct lines *lines, const char *text)
{
	for (size_t i = 0; i < lines->count; i++)
		if (strstr(lines->items[i], text))
			return true;
	return false;
}

void lines_fail(const struct lines *lines, const char *what)
{
	for (size_t i = 0; i < lines->count; i++)
		print_error("  %s\n", lines->items[i]);
	fail_msg("%s", what);
}
