/* SPDX-License-Identifier: Apache-2.0
 *
 * Neutral messages in this platform's members (integration: six-step push). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/courier/codec.h"
#include "core/courier/filed.h"
#include "core/courier/igate_fill.h"
#include "core/dossier/lifecycle.h"

static const struct igate_rule dossier_rules[] = {
	{ "MaTTHC", MUST, "procedure.code", NULL, N_("mã thủ tục") },
	{ "MaDichVuCong", FIXED, "", NULL, NULL },
	{ "ChuHoSo", MUST, "owner.name", NULL, N_("chủ hồ sơ") },
	{ "NgayTiepNhan", DASHED, "received_at", NULL, N_("ngày tiếp nhận") },
	{ NULL, COPY, NULL, NULL, NULL },
};

static const struct igate_rule person_rules[] = {
	{ "TenNguoiNop", MUST, "name", NULL, N_("người nộp") },
	{ "SoDinhDanh", MUST, "id_number", NULL, N_("số giấy tờ của người nộp") },
	{ "NgaySinh", COMPACT, "birth", NULL, NULL },
	{ "NgayCapDinhDanh", FIXED, "", NULL, NULL },
	{ "SoDienThoai", COPY, "phone", NULL, NULL },
	{ "Email", COPY, "email", NULL, NULL },
	{ "Fax", FIXED, "", NULL, NULL },
	{ "MaTinh", COPY, "province", NULL, NULL },
	/* Kept on the wire, empty since July 2025. */
	{ "MaHuyen", FIXED, "", NULL, NULL },
	{ "MaXa", COPY, "commune", NULL, NULL },
	{ "DiaChiChiTiet", COPY, "address", NULL, NULL },
	{ NULL, COPY, NULL, NULL, NULL },
};

static const struct igate_rule owner_rules[] = {
	{ "TenChuHs", COPY, "name", NULL, NULL },
	{ "SoDinhDanhChuHs", COPY, "id_number", NULL, NULL },
	{ "MaTinhChuHs", COPY, "province", NULL, NULL },
	{ "MaXaChuHs", COPY, "commune", NULL, NULL },
	{ "DiaChiChiTietChuHs", COPY, "address", NULL, NULL },
	{ NULL, COPY, NULL, NULL, NULL },
};

static const struct igate_rule progress_rules[] = {
	{ "NguoiXuLy", MUST, "officer.name", NULL, N_("người xử lý") },
	{ "ThoiDiemXuLy", STEPPED, "at", NULL, N_("thời điểm xử lý") },
	{ "PhongBanXuLy", COPY, "officer.room", NULL, NULL },
	{ "NoiDungXuLy", COPY, "text", NULL, NULL },
	{ "TrangThai", NUMBER, "status", "status", N_("trạng thái") },
	{ "NgayBatDau", STEP, "starts_at", NULL, NULL },
	{ "NgayKetThucTheoQuyDinh", STEP, "due_at", NULL, NULL },
	{ NULL, COPY, NULL, NULL, NULL },
};

static const struct igate_rule status_rules[] = {
	{ "TrangThai", NUMBER, "status", "status", N_("trạng thái") },
	{ "NoiDungYKien", FIXED, "", NULL, NULL },
	{ "PhongBanXuLy", COPY, "officer.room", NULL, NULL },
	{ "NoiDungXuLy", COPY, "text", NULL, NULL },
	{ NULL, COPY, NULL, NULL, NULL },
};

/* Citizen, enterprise or household business: an organisation is called one only
 * when its tax number says so. */
static bool put_kind(const struct profile *profile, const json_t *party, json_t *out,
                     struct error *err)
{
	char kind[64], id_kind[16];
	codec_text(party, "kind", kind, sizeof kind - 20);
	codec_text(party, "id_kind", id_kind, sizeof id_kind);
	size_t n = strlen(kind);
	snprintf(kind + n, sizeof kind - n, ":%s", id_kind);
	const char *theirs = profile_map(profile, "owner_kind", kind);
	kind[n] = '\0';
	if (!theirs)
		theirs = profile_map(profile, "owner_kind", kind);
	if (!theirs)
		return igate_unmapped(profile, N_("loại đối tượng"), kind, err);
	igate_put(profile, out, "LoaiDoiTuong", json_integer(atol(theirs)));
	return true;
}

