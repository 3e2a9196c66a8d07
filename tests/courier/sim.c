/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/courier/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/courier/road.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static long first;

/* splitmix64 (Steele, Lea, Flood 2014): public domain, the same everywhere. */
uint64_t chance_next(struct chance *chance)
{
	uint64_t z = chance->state += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

int chance_of(struct chance *chance, int most)
{
	return (int)(chance_next(chance) % (uint64_t)most);
}

#define ROUTE(id, to, told) \
	"{\"rule_id\":\"" id "\",\"ministry\":\"tu-phap\",\"system\":\"" to "\",\"told\":\"" told \
	"\",\"valid_from\":\"2026-01-01\",\"notice\":\"CV 1\"}"

void sim_routes(void)
{
	one(admin(), "SELECT count(*) FROM motcua.load('routes', 'sim', '[" ROUTE("8", "tu-phap", "cong") ","
	    ROUTE("9", "tinh", "cong") "," ROUTE("10", "y-te", "tinh cong") "]')");
}

void sim_begin(void)
{
	first = count(admin(), "SELECT coalesce(max(dossier_id), 0) FROM motcua.dossier");
}

/* A file as a counter sends it; its bytes are its number's hash, over and over. */
static long file_of(struct chance *chance, PGconn *clerk)
{
	int repeat = 1 + chance_of(chance, 200), word = chance_of(chance, 1 << 30);
	long id = count(clerk, "SELECT desk.file_begin('giay %d.pdf', 'application/pdf', %d,"
	                " sha256(repeat(md5('%d'), %d)::bytea))", word, 32 * repeat, word, repeat);
	one(clerk, "SELECT desk.file_piece(%ld, 0, repeat(md5('%d'), %d)::bytea)", id, word, repeat);
	one(clerk, "SELECT desk.file_end(%ld)", id);
	return id;
}

void sim_accept(struct chance *chance, PGconn *clerk)
{
	static const char *const routes[] = {
		"{\"rule_id\":8,\"system\":\"tu-phap\",\"told\":[\"cong\"]}",
		"{\"rule_id\":9,\"system\":\"tinh\",\"told\":[\"cong\"]}",
		"{\"rule_id\":10,\"system\":\"y-te\",\"told\":[\"tinh\",\"cong\"]}",
	};
	const char *route = routes[chance_of(chance, 3)];
	char files[64] = "";
	if (chance_of(chance, 4) == 0) {
		long a = file_of(chance, clerk), b = chance_of(chance, 2) ? file_of(chance, clerk) : 0;
		snprintf(files, sizeof files, b ? "%ld,%ld" : "%ld", a, b);
	}
	one(clerk, "SELECT code FROM desk.accept_dossier(test.req(jsonb_build_object('route', '%s'::jsonb,"
	    " 'summary', 'Việc số %d', 'components', '[{\"seq\":1,\"name\":\"Tờ khai\",\"action\":\"submit\","
	    "\"originals\":1,\"copies\":0,\"pages\":2,\"state\":\"ok\",\"required\":true,\"files\":[%s]}]'::jsonb)))",
	    route, chance_of(chance, 1000000), files);
}

/* A clerk's own acts only; the systems do nothing by themselves here. */
void sim_act(struct chance *chance, PGconn *clerk)
{
	long range = count(admin(), "SELECT max(dossier_id) FROM motcua.dossier") - first;
	if (range <= 0)
		return;
	long dossier = first + 1 + chance_of(chance, (int)range);
	if (!count(admin(), "SELECT count(*) FROM motcua.dossier WHERE dossier_id = %ld"
	                    " AND status_at < clock_timestamp() - interval '1.2 s'", dossier))
		return;
	long acts = count(clerk, "SELECT count(*) FROM desk.may(%ld) WHERE NOT supervisor", dossier);
	if (!acts)
		return;
	char act[40];
	snprintf(act, sizeof act, "%s", one(clerk, "SELECT act FROM desk.may(%ld) WHERE NOT supervisor"
	         " ORDER BY to_status, act OFFSET %d LIMIT 1", dossier, chance_of(chance, (int)acts)));
	/* The desk's clock counts seconds; and an answer may come in between. */
	const char *state = strcmp(act, "supplement") == 0 || strcmp(act, "pay") == 0
		? state_of(clerk, "SELECT desk.take_up(%ld, version, jsonb_build_object('request_id', gen_random_uuid(), 'act', '%s',"
		           " 'note', 'Theo kế hoạch', 'computed_at', clock_timestamp(), 'due_at', due_at)) FROM desk.dossier(%ld)",
		           dossier, act, dossier)
		: state_of(clerk, "SELECT desk.act(%ld, version, '%s', 'Theo kế hoạch') FROM desk.dossier(%ld)", dossier, act, dossier);
	/* MC006: changed meanwhile; MC005: and now the act is not open. */
	if (*state && strcmp(state, "MC006") != 0 && strcmp(state, "MC005") != 0)
		fail_msg("%s of %ld: %s %s", act, dossier, state, PQerrorMessage(clerk));
}

long sim_messages(void)
{
	return count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id > %ld", first);
}

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

/* What they were told, in order: "+" added, "4@20261122094100" a status. */
static void history_there(const json_t *kept, struct bytes *out)
{
	const json_t *messages = json_object_get(kept, "messages");
	bytes_clear(out);
	for (size_t i = 0; i < json_array_size(messages); i++) {
		const json_t *message = json_array_get(messages, i);
		if (strcmp(word(message, "service"), "add") == 0)
			bytes_text(out, "+ ");
		else if (strcmp(word(message, "service"), "progress") == 0)
			bytes_format(out, "%s@%s ", word(message, "status"), word(message, "when"));
	}
}

static bool text_anywhere(const json_t *json, const char *wanted)
{
	const char *key;
	json_t *value;
	size_t i;
	if (json_is_string(json))
		return strstr(json_string_value(json), wanted);
	json_object_foreach((json_t *)(uintptr_t)json, key, value)
		if (text_anywhere(value, wanted))
			return true;
	json_array_foreach((json_t *)(uintptr_t)json, i, value)
		if (text_anywhere(value, wanted))
			return true;
	return false;
}

/* Every dossier of ours with what we said of it, and its number there. */
static PGresult *ours(const char *system)
{
	char sql[1600];
	snprintf(sql, sizeof sql,
	         "SELECT d.code, coalesce(s.memory->>'number', d.code), '+ ' || coalesce(string_agg("
	         " (m.payload->>'status') || '@' || to_char((m.payload->>'at')::timestamptz AT TIME ZONE"
	         " 'Asia/Ho_Chi_Minh', 'YYYYMMDDHH24MISS') || ' ', '' ORDER BY m.seq) FILTER (WHERE m.kind = 'progress'), ''),"
	         " d.summary, (SELECT string_agg(encode(f.sha256, 'hex'), ' ') FROM motcua.file f"
	         "  WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id AND f.login = 'man')"
	         " FROM motcua.dossier d JOIN motcua.stream s USING (unit_id, dossier_id) JOIN motcua.message m"
	         " USING (unit_id, dossier_id, system) WHERE s.system = '%s' AND d.dossier_id > %ld"
	         " GROUP BY d.code, s.memory, d.summary, d.unit_id, d.dossier_id", system, first);
	PGresult *rows = PQexec(admin(), sql);
	if (PQresultStatus(rows) != PGRES_TUPLES_OK)
		fail_msg("%s", PQerrorMessage(admin()));
	return rows;
}

/* Files told over there must be ours, byte for byte. */
static const char *compare_files(const json_t *kept, const char *hashes)
{
	char hash[65];
	for (const char *at = hashes; *at; at += strspn(at, " ")) {
		snprintf(hash, sizeof hash, "%.64s", at);
		if (!text_anywhere(json_object_get(kept, "fields"), hash))
			return "a file is missing there";
		at += 64;
	}
	return NULL;
}

/* What the two sides have in common: the envelope knows us by our code and our
 * words, the platform by a number of its own, justice hears no progress of ours. */
enum manner { ENVELOPE, PLATFORM, JUSTICE };

static enum manner manner_of(const char *system)
{
	return strcmp(system, "tu-phap") == 0                              ? JUSTICE
	       : strcmp(system, "tinh") == 0 || strcmp(system, "y-te") == 0 ? PLATFORM
	                                                                    : ENVELOPE;
}

static const char *compare_one(const json_t *there, PGresult *rows, int row, enum manner manner)
{
	bool igate = manner == PLATFORM;
	static char out[2048];
	struct bytes history = { 0 };
	const char *code = PQgetvalue(rows, row, 0), *number = PQgetvalue(rows, row, 1), *why = NULL;
	const json_t *kept = json_object_get(there, igate ? number : code);
	if (!kept)
		why = "is not there";
	else if (!text_anywhere(json_object_get(kept, "fields"), manner == ENVELOPE ? PQgetvalue(rows, row, 3) : code))
		why = "is somebody else's there";
	else if (igate)
		why = compare_files(kept, PQgetvalue(rows, row, 4));
	history_there(kept, &history);
	const char *story = manner == JUSTICE ? "+ " : PQgetvalue(rows, row, 2);
	if (!why && strcmp(bytes_string(&history), story) != 0)
		why = "was told another story";
	if (why)
		snprintf(out, sizeof out, "%s (%s) %s\n  here:  %s\n  there: %s", code, number, why,
		         story, bytes_string(&history));
	bytes_free(&history);
	return why ? out : NULL;
}

const char *sim_difference(const char *const *systems, int count_of)
{
	static char out[2400];
	const char *why = NULL;
	for (int i = 0; i < count_of && !why; i++) {
		json_t *there = road_there(systems[i]);
		PGresult *rows = ours(systems[i]);
		for (int row = 0; row < PQntuples(rows) && !why; row++)
			why = compare_one(there, rows, row, manner_of(systems[i]));
		if (why)
			snprintf(out, sizeof out, "%s: %s", systems[i], why);
		else if (json_object_size(there) != (size_t)PQntuples(rows)) {
			why = "size";
			snprintf(out, sizeof out, "%s: %d dossiers here, %zu there", systems[i],
			         PQntuples(rows), json_object_size(there));
		}
		PQclear(rows);
		json_decref(there);
	}
	return why ? out : NULL;
}
