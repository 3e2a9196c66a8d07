/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes back, as clerks meet it: requests and results on the dossier, their
 * own words one key away, tasks answered, our list against theirs. */
#include <stdio.h>

#include "tests/world/steps.h"

#define CODE    "H01.999-261120-0001"
#define COURIER(sql) "SET SESSION AUTHORIZATION courier; " sql "; RESET SESSION AUTHORIZATION"
#define TOLD(view) COURIER("SELECT wire.told('tu-phap', '" CODE "', '" view "')")

/* A dossier that is there. */
static void arrive(struct world *w)
{
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_do(w, COURIER("DO $$ DECLARE c wire.claimed; BEGIN FOR i IN 1..2 LOOP FOR c IN SELECT * FROM wire.claim('thử', 60, 50) LOOP"
	            " PERFORM wire.begin(c.message_id, c.fence);"
	            " PERFORM wire.finish(c.message_id, c.fence, 'delivered', 200, 5, '', '', NULL); END LOOP; END LOOP; END $$"));
	world_do(w, TOLD("{\"foreign_code\":\"G15.99-77\",\"raw\":\"{...TrangThaiHoSo:2...}\",\"steps\":[{\"status\":2,\"word\":\"2\",\"at\":\"2026-11-20T09:45:00+07:00\","
	                 "\"text\":\"Đã vào sổ\"}]}"));
	world_wait(w, "● đã nhận      Hệ thống tập trung của Bộ Tư pháp");
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
}

static void open_dossier(struct world *w)
{
	world_type(w, T_F3 "G15.99-77");
	world_wait(w, CODE "   Nguyễn Thị Thuỳ Dương");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ " CODE);
}

static void what_they_ask_stands_on_the_dossier(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, TOLD("{\"asks\":[{\"key\":\"1\",\"text\":\"Bản sao hộ khẩu\",\"at\":\"2026-11-20T09:50:00+07:00\",\"until\":\"2026-11-25T17:00:00+07:00\"}],"
	                 "\"results\":[{\"key\":\"r\",\"name\":\"Giấy xác nhận\",\"code\":\"KQ.G15.000038\",\"content\":\"JVBERi0xLjQ=\",\"file\":\"giay.pdf\"}]}"));
	open_dossier(w);
	world_wait(w, "Yêu cầu bổ sung: Bản sao hộ khẩu");
	world_wait(w, "Đang giữ");
	world_shows(w, "Kết quả: Giấy xác nhận · KQ.G15.000038");
	world_shows(w, "tệp giay.pdf, 1 KB");
	world_shows(w, "Yêu cầu bổ sung giấy tờ");
	world_pane(w, "told");
	world_type(w, T_PGDN);
	world_wait(w, "hạn 25/11/2026 17:00");
	/* Theirs, word for word, behind one key. */
	world_type(w, T_F6);
	world_wait(w, "Lời gốc của các hệ thống");
	world_shows(w, "lời của họ: 2 — Đã vào sổ");
	world_shows(w, "ở đây hiểu: Được tiếp nhận");
	world_pane(w, "words");
}

static void tasks_are_answered_where_they_stand(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, TOLD("{\"asks\":[{\"key\":\"1\",\"text\":\"Bản sao hộ khẩu\",\"at\":\"2026-11-20T09:50:00+07:00\"}],"
	                 "\"steps\":[{\"status\":0,\"word\":\"KS-77\",\"at\":\"2026-11-20T09:52:00+07:00\",\"text\":\"Chờ ký số\"}]}"));
	world_type(w, "\020" "vướng mắc cần");
	world_type(w, "\r");
	world_wait(w, "VƯỚNG MẮC CẦN XỬ LÝ");
	world_wait(w, "Từ lạ");
	world_shows(w, "Bổ sung");
	world_pane(w, "tasks");
	/* A foreign word is no clerk's to guess. */
	world_type(w, T_DOWN T_F7);
	world_shows(w, "Người phụ trách xác định nghĩa của từ lạ");
	world_type(w, T_UP T_F6);
	world_shows(w, "Đã làm gì?");
	world_type(w, "Đã gọi dân\r");
	world_wait_gone(w, "yêu cầu bổ sung: Bản sao");
	assert_string_equal(world_one(w, "SELECT solution FROM motcua.problem WHERE kind = 'supplement'"), "Đã gọi dân");
}

