/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/field.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/composer.h"

#define FIELD_MOST 500 /* graphemes when the owner gives no limit */

/* What a run of edits is: a run is one step of undo. */
enum { RUN_NONE, RUN_TYPING, RUN_ERASING };

void field_init(struct field *field, struct arena *arena, const struct composer *composer)
{
	*field = (struct field){ .arena = arena, .composer = composer };
	field->room = 32;
	field->text = arena_take(arena, field->room);
}

bool field_empty(const struct field *field)
{
	return !*field->text;
}

/* Makes text the field's own, NFC; a cursor in the middle of a letter steps back
 * to its start. */
static void keep(struct field *field, const char *text, size_t cursor)
{
	size_t size = strlen(text);
	if (size + 1 > field->room) {
		while (field->room < size + 1)
			field->room *= 2;
		field->text = arena_take(field->arena, field->room);
	}
	memmove(field->text, text, size + 1);
	field->cursor = cursor < size ? cursor : size;
}

static int most(const struct field *field)
{
	return field->max > 0 ? field->max : FIELD_MOST;
}

static bool fits(const struct field *field, const char *text)
{
	if (field->digits && text[strspn(text, "0123456789")])
		return false;
	return (int)text_count(text) <= most(field);
}

static const char *taken_in(const struct field *field, struct arena *arena, const char *bytes)
{
	const char *out;
	if (field->lines && text_take_lines(arena, bytes, strlen(bytes), &out, NULL))
		return out;
	return text_mend(arena, bytes, strlen(bytes));
}

void field_set(struct field *field, const char *text)
{
	struct arena scratch = { 0 };
	char *taken = arena_string(&scratch, taken_in(field, &scratch, text));
	while ((int)text_count(taken) > most(field))
		taken[text_prev(taken, strlen(taken))] = '\0';
	keep(field, taken, strlen(taken));
	field->changed = field->wrong = false;
	field->undos = 0;
	field->run = RUN_NONE;
	field->first = 0;
	arena_free(&scratch);
}

static void remember(struct field *field, int run)
{
	bool same = field->run == run && run != RUN_NONE;
	field->run = run;
	if (same)
		return;
	if (field->undos == FIELD_UNDOS) {
		memmove(field->undo, field->undo + 1, sizeof *field->undo * (FIELD_UNDOS - 1));
		field->undos--;
	}
	field->undo[field->undos].text = arena_string(field->arena, field->text);
	field->undo[field->undos++].cursor = field->cursor;
}

bool field_undo(struct field *field)
{
	if (!field->undos || field->locked)
		return false;
	field->undos--;
	keep(field, field->undo[field->undos].text, field->undo[field->undos].cursor);
	field->run = RUN_NONE;
	field->changed = true;
	return true;
}

/* Replaces [from, to) by foreign bytes; all of the edit or, when it does not fit,
 * nothing. */
static bool replace(struct field *field, size_t from, size_t to, const char *bytes, size_t n,
                    int run)
{
	struct arena scratch = { 0 };
	const char *tail = field->text + to;
	/* Compose what stands before the cursor together with what comes: a mark may
	 * belong to the letter before. */
	char *head = arena_format(&scratch, "%.*s%.*s", (int)from, field->text, (int)n, bytes);
	const char *front = taken_in(field, &scratch, head);
	const char *whole = arena_format(&scratch, "%s%s", front, tail);
	bool good = !field->locked && fits(field, whole);
	if (good && strcmp(whole, field->text) != 0) {
		remember(field, run);
		keep(field, whole, strlen(front));
		field->changed = true;
		field->wrong = false;
	}
	arena_free(&scratch);
	return good;
}

bool field_insert(struct field *field, const char *bytes, size_t n)
{
	return replace(field, field->cursor, field->cursor, bytes, n, RUN_NONE);
}

static bool compose(struct field *field, char key)
{
	char word[COMPOSER_WORD], out[COMPOSER_WORD];
	if (!field->composer || field->plain || field->digits || field->secret)
		return false;
	size_t n = composer_word(field->text, field->cursor);
	if (n >= sizeof word)
		return false;
	memcpy(word, field->text + field->cursor - n, n);
	word[n] = '\0';
	return composer_key(field->composer, word, key, out) &&
	       replace(field, field->cursor - n, field->cursor, out, strlen(out), RUN_TYPING);
}

static void type(struct field *field, const struct event *event)
{
	if (event->size == 1 && compose(field, *event->text))
		return;
	replace(field, field->cursor, field->cursor, event->text, event->size,
	        *event->text == ' ' ? RUN_NONE : RUN_TYPING);
}

