/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/say.h"

#define ERR_LIMIT 4096

enum { IN_READ, IN_WRITE, OUT_READ, OUT_WRITE, ERR_READ, ERR_WRITE, PIPE_ENDS };

static void set_limit(int what, rlim_t value)
{
	struct rlimit limit = { value, value };
	(void)setrlimit(what, &limit);
}

/* In the new process, up to exec: only what is safe after fork. */
__attribute__((noreturn)) static void become(const struct child_plan *plan, const int *ends)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	setpgid(0, 0);
	if (dup2(ends[IN_READ], 0) < 0 || dup2(ends[OUT_WRITE], 1) < 0 ||
	    dup2(ends[ERR_WRITE], 2) < 0)
		_exit(126);
	set_limit(RLIMIT_CORE, 0); /* a core would hold a citizen's data */
	if (plan->memory)
		set_limit(RLIMIT_AS, plan->memory);
	if (plan->cpu_seconds)
		set_limit(RLIMIT_CPU, (rlim_t)plan->cpu_seconds);
	if (plan->nice)
		(void)!nice(10);
	execvp(plan->argv[0], (char *const *)plan->argv);
	_exit(127);
}

static void close_pipes(int *ends)
{
	for (int i = 0; i < PIPE_ENDS; i++) {
		if (ends[i] >= 0)
			close(ends[i]);
		ends[i] = -1;
	}
}

static void stop_watch(struct child *child, struct watch *watch)
{
	if (watch->fd < 0)
		return;
	loop_unwatch(child->loop, watch);
	close(watch->fd);
	watch->fd = -1;
}

static void let_go(struct child *child)
{
	stop_watch(child, &child->in_watch);
	stop_watch(child, &child->out_watch);
	stop_watch(child, &child->err_watch);
	stop_watch(child, &child->exit_watch);
	loop_cancel(child->loop, &child->timer);
	scope_remove(&child->task);
}

/* Done when the process is reaped and both its outputs are at their end. */
static void maybe_done(struct child *child)
{
	if (child->pid || child->out_watch.fd >= 0 || child->err_watch.fd >= 0)
		return;
	let_go(child);
	child->done(child);
}

/* False: it has not ended, and flags said not to wait. */
static bool reap(struct child *child, int flags)
{
	int status = 0;
	pid_t pid;
	while ((pid = waitpid(child->pid, &status, flags)) < 0 && errno == EINTR)
		;
	if (pid == 0)
		return false;
	child->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	child->pid = 0;
	return true;
}

static void on_exit_ready(struct watch *watch, short revents)
{
	(void)revents;
	struct child *child = OWNER_OF(watch, struct child, exit_watch);
	/* The word may be about the one before, when done started another in its place. */
	if (!child->pid || !reap(child, WNOHANG))
		return;
	stop_watch(child, &child->exit_watch);
	stop_watch(child, &child->in_watch);
	maybe_done(child);
}

/* Reads what is there; what passes the limit is read and dropped. */
static void drain(struct child *child, struct watch *watch, struct bytes *into)
{
	char block[16384];
	ssize_t n = read(watch->fd, block, sizeof block);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0) {
		bytes_add(into, block, (size_t)n);
		if (child->heard && into == &child->out)
			child->heard(child);
		return;
	}
	stop_watch(child, watch);
	maybe_done(child);
}

static void on_out(struct watch *watch, short revents)
{
	(void)revents;
	struct child *child = OWNER_OF(watch, struct child, out_watch);
	drain(child, watch, &child->out);
}

static void on_err(struct watch *watch, short revents)
{
	(void)revents;
	struct child *child = OWNER_OF(watch, struct child, err_watch);
	drain(child, watch, &child->err);
}

static void on_in(struct watch *watch, short revents)
{
	(void)revents;
	struct child *child = OWNER_OF(watch, struct child, in_watch);
	ssize_t n = child->input_left ? write(watch->fd, child->input, child->input_left) : 0;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0) {
		child->input += n;
		child->input_left -= (size_t)n;
	}
	if (n < 0 || child->input_left == 0)
		stop_watch(child, watch);
}

