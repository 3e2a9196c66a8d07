/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/filing_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/text.h"
#include "core/courier/codec.h"

enum { MOST_FILES = 200, MOST_FORM = 200, MOST_DEPTH = 4 };

/* A new reference, or NULL; each part of a path under the name it has there. */
static json_t *member(const struct filing_reader *r, const json_t *item, const char *path)
{
	char whole[240] = "";
	size_t at = 0;
	while (path && r->names && *path) {
		char part[64];
		size_t n = strcspn(path, ".");
		snprintf(part, sizeof part, "%.*s", (int)n, path);
		at += (size_t)snprintf(whole + at, sizeof whole - at, "%s%s", at ? "." : "", r->names(r->profile, part));
		if (at >= sizeof whole)
			return NULL;
		path += n + (path[n] == '.');
	}
	const char *there = r->names ? whole : path;
	return there && *there ? codec_path(item, there) : NULL;
}

/* Mended, cut at a character. */
static json_t *clean(const char *text, size_t most)
{
	struct arena arena = { 0 };
	const char *mended = text_mend(&arena, text, strlen(text));
	size_t n = strlen(mended);
	if (n > most)
		for (n = most; n && ((unsigned char)mended[n] & 0xC0) == 0x80;)
			n--;
	json_t *out = json_stringn(mended, n);
	arena_free(&arena);
	return out ? out : json_string("");
}

/* "" for what is no scalar. */
static json_t *text_of(const struct filing_reader *r, const json_t *item, const char *path, size_t most)
{
	char number[64];
	json_t *value = member(r, item, path);
	const char *text = json_string_value(value);
	if (!text)
		text = codec_word(value, number, sizeof number);
	json_t *out = clean(text, most);
	json_decref(value);
	return out;
}

static void put(const struct filing_reader *r, json_t *out, const char *name, const json_t *item, const char *path, size_t most)
{
	json_object_set_new(out, name, text_of(r, item, path, most));
}

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static moment_t when(const struct filing_reader *r, const json_t *item, const char *path)
{
	json_t *text = text_of(r, item, path, 48);
	moment_t at = codec_moment(json_string_value(text));
	json_decref(text);
	return at;
}

static void put_when(json_t *out, const char *name, moment_t at)
{
	char text[40];
	if (at != MOMENT_NONE)
		json_object_set_new(out, name, json_string(moment_write_iso(at, text, sizeof text)));
}

static bool flag(const struct filing_reader *r, const json_t *item, const char *path, const char *also)
{
	json_t *value = member(r, item, path);
	char text[16];
	bool yes = value && (codec_flag(value) == 1 || (also && strcmp(codec_word(value, text, sizeof text), also) == 0));
	json_decref(value);
	return yes;
}

/* Who says nothing of it has not said no. */
static void put_verified(const struct filing_reader *r, const json_t *item, json_t *out)
{
	json_t *value = member(r, item, r->shape->verified);
	int said = value ? codec_flag(value) : -1;
	if (said == 0 || said == 1)
		json_object_set_new(out, "verified", json_boolean(said));
	json_decref(value);
}

/* 1: with the national portal, 2: with a ministry's or a province's. */
static void put_paid(const struct filing_reader *r, const json_t *item, json_t *out)
{
	bool system = !flag(r, item, r->shape->paid, NULL), paid = flag(r, item, r->shape->paid, "2");
	json_object_set_new(out, "paid", json_boolean(paid));
	if (paid)
		json_object_set_new(out, "paid_through", json_string(system ? "system" : "portal"));
}

/* Ours for their word of the status; 0: none we know. */
static int status_of(const struct filing_reader *r, const json_t *item)
{
	json_t *theirs = text_of(r, item, r->shape->status, 48);
	const char *ours = profile_unmap(r->profile, "status", json_string_value(theirs));
	int status = ours ? atoi(ours) : 0;
	json_decref(theirs);
	return status;
}

/* The newest line of their history: when, and what it says. */
static moment_t last_step(const struct filing_reader *r, const json_t *item, json_t *out)
{
	moment_t last = MOMENT_NONE;
	json_t *value = member(r, item, r->shape->steps), *list = value ? codec_unquote(value) : NULL, *step;
	size_t i;
	json_array_foreach(list, i, step) {
		moment_t at = when(r, step, "ThoiDiemXuLy");
		if (at == MOMENT_NONE || (last != MOMENT_NONE && at < last))
			continue;
		last = at;
		put(r, out, "text", step, "NoiDungXuLy", 1000);
	}
	json_decref(list);
	json_decref(value);
	return last;
}

/* ---- who ---- */

static bool digits(const char *text, size_t n)
{
	return strlen(text) == n && strspn(text, "0123456789") == n;
}

static const char *kind_of_number(const char *number, bool person)
{
	if (person && digits(number, 12))
		return "cccd";
	if (person && digits(number, 9))
		return "cmnd";
	if (!person && (digits(number, 10) || digits(number, 12) || digits(number, 13)))
		return "tax";
	return "other";
}

