/* SPDX-License-Identifier: Apache-2.0
 *
 * Choosing the procedure and its case, and what a clerk should be told then. */
#include "tests/world/steps.h"
#include "tui/receive_private.h"

static void to_the_procedure(struct world *w)
{
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
}

static void found_by_initials_and_code(void **state)
{
	struct world *w = *state;
	static const char *const words[] = { "cgxntthn", "1.004873", "1004873", "xac nhan tinh trang hon", NULL };
	to_the_procedure(w);
	for (const char *const *word = words; *word; word++) {
		world_type(w, "\025");
		world_type(w, *word);
		world_shows(w, "> tthn   1.004873");
	}
	world_type(w, "\r");
	world_shows(w, "Thủ tục    1.004873");
}

static void what_others_receive_is_said(void **state)
{
	struct world *w = *state;
	to_the_procedure(w);
	/* The catalogue knows it, this desk does not take it. */
	world_type(w, "1.000091");
	world_shows(w, "  Không tiếp nhận ở đây: 1.000091 Đề nghị chấm dứt hoạt động");
	world_shows(w, "cấp tỉnh");
	world_pane(w, "not-here");
	world_type(w, "\r");
	world_hides(w, "Chuyển     →");
	world_type(w, "\025" "1000091");
	world_shows(w, "Không tiếp nhận ở đây");
	world_type(w, "\025" "zzzz");
	world_shows(w, "Không thấy thủ tục nào tiếp nhận ở đây; thử bớt chữ.");
	world_type(w, "\025" "tthn");
	world_hides(w, "Không tiếp nhận ở đây");
}

static void what_is_not_filed_at_the_counter_is_said(void **state)
{
	struct world *w = *state;
	world_do(w, "UPDATE motcua.limits SET channel = 2 WHERE procedure_code = '1.004873'");
	world_login(w, "man");
	world_type(w, T_F2);
	/* Before anything is typed: the procedure first, no name yet. */
	for (enum at at = AT_NUMBER; at < AT_PROCEDURE; at++)
		world_type(w, "\t");
	world_type(w, "tthn\r");
	world_shows(w, "! Thủ tục này theo công bố không nộp trực tiếp: hướng dẫn người dân nộp trực");
	world_pane(w, "not-at-counter");
}

static void a_case_is_chosen_and_brings_its_papers(void **state)
{
	struct world *w = *state;
	to_the_procedure(w);
	world_type(w, "1.010091\r");
	world_shows(w, "Trường hợp nào?");
	world_shows(w, "a) Trường hợp hỗ trợ khám chữa bệnh");
	world_type(w, T_ESC);
	/* Without it nothing is received; F9 asks again. */
	world_type(w, T_F9);
	world_shows(w, "Trường hợp nào?");
	world_type(w, "\r");
	world_hides(w, "Chưa chọn trường hợp");
	const struct receive *receive = receive_of(w->desk->top);
	size_t count = receive->r.checklist.count;
	int64_t first = receive->r.case_id;
	assert_true(first != 0 && count > 0);
	world_pane(w, "case");
	/* F8, choose again. */
	world_type(w, T_F8 T_DOWN T_DOWN T_DOWN T_DOWN "\r" T_DOWN "\r");
	assert_true(receive->r.case_id != 0 && receive->r.case_id != first);
}

static void the_mandate_is_asked_of_whoever_is_not_kin(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F8 "\r");
	world_scan(w, CARD_RAY);
	world_type(w, T_F9);
	world_shows(w, "□ Văn bản ủy quyền");
	world_type(w, T_F5 "\r" T_F9);
	world_shows(w, "Thiếu: Văn bản ủy quyền");
	world_pane(w, "mandate");
	/* A sibling files: no mandate in writing. */
	world_type(w, T_F8 "\r");
	for (int i = 0; i < 7; i++)
		world_type(w, T_DOWN);
	world_type(w, T_RIGHT);
	world_shows(w, "●) quan hệ ruột thịt");
	world_type(w, T_F9);
	world_shows(w, "· Văn bản ủy quyền");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	/* What was not needed and not brought is not missing. */
	world_type(w, T_F4);
	world_wait(w, "Đường đi");
	world_type(w, T_END);
	world_hides(w, "chưa có");
	assert_string_equal(world_one(w, "SELECT count(*) FROM motcua.dossier_component WHERE required AND "
	                                 "state = 'missing'"), "0");
}

static void papers_nobody_brought_read_so(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, T_F4);
	world_wait(w, "Đường đi");
	for (int i = 0; i < 12 && !glass_has(w->glass, "— không nộp"); i++)
		world_type(w, "\033[6~");
	world_shows(w, "— không nộp");
	world_pane(w, "not-brought");
}

static void outside_hours_is_said_and_nothing_blocked(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_hides(w, "Ngoài giờ tiếp nhận");
	world_clock(w, day_of(2026, 11, 20), 12, 15);
	world_shows(w, "! Ngoài giờ tiếp nhận");
	world_clock(w, day_of(2026, 11, 21), 9, 0);
	world_shows(w, "! Ngoài giờ tiếp nhận: hôm nay nghỉ hằng tuần");
	world_clock(w, day_of(2026, 11, 24), 9, 0);
	world_shows(w, "! Ngoài giờ tiếp nhận: hôm nay Ngày Văn hóa Việt Nam");
	world_pane(w, "holiday");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	for (int i = 0; i < 3 && !glass_has(w->glass, "ĐÃ NHẬN HỒ SƠ"); i++) {
		world_pass(w, 400);
		world_type(w, T_F9);
	}
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
}

static void a_long_sentence_gives_its_rows_back(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_shows(w, "□ Còn ");
	world_type(w, T_F5 "8000\rNQ\r\r" T_F9);
	world_shows(w, "F6 in phiếu yêu cầu bổ sung.");
	world_hides(w, "□ Còn ");
	world_pass(w, 8200);
	world_shows(w, "□ Còn ");
	world_shows(w, "! Thiếu: Tờ khai");
	world_pane(w, "short-status");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(found_by_initials_and_code),
		TEST(what_others_receive_is_said),
		TEST(what_is_not_filed_at_the_counter_is_said),
		TEST(a_case_is_chosen_and_brings_its_papers),
		TEST(the_mandate_is_asked_of_whoever_is_not_kin),
		TEST(papers_nobody_brought_read_so),
		TEST(outside_hours_is_said_and_nothing_blocked),
		TEST(a_long_sentence_gives_its_rows_back),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
