/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows that are the desk's: title, status line, keys. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk_own.h"

void desk_tables(const struct desk *desk, const struct action *out[4])
{
	int n = 0;
	const struct screen *top = desk->top;
	if (top && top->kind->actions)
		out[n++] = top->kind->actions;
	if (top && !top->kind->dialog && !top->kind->lock && desk->common)
		out[n++] = desk->common;
	out[n++] = desk_actions;
	out[n] = NULL;
}

/* Help, then what Enter does here, then the other keys in their order. */
static int rank(struct chord chord)
{
	bool function = chord.key >= K_F1 && chord.key <= K_F12;
	if (chord.key == K_ENTER && !chord.mods)
		return 1;
	return function ? (chord.key - K_F1) * 2 + 100 * chord.mods : 10000;
}

static bool taken(const struct bar_item *items, int count, struct chord chord)
{
	for (int i = 0; i < count; i++)
		if (items[i].chord.key == chord.key && items[i].chord.mods == chord.mods)
			return true;
	return false;
}

static bool is_first(struct chord chord, bool own)
{
	return chord.key == K_F1 || chord.key == K_F10 || (own && rank(chord) < 10000);
}

static int collect(const struct desk *desk, struct bar_item out[BAR_ITEMS])
{
	const struct action *tables[4];
	int count = 0;
	desk_tables(desk, tables);
	for (int t = 0; tables[t]; t++) {
		for (const struct action *at = tables[t]; at->name && count < BAR_ITEMS; at++) {
			struct chord chords[BINDINGS];
			if (!at->label || !keymap_chords(&desk->keymap, at, chords) ||
			    taken(out, count, chords[0]))
				continue;
			/* Kept in the order of the keys as they come in. */
			int place = count++;
			while (place > 0 && rank(out[place - 1].chord) > rank(chords[0])) {
				out[place] = out[place - 1];
				place--;
			}
			out[place] = (struct bar_item){ at, chords[0],
				                        .first = is_first(chords[0], t == 0),
				                        .may = !at->may || at->may(desk->top) };
		}
	}
	return count;
}

/* "F8 Trả" or, when it may not run, "F8(Trả)"; with the blank behind it. */
static int item_columns(const struct bar_item *item)
{
	char key[32];
	chord_write(item->chord, key, sizeof key);
	return text_columns(key) + 1 + text_columns(_(item->action->label)) + (item->may ? 0 : 1) + 1;
}

int bar_items(const struct desk *desk, int cols, struct bar_item out[BAR_ITEMS])
{
	int count = collect(desk, out), col = 0, kept = 0;
	int spare = cols + 1;
	for (int i = 0; i < count; i++)
		spare -= out[i].first ? item_columns(&out[i]) : 0;
	for (int i = 0; i < count; i++) {
		int need = item_columns(&out[i]);
		if (col + need > cols + 1 || (!out[i].first && need > spare))
			continue;
		spare -= out[i].first ? 0 : need;
		out[kept] = out[i];
		out[kept].col = col;
		out[kept++].cols = need - 1;
		col += need;
	}
	return kept;
}

void bar_draw(const struct desk *desk, struct canvas *row)
{
	struct bar_item items[BAR_ITEMS];
	int count = bar_items(desk, row->cols, items);
	canvas_fill(row, 0, 0, 1, row->cols, ROLE_BAR);
	for (int i = 0; i < count; i++) {
		char key[32];
		const char *label = _(items[i].action->label);
		chord_write(items[i].chord, key, sizeof key);
		int col = items[i].col;
		col += canvas_text(row, 0, col, items[i].may ? ROLE_KEY : ROLE_OFF, key);
		if (items[i].may)
			canvas_text(row, 0, col + 1, ROLE_BAR, label);
		else
			canvas_format(row, 0, col, ROLE_OFF, "(%s)", label);
	}
}

