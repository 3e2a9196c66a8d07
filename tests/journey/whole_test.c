/* SPDX-License-Identifier: Apache-2.0
 *
 * From an empty machine to a dossier found again by its receipt: the real
 * programs, a clerk's keys, papers read as a citizen and a phone would. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/check.h"
#include "tests/journey/habits.h"
#include "tests/printers/escdec.h"
#include "tests/printers/fake_printer.h"

#define PHONE "0912345678"

static struct home home;
static struct person clerk, machine, wall;
static char code[40], second[40];
static char qr[400];

static int open_home(void **state)
{
	(void)state;
	home_make(&home, 0, 0);
	return 0;
}

static int close_home(void **state)
{
	(void)state;
	person_free(&clerk);
	person_free(&machine);
	person_free(&wall);
	home_end(&home);
	return 0;
}

/* ---- papers ---- */

struct paper {
	char path[200];
};

static bool is_written(void *data)
{
	struct stat info;
	return stat(((struct paper *)data)->path, &info) == 0;
}

static struct paper paper_of(const char *folder, const char *dossier, const char *ending)
{
	struct paper paper;
	snprintf(paper.path, sizeof paper.path, "%s/%s%s", home_path(folder), dossier, ending);
	assert_true(person_until(&clerk, is_written, &paper, PATIENCE_MS));
	return paper;
}

/* What a phone reads on the sheet. */
static const char *qr_of_sheet(const struct paper *paper)
{
	return shell("pdftoppm -r 200 -gray -singlefile %s %s && zbarimg -q --nodbus --raw "
	             "-Sdisable -Sqrcode.enable %s.pgm", paper->path, home_path("sheet"), home_path("sheet"));
}

/* What a phone reads on the strip of an 80 mm printer. */
static const char *qr_of_strip(const void *data, size_t size)
{
	struct escdec strip;
	if (!escdec_read(&strip, 576, data, size))
		fail_msg("%s at byte %zu", strip.wrong, strip.offset);
	assert_int_equal(strip.cuts, 1);
	assert_true(strip.pictures > 0);
	escdec_tear(&strip, 4000);
	assert_true(escdec_write_pbm(&strip, home_path("strip.pbm"), 1));
	escdec_free(&strip);
	return shell("zbarimg -q --nodbus --raw -Sdisable -Sqrcode.enable %s", home_path("strip.pbm"));
}

static void names_the_dossier(const char *read, const char *dossier)
{
	char part[60];
	snprintf(part, sizeof part, "/%s/", dossier);
	assert_non_null(strstr(read, part));
}

/* ---- the journey ---- */

static void a_first_start_shows_its_steps(void)
{
	home_sit(&home, &clerk, WORDS());
	person_waits(&clerk, "ĐĂNG NHẬP");
	person_waits(&clerk, "mật khẩu của mọi người: motcua-tap-duyet");
	person_waits(&clerk, "→ Đang nạp danh mục thủ tục");
	enter(&clerk, "man");
	person_waits(&clerk, "TẬP DUYỆT");
	person_waits(&clerk, "xã Núi Cấm, tỉnh An Giang");
	assert_true(home_server() && home_courier() && home_practice());
}

static void a_scanned_citizen_gets_a_code(void)
{
	begin_with_card(&clerk, DUONG_CARD);
	row_shows(&clerk, DUONG_NUMBER, DUONG_NAME);
	row_shows(&clerk, "05/03/1999", "nữ");
	person_type(&clerk, BACK_TAB BACK_TAB PHONE TAB TAB);
	person_waits(&clerk, PHONE);
	fill_in(&clerk);
	row_shows(&clerk, "Chuyển", "Bộ Tư pháp");
	person_type(&clerk, K_F(9));
	person_waits(&clerk, "Đã đối chiếu với thẻ chưa?");
	row_shows(&clerk, "│", DUONG_NAME); /* name and address to compare */
	person_type(&clerk, "c");
	read_code(&clerk, code);
	assert_string_equal(home_ask("SELECT string_agg(code, ',') FROM motcua.dossier"), code);
}

