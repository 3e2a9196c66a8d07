/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/printers/fake_printer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

static void hang_up(struct fake_printer *p)
{
	if (p->line.fd < 0)
		return;
	loop_unwatch(p->loop, &p->line);
	close(p->line.fd);
	p->line.fd = -1;
}

static void answer(struct fake_printer *p, uint8_t byte)
{
	bool mute = p->mood == FAKE_SILENT || (p->mood == FAKE_MUTE && p->paper.size);
	if (!mute && write(p->line.fd, &byte, 1) != 1)
		hang_up(p);
}

/* How many bytes a question at the start of in takes; 0: not a question, -1: half of one. */
static int question(struct fake_printer *p)
{
	const uint8_t *in = (const uint8_t *)p->in.data;
	if (in[0] != 0x10 && in[0] != 0x1d)
		return 0;
	if (p->in.size < 3)
		return -1;
	if (in[0] == 0x10 && in[1] == 0x04) {
		int which = in[2] == 1 ? 0 : in[2] == 2 ? 1 : 2;
		p->asked++;
		answer(p, p->answers[which]);
		if (p->mood == FAKE_SLOW && p->paper.size && p->asked >= 9)
			answer(p, 0x00);
		return 3;
	}
	if (in[0] == 0x1d && in[1] == 'r') {
		if (p->mood == FAKE_RUNS_OUT)
			p->answers[2] = 0x72;
		else if (p->mood == FAKE_OPENED)
			p->answers[1] = 0x16;
		else if (p->mood == FAKE_DROPS)
			hang_up(p);
		else if (p->mood != FAKE_STUCK && p->mood != FAKE_SLOW)
			answer(p, 0x00);
		return 3;
	}
	return 0;
}

/* How many bytes of print data start in; -1: half of a head.  Whatever bytes a picture
 * (GS v 0) holds, they are no questions. */
static long print_data(struct fake_printer *p)
{
	const uint8_t *in = (const uint8_t *)p->in.data;
	if (in[0] != 0x1d || p->in.size < 2 || in[1] != 'v')
		return 1;
	if (p->in.size < 8)
		return -1;
	return 8 + (in[4] + 256L * in[5]) * (in[6] + 256L * in[7]);
}

/* Takes one question or some print data; false: more must come first. */
static bool take_some(struct fake_printer *p)
{
	int asked = p->coming ? 0 : question(p);
	long data = asked || p->coming ? p->coming : print_data(p);
	if (asked < 0 || data < 0)
		return false;
	p->coming = data;
	size_t size = asked ? (size_t)asked : p->in.size < (size_t)data ? p->in.size : (size_t)data;
	if (!asked) {
		bytes_add(&p->paper, p->in.data, size);
		p->coming -= (long)size;
	}
	bytes_shift(&p->in, size);
	return true;
}

static void heard(struct watch *watch, short got)
{
	struct fake_printer *p = OWNER_OF(watch, struct fake_printer, line);
	char piece[65536];
	(void)got;
	ssize_t n = read(watch->fd, piece, sizeof piece);
	if (n <= 0) {
		if (n == 0 || (errno != EAGAIN && errno != EINTR && errno != EIO))
			hang_up(p);
		return;
	}
	bytes_add(&p->in, piece, (size_t)n);
	while (p->in.size > 0 && p->line.fd >= 0)
		if (!take_some(p))
			return;
	if (p->mood == FAKE_DIES && p->paper.size)
		hang_up(p);
	if (p->mood == FAKE_STALLED && p->asked >= 3)
		p->line.events = 0;
}

static void listen_to(struct fake_printer *p, int fd)
{
	(void)fcntl(fd, F_SETFL, O_NONBLOCK);
	p->coming = 0;
	p->line = (struct watch){ .fd = fd, .events = POLLIN, .ready = heard };
	loop_watch(p->loop, &p->line);
}

static void knocked(struct watch *watch, short got)
{
	struct fake_printer *p = OWNER_OF(watch, struct fake_printer, door);
	(void)got;
	int fd = accept4(watch->fd, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	hang_up(p); /* one connection at a time */
	listen_to(p, fd);
}

static void prepare(struct fake_printer *p, struct loop *loop, enum fake_mood mood)
{
	*p = (struct fake_printer){ .mood = mood, .answers = { 0x12, 0x12, 0x12 }, .loop = loop };
	p->door.fd = p->line.fd = -1;
}

void fake_start(struct fake_printer *p, struct loop *loop, enum fake_mood mood)
{
	prepare(p, loop, mood);
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof at;
	int small = 4096;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (mood == FAKE_STALLED)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) < 0 || listen(fd, 4) < 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &size) < 0)
		abort();
	snprintf(p->address, sizeof p->address, "127.0.0.1:%d", ntohs(at.sin_port));
	p->door = (struct watch){ .fd = fd, .events = POLLIN, .ready = knocked };
	loop_watch(loop, &p->door);
}

void fake_start_device(struct fake_printer *p, struct loop *loop, enum fake_mood mood)
{
	struct termios raw;
	prepare(p, loop, mood);
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || grantpt(fd) < 0 || unlockpt(fd) < 0 ||
	    ptsname_r(fd, p->address, sizeof p->address) != 0 || tcgetattr(fd, &raw) < 0)
		abort();
	cfmakeraw(&raw);
	tcsetattr(fd, TCSANOW, &raw);
	/* Held open, so that the master hears no hang-up before the counter opens it. */
	p->door.fd = open(p->address, O_RDWR | O_NOCTTY | O_CLOEXEC);
	listen_to(p, fd);
}

void fake_stop(struct fake_printer *p)
{
	hang_up(p);
	if (p->door.fd >= 0) {
		loop_unwatch(p->loop, &p->door);
		close(p->door.fd);
	}
	bytes_free(&p->paper);
	bytes_free(&p->in);
}
