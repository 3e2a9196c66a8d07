/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/detach.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/say.h"

static _Noreturn void wait_for_child(pid_t child, int from)
{
	char byte;
	ssize_t got;
	do
		got = read(from, &byte, 1);
	while (got < 0 && errno == EINTR);
	if (got == 1)
		_exit(0);
	int status;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

bool detach_start(int *ready, struct error *err)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0) {
		fail(err, FAULT_BUG, _("Không chạy được chương trình nền"));
		return because(err, "pipe2: %s", strerror(errno));
	}
	pid_t child = fork();
	if (child < 0) {
		fail(err, FAULT_BUG, _("Không chạy được chương trình nền"));
		return because(err, "fork: %s", strerror(errno));
	}
	if (child > 0) {
		close(ends[1]);
		wait_for_child(child, ends[0]);
	}
	close(ends[0]);
	setsid();
	/* stderr stays until ready, so that the starter reads why it failed. */
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (nothing >= 0) {
		dup2(nothing, STDIN_FILENO);
		dup2(nothing, STDOUT_FILENO);
		close(nothing);
	}
	*ready = ends[1];
	return true;
}

void detach_ready(int ready)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (nothing >= 0) {
		dup2(nothing, STDERR_FILENO);
		close(nothing);
	}
	ssize_t told = write(ready, "r", 1);
	(void)told;
	close(ready);
}

pid_t detach_holder(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return 0;
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int asked = fcntl(fd, F_GETLK, &lock);
	close(fd);
	return asked == 0 && lock.l_type != F_UNLCK ? lock.l_pid : 0;
}

bool detach_lock(const char *path, pid_t *holder, struct error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) {
		fail(err, FAULT_BUG, _("Không tạo được tệp khoá %s"), path);
		return because(err, "open %s: %s", path, strerror(errno));
	}
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	if (fcntl(fd, F_SETLK, &lock) == 0)
		return true; /* fd stays open: closing any copy would drop the lock */
	lock.l_type = F_WRLCK;
	fcntl(fd, F_GETLK, &lock);
	close(fd);
	if (holder)
		*holder = lock.l_type != F_UNLCK ? lock.l_pid : 0;
	fail(err, FAULT_CONFLICT, _("Chương trình đã chạy rồi"));
	return because(err, "%s is held by process %d", path, (int)lock.l_pid);
}

bool detach_stop(const char *path, int wait_ms, struct error *err)
{
	pid_t holder = detach_holder(path);
	if (holder <= 0)
		return true;
	int fd = (int)syscall(SYS_pidfd_open, holder, 0);
	if (fd < 0 || kill(holder, SIGTERM) != 0) {
		int why = errno;
		if (fd >= 0)
			close(fd);
		if (why == ESRCH)
			return true;
		fail(err, FAULT_DENIED, _("Không dừng được chương trình đang chạy"));
		return because(err, "process %d: %s", (int)holder, strerror(why));
	}
	struct pollfd end = { .fd = fd, .events = POLLIN };
	int ended = poll(&end, 1, wait_ms);
	close(fd);
	if (ended == 1)
		return true;
	fail(err, FAULT_CONFLICT, _("Chương trình chưa dừng kịp, hãy thử lại sau"));
	return because(err, "process %d still runs after %d ms", (int)holder, wait_ms);
}
