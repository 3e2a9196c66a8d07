/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that go with a paper: which are taken, which refused, and that nobody
 * waits for a large one. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/world/steps.h"

#define MEGABYTE (1024 * 1024)

static const char *path_of(struct world *w, const char *name)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/%s", w->home, name);
	return path;
}

static const char png[] = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x20\0\0\0\x10\x08\0\0\0\0....\0\0\0\x02IDATzz....\0\0\0\0IEND....";
static const char jpeg[] = "\xFF\xD8\xFF\xE0\0\x04zz\xFF\xC0\0\x0B\x08\0\x10\0\x20\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0z\xFF\xD9";

/* A file of that size that begins so; the rest is a hole. */
static const char *make(struct world *w, const char *name, const char *head, size_t head_size, off_t size)
{
	const char *path = path_of(w, name);
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, head, head_size), (ssize_t)head_size);
	assert_int_equal(ftruncate(fd, size), 0);
	close(fd);
	return path;
}

static void attach(struct world *w, const char *path)
{
	world_type(w, T_F4 T_DOWN "\r");
	world_shows(w, "CHỌN TỆP");
	world_type(w, path); /* its "/" asks for the rest */
	world_type(w, "\r");
}

static void three_kinds_are_known_by_their_bytes(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	/* The names lie on purpose: the bytes tell. */
	attach(w, step_pdf(w, "a.txt", 2048));
	world_wait(w, "Đã cất tệp a.txt. 1 trang · không có chữ ký số.");
	world_shows(w, "có tệp");
	world_type(w, T_DOWN);
	attach(w, make(w, "b.pdf", jpeg, sizeof jpeg - 1, 2000));
	world_wait(w, "Đã cất tệp b.pdf.");
	attach(w, make(w, "c.jpg", png, sizeof png - 1, 1000));
	world_wait(w, "Đã cất tệp c.jpg.");
	assert_string_equal(world_one(w, "SELECT string_agg(name || ' ' || media_type, ', ' ORDER BY name) "
	                                 "FROM motcua.file WHERE whole AND dossier_id IS NULL"),
	                    "tp01_01.pdf application/pdf, tp02_02.jpg image/jpeg, tp02_03.png image/png");
	world_wait_for(w, "t", "SELECT bool_and(found <> '') FROM motcua.file");
	assert_string_equal(world_one(w, "SELECT found || ' ' || pages FROM motcua.file WHERE name = 'tp02_03.png'"), "ảnh 32 × 16 0");
	world_type(w, T_UP "\r");
	world_shows(w, "Tệp a.txt: 1 trang · không có chữ ký số");
	world_type(w, T_ESC);
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	/* They are the dossier's now. */
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file JOIN motcua.dossier USING (dossier_id)"), 3);
}

static void others_are_refused_with_a_sentence(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	attach(w, make(w, "rong.pdf", "", 0, 0));
	world_wait(w, "rong.pdf rỗng.");
	attach(w, w->home);
	world_wait(w, "không phải là tệp thường.");
	attach(w, make(w, "to.pdf", "%PDF-1.7\n", 9, 51L * MEGABYTE));
	world_wait(w, "quá 50 MB");
	attach(w, make(w, "virut.pdf", "MZ\x90\0\3", 5, 500));
	world_wait(w, "không phải PDF, JPEG hay PNG.");
	attach(w, path_of(w, "khong-co.pdf"));
	world_wait(w, "Không còn tệp hay thư mục này.");
	assert_int_equal(mkfifo(path_of(w, "ong.pdf"), 0600), 0);
	attach(w, path_of(w, "ong.pdf"));
	world_wait(w, "không phải là tệp thường.");
	/* Right by the head, and not what it seems. */
	attach(w, make(w, "cut.pdf", "%PDF-1.7\n", 9, 3000));
	world_wait(w, "Tệp bị cắt cụt, thiếu phần cuối.");
	attach(w, make(w, "cut.png", png, sizeof png - 13, (off_t)sizeof png - 13));
	world_wait(w, "Tệp bị cắt cụt, thiếu phần cuối.");
	world_wait_gone(w, "đang cất");
	world_hides(w, "có tệp");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file"), 0);
}

static void a_large_one_goes_while_the_clerk_types(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F5 "\r" T_HOME);
	attach(w, step_pdf(w, "lon.pdf", 12 * MEGABYTE));
	world_shows(w, "đang cất");
	world_type(w, T_UP T_UP "\x05, ấp mới");
	world_shows(w, "An Giang, ấp mới");
	world_shows(w, "đang cất");
	/* Not before all of it is there. */
	world_type(w, T_F9);
	world_shows(w, "Tệp “lon.pdf” còn đang được cất.");
	/* The catalogue is read anew meanwhile: the file is not forgotten. */
	world_do(w, "SELECT pg_notify('motcua_unit_' || unit_id, 'catalogue') FROM motcua.unit WHERE code = '30538'");
	world_wait(w, "Đã cất tệp lon.pdf.");
	world_shows(w, "có tệp");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_true(world_count(w, "SELECT size FROM motcua.file JOIN motcua.dossier USING (dossier_id) WHERE whole") >
	            12L * MEGABYTE);
	assert_int_equal(world_count(w, "SELECT sum(pages) FROM motcua.dossier_component WHERE files <> '{}'"), 1);
}

