/* SPDX-License-Identifier: Apache-2.0
 *
 * Lessons on the real screens: a step is over when it was really done, progress is kept,
 * and a unit that is no practice unit has none. */
#include "tests/world/steps.h"

#define T_CTRL_V "\026"
#define T_CTRL_W "\027"

static void begin(struct world *w, const char *where)
{
	world_type(w, "\020bai tap cho\r");
	world_wait(w, "BÀI TẬP");
	world_type(w, where);
}

/* The step is there: what was said stands before the hint for some seconds of the counter's clock, which need not be
 * waited for; so that clock runs ahead of the database's, which says when a lesson began. */
static void step_is(struct world *w, const char *words)
{
	for (int i = 0; i < 60 && !glass_has(w->glass, words); i++) {
		world_pass(w, 1100);
		loop_turn(glass_loop(w->glass), 10);
	}
	world_wait(w, words);
}

static void a_dossier_is_received_by_the_hand(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	begin(w, T_DOWN);
	world_pane(w, "lessons");
	world_type(w, "\r");
	world_wait(w, "Bài tập 1/8: Công dân đến quầy.");
	world_type(w, T_F2);
	world_wait(w, "Bài tập 2/8: Bấm Ctrl-V");
	world_type(w, T_CTRL_V);
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
	world_wait(w, "Bài tập 3/8");
	/* Somewhere else: how to come back. */
	world_type(w, T_F3);
	world_wait(w, "Bài tập 3/8: Bấm F2 để mở màn hình tiếp nhận.");
	world_type(w, T_ESC);
	world_wait(w, "Bài tập 3/8: Gõ tthn");
	world_type(w, "tthn\r");
	world_wait(w, "Bài tập 4/8: Bấm Ctrl-W");
	world_pane(w, "lesson");
	world_type(w, T_CTRL_W);
	world_wait(w, "Bài tập 5/8");
	world_type(w, T_ESC);
	world_wait_gone(w, "VÌ SAO HẸN");
	world_type(w, " ");
	world_shows(w, "■ Tờ khai cấp Giấy xác nhận");
	world_shows(w, "Bài tập 5/8"); /* one paper of two */
	world_type(w, " \r");
	/* The fee is confirmed here: that step was done before it was asked for. */
	world_wait(w, "Bài tập 7/8: Bấm F9");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait(w, "Bài tập 8/8");
	world_wait_for(w, "receive7", "SELECT lesson || step FROM motcua.lesson");
	world_type(w, T_ESC);
	world_wait(w, "Xong bài “Nhận một hồ sơ”");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.lesson WHERE done_at IS NOT NULL AND times = 1 AND step = 0");
	/* Esc once too often ends nobody's work. */
	world_type(w, T_ESC);
	world_wait(w, "Đây là màn hình đầu");
	world_shows(w, "HÔM NAY");
}

static void progress_is_kept_and_acts_count_only_when_they_were_done(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	begin(w, T_DOWN T_DOWN "\r");
	world_type(w, T_F2 T_CTRL_V "tthn\r");
	world_wait(w, "Bài tập 4/6: Tờ khai ghi thiếu");
	world_type(w, T_F6); /* a slip asked for and not given is none */
	world_shows(w, "Tra CSDL giấy tờ này trước khi yêu cầu bổ sung");
	world_wait(w, "Bài tập 4/6");
	step_kept(w);
	world_crash(w);
	world_login(w, "man");
	begin(w, T_DOWN T_DOWN);
	world_wait(w, "4/6");
	world_type(w, "\r");
	world_wait(w, "Bài tập 4/6: Bấm F2");
	world_type(w, T_F2 "\r"); /* the draft */
	world_wait(w, "Bài tập 4/6: Tờ khai");
	world_type(w, T_UP "-chua ky\r"); /* F6 went to what is looked up */
	world_wait(w, "Bài tập 5/6: Tra CSDL trước");
	step_look_up(w);
	world_type(w, T_F6 T_F9 "\r");
	world_wait(w, "Bài tập 6/6");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE form = '02'"), 1);
	world_type(w, T_ESC);
	world_wait(w, "Xong bài");
	/* Put away is put away. */
	begin(w, "\r");
	world_wait(w, "Bài tập 1/4: Bấm Ctrl-P");
	begin(w, T_F6);
	world_type(w, T_ESC);
	world_wait_gone(w, "Bài tập 1/4");
}

