/* SPDX-License-Identifier: Apache-2.0
 *
 * Clerks and supervisors: locking, changing, confirming figures — and what
 * hostile hands put on a card. */
#include <string.h>

#include "tests/world/steps.h"
#include "tui/lock.h"
#include "tui/practice.h"

static void a_locked_screen_keeps_the_work(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	lock_now(w->desk);
	glass_paint(w->glass);
	world_shows(w, "Màn hình của Lê Thị Mận đang khoá.");
	world_hides(w, "Nguyễn Thị Thuỳ Dương");
	world_type(w, "sai\r");
	world_wait(w, "Sai tên đăng nhập hoặc mật khẩu");
	world_pass(w, 1200);
	/* A card scanned now goes nowhere. */
	world_scan(w, CARD_RAY);
	world_hides(w, "Chau Sóc Rây");
	world_type(w, PRACTICE_PASSWORD "\r");
	world_wait(w, "Nguyễn Thị Thuỳ Dương");
	world_hides(w, "Chau Sóc Rây");
}

static void another_clerk_takes_over(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	step_kept(w);
	lock_now(w->desk);
	world_type(w, T_F8);
	world_shows(w, "Đổi sang người khác?");
	world_type(w, "c");
	world_shows(w, "ĐĂNG NHẬP");
	world_hides(w, "Lê Thị Mận ·");
	world_pane(w, "changed");
	world_hides(w, "F2 Mới");
	world_type(w, T_F2);
	world_type(w, "khoa\r" PRACTICE_PASSWORD "\r");
	world_wait(w, "Q3 · Trần Đăng Khoa");
	world_hides(w, "bản nháp");
	world_type(w, T_F2);
	world_hides(w, "Thuỳ Dương");
}

static void open_catalogue(struct world *w)
{
	world_type(w, "\020");
	world_type(w, "danh muc");
	world_pane(w, "palette");
	world_type(w, "\r");
	world_shows(w, "DANH MỤC THỦ TỤC");
}

static void a_supervisor_confirms_a_fee(void **state)
{
	struct world *w = *state;
	world_login(w, "hue");
	open_catalogue(w);
	world_type(w, "1.004873");
	world_shows(w, "? chưa");
	world_pane(w, "catalogue");
	world_type(w, T_F5);
	world_shows(w, "Mức thu (đồng), 0 nếu không thu:");
	world_type(w, "8.000\rNQ 12/2026/NQ-HĐND\r\r");
	world_wait(w, "Đã xác nhận; mọi quầy dùng từ bây giờ.");
	world_wait_gone(w, "? chưa");
	world_shows(w, "8.000");
	world_type(w, T_ESC);
	step_to_papers(w, CARD_DUONG);
	world_shows(w, "Lệ phí     8.000 đ");
}

/* A limit for one case and one channel, and a paper, each with its basis. */
static void a_supervisor_confirms_a_limit_and_a_paper(void **state)
{
	struct world *w = *state;
	world_login(w, "hue");
	open_catalogue(w);
	world_type(w, "1.010091" T_F7 T_F7);
	world_shows(w, "Bưu chính");
	world_type(w, T_F6);
	world_shows(w, "Cho trường hợp nào?");
	world_type(w, T_DOWN "\r");
	world_shows(w, "Thời hạn giải quyết tính bằng:");
	world_type(w, "\r0\r");
	world_shows(w, "Gõ một số từ 1 đến 3650.");
	world_type(w, "\025" "12\r\025\r");
	world_shows(w, "Xác nhận phải có căn cứ pháp lý.");
	world_type(w, T_F6 T_DOWN "\r\r" "12\r" "\025" "QĐ 77/2026\r");
	world_shows(w, "Áp dụng từ ngày:");
	world_type(w, "\r");
	world_wait(w, "Đã xác nhận; mọi quầy dùng từ bây giờ.");
	assert_string_equal(world_one(w, "SELECT concat_ws('|', value, unit, channel, basis, case_name <> '') "
	                                 "FROM motcua.limits WHERE procedure_code = '1.010091' AND confirmed "
	                                 "AND unit_id IS NOT NULL"),
	                    "12|working_day|3|QĐ 77/2026|t");
	world_type(w, T_F7 "\025" "1.004873" T_F8);
	world_shows(w, "Xác nhận thành phần nào?");
	world_type(w, "\r");
	world_shows(w, "Giấy tờ này bắt buộc phải có?");
	world_type(w, "c");
	world_shows(w, "Số bản chính:");
	world_pane(w, "confirm-paper");
	world_type(w, "\025" "2\r" "\025" "1\r" "\025" "QĐ 78/2026\r\r");
	world_wait_for(w, "2|1|t", "SELECT concat_ws('|', max(originals), max(copies), bool_or(confirmed)) FROM "
	                           "motcua.components WHERE basis = 'QĐ 78/2026'");
}

static void a_clerk_only_reads_the_catalogue(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	open_catalogue(w);
	world_shows(w, "F5(Lệ phí)");
	world_type(w, "1.004873" T_F5);
	world_hides(w, "Mức thu (đồng)");
	world_pane(w, "catalogue-clerk");
}

/* What stands on a card is foreign: it may be shown, never obeyed. */
static void hostile_cards_are_only_text(void **state)
{
	struct world *w = *state;
	static char large[6000];
	world_login(w, "man");
	world_scan(w, "089199990001||\033[2J\033]0;x\007Nguyễn\001 Thị\t\"'; DROP TABLE motcua.dossier; --|05031999|Nữ|"
	              "Ấp \xff\xfe Tà\xc3|12082021");
	world_pane(w, "hostile");
	world_shows(w, "TIẾP NHẬN HỒ SƠ");
	world_shows(w, "[2J]0;xNguyễn Thị \"'; DROP T");
	world_type(w, "tthn\r");
	step_bring_papers(w);
	world_type(w, T_F9 "8000\rNQ 12/2026\r\r" T_F9);
	world_type(w, "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier"), 1);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier_person WHERE name ~ '[[:cntrl:]]' "
	                                "OR address ~ '[[:cntrl:]]'"), 0);
	strcpy(large, "089085990002||");
	for (int i = 0; i < 1000; i++)
		strcat(large, "Rây ");
	strcat(large, "|21111985|Nam|An Giang|30042022");
	world_scan(w, large);
	world_pane(w, "hostile-long");
	world_shows(w, "TIẾP NHẬN HỒ SƠ");
	world_scan(w, "O89077990010||Mai Văn Tám|15101977|Nam|An Giang|01102021");
	world_pane(w, "hostile-letter");
	world_shows(w, "TIẾP NHẬN HỒ SƠ");
	world_hides(w, "O89077990010");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_locked_screen_keeps_the_work),
		TEST(another_clerk_takes_over),
		TEST(a_supervisor_confirms_a_fee),
		TEST(a_supervisor_confirms_a_limit_and_a_paper),
		TEST(a_clerk_only_reads_the_catalogue),
		TEST(hostile_cards_are_only_text),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
