/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/body.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void body_clear(struct body *body)
{
	body_close(body);
	bytes_clear(&body->text);
	body->count = 0;
	body->boundary[0] = body->type[0] = '\0';
}

void body_free(struct body *body)
{
	body_close(body);
	bytes_free(&body->text);
	free(body->parts);
	*body = (struct body){ 0 };
}

bool body_empty(const struct body *body)
{
	return body->count == 0;
}

static int64_t base64_size(int64_t bytes)
{
	return (bytes + 2) / 3 * 4;
}

int64_t body_size(const struct body *body)
{
	int64_t size = 0;
	for (int i = 0; i < body->count; i++) {
		const struct body_part *part = &body->parts[i];
		if (!part->file)
			size += (int64_t)part->size;
		else if (part->code == BODY_FORM)
			return -1;
		else
			size += part->code == BODY_BASE64 ? base64_size(part->bytes) : part->bytes;
	}
	return size;
}

int64_t body_file_bytes(const struct body *body)
{
	int64_t size = 0;
	for (int i = 0; i < body->count; i++)
		size += body->parts[i].file ? body->parts[i].bytes : 0;
	return size;
}

static struct body_part *part_new(struct body *body)
{
	if (body->count == body->room) {
		body->room = body->room ? body->room * 2 : 4;
		body->parts = realloc(body->parts, (size_t)body->room * sizeof *body->parts);
		if (!body->parts)
			abort();
	}
	struct body_part *part = &body->parts[body->count++];
	*part = (struct body_part){ 0 };
	return part;
}

void body_text(struct body *body, const char *bytes, size_t n)
{
	if (!n)
		return;
	struct body_part *last = body->count ? &body->parts[body->count - 1] : NULL;
	if (!last || last->file)
		last = part_new(body);
	bytes_add(&body->text, bytes, n);
	last->size += n;
}

void body_string(struct body *body, const char *text)
{
	body_text(body, text, strlen(text));
}

void body_file(struct body *body, int64_t file, int64_t size, enum body_code code)
{
	struct body_part *part = part_new(body);
	part->file = file;
	part->bytes = size;
	part->code = code;
}

/* Names come from clerks' scanners: a quote or a line's end would break out. */
static void quoted(struct body *body, const char *text)
{
	for (; *text; text++) {
		if (*text == '"')
			body_string(body, "%22");
		else if ((unsigned char)*text < 32 || *text == 127)
			body_string(body, "_");
		else
			body_text(body, text, 1);
	}
}

static void part_begin(struct body *body, const char *field)
{
	if (!body->boundary[0]) {
		static const char digits[] = "0123456789abcdef";
		size_t at = (size_t)snprintf(body->boundary, sizeof body->boundary, "motcua-");
		for (int i = 0; i < 32; i++)
			body->boundary[at++] = digits[arc4random_uniform(16)];
		body->boundary[at] = '\0';
		snprintf(body->type, sizeof body->type, "multipart/form-data; boundary=%s",
		         body->boundary);
	}
	body_string(body, "--");
	body_string(body, body->boundary);
	body_string(body, "\r\nContent-Disposition: form-data; name=\"");
	quoted(body, field);
	body_string(body, "\"");
}

void body_multipart_text(struct body *body, const char *field, const char *value)
{
	part_begin(body, field);
	body_string(body, "\r\n\r\n");
	body_string(body, value);
	body_string(body, "\r\n");
}

void body_multipart_file(struct body *body, const char *field, const char *filename,
                         const char *media_type, int64_t file, int64_t size)
{
	part_begin(body, field);
	body_string(body, "; filename=\"");
	quoted(body, filename);
	body_string(body, "\"\r\nContent-Type: ");
	quoted(body, *media_type ? media_type : "application/octet-stream");
	body_string(body, "\r\n\r\n");
	body_file(body, file, size, BODY_PLAIN);
	body_string(body, "\r\n");
}

void body_multipart_end(struct body *body)
{
	body_string(body, "--");
	body_string(body, body->boundary);
	body_string(body, "--\r\n");
}

void body_percent(struct bytes *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    strchr("-._~", c))
			bytes_byte(out, c);
		else
			bytes_format(out, "%%%02X", c);
	}
}

static void form_field(struct body *body, const char *field)
{
	struct bytes coded = { 0 };
	snprintf(body->type, sizeof body->type, "application/x-www-form-urlencoded");
	body_percent(&coded, field);
	body_string(body, body->count ? "&" : "");
	body_text(body, bytes_string(&coded), coded.size);
	body_string(body, "=");
	bytes_free(&coded);
}

void body_form_text(struct body *body, const char *field, const char *value)
{
	struct bytes coded = { 0 };
	form_field(body, field);
	body_percent(&coded, value);
	body_text(body, bytes_string(&coded), coded.size);
	bytes_free(&coded);
}

void body_form_file(struct body *body, const char *field, int64_t file, int64_t size)
{
	form_field(body, field);
	body_file(body, file, size, BODY_FORM);
}

json_t *body_mark(int64_t file, int64_t size)
{
	char mark[64];
	snprintf(mark, sizeof mark, "\001file:%lld:%lld", (long long)file, (long long)size);
	return json_string(mark);
}

/* As jansson writes the mark.  Our texts hold no control characters, and a
 * source gives out the files of its own dossier only. */
void body_json(struct body *body, const json_t *json)
{
	static const char mark[] = "\"\\u0001file:";
	char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
	if (!text)
		abort();
	const char *from = text;
	for (const char *at = text; (at = strstr(at, mark));) {
		long long file, size;
		int n = 0;
		if (sscanf(at + sizeof mark - 1, "%lld:%lld%n", &file, &size, &n) != 2 ||
		    at[sizeof mark - 1 + (size_t)n] != '"' || file <= 0 || size < 0) {
			at += sizeof mark - 1;
			continue;
		}
		body_text(body, from, (size_t)(at + 1 - from));
		body_file(body, file, size, BODY_BASE64);
		at = from = at + sizeof mark - 1 + n;
	}
	body_string(body, from);
	free(text);
}
