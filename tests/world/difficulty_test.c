/* SPDX-License-Identifier: Apache-2.0
 *
 * Phiếu vướng mắc at one key, with what the screen is about; nothing typed is
 * lost; outages and slips by week; the workbook and the evidence pack. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/dossier/report.h"
#include "tests/world/steps.h"

#define CODE "H01.999-261120-0001"
#define CTRL_G "\007"
#define CTRL_P "\020"

static void courier_says(struct world *w, const char *sql)
{
	char whole[900];
	snprintf(whole, sizeof whole, "SET SESSION AUTHORIZATION courier; %s; RESET SESSION AUTHORIZATION", sql);
	world_do(w, whole);
}

static void refused_dossier(struct world *w)
{
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	courier_says(w, "DO $$ DECLARE c wire.claimed; BEGIN FOR c IN SELECT * FROM wire.claim('c1', 60, 50) LOOP "
	                "PERFORM wire.begin(c.message_id, c.fence); PERFORM wire.finish(c.message_id, c.fence, 'refused', 200, 5, '', "
	                "'Thiếu ngày cấp giấy tờ', NULL); END LOOP; END $$");
}

static void open_list(struct world *w)
{
	world_type(w, CTRL_P "su co va vuong\r");
	world_wait(w, "SỰ CỐ VÀ VƯỚNG MẮC");
}

static void the_screen_fills_the_slip(void **state)
{
	struct world *w = *state;
	refused_dossier(w);
	world_type(w, T_F4);
	world_wait(w, "! bị từ chối");
	world_type(w, CTRL_G);
	world_wait(w, "PHIẾU VƯỚNG MẮC");
	world_shows(w, "1.004873");
	world_shows(w, CODE);
	world_shows(w, "Thiếu ngày cấp giấy tờ");
	/* Words are needed. */
	world_type(w, T_F9);
	world_shows(w, "Ghi vướng mắc là gì, một câu cũng được.");
	world_type(w, "Thẻ căn cước không ghi ngày cấp trong mã QR.");
	world_pane(w, "difficulty");
	world_type(w, T_F9);
	world_wait(w, "Đã lập phiếu vướng mắc số 1/2026");
	world_shows(w, "HỒ SƠ " CODE);
	assert_string_equal(world_one(w, "SELECT concat_ws('|', system <> '', procedure_code, error, words, state, counter_code)"
	                                 " FROM motcua.difficulty"),
	                    "t|1.004873|Thiếu ngày cấp giấy tờ|Thẻ căn cước không ghi ngày cấp trong mã QR.|new|Q3");
	open_list(w);
	world_wait(w, "> 1/2026");
	world_shows(w, "> Phiếu 1");
	world_pane(w, "incidents");
	/* What became of it. */
	world_type(w, T_F4);
	world_shows(w, "Phiếu số 1/2026: mới. Nay thế nào?");
	world_type(w, "\r");
	world_shows(w, "Đã báo cho ai, bằng cách nào?");
	world_type(w, "Gọi tổ hỗ trợ của Bộ" T_F9);
	world_wait(w, "Đã ghi diễn biến của phiếu.");
	world_wait(w, "đã báo");
	world_type(w, "\r");
	world_wait(w, "Phiếu vướng mắc số 1/2026");
	world_shows(w, "Gọi tổ hỗ trợ của Bộ");
	world_pane(w, "slip-read");
	world_type(w, T_ESC);
	world_type(w, T_F8);
	world_wait(w, "HỒ SƠ " CODE);
}

static void what_was_typed_is_kept(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, CTRL_G);
	world_wait(w, "PHIẾU VƯỚNG MẮC");
	world_shows(w, "không hồ sơ nào");
	world_type(w, "Máy quét");
	world_type(w, T_ESC);
	world_shows(w, "Phiếu chưa lập xong.");
	world_type(w, "\r");
	world_shows(w, "Phiếu viết dở đã cất");
	world_type(w, CTRL_G);
	world_shows(w, "Có một phiếu vướng mắc viết dở.");
	world_type(w, "\r");
	world_wait(w, "Máy quét");
	world_type(w, T_END " không nhận thẻ");
	/* The lamp goes out. */
	world_pass(w, 1500);
	world_crash(w);
	world_login(w, "man");
	/* It is no draft of a dossier, and nobody reads it on the disk. */
	world_hides(w, "bản nháp đang dở");
	char command[160];
	snprintf(command, sizeof command, "! grep -rq 'quét' %s/data/drafts", w->home);
	assert_int_equal(system(command), 0);
	world_type(w, CTRL_G "\r");
	world_wait(w, "Máy quét");
	world_type(w, T_F9);
	world_wait(w, "Đã lập phiếu vướng mắc số 1/2026");
	/* Nothing is left of it. */
	world_type(w, CTRL_G);
	world_wait(w, "PHIẾU VƯỚNG MẮC");
	world_type(w, T_ESC);
	world_shows(w, "HÔM NAY");
}

