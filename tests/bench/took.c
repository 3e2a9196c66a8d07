/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a program to its end: milliseconds by the wall, and the largest resident memory (KiB)
 * of it alone, one line on descriptor 3.
 *
 *     took PROGRAM ARGUMENT… */
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct timespec begin, end;
	struct rusage used;
	int status = 0;
	if (argc < 2)
		return 64;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	pid_t pid = fork();
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	while (pid > 0 && wait4(pid, &status, 0, &used) < 0 && errno == EINTR)
		;
	clock_gettime(CLOCK_MONOTONIC, &end);
	if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return 1;
	dprintf(3, "%.3f %ld\n", (double)(end.tv_sec - begin.tv_sec) * 1e3 + (double)(end.tv_nsec - begin.tv_nsec) / 1e6,
	        used.ru_maxrss);
	return 0;
}
