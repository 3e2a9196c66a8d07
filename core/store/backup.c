/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/backup.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/child.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/backup_own.h"
#include "core/store/cluster_private.h"

#define NAME_SIZE (sizeof "motcua-20261128-193800" - 1)

/* ---- running ---- */

static void on_end(struct child *child)
{
	(void)child;
}

bool backup_run(const char *const *argv, int minutes, const char *sorry, struct error *err)
{
	struct loop loop;
	struct scope scope = { 0 };
	struct child child = { 0 };
	const struct child_plan plan = { .argv = argv, .timeout_ms = minutes * 60000, .output_limit = 65536 };
	loop_init(&loop);
	if (!child_start(&loop, &scope, &child, &plan, on_end, err))
		return false;
	while (scope.tasks)
		loop_turn(&loop, 1000);
	bool good = child.status == 0;
	if (!good) {
		struct arena arena = { 0 };
		const char *words = bytes_string(&child.err);
		fail(err, strstr(words, "No space left") ? FAULT_DEVICE : FAULT_INPUT, "%s",
		     strstr(words, "No space left") ? _("Ổ đĩa đã đầy: bản sao chưa xong, không có bản nào dở dang.") : sorry);
		because(err, "%s ended with %d: %s", argv[0], child.status, text_mend(&arena, words, strlen(words)));
		arena_free(&arena);
	}
	child_clear(&child);
	return good;
}

const char *backup_tool(const struct backup_plan *plan, struct arena *arena, const char *name)
{
	return plan->cluster ? path_join(arena, plan->cluster->bin, name) : name;
}

void backup_step(const struct backup_plan *plan, const char *say)
{
	if (plan->step)
		plan->step(say);
}

bool backup_remove(const char *folder, struct error *err)
{
	return backup_run((const char *const[]){ "rm", "-rf", "--one-file-system", "--", folder, NULL }, 30,
	                  _("Không xoá được thư mục tạm của bản sao lưu."), err);
}

/* ---- names ---- */

static bool begins_as_copy(const char *name)
{
	if (strlen(name) < NAME_SIZE || strncmp(name, "motcua-", 7) != 0 || name[15] != '-')
		return false;
	for (size_t i = 7; i < NAME_SIZE; i++)
		if (i != 15 && (name[i] < '0' || name[i] > '9'))
			return false;
	return true;
}

