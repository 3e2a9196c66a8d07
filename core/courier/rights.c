/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/rights.h"

#include <stdio.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/courier/codec.h"

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static void put(json_t *item, const char *name, const char *text)
{
	if (*text)
		json_object_set_new(item, name, json_string(text));
}

json_t *rights_items(const json_t *question)
{
	size_t i;
	json_t *officer, *items = json_array();
	json_array_foreach(json_object_get(question, "officers"), i, officer) {
		json_t *item = json_object();
		const char *account = member(officer, "account");
		json_object_set_new(item, "MaThamChieu", json_string(member(officer, "login")));
		put(item, "TaiKhoan", account);
		if (!*account) {
			put(item, "HoTen", member(officer, "name"));
			put(item, "SoDinhDanh", member(officer, "id_number"));
			put(item, "SoDienThoai", member(officer, "phone"));
			put(item, "Email", member(officer, "email"));
		}
		json_array_append_new(items, item);
	}
	return items;
}

static json_t *mended(const char *text)
{
	struct arena arena = { 0 };
	json_t *value = json_string(text_mend(&arena, text, strlen(text)));
	arena_free(&arena);
	return value;
}

/* Texts, or the member that names an object. */
static json_t *words(const json_t *item, const char *list, const char *name)
{
	size_t i;
	json_t *one, *out = json_array();
	json_t *found = codec_member(item, list);
	json_array_foreach(found, i, one) {
		char text[200];
		if (json_is_string(one))
			snprintf(text, sizeof text, "%.199s", json_string_value(one));
		else
			codec_text(one, name, text, sizeof text);
		if (*text)
			json_array_append_new(out, mended(text));
	}
	return out;
}

static const char *state_of(const struct profile *profile, const char *theirs, char *note,
                            size_t room)
{
	const char *ours = profile_unmap(profile, "right", theirs);
	if (ours && (strcmp(ours, "granted") == 0 || strcmp(ours, "missing") == 0 ||
	             strcmp(ours, "error") == 0))
		return ours;
	if (!*note)
		snprintf(note, room, _("Hệ thống báo trạng thái lạ: “%s”"), theirs);
	return "error";
}

json_t *rights_read(const struct profile *profile, const json_t *result)
{
	size_t i;
	json_t *item, *officers = json_array();
	json_array_foreach((json_t *)(uintptr_t)result, i, item) {
		char login[80], account[80], word[40], note[400];
		if (!*codec_text(item, "MaThamChieu", login, sizeof login))
			continue;
		codec_text(item, "TaiKhoan", account, sizeof account);
		codec_text(item, "TrangThai", word, sizeof word);
		codec_text(item, "GhiChu", note, sizeof note);
		const char *state = state_of(profile, word, note, sizeof note);
		json_array_append_new(
			officers,
			json_pack("{s:o, s:o, s:s, s:o, s:o, s:o}", "login", mended(login), "account",
		                  mended(account), "state", state, "fields",
		                  words(item, "LinhVuc", "TenLinhVuc"), "procedures",
		                  words(item, "ThuTuc", "MaTTHC"), "note", mended(note)));
	}
	return json_pack("{s:o}", "officers", officers);
}
