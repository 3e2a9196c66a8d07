/* SPDX-License-Identifier: Apache-2.0
 *
 * From the scanner to the dossier, through SANE's own test devices: a feeder of ten
 * pages, and what goes wrong with it. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/base/path.h"
#include "tests/scan/sheets.h"
#include "tests/world/steps.h"

static void write_file(const char *folder, const char *name, const char *text)
{
	char path[160];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* A world whose scanner is SANE's test device; scan is the rest of its [scan]. */
static struct world *with_scanner(const char *scan)
{
	char text[512], path[128];
	struct world *w = world_open(NULL, NULL, 24, 80);
	snprintf(path, sizeof path, "%s/sane", w->home);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(path, "dll.conf", "test\npnm\n");
	write_file(path, "test.conf", "number_of_devices 1\nmode Color\ngeometry_max 300.0\n");
	setenv("SANE_CONFIG_DIR", path, 1);
	snprintf(text, sizeof text, "[scan]\ndevice = test:0\ndpi = 100\nwords = no\n%s", scan);
	assert_true(config_parse(&w->program.config, text, "scan", NULL));
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	return w;
}

static int spools(const struct world *w)
{
	char path[128];
	int count = 0;
	snprintf(path, sizeof path, "%s/quet", w->program.paths.data);
	DIR *folder = opendir(path);
	for (struct dirent *entry; folder && (entry = readdir(folder));)
		count += entry->d_name[0] != '.';
	if (folder)
		closedir(folder);
	return count;
}

static void ten_pages_become_one_file_of_the_dossier(void **state)
{
	(void)state;
	struct world *w = with_scanner("");
	world_type(w, T_F4);
	world_shows(w, "Quét từ máy quét");
	world_type(w, "\r");
	world_wait(w, "Đã quét 10 trang.");
	world_wait(w, "dưới 200 dpi");
	world_wait_gone(w, "đang xem…");
	world_shows(w, "210 × 297 mm, 100 dpi");
	world_shows(w, "Tờ khai");
	assert_int_equal(spools(w), 1);
	world_type(w, T_F9);
	world_wait(w, "Đã cất tệp tp01_01.pdf.");
	world_shows(w, "có tệp");
	assert_int_equal(spools(w), 0);
	assert_string_equal(world_one(w, "SELECT media_type || ' ' || whole FROM motcua.file"), "application/pdf true");
	/* What lies in the database is the PDF of ten pages. */
	assert_string_equal(world_one(w, "SELECT substr(data, 1, 5)::text = '\\x255044462d' FROM motcua.file_piece ORDER BY seq LIMIT 1"), "t");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file JOIN motcua.dossier USING (dossier_id)"), 1);
	world_close(w);
}

static void each_trouble_has_its_sentence(void **state)
{
	(void)state;
	static const struct {
		const char *status, *say;
	} troubles[] = {
		{ "SANE_STATUS_JAMMED", "Máy quét kẹt giấy." },
		{ "SANE_STATUS_COVER_OPEN", "Nắp máy quét đang mở." },
		{ "SANE_STATUS_DEVICE_BUSY", "Máy quét đang bận" },
		{ "SANE_STATUS_ACCESS_DENIED", "nhóm scanner" },
		{ "SANE_STATUS_IO_ERROR", "Mất liên lạc với máy quét" },
		{ "SANE_STATUS_NO_DOCS", "Khay máy quét không có giấy." },
	};
	struct world *w = with_scanner("source = Automatic Document Feeder\n");
	for (size_t i = 0; i < COUNT(troubles); i++) {
		char text[120];
		snprintf(text, sizeof text, "[scan]\noptions = read-return-value=%s\n", troubles[i].status);
		assert_true(config_parse(&w->program.config, text, "scan", NULL));
		world_type(w, T_F4 "\r");
		world_wait(w, troubles[i].say);
		world_shows(w, "Chưa có trang nào.");
		world_type(w, T_ESC);
		world_wait_gone(w, "TRANG QUÉT");
	}
	assert_true(config_parse(&w->program.config, "[scan]\ndevice = khong:co\n", "scan", NULL));
	world_type(w, T_F4 "\r");
	world_wait(w, "Không thấy máy quét.");
	world_type(w, T_ESC);
	assert_int_equal(spools(w), 0);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file"), 0);
	world_close(w);
}

