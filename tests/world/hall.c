/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/hall.h"

#include <stdio.h>
#include <string.h>

#include "core/store/hall.h"
#include "tui/desk.h"
#include "tui/display.h"
#include "tui/kiosk.h"
#include "tui/practice.h"
#include "tui/print_run.h"

void begin_display(struct world *w, const char *sound)
{
	const struct hall_plan login = { .server = w->program.server, .login = PRACTICE_DISPLAY, .password = PRACTICE_PASSWORD,
		.kind = "display" };
	screen_push(w->desk, &display_screen, &(struct display_plan){ .login = &login, .sound = sound });
}

void begin_kiosk(struct world *w)
{
	const struct hall_plan login = { .server = w->program.server, .login = PRACTICE_KIOSK, .password = PRACTICE_PASSWORD,
		.kind = "kiosk" };
	screen_push(w->desk, &kiosk_screen, &(struct kiosk_plan){ .login = &login, .folder = w->program.paths.data,
		.printer = print_fallback(&w->program.arena, w->program.paths.data) });
}

/* A connection of its own: a clerk at another counter, another kiosk. */
PGconn *hall_line(struct world *w, const char *login)
{
	char text[400];
	snprintf(text, sizeof text, "%s user=%s password=%s", w->program.server, login, PRACTICE_PASSWORD);
	PGconn *connection = PQconnectdb(text);
	assert_int_equal(PQstatus(connection), CONNECTION_OK);
	return connection;
}

const char *hall_ask(PGconn *connection, const char *sql)
{
	static char answer[400];
	PGresult *result = PQexec(connection, sql);
	if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
		fail_msg("%s\n%s", sql, PQerrorMessage(connection));
	snprintf(answer, sizeof answer, "%s", PQntuples(result) ? PQgetvalue(result, 0, 0) : "");
	PQclear(result);
	return answer;
}

PGconn *clerk_at(struct world *w, const char *login, const char *counter)
{
	char sql[80];
	PGconn *connection = hall_line(w, login);
	snprintf(sql, sizeof sql, "SELECT session_id FROM desk.hello('%s', 1)", counter);
	hall_ask(connection, sql);
	return connection;
}
