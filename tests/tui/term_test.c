/* SPDX-License-Identifier: Apache-2.0
 *
 * A real terminal (a pty): whatever way the program leaves, it is given back. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "core/base/date.h"
#include "tui/desk.h"
#include "tui/field.h"
#include "tui/term.h"

#include <cmocka.h>

static void open_field(struct screen *screen, const void *argument)
{
	(void) argument;
	field_init(screen->state, &screen->arena, NULL);
}

static bool handle(struct screen *screen, const struct event *event)
{
	return field_handle(screen->state, event);
}

static void draw(const struct screen *screen, struct canvas *canvas)
{
	canvas_format(canvas, 1, 0, ROLE_TEXT, "cỡ %dx%d", canvas->rows, canvas->cols);
	field_draw(screen->state, canvas, 0, 0, 30, true);
}

static void crash(struct screen *screen)
{
	(void) screen;
	abort();
}

static const struct action actions[] = {
	{ "crash", "F5", "Hỏng", NULL, NULL, crash },
	{ 0 },
};
static const struct screen_kind kind = {
	.name = "typing", .title = "Gõ chữ", .size = sizeof(struct field), .actions = actions,
	.open = open_field, .draw = draw, .handle = handle,
};

static int counter(void)
{
	struct loop loop;
	struct desk desk;
	struct error err = { 0 };
	struct term_plan plan = { .in = 0, .out = 1 };
	struct terminal *term = term_open(&plan, &err);
	if (!term) {
		dprintf(1, "%s\n", err.say);
		return 9;
	}
	loop_init(&loop);
	desk_init(&desk, &loop, term);
	int status = desk_run(&desk, &kind, NULL);
	desk_done(&desk);
	term_close(term);
	return status;
}

struct line {
	int fd;
	pid_t pid;
	struct termios before;
	char seen[1 << 16];
	size_t size;
};

static void start(struct line *line, const char *term, const char *locale)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	line->size = 0;
	line->seen[0] = '\0';
	int slave;
	assert_int_equal(openpty(&line->fd, &slave, NULL, NULL, &size), 0);
	assert_int_equal(tcgetattr(line->fd, &line->before), 0);
	line->pid = fork();
	assert_true(line->pid >= 0);
	if (line->pid == 0) {
		close(line->fd);
		login_tty(slave);
		setenv("TERM", term, 1);
		setenv("LC_ALL", locale, 1);
		unsetenv("NO_COLOR");
		_exit(counter());
	}
	close(slave);
}

/* Reads until the bytes have text, at most 5 s. */
static void wait_for(struct line *line, const char *text)
{
	int64_t end = monotonic_ms() + 5000;
	while (!strstr(line->seen, text) && monotonic_ms() < end) {
		struct pollfd poll_fd = { .fd = line->fd, .events = POLLIN };
		if (poll(&poll_fd, 1, 100) <= 0)
			continue;
		ssize_t n = read(line->fd, line->seen + line->size,
		                 sizeof line->seen - line->size - 1);
		if (n <= 0)
			break;
		line->size += (size_t)n;
		line->seen[line->size] = '\0';
	}
	if (!strstr(line->seen, text))
		fail_msg("never saw %s in: %s", text, line->seen);
}

static void send_line(struct line *line, const char *bytes)
{
	assert_int_equal(write(line->fd, bytes, strlen(bytes)), strlen(bytes));
}

static void forget(struct line *line)
{
	line->size = 0;
	line->seen[0] = '\0';
}

/* The exit status, or that it stopped. */
static int ended(struct line *line)
{
	int status = 0;
	assert_int_equal(waitpid(line->pid, &status, WUNTRACED), line->pid);
	return status;
}

