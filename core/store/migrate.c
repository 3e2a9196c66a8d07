/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/migrate.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/store/seal.h"
#include "core/store/store_private.h"

#define MOST_FILES 1000
#define LIMIT_MS   (60 * 60 * 1000) /* an index on ten million rows takes its time */

/* Any number, the same in every program: "motcua" in ASCII. */
#define LOCK "120303338546017"

struct script {
	int number;
	const char *name, *text;
	uint8_t hash[SEAL_HASH_SIZE];
	char hex[2 * SEAL_HASH_SIZE + 1];
};

struct work {
	struct store *store;
	struct arena arena;
	struct script *scripts;
	int count;
	struct migrate_report *report;
	void (*step)(void *, const char *);
	void *owner;
	struct error *err;
};

static bool ask(struct work *work, const char *sql, const struct param *params, int count,
                struct reply *reply)
{
	return store_ask_wait(work->store, &work->arena, sql, params, count, false, reply,
	                      work->err);
}

/* ---- the files ---- */

static int by_number(const void *a, const void *b)
{
	return ((const struct script *)a)->number - ((const struct script *)b)->number;
}

static bool read_script(struct work *work, const char *folder, const char *name)
{
	struct script *script = &work->scripts[work->count++];
	char *text;
	size_t size;
	script->number = atoi(name);
	script->name = arena_string(&work->arena, name);
	if (!path_read(&work->arena, path_join(&work->arena, folder, name), &text, &size,
	               work->err))
		return false;
	script->text = text;
	seal_sha256(text, size, script->hash);
	seal_hex(script->hash, sizeof script->hash, script->hex);
	return true;
}

static bool is_script(const char *name)
{
	size_t digits = strspn(name, "0123456789"), length = strlen(name);
	return digits >= 3 && name[digits] == '_' && length > 4 &&
	       strcmp(name + length - 4, ".sql") == 0;
}

static bool read_folder(struct work *work, const char *folder)
{
	DIR *files = opendir(folder);
	if (!files) {
		fail(work->err, FAULT_DEVICE, _("Không đọc được thư mục %s."), folder);
		return because(work->err, "open %s: %s", folder, strerror(errno));
	}
	work->scripts = ARENA_MANY(&work->arena, struct script, MOST_FILES);
	bool good = true;
	for (struct dirent *entry; good && (entry = readdir(files));)
		if (is_script(entry->d_name) && work->count < MOST_FILES)
			good = read_script(work, folder, entry->d_name);
	closedir(files);
	qsort(work->scripts, (size_t)work->count, sizeof *work->scripts, by_number);
	for (int i = 1; good && i < work->count; i++) {
		if (work->scripts[i].number != work->scripts[i - 1].number)
			continue;
		fail(work->err, FAULT_BUG, _("Có hai tệp nâng cấp cùng số %d."),
		     work->scripts[i].number);
		good = because(work->err, "%s and %s", work->scripts[i - 1].name,
		               work->scripts[i].name);
	}
	if (good && work->count == 0) {
		fail(work->err, FAULT_DEVICE, _("Thư mục %s không có tệp nâng cấp nào."), folder);
		good = because(work->err, "no NNNN_name.sql in %s", folder);
	}
	return good;
}

/* ---- what was applied ---- */

static const struct script *script_of(const struct work *work, int number)
{
	for (int i = 0; i < work->count; i++)
		if (work->scripts[i].number == number)
			return &work->scripts[i];
	return NULL;
}

static bool check_row(struct work *work, int number, const char *name, const char *hex)
{
	const struct script *script = script_of(work, number);
	if (!script) {
		fail(work->err, FAULT_CONFLICT, "%s",
		     _("Cơ sở dữ liệu mới hơn chương trình này. Cập nhật chương trình rồi mở lại."));
		because(work->err, "database has %d (%s), newest file is %d", number, name,
		        work->scripts[work->count - 1].number);
		memcpy(work->err->code, "MC007", 6);
		return false;
	}
	if (*hex && strcmp(hex, script->hex) != 0) {
		fail(work->err, FAULT_CONFLICT,
		     _("Tệp nâng cấp %s đã bị sửa sau khi áp dụng. Cài lại chương trình cho đúng bản."),
		     script->name);
		because(work->err, "%s: applied %s, file %s", script->name, hex, script->hex);
		memcpy(work->err->code, "MC007", 6);
		return false;
	}
	return true;
}

