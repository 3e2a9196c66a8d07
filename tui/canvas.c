/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/canvas.h"

#include <curses.h>

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "core/base/text.h"

struct surface {
	const struct theme *theme;
	uint8_t *roles;   /* rows × cols: what each cell was drawn as */
	int rows, cols;
	int cursor_row, cursor_col; /* -1: hidden */
	bool touched;
};

/* One letter as the terminal gets it. */
struct letter {
	wchar_t base[CCHARW_MAX + 1];
	int width;
};

static size_t decode(const char *text, size_t size, uint32_t *out)
{
	const unsigned char *byte = (const unsigned char *)text;
	size_t n = *byte < 0x80 ? 1 : *byte < 0xe0 ? 2 : *byte < 0xf0 ? 3 : 4;
	uint32_t point = n == 1 ? *byte : *byte & (0x7fu >> n);
	if (n > size)
		n = size;
	for (size_t i = 1; i < n; i++)
		point = point << 6 | (byte[i] & 0x3f);
	*out = point;
	return n ? n : 1;
}

/* Control characters and bidi overrides must never reach the terminal. */
static bool hostile(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x200e ||
	       point == 0x200f || point == 0x061c || (point >= 0x2028 && point <= 0x202e) ||
	       (point >= 0x2066 && point <= 0x2069) || (point >= 0xd800 && point < 0xe000) ||
	       point > 0x10ffff;
}

/* The grapheme at text (ends before next) as a letter. */
static struct letter letter_of(const char *text, size_t size)
{
	struct letter letter = { .width = 0 };
	char piece[64];
	int count = 0;
	bool bad = size >= sizeof piece;
	for (size_t at = 0; at < size && !bad;) {
		uint32_t point;
		at += decode(text + at, size - at, &point);
		bad = hostile(point);
		if (count < CCHARW_MAX)
			letter.base[count++] = (wchar_t)point;
	}
	if (!bad) {
		memcpy(piece, text, size);
		piece[size] = '\0';
		letter.width = text_columns(piece);
	}
	if (bad || letter.width < 1 || letter.width > 2) {
		letter = (struct letter){ .width = 1 };
		letter.base[0] = L'·';
	}
	return letter;
}

int canvas_fit(const char *text, int most, size_t *bytes)
{
	int used = 0;
	size_t at = 0;
	while (text[at]) {
		size_t next = text_next(text, at);
		int width = letter_of(text + at, next - at).width;
		if (used + width > most)
			break;
		used += width;
		at = next;
	}
	if (bytes)
		*bytes = at;
	return used;
}

static attr_t attributes(const struct look *look)
{
	attr_t out = A_NORMAL;
	if (look->attrs & LOOK_BOLD)
		out |= A_BOLD;
	if (look->attrs & LOOK_REVERSE)
		out |= A_REVERSE;
	if (look->attrs & LOOK_UNDERLINE)
		out |= A_UNDERLINE;
	if (look->attrs & LOOK_DIM)
		out |= A_DIM;
	return out;
}

/* Puts a letter that is known to fit. */
static void put(struct surface *surface, int row, int col, enum role role,
                const struct letter *letter)
{
	const struct theme *theme = surface->theme;
	cchar_t cell;
	short pair = theme->depth == DEPTH_MONO ? 0 : (short)(role + 1);
	if (setcchar(&cell, letter->base, attributes(theme_look(theme, role)), pair, NULL) != OK)
		return;
	/* The last cell of the screen is written though curses cannot move on. */
	(void) mvadd_wch(row, col, &cell);
	for (int i = 0; i < letter->width; i++)
		surface->roles[row * surface->cols + col + i] = (uint8_t)role;
}

static const struct letter blank = { .base = L" ", .width = 1 };

int canvas_text(struct canvas *canvas, int row, int col, enum role role, const char *text)
{
	if (row < 0 || row >= canvas->rows || !text)
		return 0;
	int at = col;
	for (size_t i = 0; text[i] && at < canvas->cols;) {
		size_t next = text_next(text, i);
		struct letter letter = letter_of(text + i, next - i);
		i = next;
		bool whole = at >= 0 && at + letter.width <= canvas->cols;
		for (int part = 0; !whole && part < letter.width; part++)
			if (at + part >= 0 && at + part < canvas->cols)
				put(canvas->surface, canvas->top + row, canvas->left + at + part,
				    role, &blank);
		if (whole)
			put(canvas->surface, canvas->top + row, canvas->left + at, role, &letter);
		at += letter.width;
	}
	return at > canvas->cols ? canvas->cols - col : at - col;
}

