/* SPDX-License-Identifier: Apache-2.0
 *
 * The wire fields of the national exchange, one table line each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/courier/agency.h"
#include "core/courier/codec.h"
#include "core/courier/filed.h"
#include "core/courier/ndxp.h"
#include "core/dossier/lifecycle.h"

enum how {
	COPY,  /* the text, "" when we have none              */
	MUST,  /* the text, which must not be empty           */
	WHEN,  /* a moment, "" when none                      */
	DATED, /* a moment, which must be there               */
	CODE,  /* through the profile's map, which must know it */
	FIXED, /* the text in `from` itself                   */
};

struct rule {
	const char *wire;
	enum how how;
	const char *from;  /* "member" or "object.member" of the payload */
	const char *map;   /* CODE */
	size_t longest;    /* characters, 0: any; the rest is cut off     */
	const char *label; /* for the clerk, when it is missing          */
};

static const struct rule dossier_rules[] = {
	{ "MaHoSo", MUST, "code", NULL, 0, N_("mã hồ sơ") },
	{ "MaTTHC", MUST, "procedure.code", NULL, 0, N_("mã thủ tục") },
	{ "TenTTHC", MUST, "procedure.name", NULL, 0, N_("tên thủ tục") },
	{ "KenhThucHien", CODE, "channel", "channel", 0, N_("kênh nộp") },
	{ "SoGiayToChuHoSo", COPY, "owner.id_number", NULL, 0, NULL },
	{ "ChuHoSo", MUST, "owner.name", NULL, 0, N_("chủ hồ sơ") },
	{ "LoaiDoiTuong", CODE, "owner.kind", "owner_kind", 0, N_("loại đối tượng") },
	{ "MaDoiTuong", FIXED, "", NULL, 0, NULL },
	{ "ThongTinKhac", FIXED, "", NULL, 0, NULL },
	{ "Email", COPY, "owner.email", NULL, 0, NULL },
	{ "Fax", FIXED, "", NULL, 0, NULL },
	{ "SoDienThoai", COPY, "owner.phone", NULL, 0, NULL },
	{ "TrichYeuHoSo", COPY, "summary", NULL, 1000, NULL },
	{ "NgayTiepNhan", DATED, "received_at", NULL, 0, N_("ngày tiếp nhận") },
	{ "NgayHenTra", WHEN, "due_at", NULL, 0, NULL },
	{ "TrangThaiHoSo", CODE, "status", "status", 0, N_("trạng thái") },
	{ "NgayTra", FIXED, "", NULL, 0, NULL },
	{ "ThongTinTra", FIXED, "", NULL, 0, NULL },
	{ "HinhThuc", CODE, "result_by", "result_by", 0, N_("hình thức nhận kết quả") },
	{ "NgayKetThucXuLy", FIXED, "", NULL, 0, NULL },
	{ "DonViXuLy", MUST, "unit.name", NULL, 0, N_("đơn vị xử lý") },
	{ "GhiChu", FIXED, "", NULL, 0, NULL },
	{ "NgayTuChoi", FIXED, "", NULL, 0, NULL },
};

static const struct rule progress_rules[] = {
	{ "MaHoSo", MUST, "code", NULL, 0, N_("mã hồ sơ") },
	{ "NguoiXuLy", MUST, "officer.name", NULL, 50, N_("người xử lý") },
	{ "ChucDanh", COPY, "officer.title", NULL, 0, NULL },
	{ "ThoiDiemXuLy", DATED, "at", NULL, 0, N_("thời điểm xử lý") },
	{ "PhongBanXuLy", COPY, "officer.room", NULL, 0, NULL },
	{ "NoiDungXuLy", COPY, "text", NULL, 0, NULL },
	{ "TrangThai", CODE, "status", "status", 0, N_("trạng thái") },
	{ "NgayBatDau", WHEN, "starts_at", NULL, 0, NULL },
	{ "NgayKetThucTheoQuyDinh", WHEN, "due_at", NULL, 0, NULL },
};

