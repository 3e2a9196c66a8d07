/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/filed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/practice/people.h"
#include "core/practice/sha256.h"
#include "core/practice/told.h"

enum { MOST_AT_ONCE = 200, MOST_BYTES = 12 << 20 };

static const char *text(const json_t *object, const char *name)
{
	const char *value = json_string_value(json_object_get(object, name));
	return value ? value : "";
}

static void put(json_t *object, const char *name, const char *value)
{
	json_object_set_new(object, name, json_string(value));
}

/* ---- files ---- */

/* One page, small and whole, so that whoever opens it finds a PDF. */
static void write_pdf(struct bytes *out, const char *words)
{
	size_t at[5];
	char stream[200];
	snprintf(stream, sizeof stream, "BT /F1 14 Tf 72 720 Td (%.100s) Tj ET", words);
	bytes_text(out, "%PDF-1.4\n");
	const char *const objects[] = { "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		NULL, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>" };
	for (int i = 0; i < 5; i++) {
		at[i] = out->size;
		bytes_format(out, "%d 0 obj\n", i + 1);
		if (objects[i])
			bytes_text(out, objects[i]);
		else
			bytes_format(out, "<</Length %zu>>stream\n%s\nendstream", strlen(stream), stream);
		bytes_text(out, "\nendobj\n");
	}
	size_t table = out->size;
	bytes_text(out, "xref\n0 6\n0000000000 65535 f \n");
	for (int i = 0; i < 5; i++)
		bytes_format(out, "%010zu 00000 n \n", at[i]);
	bytes_format(out, "trailer<</Size 6/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", table);
}

/* A file is made of what is kept of it, so that the world stays small. */
static void file_bytes(const json_t *file, struct bytes *out)
{
	json_int_t size = json_integer_value(json_object_get(file, "bytes"));
	if (json_object_get(file, "text"))
		bytes_text(out, text(file, "text"));
	else
		write_pdf(out, text(file, "id"));
	char block[4096];
	memset(block, '0', sizeof block);
	for (size_t end = size > MOST_BYTES ? MOST_BYTES : size > 0 ? (size_t)size : 0; out->size < end;)
		bytes_add(out, block, end - out->size < sizeof block ? end - out->size : sizeof block);
}

static void add_file(json_t *kept, const struct world_system *system, const json_t *wanted, const char *code)
{
	json_t *files = json_object_get(kept, "filed"), *file = json_deep_copy(wanted);
	struct bytes content = { 0 };
	char id[48], hash[65], digest[65];
	snprintf(hash, sizeof hash, "%s/%zu/%s", system->code, json_array_size(files), code);
	sha256_hex(hash, strlen(hash), digest);
	snprintf(id, sizeof id, "%.8s-%.4s-4000-8000-%.12s", digest, digest + 8, digest + 12);
	put(file, "id", id);
	if (!*text(file, "name"))
		put(file, "name", "giay-to.pdf");
	file_bytes(file, &content);
	sha256_hex(content.data, content.size, hash);
	const char *spoil = text(file, "spoil");
	if (strcmp(spoil, "hash") == 0)
		hash[0] = hash[0] == '0' ? '1' : '0';
	put(file, "sha256", hash);
	json_object_set_new(file, "size", json_integer((json_int_t)content.size + (strcmp(spoil, "size") == 0)));
	json_array_append_new(files, file);
	bytes_free(&content);
}

static void put_link(json_t *out, const char *name, const struct world_system *system, const char *id)
{
	char link[300];
	snprintf(link, sizeof link, "http://ip-ss-donvi:8080/XrdAdapter/RestService/forward/downloadfile/%s&dstcode=VN:GOV:%s:%s", id,
	         system->agency, system->code);
	put(out, name, link);
}

bool filed_file(const struct world_system *system, const char *id, struct bytes *out)
{
	const char *code;
	json_t *kept, *file;
	size_t i;
	json_object_foreach(system->dossiers, code, kept)
		json_array_foreach(json_object_get(kept, "filed"), i, file)
			if (strcmp(text(file, "id"), id) == 0 && strcmp(text(file, "spoil"), "gone") != 0) {
				file_bytes(file, out);
				return true;
			}
	return false;
}

/* ---- what a citizen writes ---- */