/* The drawer: opened, counted, closed, its packet printed; then figures and their dossiers. */
static void a_shift_and_a_report(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
	begin(w, T_END T_UP "\r");
	step_is(w, "Bài tập 1/5: Bấm Ctrl-P, gõ ca làm việc");
	world_type(w, "\020ca làm việc\r");
	world_wait(w, "CA LÀM VIỆC");
	step_is(w, "Bài tập 2/5: Bấm F4 mở ca");
	world_type(w, T_F4);
	world_wait(w, "Trong két có bao nhiêu tiền mặt");
	world_type(w, "\025" "0\r");
	step_is(w, "Bài tập 3/5");
	world_type(w, T_F5);
	world_wait(w, "ĐẾM TIỀN CHỐT CA");
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN "1\r" "1\r" "1\r"); /* 5.000 + 2.000 + 1.000 */
	world_wait(w, "Đếm được 8.000 đ");
	world_type(w, T_F9);
	step_is(w, "Bài tập 4/5");
	world_wait(w, "chờ người nhận");
	world_type(w, T_F9);
	step_is(w, "Bài tập 5/5");
	world_type(w, T_ESC);
	world_wait_for(w, "shift1", "SELECT lesson || times FROM motcua.lesson WHERE done_at IS NOT NULL"); /* the print may have the last word */
	begin(w, T_END "\r");
	step_is(w, "Bài tập 1/5: Bấm Ctrl-P, gõ báo cáo");
	world_type(w, "\020bao cao bieu\r");
	step_is(w, "Bài tập 2/5");
	world_wait(w, "Hộ tịch");
	world_type(w, T_RIGHT "\r");
	step_is(w, "Bài tập 3/5");
	world_type(w, T_ESC T_F9);
	step_is(w, "Bài tập 4/5");
	world_type(w, T_ESC T_F6 "\r");
	world_wait(w, "Ghi vào tệp nào?");
	world_type(w, "\r");
	step_is(w, "Bài tập 5/5");
	world_type(w, T_ESC);
	world_wait_for(w, "report1 shift1", "SELECT string_agg(lesson || times, ' ' ORDER BY lesson) FROM motcua.lesson");
}

/* Every step of the queue is what was really done to a number. */
static void a_number_goes_its_way(void **state)
{
	(void)state;
	struct world *w = world_open("xterm-256color", NULL, 43, 132);
	world_do(w, "INSERT INTO motcua.queue_setting (unit_id) SELECT unit_id FROM motcua.unit WHERE code = '30538' ON CONFLICT DO NOTHING");
	world_do(w, "UPDATE motcua.queue_setting SET recall_seconds = 0");
	world_login(w, "man");
	begin(w, T_END T_UP T_UP T_UP "\r");
	step_is(w, "Bài tập 1/9: Bấm Ctrl-P, gõ hàng đợi");
	world_type(w, "\020hàng đợi\r");
	step_is(w, "Bài tập 2/9");
	world_wait(w, "A 0"); /* the queues are read */
	world_type(w, T_F8);
	world_wait(w, "Việc khác với hàng đợi:");
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN "\r");
	world_wait(w, "Phục vụ người không lấy số, về việc gì?");
	world_type(w, "\r");
	step_is(w, "Bài tập 3/9");
	world_wait(w, "● đang phục vụ từ");
	world_type(w, T_F7);
	world_wait(w, "đến đâu?");
	world_pane(w, "lesson-queue");
	world_type(w, "\r");
	step_is(w, "Bài tập 4/9");
	world_wait(w, "Quầy không có số nào.");
	world_type(w, T_F5);
	step_is(w, "Bài tập 5/9");
	world_wait(w, "→ đang gọi lần 1");
	world_type(w, T_F4);
	step_is(w, "Bài tập 6/9");
	world_wait(w, "→ đang gọi lần 2");
	world_type(w, T_F6);
	step_is(w, "Bài tập 7/9");
	world_wait(w, "vắng");
	world_type(w, "\r");
	step_is(w, "Bài tập 8/9");
	world_wait(w, "→ đang gọi lần");
	world_type(w, "\r");
	world_wait(w, "TIẾP NHẬN HỒ SƠ");
	world_type(w, T_ESC);
	world_wait(w, "● đang phục vụ từ");
	world_type(w, T_F9);
	step_is(w, "Bài tập 9/9");
	world_type(w, T_ESC);
	world_wait(w, "Xong bài “Hàng đợi");
	world_close(w);
}

static void a_real_unit_has_no_lessons(void **state)
{
	struct world *w = *state;
	world_do(w, "UPDATE motcua.unit SET practice = false");
	world_login(w, "man");
	world_hides(w, "Bài tập cho người mới");
	world_type(w, T_CTRL_V);
	world_shows(w, "Lúc này chưa làm được");
	world_shows(w, "HÔM NAY");
}

static int world_with_fee(void **state)
{
	int code = world_new(state);
	if (code == 0)
		step_fee_confirmed(*state);
	return code;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_dossier_is_received_by_the_hand, world_with_fee, world_gone),
		cmocka_unit_test_setup_teardown(progress_is_kept_and_acts_count_only_when_they_were_done, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_shift_and_a_report, world_with_fee, world_gone),
		cmocka_unit_test(a_number_goes_its_way),
		cmocka_unit_test_setup_teardown(a_real_unit_has_no_lessons, world_new, world_gone),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
