/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/thief.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/check.h"
#include "tests/support/pg.h"

extern struct test_pg pg;

static int make_socket(const char *folder, struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(address->sun_path, sizeof address->sun_path, "%s/.s.PGSQL.5432", folder);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	return fd;
}

static void hang_up(struct thief *thief)
{
	struct watch *const ends[] = { &thief->program, &thief->server };
	for (int i = 0; i < 2; i++) {
		loop_unwatch(thief->loop, ends[i]);
		if (ends[i]->fd >= 0)
			close(ends[i]->fd);
		ends[i]->fd = -1;
	}
}

static void carry(struct thief *thief, struct watch *from, struct watch *to)
{
	char block[65536];
	ssize_t n = read(from->fd, block, sizeof block);
	if (n > 0 && thief->steal && from == &thief->server) {
		thief->steal = false;
		thief->stolen++;
		n = 0;
	}
	if (n <= 0 || send(to->fd, block, (size_t)n, MSG_NOSIGNAL) != n)
		hang_up(thief);
}

static void on_program(struct watch *watch, short revents)
{
	(void)revents;
	struct thief *thief = OWNER_OF(watch, struct thief, program);
	carry(thief, watch, &thief->server);
}

static void on_server(struct watch *watch, short revents)
{
	(void)revents;
	struct thief *thief = OWNER_OF(watch, struct thief, server);
	carry(thief, watch, &thief->program);
}

static void on_door(struct watch *watch, short revents)
{
	(void)revents;
	struct thief *thief = OWNER_OF(watch, struct thief, door);
	struct sockaddr_un address;
	hang_up(thief);
	thief->program = (struct watch){ accept(watch->fd, NULL, NULL), POLLIN, on_program, NULL };
	thief->server = (struct watch){ make_socket(pg.folder, &address), POLLIN, on_server, NULL };
	assert_true(thief->program.fd >= 0);
	assert_int_equal(connect(thief->server.fd, (struct sockaddr *)&address, sizeof address), 0);
	loop_watch(thief->loop, &thief->program);
	loop_watch(thief->loop, &thief->server);
}

void thief_open(struct thief *thief, struct loop *loop)
{
	struct sockaddr_un address;
	*thief = (struct thief){ .folder = "/tmp/mcthief.XXXXXX", .loop = loop };
	thief->program.fd = thief->server.fd = -1;
	assert_non_null(mkdtemp(thief->folder));
	thief->door = (struct watch){ make_socket(thief->folder, &address), POLLIN, on_door, NULL };
	assert_int_equal(bind(thief->door.fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(thief->door.fd, 4), 0);
	loop_watch(loop, &thief->door);
}

void thief_close(struct thief *thief)
{
	char path[64];
	hang_up(thief);
	loop_unwatch(thief->loop, &thief->door);
	close(thief->door.fd);
	snprintf(path, sizeof path, "%s/.s.PGSQL.5432", thief->folder);
	unlink(path);
	rmdir(thief->folder);
}