/* The papers that the shipped catalogue requires of this procedure. */
static void required_papers(const char *procedure, json_t *out)
{
	struct arena arena = { 0 };
	struct paths paths = { 0 };
	char *all = NULL;
	paths_shared(&paths, &arena);
	if (path_read(&arena, path_join(&arena, paths.share, "core/data/components.tsv"), &all, NULL, NULL)) {
		for (char *line = strtok(all, "\n"); line; line = strtok(NULL, "\n")) {
			char *part[6] = { line };
			for (int i = 1; i < 6 && part[i - 1]; i++) {
				part[i] = strchr(part[i - 1], '\t');
				if (part[i])
					*part[i]++ = '\0';
			}
			if (!part[5] || strcmp(line, procedure) != 0 || strncmp(part[5], "required\t", 9) != 0 || json_array_size(out) >= 4)
				continue;
			char name[40];
			snprintf(name, sizeof name, "tp%02zu.pdf", json_array_size(out) + 1);
			json_array_append_new(out, json_pack("{s:s, s:s}", "component", part[2], "name", name));
		}
	}
	arena_free(&arena);
}

static json_t *fields_of(const char *code, const json_t *request, moment_t now)
{
	struct arena arena = { 0 };
	struct practice_person person;
	char when[16], birth[16];
	const char *procedure = *text(request, "procedure") ? text(request, "procedure") : "1.004873";
	if (!people_find(&arena, text(request, "person"), &person) && !people_find(&arena, "089199990001", &person))
		person = (struct practice_person){ .number = "", .name = "NGUYỄN VĂN A", .sex = "", .address = "", .birth = 0 };
	moment_write_wire(now, when, sizeof when);
	snprintf(birth, sizeof birth, "%04d%02d%02d000000", day_date(person.birth).year, day_date(person.birth).month,
	         day_date(person.birth).day);
	json_t *fields = json_object();
	const char *const pairs[][2] = { { "MaHoSo", code }, { "MaTTHC", procedure },
		{ "TenTTHC", *text(request, "name") ? text(request, "name") : "Thủ tục tập duyệt" }, { "MaLinhVuc", "TD" },
		{ "TenLinhVuc", "Tập duyệt" }, { "KenhThucHien", "2" }, { "ChuHoSo", person.name },
		{ "SoGiayToChuHoSo", person.number }, { "NgaySinhChuHoSo", birth }, { "GioiTinhChuHoSo", person.sex },
		{ "DiaChiChuHoSo", person.address }, { "LoaiDoiTuong", "1" }, { "Email", "" }, { "SoDienThoai", "0900000000" },
		{ "TrichYeuHoSo", *text(request, "summary") ? text(request, "summary") : "Đề nghị giải quyết hồ sơ nộp trực tuyến" },
		{ "NgayTiepNhan", when }, { "NgayNopHoSo", *text(request, "filed_at") ? text(request, "filed_at") : when },
		{ "NgayHenTra", "" }, { "HinhThuc", "0" }, { "DonViXuLy", "UBND xã (tập duyệt)" },
		{ "MaDonViXuLy", text(request, "agency") }, { "TaiKhoanDuocXacThucVoiVNeID", "1" }, { "DuocThanhToanTrucTuyen", "0" },
		{ "GhiChu", "" } };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		put(fields, pairs[i][0], pairs[i][1]);
	json_t *form = json_object_get(request, "form");
	char *packed = json_dumps(form ? form : json_null(), JSON_COMPACT | JSON_ENCODE_ANY);
	put(fields, "ThongTinKhac", form && packed ? packed : "{\"mucDich\":\"Bổ túc hồ sơ\",\"soBan\":1}");
	free(packed);
	arena_free(&arena);
	return fields;
}

/* Control characters, orders to terminals and printers, sizes that nobody needs. */
static void make_hostile(json_t *fields)
{
	struct bytes big = { 0 };
	for (int i = 0; i < 200000; i++)
		bytes_byte(&big, 'x');
	put(fields, "ChuHoSo", "NGUYỄN \x1b[2J\x1b]0;x\x07 '; DROP TABLE motcua.filing; --\r\n");
	put(fields, "TrichYeuHoSo", bytes_string(&big));
	put(fields, "ThongTinKhac", "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":1}}}}},\"\\u001b[31m\":\"\\u0007\"}");
	put(fields, "SoDienThoai", "=HYPERLINK(\"http://x\")");
	put(fields, "GioiTinhChuHoSo", "khác");
	bytes_free(&big);
}

