/* SPDX-License-Identifier: Apache-2.0
 *
 * A started copy is asked whether it is whole. */
#include <string.h>
#include <unistd.h>

#include "core/base/say.h"
#include "core/store/backup_own.h"
#include "core/store/keys.h"
#include "core/store/store.h"

struct look {
	struct loop loop;
	struct store *store;
	struct arena arena;
	struct error *err;
};

static bool enough(const struct backup_facts *told, const struct backup_facts *found, struct error *err)
{
	if (found->schema == told->schema && found->units >= told->units && found->dossiers >= told->dossiers &&
	    found->papers >= told->papers && found->trail >= told->trail)
		return true;
	fail(err, FAULT_INPUT, _("Bản sao lưu thiếu dữ liệu: có %lld hồ sơ, lúc sao có %lld. Không dùng bản này."),
	     (long long)found->dossiers, (long long)told->dossiers);
	return because(err, "schema %lld/%lld units %lld/%lld papers %lld/%lld trail %lld/%lld", (long long)found->schema, (long long)told->schema,
	               (long long)found->units, (long long)told->units, (long long)found->papers, (long long)told->papers,
	               (long long)found->trail, (long long)told->trail);
}

/* Every line of every chain, every seal. */
static bool chains_hold(struct look *l)
{
	struct reply reply;
	if (!store_ask_wait(l->store, &l->arena, "select u.name, v.seq, v.problem from motcua.unit u, motcua.verify_chains(u.unit_id) v limit 1",
	                    NULL, 0, true, &reply, l->err))
		return false;
	if (reply.rows == 0)
		return true;
	fail(l->err, FAULT_INPUT, _("Chuỗi lưu vết trong bản sao không khớp (%s, dòng %s). Không dùng bản này."), reply_text(&reply, 0, "name"),
	     reply_text(&reply, 0, "seq"));
	return because(l->err, "%s", reply_text(&reply, 0, "problem"));
}

/* What the counter's key of the copy signs, a public key in the copy's database verifies: receipts given
 * before are genuine after. */
static bool key_fits(struct look *l, const char *keys)
{
	static const char words[] = "motcua: is this the counter's key?";
	struct seal_key key;
	struct reply reply;
	uint8_t sign[SEAL_SIGN_SIZE];
	char hex[2 * SEAL_PUBLIC_SIZE + 1];
	if (access(path_join(&l->arena, keys, "counter.key"), F_OK) != 0)
		return true;
	if (!seal_key_open(&key, keys, l->err))
		return false;
	seal_sign(&key, words, sizeof words, sign);
	bool known = seal_verify(key.public, words, sizeof words, sign);
	seal_hex(key.public, sizeof key.public, hex);
	seal_key_wipe(&key);
	if (!store_ask_wait(l->store, &l->arena, "select count(*) as all, count(*) filter (where encode(public, 'hex') = $1) as mine "
	                    "from motcua.counter_key", (struct param[]){ PARAM_TEXT(hex) }, 1, true, &reply, l->err))
		return false;
	/* A counter that never signed is not registered, either. */
	known = known && (reply_number(&reply, 0, "mine", 0) > 0 || reply_number(&reply, 0, "all", 0) == 0);
	return known || fail(l->err, FAULT_INPUT, "%s", _("Khoá ký giấy hẹn trong bản sao không phải khoá mà cơ sở dữ liệu biết. Không dùng bản này."));
}

bool backup_look(const char *server, const char *keys, const struct backup_facts *told, struct error *err)
{
	struct look l = { .err = err };
	struct backup_facts found = { 0 };
	if (!backup_facts_count(server, &found, err) || !enough(told, &found, err))
		return false;
	loop_init(&l.loop);
	l.store = store_open(&l.loop, &(struct store_settings){ .server = server, .program = "motcua-backup", .ask_ms = 3600000,
		.statement_ms = 3600000, .silence_ms = 3600000 }, err);
	bool good = l.store && store_wait(l.store, 20000, err) && chains_hold(&l) && key_fits(&l, keys);
	store_close(l.store);
	arena_free(&l.arena);
	return good;
}
