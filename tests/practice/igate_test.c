/* SPDX-License-Identifier: Apache-2.0
 *
 * The platform of six ministries and the provinces as the practice world plays
 * it, asked in plain HTTP without our connector. */
#include "tests/practice/asks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/practice/sha256.h"

static void log_in(const char *system)
{
	char path[64];
	token[0] = '\0';
	snprintf(path, sizeof path, "/%s/tichhop/v1/token", system);
	json_t *data = good("POST", path,
	                    "{\"client_id\":\"x\",\"client_secret\":\"tap-duyet\"}", 200);
	snprintf(token, sizeof token, "%s", text(data, "access_token"));
	assert_true(*token);
	json_decref(data);
}

static void a_wrong_account_and_an_old_token_are_told_apart(void **state)
{
	(void)state;
	token[0] = '\0';
	json_decref(good("POST", "/noi-vu/tichhop/v1/token",
	                 "{\"client_id\":\"x\",\"client_secret\":\"khác\"}", 401));
	log_in("noi-vu");
	json_decref(good("GET", "/noi-vu/tichhop/v1/ho-so/so-tiep-theo?code=1.000001", NULL, 200));
	json_decref(bench_control(&bench, "expire", "{\"system\":\"noi-vu\"}"));
	assert_null(call("GET", "/noi-vu/tichhop/v1/ho-so/so-tiep-theo?code=1.000001", NULL, NULL));
	assert_int_equal(last.code, 401);
	assert_string_equal(last.type, "text/plain");
	/* Another ministry's token is no token. */
	log_in("noi-vu");
	assert_null(call("GET", "/y-te/tichhop/v1/ho-so/so-tiep-theo?code=1.000001", NULL, NULL));
	assert_int_equal(last.code, 401);
}

static void take_number(char out[64])
{
	json_t *data = good("GET", "/noi-vu/tichhop/v1/ho-so/so-tiep-theo?code=1.000001", NULL, 200);
	snprintf(out, 64, "%s", text(data, "value"));
	json_decref(data);
}

#define BOUND "multipart/form-data; boundary=xyz"
#define PART(name, content)                                                             \
	"--xyz\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" name "\"\r\n" \
	"Content-Type: application/pdf\r\n\r\n" content "\r\n"

static json_t *upload(const char *body)
{
	json_t *reply = call("POST", "/noi-vu/tichhop/v1/tep-tin", BOUND, body);
	json_t *files = json_object_get(
		json_object_get(json_array_get(json_object_get(reply, "data"), 0), "response"),
		"data");
	files = json_incref(files);
	json_decref(reply);
	return files;
}

/* A dossier quoting that file, with members of `change` put on top. */
static json_t *create(const char *number, const json_t *file, const char *change, long want)
{
	json_t *dossier = json_pack(
		"{s:s, s:s, s:s, s:i, s:s, s:s, s:[{s:s, s:s, s:i, s:i, s:[{s:s, s:s, s:s}]}], "
		"s:{s:i, s:{s:s, s:s, s:s}}}",
		"MaHoSo", number, "MaTTHC", "1.000001", "ChuHoSo", "NGUYỄN VĂN A", "LoaiDoiTuong", 0,
		"MaDonViTiepNhan", "H01.999", "NgayTiepNhan", "2026-11-20 08:40:00",
		"ThanhPhanHoSo", "MaThanhPhanHoSo", "", "TenThanhPhanHoSo", "Đơn", "SoLuong", 1,
		"LoaiBan", 2, "GiayToDinhKem", "IdGiayTo", text(file, "IdTepTin"), "TenGiayTo",
		"don.pdf", "HashTepTin", text(file, "HashTepTin"), "ThongTinNguoiNop",
		"LoaiDoiTuong", 0, "ThongTinChiTiet", "TenNguoiNop", "NGUYỄN VĂN A", "SoDinhDanh",
		"001199000012", "NgaySinh", "19990305000000");
	if (change) {
		json_t *more = json_loads(change, 0, NULL);
		assert_non_null(more);
		json_object_update_recursive(dossier, more);
		json_decref(more);
	}
	char *body = json_dumps(dossier, 0);
	json_decref(dossier);
	json_t *reply = call("POST", "/noi-vu/tichhop/v1/ho-so", NULL, body);
	free(body);
	if (code_of(reply) != want)
		fail_msg("%s: %ld %s", change ? change : "", code_of(reply), text(reply, "message"));
	return reply;
}

