/* SPDX-License-Identifier: Apache-2.0
 *
 * The counter asks a register while the clerk goes on typing: the code it wants,
 * the answer beside what was typed, a paper that says truly where its facts are
 * from, and every way in which it comes to nothing. */
#include <stdio.h>
#include <string.h>

#include "tests/world/steps.h"

#define CTRL_R "\022"

/* What the courier does when the register has answered. */
static void answers(struct world *w, const char *state, const char *reply, const char *note)
{
	char sql[1500];
	snprintf(sql, sizeof sql, "UPDATE motcua.question SET state = '%s', answered_at = world.at(), reply = %s%s%s, note = '%s' "
	         "WHERE question_id = (SELECT max(question_id) FROM motcua.question WHERE kind = 'lookup')", state, reply ? "'" : "",
	         reply ? reply : "NULL", reply ? "'" : "", note);
	world_do(w, sql);
	world_do(w, "SELECT pg_notify('motcua_unit_' || unit_id, 'question ' || question_id) FROM motcua.question WHERE kind = 'lookup' "
	            "ORDER BY question_id DESC LIMIT 1");
}

#define DUONG_THERE "{\"state\":\"found\",\"items\":[{\"number\":\"089199990001\",\"name\":\"NGUYỄN THỊ THÙY DƯƠNG\"," \
	"\"birth\":\"1999-03-05\",\"sex\":\"nữ\",\"address\":\"Tổ 7, ấp Tà Lọt, xã Núi Cấm, tỉnh An Giang\"}]}"

static void ask(struct world *w)
{
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	world_type(w, CTRL_R);
	world_shows(w, "→ Dân cư: đang hỏi…");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.question WHERE kind = 'lookup'");
}

static void nothing_waits_for_the_answer(void **state)
{
	struct world *w = *state;
	ask(w);
	assert_string_equal(world_one(w, "SELECT concat_ws('|', kind, login, body->>'name', body->>'number', body->>'birth', purpose) "
	                                 "FROM motcua.question WHERE kind = 'lookup'"),
	                    "lookup|man|NGUYỄN THỊ THUỲ DƯƠNG|089199990001|1999-03-05|Tiếp nhận hồ sơ");
	/* Typing goes on, also when it comes back a minute later. */
	world_type(w, "tthn\r");
	world_shows(w, "> □ Tờ khai cấp Giấy xác nhận");
	world_pane(w, "lookup-waiting");
	answers(w, "answered", DUONG_THERE, "");
	world_wait(w, "Dân cư trả lời: khác 1 điều so với đang ghi. Ctrl-R xem.");
	world_shows(w, "■ Dân cư: có trả lời");
	world_shows(w, "Ấp Tà Lọt, An Hảo, Tịnh Biên, An Giang"); /* nothing was overwritten */
	world_type(w, CTRL_R);
	world_shows(w, "≠ Tổ 7, ấp Tà Lọt, xã Núi Cấm");
	world_shows(w, "= NGUYỄN THỊ THÙY DƯƠNG");
	world_pane(w, "lookup-compare");
	world_type(w, T_ESC);
	world_shows(w, "Ấp Tà Lọt, An Hảo, Tịnh Biên, An Giang");
	world_type(w, CTRL_R "\r" T_ESC);
	world_shows(w, "Tổ 7, ấp Tà Lọt, xã Núi Cấm, tỉnh An Giang");
	world_hides(w, "An Hảo");
}

static void the_register_wants_a_code(void **state)
{
	struct world *w = *state;
	ask(w);
	answers(w, "answered", "{\"state\":\"needs_code\"}", "");
	world_wait(w, "đòi mã xác nhận một lần");
	world_type(w, CTRL_R);
	world_shows(w, "Mã xác nhận một lần vừa nhận được:");
	world_type(w, "1\r");
	world_shows(w, "Mã xác nhận có từ 4 đến 12 chữ, số.");
	world_type(w, "\025" "111111\r");
	world_wait_for(w, "111111", "SELECT body->>'code' FROM motcua.question WHERE kind = 'lookup' ORDER BY question_id DESC LIMIT 1");
	answers(w, "answered", "{\"state\":\"wrong_code\"}", "");
	world_wait(w, "mã xác nhận không đúng");
	world_type(w, CTRL_R "246810\r");
	world_wait_for(w, "246810", "SELECT body->>'code' FROM motcua.question WHERE kind = 'lookup' ORDER BY question_id DESC LIMIT 1");
	answers(w, "answered", DUONG_THERE, "");
	world_wait(w, "Dân cư trả lời: khác 1 điều");
	assert_int_equal(world_count(w, "SELECT count(DISTINCT body->>'request') FROM motcua.question WHERE kind = 'lookup'"), 3);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'lookup'"), 3);
}

