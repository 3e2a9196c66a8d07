/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/table.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/table_value.h"

#define LINE_MOST (64 * 1024)

struct reader {
	struct arena *arena;
	const struct table_kind *kind;
	const char *file;
	struct table_problems *problems;
	int line;                        /* the one being read              */
	size_t columns;                  /* of the file                     */
	int place[TABLE_COLUMN_MOST];    /* file column → column of the kind */
	struct table_row *rows;
	size_t count, room;
	size_t *slots, slot_count;       /* rows by key, 0 empty, else index + 1 */
};

/* Adds "tệp:dòng: …"; the cause is err->log. */
static bool report(struct reader *r, const char *column, const struct error *cause)
{
	struct table_problems *list = r->problems;
	if (list->count < TABLE_PROBLEM_MOST) {
		struct table_problem *one = &list->items[list->count];
		one->file = arena_string(r->arena, r->file);
		one->line = r->line;
		const char *where = column ? arena_format(r->arena, _("cột %s: "), column) : "";
		one->say = r->line ? arena_format(r->arena, "%s:%d: %s%s", r->file, r->line, where,
		                                  cause->say)
		                   : arena_format(r->arena, "%s: %s%s", r->file, where, cause->say);
		one->log = arena_format(r->arena, "%s line %d%s%s: %s", r->file, r->line,
		                        column ? " column " : "", column ? column : "", cause->log);
	}
	list->count++;
	return false;
}

static bool refuse(struct reader *r, const char *log, const char *say, ...)
	__attribute__((format(printf, 3, 4)));
static bool refuse(struct reader *r, const char *log, const char *say, ...)
{
	struct error err = { 0 };
	va_list more;
	va_start(more, say);
	char text[sizeof err.say];
	vsnprintf(text, sizeof text, say, more);
	va_end(more);
	fail(&err, FAULT_INPUT, "%s", text);
	because(&err, "%s", log);
	return report(r, NULL, &err);
}

static const char *printable(struct reader *r, const char *bytes, size_t n)
{
	return text_mend(r->arena, bytes, n > 60 ? 60 : n);
}

/* The names may come in any order, but all of them and no others. */
static bool read_header(struct reader *r, const char *line, size_t n)
{
	bool ok = true, seen[TABLE_COLUMN_MOST] = { false };
	const char *end = line + n;
	for (const char *at = line; ok; r->columns++) {
		const char *tab = memchr(at, '\t', (size_t)(end - at));
		size_t length = (size_t)((tab ? tab : end) - at);
		const char *name = printable(r, at, length);
		int column = length < 60 ? table_column(r->kind, name) : -1;
		if (column < 0)
			ok = refuse(r, "unknown column", _("không có cột “%s”"), name);
		else if (seen[column])
			ok = refuse(r, "column twice", _("cột “%s” có hai lần"), name);
		if (!ok)
			break;
		seen[column] = true;
		r->place[r->columns] = column;
		if (!tab) {
			r->columns++;
			break;
		}
		at = tab + 1;
	}
	for (size_t i = 0; ok && i < r->kind->count; i++)
		if (!seen[i])
			refuse(r, "missing column", _("thiếu cột “%s”"), r->kind->columns[i].name);
	return r->problems->count == 0;
}

static uint64_t key_hash(const struct table_kind *kind, const char *const *values)
{
	uint64_t hash = 1469598103934665603u; /* FNV-1a */
	for (size_t i = 0; i < kind->count; i++)
		if (kind->columns[i].key)
			for (const char *at = values[i];; at++) {
				hash = (hash ^ (unsigned char)*at) * 1099511628211u;
				if (!*at)
					break;
			}
	return hash;
}

static bool key_same(const struct table_kind *kind, const char *const *a, const char *const *b)
{
	for (size_t i = 0; i < kind->count; i++)
		if (kind->columns[i].key && strcmp(a[i], b[i]))
			return false;
	return true;
}

static void key_place(struct reader *r, size_t row)
{
	size_t at = key_hash(r->kind, r->rows[row].values) & (r->slot_count - 1);
	while (r->slots[at])
		at = (at + 1) & (r->slot_count - 1);
	r->slots[at] = row + 1;
}

