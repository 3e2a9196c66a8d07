/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/filings.h"

#include <stdio.h>
#include <stdlib.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
#define FLAG(name)   .name = reply_flag(reply, row, #name)
#define ID(name)     .name = reply_number(reply, row, #name, 0)

/* ---- the list ---- */

static void on_list(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct filing_list_ask *mine = OWNER_OF(ask, struct filing_list_ask, ask);
	struct error unfit;
	struct filing_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct filing_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct filing_row){ ID(filing_id), ID(dossier_id), NUMBER(version), NUMBER(status), TEXT(system),
				TEXT(system_name), TEXT(code), FLAG(whole), MOMENT(filed_at), MOMENT(arrived_at), MOMENT(clock_from),
				MOMENT(deadline), MOMENT(brought_at), MOMENT(answered_at), TEXT(owner_name), TEXT(owner_id),
				TEXT(procedure_code), TEXT(procedure_name), NUMBER(files), NUMBER(files_missing), NUMBER(asks),
				TEXT(answered_by), TEXT(reason), TEXT(note) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void filing_list(struct store *store, struct scope *scope, struct filing_list_ask *mine, const char *which, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_list, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.filings($1, $2::int)",
	          (struct param[]){ PARAM_TEXT(which), PARAM_TEXT(limit) }, 2);
}

static void on_counts(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct filing_counts_ask *mine = OWNER_OF(ask, struct filing_counts_ask, ask);
	struct filing_counts counts = { 0 };
	struct error unfit;
	if (!err) {
		int row = 0;
		counts = (struct filing_counts){ NUMBER(waiting), NUMBER(late), NUMBER(soon) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &counts, err);
}

void filing_count(struct store *store, struct scope *scope, struct filing_counts_ask *mine)
{
	mine->ask = (struct ask){ .done = on_counts, .repeat = true };
	store_ask(store, scope, &mine->ask, "select * from desk.filing_counts()", NULL, 0);
}

/* ---- one ---- */

static void read_one(struct filing_ask *mine, const struct reply *reply)
{
	int row = 0;
#define PARTY(who) { reply_text(reply, 0, who "_name"), reply_text(reply, 0, who "_id"), reply_text(reply, 0, who "_id_kind"), \
	reply_text(reply, 0, who "_birth"), reply_text(reply, 0, who "_sex"), reply_text(reply, 0, who "_phone"), \
	reply_text(reply, 0, who "_email"), reply_text(reply, 0, who "_address") }
	const struct filing_file *files = mine->filing.files;
	int file_count = mine->filing.file_count;
	const char *verified = reply_text(reply, 0, "verified");
	mine->filing = (struct filing){ ID(filing_id), NUMBER(version), NUMBER(status), NUMBER(asks), TEXT(system), TEXT(system_name),
		TEXT(code), FLAG(whole), .verified = *verified ? *verified == 't' : -1, FLAG(paid), MOMENT(filed_at), MOMENT(clock_from), MOMENT(deadline),
		MOMENT(brought_at), .hours = strtod(reply_text(reply, 0, "hours"), NULL), TEXT(procedure_code), TEXT(procedure_name),
		TEXT(case_name), TEXT(summary), TEXT(result_by), TEXT(return_to), TEXT(note), TEXT(form), TEXT(owner_kind),
		.owner = PARTY("owner"), .submitter = PARTY("submitter"), .files = files, .file_count = file_count };
#undef PARTY
}

static void read_files(struct filing_ask *mine, const struct reply *reply)
{
	struct filing_file *files = ARENA_MANY(mine->into, struct filing_file, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		files[row] = (struct filing_file){ TEXT(component), TEXT(name), TEXT(state), ID(file_id), ID(size), TEXT(note) };
	mine->filing.files = files;
	mine->filing.file_count = reply->rows;
}

/* Both are waited for: an ask must not be given back while it is out. */
static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct filing_ask *mine = ask->owner;
	struct error unfit;
	if (!err && mine->err.fault == FAULT_NONE) {
		(ask == mine->parts ? read_one : read_files)(mine, reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left == 0)
		mine->done(mine, mine->err.fault == FAULT_NONE ? &mine->filing : NULL, mine->err.fault == FAULT_NONE ? NULL : &mine->err);
}

void filing_read(struct store *store, struct scope *scope, struct filing_ask *mine, int64_t filing_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)filing_id);
	mine->err = (struct error){ 0 };
	mine->filing = (struct filing){ 0 };
	mine->left = 2;
	for (int i = 0; i < 2; i++)
		mine->parts[i] = (struct ask){ .done = on_part, .repeat = true, .into = mine->into, .owner = mine };
	store_ask(store, scope, &mine->parts[0], "select * from desk.filing($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
	store_ask(store, scope, &mine->parts[1], "select * from desk.filing_files($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}
