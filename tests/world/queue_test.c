/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall: the kiosk gives numbers, also without a server; the display shows which
 * one is called, and nothing else; the counter calls, serves and receives. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/world/hall.h"
#include "tui/desk.h"

/* ---- kiosk ---- */

static void a_number_is_two_keys_away(void **state)
{
	struct world *w = *state;
	begin_kiosk(w);
	world_wait(w, "1   Hộ tịch");
	world_wait(w, "đang chờ 0");
	world_pane(w, "kiosk-choose");
	world_type(w, "1");
	world_shows(w, "nhóm được ưu tiên nào");
	world_pane(w, "kiosk-group");
	world_type(w, "2");
	world_wait(w, "Mời cầm phiếu.");
	world_shows(w, "Ưu tiên: Người cao tuổi");
	world_shows(w, "Quầy 1, Quầy 3");
	world_pane(w, "kiosk-done");
	world_wait_for(w, "A001 gia waiting", "SELECT concat_ws(' ', motcua.ticket_text(series, number), priority, state) FROM motcua.ticket");
	char command[200];
	snprintf(command, sizeof command, "pdftotext -enc UTF-8 -layout %s/giay-to/so-2026-11-20-A001.pdf - | grep -q 'A001'",
	         w->program.paths.data);
	assert_int_equal(system(command), 0);
	/* Back by itself; who came in between is seen. */
	world_pass(w, 10000);
	world_wait(w, "đang chờ 1");
	/* Somebody went away in the middle. */
	world_type(w, "3");
	world_shows(w, "nhóm được ưu tiên nào");
	world_pass(w, 26000);
	world_wait(w, "Mời bấm số hoặc chạm");
	/* By finger: the second box is the second choice. */
	world_type(w, "\033[<0;5;10M\033[<0;5;10m");
	world_shows(w, "nhóm được ưu tiên nào");
	world_type(w, "1");
	world_wait(w, "Mời cầm phiếu.");
	world_wait_for(w, "B001", "SELECT motcua.ticket_text(series, number) FROM motcua.ticket ORDER BY ticket_id DESC LIMIT 1");
}

static void a_card_gives_one_number_and_stays_secret(void **state)
{
	struct world *w = *state;
	begin_kiosk(w);
	world_wait(w, "1   Hộ tịch");
	for (int i = 0; i < 2; i++) {
		world_scan(w, CARD_DUONG);
		world_shows(w, "Đã đọc thẻ");
		world_hides(w, "0891");
		world_hides(w, "Dương");
		world_type(w, i ? "31" : "11");
		world_wait(w, i ? "đã có số này, đang chờ gọi" : "Mời cầm phiếu.");
		world_hides(w, "Dương");
		world_pass(w, 10000);
		world_wait(w, "Mời bấm số hoặc chạm");
	}
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.ticket"), 1);
	/* Not on the disk either. */
	char command[200];
	snprintf(command, sizeof command, "grep -rqa '089199990001' %s", w->program.paths.data);
	assert_int_not_equal(system(command), 0);
	/* Keys of the counter do nothing here; the machine's password ends it. */
	world_type(w, "\020" T_F1 T_F2 T_F3 T_ESC);
	world_shows(w, "Mời bấm số hoặc chạm");
	world_type(w, T_F10 "sai-mat-khau\r");
	world_shows(w, "Mời bấm số hoặc chạm");
	world_type(w, T_F10 PRACTICE_PASSWORD "\r");
	assert_true(w->desk->loop->stop);
	w->desk->loop->stop = false;
}

static void a_booked_code_is_typed(void **state)
{
	struct world *w = *state;
	char code[8];
	PGconn *man = clerk_at(w, "man", "Q1");
	snprintf(code, sizeof code, "%s", hall_ask(man, "SELECT code FROM desk.queue_book('C', '2026-11-20 10:00+07')"));
	begin_kiosk(w);
	world_wait(w, "7   Tôi có mã hẹn");
	world_type(w, "7");
	world_type(w, "12");
	world_shows(w, "•2____");
	world_type(w, "\177\177");
	world_type(w, code);
	world_wait(w, "Đã hẹn lúc 10:00");
	world_hides(w, code);
	world_wait_for(w, "C001booked", "SELECT motcua.ticket_text(series, number) || kind FROM motcua.ticket");
	world_pass(w, 10000);
	world_wait(w, "7   Tôi có mã hẹn");
	world_type(w, "7000000");
	world_wait(w, "Không có mã hẹn này cho hôm nay.");
	PQfinish(man);
}

