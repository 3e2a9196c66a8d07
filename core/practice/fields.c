/* SPDX-License-Identifier: Apache-2.0
 *
 * What a system outside demands of a dossier and of a line of progress, and
 * how it complains: in prose, naming the wire field. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/world.h"

enum kind { TEXT, FILLED, WHEN, WHEN_FILLED, STATUS, ONE_OF, LIST, NUMBER };

struct rule {
	const char *name;
	enum kind kind;
	bool required;
	const char *choices; /* ONE_OF: " a b c " */
	size_t longest;      /* characters; 0: any */
};

static const struct rule dossier_rules[] = {
	{ "MaHoSo", NUMBER, true, NULL, 0 },
	{ "MaTTHC", FILLED, true, NULL, 0 },
	{ "TenTTHC", FILLED, true, NULL, 0 },
	{ "MaLinhVuc", FILLED, true, NULL, 0 },
	{ "TenLinhVuc", FILLED, true, NULL, 0 },
	{ "KenhThucHien", ONE_OF, true, " 1 2 3 ", 0 },
	{ "ChuHoSo", FILLED, true, NULL, 0 },
	{ "LoaiDoiTuong", ONE_OF, true, " 1 2 3 4 ", 0 },
	{ "Email", TEXT, true, NULL, 0 },
	{ "SoDienThoai", TEXT, true, NULL, 0 },
	{ "TrichYeuHoSo", TEXT, true, NULL, 1000 },
	{ "NgayTiepNhan", WHEN_FILLED, true, NULL, 0 },
	{ "NgayHenTra", WHEN, true, NULL, 0 },
	{ "TrangThaiHoSo", STATUS, true, NULL, 0 },
	{ "HinhThuc", ONE_OF, true, " 0 1 ", 0 },
	{ "DonViXuLy", FILLED, true, NULL, 0 },
	{ "NgayTra", WHEN, false, NULL, 0 },
	{ "NgayKetThucXuLy", WHEN, false, NULL, 0 },
	{ "NgayNopHoSo", WHEN, false, NULL, 0 },
	{ "TaiLieuNop", LIST, false, NULL, 0 },
	{ "DanhSachLePhi", LIST, false, NULL, 0 },
	{ "HoSoCoThanhPhanSoHoa", ONE_OF, false, " 0 1 ", 0 },
	{ "TaiKhoanDuocXacThucVoiVNeID", ONE_OF, false, " 0 1 ", 0 },
};

static const struct rule progress_rules[] = {
	{ "MaHoSo", NUMBER, true, NULL, 0 },
	{ "NguoiXuLy", FILLED, true, NULL, 50 },
	{ "ThoiDiemXuLy", WHEN_FILLED, true, NULL, 0 },
	{ "NoiDungXuLy", FILLED, true, NULL, 0 },
	{ "TrangThai", STATUS, true, NULL, 0 },
	{ "NgayBatDau", WHEN, false, NULL, 0 },
	{ "NgayKetThucTheoQuyDinh", WHEN, false, NULL, 0 },
};

