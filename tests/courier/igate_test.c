/* SPDX-License-Identifier: Apache-2.0
 *
 * Neutral messages in the words of the ministries' and provinces' platform,
 * the order of its calls, and its replies; the practice world's own rules say
 * what is right. */
#include "core/courier/igate.h"
#include "core/practice/igate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/courier/desk.h"

static void a_dossier_is_what_they_demand(void **state)
{
	(void)state;
	static const struct {
		const char *path, *value;
	} want[] = {
		{ "MaHoSo", NUMBER },
		{ "MaHoSoKhac", CODE },
		{ "MaTTHC", "1.004873" },
		{ "ChuHoSo", "NGUYỄN THỊ THUỲ DƯƠNG" },
		{ "LoaiDoiTuong", "0" },
		{ "MaDonViTiepNhan", "H01.999" },
		{ "NgayTiepNhan", "2026-11-20 09:41:00" },
		{ "ThanhPhanHoSo.0.TenThanhPhanHoSo", "Tờ khai" },
		{ "ThanhPhanHoSo.0.LoaiBan", "2" },
		{ "ThanhPhanHoSo.0.GiayToDinhKem.0.IdGiayTo", "f1" },
		{ "ThanhPhanHoSo.0.GiayToDinhKem.0.HashTepTin", HASH },
		{ "ThanhPhanHoSo.1.TenThanhPhanHoSo", "" }, /* shown, not handed in */
		{ "DanhSachLePhi.0.Gia", "8000" },
		{ "ThongTinNguoiNop.LoaiDoiTuong", "0" },
		{ "ThongTinNguoiNop.ThongTinChiTiet.NgaySinh", "19990305000000" },
		{ "ThongTinNguoiNop.ThongTinChiTiet.MaHuyen", "" },
		{ "ThongTinNguoiNop.ThongTinChiTiet.MaXa", "30538" },
		{ "ThongTinNguoiNop.ThongTinChiTiet.TenChuHs", "NGUYỄN THỊ THUỲ DƯƠNG" },
	};
	struct error err = { 0 };
	struct bytes complaints = { 0 };
	struct desk desk = desk_new(WHOLE);
	json_t *files = json_pack("{s:{s:s}}", "f1", "sha256", HASH);
	json_t *out = igate_dossier(&ministry, &desk.facts, &err);
	if (!out)
		fail_msg("%s", err.say);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		if (strcmp(at(out, want[i].path), want[i].value) != 0)
			fail_msg("%s: “%s”", want[i].path, at(out, want[i].path));
	assert_true(json_is_integer(json_object_get(out, "LoaiDoiTuong")));
	gate_check_dossier(out, files, &complaints);
	assert_string_equal(bytes_string(&complaints), "");
	json_decref(out);
	/* The province's names, in what it holds, too. */
	out = igate_dossier(&province, &desk.facts, &err);
	assert_string_equal(at(out, "applicant.data.wardCode"), "30538");
	assert_string_equal(at(out, "dossierFormFile.0.file.0.fileId"), "f1");
	assert_string_equal(at(out, "MaHoSo"), "");
	json_decref(out);
	json_decref(files);
	desk_free(&desk);
}

/* Filed online: the moment is the citizen's; not known, not sent. */
static void filing_is_not_reception(void **state)
{
	(void)state;
	static const struct {
		int channel;
		const char *filed, *want;
	} ways[] = { { 1, NULL, "2026-11-20 09:41:00" }, { 2, "2026-11-19T21:15:08+07:00", "2026-11-19 21:15:08" }, { 2, NULL, "" } };
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct error err = { 0 };
		struct desk desk = desk_new(WHOLE);
		json_object_set_new(desk.payload, "channel", json_integer(ways[i].channel));
		if (ways[i].filed)
			json_object_set_new(desk.payload, "filed", json_pack("{s:s}", "at", ways[i].filed));
		json_t *out = igate_dossier(&ministry, &desk.facts, &err);
		assert_string_equal(at(out, "NgayNop"), ways[i].want);
		assert_string_equal(at(out, "NgayTiepNhan"), "2026-11-20 09:41:00");
		json_decref(out);
		out = igate_dossier(&province, &desk.facts, &err);
		assert_string_equal(at(out, "appliedDate"), ways[i].want);
		json_decref(out);
		desk_free(&desk);
	}
}

