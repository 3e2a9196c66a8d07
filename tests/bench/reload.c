/* SPDX-License-Identifier: Apache-2.0
 *
 * reload SERVER LOGIN PASSWORD RUNS: a counter's session loads its catalogue again and
 * again in its loop; "worst total" in ms of processor time: the longest turn of the loop,
 * and one whole load, medians over the runs.  Waiting costs no processor time, and neither
 * does what else the machine is doing. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/loop.h"
#include "core/dossier/catalogue.h"
#include "core/store/catalogue_load.h"
#include "core/store/session.h"

static int loaded;
static bool open;

static double cpu_ms(void)
{
	struct timespec at;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static _Noreturn void give_up(const struct error *err)
{
	fprintf(stderr, "reload: %s\n", err->log);
	exit(1);
}

static void opened(struct session *session, const struct error *err)
{
	(void)session;
	if (err)
		give_up(err);
	open = true;
}

static void line(struct session *session, const struct error *err)
{
	(void)session;
	if (err)
		give_up(err);
}

static void changed(struct session *session, const char *what, int64_t id)
{
	(void)session;
	(void)what;
	(void)id;
}

static void again(struct session *session)
{
	(void)session;
}

static void done(void *owner, struct catalogue *fresh, const struct error *err)
{
	(void)owner;
	if (!fresh)
		give_up(err);
	catalogue_drop(fresh);
	loaded++;
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

int main(int argc, char **argv)
{
	struct loop loop;
	struct scope scope = { 0 };
	struct error err = { 0 };
	if (argc != 5 || atoi(argv[4]) < 1)
		return 2;
	loop_init(&loop);
	const struct session_plan plan = { .server = argv[1], .login = argv[2], .password = argv[3],
		.program = "bench" };
	const struct session_calls calls = { .opened = opened, .line = line, .changed = changed, .again = again };
	struct session *session = session_open(&loop, &plan, &calls, &err);
	if (!session)
		give_up(&err);
	while (!open)
		loop_turn(&loop, -1);
	int runs = atoi(argv[4]);
	double *worst = calloc((size_t)runs, sizeof *worst), *total = calloc((size_t)runs, sizeof *total);
	for (int i = 0; i < runs; i++) {
		const struct catalogue_calls loading = { .done = done };
		double begun = cpu_ms();
		catalogue_load(session_store(session), &scope, &loading);
		while (loaded <= i) {
			double before = cpu_ms();
			loop_turn(&loop, -1);
			double turn = cpu_ms() - before;
			if (turn > worst[i])
				worst[i] = turn;
		}
		total[i] = cpu_ms() - begun;
	}
	session_close(session);
	qsort(worst, (size_t)runs, sizeof *worst, by_size);
	qsort(total, (size_t)runs, sizeof *total, by_size);
	printf("%.1f %.1f\n", worst[runs / 2], total[runs / 2]);
	return 0;
}
