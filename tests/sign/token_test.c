/* SPDX-License-Identifier: Apache-2.0
 *
 * A token (SoftHSM2) through the real helper: what is known before a PIN, what it can
 * refuse, and the PIN's page; what is signed is token_pdf.c. */
#include "tests/sign/token_steps.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct softhsm token_full;
static struct softhsm bare, none;
static moment_t now;

/* ---- what is plugged in ---- */

static int prepare(void **state)
{
	(void)state;
	enum { KEYS = 6 };
	now = moment_now();
	loop_init(&token_loop);
	close(mkstemp(token_roots));
	struct signer root = signer_new("CA THỬ NGHIỆM", now - 900 * DAY, now + 900 * DAY, NULL);
	static const char *const sign_use = "critical,nonRepudiation", *const both = "digitalSignature,nonRepudiation";
	const struct signer all[KEYS] = {
		signer_of(EVP_RSA_gen(2048), "NGUYỄN VĂN AN", now - DAY, now + 400 * DAY, sign_use, &root),
		signer_of(EVP_EC_gen("P-256"), "TRẦN THỊ BƯỞI", now - DAY, now + 20 * DAY, both, &root),
		signer_of(EVP_EC_gen("P-256"), "LÊ CŨ", now - 90 * DAY, now - 2 * DAY, sign_use, &root),
		signer_of(EVP_EC_gen("P-256"), "PHẠM SỚM", now + 2 * DAY, now + 90 * DAY, sign_use, &root),
		signer_of(EVP_EC_gen("P-256"), "mã hoá", now - DAY, now + 90 * DAY, "keyEncipherment", &root),
		signer_of(EVP_EC_gen("P-256"), "HỒ KHÔNG KHOÁ", now - DAY, now + 90 * DAY, sign_use, &root),
	};
	signer_write(&root, token_roots);
	softhsm_open(&token_full);
	softhsm_plug(&token_full, "canbo");
	for (int i = 0; i < KEYS; i++)
		softhsm_bring(&token_full, "canbo", &all[i], true, i < KEYS - 1);
	softhsm_open(&bare);
	softhsm_plug(&bare, "trong");
	softhsm_bring(&bare, "trong", &all[0], false, true);
	softhsm_open(&none);
	for (int i = 0; i < KEYS; i++)
		signer_free((struct signer *)&all[i]);
	signer_free(&root);
	return 0;
}

static int end(void **state)
{
	(void)state;
	softhsm_remove(&token_full);
	softhsm_remove(&bare);
	softhsm_remove(&none);
	unlink(token_roots);
	arena_free(&token_arena);
	return 0;
}

static void the_token_is_known_before_any_pin(void **state)
{
	(void)state;
	struct sign_look job;
	struct error err;
	softhsm_use(&token_full);
	assert_string_equal(token_look(softhsm_module(), &job), "");
	assert_int_equal(job.found.tokens, 1);
	assert_int_equal(job.found.count, 6);
	int at = sign_pick(&job.found, "", now, NULL);
	assert_true(at >= 0);
	assert_string_equal(job.found.certs[at].name, "NGUYỄN VĂN AN");
	assert_int_equal(sign_fitting(&job.found, "", now), 3);
	assert_false(sign_warns(&job.found.certs[at], now));
	char day[24];
	assert_string_equal(sign_say(&token_arena, &job.found.certs[at], now),
	                    arena_format(&token_arena, "NGUYỄN VĂN AN, chứng thư đến %s", day_write(moment_day(now + 400 * DAY), day, sizeof day)));
	/* Named: by the subject without accents, by the fingerprint. */
	at = sign_pick(&job.found, "tran thi buoi", now, NULL);
	assert_string_equal(job.found.certs[at].name, "TRẦN THỊ BƯỞI");
	assert_true(sign_warns(&job.found.certs[at], now));
	assert_non_null(strstr(sign_say(&token_arena, &job.found.certs[at], now), "(còn 20 ngày)"));
	assert_int_equal(sign_pick(&job.found, job.found.certs[at].print, now, NULL), at);
	static const char *const named[][2] = { { "Lê Cũ", "old" }, { "Phạm Sớm", "early" }, { "Mã hoá", "use" }, { "ai đó", "name" } };
	for (size_t i = 0; i < COUNT(named); i++) {
		assert_int_equal(sign_pick(&job.found, named[i][0], now, &err), -1);
		assert_string_equal(err.code, named[i][1]);
		assert_true(err.say[0] && err.log[0]);
	}
	sign_look_clear(&job);
	softhsm_use(&bare);
	assert_string_equal(token_look(softhsm_module(), &job), "");
	assert_int_equal(sign_pick(&job.found, "", now, &err), -1);
	assert_string_equal(err.code, "cert");
	sign_look_clear(&job);
	softhsm_use(&none);
	assert_string_equal(token_look(softhsm_module(), &job), "token");
	sign_look_clear(&job);
	assert_string_equal(token_look("/khong/co.so", &job), "modul");
	sign_look_clear(&job);
}

