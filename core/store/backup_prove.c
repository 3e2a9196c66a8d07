/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy is laid out as a cluster and started beside, to prove it; to go on, it gets its place after that. */
#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/say.h"
#include "core/store/backup_own.h"
#include "core/store/cluster_private.h"
#include "core/store/migrate.h"
#include "core/store/store.h"

#define BESIDE "proof-"

/* ---- laying out ---- */

static bool owned(const struct cluster *cluster, const char *folder, struct error *err)
{
	struct arena arena = { 0 };
	bool good = true;
	if (cluster->account) {
		const char *owner = arena_format(&arena, "%s:%s", cluster->account, cluster->account);
		good = backup_run((const char *const[]){ "chown", "-R", "--no-dereference", owner, "--", folder, NULL }, 30,
		                  _("Không giao được bản sao cho tài khoản của cơ sở dữ liệu."), err);
	}
	arena_free(&arena);
	return good;
}

/* Beside its place first: a half laid one is never taken for a cluster. */
static bool lay_out(const struct cluster *cluster, const char *copy, struct error *err)
{
	struct arena arena = { 0 };
	const char *fresh = arena_format(&arena, "%s.new", cluster->data), *from = path_join(&arena, copy, "cluster");
	bool good = cluster_folders(cluster, err) && backup_remove(fresh, err) &&
	            backup_run((const char *const[]){ "cp", "-a", "--reflink=auto", "--", from, fresh, NULL }, 240,
	                       _("Không chép được cơ sở dữ liệu từ bản sao lưu: xem đĩa còn chỗ không."), err) &&
	            owned(cluster, fresh, err) &&
	            backup_run((const char *const[]){ "sync", "-f", fresh, NULL }, 60, _("Ổ đĩa không ghi xong bản sao lưu."), err);
	if (good && rename(fresh, cluster->data) != 0) {
		fail(err, FAULT_DEVICE, _("Không tạo được thư mục %s."), cluster->data);
		good = because(err, "rename %s: %s", fresh, strerror(errno));
	}
	arena_free(&arena);
	return good;
}

/* A dump goes into a fresh cluster: roles first, as far as there are any. */
static bool fill_from_dump(const struct backup_plan *plan, const struct cluster *cluster, const char *copy, struct error *err)
{
	struct arena arena = { 0 };
	struct error unheard = { 0 };
	const char *roles = path_join(&arena, copy, "roles.sql"), *dump = path_join(&arena, copy, "database.dump");
	const char *psql = path_join(&arena, cluster->bin, "psql"), *restore = path_join(&arena, cluster->bin, "pg_restore");
	const char *where = arena_format(&arena, "--dbname=%s user=" CLUSTER_ADMIN, cluster->server);
	bool good = true;
	backup_step(plan, _("Đang nạp bản sao vào một cơ sở dữ liệu tạm…"));
	if (access(roles, F_OK) == 0)
		(void)backup_run((const char *const[]){ psql, "-X", "-q", where, "-f", roles, NULL }, 10, "", &unheard);
	good = backup_run((const char *const[]){ restore, where, "--exit-on-error", "--no-owner", "--no-acl", dump, NULL }, 240,
	                  _("Bản sao lưu không nạp lại được. Không dùng bản này."), err);
	arena_free(&arena);
	return good;
}

/* ---- beside ---- */

static void beside(const struct backup_plan *plan, struct cluster *cluster, struct arena *arena, const char **folder)
{
	*cluster = *plan->cluster;
	*folder = arena_format(arena, "%s/" BESIDE "%d", plan->paths->data, (int)getpid());
	cluster->data = path_join(arena, *folder, "cluster");
	cluster->lock = path_join(arena, *folder, "cluster.lock");
	cluster->log = path_join(arena, *folder, "cluster.log");
	cluster->socket = arena_format(arena, "%s/p%d", plan->paths->run, (int)getpid());
	cluster->server = arena_format(arena, "host=%s port=" CLUSTER_PORT " dbname=" CLUSTER_DATABASE, cluster->socket);
}

