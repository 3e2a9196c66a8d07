/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/courier/auth.h"

/* A system that fails so often in a row is probed by one message at a time. */
#define FAILURES_DOWN 3
/* Places beside each line of a system that answers within QUICK_MS. */
#define REACH    8
#define QUICK_MS 1000
/* So many fresh sessions in a row refused at their first call: it is the
 * account, not the session. */
#define SESSIONS_FRUITLESS 3

struct post *post_find(struct engine *engine, const char *system)
{
	for (struct post *post = engine->posts; post; post = post->next)
		if (strcmp(post->profile.code, system) == 0)
			return post;
	return NULL;
}

void post_learn_secrets(struct post *post)
{
	const struct engine_plan *plan = &post->engine->plan;
	json_decref(post->secrets);
	/* The practice world's word is no secret. */
	if (json_is_true(json_object_get(post->profile.data, "practice")))
		post->secrets = json_pack("{s:s, s:s}", "", "tap-duyet", "inbound", "tap-duyet");
	else
		post->secrets = plan->secrets ? plan->secrets(plan->owner, post->profile.code)
		                              : json_object();
}

const char *post_secret(const struct post *post)
{
	const char *plain = json_string_value(json_object_get(post->secrets, ""));
	const char *named = json_string_value(json_object_get(post->secrets, "password"));
	return plain ? plain : named ? named : "";
}

unsigned engine_practice_port(struct engine *engine)
{
	struct arena arena = { 0 };
	char *text;
	if (engine->plan.port_file &&
	    path_read(&arena, engine->plan.port_file, &text, NULL, NULL))
		engine->practice_port = (unsigned)strtoul(text, NULL, 10);
	arena_free(&arena);
	return engine->practice_port;
}

int post_back_off(const struct post *post, int attempts, int asked_seconds)
{
	if (post->engine->plan.back_off_ms >= 0)
		return (post->engine->plan.back_off_ms + 999) / 1000;
	long base = post ? profile_number(&post->profile, "back_off_seconds", 30) : 30;
	long most = post ? profile_number(&post->profile, "back_off_most_seconds", 3600) : 3600;
	long wait = base < 1 ? 1 : base;
	for (int i = 0; i < attempts && wait < most; i++)
		wait *= 2;
	if (wait > most)
		wait = most;
	/* Half of it is left to chance, so that a system coming back is not met by
	 * everybody at once. */
	wait = wait / 2 + (long)arc4random_uniform((uint32_t)(wait / 2 + 1)) + 1;
	return asked_seconds > wait ? asked_seconds : (int)wait;
}

static void health_told(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)reply;
	struct post *post = ask->owner;
	post->health_busy = false;
	if (err)
		log_error("health", err);
}

void post_health(struct post *post, const char *state, const char *note)
{
	if (strcmp(post->health, state) == 0 || post->health_busy)
		return;
	snprintf(post->health, sizeof post->health, "%s", state);
	log_line(LOG_NOTE, "system %s is %s", post->profile.code, state);
	post->health_busy = true;
	post->health_ask = (struct ask){ .done = health_told, .owner = post };
	wire_health(post->engine->plan.store, &post->engine->scope, &post->health_ask,
	            post->profile.code, state, note);
}

void post_result(struct post *post, bool good, const char *note)
{
	if (good) {
		pace_good(post);
		post->fruitless = 0;
		post->session_proved = true;
		post_health(post, "ok", "");
	} else {
		pace_failed(post, note);
	}
}

void post_suspend(struct post *post, const char *why)
{
	int seconds = post_back_off(post, 4, 0);
	post->suspended_until = monotonic_ms() + (int64_t)seconds * 1000;
	post_health(post, "suspended", why);
}

void post_drop_session(struct post *post, const char *used, const char *why)
{
	/* Without sessions each refusal counts: it is the account itself. */
	if (!profile_logs_in(&post->profile)) {
		if (++post->fruitless >= SESSIONS_FRUITLESS)
			post_suspend(post, why);
		return;
	}
	/* Calls that were under way together fall with one session, once. */
	if (!post->session[0] || strcmp(post->session, used) != 0)
		return;
	post->session[0] = '\0';
	if (!post->session_proved)
		post->renewal[0] = '\0'; /* what it made is no good */
	if (post->session_proved)
		post->fruitless = 0;
	else if (++post->fruitless >= SESSIONS_FRUITLESS)
		post_suspend(post, why);
	post->session_proved = false;
}

/* Every trip that stood before the log-in goes on, or fails with it. */
static void wake(struct post *post, enum outcome outcome, const char *note)
{
	struct engine *engine = post->engine;
	struct trip *standing[256];
	int count = 0;
	for (struct trip *trip = engine->trips; trip && count < 256; trip = trip->next) {
		if (trip->post == post && trip->standing) {
			trip->standing = false;
			standing[count++] = trip;
		}
	}
	for (int i = 0; i < count; i++) {
		if (outcome == OUTCOME_DELIVERED)
			trip_next(standing[i]);
		else
			trip_fail(standing[i], outcome, note, -1);
	}
}

/* Renewed a little before it ends, whether they or the profile say when. */
static int64_t session_life(const struct post *post, int told)
{
	int64_t ours = profile_number(&post->profile, "session_seconds", 600);
	int64_t theirs = told > 20 ? told - told / 10 : told;
	return theirs > 0 && theirs < ours ? theirs : ours;
}

static void keep_renewal(struct post *post, const struct answer *answer)
{
	char word[sizeof post->renewal];
	int seconds;
	auth_renewal(&post->profile, answer, word, sizeof word, &seconds);
	/* A renewal that names no other word leaves the old one good. */
	if (!*word && post->renewing)
		return;
	memcpy(post->renewal, word, sizeof word);
	post->renewal_until = seconds ? monotonic_ms() + seconds * INT64_C(1000) : INT64_MAX;
}