static void paste(struct field *field, const struct event *event)
{
	struct arena scratch = { 0 };
	const char *text = taken_in(field, &scratch, event->text);
	const char *end = text + strlen(text);
	while (end > text && end[-1] == ' ')
		end--;
	text += strspn(text, " ");
	/* Too long: as much as fits, so that the clerk sees what was cut. */
	size_t n = end > text ? (size_t)(end - text) : 0;
	while (n && !replace(field, field->cursor, field->cursor, text, n, RUN_NONE))
		n = text_prev(text, n);
	arena_free(&scratch);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static size_t word_left(const char *text, size_t at)
{
	while (at > 0 && is_blank(text[at - 1]))
		at--;
	while (at > 0 && !is_blank(text[at - 1]))
		at--;
	return at;
}

static size_t word_right(const char *text, size_t at)
{
	while (text[at] && !is_blank(text[at]))
		at++;
	while (is_blank(text[at]))
		at++;
	return at;
}

static void move(struct field *field, size_t to)
{
	field->cursor = to;
	field->run = RUN_NONE;
}

static void erase(struct field *field, size_t from, size_t to)
{
	if (from < to)
		replace(field, from, to, "", 0, to - from > 8 ? RUN_NONE : RUN_ERASING);
}

static bool edit_key(struct field *field, struct chord chord)
{
	const char *text = field->text;
	size_t at = field->cursor, end = strlen(text);
	bool word = chord.mods == MOD_CTRL || chord.mods == MOD_ALT;
	if (chord.mods & MOD_SHIFT || (chord.mods && !word))
		return false;
	switch (chord.key) {
	case K_LEFT:  move(field, word ? word_left(text, at) : text_prev(text, at)); return true;
	case K_RIGHT: move(field, word ? word_right(text, at) : text_next(text, at)); return true;
	case K_BACKSPACE:
		erase(field, word ? word_left(text, at) : text_prev(text, at), at);
		return true;
	case K_DELETE: {
		size_t to = word ? word_right(text, at) : text_next(text, at);
		move(field, at);
		replace(field, at, to, "", 0, RUN_ERASING);
		return true;
	}
	case K_HOME: move(field, 0); return !word;
	case K_END:  move(field, end); return !word;
	default:     return false;
	}
}

static bool control_key(struct field *field, int key)
{
	size_t at = field->cursor, end = strlen(field->text);
	switch (key) {
	case 'a': move(field, 0); return true;
	case 'e': move(field, end); return true;
	case 'b': move(field, text_prev(field->text, at)); return true;
	case 'f': move(field, text_next(field->text, at)); return true;
	case 'u': erase(field, 0, at); return true;
	case 'k': erase(field, at, end); return true;
	case 'w': erase(field, word_left(field->text, at), at); return true;
	case '_': field_undo(field); return true;
	default:  return false;
	}
}

bool field_handle(struct field *field, const struct event *event)
{
	switch (event->kind) {
	case EVENT_TEXT:
		type(field, event);
		return true;
	case EVENT_PASTE:
		paste(field, event);
		return true;
	case EVENT_KEY:
		if (event->chord.mods == MOD_CTRL && event->chord.key < K_SPECIAL)
			return control_key(field, event->chord.key);
		return edit_key(field, event->chord);
	case EVENT_SCAN:
	case EVENT_MOUSE:
		return false;
	}
	return false;
}

/* As it is shown: the text, bullets, or masked. */
static const char *shown(const struct field *field, struct arena *arena, bool focused)
{
	if (field->secret) {
		size_t n = text_count(field->text);
		char *dots = arena_take(arena, n * 3 + 1);
		for (size_t i = 0; i < n; i++)
			memcpy(dots + i * 3, "•", 3);
		return dots;
	}
	if (field->mask && !field->revealed && !focused)
		return text_mask(arena, field->text);
	return field->text;
}

void field_draw(struct field *field, struct canvas *canvas, int row, int col, int width,
                bool focused)
{
	struct arena scratch = { 0 };
	struct canvas part = canvas_part(canvas, row, col, 1, width);
	enum role role = field->wrong ? ROLE_WRONG : focused ? ROLE_FOCUS
	                 : field->locked ? ROLE_TEXT : ROLE_INPUT;
	const char *text = shown(field, &scratch, focused);
	char *before = arena_copy(&scratch, field->text, field->cursor);
	int at = field->secret ? (int)text_count(before) : canvas_fit(before, 100000, NULL);
	int room = part.cols - (field->wrong ? 2 : 0);
	/* The cursor needs a cell of its own behind the text. */
	if (!focused)
		field->first = 0;
	else if (at - field->first >= room)
		field->first = at - room + 1;
	else if (at < field->first)
		field->first = at > 4 ? at - 4 : 0;
	canvas_fill(&part, 0, 0, 1, part.cols, role);
	canvas_text(&part, 0, -field->first, role, text);
	if (field->first)
		canvas_text(&part, 0, 0, role, "‹");
	if (field->wrong)
		canvas_text(&part, 0, room, role, " !");
	if (focused)
		canvas_cursor(&part, 0, at - field->first);
	arena_free(&scratch);
}
