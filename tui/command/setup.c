/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua setup — everything a counter stands on, made once and started when it
 * is not running.  Its lines on stdout are the steps that the log-in screen
 * shows; safe to repeat, and quick when there is nothing to do. */
#include <string.h>

#include "core/base/child.h"
#include "core/base/say.h"
#include "core/store/import.h"
#include "core/store/migrate.h"
#include "tui/command/command.h"
#include "tui/command/setup.h"
#include "tui/ready.h"

#define ADMIN "motcua_admin"

/* The log-in screen reads the steps from stdout; a command's own answer stands
 * there otherwise, and its steps beside it. */
static FILE *steps;

static void say_step(const char *sentence)
{
	if (!steps)
		return;
	fprintf(steps, "%s\n", sentence);
	fflush(steps);
}

static void on_cluster_step(struct cluster_job *job, const char *sentence)
{
	(void)job;
	say_step(sentence);
}

static void on_migrate_step(void *owner, const char *sentence)
{
	(void)owner;
	say_step(sentence);
}

struct store *setup_admin(struct program *program, struct error *err)
{
	struct store_settings settings = { .server = program->server, .user = ADMIN,
		.program = "motcua-setup", .ask_ms = 120000, .statement_ms = 120000,
		.silence_ms = 120000 };
	/* A server of one's own names its administrator: [database] admin = … */
	settings.server = config_text(&program->config, "database", "admin", settings.server);
	if (!program->embedded)
		settings.user = NULL;
	struct store *store = store_open(&program->loop, &settings, err);
	if (store && store_wait(store, 10000, err))
		return store;
	return store_close(store);
}

static void say_problems(const struct import_report *report)
{
	for (size_t i = 0; i < report->problems.count && i < TABLE_PROBLEM_MOST; i++)
		fprintf(stderr, "%s\n", report->problems.items[i].say);
}

/* While a database of our own is filled nobody waits for the disk after each step: a step
 * that is lost with the power is simply done again.  The last one waits, and with it all
 * before it are on the disk before anybody works here. */
static bool pace(struct store *store, struct arena *arena, bool last, struct error *err)
{
	return store_ask_wait(store, arena, last ? "set synchronous_commit = on" : "set synchronous_commit = off", NULL,
	                      0, true, NULL, err) &&
	       (!last || store_ask_wait(store, arena, "select pg_logical_emit_message(true, 'motcua', 'filled')", NULL, 0,
	                                true, NULL, err));
}

static bool fill(struct program *program, struct error *err)
{
	struct store *store = setup_admin(program, err);
	struct migrate_report migrated;
	struct import_report report = { 0 };
	struct arena arena = { 0 };
	if (!store)
		return false;
	const char *schema = path_join(&arena, program->paths.share, "core/store/schema");
	bool first = program->embedded && !ready_stamped(program);
	bool good = (!first || pace(store, &arena, false, err)) &&
	            migrate(store, schema, on_migrate_step, NULL, &migrated, err);
	if (good && !ready_stamped(program)) {
		say_step(_("Đang nạp danh mục thủ tục, địa bàn, ngày nghỉ…"));
		good = import_shipped(store, &arena, program->paths.share, program->options.practice,
		                      false, &report, err);
		if (!good)
			say_problems(&report);
	}
	good = good && (!first || pace(store, &arena, true, err));
	store_close(store);
	arena_free(&arena);
	return good;
}

/* ---- companions: programs that detach by themselves ---- */

static void on_started(struct child *child)
{
	(void)child;
}

struct companion {
	const char *name, *argv[8];
	struct scope scope;
	struct child child;
	bool begun;
};

static bool companion_begin(struct program *program, struct companion *companion, const char *name,
                            const char *const *arguments, int most_ms, struct error *err)
{
	*companion = (struct companion){ .name = name };
	companion->argv[0] = path_join(&program->arena, program->paths.libexec, name);
	struct child_plan plan = { .argv = companion->argv, .timeout_ms = most_ms };
	for (int n = 1; *arguments && n < 7;)
		companion->argv[n++] = *arguments++;
	companion->begun = child_start(&program->loop, &companion->scope, &companion->child, &plan, on_started, err);
	return companion->begun;
}

