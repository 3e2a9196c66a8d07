/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/serial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/base/text.h"

#define LOOK_MS  3000 /* between looks for a device that is away   */
#define STALL_MS 300  /* silence after which a code without CR ends */
#define CODE_MOST 4096

static void shut(struct serial *serial)
{
	if (!serial->open)
		return;
	loop_unwatch(serial->loop, &serial->watch);
	close(serial->watch.fd);
	serial->open = false;
	bytes_clear(&serial->text);
	loop_cancel(serial->loop, &serial->stall);
}

/* One whole code: printable UTF-8 as it came, marked exact. */
static void give(struct serial *serial)
{
	struct arena arena = { 0 };
	struct bytes text = serial->text;
	const char *taken;
	serial->text = (struct bytes){ 0 };
	loop_cancel(serial->loop, &serial->stall);
	/* A wedge's prefix may be left on: STX is a control and drops out. */
	if (text.size && text_take(&arena, text.data, text.size, &taken, NULL) && *taken) {
		struct event event = { .kind = EVENT_SCAN, .text = taken,
			               .size = strlen(taken), .exact = true };
		serial->give(serial, &event);
	}
	arena_free(&arena);
	bytes_free(&text);
}

static void stalled(struct timer *timer)
{
	give(OWNER_OF(timer, struct serial, stall));
}

static void take(struct serial *serial, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\r' || bytes[i] == '\n')
			give(serial);
		else if (serial->text.size < CODE_MOST)
			bytes_byte(&serial->text, (uint8_t)bytes[i]);
		if (!serial->open)
			return; /* the taker has closed us */
	}
	if (serial->text.size)
		loop_after(serial->loop, &serial->stall, STALL_MS);
}

static void ready(struct watch *watch, short revents)
{
	struct serial *serial = OWNER_OF(watch, struct serial, watch);
	char bytes[512];
	ssize_t n = read(watch->fd, bytes, sizeof bytes);
	if (n > 0) {
		take(serial, bytes, (size_t)n);
		return;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR) && !(revents & (POLLHUP | POLLERR)))
		return;
	shut(serial);
	loop_after(serial->loop, &serial->again, LOOK_MS);
}

static bool open_device(struct serial *serial, struct error *err)
{
	int fd = open(serial->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	struct termios modes;
	bool tty = fd >= 0 && tcgetattr(fd, &modes) == 0;
	if (tty) {
		cfmakeraw(&modes);
		modes.c_cflag |= CLOCAL | CREAD;
		modes.c_cc[VMIN] = 1;
		modes.c_cc[VTIME] = 0;
		cfsetspeed(&modes, B115200);
		tty = tcsetattr(fd, TCSANOW, &modes) == 0 && ioctl(fd, TIOCEXCL) == 0;
	}
	if (!tty) {
		fail(err, FAULT_DEVICE, _("Chưa thấy máy quét mã ở %s; cắm vào là dùng được."),
		     serial->path);
		because(err, "%s: %s", serial->path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	serial->watch = (struct watch){ .fd = fd, .events = POLLIN, .ready = ready };
	serial->open = true;
	loop_watch(serial->loop, &serial->watch);
	return true;
}

static void look_again(struct timer *timer)
{
	struct serial *serial = OWNER_OF(timer, struct serial, again);
	if (!open_device(serial, NULL))
		loop_after(serial->loop, &serial->again, LOOK_MS);
}

bool serial_start(struct serial *serial, struct loop *loop, const char *path,
                  void (*give_event)(struct serial *, const struct event *), void *owner,
                  struct error *err)
{
	*serial = (struct serial){ .loop = loop, .give = give_event, .owner = owner };
	serial->again.fire = look_again;
	serial->stall.fire = stalled;
	int n = snprintf(serial->path, sizeof serial->path, "%s", path);
	if (n >= (int)sizeof serial->path)
		return fail(err, FAULT_INPUT, _("Tên cổng máy quét dài quá."));
	if (open_device(serial, err))
		return true;
	loop_after(loop, &serial->again, LOOK_MS);
	return false;
}

void serial_stop(struct serial *serial)
{
	if (!serial->loop)
		return;
	shut(serial);
	loop_cancel(serial->loop, &serial->again);
	bytes_free(&serial->text);
}
