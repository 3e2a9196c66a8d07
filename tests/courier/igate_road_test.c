/* SPDX-License-Identifier: Apache-2.0
 *
 * From the act of reception to six ministries and the province: their number
 * used once, every file there once and whole, progress and status in order,
 * also when couriers are killed between any two calls. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const char *const systems[] = { "noi-vu", "cong-thuong", "xay-dung", "nnmt",
	                               "y-te",   "gddt",        "tinh" };
#define SYSTEMS (sizeof systems / sizeof *systems)
/* Its route is rule 21 and on. */
#define RULE(i) (21 + (int)(i))

static int start(void **state)
{
	if (road_start(state) != 0)
		return -1;
	road_profiles(MOTCUA_SOURCE "/core/data/systems/practice");
	char rules[2048] = "{\"rule_id\":\"8\",\"ministry\":\"tu-phap\",\"system\":\"tu-phap\","
			   "\"told\":\"cong\",\"valid_from\":\"2026-01-01\"}";
	for (size_t i = 0; i < SYSTEMS; i++) {
		size_t n = strlen(rules);
		snprintf(rules + n, sizeof rules - n,
		         ",{\"rule_id\":\"%d\",\"system\":\"%s\",\"told\":\"\",\"valid_from\":"
		         "\"2026-01-01\",\"notice\":\"x\"}",
		         RULE(i), systems[i]);
	}
	one(admin(), "SELECT count(*) FROM motcua.load('routes', 'road', '[%s]')", rules);
	return 0;
}

/* Two scanned papers, one of them longer than a piece. */
static const char *scan(PGconn *man, const char *name, int times)
{
	const char *id = one(man, "SELECT desk.file_begin('%s', 'application/pdf', 10 * %d, sha256(b))"
	                          " FROM (VALUES (convert_to(repeat('0123456789', %d), 'UTF8'))) v(b)",
	                     name, times, times);
	for (int piece = 0; piece * 262144 < times * 10; piece++)
		one(man, "SELECT desk.file_piece(%s, %d, substring(convert_to(repeat('0123456789', %d),"
		         " 'UTF8') FROM %d FOR 262144))",
		    id, piece, times, 1 + piece * 262144);
	one(man, "SELECT desk.file_end(%s)", id);
	return id;
}

/* Our code of a dossier accepted for that system. */
static const char *accept(size_t system)
{
	PGconn *man = as("man");
	char name[40];
	snprintf(name, sizeof name, "to khai “%zu”.pdf", system);
	const char *first = scan(man, name, 3 + (int)system);
	const char *second = scan(man, "ảnh chụp.pdf", 30000 + (int)system);
	const char *code = one(
		man, "SELECT code FROM desk.accept_dossier(test.req('{\"route\":{\"rule_id\":%d,"
		     "\"system\":\"%s\",\"told\":[]},\"components\":[{\"seq\":1,\"name\":\"Tờ khai\","
		     "\"action\":\"submit\",\"originals\":1,\"copies\":0,\"pages\":2,\"state\":\"ok\","
		     "\"required\":true,\"files\":[%s,%s]}]}'))",
		RULE(system), systems[system], first, second);
	PQfinish(man);
	return code;
}

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

/* What a system keeps; a new reference. */
static json_t *kept(const char *system, const char *member)
{
	char path[64];
	snprintf(path, sizeof path, "state?system=%s", system);
	json_t *state = bench_control(&road, path, NULL);
	json_t *found = json_incref(json_object_get(
		json_object_get(json_object_get(state, "systems"), system), member));
	json_decref(state);
	assert_non_null(found);
	return found;
}

/* One dossier there under one number, both files once with our hashes, and
 * what was told in order: "add progress status". */
