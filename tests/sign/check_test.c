/* SPDX-License-Identifier: Apache-2.0
 *
 * Foreign files, through the real helper: what is told of them, and what is refused. */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/sign/check.h"
#include "tests/sign/signed.h"

#define DAY (24 * 3600)

static struct arena arena;
static struct error last;
static bool finished, good;

static void on_done(struct check_job *job, const struct error *err)
{
	(void)job;
	finished = true;
	good = !err;
	last = err ? *err : (struct error){ 0 };
}

/* The one line, or "! word". */
static const char *look_fd(int fd, const char *roots)
{
	struct loop loop;
	struct scope scope = { 0 };
	struct check_job job = { 0 };
	loop_init(&loop);
	finished = false;
	assert_true(check_start(&loop, &scope, &job, HELPERS "/motcua-check", fd, roots, on_done, NULL));
	for (int64_t until = monotonic_ms() + 50000; !finished && monotonic_ms() < until;)
		loop_turn(&loop, 100);
	assert_true(finished);
	const char *text = good ? arena_format(&arena, "%s%s", check_doubtful(&job.found) ? "? " : "", check_say(&arena, &job.found))
	                        : arena_format(&arena, "! %s", last.code);
	if (!good)
		assert_true(last.say[0] && last.log[0]);
	check_clear(&job);
	return text;
}

static int file_of(const void *data, size_t size)
{
	int fd = memfd_create("tệp", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, size), (ssize_t)size);
	return fd;
}

static const char *look(const void *data, size_t size, const char *roots)
{
	int fd = file_of(data, size);
	const char *text = look_fd(fd, roots);
	close(fd);
	return text;
}

#define LOOK(b) look((b).data, (b).size, "")

static const char *today(void)
{
	char day[24];
	return arena_string(&arena, day_write(moment_day(moment_now()), day, sizeof day));
}

/* ---- signatures ---- */

static const char *signed_by(const struct signer *signer, const char *filter, const char *roots)
{
	struct bytes pdf = { 0 };
	signed_pdf(&pdf, 3, signer, filter);
	const char *said = look(pdf.data, pdf.size, roots);
	bytes_free(&pdf);
	return said;
}

static void who_when_intact_and_trusted_or_not(void **state)
{
	(void)state;
	moment_t now = moment_now();
	char roots[] = "/tmp/motcua-check-XXXXXX";
	close(mkstemp(roots));
	struct signer root = signer_new("CA THỬ", now - DAY, now + DAY, NULL);
	struct signer an = signer_new("NGUYỄN VĂN AN\n\x1b[31m", now - DAY, now + DAY, &root);
	struct signer past = signer_new("TRẦN THỊ BƯỞI", now - 9 * DAY, now - 2 * DAY, &root);
	signer_write(&root, roots);
	const char *day = today();
	static const char etsi[] = "ETSI.CAdES.detached", adobe[] = "adbe.pkcs7.detached";
	assert_string_equal(signed_by(&an, etsi, roots),
	                    arena_format(&arena, "3 trang · ký số: NGUYỄN VĂN AN [31m, %s, còn nguyên, chứng thư tin cậy", day));
	assert_string_equal(signed_by(&an, adobe, ""),
	                    arena_format(&arena, "3 trang · ký số: NGUYỄN VĂN AN [31m, %s, còn nguyên, chưa rõ chứng thư", day));
	assert_string_equal(signed_by(&past, etsi, roots),
	                    arena_format(&arena, "? 3 trang · ký số: TRẦN THỊ BƯỞI, %s, còn nguyên, ký ngoài thời hạn chứng thư", day));
	assert_non_null(strstr(signed_by(&an, "adbe.x509.rsa_sha1", roots), "loại chữ ký chưa kiểm được"));
	assert_non_null(strstr(signed_by(&an, etsi, "/nonexistent"), "còn nguyên, chưa rõ chứng thư"));
	unlink(roots);
	signer_free(&root);
	signer_free(&an);
	signer_free(&past);
}

static void one_changed_byte_is_seen(void **state)
{
	(void)state;
	moment_t now = moment_now();
	struct signer an = signer_new("NGUYỄN VĂN AN", now - DAY, now + DAY, NULL);
	struct bytes pdf = { 0 };
	signed_pdf(&pdf, 2, &an, "ETSI.CAdES.detached");
	char *box = memmem(pdf.data, pdf.size, "595 842", 7);
	box[0] = '6';
	assert_non_null(strstr(LOOK(pdf), "ĐÃ BỊ SỬA SAU KHI KÝ"));
	box[0] = '5';
	assert_non_null(strstr(LOOK(pdf), "còn nguyên"));
	/* Something behind what was signed: told, though every signature is intact. */
	bytes_text(&pdf, "% thêm\n%%EOF\n");
	assert_non_null(strstr(LOOK(pdf), "có phần thêm sau chữ ký cuối"));
	/* A range that hides more than the signature. */
	char *range = memmem(pdf.data, pdf.size, "[0 ", 3);
	range[1] = '1';
	assert_non_null(strstr(LOOK(pdf), "chữ ký hỏng"));
	bytes_free(&pdf);
	signer_free(&an);
}

