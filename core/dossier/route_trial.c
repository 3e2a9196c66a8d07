/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/route_trial.h"

#include <string.h>

#include "core/base/say.h"
#include "core/dossier/catalogue.h"

#define CHANGES_MOST 16

/* A view of the catalogue with the change in it; only the rules differ. */
static struct catalogue changed(struct arena *arena, const struct catalogue *catalogue,
                                const struct route_change *change)
{
	struct catalogue view = *catalogue;
	size_t count = 0, old = catalogue->count[CATALOGUE_ROUTES];
	view.routes = ARENA_MANY(arena, struct route_rule, old + 1);
	for (size_t i = 0; i < old; i++)
		if (!change->ended || catalogue->routes[i].rule_id != change->ended)
			view.routes[count++] = catalogue->routes[i];
	if (change->fresh)
		view.routes[count++] = *change->fresh;
	view.count[CATALOGUE_ROUTES] = count;
	return view;
}

static void count_move(struct arena *arena, struct route_trial *trial, const struct route_move *move)
{
	for (size_t i = 0; i < trial->count_count; i++)
		if (!strcmp(trial->counts[i].from, move->from) &&
		    !strcmp(trial->counts[i].to, move->to)) {
			trial->counts[i].count++;
			return;
		}
	trial->counts = arena_grow(arena, trial->counts, sizeof *trial->counts, trial->count_count,
	                           &trial->room);
	trial->counts[trial->count_count++] = (struct route_count){ move->from, move->to, 1 };
}

bool route_try(struct arena *arena, const struct catalogue *catalogue,
               const struct route_change *change, const char *level,
               const struct route_past *past, size_t count, struct route_trial *out,
               struct error *err)
{
	struct route_trial trial = { .moves = ARENA_MANY(arena, struct route_move, count + 1) };
	struct catalogue view = changed(arena, catalogue, change);
	struct arena scratch = { 0 };
	bool good = true;
	for (size_t i = 0; good && i < count; i++) {
		const struct procedure *procedure =
			catalogue_procedure(catalogue, past[i].procedure_code);
		struct route_ask ask = { procedure, level, past[i].case_id, past[i].deciding_unit,
			past[i].day > change->from ? past[i].day : change->from };
		struct route before, after;
		if (!procedure) {
			trial.unknown++;
			continue;
		}
		trial.looked++;
		good = route_choose(&scratch, catalogue, &ask, &before, err) &&
		       route_choose(&scratch, &view, &ask, &after, err);
		if (good && strcmp(before.system, after.system) != 0) {
			struct route_move move = { &past[i], arena_string(arena, before.system),
				                   arena_string(arena, after.system) };
			trial.moves[trial.move_count++] = move;
			count_move(arena, &trial, &move);
		}
		arena_free(&scratch);
	}
	arena_free(&scratch);
	if (good)
		*out = trial;
	return good;
}

/* ---- what will change when ---- */

static void add_day(day_t *days, size_t *count, day_t day, day_t after)
{
	size_t at = 0;
	if (day == DAY_NONE || day <= after)
		return;
	while (at < *count && days[at] < day)
		at++;
	if (at < *count && days[at] == day)
		return;
	if (*count == CHANGES_MOST) {
		if (at == CHANGES_MOST)
			return;
		--*count;
	}
	memmove(&days[at + 1], &days[at], (*count - at) * sizeof *days);
	days[at] = day;
	++*count;
}

struct lines route_future(struct arena *arena, const struct catalogue *catalogue,
                          const struct route_ask *ask)
{
	struct lines lines = { 0 };
	struct arena scratch = { 0 };
	struct route now, then;
	day_t days[CHANGES_MOST];
	size_t count = 0;
	char from[16];
	for (size_t i = 0; i < catalogue->count[CATALOGUE_ROUTES]; i++) {
		add_day(days, &count, catalogue->routes[i].valid_from, ask->day);
		add_day(days, &count, catalogue->routes[i].valid_to, ask->day);
	}
	bool good = route_choose(&scratch, catalogue, ask, &now, NULL);
	for (size_t i = 0; good && i < count; i++) {
		struct route_ask later = *ask;
		later.day = days[i];
		if (!route_choose(&scratch, catalogue, &later, &then, NULL))
			continue;
		if (strcmp(then.system, now.system) != 0)
			lines_add(&lines, arena, _("Từ ngày %s: %s%s%s"),
			          day_write(days[i], from, sizeof from),
			          then.destination && *then.destination->name ? then.destination->name
			                                                      : then.system,
			          *then.notice ? _(", theo ") : "", then.notice);
		now = then;
	}
	arena_free(&scratch);
	return lines;
}
