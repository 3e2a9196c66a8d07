/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/place.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/say.h"

enum { PATIENCE_MS = 120000, NAMES_MOST = 9999 };

/* What the child says through its pipe, whole (shorter than PIPE_BUF). */
struct verdict {
	int code;          /* 0, or errno */
	char where[512];
};

char *place_name(const char *text, char *out, size_t room)
{
	size_t used = 0;
	for (const char *p = text; *p && used + 1 < room; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
		             *p == '.' || *p == '-' || *p == '_';
		if (plain && !(used == 0 && *p == '.'))
			out[used++] = *p;
		else if (used > 0 && out[used - 1] != '-')
			out[used++] = '-';
	}
	out[used] = '\0';
	if (used == 0)
		snprintf(out, room, "tep");
	return out;
}

/* ---- the child ---- */

static int copy(int from, int to)
{
	char buffer[65536];
	off_t at = 0;
	ssize_t n;
	while ((n = pread(from, buffer, sizeof buffer, at)) > 0) {
		at += n;
		for (ssize_t done = 0, some; done < n; done += some) {
			some = write(to, buffer + done, (size_t)(n - done));
			if (some < 0)
				return errno;
		}
	}
	return n < 0 ? errno : fsync(to) < 0 ? errno : 0;
}

/* Takes the name unless somebody has it: EEXIST.  Sticks know no links, shares no
 * renaming without replacing. */
static int give_name(const char *from, const char *to)
{
	if (syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1 /* RENAME_NOREPLACE */) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	if (link(from, to) < 0)
		return errno;
	(void)unlink(from);
	return 0;
}

static bool has_room(const char *folder, int fd)
{
	struct statvfs disk;
	struct stat info;
	if (statvfs(folder, &disk) < 0 || fstat(fd, &info) < 0)
		return true; /* the writing tells */
	return (uint64_t)disk.f_bavail * disk.f_frsize > (uint64_t)info.st_size + 65536;
}

static int place(int fd, const char *folder, const char *name, const char *ending, char *where, size_t room)
{
	char beside[600];
	int code = EEXIST;
	if (mkdir(folder, 0700) < 0 && errno != EEXIST)
		return errno;
	if (!has_room(folder, fd))
		return ENOSPC;
	snprintf(beside, sizeof beside, "%s/.%s.%d.part", folder, name, (int)getpid());
	int out = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (out < 0)
		return errno;
	int bad = copy(fd, out);
	close(out);
	for (int i = 1; !bad && code == EEXIST && i <= NAMES_MOST; i++) {
		int n = i == 1 ? snprintf(where, room, "%s/%s.%s", folder, name, ending)
		               : snprintf(where, room, "%s/%s-%d.%s", folder, name, i, ending);
		code = n < 0 || (size_t)n >= room ? ENAMETOOLONG : give_name(beside, where);
	}
	code = bad ? bad : code;
	if (code)
		(void)unlink(beside);
	return code;
}

__attribute__((noreturn)) static void work(int pipe, int fd, const char *folder, const char *name, const char *ending)
{
	struct verdict verdict = { 0 };
	verdict.code = place(fd, folder, name, ending, verdict.where, sizeof verdict.where);
	_exit(write(pipe, &verdict, sizeof verdict) == (ssize_t)sizeof verdict ? 0 : 1);
}

/* ---- the loop's side ---- */

static void end_child(struct placing *placing)
{
	if (!placing->pid)
		return;
	(void)kill(placing->pid, SIGKILL);
	/* One that hangs in the kernel is not waited for: init inherits it. */
	(void)waitpid(placing->pid, NULL, WNOHANG);
	placing->pid = 0;
	loop_unwatch(placing->loop, &placing->watch);
	loop_cancel(placing->loop, &placing->timer);
	close(placing->pipe);
	scope_remove(&placing->task);
}

static void explain(const struct placing *placing, int code, struct error *err)
{
	const char *folder = placing->folder;
	switch (code) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG: fail(err, FAULT_DEVICE, _("Ổ đĩa của %s không đủ chỗ: chọn thư mục khác, hoặc dọn bớt."), folder); break;
	case EACCES:
	case EPERM: fail(err, FAULT_DEVICE, _("Máy không có quyền ghi vào %s: chọn thư mục khác."), folder); break;
	case EROFS: fail(err, FAULT_DEVICE, _("%s chỉ cho đọc: chọn thư mục khác."), folder); break;
	case ENOENT:
	case ENOTDIR: fail(err, FAULT_DEVICE, _("Không có thư mục %s: xem lại đường dẫn."), folder); break;
	case ETIMEDOUT: fail(err, FAULT_DEVICE, _("Thư mục %s không trả lời: chọn thư mục khác."), folder); break;
	default: fail(err, FAULT_DEVICE, _("Không ghi được vào %s: chọn thư mục khác."), folder); break;
	}
	because(err, "placing a file in %s: %s", folder, strerror(code));
}

static void finish(struct placing *placing, int code)
{
	struct error err = { 0 };
	end_child(placing);
	if (code)
		explain(placing, code, &err);
	placing->done(placing, code ? &err : NULL);
}

static void on_verdict(struct watch *watch, short revents)
{
	struct placing *placing = OWNER_OF(watch, struct placing, watch);
	struct verdict verdict = { 0 };
	(void)revents;
	bool whole = read(placing->pipe, &verdict, sizeof verdict) == (ssize_t)sizeof verdict;
	if (whole)
		snprintf(placing->where, sizeof placing->where, "%s", verdict.where);
	finish(placing, whole ? verdict.code : EIO);
}

static void on_late(struct timer *timer)
{
	finish(OWNER_OF(timer, struct placing, timer), ETIMEDOUT);
}

static void on_scope_end(struct task *task)
{
	end_child(OWNER_OF(task, struct placing, task));
}

bool place_start(struct loop *loop, struct scope *scope, struct placing *placing, int fd, const char *folder,
                 const char *name, const char *ending, struct error *err)
{
	int ends[2];
	snprintf(placing->folder, sizeof placing->folder, "%s", folder);
	placing->where[0] = '\0';
	if (strlen(folder) >= sizeof placing->folder)
		return fail(err, FAULT_INPUT, _("Đường dẫn thư mục quá dài."));
	pid_t pid = pipe2(ends, O_CLOEXEC) < 0 ? -1 : fork();
	if (pid == 0)
		work(ends[1], fd, folder, name, ending);
	if (pid < 0) {
		fail(err, FAULT_BUG, _("Không ghi được vào %s: chọn thư mục khác."), folder);
		return because(err, "fork: %s", strerror(errno));
	}
	close(ends[1]);
	placing->loop = loop;
	placing->pid = pid;
	placing->pipe = ends[0];
	placing->watch = (struct watch){ .fd = ends[0], .events = POLLIN, .ready = on_verdict };
	loop_watch(loop, &placing->watch);
	placing->timer = (struct timer){ .fire = on_late };
	loop_after(loop, &placing->timer, PATIENCE_MS);
	placing->task = (struct task){ .end = on_scope_end };
	scope_add(scope, &placing->task);
	return true;
}