/* A ministry's system is told who receives; the province's, to whom it goes. */
static void another_place_decides(void **state)
{
	(void)state;
	static const struct {
		const char *code, *ministry, *province; /* NULL: refused */
	} ways[] = { { "30544", "H01.999", "H01.998" }, { "H09.12", "H01.999", "H09.12" },
		     { "", "H01.999", "H01.999" },      { "99999", "H01.999", NULL },
		     { "30538", "H01.999", "H01.999" } };
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct error err = { 0 };
		struct desk desk = desk_new(WHOLE);
		json_t *payload = (json_t *)(uintptr_t)desk.facts.payload;
		json_object_set_new(payload, "agencies",
			json_pack("{s:{s:s, s:s}, s:{s:s, s:s}}", "receiving", "code", "30538", "name", "A", "deciding",
			          "code", ways[i].code, "name", i == 4 ? "A" : "UBND xã Tri Tôn"));
		json_t *out = igate_dossier(&ministry, &desk.facts, &err);
		assert_string_equal(at(out, "MaDonViTiepNhan"), ways[i].ministry);
		json_decref(out);
		out = igate_dossier(&province, &desk.facts, &err);
		if (ways[i].province)
			assert_string_equal(at(out, "agencyCode"), ways[i].province);
		else
			assert_true(!out && strstr(err.say, "mã đơn vị tiếp nhận"));
		json_decref(out);
		desk_free(&desk);
	}
}

static void three_spellings_of_an_id_and_of_moments(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct bytes complaints = { 0 };
	struct desk desk = desk_new(WHOLE);
	json_t *progress = bench_progress(CODE, 2, "2026-11-20T09:41:00+07:00");
	desk.facts.payload = progress;
	json_t *out = igate_progress(&ministry, &desk.facts, &err);
	assert_string_equal(at(out, "IDHoSo"), "0123456789abcdef01234567");
	assert_string_equal(at(out, "ThoiDiemXuLy"), "2026-11-20T09:41:00.000");
	gate_check_progress(out, &complaints);
	json_decref(out);
	json_object_set_new(progress, "text", json_string(""));
	out = igate_status(&ministry, &desk.facts, &err);
	assert_non_null(json_object_get(out, "IdHoSo"));
	assert_null(json_object_get(out, "IDHoSo"));
	assert_string_equal(at(out, "NoiDungXuLy"), "Được tiếp nhận");
	assert_null(json_object_get(out, "DanhSachLePhi"));
	gate_check_status(out, &complaints);
	assert_string_equal(bytes_string(&complaints), "");
	json_decref(out);
	/* Papers of a result go with 5, 6 and 9 only, fees when there are any. */
	json_object_set_new(progress, "results",
	                    json_pack("[{s:s, s:s}]", "name", "Giấy phép", "link", "https://x"));
	json_object_set_new(progress, "fees", json_pack("[{s:s, s:i, s:s}]", "name", "Phí",
	                                                "amount", 1000, "paid", "later"));
	for (int status = 1; status <= 10; status++) {
		json_object_set_new(progress, "status", json_integer(status));
		out = igate_status(&ministry, &desk.facts, &err);
		assert_int_equal(!!json_object_get(out, "DanhSachGiayToKetQua"),
		                 status == 5 || status == 6 || status == 9);
		assert_string_equal(at(out, "DanhSachLePhi.0.HinhThucThu"), "4");
		json_decref(out);
	}
	json_decref(progress);
	desk_free(&desk);
}

