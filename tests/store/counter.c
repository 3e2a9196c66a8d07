/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/counter.h"

#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/store/migrate.h"
#include "core/store/seal.h"

#define LIMIT_MS 20000

static bool run_fixture(struct store *store, struct arena *arena, struct error *err)
{
	char *text;
	return path_read(arena, MOTCUA_SOURCE "/tests/schema/fixture.sql", &text, NULL, err) &&
	       store_ask_wait(store, arena,
	                      "create function pg_temp.run(script text) returns void "
	                      "language plpgsql as 'begin execute script; end'", NULL, 0, false,
	                      NULL, err) &&
	       store_ask_wait(store, arena, "select pg_temp.run($1)",
	                      (struct param[]){ PARAM_TEXT(text) }, 1, false, NULL, err);
}

static bool fill(struct test_pg *server)
{
	struct seen seen;
	struct error err = { 0 };
	struct migrate_report report;
	open_line(&seen, server->conninfo, (struct store_settings){ 0 });
	bool good = store_wait(seen.store, 0, &err) &&
	            migrate(seen.store, MOTCUA_SOURCE "/core/store/schema", NULL, NULL, &report, &err) &&
	            run_fixture(seen.store, &seen.arena, &err);
	if (!good)
		print_error("%s | %s\n", err.say, err.log);
	close_line(&seen);
	return good;
}

int start_world(void **state)
{
	(void)state;
	return test_pg_start_filled(&pg, "migrated", fill) ? 0 : -1;
}

/* ---- the session ---- */

static void on_opened(struct session *session, const struct error *err)
{
	struct counter *counter = session_owner(session);
	counter->opened++;
	counter->why = err ? *err : (struct error){ 0 };
}

static void on_line(struct session *session, const struct error *err)
{
	struct counter *counter = session_owner(session);
	counter->line++;
	counter->lost = err ? *err : (struct error){ 0 };
}

static void on_changed(struct session *session, const char *what, int64_t id)
{
	struct counter *counter = session_owner(session);
	counter->changed++;
	snprintf(counter->what, sizeof counter->what, "%s", what);
	counter->id = id;
}

static void on_again(struct session *session)
{
	((struct counter *)session_owner(session))->again++;
}

void turn(struct counter *counter, const int *value, int least)
{
	int64_t until = monotonic_ms() + LIMIT_MS;
	while (*value < least && monotonic_ms() < until)
		loop_turn(&counter->loop, 50);
	assert_true(*value >= least);
}

static void open_session(struct counter *counter, const char *folder, const char *login,
                         const char *password, const char *code)
{
	char server[96];
	struct error err;
	snprintf(server, sizeof server, "host=%s dbname=motcua", folder);
	counter->session = session_open(
		&counter->loop,
		&(struct session_plan){ .server = server, .login = login, .password = password,
			.counter = code, .program = "store_test" },
		&(struct session_calls){ .opened = on_opened, .line = on_line,
			.changed = on_changed, .again = on_again, .owner = counter },
		&err);
	assert_non_null(counter->session);
	turn(counter, &counter->opened, 1);
}

void log_in(struct counter *counter, const char *login, const char *password, const char *code)
{
	*counter = (struct counter){ 0 };
	loop_init(&counter->loop);
	open_session(counter, pg.folder, login, password, code);
}

void log_in_past_thief(struct counter *counter, const char *login, const char *code)
{
	*counter = (struct counter){ .robbed = true };
	loop_init(&counter->loop);
	thief_open(&counter->thief, &counter->loop);
	open_session(counter, counter->thief.folder, login, PASSWORD, code);
	assert_int_equal(counter->why.fault, FAULT_NONE);
}

void log_out(struct counter *counter)
{
	scope_end(&counter->scope);
	counter->session = session_close(counter->session);
	if (counter->robbed)
		thief_close(&counter->thief);
	assert_null(counter->loop.watches);
	assert_null(counter->loop.timers);
	arena_free(&counter->arena);
}

/* ---- reception ---- */

struct intake sample(const struct counter *counter, const char *owner, const char *number)
{
	static const struct intake_component PAPERS[] = { { .name = "Tờ khai", .action = "submit",
		.originals = 1, .pages = 2, .state = "ok", .required = true,
		.lookup_at = MOMENT_NONE } };
	static const struct intake_fee FEES[] = { { .name = "Lệ phí", .amount = 8000,
		.confirmed = true, .paid = "cash" } };
	static const char *const LINES[] = { "3 ngày làm việc" }, *const TOLD[] = { "cong" };
	moment_t now = session_now(counter->session);
	struct intake intake = { .counter = "Q1",
		.catalogue_version = session_facts(counter->session)->catalogue_version,
		.computed_at = now, .procedure = "1.004873", .channel = 1,
		.owner = { .present = true, .kind = "person", .name = owner, .id_number = number,
			.id_kind = "cccd", .birth = day_of(1999, 3, 5), .sex = "nữ",
			.phone = "0912345678", .address = "Ấp \"Vĩnh\" 1" },
		.summary = "Xin giấy xác nhận", .sets = 1, .components = PAPERS,
		.component_count = 1, .fees = FEES, .fee_count = 1,
		.limit = { 3, "working_day", "confirmed", "" }, .due_at = now + 6 * 86400,
		.due_lines = LINES, .due_line_count = 1,
		.route = { 8, "tu-phap", TOLD, 1 }, .result_by = "counter", .until = DAY_NONE };
	seal_uuid(intake.request_id);
	return intake;
}

static void on_accepted(struct intake_ask *ask, const struct intake_result *result,
                        const struct error *err)
{
	struct accepted *accepted = OWNER_OF(ask, struct accepted, ask);
	accepted->done++;
	accepted->err = err ? *err : (struct error){ 0 };
	if (!result)
		return;
	accepted->result = *result;
	snprintf(accepted->code, sizeof accepted->code, "%s", result->code);
	snprintf(accepted->paper_number, sizeof accepted->paper_number, "%s",
	         result->paper_number);
}

void accept_one(struct counter *counter, struct accepted *accepted, const struct intake *intake)
{
	*accepted = (struct accepted){ .ask = { .done = on_accepted } };
	if (intake->kind)
		intake_turn_away(session_store(counter->session), &counter->scope, &accepted->ask,
		                 intake);
	else
		intake_accept(session_store(counter->session), &counter->scope, &accepted->ask, intake);
	turn(counter, &accepted->done, 1);
}