static json_t *party(const struct filing_reader *r, const json_t *item, const struct filing_party_shape *shape, bool person)
{
	json_t *out = json_pack("{s:s}", "kind", person ? "person" : "organisation");
	char day[16];
	put(r, out, "name", item, shape->name, 300);
	put(r, out, "id_number", item, shape->number, 30);
	put(r, out, "phone", item, shape->phone, 40);
	put(r, out, "email", item, shape->email, 200);
	put(r, out, "address", item, shape->address, 500);
	json_object_set_new(out, "id_kind", json_string(kind_of_number(word(out, "id_number"), person)));
	moment_t birth = when(r, item, shape->birth);
	json_object_set_new(out, "birth", json_string(birth == MOMENT_NONE ? "" : day_write_iso(moment_day(birth), day, sizeof day)));
	json_t *sex = text_of(r, item, shape->sex, 16);
	const char *s = json_string_value(sex);
	bool man = strcmp(s, "1") == 0 || strcmp(s, "Nam") == 0 || strcmp(s, "nam") == 0;
	bool woman = strcmp(s, "2") == 0 || strcmp(s, "Nữ") == 0 || strcmp(s, "nữ") == 0;
	json_object_set_new(out, "sex", json_string(man ? "nam" : woman ? "nữ" : ""));
	json_decref(sex);
	return out;
}

/* Owner and submitter are two; one who files for himself is told once. */
static void put_parties(const struct filing_reader *r, const json_t *item, json_t *out)
{
	json_t *theirs = text_of(r, item, r->shape->owner_kind, 24);
	const char *kind = profile_unmap(r->profile, r->shape->owner_kind_map, json_string_value(theirs));
	bool person = !kind || strcmp(kind, "person") == 0;
	json_decref(theirs);
	json_t *owner = party(r, item, &r->shape->owner, person);
	json_t *submitter = party(r, item, &r->shape->submitter, true);
	const char *number = word(submitter, "id_number");
	bool same = (*number && strcmp(number, word(owner, "id_number")) == 0) ||
	            (!*word(owner, "id_number") && strcmp(word(submitter, "name"), word(owner, "name")) == 0);
	/* What only the submitter's part tells is the owner's, too, when they are one. */
	static const char *const facts[] = { "id_number", "id_kind", "birth", "sex", "phone", "email", "address" };
	for (size_t i = 0; same && i < sizeof facts / sizeof *facts; i++)
		if (!*word(owner, facts[i]) || strcmp(facts[i], "id_kind") == 0)
			json_object_set(owner, facts[i], json_object_get(submitter, facts[i]));
	json_object_set_new(out, "owner", owner);
	if (*word(submitter, "name") && !same)
		json_object_set_new(out, "submitter", submitter);
	else
		json_decref(submitter);
}

/* ---- what they wrote ---- */

static void flatten(json_t *list, const char *name, const json_t *value, int depth)
{
	char path[200], text[64];
	const char *key;
	json_t *inner;
	size_t i;
	if (json_array_size(list) >= MOST_FORM || depth > MOST_DEPTH)
		return;
	if (json_is_object(value)) {
		json_object_foreach((json_t *)(uintptr_t)value, key, inner) {
			snprintf(path, sizeof path, "%s%s%s", name, *name ? " · " : "", key);
			flatten(list, path, inner, depth + 1);
		}
	} else if (json_is_array(value)) {
		json_array_foreach((json_t *)(uintptr_t)value, i, inner) {
			snprintf(path, sizeof path, "%s %zu", name, i + 1);
			flatten(list, path, inner, depth + 1);
		}
	} else {
		const char *word_of = json_is_string(value) ? json_string_value(value) : codec_word(value, text, sizeof text);
		if (*word_of)
			json_array_append_new(list, json_pack("{s:o, s:o}", "name", clean(name, 160), "value", clean(word_of, 1000)));
	}
}

static json_t *form_of(const struct filing_reader *r, const json_t *item)
{
	json_t *list = json_array(), *value = member(r, item, r->shape->form), *open = value ? codec_unquote(value) : NULL;
	if (json_is_object(open) || json_is_array(open))
		flatten(list, "", open, 0);
	else if (json_is_string(open) && json_string_length(open))
		flatten(list, "Thông tin khác", open, 0);
	json_decref(open);
	json_decref(value);
	return list;
}

/* ---- files ---- */

static void put_file(const struct filing_reader *r, json_t *list, const json_t *file, const json_t *component)
{
	const struct filing_shape *shape = r->shape;
	char key[32];
	if (json_array_size(list) >= MOST_FILES || !json_is_object(file) || flag(r, file, shape->deleted, NULL))
		return;
	json_t *out = json_object();
	put(r, out, "name", file, shape->file_name, 200);
	put(r, out, "key", file, shape->file_key, 120);
	put(r, out, "component", component, shape->component, 1500);
	put(r, out, "link", file, shape->link, 1500);
	put(r, out, "type", file, shape->type, 100);
	put(r, out, "size", file, shape->size, 20);
	put(r, out, "sha256", file, shape->sha256, 64);
	/* Told apart by its place where they give it no number. */
	if (!*word(out, "key")) {
		snprintf(key, sizeof key, "#%zu", json_array_size(list) + 1);
		json_object_set_new(out, "key", json_string(key));
	}
	if (!*word(out, "name"))
		json_object_set_new(out, "name", json_string("tep-dinh-kem"));
	json_t *content = member(r, file, shape->content);
	if (json_is_string(content) && json_string_length(content))
		json_object_set(out, "content", content);
	json_decref(content);
	json_array_append_new(list, out);
}

