/* SPDX-License-Identifier: Apache-2.0
 *
 * Criminal records: a key in every body, files as base64, results fetched by
 * whoever asks for them and marked as fetched after.  status "1" is good there;
 * where a dossier stands is a number of theirs, 9 and 10 for "there is one". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/dialect.h"
#include "core/practice/told.h"

#define WHEN "dd/MM/yyyy HH:mm:ss"

static json_t *good(const char *words)
{
	return json_pack("{s:s, s:s}", "status", "1", "statusDescription", words);
}

static json_t *bad(const char *code, const char *words)
{
	return json_pack("{s:s, s:s, s:s}", "status", "0", "errorCode", code, "errorDescription",
	                 words);
}

static const char *state_of(int status)
{
	static const char *const words[] = { "0", "0", "1", "7", "3", "5", "5", "7", "7", "9", "10" };
	return words[status >= 0 && status <= 10 ? status : 0];
}

static void check(struct complaint *complaint, const json_t *request, char wire[16])
{
	const json_t *form = json_object_get(request, "toKhai");
	size_t i;
	json_t *file;
	must_fill(complaint, request, "maTinh");
	must_fill(complaint, request, "maHoSoMCDT");
	must_be(complaint, request, "nguonDangKy", " 1 2 3 ");
	must_when(complaint, request, "ngayTiepNhan", WHEN, wire);
	must_fill(complaint, form, "hoTen");
	must_fill(complaint, form, "soDinhDanh");
	must_fill(complaint, form, "ngaySinh");
	must_list(complaint, form, "fileHoSo");
	json_array_foreach(json_object_get(form, "fileHoSo"), i, file) {
		must_fill(complaint, file, "tenLoaiFile");
		must_fill(complaint, file, "tenFile");
		/* The world keeps names and sizes, not the bytes. */
		json_object_set_new(file, "bytes",
		                    json_integer(must_base64(complaint, file, "noiDungFile")));
		json_object_del(file, "noiDungFile");
	}
}

static json_t *take(const struct practice_ask *ask, struct world_system *system)
{
	struct complaint complaint = { 0 };
	char code[64], wire[16];
	check(&complaint, ask->json, wire);
	if (complaint.text[0])
		return bad("200", complaint.text);
	dialect_word(ask->json, "maHoSoMCDT", code, sizeof code);
	json_t *kept = world_kept(system, code);
	if (kept) {
		json_object_set_new(kept, "duplicates",
		                    json_integer(json_integer_value(
						 json_object_get(kept, "duplicates")) + 1));
		return bad("302", "Hồ sơ đã được tiếp nhận");
	}
	json_t *fields = json_deep_copy(ask->json);
	json_object_del(fields, "authKey");
	kept = world_keep(ask->world, system, code, "", fields, 2, ask->now);
	json_decref(fields);
	world_note(ask->world, kept, "add", "2", wire, ask->now);
	return good("Tiếp nhận thành công");
}

/* The record: its number, its day, and a paper that says what it is. */
static json_t *result_of(const char *code, const json_t *kept, const char *when)
{
	struct bytes paper = { 0 }, coded = { 0 };
	char number[80], theirs[64], day[24];
	bytes_format(&paper, "%%PDF-1.4\n%% Phiếu lý lịch tư pháp tập duyệt của hồ sơ %s\n%%%%EOF\n", code);
	told_base64(&coded, &paper);
	snprintf(number, sizeof number, "%s/LLTP", dialect_word(kept, "number", theirs, sizeof theirs));
	json_t *result = json_pack("{s:s, s:s, s:s}", "soPhieuLLTP", number, "ngayCapPhieu",
	                           moment_to(when, "dd/MM/yyyy", day, sizeof day), "phieuLLTP",
	                           bytes_string(&coded));
	bytes_free(&paper);
	bytes_free(&coded);
	return result;
}

static json_t *value_of(const char *code, const json_t *kept)
{
	const json_t *steps = json_object_get(kept, "steps");
	const json_t *last = json_array_get(steps, json_array_size(steps) - 1);
	char wire[16], at[32], received[32];
	int status = dialect_status(kept);
	dialect_word(json_object_get(kept, "fields"), "ngayTiepNhan", received, sizeof received);
	dialect_word(last, "ThoiDiemXuLy", wire, sizeof wire);
	json_t *value = json_pack("{s:s, s:s, s:s, s:s}", "maHoSoMCDT", code, "trangThaiXuLy",
	                          state_of(status), "ngayCapNhat",
	                          last ? moment_to(wire, WHEN, at, sizeof at) : received,
	                          "ngayTiepNhan", received);
	if (status >= 9)
		json_object_set_new(value, "ketQuaXuLy", result_of(code, kept, wire));
	return value;
}

/* Those asked for, or all there are. */
static json_t *show(const struct practice_ask *ask, struct world_system *system)
{
	const json_t *codes = json_object_get(ask->json, "dsMaHoSo");
	if (!dialect_few(system, codes))
		return bad("302", "Quá 10 hồ sơ một lần");
	json_t *reply = good("Thành công"), *values = json_array(), *kept, *one;
	const char *code;
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

/* Only what has a result can be marked as fetched. */
static json_t *mark(const struct practice_ask *ask, struct world_system *system)
{
	size_t i;
	json_t *one;
	const json_t *codes = json_object_get(ask->json, "dsMaHoSo");
	if (!json_array_size(codes))
		return bad("302", "dsMaHoSo không được để trống");
	json_array_foreach((json_t *)(uintptr_t)codes, i, one) {
		const char *code = json_is_string(one) ? json_string_value(one) : "";
		json_t *kept = world_kept(system, code);
		if (!kept || dialect_status(kept) < 9)
			return bad("201", "RECORD_NOT_FOUND");
		told_taken(ask->world, system, code);
	}
	return good("Đánh dấu thành công");
}

static struct world_system *find(const struct practice_ask *ask, const char **service,
                                 struct practice_told *told)
{
	static const char *const known[] = { "nhanHoSo", "traDanhSachHoSo", "danhDauHsThanhCong" };
	(void)told;
	for (size_t i = 0; i < 3; i++)
		if (strcmp(ask->rest, known[i]) == 0 && strcmp(ask->method, "POST") == 0) {
			*service = known[i];
			return dialect_system(ask, "lltp");
		}
	return NULL;
}

static void answer(const struct practice_ask *ask, struct world_system *system, const char *service,
                   struct practice_told *told)
{
	char key[64];
	dialect_word(ask->json, "authKey", key, sizeof key);
	system->calls++;
	if (!json_is_object(ask->json)) {
		told->json = bad("302", "DATA_TYPE_INVALID");
	} else if (system->refuse_account || strcmp(key, "tap-duyet") != 0) {
		told->status = 401;
		told->json = bad("100", "AUTHEN_ERROR");
	} else {
		told->json = strcmp(service, "nhanHoSo") == 0          ? take(ask, system)
		             : strcmp(service, "traDanhSachHoSo") == 0 ? show(ask, system)
		                                                       : mark(ask, system);
	}
}

const struct practice_door door_lltp = {
	.prefix = "/apiLLTP/",
	.find = find,
	.answer = answer,
};
