/* SPDX-License-Identifier: Apache-2.0
 *
 * Everything that may go wrong, by chance from a seed: couriers killed and
 * stopped, their connections cut, clocks that jump, systems that are slow, lose
 * requests or answers, deliver twice, forget sessions, answer in pages, halves
 * and floods.  In the end both sides are the same, message for message.
 *
 *   MOTCUA_SIM_SEED=N       that seed alone
 *   MOTCUA_SIM_DOSSIERS=N   so many dossiers a seed */
#include "tests/courier/sim.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/courier/road.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/courier/profiles.h"

#define COURIERS 3

static const char *const systems[] = { "tu-phap", "cong", "tinh", "y-te" };
#define SYSTEMS ((int)(sizeof systems / sizeof *systems))

static const struct {
	const char *kind;
	int most_times, most_ms;
} faults[] = {
	{ "delay", 20, 400 },     { "delay", 2, 2600 },      { "drop-before", 6, 0 },
	{ "drop-after", 6, 0 },   { "hang", 3, 0 },          { "hang-after", 3, 0 },
	{ "bad-gateway", 6, 0 },  { "gateway-time", 6, 0 },  { "unauthorized", 2, 0 },
	{ "expire", 3, 0 },       { "half", 6, 0 },          { "too-many", 2, 1999 },
	{ "quoted", 6, 0 },       { "redirect", 2, 0 },      { "flood", 1, 0 },
	{ "twice", 6, 0 },
};
#define FAULTS_KNOWN ((int)(sizeof faults / sizeof *faults))

struct sim {
	struct chance chance;
	pid_t couriers[COURIERS];
	bool stopped[COURIERS];
	int left; /* dossiers to come */
	int kills, cuts, jumps, troubles;
	PGconn *clerk;
};

/* The envelope as the tests have it; as shipped the platform and justice. */
static void write_profiles(void)
{
	static char path[128];
	static const char *const shipped_ones[] = { "tinh", "y-te", "tu-phap" };
	struct error err = { 0 };
	json_error_t where;
	json_t *file = json_load_file(MOTCUA_SOURCE "/tests/courier/data/ndxp.json", 0, &where);
	json_t *shipped = profiles_read(MOTCUA_SOURCE "/core/data/systems/practice", &err);
	assert_non_null(file);
	assert_non_null(shipped);
	for (int i = 0; i < 3; i++)
		json_object_set(json_object_get(file, "systems"), shipped_ones[i],
		                json_object_get(shipped, shipped_ones[i]));
	snprintf(path, sizeof path, "%s/profiles.json", road_folder());
	assert_int_equal(json_dump_file(file, path, 0), 0);
	road_profiles(path);
	json_decref(file);
	json_decref(shipped);
}

static void start_courier(struct sim *sim, int which)
{
	char name[16];
	snprintf(name, sizeof name, "sim-%d", which);
	sim->couriers[which] = road_courier(name, NULL);
	sim->stopped[which] = false;
}

static void trouble(struct sim *sim)
{
	int which = chance_of(&sim->chance, FAULTS_KNOWN);
	int times = 1 + chance_of(&sim->chance, faults[which].most_times);
	int ms = faults[which].most_ms ? chance_of(&sim->chance, faults[which].most_ms) : 0;
	const char *system = systems[chance_of(&sim->chance, SYSTEMS)];
	char body[160];
	/* The dial has room for 64, and some that nobody met are still on it. */
	if (sim->troubles % 40 == 39)
		json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	snprintf(body, sizeof body, "{\"system\":\"%s\",\"kind\":\"%s\",\"times\":%d,\"ms\":%d}", system,
	         faults[which].kind, times, ms);
	json_decref(bench_control(&road, "fault", body));
	sim->troubles++;
}

/* A courier dies, stands still, or goes on. */
static void strike(struct sim *sim)
{
	int which = chance_of(&sim->chance, COURIERS);
	if (sim->stopped[which]) {
		kill(sim->couriers[which], SIGCONT);
		sim->stopped[which] = false;
	} else if (chance_of(&sim->chance, 2)) {
		kill(sim->couriers[which], SIGSTOP);
		sim->stopped[which] = true;
	} else {
		assert_int_equal(road_end(sim->couriers[which], SIGKILL), -SIGKILL);
		start_courier(sim, which);
		sim->kills++;
	}
}