#define SLOW "options = read-delay=yes; read-delay-duration=200000; read-limit=yes; read-limit-size=2000\n"

/* The helper's process, a child of this one; 0: there is none. */
static int helper(void)
{
	DIR *all = opendir("/proc");
	int found = 0;
	assert_non_null(all);
	for (struct dirent *entry; !found && (entry = readdir(all));) {
		char path[300], name[32];
		int pid = 0, parent = 0;
		snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
		FILE *file = fopen(path, "r");
		if (file && fscanf(file, "%d (%31[^)]) %*c %d", &pid, name, &parent) == 3 &&
		    parent == getpid() && strcmp(name, "motcua-scan") == 0)
			found = pid;
		if (file)
			fclose(file);
	}
	closedir(all);
	return found;
}

static void a_driver_that_dies_leaves_the_counter_alone(void **state)
{
	(void)state;
	struct world *w = with_scanner(SLOW);
	world_type(w, T_F4 "\r");
	world_wait(w, "Đang quét trang 1");
	int pid = helper();
	assert_true(pid > 1);
	assert_int_equal(kill(pid, SIGKILL), 0);
	world_wait(w, "Chương trình quét dừng đột ngột");
	/* And again, with a driver that behaves. */
	assert_true(config_parse(&w->program.config, "[scan]\noptions = read-delay=no\n", "scan", NULL));
	world_type(w, T_ESC T_F4 "\r");
	world_wait(w, "Đã quét 10 trang.");
	world_close(w);
}

static void escape_stops_the_scanner(void **state)
{
	(void)state;
	struct world *w = with_scanner(SLOW);
	world_type(w, T_F4 "\r");
	world_wait(w, "Đang quét trang 1");
	world_type(w, T_ESC);
	world_wait(w, "Đã ngừng quét.");
	assert_int_equal(helper(), 0);
	/* Leaving with a scan under way ends it, too. */
	world_type(w, T_F4);
	world_wait(w, "Đang quét trang 1");
	assert_int_equal(spools(w), 1);
	world_close(w);
	assert_int_equal(helper(), 0);
}

/* The only PDF in the counter's folder of papers. */
static void printed(const struct world *w, char *path, size_t room)
{
	char folder[160];
	snprintf(folder, sizeof folder, "%s/giay-to", w->program.paths.data);
	DIR *all = opendir(folder);
	assert_non_null(all);
	*path = '\0';
	for (struct dirent *entry; (entry = readdir(all));)
		if (strstr(entry->d_name, ".pdf"))
			snprintf(path, room, "%s/%s", folder, entry->d_name);
	closedir(all);
	assert_true(*path);
}

/* Printed, laid between the papers, scanned: the counter's own sheets sort the stack. */
static void separators_go_round(void **state)
{
	(void)state;
	char pdf[420], command[900];
	struct world *w = with_scanner("");
	world_type(w, T_F4 T_DOWN T_DOWN "\r");
	world_wait(w, "to-phan-cach");
	printed(w, pdf, sizeof pdf);
	/* The first sheet, as a scanner sees it. */
	snprintf(command, sizeof command, "pdftoppm -r 150 -gray -f 1 -l 1 -singlefile %s %s/sheet", pdf, w->home);
	assert_int_equal(system(command), 0);
	snprintf(command, sizeof command, "[scan]\ndevice = pnm:0\noptions = filename=%s/sheet.pgm\n", w->home);
	assert_true(config_parse(&w->program.config, command, "scan", NULL));
	world_type(w, T_F4 "\r");
	world_wait(w, "tờ phân cách: giấy tờ 1");
	world_shows(w, "1 trang, lấy 0 trang");
	/* It is another dossier's for the next citizen. */
	world_type(w, T_ESC);
	world_shows(w, "Bỏ các trang đã quét?");
	world_type(w, "c");
	world_wait_gone(w, "TRANG QUÉT");
	world_close(w);
}

