/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/mask.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/base/arena.h"
#include "core/base/text.h"
#include "core/courier/body.h"

/* Every occurrence becomes dots; case is ignored (ASCII). */
static char *hide(struct arena *arena, const char *text, const char *what)
{
	size_t n = what ? strlen(what) : 0;
	if (n < 3)
		return (char *)(uintptr_t)text;
	struct bytes out = { 0 };
	for (const char *at = text; *at;) {
		if (strncasecmp(at, what, n) == 0) {
			bytes_text(&out, "•••");
			at += n;
		} else {
			bytes_byte(&out, (uint8_t)*at++);
		}
	}
	char *copy = arena_string(arena, bytes_string(&out));
	bytes_free(&out);
	return copy;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Runs of exactly 9 or 12 digits are identity numbers, of 10 beginning with 0
 * phones; 14 digits are moments of the wire and stay. */
static void hide_numbers(char *text)
{
	for (char *at = text; *at;) {
		if (!digit(*at)) {
			at++;
			continue;
		}
		size_t n = strspn(at, "0123456789");
		if (n == 12 || n == 9 || (n == 10 && at[0] == '0'))
			memset(at + 2, 'x', n - 4);
		at += n;
	}
}

static const char *person_part(const json_t *payload, const char *who, const char *what)
{
	return json_string_value(json_object_get(json_object_get(payload, who), what));
}

/* As they are, and as a form or an address would carry them. */
static char *hide_secrets(struct arena *arena, char *text, const json_t *secrets)
{
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)secrets, name, value) {
		struct bytes coded = { 0 };
		const char *plain = json_string_value(value);
		if (!plain)
			continue;
		body_percent(&coded, plain);
		text = hide(arena, hide(arena, text, plain), bytes_string(&coded));
		bytes_free(&coded);
	}
	return text;
}

/* What follows the name, or the scheme after it, of every header but those that
 * only tell where a request goes. */
static char *hide_headers(struct arena *arena, char *text, const struct bytes *headers)
{
	static const char *const open[] = { "dstcode:", "X-Road-Client:", "X-Road-Id:" };
	for (size_t at = 0; headers && at < headers->size;) {
		const char *line = headers->data + at;
		bool secret = true;
		at += strlen(line) + 1;
		for (size_t i = 0; i < sizeof open / sizeof *open; i++)
			secret &= strncasecmp(line, open[i], strlen(open[i])) != 0;
		const char *value = strrchr(line, ' ');
		if (secret && value)
			text = hide(arena, text, value + 1);
	}
	return text;
}

void mask_reply(struct bytes *out, const char *reply, size_t n, const json_t *payload,
                const char *session, const json_t *secrets, const struct bytes *headers)
{
	static const char *const people[] = { "owner", "submitter" };
	static const char *const parts[] = { "name", "id_number", "phone", "email", "address" };
	struct arena arena = { 0 };
	/* Masking may shorten it, so a little more than is kept is looked at. */
	char *text = (char *)(uintptr_t)text_mend(&arena, reply,
	                                          n < 2 * JOURNAL_SIZE ? n : 2 * JOURNAL_SIZE);
	text = hide(&arena, hide_secrets(&arena, text, secrets), session);
	text = hide_headers(&arena, text, headers);
	for (size_t p = 0; p < 2; p++)
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			text = hide(&arena, text, person_part(payload, people[p], parts[i]));
	text = arena_string(&arena, text);
	hide_numbers(text);
	size_t length = strlen(text);
	if (length > JOURNAL_SIZE) {
		length = JOURNAL_SIZE;
		while (length && ((unsigned char)text[length] & 0xC0) == 0x80)
			length--;
	}
	bytes_clear(out);
	bytes_add(out, text, length);
	arena_free(&arena);
}
