/* SPDX-License-Identifier: Apache-2.0
 *
 * What a ministry's iGate demands of a dossier, a line of progress and a
 * status, and how it complains: several sentences glued in one string, each
 * naming the wire field (integration: three date formats in one interface). */
#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/practice/igate.h"

enum kind { TEXT, FILLED, LIKE, WHOLE, OBJECT, LIST };

struct rule {
	const char *name;
	enum kind kind;
	bool required;
	const char *pattern; /* LIKE: of the text, WHOLE: of its digits */
	const char *form;    /* how the complaint calls it              */
};

#define MOMENT_WIRE "^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])([0-5][0-9]){2}$"
#define MOMENT_DASHED "^[0-9]{4}-[0-9]{2}-[0-9]{2} ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
#define MOMENT_ISO "^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}"
#define OR_EMPTY(pattern) "^$|" pattern
#define DOSSIER_NUMBER "^[A-Z0-9.]+-[0-9]{6}([0-9]{2})?-[0-9]{4,7}$"
#define STATUS "^([1-9]|10)$"

static const struct rule dossier_rules[] = {
	{ "MaHoSo", LIKE, true, DOSSIER_NUMBER, NULL },
	{ "MaTTHC", LIKE, true, "^[0-9]\\.[0-9]{6}(\\.[0-9A-Z.]+)?$", NULL },
	{ "MaDichVuCong", TEXT, false, NULL, NULL },
	{ "ChuHoSo", FILLED, true, NULL, NULL },
	{ "LoaiDoiTuong", WHOLE, true, "^[0-2]$", NULL },
	{ "MaDonViTiepNhan", FILLED, true, NULL, NULL },
	{ "NgayNop", LIKE, false, MOMENT_DASHED, "yyyy-MM-dd HH:mm:ss" },
	{ "NgayTiepNhan", LIKE, true, MOMENT_DASHED, "yyyy-MM-dd HH:mm:ss" },
	{ "EformThongTinChiTiet", OBJECT, false, NULL, NULL },
	{ "ThanhPhanHoSo", LIST, true, NULL, NULL },
	{ "DanhSachLePhi", LIST, false, NULL, NULL },
	{ "ThongTinNguoiNop", OBJECT, true, NULL, NULL },
	{ NULL, TEXT, false, NULL, NULL },
};

static const struct rule component_rules[] = {
	{ "MaThanhPhanHoSo", TEXT, true, NULL, NULL },
	{ "TenThanhPhanHoSo", FILLED, true, NULL, NULL },
	{ "SoLuong", WHOLE, true, "^[0-9]+$", NULL },
	{ "LoaiBan", WHOLE, true, "^[0-2]$", NULL },
	{ "GiayToDinhKem", LIST, false, NULL, NULL },
	{ NULL, TEXT, false, NULL, NULL },
};

static const struct rule paper_rules[] = {
	{ "IdGiayTo", FILLED, true, NULL, NULL },
	{ "MaKetQua", TEXT, false, NULL, NULL },
	{ "TenGiayTo", FILLED, true, NULL, NULL },
	{ "HashTepTin", LIKE, true, "^[0-9a-f]{64}$", NULL },
	{ NULL, TEXT, false, NULL, NULL },
};

static const struct rule fee_rules[] = {
	{ "TenPhiLePhi", TEXT, false, NULL, NULL },
	{ "HinhThucThu", LIKE, true, "^[124]$", NULL },
	{ "Gia", LIKE, true, "^[0-9]*$", NULL },
	{ "LoaiPhiLePhi", LIKE, true, "^[123]$", NULL },
	{ NULL, TEXT, false, NULL, NULL },
};

static const struct rule applicant_rules[] = {
	{ "LoaiDoiTuong", WHOLE, true, "^[0-2]$", NULL },
	{ "IdDoiTuong", TEXT, false, NULL, NULL },
	{ "ThongTinChiTiet", OBJECT, true, NULL, NULL },
	{ NULL, TEXT, false, NULL, NULL },
};