/* The feeder goes on while a question about a page is open: the answer is about that page,
 * not about the one under the cursor by then. */
static void an_answer_stays_with_its_page(void **state)
{
	struct world *w = *state;
	char text[400];
	snprintf(text, sizeof text, "echo test >%s/dll.conf; printf 'number_of_devices 1\\nmode Color\\ngeometry_max 300.0\\n' >%s/test.conf", w->home, w->home);
	assert_int_equal(system(text), 0);
	setenv("SANE_CONFIG_DIR", w->home, 1);
	assert_true(config_parse(&w->program.config, "[scan]\ndevice = test:0\ndpi = 100\nwords = no\nsource = Automatic Document Feeder\n"
		"options = read-delay=yes; read-delay-duration=9000; read-limit=yes; read-limit-size=20000\n", "scan", NULL));
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_type(w, T_F4 "\r");
	world_wait(w, "    1       1 ");
	world_type(w, "\r");
	world_shows(w, "Trang này thuộc giấy tờ nào?");
	/* Two more have come behind the dialog. */
	world_wait(w, "Đang quét trang 4");
	world_shows(w, "Trang này thuộc giấy tờ nào?");
	world_type(w, T_DOWN "\r");
	world_wait(w, "    1       2 ");
	world_shows(w, "    2       1 ");
	world_type(w, T_ESC);
	world_wait(w, "Đã ngừng quét.");
	world_type(w, T_ESC);
	world_shows(w, "Bỏ các trang đã quét?");
	world_type(w, "c");
	world_wait_gone(w, "TRANG QUÉT");
}

/* A file stays with the paper it was chosen for, wherever the hand has gone meanwhile. */
static void each_file_stays_with_its_paper(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	attach(w, step_pdf(w, "mot.pdf", 8 * MEGABYTE));
	world_type(w, T_DOWN);
	world_shows(w, "đang cất");
	attach(w, step_pdf(w, "hai.pdf", 100));
	world_type(w, T_UP);
	world_wait(w, "Đã cất tệp mot.pdf.");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT string_agg(c.seq || ' ' || f.name || ' ' || (f.size > 4000000), ', ' ORDER BY c.seq) FROM motcua.dossier_component c "
	                                 "JOIN motcua.file f ON f.file_id = ANY (c.files)"), "1 tp01_01.pdf true, 2 tp02_02.pdf false");
}

static void what_the_far_side_refuses_is_told_here(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_do(w, "INSERT INTO motcua.profile (system, version, digest, data, loaded_from) SELECT code, 99, sha256(''), "
	            "'{\"max_file_bytes\": 1048576, \"forbidden_files\": [\".png\"]}', 'test' FROM motcua.systems WHERE ended IS NULL");
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	attach(w, step_pdf(w, "to.pdf", 2 * MEGABYTE));
	world_wait(w, "Hệ thống tập trung của Bộ Tư pháp chỉ nhận tệp đến 1 MB, tệp này 3 MB");
	attach(w, make(w, "anh.jpg", png, sizeof png - 1, 1000));
	world_wait(w, "không nhận tệp có đuôi .png");
	attach(w, step_pdf(w, "vua.pdf", 100));
	world_wait(w, "Đã cất tệp vua.pdf.");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file"), 1);
}

static void pay(struct world *w)
{
	world_type(w, T_F9);
	world_shows(w, "Thu 8.000 đồng bằng cách nào?");
	world_type(w, "\r");
}

/* Nothing is asked twice: the paper of the first dossier, by its date, in the second. */
static void what_the_unit_holds_is_used_again(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_type(w, T_F4 T_DOWN T_DOWN T_DOWN "\r");
	world_wait(w, "Đơn vị chưa lưu giấy tờ nào của công dân này.");
	attach(w, step_pdf(w, "a.pdf", 100));
	world_wait(w, "Đã cất tệp a.pdf.");
	step_bring_papers(w);
	pay(w);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait_gone(w, "Đang in");
	world_type(w, T_F2);
	step_to_papers(w, CARD_DUONG);
	world_type(w, T_F4 T_DOWN T_DOWN T_DOWN "\r");
	world_wait(w, "Dùng lại giấy tờ nào cho “Tờ khai cấp");
	world_shows(w, "-0001");
	world_pane(w, "reuse");
	world_type(w, "\r");
	world_shows(w, "khai thác CSDL dùng lại");
	world_pane(w, "reuse-taken");
	world_type(w, " \r");
	pay(w);
	world_wait(w, "Vẫn nhận");
	world_type(w, "c");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file"), 1);
	assert_string_equal(world_one(w, "SELECT string_agg(action || ' ' || lookup_where, ', ' ORDER BY dossier_id) FROM motcua.dossier_component"
	                                 " WHERE seq = 1 AND files = (SELECT array_agg(file_id) FROM motcua.file)"),
	                    world_one(w, "SELECT 'submit , lookup Giấy tờ đơn vị đã lưu, hồ sơ ' || min(code) FROM motcua.dossier"));
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'reuse'"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(three_kinds_are_known_by_their_bytes),
		TEST(others_are_refused_with_a_sentence),
		TEST(a_large_one_goes_while_the_clerk_types),
		TEST(each_file_stays_with_its_paper),
		TEST(an_answer_stays_with_its_page),
		TEST(what_the_unit_holds_is_used_again),
		TEST(what_the_far_side_refuses_is_told_here),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