/* The member at "a" or "a.b" as text, numbers written out. */
static const char *fact(const json_t *payload, const char *path, char *out, size_t room)
{
	const char *dot = strchr(path, '.');
	if (!dot)
		return codec_text(payload, path, out, room);
	char object[24];
	snprintf(object, sizeof object, "%.*s", (int)(dot - path), path);
	return codec_text(json_object_get(payload, object), dot + 1, out, room);
}

static bool missing(const struct profile *profile, const char *label, struct error *err)
{
	return fail(err, FAULT_INPUT, _("Chưa gửi được tới %s: hồ sơ thiếu %s"), profile->name,
	            _(label));
}

static void cut(char *text, size_t longest)
{
	size_t count = 0;
	for (char *at = text; *at; at++)
		if (((unsigned char)*at & 0xC0) != 0x80 && ++count > longest) {
			*at = '\0';
			return;
		}
}

static bool fill_when(const struct profile *profile, const struct rule *rule, char *text,
                      size_t room, struct error *err)
{
	moment_t at = codec_moment(text);
	if (at == MOMENT_NONE && (*text || rule->how == DATED))
		return missing(profile, rule->label ? rule->label : rule->wire, err);
	if (at != MOMENT_NONE)
		moment_write_wire(at, text, room);
	return true;
}

static bool fill(const struct profile *profile, const struct rule *rule, const json_t *payload,
                 json_t *out, struct error *err)
{
	char text[8192];
	const char *value = text;
	if (rule->how == FIXED)
		value = rule->from;
	else
		fact(payload, rule->from, text, sizeof text);
	switch (rule->how) {
	case COPY:
	case FIXED:
		break;
	case MUST:
		if (!*text)
			return missing(profile, rule->label, err);
		break;
	case WHEN:
	case DATED:
		if (!fill_when(profile, rule, text, sizeof text, err))
			return false;
		break;
	case CODE:
		value = profile_map(profile, rule->map, text);
		if (!value)
			return fail(err, FAULT_INPUT,
			            _("Chưa gửi được tới %s: %s “%s” chưa có mã tương ứng bên "
			              "nhận"),
			            profile->name, _(rule->label), text);
		break;
	}
	if (rule->longest && value == text)
		cut(text, rule->longest);
	json_t *string = json_string(value);
	if (!string)
		return missing(profile, rule->label ? rule->label : rule->wire, err);
	json_object_set_new(out, rule->wire, string);
	return true;
}

static json_t *fill_all(const struct profile *profile, const struct rule *rules, size_t count,
                        const json_t *payload, struct error *err)
{
	json_t *out = json_object();
	for (size_t i = 0; i < count; i++)
		if (!fill(profile, &rules[i], payload, out, err)) {
			json_decref(out);
			return NULL;
		}
	return out;
}

/* A paper is digitised when a file of it is kept; that no link to the file goes with the
 * message is told by the empty link. */
static bool digitised(const json_t *component)
{
	return json_array_size(json_object_get(component, "files")) > 0;
}

/* Papers that were handed in, or used again; *any: one of them is digitised. */
static json_t *papers(const json_t *payload, bool *any)
{
	json_t *list = json_array();
	size_t i;
	json_t *component;
	json_array_foreach(json_object_get(payload, "components"), i, component) {
		char name[2048], action[16], state[16];
		codec_text(component, "action", action, sizeof action);
		codec_text(component, "state", state, sizeof state);
		codec_text(component, "name", name, sizeof name);
		bool reused = json_is_true(json_object_get(component, "reused"));
		if (!*name || (strcmp(action, "submit") != 0 && !reused) || strcmp(state, "ok") != 0)
			continue;
		cut(name, 1000);
		*any |= digitised(component);
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "TenTepDinhKem", name,
		                        "IsDeleted", "False", "MaThanhPhanHoSo", "",
		                        "DuongDanTaiTepTin", "", "DuocSoHoa", digitised(component) ? "1" : "0", "DuocTaiSuDung",
		                        reused ? "1" : "0", "DuocLayTuKhoDMQG", "0"));
	}
	return list;
}

