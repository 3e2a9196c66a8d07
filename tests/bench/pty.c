/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a full-screen program on a terminal of its own and measures it from
 * outside, as the clerk's hand and eye would.
 *     pty screen TEXT RUNS COMMAND…   median ms from start until TEXT is painted
 *     pty keys TEXT COUNT COMMAND…    once TEXT is painted: "p50 p99 bytes" of so many
 *                                     typed characters, ms from key to first ink
 *     pty memory TEXT COMMAND…        once TEXT is painted: resident KiB */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROWS = 43, COLUMNS = 132, PATIENCE_MS = 20000, QUIET_MS = 30 };

struct seat {
	pid_t pid;
	int fd;
	char seen[1 << 18]; /* what was painted so far */
	size_t used;
};

static double now_ms(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static _Noreturn void give_up(const char *why)
{
	fprintf(stderr, "pty: %s\n", why);
	exit(1);
}

static void sit_down(struct seat *seat, char **command)
{
	struct winsize size = { .ws_row = ROWS, .ws_col = COLUMNS };
	seat->used = 0;
	seat->pid = forkpty(&seat->fd, NULL, NULL, &size);
	if (seat->pid < 0)
		give_up(strerror(errno));
	if (seat->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(command[0], command);
		_exit(127);
	}
}

static void stand_up(struct seat *seat)
{
	kill(seat->pid, SIGTERM);
	char rest[4096];
	while (read(seat->fd, rest, sizeof rest) > 0)
		continue; /* until the far end of the terminal is closed */
	close(seat->fd);
	waitpid(seat->pid, NULL, 0);
}

/* Bytes read, 0 when nothing came in time. */
static size_t watch(struct seat *seat, int ms)
{
	struct pollfd poll_fd = { .fd = seat->fd, .events = POLLIN };
	if (poll(&poll_fd, 1, ms) <= 0)
		return 0;
	if (sizeof seat->seen - seat->used < 65536)
		seat->used = 0;
	ssize_t n = read(seat->fd, seat->seen + seat->used, 65535);
	if (n <= 0)
		give_up("the program ended");
	seat->used += (size_t)n;
	seat->seen[seat->used] = '\0';
	return (size_t)n;
}

static void watch_until(struct seat *seat, const char *text)
{
	double start = now_ms();
	while (!memmem(seat->seen, seat->used, text, strlen(text)))
		if (watch(seat, 100) == 0 && now_ms() - start > PATIENCE_MS)
			give_up("the text was never painted");
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static int measure_screen(const char *text, int runs, char **command)
{
	static struct seat seat;
	double *took = calloc((size_t)runs, sizeof *took);
	for (int i = 0; i < runs; i++) {
		double start = now_ms();
		sit_down(&seat, command);
		watch_until(&seat, text);
		took[i] = now_ms() - start;
		stand_up(&seat);
	}
	qsort(took, (size_t)runs, sizeof *took, by_size);
	printf("%.1f\n", took[runs / 2]);
	free(took);
	return 0;
}

static int measure_keys(const char *text, int count, char **command)
{
	static struct seat seat;
	double *took = calloc((size_t)count, sizeof *took);
	size_t bytes = 0;
	sit_down(&seat, command);
	watch_until(&seat, text);
	for (int i = 0; i < count; i++) {
		while (watch(&seat, QUIET_MS) > 0)
			continue;
		/* eight letters, then eight times Backspace: the field never fills */
		const char *key = i % 16 < 8 ? "m" : "\x7f";
		double start = now_ms();
		if (write(seat.fd, key, 1) != 1)
			give_up(strerror(errno));
		bytes += watch(&seat, PATIENCE_MS);
		took[i] = now_ms() - start;
	}
	stand_up(&seat);
	qsort(took, (size_t)count, sizeof *took, by_size);
	printf("%.2f %.2f %.0f\n", took[count / 2], took[count * 99 / 100],
	       (double)bytes / count);
	free(took);
	return 0;
}

static int measure_memory(const char *text, char **command)
{
	static struct seat seat;
	sit_down(&seat, command);
	watch_until(&seat, text);
	char line[256];
	snprintf(line, sizeof line, "/proc/%d/status", (int)seat.pid);
	FILE *status = fopen(line, "r");
	long kib = -1;
	while (status && fgets(line, sizeof line, status))
		(void)sscanf(line, "VmRSS: %ld", &kib);
	if (status)
		fclose(status);
	stand_up(&seat);
	printf("%ld\n", kib);
	return kib < 0;
}

int main(int argc, char **argv)
{
	if (argc > 4 && strcmp(argv[1], "screen") == 0 && atoi(argv[3]) > 0)
		return measure_screen(argv[2], atoi(argv[3]), argv + 4);
	if (argc > 4 && strcmp(argv[1], "keys") == 0 && atoi(argv[3]) > 0)
		return measure_keys(argv[2], atoi(argv[3]), argv + 4);
	if (argc > 3 && strcmp(argv[1], "memory") == 0)
		return measure_memory(argv[2], argv + 3);
	fprintf(stderr, "pty screen TEXT RUNS COMMAND… | keys TEXT COUNT COMMAND… | memory TEXT COMMAND…\n");
	return 2;
}
