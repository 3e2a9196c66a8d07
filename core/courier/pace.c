/* SPDX-License-Identifier: Apache-2.0
 *
 * How often a system is called, and when not at all: its lines, a bucket of tokens,
 * pauses it asked for, and a breaker that one message at a time may close again. */
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

/* Who has waited longest: the engine's list has the newest trip first.  Somebody
 * sits before a question, so it passes the messages. */
static struct trip *next_parked(const struct post *post)
{
	struct trip *next = NULL;
	for (struct trip *trip = post->parked ? post->engine->trips : NULL; trip; trip = trip->next)
		if (trip->post == post && trip->parked && (!next || !next->heard || trip->heard))
			next = trip;
	return next;
}

static void unpark(struct trip *trip)
{
	trip->post->parked -= trip->parked;
	trip->parked = false;
}

/* False: when a call ends or the timer fires it may try again. */
static bool take_line(struct trip *trip)
{
	struct post *post = trip->post;
	/* Two questions find a line when messages have all of them. */
	if (post->calls >= post_places(post) + (trip->heard ? 2 : 0))
		return false;
	int wait = take_token(post);
	if (wait) {
		loop_after(post->engine->loop, &post->token_timer, wait);
		return false;
	}
	trip->line = true;
	post->calls++;
	return true;
}

/* While they waited lease, session or breaker may have changed. */
static void wake_parked(struct post *post)
{
	struct trip *trip;
	while (!post->engine->stopped && (trip = next_parked(post)) && take_line(trip)) {
		unpark(trip);
		trip_next(trip);
	}
}

void pace_wake(struct timer *timer)
{
	wake_parked(OWNER_OF(timer, struct post, token_timer));
}

bool pace_line(struct trip *trip)
{
	struct post *post = trip->post;
	struct trip *before = next_parked(post);
	if (trip->line)
		return true;
	if ((!before || (trip->heard && !before->heard)) && take_line(trip))
		return true;
	post->parked += !trip->parked;
	trip->parked = true;
	return false;
}

void pace_hang_up(struct trip *trip)
{
	unpark(trip);
	if (!trip->line)
		return;
	trip->line = false;
	trip->post->calls--;
	wake_parked(trip->post);
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

static void turn_back(struct trip *trip)
{
	if (trip->view_only || trip->look)
		trip_fail(trip, OUTCOME_RETRY, "", -1);
	else
		trip_release(trip);
}

/* Who has no place or no line yet goes back, for the time after the pause. */
static void send_home(struct post *post)
{
	struct trip *trip;
	while ((trip = post->waiting)) {
		post->waiting = trip->next_waiting;
		turn_back(trip);
	}
	while ((trip = next_parked(post))) {
		unpark(trip);
		turn_back(trip);
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