static void a_supervisor_gives_a_word_its_meaning(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "hue");
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC);
	world_do(w, "UPDATE motcua.stream SET head = tail + 1, created_there = true");
	world_do(w, TOLD("{\"steps\":[{\"status\":0,\"word\":\"KS-77\",\"at\":\"2026-11-20T09:52:00+07:00\",\"text\":\"Chờ ký số\"}]}"));
	world_type(w, "\020" "vướng mắc cần");
	world_type(w, "\r");
	world_wait(w, "“KS-77”");
	world_type(w, T_F7);
	world_shows(w, "“KS-77” nghĩa là gì?");
	world_pane(w, "meaning");
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN "\r");
	world_shows(w, "Căn cứ nào?");
	world_type(w, "CV 12/BTP ngày 18/11\r");
	world_wait(w, "Không còn vướng mắc nào.");
	assert_string_equal(world_one(w, "SELECT word || status || basis FROM motcua.status_word"), "KS-774CV 12/BTP ngày 18/11");
}

static void answer_list(struct world *w, const char *class, const char *reply, const char *note)
{
	char sql[900];
	snprintf(sql, sizeof sql, COURIER("SELECT count(wire.replied(q.question_id, q.fence, '%s', '%s', '%s', NULL))"
	         " FROM wire.claim_questions('thử', 60, 100) q WHERE q.kind = 'list'"), class, reply, note);
	world_do(w, sql);
}

static void ask_for_list(struct world *w)
{
	world_type(w, T_F5);
	world_shows(w, "Hồ sơ nhận 7 ngày qua");
	world_type(w, "\r");
	world_wait(w, "đang hỏi…");
}

static void our_list_is_held_against_theirs(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_type(w, "\020" "đối soát");
	world_type(w, "\r");
	world_wait(w, "ĐỐI SOÁT");
	world_wait(w, "Hệ thống tập trung của Bộ Tư");
	world_shows(w, "chưa lần nào");
	world_type(w, T_END);
	ask_for_list(w);
	answer_list(w, "refused", "null", "Hệ thống này không cho lấy danh sách hồ sơ");
	world_wait(w, "Chưa đối chiếu được: Hệ thống này không cho lấy danh sách hồ sơ");
	world_shows(w, "! chưa được");
	world_pane(w, "unreconciled");
	ask_for_list(w);
	answer_list(w, "delivered", "{\"whole\":true,\"dossiers\":[{\"code\":\"H01.999-260101-0099\",\"status\":2}]}", "");
	world_wait(w, "ở đây 1 hồ sơ, bên kia 1; Enter xem chênh lệch");
	world_pane(w, "reconciled");
	world_type(w, "\r");
	world_wait(w, "Bên kia thiếu");
	world_shows(w, "Ở đây thiếu");
	world_shows(w, CODE);
	world_pane(w, "differences");
	world_type(w, T_F7);
	world_shows(w, "Vì sao có chênh lệch này?");
	world_type(w, "Hồ sơ thử\r");
	world_wait(w, "đã giải thích");
	/* The next round still knows; the stranger can only be looked into. */
	world_type(w, T_HOME "\r");
	world_wait(w, "Hồ sơ này chưa có ở đây: F6 nhận việc tìm hiểu");
	world_type(w, T_F6);
	world_wait(w, "có người nhận");
	assert_string_equal(world_one(w, "SELECT string_agg(kind || ' ' || state, ', ' ORDER BY kind) FROM motcua.reconcile_difference"),
	                    "missing_here taken, missing_there explained");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_they_ask_stands_on_the_dossier),
		TEST(tasks_are_answered_where_they_stand),
		TEST(a_supervisor_gives_a_word_its_meaning),
		TEST(our_list_is_held_against_theirs),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
