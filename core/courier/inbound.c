/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/inbound.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/courier/called.h"
#include "core/courier/door.h"
#include "core/courier/filings.h"
#include "core/courier/mask.h"
#include "core/courier/post.h"
#include "core/courier/pushed.h"
#include "core/courier/wire_answers.h"

#define TRY_AGAIN_MS 30000
/* Those turned away are counted here and written down together. */
#define COUNT_MS     3000
/* They wait no longer than the usual gateway. */
#define KEEP_MS      10000
#define LATER_SECONDS 30

struct inbound {
	struct engine *engine;
	struct door *door;
	const char *listen, *port_file;
	struct timer again, count;
	json_t *away;              /* {system: how many were turned away} */
	struct ask count_ask;
	struct visit *visits;
};

/* One call that waits for the database. */
struct visit {
	struct inbound *inbound;
	struct visit *next;
	struct door_call *call;
	struct post *post;
	char name[64];
	struct ask ask;
};

static void reply(struct door_call *call, const struct post *post, unsigned status, const char *end,
                  const char *message)
{
	char *text = called_reply(&post->profile, end, message);
	door_answer(call, status, text, status == 503 ? LATER_SECONDS : 0);
	free(text);
}

/* ---- turned away ---- */

static void counted(struct ask *ask, const struct reply *answer, const struct error *err)
{
	(void)ask;
	(void)answer;
	if (err)
		log_error("calls turned away", err);
}

static void write_count(struct timer *timer)
{
	struct inbound *inbound = OWNER_OF(timer, struct inbound, count);
	struct engine *engine = inbound->engine;
	if (inbound->count_ask.slot) {
		loop_after(engine->loop, &inbound->count, COUNT_MS);
		return;
	}
	json_t *lines = json_array(), *times;
	const char *system;
	json_object_foreach(inbound->away, system, times) {
		log_line(LOG_WARN, "%lld calls turned away in the name of %s",
		         (long long)json_integer_value(times), *system ? system : "nobody known");
		json_array_append_new(lines, json_pack("{s:s, s:O}", "system", system, "times", times));
	}
	json_object_clear(inbound->away);
	char *text = json_dumps(lines, JSON_COMPACT);
	if (!text)
		abort();
	inbound->count_ask = (struct ask){ .done = counted, .owner = inbound };
	wire_turned_away(engine->plan.aside, &engine->scope, &inbound->count_ask, text);
	free(text);
	json_decref(lines);
}

static void turn_away(struct inbound *inbound, const char *system)
{
	json_int_t before = json_integer_value(json_object_get(inbound->away, system));
	json_object_set_new(inbound->away, system, json_integer(before + 1));
	if (!inbound->count.armed)
		loop_after(inbound->engine->loop, &inbound->count, COUNT_MS);
}

/* ---- a call ---- */

static void forget(struct visit *visit)
{
	for (struct visit **at = &visit->inbound->visits; *at; at = &(*at)->next)
		if (*at == visit) {
			*at = visit->next;
			break;
		}
	free(visit);
}

static void kept(struct ask *ask, const struct reply *answer, const struct error *err)
{
	struct visit *visit = ask->owner;
	struct post *post = visit->post;
	const char *end = err ? "" : reply_text(answer, 0, "outcome");
	log_line(err ? LOG_WARN : LOG_NOTE, "%s called: %s %s", post->profile.code, visit->name,
	         err ? "not kept" : end);
	if (err) {
		log_error("called", err);
		reply(visit->call, post, 503, "failed", _("Chưa ghi được, xin gửi lại sau."));
	} else if (strcmp(end, "stranger") == 0) {
		reply(visit->call, post, 200, "failed", _("Không tìm thấy hồ sơ"));
	} else {
		reply(visit->call, post, 200, strcmp(end, "news") == 0 ? "taken" : "known", _("Đã nhận"));
		/* Files they link to are fetched now. */
		if (post->works && !post->engine->draining)
			gather_look(post);
	}
	forget(visit);
}

