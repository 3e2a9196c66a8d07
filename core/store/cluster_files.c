/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/cluster_private.h"

/* What a citizen holds a receipt for is never lost: nothing here trades
 * durability for speed.  Statements are not logged: they hold people's data. */
static const char SETTINGS[] =
	"# Written by motcua at every start; put your own lines into postgresql.conf\n"
	"# below the include.\n"
	"listen_addresses = ''\n"
	"port = " CLUSTER_PORT "\n"
	"unix_socket_directories = '%s'\n"
	"unix_socket_permissions = 0777\n"
	"fsync = on\n"
	"synchronous_commit = on\n"
	"full_page_writes = on\n"
	"wal_level = replica\n"
	"max_connections = 100\n"
	"shared_buffers = 128MB\n"
	"password_encryption = 'scram-sha-256'\n"
	"timezone = 'Asia/Ho_Chi_Minh'\n"
	"log_timezone = 'Asia/Ho_Chi_Minh'\n"
	"lc_messages = 'C'\n"
	"log_statement = 'none'\n"
	"log_min_error_statement = 'panic'\n"
	"log_parameter_max_length_on_error = 0\n";

static const char ENTRY[] =
	"# The owner of the cluster and root administer it and run the courier;\n"
	"# everybody else proves a password.\n"
	"local all " CLUSTER_ADMIN "     peer map=motcua\n"
	"local all +motcua_courier  peer map=motcua\n"
	"local all all              scram-sha-256\n"
	"local replication " CLUSTER_ADMIN " peer map=motcua\n";

static const char *owner_name(const struct cluster *cluster)
{
	if (cluster->account)
		return cluster->account;
	const struct passwd *self = getpwuid(geteuid());
	return self ? self->pw_name : "root";
}

bool cluster_give(const struct cluster *cluster, const char *path, struct error *err)
{
	if (!cluster->account)
		return true;
	const struct passwd *owner = getpwnam(cluster->account);
	if (owner && chown(path, owner->pw_uid, owner->pw_gid) == 0)
		return true;
	fail(err, FAULT_DEVICE, _("Không giao được %s cho tài khoản %s."), path, cluster->account);
	return because(err, "chown %s to %s: %s", path, cluster->account,
	               owner ? strerror(errno) : "no such account");
}

/* Every folder above must let the account through. */
static bool reachable(const struct cluster *cluster, const char *path, struct error *err)
{
	char part[256];
	struct stat info;
	if (!cluster->account || strlen(path) >= sizeof part)
		return true;
	memcpy(part, path, strlen(path) + 1);
	for (char *slash = strrchr(part, '/'); slash && slash != part; slash = strrchr(part, '/')) {
		*slash = '\0';
		if (stat(part, &info) != 0 || (info.st_mode & 1))
			continue;
		const struct passwd *owner = getpwnam(cluster->account);
		if (owner && info.st_uid == owner->pw_uid)
			continue;
		fail(err, FAULT_DEVICE,
		     _("Tài khoản %s không đi qua được thư mục %s. Cho phép bằng: chmod o+x %s"),
		     cluster->account, part, part);
		return because(err, "%s is not searchable by %s", part, cluster->account);
	}
	return true;
}

static bool folder(const struct cluster *cluster, const char *path, int mode, struct error *err)
{
	return path_make(path, mode, err) && cluster_give(cluster, path, err) &&
	       reachable(cluster, path, err);
}

bool cluster_folders(const struct cluster *cluster, struct error *err)
{
	struct arena arena = { 0 };
	const char *slash = strrchr(cluster->data, '/');
	const char *above = arena_copy(&arena, cluster->data, (size_t)(slash - cluster->data));
	/* root's clerks come with passwords: the socket may be reached. */
	bool good = folder(cluster, above, 0700, err) && folder(cluster, cluster->socket, 0700, err);
	if (good && cluster->account && chmod(cluster->socket, 0755) != 0) {
		fail(err, FAULT_DEVICE, _("Không đặt được quyền cho thư mục %s."), cluster->socket);
		good = because(err, "chmod %s: %s", cluster->socket, strerror(errno));
	}
	arena_free(&arena);
	return good;
}

static bool put(const struct cluster *cluster, const char *where, const char *name,
                const char *text, struct error *err)
{
	struct arena arena = { 0 };
	const char *path = path_join(&arena, where, name);
	bool good = path_write(path, text, strlen(text), 0600, err) &&
	            cluster_give(cluster, path, err);
	arena_free(&arena);
	return good;
}

static const char *identities(const struct cluster *cluster, struct arena *arena)
{
	const char *owner = owner_name(cluster);
	return arena_format(arena,
	                    "motcua %s " CLUSTER_ADMIN "\n"
	                    "motcua root " CLUSTER_ADMIN "\n"
	                    "motcua %s courier\n"
	                    "motcua root courier\n",
	                    owner, owner);
}

