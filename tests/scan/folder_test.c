/* SPDX-License-Identifier: Apache-2.0
 *
 * Somebody else's folders: names that are no names, files half written, links that lead
 * out, a folder that hangs; and what is cleared away, where, and when for good. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/scan/folder.h"
#include "tests/check.h"

#define PROGRAM HELPERS "/motcua-folder"

static char root[64];
static struct loop loop;

static int set_up(void **state)
{
	(void)state;
	strcpy(root, "/tmp/mcfolder.XXXXXX");
	loop_init(&loop);
	return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	char command[100];
	snprintf(command, sizeof command, "rm -rf %s", root);
	return system(command);
}

static const char *in(const char *name)
{
	static char paths[4][400];
	static int turn;
	char *path = paths[turn++ % 4];
	snprintf(path, 400, "%s/%s", root, name);
	return path;
}

static void put(const char *name, const char *text)
{
	FILE *file = fopen(in(name), "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static bool there(const char *name)
{
	return access(in(name), F_OK) == 0;
}

/* ---- one question ---- */

struct answer {
	struct folder_job job;
	int calls;
	char code[8];
};

static void on_done(struct folder_job *job, const struct error *err)
{
	struct answer *answer = job->owner;
	answer->calls++;
	snprintf(answer->code, sizeof answer->code, "%s", err ? err->code : "");
	if (err && !*err->say)
		answer->calls = 99;
}

static void ask(struct answer *answer, const char *verb, const char *const *words)
{
	struct scope scope = { 0 };
	struct error err;
	int64_t until = monotonic_ms() + 60000;
	*answer = (struct answer){ .job.owner = answer };
	assert_true(folder_ask(&loop, &scope, &answer->job, &(struct folder_plan){ .program = PROGRAM, .verb = verb,
		.words = words, .done = on_done }, &err));
	while (!answer->calls && monotonic_ms() < until)
		loop_turn(&loop, 100);
	assert_int_equal(answer->calls, 1);
}
#define ASK(answer, verb, ...) ask((answer), (verb), (const char *const[]){ __VA_ARGS__, NULL })

static void take_gives(const char *name, const char *out, const char *code)
{
	struct answer answer;
	ASK(&answer, "take", root, name, in(out));
	assert_string_equal(answer.code, code);
	folder_clear(&answer.job);
}

/* ---- looking, copying ---- */

static const struct folder_entry *named(const struct folder_job *job, const char *name)
{
	for (size_t i = 0; i < job->count; i++)
		if (strcmp(job->entries[i].name, name) == 0)
			return &job->entries[i];
	return NULL;
}

static void a_folder_is_listed(void **state)
{
	(void)state;
	struct answer answer;
	put("don\ncua\x1b[2J.pdf", "12345");
	put(".an", "x");
	assert_int_equal(mkdir(in("USB"), 0700), 0);
	assert_int_equal(symlink("USB", in("duong-tat")), 0);
	assert_int_equal(symlink("/etc/passwd", in("ra-ngoai")), 0);
	assert_int_equal(mkfifo(in("ong"), 0600), 0);
	ASK(&answer, "list", root);
	assert_string_equal(answer.code, "");
	assert_string_equal(answer.job.here, root);
	assert_int_equal(answer.job.count, 3);
	assert_int_equal(named(&answer.job, "don\ncua\x1b[2J.pdf")->size, 5);
	assert_true(named(&answer.job, "USB")->folder && named(&answer.job, "duong-tat")->folder);
	folder_clear(&answer.job);
	ASK(&answer, "list", in("khong-co"));
	assert_string_equal(answer.code, "gone");
	ASK(&answer, "list", in("ong"));
	assert_string_equal(answer.code, "gone");
}

static void a_file_is_copied_and_nothing_else(void **state)
{
	(void)state;
	char text[8] = "";
	put("a.pdf", "%PDF-7");
	assert_int_equal(symlink("/etc/passwd", in("lien-ket.pdf")), 0);
	assert_int_equal(mkfifo(in("ong.pdf"), 0600), 0);
	put("lon.pdf", "%PDF-");
	assert_int_equal(truncate(in("lon.pdf"), FOLDER_TAKE_MOST + 1), 0);
	take_gives("a.pdf", "ra", "");
	FILE *file = fopen(in("ra"), "r");
	assert_non_null(file);
	assert_non_null(fgets(text, sizeof text, file));
	fclose(file);
	assert_string_equal(text, "%PDF-7");
	take_gives("a.pdf", "ra", "disk"); /* never over another */
	take_gives("lien-ket.pdf", "ra2", "kind");
	take_gives("ong.pdf", "ra2", "kind");
	take_gives("khong-co.pdf", "ra2", "gone");
	take_gives("lon.pdf", "ra2", "big");
	take_gives("../etc/passwd", "ra2", "crash");
	assert_false(there("ra2"));
}