static void log_in(struct post *post);

/* Refused, or lost on the way: that word is not tried again. */
static bool renewal_failed(struct post *post, const struct answer *answer)
{
	bool failed = post->renewing && !post->session[0];
	post->renewing = false;
	if (!failed)
		return false;
	post->renewal[0] = '\0';
	log_line(LOG_NOTE, "session of %s not renewed (%s)", post->profile.code,
	         outcome_word(answer->outcome));
	return post->login.reply.fault == HTTP_FINE;
}

static void logged_in(struct http_call *call)
{
	struct post *post = OWNER_OF(call, struct post, login);
	struct answer answer;
	post->logging_in = false;
	int seconds = 0;
	classify(&answer, &post->profile, CALL_LOGIN, &call->reply);
	if (answer.outcome == OUTCOME_DELIVERED)
		post->connector->read_session(&post->profile, &answer, post->session,
		                              sizeof post->session, &seconds);
	if (post->session[0])
		keep_renewal(post, &answer);
	if (renewal_failed(post, &answer)) {
		answer_clear(&answer);
		log_in(post);
		return;
	}
	enum outcome outcome = post->session[0] ? OUTCOME_DELIVERED : answer.outcome;
	/* An account refused in whatever words is an account to look after; a good
	 * code without a session is none of that, and is tried again. */
	if (outcome == OUTCOME_REFUSED || outcome == OUTCOME_DUPLICATE)
		outcome = OUTCOME_AUTH;
	else if (outcome != OUTCOME_AUTH && !post->session[0])
		outcome = OUTCOME_RETRY;
	if (outcome == OUTCOME_DELIVERED) {
		post->session_until = monotonic_ms() + session_life(post, seconds) * 1000;
		post->session_proved = false;
	} else if (outcome == OUTCOME_AUTH) {
		post_suspend(post, answer.text);
	} else {
		post_result(post, false, answer.text);
	}
	char note[700];
	snprintf(note, sizeof note, _("Không đăng nhập được vào %s: %s"), post->profile.name,
	         answer.text);
	answer_clear(&answer);
	wake(post, outcome, note);
}

static void log_in(struct post *post)
{
	post->logging_in = true;
	post->renewing = post->renewal[0] && monotonic_ms() < post->renewal_until;
	struct call_facts facts = { .session = "",
		                    .code = "",
		                    .cursor = "",
		                    .secret = post_secret(post),
		                    .secrets = post->secrets,
		                    .renewal = post->renewing ? post->renewal : "",
		                    .known = post->known,
		                    .practice_port = engine_practice_port(post->engine) };
	struct error err = { 0 };
	http_clear(&post->login);
	profile_fill(&post->profile, "hosts", facts.practice_port, post->login.hosts,
	             sizeof post->login.hosts);
	post->login.done = logged_in;
	post->login.connect_ms = (int)profile_number(&post->profile, "connect_ms", 0);
	post->login.total_ms = (int)profile_number(&post->profile, "total_ms", 0);
	post->login.url[0] = '\0';
	if (!post->connector->write(&post->profile, CALL_LOGIN, &facts, &post->login, &err))
		log_error("log-in", &err); /* an empty address fails as forbidden */
	http_send(post->engine->http, &post->login);
}

bool post_session(struct post *post)
{
	if (!profile_logs_in(&post->profile))
		return true;
	if (post->session[0] && monotonic_ms() < post->session_until)
		return true;
	post->session[0] = '\0';
	if (!post->logging_in)
		log_in(post);
	return false;
}

int post_places(const struct post *post)
{
	int places = (int)profile_number(&post->profile, "max_inflight", 8);
	return post->failures >= FAILURES_DOWN || places < 1 ? 1 : places;
}

int post_reach(const struct post *post)
{
	int places = post_places(post), most = places * REACH;
	return post->failures || post->reach < places ? places : post->reach < most ? post->reach : most;
}

void post_answered(struct post *post, int milliseconds)
{
	if (milliseconds >= QUICK_MS)
		post->reach = 0;
	else if ((post->reach = post_reach(post)) < post_places(post) * REACH)
		post->reach++;
}

void post_place(struct post *post, struct trip *trip)
{
	/* Somebody waits for a question; two of them pass the messages. */
	if (post->running < post_reach(post) + (trip->heard ? 2 : 0)) {
		post->running++;
		trip->placed = true;
		trip_next(trip);
		return;
	}
	struct trip **at = &post->waiting;
	while (*at)
		at = &(*at)->next_waiting;
	*at = trip;
	trip->next_waiting = NULL;
}

void post_leave(struct trip *trip)
{
	struct post *post = trip->post;
	if (!trip->placed) {
		for (struct trip **at = &post->waiting; *at; at = &(*at)->next_waiting)
			if (*at == trip) {
				*at = trip->next_waiting;
				break;
			}
		return;
	}
	trip->placed = false;
	post->running--;
	if (post->waiting) {
		struct trip *next = post->waiting;
		post->waiting = next->next_waiting;
		post_place(post, next);
	}
}

void post_handed(struct trip *trip)
{
	trip->post->at_hand -= trip->at_hand;
	trip->at_hand = false;
}

void post_free(struct post *post)
{
	poll_stop(post);
	loop_cancel(post->engine->loop, &post->token_timer);
	loop_cancel(post->engine->loop, &post->mail_timer);
	ask_forget(&post->pause_ask);
	http_clear(&post->login);
	profile_clear(&post->profile);
	json_decref(post->known);
	json_decref(post->secrets);
	free(post);
}
