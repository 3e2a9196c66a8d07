/* SPDX-License-Identifier: Apache-2.0
 *
 * A form on the scanner is read: what it tells stands beside the fields, is taken by a key,
 * must be held against the paper, and the dossier is found by it.  What lies here without a
 * file is scanned from its queue; what is held already is brought later. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/date.h"
#include "tests/scan/sheets.h"
#include "tests/world/steps.h"

#define CTRL_N "\x0e"
#define FORM "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN\n" \
	"Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Thuỳ Dương\n" \
	"Nơi cư trú: ấp Tà Lọt, xã An Hảo, tỉnh An Giang\n" \
	"Giấy tờ tuỳ thân: thẻ căn cước số 089199990001\n" \
	"Ngày sinh: 05/03/1999 Giới tính: Nữ\n" \
	"Mục đích sử dụng: bổ túc hồ sơ vay vốn tại ngân hàng chính sách."

/* A scanner with this form on its glass; words are read. */
static void lay(struct world *w, const char *text)
{
	char path[160], config[400];
	snprintf(path, sizeof path, "%s/sane", w->home);
	if (mkdir(path, 0700) == 0) {
		snprintf(config, sizeof config, "%s/dll.conf", path);
		FILE *file = fopen(config, "w");
		assert_non_null(file);
		fputs("pnm\n", file);
		fclose(file);
	}
	setenv("SANE_CONFIG_DIR", path, 1);
	snprintf(path, sizeof path, "%s/to-khai.pgm", w->home);
	draw_sheet(path, &(struct sheet){ .text = text });
	snprintf(config, sizeof config, "[scan]\ndevice = pnm:0\ndpi = 200\nwords = yes\noptions = filename=%s\n", path);
	assert_true(config_parse(&w->program.config, config, "scan", NULL));
}

/* The reader is niced: beside busy tests it takes its time. */
static void wait_long(struct world *w, const char *text)
{
	int64_t until = monotonic_ms() + 200000;
	while (!glass_has(w->glass, text) && monotonic_ms() < until) {
		loop_turn(glass_loop(w->glass), 20);
		glass_pass(w->glass, 20);
		glass_paint(w->glass);
	}
	world_shows(w, text);
}

/* The pages are there and looked at: they become a file. */
static void accept(struct world *w, const char *kept)
{
	world_wait(w, "Đã quét 1 trang.");
	world_wait(w, "1       1 tốt");
	world_type(w, T_F9);
	wait_long(w, kept);
}

static void take_file(struct world *w)
{
	char path[160];
	lay(w, "");
	snprintf(path, sizeof path, "%s/to-khai-chi-duong.jpg", w->home);
	draw_sheet(path, &(struct sheet){ .text = FORM, .quarters = 2 });
	world_type(w, T_F4 T_DOWN "\r");
	world_shows(w, "CHỌN TỆP");
	world_type(w, path);
	world_type(w, "\r");
	world_wait(w, "Đã cất tệp");
}

/* A file taken as it is gets its words behind the clerk's back, and the form its proposals. */
static void a_file_from_the_disk_is_read_behind(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	world_type(w, T_F2 T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN "tthn\r");
	world_shows(w, "> □ Tờ khai cấp Giấy xác nhận");
	take_file(w);
	wait_long(w, "Đọc được trên giấy: tên giấy tờ, họ tên");
	world_hides(w, "Nguyễn Thị Thuỳ Dương"); /* nothing fills itself */
	world_type(w, "\t12");
	world_shows(w, "Đọc được trên giấy: 089199990001 — Ctrl-N lấy vào ô.");
	world_type(w, CTRL_N);
	world_shows(w, "?089199990001");
	world_wait_for(w, "1 1", "SELECT count(*) || ' ' || min(page) FROM motcua.file_word");
}

/* Nobody waits for it: it is found though its dossier was received before it was read. */
static void a_file_is_found_though_nobody_waited(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	take_file(w);
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	for (int64_t until = monotonic_ms() + 200000; monotonic_ms() < until &&
	     world_count(w, "SELECT count(*) FROM motcua.file_word") == 0;) {
		loop_turn(glass_loop(w->glass), 20);
		glass_pass(w->glass, 20);
	}
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
	world_type(w, T_F3 T_F4 "vay von ngan hang chinh sach");
	wait_long(w, "-0001");
	world_shows(w, "Tờ khai cấp");
}

