/* SPDX-License-Identifier: Apache-2.0
 *
 * The monitoring system: one event at a time, noted and no more; and social
 * protection, whose certificate is XML in a string. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/dialect.h"

static struct world_system *emc_find(const struct practice_ask *ask, const char **service,
                                     struct practice_told *told)
{
	(void)told;
	*service = "TrackingMCDT";
	return strcmp(ask->method, "POST") == 0 && !*ask->rest ? dialect_system(ask, "emc") : NULL;
}

static void emc_answer(const struct practice_ask *ask, struct world_system *system,
                       const char *service, struct practice_told *told)
{
	static const char *const optional[][2] = {
		{ "FormsReception", " 1 2 " }, { "FormsPayments", " 0 1 2 " }, { "Level", " 0 1 3 4 " },
		{ "IsFromDVCQG", " 0 1 " },    { "IsDVCBC", " 0 1 2 " },
	};
	struct complaint complaint = { 0 };
	char code[64], status[8];
	(void)service;
	system->calls++;
	must_fill(&complaint, ask->json, "SiteId");
	must_fill(&complaint, ask->json, "CodeTTHC");
	must_fill(&complaint, ask->json, "MaHoSo");
	must_be(&complaint, ask->json, "Status", " 0 1 2 3 4 ");
	for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
		if (json_object_get(ask->json, optional[i][0]))
			must_be(&complaint, ask->json, optional[i][0], optional[i][1]);
	const char *user = json_string_value(json_object_get(ask->json, "User"));
	json_t *inner = user ? json_loads(user, 0, NULL) : NULL;
	if (user)
		must_be(&complaint, inner, "TYPE", " 1 2 ");
	json_decref(inner);
	if (complaint.text[0]) {
		told->status = 422;
		told->json = json_pack("{s:b, s:s}", "status", 0, "message", complaint.text);
		return;
	}
	dialect_word(ask->json, "MaHoSo", code, sizeof code);
	dialect_word(ask->json, "Status", status, sizeof status);
	json_t *kept = world_kept(system, code);
	if (!kept)
		kept = world_keep(ask->world, system, code, "", ask->json, 2, ask->now);
	world_note(ask->world, kept, "event", status, "", ask->now);
	told->json = json_pack("{s:b, s:s}", "status", 1, "message", "success");
}

const struct practice_door door_emc = {
	.prefix = "/TrackingMCDT",
	.find = emc_find,
	.answer = emc_answer,
};

#define WHEN "dd/MM/yyyy HH:mm:ss"

static json_t *said(const char *code, const char *message)
{
	return json_pack("{s:s, s:s}", "error_code", code, "message", message);
}

static json_t *btxh_take(const struct practice_ask *ask, struct world_system *system)
{
	struct complaint complaint = { 0 };
	char code[64], wire[16], status[8];
	must_fill(&complaint, ask->json, "MaHoSo");
	must_fill(&complaint, ask->json, "MaTTHC");
	must_fill(&complaint, ask->json, "HoTen");
	must_be(&complaint, ask->json, "StatusId", " 1 2 3 4 5 6 7 8 9 10 ");
	must_when(&complaint, ask->json, "NgayTiepNhan", WHEN, wire);
	const char *xml = json_string_value(json_object_get(ask->json, "CertificateExtentData"));
	if (!xml || strncmp(xml, "<HoSo>", 6) != 0 || !strstr(xml, "</HoSo>"))
		complain_of(&complaint, "CertificateExtentData", "không phải XML");
	else if (!strstr(xml, "<TaiLieuNop>") || !strstr(xml, "<TenTepDinhKem>"))
		complain_of(&complaint, "TaiLieuNop", "không được để trống");
	if (complaint.text[0])
		return said("-1", complaint.text);
	dialect_word(ask->json, "MaHoSo", code, sizeof code);
	dialect_word(ask->json, "StatusId", status, sizeof status);
	json_t *kept = world_kept(system, code);
	if (kept) {
		json_object_set_new(kept, "duplicates",
		                    json_integer(json_integer_value(
						 json_object_get(kept, "duplicates")) + 1));
		return said("3", "Hồ sơ đã tồn tại");
	}
	kept = world_keep(ask->world, system, code, "", ask->json, atoi(status), ask->now);
	world_note(ask->world, kept, "add", status, wire, ask->now);
	return said("0", "Đồng bộ thành công");
}

static json_t *btxh_report(const struct practice_ask *ask, struct world_system *system)
{
	struct complaint complaint = { 0 };
	char any[64], wire[16], text[200], who[80], status[8];
	const char *code = "";
	must_fill(&complaint, ask->json, "NguoiXuLy");
	must_be(&complaint, ask->json, "StatusId", " 1 2 3 4 5 6 7 8 9 10 ");
	must_when(&complaint, ask->json, "ThoiDiemXuLy", WHEN, wire);
	json_t *kept = dialect_kept(system, dialect_word(ask->json, "MaHoSo", any, sizeof any), &code);
	if (complaint.text[0])
		return said("-1", complaint.text);
	if (!kept)
		return said("-1", "Hồ sơ không tồn tại");
	json_t *step = dialect_step(code, dialect_word(ask->json, "NguoiXuLy", who, sizeof who), wire,
	                            dialect_word(ask->json, "NoiDungXuLy", text, sizeof text),
	                            atoi(dialect_word(ask->json, "StatusId", status, sizeof status)));
	enum world_report report = world_report(ask->world, kept, step, ask->now);
	json_decref(step);
	return report == REPORT_TAKEN   ? said("0", "Xử lý thành công")
	       : report == REPORT_KNOWN ? said("1", "Tiến trình đã tồn tại")
	                                : said("-1", "StatusId không hợp lệ");
}

static json_t *btxh_show(const struct practice_ask *ask, struct world_system *system)
{
	char any[64], status[8], received[32];
	const char *code;
	json_t *kept = dialect_kept(system, dialect_word(ask->json, "MaHoSo", any, sizeof any), &code);
	if (!kept)
		return said("-1", "Không tìm thấy hồ sơ");
	json_t *reply = said("0", "Thành công"), *steps = json_array(), *step;
	size_t i;
	json_array_foreach(json_object_get(kept, "steps"), i, step) {
		char wire[16], at[32], text[200];
		dialect_word(step, "ThoiDiemXuLy", wire, sizeof wire);
		json_array_append_new(
			steps,
			json_pack("{s:s, s:s, s:s}", "StatusId",
		                  dialect_word(step, "TrangThai", status, sizeof status),
		                  "ThoiDiemXuLy", moment_to(wire, WHEN, at, sizeof at), "NoiDungXuLy",
		                  dialect_word(step, "NoiDungXuLy", text, sizeof text)));
	}
	snprintf(status, sizeof status, "%d", dialect_status(kept));
	json_object_set_new(
		reply, "data",
		json_pack("{s:s, s:O, s:s, s:s, s:o}", "MaHoSo", code, "MaHoSoBTXH",
	                  json_object_get(kept, "number"), "StatusId", status, "NgayTiepNhan",
	                  dialect_word(json_object_get(kept, "fields"), "NgayTiepNhan", received,
	                               sizeof received),
	                  "QuaTrinh", steps));
	return reply;
}

static struct world_system *btxh_find(const struct practice_ask *ask, const char **service,
                                      struct practice_told *told)
{
	static const char *const known[] = { "DongBoDVC", "XuLyHoSo", "TraCuuHoSo" };
	(void)told;
	for (size_t i = 0; i < 3; i++)
		if (strcmp(ask->rest, known[i]) == 0 && strcmp(ask->method, "POST") == 0) {
			*service = known[i];
			return dialect_system(ask, "btxh");
		}
	return NULL;
}

static void btxh_answer(const struct practice_ask *ask, struct world_system *system,
                        const char *service, struct practice_told *told)
{
	char key[64];
	system->calls++;
	if (system->refuse_account ||
	    strcmp(dialect_word(ask->json, "AcceptKey", key, sizeof key), "tap-duyet") != 0)
		told->json = said("-1", "Tài khoản hoặc mật khẩu không đúng");
	else if (strcmp(service, "DongBoDVC") == 0)
		told->json = btxh_take(ask, system);
	else if (strcmp(service, "XuLyHoSo") == 0)
		told->json = btxh_report(ask, system);
	else
		told->json = btxh_show(ask, system);
}

const struct practice_door door_btxh = {
	.prefix = "/apiBTXH/",
	.find = btxh_find,
	.answer = btxh_answer,
};