void title_draw(const struct desk *desk, struct canvas *row)
{
	struct arena scratch = { 0 };
	const struct screen *screen = screen_ground(desk);
	const char *title = screen->title ? screen->title : _(screen->kind->title);
	char when[32];
	moment_write(desk_now(desk), when, sizeof when);
	const char *practice = desk->practice ? _("TẬP DUYỆT") : "";
	const char *dot = " · ";
	int left = canvas_fit(title, 1000, NULL) + 2;
	int right = canvas_fit(desk->name, 1000, NULL) + (*desk->name ? 3 : 0) +
	            canvas_fit(practice, 1000, NULL) + (*practice ? 3 : 0) + (int)strlen(when) + 1;
	canvas_fill(row, 0, 0, 1, row->cols, ROLE_TITLE);
	canvas_text(row, 0, 1, ROLE_TITLE, text_upper(&scratch, title));
	int col = row->cols - right;
	if (col < left) { /* narrow: the practice world must still be told */
		col = row->cols - canvas_fit(practice, 1000, NULL) - 1;
		canvas_text(row, 0, col > 0 ? col : 0, ROLE_PRACTICE, practice);
		arena_free(&scratch);
		return;
	}
	col += canvas_text(row, 0, col, ROLE_TITLE, desk->name);
	col += *desk->name ? canvas_text(row, 0, col, ROLE_TITLE, dot) : 0;
	col += canvas_text(row, 0, col, ROLE_PRACTICE, practice);
	col += *practice ? canvas_text(row, 0, col, ROLE_TITLE, dot) : 0;
	canvas_text(row, 0, col, ROLE_TITLE, when);
	arena_free(&scratch);
}

/* A fault has a sign, so that it does not rest on colour. */
static enum role fault_look(enum fault fault, const char **sign)
{
	*sign = "! ";
	switch (fault) {
	case FAULT_NONE:     *sign = ""; return ROLE_STATUS;
	case FAULT_OFFLINE:  *sign = "… "; return ROLE_WARN;
	case FAULT_INPUT:
	case FAULT_CONFLICT:
	case FAULT_DENIED:
	case FAULT_DEVICE:   return ROLE_WARN;
	case FAULT_BUG:      return ROLE_ERROR;
	}
	return ROLE_STATUS;
}

static const char *status_words(const struct desk *desk, enum role *role, const char **sign)
{
	const char *hint = desk->hint ? desk->hint(desk) : "";
	*sign = "";
	*role = ROLE_STATUS;
	/* What was said gives way to a hint once it has been read. */
	if (*desk->status && !(*hint && desk->short_status)) {
		*role = fault_look(desk->fault, sign);
		return desk->status;
	}
	if (*hint) {
		*role = ROLE_PRACTICE;
		return hint;
	}
	return desk->top->status ? desk->top->status : "";
}

/* What to do next stands at the end of a sentence: a long one takes a row or two
 * more, until the next key or for some seconds. */
int status_rows(const struct desk *desk, int cols)
{
	const char *sign;
	enum role role;
	struct canvas none = { 0 };
	const char *text = status_words(desk, &role, &sign);
	if (desk->short_status && text == desk->status)
		return 1;
	int rows = canvas_lines(&none, 0, 0, cols - 1 - text_columns(sign), role, text);
	return rows < 1 ? 1 : rows > 3 ? 3 : rows;
}

void status_draw(const struct desk *desk, struct canvas *band)
{
	const char *sign;
	enum role role;
	const char *text = status_words(desk, &role, &sign);
	canvas_fill(band, 0, 0, band->rows, band->cols, role == ROLE_ERROR ? role : ROLE_STATUS);
	int col = 1 + canvas_text(band, 0, 1, role, sign);
	if (band->rows == 1)
		canvas_cell(band, 0, col, band->cols - col, role, text);
	else
		canvas_lines(band, 0, col, band->cols - col, role, text);
	if (desk->composer.method != COMPOSER_OFF && band->cols > 60)
		canvas_text(band, 0, band->cols - 6, ROLE_DIM,
		            desk->composer.method == COMPOSER_TELEX ? "Telex" : "VNI");
}
