/* SPDX-License-Identifier: Apache-2.0
 *
 * The checklist and the people: what is missing, what is looked up, slips and
 * refusals, who acts for whom. */
#include <string.h>

#include "tests/world/steps.h"

static void what_is_missing_leads_the_hand(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	world_type(w, T_F2 T_F9);
	world_shows(w, "! Chưa có tên chủ hồ sơ.");
	world_type(w, "Lê Văn Tám" T_F9);
	world_shows(w, "! Chưa có số định danh của chủ hồ sơ.");
	world_pane(w, "gap-number");
	world_scan(w, CARD_DUONG);
	world_type(w, T_F9);
	world_shows(w, "! Chưa chọn thủ tục.");
	world_type(w, "tthn\r");
	world_type(w, T_DOWN " \r" T_F9);
	/* The hand is led to the paper that is missing, past the one that is there. */
	world_shows(w, "^> □ Tờ khai cấp Giấy xác nhận");
	world_shows(w, "F6 in phiếu yêu cầu bổ sung.");
	world_pane(w, "gap-paper");
}

static void keys_say_what_was_done_with_a_paper(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_type(w, "x");
	world_shows(w, "xuất trình     đã có");
	world_type(w, T_UP "d");
	world_shows(w, "đối chiếu      đã có");
	world_type(w, T_UP "-Chữ ký bị tẩy xoá\r");
	world_shows(w, "! Tờ khai");
	world_shows(w, "chưa đạt");
	world_type(w, T_UP "o");
	world_shows(w, "Vì sao không cần giấy tờ này?");
	world_type(w, "Đã nộp ở lần trước\r");
	world_shows(w, "không cần");
	world_type(w, T_UP "ss");
	world_shows(w, "1   3 đối chiếu      không cần");
	world_pane(w, "paper-keys");
	/* Reading it in full. */
	world_type(w, "\r");
	world_shows(w, "Ghi: Đã nộp ở lần trước");
}

static void a_supplement_slip_carries_a_number(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	/* One full request, once: F6 goes first where a database has to be asked. */
	step_look_up(w);
	world_type(w, T_F6);
	world_shows(w, "Phiếu yêu cầu bổ sung (Mẫu 02)");
	world_pane(w, "f6");
	world_type(w, "Mang bản chính sổ hộ khẩu cũ" T_F9);
	world_wait(w, "Lý do (in trên Mẫu 02):");
	world_type(w, "\r");
	world_wait(w, "ĐÃ LẬP PHIẾU");
	world_wait(w, "Đã ghi giấy");
	world_pane(w, "f6-done");
	world_shows(w, "1/PBS-TTPVHCC");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier"), 0);
	assert_string_equal(world_one(w, "SELECT form FROM motcua.paper"), "02");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE fields LIKE '%%Chưa tra%%'"), 0);
	assert_string_equal(world_one(w, "SELECT motcua.field_raw(fields, 'reason') FROM motcua.paper"), "thành phần hồ sơ chưa đầy đủ, chưa đúng quy định");
}

static void a_refusal_needs_a_reason(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F7);
	world_shows(w, "Phiếu từ chối tiếp nhận (Mẫu 03)");
	world_type(w, T_F9);
	world_pane(w, "f7-none");
	world_shows(w, "Phiếu phải có ít nhất một lý do cụ thể.");
	world_type(w, T_F7);
	world_type(w, "Không thuộc thẩm quyền của xã" T_F9);
	world_wait(w, "ĐÃ LẬP PHIẾU");
	assert_string_equal(world_one(w, "SELECT form FROM motcua.paper"), "03");
}

static void a_paper_by_hand_needs_its_basis(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_type(w, T_F8 T_DOWN T_DOWN T_DOWN "\r");
	world_shows(w, "Tên giấy tờ:");
	world_type(w, "Giấy xác nhận của thôn\r");
	world_shows(w, "Căn cứ pháp lý để yêu cầu giấy tờ này (bắt buộc):");
	world_type(w, "\r");
	world_pane(w, "no-basis");
	world_shows(w, "Phải ghi căn cứ.");
	world_type(w, "QĐ 10/2026/QĐ-UBND\r");
	world_shows(w, "> □ Giấy xác nhận của thôn");
	world_pane(w, "own-paper");
}

static void one_acts_for_another(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_type(w, T_F8 "\r");
	world_shows(w, "NGƯỜI NỘP HỒ SƠ");
	/* The submitter's card goes to the submitter. */
	world_scan(w, CARD_RAY);
	world_shows(w, "Chau Sóc Rây");
	world_pane(w, "submitter");
	world_type(w, T_F9);
	world_shows(w, "[nộp thay]");
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
	world_pane(w, "represented");
	step_bring_papers(w);
	/* The mandate stands last. */
	world_type(w, T_END);
	world_shows(w, "> □ Văn bản ủy quyền");
	world_type(w, " ");
	world_shows(w, "■ Văn bản ủy quyền");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT string_agg(role || '=' || name, ', ' ORDER BY role) "
	                                 "FROM motcua.dossier_person"),
	                    "owner=Nguyễn Thị Thuỳ Dương, submitter=Chau Sóc Rây");
}

static void an_organisation_owns_a_dossier(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, T_F2 T_F8 T_DOWN T_DOWN "\r");
	world_shows(w, "CHỦ HỒ SƠ");
	world_type(w, T_UP T_RIGHT);
	world_shows(w, "Tên tổ chức");
	world_shows(w, "Người đại diện");
	world_type(w, "\rHợp tác xã Núi Cấm\r");
	world_pane(w, "organisation");
	world_type(w, T_F9);
	world_shows(w, "Tên     Hợp tác xã Núi Cấm");
	world_shows(w, "Mã số");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_missing_leads_the_hand),
		TEST(keys_say_what_was_done_with_a_paper),
		TEST(a_supplement_slip_carries_a_number),
		TEST(a_refusal_needs_a_reason),
		TEST(a_paper_by_hand_needs_its_basis),
		TEST(one_acts_for_another),
		TEST(an_organisation_owns_a_dossier),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
