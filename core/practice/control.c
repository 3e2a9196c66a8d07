/* SPDX-License-Identifier: Apache-2.0
 *
 * The dials of the practice world, for tests and for trainers:
 *   GET  /practice/state[?system=CODE]   everything kept
 *   GET  /practice/systems               codes, dstcodes and names
 *   POST /practice/fault   {system, kind, service, times, ms}
 *   POST /practice/calm    {system}      turns faults off
 *   POST /practice/dial    {system, zero, duplicate, session_ms, step_ms, refuse_account, mute}
 *   POST /practice/rights  {system, officer, state, account, fields, procedures, note}  (rights.h)
 *   POST /practice/step    {system}      every dossier one status on, now
 *   POST /practice/tell    {system, code, supplement | fee {name, amount} | result, base64, host |
 *                           word, say | hidden | twice | altered | stranger}: what it tells of them
 *   POST /practice/filed   {system, count | code, …}: citizens file online  (filed.h)
 *   POST /practice/call    {system, call, body, key}: calls the desk, once  (callback.h)
 *   POST /practice/expire  {system}      forgets sessions
 *   POST /practice/reset   {system}      forgets dossiers
 *   GET  /practice/day                   the scripted day
 * system is a code, or "*". */
#include <string.h>

#include "core/practice/rights.h"
#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/practice/callback.h"
#include "core/practice/filed.h"
#include "core/practice/server.h"
#include "core/practice/told.h"

static const char *word(const json_t *request, const char *name)
{
	return json_string_value(json_object_get(request, name));
}

static long number(const json_t *request, const char *name, long fallback)
{
	const json_t *value = json_object_get(request, name);
	return json_is_integer(value) ? (long)json_integer_value(value) : fallback;
}

static unsigned refuse(json_t **reply, const char *why)
{
	*reply = json_pack("{s:s}", "error", why);
	return 400;
}

static void copy(char *out, size_t room, const char *text)
{
	snprintf(out, room, "%s", text ? text : "");
}

static unsigned add_fault(struct practice *practice, const json_t *request, json_t **reply)
{
	struct practice_fault fault = { .kind = fault_kind_of(word(request, "kind")),
		                        .times = (int)number(request, "times", 1),
		                        .ms = number(request, "ms", 0) };
	if (fault.kind == FAULT_KIND_NONE)
		return refuse(reply, "kind unknown");
	copy(fault.system, sizeof fault.system, word(request, "system"));
	copy(fault.service, sizeof fault.service, word(request, "service"));
	if (!faults_add(&practice->faults, &fault))
		return refuse(reply, "too many faults");
	return 200;
}

static void turn(struct world_system *system, const json_t *request)
{
	if (word(request, "zero"))
		copy(system->zero, sizeof system->zero, word(request, "zero"));
	if (word(request, "duplicate"))
		copy(system->duplicate, sizeof system->duplicate, word(request, "duplicate"));
	system->session_ms = number(request, "session_ms", (long)system->session_ms);
	system->step_ms = number(request, "step_ms", (long)system->step_ms);
	if (json_is_boolean(json_object_get(request, "refuse_account")))
		system->refuse_account = json_is_true(json_object_get(request, "refuse_account"));
	if (json_is_boolean(json_object_get(request, "mute")))
		system->mute = json_is_true(json_object_get(request, "mute"));
}

static bool each_system(struct practice *practice, const char *path, const json_t *request)
{
	bool known = false;
	const char *code = word(request, "system");
	for (int i = 0; i < WORLD_COUNT; i++) {
		struct world_system *system = &practice->world.systems[i];
		if (code && strcmp(code, "*") != 0 && strcmp(code, system->code) != 0)
			continue;
		if (strcmp(path, "dial") == 0)
			turn(system, request);
		else if (strcmp(path, "rights") == 0)
			rights_turn(&practice->world, system, request);
		else if (strcmp(path, "tell") == 0)
			told_turn(&practice->world, system, request, moment_now());
		else if (strcmp(path, "filed") == 0)
			filed_turn(&practice->world, system, request, moment_now());
		else if (strcmp(path, "step") == 0)
			world_step(&practice->world, system, moment_now(), -1);
		else if (strcmp(path, "expire") == 0)
			world_expire(system);
		else if (strcmp(path, "reset") == 0)
			world_reset(&practice->world, system->code);
		else
			return false;
		known = true;
	}
	return known;
}

