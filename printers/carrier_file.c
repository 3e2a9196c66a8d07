/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder: for offices whose printer watches one, for practice and for tests. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "printers/carrier.h"

#define COPIES_MOST 9999

static bool check(const char *address, struct error *err)
{
	if (address[0] == '/' && strlen(address) < sizeof((struct carriage *)0)->address)
		return true;
	fail(err, FAULT_INPUT, _("Thư mục in không đúng: %s (cần đường dẫn đầy đủ)."), address);
	return because(err, "file printer address");
}

/* Foreign characters never reach a file name. */
static void tidy(const char *title, char *out, size_t room)
{
	size_t used = 0;
	for (const char *p = title; *p && used + 1 < room; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
		             (*p >= '0' && *p <= '9') || *p == '.' || *p == '-' || *p == '_';
		if (plain && !(used == 0 && *p == '.'))
			out[used++] = *p;
		else if (used > 0 && out[used - 1] != '-')
			out[used++] = '-';
	}
	out[used] = '\0';
	if (used == 0)
		snprintf(out, room, "giay");
}

/* An earlier print is never overwritten. */
static bool choose_name(struct carriage *c, char *path, size_t room)
{
	char name[80];
	tidy(c->title ? c->title : "", name, sizeof name);
	const char *ending = c->ending ? c->ending : "bin";
	for (int copy = 1; copy <= COPIES_MOST; copy++) {
		int n = copy == 1
			? snprintf(path, room, "%s/%s.%s", c->address, name, ending)
			: snprintf(path, room, "%s/%s-%d.%s", c->address, name, copy, ending);
		if (n < 0 || (size_t)n >= room)
			return false;
		if (access(path, F_OK) < 0)
			return errno == ENOENT;
	}
	return false;
}

static void write_now(struct timer *timer)
{
	struct carriage *c = OWNER_OF(timer, struct carriage, timer);
	struct error err;
	char path[sizeof c->place];
	struct stat folder;
	scope_remove(&c->task);
	c->result = CARRIED_NOT;
	bool ok = stat(c->address, &folder) == 0 && S_ISDIR(folder.st_mode);
	if (!ok) {
		fail(&err, FAULT_DEVICE, _("Không thấy thư mục in %s. Hãy báo người quản trị."), c->address);
		because(&err, "file %s: not a folder", c->address);
	} else if (c->look) {
		ok = access(c->address, W_OK | X_OK) == 0;
		if (!ok) {
			fail(&err, FAULT_DEVICE, _("Không ghi được vào thư mục in %s. Hãy báo người quản trị."), c->address);
			because(&err, "file %s: %s", c->address, strerror(errno));
		}
	} else if (!choose_name(c, path, sizeof path)) {
		ok = fail(&err, FAULT_DEVICE, _("Thư mục in %s không còn chỗ cho tên tệp mới."), c->address);
		because(&err, "file %s: no free name", c->address);
	} else {
		ok = path_write(path, c->data, c->size, 0600, &err);
	}
	if (ok)
		c->result = CARRIED_DONE;
	if (ok && !c->look)
		snprintf(c->place, sizeof c->place, "%s", path);
	c->done(c, ok ? NULL : &err);
}

static void end(struct task *task)
{
	struct carriage *c = OWNER_OF(task, struct carriage, task);
	loop_cancel(c->loop, &c->timer);
}

static bool begin(struct loop *loop, struct scope *scope, const char *address,
                  struct carriage *c, void (*done)(struct carriage *, const struct error *),
                  struct error *err)
{
	if (!check(address, err))
		return false;
	c->loop = loop;
	c->done = done;
	c->carrier = &carrier_file;
	c->warning[0] = c->place[0] = '\0';
	snprintf(c->address, sizeof c->address, "%s", address);
	c->timer.fire = write_now;
	c->task.end = end;
	scope_add(scope, &c->task);
	loop_after(loop, &c->timer, 1);
	return true;
}

const struct carrier carrier_file = { "file", false, false, check, begin };
