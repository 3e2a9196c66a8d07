/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "core/base/bytes.h"
#include "core/store/life.h"

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define WHOLE(name)  .name = reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
#define DAY(name)    .name = reply_day(reply, row, #name)
#define FLAG(name)   .name = reply_flag(reply, row, #name)

/* ---- dossiers ---- */

/* Every list in the columns of a row; login ($2) is of one of them alone. */
static const char *const lists[] = {
	[LIFE_SOON] = "select dossier_id, code, owner_name, procedure_name, status, due_at, last_day, urgency, forecast, proposal, extensions, holder, place,"
	              " step, '' as next_role, null::timestamptz as step_due, null::timestamptz as check_until, null::timestamptz as received_at, version,"
	              " 0 as channel, urgency = 'missed' as late, false as mine from desk.soon_late($1::int) where $2::text is null",
	[LIFE_CHECK] = "select dossier_id, code, owner_name, procedure_name, status, channel, received_at, check_until, late, null::timestamptz as due_at,"
	               " '' as holder, '' as place, '' as step, '' as next_role, '' as urgency, null::timestamptz as step_due, null::timestamptz as forecast,"
	               " null::timestamptz as proposal, null::date as last_day, 0 as version, 0 as extensions, false as mine from desk.to_check($1::int)"
	               " where $2::text is null",
	[LIFE_HELD] = "select dossier_id, code, owner_name, procedure_name, status, version, due_at, place, step, step_due, '' as holder, '' as next_role,"
	              " '' as urgency, null::timestamptz as forecast, null::timestamptz as proposal, null::timestamptz as check_until, since as received_at,"
	              " null::date as last_day, 0 as extensions, 0 as channel, late, false as mine"
	              " from desk.held_by($2, $1::int)",
	[LIFE_GIVE] = "select dossier_id, code, owner_name, procedure_name, status, due_at, place, step, next_role, mine, '' as holder, '' as urgency,"
	              " null::timestamptz as step_due, null::timestamptz as forecast, null::timestamptz as proposal, null::timestamptz as check_until,"
	              " null::timestamptz as received_at, null::date as last_day, 0 as version, 0 as extensions, 0 as channel, false as late"
	              " from desk.to_give($1::int) where $2::text is null",
	[LIFE_OVER] = "select dossier_id, code, owner_name, procedure_name, status, version, until as check_until, member as step, asked_at as received_at,"
	              " '' as holder, '' as place, '' as next_role, '' as urgency, null::timestamptz as due_at, null::timestamptz as step_due,"
	              " null::timestamptz as forecast, null::timestamptz as proposal, null::date as last_day, 0 as extensions, 0 as channel, true as late,"
	              " false as mine from desk.supplements_over($1::int) where $2::text is null",
};

static void on_rows(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct life_rows_ask *mine = OWNER_OF(ask, struct life_rows_ask, ask);
	struct error unfit;
	struct life_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct life_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct life_row){ WHOLE(dossier_id), TEXT(code), TEXT(owner_name), TEXT(procedure_name), TEXT(holder), TEXT(place),
				TEXT(step), TEXT(next_role), TEXT(urgency), MOMENT(due_at), MOMENT(step_due), MOMENT(forecast), MOMENT(proposal),
				MOMENT(check_until), MOMENT(received_at), DAY(last_day), NUMBER(status), NUMBER(version), NUMBER(extensions),
				NUMBER(channel), FLAG(late), FLAG(mine) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void life_rows_read(struct store *store, struct scope *scope, struct life_rows_ask *mine, enum life_list which, const char *login, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_rows, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, lists[which], (struct param[]){ PARAM_TEXT(limit), PARAM_TEXT(login) }, 2);
}

/* ---- colleagues ---- */

