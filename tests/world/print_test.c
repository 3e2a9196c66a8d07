/* SPDX-License-Identifier: Apache-2.0
 *
 * The same paper again while the database is slow to count the copies; a printer
 * that another counter has; a counter that dies while it prints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "printers/printer.h"
#include "tests/printers/fake_printer.h"

#include "tests/world/steps.h"

static void again_before_the_last_was_counted(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait_for(w, "1", "SELECT copies_printed FROM motcua.paper");
	/* Reading is free, counting waits. */
	world_do(w, "BEGIN; SELECT 1 FROM motcua.paper FOR UPDATE");
	world_type(w, T_F8);
	world_wait_for(w, "1", "SELECT count(*) FROM pg_locks WHERE NOT granted");
	world_type(w, T_F8);
	world_shows(w, "Đang in");
	world_do(w, "COMMIT");
	world_wait_for(w, "3", "SELECT copies_printed FROM motcua.paper");
	world_wait_for(w, "3", "SELECT count(*) FROM motcua.paper_print WHERE result = 'ok'");
}

/* The key could not be registered at log-in: papers wait, and are signed later. */
static void the_key_is_registered_when_the_line_is_back(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_do(w, "REVOKE EXECUTE ON FUNCTION desk.register_key FROM motcua_clerk");
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait(w, "Khoá ký của máy này chưa đăng ký xong");
	world_do(w, "GRANT EXECUTE ON FUNCTION desk.register_key TO motcua_clerk");
	world_do(w, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'man'");
	world_wait(w, "Đã nối lại cơ sở dữ liệu");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.counter_key WHERE valid_to IS NULL");
	world_type(w, T_F8);
	world_wait(w, "Đã ghi giấy H01.999-261120-0001");
}

/* Forms looked at by their palette name, the office's own beside ours. */
static void forms_are_seen_before_they_are_used(void **state)
{
	struct world *w = *state;
	char path[120];
	world_login(w, "man");
	snprintf(path, sizeof path, "%s/forms", w->home);
	assert_int_equal(mkdir(path, 0700), 0);
	strcat(path, "/phieu-hong.form");
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs("form phieu\ntitle \"x\"\nvalid 2026-01-01\nbegin\ntext \"{owner.nmae}\"\n", file);
	assert_int_equal(fclose(file), 0);
	world_type(w, "\020"); /* Ctrl-P */
	world_type(w, "bieu mau" T_ENTER);
	world_wait(w, "MẪU GIẤY TỜ");
	world_shows(w, "Văn bản xin lỗi và đề nghị gia hạn");
	world_pane(w, "forms");
	world_type(w, T_ENTER);
	world_wait(w, "TẬP DUYỆT - KHÔNG CÓ GIÁ TRỊ SỬ DỤNG");
	world_pane(w, "form");
	world_type(w, T_ESC);
	world_wait_gone(w, "KHÔNG CÓ GIÁ TRỊ");
	world_type(w, T_F4);
	world_wait(w, "TẬP DUYỆT - KHÔNG CÓ GIÁ TRỊ SỬ DỤNG");
	world_type(w, T_ESC);
	world_wait_gone(w, "KHÔNG CÓ GIÁ TRỊ");
	world_type(w, T_END);
	world_wait(w, "Mẫu giấy bị lỗi: phieu-hong.form");
	world_type(w, T_ENTER);
	world_wait(w, "unknown field \"owner.nmae\"");
}

#define LAST_JOB "SELECT state FROM motcua.print_job ORDER BY job_id DESC LIMIT 1"

/* Q3 gets a thermal printer of its own. */
static struct printer *with_printer(struct world *w, struct fake_printer *fake, enum fake_mood mood)
{
	static struct printer printer;
	fake_start(fake, glass_loop(w->glass), mood);
	printer = (struct printer){ .name = "Cuộn", .carrier = &carrier_tcp, .address = fake->address,
		.output = DRAW_RASTER_384, .is_default = true };
	w->program.printers = &printer;
	return &printer;
}

static void an_unfinished_job_is_found_again(void **state)
{
	struct world *w = *state;
	static struct fake_printer fake;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait(w, "Đã ghi giấy");
	with_printer(w, &fake, FAKE_STUCK);
	world_type(w, T_F8);
	world_wait_for(w, "printing", LAST_JOB);
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.print_hold");
	fake_stop(&fake);
	world_crash(w);
	/* Whether it came out nobody knows: said, not printed. */
	world_wait_for(w, "0", "SELECT count(*) FROM pg_stat_activity WHERE usename = 'man'");
	with_printer(w, &fake, FAKE_GOOD);
	world_login(w, "man");
	world_wait_for(w, "unconfirmed", LAST_JOB);
	world_wait(w, "1 giấy chưa xác nhận: F11");
	assert_int_equal(fake.paper.size, 0);
	assert_string_equal(world_one(w, "SELECT copies_printed FROM motcua.paper"), "2");
	/* The key asks; the paper that then comes is a copy. */
	world_type(w, T_F11);
	world_shows(w, "chưa xác nhận giấy H01.999-261120-0001");
	world_type(w, "\r");
	world_wait(w, "Đã in giấy H01.999-261120-0001 trên máy in Cuộn");
	world_wait_for(w, "printed", LAST_JOB);
	assert_string_equal(world_one(w, "SELECT max(copy) FROM motcua.print_job"), "2");
	assert_true(fake.paper.size > 10000);
	/* And the last paper once more. */
	world_type(w, T_F11);
	world_shows(w, "In lại giấy H01.999-261120-0001?");
	world_type(w, T_ESC);
	world_type(w, T_F11 "\r");
	world_wait_for(w, "3", "SELECT max(copy) FROM motcua.print_job WHERE state = 'printed'");
	fake_stop(&fake);
}

static void one_waits_for_another_counter(void **state)
{
	struct world *w = *state;
	static struct fake_printer fake;
	struct arena arena = { 0 };
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait(w, "Đã ghi giấy");
	const char *device = printer_device(with_printer(w, &fake, FAKE_GOOD), &arena);
	world_do(w, arena_format(&arena, "INSERT INTO motcua.print_hold SELECT unit_id, '%s', 0, 'Q1',"
		" clock_timestamp() + interval '1 hour' FROM motcua.counter WHERE code = 'Q1' LIMIT 1", device));
	world_type(w, T_F8);
	world_wait(w, "Đợi quầy Q1 in xong trên máy in Cuộn");
	world_wait_for(w, "queued", LAST_JOB);
	assert_int_equal(fake.paper.size, 0);
	/* The holder died: its hold ends by the clock. */
	world_do(w, "UPDATE motcua.print_hold SET until = '2026-01-01'");
	world_wait(w, "Đã in giấy H01.999-261120-0001 trên máy in Cuộn");
	world_wait_for(w, "printed", LAST_JOB);
	/* Out of paper: said; the key tries the same job, not a copy. */
	fake.answers[2] = 0x72;
	world_type(w, T_F8);
	world_wait(w, "Máy in hết giấy");
	world_wait_for(w, "failed", LAST_JOB);
	fake.answers[2] = 0x12;
	world_type(w, T_F11);
	world_wait_for(w, "3", "SELECT count(*) FROM motcua.print_job WHERE state = 'printed'");
	assert_string_equal(world_one(w, "SELECT max(copy) FROM motcua.print_job"), "2");
	fake_stop(&fake);
	arena_free(&arena);
}

/* The screen: printers asked and tried, a job moved, seen, let go. */
static void printers_and_jobs_in_one_place(void **state)
{
	struct world *w = *state;
	static struct fake_printer fake;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait(w, "Đã ghi giấy");
	struct printer *roll = with_printer(w, &fake, FAKE_GOOD), file = { .name = "Tệp",
		.carrier = &carrier_file, .output = DRAW_PDF_A5, .address = w->home };
	roll->next = &file;
	fake.answers[2] = 0x72;
	world_type(w, T_F8);
	world_wait(w, "Máy in hết giấy");
	world_wait_for(w, "failed", LAST_JOB);
	world_type(w, "\020may in\r");
	world_wait(w, "! chưa in được");
	world_shows(w, "Cuộn *             58 mm");
	world_shows(w, "! không in được");
	world_shows(w, "● đã in");
	world_pane(w, "printers");
	/* Elsewhere. */
	world_type(w, T_F6);
	world_shows(w, "In giấy H01.999-261120-0001 trên máy nào?");
	world_shows(w, "Tệp · A5");
	world_type(w, "\r");
	world_wait_for(w, "printed Tệp 1", "SELECT state || ' ' || printer || ' ' || copy FROM motcua.print_job"
		" ORDER BY job_id DESC LIMIT 1");
	world_wait_gone(w, "! chưa in được");
	/* Asked: still no paper; then there is, and the test page comes. */
	world_type(w, "\t" T_F4);
	world_wait(w, "Cuộn: Máy in hết giấy");
	fake.answers[2] = 0x1e;
	world_type(w, T_F4);
	world_wait(w, "Cuộn: Máy in sắp hết giấy");
	world_wait(w, "● sẵn sàng");
	world_type(w, T_F5);
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.print_job WHERE papers = '{}' AND state = 'printed'");
	assert_true(fake.paper.size > 10000);
	world_wait(w, "trang in thử             Q3    Cuộn                  09:41 ● đã in");
	/* A mute printer: somebody looks, and says so. */
	fake.mood = FAKE_MUTE;
	world_type(w, "\t" T_HOME T_F8); /* the cursor had stayed on the job it was on */
	world_wait_for(w, "unconfirmed", LAST_JOB);
	world_wait(w, "? chưa xác nhận");
	world_type(w, T_HOME T_F7);
	world_shows(w, "đã ra chưa?");
	world_pane(w, "printers-seen");
	world_type(w, "\r");
	world_wait_for(w, "printed", LAST_JOB);
	world_wait(w, "đã xem: giấy ra đủ");
	fake_stop(&fake);
}

/* Said, and nothing asked under the printer's name. */
static void a_disk_that_takes_nothing_is_said(struct world *w)
{
	const char *data = w->program.paths.data;
	char command[400];
	snprintf(command, sizeof command, "mv %s/printers.ini %s/kept && mkdir %s/printers.ini", data, data, data);
	assert_int_equal(system(command), 0);
	world_type(w, T_F9);
	world_shows(w, "Máy in của quầy này:");
	world_type(w, T_DOWN "\r");
	world_wait(w, "printers.ini");
	snprintf(command, sizeof command, "rmdir %s/printers.ini && mv %s/kept %s/printers.ini", data, data, data);
	assert_int_equal(system(command), 0);
}

/* From no printer at all to a thermal one that prints and a folder, without a file edited. */
static void printers_are_added_at_the_screen(void **state)
{
	struct world *w = *state;
	static struct fake_printer fake;
	static const char gone[] = "\177\177\177\177\177\177\177\177\177\177\177\177\177\177\177\177\177\177";
	struct error err = { 0 };
	char command[200];
	fake_start(&fake, glass_loop(w->glass), FAKE_GOOD);
	world_login(w, "man");
	world_type(w, "\020may in\r");
	world_wait(w, "PDF *");
	world_type(w, T_F9);
	world_shows(w, "Thêm máy in nào?");
	world_pane(w, "printer-kind");
	world_type(w, "\r");
	world_type(w, "máy ở góc nhà\r"); /* no address: said, and still there */
	world_shows(w, "Địa chỉ mạng của máy in");
	world_type(w, gone);
	world_type(w, gone);
	world_type(w, fake.address);
	world_type(w, "\r");
	world_shows(w, "Giấy trong máy in:");
	world_type(w, T_DOWN "\r");
	world_type(w, "Quầy \"3\"\r");
	world_shows(w, "Tên máy in chỉ gồm chữ, số");
	world_pane(w, "printer-name");
	world_type(w, gone);
	world_type(w, "Cuộn\r");
	world_wait(w, "Cuộn *             58 mm");
	world_hides(w, "PDF *");
	world_wait(w, "Cuộn: Máy in sẵn sàng");
	world_type(w, T_F5);
	world_wait_for(w, "printed Cuộn", "SELECT state || ' ' || printer FROM motcua.print_job ORDER BY job_id DESC LIMIT 1");
	assert_true(fake.paper.size > 10000);
	/* A folder beside it, then as the default. */
	world_type(w, T_F9 "\r" T_END "\r");
	world_type(w, w->home + 1); /* the first stroke stands there */
	world_type(w, "\r\rTệp\r");
	world_shows(w, "Dùng làm máy mặc định?");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Tệp                A5");
	world_shows(w, "Cuộn *");
	world_wait(w, "Tệp: ");
	world_type(w, T_F9 T_DOWN "\r");
	world_wait(w, "Tệp *              A5");
	world_shows(w, "Cuộn               58 mm");
	/* As the next start finds it. */
	w->program.printers = NULL;
	assert_true(program_printers(&w->program, &err));
	assert_string_equal(printer_find(w->program.printers, NULL)->name, "Tệp");
	assert_string_equal(printer_find(w->program.printers, "Cuộn")->address, fake.address);
	a_disk_that_takes_nothing_is_said(w);
	world_type(w, T_F9 T_END "\r");
	world_wait(w, "Đã bỏ máy in Tệp.");
	world_wait_gone(w, "Tệp *");
	snprintf(command, sizeof command, "grep -q 'Tệp' %s/printers.ini", w->program.paths.data);
	assert_int_not_equal(system(command), 0);
	fake_stop(&fake);
}

/* Several dossiers marked in a list: their receipts, a list that goes with them, the book of
 * the month, each as one job that stops and goes on as one. */
static void several_dossiers_are_one_job(void **state)
{
	struct world *w = *state;
	static struct fake_printer fake;
	static struct printer office;
	char folder[120];
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait_for(w, "1", "SELECT copies_printed FROM motcua.paper");
	world_type(w, T_ESC);
	step_accept(w, CARD_RAY);
	world_wait_for(w, "2", "SELECT sum(copies_printed) FROM motcua.paper");
	world_type(w, T_ESC);
	struct printer *roll = with_printer(w, &fake, FAKE_GOOD);
	snprintf(folder, sizeof folder, "%s/van-phong", w->home);
	assert_int_equal(mkdir(folder, 0700), 0);
	office = (struct printer){ .name = "Văn phòng", .carrier = &carrier_file, .output = DRAW_PDF_A4, .address = folder };
	roll->next = &office;
	fake.answers[2] = 0x72;
	world_type(w, T_F3 "H01.999-2611");
	world_wait(w, "H01.999-261120-0002");
	world_type(w, T_DOWN " ");
	world_shows(w, "1 hồ sơ đã đánh dấu: F9");
	world_type(w, " ");
	world_shows(w, "2 hồ sơ đã đánh dấu: F9");
	world_shows(w, "■H01.999-261120-0001");
	world_pane(w, "marked");
	world_type(w, T_F9);
	world_shows(w, "Giấy tiếp nhận của 2 hồ sơ (bản in lại)");
	world_pane(w, "batch");
	world_type(w, "\r");
	/* No paper: one job failed, nothing of it is out; on the key all of it comes, once. */
	world_wait(w, "Máy in hết giấy");
	world_wait_for(w, "failed 2 0", "SELECT state || ' ' || cardinality(papers) || ' ' || done FROM motcua.print_job ORDER BY job_id DESC LIMIT 1");
	fake.answers[2] = 0x12;
	world_type(w, T_F11);
	world_wait_for(w, "printed 2 2", "SELECT state || ' ' || cardinality(papers) || ' ' || done FROM motcua.print_job ORDER BY job_id DESC LIMIT 1");
	world_wait_for(w, "2,2", "SELECT string_agg(copies_printed::text, ',') FROM motcua.paper");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.print_job"), 3);
	/* What goes to a room goes with a list, on the sheets of the office. */
	world_type(w, T_F9 T_DOWN "\r");
	world_shows(w, "Bảng kê kèm hồ sơ đến phòng, đơn vị nào?");
	world_type(w, "\r");
	world_shows(w, "Ghi bên nhận");
	world_type(w, "Phòng Kinh tế\r");
	world_shows(w, "Người nhận?");
	world_type(w, "\r");
	world_wait_for(w, "printed Văn phòng 01/BK-TTPVHCC", "SELECT state || ' ' || printer || ' ' || title FROM motcua.print_job ORDER BY job_id DESC LIMIT 1");
	/* The book of the month holds everybody's name and address: the supervisor's. */
	world_type(w, T_F9 T_DOWN T_DOWN "\r");
	world_shows(w, "01/11/2026 - 20/11/2026");
	world_pane(w, "period");
	world_type(w, "\r");
	world_wait(w, "Việc này cần người phụ trách.");
	world_do(w, "UPDATE motcua.clerk SET kind = 'supervisor' WHERE login = 'man'");
	world_type(w, T_F9 T_DOWN T_DOWN "\r\r");
	world_wait_for(w, "printed Sổ theo dõi 01/11/2026 - 20/11/2026 1", "SELECT state || ' ' || title || ' ' || copies_printed FROM motcua.print_job j"
		" JOIN motcua.paper p ON p.paper_id = j.papers[1] WHERE p.form = '07'");
	fake_stop(&fake);
}

/* Said at log-in, not when the citizen waits. */
static void fonts_are_tried_at_log_in(void **state)
{
	struct world *w = *state;
	char conf[120];
	snprintf(conf, sizeof conf, "%s/fonts.conf", w->home);
	FILE *file = fopen(conf, "w");
	assert_non_null(file);
	fprintf(file, "<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>%s</cachedir></fontconfig>", w->home);
	assert_int_equal(fclose(file), 0);
	setenv("FONTCONFIG_FILE", conf, 1);
	world_login(w, "man");
	world_wait(w, "thiếu phông chữ Noto Sans đủ dấu tiếng Việt");
	unsetenv("FONTCONFIG_FILE");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(again_before_the_last_was_counted, world_new, world_gone),
		cmocka_unit_test_setup_teardown(forms_are_seen_before_they_are_used, world_new, world_gone),
		cmocka_unit_test_setup_teardown(an_unfinished_job_is_found_again, world_new, world_gone),
		cmocka_unit_test_setup_teardown(one_waits_for_another_counter, world_new, world_gone),
		cmocka_unit_test_setup_teardown(printers_and_jobs_in_one_place, world_new, world_gone),
		cmocka_unit_test_setup_teardown(printers_are_added_at_the_screen, world_new, world_gone),
		cmocka_unit_test_setup_teardown(several_dossiers_are_one_job, world_new, world_gone),
		cmocka_unit_test_setup_teardown(fonts_are_tried_at_log_in, world_new, world_gone),
		cmocka_unit_test_setup_teardown(the_key_is_registered_when_the_line_is_back, world_new, world_gone),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