/* What a proof that was killed has left; its server, too, if it still runs. */
static void sweep(const struct backup_plan *plan)
{
	struct arena arena = { 0 };
	struct error unheard = { 0 };
	DIR *data = opendir(plan->paths->data);
	for (struct dirent *entry; data && (entry = readdir(data));) {
		long pid = strncmp(entry->d_name, BESIDE, strlen(BESIDE)) == 0 ? strtol(entry->d_name + strlen(BESIDE), NULL, 10) : 0;
		if (pid < 2 || pid == getpid() || kill((pid_t)pid, 0) == 0 || errno == EPERM)
			continue;
		struct cluster left = *plan->cluster;
		const char *folder = path_join(&arena, plan->paths->data, entry->d_name);
		left.data = path_join(&arena, folder, "cluster");
		left.lock = path_join(&arena, folder, "cluster.lock");
		left.log = path_join(&arena, folder, "cluster.log");
		left.socket = arena_format(&arena, "%s/p%ld", plan->paths->run, pid);
		if (cluster_running(&left))
			(void)cluster_stop_wait(&left, &unheard);
		(void)backup_remove(folder, &unheard);
		(void)backup_remove(left.socket, &unheard);
	}
	if (data)
		closedir(data);
	arena_free(&arena);
}

static const char *as_admin(const struct cluster *cluster, struct arena *arena)
{
	return arena_format(arena, "%s user=" CLUSTER_ADMIN, cluster->server);
}

/* The copy runs beside and was looked at; folder and server are there afterwards, whatever came of it. */
static bool stand_beside(const struct backup_plan *plan, const char *copy, const struct backup_facts *facts, struct cluster *cluster,
                         struct arena *arena, const char **folder, struct error *err)
{
	beside(plan, cluster, arena, folder);
	backup_step(plan, _("Đang dựng bản sao trên một cơ sở dữ liệu tạm…"));
	bool good = path_make(*folder, 0700, err) && cluster_give(cluster, *folder, err) && (!facts->embedded || lay_out(cluster, copy, err)) &&
	            cluster_start_wait(cluster, NULL, err);
	good = good && (facts->embedded || fill_from_dump(plan, cluster, copy, err));
	if (good)
		backup_step(plan, _("Đang kiểm tra dữ liệu, chuỗi lưu vết, khoá ký…"));
	return good && backup_look(as_admin(cluster, arena), path_join(arena, copy, "keys"), facts, err);
}

static void leave_beside(const struct cluster *cluster, const char *folder)
{
	struct error unheard = { 0 };
	if (cluster_running(cluster))
		(void)cluster_stop_wait(cluster, &unheard);
	(void)backup_remove(folder, &unheard);
	(void)backup_remove(cluster->socket, &unheard);
}

static bool look_beside(const struct backup_plan *plan, const char *copy, const struct backup_facts *facts, struct error *err)
{
	struct arena arena = { 0 };
	struct cluster cluster;
	const char *folder;
	bool good = stand_beside(plan, copy, facts, &cluster, &arena, &folder, err);
	leave_beside(&cluster, folder);
	arena_free(&arena);
	return good;
}

bool backup_prove(const struct backup_plan *plan, const char *copy, moment_t now, struct backup_facts *facts, struct error *err)
{
	struct arena arena = { 0 };
	char at[40];
	sweep(plan);
	backup_step(plan, _("Đang kiểm từng tệp của bản sao…"));
	bool good = backup_check(plan, copy, facts, err) && look_beside(plan, copy, facts, err);
	if (good) {
		const char *line = arena_format(&arena, "%s %lld\n", moment_write_iso(now, at, sizeof at), (long long)facts->dossiers);
		good = path_write(path_join(&arena, copy, BACKUP_PROVED), line, strlen(line), 0600, err);
	}
	arena_free(&arena);
	return good;
}

/* ---- in its place ---- */

/* What lies here already is newer than the copy, or another machine's: it stays. */
static bool put_back(const char *from, const char *to, struct error *err)
{
	struct arena arena = { 0 };
	char *text;
	size_t size;
	bool good = access(from, F_OK) != 0 || access(to, F_OK) == 0 ||
	            (path_read(&arena, from, &text, &size, err) && path_write(to, text, size, 0600, err));
	arena_free(&arena);
	return good;
}

