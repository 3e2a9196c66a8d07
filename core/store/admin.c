/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/admin.h"

#include <stdio.h>

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct admin_ask *mine = OWNER_OF(ask, struct admin_ask, ask);
	(void)reply;
	mine->done(mine, err);
}

static void start(struct store *store, struct scope *scope, struct admin_ask *mine, const char *sql,
                  const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = on_done };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

/* What every confirmation says: $1 procedure, $2 case, $3 channel, $4 basis,
 * $5 first day. */
struct words {
	char case_id[24], channel[16], from[16];
};

static int common(struct words *words, struct param *params, const struct admin_confirm *confirm)
{
	snprintf(words->case_id, sizeof words->case_id, "%lld", (long long)confirm->case_id);
	snprintf(words->channel, sizeof words->channel, "%d", confirm->channel);
	params[0] = PARAM_TEXT(confirm->procedure);
	params[1] = PARAM_TEXT(words->case_id);
	params[2] = PARAM_TEXT(words->channel);
	params[3] = PARAM_TEXT(confirm->basis);
	params[4] = PARAM_NULL;
	if (confirm->from != DAY_NONE)
		params[4] = PARAM_TEXT(day_write_iso(confirm->from, words->from, sizeof words->from));
	return 5;
}

void admin_confirm_limit(struct store *store, struct scope *scope, struct admin_ask *mine,
                         const struct admin_confirm *confirm)
{
	struct words words;
	struct param params[7];
	char value[32];
	snprintf(value, sizeof value, "%g", confirm->value);
	int n = common(&words, params, confirm);
	params[n++] = PARAM_TEXT(value);
	params[n++] = PARAM_TEXT(confirm->unit);
	start(store, scope, mine,
	      "select desk.confirm_limit($1, $2::bigint, $3::int, $6::numeric, $7, $4, $5::date)",
	      params, n);
}

void admin_confirm_fee(struct store *store, struct scope *scope, struct admin_ask *mine,
                       const struct admin_confirm *confirm)
{
	struct words words;
	struct param params[7];
	char amount[24];
	snprintf(amount, sizeof amount, "%lld", (long long)confirm->amount);
	int n = common(&words, params, confirm);
	params[n++] = PARAM_TEXT(confirm->name);
	params[n++] = PARAM_TEXT(amount);
	start(store, scope, mine,
	      "select desk.confirm_fee($1, $2::bigint, $3::int, $6, $7::bigint, $4, $5::date)", params,
	      n);
}

void admin_confirm_component(struct store *store, struct scope *scope, struct admin_ask *mine,
                             const struct admin_confirm *confirm)
{
	struct words words;
	struct param params[9];
	char originals[16], copies[16];
	snprintf(originals, sizeof originals, "%d", confirm->originals);
	snprintf(copies, sizeof copies, "%d", confirm->copies);
	int n = common(&words, params, confirm);
	params[n++] = PARAM_TEXT(confirm->name);
	params[n++] = PARAM_TEXT(originals);
	params[n++] = PARAM_TEXT(copies);
	params[n++] = PARAM_TEXT(confirm->required ? "t" : "f");
	start(store, scope, mine,
	      "select desk.confirm_component($1, $2::bigint, $3::int, $6, $7::int, $8::int, "
	      "$9::boolean, $4, $5::date)", params, n);
}

void admin_clerk_lock(struct store *store, struct scope *scope, struct admin_ask *mine,
                      const char *login)
{
	start(store, scope, mine, "select desk.clerk_lock($1)",
	      (struct param[]){ PARAM_TEXT(login) }, 1);
}

void admin_clerk_unlock(struct store *store, struct scope *scope, struct admin_ask *mine,
                        const char *login)
{
	start(store, scope, mine, "select desk.clerk_unlock($1)",
	      (struct param[]){ PARAM_TEXT(login) }, 1);
}

void admin_password(struct store *store, struct scope *scope, struct admin_ask *mine,
                    const char *fresh)
{
	start(store, scope, mine, "select desk.clerk_password($1)",
	      (struct param[]){ PARAM_TEXT(fresh) }, 1);
}

void admin_password_set(struct store *store, struct scope *scope, struct admin_ask *mine, const char *login, const char *fresh)
{
	start(store, scope, mine, "select desk.clerk_password_set($1, $2)",
	      (struct param[]){ PARAM_TEXT(login), PARAM_TEXT(fresh) }, 2);
}
