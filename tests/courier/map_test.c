/* SPDX-License-Identifier: Apache-2.0
 *
 * Neutral messages as wire fields, and what the journal keeps of replies. */
#include "core/courier/mask.h"
#include "core/courier/ndxp.h"
#include "core/courier/secrets.h"
#include "core/practice/world.h"
#include "tests/courier/bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define CODE "H01.999-261120-0007"

static struct bench bench;
static struct profile profile;

static int open_bench(void **state)
{
	(void)state;
	bench_open(&bench, 0);
	bench_profile(&bench, "tu-phap", NULL, &profile);
	return 0;
}

static int close_bench(void **state)
{
	(void)state;
	profile_clear(&profile);
	bench_close(&bench);
	return 0;
}

static json_t *map(const json_t *payload, struct error *err)
{
	struct call_facts facts = { .code = CODE, .payload = payload,
		                    .known = bench_known("G15-HT02") };
	json_t *out = ndxp_dossier(&profile, &facts, err);
	json_decref(facts.known);
	return out;
}

static void every_mandatory_field_is_there(void **state)
{
	(void)state;
	static const struct {
		const char *wire, *value;
	} want[] = {
		{ "MaHoSo", CODE },
		{ "MaTTHC", "1.004873" },
		{ "TenTTHC", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân" },
		{ "MaLinhVuc", "G15-HT02" },
		{ "TenLinhVuc", "Hộ tịch" },
		{ "KenhThucHien", "1" },
		{ "SoGiayToChuHoSo", "001199000012" },
		{ "ChuHoSo", "NGUYỄN THỊ THUỲ DƯƠNG" },
		{ "LoaiDoiTuong", "1" },
		{ "Email", "" },
		{ "SoDienThoai", "0900000000" },
		{ "TrichYeuHoSo", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân" },
		{ "NgayTiepNhan", "20261120094100" },
		{ "NgayHenTra", "20261126170000" },
		{ "TrangThaiHoSo", "2" },
		{ "HinhThuc", "0" },
		{ "DonViXuLy", "UBND xã Núi Cấm" },
		{ "NoiNopHoSo", "2" },
		{ "NgayKetThucXuLy", "" },
		/* Never better than what happened. */
		{ "HoSoCoThanhPhanSoHoa", "0" },
		{ "TaiKhoanDuocXacThucVoiVNeID", "0" },
		{ "DuocThanhToanTrucTuyen", "0" },
	};
	struct error err = { 0 };
	char complaint[1024];
	json_t *payload = bench_dossier(CODE);
	json_t *out = map(payload, &err);
	assert_non_null(out);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		const char *got = json_string_value(json_object_get(out, want[i].wire));
		if (!got || strcmp(got, want[i].value) != 0)
			fail_msg("%s: “%s”", want[i].wire, got ? got : "(none)");
	}
	if (!fields_check_dossier(out, complaint, sizeof complaint))
		fail_msg("the practice world refuses it: %s", complaint);
	/* Shown papers are not handed in. */
	assert_int_equal(json_array_size(json_object_get(out, "TaiLieuNop")), 1);
	const json_t *fee = json_array_get(json_object_get(out, "DanhSachLePhi"), 0);
	assert_string_equal(json_string_value(json_object_get(fee, "Gia")), "8000");
	const json_t *identity = json_array_get(json_object_get(out, "DinhDanhCHS"), 0);
	assert_string_equal(json_string_value(json_object_get(identity, "LoaiDinhDanh")), "1");
	json_decref(out);
	json_decref(payload);
}

/* Filed online: when and how the citizen did it, as the filing said; what nobody said is not sent. */
static void filing_is_not_reception(void **state)
{
	(void)state;
	static const struct {
		int channel;
		const char *filed, *at, *verified, *place, *paid; /* "" left out */
	} ways[] = {
		{ 1, NULL, "20261120094100", "0", "2", "0" },
		{ 3, NULL, "20261120094100", "0", "2", "0" },
		{ 2, "{\"at\":\"2026-11-19T21:15:08+07:00\",\"verified\":true,\"through\":\"portal\",\"paid\":\"portal\"}", "20261119211508", "1", "1", "1" },
		{ 2, "{\"at\":\"2026-11-20T02:00:00Z\",\"verified\":false,\"through\":\"system\",\"paid\":\"system\"}", "20261120090000", "0", "2", "2" },
		{ 2, "{\"at\":\"2026-11-19T21:15:08+07:00\",\"through\":\"system\"}", "20261119211508", "", "2", "0" },
		{ 2, "{\"through\":\"portal\",\"verified\":\"true\",\"at\":\"yesterday\"}", "", "", "1", "0" },
		{ 2, NULL, "", "", "2", "0" }, /* sent before this was known */
		{ 2, "[7]", "", "", "2", "0" },
	};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct error err = { 0 };
		char complaint[1024];
		json_t *payload = bench_dossier(CODE);
		json_object_set_new(payload, "channel", json_integer(ways[i].channel));
		if (ways[i].filed)
			json_object_set_new(payload, "filed", json_loads(ways[i].filed, 0, NULL));
		json_t *out = map(payload, &err);
		assert_non_null(out);
		const char *const want[][2] = { { "NgayNopHoSo", ways[i].at }, { "TaiKhoanDuocXacThucVoiVNeID", ways[i].verified },
			{ "NoiNopHoSo", ways[i].place }, { "DuocThanhToanTrucTuyen", ways[i].paid }, { "NgayTiepNhan", "20261120094100" } };
		for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
			const char *got = json_string_value(json_object_get(out, want[k][0]));
			if (strcmp(got ? got : "", want[k][1]) != 0 || (got && !*got))
				fail_msg("%zu %s: “%s”", i, want[k][0], got ? got : "(none)");
		}
		if (!fields_check_dossier(out, complaint, sizeof complaint))
			fail_msg("%zu: the practice world refuses it: %s", i, complaint);
		json_decref(out);
		json_decref(payload);
	}
}

