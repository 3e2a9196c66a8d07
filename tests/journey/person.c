/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/journey/person.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/date.h"
#include "tests/check.h"

static void read_line(struct person *p)
{
	char piece[65536];
	ssize_t n;
	while ((n = read(p->line.fd, piece, sizeof piece)) > 0) {
		bytes_add(&p->raw, piece, (size_t)n);
		vterm_input_write(p->vterm, piece, (size_t)n);
	}
	if (n == 0 || (errno != EAGAIN && errno != EINTR))
		loop_unwatch(p->loop, &p->line); /* EIO: nobody at the other end any more */
}

static void on_line(struct watch *watch, short got)
{
	(void)got;
	read_line(OWNER_OF(watch, struct person, line));
}

static int on_property(VTermProp property, VTermValue *value, void *data)
{
	struct person *p = data;
	if (property == VTERM_PROP_CURSORVISIBLE)
		p->cursor = value->boolean;
	if (property == VTERM_PROP_ALTSCREEN)
		p->alternate = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

static void open_emulator(struct person *p)
{
	p->vterm = vterm_new(p->rows, p->cols);
	vterm_set_utf8(p->vterm, 1);
	p->screen = vterm_obtain_screen(p->vterm);
	vterm_screen_set_callbacks(p->screen, &callbacks, p);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_reset(p->screen, 1);
	p->cursor = true;
}

static _Noreturn void become(const struct seat *seat)
{
	setenv("TERM", "xterm-256color", 1);
	setenv("LANG", "C.UTF-8", 1);
	unsetenv("LC_ALL");
	unsetenv("NO_COLOR");
	for (const char *const *at = seat->environment; at && *at; at++) {
		char *name = strdup(*at);
		char *value = strchr(name, '=');
		if (value)
			*value++ = '\0';
		if (value ? setenv(name, value, 1) : unsetenv(name))
			_exit(126);
	}
	if (seat->uid && (setgroups(0, NULL) || setgid(seat->gid) || setuid(seat->uid)))
		_exit(126);
	execv(seat->argv[0], (char *const *)seat->argv);
	_exit(127);
}

void person_sit(struct person *p, struct loop *loop, const struct seat *seat)
{
	*p = (struct person){ .loop = loop, .rows = seat->rows ? seat->rows : 24,
		              .cols = seat->cols ? seat->cols : 80 };
	struct winsize size = { .ws_row = (unsigned short)p->rows, .ws_col = (unsigned short)p->cols };
	open_emulator(p);
	p->pid = forkpty(&p->line.fd, NULL, NULL, &size);
	if (p->pid == 0)
		become(seat);
	assert_true(p->pid > 0);
	(void)fcntl(p->line.fd, F_SETFL, O_NONBLOCK);
	(void)fcntl(p->line.fd, F_SETFD, FD_CLOEXEC);
	assert_int_equal(tcgetattr(p->line.fd, &p->before), 0);
	p->line.events = POLLIN;
	p->line.ready = on_line;
	loop_watch(loop, &p->line);
}

void person_type(struct person *p, const char *keys)
{
	for (size_t left = strlen(keys); left;) {
		ssize_t n = write(p->line.fd, keys, left);
		if (n < 0 && errno == EAGAIN)
			loop_turn(p->loop, 10); /* it has much to read */
		else
			assert_true(n > 0 || errno == EINTR);
		keys += n > 0 ? n : 0;
		left -= n > 0 ? (size_t)n : 0;
	}
}

void person_resize(struct person *p, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	vterm_set_size(p->vterm, rows, cols);
	p->rows = rows;
	p->cols = cols;
	assert_int_equal(ioctl(p->line.fd, TIOCSWINSZ, &size), 0);
}

const char *person_screen(struct person *p)
{
	struct bytes all = { 0 };
	char row[4096];
	for (int i = 0; i < p->rows; i++) {
		VTermRect rect = { .start_row = i, .end_row = i + 1, .end_col = p->cols };
		size_t n = vterm_screen_get_text(p->screen, row, sizeof row, rect);
		while (n && row[n - 1] == ' ')
			n--;
		bytes_add(&all, row, n);
		bytes_byte(&all, '\n');
	}
	free(p->text);
	p->text = strdup(bytes_string(&all));
	bytes_free(&all);
	return p->text;
}

bool person_sees(struct person *p, const char *text)
{
	return strstr(person_screen(p), text) != NULL;
}

const char *person_reads(struct person *p, const char *text)
{
	char *at = strstr((char *)person_screen(p), text);
	if (!at)
		return "";
	at[strcspn(at, "\n")] = '\0';
	return at;
}

static void look_for_end(struct person *p)
{
	if (!p->over && waitpid(p->pid, &p->status, WNOHANG) == p->pid) {
		p->over = true;
		read_line(p);
	}
}

bool person_until(struct person *p, bool (*holds)(void *), void *data, int patience_ms)
{
	int64_t end = p->loop->clock() + patience_ms;
	while (!holds(data)) {
		if (p->loop->clock() > end)
			return false;
		loop_turn(p->loop, 20);
	}
	return true;
}

struct wanted {
	struct person *person;
	const char *text;
	bool there;
};

static bool shows(void *data)
{
	struct wanted *wanted = data;
	look_for_end(wanted->person);
	return person_sees(wanted->person, wanted->text) == wanted->there;
}

void person_wait_(struct person *p, const char *text, bool there, int patience_ms, const char *file,
                  int line)
{
	struct wanted wanted = { p, text, there };
	if (person_until(p, shows, &wanted, patience_ms))
		return;
	fprintf(stderr, "%s “%s”%s; the screen is:\n%s\n", there ? "never saw" : "still saw", text,
	            p->over ? " (the program ended)" : "", person_screen(p));
	_fail(file, line);
}

static bool ended(void *data)
{
	look_for_end(data);
	return ((struct person *)data)->over;
}

int person_leaves_(struct person *p, const char *file, int line)
{
	if (!person_until(p, ended, p, PATIENCE_MS)) {
		fprintf(stderr, "the program never ended; the screen is:\n%s\n", person_screen(p));
		_fail(file, line);
	}
	return WIFEXITED(p->status) ? WEXITSTATUS(p->status) : 128 + WTERMSIG(p->status);
}

static bool stands_still(void *data)
{
	struct person *p = data;
	int status;
	return waitpid(p->pid, &status, WUNTRACED | WNOHANG) == p->pid && WIFSTOPPED(status);
}

bool person_stopped(struct person *p)
{
	if (!person_until(p, stands_still, p, PATIENCE_MS))
		return false;
	read_line(p);
	return true;
}

static const char *last_of(const struct person *p, const char *text)
{
	const char *found = NULL;
	for (const char *at = bytes_string(&p->raw); (at = strstr(at, text)); at++)
		found = at;
	return found;
}

bool person_given_back(struct person *p)
{
	struct termios now;
	const char *on = last_of(p, "\033[?2004h"), *off = last_of(p, "\033[?2004l");
	bool modes = tcgetattr(p->line.fd, &now) == 0 && now.c_lflag == p->before.c_lflag &&
	             now.c_iflag == p->before.c_iflag && now.c_oflag == p->before.c_oflag;
	return p->cursor && !p->alternate && modes && (!on || (off && off > on));
}

void person_kill(struct person *p)
{
	if (!p->over && p->pid > 0) {
		kill(p->pid, SIGKILL);
		assert_int_equal(waitpid(p->pid, &p->status, 0), p->pid);
	}
	p->over = true;
	person_free(p);
}

void person_free(struct person *p)
{
	if (!p->vterm)
		return;
	loop_unwatch(p->loop, &p->line);
	close(p->line.fd);
	if (!p->over) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
	}
	vterm_free(p->vterm);
	bytes_free(&p->raw);
	free(p->text);
	*p = (struct person){ 0 };
}
