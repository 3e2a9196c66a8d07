/* SPDX-License-Identifier: Apache-2.0
 *
 * How often a system is called, and when not at all: a bucket of tokens, pauses
 * it asked for, and a breaker that one message at a time may close again. */
#include <stdlib.h>

#include "core/base/log.h"
#include "core/courier/post.h"

/* So many failures in a row open the breaker. */
#define FAILURES_OPEN 3

static double rate(const struct post *post, const char *what, double fallback)
{
	const json_t *value =
		json_object_get(json_object_get(post->profile.data, "rate"), what);
	return json_is_number(value) ? json_number_value(value) : fallback;
}

/* Takes a token when there is one; else says in how many milliseconds. */
static int take_token(struct post *post)
{
	double per_second = rate(post, "per_second", 0), burst = rate(post, "burst", 1);
	int64_t now = monotonic_ms();
	if (per_second <= 0)
		return 0;
	if (burst < 1)
		burst = 1;
	if (!post->tokens_at)
		post->tokens = burst;
	else
		post->tokens += (double)(now - post->tokens_at) * per_second / 1000;
	if (post->tokens > burst)
		post->tokens = burst;
	post->tokens_at = now;
	if (post->tokens < 1)
		return (int)((1 - post->tokens) * 1000 / per_second) + 1;
	post->tokens -= 1;
	return 0;
}

/* The engine's list has the newest trip first. */
static struct trip *oldest_parked(const struct post *post)
{
	struct trip *oldest = NULL;
	for (struct trip *trip = post->engine->trips; trip; trip = trip->next)
		if (trip->post == post && trip->parked)
			oldest = trip;
	return oldest;
}

static void wake(struct timer *timer)
{
	struct post *post = OWNER_OF(timer, struct post, token_timer);
	struct trip *trip;
	while ((trip = oldest_parked(post))) {
		int wait = take_token(post);
		if (wait) {
			loop_after(post->engine->loop, &post->token_timer, wait);
			return;
		}
		trip->parked = false;
		trip_send(trip);
	}
}

bool pace_token(struct trip *trip)
{
	struct post *post = trip->post;
	/* Who came earlier goes first. */
	int wait = oldest_parked(post) ? 1 : take_token(post);
	if (!wait)
		return true;
	trip->parked = true;
	if (!post->token_timer.armed) {
		post->token_timer.fire = wake;
		loop_after(post->engine->loop, &post->token_timer, wait);
	}
	return false;
}

bool pace_closed(const struct post *post)
{
	return post->closed_until > monotonic_ms();
}

static void paused(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)ask;
	(void)reply;
	if (err)
		log_error("pause", err);
}

static void tell_pause(struct post *post, int seconds)
{
	struct engine *engine = post->engine;
	if (post->pause_ask.slot)
		return; /* one is on its way */
	post->pause_ask = (struct ask){ .done = paused, .owner = post };
	wire_pause(engine->plan.store, &engine->scope, &post->pause_ask, post->profile.code,
	           seconds);
}

/* Who has no place yet goes back, for the time after the pause. */
static void send_home(struct post *post)
{
	while (post->waiting) {
		struct trip *trip = post->waiting;
		post->waiting = trip->next_waiting;
		if (trip->view_only)
			trip_fail(trip, OUTCOME_RETRY, "", -1);
		else
			trip_release(trip);
	}
}

static void close_for(struct post *post, int seconds)
{
	int64_t until = monotonic_ms() + (int64_t)seconds * 1000;
	if (seconds <= 0 || until <= post->closed_until)
		return;
	post->closed_until = until;
	tell_pause(post, seconds);
	send_home(post);
}

void pace_failed(struct post *post, const char *note)
{
	if (++post->failures < FAILURES_OPEN)
		return;
	post_health(post, "down", note);
	if (pace_closed(post))
		return; /* calls that were under way when it opened */
	long base = profile_number(&post->profile, "breaker_seconds", 10);
	long most = profile_number(&post->profile, "breaker_most_seconds", 300);
	for (int i = 0; i < post->opened && base < most; i++)
		base *= 2;
	if (base > most)
		base = most;
	post->opened++;
	int seconds = (int)(base / 2 + arc4random_uniform((uint32_t)(base / 2 + 1)));
	if (post->engine->plan.back_off_ms >= 0)
		seconds = (post->engine->plan.back_off_ms + 999) / 1000;
	log_line(LOG_NOTE, "system %s: breaker open for %d s", post->profile.code, seconds);
	close_for(post, seconds);
}

void pace_good(struct post *post)
{
	if (post->opened || pace_closed(post))
		tell_pause(post, 0);
	post->failures = post->opened = 0;
	post->closed_until = 0;
}

void pace_pause(struct post *post, int seconds)
{
	if (seconds > 3600)
		seconds = 3600;
	post_health(post, "slow", "");
	close_for(post, seconds);
}
