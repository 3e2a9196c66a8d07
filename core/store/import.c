/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/import.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"

static const struct table_kind *kind_of(struct arena *arena, const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	char *name = arena_string(arena, slash ? slash + 1 : path);
	size_t n = strlen(name);
	if (n > 4 && !strcmp(name + n - 4, ".tsv"))
		name[n - 4] = '\0';
	const struct table_kind *kind = table_kind_find(name);
	if (!kind) {
		fail(err, FAULT_INPUT, _("%s: không biết loại dữ liệu “%s”"), path, name);
		because(err, "no kind %s", name);
	}
	return kind;
}

static bool read_file(struct arena *arena, const char *path, struct table *out,
                      struct table_problems *problems, struct error *err)
{
	const struct table_kind *kind = kind_of(arena, path, err);
	char *text;
	size_t size;
	return kind && path_read(arena, path, &text, &size, err) &&
	       table_read(arena, kind, path, text, size, out, problems, err);
}

/* Files in the order in which the kinds must be loaded; two of one kind would
 * close each other's rows. */
static bool in_order(struct table *tables, size_t count, struct error *err)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k > 0 && tables[k].kind < tables[k - 1].kind; k--) {
			struct table other = tables[k];
			tables[k] = tables[k - 1];
			tables[k - 1] = other;
		}
	for (size_t i = 1; i < count; i++)
		if (tables[i].kind == tables[i - 1].kind)
			return fail(err, FAULT_INPUT, _("hai tệp cùng loại: %s và %s"),
			            tables[i - 1].file, tables[i].file) ||
			       because(err, "two files of one kind");
	return true;
}

/* Rows as the array of objects that load() takes; empty values are left out. */
static char *rows_json(const struct table *table)
{
	json_t *rows = json_array();
	for (size_t i = 0; i < table->count; i++) {
		json_t *row = json_object();
		for (size_t c = 0; c < table->kind->count; c++)
			if (*table->rows[i].values[c])
				json_object_set_new(row, table->kind->columns[c].name,
				                    json_string(table->rows[i].values[c]));
		json_array_append_new(rows, row);
	}
	char *text = json_dumps(rows, JSON_COMPACT);
	json_decref(rows);
	if (!text)
		abort(); /* out of memory */
	return text;
}

static bool load(struct store *store, struct arena *arena, const struct table *table, bool dry,
                 struct import_count *out, struct error *err)
{
	/* A header alone would close every row that came from this file. */
	if (!table->count && !table->kind->own)
		return fail(err, FAULT_INPUT, _("%s: không có dòng dữ liệu nào"), table->file) ||
		       because(err, "%s has no rows", table->file);
	const char *slash = strrchr(table->kind->file, '/');
	*out = (struct import_count){ .kind = table->kind->name, .rows = (int)table->count,
	                              .file = slash ? slash + 1 : table->kind->file };
	char *rows = rows_json(table);
	struct param params[] = { PARAM_TEXT(table->kind->name), PARAM_TEXT(out->file),
	                          PARAM_TEXT(rows), PARAM_TEXT(dry ? "t" : "f") };
	struct reply reply;
	struct error cause = { 0 };
	bool ok = store_ask_wait(store, arena,
	                         "SELECT * FROM motcua.load($1, $2, $3::jsonb, $4::boolean)",
	                         params, 4, true, &reply, &cause);
	free(rows);
	if (!ok) {
		/* The database counts rows; in the file the header is line 1. */
		fail(err, cause.fault, _("%s: %s"), table->file, cause.say);
		if (err)
			memcpy(err->code, cause.code, sizeof err->code);
		return because(err, "loading %s: %s", table->kind->name, cause.log);
	}
	out->inserted = (int)reply_number(&reply, 0, "inserted", 0);
	out->changed = (int)reply_number(&reply, 0, "changed", 0);
	out->closed = (int)reply_number(&reply, 0, "closed", 0);
	out->unchanged = (int)reply_number(&reply, 0, "unchanged", 0);
	return reply_whole(&reply, err);
}

static bool import_tables(struct store *store, struct arena *arena, const char *const *paths, size_t count,
                  bool dry, struct import_report *report, struct error *err)
{
	struct table tables[IMPORT_MOST];
	bool ok = true;
	for (size_t i = 0; i < count; i++) {
		/* Every file is looked at, so that one run shows all there is to mend. */
		struct error one = { 0 };
		if (!read_file(arena, paths[i], &tables[i], &report->problems, &one) && ok) {
			ok = false;
			if (err)
				*err = one;
		}
	}
	if (!ok || !in_order(tables, count, err) ||
	    !table_check(arena, tables, count, &report->problems, err))
		return false;
	for (size_t i = 0; i < count; i++, report->count++)
		if (!load(store, arena, &tables[i], dry, &report->files[i], err))
			return false;
	return true;
}

bool import_files(struct store *store, struct arena *arena, const char *const *paths, size_t count,
                  bool dry, struct import_report *report, struct error *err)
{
	const char *tables[IMPORT_MOST];
	size_t table_count = 0;
	*report = (struct import_report){ 0 };
	if (count > IMPORT_MOST)
		return fail(err, FAULT_INPUT, _("nhiều nhất %d tệp một lần"), IMPORT_MOST) ||
		       because(err, "%zu files", count);
	for (size_t i = 0; i < count; i++)
		if (!import_is_profiles(paths[i]))
			tables[table_count++] = paths[i];
	if (table_count && !import_tables(store, arena, tables, table_count, dry, report, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (import_is_profiles(paths[i]) &&
		    !import_profiles(store, arena, paths[i], "import", dry, &report->files[report->count++], err))
			return false;
	return true;
}

/* The hall of the practice unit: series, counters, kiosk and display. */
static bool import_queue(struct store *store, struct arena *arena, const char *path, struct error *err)
{
	char *plan;
	return path_read(arena, path, &plan, NULL, err) &&
	       store_ask_wait(store, arena, "select motcua.queue_import($1::jsonb)", (struct param[]){ PARAM_TEXT(plan) }, 1,
	                      true, NULL, err);
}

bool import_shipped(struct store *store, struct arena *arena, const char *share, bool practice,
                    bool dry, struct import_report *report, struct error *err)
{
	const char *paths[IMPORT_MOST];
	size_t count = 0;
	for (const struct table_kind *kind = table_kinds; kind->name; kind++)
		if (!kind->own && (practice || strncmp(kind->file, "practice/", 9)))
			paths[count++] = arena_format(arena, "%s/core/data/%s", share, kind->file);
	const char *profiles = arena_format(arena, "%s/core/data/systems/%s", share, practice ? "practice" : "real");
	if (!import_files(store, arena, paths, count, dry, report, err))
		return false;
	/* A dry run has not loaded the systems that the profiles are of. */
	return dry || (import_profiles(store, arena, profiles, "shipped", false, &report->files[report->count++], err) &&
	               (!practice || import_queue(store, arena, arena_format(arena, "%s/core/data/practice/queue.json", share), err)));
}
