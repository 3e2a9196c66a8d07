/* SPDX-License-Identifier: Apache-2.0
 *
 * Civil status, as the justice ministry's services take it: everything in JSON,
 * the form as JSON in a string, files as base64, results fetched by whoever
 * wants them.  status "1" is good there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/dialect.h"
#include "core/practice/told.h"

#define WHEN "dd/MM/yyyy HH:mm:ss"
#define MODULES " LTKS LTKT LTKH KS KT KH HN BS "

static json_t *good(void)
{
	return json_pack("{s:s, s:s}", "status", "1", "statusDescription", "Tiếp nhận thành công");
}

static json_t *bad(const char *code, const char *words, const char *more)
{
	char text[1000];
	snprintf(text, sizeof text, "%s%s%s", words, *more ? ": " : "", more);
	return json_pack("{s:s, s:s, s:s}", "status", "0", "errorCode", code, "errorDescription",
	                 text);
}

/* Their word for where a dossier stands: 1 taken, 2 to be supplemented, 3 good,
 * 4 done, 6 refused. */
static const char *state_of(int status)
{
	static const char *const words[] = { "0", "1", "1", "6", "3", "2", "3", "6", "6", "4", "4" };
	return words[status >= 0 && status <= 10 ? status : 0];
}

static void check_files(struct complaint *complaint, const json_t *request)
{
	size_t i;
	json_t *file;
	if (!must_list(complaint, request, "fileDinhKem"))
		return;
	json_array_foreach(json_object_get(request, "fileDinhKem"), i, file) {
		must_fill(complaint, file, "tenGiayTo");
		must_fill(complaint, file, "tenTepDinhKem");
		must_be(complaint, file, "huyGiayTo", " 0 1 ");
		must_base64(complaint, file, "duLieuTepDinhKem");
	}
}

static json_t *form_of(struct complaint *complaint, const json_t *request)
{
	const char *text = json_string_value(json_object_get(request, "data"));
	json_t *form = text ? json_loads(text, 0, NULL) : NULL;
	if (!form) {
		complain_of(complaint, "data", "không đọc được");
		return NULL;
	}
	must_fill(complaint, form, "hoTen");
	must_be(complaint, form, "loaiDoiTuong", " 1 2 ");
	must_fill(complaint, form, "maThuTuc");
	return form;
}

/* What is kept of the files: names and sizes, not the bytes. */
static json_t *kept_fields(const json_t *request, const json_t *form)
{
	struct complaint ignored = { 0 };
	json_t *fields = json_deep_copy(request);
	size_t i;
	json_t *file;
	json_array_foreach(json_object_get(fields, "fileDinhKem"), i, file) {
		long size = must_base64(&ignored, file, "duLieuTepDinhKem");
		json_object_del(file, "duLieuTepDinhKem");
		json_object_set_new(file, "bytes", json_integer(size));
	}
	json_object_set(fields, "data", (json_t *)(uintptr_t)form);
	return fields;
}

static json_t *take(const struct practice_ask *ask, struct world_system *system)
{
	struct complaint complaint = { .join = "…n" };
	char code[64], module[8], wire[16], text[160];
	must_fill(&complaint, ask->json, "maDonVi");
	must_be(&complaint, ask->json, "module", MODULES);
	must_fill(&complaint, ask->json, "maHoSoMCDT");
	must_when(&complaint, ask->json, "ngayTiepNhan", WHEN, wire);
	check_files(&complaint, ask->json);
	json_t *form = form_of(&complaint, ask->json);
	if (complaint.text[0]) {
		json_decref(form);
		return bad("200", "RECORD_UNCOMPLETE", complaint.text);
	}
	dialect_word(ask->json, "maHoSoMCDT", code, sizeof code);
	dialect_word(ask->json, "module", module, sizeof module);
	json_t *kept = world_kept(system, code), *reply = good();
	bool supplement = strcmp(module, "BS") == 0;
	json_t *fields = kept_fields(ask->json, form);
	if (supplement && !kept) {
		json_decref(reply);
		reply = bad("201", "RECORD_NOT_FOUND", "");
	} else if (kept && !supplement) {
		json_object_set_new(kept, "duplicates",
		                    json_integer(json_integer_value(
						 json_object_get(kept, "duplicates")) + 1));
		snprintf(text, sizeof text, "Hồ sơ %s đã được tiếp nhận", code);
		json_decref(reply);
		reply = bad("302", "DATA_DUPLICATE", text);
	} else {
		if (kept)
			json_object_set(kept, "fields", fields);
		else
			kept = world_keep(ask->world, system, code, "", fields, 2, ask->now);
		world_note(ask->world, kept, supplement ? "update" : "add", "2", wire, ask->now);
		/* What they waited for has come: they go on. */
		if (supplement && dialect_status(kept) == 5)
			told_step(system, code, kept, "4", "Đã nhận bổ sung", ask->now);
		json_object_set(reply, "maHoSoLT", json_object_get(kept, "number"));
	}
	json_decref(fields);
	json_decref(form);
	return reply;
}