static json_t *systems(struct practice *practice)
{
	json_t *list = json_array();
	for (int i = 0; i < WORLD_COUNT; i++) {
		const struct world_system *system = &practice->world.systems[i];
		char dstcode[96];
		snprintf(dstcode, sizeof dstcode, "VN:GOV:%s:%s", system->agency, system->code);
		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "code", system->code,
		                                      "dstcode", dstcode, "name", system->name));
	}
	return json_pack("{s:o}", "systems", list);
}

static json_t *day(const struct practice *practice)
{
	json_t *list = json_array();
	for (int i = 0; i < practice->day.count; i++) {
		const struct day_line *line = &practice->day.lines[i];
		char when[24];
		if (line->after_start)
			snprintf(when, sizeof when, "+%d", line->seconds);
		else
			snprintf(when, sizeof when, "%02d:%02d:%02d", line->seconds / 3600,
			         line->seconds / 60 % 60, line->seconds % 60);
		json_array_append_new(list, json_pack("{s:s, s:s, s:O}", "when", when, "word",
		                                      line->word, "request", line->request));
	}
	return json_pack("{s:o}", "day", list);
}

unsigned control_answer(struct practice *practice, const char *method, const char *path,
                        const char *system, const json_t *request, json_t **reply)
{
	if (strcmp(method, "GET") == 0) {
		if (strcmp(path, "state") == 0)
			*reply = world_state(&practice->world, system);
		else if (strcmp(path, "systems") == 0)
			*reply = systems(practice);
		else if (strcmp(path, "day") == 0)
			*reply = day(practice);
		else
			return refuse(reply, "unknown");
		return 200;
	}
	if (!json_is_object(request))
		return refuse(reply, "a JSON object is wanted");
	unsigned status = 200;
	if (strcmp(path, "fault") == 0) {
		status = add_fault(practice, request, reply);
	} else if (strcmp(path, "calm") == 0) {
		const char *code = word(request, "system");
		faults_clear(&practice->faults, code && strcmp(code, "*") != 0 ? code : NULL);
	} else if (strcmp(path, "call") == 0) {
		if (!callbacks_turn(practice->callbacks, request))
			status = refuse(reply, "system, call and body are wanted");
	} else if (!each_system(practice, path, request)) {
		status = refuse(reply, "unknown");
	}
	callbacks_look(practice->callbacks); /* there may be news */
	if (!*reply)
		*reply = json_pack("{s:b}", "done", 1);
	return status;
}

void control_day(struct practice *practice)
{
	moment_t now = moment_now();
	for (int i = 0; i < practice->day.count; i++) {
		const struct day_line *line = &practice->day.lines[i];
		json_t *reply = NULL;
		if (!day_line_due(line, practice->started, practice->day_done, now))
			continue;
		unsigned status =
			control_answer(practice, "POST", line->word, NULL, line->request, &reply);
		log_line(status == 200 ? LOG_NOTE : LOG_WARN, "scripted day, line %d: %s %u",
		         line->line, line->word, status);
		json_decref(reply);
	}
	practice->day_done = now;
}

static bool start_fault(struct practice *practice, const char *text, struct error *err)
{
	json_t *request = json_loads(text, 0, NULL), *reply = NULL;
	bool good = json_is_object(request) &&
	            control_answer(practice, "POST", "fault", NULL, request, &reply) == 200;
	json_decref(request);
	json_decref(reply);
	return good || fail(err, FAULT_INPUT, _("Lỗi dựng sẵn không đọc được: %s"), text);
}

bool control_start(struct practice *practice, struct error *err)
{
	const struct practice_plan *plan = &practice->plan;
	struct arena arena = { 0 };
	char *text;
	/* What "+0" says happens at the first look. */
	practice->started = moment_now();
	practice->day_done = practice->started - 1;
	bool good = !plan->day_file || (path_read(&arena, plan->day_file, &text, NULL, err) &&
	                                day_parse(&practice->day, text, err));
	arena_free(&arena);
	for (int i = 0; good && plan->faults[i]; i++)
		good = start_fault(practice, plan->faults[i], err);
	return good;
}