/* Used again from an earlier dossier: not handed in, but there, and said to be reused. */
static void a_paper_used_again_says_so(void **state)
{
	(void)state;
	struct error err = { 0 };
	json_t *payload = bench_dossier(CODE);
	json_array_append_new(json_object_get(payload, "components"),
	                      json_pack("{s:s, s:s, s:s, s:b}", "name", "Giấy khai sinh", "action", "lookup", "state", "ok",
	                                "reused", 1));
	json_t *out = map(payload, &err), *papers = json_object_get(out, "TaiLieuNop");
	assert_int_equal(json_array_size(papers), 2);
	const char *const want[] = { "0", "1" };
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(json_string_value(json_object_get(json_array_get(papers, i), "DuocTaiSuDung")), want[i]);
	json_decref(out);
	json_decref(payload);
}

/* A kept file makes a paper digitised, and the dossier one with digitised papers. */
static void a_paper_with_a_file_is_digitised(void **state)
{
	(void)state;
	struct error err = { 0 };
	char complaint[1024];
	json_t *payload = bench_dossier(CODE), *component;
	size_t i;
	json_array_foreach(json_object_get(payload, "components"), i, component)
		json_object_set_new(component, "files", json_array());
	json_array_append_new(json_object_get(payload, "components"),
	                      json_pack("{s:s, s:s, s:s, s:[i]}", "name", "Giấy khai sinh", "action", "submit", "state", "ok",
	                                "files", 7));
	json_t *out = map(payload, &err), *papers = json_object_get(out, "TaiLieuNop");
	assert_int_equal(json_array_size(papers), 2);
	const char *const want[] = { "0", "1" };
	for (size_t n = 0; n < 2; n++)
		assert_string_equal(json_string_value(json_object_get(json_array_get(papers, n), "DuocSoHoa")), want[n]);
	assert_string_equal(json_string_value(json_object_get(out, "HoSoCoThanhPhanSoHoa")), "1");
	if (!fields_check_dossier(out, complaint, sizeof complaint))
		fail_msg("the practice world refuses it: %s", complaint);
	json_decref(out);
	json_decref(payload);
}

static void no_due_date_is_an_empty_one(void **state)
{
	(void)state;
	struct error err = { 0 };
	json_t *payload = bench_dossier(CODE);
	json_object_set_new(payload, "due_at", json_null());
	json_t *out = map(payload, &err);
	assert_string_equal(json_string_value(json_object_get(out, "NgayHenTra")), "");
	json_decref(out);
	json_decref(payload);
}