static void check(const char *system, const char *code)
{
	char told[128] = "";
	json_t *dossiers = kept(system, "dossiers"), *extra = kept(system, "extra");
	assert_int_equal(json_object_size(dossiers), 1);
	assert_int_equal(json_object_size(json_object_get(extra, "numbers")), 1);
	void *only = json_object_iter(dossiers);
	const json_t *dossier = json_object_iter_value(only);
	const json_t *fields = json_object_get(dossier, "fields");
	const json_t *messages = json_object_get(dossier, "messages");
	for (size_t i = 0; i < json_array_size(messages); i++) {
		size_t n = strlen(told);
		snprintf(told + n, sizeof told - n, "%s%s", n ? " " : "",
		         word(json_array_get(messages, i), "service"));
	}
	assert_string_equal(told, "add progress status");
	assert_int_equal(json_integer_value(json_object_get(dossier, "status")), 2);
	const char *ours = word(fields, "MaHoSoKhac");
	assert_string_equal(*ours ? ours : word(fields, "nationCode"), code);
	assert_string_equal(one(admin(), "SELECT foreign_code FROM motcua.stream s JOIN motcua.dossier d"
	                                 " USING (unit_id, dossier_id) WHERE d.code = '%s'",
	                        code),
	                    json_object_iter_key(only));
	const json_t *files = json_object_get(extra, "files");
	const char *id;
	json_t *file;
	char hashes[200] = "";
	json_object_foreach((json_t *)(uintptr_t)files, id, file) {
		size_t n = strlen(hashes);
		snprintf(hashes + n, sizeof hashes - n, "%s%s", n ? " " : "", word(file, "sha256"));
	}
	assert_string_equal(one(admin(), "SELECT string_agg(encode(f.sha256, 'hex'), ' ' ORDER BY f.file_id)"
	                                 " FROM motcua.file f JOIN motcua.dossier d USING (unit_id,"
	                                 " dossier_id) WHERE d.code = '%s'",
	                        code),
	                    hashes);
	json_decref(dossiers);
	json_decref(extra);
}