bool cluster_settings(const struct cluster *cluster, const char *where, bool fresh,
                      struct error *err)
{
	struct arena arena = { 0 };
	struct bytes main = { 0 };
	char settings[sizeof SETTINGS + 128];
	snprintf(settings, sizeof settings, SETTINGS, cluster->socket);
	bool good = put(cluster, where, "motcua.conf", settings, err);
	if (good && fresh) {
		/* The administrator's to change afterwards; restarts leave them alone. */
		char *standard;
		good = path_read(&arena, path_join(&arena, where, "postgresql.conf"), &standard,
		                 NULL, err);
		if (good) {
			bytes_text(&main, standard);
			bytes_text(&main, "\ninclude 'motcua.conf'\n");
			good = put(cluster, where, "postgresql.conf", bytes_string(&main), err) &&
			       put(cluster, where, "pg_hba.conf", ENTRY, err) &&
			       put(cluster, where, "pg_ident.conf", identities(cluster, &arena),
			           err);
		}
	}
	bytes_free(&main);
	arena_free(&arena);
	return good;
}

/* ---- "the database inside was made" ---- */

#define MARK "motcua.ready"

bool cluster_marked(const struct cluster *cluster)
{
	struct arena arena = { 0 };
	bool there = access(path_join(&arena, cluster->data, MARK), F_OK) == 0;
	arena_free(&arena);
	return there;
}

bool cluster_mark(const struct cluster *cluster, struct error *err)
{
	return put(cluster, cluster->data, MARK, "", err);
}

/* ---- the dead ---- */

static bool is_zombie(long pid)
{
	char path[64], line[256] = "";
	snprintf(path, sizeof path, "/proc/%ld/stat", pid);
	FILE *file = fopen(path, "re");
	if (!file)
		return false;
	bool read = fgets(line, sizeof line, file) != NULL;
	fclose(file);
	const char *after = read ? strrchr(line, ')') : NULL; /* "123 (postgres) Z …" */
	return after && strncmp(after, ") Z", 3) == 0;
}

static void bury(const struct cluster *cluster, const char *folder_name, const char *name)
{
	struct arena arena = { 0 };
	const char *path = path_join(&arena, folder_name, name);
	char *text = NULL;
	if (path_read(&arena, path, &text, NULL, NULL) && is_zombie(atol(text))) {
		/* Only the number goes: PostgreSQL still checks by the other lines
		 * that no child of the dead one holds its shared memory. */
		const char *rest = text + strcspn(text, "\n");
		const char *fresh = arena_format(&arena, "%d%s", INT_MAX - 1, rest);
		if (path_write(path, fresh, strlen(fresh), 0600, NULL))
			(void)cluster_give(cluster, path, NULL);
	}
	arena_free(&arena);
}

void cluster_bury(const struct cluster *cluster)
{
	bury(cluster, cluster->data, "postmaster.pid");
	bury(cluster, cluster->socket, ".s.PGSQL." CLUSTER_PORT ".lock");
}

/* ---- what went wrong ---- */

static const struct {
	const char *words, *say;
} CAUSES[] = {
	{ "No space left", N_("Ổ đĩa đã đầy, cơ sở dữ liệu không chạy được. Dọn chỗ rồi mở lại.") },
	{ "Disk quota", N_("Hết hạn mức đĩa, cơ sở dữ liệu không chạy được.") },
	{ "Permission denied", N_("Không đủ quyền đọc thư mục cơ sở dữ liệu.") },
	{ "Cannot allocate memory", N_("Máy không đủ bộ nhớ để chạy cơ sở dữ liệu.") },
	{ "already in use", N_("Ổ cắm của cơ sở dữ liệu đang có chương trình khác dùng.") },
	{ "incompatible with server", N_("Dữ liệu thuộc một bản PostgreSQL khác.") },
	{ "Is another postmaster", N_("Một máy chủ khác đang dùng cơ sở dữ liệu này.") },
	{ "invalid checkpoint record", N_("Dữ liệu bị hỏng. Đừng xoá gì; phục hồi từ bản sao lưu.") },
};

void cluster_blame(const struct cluster *cluster, const char *output, struct error *err)
{
	struct arena arena = { 0 };
	char *log = NULL;
	size_t size = 0;
	const char *tail = output;
	if (path_read(&arena, cluster->log, &log, &size, NULL) && size)
		tail = arena_format(&arena, "%s %s", output, log + (size > 1500 ? size - 1500 : 0));
	const char *sentence = N_("Không khởi động được cơ sở dữ liệu. Xem nhật ký, báo người quản trị.");
	for (size_t i = sizeof CAUSES / sizeof *CAUSES; i-- > 0;)
		if (strstr(tail, CAUSES[i].words))
			sentence = CAUSES[i].say;
	fail(err, FAULT_DEVICE, "%s", _(sentence));
	const char *line = text_mend(&arena, tail, strlen(tail));
	size_t length = strlen(line);
	because(err, "%s", length > 300 ? text_mend(&arena, line + length - 300, 300) : line);
	arena_free(&arena);
}
