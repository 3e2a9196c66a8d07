/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/settings.h"

static void on_rows(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct settings_ask *mine = OWNER_OF(ask, struct settings_ask, ask);
	struct setting_row *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct setting_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct setting_row){ .key = reply_text(reply, i, "key"), .name = reply_text(reply, i, "name"),
				.v1 = reply_text(reply, i, "v1"), .v2 = reply_text(reply, i, "v2"), .v3 = reply_text(reply, i, "v3"),
				.options = reply_text(reply, i, "options") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void settings_read(struct store *store, struct scope *scope, struct settings_ask *mine)
{
	mine->ask = (struct ask){ .done = on_rows, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.unit_settings()", NULL, 0);
}

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct setting_act *mine = OWNER_OF(ask, struct setting_act, ask);
	(void)reply;
	mine->done(mine, err);
}

void setting_change(struct store *store, struct scope *scope, struct setting_act *mine, const char *key, const char *name,
                    const char *v1, const char *v2, const char *v3)
{
	mine->ask = (struct ask){ .done = on_act, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.setting_change($1, $2, $3, $4, $5)",
	          (struct param[]){ PARAM_TEXT(key), PARAM_TEXT(name), PARAM_TEXT(v1), PARAM_TEXT(v2), PARAM_TEXT(v3) }, 5);
}
