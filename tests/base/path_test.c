/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

/* A program run as `id`, in a child: does paths_find take the folder? */
static bool takes(unsigned id, const char *home)
{
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		struct arena arena = { 0 };
		struct paths paths;
		struct error err = { 0 };
		if (setgid(id) != 0 || setuid(id) != 0)
			_exit(2);
		unsetenv("MOTCUA_HOME");
		unsetenv("XDG_RUNTIME_DIR");
		setenv("XDG_DATA_HOME", home, 1);
		setenv("XDG_CONFIG_HOME", home, 1);
		_exit(paths_find(&paths, &arena, &err) ? 0 : err.fault == FAULT_DENIED ? 1 : 2);
	}
	int status = -1;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
	return WEXITSTATUS(status) == 0;
}

static void a_strangers_folder_is_not_ours(void **state)
{
	unsigned id = 0x3ffffff0u - (unsigned)getpid(); /* nobody's */
	char home[] = "/tmp/motcua-path-XXXXXX", run[48];
	struct stat info;

	(void)state;
	if (getuid() != 0)
		skip();
	assert_non_null(mkdtemp(home));
	assert_int_equal(chown(home, id, id), 0);
	snprintf(run, sizeof run, "/tmp/motcua-%u", id);
	assert_true(takes(id, home));
	assert_int_equal(chmod(run, 0777), 0);
	assert_true(takes(id, home)); /* our own, left open: closed */
	assert_int_equal(stat(run, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	assert_int_equal(chown(run, id - 1, id), 0);
	assert_int_equal(chmod(run, 0777), 0);
	assert_false(takes(id, home));
	assert_int_equal(rmdir(run), 0);
	assert_int_equal(symlink(home, run), 0);
	assert_false(takes(id, home));
	assert_int_equal(unlink(run), 0);
	char data[64];
	snprintf(data, sizeof data, "%s/motcua", home);
	assert_int_equal(rmdir(data), 0);
	assert_int_equal(rmdir(home), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_strangers_folder_is_not_ours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
