/* SPDX-License-Identifier: Apache-2.0
 *
 * The first start of somebody who is not root: the database, the courier and
 * the practice world are that person's own.  Run by root it becomes nobody;
 * run by anybody else it is the other tests' case and says so. */
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "tests/check.h"
#include "tests/journey/habits.h"

static struct home home;
static struct person clerk;

static int open_home(void **state)
{
	const struct passwd *nobody = getpwnam("nobody");
	(void)state;
	if (geteuid() != 0 || !nobody)
		return 0;
	/* A tree below /root is not for others to read. */
	if (strcmp(shell("setpriv --reuid=nobody --clear-groups test -x %s && echo yes", MOTCUA), "yes") != 0)
		return 0;
	home_make(&home, nobody->pw_uid, nobody->pw_gid);
	return 0;
}

static int close_home(void **state)
{
	(void)state;
	person_free(&clerk);
	if (home.guardian)
		home_end(&home);
	return 0;
}

static bool nobody_left(void *data)
{
	(void)data;
	return home_processes(0) == 0;
}

static void an_ordinary_user_needs_no_root(void **state)
{
	char code[40];
	(void)state;
	if (!home.guardian)
		skip();
	home_sit(&home, &clerk, WORDS());
	enter(&clerk, "man");
	assert_true(home_server() && home_courier() && home_practice());
	begin_with_card(&clerk, DUONG_CARD);
	fill_in(&clerk);
	take_in(&clerk, code);
	person_waits(&clerk, "Đã ghi giấy");
	person_waits(&clerk, "● đã nhận");
	assert_string_equal(shell("find %s ! -user nobody", home.folder), "");
	person_kill(&clerk);
	assert_int_equal(home_run(&home, NULL, WORDS("stop")), 0);
	/* the drawing helper ends when it sees that its counter is gone */
	struct person watcher = { .loop = &home.loop };
	assert_true(person_until(&watcher, nobody_left, NULL, PATIENCE_MS));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(an_ordinary_user_needs_no_root) };
	return cmocka_run_group_tests_name("journey_user", tests, open_home, close_home);
}
