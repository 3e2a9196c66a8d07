/* SPDX-License-Identifier: Apache-2.0
 *
 * A finished file into somebody's folder: names that are free, folders that are
 * not there, and nothing half. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/base/path.h"
#include "core/base/place.h"
#include "tests/check.h"

static char home[64];
static struct loop loop;
static struct scope scope;
static bool done;
static struct error failed;

static int start(void **state)
{
	(void)state;
	snprintf(home, sizeof home, "/tmp/mc-place-XXXXXX");
	loop_init(&loop);
	return mkdtemp(home) ? 0 : -1;
}

static int end(void **state)
{
	char command[100];
	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", home);
	return system(command);
}

static void on_done(struct placing *placing, const struct error *err)
{
	(void)placing;
	failed = err ? *err : (struct error){ 0 };
	done = true;
}

/* Puts the text there; the path it got, or the sentence. */
static const char *put(const char *text, const char *folder)
{
	static struct placing placing;
	struct error err = { 0 };
	FILE *file = tmpfile();
	assert_non_null(file);
	fputs(text, file);
	fflush(file);
	placing = (struct placing){ .done = on_done };
	done = false;
	if (!place_start(&loop, &scope, &placing, fileno(file), folder, "H01-1_ket-qua_01", "pdf", &err)) {
		failed = err;
		done = true;
	}
	while (!done)
		loop_turn(&loop, -1);
	fclose(file);
	return failed.fault == FAULT_NONE ? placing.where : failed.say;
}

static const char *under(const char *name)
{
	static char path[4][200];
	static int at;
	at = (at + 1) % 4;
	snprintf(path[at], sizeof path[at], "%s/%s", home, name);
	return path[at];
}

static void holds(const char *path, const char *want)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	char *text;
	assert_true(path_read(&arena, path, &text, NULL, &err));
	assert_string_equal(text, want);
	arena_free(&arena);
}

static void a_taken_name_is_left_alone(void **state)
{
	(void)state;
	assert_string_equal(put("một", under("ket-qua")), under("ket-qua/H01-1_ket-qua_01.pdf"));
	assert_string_equal(put("hai", under("ket-qua")), under("ket-qua/H01-1_ket-qua_01-2.pdf"));
	assert_int_equal(unlink(under("ket-qua/H01-1_ket-qua_01.pdf")), 0);
	assert_int_equal(symlink("/etc/passwd", under("ket-qua/H01-1_ket-qua_01.pdf")), 0);
	assert_string_equal(put("ba", under("ket-qua")), under("ket-qua/H01-1_ket-qua_01-3.pdf"));
	holds(under("ket-qua/H01-1_ket-qua_01-2.pdf"), "hai");
	holds(under("ket-qua/H01-1_ket-qua_01-3.pdf"), "ba");
	/* Private, and nothing half lies about. */
	struct stat info;
	assert_int_equal(stat(under("ket-qua/H01-1_ket-qua_01-3.pdf"), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(rmdir(under("ket-qua")), -1);
}

static void what_is_no_folder_gets_a_sentence(void **state)
{
	(void)state;
	assert_non_null(strstr(put("x", under("khong/co")), "Không có thư mục"));
	FILE *file = fopen(under("tep"), "w");
	assert_non_null(file);
	fclose(file);
	assert_true(strstr(put("x", under("tep")), "Không") != NULL);
	assert_int_equal(failed.fault, FAULT_DEVICE);
	assert_true(*put("x", "/proc/1/ket-qua") == 'M' || failed.fault == FAULT_DEVICE);
}

/* From memory, into a folder that must be there; a look leaves nothing. */
static void bytes_of_ours_and_a_look(void **state)
{
	static struct placing placing;
	struct error err = { 0 };
	(void)state;
	for (int look = 1; look >= 0; look--) {
		placing = (struct placing){ .done = on_done, .data = "bốn", .size = strlen("bốn"), .must_exist = true };
		done = false;
		assert_true(place_start(&loop, &scope, &placing, -1, home, look ? NULL : "bon", "txt", &err));
		while (!done)
			loop_turn(&loop, -1);
		assert_int_equal(failed.fault, FAULT_NONE);
		assert_int_equal(access(under("bon.txt"), F_OK), look ? -1 : 0);
	}
	holds(under("bon.txt"), "bốn");
	placing = (struct placing){ .done = on_done, .data = "x", .size = 1, .must_exist = true };
	done = false;
	assert_true(place_start(&loop, &scope, &placing, -1, under("chua-co"), "x", "txt", &err));
	while (!done)
		loop_turn(&loop, -1);
	assert_int_equal(placing.code, ENOENT);
	assert_int_equal(access(under("chua-co"), F_OK), -1);
}

static void names_are_ascii(void **state)
{
	char out[40];
	(void)state;
	assert_string_equal(place_name("H01.999-261120-0007", out, sizeof out), "H01.999-261120-0007");
	assert_string_equal(place_name("../../etc/passwd", out, sizeof out), "etc-passwd");
	assert_string_equal(place_name("Nguyễn Thị", out, sizeof out), "Nguy-n-Th-");
	assert_string_equal(place_name("……", out, sizeof out), "tep");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_taken_name_is_left_alone),
		cmocka_unit_test(what_is_no_folder_gets_a_sentence),
		cmocka_unit_test(bytes_of_ours_and_a_look),
		cmocka_unit_test(names_are_ascii),
	};
	return cmocka_run_group_tests(tests, start, end);
}
