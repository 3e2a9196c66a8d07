/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/world/world_own.h"

#define PATIENCE_MS 60000

void world_type(struct world *world, const char *keys)
{
	glass_type(world->glass, keys);
}

void world_fill(struct world *world, const char *const *values)
{
	for (; *values; values++) {
		world_type(world, *values);
		world_type(world, "\r");
	}
}

void world_scan(struct world *world, const char *bytes)
{
	struct event event = { .kind = EVENT_SCAN, .text = bytes, .size = strlen(bytes), .exact = true };
	desk_event(world->desk, &event);
	glass_paint(world->glass);
}

void world_scan_keys(struct world *world, const char *bytes)
{
	char text[8192];
	snprintf(text, sizeof text, "\002%s\r", bytes);
	world_type(world, text);
}

void world_tell_log(const struct world *world)
{
	char command[160];
	snprintf(command, sizeof command, "tail -n 12 %s/data/motcua.log >&2", world->home);
	if (system(command) != 0)
		fputs("no log\n", stderr);
}

static void show_pane(struct world *world, FILE *out)
{
	for (int row = 0; row < world->rows; row++)
		fprintf(out, "%2d|%s\n", row, glass_row(world->glass, row));
}

static void refuse(struct world *world, const char *what, const char *text, const char *file, int line)
{
	fprintf(stderr, "%s: “%s”; the pane:\n", what, text);
	show_pane(world, stderr);
	world_tell_log(world);
	_fail(file, line);
}

/* A turn of the real loop; the glass's clock follows the wall's. */
static void step(struct world *world)
{
	int64_t before = monotonic_ms();
	loop_turn(glass_loop(world->glass), 10);
	int64_t past = monotonic_ms() - before;
	glass_pass(world->glass, past > 0 ? past : 1);
	glass_paint(world->glass);
}

void world_wait_at(struct world *world, const char *text, const char *file, int line)
{
	int64_t end = monotonic_ms() + PATIENCE_MS;
	glass_paint(world->glass);
	while (!glass_has(world->glass, text)) {
		if (monotonic_ms() > end)
			refuse(world, "never shown", text, file, line);
		step(world);
	}
}

void world_wait_gone_at(struct world *world, const char *text, const char *file, int line)
{
	int64_t end = monotonic_ms() + PATIENCE_MS;
	glass_paint(world->glass);
	while (glass_has(world->glass, text)) {
		if (monotonic_ms() > end)
			refuse(world, "never gone", text, file, line);
		step(world);
	}
}

void world_shows_at(struct world *world, const char *text, bool wanted, const char *file, int line)
{
	glass_paint(world->glass);
	if (glass_has(world->glass, text) != wanted)
		refuse(world, wanted ? "not shown" : "shown", text, file, line);
}

void world_wait_for(struct world *world, const char *answer, const char *sql)
{
	int64_t end = monotonic_ms() + PATIENCE_MS;
	while (strcmp(world_one(world, sql), answer) != 0) {
		if (monotonic_ms() > end)
			refuse(world, "the database never said", answer, sql, 0);
		step(world);
	}
}

void world_pass(struct world *world, int64_t ms)
{
	for (int64_t left = ms; left > 0; left -= 200) {
		loop_turn(glass_loop(world->glass), 1);
		glass_pass(world->glass, left < 200 ? left : 200);
	}
	glass_paint(world->glass);
}

/* ---- the database ---- */

static char *next_answer(void)
{
	static char answers[8][1024];
	static int turn;
	return answers[turn++ % 8];
}

const char *world_one(struct world *world, const char *sql)
{
	char *answer = next_answer();
	PGresult *result = PQexec(world->admin, sql);
	ExecStatusType status = PQresultStatus(result);
	bool good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
	if (!good)
		print_error("%s\n%s", sql, PQerrorMessage(world->admin));
	assert_true(good);
	snprintf(answer, 1024, "%s", PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "");
	PQclear(result);
	return answer;
}

long world_count(struct world *world, const char *sql)
{
	return strtol(world_one(world, sql), NULL, 10);
}

void world_do(struct world *world, const char *sql)
{
	(void)world_one(world, sql);
}

void world_server_dies(struct world *world)
{
	(void)world;
	assert_true(test_pg_kill(&world_server));
}

void world_server_back(struct world *world)
{
	assert_true(test_pg_again(&world_server));
	PQreset(world->admin);
}

void world_server_halts(struct world *world, bool halt)
{
	(void)world;
	assert_true(test_pg_halt(&world_server, halt));
}

void world_pane(struct world *world, const char *name)
{
	char path[200];
	const char *folder = getenv("WORLD_PANES");
	if (!folder)
		return;
	snprintf(path, sizeof path, "%s/%s-%dx%d.txt", folder, name, world->cols, world->rows);
	FILE *file = fopen(path, "w");
	if (!file)
		return;
	glass_paint(world->glass);
	show_pane(world, file);
	fclose(file);
}
