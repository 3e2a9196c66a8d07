/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of text: previews on the screen, logs, printers that know nothing else. */
#include <string.h>

#include "core/base/text.h"
#include "printers/tongue.h"

struct lines {
	const char **text;
	size_t count, room;
};

static void add_line(struct arena *arena, struct lines *lines, const char *text)
{
	lines->text = arena_grow(arena, lines->text, sizeof *lines->text, lines->count, &lines->room);
	lines->text[lines->count++] = text;
}

/* Padded on the left for its alignment; never on the right. */
static const char *aligned(struct arena *arena, const char *line, size_t size, int columns,
                           enum slip_align align)
{
	char *text = arena_copy(arena, line, size);
	while (size > 0 && text[size - 1] == ' ')
		text[--size] = '\0';
	int left = columns - text_columns(text);
	if (align == SLIP_CENTER)
		left /= 2;
	else if (align != SLIP_RIGHT)
		left = 0;
	return left > 0 ? arena_format(arena, "%*s%s", left, "", text) : text;
}

static void wrap(struct arena *arena, const char *text, int columns, enum slip_align align,
                 struct lines *out)
{
	do {
		size_t next = 0;
		size_t size = text_line(text, columns, &next);
		add_line(arena, out, aligned(arena, text, size, columns, align));
		text += next;
	} while (*text);
}

static void say_text(struct arena *arena, const struct slip_node *node, int columns,
                     struct lines *out)
{
	struct bytes all = { 0 };
	for (const struct slip_run *run = node->runs; run; run = run->next)
		bytes_text(&all, run->text);
	for (int at = text_columns(bytes_string(&all)); node->leader && at < columns; at++)
		bytes_byte(&all, '.');
	wrap(arena, bytes_string(&all), columns, node->align, out);
	bytes_free(&all);
}

static const char *repeat(struct arena *arena, const char *what, int times)
{
	struct bytes all = { 0 };
	for (int i = 0; i < times; i++)
		bytes_text(&all, what);
	const char *out = arena_string(arena, bytes_string(&all));
	bytes_free(&all);
	return out;
}

static void say_nodes(struct arena *arena, const struct slip *slip, const struct slip_node *node,
                      int columns, struct lines *out);

#define CELLS_MOST 16

static void pad_to(struct bytes *line, int *used, int at)
{
	for (; *used < at; ++*used)
		bytes_byte(line, ' ');
}

static const char *join(struct arena *arena, const struct lines *cells, const int *widths,
                        int count, size_t k, bool grid)
{
	struct bytes line = { 0 };
	int used = 0, at = 0;
	for (int i = 0; i < count; i++) {
		const char *text = k < cells[i].count ? cells[i].text[k] : "";
		pad_to(&line, &used, at);
		bytes_text(&line, text);
		used += text_columns(text);
		at += widths[i] + (grid ? 3 : 2);
		if (grid && i + 1 < count) {
			pad_to(&line, &used, at - 3);
			bytes_text(&line, " | ");
			used += 3;
		}
	}
	const char *out = aligned(arena, bytes_string(&line), line.size, 0, SLIP_LEFT);
	bytes_free(&line);
	return out;
}

/* Cells side by side, each wrapped in its own columns. */
static void say_row(struct arena *arena, const struct slip *slip, const struct slip_node *row,
                    int columns, struct lines *out)
{
	struct lines cells[CELLS_MOST] = { { 0 } };
	int widths[CELLS_MOST], count = 0, left = columns, gap = row->grid ? 3 : 2;
	size_t most = 0;
	for (const struct slip_node *n = row->first; n && count < CELLS_MOST; n = n->next) {
		int width = n->next ? (int)(n->amount * columns + 0.5) - gap : left;
		widths[count] = width < 3 ? 3 : width;
		left -= widths[count] + gap;
		say_nodes(arena, slip, n->first, widths[count], &cells[count]);
		most = cells[count].count > most ? cells[count].count : most;
		count++;
	}
	for (size_t k = 0; k < most; k++)
		add_line(arena, out, join(arena, cells, widths, count, k, row->grid));
	if (row->grid)
		add_line(arena, out, repeat(arena, "-", columns));
}

static void say_nodes(struct arena *arena, const struct slip *slip, const struct slip_node *node,
                      int columns, struct lines *out)
{
	for (; node; node = node->next) {
		switch (node->kind) {
		case SLIP_TEXT: say_text(arena, node, columns, out); break;
		case SLIP_ROW: say_row(arena, slip, node, columns, out); break;
		case SLIP_KEEP: say_nodes(arena, slip, node->first, columns, out); break;
		case SLIP_RULE: {
			const char *rule = repeat(arena, "-", (int)(columns * node->amount));
			add_line(arena, out, aligned(arena, rule, strlen(rule), columns, SLIP_CENTER));
			break;
		}
		case SLIP_BAR: {
			const char *dark = repeat(arena, "#", (int)(columns * node->amount + 0.5));
			add_line(arena, out, arena_format(arena, "%s%s", dark, repeat(arena, ".", (int)(columns * node->more + 0.5))));
			break;
		}
		case SLIP_SPACE:
			for (double h = node->amount; h >= 6; h -= 13)
				add_line(arena, out, "");
			break;
		case SLIP_PAGE: add_line(arena, out, repeat(arena, "=", columns)); break;
		case SLIP_QR: add_line(arena, out, aligned(arena, "[QR]", 4, columns, SLIP_CENTER)); break;
		case SLIP_CELL: break;
		}
	}
}

void tongue_plain(struct arena *arena, const struct slip *slip, int columns, struct bytes *out)
{
	struct lines lines = { 0 };
	say_nodes(arena, slip, slip->first, columns, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		bytes_text(out, lines.text[i]);
		bytes_byte(out, '\n');
	}
}