static void every_one_of_them_receives_and_answers(void **state)
{
	(void)state;
	char codes[SYSTEMS][64];
	road_clear();
	pid_t courier = road_courier("all", NULL);
	for (size_t i = 0; i < SYSTEMS; i++)
		snprintf(codes[i], sizeof codes[i], "%s", accept(i));
	road_until(40, "received everywhere",
	           "SELECT count(*) = %d FROM motcua.stream WHERE travel = 'received' AND NOT open"
	           " AND foreign_code ~ '[.]99-[0-9]{8}-[0-9]{7}$'",
	           (int)SYSTEMS);
	for (size_t i = 0; i < SYSTEMS; i++)
		check(systems[i], codes[i]);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* Where the courier is killed: the call that hangs, before or after it was
 * carried out, and what must be true by then. */
static const struct {
	const char *fault, *service;
	const char *ours;                /* in the database, of the stream s          */
	const char *theirs;              /* or a message they must hold, or "dossier" */
} kills[] = {
	{ "hang", "upload", "s.memory ? 'number'", NULL },
	{ "hang", "add", "s.memory->'files' IS NOT NULL AND (SELECT count(*) = 2 FROM"
	                 " jsonb_object_keys(s.memory->'files'))", NULL },
	{ "hang-after", "add", "s.begun", "add" },
	{ "hang-after", "progress", "s.begun", "progress" },
	{ "hang", "status", "s.memory ? 'done'", NULL },
	{ "hang-after", "status", "s.begun", "status" },
};

static bool they_hold(const char *system, const char *service)
{
	json_t *dossiers = kept(system, "dossiers");
	void *only = json_object_iter(dossiers);
	const json_t *messages =
		only ? json_object_get(json_object_iter_value(only), "messages") : NULL;
	bool found = false;
	for (size_t i = 0; i < json_array_size(messages); i++)
		found |= strcmp(word(json_array_get(messages, i), "service"), service) == 0;
	json_decref(dossiers);
	return found;
}

static void killed_at(size_t system, size_t kill)
{
	char code[64];
	road_clear();
	road_fault(systems[system], kills[kill].fault, kills[kill].service, -1, 0);
	pid_t courier = road_courier("one", "{\"total_ms\":5000}");
	snprintf(code, sizeof code, "%s", accept(system));
	road_until(30, kills[kill].service,
	           "SELECT %s FROM motcua.stream s JOIN motcua.dossier d USING (unit_id, dossier_id)"
	           " WHERE d.code = '%s'",
	           kills[kill].ours, code);
	while (kills[kill].theirs && !they_hold(systems[system], kills[kill].theirs))
		road_until(1, "time passes", "SELECT true");
	assert_int_equal(road_end(courier, SIGKILL), -SIGKILL);
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	courier = road_courier("two", NULL);
	road_until(40, "received",
	           "SELECT s.travel = 'received' AND NOT s.open FROM motcua.stream s JOIN"
	           " motcua.dossier d USING (unit_id, dossier_id) WHERE d.code = '%s'",
	           code);
	check(systems[system], code);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void a_killed_courier_uses_no_second_number_and_sends_no_file_twice(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof kills / sizeof *kills; i++)
		killed_at(i % 2 ? SYSTEMS - 1 : 0, i);
}

/* Pages, quotas, lost answers and old tokens on the way; none of them costs a
 * second number, file or dossier. */
static void a_road_full_of_holes(void **state)
{
	(void)state;
	static const struct {
		const char *kind, *service;
	} holes[] = {
		{ "bad-gateway", "login" },    { "too-many", "number" },   { "expire", "upload" },
		{ "drop-before", "upload" },   { "bad-gateway", "add" },   { "gateway-time", "add" },
		{ "drop-after", "progress" },  { "half", "status" },       { "expire", "status" },
		{ "bad-gateway", "ask" },
	};
	static const size_t those[] = { 0, SYSTEMS - 1 };
	char codes[2][64];
	road_clear();
	for (size_t i = 0; i < 2; i++)
		for (size_t h = 0; h < sizeof holes / sizeof *holes; h++)
			road_fault(systems[those[i]], holes[h].kind, holes[h].service, 1, 1000);
	pid_t courier = road_courier("holes", NULL);
	for (size_t i = 0; i < 2; i++)
		snprintf(codes[i], sizeof codes[i], "%s", accept(those[i]));
	for (size_t i = 0; i < 2; i++) {
		road_until(60, "received",
		           "SELECT s.travel = 'received' AND NOT s.open FROM motcua.stream s JOIN"
		           " motcua.dossier d USING (unit_id, dossier_id) WHERE d.code = '%s'",
		           codes[i]);
		check(systems[those[i]], codes[i]);
	}
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* What they complain of is named on the form, in whatever way they glue it. */
static void what_is_refused_names_the_field(void **state)
{
	(void)state;
	static const size_t those[] = { 0, SYSTEMS - 1 };
	for (size_t i = 0; i < 2; i++) {
		char code[64];
		road_clear();
		pid_t courier = road_courier("wrong", "{\"maps\":{\"paper_kind\":{\"electronic\":"
		                                      "\"7\"},\"owner_kind\":{\"person\":\"8\"}}}");
		snprintf(code, sizeof code, "%s", accept(those[i]));
		road_until(20, "disagreed",
		           "SELECT s.travel = 'disagreed' AND s.note LIKE '%%Loại đối tượng%%' AND"
		           " s.note LIKE '%%Bản chính, bản sao%%' FROM motcua.stream s JOIN"
		           " motcua.dossier d USING (unit_id, dossier_id) WHERE d.code = '%s'",
		           code);
		assert_int_equal(road_end(courier, SIGTERM), 0);
		json_t *dossiers = kept(systems[those[i]], "dossiers");
		assert_int_equal(json_object_size(dossiers), 0);
		json_decref(dossiers);
	}
}

static void send_again(const char *code)
{
	one(admin(), "SELECT motcua.enqueue(m.unit_id, m.dossier_id, m.system, m.kind, m.payload) FROM"
	             " motcua.message m JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE"
	             " d.code = '%s' AND m.seq = 1",
	    code);
}

/* What changed here is changed there, its files stay; a system without a way to
 * change says so to the officer. */
static void a_changed_dossier_is_changed_there_or_told(void **state)
{
	(void)state;
	static const size_t those[] = { 0, SYSTEMS - 1 };
	char codes[2][64];
	road_clear();
	pid_t courier = road_courier("change", NULL);
	for (size_t i = 0; i < 2; i++) {
		snprintf(codes[i], sizeof codes[i], "%s", accept(those[i]));
		road_until(40, "received", "SELECT s.travel = 'received' AND NOT s.open FROM"
		                           " motcua.stream s JOIN motcua.dossier d USING (unit_id,"
		                           " dossier_id) WHERE d.code = '%s'",
		           codes[i]);
		send_again(codes[i]);
		road_until(20, "carried", ALL_CARRIED);
		assert_true(they_hold(systems[those[i]], "update"));
		json_t *extra = kept(systems[those[i]], "extra");
		assert_int_equal(json_object_size(json_object_get(extra, "files")), 2);
		assert_int_equal(json_object_size(json_object_get(extra, "numbers")), 1);
		json_decref(extra);
	}
	assert_int_equal(road_end(courier, SIGTERM), 0);
	courier = road_courier("fixed", "{\"paths\":{\"update\":null}}");
	send_again(codes[0]);
	road_until(20, "told", "SELECT s.refused AND s.note LIKE '%%không có cách sửa%%' FROM"
	                       " motcua.stream s JOIN motcua.dossier d USING (unit_id, dossier_id)"
	                       " WHERE d.code = '%s'",
	           codes[0]);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* The list of these days holds it, with what was told last. */
static void listed(const char *system, const char *code)
{
	char question[24];
	snprintf(question, sizeof question, "%s",
	         one(admin(), "SELECT motcua.ask_system(d.unit_id, '%s', 'list', jsonb_build_object('from',"
	                      " (now() - interval '2 days')::date, 'to', (now() + interval '1 day')::date,"
	                      " 'unit', ''), '', '', NULL, '30 seconds') FROM motcua.dossier d"
	                      " WHERE d.code = '%s'",
	             system, code));
	road_until(30, "the list came",
	           "SELECT q.state = 'answered' AND q.reply @> '{\"whole\":true}' AND EXISTS (SELECT FROM"
	           " motcua.stream s JOIN motcua.dossier d USING (unit_id, dossier_id),"
	           " jsonb_array_elements(q.reply->'dossiers') x WHERE d.code = '%s' AND"
	           " x->>'foreign_code' = s.foreign_code AND (x->>'status')::int = 9)"
	           " FROM motcua.question q WHERE q.question_id = %s",
	           code, question);
}

/* Their decisions move the dossier here, their paper is fetched, then receipted. */
static void what_they_decide_comes_home(void **state)
{
	(void)state;
	static const size_t those[] = { 0, SYSTEMS - 1 };
	char codes[2][64], step[64];
	road_clear();
	/* A courier that was ended in the middle of a list keeps it for a while, and
	 * the numbers of a world that was emptied come again. */
	one(admin(), "UPDATE motcua.poll SET leased_until = NULL");
	one(admin(), "DELETE FROM motcua.alias");
	pid_t courier = road_courier("home", NULL);
	for (size_t i = 0; i < 2; i++)
		snprintf(codes[i], sizeof codes[i], "%s", accept(those[i]));
	for (int status = 2; status <= 9; status = status == 2 ? 4 : status + 5)
		for (size_t i = 0; i < 2; i++) {
			snprintf(step, sizeof step, "{\"system\":\"%s\"}", systems[those[i]]);
			if (status > 2)
				json_decref(bench_control(&road, "step", step));
			road_until(40, "their status is ours",
			           "SELECT d.status = %d AND s.travel = 'received' FROM motcua.dossier d"
			           " JOIN motcua.stream s USING (unit_id, dossier_id) WHERE d.code = '%s'",
			           status, codes[i]);
		}
	for (size_t i = 0; i < 2; i++) {
		road_until(40, "their paper is kept and receipted",
		           "SELECT count(*) = 1 FROM motcua.answer_part p JOIN motcua.file f USING (file_id)"
		           " WHERE p.code = '%s' AND p.kind = 'result' AND p.acked_at IS NOT NULL"
		           " AND f.whole AND f.size > 20",
		           codes[i]);
		json_t *dossiers = kept(systems[those[i]], "dossiers");
		assert_true(json_is_true(json_object_get(
			json_object_iter_value(json_object_iter(dossiers)), "taken")));
		json_decref(dossiers);
		listed(systems[those[i]], codes[i]);
	}
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_one_of_them_receives_and_answers),
		cmocka_unit_test(a_killed_courier_uses_no_second_number_and_sends_no_file_twice),
		cmocka_unit_test(a_road_full_of_holes),
		cmocka_unit_test(what_is_refused_names_the_field),
		cmocka_unit_test(a_changed_dossier_is_changed_there_or_told),
		cmocka_unit_test(what_they_decide_comes_home),
	};
	return cmocka_run_group_tests(tests, start, road_stop);
}
