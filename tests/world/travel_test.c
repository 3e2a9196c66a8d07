/* SPDX-License-Identifier: Apache-2.0
 *
 * After F9: where the dossier is on its way, live; what the other side refuses;
 * results that go by post. */
#include <stdio.h>

#include "tests/world/steps.h"

#define CODE "H01.999-261120-0001"

/* What a courier does with all that waits, in its own functions. */
static void courier_brings(struct world *w, const char *class, const char *note)
{
	char sql[600];
	snprintf(sql, sizeof sql,
	         "SET SESSION AUTHORIZATION courier; DO $$ DECLARE c wire.claimed; BEGIN FOR c IN SELECT * FROM wire.claim('thử', 60, 50) LOOP "
	         "PERFORM wire.begin(c.message_id, c.fence); "
	         "PERFORM wire.finish(c.message_id, c.fence, '%s', 200, 5, '', '%s', NULL); END LOOP; END $$; "
	         "RESET SESSION AUTHORIZATION",
	         class, note);
	world_do(w, sql);
}

static void the_way_is_seen_live(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait(w, "■ chờ gửi      Hệ thống tập trung của Bộ Tư pháp");
	courier_brings(w, "delivered", "");
	world_wait(w, "→ đã gửi       Hệ thống tập trung của Bộ Tư pháp");
	/* Delivered is not received: only the other side's answer says that. */
	world_hides(w, "● đã nhận");
	world_do(w, "SET SESSION AUTHORIZATION courier; SELECT wire.answered('tu-phap', '" CODE "', 'BTP-2026-77', 2, world.at(), "
	            "'Đã tiếp nhận', ''); RESET SESSION AUTHORIZATION");
	world_wait(w, "● đã nhận      Hệ thống tập trung của Bộ Tư pháp · BTP-2026-77");
	world_pane(w, "received");
	/* Its own code finds it. */
	world_type(w, T_ESC T_F3);
	world_type(w, "BTP-2026-77");
	world_wait(w, CODE "   Nguyễn Thị Thuỳ Dương");
}

static void a_refusal_says_why_and_where_it_is_put_right(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait(w, "■ chờ gửi");
	courier_brings(w, "refused", "Thiếu ngày cấp giấy tờ của chủ hồ sơ");
	world_wait(w, "! bị từ chối   Hệ thống tập trung của Bộ Tư pháp");
	world_shows(w, "Thiếu ngày cấp giấy tờ của chủ hồ sơ");
	world_pane(w, "refused");
	world_type(w, T_ESC);
	world_wait(w, "Vướng mắc cần xử lý               ! ");
	world_type(w, T_END T_UP T_UP T_UP "\r");
	world_wait(w, "VƯỚNG MẮC CẦN XỬ LÝ");
	world_wait(w, CODE);
	world_shows(w, "Bên nhận nói");
	world_shows(w, "Thiếu ngày cấp giấy tờ của chủ hồ sơ");
	world_pane(w, "problems");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ " CODE);
	world_type(w, T_ESC);
	/* Somebody else settles them while the list is open. */
	world_do(w, "UPDATE motcua.problem SET solved_at = world.at()");
	world_do(w, "SELECT pg_notify('motcua_unit_' || unit_id, 'travel 0') FROM motcua.unit WHERE code = '30538'");
	world_wait(w, "Không còn vướng mắc nào.");
}

static void a_result_goes_by_post(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F8 T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN "\r");
	world_shows(w, "Nhận kết quả ở đâu?");
	world_type(w, T_DOWN "\r");
	world_shows(w, "Địa chỉ nhận kết quả qua bưu chính:");
	/* Without an address the post has nowhere to go. */
	world_type(w, "\025\r");
	world_shows(w, "Ghi địa chỉ để bưu chính đưa kết quả đến.");
	world_type(w, "Số 5 đường Trần Phú, phường Long Xuyên\r");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT result_by || ': ' || return_to FROM motcua.dossier"),
	                    "post: Số 5 đường Trần Phú, phường Long Xuyên");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE fields LIKE '%Số 5 đường Trần Phú%'"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_way_is_seen_live),
		TEST(a_refusal_says_why_and_where_it_is_put_right),
		TEST(a_result_goes_by_post),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