static void a_card_is_read_from_a_picture(void **state)
{
	(void)state;
	char path[128], text[240];
	struct world *w = with_scanner("");
	snprintf(path, sizeof path, "%s/the.jpg", w->home);
	draw_sheet(path, &(struct sheet){ .text = "", .dpi = 300, .qr = CARD_RAY, .qr_mm = 18, .skew = 7 });
	world_type(w, T_F8 T_END "\r");
	world_shows(w, "CHỌN TỆP");
	world_type(w, path);
	world_type(w, "\r");
	world_wait(w, "Chau Sóc Rây");
	world_shows(w, "089085990002");
	/* A sheet without a card says so … */
	draw_sheet(path, &(struct sheet){ .dpi = 100, .qr = "HTTPS://EXAMPLE.VN/1" });
	world_type(w, T_F8 T_END "\r");
	world_type(w, path);
	world_type(w, "\r");
	world_wait(w, "Không thấy mã QR của thẻ căn cước");
	world_shows(w, "Chau Sóc Rây");
	/* … and the next one lies on the scanner. */
	snprintf(path, sizeof path, "%s/the.pgm", w->home);
	draw_sheet(path, &(struct sheet){ .text = "", .dpi = 300, .qr = CARD_DUONG, .qr_mm = 18, .quarters = 1 });
	snprintf(text, sizeof text, "[scan]\ndevice = pnm:0\noptions = filename=%s\n", path);
	assert_true(config_parse(&w->program.config, text, "scan", NULL));
	world_type(w, T_F8 T_END T_UP "\r");
	world_wait(w, "Nguyễn Thị Thuỳ Dương");
	assert_int_equal(spools(w), 0);
	world_close(w);
}

/* Turns until the file is there, or is not. */
static void wait_for_file(struct world *w, const char *path, bool there)
{
	int64_t until = monotonic_ms() + 60000;
	while ((access(path, F_OK) == 0) != there && monotonic_ms() < until) {
		int64_t before = monotonic_ms(); /* the glass's clock follows the wall's, or helpers seem late */
		loop_turn(glass_loop(w->glass), 10);
		int64_t past = monotonic_ms() - before;
		glass_pass(w->glass, past > 0 ? past : 1);
	}
	assert_int_equal(access(path, F_OK) == 0, there);
}

static void files_of_a_network_scanner_are_taken(void **state)
{
	(void)state;
	char folder[100], path[200], draft[220], text[300];
	struct world *w = world_open(NULL, NULL, 24, 80);
	snprintf(folder, sizeof folder, "%s/quet-mang", w->home);
	assert_int_equal(mkdir(folder, 0700), 0);
	snprintf(text, sizeof text, "[scan]\nfolder = %s\ndpi = 100\nwords = no\n", folder);
	assert_true(config_parse(&w->program.config, text, "scan", NULL));
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_type(w, T_F4);
	world_shows(w, "(0 tệp đang chờ)");
	world_type(w, T_ESC);
	/* Written elsewhere, put there whole. */
	snprintf(draft, sizeof draft, "%s/dang-ghi.jpg", w->home);
	draw_sheet(draft, &(struct sheet){ .dpi = 100 });
	snprintf(path, sizeof path, "%s/Đơn của bà Mận.jpg", folder);
	assert_int_equal(rename(draft, path), 0);
	world_wait(w, "1 tệp mới từ máy quét mạng.");
	world_type(w, T_F4);
	world_shows(w, "(1 tệp đang chờ)");
	world_type(w, "\r");
	world_shows(w, "TỆP CỦA MÁY QUÉT MẠNG");
	world_shows(w, "Đơn của bà Mận.jpg");
	world_pane(w, "inbox");
	world_type(w, "\r");
	world_wait(w, "Đã cất tệp Đơn của bà Mận.jpg.");
	/* Neither its name nor its bytes lie about once the draft knows of it. */
	wait_for_file(w, path, false);
	assert_string_equal(world_one(w, "SELECT name FROM motcua.file"), "tp01_01.jpg");
	/* Page by page, like a stack of our own scanner. */
	draw_sheet(draft, &(struct sheet){ .dpi = 100 });
	world_type(w, T_DOWN T_UP); /* nobody speaks any more: what is new may be told */
	assert_int_equal(rename(draft, path), 0);
	world_wait(w, "1 tệp mới từ máy quét mạng.");
	world_type(w, T_DOWN T_F4 "\r" T_F5);
	world_wait(w, "Đã mở 1 trang.");
	world_wait(w, "dưới 200 dpi");
	wait_for_file(w, path, true);
	world_type(w, T_F9);
	world_wait(w, "Đã cất tệp tp02_02.pdf.");
	wait_for_file(w, path, false);
	assert_int_equal(spools(w), 0);
	world_type(w, T_UP);
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file JOIN motcua.dossier USING (dossier_id)"), 2);
	world_close(w);
}