/* ---- what goes wrong ---- */

static void each_trouble_has_its_word(void **state)
{
	(void)state;
	struct sign_job job;
	struct sign_file file = token_to_sign(token_plain_pdf(1));
	static const struct {
		struct softhsm *token;
		const char *module, *key, *pin, *word;
	} troubles[] = {
		{ &token_full, "", "", "000000", "pin" }, { &token_full, "", "", "", "pin" }, { &token_full, "", "", "1", "pin" },
		{ &token_full, "", "lê cũ", SOFTHSM_PIN, "old" }, { &token_full, "", "phạm sớm", SOFTHSM_PIN, "early" },
		{ &token_full, "", "mã hoá", SOFTHSM_PIN, "use" }, { &token_full, "", "hồ không khoá", SOFTHSM_PIN, "key" },
		{ &token_full, "", "khác", SOFTHSM_PIN, "name" }, { &bare, "", "", SOFTHSM_PIN, "cert" },
		{ &none, "", "", SOFTHSM_PIN, "token" }, { &token_full, "/khong/co.so", "", SOFTHSM_PIN, "modul" },
	};
	for (size_t i = 0; i < COUNT(troubles); i++) {
		softhsm_use(troubles[i].token);
		const char *module = *troubles[i].module ? troubles[i].module : softhsm_module();
		assert_string_equal(token_sign(&job, module, troubles[i].key, troubles[i].pin, &file, 1), troubles[i].word);
		assert_true(token_last.say[0] && token_last.log[0] && !strstr(token_last.log, "000000"));
		assert_int_equal(job.signed_count, 0);
		assert_string_equal(file.why.code, troubles[i].word);
		assert_string_equal(job.name, "");
		assert_int_equal(lseek(file.out, 0, SEEK_END), 0);
		sign_clear(&job);
	}
	token_close_files(&file, 1);
}

