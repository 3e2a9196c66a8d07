/* SPDX-License-Identifier: Apache-2.0
 *
 * A reply has come: what it means for the trip that waited for it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/courier/codec.h"
#include "core/courier/fetch.h"
#include "core/courier/post.h"

/* What the clerk reads about a refusal: who, why, and which fields. */
static void refusal_note(const struct trip *trip, const char *text, char *note, size_t room)
{
	char fields[300];
	connector_fields_named(&trip->post->profile, text, fields, sizeof fields);
	if (*fields)
		snprintf(note, room, _("%s không nhận: %s. Cần xem lại: %s"),
		         trip->post->profile.name, text, fields);
	else
		snprintf(note, room, _("%s không nhận: %s"), trip->post->profile.name, text);
}

/* Do they have this very message already? */
static bool has_message(const struct trip *trip)
{
	const struct peer_view *view = &trip->view;
	if (!view->found)
		return false;
	if (trip->verb != CALL_PROGRESS)
		return !trip->errand.created_there;
	char text[40];
	int status = atoi(codec_text(trip->payload, "status", text, sizeof text));
	moment_t at = codec_moment(codec_text(trip->payload, "at", text, sizeof text));
	for (int i = 0; i < view->step_count; i++)
		if (view->steps[i].status == status && view->steps[i].at == at)
			return true;
	return !json_is_true(json_object_get(trip->post->profile.data, "steps")) &&
	       view->status == status;
}

static void proceed(struct trip *trip)
{
	if (trip->settled)
		trip_finish(trip, OUTCOME_DELIVERED, _("Bên nhận đã có từ lần gửi trước"), 0);
	else
		trip_next(trip);
}

void trip_remembered(struct trip *trip, bool kept)
{
	if (kept)
		proceed(trip);
	else
		trip_free(trip); /* the lease is another's, or the database is away */
}

/* False: the answer lacks what it must hold; the trip has ended. */
static bool learn(struct trip *trip, const struct answer *answer)
{
	const struct post *post = trip->post;
	struct call_facts facts;
	struct error err = { 0 };
	trip_facts(trip, &facts);
	if (!post->connector->learn ||
	    post->connector->learn(&post->profile, trip->kind, answer, &facts, &err))
		return true;
	/* A changing call was made all the same: nobody knows what came of it. */
	trip_fail(trip,
	          call_changes(trip->kind)   ? OUTCOME_UNKNOWN
	          : err.fault == FAULT_INPUT ? OUTCOME_REFUSED
	                                     : OUTCOME_RETRY,
	          err.say, -1);
	return false;
}

static void go_on(struct trip *trip, const json_t *before)
{
	/* What was told is kept before the next call, so that nobody reserves a second
	 * number or sends a file again. */
	if (json_equal(trip->memory, before))
		proceed(trip);
	else
		ledger_remember(&trip->post->engine->ledger, trip);
}

/* What they say settles the message, or the next call is made. */
static void asked(struct trip *trip, const struct answer *answer, const json_t *before)
{
	struct post *post = trip->post;
	trip->done |= 1u << CALL_ASK;
	peer_view_clear(&trip->view);
	if (answer->outcome == OUTCOME_DELIVERED) {
		if (!learn(trip, answer))
			return;
		post->connector->read_view(&post->profile, answer, trip->code, &trip->view);
	} else if (!(answer->outcome == OUTCOME_REFUSED && answer->missing)) {
		trip_fail(trip, answer->outcome == OUTCOME_AUTH ? OUTCOME_AUTH : OUTCOME_RETRY,
		          answer->text, answer->retry_after);
		return;
	}
	if (trip->view.other) {
		trip_fail(trip, OUTCOME_RETRY, _("Bên nhận trả lời về hồ sơ khác"), -1);
		return;
	}
	if (trip->view_only || trip->look) {
		trip_tell_view(trip);
		return;
	}
	trip->must_ask = false;
	trip->settled = has_message(trip);
	if (trip->verb == CALL_ADD && trip->view.found)
		trip->verb = CALL_UPDATE;
	else if (trip->verb == CALL_UPDATE && !trip->view.found)
		trip->verb = CALL_ADD;
	go_on(trip, before);
}

static void prepared(struct trip *trip, const struct answer *answer)
{
	char note[1200];
	if (answer->outcome == OUTCOME_REFUSED) {
		refusal_note(trip, answer->text, note, sizeof note);
		trip_fail(trip, OUTCOME_REFUSED, note, -1);
		return;
	}
	if (answer->outcome != OUTCOME_DELIVERED && answer->outcome != OUTCOME_DUPLICATE) {
		trip_fail(trip, OUTCOME_RETRY, answer->text, answer->retry_after);
		return;
	}
	json_t *before = json_deep_copy(trip->memory);
	if (learn(trip, answer))
		go_on(trip, before);
	json_decref(before);
}