static void keep(struct inbound *inbound, struct door_call *call, struct post *post,
                 const struct called *called, const json_t *body)
{
	struct engine *engine = inbound->engine;
	struct visit *visit = calloc(1, sizeof *visit);
	json_t *view = peer_view_json(&called->view, "");
	json_t *said = json_copy((json_t *)(uintptr_t)body);
	json_object_del(said, "@now"); /* said again it is the same call */
	char *whole = json_dumps(said, JSON_COMPACT | JSON_SORT_KEYS), *facts = json_dumps(view, JSON_COMPACT);
	struct bytes masked = { 0 };
	if (!visit || !whole || !facts)
		abort();
	mask_reply(&masked, whole, strlen(whole), NULL, "", post->secrets, NULL);
	*visit = (struct visit){ .inbound = inbound, .next = inbound->visits, .call = call, .post = post,
		                 .ask = { .done = kept, .owner = visit, .limit_ms = KEEP_MS, .at_once = true } };
	snprintf(visit->name, sizeof visit->name, "%s", called->call);
	inbound->visits = visit;
	wire_called(engine->plan.aside, &engine->scope, &visit->ask,
	            &(struct wire_call){ post->profile.code, called->call, called->view.code,
	                                 called->view.foreign_code, facts, called->notice, whole,
	                                 bytes_string(&masked) });
	bytes_free(&masked);
	free(whole);
	free(facts);
	json_decref(view);
	json_decref(said);
}

/* ---- filings handed over ---- */

static void filed(struct ask *ask, const struct reply *answer, const struct error *err)
{
	struct visit *visit = ask->owner;
	struct post *post = visit->post;
	const char *end = err ? "" : reply_text(answer, 0, "outcome"), *note = err ? "" : reply_text(answer, 0, "note");
	log_line(err ? LOG_WARN : LOG_NOTE, "%s called: %s %s", post->profile.code, visit->name, err ? "not kept" : end);
	if (err) {
		log_error("filings handed over", err);
		reply(visit->call, post, 503, "failed", _("Chưa ghi được, xin gửi lại sau."));
	} else if (strcmp(end, "later") == 0) {
		reply(visit->call, post, 503, "failed", note);
	} else {
		reply(visit->call, post, 200, end, *note ? note : strcmp(end, "known") == 0 ? _("Hồ sơ đã tồn tại") : _("Tiếp nhận thành công"));
		/* Their files are fetched now. */
		if (post->works && !post->engine->draining)
			filings_look(post);
	}
	forget(visit);
}

static void keep_filings(struct inbound *inbound, struct door_call *call, struct post *post, const char *name, const json_t *body)
{
	struct engine *engine = inbound->engine;
	json_t *items = pushed_items(&post->profile, body);
	if (!items) {
		reply(call, post, 400, "failed", _("Dữ liệu gửi lên không đúng cấu trúc"));
		return;
	}
	struct visit *visit = calloc(1, sizeof *visit);
	char *text = json_dumps(items, JSON_COMPACT);
	if (!visit || !text)
		abort();
	*visit = (struct visit){ .inbound = inbound, .next = inbound->visits, .call = call, .post = post,
		                 .ask = { .done = filed, .owner = visit, .limit_ms = KEEP_MS, .at_once = true } };
	snprintf(visit->name, sizeof visit->name, "%s", name);
	inbound->visits = visit;
	wire_filings_pushed(engine->plan.aside, &engine->scope, &visit->ask, post->profile.code, name, text);
	free(text);
	json_decref(items);
}

