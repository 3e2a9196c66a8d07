/* SPDX-License-Identifier: Apache-2.0
 *
 * What a system says that calls us, by the profile it is shipped with. */
#include "core/courier/called.h"
#include "core/courier/profiles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define OURS "\"MaHoSoMotCua\":\"H01.999-261120-0007\",\"SoBienNhanLienThong\":\"H01.98-1\""
#define NOW  1795000000 /* 18/11/2026 */

static struct profile profile;

static int start(void **state)
{
	struct error err = { 0 };
	(void)state;
	json_t *all = profiles_read(MOTCUA_SOURCE "/core/data/systems/practice", &err);
	bool good = all && profile_take(&profile, "dat-dai", "Đất đai", "json", json_object_get(all, "dat-dai"), &err);
	json_decref(all);
	return good ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	profile_clear(&profile);
	return 0;
}

static void each_call_has_its_meaning(void **state)
{
	static const struct {
		const char *call, *body;
		int status;          /* of the step it holds, -1: none */
		const char *word, *part, *notice;
	} rows[] = {
		{ "CungCapSoBienNhan", "{" OURS "}", -1, "", "", "" },
		{ "DongBoTrangThaiLuanChuyen", "{" OURS ",\"TrangThai\":40,\"ThoiGian\":\"2026-11-20T09:00:00\",\"NoiDung\":\"Đo đạc\"}", 4, "40", "", "" },
		{ "DongBoTrangThaiLuanChuyen", "{" OURS ",\"TrangThai\":41}", 0, "41", "", "" },
		{ "ChoBoSung", "{" OURS ",\"LaTamDung\":true,\"NoiDung\":\"Trích lục\"}", -1, "", "asks", "" },
		{ "ChoBoSung", "{" OURS ",\"LaTamDung\":1,\"LyDo\":\"Trích lục\"}", -1, "", "asks", "" },
		/* A request that does not stop the work has no status of ours: its word does not guess one. */
		{ "ChoBoSung", "{" OURS ",\"LaTamDung\":false,\"NoiDung\":\"Trích lục\"}", 0, "ChoBoSung", "", "" },
		{ "DaBoSung", "{" OURS ",\"NgayHenTraMoi\":\"2026-12-01T17:00:00\"}", 4, "DaBoSung", "extensions", "" },
		{ "DaBoSung", "{" OURS "}", 4, "DaBoSung", "", "" },
		{ "KetThuc", "{" OURS ",\"TrangThaiKetThuc\":\"DaGiaiQuyet\",\"DanhSachGiayToKetQua\":[{\"TenGiayTo\":\"Giấy chứng nhận\","
			"\"LinkFile\":\"http://ip-ss-donvi:8080/a\"}]}", 9, "DaGiaiQuyet", "results", "" },
		{ "KetThuc", "{" OURS ",\"TrangThaiKetThuc\":\"7\"}", 0, "7", "", "" },
		{ "ThongBaoNhapSaiThuTuc", "{" OURS ",\"LyDo\":\"Phải là đăng ký biến động\"}", -1, "", "", "báo nhập sai thủ tục: Phải là đăng ký biến động" },
		{ "LamGiDo", "{" OURS ",\"TrangThai\":90}", -1, "", "", "gọi tới bằng “LamGiDo”, chưa rõ nghĩa; xem hồ sơ trên hệ thống đó" },
	};
	static const char *const parts[] = { "asks", "fees", "results", "extensions" };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct called called;
		json_t *body = json_loads(rows[i].body, 0, NULL);
		assert_true(called_read(&profile, rows[i].call, body, NOW, &called));
		assert_string_equal(called.view.code, "H01.999-261120-0007");
		assert_string_equal(called.view.foreign_code, "H01.98-1");
		assert_string_equal(called.notice, rows[i].notice);
		assert_int_equal(called.view.step_count, rows[i].status >= 0);
		if (rows[i].status >= 0) {
			assert_int_equal(called.view.steps[0].status, rows[i].status);
			assert_string_equal(called.view.steps[0].word, rows[i].word);
			assert_true(called.view.steps[0].at == NOW || strstr(rows[i].body, "ThoiGian"));
		}
		for (size_t k = 0; k < 4; k++)
			assert_int_equal(json_array_size(json_object_get(called.view.parts, parts[k])), strcmp(parts[k], rows[i].part) == 0);
		called_clear(&called);
		json_decref(body);
	}
}

static void what_cannot_be_placed_is_refused(void **state)
{
	static const struct {
		const char *call, *body;
	} rows[] = { { "KetThuc", "{\"TrangThaiKetThuc\":\"DaGiaiQuyet\"}" }, { "", "{" OURS "}" }, { "../KetThuc", "{" OURS "}" },
		     { "Kết thúc", "{" OURS "}" }, { "KetThuc", "[]" } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct called called;
		json_t *body = json_loads(rows[i].body, 0, NULL);
		assert_false(called_read(&profile, rows[i].call, body, NOW, &called));
		called_clear(&called);
		json_decref(body);
	}
}

static bool friend_of(const char *rule, const char *body, const char *header, const char *secret)
{
	json_t *data = json_copy(profile.data), *key = json_loads(rule, 0, NULL), *json = json_loads(body, 0, NULL);
	struct profile own = profile;
	own.data = data;
	json_object_set_new(data, "inbound", json_pack("{s:o}", "key", key));
	bool friend = called_by_friend(&own, json, header, secret);
	json_decref(json);
	json_decref(data);
	return friend;
}

static void a_key_is_the_whole_key(void **state)
{
	static const char member[] = "{\"member\":\"SecurityCode\"}", header[] = "{\"header\":\"Authorization\",\"before\":\"Bearer \"}";

	(void)state;
	assert_true(friend_of(member, "{\"SecurityCode\":\"dai-va-kho\"}", NULL, "dai-va-kho"));
	assert_true(friend_of(member, "{\"securitycode\":\"dai-va-kho\"}", NULL, "dai-va-kho"));
	assert_false(friend_of(member, "{\"SecurityCode\":\"dai-va-kh\"}", NULL, "dai-va-kho"));
	assert_false(friend_of(member, "{\"SecurityCode\":\"dai-va-khoa\"}", NULL, "dai-va-kho"));
	assert_false(friend_of(member, "{\"SecurityCode\":\"\"}", NULL, ""));
	assert_false(friend_of(member, "{}", NULL, "dai-va-kho"));
	assert_false(friend_of(member, "null", NULL, "dai-va-kho"));
	assert_true(friend_of(header, "{}", "bearer dai-va-kho", "dai-va-kho"));
	assert_false(friend_of(header, "{\"SecurityCode\":\"dai-va-kho\"}", NULL, "dai-va-kho"));
	assert_false(friend_of(header, "{}", "dai-va-kho", "dai-va-kho"));
	assert_false(friend_of("{}", "{\"SecurityCode\":\"dai-va-kho\"}", "dai-va-kho", "dai-va-kho"));
}

static void replies_are_in_their_words(void **state)
{
	char *good = called_reply(&profile, "known", "Đã nhận"), *bad = called_reply(&profile, "failed", "Không tìm thấy hồ sơ");

	(void)state;
	assert_string_equal(good, "{\"Result\":true,\"Message\":\"Đã nhận\"}");
	assert_string_equal(bad, "{\"Result\":false,\"Message\":\"Không tìm thấy hồ sơ\"}");
	free(good);
	free(bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_call_has_its_meaning),
		cmocka_unit_test(what_cannot_be_placed_is_refused),
		cmocka_unit_test(a_key_is_the_whole_key),
		cmocka_unit_test(replies_are_in_their_words),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