static void set_state(const char *text)
{
	FILE *file = fopen(getenv("LOCKING_STATE"), "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* The same token behind a module that counts (locking.c). */
static void a_token_locks_and_is_pulled_out(void **state)
{
	(void)state;
	struct sign_job job;
	struct sign_look looked;
	struct sign_file files[3] = { token_to_sign(token_plain_pdf(1)), token_to_sign(token_plain_pdf(2)), token_to_sign(token_plain_pdf(3)) };
	softhsm_use(&token_full);
	assert_int_equal(setenv("LOCKING_MODULE", softhsm_module(), 1), 0);
	assert_int_equal(setenv("LOCKING_STATE", arena_format(&token_arena, "%s/state", token_full.folder), 1), 0);
	set_state("0 -1");
	static const char *const words[] = { "pin", "last", "lock", "lock" };
	static const enum pin_state said[] = { PIN_LOW, PIN_LAST, PIN_LOCKED, PIN_LOCKED };
	for (size_t i = 0; i < COUNT(words); i++) {
		/* The right one does not help any more at the end. */
		assert_string_equal(token_sign(&job, LOCKING, "", i < 3 ? "999999" : SOFTHSM_PIN, files, 1), words[i]);
		sign_clear(&job);
		assert_string_equal(token_look(LOCKING, &looked), "");
		assert_int_equal(looked.found.certs[0].pin, said[i]);
		if (said[i] == PIN_LAST)
			assert_non_null(strstr(sign_say(&token_arena, &looked.found.certs[0], now), "CHỈ CÒN MỘT LẦN THỬ PIN"));
		sign_look_clear(&looked);
	}
	/* Two signatures, then somebody pulls it out. */
	set_state("0 2");
	assert_string_equal(token_sign(&job, LOCKING, "", SOFTHSM_PIN, files, 3), "gone");
	assert_int_equal(job.signed_count, 2);
	assert_true(files[0].good && files[1].good && !files[2].good);
	assert_string_equal(files[2].why.code, "gone");
	assert_string_equal(token_check(files[1].out), token_trusted(2, "NGUYỄN VĂN AN"));
	assert_int_equal(lseek(files[2].out, 0, SEEK_END), 0);
	sign_clear(&job);
	token_close_files(files, 3);
}

/* A device with keys of its own gets no PIN from us; whoever stands before it types it, or not. */
static void a_pin_is_typed_on_the_device(void **state)
{
	(void)state;
	struct sign_job job;
	struct sign_look looked;
	struct sign_file files[2] = { token_to_sign(token_plain_pdf(1)), token_to_sign(token_plain_pdf(2)) };
	softhsm_use(&token_full);
	set_state("0 -1");
	assert_string_equal(token_look(LOCKING, &looked), "");
	assert_false(looked.found.certs[0].pad);
	sign_look_clear(&looked);
	setenv("LOCKING_PAD", SOFTHSM_PIN, 1);
	assert_string_equal(token_look(LOCKING, &looked), "");
	assert_true(looked.found.certs[0].pad);
	sign_look_clear(&looked);
	assert_string_equal(token_sign(&job, LOCKING, "", "", files, 2), "");
	assert_int_equal(job.signed_count, 2);
	assert_string_equal(token_check(files[1].out), token_trusted(2, "NGUYỄN VĂN AN"));
	sign_clear(&job);
	setenv("LOCKING_PAD", "999999", 1);
	assert_string_equal(token_sign(&job, LOCKING, "", "", files, 1), "pin");
	sign_clear(&job);
	setenv("LOCKING_PAD", "", 1); /* nobody types anything */
	assert_string_equal(token_sign(&job, LOCKING, "", "", files, 1), "pad");
	assert_non_null(strstr(token_last.say, "nhập PIN trên bàn phím của thiết bị"));
	sign_clear(&job);
	unsetenv("LOCKING_PAD");
	token_close_files(files, 2);
}

/* A key that wants the PIN before each signature gets it, asked of the clerk once. */
static void a_pin_is_given_before_each_signature(void **state)
{
	(void)state;
	struct sign_job job;
	struct sign_file files[3] = { token_to_sign(token_plain_pdf(1)), token_to_sign(token_plain_pdf(2)), token_to_sign(token_plain_pdf(3)) };
	const char *seen = arena_format(&token_arena, "%s/each", token_full.folder);
	softhsm_use(&token_full);
	set_state("0 -1");
	setenv("LOCKING_EACH", SOFTHSM_PIN, 1);
	setenv("LOCKING_EACH_SEEN", seen, 1);
	static const char *const keys[] = { "nguyễn văn an", "trần thị bưởi" }; /* RSA; EC */
	for (size_t i = 0; i < COUNT(keys); i++) {
		assert_string_equal(token_sign(&job, LOCKING, keys[i], SOFTHSM_PIN, files, 3), "");
		assert_int_equal(job.signed_count, 3);
		sign_clear(&job);
		int fd = open(seen, O_RDONLY);
		assert_int_equal(lseek(fd, 0, SEEK_END), 3);
		close(fd);
		unlink(seen);
	}
	assert_string_equal(token_check(files[2].out), token_trusted(3, "TRẦN THỊ BƯỞI"));
	/* On the device, too, each time. */
	setenv("LOCKING_PAD", SOFTHSM_PIN, 1);
	assert_string_equal(token_sign(&job, LOCKING, "", "", files, 2), "");
	assert_int_equal(job.signed_count, 2);
	sign_clear(&job);
	unsetenv("LOCKING_PAD");
	unsetenv("LOCKING_EACH");
	token_close_files(files, 3);
}

/* ---- the PIN's page ---- */

static long locked_kb(void)
{
	char line[128];
	long kb = -1;
	FILE *file = fopen("/proc/self/status", "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file))
		(void)sscanf(line, "VmLck: %ld kB", &kb);
	fclose(file);
	return kb;
}

static void a_pin_is_locked_and_goes(void **state)
{
	(void)state;
	struct pin pin;
	long before = locked_kb();
	assert_true(pin_hold(&pin, NULL));
	assert_int_equal(locked_kb(), before + PIN_ROOM / 1024);
	assert_true(pin_add(&pin, "12ế", 5));
	assert_true(pin_back(&pin));
	assert_string_equal(pin.text, "12");
	assert_true(pin_back(&pin) && pin_back(&pin));
	assert_false(pin_back(&pin));
	char *page = pin.text;
	assert_false(pin_add(&pin, page, PIN_ROOM));
	/* A child of this process does not get it. */
	assert_true(pin_add(&pin, "135790", 6));
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	if (fork() == 0) {
		(void)!write(ends[1], page, 6);
		_exit(0);
	}
	char seen[6];
	assert_int_equal(read(ends[0], seen, 6), 6);
	assert_memory_equal(seen, "\0\0\0\0\0\0", 6);
	close(ends[0]);
	close(ends[1]);
	pin_drop(&pin);
	assert_int_equal(locked_kb(), before);
	pin_drop(&pin);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_token_is_known_before_any_pin),
		cmocka_unit_test(token_a_batch_takes_one_pin),
		cmocka_unit_test(token_the_second_signature_keeps_the_first),
		cmocka_unit_test(token_tables_that_are_streams_are_continued),
		cmocka_unit_test(token_an_archive_stays_an_archive),
		cmocka_unit_test(token_other_files_get_a_signature_beside_them),
		cmocka_unit_test(token_one_bad_file_is_no_reason_to_leave_the_others),
		cmocka_unit_test(each_trouble_has_its_word),
		cmocka_unit_test(a_token_locks_and_is_pulled_out),
		cmocka_unit_test(a_pin_is_typed_on_the_device),
		cmocka_unit_test(a_pin_is_given_before_each_signature),
		cmocka_unit_test(a_pin_is_locked_and_goes),
	};
	return cmocka_run_group_tests(tests, prepare, end);
}