static void numbers_are_given_once_and_files_hashed(void **state)
{
	(void)state;
	char first[64], second[64], hash[65];
	log_in("noi-vu");
	take_number(first);
	take_number(second);
	assert_string_not_equal(first, second);
	json_t *files = upload(PART("don.pdf", "một\r\nhai") PART("anh.jpg", "") "--xyz--\r\n");
	assert_int_equal(json_array_size(files), 2);
	sha256_hex("một\r\nhai", strlen("một\r\nhai"), hash);
	assert_string_equal(text(json_array_get(files, 0), "HashTepTin"), hash);
	assert_string_equal(text(json_array_get(files, 1), "HashTepTin"),
	                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	json_decref(files);
	assert_null(upload(PART("macro.docm", "x") "--xyz--\r\n"));
	assert_int_equal(last.code, 415);
	assert_null(upload("--abc\r\n"));
	/* The world keeps what came. */
	json_t *kept = bench_control(&bench, "state?system=noi-vu", NULL);
	json_t *extra = json_object_get(
		json_object_get(json_object_get(kept, "systems"), "noi-vu"), "extra");
	assert_int_equal(json_object_size(json_object_get(extra, "files")), 2);
	json_decref(kept);
}

static void statuses_in_order(const char *id, const char *number)
{
	char body[512];
	static const struct {
		int status;
		const char *more;
		long want;
	} told[] = {
		{ 9, "", 400 }, /* not before it was received */
		{ 2, ",\"DanhSachGiayToKetQua\":[{\"TenGiayTo\":\"x\",\"DuongDanTepTinKetQua\":\"y\"}]",
		  400 },
		{ 2, "", 200 },
		{ 2, "", 409 },
		{ 10, "", 400 },
	};
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		snprintf(body, sizeof body,
		         "[{\"IdHoSo\":\"%s\",\"MaHoSo\":\"%s\",\"TrangThai\":%d%s}]", id, number,
		         told[i].status, told[i].more);
		json_t *data = good("POST", "/noi-vu/tichhop/v1/trang-thai", body, 200);
		if (code_of(json_array_get(data, 0)) != told[i].want)
			fail_msg("%d%s: %ld", told[i].status, told[i].more,
			         code_of(json_array_get(data, 0)));
		json_decref(data);
	}
}