static void another_system_is_chosen_and_a_wrong_code_told(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, CTRL_G);
	world_wait(w, "PHIẾU VƯỚNG MẮC");
	world_type(w, "Không vào được." T_F4);
	world_shows(w, "Vướng mắc ở hệ thống nào?");
	world_type(w, T_DOWN "\r");
	world_hides(w, "không hệ thống nào");
	world_type(w, T_SHIFT_TAB T_SHIFT_TAB "9.9");
	world_type(w, T_F9);
	world_wait(w, "Danh mục không có thủ tục “9.9”");
	world_type(w, "\025tthn" T_F9);
	world_wait(w, "Đã lập phiếu vướng mắc số 1/2026");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.difficulty WHERE system <> '' AND procedure_code = '1.004873'"), 1);
}

static void outages_stand_beside_and_go_out_as_files(void **state)
{
	struct world *w = *state;
	struct stat info;
	char path[200];
	refused_dossier(w);
	courier_says(w, "SELECT wire.health('cong', 'down', '=không nối được')");
	world_type(w, CTRL_G);
	world_wait(w, "PHIẾU VƯỚNG MẮC");
	world_type(w, "+Cổng không vào được" T_F9);
	world_wait(w, "Đã lập phiếu");
	open_list(w);
	world_wait(w, "> 1/2026");
	world_type(w, "\t");
	world_wait(w, "! chưa xong");
	world_pane(w, "incidents-outages");
	courier_says(w, "SELECT wire.health('cong', 'ok', '')");
	world_wait_gone(w, "! chưa xong");
	world_type(w, T_LEFT);
	world_wait(w, "‹ chưa xong ›");
	world_wait(w, "Không có sự cố nào.");
	world_type(w, T_F5);
	world_shows(w, "Chọn một tuần hay một tháng");
	world_type(w, T_RIGHT);
	world_wait(w, "‹ tuần này 16/11 – 22/11/2026 ›");
	world_wait(w, "Sự cố 1");
	world_type(w, T_F5);
	world_shows(w, "Ghi vào tệp nào?");
	world_type(w, "\r");
	world_wait(w, "Đã ghi ");
	snprintf(path, sizeof path, "%s/data/bao-cao/su-co-vuong-mac_2026-11-16_2026-11-22.xlsx", w->home);
	assert_int_equal(stat(path, &info), 0);
	assert_true(info.st_size > 4000);
	world_type(w, T_F6);
	world_shows(w, "Ghi vào tệp nào?");
	world_type(w, "\r");
	world_wait(w, ".pdf");
	snprintf(path, sizeof path, "%s/data/bao-cao/su-co-vuong-mac_2026-11-16_2026-11-22.pdf", w->home);
	for (int i = 0; i < 200 && stat(path, &info) != 0; i++)
		world_pass(w, 50);
	assert_int_equal(stat(path, &info), 0);
	assert_true(info.st_size > 4000);
	if (getenv("WORLD_PANES")) {
		char command[500];
		snprintf(command, sizeof command, "cp %s %s/", path, getenv("WORLD_PANES"));
		assert_int_equal(system(command), 0);
	}
}

/* The nine indices: on paper through the print jobs; what has no figures says so. */
static void print_and_read_the_last(struct world *w)
{
	world_type(w, "\017");
	world_wait(w, "Đang in Đánh giá giải quyết TTHC: chín chỉ số.");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.print_job j JOIN motcua.paper p ON p.paper_id = j.papers[1] WHERE j.state = 'printed' AND p.form = 'report'");
	/* What has no figures says so; how each is counted is read whole. */
	world_shows(w, "không có số liệu");
	world_type(w, T_DOWN T_DOWN T_DOWN T_RIGHT T_RIGHT T_RIGHT T_RIGHT T_RIGHT T_RIGHT T_RIGHT "\r");
	world_wait(w, "Không ghi công dân đã phải đến những cơ quan nào");
	world_type(w, T_ESC);
}