static void complain(char *out, size_t room, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
static void complain(char *out, size_t room, const char *format, ...)
{
	size_t at = strlen(out);
	if (at && at + 2 < room) {
		strcpy(out + at, "; ");
		at += 2;
	}
	va_list list;
	va_start(list, format);
	vsnprintf(out + at, room - at, format, list);
	va_end(list);
}

static bool is_when(const char *text)
{
	static const int most[] = { 12, 31, 23, 59, 59 };
	if (strlen(text) != 14 || strspn(text, "0123456789") != 14)
		return false;
	for (int i = 0; i < 5; i++) {
		char two[3] = { text[4 + i * 2], text[5 + i * 2], '\0' };
		if (atoi(two) > most[i] || (i < 2 && atoi(two) == 0))
			return false;
	}
	return true;
}

/* {unit}-{yyMMdd or yyyyMMdd}-{sequence} */
static bool is_number(const char *text)
{
	size_t unit = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.");
	if (!unit || text[unit] != '-')
		return false;
	const char *day = text + unit + 1;
	size_t digits = strspn(day, "0123456789");
	if ((digits != 6 && digits != 8) || day[digits] != '-')
		return false;
	const char *tail = day + digits + 1;
	size_t length = strspn(tail, "0123456789");
	return length >= 4 && length <= 9 && !tail[length];
}

static size_t characters(const char *text)
{
	size_t count = 0;
	for (; *text; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

static void check_text(const struct rule *rule, const char *text, char *out, size_t room)
{
	char spaced[16];
	int status;
	if (rule->longest && characters(text) > rule->longest)
		complain(out, room, "%s vượt quá %zu ký tự", rule->name, rule->longest);
	switch (rule->kind) {
	case TEXT:
	case LIST:
		break;
	case FILLED:
		if (!*text)
			complain(out, room, "%s không được để trống", rule->name);
		break;
	case WHEN_FILLED:
		if (!*text) {
			complain(out, room, "%s không được để trống", rule->name);
			break;
		}
		/* fall through */
	case WHEN:
		if (*text && !is_when(text))
			complain(out, room, "%s không đúng định dạng yyyyMMddHHmmss", rule->name);
		break;
	case STATUS:
		status = atoi(text);
		if (status < 1 || status > 10)
			complain(out, room, "%s không tồn tại", rule->name);
		break;
	case ONE_OF:
		snprintf(spaced, sizeof spaced, " %s ", text);
		if (!*text || !strstr(rule->choices, spaced))
			complain(out, room, "%s không tồn tại", rule->name);
		break;
	case NUMBER:
		if (!is_number(text))
			complain(out, room, "%s không đúng định dạng", rule->name);
		break;
	}
}

static bool check(const json_t *item, const struct rule *rules, size_t count, char *out, size_t room)
{
	out[0] = '\0';
	if (!json_is_object(item)) {
		complain(out, room, "data không đúng cấu trúc");
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_object_get(item, rules[i].name);
		if (!value || json_is_null(value)) {
			if (rules[i].required)
				complain(out, room, "Thiếu trường %s", rules[i].name);
		} else if (rules[i].kind == LIST) {
			if (!json_is_array(value))
				complain(out, room, "%s phải là danh sách", rules[i].name);
		} else if (!json_is_string(value)) {
			complain(out, room, "%s phải là chuỗi ký tự", rules[i].name);
		} else {
			check_text(&rules[i], json_string_value(value), out, room);
		}
	}
	return !out[0];
}

bool fields_check_dossier(const json_t *item, char *out, size_t room)
{
	return check(item, dossier_rules, sizeof dossier_rules / sizeof *dossier_rules, out, room);
}

bool fields_check_progress(const json_t *item, char *out, size_t room)
{
	return check(item, progress_rules, sizeof progress_rules / sizeof *progress_rules, out,
	             room);
}

bool fields_may_follow(int from, int to)
{
	/* Row: what was reported last; column bits: what may come next. */
	static const unsigned next[11] = {
		[0] = 1u << 1 | 1u << 2 | 1u << 3,
		[1] = 1u << 2 | 1u << 3 | 1u << 5 | 1u << 7,
		[2] = 1u << 4 | 1u << 5 | 1u << 6 | 1u << 7 | 1u << 8 | 1u << 9,
		[4] = 1u << 4 | 1u << 5 | 1u << 6 | 1u << 7 | 1u << 8 | 1u << 9,
		[5] = 1u << 2 | 1u << 3 | 1u << 4 | 1u << 7 | 1u << 8,
		[6] = 1u << 4 | 1u << 7 | 1u << 8 | 1u << 9,
		[7] = 1u << 8,
		[8] = 1u << 4 | 1u << 10, /* taken up again by a supervisor */
		[9] = 1u << 4 | 1u << 10, /* called back: the result was wrong */
	};
	if (from < 0 || from > 10 || to < 1 || to > 10)
		return false;
	return next[from] & 1u << to;
}