static bool put_own_back(const struct backup_plan *plan, const char *copy, struct error *err)
{
	static const char *const names[] = { "counter.key", "known-keys", "courier.secrets", "printers.ini" };
	struct arena arena = { 0 };
	const char *keys = path_join(&arena, copy, "keys"), *config = path_join(&arena, copy, "config");
	const char *site = paths_site(&arena), *forms = path_join(&arena, config, "forms");
	bool good = true;
	for (size_t i = 0; good && i < sizeof names / sizeof names[0]; i++)
		good = put_back(path_join(&arena, keys, names[i]), path_join(&arena, plan->paths->data, names[i]), err);
	const char *settings = path_join(&arena, config, "motcua.ini");
	if (good && access(settings, F_OK) == 0)
		good = path_make(site, 0755, err) && put_back(settings, plan->paths->config, err);
	if (good && access(forms, F_OK) == 0 && access(path_join(&arena, site, "forms"), F_OK) != 0)
		good = backup_run((const char *const[]){ "cp", "-r", "--", forms, site, NULL }, 5, _("Không sao được biểu mẫu của cơ quan."), err);
	arena_free(&arena);
	return good;
}

/* Numbers that were given after the copy was made must not be given again; this program's schema knows which there are. */
static bool leave_numbers(const struct backup_plan *plan, const char *server, moment_t made, struct error *err)
{
	struct loop loop;
	struct arena arena = { 0 };
	struct migrate_report migrated;
	char at[40];
	loop_init(&loop);
	struct store *store = store_open(&loop, &(struct store_settings){ .server = server, .program = "motcua-backup", .ask_ms = 600000,
		.statement_ms = 600000, .silence_ms = 600000 }, err);
	bool good = store && store_wait(store, 20000, err) &&
	            migrate(store, path_join(&arena, plan->paths->share, "core/store/schema"), NULL, NULL, &migrated, err) &&
	            store_ask_wait(store, &arena, "select motcua.restored($1::timestamptz)",
	                           (struct param[]){ PARAM_TEXT(moment_write_iso(made, at, sizeof at)) }, 1, false, NULL, err);
	store_close(store);
	arena_free(&arena);
	return good;
}

/* A machine that never had a database: its account, and folders that this one may go through. */
static bool make_room(const struct cluster *cluster, struct error *err)
{
	return (!cluster->account || getpwnam(cluster->account) ||
	        backup_run((const char *const[])CLUSTER_USERADD(cluster->account), 1, _("Không tạo được tài khoản hệ thống cho cơ sở dữ liệu."), err)) &&
	       cluster_folders(cluster, err);
}

/* Proved, its numbers moved, stopped; only then is it there under its name, whatever dies before. */
static bool bring_back(const struct backup_plan *plan, const char *copy, const struct backup_facts *facts, struct error *err)
{
	struct arena arena = { 0 };
	struct cluster side;
	const char *folder;
	if (!make_room(plan->cluster, err))
		return false;
	bool good = stand_beside(plan, copy, facts, &side, &arena, &folder, err) && leave_numbers(plan, as_admin(&side, &arena), facts->made, err) &&
	            cluster_stop_wait(&side, err);
	if (good)
		backup_step(plan, _("Đang đưa cơ sở dữ liệu về chỗ cũ…"));
	good = good && put_own_back(plan, copy, err);
	if (good && rename(side.data, plan->cluster->data) != 0) {
		fail(err, FAULT_DEVICE, _("Không tạo được thư mục %s."), plan->cluster->data);
		good = because(err, "rename %s: %s", side.data, strerror(errno));
	}
	leave_beside(&side, folder);
	good = good && backup_run((const char *const[]){ "sync", "-f", plan->cluster->data, NULL }, 60, _("Ổ đĩa không ghi xong bản sao lưu."), err);
	arena_free(&arena);
	return good;
}

bool backup_restore(const struct backup_plan *plan, const char *copy, struct backup_facts *facts, struct error *err)
{
	const struct cluster *cluster = plan->cluster;
	if (access(cluster->data, F_OK) == 0)
		return fail(err, FAULT_CONFLICT, _("Máy này đã có cơ sở dữ liệu ở %s. Không phục hồi đè lên: dừng nó, dời đi rồi làm lại."), cluster->data);
	sweep(plan);
	backup_step(plan, _("Đang kiểm từng tệp của bản sao…"));
	if (!backup_check(plan, copy, facts, err))
		return false;
	if (!facts->embedded)
		return fail(err, FAULT_INPUT, "%s", _("Bản này lấy từ máy chủ khác bằng pg_dump: người quản trị máy chủ nạp lại bằng pg_restore, "
			"rồi chạy select motcua.restored(lúc sao) để không số nào bị cấp lại."));
	return bring_back(plan, copy, facts, err) && cluster_start_wait(cluster, NULL, err);
}
