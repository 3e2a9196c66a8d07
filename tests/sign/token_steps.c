/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sign/token_steps.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PROGRAM HELPERS "/motcua-sign"

struct arena token_arena;
struct loop token_loop;
struct error token_last;
char token_roots[] = "/tmp/motcua-roots-XXXXXX";

/* ---- one helper, waited for ---- */

static bool finished, good;

static void note(const struct error *err)
{
	finished = true;
	good = !err;
	token_last = err ? *err : (struct error){ 0 };
}

static void wait(void)
{
	for (int64_t until = monotonic_ms() + 60000; !finished && monotonic_ms() < until;)
		loop_turn(&token_loop, 100);
	assert_true(finished);
}

static void on_looked(struct sign_look *look, const struct error *err)
{
	(void)look;
	note(err);
}

static void on_signed(struct sign_job *job, const struct error *err)
{
	(void)job;
	note(err);
}

static void on_checked(struct check_job *job, const struct error *err)
{
	(void)job;
	note(err);
}

/* "" or the word it failed with. */
const char *token_look(const char *module, struct sign_look *job)
{
	struct scope scope = { 0 };
	*job = (struct sign_look){ 0 };
	finished = false;
	assert_true(sign_look_start(&token_loop, &scope, job, PROGRAM, module, on_looked, NULL));
	wait();
	return arena_string(&token_arena, token_last.code);
}

const char *token_sign(struct sign_job *job, const char *module, const char *key, const char *digits,
                        struct sign_file *files, int count)
{
	struct scope scope = { 0 };
	struct pin pin;
	assert_true(pin_hold(&pin, NULL) && pin_add(&pin, digits, strlen(digits)));
	*job = (struct sign_job){ 0 };
	finished = false;
	assert_true(sign_start(&token_loop, &scope, job, PROGRAM, module, key, &pin, files, count, on_signed, NULL));
	assert_null(pin.text);
	wait();
	assert_null(job->pin.text);
	return arena_string(&token_arena, token_last.code);
}

const char *token_check(int fd)
{
	struct scope scope = { 0 };
	struct check_job job = { 0 };
	finished = false;
	assert_true(check_start(&token_loop, &scope, &job, HELPERS "/motcua-check", fd, token_roots, on_checked, NULL));
	wait();
	const char *text = good ? arena_string(&token_arena, check_say(&token_arena, &job.found)) : arena_format(&token_arena, "! %s", token_last.code);
	check_clear(&job);
	return text;
}

/* ---- files ---- */

int token_file_of(const void *data, size_t size)
{
	int fd = memfd_create("tệp", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, size), (ssize_t)size);
	return fd;
}

struct sign_file token_to_sign(int fd)
{
	return (struct sign_file){ .in = fd, .out = token_file_of("", 0) };
}

struct bytes token_content(int fd)
{
	struct bytes all = { 0 };
	char block[65536];
	off_t at = 0;
	for (ssize_t n; (n = pread(fd, block, sizeof block, at)) > 0; at += n)
		bytes_add(&all, block, (size_t)n);
	return all;
}

int token_plain_pdf(int pages)
{
	struct bytes pdf = { 0 };
	signed_pdf(&pdf, pages, NULL, NULL);
	int fd = token_file_of(pdf.data, pdf.size);
	bytes_free(&pdf);
	return fd;
}

/* A command about a file: %s is its path. */
bool token_says_yes(const char *command, int fd)
{
	char path[40];
	snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)getpid(), fd);
	return system(arena_format(&token_arena, command, path)) == 0;
}

static const char *today(void)
{
	char day[24];
	return arena_string(&token_arena, day_write(moment_day(moment_now()), day, sizeof day));
}

const char *token_trusted(int pages, const char *name)
{
	return arena_format(&token_arena, "%d trang · ký số: %s, %s, còn nguyên, chứng thư tin cậy", pages, name, today());
}

/* Every byte of the first file stands at the beginning of the second one. */
void token_assert_grown(int before, int after)
{
	struct bytes old = token_content(before), fresh = token_content(after);
	assert_true(fresh.size > old.size);
	assert_memory_equal(fresh.data, old.data, old.size);
	bytes_free(&old);
	bytes_free(&fresh);
}

void token_close_files(struct sign_file *files, int count)
{
	for (int i = 0; i < count; i++) {
		close(files[i].in);
		close(files[i].out);
	}
}
