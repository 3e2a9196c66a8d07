/* SPDX-License-Identifier: Apache-2.0
 *
 * /dev/usb/lpN, the kernel's printer class.  Where CUPS holds the same printer
 * the node is not there: one or the other. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/say.h"
#include "printers/talk.h"

#define LPGETSTATUS 0x060b /* linux/lp.h, which is not exported everywhere */
#define LP_NO_ERROR 0x08
#define LP_SELECTED 0x10
#define LP_NO_PAPER 0x20

static bool check(const char *address, struct error *err)
{
	if (strncmp(address, "/dev/", 5) == 0)
		return true;
	fail(err, FAULT_INPUT, _("Địa chỉ máy in không đúng: %s (cần dạng /dev/usb/lp0)."), address);
	return because(err, "usb printer address");
}

static bool refuse(struct error *err, const char *address, const char *sentence, const char *log)
{
	fail(err, FAULT_DEVICE, "%s", sentence);
	return because(err, "usb %s: %s", address, log);
}

static bool cannot_open(struct error *err, const char *address, int why)
{
	if (why == EACCES)
		return refuse(err, address,
		              _("Chưa được phép dùng máy in USB. Hãy báo người quản trị thêm vào nhóm lp."),
		              strerror(why));
	if (why == EBUSY)
		return refuse(err, address, _("Máy in USB đang bận. Hãy in lại sau ít giây."),
		              strerror(why));
	return refuse(err, address, _("Không thấy máy in USB. Hãy xem dây cắm và nguồn điện rồi in lại."),
	              strerror(why));
}

/* The three lines of the old parallel port; devices without them say nothing. */
static bool lines_good(int fd, const char *address, struct error *err)
{
	int status = 0;
	if (ioctl(fd, LPGETSTATUS, &status) < 0)
		return true;
	if (status & LP_NO_PAPER)
		return refuse(err, address, _("Máy in hết giấy. Hãy thay giấy rồi in lại."), "paper out");
	if (!(status & LP_SELECTED) || !(status & LP_NO_ERROR))
		return refuse(err, address, _("Máy in chưa sẵn sàng. Hãy xem nắp và đèn báo rồi in lại."),
		              "not selected or error");
	return true;
}

static void end(struct task *task)
{
	talk_stop(OWNER_OF(task, struct carriage, task));
}

static bool begin(struct loop *loop, struct scope *scope, const char *address,
                  struct carriage *c, void (*done)(struct carriage *, const struct error *),
                  struct error *err)
{
	if (!check(address, err))
		return false;
	int fd = open(address, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return cannot_open(err, address, errno);
	struct stat what;
	if (fstat(fd, &what) < 0 || !S_ISCHR(what.st_mode)) {
		close(fd);
		return cannot_open(err, address, ENODEV);
	}
	if (!lines_good(fd, address, err)) {
		close(fd);
		return false;
	}
	c->loop = loop;
	c->done = done;
	c->carrier = &carrier_usb;
	c->warning[0] = c->place[0] = '\0';
	snprintf(c->address, sizeof c->address, "%s", address);
	c->task.end = end;
	scope_add(scope, &c->task);
	talk_start(c, fd);
	return true;
}

const struct carrier carrier_usb = { "usb", true, false, check, begin };
