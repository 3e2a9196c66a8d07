/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/cluster.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/say.h"
#include "core/store/cluster_private.h"

#define SERVERS "/usr/lib/postgresql"

/* The newest one installed. */
static int newest(struct arena *arena)
{
	int best = 0;
	DIR *folder = opendir(SERVERS);
	if (!folder)
		return 0;
	for (struct dirent *entry; (entry = readdir(folder));) {
		int major = atoi(entry->d_name);
		const char *initdb = arena_format(arena, SERVERS "/%d/bin/initdb", major);
		if (major > best && access(initdb, X_OK) == 0)
			best = major;
	}
	closedir(folder);
	return best;
}

static int data_major(const struct cluster *cluster)
{
	struct arena arena = { 0 };
	char *text = NULL;
	int major = 0;
	if (path_read(&arena, path_join(&arena, cluster->data, "PG_VERSION"), &text, NULL, NULL))
		major = atoi(text);
	arena_free(&arena);
	return major;
}

static void use_server(struct cluster *cluster, struct arena *arena, int major)
{
	cluster->major = major;
	cluster->bin = arena_format(arena, SERVERS "/%d/bin", major);
}

bool cluster_find(struct cluster *cluster, const struct paths *paths, struct arena *arena,
                  struct error *err)
{
	int major = newest(arena);
	if (!major) {
		fail(err, FAULT_DEVICE, "%s",
		     _("Máy này chưa có máy chủ PostgreSQL. Cài gói postgresql rồi mở lại."));
		return because(err, "no initdb under " SERVERS);
	}
	*cluster = (struct cluster){ .data = path_join(arena, paths->data, "cluster"),
		.socket = paths->run,
		.lock = path_join(arena, paths->data, "cluster.lock"),
		.log = path_join(arena, paths->data, "cluster.log"),
		.account = geteuid() == 0 ? "motcua" : NULL };
	use_server(cluster, arena, major);
	/* Data of an older version, whose server is still installed, stay with it. */
	int have = data_major(cluster);
	const char *theirs = arena_format(arena, SERVERS "/%d/bin/postgres", have);
	if (have && have != major && access(theirs, X_OK) == 0)
		use_server(cluster, arena, have);
	cluster->server = arena_format(arena, "host=%s port=" CLUSTER_PORT " dbname=" CLUSTER_DATABASE,
	                               cluster->socket);
	struct sockaddr_un address;
	if (strlen(cluster->socket) + sizeof "/.s.PGSQL." CLUSTER_PORT ".lock" >
	    sizeof address.sun_path) {
		fail(err, FAULT_INPUT, _("Đường dẫn thư mục %s quá dài cho ổ cắm của PostgreSQL."),
		     cluster->socket);
		return because(err, "socket path over 107 bytes");
	}
	return true;
}

enum cluster_data cluster_look(const struct cluster *cluster, struct error *err)
{
	int have = data_major(cluster);
	if (have == cluster->major)
		return CLUSTER_OURS;
	if (have) {
		fail(err, FAULT_DEVICE,
		     _("Dữ liệu thuộc PostgreSQL %d, máy này có PostgreSQL %d. Cài gói postgresql-%d, "
		       "hoặc nâng dữ liệu bằng pg_upgrade. Không tạo cơ sở dữ liệu mới đè lên."),
		     have, cluster->major, have);
		because(err, "data of major %d, server of major %d", have, cluster->major);
		return CLUSTER_BAD;
	}
	if (access(cluster->data, F_OK) != 0 && errno == ENOENT)
		return CLUSTER_NONE;
	if (rmdir(cluster->data) == 0) /* empty: nobody's */
		return CLUSTER_NONE;
	fail(err, FAULT_DEVICE,
	     _("Thư mục %s có tệp nhưng không phải cơ sở dữ liệu. Kiểm tra rồi dời đi chỗ khác."),
	     cluster->data);
	because(err, "%s: no PG_VERSION, not empty", cluster->data);
	return CLUSTER_BAD;
}

static bool alive(const struct cluster *cluster)
{
	struct arena arena = { 0 };
	char *text = NULL;
	pid_t pid = 0;
	if (path_read(&arena, path_join(&arena, cluster->data, "postmaster.pid"), &text, NULL, NULL))
		pid = (pid_t)atol(text);
	arena_free(&arena);
	return pid > 1 && (kill(pid, 0) == 0 || errno == EPERM);
}

bool cluster_running(const struct cluster *cluster)
{
	if (!alive(cluster))
		return false;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL." CLUSTER_PORT,
	         cluster->socket);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* EAGAIN: the queue is full, so somebody listens. */
	bool answers = fd >= 0 && (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ||
	                           errno == EAGAIN);
	if (fd >= 0)
		close(fd);
	return answers;
}