static const struct rule person_rules[] = {
	{ "TenNguoiNop", FILLED, true, NULL, NULL },
	{ "SoDinhDanh", FILLED, true, NULL, NULL },
	{ "NgaySinh", LIKE, false, OR_EMPTY(MOMENT_WIRE), "yyyyMMddHHmmss" },
	{ "NgayCapDinhDanh", LIKE, false, OR_EMPTY(MOMENT_WIRE), "yyyyMMddHHmmss" },
	{ "SoDienThoai", TEXT, false, NULL, NULL },
	{ "Email", TEXT, false, NULL, NULL },
	{ "MaTinh", LIKE, false, "^([0-9]{2})?$", NULL },
	/* No districts since July 2025. */
	{ "MaHuyen", LIKE, false, "^$", NULL },
	{ "MaXa", LIKE, false, "^([0-9]{5})?$", NULL },
	{ "DiaChiChiTiet", TEXT, false, NULL, NULL },
	{ "TenChuHs", TEXT, false, NULL, NULL },
	{ "SoDinhDanhChuHs", TEXT, false, NULL, NULL },
	{ "MaTinhChuHs", LIKE, false, "^([0-9]{2})?$", NULL },
	{ "MaXaChuHs", LIKE, false, "^([0-9]{5})?$", NULL },
	{ "DiaChiChiTietChuHs", TEXT, false, NULL, NULL },
	{ NULL, TEXT, false, NULL, NULL },
};

static const struct rule progress_rules[] = {
	{ "IDHoSo", FILLED, true, NULL, NULL },
	{ "MaHoSo", LIKE, true, DOSSIER_NUMBER, NULL },
	{ "NguoiXuLy", FILLED, true, NULL, NULL },
	{ "ThoiDiemXuLy", LIKE, true, MOMENT_ISO, "yyyy-MM-ddTHH:mm:ss.SSS" },
	{ "PhongBanXuLy", TEXT, false, NULL, NULL },
	{ "NoiDungXuLy", TEXT, false, NULL, NULL },
	{ "TrangThai", WHOLE, true, STATUS, NULL },
	{ "NgayBatDau", LIKE, false, OR_EMPTY(MOMENT_ISO), "yyyy-MM-ddTHH:mm:ss.SSS" },
	{ "NgayKetThucTheoQuyDinh", LIKE, false, OR_EMPTY(MOMENT_ISO), "yyyy-MM-ddTHH:mm:ss.SSS" },
	{ NULL, TEXT, false, NULL, NULL },
};

static const struct rule status_rules[] = {
	{ "IdHoSo", FILLED, true, NULL, NULL },
	{ "MaHoSo", LIKE, true, DOSSIER_NUMBER, NULL },
	{ "TrangThai", WHOLE, true, STATUS, NULL },
	{ "NoiDungYKien", TEXT, false, NULL, NULL },
	{ "PhongBanXuLy", TEXT, false, NULL, NULL },
	{ "NoiDungXuLy", TEXT, false, NULL, NULL },
	{ "DanhSachLePhi", LIST, false, NULL, NULL },
	{ "DanhSachGiayToKetQua", LIST, false, NULL, NULL },
	{ NULL, TEXT, false, NULL, NULL },
};

static const struct rule result_rules[] = {
	{ "TenGiayTo", FILLED, true, NULL, NULL },
	{ "DuongDanTepTinKetQua", FILLED, true, NULL, NULL },
	{ "MaGiayToKetQua", TEXT, false, NULL, NULL },
	{ NULL, TEXT, false, NULL, NULL },
};

