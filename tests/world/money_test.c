/* SPDX-License-Identifier: Apache-2.0
 *
 * Fees exempt, zero, transferred, paid later; limits that a clerk answers for. */
#include "tests/world/steps.h"

#define CTRL_D "\004"

static void to_the_money(struct world *w)
{
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
}

static const char *paid(struct world *w)
{
	return world_one(w, "SELECT concat_ws('|', amount, paid, exempt_reason) FROM motcua.dossier_fee");
}

static void an_exemption_has_its_ground(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	to_the_money(w);
	world_type(w, T_F5);
	world_shows(w, "Miễn, hoặc mức khác");
	world_type(w, T_DOWN T_DOWN T_DOWN "\r");
	world_shows(w, "Mức khác, có căn cứ");
	world_type(w, T_DOWN T_DOWN "\r");
	world_shows(w, "Miễn vì:");
	world_type(w, T_DOWN T_DOWN "\r");
	world_shows(w, "Lệ phí     Miễn: Người khuyết tật");
	world_shows(w, "■ Đủ để nhận. F9 nhận và in giấy hẹn.");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(paid(w), "0|none|Người khuyết tật");
}

static void nothing_to_pay_is_confirmed_too(void **state)
{
	struct world *w = *state;
	to_the_money(w);
	world_type(w, T_F9);
	world_shows(w, "Lệ phí (đồng): công bố ghi");
	world_type(w, "0\r");
	world_shows(w, "Căn cứ của mức thu");
	world_type(w, "\r");
	world_shows(w, "Phải ghi căn cứ.");
	world_type(w, "NQ 12/2026/NQ-HĐND\r");
	world_shows(w, "■ Đủ để nhận.");
	/* Nobody is asked how nothing is paid. */
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(paid(w), "0|none|");
}

static void paid_by(struct world *w, const char *keys, const char *shown, const char *stored)
{
	step_fee_confirmed(w);
	to_the_money(w);
	world_type(w, T_F9);
	world_shows(w, "Thu 8.000 đồng bằng cách nào?");
	/* Esc keeps everything as it was. */
	world_type(w, T_ESC);
	world_shows(w, "chưa chọn cách trả");
	world_type(w, T_F5);
	world_type(w, keys);
	world_shows(w, shown);
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(paid(w), stored);
}

static void paid_by_transfer(void **state)
{
	paid_by(*state, T_DOWN "\r", "8.000 đ — chuyển khoản", "8000|transfer|");
}

static void paid_at_the_end(void **state)
{
	paid_by(*state, T_DOWN T_DOWN "\r", "8.000 đ — thu khi trả", "8000|later|");
}

static void to_an_open_limit(struct world *w)
{
	step_fee_confirmed(w);
	world_do(w, "UPDATE motcua.limits SET confirmed = false WHERE procedure_code = '1.004873'");
	to_the_money(w);
	world_type(w, T_F5 "\r");
	world_shows(w, "chưa xác nhận, cổng ghi 3 ngày làm việc");
	world_type(w, T_F9);
	world_shows(w, "Thời hạn giải quyết tính bằng:");
}

static void half_a_day_may_be_promised(void **state)
{
	struct world *w = *state;
	to_an_open_limit(w);
	world_type(w, "\r");
	world_shows(w, "Thời hạn là bao nhiêu?");
	world_type(w, "nửa\r");
	world_shows(w, "Gõ một số, nửa ngày ghi 0,5.");
	world_type(w, "\025" "0,5\r");
	world_shows(w, "Căn cứ của thời hạn");
	world_type(w, "\025" "QĐ 5/2026\r");
	world_pane(w, "half-day");
	world_shows(w, "Hẹn trả    Thứ Hai 23/11/2026 11:30 — 0,5 ngày làm việc (cán bộ nhập)");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT limit_value || limit_unit || limit_source || limit_basis "
	                                 "FROM motcua.dossier"), "0.5working_dayaskedQĐ 5/2026");
}

static void the_same_day_may_be_promised(void **state)
{
	struct world *w = *state;
	to_an_open_limit(w);
	world_type(w, T_DOWN "\r");
	world_shows(w, "Căn cứ của thời hạn");
	world_type(w, "\025" "QĐ 5/2026\r");
	world_shows(w, "Hẹn trả    Thứ Sáu 20/11/2026 17:00");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
}

static void no_due_date_is_said_on_the_receipt(void **state)
{
	struct world *w = *state;
	to_an_open_limit(w);
	world_type(w, T_END "\r");
	world_shows(w, "Hẹn trả    Không có ngày hẹn trả cụ thể theo quy định");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_shows(w, "Không có ngày hẹn trả cụ thể theo quy định");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier WHERE due_at IS NULL"), 1);
	/* A receipt without this field says that there is none by law. */
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE form = '01' AND "
	                                "fields LIKE '%received_at%' AND fields NOT LIKE '%due_at%'"), 1);
}

/* A confirmed limit is replaced only by somebody who says why. */
static void the_clerk_may_answer_otherwise(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_shows(w, "Hẹn trả    Thứ Năm 26/11/2026 17:00 — 3 ngày làm việc");
	world_type(w, CTRL_D "\r" "5\r" "\025" "\r");
	world_shows(w, "Phải ghi căn cứ.");
	world_type(w, "QĐ 5/2026\r");
	world_shows(w, "Thứ Hai 30/11/2026 17:00 — 5 ngày làm việc (cán bộ nhập)");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_exemption_has_its_ground),
		TEST(nothing_to_pay_is_confirmed_too),
		TEST(paid_by_transfer),
		TEST(paid_at_the_end),
		TEST(half_a_day_may_be_promised),
		TEST(the_same_day_may_be_promised),
		TEST(no_due_date_is_said_on_the_receipt),
		TEST(the_clerk_may_answer_otherwise),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
