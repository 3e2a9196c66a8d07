/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/consign.h"

#include <stdio.h>

#include "core/base/bytes.h"

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define WHOLE(name)  .name = reply_number(reply, row, #name, 0)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
#define FLAG(name)   .name = reply_flag(reply, row, #name)

/* ---- lists ---- */

static void on_list(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct consignments_ask *mine = OWNER_OF(ask, struct consignments_ask, ask);
	struct error unfit;
	struct consignment *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct consignment, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct consignment){ WHOLE(consignment_id), WHOLE(paper_id), TEXT(way), TEXT(carrier), TEXT(agency_code), TEXT(agency),
				TEXT(person), TEXT(state), TEXT(number), TEXT(by_name), TEXT(reason), MOMENT(made_at), MOMENT(signed_at), NUMBER(items),
				NUMBER(waiting) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void consignments_read(struct store *store, struct scope *scope, struct consignments_ask *mine, int64_t wanted, int most)
{
	char id[24], limit[16];
	snprintf(id, sizeof id, "%lld", (long long)wanted);
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_list, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.consignments($1::bigint, $2::int)", (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(limit) }, 2);
}

static void on_items(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct consign_items_ask *mine = OWNER_OF(ask, struct consign_items_ask, ask);
	struct error unfit;
	struct consign_item *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct consign_item, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct consign_item){ WHOLE(dossier_id), WHOLE(postage), WHOLE(collected), TEXT(what), TEXT(code), TEXT(slip), TEXT(person),
				TEXT(address), TEXT(note), TEXT(state), MOMENT(state_at), NUMBER(nth), NUMBER(papers), FLAG(complete), WHOLE(slip_paper),
				FLAG(slip_printed) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void consign_items_read(struct store *store, struct scope *scope, struct consign_items_ask *mine, int64_t consignment)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)consignment);
	mine->ask = (struct ask){ .done = on_items, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.consignment_items($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

static void on_rows(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct consign_rows_ask *mine = OWNER_OF(ask, struct consign_rows_ask, ask);
	struct error unfit;
	struct consign_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct consign_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct consign_row){ WHOLE(dossier_id), TEXT(code), TEXT(what), TEXT(agency_code), TEXT(agency_name), TEXT(person), TEXT(address),
				TEXT(procedure_name), MOMENT(due_at), MOMENT(hand_until), NUMBER(papers), TEXT(lies) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void consign_rows_read(struct store *store, struct scope *scope, struct consign_rows_ask *mine, bool post, const char *agency, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_rows, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.to_consign($1, $2, $3::int)",
	          (struct param[]){ PARAM_TEXT(post ? "post" : "hand"), PARAM_TEXT(agency), PARAM_TEXT(limit) }, 3);
}

static void on_slips(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct consign_slips_ask *mine = OWNER_OF(ask, struct consign_slips_ask, ask);
	struct error unfit;
	struct consign_slip *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct consign_slip, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct consign_slip){ WHOLE(paper_id), NUMBER(nth), FLAG(printed) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void consign_slips(struct store *store, struct scope *scope, struct consign_slips_ask *mine, int64_t consignment)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)consignment);
	mine->ask = (struct ask){ .done = on_slips, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.consign_slips($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

/* ---- acts ---- */

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct consign_act *mine = OWNER_OF(ask, struct consign_act, ask);
	mine->done(mine, err ? 0 : reply_number(reply, 0, "id", 0), err);
}

/* params[0] is the consignment. */
static void act(struct store *store, struct scope *scope, struct consign_act *mine, const char *sql, int64_t consignment, bool repeat, struct param *params,
                int count)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)consignment);
	params[0] = PARAM_TEXT(id);
	mine->ask = (struct ask){ .done = on_act, .repeat = repeat };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

void consign_open(struct store *store, struct scope *scope, struct consign_act *mine, const char *request, bool out, bool post, const char *agency_code,
                  const char *agency)
{
	mine->ask = (struct ask){ .done = on_act, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.consign_open($1::uuid, $2, $3, $4, $5) as id",
	          (struct param[]){ PARAM_TEXT(request), PARAM_TEXT(out ? "out" : "in"), PARAM_TEXT(post ? "post" : "hand"), PARAM_TEXT(agency_code),
	                            PARAM_TEXT(agency) }, 5);
}

void consign_add(struct store *store, struct scope *scope, struct consign_act *mine, int64_t consignment, const struct consign_entry *entry)
{
	char dossier[24];
	snprintf(dossier, sizeof dossier, "%lld", (long long)entry->dossier_id);
	struct param params[] = { PARAM_NULL, entry->dossier_id ? PARAM_TEXT(dossier) : PARAM_NULL, PARAM_TEXT(entry->what), PARAM_TEXT(entry->code),
		PARAM_TEXT(entry->slip), PARAM_TEXT(entry->person), PARAM_TEXT(entry->papers), PARAM_TEXT(entry->note), PARAM_TEXT(entry->collected),
		PARAM_TEXT(entry->incomplete ? "false" : "true"), PARAM_TEXT(entry->request) };
	act(store, scope, mine, "select desk.consign_add($11::uuid, $1::bigint, $2::bigint, jsonb_strip_nulls(jsonb_build_object('what', $3::text, 'code', $4::text,"
	    " 'slip', $5::text, 'person', $6::text, 'papers', $7::text, 'note', $8::text, 'collected', $9::text, 'complete', $10::boolean))) as id",
	    consignment, true, params, 11);
}

/* In the order in which every act locks dossiers, whatever the list shows. */
void consign_add_all(struct store *store, struct scope *scope, struct consign_act *mine, const char *request, int64_t consignment, const int64_t *dossiers,
                     const char *const *what, int count)
{
	struct bytes ids = { 0 }, kinds = { 0 };
	for (int i = 0; i < count; i++) {
		bytes_format(&ids, "%s%lld", i ? "," : "", (long long)dossiers[i]);
		bytes_format(&kinds, "%s%s", i ? "," : "", what[i]);
	}
	struct param params[] = { PARAM_NULL, PARAM_TEXT(bytes_string(&ids)), PARAM_TEXT(bytes_string(&kinds)), PARAM_TEXT(request) };
	act(store, scope, mine, "select max(desk.consign_add(md5($4 || ' ' || d.id || ' ' || d.what)::uuid, $1::bigint, d.id::bigint,"
	    " jsonb_build_object('what', d.what))) as id from (select * from unnest(string_to_array($2, ','), string_to_array($3, ',')) u(id, what) order by u.id::bigint, u.what) d", consignment, true,
	    params, 4);
	bytes_free(&ids);
	bytes_free(&kinds);
}

void consign_parcel(struct store *store, struct scope *scope, struct consign_act *mine, int64_t consignment, int nth, const char *slip, int64_t postage)
{
	char line[16], paid[24];
	snprintf(line, sizeof line, "%d", nth);
	snprintf(paid, sizeof paid, "%lld", (long long)postage);
	struct param params[] = { PARAM_NULL, PARAM_TEXT(line), PARAM_TEXT(slip), PARAM_TEXT(paid) };
	act(store, scope, mine, "select 0 as id from desk.consign_parcel($1::bigint, $2::int, $3, $4::bigint)", consignment, true, params, 4);
}

void consign_remove(struct store *store, struct scope *scope, struct consign_act *mine, int64_t consignment, int nth)
{
	char line[16];
	snprintf(line, sizeof line, "%d", nth);
	struct param params[] = { PARAM_NULL, PARAM_TEXT(line) };
	act(store, scope, mine, "select 0 as id from desk.consign_remove($1::bigint, $2::int)", consignment, false, params, 2);
}

void consign_print(struct store *store, struct scope *scope, struct consign_act *mine, int64_t consignment, const char *person, const char *title)
{
	struct param params[] = { PARAM_NULL, PARAM_TEXT(person), PARAM_TEXT(title) };
	act(store, scope, mine, "select desk.consign_print($1::bigint, $2, $3) as id", consignment, true, params, 3);
}

void consign_sign(struct store *store, struct scope *scope, struct consign_act *mine, int64_t consignment)
{
	struct param params[] = { PARAM_NULL };
	act(store, scope, mine, "select 0 as id from desk.consign_sign($1::bigint)", consignment, true, params, 1);
}

void consign_void(struct store *store, struct scope *scope, struct consign_act *mine, int64_t consignment, const char *why)
{
	struct param params[] = { PARAM_NULL, PARAM_TEXT(why) };
	act(store, scope, mine, "select 0 as id from desk.consign_void($1::bigint, $2)", consignment, false, params, 2);
}

void consign_track(struct store *store, struct scope *scope, struct consign_act *mine, int64_t consignment, int nth, bool delivered, const char *said)
{
	char line[16];
	snprintf(line, sizeof line, "%d", nth);
	struct param params[] = { PARAM_NULL, PARAM_TEXT(line), PARAM_TEXT(delivered ? "delivered" : "returned"), PARAM_TEXT(said) };
	act(store, scope, mine, "select 0 as id from desk.consign_track($1::bigint, $2::int, $3, $4)", consignment, false, params, 4);
}
