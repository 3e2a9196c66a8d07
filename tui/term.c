/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/term.h"

#include <curses.h>
#include <term.h>

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/say.h"

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
#define LARGEST   1000 /* rows or columns: past it a terminal lies */

struct terminal {
	SCREEN *screen;
	FILE *in, *out;
	int in_fd, out_fd, old_stderr;
	enum theme_depth depth;
	bool console, paste, mouse;
};

/* What a signal handler may use when everything else is broken. */
static struct {
	volatile sig_atomic_t armed;
	int fd;
	bool has_modes;
	struct termios modes;
	char bytes[256];
	size_t size;
} rescue;

static const int deadly[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
#define DEADLY (sizeof deadly / sizeof *deadly)

static void give_back(void)
{
	if (!rescue.armed)
		return;
	rescue.armed = 0;
	ssize_t sent = write(rescue.fd, rescue.bytes, rescue.size);
	(void) sent;
	if (rescue.has_modes)
		(void) tcsetattr(rescue.fd, TCSANOW, &rescue.modes);
}

static void on_deadly(int number)
{
	give_back();
	/* SA_RESETHAND: the second time the process dies of it, core and all. */
	raise(number);
}

static void rescue_add(const char *bytes)
{
	if (!bytes || bytes == (char *)-1)
		return;
	size_t n = strlen(bytes);
	if (n > sizeof rescue.bytes - rescue.size)
		return;
	memcpy(rescue.bytes + rescue.size, bytes, n);
	rescue.size += n;
}

static char *capability(const char *name)
{
	char text[16];
	snprintf(text, sizeof text, "%s", name);
	return tigetstr(text);
}

static void rescue_arm(const struct terminal *term, const struct termios *modes)
{
	rescue.fd = term->out_fd;
	rescue.has_modes = modes != NULL;
	if (modes)
		rescue.modes = *modes;
	rescue.size = 0;
	if (term->paste)
		rescue_add(PASTE_OFF MOUSE_OFF);
	rescue_add(capability("sgr0"));
	rescue_add(capability("cnorm"));
	rescue_add(capability("rmcup"));
	rescue_add("\r\n");
	rescue.armed = 1;
	struct sigaction action = { .sa_handler = on_deadly, .sa_flags = (int)SA_RESETHAND };
	for (size_t i = 0; i < DEADLY; i++) {
		struct sigaction old;
		/* A sanitizer or debugger that came first keeps its handler. */
		if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			(void) sigaction(deadly[i], &action, NULL);
	}
}

static void rescue_disarm(void)
{
	rescue.armed = 0;
	for (size_t i = 0; i < DEADLY; i++) {
		struct sigaction old;
		if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == on_deadly)
			(void) signal(deadly[i], SIG_DFL);
	}
}

bool term_locale(struct error *err)
{
	if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return true;
	if (setlocale(LC_CTYPE, "C.UTF-8") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return true;
	fail(err, FAULT_INPUT, _("Máy này chưa có bộ mã UTF-8: đặt LANG=C.UTF-8 rồi mở lại."));
	return because(err, "no UTF-8 locale: set LANG to one that locale -a lists");
}

static void modes_set(struct terminal *term)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, FALSE);
	/* We read the keyboard ourselves; curses must not peek at it. */
	typeahead(-1);
	leaveok(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	term->depth = DEPTH_MONO;
	if (has_colors() && start_color() == OK) {
		use_default_colors();
		term->depth = COLORS >= 256 ? DEPTH_256 : COLORS >= 8 ? DEPTH_8 : DEPTH_MONO;
	}
	const char *plain = getenv("NO_COLOR");
	if (plain && *plain)
		term->depth = DEPTH_MONO;
}

static void send_bytes(struct terminal *term, const char *bytes)
{
	fflush(term->out);
	ssize_t sent = write(term->out_fd, bytes, strlen(bytes));
	(void) sent;
}

static bool stderr_to(struct terminal *term, const char *path, struct error *err)
{
	if (!path)
		return true;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0) {
		fail(err, FAULT_BUG, _("Không mở được nhật ký %s."), path);
		return because(err, "open %s: %s", path, strerror(errno));
	}
	term->old_stderr = fcntl(2, F_DUPFD_CLOEXEC, 3);
	dup2(fd, 2);
	close(fd);
	return true;
}

static FILE *stream(int fd, const char *mode)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	return copy < 0 ? NULL : fdopen(copy, mode);
}

