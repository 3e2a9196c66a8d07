/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a body in the order of the wire; at most one piece of one file is in
 * memory at a time. */
#include <string.h>

#include "core/courier/body.h"

void body_open(struct body *body, struct body_source *source, void (*wake)(struct body *))
{
	body_close(body);
	body->source = source;
	body->wake = wake;
}

void body_close(struct body *body)
{
	if (body->asked && body->source)
		body->source->stop(body->source);
	bytes_free(&body->ready);
	body->source = NULL;
	body->wake = NULL;
	body->at = body->piece = body->carried = 0;
	body->text_at = body->ready_at = 0;
	body->got = 0;
	body->asked = body->failed = false;
}

/* One to three bytes as four letters, in a form up to twelve; how many. */
static size_t put_group(char *out, const unsigned char *in, int n, bool form)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned word = (unsigned)in[0] << 16 | (n > 1 ? (unsigned)in[1] << 8 : 0) |
	                (n > 2 ? in[2] : 0u);
	const char group[4] = { letters[word >> 18], letters[word >> 12 & 63],
		                n > 1 ? letters[word >> 6 & 63] : '=',
		                n > 2 ? letters[word & 63] : '=' };
	size_t at = 0;
	for (int i = 0; i < 4; i++) {
		char c = group[i];
		if (form && (c == '+' || c == '/' || c == '=')) {
			memcpy(out + at, c == '+' ? "%2B" : c == '/' ? "%2F" : "%3D", 3);
			at += 3;
		} else {
			out[at++] = c;
		}
	}
	return at;
}

void body_base64(struct bytes *out, const void *bytes, size_t n)
{
	const unsigned char *in = bytes;
	char group[12];
	for (size_t i = 0; i < n; i += 3)
		bytes_add(out, group, put_group(group, in + i, n - i < 3 ? (int)(n - i) : 3, false));
}

/* Block by block: one call for each group would be slow for big files. */
static void code(struct body *body, const unsigned char *in, size_t n, bool form)
{
	char block[3072];
	size_t at = 0;
	while (n) {
		if (!body->carried && n >= 3) {
			at += put_group(block + at, in, 3, form);
			in += 3;
			n -= 3;
		} else {
			body->carry[body->carried++] = *in++;
			n--;
			if (body->carried == 3) {
				at += put_group(block + at, body->carry, 3, form);
				body->carried = 0;
			}
		}
		if (at > sizeof block - 12) {
			bytes_add(&body->ready, block, at);
			at = 0;
		}
	}
	bytes_add(&body->ready, block, at);
}

static void next_part(struct body *body)
{
	body->at++;
	body->piece = 0;
	body->got = 0;
}

void body_arrived(struct body *body, const void *piece, size_t n)
{
	const struct body_part *part = &body->parts[body->at];
	body->asked = false;
	bytes_clear(&body->ready);
	body->ready_at = 0;
	body->got += (int64_t)n;
	body->piece++;
	if (!n || body->got > part->bytes) {
		body_failed(body);
		return;
	}
	bool form = part->code == BODY_FORM;
	if (part->code == BODY_PLAIN)
		bytes_add(&body->ready, piece, n);
	else
		code(body, piece, n, form);
	if (body->got == part->bytes) {
		char group[12];
		if (body->carried)
			bytes_add(&body->ready, group,
			          put_group(group, body->carry, body->carried, form));
		body->carried = 0;
		next_part(body);
	}
	body->wake(body);
}

void body_failed(struct body *body)
{
	body->asked = false;
	body->failed = true;
	body->wake(body);
}

static size_t give(char *out, size_t room, const struct bytes *from, size_t at, size_t end)
{
	size_t n = end - at < room ? end - at : room;
	memcpy(out, from->data + at, n);
	return n;
}

/* The texts before this part take so many bytes of body->text. */
static size_t text_begin(const struct body *body)
{
	size_t begin = 0;
	for (int i = 0; i < body->at; i++)
		begin += body->parts[i].size;
	return begin;
}

long body_read(struct body *body, char *out, size_t room)
{
	for (;;) {
		if (body->failed)
			return BODY_BROKEN;
		if (body->ready_at < body->ready.size) {
			size_t n = give(out, room, &body->ready, body->ready_at, body->ready.size);
			body->ready_at += n;
			return (long)n;
		}
		if (body->asked)
			return BODY_WAIT;
		if (body->at == body->count)
			return 0;
		const struct body_part *part = &body->parts[body->at];
		if (!part->file) {
			size_t end = text_begin(body) + part->size;
			size_t n = give(out, room, &body->text, body->text_at, end);
			body->text_at += n;
			if (body->text_at == end)
				next_part(body);
			return (long)n;
		}
		if (!part->bytes) {
			next_part(body);
		} else {
			body->asked = body->source && body->source->fetch(body->source, body,
			                                                  part->file, body->piece);
			body->failed = !body->asked;
		}
	}
}
