/* SPDX-License-Identifier: Apache-2.0
 *
 * The fields of a neutral message: their names for people, their order, and the
 * words by which an answer names them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/sync_words.h"

/* words: folded, divided by "|"; they must stand as whole words in the answer. */
static const struct known {
	const char *path, *label, *words;
} fields[] = {
	{ "code", N_("Mã hồ sơ"), "mahoso|ma ho so|idhoso" },
	{ "procedure.code", N_("Thủ tục"), "mattthc|ma thu tuc|mathutuc|matthc" },
	{ "procedure.name", N_("Tên thủ tục"), "tentthc|ten thu tuc" },
	{ "procedure.field", N_("Lĩnh vực"), "malinhvuc|tenlinhvuc|linh vuc" },
	{ "unit.code", N_("Đơn vị"), "donvixuly|ma don vi|madonvi" },
	{ "unit.name", N_("Tên đơn vị"), "" },
	{ "unit.eid", N_("Mã định danh đơn vị"), "ma dinh danh don vi" },
	{ "channel", N_("Cách nộp"), "kenhthuchien|kenh thuc hien|kenh nop" },
	{ "owner.name", N_("Chủ hồ sơ"), "chuhoso|tenchuhoso|hoten|ho ten|ho va ten|ten chu ho so|tencongdan" },
	{ "owner.kind", N_("Chủ hồ sơ: là"), "loaidoituong|loai doi tuong" },
	{ "owner.id_number", N_("Chủ hồ sơ: số giấy tờ"),
	  "sogiaytochuhoso|sogiayto|so giay to|sodinhdanh|so dinh danh|socccd|cccd|cmnd|can cuoc|so can cuoc" },
	{ "owner.id_kind", N_("Chủ hồ sơ: loại giấy tờ"), "loaigiayto|loai giay to" },
	{ "owner.birth", N_("Chủ hồ sơ: ngày sinh"), "ngaysinh|ngay sinh|nam sinh" },
	{ "owner.sex", N_("Chủ hồ sơ: giới tính"), "gioitinh|gioi tinh" },
	{ "owner.phone", N_("Chủ hồ sơ: điện thoại"),
	  "sodienthoai|dienthoai|so dien thoai|dien thoai|phone|phonenumber|sdt" },
	{ "owner.email", N_("Chủ hồ sơ: thư điện tử"), "email|e-mail|thudientu|thu dien tu" },
	{ "owner.address", N_("Chủ hồ sơ: địa chỉ"), "diachi|dia chi|diachichuhoso|noi cu tru|thuong tru" },
	{ "owner.commune", N_("Chủ hồ sơ: xã, phường"), "maxa|ma xa|xa phuong" },
	{ "owner.province", N_("Chủ hồ sơ: tỉnh, thành"), "matinh|ma tinh" },
	{ "owner.representative", N_("Chủ hồ sơ: người đại diện"), "nguoidaidien|nguoi dai dien" },
	{ "submitter.name", N_("Người nộp"), "nguoinop|tennguoinop|nguoi nop|ten nguoi nop" },
	{ "submitter.id_number", N_("Người nộp: số giấy tờ"), "sogiaytonguoinop" },
	{ "submitter.phone", N_("Người nộp: điện thoại"), "dienthoainguoinop|dien thoai nguoi nop" },
	{ "submitter.email", N_("Người nộp: thư điện tử"), "emailnguoinop|email nguoi nop" },
	{ "submitter.address", N_("Người nộp: địa chỉ"), "diachinguoinop|dia chi nguoi nop" },
	{ "summary", N_("Nội dung yêu cầu"), "trichyeuhoso|trichyeu|trich yeu|noi dung yeu cau" },
	{ "received_at", N_("Tiếp nhận lúc"), "ngaytiepnhan|ngay tiep nhan" },
	{ "due_at", N_("Hẹn trả"), "ngayhentra|ngay hen tra|hen tra" },
	{ "status", N_("Trạng thái"), "trangthaihoso|trangthai|trang thai" },
	{ "at", N_("Lúc"), "thoidiemxuly|thoi diem xu ly" },
	{ "text", N_("Nội dung xử lý"), "noidungxuly|noi dung xu ly" },
	{ "starts_at", N_("Bắt đầu"), "" },
	{ "result_by", N_("Nhận kết quả"), "hinhthuc|hinhthuctra|hinh thuc nhan ket qua" },
	{ "return_to", N_("Địa chỉ nhận kết quả"), "" },
	{ "officer.name", N_("Người xử lý"), "nguoixuly|nguoi xu ly|canbo" },
	{ "officer.title", N_("Chức danh"), "chucdanh|chuc danh" },
	{ "officer.room", N_("Bộ phận"), "" },
	{ "note", N_("Ghi chú"), "" },
	{ "mandate", N_("Giấy uỷ quyền"), "uy quyen" },
	{ "components", N_("Giấy tờ nộp"), "tailieunop|giay to nop|thanh phan ho so" },
	{ "fees", N_("Phí, lệ phí"), "danhsachlephi|lephi|le phi" },
};
enum { KNOWN = sizeof fields / sizeof fields[0] };

/* The known field of a path; of "components.2.name" it is "components". */
static int known_at(const char *path)
{
	for (int i = 0; i < KNOWN; i++) {
		size_t n = strlen(fields[i].path);
		if (strncmp(path, fields[i].path, n) == 0 &&
		    (!path[n] || (path[n] == '.' && !strchr(fields[i].path, '.'))))
			return i;
	}
	return KNOWN;
}

int sync_field_rank(const char *path)
{
	return known_at(path);
}

const char *sync_field_at(int rank)
{
	return rank < KNOWN ? fields[rank].path : NULL;
}

const char *sync_field_label(struct arena *arena, const char *path)
{
	int at = known_at(path);
	if (at == KNOWN)
		return path;
	const char *rest = path + strlen(fields[at].path);
	return *rest ? arena_format(arena, "%s %s", _(fields[at].label), rest + 1) : _(fields[at].label);
}

static bool stands(const char *text, const char *word, size_t n)
{
	for (const char *at = text; (at = strstr(at, word)); at += n)
		if ((at == text || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[n]))
			return true;
	return false;
}

bool sync_field_named(const char *complaint, const char *path)
{
	char folded[4096], word[64];
	int at = known_at(path);
	if (at == KNOWN || strcmp(fields[at].path, path) != 0)
		return false;
	text_fold(complaint, folded, sizeof folded);
	for (const char *words = fields[at].words; *words;) {
		size_t n = strcspn(words, "|");
		memcpy(word, words, n);
		word[n] = '\0';
		if (n && stands(folded, word, n))
			return true;
		words += n + (words[n] == '|');
	}
	return false;
}