/* newterm ends the process on an unknown TERM; ask first. */
static bool known(const char *name, int fd, struct error *err)
{
	int result = 0;
	if (name && *name && setupterm(name, fd, &result) == OK) {
		del_curterm(cur_term);
		return true;
	}
	fail(err, FAULT_INPUT, _("Kiểu màn hình %s không dùng được: đặt TERM=xterm-256color."),
	     name ? name : "?");
	return because(err, "terminfo has no entry for TERM=%s", name ? name : "");
}

static bool start(struct terminal *term, const struct term_plan *plan, const char *name,
                  struct error *err)
{
	struct termios modes;
	bool tty = tcgetattr(plan->out, &modes) == 0;
	term->in = stream(plan->in, "r");
	term->out = stream(plan->out, "w");
	if (term->in && term->out)
		term->screen = newterm(name, term->out, term->in);
	if (!term->screen) {
		fail(err, FAULT_BUG, _("Không mở được màn hình."));
		return because(err, "newterm %s: %s", name, strerror(errno));
	}
	set_term(term->screen);
	modes_set(term);
	term->console = strncmp(name, "linux", 5) == 0;
	/* The console shows what it does not know; everything else keeps silent. */
	term->paste = !term->console && strncmp(name, "vt", 2) != 0;
	rescue_arm(term, tty ? &modes : NULL);
	if (term->paste)
		send_bytes(term, PASTE_ON);
	term_resize(term, plan->rows, plan->cols);
	return true;
}

struct terminal *term_open(const struct term_plan *plan, struct error *err)
{
	const char *name = plan->name ? plan->name : getenv("TERM");
	if (!term_locale(err) || !known(name, plan->out, err))
		return NULL;
	struct terminal *term = calloc(1, sizeof *term);
	if (!term)
		abort();
	term->in_fd = plan->in;
	term->out_fd = plan->out;
	term->old_stderr = -1;
	if (!stderr_to(term, plan->log, err) || !start(term, plan, name, err))
		return term_close(term);
	return term;
}

struct terminal *term_close(struct terminal *term)
{
	if (!term)
		return NULL;
	if (term->screen) {
		set_term(term->screen);
		term_mouse(term, false);
		if (term->paste)
			send_bytes(term, PASTE_OFF);
		(void) curs_set(1);
		endwin();
		delscreen(term->screen);
		rescue_disarm();
	}
	if (term->out)
		fclose(term->out);
	if (term->in)
		fclose(term->in);
	if (term->old_stderr >= 0) {
		dup2(term->old_stderr, 2);
		close(term->old_stderr);
	}
	free(term);
	return NULL;
}

int term_in(const struct terminal *term)
{
	return term->in_fd;
}

enum theme_depth term_depth(const struct terminal *term)
{
	return term->depth;
}

bool term_console(const struct terminal *term)
{
	return term->console;
}

void term_theme(struct terminal *term, const struct theme *theme)
{
	if (term->depth == DEPTH_MONO)
		return;
	for (int role = 0; role < ROLE_COUNT; role++) {
		const struct look *look = theme_look(theme, (enum role)role);
		init_pair((short)(role + 1), look->fg, look->bg);
	}
}

bool term_resize(struct terminal *term, int rows, int cols)
{
	struct winsize size;
	if ((rows <= 0 || cols <= 0) && ioctl(term->out_fd, TIOCGWINSZ, &size) == 0 &&
	    size.ws_row && size.ws_col) {
		rows = size.ws_row;
		cols = size.ws_col;
	}
	if (rows <= 0 || cols <= 0)
		return false;
	rows = rows > LARGEST ? LARGEST : rows;
	cols = cols > LARGEST ? LARGEST : cols;
	if (rows == LINES && cols == COLS)
		return false;
	resizeterm(rows, cols);
	return true;
}

void term_mouse(struct terminal *term, bool on)
{
	if (on == term->mouse || term->console)
		return;
	term->mouse = on;
	send_bytes(term, on ? MOUSE_ON : MOUSE_OFF);
}

bool term_mouse_on(const struct terminal *term)
{
	return term->mouse;
}

void term_beep(struct terminal *term)
{
	(void) term;
	beep();
}

void term_suspend(struct terminal *term)
{
	bool mouse = term->mouse;
	term_mouse(term, false);
	if (term->paste)
		send_bytes(term, PASTE_OFF);
	endwin();
	raise(SIGSTOP);
	if (term->paste)
		send_bytes(term, PASTE_ON);
	term_mouse(term, mouse);
	(void) term_resize(term, 0, 0);
	clearok(curscr, TRUE);
	refresh();
}