static void kill_group(struct child *child)
{
	if (kill(-child->pid, SIGKILL) != 0)
		(void)kill(child->pid, SIGKILL);
}

static void on_time(struct timer *timer)
{
	struct child *child = OWNER_OF(timer, struct child, timer);
	child->timed_out = true;
	if (child->pid)
		kill_group(child);
	/* A grandchild may hold the pipes open: what was read must do. */
	stop_watch(child, &child->out_watch);
	stop_watch(child, &child->err_watch);
	if (!child->pid)
		maybe_done(child);
}

static void on_scope_end(struct task *task)
{
	struct child *child = OWNER_OF(task, struct child, task);
	if (child->pid) {
		kill_group(child);
		(void)reap(child, 0);
	}
	let_go(child);
	child_clear(child);
}

static void watch_end(struct child *child, struct watch *watch, int *end, short events,
                      void (*ready)(struct watch *, short))
{
	*watch = (struct watch){ .fd = *end, .events = events, .ready = ready };
	*end = -1;
	fcntl(watch->fd, F_SETFL, fcntl(watch->fd, F_GETFL) | O_NONBLOCK);
	loop_watch(child->loop, watch);
}

static bool cannot_start(struct error *err, const struct child_plan *plan, int *ends)
{
	int why = errno;
	close_pipes(ends);
	fail(err, FAULT_BUG, _("Không chạy được chương trình phụ %s."), plan->argv[0]);
	return because(err, "start %s: %s", plan->argv[0], strerror(why));
}

bool child_start(struct loop *loop, struct scope *scope, struct child *child,
                 const struct child_plan *plan, void (*done)(struct child *), struct error *err)
{
	int ends[PIPE_ENDS] = { -1, -1, -1, -1, -1, -1 };
	*child = (struct child){ .loop = loop, .done = done, .heard = plan->heard,
		.input = plan->input,
		.input_left = plan->input ? plan->input_size : 0 };
	child->in_watch.fd = child->out_watch.fd = child->err_watch.fd = child->exit_watch.fd = -1;
	if (pipe2(ends + IN_READ, O_CLOEXEC) || pipe2(ends + OUT_READ, O_CLOEXEC) ||
	    pipe2(ends + ERR_READ, O_CLOEXEC))
		return cannot_start(err, plan, ends);
	pid_t pid = fork();
	if (pid < 0)
		return cannot_start(err, plan, ends);
	if (pid == 0)
		become(plan, ends);
	child->pid = pid;
	int exit_fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (exit_fd < 0) {
		kill_group(child);
		(void)reap(child, 0);
		return cannot_start(err, plan, ends);
	}
	child->out.limit = plan->output_limit ? plan->output_limit : (size_t)64 << 20;
	child->err.limit = ERR_LIMIT;
	watch_end(child, &child->in_watch, &ends[IN_WRITE], POLLOUT, on_in);
	watch_end(child, &child->out_watch, &ends[OUT_READ], POLLIN, on_out);
	watch_end(child, &child->err_watch, &ends[ERR_READ], POLLIN, on_err);
	watch_end(child, &child->exit_watch, &exit_fd, POLLIN, on_exit_ready);
	close_pipes(ends);
	child->task.end = on_scope_end;
	scope_add(scope, &child->task);
	child->timer.fire = on_time;
	if (plan->timeout_ms)
		loop_after(loop, &child->timer, plan->timeout_ms);
	return true;
}

void child_patience(struct child *child, int ms)
{
	if (child->pid)
		loop_after(child->loop, &child->timer, ms);
}

void child_stop(struct child *child, int ms)
{
	if (!child->pid)
		return;
	(void)kill(child->pid, SIGTERM);
	child_patience(child, ms);
}

void child_clear(struct child *child)
{
	bytes_free(&child->out);
	bytes_free(&child->err);
}
