/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/store/import.h"

/*      kind            order of the rows; text byte by byte, in every locale */
#define BYTES " COLLATE \"C\""
#define EXPORTS(X)                                                              \
	X(provinces,    "t.code" BYTES)                                         \
	X(communes,     "t.code" BYTES)                                         \
	X(card_codes,   "t.code" BYTES)                                         \
	X(ministries,   "t.row_id")                                             \
	X(systems,      "t.row_id")                                             \
	X(procedures,   "t.code" BYTES)                                         \
	X(cases,        "t.procedure_code" BYTES ", t.seq")                     \
	X(components,   "t.procedure_code" BYTES ", t.seq")                     \
	X(limits,       "t.procedure_code" BYTES ", t.case_name" BYTES          \
	                ", t.channel, t.valid_from")                            \
	X(fees,         "t.procedure_code" BYTES ", t.case_name" BYTES          \
	                ", t.channel, t.seq, t.valid_from")                     \
	X(replacements, "t.seq")                                                \
	X(interlinked,  "t.group_code" BYTES ", t.seq")                         \
	X(holidays,     "t.day, t.kind" BYTES)                                  \
	X(shifts,       "t.unit_code" BYTES ", t.weekday, t.opens, t.valid_from") \
	X(bank_accounts, "t.unit_code" BYTES ", t.valid_from")                   \
	X(steps,        "t.procedure_code" BYTES ", t.case_name" BYTES ", t.seq, t.valid_from") \
	X(routes,       "t.rule_id")

static const struct {
	const char *kind, *sql;
} exports[] = {
#define X(kind, order)                                                               \
	{ #kind, "SELECT to_jsonb(t)::text AS row FROM motcua." #kind                  \
		 " t WHERE t.ended IS NULL AND t.unit_id IS NULL ORDER BY " order },
	EXPORTS(X)
#undef X
	/* Rules that units entered, with their history. */
	{ "unit_routes", "SELECT motcua.unit_route_row(t)::text AS row FROM motcua.routes t JOIN motcua.unit u USING (unit_id)"
	                 " WHERE t.ended IS NULL ORDER BY u.code" BYTES ", t.rule_id" },
};

/* A value of the database as the file writes it. */
static const char *as_text(struct arena *arena, const struct table_column *column,
                           const json_t *value)
{
	if (json_is_boolean(value))
		return json_is_true(value) ? "1" : "0";
	if (json_is_integer(value))
		return arena_format(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (json_is_real(value))
		return arena_format(arena, "%.9g", json_real_value(value));
	if (!json_is_string(value))
		return "";
	const char *text = json_string_value(value);
	if (column->type == TABLE_TIME && strlen(text) > 5)
		return arena_copy(arena, text, 5);
	return arena_string(arena, text);
}

static bool write_row(struct arena *arena, const struct table_kind *kind, const char *text,
                      struct bytes *out, struct error *err)
{
	json_error_t cause;
	json_t *row = json_loads(text, 0, &cause);
	if (!json_is_object(row)) {
		json_decref(row);
		return fail(err, FAULT_BUG, _("Không đọc được dữ liệu danh mục %s."), kind->name) ||
		       because(err, "%s row is no JSON object: %s", kind->name, cause.text);
	}
	const char *values[TABLE_COLUMN_MOST];
	for (size_t c = 0; c < kind->count; c++)
		values[c] = as_text(arena, &kind->columns[c],
		                    json_object_get(row, kind->columns[c].name));
	json_decref(row);
	table_write_row(out, kind, values);
	return true;
}

bool export_table(struct store *store, struct arena *arena, const char *name, struct bytes *out,
                  struct error *err)
{
	const struct table_kind *kind = table_kind_find(name);
	const char *sql = NULL;
	for (size_t i = 0; i < sizeof exports / sizeof *exports; i++)
		if (!strcmp(exports[i].kind, name))
			sql = exports[i].sql;
	if (!kind || !sql)
		return fail(err, FAULT_INPUT, _("Không xuất được loại dữ liệu “%s”."), name) ||
		       because(err, "no catalogue kind %s", name);
	struct reply reply;
	if (!store_ask_wait(store, arena, sql, NULL, 0, true, &reply, err))
		return false;
	table_write_header(out, kind);
	for (int i = 0; i < reply.rows; i++)
		if (!write_row(arena, kind, reply_text(&reply, i, "row"), out, err))
			return false;
	return reply_whole(&reply, err);
}

static bool export_file(struct store *store, struct arena *arena, const char *folder,
                        const char *kind, struct error *err)
{
	struct bytes text = { 0 };
	const char *path = arena_format(arena, "%s/%s.tsv", folder, kind);
	bool ok = export_table(store, arena, kind, &text, err) &&
	          path_write(path, bytes_string(&text), text.size, 0644, err);
	bytes_free(&text);
	return ok;
}

bool export_files(struct store *store, struct arena *arena, const char *folder, const char *kind,
                  struct error *err)
{
	if (!path_make(folder, 0755, err))
		return false;
	if (kind)
		return export_file(store, arena, folder, kind, err);
	for (size_t i = 0; i < sizeof exports / sizeof *exports; i++)
		if (!export_file(store, arena, folder, exports[i].kind, err))
			return false;
	struct bytes text = { 0 };
	bool ok = export_profiles(store, arena, &text, err) &&
	          path_write(arena_format(arena, "%s/profiles.json", folder), bytes_string(&text),
	                     text.size, 0644, err);
	bytes_free(&text);
	return ok;
}
