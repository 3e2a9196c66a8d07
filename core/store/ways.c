/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/ways.h"

#include <stdio.h>
#include <string.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define DAY(name)    .name = reply_day(reply, row, #name)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
#define ID(name)     .name = reply_number(reply, row, #name, 0)

enum part { PART_ROUTES, PART_AGENCIES, PART_HELD, PART_ELSEWHERE, PARTS };
static const char *const SQL[PARTS] = {
	"select * from desk.dossier_route($1::bigint)",
	"select a.*, desk.is_elsewhere(a.code) as elsewhere from desk.dossier_agencies($1::bigint) a",
	"select * from desk.dossier_held($1::bigint)",
	"select * from desk.dossier_elsewhere($1::bigint)",
};

const struct way_agency *way_agency(const struct way *way, const char *role)
{
	for (int i = 0; i < way->agency_count; i++)
		if (strcmp(way->agencies[i].role, role) == 0)
			return &way->agencies[i];
	return NULL;
}

bool way_elsewhere(const struct way *way)
{
	const struct way_agency *deciding = way_agency(way, "deciding");
	return deciding && deciding->elsewhere;
}

static void take_routes(struct way_ask *mine, const struct reply *reply)
{
	struct way_route *rows = ARENA_MANY(mine->into, struct way_route, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		rows[row] = (struct way_route){ .seq = (int)reply_number(reply, row, "seq", 0), MOMENT(at),
			TEXT(cause), TEXT(system), TEXT(system_name), TEXT(told), ID(rule_id),
			TEXT(applies), DAY(valid_from), DAY(ended_on), TEXT(basis), TEXT(decided_by),
			TEXT(by_name) };
	mine->way.routes = rows;
	mine->way.route_count = reply->rows;
}

static void take_agencies(struct way_ask *mine, const struct reply *reply)
{
	struct way_agency *rows = ARENA_MANY(mine->into, struct way_agency, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		rows[row] = (struct way_agency){ TEXT(role), TEXT(code), TEXT(name), .elsewhere = reply_flag(reply, row, "elsewhere") };
	mine->way.agencies = rows;
	mine->way.agency_count = reply->rows;
}

static void take_held(struct way_ask *mine, const struct reply *reply)
{
	struct way_held *rows = ARENA_MANY(mine->into, struct way_held, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		rows[row] = (struct way_held){ ID(fallback_id), TEXT(system),
			.name = reply_text(reply, row, "system_name") };
	mine->way.held = rows;
	mine->way.held_count = reply->rows;
}

static void take_elsewhere(struct way_ask *mine, const struct reply *reply)
{
	mine->way.elsewhere.received_at = MOMENT_NONE;
	mine->way.elsewhere.source = mine->way.elsewhere.basis = mine->way.elsewhere.by_name = "";
	if (reply->rows == 0)
		return;
	mine->way.elsewhere.received_at = reply_moment(reply, 0, "received_at");
	mine->way.elsewhere.source = reply_text(reply, 0, "source");
	mine->way.elsewhere.basis = reply_text(reply, 0, "basis");
	mine->way.elsewhere.by_name = reply_text(reply, 0, "by_name");
	mine->way.elsewhere.counted = reply_flag(reply, 0, "counted");
}

static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct way_ask *mine = ask->owner;
	static void (*const takes[PARTS])(struct way_ask *, const struct reply *) = { take_routes,
		take_agencies, take_held, take_elsewhere };
	struct error unfit;
	if (!err) {
		takes[ask - mine->parts](mine, reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left == 0)
		mine->done(mine, mine->err.fault ? NULL : &mine->way, mine->err.fault ? &mine->err : NULL);
}

void way_read(struct store *store, struct scope *scope, struct way_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->left = PARTS;
	mine->way = (struct way){ 0 };
	mine->err = (struct error){ 0 };
	for (int i = 0; i < PARTS; i++) {
		mine->parts[i] = (struct ask){ .done = on_part, .repeat = true, .owner = mine,
			.into = mine->into };
		store_ask(store, scope, &mine->parts[i], SQL[i], (struct param[]){ PARAM_TEXT(id) }, 1);
	}
}

/* ---- acts ---- */

static void on_fallback(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct fallback_ask *mine = OWNER_OF(ask, struct fallback_ask, ask);
	mine->done(mine, err ? 0 : reply_number(reply, 0, "fallback_id", 0),
	           err ? "" : reply_text(reply, 0, "state"), err);
}

void fallback_start(struct store *store, struct scope *scope, struct fallback_ask *mine,
                    int64_t dossier_id, int version, const char *reason)
{
	char id[24], seen[16];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	mine->ask = (struct ask){ .done = on_fallback };
	store_ask(store, scope, &mine->ask, "select * from desk.fall_back($1::bigint, $2::int, $3)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(reason) }, 3);
}

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct act_ask *mine = OWNER_OF(ask, struct act_ask, ask);
	mine->done(mine, err ? 0 : (int)reply_number(reply, 0, "version", 0), err);
}

static void start(struct store *store, struct scope *scope, struct act_ask *mine, const char *sql,
                  const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

void fallback_decide(struct store *store, struct scope *scope, struct act_ask *mine,
                     int64_t fallback_id, bool approve, const char *note)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)fallback_id);
	start(store, scope, mine, "select desk.fall_back_decide($1::bigint, $2::boolean, $3) as version",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(approve ? "t" : "f"), PARAM_TEXT(note) }, 3);
}

void fallback_release(struct store *store, struct scope *scope, struct act_ask *mine,
                      int64_t dossier_id, int version, const char *system, const char *reason)
{
	char id[24], seen[16];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	start(store, scope, mine, "select desk.fall_back_release($1::bigint, $2::int, $3, $4) as version",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(system),
	                        PARAM_TEXT(reason) }, 4);
}

void elsewhere_received(struct store *store, struct scope *scope, struct act_ask *mine,
                        int64_t dossier_id, int version, moment_t at, moment_t due,
                        const char *basis, const char *line)
{
	char id[24], seen[16], when[40], then[40];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	start(store, scope, mine, "select desk.received_elsewhere($1::bigint, $2::int, $3::timestamptz, "
	                          "$4::timestamptz, $5, $6) as version",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen),
	                        PARAM_TEXT(moment_write_iso(at, when, sizeof when)),
	                        PARAM_TEXT(due == MOMENT_NONE ? NULL
	                                                      : moment_write_iso(due, then, sizeof then)),
	                        PARAM_TEXT(basis), PARAM_TEXT(line) }, 6);
}

static void on_fallbacks(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct fallbacks_ask *mine = OWNER_OF(ask, struct fallbacks_ask, ask);
	struct error unfit;
	struct fallback_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct fallback_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct fallback_row){ ID(fallback_id), ID(dossier_id), TEXT(code),
				TEXT(owner_name), TEXT(from_name), TEXT(cause), TEXT(reason), TEXT(state),
				TEXT(asked_by), TEXT(decided_by), TEXT(note), MOMENT(asked_at),
				MOMENT(decided_at) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void fallbacks_read(struct store *store, struct scope *scope, struct fallbacks_ask *mine, int most)
{
	char number[16];
	snprintf(number, sizeof number, "%d", most);
	mine->ask = (struct ask){ .done = on_fallbacks, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.fallbacks($1::int)",
	          (struct param[]){ PARAM_TEXT(number) }, 1);
}
