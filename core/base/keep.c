/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/keep.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"

/* What the child's exit status says. */
enum { KEPT, KEPT_NOT, KEPT_FULL };

bool keep_busy(const struct keeping *keeping)
{
	return keeping->pid != 0;
}

static int reap(struct keeping *keeping)
{
	int status = 0;
	while (waitpid(keeping->pid, &status, 0) < 0 && errno == EINTR)
		;
	keeping->pid = 0;
	loop_unwatch(keeping->loop, &keeping->watch);
	close(keeping->watch.fd);
	scope_remove(&keeping->task);
	return WIFEXITED(status) ? WEXITSTATUS(status) : KEPT_NOT;
}

static void on_end(struct watch *watch, short revents)
{
	struct keeping *keeping = OWNER_OF(watch, struct keeping, watch);
	struct error err = { 0 };
	(void)revents;
	int status = reap(keeping);
	if (status == KEPT) {
		keeping->done(keeping, NULL);
		return;
	}
	fail(&err, FAULT_DEVICE,
	     status == KEPT_FULL ? _("Ổ đĩa đã đầy, không ghi được %s.") : _("Không ghi được tệp %s."),
	     keeping->path);
	because(&err, "writing %s in a child ended with %d", keeping->path, status);
	keeping->done(keeping, &err);
}

void keep_cancel(struct keeping *keeping)
{
	if (!keeping->pid)
		return;
	(void)kill(keeping->pid, SIGKILL);
	(void)reap(keeping);
}

static void on_scope_end(struct task *task)
{
	keep_cancel(OWNER_OF(task, struct keeping, task));
}

/* The child has one thread and leaves by _exit: nothing of the terminal, the
 * database or the exit handlers is touched. */
__attribute__((noreturn)) static void write_and_go(const char *path, const void *data, size_t size)
{
	errno = 0;
	if (path_write(path, data, size, 0600, NULL))
		_exit(KEPT);
	_exit(errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? KEPT_FULL : KEPT_NOT);
}

bool keep_start(struct loop *loop, struct scope *scope, struct keeping *keeping, const char *path,
                const void *data, size_t size, struct error *err)
{
	pid_t pid = fork();
	if (pid == 0)
		write_and_go(path, data, size);
	int fd = pid > 0 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;
	keeping->loop = loop;
	keeping->path = path;
	keeping->pid = pid > 0 ? pid : 0;
	if (fd < 0) {
		int why = errno;
		if (pid > 0) {
			(void)kill(pid, SIGKILL);
			(void)waitpid(pid, NULL, 0);
			keeping->pid = 0;
		}
		fail(err, FAULT_BUG, _("Không ghi được tệp %s."), path);
		return because(err, "fork: %s", strerror(why));
	}
	keeping->watch = (struct watch){ .fd = fd, .events = POLLIN, .ready = on_end };
	loop_watch(loop, &keeping->watch);
	keeping->task = (struct task){ .end = on_scope_end };
	scope_add(scope, &keeping->task);
	return true;
}
