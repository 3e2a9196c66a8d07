/* SPDX-License-Identifier: Apache-2.0
 *
 * Đồng bộ: every system on a line, its messages, one exchange; correcting,
 * resending, holding, releasing; the alarm of silence. */
#include <stdio.h>

#include "tests/world/steps.h"

#define CODE "H01.999-261120-0001"
#define CTRL_S "\023"

/* What a courier does with all that waits, in its own functions. */
static void courier_brings(struct world *w, const char *class, const char *reply, const char *note)
{
	char sql[900];
	snprintf(sql, sizeof sql,
	         "SET SESSION AUTHORIZATION courier; DO $$ DECLARE c wire.claimed; BEGIN FOR c IN SELECT * FROM wire.claim('courier-1', 60, 50) LOOP "
	         "PERFORM wire.begin(c.message_id, c.fence); "
	         "PERFORM wire.finish(c.message_id, c.fence, '%s', 200, 212, '%s', '%s', NULL); END LOOP; END $$; "
	         "RESET SESSION AUTHORIZATION",
	         class, reply, note);
	world_do(w, sql);
}

static void courier_says(struct world *w, const char *sql)
{
	char whole[600];
	snprintf(whole, sizeof whole, "SET SESSION AUTHORIZATION courier; %s; RESET SESSION AUTHORIZATION", sql);
	world_do(w, whole);
}

/* The cursor on the line of the justice ministry's system. */
static void to_justice(struct world *w)
{
	world_type(w, T_HOME);
	for (int i = 0; i < 14 && !glass_has(w->glass, "Hệ thống tập trung của Bộ Tư pháp"); i++)
		world_type(w, T_DOWN);
	world_shows(w, "Hệ thống tập trung của Bộ Tư pháp");
}

#define REFUSED "{\"error_code\":\"-2\",\"message\":\"SoDienThoai không hợp lệ\"}"

static void refused_dossier(struct world *w, const char *login)
{
	step_fee_confirmed(w);
	world_login(w, login);
	step_accept(w, CARD_DUONG);
	courier_brings(w, "refused", REFUSED, "Bộ Tư pháp không nhận: SoDienThoai không hợp lệ");
}

static void every_system_stands_on_a_line(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	/* From anywhere, also from where a dossier was just received. */
	world_type(w, CTRL_S);
	world_wait(w, "ĐỒNG BỘ");
	world_wait(w, "Bộ Tư pháp");
	world_shows(w, "Cổng Dịch vụ công quốc gia");
	world_shows(w, "· chưa rõ");
	world_type(w, T_END T_UP T_UP T_UP T_UP T_UP T_UP T_UP T_UP T_UP T_UP T_UP T_UP);
	courier_says(w, "SELECT wire.health('cong', 'down', 'Không nối được tới 127.0.0.1')");
	world_wait(w, "! mất liên lạc");
	/* Those in trouble stand above the others. */
	world_type(w, T_HOME);
	world_shows(w, "Lý do: Không nối được tới 127.0.0.1");
	world_shows(w, "Chờ 2 tin của 1 hồ sơ");
	world_pane(w, "sync");
	courier_says(w, "SELECT wire.health('cong', 'ok', '')");
	courier_brings(w, "delivered", "", "");
	world_wait(w, "● hoạt động");
	world_wait_gone(w, "! mất liên lạc");
	world_type(w, CTRL_S);
	world_shows(w, "Lúc này chưa làm được");
	/* The outage was timed, with the dossier that waited. */
	world_wait_for(w, "down 1", "SELECT class || ' ' || dossiers FROM motcua.outage JOIN motcua.outage_wait USING (outage_id)");
}

static void an_exchange_is_read_and_put_right(void **state)
{
	struct world *w = *state;
	refused_dossier(w, "man");
	world_type(w, CTRL_S);
	world_wait(w, "! 1");
	/* tu-phap and cong both refused it; the first with trouble is picked by its name. */
	to_justice(w);
	world_type(w, "\r");
	world_wait(w, "ĐỒNG BỘ · BỘ TƯ PHÁP");
	world_wait(w, CODE "   hồ sơ    ! bị từ chối");
	world_shows(w, CODE "   tiến độ  ■ chờ gửi");
	world_pane(w, "sync-messages");
	world_type(w, T_HOME "\r");
	world_wait(w, "TRAO ĐỔI " CODE);
	world_wait(w, "! Chủ hồ sơ: điện thoại: để trống");
	world_shows(w, "HTTP 200 · 0,2 giây · courier-1");
	world_shows(w, "SoDienThoai không hợp lệ");
	world_hides(w, "089199990001");
	world_pane(w, "sync-exchange");
	/* Put right: a clerk the phone, not the name. */
	world_type(w, T_F4);
	world_wait(w, "SỬA VÀ GỬI LẠI");
	world_wait(w, "Bên nhận nói: Bộ Tư pháp không nhận");
	world_wait(w, "Vì sao sửa");
	world_pane(w, "sync-correct");
	world_type(w, "0987654321");
	/* Whoever else has it is told, too, but for one. */
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN);
	world_wait(w, "■ Hệ thống tập trung của Bộ Tư pháp");
	world_shows(w, "■ Cổng Dịch vụ công quốc gia");
	world_type(w, T_DOWN T_DOWN " ");
	world_type(w, T_F9);
	world_wait(w, "Đã sửa hồ sơ và xếp tin mới để gửi");
	world_wait(w, "· đã thay");
	assert_string_equal(world_one(w, "SELECT phone FROM motcua.dossier_person"), "0987654321");
	assert_string_equal(world_one(w, "SELECT string_agg(kind, ' ' ORDER BY seq) FROM motcua.message WHERE system = 'tu-phap'"),
	                    "dossier progress dossier progress");
	assert_string_equal(world_one(w, "SELECT string_agg(system || count, ' ' ORDER BY system) FROM (SELECT system, count(*) FROM"
		" motcua.message WHERE kind = 'dossier' GROUP BY 1) x"), "cong1 dieu-phoi2 emc2 tu-phap2");
	world_type(w, T_ESC);
	world_wait(w, CODE "   hồ sơ    ■ chờ gửi");
	courier_brings(w, "delivered", "", "");
	world_wait(w, CODE "   hồ sơ    → đã gửi");
	assert_string_equal(world_one(w, "SELECT payload->'owner'->>'phone' FROM motcua.message WHERE system = 'tu-phap' AND seq = 3"),
	                    "0987654321");
}

