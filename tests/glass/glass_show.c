/* SPDX-License-Identifier: Apache-2.0
 *
 * What the emulator shows, as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/glass/glass.h"
#include "tests/glass/glass_own.h"

#include <cmocka.h>

static bool same_colour(const struct glass *glass, VTermColor seen, short wanted, bool ground)
{
	if (glass->desk.theme.depth == DEPTH_MONO)
		return true;
	bool by_default = ground ? VTERM_COLOR_IS_DEFAULT_BG(&seen) : VTERM_COLOR_IS_DEFAULT_FG(&seen);
	if (wanted < 0)
		return by_default;
	return !by_default && VTERM_COLOR_IS_INDEXED(&seen) && seen.indexed.idx == wanted;
}

/* Does the emulator's cell look as its role should?  (It knows no dim.) */
static bool looks_right(const struct glass *glass, const VTermScreenCell *cell, enum role role)
{
	const struct look *look = theme_look(&glass->desk.theme, role);
	bool console = term_console(glass->term);
	bool empty = !cell->chars[0] || cell->chars[0] == ' ';
	/* Nobody drew here, or a blank: only the ground shows. */
	return (empty || same_colour(glass, cell->fg, look->fg, false)) &&
	       same_colour(glass, cell->bg, look->bg, true) &&
	       (empty || !cell->attrs.bold == !(look->attrs & LOOK_BOLD)) &&
	       !cell->attrs.reverse == !(look->attrs & LOOK_REVERSE) &&
	       (console || !cell->attrs.underline == !(look->attrs & LOOK_UNDERLINE));
}

static void add_point(char *out, size_t room, uint32_t point)
{
	size_t at = strlen(out);
	if (at + 5 > room)
		return;
	if (point < 0x80)
		snprintf(out + at, 5, "%c", (int)point);
	else if (point < 0x800)
		snprintf(out + at, 5, "%c%c", (int)(0xc0 | point >> 6), (int)(0x80 | (point & 0x3f)));
	else
		snprintf(out + at, 5, "%c%c%c", (int)(0xe0 | point >> 12),
		         (int)(0x80 | (point >> 6 & 0x3f)), (int)(0x80 | (point & 0x3f)));
}

static VTermScreenCell cell_at(struct glass *glass, int row, int col)
{
	VTermScreenCell cell = { 0 };
	vterm_screen_get_cell(glass->screen, (VTermPos){ row, col }, &cell);
	return cell;
}

static int row_end(struct glass *glass, int row, int cursor)
{
	int end = surface_cols(glass->desk.surface);
	while (end > 0 && end - 1 != cursor) {
		VTermScreenCell cell = cell_at(glass, row, end - 1);
		if (cell.chars[0] && cell.chars[0] != ' ')
			break;
		end--;
	}
	return end;
}

static void open_role(struct glass *glass, const VTermScreenCell *cell, enum role role)
{
	size_t at = strlen(glass->row);
	snprintf(glass->row + at, sizeof glass->row - at, "{%s%s:",
	         looks_right(glass, cell, role) ? "" : "?", role_name(role));
}

const char *glass_row(struct glass *glass, int row)
{
	VTermPos cursor;
	VTermState *state = vterm_obtain_state(glass->vterm);
	int shown_row, shown_col;
	vterm_state_get_cursorpos(state, &cursor);
	bool shown = surface_cursor(glass->desk.surface, &shown_row, &shown_col);
	int mark = shown && cursor.row == row ? cursor.col : -1;
	int end = row_end(glass, row, mark), open = -1;
	glass->row[0] = '\0';
	for (int col = 0; col < end;) {
		VTermScreenCell cell = cell_at(glass, row, col);
		enum role role = surface_role(glass->desk.surface, row, col);
		int want = glass->wanted[role] ? (int)role : -1;
		if (open >= 0 && want != open)
			add_point(glass->row, sizeof glass->row, '}');
		if (want >= 0 && want != open)
			open_role(glass, &cell, role);
		open = want;
		if (col == mark)
			add_point(glass->row, sizeof glass->row, '^');
		if (!cell.chars[0])
			add_point(glass->row, sizeof glass->row, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			add_point(glass->row, sizeof glass->row, cell.chars[i]);
		col += cell.width > 1 ? cell.width : 1;
	}
	if (open >= 0)
		add_point(glass->row, sizeof glass->row, '}');
	for (size_t n = strlen(glass->row); n > 0 && glass->row[n - 1] == ' '; n--)
		glass->row[n - 1] = '\0';
	return glass->row;
}

void glass_roles(struct glass *glass, const int *roles)
{
	memset(glass->wanted, 0, sizeof glass->wanted);
	for (; *roles >= 0; roles++)
		glass->wanted[*roles] = true;
}

bool glass_has(struct glass *glass, const char *text)
{
	int rows, cols;
	vterm_get_size(glass->vterm, &rows, &cols);
	for (int row = 0; row < rows; row++)
		if (strstr(glass_row(glass, row), text))
			return true;
	return false;
}

static void print_rows(struct glass *glass, int rows)
{
	int last = rows;
	while (last > 0 && !*glass_row(glass, last - 1))
		last--;
	for (int row = 0; row < last; row++) {
		fputs("\t\t\"", stderr);
		for (const char *at = glass_row(glass, row); *at; at++)
			fprintf(stderr, *at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
		fputs("\",\n", stderr);
	}
}

void glass_shows_at(struct glass *glass, const char *const *wanted, const char *file, int line)
{
	int rows, cols, count = 0, bad = -1;
	vterm_get_size(glass->vterm, &rows, &cols);
	while (wanted[count])
		count++;
	for (int row = 0; row < rows && bad < 0; row++)
		if (strcmp(glass_row(glass, row), row < count ? wanted[row] : "") != 0)
			bad = row;
	if (count > rows)
		bad = rows;
	if (getenv("GLASS_UPDATE")) {
		fprintf(stderr, "%s:%d\n", file, line);
		print_rows(glass, rows);
		return;
	}
	if (bad < 0)
		return;
	fprintf(stderr, "wanted (row %d differs):\n", bad);
	for (int row = 0; row < count; row++)
		fprintf(stderr, "\t\t\"%s\",\n", wanted[row]);
	fprintf(stderr, "shown:\n");
	print_rows(glass, rows);
	_fail(file, line);
}