/* ---- what is refused ---- */

static void cut_empty_and_foreign_files_are_refused(void **state)
{
	(void)state;
	struct bytes pdf = { 0 };
	signed_pdf(&pdf, 3, NULL, NULL);
	assert_string_equal(LOOK(pdf), "3 trang · không có chữ ký số");
	assert_string_equal(look(pdf.data, pdf.size / 2, ""), "! cut");
	assert_string_equal(look(pdf.data, pdf.size - 60, ""), "! cut");
	assert_string_equal(look("", 0, ""), "! empty");
	assert_string_equal(look("MZ\x90", 3, ""), "! kind");
	assert_string_equal(look("%PDF-1.4\nrác\n%%EOF\n", 19, ""), "! hurt");
	bytes_clear(&pdf);
	signed_pdf(&pdf, 0, NULL, NULL);
	assert_string_equal(LOOK(pdf), "! none");
	/* A table that lies: mended, and told. */
	bytes_clear(&pdf);
	signed_pdf(&pdf, 2, NULL, NULL);
	char *at = memmem(pdf.data, pdf.size, "startxref\n", 10);
	at[10] = '9';
	assert_non_null(strstr(LOOK(pdf), "? 2 trang · không có chữ ký số · có chỗ hỏng"));
	bytes_free(&pdf);
}

static void a_locked_file_is_refused(void **state)
{
	(void)state;
	char folder[] = "/tmp/motcua-lock-XXXXXX";
	struct bytes pdf = { 0 };
	assert_non_null(mkdtemp(folder));
	signed_pdf(&pdf, 1, NULL, NULL);
	static const char *const passwords[] = { "mo chu", "'' chu" }; /* to open, to change */
	for (size_t i = 0; i < COUNT(passwords); i++) {
		FILE *file = popen(arena_format(&arena, "cat > %s/a.pdf && qpdf --encrypt %s 256 -- %s/a.pdf %s/b.pdf", folder,
		                                passwords[i], folder, folder), "w");
		assert_non_null(file);
		fwrite(pdf.data, 1, pdf.size, file);
		assert_int_equal(pclose(file), 0);
		file = fopen(arena_format(&arena, "%s/b.pdf", folder), "r");
		assert_non_null(file);
		assert_string_equal(look_fd(fileno(file), ""), "! lock");
		fclose(file);
	}
	assert_int_equal(system(arena_format(&arena, "rm -r %s", folder)), 0);
	bytes_free(&pdf);
}

/* data/bomb.pdf: six hundred megabytes of zeros, deflated twice, in two kilobytes. */
static void a_bomb_and_a_gigabyte_end_soon(void **state)
{
	(void)state;
	FILE *file = fopen(MOTCUA_SOURCE "/tests/sign/data/bomb.pdf", "r");
	assert_non_null(file);
	const char *said = look_fd(fileno(file), "");
	fclose(file);
#ifdef __SANITIZE_ADDRESS__ /* ends the helper, where bad_alloc is thrown otherwise */
	assert_true(strcmp(said, "! bomb") == 0 || strcmp(said, "! crash") == 0);
#else
	assert_string_equal(said, "! bomb");
#endif
	int fd = file_of("%PDF-1.7\n", 9);
	assert_int_equal(ftruncate(fd, 1 << 30), 0);
	assert_string_equal(look_fd(fd, ""), "! big");
	close(fd);
}

static void pictures_are_whole_and_sane(void **state)
{
	(void)state;
	static const char png[] = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x20\0\0\0\x10\x08\0\0\0\0....\0\0\0\x02IDATzz....\0\0\0\0IEND....";
	static const char jpeg[] = "\xFF\xD8\xFF\xE0\0\x04zz\xFF\xC0\0\x0B\x08\0\x10\0\x20\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0"
	                           "abc\xFF\0def\xFF\xD0ghi\xFF\xD9";
	char big[sizeof png];
	assert_string_equal(look(png, sizeof png - 1, ""), "ảnh 32 × 16");
	assert_string_equal(look(png, sizeof png - 13, ""), "! cut");
	assert_string_equal(look(jpeg, sizeof jpeg - 1, ""), "ảnh 32 × 16");
	assert_string_equal(look(jpeg, sizeof jpeg - 3, ""), "! cut");
	assert_string_equal(look(jpeg, 12, ""), "! cut");
	memcpy(big, png, sizeof png);
	big[17] = '\x7F';
	assert_string_equal(look(big, sizeof png - 1, ""), "! huge");
	memcpy(big, png, sizeof png);
	big[19] = '\0';
	assert_string_equal(look(big, sizeof png - 1, ""), "! kind");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_when_intact_and_trusted_or_not),
		cmocka_unit_test(one_changed_byte_is_seen),
		cmocka_unit_test(cut_empty_and_foreign_files_are_refused),
		cmocka_unit_test(a_locked_file_is_refused),
		cmocka_unit_test(a_bomb_and_a_gigabyte_end_soon),
		cmocka_unit_test(pictures_are_whole_and_sane),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