static json_t *files_of(const struct filing_reader *r, const json_t *item)
{
	json_t *list = json_array(), *value = member(r, item, r->shape->files), *open = value ? codec_unquote(value) : NULL, *one, *file;
	size_t i, k;
	json_array_foreach(open, i, one) {
		if (!r->shape->inner) {
			put_file(r, list, one, one);
			continue;
		}
		json_t *inner = member(r, one, r->shape->inner);
		json_array_foreach(inner, k, file)
			put_file(r, list, file, one);
		json_decref(inner);
	}
	json_decref(open);
	json_decref(value);
	return list;
}

/* ---- the whole ---- */

/* "1.001193.000.00.00.H56" → "1.001193": the province's suffix says nothing more. */
static void put_procedure(const struct filing_reader *r, const json_t *item, json_t *out)
{
	json_t *procedure = json_object();
	put(r, procedure, "code", item, r->shape->procedure, 60);
	put(r, procedure, "name", item, r->shape->procedure_name, 1000);
	const char *code = word(procedure, "code");
	if (strspn(code, "0123456789") == 1 && code[1] == '.' && strspn(code + 2, "0123456789") == 6 && code[8] == '.')
		json_object_set_new(procedure, "code", json_stringn(code, 8));
	json_object_set_new(out, "procedure", procedure);
}

static void put_result_by(const struct filing_reader *r, const json_t *item, json_t *out)
{
	json_t *theirs = text_of(r, item, r->shape->result_by, 24);
	const char *ours = profile_unmap(r->profile, "result_by", json_string_value(theirs));
	json_object_set_new(out, "result_by", json_string(ours ? ours : ""));
	json_decref(theirs);
}

json_t *filing_of(const struct filing_reader *r, const json_t *item)
{
	const struct filing_shape *shape = r->shape;
	json_t *out = json_pack("{s:b}", "found", json_is_object(item) && json_object_size(item) > 0);
	if (!json_is_true(json_object_get(out, "found")))
		return out;
	moment_t filed = when(r, item, shape->filed_at), last = last_step(r, item, out);
	if (filed == MOMENT_NONE)
		filed = when(r, item, shape->or_filed_at);
	json_object_set_new(out, "status", json_integer(status_of(r, item)));
	put_when(out, "filed_at", filed);
	put_when(out, "at", last == MOMENT_NONE ? filed : last);
	put(r, out, "agency", item, shape->agency, 35);
	put_procedure(r, item, out);
	put_parties(r, item, out);
	put(r, out, "case", item, shape->in_case, 400);
	put(r, out, "summary", item, shape->summary, 1000);
	put_result_by(r, item, out);
	put(r, out, "return_to", item, shape->return_to, 500);
	put(r, out, "note", item, shape->note, 1000);
	put_verified(r, item, out);
	put_paid(r, item, out);
	json_object_set_new(out, "form", form_of(r, item));
	json_object_set_new(out, "files", files_of(r, item));
	if (shape->id) {
		json_t *memory = json_object();
		put(r, memory, "id", item, shape->id, 160);
		put(r, memory, "number", item, shape->code, 60);
		json_object_set_new(out, "memory", memory);
	}
	return out;
}

/* NULL without a code. */
static json_t *line_of(const struct filing_reader *r, const json_t *item)
{
	json_t *out = json_object();
	put(r, out, "code", item, r->shape->code, 61);
	if (!*word(out, "code") || json_string_length(json_object_get(out, "code")) > 60) {
		json_decref(out);
		return NULL;
	}
	put(r, out, "agency", item, r->shape->agency, 35);
	json_object_set_new(out, "status", json_integer(status_of(r, item)));
	put(r, out, "at", item, "ThoiDiemXuLy", 40);
	if (!*word(out, "at"))
		put(r, out, "at", item, r->shape->filed_at, 40);
	return out;
}

long filing_page(const struct profile *profile)
{
	long size = (long)json_integer_value(json_object_get(json_object_get(profile->data, "filings"), "size"));
	return size < 1 || size > 500 ? 50 : size;
}

json_t *filing_lines(const struct filing_reader *r, const json_t *items, bool *more)
{
	size_t i;
	json_t *item;
	if (!json_is_array(items))
		return NULL;
	json_t *lines = json_array();
	json_array_foreach((json_t *)(uintptr_t)items, i, item) {
		json_t *line = json_is_object(item) && i < 5000 ? line_of(r, item) : NULL;
		if (line)
			json_array_append_new(lines, line);
	}
	*more = (long)json_array_size(items) >= filing_page(r->profile);
	return lines;
}
