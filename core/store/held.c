/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/held.h"

#include <stdio.h>
#include <string.h>

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct held_ask *mine = OWNER_OF(ask, struct held_ask, ask);
	struct error unfit;
	struct held_paper *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct held_paper, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct held_paper){ .file_id = reply_number(reply, i, "file_id", 0),
				.name = reply_text(reply, i, "name"),
				.result = strcmp(reply_text(reply, i, "kind"), "result") == 0,
				.code = reply_text(reply, i, "code"), .at = reply_moment(reply, i, "at"),
				.media_type = reply_text(reply, i, "media_type"),
				.size = reply_number(reply, i, "size", 0) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

static void start(struct store *store, struct scope *scope, struct held_ask *mine, const char *sql, const char *of,
                  const char *like_name, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_done, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql,
	          (struct param[]){ PARAM_TEXT(of), PARAM_TEXT(like_name), PARAM_TEXT(limit) }, 3);
}

void held_papers(struct store *store, struct scope *scope, struct held_ask *mine, const char *id_number,
                 const char *like_name, int most)
{
	start(store, scope, mine, "select * from desk.held_papers($1, $2, $3::int)", id_number, like_name, most);
}

void held_papers_of(struct store *store, struct scope *scope, struct held_ask *mine, int64_t dossier_id,
                    const char *like_name, int most)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	start(store, scope, mine, "select * from desk.held_papers_of($1::bigint, $2, $3::int)", id, like_name, most);
}
