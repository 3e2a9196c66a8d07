/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/say.h"
#include "core/store/seal.h"

/* X-Road allows no more. */
#define LONGEST_XROAD 2000

/* Each part between the slashes on its own; what is encoded already stays. */
static void put_parts(struct bytes *out, const char *path, size_t n, char between)
{
	char part[2] = "";
	for (size_t i = 0; i < n; i++) {
		part[0] = path[i];
		if (path[i] == between)
			bytes_byte(out, '/');
		else if (path[i] == '%')
			bytes_byte(out, '%');
		else
			body_percent(out, part);
	}
}

static void put_xroad(struct bytes *url, struct http_call *call, const struct profile *profile,
                      const char *path)
{
	const char *service = profile_text(profile, "dstcode", "");
	size_t whole = strlen(path), plain = strcspn(path, "?");
	bytes_text(url, "/r1/");
	put_parts(url, service, strlen(service), ':');
	put_parts(url, path, plain, '/');
	bytes_add(url, path + plain, whole - plain);
	char id[37];
	seal_uuid(id);
	http_header(call, "X-Road-Client: %s", profile_text(profile, "xroad_client", ""));
	http_header(call, "X-Road-Id: %s", id);
}

static void put_query(struct bytes *url, const char *name, const char *value, bool encoded)
{
	bytes_text(url, strchr(bytes_string(url), '?') ? "&" : "?");
	bytes_text(url, name);
	bytes_byte(url, '=');
	if (encoded)
		body_percent(url, value);
	else
		bytes_text(url, value);
}

static void put_adapter(struct bytes *url, struct http_call *call, const struct profile *profile,
                        const char *path)
{
	const char *dstcode = profile_text(profile, "dstcode", "");
	const char *where = profile_text(profile, "dstcode_in", "header");
	const char *provider = profile_text(profile, "provider_url", "");
	bytes_text(url, path);
	if (*dstcode && strcmp(where, "header") == 0)
		http_header(call, "dstcode: %s", dstcode);
	else if (*dstcode && strcmp(where, "none") != 0)
		put_query(url, "dstcode", dstcode, strcmp(where, "query-encoded") == 0);
	if (*provider)
		put_query(url, "providerurl", provider, true);
}

bool address_write(const struct profile *profile, const char *path, unsigned practice_port,
                   struct http_call *call, struct error *err)
{
	char base[400];
	struct bytes url = { 0 };
	bool xroad = strcmp(profile_text(profile, "transport", ""), "xroad") == 0;
	call->ca_file = profile_text(profile, "ca_file", NULL);
	call->cert_file = profile_text(profile, "cert_file", NULL);
	call->key_file = profile_text(profile, "key_file", NULL);
	if (!profile_fill(profile, "base_url", practice_port, base, sizeof base))
		return fail(err, FAULT_OFFLINE, _("Hệ thống tập duyệt chưa chạy"));
	bytes_text(&url, base);
	if (xroad)
		put_xroad(&url, call, profile, path);
	else
		put_adapter(&url, call, profile, path);
	bool fits = url.size < (xroad ? LONGEST_XROAD : sizeof call->url);
	snprintf(call->url, sizeof call->url, "%s", fits ? bytes_string(&url) : "");
	bytes_free(&url);
	return fits || fail(err, FAULT_BUG, _("Địa chỉ của hệ thống “%s” quá dài"), profile->name);
}

bool address_never_arrived(const char *xroad_error)
{
	static const char *const before[] = {
		"Client.",
		"Server.ClientProxy.",
		"Server.ServerProxy.AccessDenied",
		"Server.ServerProxy.UnknownService",
		"Server.ServerProxy.ServiceDisabled",
	};
	/* Our side's server could lose the answer of a request that went through. */
	if (strcasecmp(xroad_error, "Server.ClientProxy.NetworkError") == 0 ||
	    strcasecmp(xroad_error, "Server.ClientProxy.IOError") == 0)
		return false;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (strncasecmp(xroad_error, before[i], strlen(before[i])) == 0)
			return true;
	return false;
}

/* Is this one of the blank-separated names? */
static bool among(const char *names, const char *name, size_t n)
{
	for (const char *at = names; *at;) {
		size_t length = strcspn(at, " ");
		if (length == n && strncasecmp(at, name, n) == 0)
			return true;
		at += length;
		at += strspn(at, " ");
	}
	return false;
}

bool address_of_link(const struct profile *profile, const char *link, unsigned practice_port,
                     char *out, size_t room, struct error *err)
{
	char base[400] = "", hosts[512] = "";
	struct bytes url = { 0 };
	bool filled = profile_fill(profile, "base_url", practice_port, base, sizeof base) &&
	              profile_fill(profile, "hosts", practice_port, hosts, sizeof hosts);
	const char *host = strstr(link, "://");
	host = host ? host + 3 : link + strlen(link);
	size_t n = strcspn(host, "/?#&");
	if (filled && among(profile_text(profile, "link_hosts", ""), host, n)) {
		const char *own = strstr(base, "://");
		size_t before = own ? (size_t)(own - base) + 3 : 0;
		bytes_add(&url, base, before + strcspn(base + before, "/?#"));
	} else {
		bytes_add(&url, link, (size_t)(host - link) + n);
	}
	bool question = false, good = filled;
	for (const char *at = host + n; *at; at++) {
		/* A fragment is nobody's business, and a blank would end the line. */
		if ((unsigned char)*at <= ' ' || *at == 127 || *at == '#' || *at == '\\')
			good = false;
		bytes_byte(&url, *at == '&' && !question ? '?' : (uint8_t)*at);
		question |= *at == '?' || *at == '&';
	}
	good = good && url.size < room && http_allowed(bytes_string(&url), hosts);
	snprintf(out, room, "%s", good ? bytes_string(&url) : "");
	bytes_free(&url);
	if (good)
		return true;
	fail(err, FAULT_INPUT, _("“%s” gửi một đường dẫn ngoài danh sách cho phép"), profile->name);
	return because(err, "link not on the list: %.120s", link);
}