/* Waits for its end: detaching and stopping both come back.  sorry begins the
 * sentence that the program's name ends. */
static bool companion_end(struct program *program, struct companion *companion, const char *sorry,
                          struct error *err)
{
	while (companion->scope.tasks)
		loop_turn(&program->loop, 1000);
	bool good = companion->child.status == 0;
	if (!good) {
		fail(err, FAULT_OFFLINE, "%s: %s", sorry, companion->name);
		because(err, "%s ended with %d: %s", companion->name, companion->child.status,
		        bytes_string(&companion->child.err));
	}
	child_clear(&companion->child);
	companion->begun = false;
	return good;
}

static bool run_companion(struct program *program, const char *name, const char *const *arguments,
                          int most_ms, const char *sorry, struct error *err)
{
	struct companion companion;
	return companion_begin(program, &companion, name, arguments, most_ms, err) &&
	       companion_end(program, &companion, sorry, err);
}

#define START_MS 20000

/* It needs no database: it opens while one is made. */
static bool begin_practice(struct program *program, struct companion *practice, struct error *err)
{
	const char *state = path_join(&program->arena, program->paths.data, "practice.state");
	const char *log = path_join(&program->arena, program->paths.data, "practice.log");
	const char *const arguments[] = { "--detach", "--state", state, "--log", log, NULL };
	return !program->options.practice ||
	       companion_begin(program, practice, "motcua-practice", arguments, START_MS, err);
}

static bool start_companions(struct program *program, struct companion *practice, struct error *err)
{
	const char *sorry = _("Không khởi động được chương trình nền");
	if (practice->begun) {
		say_step(_("Đang mở thế giới tập duyệt…"));
		if (!companion_end(program, practice, sorry, err))
			return false;
	}
	say_step(_("Đang mở bộ chuyển hồ sơ…"));
	return run_companion(program, "motcua-courier", (const char *const[]){ "--detach", NULL }, START_MS, sorry, err);
}

bool setup_run(struct program *program, FILE *out, struct error *err)
{
	steps = out;
	struct companion practice = { 0 };
	struct error unheard = { 0 };
	ready_mark_stopped(program, false);
	bool good = begin_practice(program, &practice, err) &&
	            (!program->embedded || cluster_start_wait(&program->cluster, on_cluster_step, err)) &&
	            fill(program, err) && start_companions(program, &practice, err) && ready_stamp(program, err);
	if (practice.begun)
		companion_end(program, &practice, "", &unheard);
	return good;
}

bool setup_ensure(struct program *program, struct error *err)
{
	if (!program->embedded)
		return true;
	bool up = program->options.practice ? ready_check(program)
	                                    : cluster_running(&program->cluster);
	return up || setup_run(program, stderr, err);
}

int command_setup(struct program *program, int argc, char **argv)
{
	struct error err = { 0 };
	struct call call;
	if (!command_read(&call, argc, argv, 0, -1))
		return EXIT_USAGE;
	if (!setup_run(program, call.json ? NULL : stdout, &err))
		return command_failed(&err);
	if (call.json)
		command_json(json_pack("{s:b, s:b}", "ready", 1, "practice", program->options.practice));
	else
		say_step(_("Sẵn sàng."));
	return 0;
}

/* A message under way is finished first: the courier takes its time. */
#define STOP_MS 120000

int command_stop(struct program *program, int argc, char **argv)
{
	static const char *const names[] = { "motcua-courier", "motcua-practice" };
	struct error err = { 0 };
	struct call call;
	bool good = true;
	if (!command_read(&call, argc, argv, 0, -1))
		return EXIT_USAGE;
	ready_mark_stopped(program, true);
	for (int i = 0; i < 2; i++)
		good &= run_companion(program, names[i], (const char *const[]){ "--stop", NULL }, STOP_MS,
		                      _("Chưa dừng được chương trình nền"), &err);
	/* The database may stop under a courier: what it was sending is asked about first. */
	if (program->embedded)
		good &= cluster_stop_wait(&program->cluster, &err);
	if (!good)
		return command_failed(&err);
	if (call.json)
		command_json(json_pack("{s:b}", "stopped", 1));
	else
		printf("%s\n", _("Đã dừng. Dữ liệu còn nguyên trên đĩa."));
	return 0;
}
