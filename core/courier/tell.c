/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/courier/json.h"
#include "core/courier/post.h"
#include "core/courier/wire_answers.h"

#define AT_ONCE 8

struct tell {
	struct post *post;
	struct tell *next;
	int64_t message, fence;
	int attempts;
	bool asking; /* what became of it */
	struct ask ask;
};

static bool asks(const struct post *post)
{
	return json_call(&post->profile, CALL_TOLD) != NULL;
}

static void forget(struct tell *job)
{
	for (struct tell **at = &job->post->poll.tells; *at; at = &(*at)->next)
		if (*at == job) {
			*at = job->next;
			break;
		}
	free(job);
}

void tell_stop(struct post *post)
{
	while (post->poll.tells)
		forget(post->poll.tells);
}

static void kept(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct tell *job = ask->owner;
	struct post *post = job->post;
	(void)reply;
	if (err) /* the lease runs out, and the next one asks first */
		log_error("tell", err);
	forget(job);
	if (!err && !post->poll.tells && !post->engine->draining)
		tell_look(post);
}

/* said: one of the four words, or NULL. */
static void end(struct tell *job, enum outcome outcome, const char *said, const char *id, const char *note, int retry_after)
{
	struct post *post = job->post;
	bool good = outcome == OUTCOME_DELIVERED || outcome == OUTCOME_DUPLICATE;
	int wait = good && !job->asking ? (int)profile_number(&post->profile, "told_seconds", 30)
	                                : post_back_off(post, job->attempts, retry_after);
	job->ask = (struct ask){ .done = kept, .owner = job };
	wire_tell_done(post->engine->plan.aside, &post->engine->scope, &job->ask,
	               &(struct wire_tell){ .message = job->message, .fence = job->fence, .what = job->asking ? "told" : "tell",
	                                    .class = outcome_word(outcome), .said = said, .their_id = id, .note = note, .wait = wait, .asks = asks(post) });
}

static const char *word_of(const json_t *read, const char *name)
{
	const char *text = json_string_value(json_object_get(read, name));
	return text ? text : "";
}

static const char *state_of(const json_t *read)
{
	static const char *const known[] = { "sent", "received", "failed", "missing" };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(word_of(read, "state"), known[i]) == 0)
			return known[i];
	return NULL;
}

static void heard(struct trip *trip, const struct answer *answer)
{
	struct tell *job = trip->owner;
	const struct post *post = job->post;
	bool good = answer->outcome == OUTCOME_DELIVERED || answer->outcome == OUTCOME_DUPLICATE;
	struct error err = { 0 };
	struct bytes note = { 0 };
	json_t *read = good && post->connector->read_reply
	                       ? post->connector->read_reply(&post->profile, trip->verb, answer, &err) : NULL;
	trip_mask(trip, answer->text, strlen(answer->text), &note);
	if (job->asking && answer->outcome == OUTCOME_REFUSED && answer->missing)
		end(job, OUTCOME_DELIVERED, "missing", "", "", 0);
	else
		end(job, answer->outcome, good ? state_of(read) : NULL, word_of(read, "id"), bytes_string(&note), answer->retry_after);
	bytes_free(&note);
	json_decref(read);
}

static void take(struct post *post, const struct reply *reply, int row)
{
	struct tell *job = calloc(1, sizeof *job);
	if (!job)
		abort();
	job->post = post;
	job->next = post->poll.tells;
	post->poll.tells = job;
	job->message = reply_number(reply, row, "message_id", 0);
	job->fence = reply_number(reply, row, "fence", 0);
	job->attempts = (int)reply_number(reply, row, "attempts", 0);
	job->asking = strcmp(reply_text(reply, row, "what"), "told") == 0;
	if (job->asking && !asks(post)) {
		/* Somebody died while sending it, and nobody can be asked. */
		job->asking = false;
		end(job, OUTCOME_UNKNOWN, NULL, "", "", -1);
		return;
	}
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "request", reply_text(reply, row, "request_id"),
	                         "to", reply_text(reply, row, "address"), "words", reply_text(reply, row, "words"),
	                         "channel", reply_text(reply, row, "channel"), "kind", reply_text(reply, row, "kind"),
	                         "code", reply_text(reply, row, "code"), "their_id", reply_text(reply, row, "their_id"));
	trip_call(post, job->asking ? CALL_TOLD : CALL_TELL, reply_text(reply, row, "code"), body, "", heard, job);
	json_decref(body);
}

static void claimed(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct post *post = ask->owner;
	post->poll.tell_busy = false;
	if (err) {
		log_error("tell work", err);
		return;
	}
	for (int row = 0; row < reply->rows && post->works && !post->engine->draining; row++)
		take(post, reply, row);
	if (reply->rows == 0 && post->poll.tell_again)
		tell_look(post);
}

void tell_look(struct post *post)
{
	struct engine *engine = post->engine;
	if (!post->works || engine->draining || !json_call(&post->profile, CALL_TELL))
		return;
	post->poll.tell_again = post->poll.tell_busy;
	if (post->poll.tell_busy || post->poll.tells || post->suspended_until > monotonic_ms() || pace_closed(post))
		return;
	post->poll.tell_busy = true;
	post->poll.tell_ask = (struct ask){ .done = claimed, .owner = post };
	wire_tell_work(engine->plan.aside, &engine->scope, &post->poll.tell_ask, post->profile.code, asks(post),
	               engine->plan.lease_seconds, AT_ONCE);
}
