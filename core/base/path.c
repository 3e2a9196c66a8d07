/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/say.h"

const char *path_join(struct arena *arena, const char *folder, const char *name)
{
	return arena_format(arena, "%s/%s", folder, name);
}

bool path_make(const char *folder, int mode, struct error *err)
{
	char part[PATH_MAX];
	size_t n = strlen(folder);
	if (n == 0 || n >= sizeof part)
		return fail(err, FAULT_INPUT, _("Đường dẫn quá dài: %.80s…"), folder);
	memcpy(part, folder, n + 1);
	for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(part, 0755); /* the last mkdir tells */
		*slash = '/';
	}
	if (mkdir(part, (mode_t)mode) == 0 || errno == EEXIST)
		return true;
	fail(err, FAULT_DEVICE, _("Không tạo được thư mục %s."), folder);
	return because(err, "mkdir %s: %s", folder, strerror(errno));
}

bool path_own(const char *folder, struct error *err)
{
	struct stat info = { 0 };
	if (lstat(folder, &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid() &&
	    ((info.st_mode & 077) == 0 || chmod(folder, 0700) == 0))
		return true;
	fail(err, FAULT_DENIED,
	     _("Thư mục %s do người khác tạo, không dùng được: ở đó họ nghe được mật khẩu. Báo người "
	       "quản trị xoá nó."), folder);
	return because(err, "%s: owner %d, mode %o", folder, (int)info.st_uid,
	               (unsigned)info.st_mode);
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

/* A folder of the user's: $XDG… or a fallback under the home folder. */
static const char *user_folder(struct arena *arena, const char *variable, const char *below_home)
{
	const char *set = environment(variable);
	if (set)
		return path_join(arena, set, "motcua");
	const char *home = environment("HOME");
	return arena_format(arena, "%s/%s/motcua", home ? home : "/tmp", below_home);
}

static const char *run_folder(struct arena *arena)
{
	const char *set = environment("XDG_RUNTIME_DIR");
	struct stat info;
	if (set && strlen(set) < 60 && stat(set, &info) == 0)
		return path_join(arena, set, "motcua");
	return arena_format(arena, "/tmp/motcua-%d", (int)getuid());
}

static void find_private(struct paths *paths, struct arena *arena)
{
	const char *home = environment("MOTCUA_HOME");
	if (home) {
		paths->data = path_join(arena, home, "data");
		paths->run = path_join(arena, home, "run");
		paths->config = path_join(arena, home, "motcua.ini");
	} else if (getuid() == 0) {
		paths->data = "/var/lib/motcua";
		paths->run = "/run/motcua";
		paths->config = "/etc/motcua/motcua.ini";
	} else {
		paths->data = user_folder(arena, "XDG_DATA_HOME", ".local/share");
		paths->run = run_folder(arena);
		paths->config = path_join(
			arena, user_folder(arena, "XDG_CONFIG_HOME", ".config"), "motcua.ini");
	}
}

/* In a build tree the program stands in BUILD/bin and the share files in the
 * source; an installed one finds both under its prefix. */
void paths_shared(struct paths *paths, struct arena *arena)
{
	char program[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
	program[n < 0 ? 0 : n] = '\0';
	char *slash = strrchr(program, '/');
	if (slash)
		*slash = '\0';
	const char *share = environment("MOTCUA_SHARE"), *libexec = environment("MOTCUA_LIBEXEC");
	size_t prefix = strlen(MOTCUA_PREFIX);
	bool installed = strncmp(program, MOTCUA_PREFIX "/", prefix + 1) == 0 &&
	                 strcmp(program + prefix, "/bin") == 0;
	if (!installed)
		installed = strncmp(program, MOTCUA_PREFIX "/libexec", prefix + 8) == 0;
	paths->share = share ? share : installed ? MOTCUA_PREFIX "/share/motcua" : MOTCUA_SOURCE;
	if (libexec)
		paths->libexec = libexec;
	else if (installed)
		paths->libexec = MOTCUA_PREFIX "/libexec/motcua";
	else if (slash && strcmp(slash - 4 < program ? program : slash - 4, "/bin") == 0)
		paths->libexec = arena_string(arena, program);
	else /* a test program beside bin/ */
		paths->libexec = arena_format(arena, "%s/../bin", program);
}

bool paths_find(struct paths *paths, struct arena *arena, struct error *err)
{
	find_private(paths, arena);
	paths_shared(paths, arena);
	/* The folder may lie in /tmp, where everybody makes folders: whose sockets
	 * stand in it gets the clerks' passwords. */
	bool shared = getuid() != 0 && !environment("MOTCUA_HOME");
	return path_make(paths->data, 0700, err) && path_make(paths->run, 0700, err) &&
	       (!shared || path_own(paths->run, err));
}

const char *paths_site(struct arena *arena)
{
	struct paths paths = { 0 };
	find_private(&paths, arena);
	return arena_copy(arena, paths.config, (size_t)(strrchr(paths.config, '/') - paths.config));
}

bool path_read(struct arena *arena, const char *path, char **out, size_t *size, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat info;
	if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
		int why = errno;
		if (fd >= 0)
			close(fd);
		fail(err, FAULT_INPUT, _("Không đọc được tệp %s."), path);
		return because(err, "read %s: %s", path, fd < 0 ? strerror(why) : "not a file");
	}
	char *data = arena_take(arena, (size_t)info.st_size + 1);
	size_t got = 0;
	ssize_t n = 0;
	while (got < (size_t)info.st_size &&
	       ((n = read(fd, data + got, (size_t)info.st_size - got)) > 0 ||
	        (n < 0 && errno == EINTR)))
		got += n > 0 ? (size_t)n : 0;
	int why = errno;
	close(fd);
	if (n < 0) {
		fail(err, FAULT_DEVICE, _("Không đọc được tệp %s."), path);
		return because(err, "read %s: %s", path, strerror(why));
	}
	data[got] = '\0';
	*out = data;
	if (size)
		*size = got;
	return true;
}

bool path_put(int fd, const void *bytes, size_t size)
{
	const char *data = bytes;
	while (size) {
		ssize_t n = write(fd, data, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		size -= (size_t)n;
	}
	return true;
}

bool path_write(const char *path, const void *data, size_t size, int mode, struct error *err)
{
	char beside[PATH_MAX];
	int n = snprintf(beside, sizeof beside, "%s.%d.new", path, (int)getpid());
	int fd = n > 0 && (size_t)n < sizeof beside
	                 ? open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode)
	                 : -1;
	bool good = fd >= 0 && path_put(fd, data, size) && fsync(fd) == 0;
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (good && rename(beside, path) == 0)
		return true;
	if (good)
		why = errno;
	if (fd >= 0)
		(void)unlink(beside);
	fail(err, FAULT_DEVICE,
	     why == ENOSPC ? _("Ổ đĩa đã đầy, không ghi được %s.") : _("Không ghi được tệp %s."),
	     path);
	return because(err, "write %s: %s", path, strerror(why));
}
