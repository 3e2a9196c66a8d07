/* SPDX-License-Identifier: Apache-2.0
 *
 * What a system of this platform keeps: numbers given, files with their bytes
 * counted and hashed, dossiers with the history both sides wrote. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/practice/form.h"
#include "core/practice/igate.h"
#include "core/practice/sha256.h"

void gate_end_clear(struct gate_end *end)
{
	bytes_free(&end->say);
	json_decref(end->data);
	*end = (struct gate_end){ 0 };
}

static void told(struct gate_end *end, int code, const char *say)
{
	end->code = code;
	bytes_clear(&end->say);
	bytes_text(&end->say, say);
}

static const char *text(const json_t *object, const char *name)
{
	const char *value = json_string_value(json_object_get(object, name));
	return value ? value : "";
}

static long whole(const json_t *object, const char *name)
{
	return (long)json_integer_value(json_object_get(object, name));
}

/* numbers: {number: procedure}, files: {id: {name, size, sha256}}. */
static json_t *shelf(const struct world_system *system, const char *name)
{
	json_t *object = json_object_get(system->extra, name);
	if (!object) {
		object = json_object();
		json_object_set_new(system->extra, name, object);
	}
	return object;
}

/* 24 hexadecimal digits, as this platform's object ids. */
static const char *object_id(struct world_system *system, char out[25])
{
	char digest[65], seed[96];
	snprintf(seed, sizeof seed, "%s %lld", system->agency, (long long)system->next++);
	sha256_hex(seed, strlen(seed), digest);
	snprintf(out, 25, "%.24s", digest);
	return out;
}

void gate_number(struct world *world, struct world_system *system, const char *procedure,
                  moment_t now, struct gate_end *end)
{
	char number[64];
	struct date day = day_date(moment_day(now));
	if (!procedure || !*procedure) {
		told(end, 404, "Không tìm thấy thủ tục");
		return;
	}
	json_t *numbers = shelf(system, "numbers");
	snprintf(number, sizeof number, "%s-%04d%02d%02d-%07zu", system->agency, day.year,
	         day.month, day.day, json_object_size(numbers) + 1);
	json_object_set_new(numbers, number, json_string(procedure));
	world->changed = true;
	told(end, 200, "OK");
	end->data = json_pack("{s:s}", "value", number);
}

static bool forbidden(const char *name)
{
	static const char *const endings[] = { ".exe", ".js", ".docm", ".7z", ".bat" };
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
		if (strcasecmp(dot, endings[i]) == 0)
			return true;
	return false;
}

void gate_upload(struct world *world, struct world_system *system, const char *content_type,
                  const struct bytes *body, struct gate_end *end)
{
	struct form_part part;
	json_t *kept = json_array();
	size_t at = 0;
	told(end, 200, "OK");
	while (form_part(body, content_type, &at, &part)) {
		char id[25], hash[65];
		if (strcmp(part.name, "files") != 0)
			continue;
		if (forbidden(part.filename)) {
			told(end, 415, "Định dạng tệp không được phép");
			break;
		}
		sha256_hex(part.data, part.size, hash);
		object_id(system, id);
		json_object_set_new(shelf(system, "files"), id,
		                    json_pack("{s:s, s:s, s:I, s:s}", "name", part.filename, "type",
		                              part.type, "size", (json_int_t)part.size, "sha256",
		                              hash));
		json_array_append_new(kept,
		                      json_pack("{s:s, s:s}", "IdTepTin", id, "HashTepTin", hash));
	}
	if (end->code == 200 && !json_array_size(kept))
		told(end, 400, "Thiếu dữ liệu bắt buộc: files");
	world->changed = true;
	if (end->code == 200)
		end->data = kept;
	else
		json_decref(kept);
}

static void note(struct world *world, json_t *kept, const char *service, long status,
                 const char *when, moment_t now)
{
	char digits[24];
	snprintf(digits, sizeof digits, "%ld", status);
	world_note(world, kept, service, digits, when, now);
}

static json_t *ids(const json_t *kept)
{
	return json_pack("{s:O, s:O}", "idHoSo", json_object_get(kept, "id"), "maHoSo",
	                 json_object_get(kept, "number"));
}

static void again(json_t *kept, struct gate_end *end)
{
	json_object_set_new(kept, "duplicates", json_integer(whole(kept, "duplicates") + 1));
	told(end, 409, "Mã hồ sơ đã tồn tại");
	end->data = ids(kept);
}

void gate_create(struct world *world, struct world_system *system, const json_t *item,
                  moment_t now, struct gate_end *end)
{
	struct bytes complaints = { 0 };
	char id[25];
	const char *number = text(item, "MaHoSo");
	json_t *kept = json_object_get(system->dossiers, number);
	gate_check_dossier(item, shelf(system, "files"), &complaints);
	if (!kept && !json_object_get(shelf(system, "numbers"), number))
		bytes_text(&complaints, complaints.size ? "; MaHoSo chưa được cấp số"
		                                        : "MaHoSo chưa được cấp số");
	if (complaints.size) {
		told(end, 400, bytes_string(&complaints));
	} else if (kept) {
		again(kept, end);
	} else {
		kept = world_keep(world, system, number, number, item, 1, now);
		json_object_set_new(kept, "id", json_string(object_id(system, id)));
		note(world, kept, "add", 1, text(item, "NgayTiepNhan"), now);
		told(end, 200, "OK");
		end->data = ids(kept);
	}
	bytes_free(&complaints);
}