static void file_one(struct world *world, struct world_system *system, const json_t *request, moment_t now)
{
	char code[64], id[65];
	struct date day = day_date(moment_day(now));
	size_t i;
	json_t *file, *files = json_array();
	snprintf(code, sizeof code, "%s-%04d%02d%02d-%07lld", system->agency, day.year, day.month, day.day, (long long)system->next++);
	json_t *fields = fields_of(code, request, now);
	if (json_is_true(json_object_get(request, "hostile")))
		make_hostile(fields);
	json_t *kept = world_keep(world, system, code, code, fields, 1, now);
	json_object_set_new(kept, "filed", json_array());
	sha256_hex(code, strlen(code), id);
	id[24] = '\0';
	put(kept, "id", id);
	if (json_is_array(json_object_get(request, "files")))
		json_array_extend(files, json_object_get(request, "files"));
	else
		required_papers(text(fields, "MaTTHC"), files);
	json_array_foreach(files, i, file)
		add_file(kept, system, file, code);
	json_decref(files);
	json_decref(fields);
}

/* The citizen comes back to one that was filed. */
static bool change_one(const struct world_system *system, const char *code, json_t *kept, const json_t *request, moment_t now)
{
	json_t *fields = json_object_get(kept, "fields"), *file;
	const char *status = text(request, "status"), *say = text(request, "say");
	size_t i;
	bool understood = false;
	if (*text(request, "summary")) {
		put(fields, "TrichYeuHoSo", text(request, "summary"));
		understood = true;
	}
	json_array_foreach(json_object_get(request, "files"), i, file) {
		add_file(kept, system, file, code);
		understood = true;
	}
	/* What was asked for is in: it waits for the desk again. */
	if (understood && json_integer_value(json_object_get(kept, "status")) == 5 && !*status)
		status = "1", say = *say ? say : "Công dân đã bổ sung";
	if (*status)
		told_step(system, code, kept, status, *say ? say : "Công dân thay đổi hồ sơ", now);
	return understood || *status;
}

bool filed_turn(struct world *world, struct world_system *system, const json_t *request, moment_t now)
{
	const char *code = text(request, "code");
	json_t *kept = *code ? json_object_get(system->dossiers, code) : NULL;
	json_int_t count = json_integer_value(json_object_get(request, "count"));
	if (*code && !(kept && json_object_get(kept, "filed")))
		return false;
	world->changed = true;
	if (kept)
		return change_one(system, code, kept, request, now);
	for (json_int_t i = 0; i < (count < 1 ? 1 : count) && i < MOST_AT_ONCE; i++)
		file_one(world, system, request, now);
	return true;
}

/* ---- what is told ---- */

bool filed_waits(const json_t *kept)
{
	json_int_t status = json_integer_value(json_object_get(kept, "status"));
	return json_object_get(kept, "filed") && (status == 1 || status == 3 || status == 5 || status == 7);
}

static void put_content(json_t *out, const json_t *file)
{
	struct bytes content = { 0 }, letters = { 0 };
	file_bytes(file, &content);
	told_base64(&letters, &content);
	put(out, "Base64", bytes_string(&letters));
	bytes_free(&content);
	bytes_free(&letters);
}

static void put_status(json_t *item, const json_t *kept)
{
	char status[8];
	snprintf(status, sizeof status, "%d", (int)json_integer_value(json_object_get(kept, "status")));
	put(item, "TrangThaiHoSo", status);
	json_object_set(item, "TienTrinh", json_object_get(kept, "steps"));
}

static void put_size(json_t *out, const json_t *file)
{
	char size[24];
	snprintf(size, sizeof size, "%lld", (long long)json_integer_value(json_object_get(file, "size")));
	put(out, "DungLuong", size);
	put(out, "HashTepTin", text(file, "sha256"));
}