static void what_is_typed_in_a_correction_is_not_lost_unasked(void **state)
{
	struct world *w = *state;
	refused_dossier(w, "hue");
	world_type(w, CTRL_S);
	world_wait(w, "! 1");
	world_type(w, T_HOME "\r");
	world_wait(w, "! bị từ chối");
	world_type(w, T_F4);
	world_wait(w, "Vì sao sửa");
	world_type(w, "09");
	world_type(w, T_ESC);
	world_shows(w, "Bỏ những gì vừa sửa?");
	world_type(w, "\r");
	world_shows(w, "SỬA VÀ GỬI LẠI");
	/* A supervisor may mend the spelling of a name. */
	world_type(w, T_UP "\025Nguyễn Thị Thùy Dương");
	world_type(w, T_F9);
	world_wait(w, "Đã sửa hồ sơ và xếp tin mới để gửi");
	assert_string_equal(world_one(w, "SELECT owner_name FROM motcua.dossier"), "Nguyễn Thị Thùy Dương");
}

static void held_until_it_is_let_go(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, CTRL_S);
	world_wait(w, "Bộ Tư pháp");
	to_justice(w);
	world_type(w, "\r");
	world_wait(w, "■ chờ gửi");
	world_type(w, T_F6);
	world_shows(w, "Tạm giữ hồ sơ " CODE);
	world_type(w, "\r");
	world_shows(w, "Ghi lý do");
	world_type(w, "chờ xác minh nơi cư trú\r");
	world_wait(w, "– tạm giữ");
	world_wait(w, "Lê Thị Mận giữ");
	world_shows(w, "chờ xác minh nơi cư trú");
	courier_brings(w, "delivered", "", "");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.attempt WHERE system = 'tu-phap' AND phase = 'begin'"), 0);
	/* Only what is held, then nothing like it. */
	world_type(w, T_RIGHT T_RIGHT T_RIGHT T_RIGHT);
	world_wait(w, "‹ – tạm giữ ›");
	world_wait(w, CODE "   hồ sơ    – tạm giữ");
	world_pane(w, "sync-held");
	world_type(w, T_F7);
	world_wait(w, "Không có tin nào như vậy.");
	courier_brings(w, "delivered", "", "");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.attempt WHERE system = 'tu-phap' AND phase = 'begin'"), 1);
}

static void silence_is_counted_and_listed(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	world_shows(w, "Chưa có trả lời quá 24 giờ          0");
	step_accept(w, CARD_DUONG);
	courier_brings(w, "delivered", "", "");
	world_clock(w, day_of(2026, 11, 21), 10, 0);
	courier_says(w, "SELECT wire.watch()");
	world_type(w, T_ESC);
	world_wait(w, "Chưa có trả lời quá 24 giờ        ! 1");
	world_pane(w, "home-silent");
	world_type(w, T_END T_UP T_UP T_UP T_UP "\r");
	world_wait(w, "CHƯA CÓ TRẢ LỜI QUÁ 24 GIỜ");
	world_wait(w, CODE);
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
	world_type(w, CTRL_S);
	world_wait(w, "! 1");
	world_type(w, T_HOME);
	to_justice(w);
	world_shows(w, "chưa có trả lời quá 24 giờ: 1");
	world_type(w, "\r");
	world_wait(w, "→ Chưa có trả lời quá 24 giờ.");
	world_type(w, T_RIGHT);
	world_wait(w, "‹ chưa có trả lời ›");
	world_wait(w, CODE "   hồ sơ    → đã gửi");
	world_type(w, T_F5);
	world_wait(w, "Sẽ hỏi ngay bên nhận về hồ sơ này.");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.problem WHERE kind = 'silent' AND solved_at IS NULL"), 3);
}

static void the_wide_screen_shows_more(void **state)
{
	(void)state;
	struct world *w = world_open("xterm-256color", NULL, 43, 132);
	refused_dossier(w, "man");
	world_type(w, CTRL_S);
	world_wait(w, "Thử tiếp");
	world_wait(w, "! 1");
	world_shows(w, "0,2 giây");
	world_pane(w, "sync-wide");
	world_type(w, T_HOME "\r");
	world_wait(w, "! bị từ chối");
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
	world_pane(w, "sync-messages-wide");
	world_type(w, "\r");
	world_wait(w, "TRAO ĐỔI " CODE);
	world_wait(w, "! Chủ hồ sơ: điện thoại: để trống");
	world_pane(w, "sync-exchange-wide");
	world_close(w);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_system_stands_on_a_line),
		TEST(an_exchange_is_read_and_put_right),
		TEST(what_is_typed_in_a_correction_is_not_lost_unasked),
		TEST(held_until_it_is_let_go),
		TEST(silence_is_counted_and_listed),
		cmocka_unit_test(the_wide_screen_shows_more),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
