/* SPDX-License-Identifier: Apache-2.0
 *
 * How a trip ends: told to the database, given back, or told to who asked. */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/courier/mask.h"
#include "core/courier/post.h"

/* The last message of a stream is followed by a look at what they say; so is one
 * that failed though they answer, while their number is not known. */
void trip_finished(struct trip *trip, bool kept, bool more)
{
	const struct errand *errand = &trip->errand;
	bool due = trip->finished ? !more
	                          : errand->created_there && !errand->foreign_code[0] &&
	                                    trip->call.reply.fault == HTTP_FINE;
	post_handed(trip);
	trip->post->mail |= kept && more;
	if (kept && trip->wait_seconds) /* the database counted from its commit */
		engine_expect(trip->post, (int64_t)trip->wait_seconds * 1000 + 5);
	trip->look = true;
	if (kept && due && trip->post->works && profile_asks(&trip->post->profile) && !trip->post->engine->draining)
		trip_next(trip);
	else
		trip_free(trip);
}

void trip_mask(const struct trip *trip, const char *words, size_t n, struct bytes *out)
{
	mask_reply(out, words, n, trip->payload, trip->session_used ? trip->session_used : "", trip->post->secrets,
	           &trip->call.headers);
}

void trip_finish(struct trip *trip, enum outcome outcome, const char *note, int retry_after)
{
	struct engine *engine = trip->post->engine;
	const struct http_reply *reply = &trip->call.reply;
	struct bytes masked = { 0 };
	trip_mask(trip, bytes_string(&reply->body), reply->body.size, &masked);
	struct wire_result result = { .class = outcome_word(outcome),
		                      .http_code = reply->code,
		                      .milliseconds = reply->milliseconds,
		                      .reply = reply->fault == HTTP_FINE ? bytes_string(&masked)
		                                                         : reply->log,
		                      .note = note,
		                      .retry_after = retry_after };
	log_line(LOG_DEBUG, "message %lld %s to %s: %s (%s, http %d, %d ms)",
	         (long long)trip->errand.message, trip->errand.kind, trip->post->profile.code,
	         result.class, call_word(trip->kind), reply->code, reply->milliseconds);
	if (outcome == OUTCOME_DELIVERED || outcome == OUTCOME_DUPLICATE) {
		trip->finished = true;
		engine->counts.delivered++;
	} else if (outcome == OUTCOME_REFUSED) {
		engine->counts.refused++;
	} else if (outcome == OUTCOME_UNKNOWN) {
		engine->counts.unknown++;
	}
	trip->wait_seconds = retry_after;
	pace_hang_up(trip);
	post_leave(trip); /* the next one need not wait for the commit */
	ledger_finish(&engine->ledger, trip, &result);
	bytes_free(&masked);
}

void trip_fail(struct trip *trip, enum outcome outcome, const char *note, int retry_after)
{
	if (trip->heard) {
		struct answer answer = { .outcome = outcome, .retry_after = retry_after };
		snprintf(answer.text, sizeof answer.text, "%s", note);
		trip->heard(trip, &answer);
	}
	if (trip->view_only || trip->look) {
		trip_free(trip);
		return;
	}
	/* Until the question was answered the outcome stays unknown. */
	if (trip->must_ask && (outcome == OUTCOME_RETRY || outcome == OUTCOME_AUTH))
		outcome = OUTCOME_UNKNOWN;
	int wait = outcome == OUTCOME_REFUSED
	                   ? 0
	                   : post_back_off(trip->post, trip->errand.attempts, retry_after);
	trip_finish(trip, outcome, note, wait);
}

static void released(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)reply;
	if (err)
		log_error("release", err);
	trip_free(ask->owner);
}

void trip_release(struct trip *trip)
{
	struct engine *engine = trip->post->engine;
	if (trip->begun) {
		trip_fail(trip, OUTCOME_RETRY, _("Chờ lượt gửi"), -1);
		return;
	}
	trip->ask = (struct ask){ .done = released, .owner = trip };
	wire_release(engine->plan.store, &engine->scope, &trip->ask, &trip->errand);
}