static bool is_copy(const char *name)
{
	return begins_as_copy(name) && !name[NAME_SIZE];
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int only_copies(const struct dirent *entry)
{
	return is_copy(entry->d_name);
}

static bool proved(const char *copy)
{
	struct arena arena = { 0 };
	bool there = access(path_join(&arena, copy, BACKUP_PROVED), F_OK) == 0;
	arena_free(&arena);
	return there;
}

const char *backup_newest(const char *folder, bool want_proved, struct arena *arena)
{
	struct dirent **entries;
	const char *found = NULL;
	int count = scandir(folder, &entries, only_copies, by_name);
	for (int i = count - 1; i >= 0; i--) {
		const char *copy = found ? NULL : path_join(arena, folder, entries[i]->d_name);
		if (copy && (!want_proved || proved(copy)))
			found = copy;
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return found;
}

bool backup_age(const char *copy, moment_t *made, moment_t *when)
{
	struct arena arena = { 0 };
	struct backup_facts facts;
	struct stat info;
	*made = *when = MOMENT_NONE;
	bool good = backup_facts_read(copy, &facts, NULL);
	if (good)
		*made = facts.made;
	if (good && stat(path_join(&arena, copy, BACKUP_PROVED), &info) == 0)
		*when = (moment_t)info.st_mtime;
	arena_free(&arena);
	return good;
}

int backup_thin(const struct backup_plan *plan, int keep, struct error *err)
{
	struct arena arena = { 0 };
	struct dirent **entries;
	int gone = 0;
	const char *safe = backup_newest(plan->folder, true, &arena);
	int count = scandir(plan->folder, &entries, only_copies, by_name);
	for (int i = 0; i < count; i++) {
		const char *copy = path_join(&arena, plan->folder, entries[i]->d_name);
		if (count - i > keep && (!safe || strcmp(copy, safe) != 0) && gone >= 0)
			gone = backup_remove(copy, err) ? gone + 1 : -1;
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	arena_free(&arena);
	return gone;
}

/* ---- making ---- */

static bool copy_file(const char *from, const char *folder, const char *name, struct error *err)
{
	struct arena arena = { 0 };
	char *text;
	size_t size;
	bool good = path_make(folder, 0700, err) && path_read(&arena, from, &text, &size, err) &&
	            path_write(path_join(&arena, folder, name), text, size, 0600, err);
	arena_free(&arena);
	return good;
}

static const char *const keys[] = { "counter.key", "known-keys", "courier.secrets", "printers.ini" };

/* What is not there is not missed: a counter need not have all of it. */
static bool copy_own(const struct backup_plan *plan, const char *copy, struct error *err)
{
	struct arena arena = { 0 };
	const char *into = path_join(&arena, copy, "keys"), *config = path_join(&arena, copy, "config");
	const char *forms = path_join(&arena, paths_site(&arena), "forms");
	bool good = true;
	for (size_t i = 0; good && i < sizeof keys / sizeof keys[0]; i++) {
		const char *from = path_join(&arena, plan->paths->data, keys[i]);
		good = access(from, F_OK) != 0 || copy_file(from, into, keys[i], err);
	}
	if (good && access(plan->paths->config, F_OK) == 0)
		good = copy_file(plan->paths->config, config, "motcua.ini", err);
	if (good && access(forms, F_OK) == 0)
		good = path_make(config, 0700, err) &&
		       backup_run((const char *const[]){ "cp", "-rL", "--", forms, config, NULL }, 5, _("Không sao được biểu mẫu của cơ quan."), err);
	arena_free(&arena);
	return good;
}

static bool copy_cluster(const struct backup_plan *plan, const char *copy, struct error *err)
{
	struct arena arena = { 0 };
	backup_step(plan, _("Đang sao cơ sở dữ liệu…"));
	const char *argv[] = { backup_tool(plan, &arena, "pg_basebackup"), "-h", plan->cluster->socket, "-p", CLUSTER_PORT, "-U", CLUSTER_ADMIN,
		"-D", path_join(&arena, copy, "cluster"), "-Fp", "-X", "stream", "-c", "fast", "--manifest-checksums=SHA256", "-w", NULL };
	bool good = backup_run(argv, 240, _("Không sao được cơ sở dữ liệu. Xem nhật ký, báo người quản trị."), err);
	arena_free(&arena);
	return good;
}

/* A server elsewhere: what its administrator may read.  Roles only where he may. */
static bool dump_server(const struct backup_plan *plan, const char *copy, struct error *err)
{
	struct arena arena = { 0 };
	struct error unheard = { 0 };
	backup_step(plan, _("Đang lấy dữ liệu từ máy chủ bằng pg_dump…"));
	const char *database = arena_format(&arena, "--dbname=%s", plan->server);
	const char *dump[] = { "pg_dump", database, "-Fc", "-w", "-f", path_join(&arena, copy, "database.dump"), NULL };
	const char *roles[] = { "pg_dumpall", database, "--globals-only", "-w", "-f", path_join(&arena, copy, "roles.sql"), NULL };
	bool good = backup_run(dump, 240, _("pg_dump không lấy được dữ liệu từ máy chủ: kiểm tra [database] admin."), err);
	if (good && !backup_run(roles, 10, "", &unheard)) {
		backup_step(plan, _("Máy chủ không cho lấy vai trò và mật khẩu: bản sao không có chúng, người quản trị máy chủ phải tự giữ."));
		(void)unlink(path_join(&arena, copy, "roles.sql"));
	}
	arena_free(&arena);
	return good;
}

/* Everything is on the disk before it has its name. */
static bool settle(const struct backup_plan *plan, const char *part, const char *copy, struct error *err)
{
	if (!backup_run((const char *const[]){ "chmod", "-R", "go=", "--", part, NULL }, 10, _("Không đóng được quyền đọc bản sao lưu."), err) ||
	    !backup_sums_write(part, err) ||
	    !backup_run((const char *const[]){ "sync", "-f", part, NULL }, 30, _("Ổ đĩa không ghi xong bản sao lưu."), err))
		return false;
	if (rename(part, copy) != 0) {
		fail(err, FAULT_DEVICE, _("Không ghi được tệp %s."), copy);
		return because(err, "rename %s: %s", part, strerror(errno));
	}
	return backup_run((const char *const[]){ "sync", "-f", plan->folder, NULL }, 30, _("Ổ đĩa không ghi xong bản sao lưu."), err);
}

/* What makers that were killed have left; one that is still at it is younger than a day. */
static void sweep_parts(const struct backup_plan *plan)
{
	struct arena arena = { 0 };
	struct error unheard = { 0 };
	struct stat info;
	DIR *folder = opendir(plan->folder);
	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		const char *part = path_join(&arena, plan->folder, entry->d_name);
		if (begins_as_copy(entry->d_name) && strcmp(entry->d_name + NAME_SIZE, ".part") == 0 && lstat(part, &info) == 0 &&
		    S_ISDIR(info.st_mode) && time(NULL) - info.st_mtime > 24 * 3600)
			(void)backup_remove(part, &unheard);
	}
	if (folder)
		closedir(folder);
	arena_free(&arena);
}

static const char *new_name(const struct backup_plan *plan, struct arena *arena, moment_t now)
{
	struct date d = day_date(moment_day(now));
	struct clock c = moment_clock(now);
	return arena_format(arena, "%s/motcua-%04d%02d%02d-%02d%02d%02d", plan->folder, d.year, d.month, d.day, c.hour, c.minute, c.second);
}

bool backup_make(const struct backup_plan *plan, struct arena *arena, const char **out, struct error *err)
{
	struct backup_facts facts = { .embedded = plan->cluster != NULL };
	if (!path_make(plan->folder, 0700, err) || !backup_facts_count(plan->server, &facts, err))
		return false;
	sweep_parts(plan);
	const char *copy = new_name(plan, arena, facts.made), *part = arena_format(arena, "%s.part", copy);
	if (access(copy, F_OK) == 0)
		return fail(err, FAULT_CONFLICT, _("Vừa có một bản sao lưu khác cùng lúc: %s."), copy);
	if (mkdir(part, 0700) != 0) {
		fail(err, FAULT_CONFLICT, _("Không tạo được thư mục %s."), part);
		return because(err, "mkdir %s: %s", part, strerror(errno));
	}
	bool good = (plan->cluster ? copy_cluster(plan, part, err) : dump_server(plan, part, err)) && copy_own(plan, part, err) &&
	            backup_outside_copy(plan, part, err) && backup_facts_write(part, plan->version, &facts, err) && settle(plan, part, copy, err);
	struct error unheard = { 0 };
	if (!good)
		(void)backup_remove(part, &unheard);
	*out = copy;
	return good;
}

/* ---- checking ---- */

bool backup_check(const struct backup_plan *plan, const char *copy, struct backup_facts *facts, struct error *err)
{
	struct arena arena = { 0 };
	const char *cluster = path_join(&arena, copy, "cluster");
	bool good = backup_facts_read(copy, facts, err) && backup_sums_check(copy, err);
	if (good && facts->embedded && plan->cluster && plan->cluster->major != facts->major) {
		good = fail(err, FAULT_INPUT, _("Bản sao của PostgreSQL %d, máy này có PostgreSQL %d: cài gói postgresql-%d rồi làm lại."),
		            facts->major, plan->cluster->major, facts->major);
	} else if (good && facts->embedded && plan->cluster) {
		/* PostgreSQL's own list says, too, that all WAL is there that it needs. */
		const char *argv[] = { backup_tool(plan, &arena, "pg_verifybackup"), "-q", cluster, NULL };
		good = backup_run(argv, 60, _("Bản sao lưu bị hỏng: PostgreSQL không nhận. Không dùng bản này."), err);
	}
	arena_free(&arena);
	return good;
}
