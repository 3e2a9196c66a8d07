/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/talk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/say.h"

enum step { ASKING, SENDING, ENDING, ASKING_AGAIN };

/* The end is asked for again so often before the clerk is told to look. */
#define PATIENCE 5

void talk_stop(struct carriage *c)
{
	if (c->fd >= 0) {
		loop_unwatch(c->loop, &c->watch);
		close(c->fd);
		c->fd = -1;
	}
	loop_cancel(c->loop, &c->timer);
	scope_remove(&c->task);
}

void talk_over(struct carriage *c, enum carried result, const struct error *err)
{
	talk_stop(c);
	c->result = err ? CARRIED_NOT : result;
	c->done(c, err);
}

static void warn(struct carriage *c, const char *sentence)
{
	snprintf(c->warning, sizeof c->warning, "%s", sentence);
}

static void failed(struct carriage *c, const char *sentence, const char *log)
{
	struct error err;
	fail(&err, FAULT_DEVICE, "%s", sentence);
	because(&err, "%s %s: %s", c->carrier->name, c->address, log);
	talk_over(c, CARRIED_NOT, &err);
}

static void unconfirmed(struct carriage *c)
{
	warn(c, _("Đã gửi đến máy in nhưng máy in không xác nhận: hãy xem tờ giấy đã ra đủ chưa."));
	talk_over(c, CARRIED_UNCONFIRMED, NULL);
}

/* A printer that hung up must not end the program by a signal. */
static ssize_t put_some(int fd, const void *bytes, size_t size)
{
	ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);
	return n < 0 && errno == ENOTSOCK ? write(fd, bytes, size) : n;
}

static bool put(struct carriage *c, const char *bytes, size_t size)
{
	return put_some(c->fd, bytes, size) == (ssize_t)size;
}

static void begin_sending(struct carriage *c)
{
	c->step = SENDING;
	c->watch.events = POLLOUT | POLLIN;
	loop_after(c->loop, &c->timer, TALK_STALL_MS);
}

static void begin_ending(struct carriage *c)
{
	if (!c->escpos) {
		unconfirmed(c);
		return;
	}
	c->step = ENDING;
	c->watch.events = POLLIN;
	c->ear.asked_end = true;
	if (!put(c, ESCPOS_END, ESCPOS_END_SIZE)) {
		unconfirmed(c);
		return;
	}
	loop_after(c->loop, &c->timer, c->two_way ? TALK_END_MS : TALK_ANSWER_MS);
}

static void send_piece(struct carriage *c)
{
	size_t left = c->size - c->sent;
	const char *at = (const char *)c->data + c->sent;
	ssize_t n = put_some(c->fd, at, left < TALK_PIECE ? left : TALK_PIECE);
	if (n < 0 && errno != EAGAIN && errno != EINTR) {
		failed(c, _("Máy in ngắt giữa chừng. Hãy xem máy in rồi in lại."), strerror(errno));
		return;
	}
	if (n > 0) {
		c->sent += (size_t)n;
		loop_after(c->loop, &c->timer, TALK_STALL_MS);
	}
	if (c->sent == c->size)
		begin_ending(c);
}

/* True while the conversation goes on. */
static bool check_state(struct carriage *c)
{
	struct error err;
	if (!escpos_ready(&c->ear, &err)) {
		talk_over(c, CARRIED_NOT, &err);
		return false;
	}
	return true;
}

static void listened(struct carriage *c)
{
	/* Late is not mute. */
	if (c->ear.answered)
		c->two_way = true;
	if (c->step == ASKING && c->ear.answered == 3) {
		if (check_state(c))
			begin_sending(c);
	} else if (c->ear.end) {
		if (c->ear.paper_near)
			warn(c, _("Máy in sắp hết giấy, hãy chuẩn bị giấy mới."));
		talk_over(c, CARRIED_DONE, NULL);
	} else if (c->step == ASKING_AGAIN && c->ear.answered == 3) {
		struct error err;
		/* All of it was sent: with new paper the printer goes on by itself.  Whether it came out is
		 * for somebody to see, or there would be two that say "original". */
		if (!escpos_ready(&c->ear, &err)) {
			snprintf(c->warning, sizeof c->warning, _("%s Giấy đã gửi cả sang máy: xem tờ giấy có ra đủ không."), err.say);
			talk_over(c, CARRIED_UNCONFIRMED, NULL);
			return;
		}
		c->step = ENDING;
		loop_after(c->loop, &c->timer, TALK_END_MS);
	}
}

/* Nothing more will be heard. */
static void deaf(struct carriage *c, const char *why)
{
	if (c->step == ASKING || c->step == SENDING)
		failed(c, _("Máy in ngắt kết nối. Hãy xem máy in rồi in lại."), why);
	else
		unconfirmed(c);
}

static void ready(struct watch *watch, short got)
{
	struct carriage *c = OWNER_OF(watch, struct carriage, watch);
	uint8_t bytes[256];
	if (got & (POLLIN | POLLHUP | POLLERR)) {
		ssize_t n = read(c->fd, bytes, sizeof bytes);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
			deaf(c, n == 0 ? "closed" : strerror(errno));
			return;
		}
		if (n > 0) {
			escpos_hear(&c->ear, bytes, (size_t)n);
			listened(c);
			return; /* it may be over */
		}
	}
	if ((got & POLLOUT) && c->step == SENDING)
		send_piece(c);
}

static void waited(struct timer *timer)
{
	struct carriage *c = OWNER_OF(timer, struct carriage, timer);
	switch (c->step) {
	case ASKING: /* one that never talks, or a clone that does not know how */
		begin_sending(c);
		break;
	case SENDING:
		failed(c, _("Máy in không nhận thêm dữ liệu. Hãy xem giấy và đèn báo rồi in lại."),
		       "stalled");
		break;
	default:
		if (!c->two_way || --c->patience <= 0) {
			unconfirmed(c);
			break;
		}
		c->step = ASKING_AGAIN;
		escpos_ask(&c->ear);
		if (put(c, ESCPOS_ASK, ESCPOS_ASK_SIZE))
			loop_after(c->loop, &c->timer, TALK_END_MS);
		else
			unconfirmed(c);
	}
}

void talk_start(struct carriage *c, int fd)
{
	c->fd = fd;
	c->sent = 0;
	c->two_way = false;
	c->patience = PATIENCE;
	c->ear = (struct escpos_ear){ 0 };
	c->watch = (struct watch){ .fd = fd, .events = POLLIN, .ready = ready };
	c->timer.fire = waited;
	loop_watch(c->loop, &c->watch);
	if (!c->escpos) {
		begin_sending(c);
		return;
	}
	c->step = ASKING;
	escpos_ask(&c->ear);
	if (put(c, ESCPOS_ASK, ESCPOS_ASK_SIZE))
		loop_after(c->loop, &c->timer, TALK_ANSWER_MS);
	else
		begin_sending(c);
}