/* Figures of the month, the dossiers behind one, its checks, a file of it. */
static void figures_open_their_dossiers(void **state)
{
	struct world *w = *state;
	struct stat info;
	char path[200];
	refused_dossier(w);
	world_type(w, CTRL_P "bao cao bieu\r");
	world_wait(w, "Biểu 06: tình hình");
	world_wait(w, "Hộ tịch");
	world_shows(w, "‹ 01/11/2026 – 30/11/2026 ›");
	world_shows(w, "✓ 3 = 4 + 5 + 6");
	world_pane(w, "report-06");
	world_type(w, "\r");
	world_shows(w, "Chọn một con số");
	world_type(w, T_RIGHT "\r");
	world_wait(w, CODE);
	world_shows(w, "HỘ TỊCH · TỔNG SỐ");
	world_type(w, T_ESC);
	world_wait(w, "Biểu 06: tình hình");
	/* The month before has none of it. */
	world_type(w, "<");
	world_wait(w, "Không có hồ sơ nào trong kỳ này.");
	world_type(w, ">");
	world_wait(w, "Hộ tịch");
	world_type(w, T_F7);
	world_wait(w, "theo cơ quan giải quyết");
	world_type(w, T_F4);
	world_shows(w, "Báo cáo nào?");
	world_pane(w, "report-kinds");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Sổ theo dõi hồ sơ (Mẫu 07)");
	world_wait(w, CODE);
	world_hides(w, "Thuỳ Dương");
	world_pane(w, "report-07");
	world_type(w, T_F6);
	world_shows(w, "Xuất ra dạng nào?");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Ghi vào tệp nào?");
	world_type(w, "\r");
	world_wait(w, "Đã ghi ");
	snprintf(path, sizeof path, "%s/data/bao-cao/bieu-book07_2026-11-01_2026-11-30.csv", w->home);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'report_export' AND login = 'man' AND what->>'format' = 'csv'"), 1);
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ " CODE);
	/* Every kind is read as the table says. */
	world_type(w, T_ESC);
	for (const struct report_kind *kind = report_kinds + 2; kind->name; kind++) {
		world_type(w, T_F4 T_DOWN "\r");
		world_wait(w, kind->brief);
		world_wait_gone(w, "Đang đếm…");
		world_hides(w, "lỗi");
	}
	world_pane(w, "report-last");
	print_and_read_the_last(w);
}

/* Names of citizens leave with a supervisor, and with a reason. */
static void names_leave_with_a_reason(void **state)
{
	struct world *w = *state;
	refused_dossier(w);
	world_crash(w);
	world_login(w, "hue");
	world_type(w, CTRL_P "bao cao bieu\r");
	world_wait(w, "Hộ tịch");
	world_type(w, T_F4 T_DOWN "\r");
	world_wait(w, CODE);
	world_type(w, T_F6 "\r");
	world_wait(w, "Kèm họ tên, địa chỉ của công dân?");
	world_type(w, "c");
	world_wait(w, "Lý do lập bảng");
	world_type(w, "abc\r");
	world_shows(w, "Ghi lý do: ai cần, để làm gì.");
	world_type(w, "\025Kiểm tra của tỉnh\r");
	world_wait(w, "Ghi vào tệp nào?");
	world_type(w, "\r");
	world_wait(w, "Đã ghi ");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'report_export' AND login = 'hue' AND what->>'reason' = 'Kiểm tra của tỉnh'"), 1);
}

static void the_wide_screen_shows_more(void **state)
{
	(void)state;
	struct world *w = world_open("xterm-256color", NULL, 43, 132);
	refused_dossier(w);
	world_type(w, T_F4);
	world_wait(w, "! bị từ chối");
	world_type(w, CTRL_G);
	world_wait(w, "PHIẾU VƯỚNG MẮC");
	world_type(w, "Một vướng mắc dài hơn một dòng của màn hình hẹp." T_F9);
	world_wait(w, "Đã lập phiếu");
	open_list(w);
	world_wait(w, "> 1/2026");
	world_shows(w, CODE);
	world_pane(w, "incidents-wide");
	world_close(w);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_screen_fills_the_slip),
		TEST(what_was_typed_is_kept),
		TEST(another_system_is_chosen_and_a_wrong_code_told),
		TEST(outages_stand_beside_and_go_out_as_files),
		TEST(figures_open_their_dossiers),
		TEST(names_leave_with_a_reason),
		cmocka_unit_test(the_wide_screen_shows_more),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
