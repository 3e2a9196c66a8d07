/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/connector.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"

const struct connector *connector_find(const char *family)
{
	static const struct connector *const all[] = { &connector_ndxp };
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
};

/* Whole words only: "TrangThai" is not named by "TrangThaiHoSo". */
static bool names(const char *text, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = text; (at = strstr(at, word)); at += n)
		if ((at == text || !isalnum((unsigned char)at[-1])) &&
		    !isalnum((unsigned char)at[n]))
			return true;
	return false;
}

const char *connector_fields_named(const char *complaint, char *out, size_t room)
{
	out[0] = '\0';
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		if (!names(complaint, labels[i].wire))
			continue;
		const char *label = _(labels[i].label);
		size_t at = strlen(out);
		if (at + strlen(label) + 3 > room)
			break;
		snprintf(out + at, room - at, "%s%s", at ? ", " : "", label);
	}
	return out;
}
