/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/catalogue_load.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/dossier/catalogue.h"

/* Version, settings, then every table: one pipeline.  The version is read
 * first: should the catalogue change in between, the rows are newer than it,
 * the referee refuses with MC002, and it is loaded again. */
#define EXTRA 2

#define TURN_MS      2
#define MOST_COLUMNS 64

static const char *const SQL[EXTRA + CATALOGUE_TABLE_COUNT] = {
	"select desk.catalogue_version() as version",
	"select name, value from desk.settings()",
#define X(name, function, type, member) "select * from desk." function "()",
	CATALOGUE_TABLES(X)
#undef X
};

struct catalogue_load {
	struct task task;
	struct scope own;
	struct ask asks[EXTRA + CATALOGUE_TABLE_COUNT];
	struct catalogue_calls calls;
	struct catalogue *fresh;
	struct arena memory;   /* of the replies */
	struct reply replies[EXTRA + CATALOGUE_TABLE_COUNT];
	struct loop *loop;
	struct timer timer;
	int left, part, row;
};

struct catalogue *catalogue_drop(struct catalogue *catalogue)
{
	if (catalogue) {
		catalogue_free(catalogue);
		free(catalogue);
	}
	return NULL;
}

static void let_go(struct catalogue_load *load)
{
	scope_end(&load->own);
	scope_remove(&load->task);
	loop_cancel(load->loop, &load->timer);
	arena_free(&load->memory);
	catalogue_drop(load->fresh);
	free(load);
}

static void on_scope_end(struct task *task)
{
	let_go(OWNER_OF(task, struct catalogue_load, task));
}

static int minutes(const char *text, int fallback)
{
	int hour = atoi(text);
	const char *colon = strchr(text, ':');
	int minute = colon ? atoi(colon + 1) : 0;
	return hour < 0 || hour > 23 || minute < 0 || minute > 59 || !*text ? fallback
	                                                                    : hour * 60 + minute;
}

static void read_settings(struct deadline_rule *rule, const struct reply *reply)
{
	for (int i = 0; i < reply->rows; i++) {
		const char *name = reply_text(reply, i, "name");
		const char *value = reply_text(reply, i, "value");
		if (strcmp(name, "cut_off") == 0)
			rule->same_day_at = rule->transfer_at = rule->cutoff_at =
				minutes(value, rule->cutoff_at);
		else if (strcmp(name, "due_keeps_hour") == 0)
			rule->keep_hour = *value == 't' || *value == '1';
		else if (strcmp(name, "cut_off_reception") == 0)
			rule->cutoff = *value == 't' || *value == '1';
	}
}

/* One row of the table at hand; then the next table. */
static bool read_row(struct catalogue_load *load, struct error *err)
{
	const struct reply *reply = &load->replies[load->part];
	const char *values[MOST_COLUMNS];
	if (load->row == reply->rows || reply->columns > MOST_COLUMNS) {
		load->part++;
		load->row = 0;
		return true;
	}
	const struct cell *cells = &reply->cells[(size_t)load->row++ * (size_t)reply->columns];
	for (int i = 0; i < reply->columns; i++)
		values[i] = cells[i].text;
	return catalogue_row(load->fresh, (enum catalogue_table)(load->part - EXTRA),
	                     (size_t)reply->columns, reply->names, values, err);
}

static void finish(struct catalogue_load *load, const struct error *err)
{
	struct catalogue_calls calls = load->calls;
	struct catalogue *fresh = err ? NULL : load->fresh;
	struct error copy = err ? *err : (struct error){ 0 };
	if (fresh) {
		catalogue_finish(fresh);
		load->fresh = NULL;
	}
	let_go(load);
	calls.done(calls.owner, fresh, fresh ? NULL : &copy);
}

/* A little in each turn: somebody may be typing while it is loaded again. */
static void on_turn(struct timer *timer)
{
	struct catalogue_load *load = OWNER_OF(timer, struct catalogue_load, timer);
	struct error err;
	int64_t until = monotonic_ms() + TURN_MS;
	while (load->part < EXTRA + CATALOGUE_TABLE_COUNT && monotonic_ms() < until) {
		if (read_row(load, &err))
			continue;
		finish(load, &err);
		return;
	}
	if (load->part < EXTRA + CATALOGUE_TABLE_COUNT)
		loop_after(load->loop, &load->timer, 1);
	else
		finish(load, NULL);
}

static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct catalogue_load *load = ask->owner;
	struct error unfit;
	int part = (int)(ask - load->asks);
	if (!err) {
		load->replies[part] = *reply;
		if (part == 0)
			load->fresh->version = (int)reply_number(reply, 0, "version", 0);
		else if (part == 1)
			read_settings(&load->fresh->rule, reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	if (err)
		finish(load, err);
	else if (--load->left == 0)
		loop_after(load->loop, &load->timer, 1);
}

void catalogue_load(struct store *store, struct scope *scope, const struct catalogue_calls *calls)
{
	struct catalogue_load *load = calloc(1, sizeof *load);
	if (!load || !(load->fresh = calloc(1, sizeof *load->fresh)))
		abort();
	catalogue_start(load->fresh);
	load->calls = *calls;
	load->loop = store_loop(store);
	load->timer.fire = on_turn;
	load->part = EXTRA;
	load->task.end = on_scope_end;
	scope_add(scope, &load->task);
	load->left = EXTRA + CATALOGUE_TABLE_COUNT;
	for (int i = 0; i < EXTRA + CATALOGUE_TABLE_COUNT; i++) {
		load->asks[i] = (struct ask){ .done = on_part, .repeat = true, .owner = load,
			.into = &load->memory };
		store_ask(store, &load->own, &load->asks[i], SQL[i], NULL, 0);
	}
}