/* ---- clearing away ---- */

static void away(const char *name, int64_t size, int64_t time, const char *days, const char *code)
{
	struct answer answer;
	char texts[2][24];
	snprintf(texts[0], sizeof texts[0], "%lld", (long long)size);
	snprintf(texts[1], sizeof texts[1], "%lld", (long long)time);
	ASK(&answer, "away", root, name, texts[0], texts[1], days);
	assert_string_equal(answer.code, code);
}

static int64_t time_of(const char *name)
{
	struct stat info;
	assert_int_equal(stat(in(name), &info), 0);
	return (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
}

/* Names of a folder below root, one string. */
static void names_in(const char *name, char *out, size_t room)
{
	DIR *folder = opendir(in(name));
	size_t used = 0;
	*out = '\0';
	for (struct dirent *entry; folder && (entry = readdir(folder));)
		if (*entry->d_name != '.' && used < room)
			used += (size_t)snprintf(out + used, room - used, "%s ", entry->d_name);
	if (folder)
		closedir(folder);
}

static void what_is_kept_is_cleared_away(void **state)
{
	(void)state;
	char names[400];
	put("Đơn của bà Mận.pdf", "12345");
	away("Đơn của bà Mận.pdf", 4, time_of("Đơn của bà Mận.pdf"), "7", "other");
	away("Đơn của bà Mận.pdf", 5, time_of("Đơn của bà Mận.pdf") + 1, "7", "other");
	assert_true(there("Đơn của bà Mận.pdf"));
	away("Đơn của bà Mận.pdf", 5, time_of("Đơn của bà Mận.pdf"), "7", "");
	assert_false(there("Đơn của bà Mận.pdf"));
	names_in(TAKEN_FOLDER, names, sizeof names);
	assert_non_null(strstr(names, "-001.pdf "));
	assert_int_equal(strncmp(names, "nhan-20", 7), 0);
	away("Đơn của bà Mận.pdf", 5, 0, "7", "gone");
	put("b.tiff", "1");
	away("b.tiff", 1, time_of("b.tiff"), "0", "");
	assert_false(there("b.tiff"));
	/* Nor through a link that somebody laid there. */
	assert_int_equal(rename(in(TAKEN_FOLDER), in("khac")), 0);
	assert_int_equal(symlink("khac", in(TAKEN_FOLDER)), 0);
	put("c.pdf", "1");
	away("c.pdf", 1, time_of("c.pdf"), "7", "gone");
	assert_true(there("c.pdf"));
}

/* ---- watching ---- */

static void turn_until(bool (*ready)(const struct folder_watch *), const struct folder_watch *watch)
{
	int64_t until = monotonic_ms() + 60000;
	while (!ready(watch) && monotonic_ms() < until)
		loop_turn(&loop, 100);
	for (size_t i = 0; i < watch->count && !ready(watch); i++)
		print_error("%s\n", watch->entries[i].name);
	assert_true(ready(watch));
}

static const char *wanted;

static bool shows(const struct folder_watch *watch)
{
	char names[400] = "";
	size_t used = 0;
	for (size_t i = 0; i < watch->count && used < sizeof names; i++)
		used += (size_t)snprintf(names + used, sizeof names - used, "%s:%d ", watch->entries[i].name,
		                         watch->entries[i].pages);
	return !watch->away && strcmp(names, wanted) == 0;
}

static void wait_to_show(const struct folder_watch *watch, const char *names)
{
	wanted = names;
	turn_until(shows, watch);
}

static bool hangs(const struct folder_watch *watch)
{
	return watch->away && strcmp(watch->why.code, "slow") == 0;
}

static bool away_now(const struct folder_watch *watch)
{
	return watch->away && strcmp(watch->why.code, "gone") == 0;
}

#define PAGE_2                                                                             \
	"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"                            \
	"2 0 obj<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>endobj\n"                          \
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"                  \
	"4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"                  \
	"trailer<</Root 1 0 R>>\n%%EOF\n"

static void start(struct folder_watch *watch, struct scope *scope, int patience_ms)
{
	folder_watch_start(&loop, scope, watch, &(struct folder_watch_plan){ .program = PROGRAM, .folder = root,
		.keep_days = 3, .patience_ms = patience_ms, .again_ms = 100 });
}

static void only_whole_files_are_told(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct folder_watch watch;
	static const struct timespec dawn[2] = { { 1000, 0 }, { 1000, 0 } };
	start(&watch, &scope, 0);
	wait_to_show(&watch, "");
	/* Closed by its writer: at once; a table of somebody's and a file half written: never. */
	put("Thumbs.db", "MZ");
	put("dang-ghi.pdf.tmp", PAGE_2);
	put("cut.pdf", "%PDF-1.4\nno end");
	put("a.pdf", PAGE_2);
	wait_to_show(&watch, "a.pdf:2 ");
	/* Under its own name when it is whole, as careful writers do. */
	put("b.jpg.tmp", "\xFF\xD8\xFF....\xFF\xD9");
	assert_int_equal(rename(in("b.jpg.tmp"), in("b.jpg")), 0);
	assert_int_equal(utimensat(AT_FDCWD, in("a.pdf"), dawn, 0), 0);
	wait_to_show(&watch, "b.jpg:1 a.pdf:2 ");
	/* From the other side of a share nobody hears of closing: it must have come to rest. */
	FILE *open_one = fopen(in("c.pdf"), "w");
	assert_non_null(open_one);
	fputs(PAGE_2, open_one);
	fflush(open_one);
	assert_int_equal(unlink(in("b.jpg")), 0);
	wait_to_show(&watch, "a.pdf:2 ");
	wait_to_show(&watch, "c.pdf:2 a.pdf:2 ");
	fclose(open_one);
	scope_end(&scope);
	folder_watch_stop(&watch);
}

static void what_was_kept_goes_for_good(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct folder_watch watch;
	const struct timespec before[2] = { { moment_now() - 4 * 86400, 0 }, { moment_now() - 4 * 86400, 0 } };
	assert_int_equal(mkdir(in(TAKEN_FOLDER), 0700), 0);
	put(TAKEN_FOLDER "/nhan-20261101080000-001.pdf", "x");
	put(TAKEN_FOLDER "/nhan-20261120080000-001.pdf", "x");
	put(TAKEN_FOLDER "/cua-ai-do.pdf", "x");
	assert_int_equal(utimensat(AT_FDCWD, in(TAKEN_FOLDER "/nhan-20261101080000-001.pdf"), before, 0), 0);
	assert_int_equal(utimensat(AT_FDCWD, in(TAKEN_FOLDER "/cua-ai-do.pdf"), before, 0), 0);
	put("a.pdf", PAGE_2);
	start(&watch, &scope, 0);
	wait_to_show(&watch, "a.pdf:2 ");
	assert_false(there(TAKEN_FOLDER "/nhan-20261101080000-001.pdf"));
	assert_true(there(TAKEN_FOLDER "/nhan-20261120080000-001.pdf"));
	assert_true(there(TAKEN_FOLDER "/cua-ai-do.pdf"));
	scope_end(&scope);
	folder_watch_stop(&watch);
}

/* The process that touches the folder: the helper's child. */
static pid_t worker_of(pid_t helper)
{
	char path[64];
	int pid = 0;
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)helper, (int)helper);
	FILE *file = fopen(path, "r");
	if (file && fscanf(file, "%d", &pid) != 1)
		pid = 0;
	if (file)
		fclose(file);
	return pid;
}