void canvas_fill(struct canvas *canvas, int row, int col, int rows, int cols, enum role role)
{
	struct canvas part = canvas_part(canvas, row, col, rows, cols);
	for (int r = 0; r < part.rows; r++)
		for (int c = 0; c < part.cols; c++)
			put(part.surface, part.top + r, part.left + c, role, &blank);
}

void canvas_cursor(struct canvas *canvas, int row, int col)
{
	if (canvas->rows < 1 || canvas->cols < 1)
		return;
	row = row < 0 ? 0 : row >= canvas->rows ? canvas->rows - 1 : row;
	col = col < 0 ? 0 : col >= canvas->cols ? canvas->cols - 1 : col;
	canvas->surface->cursor_row = canvas->top + row;
	canvas->surface->cursor_col = canvas->left + col;
}

struct surface *surface_new(void)
{
	struct surface *surface = calloc(1, sizeof *surface);
	if (!surface)
		abort();
	surface->cursor_row = -1;
	return surface;
}

struct surface *surface_free(struct surface *surface)
{
	if (surface)
		free(surface->roles);
	free(surface);
	return NULL;
}

struct canvas surface_begin(struct surface *surface, const struct theme *theme)
{
	size_t cells = (size_t)LINES * (size_t)COLS;
	surface->theme = theme;
	if (surface->rows != LINES || surface->cols != COLS) {
		free(surface->roles);
		surface->roles = malloc(cells ? cells : 1);
		if (!surface->roles)
			abort();
		surface->rows = LINES;
		surface->cols = COLS;
	}
	memset(surface->roles, ROLE_TEXT, cells);
	surface->cursor_row = -1;
	erase();
	struct canvas canvas = { .surface = surface, .rows = LINES, .cols = COLS };
	/* The theme's own ground, where it has one. */
	if (theme_look(theme, ROLE_TEXT)->bg >= 0)
		canvas_fill(&canvas, 0, 0, LINES, COLS, ROLE_TEXT);
	return canvas;
}

void surface_end(struct surface *surface)
{
	bool shown = surface->cursor_row >= 0;
	(void) curs_set(shown ? 1 : 0);
	if (shown)
		(void) move(surface->cursor_row, surface->cursor_col);
	if (surface->touched)
		clearok(stdscr, TRUE);
	surface->touched = false;
	wnoutrefresh(stdscr);
	doupdate();
}

void surface_touch(struct surface *surface)
{
	surface->touched = true;
}

static bool private_role(enum role role)
{
	return role == ROLE_PERSON || role == ROLE_INPUT || role == ROLE_FOCUS ||
	       role == ROLE_WRONG;
}

void surface_row(const struct surface *surface, int row, bool masked, char *out, size_t room)
{
	size_t at = 0;
	mbstate_t state = { 0 };
	for (int col = 0; row < surface->rows && col < surface->cols;) {
		cchar_t cell;
		wchar_t base[CCHARW_MAX + 1] = { 0 };
		attr_t attrs;
		short pair;
		int width = 1;
		if (mvin_wch(row, col, &cell) == OK &&
		    getcchar(&cell, base, &attrs, &pair, NULL) == OK)
			width = wcwidth(base[0]) == 2 ? 2 : 1;
		bool hide = masked && private_role(surface_role(surface, row, col)) &&
		            base[0] != L' ' && base[0];
		char text[CCHARW_MAX * MB_LEN_MAX] = "•";
		const wchar_t *from = base;
		if (!hide && wcsrtombs(text, &from, sizeof text, &state) == (size_t)-1)
			text[0] = '\0';
		size_t n = strlen(text);
		if (at + n + 1 > room)
			break;
		memcpy(out + at, text, n);
		at += n;
		col += width;
	}
	if (room)
		out[at] = '\0';
}

enum role surface_role(const struct surface *surface, int row, int col)
{
	if (row < 0 || col < 0 || row >= surface->rows || col >= surface->cols)
		return ROLE_TEXT;
	return (enum role)surface->roles[row * surface->cols + col];
}

int surface_rows(const struct surface *surface)
{
	return surface->rows;
}

int surface_cols(const struct surface *surface)
{
	return surface->cols;
}

bool surface_cursor(const struct surface *surface, int *row, int *col)
{
	*row = surface->cursor_row;
	*col = surface->cursor_col;
	return surface->cursor_row >= 0;
}
