/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/ear.h"

#include <stdio.h>
#include <string.h>

#include "tests/check.h"

static void on_notice(struct watch *watch, short got)
{
	struct ear *ear = OWNER_OF(watch, struct ear, watch);
	(void)got;
	assert_true(PQconsumeInput(ear->line));
	for (PGnotify *n; (n = PQnotifies(ear->line)); PQfreemem(n)) {
		struct heard *h = &ear->heard[ear->count];
		long long id;
		if (ear->count == EAR_MOST || sscanf(n->extra, "%15s %lld", h->what, &id) != 2)
			continue;
		h->id = id;
		h->at = ear->loop->clock();
		ear->count++;
	}
}

void ear_open(struct ear *ear, struct loop *loop, const char *server, const char *channel)
{
	char sql[80];
	*ear = (struct ear){ .loop = loop, .line = PQconnectdb(server) };
	assert_int_equal(PQstatus(ear->line), CONNECTION_OK);
	snprintf(sql, sizeof sql, "LISTEN %s", channel);
	PGresult *result = PQexec(ear->line, sql);
	assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
	PQclear(result);
	ear->watch = (struct watch){ .fd = PQsocket(ear->line), .events = POLLIN, .ready = on_notice };
	loop_watch(loop, &ear->watch);
}

int64_t ear_heard(const struct ear *ear, const char *what, int64_t id, int64_t since)
{
	int64_t last = 0;
	for (int i = 0; i < ear->count; i++) {
		const struct heard *h = &ear->heard[i];
		if (h->at < since || strcmp(h->what, what) != 0 || (id && h->id != id))
			continue;
		if (id)
			return h->at;
		last = h->at;
	}
	return last;
}

void ear_forget(struct ear *ear)
{
	ear->count = 0;
}

void ear_close(struct ear *ear)
{
	if (!ear->line)
		return;
	loop_unwatch(ear->loop, &ear->watch);
	PQfinish(ear->line);
	ear->line = NULL;
}