static void complain(struct bytes *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void complain(struct bytes *out, const char *format, ...)
{
	char text[300];
	va_list list;
	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	if (out->size)
		bytes_text(out, "; ");
	bytes_text(out, text);
}

static bool like(const char *text, const char *pattern)
{
	regex_t compiled;
	if (regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	bool match = regexec(&compiled, text, 0, NULL, 0) == 0;
	regfree(&compiled);
	return match;
}

static void check_one(const struct rule *rule, const json_t *value, struct bytes *out)
{
	char digits[32];
	const char *text = json_string_value(value);
	switch (rule->kind) {
	case OBJECT:
		if (!json_is_object(value))
			complain(out, "%s phải là đối tượng", rule->name);
		break;
	case LIST:
		if (!json_is_array(value))
			complain(out, "%s phải là danh sách", rule->name);
		break;
	case WHOLE:
		snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
		if (!json_is_integer(value))
			complain(out, "%s phải là số nguyên", rule->name);
		else if (!like(digits, rule->pattern))
			complain(out, "%s không tồn tại trong danh mục", rule->name);
		break;
	default:
		if (!text)
			complain(out, "%s phải là chuỗi ký tự", rule->name);
		else if (rule->kind == FILLED && !*text)
			complain(out, "%s không được để trống", rule->name);
		else if (rule->kind == LIKE && !like(text, rule->pattern))
			complain(out, rule->form ? "%s không đúng định dạng %s"
			                         : "%s không tồn tại trong danh mục%s",
			         rule->name, rule->form ? rule->form : "");
	}
}

static void check(const json_t *item, const struct rule *rules, struct bytes *out)
{
	if (!json_is_object(item)) {
		complain(out, "Dữ liệu gửi lên không đúng cấu trúc");
		return;
	}
	for (const struct rule *rule = rules; rule->name; rule++) {
		const json_t *value = json_object_get(item, rule->name);
		if (value && !json_is_null(value))
			check_one(rule, value, out);
		else if (rule->required)
			complain(out, "Thiếu trường %s", rule->name);
	}
}

static void check_each(const json_t *list, const struct rule *rules, struct bytes *out)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		check(json_array_get(list, i), rules, out);
}

/* What is quoted must have been uploaded before, byte for byte. */
static void check_papers(const json_t *papers, const json_t *files, struct bytes *out)
{
	for (size_t i = 0; i < json_array_size(papers); i++) {
		const json_t *paper = json_array_get(papers, i);
		const char *id = json_string_value(json_object_get(paper, "IdGiayTo"));
		const char *hash = json_string_value(json_object_get(paper, "HashTepTin"));
		const json_t *file = id ? json_object_get(files, id) : NULL;
		const char *kept = json_string_value(json_object_get(file, "sha256"));
		if (id && *id && !file)
			complain(out, "IdGiayTo %.60s không tồn tại", id);
		else if (file && hash && strcmp(hash, kept) != 0)
			complain(out, "HashTepTin của tệp %.60s không khớp", id);
	}
}

void gate_check_dossier(const json_t *item, const json_t *files, struct bytes *out)
{
	const json_t *parts = json_object_get(item, "ThanhPhanHoSo");
	const json_t *applicant = json_object_get(item, "ThongTinNguoiNop");
	check(item, dossier_rules, out);
	check_each(parts, component_rules, out);
	for (size_t i = 0; i < json_array_size(parts); i++) {
		const json_t *papers = json_object_get(json_array_get(parts, i), "GiayToDinhKem");
		check_each(papers, paper_rules, out);
		check_papers(papers, files, out);
	}
	check_each(json_object_get(item, "DanhSachLePhi"), fee_rules, out);
	if (json_is_object(applicant)) {
		const json_t *person = json_object_get(applicant, "ThongTinChiTiet");
		check(applicant, applicant_rules, out);
		if (json_is_object(person))
			check(person, person_rules, out);
	}
}

void gate_check_progress(const json_t *item, struct bytes *out)
{
	check(item, progress_rules, out);
}

void gate_check_status(const json_t *item, struct bytes *out)
{
	const json_t *results = json_object_get(item, "DanhSachGiayToKetQua");
	json_int_t to = json_integer_value(json_object_get(item, "TrangThai"));
	check(item, status_rules, out);
	check_each(json_object_get(item, "DanhSachLePhi"), fee_rules, out);
	check_each(results, result_rules, out);
	if (json_array_size(results) && to != 5 && to != 6 && to != 9)
		complain(out, "DanhSachGiayToKetQua chỉ gửi với trạng thái 5, 6, 9");
}
