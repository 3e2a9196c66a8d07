/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/filed.h"

static const char *text(const json_t *object, const char *name)
{
	const char *value = json_string_value(json_object_get(object, name));
	return value ? value : "";
}

static json_t *list_of(json_t *kept, const char *name)
{
	json_t *list = json_object_get(kept, name);
	if (!json_is_array(list)) {
		list = json_array();
		json_object_set_new(kept, name, list);
	}
	return list;
}

json_t *told_item(const struct world_system *system, const char *code, const json_t *kept)
{
	if (filed_waits(kept))
		return filed_item(system, code, kept);
	const json_t *fields = json_object_get(kept, "fields");
	char status[8];
	snprintf(status, sizeof status, "%d",
	         (int)json_integer_value(json_object_get(kept, "status")));
	json_t *item = json_pack("{s:s, s:O, s:s, s:s, s:s, s:s, s:O}", "MaHoSo", code,
	                         "MaHoSoKhac", json_object_get(kept, "number"), "MaTTHC",
	                         text(fields, "MaTTHC"), "TrangThaiHoSo",
	                         *text(kept, "word") ? text(kept, "word") : status, "NgayTiepNhan",
	                         text(fields, "NgayTiepNhan"), "NgayHenTra",
	                         text(fields, "NgayHenTra"), "TienTrinh",
	                         json_object_get(kept, "steps"));
	static const struct {
		const char *kept, *wire;
	} lists[] = { { "asks", "DanhSachHoSoBoSung" },
		      { "fees", "DanhSachLePhi" },
		      { "results", "DanhSachGiayToKetQua" } };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (json_object_get(kept, lists[i].kept))
			json_object_set(item, lists[i].wire, json_object_get(kept, lists[i].kept));
	return item;
}

/* "20261120094100" lies in "2026-11-20"…"2026-11-21". */
static bool inside(const char *when, const char *from, const char *to)
{
	char day[12];
	if (strlen(when) != 14)
		return false;
	snprintf(day, sizeof day, "%.4s-%.2s-%.2s", when, when + 4, when + 6);
	return strcmp(day, from) >= 0 && strcmp(day, to) <= 0;
}

json_t *told_list(const struct world_system *system, const char *from, const char *to)
{
	json_t *list = json_array();
	const char *code;
	json_t *kept;
	json_object_foreach(system->dossiers, code, kept) {
		const char *when = text(json_object_get(kept, "fields"), "NgayTiepNhan");
		if (json_is_true(json_object_get(kept, "hidden")) || filed_waits(kept) || !inside(when, from, to))
			continue;
		json_t *item = told_item(system, code, kept);
		static const char *const details[] = { "TienTrinh", "DanhSachHoSoBoSung",
			                               "DanhSachLePhi", "DanhSachGiayToKetQua" };
		for (size_t i = 0; i < sizeof details / sizeof *details; i++)
			json_object_del(item, details[i]);
		if (*text(kept, "altered"))
			json_object_set(item, "TrangThaiHoSo", json_object_get(kept, "altered"));
		json_array_append(list, item);
		if (json_is_true(json_object_get(kept, "twice"))) {
			json_t *second = json_copy(item);
			char number[80];
			snprintf(number, sizeof number, "%s9", text(item, "MaHoSoKhac"));
			json_object_set_new(second, "MaHoSoKhac", json_string(number));
			json_array_append_new(list, second);
		}
		json_decref(item);
	}
	return list;
}

void told_answered(json_t *kept, const json_t *answers)
{
	size_t i, k;
	json_t *answer, *ask;
	json_array_foreach((json_t *)(uintptr_t)answers, i, answer)
		json_array_foreach(json_object_get(kept, "asks"), k, ask)
			if (json_equal(json_object_get(ask, "HoSoBoSungId"), json_object_get(answer, "HoSoBoSungId")) &&
			    json_is_true(json_object_get(answer, "TrangThaiBoSung")))
				json_object_set_new(ask, "TrangThaiBoSung", json_true());
}