static json_t *fees(const struct profile *profile, const json_t *payload, struct error *err)
{
	json_t *list = json_array();
	size_t i;
	json_t *fee;
	json_array_foreach(json_object_get(payload, "fees"), i, fee) {
		char name[512], amount[24], paid[16];
		codec_text(fee, "name", name, sizeof name);
		codec_text(fee, "amount", amount, sizeof amount);
		codec_text(fee, "paid", paid, sizeof paid);
		const char *how = profile_map(profile, "fee_paid", paid);
		if (!how) {
			fail(err, FAULT_INPUT,
			     _("Chưa gửi được tới %s: cách thu phí “%s” chưa có mã tương ứng bên "
			       "nhận"),
			     profile->name, paid);
			json_decref(list);
			return NULL;
		}
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "TenPhiLePhi",
		                                      name, "MaPhiLePhi", "", "HinhThucThu", how,
		                                      "Gia", amount, "LoaiPhiLePhi", "1"));
	}
	return list;
}

static json_t *identity(const json_t *payload)
{
	char kind[16], number[32];
	const json_t *owner = json_object_get(payload, "owner");
	codec_text(owner, "id_kind", kind, sizeof kind);
	codec_text(owner, "id_number", number, sizeof number);
	const char *theirs = strcmp(kind, "cccd") == 0 ? "1" : strcmp(kind, "cmnd") == 0 ? "2" : NULL;
	if (!theirs || !*number)
		return json_array();
	return json_pack("[{s:s, s:s}]", "LoaiDinhDanh", theirs, "SoDinhDanh", number);
}

static json_t *wire_moment(const json_t *object, const char *name)
{
	char text[48], wire[16] = "";
	moment_t at = codec_moment(codec_text(object, name, text, sizeof text));
	if (at != MOMENT_NONE)
		moment_write_wire(at, wire, sizeof wire);
	return json_string(wire);
}

static json_t *brought(const json_t *names)
{
	json_t *list = json_array(), *name;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)names, i, name)
		json_array_append_new(list, json_pack("{s:O, s:s, s:s, s:s, s:s, s:s, s:s}", "TenTepDinhKem", name,
		                                      "IsDeleted", "False", "MaThanhPhanHoSo", "", "DuongDanTaiTepTin",
		                                      "", "DuocSoHoa", "0", "DuocTaiSuDung", "0", "DuocLayTuKhoDMQG", "0"));
	return list;
}

/* What was asked and has been brought since; a question that is open stays theirs
 * to tell. */
static json_t *supplements(const json_t *payload)
{
	json_t *list = json_array(), *one;
	size_t i;
	json_array_foreach(json_object_get(payload, "supplements"), i, one) {
		char by[200], text[2048], taken_by[200], said[1024];
		json_array_append_new(list, json_pack(
			"{s:I, s:s, s:s, s:o, s:s, s:s, s:o, s:b, s:o, s:[], s:o, s:o}", "HoSoBoSungId",
			json_integer_value(json_object_get(one, "id")), "NguoiYeuCauBoSung",
			codec_text(one, "by", by, sizeof by), "NoiDungBoSung", codec_text(one, "text", text, sizeof text),
			"NgayBoSung", wire_moment(one, "asked_at"), "NguoiTiepNhanBoSung",
			codec_text(one, "taken_by", taken_by, sizeof taken_by), "ThongTinTiepNhan",
			codec_text(one, "said", said, sizeof said), "NgayTiepNhanBoSung", wire_moment(one, "taken_at"),
			"TrangThaiBoSung", 1, "DanhSachGiayToBoSung", brought(json_object_get(one, "papers")),
			"DanhSachLePhiBoSung", "NgayHenTraTruoc", wire_moment(one, "old_due"), "NgayHenTraMoi",
			wire_moment(one, "new_due")));
	}
	return list;
}

