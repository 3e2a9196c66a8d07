/* SPDX-License-Identifier: Apache-2.0
 *
 * Ministries whose contract is not known yet, as a plain REST service would do
 * it; and the document axis, which takes a dossier as a form of many parts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/dialect.h"
#include "core/practice/form.h"

#define WHEN "yyyy-MM-dd HH:mm:ss"

static void say(struct practice_told *told, unsigned status, const char *code, const char *message)
{
	told->status = status;
	told->json = json_pack("{s:s, s:s}", "code", code, "message", message);
}

/* A value of a part, "" when there is none. */
static void part_word(const struct practice_ask *ask, const char *name, char *out, size_t room)
{
	struct form_part part;
	size_t at = 0;
	out[0] = '\0';
	while (form_part(ask->body, ask_header(ask, "Content-Type"), &at, &part))
		if (strcmp(part.name, name) == 0 && !part.filename[0])
			snprintf(out, room, "%.*s", (int)part.size, part.data);
}

/* Files of the body as {name, type, bytes}. */
static json_t *part_files(const struct practice_ask *ask, const char *field)
{
	struct form_part part;
	size_t at = 0;
	json_t *files = json_array();
	while (form_part(ask->body, ask_header(ask, "Content-Type"), &at, &part))
		if (strcmp(part.name, field) == 0 && part.filename[0])
			json_array_append_new(files, json_pack("{s:s, s:s, s:I}", "name", part.filename,
			                                       "type", part.type, "bytes",
			                                       (json_int_t)part.size));
	return files;
}

static json_t *view(const char *code, const json_t *kept, const char *own)
{
	json_t *steps = json_array(), *step;
	char at[32], status[8];
	size_t i;
	json_array_foreach(json_object_get(kept, "steps"), i, step) {
		char wire[16], text[200], who[80];
		dialect_word(step, "ThoiDiemXuLy", wire, sizeof wire);
		json_array_append_new(
			steps,
			json_pack("{s:s, s:s, s:s, s:s}", "trangThai",
		                  dialect_word(step, "TrangThai", status, sizeof status), "thoiDiem",
		                  moment_to(wire, WHEN, at, sizeof at), "noiDung",
		                  dialect_word(step, "NoiDungXuLy", text, sizeof text), "nguoiXuLy",
		                  dialect_word(step, "NguoiXuLy", who, sizeof who)));
	}
	snprintf(status, sizeof status, "%d", dialect_status(kept));
	return json_pack("{s:s, s:O, s:s, s:s, s:o}", "maHoSo", code, own,
	                 json_object_get(kept, "number"), "trangThai", status, "ngayTiepNhan",
	                 dialect_word(json_object_get(kept, "fields"), "ngayTiepNhan", at, sizeof at),
	                 "tienTrinh", steps);
}

static void take(const struct practice_ask *ask, struct world_system *system, const json_t *fields,
                 bool update, struct practice_told *told)
{
	struct complaint complaint = { 0 };
	char code[64], wire[16], text[128];
	must_fill(&complaint, fields, "maHoSo");
	must_fill(&complaint, fields, "maThuTuc");
	must_fill(&complaint, fields, "tenChuHoSo");
	must_be(&complaint, fields, "loaiChuHoSo", " CN TC ");
	must_when(&complaint, fields, "ngayTiepNhan", WHEN, wire);
	must_list(&complaint, fields, "tepDinhKem");
	size_t i;
	json_t *file;
	json_array_foreach(json_object_get(fields, "tepDinhKem"), i, file) {
		if (json_object_get(file, "noiDung")) {
			long size = must_base64(&complaint, file, "noiDung");
			json_object_del(file, "noiDung");
			json_object_set_new(file, "bytes", json_integer(size));
		} else if (json_object_get(file, "id")) {
			char id[40];
			dialect_word(file, "id", id, sizeof id);
			if (!json_object_get(system->extra, id))
				complain_of(&complaint, "id", "không tồn tại");
		}
	}
	if (complaint.text[0]) {
		say(told, 422, "422", complaint.text);
		return;
	}
	dialect_word(fields, "maHoSo", code, sizeof code);
	json_t *kept = world_kept(system, code);
	if (kept && !update) {
		json_object_set_new(kept, "duplicates",
		                    json_integer(json_integer_value(
						 json_object_get(kept, "duplicates")) + 1));
		snprintf(text, sizeof text, "Hồ sơ %s đã tồn tại", code);
		say(told, 409, "409", text);
		return;
	}
	if (!kept && update) {
		say(told, 404, "404", "Không tìm thấy hồ sơ");
		return;
	}
	if (kept)
		json_object_set(kept, "fields", (json_t *)(uintptr_t)fields);
	else
		kept = world_keep(ask->world, system, code, "", fields, 2, ask->now);
	world_note(ask->world, kept, update ? "update" : "add", "2", wire, ask->now);
	say(told, 201, "0", "Tiếp nhận thành công");
	json_object_set_new(told->json, "data",
	                    json_pack("{s:O}", "soHoSo", json_object_get(kept, "number")));
}