bool told_taken(struct world *world, struct world_system *system, const char *code)
{
	json_t *kept = json_object_get(system->dossiers, code);
	if (!kept)
		return false;
	json_int_t before = json_integer_value(json_object_get(kept, "taken_times"));
	json_object_set_new(kept, "taken", json_true());
	json_object_set_new(kept, "taken_times", json_integer(before + 1));
	world->changed = true;
	return true;
}

/* ---- the dial ---- */

void told_step(const struct world_system *system, const char *code, json_t *kept,
               const char *status, const char *say, moment_t now)
{
	char when[16];
	json_array_append_new(
		json_object_get(kept, "steps"),
		json_pack("{s:s, s:s, s:s, s:s, s:s}", "MaHoSo", code, "NguoiXuLy", system->name,
	                  "ThoiDiemXuLy", moment_write_wire(now, when, sizeof when), "NoiDungXuLy",
	                  say, "TrangThai", status));
	if (atoi(status))
		json_object_set_new(kept, "status", json_integer(atoi(status)));
	json_object_set_new(kept, "moved", json_integer(now));
}

static void ask_supplement(const struct world_system *system, const char *code, json_t *kept,
                           const json_t *request, moment_t now)
{
	char when[16], until[16];
	const char *say = text(request, "supplement");
	json_t *asks = list_of(kept, "asks");
	json_array_append_new(
		asks,
		json_pack("{s:I, s:s, s:s, s:s, s:s, s:b}", "HoSoBoSungId",
	                  (json_int_t)json_array_size(asks) + 1, "NguoiYeuCauBoSung", system->name,
	                  "NoiDungBoSung", say, "NgayBoSung",
	                  moment_write_wire(now, when, sizeof when), "HanBoSung",
	                  moment_write_wire(now + 5 * 86400, until, sizeof until),
	                  "TrangThaiBoSung", 0));
	told_step(system, code, kept, "5", say, now);
}

static void ask_money(const struct world_system *system, const char *code, json_t *kept,
                      const json_t *fee, moment_t now)
{
	char amount[24];
	snprintf(amount, sizeof amount, "%lld",
	         (long long)json_integer_value(json_object_get(fee, "amount")));
	json_array_append_new(list_of(kept, "fees"),
	                      json_pack("{s:s, s:s, s:s, s:s, s:s}", "TenPhiLePhi",
	                                text(fee, "name"), "MaPhiLePhi", "LP-TD", "HinhThucThu",
	                                "2", "Gia", amount, "LoaiPhiLePhi", "1"));
	told_step(system, code, kept, "6", "Yêu cầu nộp phí", now);
}

/* A link as found: a host that only a security server knows, and "&" first. */
static void give_result(const struct world_system *system, const char *code, json_t *kept,
                        const json_t *request, moment_t now)
{
	char id[40], link[300], paper[40];
	json_t *results = list_of(kept, "results");
	unsigned long mark = 5381;
	for (const char *at = code; *at; at++)
		mark = mark * 33 + (unsigned char)*at;
	snprintf(id, sizeof id, "%08lx-%04x-4000-8000-%012llx", mark & 0xFFFFFFFFul,
	         json_is_true(json_object_get(request, "base64")) ? 0xb64 : 0,
	         (unsigned long long)json_array_size(results) + 1);
	snprintf(link, sizeof link,
	         "http://%s/XrdAdapter/RestService/forward/downloadfile/%s&dstcode=VN:GOV:%s:%s",
	         *text(request, "host") ? text(request, "host") : "ip-ss-donvi:8080", id,
	         system->agency, system->code);
	snprintf(paper, sizeof paper, "KQ.%.3s.%06zu", system->agency, json_array_size(results) + 1);
	json_array_append_new(results,
	                      json_pack("{s:s, s:s, s:s, s:s, s:s}", "TenGiayTo",
	                                text(request, "result"), "MaThanhPhanHoSo", "", "GiayToId",
	                                id, "DuongDanTepTinKetQua", link, "MaGiayToKetQua", paper));
	told_step(system, code, kept, "9", "Đã xử lý xong", now);
}

