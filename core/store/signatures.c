/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/signatures.h"

#include <stdio.h>
#include <string.h>

static void over(struct signatures_ask *mine, const struct reply *reply, const struct error *err)
{
	struct error unfit;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	if (err)
		mine->count = 0;
	mine->done(mine, err);
}

static void on_missing(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct signatures_ask *mine = OWNER_OF(ask, struct signatures_ask, ask);
	struct unsigned_row *rows = NULL;
	mine->count = err ? 0 : reply->rows;
	if (!err)
		rows = ARENA_MANY(mine->into, struct unsigned_row, reply->rows + 1);
	for (int i = 0; i < mine->count; i++)
		rows[i] = (struct unsigned_row){ .file_id = reply_number(reply, i, "file_id", 0),
			.paper_id = reply_number(reply, i, "paper_id", 0), .name = reply_text(reply, i, "name") };
	mine->to_sign = rows;
	over(mine, reply, err);
}

static void on_rows(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct signatures_ask *mine = OWNER_OF(ask, struct signatures_ask, ask);
	struct signature_row *rows = NULL;
	mine->count = err ? 0 : reply->rows;
	if (!err)
		rows = ARENA_MANY(mine->into, struct signature_row, reply->rows + 1);
	for (int i = 0; i < mine->count; i++)
		rows[i] = (struct signature_row){ .file_id = reply_number(reply, i, "file_id", 0),
			.name = reply_text(reply, i, "name"), .paper = strcmp(reply_text(reply, i, "kind"), "paper") == 0,
			.signer = reply_text(reply, i, "signer"), .valid_to = reply_moment(reply, i, "valid_to"),
			.at = reply_moment(reply, i, "at") };
	mine->rows = rows;
	over(mine, reply, err);
}

static void read_rows(struct store *store, struct scope *scope, struct signatures_ask *mine, int64_t dossier_id,
                      const char *sql, void (*done)(struct ask *, const struct reply *, const struct error *))
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = done, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql, (struct param[]){ PARAM_TEXT(id) }, 1);
}

void signatures_missing(struct store *store, struct scope *scope, struct signatures_ask *mine, int64_t dossier_id)
{
	read_rows(store, scope, mine, dossier_id, "select * from desk.to_sign($1::bigint)", on_missing);
}

void signatures_read(struct store *store, struct scope *scope, struct signatures_ask *mine, int64_t dossier_id)
{
	read_rows(store, scope, mine, dossier_id, "select * from desk.dossier_signatures($1::bigint)", on_rows);
}

static void on_travel(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct signatures_ask *mine = OWNER_OF(ask, struct signatures_ask, ask);
	mine->count = err ? 0 : (int)reply_number(reply, 0, "files", 0);
	mine->systems = err ? 0 : (int)reply_number(reply, 0, "systems", 0);
	over(mine, reply, err);
}

void signatures_travel(struct store *store, struct scope *scope, struct signatures_ask *mine, int64_t dossier_id)
{
	read_rows(store, scope, mine, dossier_id, "select * from desk.signed_travel($1::bigint)", on_travel);
}

static void on_kept(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)reply;
	struct signatures_ask *mine = OWNER_OF(ask, struct signatures_ask, ask);
	mine->done(mine, err);
}

void signature_keep(struct store *store, struct scope *scope, struct signatures_ask *mine, int64_t file_id,
                    int64_t of_file, int64_t of_paper, const char *signer, const char *certificate, moment_t valid_to)
{
	char id[24], file[24], paper[24], to[40];
	snprintf(id, sizeof id, "%lld", (long long)file_id);
	snprintf(file, sizeof file, "%lld", (long long)of_file);
	snprintf(paper, sizeof paper, "%lld", (long long)of_paper);
	mine->ask = (struct ask){ .done = on_kept, .repeat = true };
	store_ask(store, scope, &mine->ask,
	          "select desk.file_signed($1::bigint, nullif($2::bigint, 0), nullif($3::bigint, 0), $4, $5, $6::timestamptz)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(file), PARAM_TEXT(paper), PARAM_TEXT(signer),
	                            PARAM_TEXT(certificate), PARAM_TEXT(moment_write_iso(valid_to, to, sizeof to)) }, 6);
}