static void what_has_no_code_there_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *change, *says;
	} bad[] = {
		{ "{\"owner\":{\"kind\":\"organisation\",\"id_kind\":\"other\"}}", "“organisation”" },
		{ "{\"owner\":{\"kind\":\"ghost\"}}", "loại đối tượng “ghost”" },
		{ "{\"owner\":{\"id_number\":\"\"}}", "số giấy tờ của người nộp" },
		{ "{\"received_at\":\"hôm qua\"}", "ngày tiếp nhận" },
		{ "{\"fees\":[{\"name\":\"x\",\"amount\":1,\"paid\":\"bitcoin\"}]}", "bitcoin" },
		{ "{\"unit\":{\"eid\":\"\"}}", "mã đơn vị tiếp nhận" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct error err = { 0 };
		struct desk desk = desk_new(WHOLE);
		json_t *change = json_loads(bad[i].change, 0, NULL);
		json_object_update_recursive(desk.payload, change);
		json_t *out = igate_dossier(&ministry, &desk.facts, &err);
		if (out || err.fault != FAULT_INPUT || !strstr(err.say, bad[i].says))
			fail_msg("%s: %s", bad[i].change, out ? "taken" : err.say);
		json_decref(change);
		desk_free(&desk);
	}
	/* An organisation with a tax number is an enterprise. */
	struct error err = { 0 };
	struct desk desk = desk_new(WHOLE);
	json_t *owner = json_object_get(desk.payload, "owner");
	json_object_set_new(owner, "kind", json_string("organisation"));
	json_object_set_new(owner, "id_kind", json_string("tax"));
	json_t *out = igate_dossier(&ministry, &desk.facts, &err);
	assert_string_equal(at(out, "LoaiDoiTuong"), "1");
	json_decref(out);
	desk_free(&desk);
}

static void views_and_lists_are_read(void **state)
{
	(void)state;
	static const char view_text[] =
		"{\"code\":200,\"data\":{\"IDHOSO\":\"a\",\"maHoSo\":\"" NUMBER "\",\"TrangThaiHoSo\":"
		"\"4\",\"TienTrinh\":[{\"TrangThai\":\"2\",\"ThoiDiemXuLy\":\"20261120094100\"},"
		"{\"TrangThai\":\"4\",\"ThoiDiemXuLy\":\"20261121094100\"},"
		"{\"TrangThai\":\"9\",\"ThoiDiemXuLy\":\"20261122094100\"}]}}";
	static const char list_text[] =
		"{\"code\":200,\"data\":[{\"maHoSo\":\"A\",\"TrangThaiHoSo\":\"4\",\"ThoiDiemXuLy\":"
		"\"20261120090000\"},{\"maHoSo\":\"B\",\"TrangThaiHoSo\":\"77\",\"ThoiDiemXuLy\":"
		"\"20261120101500\"}]}";
	struct answer answer = { .root = json_loads(view_text, 0, NULL) };
	struct peer_view view;
	struct peer_list list;
	igate_read_view(&ministry, &answer, CODE, &view);
	assert_true(view.found);
	assert_string_equal(view.foreign_code, NUMBER);
	/* A line that the status has not followed is only half told. */
	assert_int_equal(view.step_count, 2);
	assert_int_equal(view.status, 4);
	answer_clear(&answer);
	answer.root = json_loads(list_text, 0, NULL);
	assert_true(igate_read_list(&ministry, &answer, &list));
	assert_int_equal(list.count, 2);
	assert_false(list.more);
	assert_int_equal(list.views[1].status, 0); /* a word we have no map for */
	peer_list_free(&list);
	json_object_set_new(ministry.data, "list_size", json_integer(2));
	assert_true(igate_read_list(&ministry, &answer, &list));
	assert_true(list.more);
	assert_string_equal(list.cursor, "20261120101500");
	peer_list_free(&list);
	json_object_set_new(ministry.data, "list_size", json_integer(200));
	answer_clear(&answer);
}

static void glued_complaints_name_their_fields(void **state)
{
	(void)state;
	char out[300];
	connector_fields_named(&ministry, "MaXa không tồn tại…nMaTTHC không tồn tại…n", out,
	                       sizeof out);
	assert_string_equal(out, "Mã thủ tục, Xã");
	connector_fields_named(&province, "wardCode không tồn tại…nfileHash không khớp", out,
	                       sizeof out);
	assert_string_equal(out, "Tệp đính kèm, Xã");
	connector_fields_named(&ministry, "HashTepTin của tệp 1; IdGiayTo 1; xMaXa", out, sizeof out);
	assert_string_equal(out, "Tệp đính kèm");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dossier_is_what_they_demand),
		cmocka_unit_test(filing_is_not_reception), cmocka_unit_test(another_place_decides),
		cmocka_unit_test(three_spellings_of_an_id_and_of_moments),
		cmocka_unit_test(what_has_no_code_there_is_refused),
		cmocka_unit_test(views_and_lists_are_read),
		cmocka_unit_test(glued_complaints_name_their_fields),
	};
	return cmocka_run_group_tests(tests, open_profiles, close_profiles);
}
