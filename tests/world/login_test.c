/* SPDX-License-Identifier: Apache-2.0
 *
 * Coming to work: the right password, the wrong ones, a locked account, a server
 * that is away; then the day's figures; locking and changing clerks. */
#include <string.h>

#include "tests/world/world.h"
#include "tui/practice.h"

static void a_clerk_logs_in_and_sees_the_day(void **state)
{
	struct world *w = *state;
	world_shows(w, "ĐĂNG NHẬP");
	world_shows(w, "TẬP DUYỆT");
	world_shows(w, "mật khẩu của mọi người: " PRACTICE_PASSWORD);
	world_shows(w, "hue     Phạm Thu Huệ");
	world_pane(w, "login");
	world_login(w, "man");
	world_shows(w, "Q3 · Lê Thị Mận · TẬP DUYỆT");
	world_shows(w, "Thứ Sáu 20/11/2026 — xã Núi Cấm, tỉnh An Giang");
	world_shows(w, "Tôi nhận hôm nay");
	world_hides(w, PRACTICE_PASSWORD);
	world_pane(w, "home");
}

static void a_wrong_password_is_told_and_slowed(void **state)
{
	struct world *w = *state;
	world_type(w, "man\rsai-mat-khau\r");
	world_wait(w, "mật khẩu");
	world_wait_gone(w, "Đang đăng nhập");
	world_shows(w, "! Sai tên đăng nhập hoặc mật khẩu.");
	/* Slowed: the key is refused for a second, and typing goes on meanwhile. */
	world_shows(w, "(Vào)");
	world_type(w, PRACTICE_PASSWORD);
	world_shows(w, "••••");
	world_pass(w, 1100);
	world_type(w, "\r");
	world_wait(w, "thủ tục tiếp nhận tại đây");
}

static void a_locked_account_is_told(void **state)
{
	struct world *w = *state;
	world_do(w, "ALTER ROLE khoa NOLOGIN");
	world_type(w, "khoa\r" PRACTICE_PASSWORD "\r");
	world_wait(w, "khoá");
	world_wait_gone(w, "Đang đăng nhập");
	world_do(w, "ALTER ROLE khoa LOGIN");
	world_shows(w, "! Tài khoản bị khoá, hoặc không được vào từ máy này: nhờ người phụ trách.");
	world_shows(w, "ĐĂNG NHẬP");
}

static void a_server_that_is_away_is_told_and_waited_for(void **state)
{
	struct world *w = *state;
	world_server_dies(w);
	world_type(w, "man\r" PRACTICE_PASSWORD "\r");
	world_wait_gone(w, "Đang đăng nhập");
	world_shows(w, "… Không kết nối được cơ sở dữ liệu, đang thử lại.");
	world_server_back(w);
	world_wait(w, "thủ tục tiếp nhận tại đây");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_clerk_logs_in_and_sees_the_day, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_wrong_password_is_told_and_slowed, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_locked_account_is_told, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_server_that_is_away_is_told_and_waited_for, world_new,
		                                world_gone),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