static void a_folder_that_hangs_is_told_and_tried_again(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct folder_watch watch;
	char other[80];
	put("a.pdf", PAGE_2);
	start(&watch, &scope, 15000);
	wait_to_show(&watch, "a.pdf:2 ");
	watch.patience_ms = 300;
	pid_t stuck = worker_of(watch.child.pid);
	assert_true(stuck > 1);
	assert_int_equal(kill(stuck, SIGSTOP), 0);
	child_patience(&watch.child, watch.patience_ms);
	turn_until(hangs, &watch);
	assert_non_null(strstr(watch.why.say, "không trả lời"));
	watch.patience_ms = 15000;
	wait_to_show(&watch, "a.pdf:2 ");
	/* Gone altogether, and back. */
	snprintf(other, sizeof other, "%s.di", root);
	assert_int_equal(rename(root, other), 0);
	turn_until(away_now, &watch);
	assert_int_equal(rename(other, root), 0);
	wait_to_show(&watch, "a.pdf:2 ");
	scope_end(&scope);
	folder_watch_stop(&watch);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_folder_is_listed),
		TEST(a_file_is_copied_and_nothing_else),
		TEST(what_is_kept_is_cleared_away),
		TEST(only_whole_files_are_told),
		TEST(what_was_kept_goes_for_good),
		TEST(a_folder_that_hangs_is_told_and_tried_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