/* Ends or stops; main screen, cursor, paste mode off, and the line as it was. */
static int gives_back(struct line *line)
{
	struct termios now;
	wait_for(line, "\033[?1049l");
	int status = ended(line);
	assert_non_null(strstr(line->seen, "\033[?2004l"));
	assert_int_equal(tcgetattr(line->fd, &now), 0);
	assert_int_equal(now.c_lflag & (tcflag_t)(ECHO | ICANON | ISIG),
	                 line->before.c_lflag & (tcflag_t)(ECHO | ICANON | ISIG));
	return status;
}

static void it_starts_types_and_leaves(void **state)
{
	struct line line;
	(void) state;
	start(&line, "xterm-256color", "C.UTF-8");
	wait_for(&line, "\033[?2004h");
	wait_for(&line, "cỡ 21x80");
	send_line(&line, "Mận");
	wait_for(&line, "ậ");
	send_line(&line, "\033[21~");
	wait_for(&line, "Thoát");
	forget(&line);
	send_line(&line, "\r");
	int status = gives_back(&line);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	close(line.fd);
}

static void signals_give_the_terminal_back(void **state)
{
	static const struct {
		int signal, status;
	} ways[] = { { SIGTERM, 0 }, { SIGINT, 0 }, { SIGHUP, 1 } };
	(void) state;
	for (int i = 0; i < 3; i++) {
		struct line line;
		start(&line, "xterm-256color", "C.UTF-8");
		wait_for(&line, "21x80");
		kill(line.pid, ways[i].signal);
		int status = gives_back(&line);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), ways[i].status);
		close(line.fd);
	}
}

static void a_crash_gives_the_terminal_back(void **state)
{
	struct line line;
	(void) state;
	start(&line, "xterm-256color", "C.UTF-8");
	wait_for(&line, "21x80");
	send_line(&line, "\033[15~");
	int status = gives_back(&line);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	close(line.fd);
}

static void a_lost_terminal_ends_it(void **state)
{
	struct line line;
	(void) state;
	start(&line, "xterm-256color", "C.UTF-8");
	wait_for(&line, "21x80");
	close(line.fd);
	int status = ended(&line);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
}

static void a_resize_is_followed(void **state)
{
	struct line line;
	struct winsize size = { .ws_row = 43, .ws_col = 132 };
	(void) state;
	start(&line, "xterm-256color", "C.UTF-8");
	wait_for(&line, "21x80");
	assert_int_equal(ioctl(line.fd, TIOCSWINSZ, &size), 0);
	wait_for(&line, "40x132");
	kill(line.pid, SIGTERM);
	ended(&line);
	close(line.fd);
}

static void it_suspends_and_comes_back(void **state)
{
	struct line line;
	(void) state;
	start(&line, "xterm-256color", "C.UTF-8");
	wait_for(&line, "21x80");
	send_line(&line, "\032");
	int status = gives_back(&line);
	assert_true(WIFSTOPPED(status));
	forget(&line);
	kill(line.pid, SIGCONT);
	wait_for(&line, "21x80");
	assert_non_null(strstr(line.seen, "\033[?2004h"));
	kill(line.pid, SIGTERM);
	ended(&line);
	close(line.fd);
}

static void a_poor_locale_is_mended_and_an_unknown_terminal_refused(void **state)
{
	struct line line;
	(void) state;
	start(&line, "linux", "C");
	wait_for(&line, "cỡ 21x80");
	kill(line.pid, SIGTERM);
	ended(&line);
	close(line.fd);
	start(&line, "no-such-terminal", "C.UTF-8");
	wait_for(&line, "TERM=xterm-256color");
	int status = ended(&line);
	assert_int_equal(WEXITSTATUS(status), 9);
	close(line.fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_starts_types_and_leaves),
		cmocka_unit_test(signals_give_the_terminal_back),
		cmocka_unit_test(a_crash_gives_the_terminal_back),
		cmocka_unit_test(a_lost_terminal_ends_it),
		cmocka_unit_test(a_resize_is_followed),
		cmocka_unit_test(it_suspends_and_comes_back),
		cmocka_unit_test(a_poor_locale_is_mended_and_an_unknown_terminal_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