void gate_change(struct world *world, struct world_system *system, const char *number,
                  const json_t *item, moment_t now, struct gate_end *end)
{
	struct bytes complaints = { 0 };
	json_t *kept = json_object_get(system->dossiers, number);
	gate_check_dossier(item, shelf(system, "files"), &complaints);
	if (!kept) {
		told(end, 404, "Không tìm thấy hồ sơ");
	} else if (complaints.size) {
		told(end, 400, bytes_string(&complaints));
	} else {
		json_object_set(kept, "fields", (json_t *)(uintptr_t)item);
		note(world, kept, "update", whole(kept, "status"), text(item, "NgayTiepNhan"), now);
		told(end, 200, "OK");
		end->data = ids(kept);
	}
	bytes_free(&complaints);
}

/* The dossier that both the id and the number name. */
static json_t *named(const struct world_system *system, const json_t *item, const char *id_name)
{
	json_t *kept = json_object_get(system->dossiers, text(item, "MaHoSo"));
	return kept && strcmp(text(kept, "id"), text(item, id_name)) == 0 ? kept : NULL;
}

static void progress_one(struct world *world, struct world_system *system, const json_t *item, moment_t now,
                         struct gate_end *end)
{
	char when[16], status[8];
	struct bytes complaints = { 0 };
	gate_check_progress(item, &complaints);
	json_t *kept = complaints.size ? NULL : named(system, item, "IDHoSo");
	moment_t at = moment_read_iso(text(item, "ThoiDiemXuLy"));
	if (complaints.size || at == MOMENT_NONE) {
		told(end, 400, complaints.size ? bytes_string(&complaints)
		                               : "ThoiDiemXuLy không đúng định dạng");
	} else if (!kept) {
		told(end, 404, "Không tìm thấy hồ sơ");
	} else {
		json_t *steps = json_object_get(kept, "steps");
		moment_write_wire(at, when, sizeof when);
		snprintf(status, sizeof status, "%ld", whole(item, "TrangThai"));
		told(end, 200, "OK");
		for (size_t i = 0; i < json_array_size(steps); i++) {
			const json_t *step = json_array_get(steps, i);
			if (strcmp(text(step, "TrangThai"), status) == 0 &&
			    strcmp(text(step, "ThoiDiemXuLy"), when) == 0) {
				json_object_set_new(kept, "duplicates",
				                    json_integer(whole(kept, "duplicates") + 1));
				told(end, 409, "Tiến trình đã tồn tại");
			}
		}
		if (end->code == 200) {
			json_array_append_new(
				steps, json_pack("{s:s, s:s, s:s, s:s, s:s}", "MaHoSo",
			                         text(kept, "number"), "NguoiXuLy",
			                         text(item, "NguoiXuLy"), "ThoiDiemXuLy", when,
			                         "NoiDungXuLy", text(item, "NoiDungXuLy"),
			                         "TrangThai", status));
			note(world, kept, "progress", whole(item, "TrangThai"), when, now);
		}
	}
	bytes_free(&complaints);
}

static void status_one(struct world *world, struct world_system *system, const json_t *item, moment_t now,
                       struct gate_end *end)
{
	struct bytes complaints = { 0 };
	char say[160];
	gate_check_status(item, &complaints);
	json_t *kept = complaints.size ? NULL : named(system, item, "IdHoSo");
	int to = (int)whole(item, "TrangThai");
	int desk = (int)whole(kept, "desk"), status = (int)whole(kept, "status");
	if (complaints.size) {
		told(end, 400, bytes_string(&complaints));
	} else if (!kept) {
		told(end, 404, "Không tìm thấy hồ sơ");
	} else if (desk == to && to != 4) {
		json_object_set_new(kept, "duplicates",
		                    json_integer(whole(kept, "duplicates") + 1));
		told(end, 409, "Trạng thái đã tồn tại");
	} else if (!fields_may_follow(desk, to) && !fields_may_follow(status, to)) {
		snprintf(say, sizeof say,
		         "TrangThai không hợp lệ: không thể chuyển hồ sơ từ trạng thái %d về %d",
		         desk, to);
		told(end, 400, say);
	} else {
		json_object_set_new(kept, "desk", json_integer(to));
		/* What was already done over there is not undone by a late report. */
		if (fields_may_follow(status, to)) {
			json_object_set_new(kept, "status", json_integer(to));
			json_object_set_new(kept, "moved", json_integer(now));
		}
		const json_t *results = json_object_get(item, "DanhSachGiayToKetQua");
		if (json_array_size(results))
			json_object_set(kept, "results", (json_t *)(uintptr_t)results);
		note(world, kept, "status", to, "", now);
		told(end, 200, "OK");
	}
	bytes_free(&complaints);
}

static void each(struct world *world, struct world_system *system, const json_t *items,
                 bool progress, moment_t now, struct gate_end *end)
{
	if (!json_array_size(items)) {
		told(end, 400, "Thiếu dữ liệu bắt buộc");
		return;
	}
	json_t *results = json_array();
	for (size_t i = 0; i < json_array_size(items); i++) {
		struct gate_end one = { 0 };
		const json_t *item = json_array_get(items, i);
		(progress ? progress_one : status_one)(world, system, item, now, &one);
		json_array_append_new(
			results, json_pack("{s:s, s:s, s:i, s:s}", progress ? "IDHoSo" : "IdHoSo",
		                           text(item, progress ? "IDHoSo" : "IdHoSo"), "MaHoSo",
		                           text(item, "MaHoSo"), "code", one.code, "message",
		                           bytes_string(&one.say)));
		gate_end_clear(&one);
	}
	world->changed = true;
	/* The whole was read; how each fared stands with it. */
	told(end, 200, "OK");
	end->data = results;
}

void gate_progress(struct world *world, struct world_system *system, const json_t *items,
                    moment_t now, struct gate_end *end)
{
	each(world, system, items, true, now, end);
}

void gate_status(struct world *world, struct world_system *system, const json_t *items,
                  moment_t now, struct gate_end *end)
{
	each(world, system, items, false, now, end);
}