static bool read_applied(struct work *work, bool *applied)
{
	struct reply reply;
	if (!ask(work, "select to_regclass('motcua.migration') is not null as there", NULL, 0,
	         &reply))
		return false;
	if (!reply_flag(&reply, 0, "there"))
		return true;
	if (!ask(work, "alter table motcua.migration add column if not exists sha256 bytea", NULL, 0,
	         NULL) ||
	    !ask(work, "select number, name, coalesce(encode(sha256, 'hex'), '') as hex "
	               "from motcua.migration order by number", NULL, 0, &reply))
		return false;
	for (int i = 0; i < reply.rows; i++) {
		int number = (int)reply_number(&reply, i, "number", 0);
		if (!check_row(work, number, reply_text(&reply, i, "name"),
		               reply_text(&reply, i, "hex")))
			return false;
		for (int s = 0; s < work->count; s++)
			applied[s] = applied[s] || work->scripts[s].number == number;
		work->report->before = number;
	}
	return true;
}

/* ---- applying ---- */

/* The script and its record stand or fall together: one statement, one
 * transaction. */
static const char HELPER[] =
	"create or replace function pg_temp.motcua_apply(script text, n int, file text, hash bytea) "
	"returns void language plpgsql as $apply$ begin execute script; "
	"alter table motcua.migration add column if not exists sha256 bytea; "
	"execute 'insert into motcua.migration (number, name, sha256) values ($1, $2, $3)' "
	"using n, file, hash; end $apply$";

static bool apply(struct work *work, const struct script *script)
{
	char number[16];
	snprintf(number, sizeof number, "%d", script->number);
	if (work->step)
		work->step(work->owner, arena_format(&work->arena, _("Đang nâng cấp cơ sở dữ liệu: %s…"),
		                                     script->name));
	const struct param params[] = { PARAM_TEXT(script->text), PARAM_TEXT(number),
		PARAM_TEXT(script->name), PARAM_BYTES(script->hash, sizeof script->hash) };
	if (ask(work, "select pg_temp.motcua_apply($1, $2::int, $3, $4)", params, 4, NULL)) {
		work->report->applied++;
		return true;
	}
	char cause[sizeof work->err->log];
	snprintf(cause, sizeof cause, "%s", work->err->log);
	if (work->err->fault != FAULT_OFFLINE) {
		char code[6];
		memcpy(code, work->err->code, 6);
		fail(work->err, FAULT_BUG, _("Không áp dụng được tệp nâng cấp %s. Báo người quản trị."),
		     script->name);
		memcpy(work->err->code, code, 6);
	}
	return because(work->err, "%.60s: %.250s", script->name, cause);
}

static bool apply_all(struct work *work)
{
	bool *applied = ARENA_MANY(&work->arena, bool, MOST_FILES);
	if (!read_applied(work, applied) || !ask(work, HELPER, NULL, 0, NULL))
		return false;
	for (int i = 0; i < work->count; i++) {
		if (!applied[i] && !apply(work, &work->scripts[i]))
			return false;
		work->report->after = work->scripts[i].number;
	}
	return true;
}

bool migrate(struct store *store, const char *folder, void (*step)(void *, const char *),
             void *owner, struct migrate_report *report, struct error *err)
{
	struct migrate_report unread;
	struct error unheard;
	struct work work = { .store = store, .report = report ? report : &unread, .step = step,
		.owner = owner, .err = err ? err : &unheard };
	*work.report = (struct migrate_report){ 0 };
	/* Long work: this connection may take and be silent as long as it needs. */
	int ask_ms = store->set.ask_ms, silence_ms = store->set.silence_ms;
	store->set.ask_ms = store->set.silence_ms = LIMIT_MS;
	bool good = read_folder(&work, folder) &&
	            ask(&work, "select set_config('statement_timeout', '0', false)", NULL, 0, NULL) &&
	            ask(&work, "select pg_advisory_lock(" LOCK ")", NULL, 0, NULL);
	if (good) {
		good = apply_all(&work);
		struct error ignored;
		(void)store_ask_wait(store, &work.arena, "select pg_advisory_unlock(" LOCK ")", NULL, 0,
		                     false, NULL, &ignored);
	}
	store->set.ask_ms = ask_ms;
	store->set.silence_ms = silence_ms;
	arena_free(&work.arena);
	return good;
}
