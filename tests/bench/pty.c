/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a full-screen program on a terminal of its own and measures it from
 * outside, as the clerk's hand and eye would.
 *     pty screen STEPS RUNS COMMAND…   median ms from start to the end of the steps
 *     pty keys STEPS COUNT COMMAND…    after the steps: "p50 p99 bytes" of so many typed
 *                                      characters, ms from key to first ink, bytes a character
 *     pty memory STEPS COMMAND…        after the steps: resident KiB
 * With PTY_DELAY_MS (each way) and PTY_BITS (a second, both ways) the line is slow and far,
 * as over ssh from a mountain commune.
 * STEPS are "text|keys|text|keys|text": wait until the screen shows the text, then type
 * the keys (\r Enter, \e Escape), and so on. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { ROWS = 43, COLUMNS = 132, PATIENCE_MS = 20000, QUIET_MS = 30 };

struct seat {
	pid_t pid;
	int fd;
	VTerm *glass;
	VTermScreen *screen;
	double arrived;    /* over a slow line: the last byte that came, ms */
	char pane[ROWS * (COLUMNS * 4 + 1) + 1]; /* what it shows, as text */
};

static double now_ms(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static _Noreturn void give_up(const char *why, const char *more)
{
	fprintf(stderr, "pty: %s%s\n", why, more);
	exit(1);
}

/* ---- the line ---- */

static double line_setting(const char *name)
{
	const char *text = getenv(name);
	return text ? atof(text) : 0;
}

static void wait_until(double at)
{
	double left = at - now_ms();
	if (left > 0)
		nanosleep(&(struct timespec){ (time_t)(left / 1e3), (long)(left * 1e6) % 1000000000 }, NULL);
}

/* When size bytes that left at a moment have come, over a line that is busy until busy. */
static double carried(double left, double busy, size_t size)
{
	double bits = line_setting("PTY_BITS"), start = left > busy ? left : busy;
	return start + (bits > 0 ? (double)size * 8e3 / bits : 0);
}

static void answer(const char *bytes, size_t size, void *owner)
{
	struct seat *seat = owner;
	if (write(seat->fd, bytes, size) < 0)
		return; /* the program is gone: the next read tells */
}

static void sit_down(struct seat *seat, char **command)
{
	struct winsize size = { .ws_row = ROWS, .ws_col = COLUMNS };
	seat->pid = forkpty(&seat->fd, NULL, NULL, &size);
	if (seat->pid < 0)
		give_up("forkpty: ", strerror(errno));
	if (seat->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(command[0], command);
		_exit(127);
	}
	seat->glass = vterm_new(ROWS, COLUMNS);
	vterm_set_utf8(seat->glass, 1);
	vterm_output_set_callback(seat->glass, answer, seat);
	seat->screen = vterm_obtain_screen(seat->glass);
	vterm_screen_enable_altscreen(seat->screen, 1);
	vterm_screen_reset(seat->screen, 1);
}

/* Asks it to end, reads until it did; not every program obeys. */
static void stand_up(struct seat *seat)
{
	struct pollfd poll_fd = { .fd = seat->fd, .events = POLLIN };
	char rest[4096];
	kill(seat->pid, SIGTERM);
	while (poll(&poll_fd, 1, 1000) > 0 && read(seat->fd, rest, sizeof rest) > 0)
		continue;
	kill(seat->pid, SIGKILL);
	close(seat->fd);
	waitpid(seat->pid, NULL, 0);
	vterm_free(seat->glass);
}

/* When the first bytes came, 0 when none did in time; *size of them. */
static double watch(struct seat *seat, int ms, size_t *size)
{
	char bytes[65536];
	/* A slow line brings it piece by piece. */
	size_t most = line_setting("PTY_BITS") > 0 ? 256 : sizeof bytes;
	struct pollfd poll_fd = { .fd = seat->fd, .events = POLLIN };
	if (poll(&poll_fd, 1, ms) <= 0)
		return 0;
	ssize_t n = read(seat->fd, bytes, most);
	double at = now_ms();
	if (n <= 0)
		give_up("the program ended", "");
	if (most < sizeof bytes) {
		/* It left when it was read, or while the piece before was on its way. */
		seat->arrived = carried(at, seat->arrived - line_setting("PTY_DELAY_MS"), (size_t)n) + line_setting("PTY_DELAY_MS");
		at = seat->arrived;
		wait_until(at);
	}
	vterm_input_write(seat->glass, bytes, (size_t)n);
	*size = (size_t)n;
	return at;
}

static void put_point(char **out, uint32_t point)
{
	if (point < 0x80) {
		*(*out)++ = (char)(point ? point : ' ');
	} else if (point < 0x800) {
		*(*out)++ = (char)(0xC0 | point >> 6);
		*(*out)++ = (char)(0x80 | (point & 0x3F));
	} else {
		*(*out)++ = (char)(0xE0 | (point >> 12 & 0x0F));
		*(*out)++ = (char)(0x80 | (point >> 6 & 0x3F));
		*(*out)++ = (char)(0x80 | (point & 0x3F));
	}
}

static bool shows(struct seat *seat, const char *text)
{
	char *out = seat->pane;
	for (int row = 0; row < ROWS; row++) {
		for (int column = 0; column < COLUMNS; column++) {
			VTermScreenCell cell;
			vterm_screen_get_cell(seat->screen, (VTermPos){ row, column }, &cell);
			if (cell.chars[0] != (uint32_t)-1)
				put_point(&out, cell.chars[0]);
		}
		*out++ = '\n';
	}
	*out = '\0';
	return strstr(seat->pane, text);
}

static void watch_until(struct seat *seat, const char *text)
{
	double start = now_ms();
	size_t size;
	while (!shows(seat, text)) {
		if (watch(seat, 100, &size) == 0 && now_ms() - start > PATIENCE_MS) {
			fputs(seat->pane, stderr);
			give_up("never shown: ", text);
		}
	}
}

/* The hand is quicker than a far line: keys leave one after another and arrive together. */
static void away(size_t size)
{
	wait_until(carried(now_ms(), 0, size) + line_setting("PTY_DELAY_MS"));
}

static void type(struct seat *seat, const char *keys)
{
	away(strlen(keys));
	for (const char *at = keys; *at; at++) {
		char key = *at;
		if (*at == '\\' && at[1])
			key = *++at == 'r' ? '\r' : *at == 'e' ? '\033' : *at;
		if (write(seat->fd, &key, 1) != 1)
			give_up("typing: ", strerror(errno));
	}
}

static void go(struct seat *seat, const char *steps)
{
	char *copy = strdup(steps), *at = copy;
	for (int i = 0; at; i++) {
		const char *piece = strsep(&at, "|");
		if (i % 2 == 0)
			watch_until(seat, piece);
		else
			type(seat, piece);
	}
	free(copy);
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static int measure_screen(const char *steps, int runs, char **command)
{
	static struct seat seat;
	double *took = calloc((size_t)runs, sizeof *took);
	for (int i = 0; i < runs; i++) {
		double start = now_ms();
		sit_down(&seat, command);
		go(&seat, steps);
		took[i] = now_ms() - start;
		stand_up(&seat);
	}
	qsort(took, (size_t)runs, sizeof *took, by_size);
	printf("%.1f\n", took[runs / 2]);
	free(took);
	return 0;
}

static int measure_keys(const char *steps, int count, char **command)
{
	static struct seat seat;
	double *took = calloc((size_t)count, sizeof *took);
	size_t bytes = 0, size = 0;
	sit_down(&seat, command);
	go(&seat, steps);
	for (int i = 0; i < count; i++) {
		while (watch(&seat, QUIET_MS, &size) > 0)
			continue;
		/* eight letters, then eight times Backspace: the field never fills */
		const char *key = i % 16 < 8 ? "m" : "\x7f";
		double start = now_ms();
		away(1);
		if (write(seat.fd, key, 1) != 1)
			give_up("typing: ", strerror(errno));
		double at = watch(&seat, PATIENCE_MS, &size);
		if (at == 0)
			give_up("a key painted nothing", "");
		bytes += size;
		took[i] = at - start;
	}
	stand_up(&seat);
	qsort(took, (size_t)count, sizeof *took, by_size);
	printf("%.3f %.3f %.0f\n", took[count / 2], took[count * 99 / 100],
	       (double)bytes / count);
	free(took);
	return 0;
}

static int measure_memory(const char *steps, char **command)
{
	static struct seat seat;
	sit_down(&seat, command);
	go(&seat, steps);
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
	fprintf(stderr, "pty screen STEPS RUNS COMMAND… | keys STEPS COUNT COMMAND… | memory STEPS COMMAND…\n");
	return 2;
}