static void a_form_is_read_taken_looked_at_and_found(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	lay(w, FORM);
	world_type(w, T_F2);
	world_type(w, CTRL_N);
	world_shows(w, "Chưa đọc được gì trên giấy");
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN "tthn\r");
	world_shows(w, "> □ Tờ khai cấp Giấy xác nhận");
	world_type(w, T_F4 "\r");
	accept(w, "Đã cất tệp tp");
	world_shows(w, "Đọc được trên giấy: tên giấy tờ, họ tên, địa chỉ, số thẻ… · Ctrl-N");
	world_hides(w, "Nguyễn Thị Thuỳ Dương"); /* nothing fills itself */
	/* One field by its key; what was typed there comes back. */
	world_type(w, "\t12");
	world_shows(w, "Đọc được trên giấy: 089199990001 — Ctrl-N lấy vào ô.");
	world_pane(w, "words-beside");
	world_type(w, CTRL_N);
	world_shows(w, "?089199990001");
	world_type(w, "\x1f");
	world_hides(w, "?089199990001");
	world_type(w, CTRL_N);
	world_shows(w, "?089199990001");
	/* The others from the list. */
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN CTRL_N);
	world_shows(w, "ĐỌC ĐƯỢC TRÊN GIẤY");
	world_pane(w, "words-list");
	world_type(w, "  ");
	world_type(w, "\r");
	world_type(w, T_END T_UP "  " T_ESC);
	world_shows(w, "?Nguyễn Thị Thuỳ Dương");
	world_shows(w, "?ấp Tà Lọt, xã An Hảo, tỉnh An Giang");
	world_shows(w, "?05/03/1999");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_shows(w, "Có ô lấy từ chữ máy đọc. Đã đối chiếu với giấy tờ chưa?");
	world_pane(w, "words-asked");
	world_type(w, "c");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait_gone(w, "Đang in");
	assert_string_equal(world_one(w, "SELECT owner_name || ' ' || owner_id || ' ' || summary FROM motcua.dossier"),
	                    "Nguyễn Thị Thuỳ Dương 089199990001 Tờ khai cấp giấy xác nhận tình trạng hôn nhân");
	/* Found by what its paper says. */
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
	world_type(w, T_F3 T_F4 "vay von ngan hang chinh sach");
	world_wait(w, "-0001");
	world_shows(w, "Tờ khai cấp");
	world_pane(w, "words-found");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ H01.999-");
	world_wait(w, "Thủ tục");
	world_type(w, T_PGDN);
	world_wait(w, "Tệp tp01_01.pdf: 1 trang · không có chữ ký số");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'find' AND what->>'by' = 'words'"), 1);
}

static void what_has_no_file_is_scanned_from_the_queue(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	lay(w, FORM);
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
	world_type(w, "\020" "chưa số hóa");
	world_type(w, "\r");
	world_wait(w, "CHƯA SỐ HÓA");
	world_wait(w, "H01.999-261120-0001");
	world_shows(w, "Hộ tịch");
	world_pane(w, "queue");
	/* By field, and back. */
	world_type(w, "\t" T_DOWN);
	world_shows(w, "> Hộ tịch");
	world_type(w, "\r");
	world_type(w, "\r\r");
	accept(w, "Đã số hóa giấy tờ; hồ sơ còn giải quyết thì các hệ thống được báo.");
	world_wait(w, "Mọi giấy tờ nhận tại quầy đã có tệp.");
	assert_string_equal(world_one(w, "SELECT string_agg(kind, ' ' ORDER BY seq) FROM motcua.message WHERE system = 'tu-phap'"), "dossier progress dossier");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.file_word");
	assert_int_equal(world_count(w, "SELECT pages FROM motcua.file"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_form_is_read_taken_looked_at_and_found),
		TEST(a_file_from_the_disk_is_read_behind),
		TEST(a_file_is_found_though_nobody_waited),
		TEST(what_has_no_file_is_scanned_from_the_queue),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