/* When the status of now began: the last line of its history, else reception. */
static const char *since(const json_t *kept, char *out, size_t room)
{
	const json_t *steps = json_object_get(kept, "steps");
	char wire[16] = "";
	const json_t *last = json_array_get(steps, json_array_size(steps) - 1);
	if (last) {
		dialect_word(last, "ThoiDiemXuLy", wire, sizeof wire);
		return moment_to(wire, WHEN, out, room);
	}
	return dialect_word(json_object_get(kept, "fields"), "ngayTiepNhan", out, room);
}

static json_t *value_of(const char *code, const json_t *kept)
{
	char at[32], received[32];
	int status = dialect_status(kept);
	json_t *value = json_pack(
		"{s:s, s:O, s:s, s:s, s:s}", "maHoSoMCDT", code, "maHoSoLT",
		json_object_get(kept, "number"), "trangThai", state_of(status), "ngayCapNhat",
		since(kept, at, sizeof at), "ngayTiepNhan",
		dialect_word(json_object_get(kept, "fields"), "ngayTiepNhan", received, sizeof received));
	/* The extract, as base64 of a little text that says what it is. */
	if (status == 9 || status == 10)
		json_object_set_new(value, "ketQuaXuLy",
		                    json_pack("{s:s, s:s, s:s, s:s}", "soDangKy", "12/2026",
		                              "quyenSo", "01", "trangSo", "12", "giayXacNhan",
		                              "QuG6o24gc2FvIHThuq1wIGR1eeG7h3Q="));
	return value;
}

static json_t *ask_one(const struct practice_ask *ask, struct world_system *system)
{
	char any[64];
	const char *code = NULL;
	json_t *kept = dialect_kept(system, dialect_word(ask->json, "maHoSo", any, sizeof any), &code);
	if (!kept)
		return bad("201", "RECORD_NOT_FOUND", "");
	json_t *reply = good();
	json_object_set_new(reply, "value", json_pack("[o]", value_of(code, kept)));
	return reply;
}

/* A list of codes, or all since a day. */
static json_t *ask_many(const struct practice_ask *ask, struct world_system *system)
{
	const json_t *codes = json_object_get(ask->json, "dsMaHoSo");
	if (!dialect_few(system, codes))
		return bad("302", "DATA_INCORRECT", "Quá 10 hồ sơ một lần");
	json_t *reply = good(), *values = json_array();
	const char *code;
	json_t *kept, *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)codes, i, one)
		if (json_is_string(one) &&
		    (kept = dialect_kept(system, json_string_value(one), &code)))
			json_array_append_new(values, value_of(code, kept));
	if (!codes)
		json_object_foreach(system->dossiers, code, kept)
			json_array_append_new(values, value_of(code, kept));
	json_object_set_new(reply, "value", values);
	return reply;
}

static struct world_system *find(const struct practice_ask *ask, const char **service,
                                 struct practice_told *told)
{
	static const char *const known[] = { "nhanHoSoDKHT", "traTrangThaiHoSo", "traDanhSachHoSo" };
	(void)told;
	for (size_t i = 0; i < 3; i++)
		if (strcmp(ask->rest, known[i]) == 0 && strcmp(ask->method, "POST") == 0) {
			*service = known[i];
			return dialect_system(ask, "tu-phap");
		}
	return NULL;
}

static void answer(const struct practice_ask *ask, struct world_system *system, const char *service,
                   struct practice_told *told)
{
	if (!dialect_bearer(ask, system, told))
		return;
	if (!json_is_object(ask->json))
		told->json = bad("302", "DATA_TYPE_INVALID", "");
	else if (strcmp(service, "nhanHoSoDKHT") == 0)
		told->json = take(ask, system);
	else if (strcmp(service, "traTrangThaiHoSo") == 0)
		told->json = ask_one(ask, system);
	else
		told->json = ask_many(ask, system);
}

const struct practice_door door_ho_tich = {
	.prefix = "/apiHoTichTuPhap/",
	.find = find,
	.answer = answer,
};
