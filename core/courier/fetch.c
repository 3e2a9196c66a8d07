/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/fetch.h"

#include <string.h>

#include "core/base/say.h"
#include "core/courier/address.h"
#include "core/courier/auth.h"

#define MOST_BYTES (10L << 20)

/* Scheme and host are those of base_url. */
static bool own_origin(const struct profile *profile, unsigned port, const char *url)
{
	char base[400];
	if (!profile_fill(profile, "base_url", port, base, sizeof base))
		return false;
	const char *host = strstr(base, "://");
	size_t n = host ? (size_t)(host - base) + 3 : 0;
	n += strcspn(base + n, "/?#");
	return strncmp(base, url, n) == 0 && (url[n] == '/' || url[n] == '?' || !url[n]);
}

bool fetch_write(const struct profile *profile, const struct call_facts *facts,
                 struct http_call *call, struct error *err)
{
	const char *link = json_string_value(json_object_get(facts->payload, "link"));
	http_blank(call);
	call->ca_file = profile_text(profile, "ca_file", NULL);
	if (!link || !*link)
		return fail(err, FAULT_INPUT, _("%s không cho biết tệp ở đâu"), profile->name);
	if (!address_of_link(profile, link, facts->practice_port, call->url, sizeof call->url, err))
		return false;
	call->reply_limit = (size_t)profile_number(profile, "max_file_bytes", MOST_BYTES);
	if (own_origin(profile, facts->practice_port, call->url)) {
		call->cert_file = profile_text(profile, "cert_file", NULL);
		call->key_file = profile_text(profile, "key_file", NULL);
		auth_sign(profile, facts, call);
	}
	return true;
}

static int value_of(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static bool is_blank(unsigned char c)
{
	return c == '\r' || c == '\n' || c == ' ' || c == '"';
}

/* Whole groups of four letters, padded; a quoted string will do. */
static bool decode(const struct bytes *body, struct bytes *out)
{
	unsigned long bits = 0;
	size_t letters = 0, pads = 0;
	for (size_t i = 0; i < body->size; i++) {
		unsigned char c = (unsigned char)body->data[i];
		if (is_blank(c))
			continue;
		int value = value_of(c);
		if (c == '=') {
			pads++;
			continue;
		}
		if (value < 0 || pads)
			return false;
		bits = bits << 6 | (unsigned long)value;
		if (++letters % 4)
			continue;
		for (int shift = 16; out && shift >= 0; shift -= 8)
			bytes_byte(out, (uint8_t)(bits >> shift));
	}
	if ((letters + pads) % 4 || pads > 2 || letters < 8)
		return false;
	if (out && pads == 2)
		bytes_byte(out, (uint8_t)(bits >> 4));
	if (out && pads == 1) {
		bytes_byte(out, (uint8_t)(bits >> 10));
		bytes_byte(out, (uint8_t)(bits >> 2));
	}
	return true;
}

enum fetched fetch_judge(const struct http_reply *reply)
{
	if (reply->fault != HTTP_FINE || reply->code != 200 || !reply->body.size)
		return FETCHED_NOT;
	/* One word ("Unauthorized") is base64 to the letter, but no file. */
	if (strcmp(reply->type, "text/plain") == 0 || strcmp(reply->type, "application/json") == 0)
		return reply->body.size >= 64 && decode(&reply->body, NULL) ? FETCHED_BASE64
		                                                            : FETCHED_NOT;
	return strcmp(reply->type, "text/html") == 0 || !reply->type[0] ? FETCHED_NOT : FETCHED_FILE;
}

bool fetch_bytes(const struct http_reply *reply, struct bytes *out)
{
	switch (fetch_judge(reply)) {
	case FETCHED_FILE:
		bytes_add(out, reply->body.data, reply->body.size);
		return out->size > 0;
	case FETCHED_BASE64:
		return decode(&reply->body, out) && out->size > 0;
	case FETCHED_NOT:
		break;
	}
	return false;
}
