/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/lookup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/practice/people.h"

#define CONFIRMED_MS 600000 /* a one-time code holds for ten minutes */
#define SEEN_MOST    2000

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static json_t *kept(struct world_system *system, const char *name)
{
	json_t *object = json_object_get(system->extra, name);
	if (!object) {
		object = json_object();
		json_object_set_new(system->extra, name, object);
	}
	return object;
}

/* The key of the office, as gateways ask for it. */
static bool let_in(const struct practice_ask *ask, const struct world_system *system, struct practice_told *told)
{
	const char *key = ask_header(ask, "apikey");
	if (key && *key && !system->refuse_account)
		return true;
	told->status = 401;
	told->json = json_pack("{s:s, s:s}", "error_code", "401", "message", "Unauthorized: apikey không hợp lệ");
	return false;
}

/* ---- population ---- */

static struct world_system *dan_cu_find(const struct practice_ask *ask, const char **service,
                                        struct practice_told *told)
{
	(void)told;
	*service = "lookup";
	return strcmp(ask->method, "POST") == 0 && strcmp(ask->rest, "traCuuCongDan") == 0
	               ? world_find(ask->world, "dan-cu")
	               : NULL;
}

static json_t *said(const char *code, const char *message)
{
	return json_pack("{s:s, s:s}", "error_code", code, "message", message);
}

/* What is wrong with the request, glued into one sentence. */
static void complaints(const json_t *request, struct bytes *out)
{
	static const struct { const char *name; size_t most; } lengths[] = { { "HoVaTen", 100 }, { "MaYeuCau", 40 },
		{ "MaDVC", 20 }, { "MaTichHop", 20 }, { "MaCanBo", 20 } };
	struct arena arena = { 0 };
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		const char *text = member(request, lengths[i].name);
		if (!*text || text_count(text) > lengths[i].most)
			bytes_format(out, "%s%s không hợp lệ", out->size ? ", " : "", lengths[i].name);
	}
	if (strcmp(member(request, "HoVaTen"), text_upper(&arena, member(request, "HoVaTen"))) != 0)
		bytes_format(out, "%sHoVaTen phải viết hoa", out->size ? ", " : "");
	if (strlen(member(request, "SoDinhDanh")) != 12 && strlen(member(request, "SoCMND")) != 9)
		bytes_format(out, "%sSoDinhDanh không hợp lệ", out->size ? ", " : "");
	if (day_read_iso(member(request, "NgayThangNam")) == DAY_NONE && strlen(member(request, "Nam")) != 4)
		bytes_format(out, "%sNgayThangNam không hợp lệ", out->size ? ", " : "");
	arena_free(&arena);
}

/* "00" until the officer has typed the code; then it holds for a while.  NULL: confirmed. */
static const char *confirm(const struct practice_ask *ask, struct world_system *system)
{
	json_t *officers = kept(system, "confirmed");
	const char *officer = member(ask->json, "MaCanBo"), *code = member(ask->json, "MaXacNhan");
	json_int_t until = json_integer_value(json_object_get(officers, officer));
	if (until > ask->now_ms)
		return NULL;
	if (!*code)
		return "00";
	if (strcmp(code, LOOKUP_PRACTICE_CODE) != 0)
		return "01";
	json_object_set_new(officers, officer, json_integer(ask->now_ms + CONFIRMED_MS));
	return NULL;
}

static void put(struct bytes *xml, const char *name, const char *value)
{
	bytes_format(xml, "<ns1:%s>", name);
	for (; *value; value++) {
		if (*value == '<' || *value == '&')
			bytes_text(xml, *value == '<' ? "&lt;" : "&amp;");
		else
			bytes_byte(xml, (uint8_t)*value);
	}
	bytes_format(xml, "</ns1:%s>", name);
}