static json_t *papers(const struct profile *profile, const struct call_facts *facts, size_t component)
{
	json_t *list = json_array();
	size_t i;
	json_t *file;
	json_array_foreach((json_t *)(uintptr_t)facts->files, i, file) {
		char name[512], id[64], hash[160];
		if (json_integer_value(json_object_get(file, "component")) != (json_int_t)component)
			continue;
		const json_t *there = igate_file(facts, file);
		json_t *paper = json_object();
		igate_put(profile, paper, "IdGiayTo", json_string(codec_text(there, "id", id, sizeof id)));
		igate_put(profile, paper, "MaKetQua", json_string(""));
		igate_put(profile, paper, "TenGiayTo",
		    json_string(codec_text(file, "name", name, sizeof name)));
		igate_put(profile, paper, "HashTepTin",
		    json_string(codec_text(there, "hash", hash, sizeof hash)));
		json_array_append_new(list, paper);
	}
	return list;
}

static bool put_component(const struct profile *profile, const struct call_facts *facts,
                          size_t at, const json_t *component, json_t *list, struct error *err)
{
	char name[2048], action[16], state[16];
	long originals = 0, copies = 0;
	json_t *files = papers(profile, facts, at);
	codec_text(component, "action", action, sizeof action);
	codec_text(component, "state", state, sizeof state);
	codec_text(component, "name", name, sizeof name);
	codec_number(json_object_get(component, "originals"), &originals);
	codec_number(json_object_get(component, "copies"), &copies);
	if (!*name || (!json_array_size(files) &&
	               (strcmp(action, "submit") != 0 || strcmp(state, "ok") != 0))) {
		json_decref(files);
		return true;
	}
	const char *ours = json_array_size(files) ? "electronic"
	                   : originals || !copies ? "original"
	                                          : "copy";
	const char *theirs = profile_map(profile, "paper_kind", ours);
	if (!theirs) {
		json_decref(files);
		return igate_unmapped(profile, N_("loại giấy tờ"), ours, err);
	}
	long count = originals + copies;
	json_t *out = json_object();
	igate_put(profile, out, "MaThanhPhanHoSo", json_string(""));
	igate_put(profile, out, "TenThanhPhanHoSo", json_string(name));
	igate_put(profile, out, "SoLuong", json_integer(count > 0 ? count : 1));
	igate_put(profile, out, "LoaiBan", json_integer(atol(theirs)));
	igate_put(profile, out, "GiayToDinhKem", files);
	json_array_append_new(list, out);
	return true;
}

static bool put_applicant(const struct profile *profile, const json_t *payload, json_t *out,
                          struct error *err)
{
	const json_t *owner = json_object_get(payload, "owner");
	const json_t *submitter = json_object_get(payload, "submitter");
	const json_t *person = json_is_object(submitter) ? submitter : owner;
	json_t *applicant = json_object(), *details = json_object();
	bool good = put_kind(profile, person, applicant, err) &&
	            igate_fill(profile, person_rules, person, details, err) &&
	            igate_fill(profile, owner_rules, owner, details, err);
	igate_put(profile, applicant, "IdDoiTuong", json_string(""));
	igate_put(profile, applicant, "ThongTinChiTiet", details);
	igate_put(profile, out, "ThongTinNguoiNop", applicant);
	return good;
}

/* When it was filed, where that is known. */
static void put_filed(const struct profile *profile, const json_t *payload, json_t *out)
{
	char when[24];
	struct filed filed = filed_of(payload);
	if (filed.at != MOMENT_NONE && codec_write("sql", filed.at, when, sizeof when))
		igate_put(profile, out, "NgayNop", json_string(when));
}

/* The object when all went well. */
static json_t *whole(json_t *out, bool good)
{
	if (good)
		return out;
	json_decref(out);
	return NULL;
}

