/* SPDX-License-Identifier: Apache-2.0
 *
 * The land system calls the desk: its number of the dossier, then every step of
 * its own work. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/callback.h"
#include "core/practice/dialect.h"

#define WHEN "yyyy-MM-ddTHH:mm:ss"

static const json_t *step_at(const json_t *kept, json_int_t nth)
{
	return nth < 0 ? NULL : json_array_get(json_object_get(kept, "steps"), (size_t)nth);
}

static void put_when(json_t *body, const json_t *step)
{
	char wire[16], at[40];
	json_object_set_new(body, "ThoiGian",
	                    json_string(moment_to(dialect_word(step, "ThoiDiemXuLy", wire, sizeof wire), WHEN, at, sizeof at)));
}

static void put_result(const struct world_system *system, const char *code, json_t *body)
{
	char link[160];
	/* As look_up in dat_dai.c gives it: the same paper. */
	snprintf(link, sizeof link, "http://ip-ss-donvi:8080/%s/vbdlis/tep/%s", system->code, code);
	json_object_set_new(body, "DanhSachGiayToKetQua",
	                    json_pack("[{s:s, s:s, s:s}]", "TenGiayTo", "Giấy chứng nhận (tập duyệt)", "KieuFile",
	                              "application/pdf", "LinkFile", link));
}

/* The name of the call that such a step becomes, and what only that one holds. */
static const char *told_as(const struct world_system *system, const char *code, const json_t *step,
                           const json_t *before, json_t *body)
{
	char word[48], was[48], text[200];
	int status = atoi(dialect_word(step, "TrangThai", word, sizeof word));
	json_object_set_new(body, "NoiDung", json_string(dialect_word(step, "NoiDungXuLy", text, sizeof text)));
	if (status == 5) {
		json_object_set_new(body, "LaTamDung", json_true());
		return "ChoBoSung";
	}
	if (status == 4 && before && atoi(dialect_word(before, "TrangThai", was, sizeof was)) == 5)
		return "DaBoSung";
	if (status == 8 || status == 9) {
		json_object_set_new(body, "TrangThaiKetThuc", json_string(status == 9 ? "DaGiaiQuyet" : "TuChoi"));
		if (status == 9)
			put_result(system, code, body);
		return "KetThuc";
	}
	json_object_set_new(body, "TrangThai", status ? json_integer(status * 10) : json_string(word));
	return "DongBoTrangThaiLuanChuyen";
}

json_t *dat_dai_says(const struct world_system *system, const char *code, const json_t *kept,
                     const char **name)
{
	json_int_t said = json_integer_value(json_object_get(kept, "said"));
	const json_t *step = step_at(kept, said - 1);
	if (said && !step)
		return NULL;
	json_t *body = json_pack("{s:s, s:O}", "MaHoSoMotCua", code, "SoBienNhanLienThong",
	                         json_object_get(kept, "number"));
	*name = "CungCapSoBienNhan";
	if (step) {
		put_when(body, step);
		*name = told_as(system, code, step, step_at(kept, said - 2), body);
	}
	return body;
}

void dat_dai_said(json_t *kept)
{
	json_int_t said = json_integer_value(json_object_get(kept, "said"));
	json_object_set_new(kept, "said", json_integer(said + 1));
}