/* "Nguyễn Thị Thuỳ Dương": the first word, what is between, the last. */
static void put_name(struct arena *arena, struct bytes *xml, const char *name)
{
	const char *upper = text_upper(arena, name);
	const char *first = strchr(upper, ' '), *last = strrchr(upper, ' ');
	bytes_text(xml, "<ns1:HoVaTen>");
	put(xml, "Ho", first ? arena_copy(arena, upper, (size_t)(first - upper)) : upper);
	put(xml, "ChuDem", first && last > first ? arena_copy(arena, first + 1, (size_t)(last - first - 1)) : "");
	put(xml, "Ten", last ? last + 1 : "");
	bytes_text(xml, "</ns1:HoVaTen>");
}

/* Their units are those of 2025: a hamlet kept its name, its commune did not. */
static void put_home(struct bytes *xml, const struct practice_person *person)
{
	bool here = strncmp(person->number, "089", 3) == 0 || strncmp(person->number, "091", 3) == 0;
	bytes_text(xml, "<ns1:ThuongTru>");
	put(xml, "MaTinhThanh", here ? "91" : "");
	put(xml, "MaQuanHuyen", "");
	put(xml, "MaPhuongXa", here ? "30538" : "");
	put(xml, "ChiTiet", here ? person->hamlet : person->address);
	bytes_text(xml, "</ns1:ThuongTru>");
}

static void put_person(struct arena *arena, struct bytes *xml, const struct practice_person *person)
{
	char day[16];
	bytes_text(xml, "<ns1:CongDan>");
	put(xml, "SoDinhDanh", person->number);
	put(xml, "SoCMND", person->old_number);
	put_name(arena, xml, person->name);
	put(xml, "GioiTinh", person->sex);
	bytes_text(xml, "<ns1:NgayThangNamSinh>");
	put(xml, "NgayThangNam", day_write_iso(person->birth, day, sizeof day));
	bytes_text(xml, "</ns1:NgayThangNamSinh>");
	put_home(xml, person);
	bytes_text(xml, "</ns1:CongDan>");
}

static bool same_person(const json_t *request, const struct practice_person *person)
{
	day_t day = day_read_iso(member(request, "NgayThangNam"));
	return text_same_name(member(request, "HoVaTen"), person->name) &&
	       (day != DAY_NONE ? day == person->birth : atoi(member(request, "Nam")) == day_date(person->birth).year);
}

static json_t *envelope(const json_t *request)
{
	struct arena arena = { 0 };
	struct bytes xml = { 0 };
	struct practice_person person;
	const char *number = member(request, "SoDinhDanh");
	bytes_text(&xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope "
	                 "xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:ns1=\"http://dancuquocgia.bca\">"
	                 "<soapenv:Body><ns1:CongdanCollection>");
	if (people_find(&arena, *number ? number : member(request, "SoCMND"), &person) && same_person(request, &person))
		put_person(&arena, &xml, &person);
	bytes_text(&xml, "</ns1:CongdanCollection></soapenv:Body></soapenv:Envelope>");
	json_t *reply = said("0", bytes_string(&xml));
	bytes_free(&xml);
	arena_free(&arena);
	return reply;
}

/* Each request has a number of its own, and says it once. */
static bool seen_before(struct world_system *system, const char *request)
{
	json_t *seen = kept(system, "requests");
	if (json_object_get(seen, request))
		return true;
	if (json_object_size(seen) >= SEEN_MOST)
		json_object_clear(seen);
	json_object_set_new(seen, request, json_true());
	return false;
}

static void dan_cu_answer(const struct practice_ask *ask, struct world_system *system, const char *service,
                          struct practice_told *told)
{
	struct bytes wrong = { 0 };
	(void)service;
	system->calls++;
	if (!let_in(ask, system, told))
		return;
	ask->world->changed = true;
	complaints(ask->json, &wrong);
	const char *code = wrong.size ? NULL : confirm(ask, system);
	if (wrong.size)
		told->json = said("-1", bytes_string(&wrong));
	else if (seen_before(system, member(ask->json, "MaYeuCau")))
		told->json = said("-1", "MaYeuCau đã được sử dụng");
	else if (code)
		told->json = said(code, strcmp(code, "00") == 0
		                                ? "Cần mã xác nhận của cán bộ (tập duyệt: " LOOKUP_PRACTICE_CODE ")"
		                                : "Mã xác nhận của cán bộ sai");
	else
		told->json = envelope(ask->json);
	bytes_free(&wrong);
}