json_t *igate_dossier(const struct profile *profile, const struct call_facts *facts,
                      struct error *err)
{
	const char *agency = igate_agency(profile, facts);
	const char *own = profile_text(profile, "own_code", "");
	json_t *out = json_object(), *components = json_array();
	put_filed(profile, facts->payload, out);
	igate_put(profile, out, "MaHoSo", json_string(igate_number(facts)));
	if (*own)
		json_object_set_new(out, own, json_string(facts->code));
	igate_put(profile, out, "MaDonViTiepNhan", json_string(agency));
	igate_put(profile, out, "EformThongTinChiTiet", json_object());
	igate_put(profile, out, "ThanhPhanHoSo", components);
	bool good = (*igate_number(facts) || igate_missing(profile, N_("mã hồ sơ bên nhận"), err)) &&
	            (*agency || igate_missing(profile, N_("mã đơn vị tiếp nhận"), err)) &&
	            igate_fill(profile, dossier_rules, facts->payload, out, err) &&
	            put_kind(profile, json_object_get(facts->payload, "owner"), out, err) &&
	            igate_put_fees(profile, facts->payload, out, err) &&
	            put_applicant(profile, facts->payload, out, err);
	const json_t *list = json_object_get(facts->payload, "components");
	for (size_t i = 0; good && i < json_array_size(list); i++)
		good = put_component(profile, facts, i, json_array_get(list, i), components, err);
	return whole(out, good);
}

/* Which dossier, under the spelling this call wants; what was done in words. */
static bool begin_item(const struct profile *profile, const struct call_facts *facts,
                       const char *id_name, const struct igate_rule *rules, json_t *out,
                       struct error *err)
{
	char status[8];
	if (!*igate_id(facts))
		return igate_missing(profile, N_("mã định danh bên nhận"), err);
	igate_put(profile, out, id_name, json_string(igate_id(facts)));
	igate_put(profile, out, "MaHoSo", json_string(igate_number(facts)));
	if (!igate_fill(profile, rules, facts->payload, out, err))
		return false;
	const char *done = igate_name(profile, "NoiDungXuLy");
	if (!*json_string_value(json_object_get(out, done)))
		json_object_set_new(out, done,
		                    json_string(status_name(atoi(codec_text(
					    facts->payload, "status", status, sizeof status)))));
	return true;
}

json_t *igate_progress(const struct profile *profile, const struct call_facts *facts,
                       struct error *err)
{
	json_t *out = json_object();
	return whole(out, begin_item(profile, facts, "IDHoSo", progress_rules, out, err));
}

/* Papers of a result, {name, link, code}: only with 5, 6 and 9, as they demand. */
static void put_results(const struct profile *profile, const json_t *payload, json_t *out)
{
	char status[8], text[2048];
	int number = atoi(codec_text(payload, "status", status, sizeof status));
	const json_t *results = json_object_get(payload, "results");
	if (!json_array_size(results) || (number != 5 && number != 6 && number != 9))
		return;
	json_t *list = json_array();
	for (size_t i = 0; i < json_array_size(results); i++) {
		const json_t *result = json_array_get(results, i);
		json_t *one = json_object();
		igate_put(profile, one, "TenGiayTo",
		    json_string(codec_text(result, "name", text, sizeof text)));
		igate_put(profile, one, "MaThanhPhanHoSo", json_string(""));
		igate_put(profile, one, "GiayToId",
		    json_string(codec_text(result, "id", text, sizeof text)));
		igate_put(profile, one, "DuongDanTepTinKetQua",
		    json_string(codec_text(result, "link", text, sizeof text)));
		igate_put(profile, one, "MaGiayToKetQua",
		    json_string(codec_text(result, "code", text, sizeof text)));
		json_array_append_new(list, one);
	}
	igate_put(profile, out, "DanhSachGiayToKetQua", list);
}

json_t *igate_status(const struct profile *profile, const struct call_facts *facts,
                     struct error *err)
{
	json_t *out = json_object();
	bool good = begin_item(profile, facts, "IdHoSo", status_rules, out, err) &&
	            (!json_array_size(json_object_get(facts->payload, "fees")) ||
	             igate_put_fees(profile, facts->payload, out, err));
	if (good)
		put_results(profile, facts->payload, out);
	return whole(out, good);
}