static void on_colleagues(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct colleagues_ask *mine = OWNER_OF(ask, struct colleagues_ask, ask);
	struct error unfit;
	struct colleague *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct colleague, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct colleague){ TEXT(login), TEXT(full_name), TEXT(title), TEXT(acting), MOMENT(until), NUMBER(held), NUMBER(late),
				FLAG(locked), FLAG(mine), FLAG(may_take) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void colleagues_read(struct store *store, struct scope *scope, struct colleagues_ask *mine)
{
	mine->ask = (struct ask){ .done = on_colleagues, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.hands()", NULL, 0);
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct act_ask *mine = OWNER_OF(ask, struct act_ask, ask);
	mine->paper_id = 0;
	mine->done(mine, err ? 0 : (int)reply_number(reply, 0, "version", 0), err);
}

void delegate(struct store *store, struct scope *scope, struct act_ask *mine, const char *absent, const char *acting, day_t last_day, const char *why)
{
	char day[16];
	mine->ask = (struct ask){ .done = on_done };
	store_ask(store, scope, &mine->ask, "select 0 as version from desk.delegate($1, $2, $3::date, $4)",
	          (struct param[]){ PARAM_TEXT(absent), PARAM_TEXT(acting), PARAM_TEXT(day_write_iso(last_day, day, sizeof day)), PARAM_TEXT(why) }, 4);
}

void delegate_end(struct store *store, struct scope *scope, struct act_ask *mine, const char *absent)
{
	mine->ask = (struct ask){ .done = on_done };
	store_ask(store, scope, &mine->ask, "select 0 as version from desk.delegate_end($1)", (struct param[]){ PARAM_TEXT(absent) }, 1);
}

void give_all(struct store *store, struct scope *scope, struct act_ask *mine, const char *absent, const char *acting, const char *why)
{
	mine->ask = (struct ask){ .done = on_done };
	store_ask(store, scope, &mine->ask, "select desk.give_all($1, $2, $3) as version",
	          (struct param[]){ PARAM_TEXT(absent), PARAM_TEXT(acting), PARAM_TEXT(why) }, 3);
}

/* ---- hand-overs ---- */

static void on_handovers(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct handovers_ask *mine = OWNER_OF(ask, struct handovers_ask, ask);
	struct error unfit;
	struct handover_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct handover_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct handover_row){ WHOLE(handover_id), WHOLE(paper_id), TEXT(giver_name), TEXT(giver_place), TEXT(taker),
				TEXT(taker_name), TEXT(taker_place), TEXT(state), TEXT(number), TEXT(mine), MOMENT(made_at), MOMENT(ended_at), NUMBER(dossiers) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void handovers_read(struct store *store, struct scope *scope, struct handovers_ask *mine, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_handovers, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.handovers($1::int)", (struct param[]){ PARAM_TEXT(limit) }, 1);
}

static void on_items(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct handover_items_ask *mine = OWNER_OF(ask, struct handover_items_ask, ask);
	struct error unfit;
	struct handover_item *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct handover_item, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct handover_item){ TEXT(code), TEXT(owner_name), TEXT(procedure_name), MOMENT(due_at) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void handover_items_read(struct store *store, struct scope *scope, struct handover_items_ask *mine, int64_t handover_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)handover_id);
	mine->ask = (struct ask){ .done = on_items, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.handover_items($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

static void on_id(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct handover_ask *mine = OWNER_OF(ask, struct handover_ask, ask);
	mine->done(mine, err ? 0 : reply_number(reply, 0, "id", 0), err);
}

void handover_give(struct store *store, struct scope *scope, struct handover_ask *mine, const struct handover_give *give)
{
	struct bytes ids = { 0 };
	for (int i = 0; i < give->count; i++)
		bytes_format(&ids, "%s%lld", i ? "," : "{", (long long)give->dossiers[i]);
	bytes_format(&ids, give->count ? "}" : "{}");
	mine->ask = (struct ask){ .done = on_id, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.hand_give($1::uuid, $2::bigint[], $3, $4, $5, $6) as id",
	          (struct param[]){ PARAM_TEXT(give->request_id), PARAM_TEXT(bytes_string(&ids)), PARAM_TEXT(give->to), PARAM_TEXT(give->kind),
	                            PARAM_TEXT(give->place), PARAM_TEXT(give->note) }, 6);
	bytes_free(&ids);
}

void handover_take(struct store *store, struct scope *scope, struct handover_ask *mine, int64_t handover_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)handover_id);
	mine->ask = (struct ask){ .done = on_id, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.hand_take($1::bigint) as id", (struct param[]){ PARAM_TEXT(id) }, 1);
}

void handover_void(struct store *store, struct scope *scope, struct handover_ask *mine, int64_t handover_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)handover_id);
	mine->ask = (struct ask){ .done = on_id };
	store_ask(store, scope, &mine->ask, "select 0 as id from desk.hand_void($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

void incident_due(struct store *store, struct scope *scope, struct handover_ask *mine, const char *kind, int64_t incident, bool really)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)incident);
	mine->ask = (struct ask){ .done = on_id, .repeat = !really };
	store_ask(store, scope, &mine->ask, really ? "select desk.incident_due($1, $2::bigint) as id" : "select desk.incident_dossiers($1, $2::bigint) as id",
	          (struct param[]){ PARAM_TEXT(kind), PARAM_TEXT(id) }, 2);
}
