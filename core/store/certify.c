/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/certify.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"

static void on_look(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct certify_ask *mine = OWNER_OF(ask, struct certify_ask, ask);
	struct certify_facts facts = { .book = "" };
	struct error unfit;
	if (!err) {
		facts = (struct certify_facts){ .book = reply_text(reply, 0, "book"), .book_name = reply_text(reply, 0, "book_name"),
			.procedure = reply_text(reply, 0, "procedure"), .numbers = reply_text(reply, 0, "numbers"),
			.signer = reply_text(reply, 0, "signer") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &facts, err);
}

void certify_look(struct store *store, struct scope *scope, struct certify_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_look, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.certify_of($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct certify_act *mine = OWNER_OF(ask, struct certify_act, ask);
	mine->done(mine, err || !reply->rows ? "" : reply_text(reply, 0, "number"), err);
}

void certify_write(struct store *store, struct scope *scope, struct certify_act *mine, int64_t dossier_id,
                   const struct certify_entry *entry)
{
	char id[24], copies[16];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(copies, sizeof copies, "%d", entry->copies);
	mine->ask = (struct ask){ .done = on_act, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.certify($1::bigint, $2::uuid, jsonb_build_object('subject', $3::text, 'copies', "
	          "$4::text, 'signer', $5::text)) as number",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(entry->request), PARAM_TEXT(entry->subject), PARAM_TEXT(copies),
	                            PARAM_TEXT(entry->signer) }, 5);
}

/* "01 quyển số 02/2026 - SCT/BS" → 1, 2026, "SCT/BS" */
static bool parts_of(const char *number, char seq[16], char year[16], char sign[24])
{
	int nth, volume, of_year;
	if (sscanf(number, "%d quyển số %d/%d - %23[^\n]", &nth, &volume, &of_year, sign) != 4)
		return false;
	snprintf(seq, 16, "%d", nth);
	snprintf(year, 16, "%d", of_year);
	return true;
}

bool certify_cancel(struct store *store, struct scope *scope, struct certify_act *mine, const char *number, const char *reason,
                    struct error *err)
{
	char seq[16], year[16], sign[24];
	if (!parts_of(number, seq, year, sign))
		return fail(err, FAULT_INPUT, "%s", _("Đây không phải số trong sổ chứng thực."));
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, "select desk.certify_cancel($1, $2::int, $3::int, $4)::text as number",
	          (struct param[]){ PARAM_TEXT(sign), PARAM_TEXT(year), PARAM_TEXT(seq), PARAM_TEXT(reason) }, 4);
	return true;
}

/* ---- volumes ---- */

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)

static void on_volumes(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct certify_volumes_ask *mine = OWNER_OF(ask, struct certify_volumes_ask, ask);
	struct error unfit;
	struct certify_volume *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct certify_volume, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct certify_volume){ TEXT(book), TEXT(sign), TEXT(name), TEXT(opened_by), TEXT(closed_by), MOMENT(opened_at), MOMENT(closed_at),
				NUMBER(year), NUMBER(volume), NUMBER(first), NUMBER(last), NUMBER(numbers), NUMBER(cancelled), NUMBER(doubt_year), NUMBER(doubt_known),
				.this_year = reply_flag(reply, row, "this_year") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void certify_volumes_read(struct store *store, struct scope *scope, struct certify_volumes_ask *mine)
{
	mine->ask = (struct ask){ .done = on_volumes, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.certify_volumes()", NULL, 0);
}

void certify_next_volume(struct store *store, struct scope *scope, struct certify_act *mine, const char *book)
{
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, "select desk.certify_volume($1)::text as number", (struct param[]){ PARAM_TEXT(book) }, 1);
}

void certify_close_year(struct store *store, struct scope *scope, struct certify_act *mine, const char *book, int year)
{
	char text[16];
	snprintf(text, sizeof text, "%d", year);
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, "select desk.certify_year_close($1, $2::int)::text as number", (struct param[]){ PARAM_TEXT(book), PARAM_TEXT(text) }, 2);
}

void certify_confirm(struct store *store, struct scope *scope, struct certify_act *mine, const char *book, int year, const char *last)
{
	char text[16];
	snprintf(text, sizeof text, "%d", year);
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, "select desk.certify_confirm($1, $2::int, $3::int)::text as number",
	          (struct param[]){ PARAM_TEXT(book), PARAM_TEXT(text), PARAM_TEXT(last) }, 3);
}