/* How it was filed; what nobody told of an online one is left out. */
static void put_filed(const json_t *payload, json_t *out)
{
	char when[16];
	struct filed filed = filed_of(payload);
	if (filed.at != MOMENT_NONE)
		json_object_set_new(out, "NgayNopHoSo", json_string(moment_write_wire(filed.at, when, sizeof when)));
	if (filed.verified >= 0)
		json_object_set_new(out, "TaiKhoanDuocXacThucVoiVNeID", json_string(filed.verified ? "1" : "0"));
	json_object_set_new(out, "NoiNopHoSo", json_string(strcmp(filed.through, "portal") == 0 ? "1" : "2"));
	/* Nothing is paid online until a message says so. */
	json_object_set_new(out, "DuocThanhToanTrucTuyen", json_string(strcmp(filed.paid, "portal") == 0   ? "1"
	                                                               : strcmp(filed.paid, "system") == 0 ? "2"
	                                                                                                   : "0"));
}

/* Received for another place: who processes it, and where the citizen fetches the result. */
static void put_agencies(const json_t *payload, json_t *out)
{
	const json_t *deciding = agency_elsewhere(payload, "deciding");
	const json_t *returning = agency_elsewhere(payload, "returning");
	if (deciding)
		json_object_set_new(out, "DonViXuLy", json_string(agency_name(deciding)));
	if (returning)
		json_object_set_new(out, "ThongTinTra",
		                    json_sprintf("Trả kết quả tại %s", agency_name(returning)));
}

json_t *ndxp_dossier(const struct profile *profile, const struct call_facts *facts,
                     struct error *err)
{
	const json_t *field = ndxp_field(facts);
	if (!field) {
		missing(profile, N_("mã lĩnh vực"), err);
		return NULL;
	}
	json_t *out = fill_all(profile, dossier_rules, sizeof dossier_rules / sizeof *dossier_rules,
	                       facts->payload, err);
	if (!out)
		return NULL;
	json_t *fee_list = fees(profile, facts->payload, err);
	if (!fee_list) {
		json_decref(out);
		return NULL;
	}
	/* A dossier without words of its own is called by its procedure. */
	if (!*json_string_value(json_object_get(out, "TrichYeuHoSo")))
		json_object_set(out, "TrichYeuHoSo", json_object_get(out, "TenTTHC"));
	put_filed(facts->payload, out);
	put_agencies(facts->payload, out);
	json_object_set(out, "MaLinhVuc", json_object_get(field, "code"));
	json_object_set(out, "TenLinhVuc", json_object_get(field, "name"));
	bool any = false;
	json_object_set_new(out, "TaiLieuNop", papers(facts->payload, &any));
	json_object_set_new(out, "HoSoCoThanhPhanSoHoa", json_string(any ? "1" : "0"));
	json_object_set_new(out, "DanhSachLePhi", fee_list);
	json_object_set_new(out, "DinhDanhCHS", identity(facts->payload));
	json_object_set_new(out, "DanhSachHoSoBoSung", supplements(facts->payload));
	static const char *const empty[] = { "DanhSachTepDinhKemKhac", "DanhSachGiayToKetQua",
		                             "DSKetNoiCSDL" };
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
		json_object_set_new(out, empty[i], json_array());
	return out;
}

json_t *ndxp_progress(const struct profile *profile, const struct call_facts *facts,
                      struct error *err)
{
	json_t *out = fill_all(profile, progress_rules,
	                       sizeof progress_rules / sizeof *progress_rules, facts->payload, err);
	char status[8];
	/* Who gave no words did what the status is called. */
	if (out && !*json_string_value(json_object_get(out, "NoiDungXuLy")))
		json_object_set_new(out, "NoiDungXuLy",
		                    json_string(status_name(atoi(codec_text(
					    facts->payload, "status", status, sizeof status)))));
	return out;
}
