/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/papers.h"

#include <stdio.h>

static void on_read(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct paper_ask *mine = OWNER_OF(ask, struct paper_ask, ask);
	struct error unfit;
	struct paper_row paper = { 0 };
	if (!err) {
		paper = (struct paper_row){ .paper_id = mine->paper_id,
			.form = reply_text(reply, 0, "form"),
			.fields = reply_text(reply, 0, "fields"),
			.number = reply_text(reply, 0, "number"),
			.copies_printed = (int)reply_number(reply, 0, "copies_printed", 0) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &paper, err);
}

static void on_printed(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct paper_ask *mine = OWNER_OF(ask, struct paper_ask, ask);
	(void)reply;
	mine->done(mine, NULL, err);
}

void paper_read(struct store *store, struct scope *scope, struct paper_ask *mine, int64_t paper_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)paper_id);
	mine->paper_id = paper_id;
	/* Tabs and line ends are the fields' own grammar. */
	mine->ask = (struct ask){ .done = on_read, .repeat = true, .verbatim = true,
		.into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.paper($1::bigint)",
	          (struct param[]){ PARAM_TEXT(id) }, 1);
}

void paper_printed(struct store *store, struct scope *scope, struct paper_ask *mine,
                   int64_t paper_id, const char *printer, const char *result)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)paper_id);
	mine->paper_id = paper_id;
	mine->ask = (struct ask){ .done = on_printed, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select desk.paper_printed($1::bigint, $2, $3)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(printer), PARAM_TEXT(result) }, 3);
}