/* The row with the same key, or count. */
static size_t key_find(struct reader *r, const char *const *values)
{
	if (!r->slot_count)
		return r->count;
	size_t at = key_hash(r->kind, values) & (r->slot_count - 1);
	for (; r->slots[at]; at = (at + 1) & (r->slot_count - 1))
		if (key_same(r->kind, r->rows[r->slots[at] - 1].values, values))
			return r->slots[at] - 1;
	return r->count;
}

static void add_row(struct reader *r, const char *const *values)
{
	if (r->count == r->room)
		r->rows = arena_grow(r->arena, r->rows, sizeof *r->rows, r->count, &r->room);
	r->rows[r->count] = (struct table_row){ r->line, values };
	if ((r->count + 1) * 2 > r->slot_count) {
		r->slot_count = r->slot_count ? r->slot_count * 2 : 64;
		r->slots = ARENA_MANY(r->arena, size_t, r->slot_count);
		for (size_t i = 0; i < r->count; i++)
			key_place(r, i);
	}
	key_place(r, r->count++);
}

static bool check_row(struct reader *r, const char *const *values)
{
	const struct table_kind *kind = r->kind;
	size_t other = key_find(r, values);
	if (other < r->count)
		return refuse(r, "duplicate key", _("trùng khoá với dòng %d"), r->rows[other].line);
	int from = table_column(kind, "valid_from"), to = table_column(kind, "valid_to");
	if (from >= 0 && to >= 0 && *values[from] && *values[to] &&
	    strcmp(values[from], values[to]) >= 0)
		return refuse(r, "empty validity",
		              _("valid_to %s phải sau valid_from %s (là ngày đầu tiên hết dùng)"),
		              values[to], values[from]);
	int sure = table_column(kind, "confirmed"), basis = table_column(kind, "basis");
	if (sure >= 0 && basis >= 0 && *values[sure] == '1' && !*values[basis])
		return refuse(r, "confirmed without basis",
		              _("đã xác nhận (confirmed 1) thì phải ghi căn cứ (basis)"));
	return true;
}

static size_t count_values(const char *line, size_t n)
{
	size_t count = 1;
	for (const char *at = line; (at = memchr(at, '\t', (size_t)(line + n - at))); at++)
		count++;
	return count;
}

static bool read_row(struct reader *r, const char *line, size_t n)
{
	size_t have = count_values(line, n);
	if (n == 0)
		return refuse(r, "empty line", _("dòng trống"));
	if (have != r->columns)
		return refuse(r, "wrong number of values", _("có %zu giá trị, cần %zu"), have,
		              r->columns);
	const char **values = ARENA_MANY(r->arena, const char *, r->kind->count);
	bool ok = true;
	const char *at = line, *end = line + n;
	for (size_t i = 0; i < r->columns; i++) {
		const char *tab = memchr(at, '\t', (size_t)(end - at));
		size_t length = (size_t)((tab ? tab : end) - at);
		const struct table_column *column = &r->kind->columns[r->place[i]];
		struct error err = { 0 };
		if (!table_value_take(r->arena, column, at, length, &values[r->place[i]], &err))
			ok = report(r, column->name, &err);
		at = tab ? tab + 1 : end;
	}
	if (!ok || !check_row(r, values))
		return false;
	add_row(r, values);
	return true;
}

static bool check_line(struct reader *r, const char *line, size_t n)
{
	if (n > LINE_MOST)
		return refuse(r, "line too long", _("dòng dài %zu byte, nhiều nhất %d"), n, LINE_MOST);
	if (r->line == 1 && n >= 3 && !memcmp(line, "\xEF\xBB\xBF", 3))
		return refuse(r, "byte order mark", _("tệp có dấu BOM ở đầu: lưu lại là UTF-8 không BOM"));
	if (n && line[n - 1] == '\r')
		return refuse(r, "CRLF line end", _("dòng kết thúc kiểu Windows (CRLF): lưu lại kiểu LF"));
	if (!text_valid(line, n))
		return refuse(r, "broken UTF-8", _("chữ không phải UTF-8"));
	return true;
}

