/* SPDX-License-Identifier: Apache-2.0
 *
 * The board on the glass: figures that follow a commit by its notice, every one
 * with its dossiers behind it, one key back; honest when the line is lost; alone
 * on a wall. */
#include <stdio.h>
#include <string.h>

#include "tests/world/steps.h"
#include "tui/sit.h"

#define CTRL_P "\020"
#define CTRL_T "\024"
#define CODE "H01.999-261120-0001"

/* One dossier received at Q3, four days ago as far as its promise goes. */
static void with_a_late_one(struct world *w)
{
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_do(w, "UPDATE motcua.dossier SET due_at = received_at - interval '4 days'");
	world_type(w, CTRL_P "doi nguoi\r");
	world_type(w, "c");
	world_wait(w, "ĐĂNG NHẬP");
	world_login(w, "hue");
}

static void open_board(struct world *w)
{
	world_type(w, CTRL_P "bang dieu hanh\r");
	world_wait(w, "BẢNG ĐIỀU HÀNH");
	world_wait(w, "số liệu lúc");
}

static void figures_lead_to_their_dossiers(void **state)
{
	struct world *w = *state;
	with_a_late_one(w);
	open_board(w);
	world_wait(w, "Tiếp nhận hôm nay                  1");
	world_shows(w, "Quá hạn                          ! 1");
	world_shows(w, "[Theo giờ]");
	world_shows(w, "████");
	world_pane(w, "board");
	/* Where the font or the paper is poor, with signs: contrast, mono, linux. */
	while (strcmp(w->desk->theme.name, "mono") != 0)
		world_type(w, CTRL_T);
	for (int i = 0; i < 2; i++) {
		world_wait(w, "####");
		world_hides(w, "█");
		world_pane(w, w->desk->theme.name);
		world_type(w, CTRL_T);
	}
	world_wait(w, "████");
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN "\r");
	world_wait(w, CODE);
	world_shows(w, "QUÁ HẠN");
	world_shows(w, "N.T.T.D.");
	world_hides(w, "Dương");
	world_shows(w, "Chưa gửi được tới");
	world_pane(w, "board-late");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ " CODE);
	world_type(w, T_ESC T_ESC);
	world_shows(w, "BẢNG ĐIỀU HÀNH");
	/* Who looked at what. */
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE login = 'hue' AND act = 'board' AND what->>'list' = 'late'"), 1);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE login = 'hue' AND act = 'view'"), 1);
	/* The panels one after another. */
	world_type(w, T_F4);
	world_shows(w, "[Ai giữ]");
	world_wait(w, "Chưa gửi được tới");
	world_type(w, T_F4);
	world_wait(w, "Phạm Thu Huệ");
	world_pane(w, "board-counters");
	world_type(w, T_F4 "\t\t");
	world_wait(w, "Lê Thị Mận");
	world_type(w, T_HOME "\r");
	world_pane(w, "board-officers");
	world_type(w, T_ESC T_F4);
	world_wait(w, "[Hệ thống]");
	world_pane(w, "board-systems");
	world_type(w, T_F4);
	world_wait(w, "Không còn hồ sơ nào đến hạn trong hôm nay.");
	world_type(w, T_F4);
	world_wait(w, "Xem đường truyền tới Bộ Tư pháp: 1 hồ sơ quá hạn chưa gửi được");
	world_pane(w, "board-moves");
	/* Other rooms behind a figure. */
	world_type(w, "\t" T_RIGHT T_HOME T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN "\r");
	world_wait(w, "CHƯA SỐ HÓA");
	world_type(w, T_F10);
	world_wait(w, "BẢNG ĐIỀU HÀNH");
	world_type(w, T_LEFT T_HOME T_DOWN "\r");
	world_wait(w, "HỒ SƠ TRỰC TUYẾN");
	world_type(w, T_F10);
	world_wait(w, "BẢNG ĐIỀU HÀNH");
}

/* Which missing field costs what: of the unit, of its dossiers, of one; and how the forecast is counted. */
static void indicators_and_the_model_explain_themselves(void **state)
{
	struct world *w = *state;
	with_a_late_one(w);
	open_board(w);
	world_type(w, T_F6);
	world_wait(w, "cộng ≈");
	world_shows(w, "CHỈ SỐ (QĐ 766)");
	world_shows(w, "2.1  Giải quyết đúng hạn                  1      0    0,00 %");
	world_pane(w, "kpi");
	world_type(w, T_HOME T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN "\r");
	world_wait(w, CODE);
	world_shows(w, "KHÔNG ĐẠT 4.2 SỐ HÓA HỒ SƠ");
	world_type(w, T_F6);
	world_wait(w, "! 2.1 Giải quyết đúng hạn");
	world_shows(w, "quá ngày hẹn trả");
	world_shows(w, "1/1 giấy tờ nộp bằng giấy");
	world_pane(w, "kpi-dossier");
	world_type(w, T_ESC T_ESC T_ESC);
	world_shows(w, "BẢNG ĐIỀU HÀNH");
	world_type(w, T_F7);
	world_wait(w, "Dự báo tính thế nào");
	world_shows(w, "không đủ hồ sơ để đo sai số");
	world_pane(w, "board-model");
}

