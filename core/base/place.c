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
	int code;          /* 0, or errno; EINPROGRESS: about to give the name */
	char where[512];
};

/* What the child is to do. */
struct order {
	int pipe, fd;
	const char *folder, *name, *ending;
	const void *data;
	size_t size;
	bool must_exist;
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

static int put(int to, const char *data, size_t size)
{
	for (ssize_t some; size > 0; data += some, size -= (size_t)some) {
		some = write(to, data, size);
		if (some < 0)
			return errno;
	}
	return 0;
}

static int copy(const struct order *order, int to)
{
	char buffer[65536];
	off_t at = 0;
	ssize_t n = 0;
	int code = order->fd < 0 ? put(to, order->data, order->size) : 0;
	while (order->fd >= 0 && !code && (n = pread(order->fd, buffer, sizeof buffer, at)) > 0) {
		at += n;
		code = put(to, buffer, (size_t)n);
	}
	return code ? code : n < 0 ? errno : fsync(to) < 0 ? errno : 0;
}

/* Where neither renaming without replacing nor links are known: whoever makes the name
 * has it, and the file takes the place of its own empty one. */
static int take_name(const char *from, const char *to)
{
	int own = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (own < 0)
		return errno;
	close(own);
	if (rename(from, to) == 0)
		return 0;
	int code = errno;
	(void)unlink(to);
	return code;
}

/* Takes the name unless somebody has it: EEXIST.  Sticks know no links, shares no
 * renaming without replacing. */
static int give_name(const char *from, const char *to)
{
	if (syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1 /* RENAME_NOREPLACE */) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
		return errno;
	if (link(from, to) < 0)
		return errno == EEXIST ? EEXIST : take_name(from, to);
	(void)unlink(from);
	return 0;
}

static bool has_room(const struct order *order)
{
	struct statvfs disk;
	struct stat info = { .st_size = (off_t)order->size };
	if (statvfs(order->folder, &disk) < 0 || (order->fd >= 0 && fstat(order->fd, &info) < 0))
		return true; /* the writing tells */
	return (uint64_t)disk.f_bavail * disk.f_frsize > (uint64_t)info.st_size + 65536;
}

/* What was named is there after a power cut, too, where the folder's kind knows how. */
static void keep_names(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
}

static int name_it(const struct order *order, const char *beside, struct verdict *verdict)
{
	struct verdict now = { .code = EINPROGRESS };
	int code = EEXIST;
	(void)!write(order->pipe, &now, sizeof now);
	for (int i = 1; code == EEXIST && i <= NAMES_MOST; i++) {
		size_t room = sizeof verdict->where;
		int n = i == 1 ? snprintf(verdict->where, room, "%s/%s.%s", order->folder, order->name, order->ending)
		               : snprintf(verdict->where, room, "%s/%s-%d.%s", order->folder, order->name, i, order->ending);
		code = n < 0 || (size_t)n >= room ? ENAMETOOLONG : give_name(beside, verdict->where);
	}
	return code;
}

static int place(const struct order *order, struct verdict *verdict)
{
	char beside[600];
	struct stat info;
	if (!order->must_exist && mkdir(order->folder, 0700) < 0 && errno != EEXIST)
		return errno;
	if (stat(order->folder, &info) < 0)
		return errno;
	if (!S_ISDIR(info.st_mode))
		return ENOTDIR;
	if (!order->name)
		return access(order->folder, W_OK | X_OK) < 0 ? errno : 0;
	if (!has_room(order))
		return ENOSPC;
	snprintf(beside, sizeof beside, "%s/.%s.%d.part", order->folder, order->name, (int)getpid());
	int out = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (out < 0)
		return errno == EEXIST ? EIO : errno;
	int code = copy(order, out);
	close(out);
	code = code ? code : name_it(order, beside, verdict);
	if (code)
		(void)unlink(beside);
	else
		keep_names(order->folder);
	return code;
}

/* One that hangs must hold nothing of the counter's: no line to the database, no lock. */
static void keep_only(int one, int other)
{
	unsigned low = (unsigned)(one < other ? one : other), high = (unsigned)(one < other ? other : one);
	if (one < 0 || other < 0)
		low = high;
	if (low > 3)
		(void)close_range(3, low - 1, 0);
	if (high > low + 1)
		(void)close_range(low + 1, high - 1, 0);
	(void)close_range(high + 1, ~0u, 0);
}

__attribute__((noreturn)) static void work(const struct order *order)
{
	struct verdict verdict = { 0 };
	keep_only(order->pipe, order->fd);
	verdict.code = place(order, &verdict);
	_exit(write(order->pipe, &verdict, sizeof verdict) == (ssize_t)sizeof verdict ? 0 : 1);
}

/* ---- the loop's side ---- */

/* Children that had not quite ended; one that hangs in the kernel is init's in the end. */
static pid_t leaving[32];

static void reap_those_gone(pid_t also)
{
	for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++) {
		if (leaving[i] && waitpid(leaving[i], NULL, WNOHANG) != 0)
			leaving[i] = 0;
		if (also && !leaving[i]) {
			leaving[i] = waitpid(also, NULL, WNOHANG) == 0 ? also : 0;
			also = 0;
		}
	}
}

static void end_child(struct placing *placing)
{
	if (!placing->pid)
		return;
	(void)kill(placing->pid, SIGKILL);
	reap_those_gone(placing->pid);
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
	placing->code = code;
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
	if (whole && verdict.code == EINPROGRESS) {
		placing->naming = true;
		return;
	}
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
	placing->code = 0;
	placing->naming = false;
	if (strlen(folder) >= sizeof placing->folder)
		return fail(err, FAULT_INPUT, _("Đường dẫn thư mục quá dài."));
	reap_those_gone(0);
	pid_t pid = pipe2(ends, O_CLOEXEC) < 0 ? -1 : fork();
	if (pid == 0)
		work(&(struct order){ ends[1], fd, folder, name, ending, placing->data, placing->size, placing->must_exist });
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
	loop_after(loop, &placing->timer, placing->patience_ms ? placing->patience_ms : PATIENCE_MS);
	placing->task = (struct task){ .end = on_scope_end };
	scope_add(scope, &placing->task);
	return true;
}