/* Called off at the counter: the kiosk says so, and the citizen takes a number like everybody else. */
static void a_booking_is_called_off(void **state)
{
	struct world *w = *state;
	char code[8];
	PGconn *man = clerk_at(w, "man", "Q1");
	snprintf(code, sizeof code, "%s", hall_ask(man, "SELECT code FROM desk.queue_book('C', '2026-11-20 10:00+07')"));
	PQfinish(man);
	world_login(w, "man");
	world_type(w, "\020so hen\r");
	world_wait(w, code);
	world_shows(w, "đã hẹn");
	world_pane(w, "bookings");
	world_type(w, T_F7);
	world_wait(w, "Huỷ mã hẹn");
	world_type(w, "\r");
	world_wait(w, "Ghi vì sao huỷ, đã báo người hẹn chưa.");
	world_type(w, "Hệ thống bảo trì, đã gọi báo\r");
	world_wait(w, "! đã huỷ");
	world_shows(w, "Lê Thị Mận huỷ: Hệ thống bảo trì, đã gọi báo");
	world_hides(w, "F7 Huỷ hẹn");
	world_pane(w, "bookings-over");
	begin_kiosk(w);
	world_wait(w, "7   Tôi có mã hẹn");
	world_type(w, "7");
	world_type(w, code);
	world_wait(w, "Số hẹn này đã huỷ: mời lấy số thường, hoặc hỏi quầy.");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.ticket"), 0);
}

/* The server dies: numbers go on, survive the kiosk's own death, and come home once. */
static void numbers_go_on_without_a_server(void **state)
{
	struct world *w = *state;
	begin_kiosk(w);
	world_wait(w, "1   Hộ tịch");
	world_wait_for(w, "6", "SELECT count(*) FROM motcua.ticket_block WHERE day = motcua.local(now())::date");
	world_type(w, "11");
	world_wait(w, "Mời cầm phiếu.");
	world_do(w, "CHECKPOINT"); /* tests' servers do not wait for the disk */
	world_server_dies(w);
	world_wait(w, "Máy chủ đang mất kết nối");
	world_type(w, " ");
	world_type(w, "12");
	world_wait(w, "Mời cầm phiếu.");
	world_pane(w, "kiosk-alone");
	int64_t ahead = w->desk->ahead; /* the machine's clock is right, and the world's is not ours */
	world_crash(w);
	w->desk->ahead = ahead;
	begin_kiosk(w);
	world_wait(w, "Máy chủ đang mất kết nối");
	for (int i = 0; i < 2; i++) {
		world_type(w, "11");
		world_wait(w, "Mời cầm phiếu.");
		world_type(w, " ");
	}
	world_server_back(w);
	world_wait_for(w, "A001walk A901alone A902alone A903alone", "SELECT string_agg(motcua.ticket_text(series, number)"
		" || CASE WHEN offline THEN 'alone' ELSE 'walk' END, ' ' ORDER BY number) FROM motcua.ticket WHERE state = 'waiting'");
	world_wait_gone(w, "mất kết nối");
	world_wait(w, "đang chờ 4");
	world_type(w, "11");
	world_wait(w, "Mời cầm phiếu.");
	assert_string_equal(world_one(w, "SELECT motcua.ticket_text(series, number) FROM motcua.ticket ORDER BY ticket_id DESC LIMIT 1"), "A002");
	assert_string_equal(world_one(w, "SELECT priority FROM motcua.ticket WHERE number = 901"), "gia");
	/* Nothing is left to send. */
	char command[200];
	snprintf(command, sizeof command, "grep -q given %s/kiosk-may-lay-so.numbers", w->program.paths.data);
	assert_int_not_equal(system(command), 0);
}

/* Whether a line of the kiosk's file begins so. */
static bool on_disk(struct world *w, const char *line)
{
	char command[300];
	snprintf(command, sizeof command, "grep -q '^%s' %s/kiosk-may-lay-so.numbers", line, w->program.paths.data);
	return system(command) == 0;
}