static void report(const struct practice_ask *ask, struct world_system *system, const char *any,
                   const json_t *item, struct practice_told *told)
{
	struct complaint complaint = { 0 };
	char wire[16], text[200], who[80], status[8];
	const char *code = "";
	must_be(&complaint, item, "trangThai", " 1 2 3 4 5 6 7 8 9 10 ");
	must_when(&complaint, item, "thoiDiem", WHEN, wire);
	must_fill(&complaint, item, "nguoiXuLy");
	json_t *kept = dialect_kept(system, any, &code);
	if (complaint.text[0] || !kept) {
		say(told, kept ? 422 : 404, kept ? "422" : "404",
		    kept ? complaint.text : "Không tìm thấy hồ sơ");
		return;
	}
	json_t *step = dialect_step(code, dialect_word(item, "nguoiXuLy", who, sizeof who), wire,
	                            dialect_word(item, "noiDung", text, sizeof text),
	                            atoi(dialect_word(item, "trangThai", status, sizeof status)));
	switch (world_report(ask->world, kept, step, ask->now)) {
	case REPORT_TAKEN: say(told, 200, "0", "Cập nhật thành công"); break;
	case REPORT_KNOWN: say(told, 409, "409", "Tiến trình đã tồn tại"); break;
	case REPORT_OUT_OF_ORDER: say(told, 422, "422", "trangThai không hợp lệ"); break;
	}
	json_decref(step);
}

static void show(struct world_system *system, const char *any, const char *own,
                 struct practice_told *told)
{
	const char *code;
	json_t *kept;
	if (*any) {
		kept = dialect_kept(system, any, &code);
		say(told, kept ? 200 : 404, kept ? "0" : "404",
		    kept ? "Thành công" : "Không tìm thấy hồ sơ");
		if (kept)
			json_object_set_new(told->json, "data", view(code, kept, own));
		return;
	}
	json_t *list = json_array();
	json_object_foreach(system->dossiers, code, kept)
		json_array_append_new(list, view(code, kept, own));
	say(told, 200, "0", "Thành công");
	json_object_set_new(told->json, "data", list);
}

/* A file sent before its dossier; kept is what it was, not its bytes. */
static void upload(const struct practice_ask *ask, struct world_system *system,
                   struct practice_told *told)
{
	char id[32];
	json_t *files = part_files(ask, "tep");
	if (json_array_size(files) != 1) {
		say(told, 400, "400", "Thiếu tệp");
	} else {
		snprintf(id, sizeof id, "tep-%zu", json_object_size(system->extra) + 1);
		json_object_set(system->extra, id, json_array_get(files, 0));
		ask->world->changed = true;
		say(told, 201, "0", "Tải tệp thành công");
		json_object_set_new(told->json, "data", json_pack("{s:s}", "id", id));
	}
	json_decref(files);
}

static const char *service_of(const struct practice_ask *ask)
{
	bool get = strcmp(ask->method, "GET") == 0, post = strcmp(ask->method, "POST") == 0;
	size_t n = strlen(ask->rest);
	if (post && strcmp(ask->rest, "tep") == 0)
		return "upload";
	if (strncmp(ask->rest, "ho-so", 5) != 0 || (ask->rest[5] && ask->rest[5] != '/'))
		return "";
	if (post && n > 17 && strcmp(ask->rest + n - 11, "/tien-trinh") == 0)
		return "progress";
	return get ? "view" : strcmp(ask->method, "PUT") == 0 && n > 6 ? "update" : post && n == 5 ? "add" : "";
}

static struct world_system *chung_find(const struct practice_ask *ask, const char **service,
                                       struct practice_told *told)
{
	(void)told;
	*service = service_of(ask);
	return **service ? ask->tenant : NULL;
}

static void chung_answer(const struct practice_ask *ask, struct world_system *system,
                         const char *service, struct practice_told *told)
{
	char any[64] = "";
	const char *slash = strchr(ask->rest, '/');
	if (slash)
		snprintf(any, sizeof any, "%.*s", (int)strcspn(slash + 1, "/"), slash + 1);
	if (!dialect_bearer(ask, system, told))
		return;
	if (strcmp(service, "upload") == 0)
		upload(ask, system, told);
	else if (strcmp(service, "view") == 0)
		show(system, any, "soHoSo", told);
	else if (strcmp(service, "progress") == 0)
		report(ask, system, any, ask->json, told);
	else
		take(ask, system, ask->json, strcmp(service, "update") == 0, told);
}

const struct practice_door door_chung = {
	.prefix = "/api/v1/",
	.find = chung_find,
	.answer = chung_answer,
};

static struct world_system *axis_find(const struct practice_ask *ask, const char **service,
                                      struct practice_told *told)
{
	(void)told;
	bool post = strcmp(ask->method, "POST") == 0;
	*service = post && strcmp(ask->rest, "van-ban") == 0        ? "van-ban"
	           : post && strcmp(ask->rest, "trang-thai") == 0   ? "trang-thai"
	           : !post && strncmp(ask->rest, "van-ban/", 8) == 0 ? "tra-cuu"
	                                                            : "";
	return **service ? dialect_system(ask, "truc-van-ban") : NULL;
}

static void axis_answer(const struct practice_ask *ask, struct world_system *system,
                        const char *service, struct practice_told *told)
{
	const char *key = ask_header(ask, "X-Api-Key");
	char text[8192];
	system->calls++;
	if (system->refuse_account || !key || strcmp(key, "tap-duyet") != 0) {
		say(told, 401, "401", "Unauthorized");
		return;
	}
	if (strcmp(service, "tra-cuu") == 0) {
		show(system, ask->rest + 8, "soDen", told);
		return;
	}
	if (strcmp(service, "trang-thai") == 0) {
		dialect_word(ask->json, "maHoSo", text, sizeof text);
		report(ask, system, text, ask->json, told);
		return;
	}
	/* The dossier is one part, its papers are the others. */
	part_word(ask, "hoSo", text, sizeof text);
	json_t *fields = json_loads(text, 0, NULL);
	if (!fields) {
		say(told, 400, "400", "Thiếu phần hoSo");
		return;
	}
	json_object_set_new(fields, "tepDinhKem", part_files(ask, "tep"));
	take(ask, system, fields, false, told);
	json_decref(fields);
}

const struct practice_door door_van_ban = {
	.prefix = "/qlvb/",
	.find = axis_find,
	.answer = axis_answer,
};