static void files_are_chosen_from_a_list(void **state)
{
	(void)state;
	char path[200];
	struct world *w = world_open(NULL, NULL, 24, 80);
	setenv("HOME", w->home, 1);
	snprintf(path, sizeof path, "%s/USB", w->home);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/USB/Ảnh một.jpg", w->home);
	draw_sheet(path, &(struct sheet){ .dpi = 75 });
	snprintf(path, sizeof path, "%s/USB/Ảnh hai.jpg", w->home);
	draw_sheet(path, &(struct sheet){ .dpi = 75 });
	write_file(w->home, "xem.txt", "không phải ảnh");
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_type(w, T_F4 T_DOWN "\r");
	world_wait(w, "USB/");
	world_shows(w, "xem.txt");
	world_type(w, "usb");
	world_hides(w, "xem.txt");
	world_type(w, "\r");
	world_wait(w, "Ảnh hai.jpg");
	world_type(w, "  ");
	world_shows(w, "2 tệp đã đánh dấu");
	world_pane(w, "files");
	world_type(w, T_F9);
	world_wait_for(w, "2", "SELECT count(*) FROM motcua.file WHERE whole");
	world_wait_gone(w, "đang cất");
	/* The folder used last is the first one next time; Backspace leads out of it. */
	world_type(w, T_F4 T_DOWN "\r");
	world_wait(w, "Ảnh một.jpg");
	world_type(w, "\x7f");
	world_wait(w, "xem.txt");
	world_type(w, "xem\r");
	world_wait(w, "không phải PDF, JPEG hay PNG.");
	/* A folder that is no longer there is a sentence. */
	world_type(w, T_F4 T_DOWN "\r");
	world_wait(w, "xem.txt");
	world_type(w, "/khong/co/\r");
	world_wait(w, "Không còn tệp hay thư mục này.");
	/* Too large for where it goes: told before it is made, with what can be done. */
	world_do(w, "INSERT INTO motcua.profile (system, version, digest, data, loaded_from) SELECT code, 99, sha256(''), "
	            "'{\"max_file_bytes\": 60000}', 'test' FROM motcua.systems WHERE ended IS NULL");
	snprintf(path, sizeof path, "%s/USB/to.jpg", w->home);
	draw_sheet(path, &(struct sheet){ .dpi = 300 });
	world_type(w, w->home); /* its "/" asks for the rest */
	world_type(w, "/USB/\r");
	world_wait(w, "to.jpg");
	world_type(w, T_F5);
	world_wait(w, "tốt");
	world_type(w, T_F9);
	world_wait(w, "Giảm các trang còn 200 dpi?");
	world_pane(w, "too-large");
	world_type(w, "\r");
	world_wait(w, "200 dpi · giấy tờ 1");
	world_type(w, T_F9);
	world_wait(w, "Bỏ bớt trang");
	world_shows(w, "TRANG QUÉT");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file"), 2);
	world_close(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_pages_become_one_file_of_the_dossier),
		cmocka_unit_test(each_trouble_has_its_sentence),
		cmocka_unit_test(a_driver_that_dies_leaves_the_counter_alone),
		cmocka_unit_test(escape_stops_the_scanner),
		cmocka_unit_test(separators_go_round),
		cmocka_unit_test(a_card_is_read_from_a_picture),
		cmocka_unit_test(files_of_a_network_scanner_are_taken),
		cmocka_unit_test(files_are_chosen_from_a_list),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
