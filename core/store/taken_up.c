/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/taken_up.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)

/* ---- what waits ---- */

static void read_waits(struct waits_ask *mine, const struct reply *reply)
{
	struct wait_row *rows = ARENA_MANY(mine->into, struct wait_row, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		rows[row] = (struct wait_row){ TEXT(act), NUMBER(to_status), MOMENT(since),
			.supervisor = reply_flag(reply, row, "supervisor") };
	mine->waits = rows;
	mine->wait_count = reply->rows;
}

static void read_asked(struct waits_ask *mine, const struct reply *reply)
{
	struct asked_row *rows = ARENA_MANY(mine->into, struct asked_row, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		rows[row] = (struct asked_row){ TEXT(kind), TEXT(name), TEXT(action), TEXT(state),
			TEXT(asked_by), .part_id = reply_number(reply, row, "part_id", 0), NUMBER(seq),
			NUMBER(originals), NUMBER(copies), MOMENT(asked_at), MOMENT(until) };
	mine->asked = rows;
	mine->asked_count = reply->rows;
}

/* Both are waited for: an ask must not be given back while it is out. */
static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct waits_ask *mine = ask->owner;
	struct error unfit;
	if (!err && mine->err.fault == FAULT_NONE) {
		(ask == mine->parts ? read_waits : read_asked)(mine, reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left == 0)
		mine->done(mine, mine->err.fault == FAULT_NONE ? NULL : &mine->err);
}

void waits_read(struct store *store, struct scope *scope, struct waits_ask *mine, int64_t dossier_id)
{
	static const char *const sql[] = { "select * from desk.waits($1::bigint)",
		                           "select * from desk.asked($1::bigint)" };
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->err = (struct error){ 0 };
	mine->left = 2;
	for (int i = 0; i < 2; i++) {
		mine->parts[i] = (struct ask){ .done = on_part, .repeat = true, .into = mine->into,
			.owner = mine };
		store_ask(store, scope, &mine->parts[i], sql[i], (struct param[]){ PARAM_TEXT(id) }, 1);
	}
}

/* ---- the act ---- */

static json_t *moment(moment_t at)
{
	char text[40];
	return at == MOMENT_NONE ? json_null() : json_string(moment_write_iso(at, text, sizeof text));
}

static json_t *paper_json(const struct taken_paper *paper)
{
	json_t *files = json_array();
	for (int i = 0; i < paper->file_count; i++)
		json_array_append_new(files, json_integer(paper->files[i]));
	json_t *out = json_pack("{s:s, s:i, s:i, s:o}", "action", paper->action, "originals",
	                        paper->originals, "copies", paper->copies, "files", files);
	if (paper->lookup_where)
		json_object_set_new(out, "lookup_where", json_string(paper->lookup_where));
	if (paper->part_id)
		json_object_set_new(out, "part_id", json_integer(paper->part_id));
	else if (paper->seq)
		json_object_set_new(out, "seq", json_integer(paper->seq));
	else
		json_object_set_new(out, "name", json_string(paper->name));
	return out;
}

static char *request_of(const struct taken *taken)
{
	json_t *papers = json_array(), *fees = json_array();
	for (int i = 0; i < taken->paper_count; i++)
		json_array_append_new(papers, paper_json(&taken->papers[i]));
	for (int i = 0; i < taken->fee_count; i++)
		json_array_append_new(fees, json_pack("{s:I, s:s}", "part_id", (json_int_t)taken->fees[i].part_id,
		                                      "paid", taken->fees[i].paid));
	json_t *request = json_pack("{s:s, s:s, s:o, s:o, s:s, s:s, s:o, s:o}", "request_id", taken->request_id,
	                            "act", taken->act, "computed_at", moment(taken->computed_at), "due_at",
	                            moment(taken->due_at), "line", taken->line, "note", taken->note, "papers",
	                            papers, "fees", fees);
	json_t *missing = json_array();
	for (int i = 0; i < taken->missing_count; i++)
		json_array_append_new(missing, json_string(taken->missing[i]));
	json_object_set_new(request, "missing", missing);
	char *text = request ? json_dumps(request, JSON_COMPACT) : NULL;
	json_decref(request);
	if (!text)
		abort(); /* out of memory, or text that no screen makes */
	return text;
}

static void on_taken(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct take_ask *mine = OWNER_OF(ask, struct take_ask, ask);
	mine->done(mine, err ? 0 : (int)reply_number(reply, 0, "version", 0), err);
}

static void send_taken(struct store *store, struct scope *scope, struct take_ask *mine, const char *sql,
                       int64_t dossier_id, int version, const struct taken *taken)
{
	char id[24], seen[16];
	char *request = request_of(taken);
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	mine->ask = (struct ask){ .done = on_taken, .repeat = true };
	store_ask(store, scope, &mine->ask, sql,
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(request) }, 3);
	free(request);
}

void take_up(struct store *store, struct scope *scope, struct take_ask *mine, int64_t dossier_id,
             int version, const struct taken *taken)
{
	send_taken(store, scope, mine, "select desk.take_up($1::bigint, $2::int, $3::jsonb) as version",
	           dossier_id, version, taken);
}

void take_part(struct store *store, struct scope *scope, struct take_ask *mine, int64_t dossier_id,
               int version, const struct taken *taken)
{
	send_taken(store, scope, mine, "select desk.take_part($1::bigint, $2::int, $3::jsonb) as version",
	           dossier_id, version, taken);
}

void take_date(struct store *store, struct scope *scope, struct take_ask *mine, int64_t dossier_id,
               int version, int64_t part_id)
{
	char id[24], seen[16], part[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	snprintf(part, sizeof part, "%lld", (long long)part_id);
	/* Not repeated: the version would say that somebody was faster, and it was we. */
	mine->ask = (struct ask){ .done = on_taken };
	store_ask(store, scope, &mine->ask,
	          "select desk.take_date($1::bigint, $2::int, $3::bigint) as version",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(part) }, 3);
}
