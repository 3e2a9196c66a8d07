/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the members of a filing stand in the two vocabularies. */
#include "core/courier/filing_read.h"

const struct filing_shape filing_portal = {
	.code = "MaHoSo", .status = "TrangThaiHoSo", .agency = "MaDonViXuLy", .filed_at = "NgayNopHoSo",
	.or_filed_at = "NgayTiepNhan", .steps = "TienTrinh", .procedure = "MaTTHC", .procedure_name = "TenTTHC",
	.in_case = "TruongHop", .summary = "TrichYeuHoSo", .result_by = "HinhThuc", .return_to = "ThongTinTra",
	.note = "GhiChu", .form = "ThongTinKhac", .verified = "TaiKhoanDuocXacThucVoiVNeID",
	.paid = "DuocThanhToanTrucTuyen", .owner_kind = "LoaiDoiTuong", .owner_kind_map = "owner_kind",
	.owner = { "ChuHoSo", "SoGiayToChuHoSo", "NgaySinhChuHoSo", "GioiTinhChuHoSo", "SoDienThoai", "Email",
	           "DiaChiChuHoSo" },
	.submitter = { "NguoiNop.HoTen", "NguoiNop.SoDinhDanh", "NguoiNop.NgaySinh", "NguoiNop.GioiTinh",
	               "NguoiNop.SoDienThoai", "NguoiNop.Email", "NguoiNop.DiaChi" },
	.files = "TaiLieuNop", .component = "TenThanhPhanHoSo", .file_key = "TepDinhKemId", .file_name = "TenTepDinhKem",
	.link = "DuongDanTaiTepTin", .content = "Base64", .type = "LoaiTep", .size = "DungLuong",
	.sha256 = "HashTepTin", .deleted = "IsDeleted",
};

const struct filing_shape filing_platform = {
	.code = "maHoSo", .status = "TrangThaiHoSo", .agency = "MaDonViTiepNhan", .filed_at = "NgayNop",
	.or_filed_at = "NgayTiepNhan", .steps = "TienTrinh", .procedure = "MaTTHC", .procedure_name = "TenTTHC",
	.in_case = "TruongHop", .summary = "TrichYeuHoSo", .result_by = "HinhThuc", .return_to = "ThongTinTra",
	.note = "GhiChu", .form = "EformThongTinChiTiet", .id = "idHoSo", .owner_kind = "LoaiDoiTuong",
	.owner_kind_map = "owner_kind",
#define DETAIL "ThongTinNguoiNop.ThongTinChiTiet."
	.owner = { "ChuHoSo", DETAIL "SoDinhDanhChuHs", DETAIL "NgaySinhChuHs", DETAIL "GioiTinhChuHs",
	           DETAIL "SoDienThoaiChuHs", DETAIL "EmailChuHs", DETAIL "DiaChiChiTietChuHs" },
	.submitter = { DETAIL "TenNguoiNop", DETAIL "SoDinhDanh", DETAIL "NgaySinh", DETAIL "GioiTinh",
	               DETAIL "SoDienThoai", DETAIL "Email", DETAIL "DiaChiChiTiet" },
#undef DETAIL
	.files = "ThanhPhanHoSo", .inner = "GiayToDinhKem", .component = "TenThanhPhanHoSo", .file_key = "IdGiayTo",
	.file_name = "TenGiayTo", .link = "DuongDan", .content = "Base64", .size = "DungLuong", .sha256 = "HashTepTin",
};
