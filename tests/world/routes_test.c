/* SPDX-License-Identifier: Apache-2.0
 *
 * Where dossiers go: a supervisor reads the rules, asks a procedure, tries a rule on
 * what was received and adopts it; what was received stays where it is. */
#include "tests/world/steps.h"

#define PALETTE "\020"
#define ROUTES PALETTE "tuyen gui\r"

/* A dossier of yesterday and one of today, by man; then hue is at work. */
static void two_dossiers_then_hue(struct world *w)
{
	step_fee_confirmed(w);
	world_clock(w, day_of(2026, 11, 19), 9, 41);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_clock(w, day_of(2026, 11, 20), 9, 41);
	world_crash(w);
	world_login(w, "hue");
	world_type(w, ROUTES);
	world_wait(w, "13 quy tắc đang áp dụng, 0 sắp tới, 0 đã hết");
}

static void the_rules_can_be_read(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, ROUTES);
	world_wait(w, "13 quy tắc đang áp dụng");
	world_shows(w, "Bộ Tư pháp");
	world_pane(w, "routes");
	world_type(w, "\r");
	world_shows(w, "Hồ sơ đã nhận thì giữ nguyên hệ thống của mình");
	world_pane(w, "route");
	world_type(w, T_ESC T_F5 "hkd\r");
	world_shows(w, "VÌ SAO CHUYỂN ĐẾN ĐÓ");
	world_shows(w, "Hệ thống đăng ký hộ kinh doanh");
	world_shows(w, "NĐ 168/2025/NĐ-CP ngày 30/06/2025");
	world_pane(w, "route-why");
	/* Entering is not a clerk's. */
	world_type(w, T_ESC T_F6);
	world_hides(w, "NHẬP QUY TẮC");
}

static void a_rule_is_tried_before_it_is_adopted(void **state)
{
	struct world *w = *state;
	two_dossiers_then_hue(w);
	world_type(w, T_F6);
	world_shows(w, "NHẬP QUY TẮC TUYẾN GỬI");
	world_pane(w, "route-form");
	/* Nothing is adopted without where to and by which notice. */
	world_type(w, "1.004873" T_F9);
	world_shows(w, "Chọn hệ thống mà hồ sơ chuyển đến: F4.");
	world_type(w, "tinh" T_F9);
	world_shows(w, "Ghi số, ký hiệu văn bản thông báo.");
	world_fill(w, (const char *const[]){ "CV 77/STP-HTTK", "18/11/2026", NULL });
	world_type(w, "Sở Tư pháp tỉnh An Giang" T_F9);
	world_wait(w, "Hồ sơ nhận 19/11/2026: 1 hồ sơ, 1 sẽ đi nơi khác");
	world_shows(w, "Hệ thống tập trung của Bộ Tư pháp → Hệ thống thông tin giải quyết TTHC");
	world_shows(w, "H01.999-261119-0001");
	world_pane(w, "route-trial");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.route_entry"), 0);
	world_type(w, T_F5 T_DOWN "\r");
	world_wait(w, "Hồ sơ nhận 13/11/2026 – 19/11/2026: 1 hồ sơ, 1 sẽ đi nơi khác");
	world_type(w, T_F9);
	world_wait(w, "Đã áp dụng quy tắc số 1000001");
	world_wait(w, "13 quy tắc đang áp dụng, 1 sắp tới, 0 đã hết");
	world_shows(w, "từ 21/11/2026");
	world_pane(w, "route-adopted");
	assert_string_equal(world_one(w, "SELECT login || ' ' || (trial->>'moved') FROM motcua.route_entry"), "hue 1");
	assert_string_equal(world_one(w, "SELECT route_system FROM motcua.dossier"), "tu-phap");
	/* What will change and when. */
	world_wait_for(w, "2", "SELECT count(*) FROM motcua.catalogue_version WHERE version > 0");
	world_pass(w, 500);
	world_type(w, T_F5 "1.004873\r");
	world_shows(w, "SẼ ĐỔI TỪ NGÀY NÀO");
	world_wait(w, "Từ ngày 21/11/2026: Hệ thống thông tin giải quyết TTHC tỉnh, theo CV");
}

static void a_rule_of_ours_is_ended_by_a_notice(void **state)
{
	struct world *w = *state;
	two_dossiers_then_hue(w);
	world_do(w, "SET SESSION AUTHORIZATION hue; SELECT desk.route_save('{\"procedure\":\"1.004873\",\"system\":\"tinh\","
	            "\"from\":\"2026-11-01\",\"notice\":{\"number\":\"CV 1\",\"day\":\"2026-10-30\",\"by\":\"Sở\"},"
	            "\"trial\":{\"from\":\"2026-11-19\",\"dossiers\":0,\"moved\":0}}'); RESET SESSION AUTHORIZATION");
	world_wait(w, "14 quy tắc đang áp dụng");
	world_pass(w, 500);
	/* It has the newest day: on top. */
	world_shows(w, "> đang áp dụng    1.004873");
	world_type(w, T_F7);
	world_shows(w, "KẾT THÚC QUY TẮC");
	world_shows(w, "Kết thúc quy tắc số 1000001: 1.004873 → Hệ thống thông tin giải quyết TTHC");
	world_fill(w, (const char *const[]){ "\025" "21/11/2026", "CV 99/STP", "19/11/2026", NULL });
	world_type(w, T_F9);
	world_shows(w, "Ghi vì sao kết thúc quy tắc.");
	world_type(w, "Bộ đã thông báo" T_F9);
	world_wait(w, "1 hồ sơ, 1 sẽ đi nơi khác");
	world_pane(w, "route-end");
	world_type(w, T_F9);
	world_wait(w, "Đã kết thúc quy tắc; hồ sơ đã nhận giữ nguyên hệ thống.");
	world_wait(w, "đến 20/11/2026");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_rules_can_be_read),
		TEST(a_rule_is_tried_before_it_is_adopted),
		TEST(a_rule_of_ours_is_ended_by_a_notice),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