/* A login of the province: a line for each unit, codes behind the figures, no person. */
static void the_province_looks(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_do(w, "UPDATE motcua.dossier SET due_at = received_at - interval '4 days'");
	world_do(w, "SELECT motcua.province_add('tinh', '91', 'Người theo dõi của tỉnh', '', 'motcua-tap-duyet')");
	world_type(w, CTRL_P "doi nguoi\r");
	world_type(w, "c");
	world_wait(w, "ĐĂNG NHẬP");
	w->program.sitting = &sitting_province;
	world_type(w, "tinh\rmotcua-tap-duyet\r");
	world_wait(w, "CÁC ĐƠN VỊ CỦA TỈNH");
	world_wait(w, "xã Tri Tôn");
	world_shows(w, "TẬP DUYỆT");
	world_wait(w, "! 1");
	world_pane(w, "province");
	world_type(w, T_F4);
	world_wait(w, "Chưa gửi được tới Bộ Tư pháp: 1 quá hạn (lâu nhất 4 ngày)");
	world_type(w, T_ESC);
	world_wait_gone(w, "lâu nhất 4 ngày");
	world_type(w, "\r");
	world_wait(w, "> Quá hạn: 1");
	world_type(w, "\r");
	world_wait(w, CODE);
	world_hides(w, "N.T.T.D.");
	world_hides(w, "Dương");
	world_pane(w, "province-list");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.province_look WHERE login = 'tinh' AND kind = 'late'"), 1);
	world_type(w, T_ESC T_F10);
	world_wait(w, "ĐĂNG NHẬP");
}

/* It would read by itself only after longer than the wait: the notice brings it. */
static void a_commit_is_seen_by_its_notice(void **state)
{
	struct world *w = *state;
	with_a_late_one(w);
	open_board(w);
	world_wait(w, "Xong, chờ trả công dân             0");
	world_do(w, "SET SESSION AUTHORIZATION man; SELECT desk.act(dossier_id, version, 'finish', '') FROM (SELECT 1) o,"
	            " LATERAL desk.find('" CODE "', 'code', 1), LATERAL (SELECT version FROM desk.dossier(dossier_id)) d; RESET SESSION AUTHORIZATION");
	world_wait(w, "Xong, chờ trả công dân             1");
	world_wait(w, "Quá hạn                            0");
}

static void old_figures_say_so(void **state)
{
	struct world *w = *state;
	world_login(w, "hue");
	open_board(w);
	world_server_dies(w);
	world_wait(w, "! cũ 0 phút, mất kết nối");
	world_shows(w, "Tiếp nhận hôm nay                  0");
	world_pane(w, "board-lost");
	world_server_back(w);
	world_wait_gone(w, "! cũ 0 phút, mất kết nối");
}

static void clerks_are_not_supervisors(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, CTRL_P "bang dieu hanh\r");
	world_hides(w, "BẢNG ĐIỀU HÀNH");
	/* "motcua board" ends and says why; it does not stand there empty. */
	world_type(w, CTRL_P "doi nguoi\r");
	world_type(w, "c");
	world_wait(w, "ĐĂNG NHẬP");
	w->program.sitting = &sitting_board;
	world_type(w, "man\rmotcua-tap-duyet\r");
	world_wait(w, "Bảng điều hành dành cho người phụ trách");
	assert_true(w->program.refused && w->desk->loop->stop);
	world_hides(w, "BẢNG ĐIỀU HÀNH");
	w->desk->loop->stop = false;
}

static void on_a_wall(void **state)
{
	(void)state;
	struct world *w = world_open("xterm-256color", NULL, 43, 132);
	with_a_late_one(w);
	open_board(w);
	/* Every panel at once. */
	world_wait(w, "[Theo giờ]");
	world_shows(w, "[Ai giữ]");
	world_shows(w, "[Quầy]");
	world_shows(w, "[Cán bộ]");
	world_shows(w, "[Hệ thống]");
	world_shows(w, "[Dự báo]");
	world_shows(w, "[Nên làm]");
	world_shows(w, "[Hàng chờ]");
	world_wait(w, "Lê Thị Mận");
	world_pane(w, "board-wide");
	/* Left alone over a list of dossiers: figures only; then who is it? */
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN "\r");
	world_wait(w, "QUÁ HẠN");
	sitting_board.idle(w->desk);
	world_wait(w, "BẢNG ĐIỀU HÀNH");
	world_hides(w, CODE);
	world_type(w, "\r");
	world_wait(w, "đang khoá");
	world_type(w, "motcua-tap-duyet\r");
	world_wait(w, "BẢNG ĐIỀU HÀNH");
	world_type(w, "\r");
	world_wait(w, CODE);
	world_close(w);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(figures_lead_to_their_dossiers), TEST(indicators_and_the_model_explain_themselves),
		TEST(the_province_looks), TEST(a_commit_is_seen_by_its_notice), TEST(old_figures_say_so),
		TEST(clerks_are_not_supervisors), cmocka_unit_test(on_a_wall),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
