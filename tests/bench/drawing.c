/* SPDX-License-Identifier: Apache-2.0
 *
 * drawing REQUEST RUNS HELPER…: the median ms that a warm drawing helper takes for one
 * paper, from the whole request to the whole reply (printers/draw_request.h).
 * RUNS 0: the helper is started for this one paper, and that counts. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WARM = 3 };

static double now_ms(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static _Noreturn void give_up(const char *why)
{
	fprintf(stderr, "drawing: %s\n", why);
	exit(1);
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static FILE *start(char **command)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		give_up("socketpair");
	if (fork() == 0) {
		dup2(ends[1], STDIN_FILENO);
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		execv(command[0], command);
		_exit(127);
	}
	close(ends[1]);
	return fdopen(ends[0], "r+");
}

/* The size of the paper. */
static size_t draw(FILE *talk, const char *request, size_t size)
{
	int status;
	size_t reply;
	fprintf(talk, "%zu\n", size);
	fwrite(request, 1, size, talk);
	fflush(talk);
	if (fscanf(talk, "%d %zu", &status, &reply) != 2 || fgetc(talk) != '\n')
		give_up("no reply");
	char *paper = malloc(reply + 1);
	if (!paper || fread(paper, 1, reply, talk) != reply)
		give_up("half a reply");
	if (status != 0) {
		fwrite(paper, 1, reply, stderr);
		give_up("refused");
	}
	free(paper);
	return reply;
}

int main(int argc, char **argv)
{
	static char request[1 << 20];
	if (argc < 4 || atoi(argv[2]) < 0)
		give_up("drawing REQUEST RUNS HELPER…");
	FILE *file = fopen(argv[1], "r");
	size_t size = file ? fread(request, 1, sizeof request, file) : 0;
	if (size == 0)
		give_up("no request");
	fclose(file);
	int runs = atoi(argv[2]);
	double *took = calloc((size_t)runs + 1, sizeof *took);
	double started = now_ms();
	FILE *talk = start(argv + 3);
	size_t paper = 0;
	for (int i = runs ? -WARM : 0; i < runs; i++) {
		double begun = now_ms();
		paper = draw(talk, request, size);
		if (i >= 0)
			took[i] = now_ms() - begun;
	}
	if (runs == 0) {
		paper = draw(talk, request, size);
		took[0] = now_ms() - started;
	}
	fclose(talk);
	wait(NULL);
	qsort(took, (size_t)runs, sizeof *took, by_size);
	printf("%.2f %zu\n", took[runs / 2], paper);
	free(took);
	return 0;
}
