/* SPDX-License-Identifier: Apache-2.0
 *
 * Land: a password grant, the dossier with its files as base64, results as
 * links.  {data, status {success, message}} on every answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/dialect.h"
#include "core/practice/server.h"

#define WHEN "yyyy-MM-ddTHH:mm:ss"

static json_t *end(int data, bool success, const char *code, const char *message,
                   const struct practice_ask *ask)
{
	char at[40];
	return json_pack("{s:i, s:{s:b, s:s, s:s, s:s, s:s}}", "data", data, "status", "success",
	                 success, "code", code, "type", success ? "info" : "error", "time",
	                 moment_write_iso(ask->now, at, sizeof at), "message", message);
}

static void check(struct complaint *complaint, const json_t *request, char wire[16])
{
	size_t i;
	json_t *paper;
	const json_t *person = json_object_get(request, "ThongTinNguoiNopDon");
	must_be(complaint, request, "LaQuyTrinhCapTinh", " 0 1 ");
	must_fill(complaint, request, "TinhId");
	must_fill(complaint, request, "XaId");
	must_fill(complaint, request, "MaHoSoMotCua");
	must_fill(complaint, request, "SoBienNhan");
	must_fill(complaint, request, "NguoiTiepNhan");
	must_when(complaint, request, "NgayTiepNhan", WHEN, wire);
	must_fill(complaint, person, "HoTen");
	must_fill(complaint, person, "SoChungMinh");
	must_fill(complaint, json_object_get(request, "ThongTinQuyTrinh"), "MaQuyTrinh");
	must_list(complaint, request, "ThongTinThuaDat");
	/* There is no district any more, but the member must be there, and null. */
	if (!json_is_null(json_object_get(request, "HuyenId")))
		complain_of(complaint, "HuyenId", "phải để null");
	must_list(complaint, request, "DanhSachGiayToDinhKem");
	json_array_foreach(json_object_get(request, "DanhSachGiayToDinhKem"), i, paper) {
		json_t *file = json_object_get(paper, "TapTin");
		must_fill(complaint, paper, "TenGiayTo");
		if (!json_is_integer(json_object_get(paper, "SoBanChinh")))
			complain_of(complaint, "SoBanChinh", "phải là số");
		if (file && must_fill(complaint, file, "name"))
			json_object_set_new(file, "bytes",
			                    json_integer(must_base64(complaint, file, "data")));
	}
}

static json_t *without_bytes(const json_t *request)
{
	json_t *fields = json_deep_copy(request), *paper;
	size_t i;
	json_array_foreach(json_object_get(fields, "DanhSachGiayToDinhKem"), i, paper)
		json_object_del(json_object_get(paper, "TapTin"), "data");
	return fields;
}

static json_t *take(const struct practice_ask *ask, struct world_system *system)
{
	struct complaint complaint = { 0 };
	char wire[16], code[64], text[160];
	check(&complaint, ask->json, wire);
	if (complaint.text[0])
		return end(0, false, "VALIDATE", complaint.text, ask);
	dialect_word(ask->json, "MaHoSoMotCua", code, sizeof code);
	json_t *kept = world_kept(system, code);
	if (kept) {
		json_object_set_new(kept, "duplicates",
		                    json_integer(json_integer_value(
						 json_object_get(kept, "duplicates")) + 1));
		snprintf(text, sizeof text, "Hồ sơ %s đã tồn tại", code);
		return end(0, false, "DUPLICATE", text, ask);
	}
	json_t *fields = without_bytes(ask->json);
	kept = world_keep(ask->world, system, code, "", fields, 2, ask->now);
	json_decref(fields);
	world_note(ask->world, kept, "add", "2", wire, ask->now);
	json_t *reply = end(1, true, "OK", "Tiếp nhận hồ sơ thành công", ask);
	json_object_set(reply, "SoBienNhanLienThong", json_object_get(kept, "number"));
	return reply;
}

static json_t *history(const json_t *kept)
{
	json_t *list = json_array(), *step;
	size_t i;
	json_array_foreach(json_object_get(kept, "steps"), i, step) {
		char wire[16], at[40], text[200], status[8];
		dialect_word(step, "ThoiDiemXuLy", wire, sizeof wire);
		json_array_append_new(list,
		                      json_pack("{s:i, s:s, s:s}", "TrangThai",
		                                atoi(dialect_word(step, "TrangThai", status,
		                                                  sizeof status)) * 10,
		                                "ThoiGian", moment_to(wire, WHEN, at, sizeof at),
		                                "NoiDung",
		                                dialect_word(step, "NoiDungXuLy", text, sizeof text)));
	}
	return list;
}

static json_t *look_up(const struct practice_ask *ask, struct world_system *system)
{
	char any[64], at[40], link[160];
	const char *code;
	json_t *kept = dialect_kept(system,
	                            dialect_word(ask->json, "MaHoSoMotCua", any, sizeof any), &code);
	if (!kept)
		return end(0, false, "NOT_FOUND", "Không tìm thấy hồ sơ", ask);
	int status = dialect_status(kept);
	json_t *results = json_array();
	if (status >= 9) {
		/* Their own name for our way to them, to be replaced by what we call it. */
		snprintf(link, sizeof link, "http://ip-ss-donvi:8080/%s/vbdlis/tep/%s", system->code,
		         code);
		json_array_append_new(results, json_pack("{s:s, s:s, s:s}", "TenGiayTo",
		                                         "Giấy chứng nhận (tập duyệt)", "KieuFile",
		                                         "application/pdf", "LinkFile", link));
	}
	json_t *reply = end(1, true, "OK", "Thành công", ask);
	json_object_set_new(
		reply, "HoSo",
		json_pack("{s:s, s:O, s:i, s:s, s:o, s:o}", "MaHoSoMotCua", code, "SoBienNhan",
	                  json_object_get(kept, "number"), "TrangThai", status * 10, "NgayTiepNhan",
	                  dialect_word(json_object_get(kept, "fields"), "NgayTiepNhan", at, sizeof at),
	                  "QuaTrinh", history(kept), "DanhSachGiayToKetQua", results));
	return reply;
}

static struct world_system *find(const struct practice_ask *ask, const char **service,
                                 struct practice_told *told)
{
	(void)told;
	bool post = strcmp(ask->method, "POST") == 0;
	*service = post && strcmp(ask->rest, "TiepNhanHoSo") == 0 ? "TiepNhanHoSo"
	           : post && strcmp(ask->rest, "TraCuuHoSo") == 0 ? "TraCuuHoSo"
	           : strncmp(ask->rest, "tep/", 4) == 0           ? "tep"
	                                                          : "";
	return **service ? dialect_system(ask, "dat-dai") : NULL;
}

static void answer(const struct practice_ask *ask, struct world_system *system, const char *service,
                   struct practice_told *told)
{
	if (!dialect_bearer(ask, system, told))
		return;
	if (strcmp(service, "tep") == 0) {
		if (!world_kept(system, ask->rest + 4))
			return;
		told->type = "application/pdf";
		bytes_text(&told->text, "%PDF-1.4\n% Giấy chứng nhận tập duyệt, không có giá trị\n%%EOF\n");
	} else if (!json_is_object(ask->json)) {
		told->json = end(0, false, "FORMAT", "Dữ liệu gửi lên không đúng cấu trúc", ask);
	} else {
		told->json = strcmp(service, "TiepNhanHoSo") == 0 ? take(ask, system)
		                                                  : look_up(ask, system);
	}
}

const struct practice_door door_dat_dai = {
	.prefix = "/vbdlis/",
	.find = find,
	.answer = answer,
};
