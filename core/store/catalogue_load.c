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
	int left;
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

static bool read_table(struct catalogue *fresh, enum catalogue_table table,
                       const struct reply *reply, struct error *err)
{
	const char *values[64];
	if (reply->columns > 64)
		return fail(err, FAULT_BUG, "%s", "catalogue");
	for (int row = 0; row < reply->rows; row++) {
		const struct cell *cells = &reply->cells[(size_t)row * (size_t)reply->columns];
		for (int i = 0; i < reply->columns; i++)
			values[i] = cells[i].text;
		if (!catalogue_row(fresh, table, (size_t)reply->columns, reply->names, values, err))
			return false;
	}
	return true;
}

static bool read_part(struct catalogue_load *load, int part, const struct reply *reply,
                      struct error *err)
{
	if (part == 0)
		load->fresh->version = (int)reply_number(reply, 0, "version", 0);
	else if (part == 1)
		read_settings(&load->fresh->rule, reply);
	else
		return read_table(load->fresh, (enum catalogue_table)(part - EXTRA), reply, err);
	return reply_whole(reply, err);
}

static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct catalogue_load *load = ask->owner;
	struct error mine;
	if (!err && !read_part(load, (int)(ask - load->asks), reply, &mine))
		err = &mine;
	if (!err && --load->left)
		return;
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

void catalogue_load(struct store *store, struct scope *scope, const struct catalogue_calls *calls)
{
	struct catalogue_load *load = calloc(1, sizeof *load);
	if (!load || !(load->fresh = calloc(1, sizeof *load->fresh)))
		abort();
	catalogue_start(load->fresh);
	load->calls = *calls;
	load->task.end = on_scope_end;
	scope_add(scope, &load->task);
	load->left = EXTRA + CATALOGUE_TABLE_COUNT;
	for (int i = 0; i < EXTRA + CATALOGUE_TABLE_COUNT; i++) {
		load->asks[i] = (struct ask){ .done = on_part, .repeat = true, .owner = load };
		store_ask(store, &load->own, &load->asks[i], SQL[i], NULL, 0);
	}
}