/* A dossier that nobody here sent. */
static void add_stranger(struct world_system *system, const char *code, moment_t now)
{
	char when[16], number[80];
	snprintf(number, sizeof number, "%s-LA-%lld", system->agency, (long long)system->next++);
	moment_write_wire(now, when, sizeof when);
	json_object_set_new(system->dossiers, code,
	                    json_pack("{s:s, s:i, s:i, s:I, s:{s:s, s:s, s:s}, s:[], s:[], s:i}",
	                              "number", number, "status", 2, "desk", 0, "moved",
	                              (json_int_t)now, "fields", "MaHoSo", code, "NgayTiepNhan",
	                              when, "MaTTHC", "1.004873", "messages", "steps",
	                              "duplicates", 0));
}

static bool turn_one(const struct world_system *system, const char *code, json_t *kept,
                     const json_t *request, moment_t now)
{
	static const char *const flags[] = { "hidden", "twice", "altered", "word" };
	bool understood = true;
	if (*text(request, "supplement"))
		ask_supplement(system, code, kept, request, now);
	else if (json_is_object(json_object_get(request, "fee")))
		ask_money(system, code, kept, json_object_get(request, "fee"), now);
	else if (*text(request, "result"))
		give_result(system, code, kept, request, now);
	else
		understood = false;
	if (*text(request, "word"))
		told_step(system, code, kept, text(request, "word"), text(request, "say"), now);
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (json_object_get(request, flags[i])) {
			json_object_set(kept, flags[i], json_object_get(request, flags[i]));
			understood = true;
		}
	return understood;
}

bool told_turn(struct world *world, struct world_system *system, const json_t *request, moment_t now)
{
	const char *only = text(request, "code"), *code;
	json_t *kept;
	bool done = false;
	if (*text(request, "stranger")) {
		add_stranger(system, text(request, "stranger"), now);
		done = true;
	}
	json_object_foreach(system->dossiers, code, kept)
		if (!*only || strcmp(only, code) == 0)
			done |= turn_one(system, code, kept, request, now);
	world->changed |= done;
	return done;
}

/* ---- files ---- */

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void told_base64(struct bytes *out, const struct bytes *in)
{
	for (size_t i = 0; i < in->size; i += 3) {
		unsigned char b[3] = { 0 };
		size_t n = in->size - i < 3 ? in->size - i : 3;
		memcpy(b, in->data + i, n);
		unsigned bits = (unsigned)b[0] << 16 | (unsigned)b[1] << 8 | b[2];
		for (size_t k = 0; k < 4; k++)
			bytes_byte(out, k <= n ? (uint8_t)letters[bits >> (18 - 6 * k) & 63] : '=');
	}
}

bool told_file(const struct world_system *system, const char *id, struct bytes *out, bool *base64)
{
	const char *code;
	json_t *kept;
	*base64 = false;
	if (filed_file(system, id, out))
		return true;
	json_object_foreach(system->dossiers, code, kept) {
		const json_t *results = json_object_get(kept, "results");
		for (size_t i = 0; i < json_array_size(results); i++) {
			if (strcmp(text(json_array_get(results, i), "GiayToId"), id) != 0)
				continue;
			struct bytes file = { 0 };
			bytes_format(&file, "%%PDF-1.4\n%% Giấy kết quả tập duyệt của hồ sơ %s, token\n"
			                    "%%%%EOF\n", code);
			*base64 = strncmp(id + 9, "0b64", 4) == 0;
			if (*base64)
				told_base64(out, &file);
			else
				bytes_add(out, file.data, file.size);
			bytes_free(&file);
			return true;
		}
	}
	return false;
}