/* The next working morning the server is not there, and the machine has just been switched on: numbers, a code, one number a person. */
static void a_morning_without_a_server(void **state)
{
	struct world *w = *state;
	PGconn *man = clerk_at(w, "man", "Q1");
	char code[8], line[40];
	snprintf(code, sizeof code, "%s", hall_ask(man, "SELECT code FROM desk.queue_book('C', '2026-11-23 10:00+07')"));
	PQfinish(man);
	begin_kiosk(w);
	world_wait(w, "1   Hộ tịch");
	snprintf(line, sizeof line, "booked %s C", code);
	for (int i = 0; i < 600 && !(on_disk(w, line) && on_disk(w, "block 2026-11-23 C")); i++)
		world_type(w, " ");
	assert_true(on_disk(w, "block 2026-11-23 C 901 950 901"));
	world_do(w, "CHECKPOINT");
	int64_t ahead = w->desk->ahead;
	world_server_dies(w);
	world_crash(w);
	w->desk->ahead = ahead + 3 * 86400;
	begin_kiosk(w);
	world_wait(w, "Máy chủ đang mất kết nối");
	/* A card shown twice is one number, in memory alone. */
	for (int i = 0; i < 2; i++) {
		world_scan(w, CARD_DUONG);
		world_wait(w, "Đã đọc thẻ");
		world_type(w, i ? "31" : "11");
		world_wait(w, i ? "đã có số này, đang chờ gọi" : "Mời cầm phiếu.");
		world_type(w, " ");
	}
	char command[200];
	snprintf(command, sizeof command, "grep -rqa '089199990001' %s", w->program.paths.data);
	assert_int_not_equal(system(command), 0);
	/* The booked code is known, once. */
	world_type(w, "7");
	world_type(w, code);
	world_wait(w, "Đã hẹn lúc 10:00");
	world_type(w, " ");
	world_type(w, "7");
	world_type(w, code);
	world_wait(w, "Máy chủ chưa trả lời nên chưa nhận được mã hẹn");
	assert_true(on_disk(w, "given 2026-11-23 A 901 "));
	world_server_back(w);
	world_server_clock(w, day_of(2026, 11, 23), 8, 0);
	world_wait_for(w, "A901walk_in C901booked", "SELECT string_agg(motcua.ticket_text(series, number) || kind, ' ' ORDER BY series) FROM motcua.ticket");
	world_wait_for(w, "taken", "SELECT state FROM motcua.ticket_booking");
}

/* ---- the counter ---- */

static void the_counter_calls_serves_and_receives(void **state)
{
	struct world *w = *state;
	PGconn *machine = hall_line(w, PRACTICE_KIOSK);
	step_fee_confirmed(w);
	hall_ask(machine, TAKE("A", ""));
	hall_ask(machine, TAKE("A", "gia"));
	hall_ask(machine, TAKE("C", ""));
	world_login(w, "man");
	world_type(w, T_F5);
	world_wait(w, "→ đang gọi lần 1");
	world_wait(w, "A002");
	world_wait(w, "ưu tiên: Người cao tuổi");
	world_pane(w, "counter-called");
	world_type(w, T_F4);
	world_wait(w, "giây nữa mới gọi lại");
	/* The next one only after this one. */
	world_type(w, T_F5);
	world_wait(w, "Số A002 đang được gọi ở quầy này");
	world_type(w, T_F6);
	world_wait(w, "Đã ghi vắng");
	world_wait(w, "vắng khi gọi");
	world_type(w, T_F5);
	world_wait(w, "Đã gọi số A001");
	world_type(w, "\r");
	world_wait(w, "TIẾP NHẬN HỒ SƠ");
	world_wait_for(w, "serving", "SELECT state FROM motcua.ticket WHERE number = 1 AND series = 'A'");
	world_type(w, T_ESC);
	world_wait(w, "● đang phục vụ từ");
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
	step_accept(w, CARD_DUONG);
	world_wait_for(w, "A001", "SELECT motcua.ticket_text(t.series, t.number) FROM motcua.ticket_dossier JOIN motcua.ticket t USING (unit_id, ticket_id)");
	/* One key from the finished dossier: done, and the next. */
	world_type(w, T_F5);
	world_wait(w, "Đã gọi số C001");
	world_wait(w, " C001    Đất đai"); /* the list has it, too, … */
	world_wait(w, "E 0   T 0");        /* … and knows the other queues */
	world_wait_for(w, "done", "SELECT state FROM motcua.ticket WHERE number = 1 AND series = 'A'");
	/* Sent to another queue, and the one who missed it called by name. */
	world_type(w, T_F7);
	world_wait(w, "Chuyển số C001 đến đâu?");
	world_type(w, "\r");
	world_wait(w, "Đã chuyển.");
	world_wait(w, "vắng khi gọi");
	world_type(w, T_END "\r");
	world_wait_for(w, "called", "SELECT state FROM motcua.ticket WHERE number = 2");
	world_wait_gone(w, "vắng khi gọi");
	world_type(w, T_F9);
	world_wait(w, "Đã xong.");
	world_type(w, T_F8);
	world_wait(w, "Việc khác với hàng đợi:");
	world_pane(w, "counter-more");
	PQfinish(machine);
}

