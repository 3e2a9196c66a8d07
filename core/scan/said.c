/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/said.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/text.h"

#define PIXELS_MOST 100000

struct word {
	int left, top, width, height;
	const char *text;
};

/* NULL when the line is none of motcua-pages'. */
static const char *read_word(struct arena *arena, const char *line, size_t size, struct word *out)
{
	char text[256], *at;
	int used = 0;
	if (size >= sizeof text)
		return NULL;
	memcpy(text, line, size);
	text[size] = '\0';
	if (strlen(text) != size || sscanf(text, "%6d %6d %6d %6d %n", &out->left, &out->top, &out->width, &out->height, &used) != 4 ||
	    !used || out->left < 0 || out->top < 0 || out->width < 1 || out->height < 1 || out->left > PIXELS_MOST ||
	    out->top > PIXELS_MOST || out->width > PIXELS_MOST || out->height > PIXELS_MOST)
		return NULL;
	at = text + used;
	out->text = text_mend(arena, at, strlen(at));
	return *out->text ? out->text : NULL;
}

/* Words come in the order of reading: one further left, or not beside the one before,
 * begins a line. */
static bool begins_line(const struct word *word, const struct word *before)
{
	int middle = word->top + word->height / 2;
	return word->left < before->left || middle < before->top - before->height / 2 ||
	       middle > before->top + before->height + before->height / 2;
}

static void end_line(struct arena *arena, struct said *said, struct bytes *line)
{
	if (!line->size)
		return;
	said->lines = arena_grow(arena, said->lines, sizeof *said->lines, said->count, &said->room);
	said->lines[said->count++] = arena_string(arena, bytes_string(line));
	bytes_clear(line);
}

void said_read(struct arena *arena, const char *words, size_t size, struct said *out)
{
	struct word before = { 0 }, word;
	struct bytes line = { 0 };
	const char *end = words + (size < SAID_BYTES_MOST ? size : SAID_BYTES_MOST);
	*out = (struct said){ 0 };
	for (int count = 0; words < end && count < SAID_WORDS_MOST; count++) {
		const char *stop = memchr(words, '\n', (size_t)(end - words));
		size_t n = stop ? (size_t)(stop - words) : (size_t)(end - words);
		if (read_word(arena, words, n, &word)) {
			if (line.size && begins_line(&word, &before))
				end_line(arena, out, &line);
			bytes_format(&line, "%s%s", line.size ? " " : "", word.text);
			before = word;
		}
		words += n + (stop != NULL);
	}
	end_line(arena, out, &line);
	bytes_free(&line);
}

const char *said_text(struct arena *arena, const struct said *said)
{
	struct bytes text = { 0 };
	for (size_t i = 0; i < said->count; i++)
		bytes_format(&text, "%s%s", i ? " " : "", said->lines[i]);
	const char *out = arena_string(arena, bytes_string(&text));
	bytes_free(&text);
	return out;
}