static void read_lines(struct reader *r, const char *bytes, size_t n)
{
	const char *at = bytes, *end = bytes + n;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((stop ? stop : end) - at);
		r->line++;
		bool ok = check_line(r, at, length);
		if (r->line == 1 && (!ok || !read_header(r, at, length)))
			return; /* without columns the rest says nothing */
		if (r->line > 1 && ok)
			read_row(r, at, length);
		if (!stop)
			break;
		at = stop + 1;
	}
	if (r->line == 0)
		refuse(r, "empty file", _("tệp rỗng, thiếu dòng tên cột"));
}

/* The first problem, and how many more. */
static bool sum_up(const struct table_problems *problems, struct error *err)
{
	const struct table_problem *first = &problems->items[0];
	if (problems->count == 1)
		fail(err, FAULT_INPUT, "%s", first->say);
	else
		fail(err, FAULT_INPUT, _("%s (và %zu lỗi nữa)"), first->say, problems->count - 1);
	return because(err, "%s, %zu problems in all", first->log, problems->count);
}

bool table_read(struct arena *arena, const struct table_kind *kind, const char *file,
                const char *bytes, size_t n, struct table *out, struct table_problems *problems,
                struct error *err)
{
	struct table_problems own = { 0 };
	struct reader r = { .arena = arena, .kind = kind, .file = file, .problems = &own };
	*out = (struct table){ .kind = kind, .file = arena_string(arena, file) };
	read_lines(&r, bytes, n);
	for (size_t i = 0; i < own.count && i < TABLE_PROBLEM_MOST; i++)
		if (problems->count + i < TABLE_PROBLEM_MOST)
			problems->items[problems->count + i] = own.items[i];
	problems->count += own.count;
	if (own.count)
		return sum_up(&own, err);
	out->rows = r.rows;
	out->count = r.count;
	return true;
}

static const struct table *of_kind(const struct table *tables, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(tables[i].kind->name, name))
			return &tables[i];
	return NULL;
}

/* Every value of the column that is no code of the other table. */
static void check_column(struct arena *arena, const struct table *table, size_t column,
                         const struct table *other, struct table_problems *problems)
{
	/* A borrowed reader: only its key table is used. */
	struct reader codes = { .arena = arena, .kind = other->kind, .rows = other->rows };
	codes.slot_count = 64;
	while (codes.slot_count < other->count * 2)
		codes.slot_count *= 2;
	codes.slots = ARENA_MANY(arena, size_t, codes.slot_count);
	codes.count = other->count;
	for (size_t i = 0; i < other->count; i++)
		key_place(&codes, i);
	struct reader r = { .arena = arena, .kind = table->kind, .file = table->file,
	                    .problems = problems };
	const char *values[TABLE_COLUMN_MOST] = { NULL };
	for (size_t i = 0; i < table->count; i++) {
		const char *value = values[0] = table->rows[i].values[column];
		r.line = table->rows[i].line;
		if (*value && key_find(&codes, values) == codes.count)
			refuse(&r, "unknown reference", _("cột %s: không có “%s” trong %s"),
			       table->kind->columns[column].name, value, other->file);
	}
}

bool table_check(struct arena *arena, const struct table *tables, size_t count,
                 struct table_problems *problems, struct error *err)
{
	size_t before = problems->count;
	for (size_t i = 0; i < count; i++)
		for (size_t c = 0; c < tables[i].kind->count; c++) {
			const char *refers = tables[i].kind->columns[c].refers;
			const struct table *other = refers ? of_kind(tables, count, refers) : NULL;
			if (other)
				check_column(arena, &tables[i], c, other, problems);
		}
	return problems->count == before || sum_up(problems, err);
}

int table_column(const struct table_kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->count; i++)
		if (!strcmp(kind->columns[i].name, name))
			return (int)i;
	return -1;
}

const char *table_value(const struct table *table, size_t row, const char *column)
{
	int at = table_column(table->kind, column);
	return at < 0 ? "" : table->rows[row].values[at];
}

const struct table_kind *table_kind_find(const char *name)
{
	for (const struct table_kind *kind = table_kinds; kind->name; kind++)
		if (!strcmp(kind->name, name))
			return kind;
	return NULL;
}
