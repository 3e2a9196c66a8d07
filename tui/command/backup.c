/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua backup — a copy of everything that cannot be made again; --verify proves the newest;
 * motcua restore — brings one back where no database is. */
#include "tui/command/backup.h"

#include <string.h>
#include <sys/stat.h>

#include "core/base/config.h"
#include "core/base/say.h"
#include "tui/command/command.h"
#include "tui/command/setup.h"

#define ADMIN "motcua_admin"

static bool silent;

static void on_step(const char *say)
{
	if (!silent)
		fprintf(stderr, "%s\n", say);
}

void backup_plan_of(struct backup_plan *plan, struct program *program, struct arena *arena, const char *folder)
{
	const char *here = path_join(arena, program->paths.data, "backup");
	*plan = (struct backup_plan){ .cluster = program->embedded ? &program->cluster : NULL, .paths = &program->paths,
		.folder = folder ? folder : config_text(&program->config, "backup", "folder", here), .version = MOTCUA_VERSION,
		.step = on_step,
		.server = program->embedded ? arena_format(arena, "%s user=" ADMIN, program->server)
		                            : config_text(&program->config, "database", "admin", program->server) };
	static const char *const named[][2] = { { "courier", "secrets" }, { "sign", "roots" } };
	for (size_t i = 0, n = 0; i < sizeof named / sizeof named[0]; i++) {
		const char *path = config_text(&program->config, named[i][0], named[i][1], "");
		if (*path)
			plan->named[n++] = path;
	}
}

static json_t *facts_json(const char *copy, const struct backup_facts *f)
{
	return json_pack("{s:s, s:o, s:I, s:I, s:I, s:i}", "copy", copy, "made", command_moment(f->made), "dossiers", (json_int_t)f->dossiers,
	                 "papers", (json_int_t)f->papers, "schema", (json_int_t)f->schema, "postgresql", f->major);
}

static void tell_proved(const struct call *call, const char *copy, const struct backup_facts *facts)
{
	char at[32];
	if (call->json)
		command_json(facts_json(copy, facts));
	else
		printf(_("Bản sao %s dựng lại được: %lld hồ sơ, sao lúc %s.\n"), copy, (long long)facts->dossiers,
		       moment_write(facts->made, at, sizeof at));
}

/* The copy named, the newest of the folder named, or the newest of ours. */
static const char *find_copy(struct backup_plan *plan, const struct call *call, struct arena *arena, struct error *err)
{
	moment_t made, proved;
	if (call->count && backup_age(call->words[0], &made, &proved))
		return call->words[0];
	if (call->count)
		plan->folder = call->words[0];
	const char *copy = backup_newest(plan->folder, false, arena);
	if (!copy)
		fail(err, FAULT_INPUT, _("Không có bản sao lưu nào trong %s."), plan->folder);
	return copy;
}

static bool prove(struct backup_plan *plan, const struct call *call, struct arena *arena, struct error *err)
{
	struct backup_facts facts;
	struct cluster own;
	const char *copy = find_copy(plan, call, arena, err);
	if (!copy)
		return false;
	/* What was taken from a server elsewhere is proved here, too, where PostgreSQL is installed. */
	if (!plan->cluster && !cluster_find(&own, plan->paths, arena, err))
		return false;
	plan->cluster = plan->cluster ? plan->cluster : &own;
	if (!backup_prove(plan, copy, moment_now(), &facts, err))
		return false;
	tell_proved(call, copy, &facts);
	return true;
}

static bool make(struct backup_plan *plan, struct program *program, const struct call *call, struct arena *arena, struct error *err)
{
	const char *copy;
	struct backup_facts facts;
	if (call->count)
		plan->folder = call->words[0];
	if ((program->embedded && !cluster_running(&program->cluster) && !cluster_start_wait(&program->cluster, NULL, err)) ||
	    !backup_make(plan, arena, &copy, err) || !backup_check(plan, copy, &facts, err))
		return false;
	int gone = call->keep ? backup_thin(plan, call->keep, err) : 0;
	if (gone < 0)
		return false;
	if (call->json) {
		json_t *value = facts_json(copy, &facts);
		json_object_set_new(value, "removed", json_integer(gone));
		command_json(value);
	} else {
		printf(_("Đã sao lưu vào %s: %lld hồ sơ.\n"), copy, (long long)facts.dossiers);
		const char *missing = backup_outside(copy, true, arena);
		if (*missing)
			printf(_("Bản sao không có các tệp mà cấu hình nhắc đến: %s. Người quản trị giữ riêng.\n"), missing);
	}
	return true;
}

int command_backup(struct program *program, int argc, char **argv)
{
	struct arena arena = { 0 };
	struct backup_plan plan;
	struct error err = { 0 };
	struct call call;
	if (!command_read(&call, argc, argv, 0, 1))
		return EXIT_USAGE;
	silent = call.json;
	backup_plan_of(&plan, program, &arena, NULL);
	bool good = call.verify ? prove(&plan, &call, &arena, &err) : make(&plan, program, &call, &arena, &err);
	int status = good ? 0 : command_failed(&err);
	arena_free(&arena);
	return status;
}

static void tell_outside(const char *copy, struct arena *arena)
{
	const char *files = backup_outside(copy, false, arena), *missing = backup_outside(copy, true, arena);
	if (*files)
		printf(_("Các tệp này nằm ngoài thư mục của motcua; xem rồi chép lại bằng tay:\n%s"), files);
	if (*missing)
		printf(_("Bản sao không có các tệp mà cấu hình nhắc đến: %s. Người quản trị giữ riêng.\n"), missing);
}

int command_restore(struct program *program, int argc, char **argv)
{
	struct arena arena = { 0 };
	struct backup_plan plan;
	struct backup_facts facts;
	struct error err = { 0 };
	struct call call;
	char at[32];
	if (!command_read(&call, argc, argv, 0, 1))
		return EXIT_USAGE;
	silent = call.json;
	backup_plan_of(&plan, program, &arena, NULL);
	const char *copy = program->embedded ? find_copy(&plan, &call, &arena, &err) : NULL;
	if (!program->embedded)
		fail(&err, FAULT_INPUT, "%s", _("motcua.ini chỉ đến một máy chủ khác: người quản trị máy chủ nạp lại bằng pg_restore."));
	bool good = copy && backup_restore(&plan, copy, &facts, &err);
	if (good && call.json)
		command_json(facts_json(copy, &facts));
	else if (good)
		printf(_("Đã phục hồi %lld hồ sơ như lúc %s. Hồ sơ nhận sau lúc ấy không có ở đây: nhập lại theo giấy tiếp nhận. Mã hồ sơ, số "
		         "biên lai, số văn bản, số thứ tự hôm nay chạy tiếp cách một quãng, không trùng số đã cấp; sổ chứng thực chờ người phụ trách "
		         "xác nhận số cuối trên sổ giấy rồi mới ghi tiếp. Bộ chuyển hồ sơ chưa chạy: xem lại rồi mở bằng motcua setup, sau đó đối soát.\n"),
		       (long long)facts.dossiers, moment_write(facts.made, at, sizeof at));
	if (good && !call.json)
		tell_outside(copy, &arena);
	int status = good ? 0 : command_failed(&err);
	arena_free(&arena);
	return status;
}