const struct practice_door door_dan_cu = {
	.prefix = "/apiCSDLDanCu/", .find = dan_cu_find, .answer = dan_cu_answer,
};

/* ---- business register ---- */

static struct world_system *dkkd_find(const struct practice_ask *ask, const char **service,
                                      struct practice_told *told)
{
	(void)told;
	*service = "lookup";
	return strcmp(ask->method, "GET") == 0 && strcmp(ask->rest, "chiTietDoanhNghiep") == 0
	               ? world_find(ask->world, "dang-ky-kinh-doanh")
	               : NULL;
}

static void dkkd_answer(const struct practice_ask *ask, struct world_system *system, const char *service,
                        struct practice_told *told)
{
	struct arena arena = { 0 };
	struct practice_enterprise e;
	const char *number = ask_query(ask, "msdn");
	(void)service;
	system->calls++;
	if (!let_in(ask, system, told))
		return;
	if (people_enterprise(&arena, number ? number : "", &e))
		told->json = json_pack("{s:s, s:s, s:i, s:{s:s, s:s, s:s}, s:{s:s}, s:[{s:s}]}", "Status", "1", "Message", "",
		                       "DataCount", 1, "MainInformation", "ENTERPRISE_GDT_CODE", e.number, "NAME", e.name,
		                       "ENTERPRISE_STATUS", e.status, "HOAdress", "AddressFullText", e.address,
		                       "Representatives", "FULL_NAME", e.representative);
	else
		told->json = json_pack("{s:s, s:s, s:i}", "Status", "1", "Message", "Không có dữ liệu", "DataCount", 0);
	arena_free(&arena);
}

const struct practice_door door_dang_ky_kinh_doanh = {
	.prefix = "/apiCSDLDKDN/", .find = dkkd_find, .answer = dkkd_answer,
};

/* ---- insurance ---- */

static struct world_system *bhxh_find(const struct practice_ask *ask, const char **service,
                                      struct practice_told *told)
{
	(void)told;
	*service = "lookup";
	return strcmp(ask->method, "POST") == 0 && strcmp(ask->rest, "getMaSoBhxhTheoTieuChi") == 0
	               ? world_find(ask->world, "bhxh")
	               : NULL;
}

/* The insurance number is made of the citizen's own: nobody's. */
static json_t *card_of(const struct practice_person *person)
{
	char card[24], day[16];
	snprintf(card, sizeof card, "DN4%.2s%s", person->number + 1, person->number + 2);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "maSoBhxh", person->number + 2, "hoTen", person->name,
	                 "ngaySinh", day_write(person->birth, day, sizeof day), "soTheBhyt", card, "tuNgay", "01/01/2026",
	                 "denNgay", "31/12/2026", "noiDangKyKcb", "Trạm y tế xã Núi Cấm", "trangThai", "Đang hiệu lực");
}

static void bhxh_answer(const struct practice_ask *ask, struct world_system *system, const char *service,
                        struct practice_told *told)
{
	struct arena arena = { 0 };
	struct practice_person person;
	(void)service;
	system->calls++;
	if (!let_in(ask, system, told))
		return;
	json_t *list = json_array();
	if (people_find(&arena, member(ask->json, "soCmnd"), &person) &&
	    text_same_name(member(ask->json, "hoTen"), person.name) &&
	    day_read_iso(member(ask->json, "ngaySinh")) == person.birth)
		json_array_append_new(list, card_of(&person));
	told->json = json_pack("{s:s, s:s, s:o}", "error_code", "0", "message", "", "result", list);
	arena_free(&arena);
}

const struct practice_door door_bhxh = {
	.prefix = "/apiBHXH/", .find = bhxh_find, .answer = bhxh_answer,
};