static void what_has_no_map_or_is_missing_is_refused_with_a_sentence(void **state)
{
	(void)state;
	static const struct {
		const char *change, *says;
	} bad[] = {
		{ "{\"channel\": 7}", "kênh nộp “7”" },
		{ "{\"status\": 11}", "trạng thái “11”" },
		{ "{\"result_by\": \"pigeon\"}", "hình thức nhận kết quả “pigeon”" },
		{ "{\"owner\": {\"kind\": \"ghost\", \"name\": \"A\"}}", "loại đối tượng “ghost”" },
		{ "{\"owner\": {\"kind\": \"person\", \"name\": \"\"}}", "thiếu chủ hồ sơ" },
		{ "{\"received_at\": \"hôm qua\"}", "thiếu ngày tiếp nhận" },
		{ "{\"received_at\": null}", "thiếu ngày tiếp nhận" },
		{ "{\"code\": \"\"}", "thiếu mã hồ sơ" },
		{ "{\"fees\": [{\"name\": \"x\", \"amount\": 1, \"paid\": \"bitcoin\"}]}", "bitcoin" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct error err = { 0 };
		json_t *payload = bench_dossier(CODE);
		json_t *change = json_loads(bad[i].change, 0, NULL);
		json_object_update(payload, change);
		json_t *out = map(payload, &err);
		if (out || err.fault != FAULT_INPUT || !strstr(err.say, bad[i].says))
			fail_msg("%s: %s", bad[i].change, out ? "taken" : err.say);
		json_decref(change);
		json_decref(payload);
	}
}

static void long_texts_are_cut_at_a_character(void **state)
{
	(void)state;
	struct error err = { 0 };
	char summary[4096] = "";
	for (int i = 0; i < 1200; i++)
		strcat(summary, "ộ");
	json_t *payload = bench_dossier(CODE);
	json_object_set_new(payload, "summary", json_string(summary));
	json_t *out = map(payload, &err);
	assert_int_equal(strlen(json_string_value(json_object_get(out, "TrichYeuHoSo"))), 3000);
	json_decref(out);
	json_decref(payload);
}

static void progress_without_words_says_its_status(void **state)
{
	(void)state;
	struct error err = { 0 };
	char complaint[512];
	json_t *payload = bench_progress(CODE, 4, "2026-11-21T08:00:00+07:00");
	json_object_set_new(payload, "text", json_string(""));
	struct call_facts facts = { .code = CODE, .payload = payload };
	json_t *out = ndxp_progress(&profile, &facts, &err);
	assert_non_null(out);
	assert_string_equal(json_string_value(json_object_get(out, "NoiDungXuLy")), "Đang xử lý");
	assert_string_equal(json_string_value(json_object_get(out, "ThoiDiemXuLy")),
	                    "20261121080000");
	assert_true(fields_check_progress(out, complaint, sizeof complaint));
	json_decref(out);
	json_decref(payload);
}

/* Every profile that is shipped must map everything our messages can hold. */
static void maps_are_total(void **state)
{
	(void)state;
	static const struct {
		const char *map;
		const char *values[12];
	} needed[] = {
		{ "status", { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10" } },
		{ "channel", { "1", "2", "3" } },
		{ "owner_kind", { "person", "organisation" } },
		{ "result_by", { "counter", "post", "online" } },
		{ "fee_paid", { "cash", "transfer", "later", "none" } },
	};
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		for (int v = 0; needed[i].values[v]; v++)
			if (!profile_map(&profile, needed[i].map, needed[i].values[v]))
				fail_msg("%s has no %s", needed[i].map, needed[i].values[v]);
}

static void the_journal_keeps_no_secret_and_no_person(void **state)
{
	(void)state;
	struct bytes out = { 0 };
	json_t *payload = bench_dossier(CODE), *secrets = json_pack("{s:s}", "", "bi-mat-9");
	static const char reply[] =
		"{\"session\":\"b1c7f00d\",\"ChuHoSo\":\"NGUYỄN THỊ THUỲ DƯƠNG\",\"SoDinhDanh\":"
		"\"001199000012\",\"khac\":\"079088000034\",\"dt\":\"0900000000\",\"mk\":\"bi-mat-9\","
		"\"NgayTiepNhan\":\"20261120094100\",\"MaHoSo\":\"" CODE "\"}";
	mask_reply(&out, reply, strlen(reply), payload, "b1c7f00d", secrets, NULL);
	const char *text = bytes_string(&out);
	static const char *const gone[] = { "b1c7f00d", "THUỲ DƯƠNG", "001199000012", "079088000034",
		                            "0900000000", "bi-mat-9" };
	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
		if (strstr(text, gone[i]))
			fail_msg("%s is kept: %s", gone[i], text);
	assert_non_null(strstr(text, "20261120094100"));
	assert_non_null(strstr(text, CODE));
	/* Never more than 4 KB, never half a character. */
	struct bytes big = { 0 };
	for (int i = 0; i < 5000; i++)
		bytes_text(&big, "ộ");
	mask_reply(&out, big.data, big.size, NULL, "", NULL, NULL);
	json_decref(secrets);
	assert_true(out.size <= JOURNAL_SIZE && out.size % 3 == 0 && out.size > 4000);
	bytes_free(&big);
	bytes_free(&out);
	json_decref(payload);
}

static void a_peer_that_asks_for_time_is_heard(void **state)
{
	(void)state;
	char session[200];
	struct answer answer;
	struct call_facts facts = { .session = session, .code = CODE };
	bench_login(&bench, &profile, session, sizeof session);
	json_decref(bench_control(&bench, "fault",
	                          "{\"system\":\"tu-phap\",\"kind\":\"too-many\",\"ms\":45000}"));
	bench_talk(&bench, &profile, CALL_ASK, &facts, &answer);
	assert_int_equal(answer.outcome, OUTCOME_RETRY);
	assert_int_equal(answer.retry_after, 45);
	answer_clear(&answer);
}

#define HERE "\"receiving\":{\"code\":\"30538\",\"name\":\"UBND xã Núi Cấm\"}"

static void another_place_decides_or_hands_over(void **state)
{
	(void)state;
	struct error err = { 0 };
	json_t *payload = bench_dossier(CODE);
	json_object_set_new(payload, "agencies", json_loads("{" HERE ",\"deciding\":{\"code\":\"\",\"name\":\"UBND xã Tri Tôn\"},"
		"\"returning\":{\"code\":\"30544\",\"name\":\"Trung tâm xã Tri Tôn\"}}", 0, NULL));
	json_t *out = map(payload, &err);
	assert_string_equal(json_string_value(json_object_get(out, "DonViXuLy")), "UBND xã Tri Tôn");
	assert_string_equal(json_string_value(json_object_get(out, "ThongTinTra")), "Trả kết quả tại Trung tâm xã Tri Tôn");
	json_decref(out);
	json_object_set_new(payload, "agencies", json_loads("{" HERE ",\"deciding\":{\"code\":\"30538\",\"name\":\"UBND xã Núi Cấm\"}}",
		0, NULL));
	out = map(payload, &err);
	assert_string_equal(json_string_value(json_object_get(out, "DonViXuLy")), "UBND xã Núi Cấm");
	assert_string_equal(json_string_value(json_object_get(out, "ThongTinTra")), "");
	json_decref(out);
	json_decref(payload);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mandatory_field_is_there),
		cmocka_unit_test(filing_is_not_reception),
		cmocka_unit_test(a_paper_used_again_says_so),
		cmocka_unit_test(a_paper_with_a_file_is_digitised),
		cmocka_unit_test(no_due_date_is_an_empty_one),
		cmocka_unit_test(what_has_no_map_or_is_missing_is_refused_with_a_sentence),
		cmocka_unit_test(long_texts_are_cut_at_a_character),
		cmocka_unit_test(progress_without_words_says_its_status),
		cmocka_unit_test(maps_are_total),
		cmocka_unit_test(another_place_decides_or_hands_over),
		cmocka_unit_test(the_journal_keeps_no_secret_and_no_person),
		cmocka_unit_test(a_peer_that_asks_for_time_is_heard),
	};
	return cmocka_run_group_tests(tests, open_bench, close_bench);
}
