/* SPDX-License-Identifier: Apache-2.0
 *
 * Raw port 9100.  The connection is short: most printers take one at a time. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/say.h"
#include "printers/talk.h"

/* "10.0.0.5", "10.0.0.5:9100", "[fd00::5]:9100".  Numbers only: asking a name
 * server blocks. */
static struct addrinfo *resolve(const char *address)
{
	char host[256];
	const char *port = "9100", *colon;
	if (snprintf(host, sizeof host, "%s", address) >= (int)sizeof host)
		return NULL;
	char *name = host;
	char *end = host[0] == '[' ? strchr(host, ']') : NULL;
	if (end) {
		*end++ = '\0';
		name++;
		colon = *end == ':' ? end : NULL;
		if (*end && !colon)
			return NULL;
	} else {
		colon = strchr(host, ':');
	}
	if (colon) {
		port = colon + 1;
		host[colon - host] = '\0';
	}
	char *rest;
	long number = strtol(port, &rest, 10);
	if (*rest || number < 1 || number > 65535)
		return NULL;
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
				  .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
	struct addrinfo *out = NULL;
	return getaddrinfo(name, port, &hints, &out) == 0 ? out : NULL;
}

const char *carrier_tcp_address(struct arena *arena, const char *address)
{
	char host[INET6_ADDRSTRLEN], port[8];
	struct addrinfo *found = resolve(address);
	bool good = found && getnameinfo(found->ai_addr, found->ai_addrlen, host, sizeof host, port,
	                                 sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) == 0;
	bool six = good && found->ai_family == AF_INET6;
	if (found)
		freeaddrinfo(found);
	return good ? arena_format(arena, six ? "[%s]:%s" : "%s:%s", host, port) : address;
}

static bool check(const char *address, struct error *err)
{
	struct addrinfo *found = resolve(address);
	if (!found) {
		fail(err, FAULT_INPUT, _("Địa chỉ máy in không đúng: %s (cần dạng 192.168.1.50:9100)."),
		     address);
		return because(err, "tcp printer address");
	}
	freeaddrinfo(found);
	return true;
}

static void no_answer(struct carriage *c, const char *why)
{
	struct error err;
	fail(&err, FAULT_DEVICE, _("Máy in %s không trả lời. Hãy xem máy in đã bật và cắm mạng chưa."),
	     c->address);
	because(&err, "tcp %s: %s", c->address, why);
	talk_over(c, CARRIED_NOT, &err);
}

static void connected(struct watch *watch, short got)
{
	struct carriage *c = OWNER_OF(watch, struct carriage, watch);
	int why = 0;
	socklen_t size = sizeof why;
	(void)got;
	if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &why, &size) < 0)
		why = errno;
	if (why) {
		no_answer(c, strerror(why));
		return;
	}
	loop_unwatch(c->loop, &c->watch);
	loop_cancel(c->loop, &c->timer);
	talk_start(c, c->fd);
}

static void too_slow(struct timer *timer)
{
	no_answer(OWNER_OF(timer, struct carriage, timer), "no connection in time");
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
	struct addrinfo *to = resolve(address);
	int fd = socket(to->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int failed = fd < 0 ? errno : 0;
	if (fd >= 0 && connect(fd, to->ai_addr, to->ai_addrlen) < 0 && errno != EINPROGRESS)
		failed = errno;
	freeaddrinfo(to);
	c->loop = loop;
	c->done = done;
	c->carrier = &carrier_tcp;
	c->warning[0] = c->place[0] = '\0';
	snprintf(c->address, sizeof c->address, "%s", address);
	if (failed) {
		if (fd >= 0)
			close(fd);
		fail(err, FAULT_DEVICE, _("Máy in %s không trả lời. Hãy xem máy in đã bật và cắm mạng chưa."),
		     address);
		return because(err, "tcp %s: %s", address, strerror(failed));
	}
	c->fd = fd;
	c->watch = (struct watch){ .fd = fd, .events = POLLOUT, .ready = connected };
	c->timer.fire = too_slow;
	c->task.end = end;
	scope_add(scope, &c->task);
	loop_watch(loop, &c->watch);
	loop_after(loop, &c->timer, TALK_CONNECT_MS);
	return true;
}

const struct carrier carrier_tcp = { "tcp", true, false, check, begin };