static void a_paper_says_where_its_facts_are_from(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	ask(w);
	world_type(w, "tthn\r");
	answers(w, "answered", DUONG_THERE, "");
	world_wait(w, "Dân cư trả lời: khác 1 điều");
	world_type(w, " " "k");
	world_shows(w, "Đã lấy qua kết nối 20/11/2026 09:41, đúng và đủ");
	world_pane(w, "lookup-paper");
	world_type(w, "\r");
	world_shows(w, "■ Hộ chiếu/Thẻ căn cước công dân");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT concat_ws('|', lookup_where, lookup_at = date_trunc('second', q.answered_at)) FROM "
	                                 "motcua.dossier_component c JOIN motcua.question q ON q.question_id = c.lookup_question"),
	                    "Cơ sở dữ liệu quốc gia về dân cư, qua kết nối, cán bộ Lê Thị Mận|t");
}

static void by_hand_says_by_hand(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier_component WHERE action = 'lookup' AND state = 'ok' "
	                                "AND lookup_where LIKE '%(tra bằng tay)' AND lookup_question IS NULL"), 1);
}

static void what_fails_is_told_and_nothing_is_lost(void **state)
{
	struct world *w = *state;
	ask(w);
	answers(w, "failed", NULL, "Hệ thống bên kia không trả lời kịp.");
	world_wait(w, "Dân cư: Hệ thống bên kia không trả lời kịp.");
	world_shows(w, "! Dân cư: chưa tra được");
	world_pane(w, "lookup-failed");
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
	/* Another person sits down: the late answer is not theirs. */
	world_type(w, CTRL_R);
	world_wait_for(w, "2", "SELECT count(*) FROM motcua.question WHERE kind = 'lookup'");
	world_scan(w, CARD_RAY);
	answers(w, "answered", DUONG_THERE, "");
	world_wait(w, "không phải người đang ghi");
	world_shows(w, "Chau Sóc Rây");
	world_hides(w, "Dương");
}

static void what_is_missing_is_asked_for_first(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, T_F2 CTRL_R);
	world_shows(w, "Tra cần số định danh 12 chữ số");
	world_type(w, "089199990001\r" CTRL_R);
	world_shows(w, "Tra cần họ tên đầy đủ.");
	world_type(w, "Nguyễn Thị Thuỳ Dương\r" CTRL_R);
	world_shows(w, "Tra cần ngày sinh.");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.question WHERE kind = 'lookup'"), 0);
}

static void without_a_connection_it_is_by_hand(void **state)
{
	struct world *w = *state;
	world_do(w, "UPDATE motcua.systems SET family = 'manual' WHERE code = 'dan-cu'");
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	world_type(w, CTRL_R);
	world_wait(w, "chưa nối cơ sở dữ liệu này: tra bằng tay rồi ghi nơi tra.");
	world_shows(w, "! Dân cư: chưa tra được");
}

/* A hint of the database gets lost: the counter looks again by itself. */
static void a_lost_hint_costs_seconds(void **state)
{
	struct world *w = *state;
	ask(w);
	world_do(w, "UPDATE motcua.question SET state = 'answered', answered_at = world.at(), reply = '" DUONG_THERE "' WHERE kind = 'lookup'");
	world_hides(w, "Dân cư trả lời");
	world_pass(w, 6000);
	world_wait(w, "Dân cư trả lời: khác 1 điều");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_waits_for_the_answer),
		TEST(the_register_wants_a_code),
		TEST(a_paper_says_where_its_facts_are_from),
		TEST(by_hand_says_by_hand),
		TEST(what_fails_is_told_and_nothing_is_lost),
		TEST(what_is_missing_is_asked_for_first),
		TEST(without_a_connection_it_is_by_hand),
		TEST(a_lost_hint_costs_seconds),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