/* Enter between the two readings of what has just changed is not lost, nor kept for later. */
static void an_enter_too_early_is_meant_for_what_comes(void **state)
{
	struct world *w = *state;
	PGconn *machine = hall_line(w, PRACTICE_KIOSK);
	char notice[120];
	snprintf(notice, sizeof notice, "SELECT pg_notify('motcua_unit_%s', 'queue 0')", world_one(w, "SELECT unit_id FROM motcua.unit WHERE code = '30538'"));
	hall_ask(machine, TAKE("A", ""));
	world_login(w, "man");
	world_type(w, T_F5);
	world_wait(w, "→ đang gọi lần 1");
	world_wait(w, "A 0");
	world_pass(w, 1000); /* what the call itself set off is over */
	world_wait_for(w, "t", "SELECT bool_and(state = 'idle' AND pg_catalog.clock_timestamp() - state_change > interval '1 second')"
		" FROM pg_stat_activity WHERE usename = 'man'");
	/* The tickets are read, the figures of the queues wait for their rules. */
	world_do(w, "BEGIN; LOCK TABLE motcua.queue_setting IN ACCESS EXCLUSIVE MODE");
	hall_ask(machine, notice);
	world_wait_for(w, "1", "SELECT count(*) FROM pg_locks WHERE NOT granted");
	world_type(w, "\r");
	world_do(w, "COMMIT");
	world_wait(w, "TIẾP NHẬN HỒ SƠ");
	world_wait_for(w, "serving", "SELECT state FROM motcua.ticket");
	PQfinish(machine);
}

static void the_panel_fits_every_screen(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 43, 132 }, { 60, 200 } };
	(void)state;
	for (int i = 0; i < 3; i++) {
		struct world *w = world_open(NULL, NULL, sizes[i][0], sizes[i][1]);
		PGconn *machine = hall_line(w, PRACTICE_KIOSK);
		for (int n = 0; n < 30; n++)
			hall_ask(machine, TAKE("A", ""));
		world_login(w, "man");
		world_type(w, T_F5);
		world_wait(w, "Đã gọi số A001");
		world_wait(w, "A002");
		world_wait(w, "A 29 (0 phút)");
		world_shows(w, "F9");
		world_pane(w, "counter-many");
		PQfinish(machine);
		world_close(w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_number_is_two_keys_away, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_card_gives_one_number_and_stays_secret, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_booked_code_is_typed, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_booking_is_called_off, world_new, world_gone),
		cmocka_unit_test_setup_teardown(numbers_go_on_without_a_server, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_morning_without_a_server, world_new, world_gone),
		cmocka_unit_test(the_display_fills_every_screen),
		cmocka_unit_test_setup_teardown(a_new_call_is_heard, world_new, world_gone),
		cmocka_unit_test(nobody_is_ever_shown),
		cmocka_unit_test_setup_teardown(the_counter_calls_serves_and_receives, world_new, world_gone),
		cmocka_unit_test_setup_teardown(an_enter_too_early_is_meant_for_what_comes, world_new, world_gone),
		cmocka_unit_test(the_panel_fits_every_screen),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