static void a_dossier_is_created_told_on_and_read_back(void **state)
{
	(void)state;
	char number[64], body[512];
	json_decref(bench_control(&bench, "reset", "{\"system\":\"noi-vu\"}"));
	log_in("noi-vu");
	take_number(number);
	json_t *files = upload(PART("don.pdf", "nội dung") "--xyz--\r\n");
	json_t *file = json_array_get(files, 0);
	json_t *reply = create(number, file, NULL, 200);
	char id[32];
	snprintf(id, sizeof id, "%s", text(json_object_get(reply, "data"), "idHoSo"));
	assert_int_equal(strlen(id), 24);
	json_decref(reply);
	reply = create(number, file, NULL, 409);
	assert_string_equal(text(json_object_get(reply, "data"), "idHoSo"), id);
	json_decref(reply);
	/* Each item of a list has its own fate. */
	snprintf(body, sizeof body,
	         "[{\"IDHoSo\":\"%s\",\"MaHoSo\":\"%s\",\"NguoiXuLy\":\"B\",\"ThoiDiemXuLy\":"
	         "\"2026-11-20T08:40:00.000\",\"NoiDungXuLy\":\"Tiếp nhận\",\"TrangThai\":2},"
	         "{\"IdHoSo\":\"%s\",\"MaHoSo\":\"%s\",\"NguoiXuLy\":\"B\",\"ThoiDiemXuLy\":"
	         "\"2026-11-20 08:40:00\",\"TrangThai\":11}]",
	         id, number, id, number);
	json_t *data = good("POST", "/noi-vu/tichhop/v1/tien-trinh", body, 200);
	assert_int_equal(code_of(json_array_get(data, 0)), 200);
	assert_int_equal(code_of(json_array_get(data, 1)), 400);
	assert_non_null(strstr(text(json_array_get(data, 1), "message"), "Thiếu trường IDHoSo; "));
	assert_non_null(strstr(text(json_array_get(data, 1), "message"), "ThoiDiemXuLy"));
	json_decref(data);
	statuses_in_order(id, number);
	json_decref(bench_control(&bench, "step", "{\"system\":\"noi-vu\"}"));
	json_decref(bench_control(&bench, "step", "{\"system\":\"noi-vu\"}"));
	snprintf(body, sizeof body, "/noi-vu/tichhop/v1/ho-so/%s", number);
	data = good("GET", body, NULL, 200);
	assert_string_equal(text(data, "TrangThaiHoSo"), "9");
	assert_int_equal(json_array_size(json_object_get(data, "TienTrinh")), 3);
	const json_t *result = json_array_get(json_object_get(data, "DanhSachGiayToKetQua"), 0);
	snprintf(body, sizeof body, "/noi-vu/tichhop/v1/tep-tin/%s", text(result, "GiayToId"));
	assert_null(call("GET", body, NULL, NULL));
	assert_string_equal(last.type, "application/pdf");
	json_decref(data);
	snprintf(body, sizeof body, "/noi-vu/tichhop/v1/ho-so/%s/da-nhan", number);
	json_decref(good("PUT", body, "{\"maHoSo\":\"x\",\"daNhan\":true}", 200));
	json_decref(good("GET", "/noi-vu/tichhop/v1/ho-so/G10.99-20261122-9999999", NULL, 404));
	assert_int_equal(last.code, 404);
	json_decref(files);
}

static void what_is_wrong_is_named_in_prose(void **state)
{
	(void)state;
	static const struct {
		const char *change;
		const char *says[3];
	} bad[] = {
		{ "{\"LoaiDoiTuong\":3}", { "LoaiDoiTuong không tồn tại" } },
		{ "{\"LoaiDoiTuong\":\"1\"}", { "LoaiDoiTuong phải là số nguyên" } },
		{ "{\"NgayTiepNhan\":\"20261120084000\",\"ChuHoSo\":\"\"}",
		  { "ChuHoSo không được để trống; ", "NgayTiepNhan không đúng định dạng" } },
		{ "{\"ThongTinNguoiNop\":{\"ThongTinChiTiet\":{\"NgaySinh\":\"1999-03-05\","
		  "\"MaHuyen\":\"886\"}}}",
		  { "NgaySinh không đúng định dạng yyyyMMddHHmmss", "MaHuyen không tồn tại" } },
		{ "{\"ThanhPhanHoSo\":[{\"MaThanhPhanHoSo\":\"\",\"TenThanhPhanHoSo\":\"x\","
		  "\"SoLuong\":1,\"LoaiBan\":3,\"GiayToDinhKem\":[{\"IdGiayTo\":\"khong\","
		  "\"TenGiayTo\":\"x\",\"HashTepTin\":\"00\"}]}]}",
		  { "LoaiBan không tồn tại", "IdGiayTo khong không tồn tại", "HashTepTin" } },
		{ "{\"MaHoSo\":\"G10.99-20261122-9999999\"}", { "MaHoSo chưa được cấp số" } },
	};
	char number[64];
	log_in("noi-vu");
	take_number(number);
	json_t *files = upload(PART("don.pdf", "nội dung") "--xyz--\r\n");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		json_t *reply = create(number, json_array_get(files, 0), bad[i].change, 400);
		for (int s = 0; s < 3 && bad[i].says[s]; s++)
			if (!strstr(text(reply, "message"), bad[i].says[s]))
				fail_msg("%s: %s", bad[i].change, text(reply, "message"));
		json_decref(reply);
	}
	/* A file that is there under another hash is another file. */
	json_t *other = json_pack("{s:s, s:s}", "IdTepTin",
	                          text(json_array_get(files, 0), "IdTepTin"), "HashTepTin",
	                          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	json_decref(create(number, other, NULL, 400));
	json_decref(other);
	json_decref(files);
}

