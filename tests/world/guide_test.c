/* SPDX-License-Identifier: Apache-2.0
 *
 * What the citizen is told: read on the screen, searched without accents, taken home
 * as a slip that says what the catalogue says. */
#include "tests/world/steps.h"

#define T_CTRL_Y "\031"

static void the_procedure_at_hand_is_explained(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, T_F2);
	world_scan(w, CARD_DUONG);
	world_type(w, T_CTRL_Y);
	world_hides(w, "HƯỚNG DẪN THỦ TỤC"); /* of which procedure? */
	world_type(w, "tthn\r" T_CTRL_Y);
	world_wait(w, "HƯỚNG DẪN THỦ TỤC");
	world_shows(w, "1. Tờ khai cấp Giấy xác nhận");
	world_pane(w, "guide");
	/* No accents, in the middle of a sentence; then one that nothing says. */
	world_type(w, "/le phi\r");
	world_shows(w, "chưa xác nhận");
	world_pane(w, "guide-found");
	world_type(w, "/xe may\r");
	world_shows(w, "Không thấy “xe may”");
	world_type(w, T_F9);
	world_wait(w, "Đã ghi giấy");
	assert_string_equal(world_one(w, "SELECT form || number || coalesce(dossier_id::text, '') FROM motcua.paper"), "guide");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE fields LIKE E'%procedure.code\t1.004873\n%' AND fields LIKE "
	                                "E'%.head\tThành phần hồ sơ\n%' AND fields LIKE '%1. Tờ khai cấp Giấy xác nhận%' AND fields LIKE "
	                                "'%Lệ phí: chưa xác nhận (%' AND fields NOT LIKE '%Thuỳ Dương%'"), 1);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'guide'"), 1);
	/* Back where the hand was, with all that was typed. */
	world_type(w, T_ESC);
	world_wait(w, "TIẾP NHẬN HỒ SƠ");
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
}

static void the_catalogue_explains_any_of_them(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, "\020danh muc thu tuc\r");
	world_wait(w, "DANH MỤC THỦ TỤC");
	world_type(w, "tinh trang hon nhan" T_DOWN T_F4);
	world_wait(w, "HƯỚNG DẪN THỦ TỤC");
	world_type(w, T_F4 "nguon\r");
	world_shows(w, "Danh mục thủ tục của đơn vị, bản");
	world_pane(w, "guide-catalogue");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_procedure_at_hand_is_explained, world_new, world_gone),
		cmocka_unit_test_setup_teardown(the_catalogue_explains_any_of_them, world_new, world_gone),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