static void the_sheet_says_it_in_vietnamese(void)
{
	char due[80];
	struct paper sheet = paper_of("data/giay-to", code, ".pdf");
	person_waits(&clerk, "Đã ghi giấy");
	const char *text = shell("pdftotext -enc UTF-8 -layout %s -", sheet.path);
	assert_non_null(strstr(text, code));
	assert_non_null(strstr(text, DUONG_NAME));
	assert_non_null(strstr(text, "tình trạng hôn nhân"));
	assert_non_null(strstr(text, "TẬP DUYỆT"));
	snprintf(due, sizeof due, "%s", home_ask("SELECT to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', "
		"'HH24 \"giờ\" MI') || '|' || to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', "
		"'\"ngày\" DD \"tháng\" MM \"năm\" YYYY') FROM motcua.dossier"));
	char *bar = strchr(due, '|');
	assert_non_null(bar);
	*bar = '\0';
	if (!strstr(text, due) || !strstr(text, bar + 1))
		fail_msg("no “%s” “%s” in:\n%s", due, bar + 1, text);
	snprintf(qr, sizeof qr, "%s", qr_of_sheet(&sheet));
	names_the_dossier(qr, code);
	assert_null(strstr(qr, DUONG_NUMBER));
}

static void the_answer_of_the_far_side_appears(void)
{
	char foreign[80];
	person_waits(&clerk, "● đã nhận");
	person_waits_gone(&clerk, "■ chờ gửi");
	snprintf(foreign, sizeof foreign, "%s",
	         home_ask("SELECT foreign_code FROM motcua.stream WHERE foreign_code <> '' "
	                  "AND travel = 'received' ORDER BY 1 LIMIT 1"));
	assert_true(strlen(foreign) > 4);
	person_waits(&clerk, foreign);
	row_shows(&clerk, "● đã nhận", "Bộ Tư pháp");
}

/* From screen to screen until this one stands there. */
static void back_to(const char *title, const char *key)
{
	char before[200]; /* titles stand in the first row */
	for (int i = 0; i < 6 && !person_sees(&clerk, title); i++) {
		snprintf(before, sizeof before, "%.20s", person_screen(&clerk));
		person_type(&clerk, key);
		person_waits_gone(&clerk, before);
	}
	person_waits(&clerk, title);
}

static void search_for(const char *query)
{
	person_type(&clerk, K_F(3));
	person_waits(&clerk, "Gõ mã hồ sơ");
	person_type(&clerk, query);
	person_waits_gone(&clerk, "Gõ mã hồ sơ");
	person_waits(&clerk, "1.004873");
	row_shows(&clerk, code, DUONG_NAME);
}

static void it_is_found_again_by_anything(void)
{
	const char *const queries[] = { "nguyen thi thuy duong", code, PHONE, DUONG_NUMBER };
	for (size_t i = 0; i < COUNT(queries); i++) {
		search_for(queries[i]);
		back_to("ĐÃ NHẬN HỒ SƠ", ESC);
	}
}

static void its_receipt_is_scanned(void)
{
	char forged[400];
	person_type(&clerk, "~~");
	person_type(&clerk, qr);
	person_type(&clerk, ENTER);
	/* It opens by itself: nobody has to choose among one. */
	person_waits(&clerk, "Giấy thật");
	person_waits(&clerk, "Tình trạng");
	person_waits(&clerk, DUONG_NAME);
	snprintf(forged, sizeof forged, "%s", qr);
	char *number = strstr(forged, code) + strlen(code) - 1;
	*number = *number == '9' ? '8' : '9';
	person_type(&clerk, "\002");
	person_type(&clerk, forged);
	person_type(&clerk, ENTER);
	person_waits(&clerk, "giấy giả hoặc đã bị sửa");
}

static void the_dossier_shows_itself(void)
{
	person_waits(&clerk, "Tình trạng");
	person_waits(&clerk, "0891");
	assert_false(person_sees(&clerk, DUONG_NUMBER));
	person_type(&clerk, K_F(4));
	person_waits(&clerk, DUONG_NUMBER);
	assert_true(strcmp(home_ask("SELECT count(*) FROM motcua.audit WHERE act = 'reveal'"), "0") > 0);
	person_type(&clerk, K_F(9));
	struct paper copy = paper_of("data/giay-to", code, "-2.pdf");
	assert_non_null(strstr(shell("pdftotext -enc UTF-8 -layout %s -", copy.path), "Bản in lại lần 1"));
	assert_string_equal(qr_of_sheet(&copy), qr);
}

static void quitting_gives_the_terminal_back(void)
{
	back_to("HÔM NAY", K_F(0));
	go_home(&clerk);
	assert_true(home_server() && home_courier() && home_practice());
}

