/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting, stopping and everything a terminal can do to a counter. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/check.h"
#include "tests/journey/habits.h"

/* Of a debug build with sanitizers on a machine that does other things, too. */
#define QUICK_MS 3000

static struct home home;
static struct person clerk;

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
	home_end(&home);
	return 0;
}

static bool reaped(void *data)
{
	return waitpid(*(pid_t *)data, NULL, WNOHANG) != 0;
}

static int end_of(pid_t pid)
{
	int status = -1;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- bringing up ---- */

static void two_starts_at_once_make_one_of_everything(void)
{
	pid_t one = home_start(&home, WORDS("setup")), two = home_start(&home, WORDS("setup"));
	assert_int_equal(end_of(one), 0);
	assert_int_equal(end_of(two), 0);
	assert_true(home_server() && home_courier() && home_practice());
	/* One courier has two connections at most. */
	assert_string_equal(home_ask("SELECT count(*) IN (1, 2) FROM pg_stat_activity WHERE application_name LIKE "
	                             "'motcua-courier%' AND datname = 'motcua'"), "t");
	assert_string_equal(home_ask("SELECT count(*) FROM motcua.unit WHERE practice"), "2");
}

static void the_second_start_is_quick(void)
{
	pid_t server = home_server(), courier = home_courier(), practice = home_practice();
	int64_t start = home.loop.clock();
	assert_int_equal(home_run(&home, NULL, WORDS("setup")), 0);
	assert_true(home.loop.clock() - start < QUICK_MS);
	start = home.loop.clock();
	home_sit(&home, &clerk, WORDS());
	person_waits(&clerk, "F9 Vào");
	assert_true(home.loop.clock() - start < QUICK_MS);
	assert_false(person_sees(&clerk, "→ Đang"));
	person_kill(&clerk);
	assert_true(server == home_server() && courier == home_courier() &&
	            practice == home_practice());
}

static void a_dead_courier_is_started_again(void)
{
	pid_t courier = home_courier(), practice = home_practice();
	kill(courier, SIGKILL);
	kill(practice, SIGKILL);
	assert_true(home_gone(&home, courier) && home_gone(&home, practice));
	home_sit(&home, &clerk, WORDS());
	enter(&clerk, "man");
	assert_true(home_courier() != 0 && home_courier() != courier);
	assert_true(home_practice() != 0 && home_practice() != practice);
}

/* ---- the terminal, under a clerk at work ---- */

static void the_screen_follows_every_size(void)
{
	begin_with_card(&clerk, DUONG_CARD);
	person_resize(&clerk, 43, 132);
	row_shows(&clerk, DUONG_NUMBER, DUONG_NAME);
	person_resize(&clerk, 10, 40);
	person_waits(&clerk, "F1 Giúp");
	person_waits(&clerk, DUONG_NUMBER);
	person_resize(&clerk, 24, 80);
	row_shows(&clerk, DUONG_NUMBER, DUONG_NAME);
	row_shows(&clerk, "Địa chỉ", "Ấp Tà Lọt");
}

static void a_pause_gives_the_terminal_back_and_takes_it_again(void)
{
	person_type(&clerk, CTRL_Z);
	assert_true(person_stopped(&clerk));
	assert_true(person_given_back(&clerk));
	kill(clerk.pid, SIGCONT);
	row_shows(&clerk, DUONG_NUMBER, DUONG_NAME);
	person_type(&clerk, "tthn");
	person_waits(&clerk, "> tthn   1.004873");
	assert_true(clerk.alternate);
}

static void a_kind_signal_ends_it_tidily(void)
{
	kill(clerk.pid, SIGTERM);
	int status = person_leaves(&clerk);
	if (status)
		fprintf(stderr, "%s\n", shell("cat %s", home_path("data/motcua.log")));
	assert_int_equal(status, 0);
	assert_true(person_given_back(&clerk));
	person_free(&clerk);
	assert_string_not_equal(shell("find %s -type f -name '*-*-*-*-*'", home_path("data/drafts")), "");
}

static void a_hang_up_ends_it(void)
{
	home_sit(&home, &clerk, WORDS());
	enter(&clerk, "man");
	pid_t pid = clerk.pid;
	loop_unwatch(&home.loop, &clerk.line);
	close(clerk.line.fd); /* the window is closed: SIGHUP, and EIO at every write */
	clerk.line.fd = -1;
	assert_true(person_until(&clerk, reaped, &pid, PATIENCE_MS));
	clerk.over = true;
	person_free(&clerk);
	assert_string_equal(shell("grep -l AddressSanitizer %s", home_path("data/motcua.log")), "");
}

/* ---- strange places to start from ---- */

static void other_sizes_and_tongues(void)
{
	const char *const argv[] = { MOTCUA, "--practice", "--lang", "en", NULL };
	person_sit(&clerk, &home.loop, &(struct seat){ .rows = 10, .cols = 40, .argv = argv });
	person_waits(&clerk, "Account");
	person_resize(&clerk, 24, 80);
	person_waits(&clerk, "Password");
	person_type(&clerk, K_F(0));
	person_waits(&clerk, "Leave the program?");
	person_type(&clerk, "y");
	assert_int_equal(person_leaves(&clerk), 0);
	person_free(&clerk);
}

static void a_machine_without_a_utf8_locale(void)
{
	const char *const argv[] = { MOTCUA, "--practice", NULL };
	const char *const bare[] = { "LANG", "LC_ALL=C", NULL };
	person_sit(&clerk, &home.loop, &(struct seat){ .argv = argv, .environment = bare });
	person_waits(&clerk, "ĐĂNG NHẬP");
	person_kill(&clerk);
}

static void an_unknown_terminal_gets_a_sentence(void)
{
	const char *const argv[] = { MOTCUA, "--practice", NULL };
	const char *const odd[] = { "TERM=teletype-1930", NULL };
	person_sit(&clerk, &home.loop, &(struct seat){ .argv = argv, .environment = odd });
	assert_int_not_equal(person_leaves(&clerk), 0);
	person_waits(&clerk, "TERM=xterm-256color");
	person_free(&clerk);
}

static void no_terminal_gets_the_list_of_commands(void)
{
	struct bytes said = { 0 };
	assert_int_equal(home_run(&home, &said, WORDS()), 64);
	assert_non_null(strstr(bytes_string(&said), "Quầy cần một màn hình"));
	assert_non_null(strstr(bytes_string(&said), "motcua stop"));
	bytes_free(&said);
}

/* ---- the end ---- */

static bool nobody_left(void *data)
{
	(void)data;
	return home_processes(0) == 0;
}

static void stop_ends_everything(void)
{
	struct bytes said = { 0 };
	assert_int_equal(home_run(&home, &said, WORDS("stop")), 0);
	assert_non_null(strstr(bytes_string(&said), "Đã dừng"));
	bytes_free(&said);
	assert_int_equal(home_courier(), 0);
	assert_int_equal(home_practice(), 0);
	struct person watcher = { .loop = &home.loop };
	assert_true(person_until(&watcher, nobody_left, NULL, PATIENCE_MS));
	assert_int_equal(home_run(&home, NULL, WORDS("stop")), 0); /* again: nothing to do */
}

static void what_was_stopped_starts_again(void)
{
	home_sit(&home, &clerk, WORDS());
	enter(&clerk, "man");
	person_waits(&clerk, "1 bản nháp đang dở");
	go_home(&clerk);
}

/* One after another: each stands on what the one before it did. */
static void journey(void **state)
{
	static void (*const steps[])(void) = {
		two_starts_at_once_make_one_of_everything,
		the_second_start_is_quick,
		a_dead_courier_is_started_again,
		the_screen_follows_every_size,
		a_pause_gives_the_terminal_back_and_takes_it_again,
		a_kind_signal_ends_it_tidily,
		a_hang_up_ends_it,
		other_sizes_and_tongues,
		a_machine_without_a_utf8_locale,
		an_unknown_terminal_gets_a_sentence,
		no_terminal_gets_the_list_of_commands,
		stop_ends_everything,
		what_was_stopped_starts_again,
	};
	(void)state;
	for (size_t i = 0; i < COUNT(steps); i++)
		steps[i]();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(journey) };
	return cmocka_run_group_tests_name("journey_start", tests, open_home, close_home);
}
