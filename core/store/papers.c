/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/papers.h"

#include <stdio.h>

#include "core/base/say.h"

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

static void on_kept(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct copy_ask *mine = OWNER_OF(ask, struct copy_ask, ask);
	(void)reply;
	mine->done(mine, NULL, err);
}

void paper_keep(struct store *store, struct scope *scope, struct copy_ask *mine, int64_t paper_id,
                const char *output, const void *bytes, size_t size)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)paper_id);
	mine->ask = (struct ask){ .done = on_kept, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.keep_copy($1::bigint, $2, $3)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(output), PARAM_BYTES(bytes, size) }, 3);
}

static void on_copy(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct copy_ask *mine = OWNER_OF(ask, struct copy_ask, ask);
	struct error wrong = { 0 };
	struct copy_row row = { 0 };
	if (!err) {
		const struct cell *bytes = reply_cell(reply, 0, "bytes"), *sum = reply_cell(reply, 0, "sha256");
		const struct cell *output = reply_cell(reply, 0, "output"), *same = reply_cell(reply, 0, "same");
		if (!reply_whole(reply, &wrong)) {
			err = &wrong;
		} else if (!same->size || !same->text[0]) { /* a boolean in binary */
			fail(&wrong, FAULT_BUG, "%s", _("Bản giữ của giấy này đã bị thay đổi. Báo người quản trị."));
			because(&wrong, "paper copy: the bytes do not have their sum");
			err = &wrong;
		} else {
			row = (struct copy_row){ output->text, sum->text, bytes->text, bytes->size };
		}
	}
	mine->done(mine, err ? NULL : &row, err);
}

void paper_copy(struct store *store, struct scope *scope, struct copy_ask *mine, int64_t paper_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)paper_id);
	mine->ask = (struct ask){ .done = on_copy, .repeat = true, .binary = true, .into = mine->into };
	store_ask(store, scope, &mine->ask,
	          "select output, sha256, bytes, encode(sha256(bytes), 'hex') = sha256 as same from desk.paper_copy($1::bigint)",
	          (struct param[]){ PARAM_TEXT(id) }, 1);
}