/* The database's clock jumps: every lease is over at once, or lasts longer. */
static void jump(struct sim *sim)
{
	int seconds = chance_of(&sim->chance, 3) ? 3600 : -3;
	/* Locked in the order in which couriers lock theirs. */
	one(admin(), "WITH leased AS MATERIALIZED (SELECT unit_id, dossier_id, system FROM motcua.stream"
	    " WHERE leased_until IS NOT NULL ORDER BY unit_id, dossier_id, system FOR UPDATE)"
	    " UPDATE motcua.stream s SET leased_until = s.leased_until - make_interval(secs => %d),"
	    " next_at = least(s.next_at, s.next_at - make_interval(secs => %d)) FROM leased l"
	    " WHERE s.unit_id = l.unit_id AND s.dossier_id = l.dossier_id AND s.system = l.system",
	    seconds, seconds);
	sim->jumps++;
}

static void cut(struct sim *sim)
{
	one(admin(), "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity"
	    " WHERE usename = 'dua-tin' ORDER BY md5(pid::text || '%d') LIMIT 1) x",
	    chance_of(&sim->chance, 1000));
	sim->cuts++;
}

static void tick(struct sim *sim)
{
	int what = chance_of(&sim->chance, 100);
	if (what < 30 && sim->left > 0) {
		for (int n = 1 + chance_of(&sim->chance, 8); n > 0 && sim->left > 0; n--, sim->left--)
			sim_accept(&sim->chance, sim->clerk);
	} else if (what < 50) {
		for (int n = chance_of(&sim->chance, 12); n > 0; n--)
			sim_act(&sim->chance, sim->clerk);
	} else if (what < 78) {
		trouble(sim);
	} else if (what < 90) {
		strike(sim);
	} else if (what < 95) {
		cut(sim);
	} else {
		jump(sim);
	}
}

static int number(const char *name, int fallback)
{
	const char *text = getenv(name);
	return text ? atoi(text) : fallback;
}

/* Quiet at last: what is left is carried, and nothing is left over. */
static void settle(struct sim *sim)
{
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	for (int i = 0; i < COURIERS; i++)
		if (sim->stopped[i])
			kill(sim->couriers[i], SIGCONT);
	/* An officer has looked at the accounts, and the clocks are right again. */
	one(admin(), "UPDATE motcua.system_state SET changed_at = changed_at - interval '1 hour',"
	    " pause_until = NULL");
	one(admin(), "UPDATE motcua.stream SET next_at = least(next_at, now())");
	int64_t deadline = monotonic_ms() + number("MOTCUA_SIM_SECONDS", 240) * 1000;
	while (monotonic_ms() < deadline && strcmp(one(admin(), ALL_CARRIED), "t") != 0)
		bench_pause(&road, 200);
	for (int i = 0; i < COURIERS; i++)
		assert_int_equal(road_end(sim->couriers[i], SIGTERM), 0);
}

static void run(uint64_t seed, int dossiers)
{
	struct sim sim = { .chance = { seed }, .left = dossiers, .clerk = as("man") };
	road_clear();
	sim_begin();
	write_profiles();
	for (int i = 0; i < COURIERS; i++)
		start_courier(&sim, i);
	for (int ticks = 0; sim.left > 0 || ticks < 100; ticks++) {
		tick(&sim);
		bench_pause(&road, chance_of(&sim.chance, 40));
	}
	settle(&sim);
	long refused = count(admin(), "SELECT count(*) FROM motcua.stream WHERE refused");
	const char *open = one(admin(), "SELECT string_agg(line, E'\\n') FROM (SELECT format('%%s × %%s: %%s, begun %%s,"
	                       " ask %%s, %%s attempts', count(*), system, note, begun, ask_first, max(attempts)) AS line"
	                       " FROM motcua.stream WHERE open OR refused GROUP BY system, note, begun, ask_first LIMIT 20) x");
	const char *why = *open ? open : sim_difference(systems, SYSTEMS);
	print_message("seed %llu: %d dossiers, %ld messages, %d troubles, %d kills, %d cuts, %d jumps\n",
	              (unsigned long long)seed, dossiers, sim_messages(), sim.troubles, sim.kills,
	              sim.cuts, sim.jumps);
	if (why || refused)
		fail_msg("MOTCUA_SIM_SEED=%llu MOTCUA_SIM_DOSSIERS=%d: %ld refused\n%s",
		         (unsigned long long)seed, dossiers, refused, why ? why : "");
	PQfinish(sim.clerk);
}

static void both_sides_end_the_same(void **state)
{
	(void)state;
	int dossiers = number("MOTCUA_SIM_DOSSIERS", 100);
	sim_routes();
	run((uint64_t)number("MOTCUA_SIM_SEED", 20261122), dossiers);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(both_sides_end_the_same) };
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
