/* SPDX-License-Identifier: Apache-2.0
 *
 * What the server line of the settings says, and the words libpq gets of it. */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/store_private.h"

#define MOST_HOSTS   16
#define MOST_OPTIONS 64

static const char *option(const struct store *store, const char *keyword)
{
	for (const PQconninfoOption *at = store->options; at->keyword; at++)
		if (strcmp(at->keyword, keyword) == 0 && at->val && *at->val)
			return at->val;
	return NULL;
}

/* The n-th part of a comma list; the last one when there is a single part. */
static const char *part_of(struct store *store, const char *list, int n)
{
	if (!list)
		return NULL;
	const char *start = list;
	for (int i = 0; i < n; i++) {
		const char *comma = strchr(start, ',');
		if (!comma)
			return strchr(list, ',') ? NULL : list;
		start = comma + 1;
	}
	size_t length = strcspn(start, ",");
	return length ? arena_copy(&store->arena, start, length) : NULL;
}

static int parts_in(const char *list)
{
	int count = 1;
	for (; list && *list; list++)
		count += *list == ',';
	return count;
}

bool connect_read(struct store *store, const char *server, struct error *err)
{
	char *why = NULL;
	store->options = PQconninfoParse(server, &why);
	if (!store->options) {
		fail(err, FAULT_INPUT, _("Không hiểu dòng kết nối máy chủ trong cấu hình."));
		because(err, "server: %s", why ? why : "out of memory");
		PQfreemem(why);
		return false;
	}
	const char *names = option(store, "host"), *addresses = option(store, "hostaddr");
	if (!names && !addresses)
		names = getenv("PGHOST");
	int count = addresses ? parts_in(addresses) : parts_in(names);
	if (count > MOST_HOSTS)
		count = MOST_HOSTS;
	store->hosts = ARENA_MANY(&store->arena, struct host, count);
	store->host_count = count;
	for (int i = 0; i < count; i++)
		store->hosts[i] = (struct host){ .name = part_of(store, names, i),
			.address = part_of(store, addresses, i),
			.port = part_of(store, option(store, "port"), i) };
	return true;
}

struct words {
	const char *keys[MOST_OPTIONS + 1], *values[MOST_OPTIONS + 1];
	int count;
};

static void put(struct words *words, const char *key, const char *value)
{
	if (!value || words->count == MOST_OPTIONS)
		return;
	words->keys[words->count] = key;
	words->values[words->count++] = value;
}

static void put_default(const struct store *store, struct words *words, const char *key,
                        const char *value)
{
	if (!option(store, key))
		put(words, key, value);
}

static void collect(const struct store *store, struct words *words, const char *address)
{
	const struct host *host = &store->hosts[store->host_at];
	static const char *const OWN[] = { "host", "hostaddr", "port", "connect_timeout", "user",
		"password", "application_name", "client_encoding" };
	for (const PQconninfoOption *at = store->options; at->keyword; at++) {
		bool own = false;
		for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
			own = own || strcmp(at->keyword, OWN[i]) == 0;
		if (!own && at->val && *at->val)
			put(words, at->keyword, at->val);
	}
	put(words, "host", host->name);
	put(words, "hostaddr", address);
	put(words, "port", host->port);
	put(words, "user", store->set.user ? store->set.user : option(store, "user"));
	put(words, "password", store->password ? store->password : option(store, "password"));
	put(words, "application_name", store->set.program);
	put(words, "client_encoding", "UTF8");
	/* Kerberos asks name servers, and waits. */
	put_default(store, words, "gssencmode", "disable");
	put_default(store, words, "keepalives_idle", "20");
	put_default(store, words, "keepalives_interval", "5");
	put_default(store, words, "keepalives_count", "3");
	put_default(store, words, "tcp_user_timeout", "20000");
}

PGconn *connect_start(struct store *store, const char *address)
{
	struct words words = { .count = 0 };
	collect(store, &words, address);
	return PQconnectStartParams(words.keys, words.values, 0);
}
