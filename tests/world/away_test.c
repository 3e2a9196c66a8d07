/* SPDX-License-Identifier: Apache-2.0
 *
 * What breaks while a clerk works: the power, the database, the disk.  Typing
 * goes on, nothing typed is lost, and no receipt is promised that is not there. */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "tests/world/steps.h"

static void after_a_power_cut_the_hand_is_back_in_its_field(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, T_F2);
	world_fill(w, (const char *const[]){ "089199990001", "Nguyễn Thị Thuỳ Dương", "05031999", NULL });
	world_type(w, "09123");
	step_kept(w);
	world_crash(w);
	world_shows(w, "ĐĂNG NHẬP");
	world_login(w, "man");
	world_shows(w, "→ 1 bản nháp đang dở: F2 mở lại đúng chỗ đã dừng.");
	world_type(w, T_F2);
	world_shows(w, "Có hồ sơ đang làm dở. Mở lại?");
	world_pane(w, "drafts");
	world_type(w, "\r");
	world_shows(w, "Họ tên  Nguyễn Thị Thuỳ Dương");
	/* The very field, the very place. */
	world_type(w, "45678");
	world_shows(w, "Điện thoại  0912345678");
}

static void papers_and_fees_come_back_too(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	step_kept(w);
	world_crash(w);
	world_login(w, "man");
	world_type(w, T_F2 "\r");
	world_shows(w, "■ Tờ khai cấp Giấy xác nhận");
	world_shows(w, "■ Hộ chiếu/Thẻ căn cước công dân");
	world_shows(w, "> · Trường hợp cá nhân yêu cầu cấp lại");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	/* Accepted: no draft is left. */
	world_type(w, T_ESC);
	world_hides(w, "bản nháp");
}

static void anothers_draft_is_not_ours(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	step_kept(w);
	world_crash(w);
	world_login(w, "khoa");
	world_hides(w, "bản nháp");
}

static void the_database_dies_and_comes_back(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_server_dies(w);
	world_wait(w, "Mất kết nối");
	step_bring_papers(w);
	world_type(w, T_F5 "\r");
	world_shows(w, "8.000 đ — tiền mặt");
	world_type(w, T_F9);
	world_shows(w, "Chưa thể cấp giấy tiếp nhận: mất kết nối cơ sở dữ liệu. Cứ nhập tiếp, nháp đã");
	world_pane(w, "away");
	world_server_back(w);
	world_wait(w, "Đã nối lại cơ sở dữ liệu");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier"), 1);
}

static void a_database_that_stands_still_makes_no_second_dossier(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F5 "\r");
	world_server_halts(w, true);
	world_type(w, T_F9);
	world_shows(w, "Đang ghi hồ sơ…");
	world_pass(w, 40000);
	world_pane(w, "halted");
	world_hides(w, "ĐÃ NHẬN");
	world_server_halts(w, false);
	world_wait_gone(w, "Mất kết nối");
	for (int i = 0; i < 20 && !glass_has(w->glass, "ĐÃ NHẬN HỒ SƠ"); i++) {
		world_type(w, T_F9);
		world_pass(w, 500);
	}
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier"), 1);
}

static void a_full_disk_is_told_and_typing_goes_on(void **state)
{
	struct world *w = *state;
	struct rlimit was, none;
	world_login(w, "man");
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	none = (struct rlimit){ .rlim_cur = 0, .rlim_max = was.rlim_max };
	world_type(w, T_F2);
	world_type(w, "089199990001");
	/* The child that writes inherits the limit; the glass itself is a file, so
	 * nothing is painted until the limit is gone again. */
	setrlimit(RLIMIT_FSIZE, &none);
	glass_pass(w->glass, 700);
	setrlimit(RLIMIT_FSIZE, &was);
	world_wait(w, "! Chưa cất được bản nháp, ổ đĩa đầy hay hỏng. Cứ nhập tiếp, đừng tắt máy.");
	world_pane(w, "disk-full");
	world_type(w, "\rNguyễn");
	world_shows(w, "Họ tên  Nguyễn");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(after_a_power_cut_the_hand_is_back_in_its_field),
		TEST(papers_and_fees_come_back_too),
		TEST(anothers_draft_is_not_ours),
		TEST(the_database_dies_and_comes_back),
		TEST(a_database_that_stands_still_makes_no_second_dossier),
		TEST(a_full_disk_is_told_and_typing_goes_on),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
