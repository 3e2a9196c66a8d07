/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/base/path.h"
#include "core/base/say.h"

/* The 64 hexadecimal digits of a public key; false when it is none. */
static bool read_hex(const char *hex, uint8_t public[SEAL_PUBLIC_SIZE])
{
	if (strspn(hex, "0123456789abcdef") < 2 * SEAL_PUBLIC_SIZE)
		return false;
	for (int i = 0; i < SEAL_PUBLIC_SIZE; i++) {
		char pair[3] = { hex[2 * i], hex[2 * i + 1], '\0' };
		public[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return true;
}

/* ---- the database ---- */

static void on_registered(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct keys_ask *mine = OWNER_OF(ask, struct keys_ask, ask);
	mine->done(mine, err ? 0 : reply_number(reply, 0, "key_id", 0), NULL, err);
}

static void on_read(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct keys_ask *mine = OWNER_OF(ask, struct keys_ask, ask);
	struct error unfit;
	struct key_list list = { NULL, 0 };
	if (!err) {
		struct counter_key *keys =
			ARENA_MANY(mine->into, struct counter_key, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++) {
			struct counter_key *key = &keys[list.count];
			key->key_id = reply_number(reply, i, "key_id", 0);
			key->unit_id = reply_number(reply, i, "unit_id", 0);
			key->valid_from = reply_moment(reply, i, "valid_from");
			key->valid_to = reply_moment(reply, i, "valid_to");
			list.count += read_hex(reply_text(reply, i, "hex"), key->public);
		}
		list.keys = keys;
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, 0, err ? NULL : &list, err);
}

void keys_register(struct store *store, struct scope *scope, struct keys_ask *mine,
                   const char *counter, const uint8_t public[SEAL_PUBLIC_SIZE])
{
	mine->ask = (struct ask){ .done = on_registered, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.register_key($1, $2) as key_id",
	          (struct param[]){ PARAM_TEXT(counter), PARAM_BYTES(public, SEAL_PUBLIC_SIZE) }, 2);
}

void keys_read(struct store *store, struct scope *scope, struct keys_ask *mine)
{
	mine->ask = (struct ask){ .done = on_read, .repeat = true };
	store_ask(store, scope, &mine->ask,
	          "select key_id, unit_id, encode(public, 'hex') as hex, valid_from, valid_to "
	          "from desk.keys()", NULL, 0);
}

const struct counter_key *keys_find(const struct key_list *list, int64_t key_id)
{
	for (int i = 0; i < list->count; i++)
		if (list->keys[i].key_id == key_id)
			return &list->keys[i];
	return NULL;
}

/* ---- the cache ---- */

static void write_moment(struct bytes *out, moment_t moment)
{
	if (moment == MOMENT_NONE)
		bytes_text(out, " -");
	else
		bytes_format(out, " %lld", (long long)moment);
}

bool keys_save(const struct key_list *list, const char *path, struct error *err)
{
	struct bytes out = { 0 };
	char hex[2 * SEAL_PUBLIC_SIZE + 1];
	for (int i = 0; i < list->count; i++) {
		const struct counter_key *key = &list->keys[i];
		bytes_format(&out, "%lld %lld", (long long)key->key_id, (long long)key->unit_id);
		write_moment(&out, key->valid_from);
		write_moment(&out, key->valid_to);
		bytes_format(&out, " %s\n", seal_hex(key->public, sizeof key->public, hex));
	}
	bool good = path_write(path, bytes_string(&out), out.size, 0600, err);
	bytes_free(&out);
	return good;
}

static bool read_moment(const char *word, moment_t *out)
{
	char *end = NULL;
	*out = MOMENT_NONE;
	if (strcmp(word, "-") == 0)
		return true;
	*out = strtoll(word, &end, 10);
	return end != word && !*end;
}

static bool read_line(const char *line, struct counter_key *key)
{
	long long id, unit;
	char from[24], to[24], hex[2 * SEAL_PUBLIC_SIZE + 1];
	if (sscanf(line, "%lld %lld %23s %23s %64s", &id, &unit, from, to, hex) != 5)
		return false;
	key->key_id = id;
	key->unit_id = unit;
	return read_moment(from, &key->valid_from) && read_moment(to, &key->valid_to) &&
	       read_hex(hex, key->public);
}

bool keys_load(struct key_list *list, struct arena *arena, const char *path, struct error *err)
{
	char *text;
	*list = (struct key_list){ NULL, 0 };
	if (access(path, F_OK) != 0)
		return true;
	if (!path_read(arena, path, &text, NULL, err))
		return false;
	size_t lines = 0;
	for (const char *at = text; (at = strchr(at, '\n')); at++)
		lines++;
	struct counter_key *keys = ARENA_MANY(arena, struct counter_key, lines + 1);
	list->keys = keys;
	for (char *line = text; *line;) {
		char *end = strchr(line, '\n');
		if (end) {
			*end = '\0';
			if (read_line(line, &keys[list->count])) {
				list->count++;
				line = end + 1;
				continue;
			}
		}
		fail(err, FAULT_DEVICE, _("Tệp khoá công khai %s hỏng; sẽ tải lại khi có máy chủ."), path);
		return because(err, "%s: line %d", path, list->count + 1);
	}
	return true;
}