json_t *filed_item(const struct world_system *system, const char *code, const json_t *kept)
{
	json_t *item = json_copy(json_object_get(kept, "fields")), *files = json_array(), *file;
	size_t i;
	put(item, "MaHoSo", code);
	put(item, "MaHoSoKhac", code);
	put_status(item, kept);
	json_array_foreach(json_object_get(kept, "filed"), i, file) {
		json_t *out = json_pack("{s:s, s:s, s:s, s:s, s:s}", "TepDinhKemId", text(file, "id"), "TenTepDinhKem", text(file, "name"),
		                        "IsDeleted", "False", "MaThanhPhanHoSo", "", "TenThanhPhanHoSo", text(file, "component"));
		put_size(out, file);
		if (json_is_true(json_object_get(file, "base64")))
			put_content(out, file);
		else
			put_link(out, "DuongDanTaiTepTin", system, text(file, "id"));
		json_array_append_new(files, out);
	}
	json_object_set_new(item, "TaiLieuNop", files);
	return item;
}

/* "20261120094100" as this platform writes it. */
static void put_dashed(json_t *out, const char *name, const char *when)
{
	char dashed[24] = "";
	if (strlen(when) == 14)
		snprintf(dashed, sizeof dashed, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s", when, when + 4, when + 6, when + 8, when + 10, when + 12);
	put(out, name, dashed);
}

json_t *filed_content(const struct world_system *system, const char *code, const json_t *kept)
{
	const json_t *fields = json_object_get(kept, "fields");
	json_t *form = json_loads(text(fields, "ThongTinKhac"), JSON_DECODE_ANY, NULL), *papers = json_array(), *file;
	size_t i;
	json_t *who = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "TenNguoiNop", text(fields, "ChuHoSo"), "SoDinhDanh",
	                        text(fields, "SoGiayToChuHoSo"), "NgaySinh", text(fields, "NgaySinhChuHoSo"), "GioiTinh",
	                        text(fields, "GioiTinhChuHoSo"), "SoDienThoai", text(fields, "SoDienThoai"), "Email", "",
	                        "DiaChiChiTiet", text(fields, "DiaChiChuHoSo"));
	json_t *out = json_pack("{s:s, s:O, s:s, s:s, s:s, s:s, s:i, s:s, s:o, s:{s:i, s:o}}", "maHoSo", code, "idHoSo",
	                        json_object_get(kept, "id"), "MaTTHC", text(fields, "MaTTHC"), "TenTTHC", text(fields, "TenTTHC"),
	                        "MaDonViTiepNhan", text(fields, "MaDonViXuLy"), "ChuHoSo", text(fields, "ChuHoSo"), "LoaiDoiTuong", 0,
	                        "TrichYeuHoSo", text(fields, "TrichYeuHoSo"), "EformThongTinChiTiet", form ? form : json_object(),
	                        "ThongTinNguoiNop", "LoaiDoiTuong", 0, "ThongTinChiTiet", who);
	put_dashed(out, "NgayNop", text(fields, "NgayNopHoSo"));
	put_status(out, kept);
	json_array_foreach(json_object_get(kept, "filed"), i, file) {
		json_t *paper = json_pack("{s:s, s:s}", "IdGiayTo", text(file, "id"), "TenGiayTo", text(file, "name"));
		put_size(paper, file);
		put_link(paper, "DuongDan", system, text(file, "id"));
		json_array_append_new(papers, json_pack("{s:s, s:i, s:i, s:[o]}", "TenThanhPhanHoSo", text(file, "component"), "SoLuong", 1,
		                                        "LoaiBan", 2, "GiayToDinhKem", paper));
	}
	json_object_set_new(out, "ThanhPhanHoSo", papers);
	return out;
}

json_t *filed_page(const struct world_system *system, const char *status, long page, long size)
{
	json_t *list = json_array(), *kept;
	const char *code;
	long seen = 0;
	if (size < 1 || size > 200)
		size = 50;
	json_object_foreach(system->dossiers, code, kept) {
		const json_t *fields = json_object_get(kept, "fields");
		if (!json_object_get(kept, "filed") || json_integer_value(json_object_get(kept, "status")) != atoi(status))
			continue;
		if (seen++ < page * size || (long)json_array_size(list) >= size)
			continue;
		json_t *line = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "MaHoSo", code, "maHoSo", code, "MaTTHC", text(fields, "MaTTHC"),
		                         "TrangThaiHoSo", status, "NgayNopHoSo", text(fields, "NgayNopHoSo"), "MaDonViXuLy",
		                         text(fields, "MaDonViXuLy"), "MaDonViTiepNhan", text(fields, "MaDonViXuLy"));
		put_dashed(line, "NgayNop", text(fields, "NgayNopHoSo"));
		json_array_append_new(list, line);
	}
	return list;
}