static void serve(struct inbound *inbound, struct door_call *call, struct post *post, const char *name)
{
	const struct profile *profile = &post->profile;
	const char *header = called_header(profile);
	const char *secret = json_string_value(json_object_get(post->secrets, "inbound"));
	const struct bytes *bytes = door_body(call);
	json_t *body = json_loadb(bytes_string(bytes), bytes->size, 0, NULL);
	struct called called;
	if (!called_by_friend(profile, body, header ? door_header(call, header) : NULL, secret ? secret : "")) {
		turn_away(inbound, profile->code);
		reply(call, post, 401, "failed", _("Sai mã bảo mật"));
	} else if (inbound->engine->draining) {
		reply(call, post, 503, "failed", _("Chưa ghi được, xin gửi lại sau."));
	} else if (!json_is_object(body)) {
		reply(call, post, 400, "failed", _("Dữ liệu gửi lên không đúng cấu trúc"));
	} else if (pushed_call(profile, name)) {
		keep_filings(inbound, call, post, name, body);
	} else {
		if (called_read(profile, name, body, moment_now(), &called))
			keep(inbound, call, post, &called, body);
		else
			reply(call, post, 400, "failed", _("Thiếu tên việc hoặc mã hồ sơ"));
		called_clear(&called);
	}
	json_decref(body);
}

/* /SYSTEM/CALL or /SYSTEM */
static void on_call(struct door_call *call, void *owner)
{
	struct inbound *inbound = owner;
	const char *path = door_path(call);
	char system[24] = "";
	size_t n = *path == '/' ? strcspn(path + 1, "/") : 0;
	if (n && n < sizeof system)
		snprintf(system, sizeof system, "%.*s", (int)n, path + 1);
	struct post *post = *system ? post_find(inbound->engine, system) : NULL;
	if (!inbound->engine->posts) {
		door_answer(call, 503, "{}", 5); /* who may call is not known yet */
	} else if (!post || !called_open(&post->profile)) {
		turn_away(inbound, "");
		door_answer(call, 404, "{}", 0);
	} else if (strcmp(door_method(call), "POST") != 0) {
		door_answer(call, 405, "{}", 0);
	} else {
		serve(inbound, call, post, path + 1 + n + (path[1 + n] == '/'));
	}
}

/* ---- the door ---- */

static bool open_door(struct inbound *inbound, struct error *err)
{
	struct door_plan plan = { .listen = inbound->listen, .called = on_call, .owner = inbound };
	char port[16];
	inbound->door = door_open(inbound->engine->loop, &plan, err);
	if (!inbound->door)
		return false;
	unsigned number = door_port(inbound->door);
	int n = snprintf(port, sizeof port, "%u\n", number);
	log_line(LOG_NOTE, "systems may call at %s (port %u)", inbound->listen, number);
	if (inbound->port_file && !path_write(inbound->port_file, port, (size_t)n, 0644, err))
		log_error("port of the door", err);
	return true;
}

static void try_again(struct timer *timer)
{
	struct inbound *inbound = OWNER_OF(timer, struct inbound, again);
	struct error err = { 0 };
	if (!open_door(inbound, &err))
		loop_after(inbound->engine->loop, &inbound->again, TRY_AGAIN_MS);
}

struct inbound *inbound_open(struct engine *engine, const char *listen, const char *port_file,
                             struct error *err)
{
	struct inbound *inbound = calloc(1, sizeof *inbound);
	if (!inbound)
		abort();
	*inbound = (struct inbound){ .engine = engine, .listen = listen, .port_file = port_file,
		                     .again.fire = try_again, .count.fire = write_count,
		                     .away = json_object() };
	struct error trouble = { 0 };
	if (open_door(inbound, &trouble))
		return inbound;
	if (trouble.fault == FAULT_INPUT) {
		*err = trouble;
		return inbound_close(inbound);
	}
	log_error("door", &trouble);
	loop_after(engine->loop, &inbound->again, TRY_AGAIN_MS);
	return inbound;
}

struct inbound *inbound_close(struct inbound *inbound)
{
	if (!inbound)
		return NULL;
	if (inbound->door && inbound->port_file)
		unlink(inbound->port_file);
	inbound->door = door_close(inbound->door);
	while (inbound->visits)
		forget(inbound->visits);
	loop_cancel(inbound->engine->loop, &inbound->again);
	loop_cancel(inbound->engine->loop, &inbound->count);
	json_decref(inbound->away);
	free(inbound);
	return NULL;
}
