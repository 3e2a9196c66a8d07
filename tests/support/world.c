/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/world.h"
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWORD "motcua-tap-duyet"
#define BUFFERS 8

static struct test_pg cluster;
static PGconn *root;
static char buffers[BUFFERS][4096], hint[256];
static int turn;

static void quiet(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

static bool run_file(PGconn *connection, const char *path)
{
	char text[16384];
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return false;
	size_t n = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[n] = '\0';
	PGresult *result = PQexec(connection, text);
	ExecStatusType status = PQresultStatus(result);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		fprintf(stderr, "%s: %s\n", path, PQerrorMessage(connection));
	PQclear(result);
	return n < sizeof text - 1 && (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
}

static bool fill(struct test_pg *pg)
{
	if (!test_pg_schema(pg))
		return false;
	PGconn *connection = PQconnectdb(pg->conninfo);
	PQsetNoticeProcessor(connection, quiet, NULL);
	bool good = run_file(connection, MOTCUA_SOURCE "/tests/schema/fixture.sql");
	PQfinish(connection);
	return good;
}

int world_start(void **state)
{
	(void)state;
	if (!test_pg_start_filled(&cluster, "fixture", fill))
		return -1;
	root = PQconnectdb(cluster.conninfo);
	PQsetNoticeProcessor(root, quiet, NULL);
	return PQstatus(root) == CONNECTION_OK ? 0 : -1;
}

int world_stop(void **state)
{
	(void)state;
	PQfinish(root);
	test_pg_stop(&cluster);
	return 0;
}

PGconn *admin(void)
{
	return root;
}

PGconn *try_as(const char *login, const char *password)
{
	char *conninfo = test_pg_as(&cluster, login, password);
	PGconn *connection = PQconnectdb(conninfo);

	free(conninfo);
	if (PQstatus(connection) != CONNECTION_OK) {
		PQfinish(connection);
		return NULL;
	}
	PQsetNoticeProcessor(connection, quiet, NULL);
	return connection;
}

PGconn *as(const char *login)
{
	PGconn *connection = try_as(login, PASSWORD);

	assert_non_null(connection);
	return connection;
}

static PGresult *ask(PGconn *connection, const char *sql, va_list values)
{
	char *text = NULL;

	if (vasprintf(&text, sql, values) < 0)
		abort();
	PGresult *result = PQexec(connection, text);
	free(text);
	return result;
}

const char *one(PGconn *connection, const char *sql, ...)
{
	va_list values;
	char *out = buffers[turn++ % BUFFERS];

	va_start(values, sql);
	PGresult *result = ask(connection, sql, values);
	va_end(values);
	if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
		fail_msg("%s\n%s", sql, PQerrorMessage(connection));
	out[0] = '\0';
	if (PQntuples(result) > 0)
		snprintf(out, sizeof buffers[0], "%s", PQgetvalue(result, 0, 0));
	PQclear(result);
	return out;
}

long count(PGconn *connection, const char *sql, ...)
{
	va_list values;

	va_start(values, sql);
	PGresult *result = ask(connection, sql, values);
	va_end(values);
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s\n%s", sql, PQerrorMessage(connection));
	long value = PQntuples(result) > 0 ? atol(PQgetvalue(result, 0, 0)) : 0;
	PQclear(result);
	return value;
}

const char *state_of(PGconn *connection, const char *sql, ...)
{
	va_list values;
	char *out = buffers[turn++ % BUFFERS];

	va_start(values, sql);
	PGresult *result = ask(connection, sql, values);
	va_end(values);
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *said = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
	snprintf(out, sizeof buffers[0], "%s", state != NULL ? state : "");
	snprintf(hint, sizeof hint, "%s", said != NULL ? said : "");
	PQclear(result);
	return out;
}

const char *last_hint(void)
{
	return hint;
}