static void configure(const char *carrier, const char *address)
{
	char text[300];
	snprintf(text, sizeof text, "[printer \"quay\"]\ntongue = raster\ndots = 576\ncarrier = %s\n"
	         "address = %s\ndefault = yes\n", carrier, address);
	home_write(&home, "motcua.ini", text);
}

static void a_pasted_citizen_on_a_strip_by_the_wire(void)
{
	struct fake_printer printer;
	fake_start(&printer, &home.loop, FAKE_GOOD);
	configure("tcp", printer.address);
	home_sit(&home, &clerk, WORDS());
	enter(&clerk, "khoa");
	person_type(&clerk, "\033[200~" BE_CARD "\033[201~");
	person_waits(&clerk, "[thẻ đã quét]");
	row_shows(&clerk, BE_NUMBER, BE_NAME);
	fill_in(&clerk);
	take_in(&clerk, second);
	assert_string_not_equal(second, code);
	person_waits(&clerk, "Đã in giấy");
	names_the_dossier(qr_of_strip(printer.paper.data, printer.paper.size), second);
	person_waits(&clerk, "● đã nhận");
	back_to("HÔM NAY", K_F(0));
	go_home(&clerk);
	fake_stop(&printer);
}

static void a_reprint_on_a_strip_in_a_folder(void)
{
	char folder[100], data[1 << 20];
	snprintf(folder, sizeof folder, "%s", home_path("strips"));
	assert_int_equal(mkdir(folder, 0700), 0);
	configure("file", folder);
	home_sit(&home, &clerk, WORDS());
	enter(&clerk, "man");
	search_for(code);
	person_type(&clerk, DOWN ENTER);
	person_waits(&clerk, "Tình trạng");
	person_type(&clerk, K_F(9));
	struct paper strip = paper_of("strips", code, ".bin");
	FILE *file = fopen(strip.path, "rb");
	size_t size = fread(data, 1, sizeof data, file);
	fclose(file);
	assert_string_equal(qr_of_strip(data, size), qr);
}

/* Three programs, one database: a number is taken, called, seen on the wall, and opens the intake form. */
static void a_number_goes_from_the_kiosk_to_the_wall(void)
{
	back_to("HÔM NAY", ESC);
	home_sit(&home, &wall, WORDS("display"));
	person_waits(&wall, "Chưa gọi số nào hôm nay.");
	home_sit(&home, &machine, WORDS("kiosk"));
	person_waits(&machine, "1   Hộ tịch");
	person_type(&machine, "1");
	person_waits(&machine, "nhóm được ưu tiên");
	person_type(&machine, "1");
	person_waits(&machine, "Mời cầm phiếu.");
	person_waits(&wall, "A 1");
	person_type(&clerk, K_F(5));
	person_waits(&clerk, "Đã gọi số A001.");
	person_waits(&wall, "A001    → Quầy");
	assert_false(person_sees(&wall, "Dương") || person_sees(&wall, "H01.999"));
	/* Whoever comes with it is served: the form stands open, and the number knows. */
	person_type(&clerk, ENTER);
	person_waits(&clerk, "TIẾP NHẬN HỒ SƠ");
	assert_string_equal(home_ask("SELECT motcua.ticket_text(series, number) || ' ' || state FROM motcua.ticket"), "A001 serving");
	person_type(&wall, K_F(0));
	assert_int_equal(person_leaves(&wall), 0);
	person_type(&machine, K_F(0));
	person_waits(&machine, "Mật khẩu");
	person_type(&machine, "motcua-tap-duyet" ENTER);
	assert_int_equal(person_leaves(&machine), 0);
	assert_true(person_given_back(&wall) && person_given_back(&machine));
}

/* One after another: each stands on what the one before it did. */
static void journey(void **state)
{
	static void (*const steps[])(void) = {
		a_first_start_shows_its_steps,
		a_scanned_citizen_gets_a_code,
		the_sheet_says_it_in_vietnamese,
		the_answer_of_the_far_side_appears,
		it_is_found_again_by_anything,
		its_receipt_is_scanned,
		the_dossier_shows_itself,
		quitting_gives_the_terminal_back,
		a_pasted_citizen_on_a_strip_by_the_wire,
		a_reprint_on_a_strip_in_a_folder,
		a_number_goes_from_the_kiosk_to_the_wall,
	};
	(void)state;
	for (size_t i = 0; i < COUNT(steps); i++)
		steps[i]();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(journey) };
	return cmocka_run_group_tests_name("journey_whole", tests, open_home, close_home);
}