/* A changing call went well: is it the message's last one? */
static void carried(struct trip *trip, const struct answer *answer)
{
	struct post *post = trip->post;
	struct call_facts facts;
	json_t *before = json_deep_copy(trip->memory);
	trip->done |= 1u << trip->kind;
	if (learn(trip, answer)) {
		trip_facts(trip, &facts);
		bool last = post->connector->next(&post->profile, &facts, trip->verb) == CALL_NONE;
		if (!last)
			json_object_set_new(trip->memory, "done",
			                    json_pack("{s:I, s:I}", "message",
			                              (json_int_t)trip->errand.message, "calls",
			                              (json_int_t)trip->done));
		if (last && json_equal(trip->memory, before))
			trip_finish(trip, answer->outcome, answer->text, 0);
		else
			go_on(trip, before);
	}
	json_decref(before);
}

static void sent(struct trip *trip, const struct answer *answer)
{
	char note[1200];
	bool other_verb = (answer->outcome == OUTCOME_DUPLICATE && trip->kind == CALL_ADD) ||
	                  (answer->missing && trip->kind == CALL_UPDATE);
	if (other_verb && !trip->switched) {
		trip->switched = true;
		trip->verb = trip->verb == CALL_ADD ? CALL_UPDATE : CALL_ADD;
		trip_next(trip);
		return;
	}
	switch (answer->outcome) {
	case OUTCOME_DELIVERED:
	case OUTCOME_DUPLICATE:
		carried(trip, answer);
		return;
	case OUTCOME_REFUSED:
		refusal_note(trip, answer->text, note, sizeof note);
		trip_fail(trip, OUTCOME_REFUSED, note, -1);
		return;
	default:
		trip_fail(trip, answer->outcome, answer->text, answer->retry_after);
	}
}

static void refused_account(struct trip *trip, const struct answer *answer)
{
	struct post *post = trip->post;
	post_drop_session(post, trip->session_used, answer->text);
	if (!trip->relogged && profile_logs_in(&post->profile)) {
		trip->relogged = true;
		trip_next(trip);
	} else {
		trip_fail(trip, OUTCOME_AUTH, answer->text, answer->retry_after);
	}
}

/* Their words go where every unit reads (health of a system) and into notes: like the journal's reply,
 * without secrets and people.  Of a list, which is about many, only the code is told. */
static void mask_words(const struct trip *trip, const struct http_reply *reply, struct answer *answer)
{
	struct bytes masked = { 0 };
	if (trip->heard && reply->fault == HTTP_FINE) {
		snprintf(answer->text, sizeof answer->text, "HTTP %d", reply->code);
		return;
	}
	trip_mask(trip, answer->text, strlen(answer->text), &masked);
	snprintf(answer->text, sizeof answer->text, "%s", bytes_string(&masked));
	bytes_free(&masked);
}

void trip_call_done(struct http_call *call)
{
	struct trip *trip = OWNER_OF(call, struct trip, call);
	struct post *post = trip->post;
	struct answer answer;
	/* Bytes of a file are no words to look for phrases in. */
	if (trip->kind == CALL_FETCH && fetch_judge(&call->reply) != FETCHED_NOT)
		answer = (struct answer){ .outcome = OUTCOME_DELIVERED, .retry_after = -1 };
	else
		classify(&answer, &post->profile, trip->kind, &call->reply);
	mask_words(trip, &call->reply, &answer);
	if (answer.outcome == OUTCOME_AUTH) {
		pace_hang_up(trip);
		refused_account(trip, &answer);
		answer_clear(&answer);
		return;
	}
	if (answer.retry_after > 0 && (call->reply.code == 429 || call->reply.code == 503))
		pace_pause(post, answer.retry_after);
	/* What broke on our side tells nothing of theirs. */
	if (call->reply.fault != HTTP_UNREAD)
		post_result(post, call->reply.fault == HTTP_FINE && call->reply.code < 500,
		            answer.text);
	post_answered(post, call->reply.milliseconds);
	pace_hang_up(trip);
	if (trip->heard) {
		trip->heard(trip, &answer);
		trip_free(trip);
	} else if (trip->kind == CALL_ASK) {
		json_t *before = json_deep_copy(trip->memory);
		asked(trip, &answer, before);
		json_decref(before);
	} else if (call_changes(trip->kind)) {
		sent(trip, &answer);
	} else {
		prepared(trip, &answer);
	}
	answer_clear(&answer);
}
