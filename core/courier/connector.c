/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/connector.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"

const struct connector *connector_find(const char *family)
{
	static const struct connector *const all[] = { &connector_ndxp, &connector_igate,
		                                      &connector_json };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i]->family, family) == 0)
			return all[i];
	return NULL;
}

static const struct {
	const char *wire, *label;
} labels[] = {
	{ "MaHoSo", N_("Mã hồ sơ") },
	{ "MaTTHC", N_("Mã thủ tục") },
	{ "TenTTHC", N_("Tên thủ tục") },
	{ "MaLinhVuc", N_("Lĩnh vực") },
	{ "TenLinhVuc", N_("Tên lĩnh vực") },
	{ "KenhThucHien", N_("Kênh nộp") },
	{ "SoGiayToChuHoSo", N_("Số giấy tờ của chủ hồ sơ") },
	{ "ChuHoSo", N_("Chủ hồ sơ") },
	{ "LoaiDoiTuong", N_("Loại đối tượng") },
	{ "Email", N_("Thư điện tử") },
	{ "SoDienThoai", N_("Số điện thoại") },
	{ "TrichYeuHoSo", N_("Trích yếu") },
	{ "NgayTiepNhan", N_("Ngày tiếp nhận") },
	{ "NgayHenTra", N_("Ngày hẹn trả") },
	{ "TrangThaiHoSo", N_("Trạng thái hồ sơ") },
	{ "HinhThuc", N_("Hình thức nhận kết quả") },
	{ "DonViXuLy", N_("Đơn vị xử lý") },
	{ "TaiLieuNop", N_("Giấy tờ nộp") },
	{ "DanhSachLePhi", N_("Phí, lệ phí") },
	{ "SoDinhDanh", N_("Số định danh") },
	{ "NguoiXuLy", N_("Người xử lý") },
	{ "ThoiDiemXuLy", N_("Thời điểm xử lý") },
	{ "NoiDungXuLy", N_("Nội dung xử lý") },
	{ "TrangThai", N_("Trạng thái") },
	/* iGate, a ministry's names and a province's. */
	{ "IDHoSo", N_("Mã định danh bên nhận") },
	{ "IdHoSo", N_("Mã định danh bên nhận") },
	{ "idHoSo", N_("Mã định danh bên nhận") },
	{ "MaDichVuCong", N_("Mã dịch vụ công") },
	{ "MaDonViTiepNhan", N_("Mã đơn vị tiếp nhận") },
	{ "NgayNop", N_("Ngày nộp") },
	{ "ThanhPhanHoSo", N_("Thành phần hồ sơ") },
	{ "MaThanhPhanHoSo", N_("Mã thành phần hồ sơ") },
	{ "TenThanhPhanHoSo", N_("Tên thành phần hồ sơ") },
	{ "SoLuong", N_("Số lượng giấy tờ") },
	{ "LoaiBan", N_("Bản chính, bản sao") },
	{ "GiayToDinhKem", N_("Tệp đính kèm") },
	{ "IdGiayTo", N_("Tệp đính kèm") },
	{ "TenGiayTo", N_("Tên tệp") },
	{ "HashTepTin", N_("Tệp đính kèm") },
	{ "ThongTinNguoiNop", N_("Người nộp") },
	{ "TenNguoiNop", N_("Người nộp") },
	{ "NgaySinh", N_("Ngày sinh") },
	{ "MaTinh", N_("Tỉnh") },
	{ "MaXa", N_("Xã") },
	{ "MaTinhChuHs", N_("Tỉnh của chủ hồ sơ") },
	{ "MaXaChuHs", N_("Xã của chủ hồ sơ") },
	{ "DiaChiChiTiet", N_("Địa chỉ") },
	{ "HinhThucThu", N_("Cách thu phí") },
	{ "DanhSachGiayToKetQua", N_("Giấy tờ kết quả") },
	{ "MaGiayToKetQua", N_("Mã giấy tờ kết quả") },
};

/* Whole words only: "TrangThai" is not named by "TrangThaiHoSo".  Messages glued
 * together begin with the "n" of a line's end that lost its backslash. */
static bool names(const char *text, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = text; (at = strstr(at, word)); at += n) {
		const char *before = at > text && at[-1] == 'n' ? at - 1 : at;
		if ((at == text || !isalnum((unsigned char)at[-1]) || before == text ||
		     !isalnum((unsigned char)before[-1])) &&
		    !isalnum((unsigned char)at[n]))
			return true;
	}
	return false;
}

/* Two wire names may stand for the same thing on the form: it is named once. */
static bool told(const char *out, const char *label)
{
	size_t n = strlen(label);
	for (const char *at = out; (at = strstr(at, label)); at += n)
		if ((at == out || at[-1] == ' ') && (!at[n] || at[n] == ','))
			return true;
	return false;
}

static void add_label(const char *label, char *out, size_t room)
{
	size_t at = strlen(out);
	if (!told(out, label) && at + strlen(label) + 3 <= room)
		snprintf(out + at, room - at, "%s%s", at ? ", " : "", label);
}

const char *connector_fields_named(const struct profile *profile, const char *complaint, char *out,
                                   size_t room)
{
	const json_t *others = profile ? json_object_get(profile->data, "names") : NULL;
	const char *wire;
	json_t *label;
	out[0] = '\0';
	json_object_foreach(json_object_get(profile ? profile->data : NULL, "fields"), wire, label)
		if (json_is_string(label) && names(complaint, wire))
			add_label(json_string_value(label), out, room);
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		const char *there = json_string_value(json_object_get(others, labels[i].wire));
		if (names(complaint, labels[i].wire) || (there && names(complaint, there)))
			add_label(_(labels[i].label), out, room);
	}
	return out;
}