static void changes_come_in_pages_oldest_first(void **state)
{
	(void)state;
	char number[64], body[512], today[32], before[32];
	moment_t now = moment_now();
	json_decref(bench_control(&bench, "reset", "{\"system\":\"noi-vu\"}"));
	log_in("noi-vu");
	json_t *files = upload(PART("don.pdf", "nội dung") "--xyz--\r\n");
	for (int i = 0; i < 3; i++) {
		take_number(number);
		json_t *reply = create(number, json_array_get(files, 0), NULL, 200);
		snprintf(body, sizeof body, "[{\"IdHoSo\":\"%s\",\"MaHoSo\":\"%s\",\"TrangThai\":2}]",
		         text(json_object_get(reply, "data"), "idHoSo"), number);
		json_decref(reply);
		json_decref(good("POST", "/noi-vu/tichhop/v1/trang-thai", body, 200));
	}
	json_decref(bench_control(&bench, "step", "{\"system\":\"noi-vu\"}"));
	moment_write_wire(now + 86400, today, sizeof today);
	moment_write_wire(now - 86400, before, sizeof before);
	for (int page = 0; page < 2; page++) {
		snprintf(body, sizeof body,
		         "/noi-vu/tichhop/v1/thay-doi?tuNgay=%s&denNgay=%s&page=%d&size=2", before,
		         today, page);
		json_t *data = good("GET", body, NULL, 200);
		assert_int_equal(json_array_size(data), 2 - page);
		assert_string_equal(text(json_array_get(data, 0), "TrangThaiHoSo"), "4");
		json_decref(data);
	}
	snprintf(body, sizeof body, "/noi-vu/tichhop/v1/thay-doi?tuNgay=20261101000000&denNgay=%s",
	         today);
	json_decref(good("GET", body, NULL, 400));
	json_decref(files);
}

static void the_dial_turns_for_every_step(void **state)
{
	(void)state;
	log_in("noi-vu");
	json_decref(bench_control(&bench, "fault",
	                          "{\"system\":\"noi-vu\",\"kind\":\"too-many\",\"service\":"
	                          "\"number\",\"ms\":30000}"));
	json_decref(call("GET", "/noi-vu/tichhop/v1/ho-so/so-tiep-theo?code=1.000001", NULL, NULL));
	assert_int_equal(last.code, 429);
	assert_int_equal(last.retry_after, 30);
	json_decref(bench_control(&bench, "fault",
	                          "{\"system\":\"noi-vu\",\"kind\":\"bad-gateway\",\"service\":"
	                          "\"ask\"}"));
	assert_null(call("GET", "/noi-vu/tichhop/v1/ho-so/x", NULL, NULL));
	assert_int_equal(last.code, 502);
}

static void hashes_agree_with_the_standard(void **state)
{
	(void)state;
	char out[65], long_text[200];
	sha256_hex("abc", 3, out);
	assert_string_equal(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	static const char two[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	sha256_hex(two, sizeof two - 1, out);
	assert_string_equal(out, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	memset(long_text, 'a', sizeof long_text);
	sha256_hex(long_text, 64, out);
	assert_string_equal(out, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_agree_with_the_standard),
		cmocka_unit_test(a_wrong_account_and_an_old_token_are_told_apart),
		cmocka_unit_test(numbers_are_given_once_and_files_hashed),
		cmocka_unit_test(a_dossier_is_created_told_on_and_read_back),
		cmocka_unit_test(what_is_wrong_is_named_in_prose),
		cmocka_unit_test(changes_come_in_pages_oldest_first),
		cmocka_unit_test(the_dial_turns_for_every_step),
	};
	return cmocka_run_group_tests(tests, open_bench, close_bench);
}
