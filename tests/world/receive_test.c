/* SPDX-License-Identifier: Apache-2.0
 *
 * A dossier from the citizen's card to the receipt, by card and by hand. */
#include <string.h>

#include "tests/world/steps.h"

static void by_card_to_the_receipt(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	world_shows(w, "TIẾP NHẬN HỒ SƠ");
	world_shows(w, "Số thẻ     089199990001    Họ tên  Nguyễn Thị Thuỳ Dương         [thẻ đã quét]");
	world_shows(w, "Sinh ngày  05/03/1999      Giới    nữ");
	world_type(w, "tthn");
	world_shows(w, "> tthn   1.004873  Xác nhận tình trạng hôn nhân · Hộ tịch");
	world_type(w, "\r");
	world_shows(w, "Chuyển     → Hệ thống tập trung của Bộ Tư pháp");
	world_shows(w, "Hẹn trả    Thứ Năm 26/11/2026 17:00 — 3 ngày làm việc");
	world_shows(w, "Lệ phí     HĐND tỉnh quy định — chưa xác nhận — F5");
	step_bring_papers(w);
	/* The unconfirmed fee is asked for at once, with its basis. */
	world_type(w, T_F9);
	world_shows(w, "Lệ phí (đồng): công bố ghi");
	world_type(w, "8000\rNQ 12/2026/NQ-HĐND\r");
	world_shows(w, "Thu 8.000 đồng bằng cách nào?");
	world_type(w, "\r");
	world_shows(w, "Lệ phí     8.000 đ — tiền mặt");
	world_shows(w, "■ Đủ để nhận. F9 nhận và in giấy hẹn.");
	world_shows(w, "F8 Thêm F9 Nhận+In F10 Ra"); /* of all keys, these are on the bar */
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_shows(w, "H01.999-261120-0001");
	world_wait(w, "■ chờ gửi      Hệ thống tập trung của Bộ Tư pháp");
	world_wait(w, "Đã ghi giấy H01.999-261120-0001");
	world_pane(w, "accepted");
	assert_string_equal(world_one(w, "SELECT amount || ' ' || basis FROM motcua.dossier_fee"),
	                    "8000 NQ 12/2026/NQ-HĐND");
	world_type(w, "\r");
	world_shows(w, "TIẾP NHẬN HỒ SƠ");
	world_shows(w, "Chưa có tên chủ hồ sơ.");
}

static void by_hand_with_decomposed_letters(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	world_type(w, T_F2);
	/* As macOS keyboards send it: e + circumflex + tilde. */
	world_fill(w, (const char *const[]){ "089199990001",
		"Nguye\xcc\x82\xcc\x83n Thi\xcc\xa3 Thu\xcc\x80y D\xc6\xb0o\xcc\x9bng", "5/3/1999",
		"0912345678", "A\xcc\x82\xcc\x81p Ta\xcc\x80 Lo\xcc\xa3t", NULL });
	world_shows(w, "Họ tên  Nguyễn Thị Thùy Dương");
	world_shows(w, "Sinh ngày  05/03/1999      Giới    nữ          Điện thoại  0912345678");
	world_shows(w, "Địa chỉ    Ấp Tà Lọt");
	world_type(w, "hon nhan");
	world_shows(w, "tình trạng hôn nhân");
	world_type(w, "\025" "1.004873\r");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT name FROM motcua.dossier_person"),
	                    "Nguyễn Thị Thùy Dương");
}

static void a_keyboard_scanner_proposes_and_the_clerk_compares(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	/* Accents are lost on the way: name and address must be compared. */
	world_scan_keys(w, "089199990001||Nguyen Thi Thuy Duong|05031999|Nu|Ap Ta Lot, An Hao, Tinh Bien, An Giang|12082021");
	world_shows(w, "089199990001");
	world_shows(w, "05/03/1999      Giới    nữ");
	world_pane(w, "keyboard-scan");
	world_type(w, "tthn\r");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_shows(w, "Đã đối chiếu với thẻ chưa?");
	world_pane(w, "compare");
	world_type(w, "k");
	world_hides(w, "Đang ghi");
	world_type(w, T_F9 "c");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
}

static void a_person_seen_before_is_offered(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	world_type(w, T_UP T_UP "0912345678" T_DOWN T_DOWN "tthn\r");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_type(w, "\r089199990001");
	world_wait(w, "Từng đến 20/11/2026 09:41: đã điền");
	world_shows(w, "Họ tên  Nguyễn Thị Thuỳ Dương");
	world_shows(w, "Điện thoại  0912345678");
	world_pane(w, "seen");
	assert_true(world_count(w, "SELECT count(*) FROM motcua.audit") > 0);
}

static void the_same_again_is_noticed(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, "\r");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "đã có hồ sơ H01.999-261120-0001");
	world_pane(w, "similar");
	world_type(w, "k");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier"), 1);
	world_type(w, T_F9);
	world_wait(w, "đã có hồ sơ H01.999-261120-0001");
	world_type(w, "c");
	world_wait(w, "H01.999-261120-0002");
}

static void past_fifteen_o_clock_the_day_is_counted_anew(void **state)
{
	struct world *w = *state;
	world_clock(w, day_of(2026, 11, 20), 14, 59);
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	/* Copies are certified within the day; after 15:00 the next working day. */
	world_type(w, "2.000815\r");
	world_shows(w, "Hẹn trả    Thứ Sáu 20/11/2026 17:00");
	world_type(w, " " T_F5 "\r");
	world_clock(w, day_of(2026, 11, 20), 15, 1);
	world_type(w, T_F9);
	world_shows(w, "Đã qua mốc giờ nên ngày hẹn trả tính lại. Xem lại rồi F9 lần nữa.");
	world_shows(w, "Hẹn trả    Thứ Hai 23/11/2026 17:00");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_shows(w, "Thứ Hai 23/11/2026 17:00");
}

static void a_counter_whose_clock_is_late_follows_the_referee(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_shows(w, "Hẹn trả    Thứ Năm 26/11/2026");
	/* Past midnight on the server, the counter does not know: Monday. */
	world_server_clock(w, day_of(2026, 11, 23), 8, 0);
	world_type(w, T_F9 "\r");
	world_wait(w, "Đã qua mốc giờ nên ngày hẹn trả tính lại");
	world_shows(w, "23/11/2026 08:00");
	world_shows(w, "Hẹn trả    Thứ Sáu 27/11/2026 17:00");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_shows(w, "Thứ Sáu 27/11/2026 17:00");
	world_shows(w, "H01.999-261123-0001");
}

static void the_next_card_waits_for_the_answer(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_do(w, "BEGIN; LOCK TABLE motcua.code_sequence");
	world_type(w, T_F9 "\r");
	world_wait_for(w, "1", "SELECT count(*) FROM pg_locks WHERE NOT granted");
	world_scan(w, CARD_RAY);
	world_shows(w, "Hồ sơ trước đang ghi, xong rồi hãy quét thẻ tiếp theo.");
	world_do(w, "COMMIT");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
	world_hides(w, "Chau Sóc Rây");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(by_card_to_the_receipt),
		TEST(by_hand_with_decomposed_letters),
		TEST(a_keyboard_scanner_proposes_and_the_clerk_compares),
		TEST(a_person_seen_before_is_offered),
		TEST(the_same_again_is_noticed),
		TEST(past_fifteen_o_clock_the_day_is_counted_anew),
		TEST(the_next_card_waits_for_the_answer),
		TEST(a_counter_whose_clock_is_late_follows_the_referee),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
