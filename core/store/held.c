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

void held_papers(struct store *store, struct scope *scope, struct held_ask *mine, const char *id_number,
                 const char *like_name, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_done, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.held_papers($1, $2, $3::int)",
	          (struct param[]){ PARAM_TEXT(id_number), PARAM_TEXT(like_name), PARAM_TEXT(limit) }, 3);
}
