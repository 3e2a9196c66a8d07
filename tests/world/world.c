/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/store/import.h"
#include "tests/world/world_own.h"
#include "tui/duty.h"
#include "tui/lock.h"
#include "tui/login.h"
#include "tui/practice.h"

struct test_pg world_server;
static int made;

/* ---- the template: schema, shipped data, and a clock that can be set ---- */

static bool load_data(const struct test_pg *pg)
{
	struct loop loop;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct import_report report = { 0 };
	struct store_settings set = { .server = pg->conninfo, .statement_ms = 60000,
		.ask_ms = 60000, .silence_ms = 60000 };
	loop_init(&loop);
	struct store *store = store_open(&loop, &set, &err);
	bool good = store && store_wait(store, 10000, &err) &&
	            import_shipped(store, &arena, MOTCUA_SOURCE, true, false, &report, &err);
	store_close(store);
	if (!good)
		print_error("%s\n%s\n", err.say, err.log);
	arena_free(&arena);
	return good;
}

static bool run_sql(PGconn *connection, const char *sql)
{
	PGresult *result = PQexec(connection, sql);
	ExecStatusType status = PQresultStatus(result);
	bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
	if (!good)
		print_error("%.200s\n%s", sql, PQerrorMessage(connection));
	PQclear(result);
	return good;
}

static bool fill_template(struct test_pg *pg)
{
	if (!test_pg_schema(pg) || !load_data(pg))
		return false;
	PGconn *connection = PQconnectdb(pg->conninfo);
	struct arena arena = { 0 };
	char *clock;
	bool good = path_read(&arena, MOTCUA_SOURCE "/tests/support/clock.sql", &clock, NULL, NULL) &&
	            run_sql(connection, clock) && run_sql(connection, "ANALYZE");
	arena_free(&arena);
	PQfinish(connection);
	return good;
}

int world_prepare(void **state)
{
	(void)state;
	setenv("LC_ALL", "C.UTF-8", 1);
	return test_pg_start_filled(&world_server, "world", fill_template) ? 0 : -1;
}

int world_end(void **state)
{
	(void)state;
	test_pg_stop(&world_server);
	return 0;
}

/* ---- one world ---- */

static bool make_database(struct world *world)
{
	char text[160];
	snprintf(text, sizeof text, "host=%s user=motcua_admin dbname=postgres", world_server.folder);
	PGconn *connection = PQconnectdb(text);
	snprintf(world->database, sizeof world->database, "world_%d", ++made);
	snprintf(text, sizeof text, "CREATE DATABASE %s TEMPLATE motcua STRATEGY file_copy", world->database);
	bool good = run_sql(connection, text);
	PQfinish(connection);
	return good;
}

static PGconn *connect_admin(const struct world *world)
{
	char text[160];
	snprintf(text, sizeof text, "host=%s user=motcua_admin dbname=%s", world_server.folder,
	         world->database);
	PGconn *connection = PQconnectdb(text);
	assert_int_equal(PQstatus(connection), CONNECTION_OK);
	return connection;
}

static void make_home(struct world *world)
{
	char path[96];
	strcpy(world->home, "/tmp/mcworld.XXXXXX");
	assert_non_null(mkdtemp(world->home));
	snprintf(path, sizeof path, "%s/motcua.ini", world->home);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "[database]\nserver = host=%s dbname=%s\n[counter]\ncode = Q3\n",
	        world_server.folder, world->database);
	if (world->theme)
		fprintf(file, "theme = %s\n", world->theme);
	fclose(file);
}

/* The counter's clock follows the database's, as the log-in tells it. */
static moment_t clock_of(const struct desk *desk)
{
	return moment_now() + desk->ahead;
}

static void must(bool good, const struct error *err)
{
	if (!good)
		print_error("%s\n%s\n", err->say, err->log);
	assert_true(good);
}

static void start_program(struct world *world)
{
	struct error err = { 0 };
	struct options options = { .practice = true };
	setenv("MOTCUA_HOME", world->home, 1);
	world->glass = glass_new(world->term, world->rows, world->cols);
	world->desk = glass_desk(world->glass);
	must(program_open(&world->program, &options, &err), &err);
	struct desk *desk = world->desk;
	desk->paths = &world->program.paths;
	desk->config = &world->program.config;
	desk->program = &world->program;
	desk->practice = true;
	desk->idle = lock_now;
	desk->clock = clock_of;
	/* Reading takes a second a page: only where a test is about it. */
	assert_true(config_parse(&world->program.config, "[scan]\nwords = no\n", "world", NULL));
	must(desk_configure(desk, &err), &err);
	glass_open(world->glass, &login_screen, NULL);
	world->open = true;
}

static void stop_program(struct world *world)
{
	if (!world->open)
		return;
	world->open = false;
	while (world->desk->top)
		screen_pop(world->desk->top);
	world->program.duty = duty_end(world->program.duty);
	glass_free(world->glass);
	program_close(&world->program);
}

struct world *world_open(const char *term, const char *theme, int rows, int cols)
{
	struct world *world = calloc(1, sizeof *world);
	assert_non_null(world);
	*world = (struct world){ .term = term, .theme = theme, .rows = rows, .cols = cols };
	assert_true(make_database(world));
	world->admin = connect_admin(world);
	make_home(world);
	world_server_clock(world, day_of(2026, 11, 20), 9, 41);
	start_program(world);
	return world;
}

static void remove_folder(const char *folder)
{
	char command[160];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	if (system(command) != 0)
		print_error("%s is left\n", folder);
}

void world_close(struct world *world)
{
	char sql[80];
	stop_program(world);
	PQfinish(world->admin);
	snprintf(sql, sizeof sql, "host=%s user=motcua_admin dbname=postgres", world_server.folder);
	PGconn *connection = PQconnectdb(sql);
	snprintf(sql, sizeof sql, "DROP DATABASE %s WITH (FORCE)", world->database);
	run_sql(connection, sql);
	PQfinish(connection);
	remove_folder(world->home);
	free(world);
}

void world_crash(struct world *world)
{
	char command[240], kept[80];
	/* What is on the disk now is all that is left: closing would save more. */
	snprintf(kept, sizeof kept, "%s.kept", world->home);
	snprintf(command, sizeof command, "cp -a %s %s", world->home, kept);
	assert_int_equal(system(command), 0);
	stop_program(world);
	remove_folder(world->home);
	assert_int_equal(rename(kept, world->home), 0);
	start_program(world);
}

int world_new(void **state)
{
	*state = world_open(NULL, NULL, 24, 80);
	return 0;
}

int world_gone(void **state)
{
	world_close(*state);
	*state = NULL;
	return 0;
}

void world_login(struct world *world, const char *login)
{
	world_type(world, login);
	world_type(world, "\r" PRACTICE_PASSWORD "\r");
	world_wait(world, "thủ tục tiếp nhận tại đây");
	world_wait_gone(world, "…");
}

/* ---- the calendar ---- */

void world_server_clock(struct world *world, day_t day, int hour, int minute)
{
	char sql[160], at[40];
	moment_write_iso(moment_of(day, hour, minute, 0), at, sizeof at);
	snprintf(sql, sizeof sql, "UPDATE world.ahead SET by = '%s'::timestamptz - clock_timestamp()", at);
	world_do(world, sql);
}

void world_clock(struct world *world, day_t day, int hour, int minute)
{
	world_server_clock(world, day, hour, minute);
	world->desk->ahead = moment_of(day, hour, minute, 0) - moment_now();
	desk_dirty(world->desk);
}
