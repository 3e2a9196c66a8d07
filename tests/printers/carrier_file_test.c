/* SPDX-License-Identifier: Apache-2.0
 *
 * The carrier that writes into a folder: names, full disks, other writers, and a share
 * that hangs.  Time runs twenty times faster than the wall clock. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/base/path.h"
#include "printers/carrier.h"
#include "tests/printers/papers.h"
#include "tests/printers/trips.h"

#include <cmocka.h> /* last: it takes the name fail */

static void files_have_plain_names_and_are_never_overwritten(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct world w;
	world_start(&w);
	const char *folder = papers_folder();
	send_paper(&w, &carrier_file, folder, trip_paper, trip_paper_size);
	assert_int_equal(w.trip.carriage.result, CARRIED_DONE);
	assert_string_equal(w.trip.carriage.place,
	                    arena_format(&arena, "%s/H01.999-261120-0125.bin", folder));
	send_paper(&w, &carrier_file, folder, trip_paper, trip_paper_size);
	assert_string_equal(w.trip.carriage.place,
	                    arena_format(&arena, "%s/H01.999-261120-0125-2.bin", folder));
	char *back;
	size_t size;
	assert_true(path_read(&arena, w.trip.carriage.place, &back, &size, &w.trip.err));
	assert_int_equal(size, trip_paper_size);
	w.trip = (struct trip){ 0 };
	w.trip.carriage = (struct carriage){ .data = trip_paper, .size = 3, .title = "../../etc/Đơn\n12/PBS",
					     .ending = "txt" };
	assert_true(carrier_file.begin(&w.loop, &w.scope, folder, &w.trip.carriage, trip_over, &w.trip.err));
	turn_until(&w, &w.trip.over);
	assert_string_equal(w.trip.carriage.place, arena_format(&arena, "%s/etc-n-12-PBS.txt", folder));
	arena_free(&arena);
}

static void a_full_disk_is_told(void **state)
{
	(void)state;
	struct world w;
	struct rlimit before, small;
	world_start(&w);
	send_paper(&w, &carrier_file, "/tmp/khong-co-thu-muc-nay", trip_paper, trip_paper_size);
	failed_saying(&w, "Không thấy thư mục in");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){ 4, before.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	send_paper(&w, &carrier_file, papers_folder(), trip_paper, trip_paper_size);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	failed_saying(&w, "Không ghi được");
	assert_string_equal(w.trip.carriage.place, "");
}

/* Two counters, one folder, one paper each of the same name: both stay whole. */
static void two_writers_never_meet(void **state)
{
	(void)state;
	enum { WRITERS = 6, SIZE = 300000 };
	struct arena arena = { 0 };
	struct error err;
	pid_t writers[WRITERS];
	char folder[] = "/tmp/mc-carrier-XXXXXX", command[80];
	assert_non_null(mkdtemp(folder));
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = fork();
		if (writers[i] == 0) {
			struct world w;
			char *body = malloc(SIZE);
			memset(body, 'a' + i, SIZE);
			world_start(&w);
			send_paper(&w, &carrier_file, folder, body, SIZE);
			_exit(w.trip.carriage.result == CARRIED_DONE ? 0 : 1);
		}
	}
	bool seen[WRITERS] = { false };
	for (int i = 0; i < WRITERS; i++) {
		int status;
		assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
		assert_int_equal(status, 0);
	}
	for (int i = 1; i <= WRITERS; i++) {
		char *text;
		size_t size;
		const char *path = i == 1 ? arena_format(&arena, "%s/H01.999-261120-0125.bin", folder)
		                          : arena_format(&arena, "%s/H01.999-261120-0125-%d.bin", folder, i);
		assert_true(path_read(&arena, path, &text, &size, &err));
		assert_int_equal(size, SIZE);
		assert_in_range(text[0], 'a', 'a' + WRITERS - 1);
		assert_false(seen[text[0] - 'a']);
		seen[text[0] - 'a'] = true;
		for (size_t at = 1; at < size; at++)
			assert_int_equal(text[at], text[0]);
	}
	snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
	arena_free(&arena);
}

/* A share that hangs is a child that never answers: the loop goes on, and in the end
 * there is a sentence.  What was about to get its name may be there. */
static void a_hung_folder_holds_up_nobody(void **state)
{
	(void)state;
	struct world w;
	size_t size = (size_t)32 << 20;
	char *much = calloc(1, size);
	world_start(&w);
	for (int look = 0; look <= 1; look++) {
		w.trip = (struct trip){ .carriage = { .data = much, .size = size, .title = "x", .look = look,
			.limit_ms = 6000 } };
		assert_true(carrier_file.begin(&w.loop, &w.scope, papers_folder(), &w.trip.carriage, trip_over, &w.trip.err));
		assert_int_equal(kill(w.trip.carriage.placing.pid, SIGSTOP), 0);
		int64_t began = monotonic_ms();
		loop_turn(&w.loop, 0);
		assert_false(w.trip.over);
		assert_true(monotonic_ms() - began < 5000);
		turn_until(&w, &w.trip.over);
		failed_saying(&w, "không trả lời");
		assert_int_equal(w.trip.carriage.result, CARRIED_NOT);
		assert_null(w.scope.tasks);
	}
	/* Silent after "about to give the name": looked for in the folder, not printed again. */
	w.trip = (struct trip){ .carriage = { .data = much, .size = size, .title = "x", .limit_ms = 6000 } };
	assert_true(carrier_file.begin(&w.loop, &w.scope, papers_folder(), &w.trip.carriage, trip_over, &w.trip.err));
	assert_int_equal(kill(w.trip.carriage.placing.pid, SIGSTOP), 0);
	w.trip.carriage.placing.naming = true;
	turn_until(&w, &w.trip.over);
	assert_false(w.trip.failed);
	assert_int_equal(w.trip.carriage.result, CARRIED_UNCONFIRMED);
	assert_non_null(strstr(w.trip.carriage.warning, "xem trong đó đã có tệp chưa"));
	/* Dead there is the same as silent there; dead before it, nothing has a name. */
	for (int naming = 0; naming <= 1; naming++) {
		w.trip = (struct trip){ .carriage = { .data = much, .size = size, .title = "x", .limit_ms = 60000 } };
		assert_true(carrier_file.begin(&w.loop, &w.scope, papers_folder(), &w.trip.carriage, trip_over, &w.trip.err));
		assert_int_equal(kill(w.trip.carriage.placing.pid, SIGSTOP), 0);
		w.trip.carriage.placing.naming = naming;
		assert_int_equal(kill(w.trip.carriage.placing.pid, SIGKILL), 0);
		turn_until(&w, &w.trip.over);
		assert_int_equal(w.trip.failed, !naming);
		assert_int_equal(w.trip.carriage.result, naming ? CARRIED_UNCONFIRMED : CARRIED_NOT);
	}
	free(much);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_have_plain_names_and_are_never_overwritten),
		cmocka_unit_test(a_full_disk_is_told),
		cmocka_unit_test(two_writers_never_meet),
		cmocka_unit_test(a_hung_folder_holds_up_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
