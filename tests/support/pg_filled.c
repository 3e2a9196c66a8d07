/* SPDX-License-Identifier: Apache-2.0
 *
 * Servers that begin with what another test's server held: initdb, schema and
 * reference data are made once a build and copied. */
#include <fcntl.h>
#include <fts.h>
#include <glob.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/pg.h"
#include "tests/support/pg_own.h"

/* ---- what a fill depends on ---- */

static void mix(uint64_t *sum, const void *data, size_t size)
{
	const unsigned char *byte = data;

	for (size_t i = 0; i < size; i++)
		*sum = (*sum ^ byte[i]) * 1099511628211u; /* FNV-1a */
}

/* Names, sizes and times of every file below these folders. */
static uint64_t sources_sum(void)
{
	char *folders[] = { MOTCUA_SOURCE "/core/base", MOTCUA_SOURCE "/core/data", MOTCUA_SOURCE "/core/dossier",
		MOTCUA_SOURCE "/core/store", MOTCUA_SOURCE "/tests/schema", MOTCUA_SOURCE "/tests/support",
		MOTCUA_SOURCE "/tests/store", MOTCUA_SOURCE "/tests/world", NULL };
	uint64_t sum = 14695981039346656037u;
	FTS *walk = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, NULL);

	for (FTSENT *at; walk != NULL && (at = fts_read(walk)) != NULL;) {
		if (at->fts_info != FTS_F)
			continue;
		/* The order of a folder may differ: each file is summed by itself. */
		uint64_t one = 14695981039346656037u;
		mix(&one, at->fts_path, at->fts_pathlen);
		mix(&one, &at->fts_statp->st_size, sizeof at->fts_statp->st_size);
		mix(&one, &at->fts_statp->st_mtim, sizeof at->fts_statp->st_mtim);
		sum += one;
	}
	if (walk != NULL)
		fts_close(walk);
	return sum;
}

/* ---- the copy ---- */

static bool shell(const char *format, const char *a, const char *b)
{
	char command[600];

	snprintf(command, sizeof command, format, a, b);
	return system(command) == 0;
}

static bool make_copy(const char *name, const char *copy, bool (*fill)(struct test_pg *))
{
	struct test_pg pg;
	char fresh[220], data[80];
	bool made = false;

	/* Those of older sources go. */
	if (!shell("rm -rf '%s/%s'-*", TEST_COPIES, name))
		return false;
	snprintf(fresh, sizeof fresh, "%s.new", copy);
	if (test_pg_start(&pg)) {
		snprintf(data, sizeof data, "%s/data", pg.folder);
		made = fill(&pg) && test_pg_settle(&pg) && shell("cp -a '%s' '%s'", data, fresh) &&
		       rename(fresh, copy) == 0;
		test_pg_stop(&pg);
	}
	return made;
}

bool test_pg_start_filled(struct test_pg *pg, const char *name, bool (*fill)(struct test_pg *))
{
	char copy[200], lock[220];

	snprintf(copy, sizeof copy, "%s/%s-%016llx", TEST_COPIES, name, (unsigned long long)sources_sum());
	snprintf(lock, sizeof lock, "%s/%s.lock", TEST_COPIES, name);
	int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || flock(fd, LOCK_EX) != 0) {
		perror(lock);
		return false;
	}
	bool good = access(copy, F_OK) == 0 || make_copy(name, copy, fill);
	/* The guardian inherits the descriptor: closing alone would keep the lock for the whole test. */
	flock(fd, LOCK_UN);
	close(fd);
	return good && test_pg_start_copy(pg, copy);
}

/* ---- the schema ---- */

static char *read_all(const char *path)
{
	char *text = NULL;
	long size = 0;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0) {
		rewind(file);
		text = calloc(1, (size_t)size + 1);
		if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) {
			free(text);
			text = NULL;
		}
	}
	fclose(file);
	return text;
}

static bool apply(PGconn *connection, const char *path)
{
	char *text = read_all(path), number[5] = "";
	const char *name = strrchr(path, '/') + 1;
	bool done = false;

	if (text == NULL)
		return false;
	memcpy(number, name, 4);
	const char *values[] = { number, name };
	PQclear(PQexec(connection, "BEGIN"));
	PGresult *result = PQexec(connection, text);
	free(text);
	if (PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK) {
		PQclear(result);
		result = PQexecParams(connection,
			"INSERT INTO motcua.migration(number, name) VALUES ($1::int, $2)", 2, NULL, values,
			NULL, NULL, 0);
		done = PQresultStatus(result) == PGRES_COMMAND_OK;
	}
	if (!done)
		fprintf(stderr, "%s: %s\n", name, PQerrorMessage(connection));
	PQclear(result);
	PQclear(PQexec(connection, done ? "COMMIT" : "ROLLBACK"));
	return done;
}

bool test_pg_schema(struct test_pg *pg)
{
	glob_t found = { 0 };
	bool done = true;
	PGconn *connection = PQconnectdb(pg->conninfo);

	PQclear(PQexec(connection, "SET client_min_messages = warning"));
	if (glob(MOTCUA_SOURCE "/core/store/schema/[0-9]*.sql", 0, NULL, &found) != 0)
		done = false;
	for (size_t i = 0; done && i < found.gl_pathc; i++)
		done = apply(connection, found.gl_pathv[i]);
	globfree(&found);
	PQfinish(connection);
	return done;
}
