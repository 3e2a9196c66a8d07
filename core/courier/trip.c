/* SPDX-License-Identifier: Apache-2.0
 *
 * One message on its way: session, question, announcement, sending, outcome. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/courier/codec.h"
#include "core/courier/mask.h"
#include "core/courier/post.h"

static void call_done(struct http_call *);

static struct trip *trip_new(struct post *post)
{
	struct engine *engine = post->engine;
	struct trip *trip = calloc(1, sizeof *trip);
	if (!trip)
		abort();
	trip->post = post;
	trip->next = engine->trips;
	engine->trips = trip;
	engine->trip_count++;
	trip->ask.owner = trip;
	trip->call.done = call_done;
	return trip;
}

void trip_free(struct trip *trip)
{
	struct engine *engine = trip->post->engine;
	http_clear(&trip->call);
	scope_remove(&trip->ask.task);
	for (struct trip **at = &engine->trips; *at; at = &(*at)->next)
		if (*at == trip) {
			*at = trip->next;
			break;
		}
	engine->trip_count--;
	engine->view_count -= trip->view_only;
	post_leave(trip);
	engine_trip_over(engine, trip);
	json_decref(trip->payload);
	free(trip);
}

/* What the clerk reads about a refusal: who, why, and which fields. */
static void refusal_note(const struct trip *trip, const char *text, char *note, size_t room)
{
	char fields[300];
	connector_fields_named(text, fields, sizeof fields);
	if (*fields)
		snprintf(note, room, _("%s không nhận: %s. Cần xem lại: %s"),
		         trip->post->profile.name, text, fields);
	else
		snprintf(note, room, _("%s không nhận: %s"), trip->post->profile.name, text);
}

static void finish_told(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct trip *trip = ask->owner;
	if (err)
		log_error("finish", err);
	else if (!reply_flag(reply, 0, "kept"))
		log_line(LOG_WARN, "message %lld: the lease had gone to another courier",
		         (long long)trip->errand.message);
	if (!err && trip->finished && !trip->post->engine->draining)
		trip_next(trip);
	else
		trip_free(trip);
}

static void finish(struct trip *trip, enum outcome outcome, const char *note, int retry_after)
{
	struct engine *engine = trip->post->engine;
	const struct http_reply *reply = &trip->call.reply;
	struct bytes masked = { 0 };
	mask_reply(&masked, bytes_string(&reply->body), reply->body.size, trip->payload,
	           trip->session_used, post_secret(trip->post));
	struct wire_result result = { .class = outcome_word(outcome),
		                      .http_code = reply->code,
		                      .milliseconds = reply->milliseconds,
		                      .reply = reply->fault == HTTP_FINE ? bytes_string(&masked)
		                                                         : reply->log,
		                      .note = note,
		                      .retry_after = retry_after };
	log_line(LOG_DEBUG, "message %lld %s to %s: %s (http %d, %d ms)",
	         (long long)trip->errand.message, trip->errand.kind, trip->post->profile.code,
	         result.class, reply->code, reply->milliseconds);
	if (outcome == OUTCOME_DELIVERED || outcome == OUTCOME_DUPLICATE) {
		trip->finished = true;
		engine->counts.delivered++;
	} else if (outcome == OUTCOME_REFUSED) {
		engine->counts.refused++;
	} else if (outcome == OUTCOME_UNKNOWN) {
		engine->counts.unknown++;
	}
	trip->ask = (struct ask){ .done = finish_told, .owner = trip };
	wire_finish(engine->plan.store, &engine->scope, &trip->ask, &trip->errand, &result);
	bytes_free(&masked);
}

void trip_fail(struct trip *trip, enum outcome outcome, const char *note, int retry_after)
{
	if (trip->view_only || trip->finished) {
		trip_free(trip);
		return;
	}
	/* Until the question was answered the outcome stays unknown. */
	if (trip->must_ask && (outcome == OUTCOME_RETRY || outcome == OUTCOME_AUTH))
		outcome = OUTCOME_UNKNOWN;
	int wait = outcome == OUTCOME_REFUSED
	                   ? 0
	                   : post_back_off(trip->post, trip->errand.attempts, retry_after);
	finish(trip, outcome, note, wait);
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

static void send_call(struct trip *trip, enum call_kind kind)
{
	struct post *post = trip->post;
	struct engine *engine = post->engine;
	struct call_facts facts = { .session = post->session,
		                    .secret = "",
		                    .practice_port = engine_practice_port(engine),
		                    .code = trip->code,
		                    .payload = trip->payload };
	const char *procedure = json_string_value(
		json_object_get(json_object_get(trip->payload, "procedure"), "code"));
	for (int i = 0; procedure && i < post->field_count; i++)
		if (strcmp(post->fields[i].procedure, procedure) == 0) {
			facts.field_code = post->fields[i].code;
			facts.field_name = post->fields[i].name;
		}
	trip->kind = kind;
	snprintf(trip->session_used, sizeof trip->session_used, "%s", post->session);
	profile_fill(&post->profile, "hosts", facts.practice_port, trip->call.hosts,
	             sizeof trip->call.hosts);
	trip->call.connect_ms = (int)profile_number(&post->profile, "connect_ms", 0);
	trip->call.total_ms = (int)profile_number(&post->profile, "total_ms", 0);
	struct error err = { 0 };
	if (post->connector->write(&post->profile, kind, &facts, &trip->call, &err)) {
		http_send(engine->http, &trip->call);
		return;
	}
	/* Nothing was sent: what cannot be said in their words goes to an officer. */
	trip_fail(trip, err.fault == FAULT_INPUT ? OUTCOME_REFUSED : OUTCOME_RETRY, err.say, -1);
}

static void begun(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct trip *trip = ask->owner;
	if (err || !reply_flag(reply, 0, "kept")) {
		if (err)
			log_error("begin", err);
		trip_free(trip); /* the lease is another's, or the database is away */
		return;
	}
	trip->begun = true;
	trip_next(trip);
}

static bool field_known(const struct trip *trip)
{
	const struct post *post = trip->post;
	const char *procedure = json_string_value(
		json_object_get(json_object_get(trip->payload, "procedure"), "code"));
	if (trip->verb == CALL_PROGRESS || !post->connector->asks_procedure || !procedure)
		return true;
	for (int i = 0; i < post->field_count; i++)
		if (strcmp(post->fields[i].procedure, procedure) == 0)
			return true;
	return false;
}

void trip_next(struct trip *trip)
{
	struct post *post = trip->post;
	struct engine *engine = post->engine;
	int64_t now = monotonic_ms();
	long total = profile_number(&post->profile, "total_ms", 90000);
	if (!trip->view_only && !trip->finished) {
		if (post->suspended_until > now) {
			trip_fail(trip, OUTCOME_AUTH, _("Tài khoản kết nối bị từ chối, chờ xem lại"),
			          (int)((post->suspended_until - now) / 1000));
			return;
		}
		/* A call must end while the lease is ours. */
		if (now + total > trip->lease_until) {
			trip_release(trip);
			return;
		}
	}
	if (!post_session(post)) {
		trip->standing = true;
		return;
	}
	if (trip->view_only || trip->finished || trip->must_ask) {
		send_call(trip, CALL_ASK);
	} else if (!field_known(trip)) {
		send_call(trip, CALL_PROCEDURE);
	} else if (!trip->begun) {
		trip->ask = (struct ask){ .done = begun, .owner = trip };
		wire_begin(engine->plan.store, &engine->scope, &trip->ask, &trip->errand);
	} else {
		send_call(trip, trip->verb);
	}
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

static void asked(struct trip *trip, const struct answer *answer)
{
	struct post *post = trip->post;
	if (answer->outcome == OUTCOME_DELIVERED)
		post->connector->read_view(&post->profile, answer, trip->code, &trip->view);
	else if (!(answer->outcome == OUTCOME_REFUSED && answer->missing)) {
		trip_fail(trip, answer->outcome == OUTCOME_AUTH ? OUTCOME_AUTH : OUTCOME_RETRY,
		          answer->text, answer->retry_after);
		return;
	}
	if (trip->view.other) {
		trip_fail(trip, OUTCOME_RETRY, _("Bên nhận trả lời về hồ sơ khác"), -1);
		return;
	}
	if (trip->view_only || trip->finished) {
		trip_tell_view(trip);
		return;
	}
	trip->must_ask = false;
	if (has_message(trip)) {
		finish(trip, OUTCOME_DELIVERED, _("Bên nhận đã có từ lần gửi trước"), 0);
		return;
	}
	if (trip->verb == CALL_ADD && trip->view.found)
		trip->verb = CALL_UPDATE;
	else if (trip->verb == CALL_UPDATE && !trip->view.found)
		trip->verb = CALL_ADD;
	trip_next(trip);
}

static void procedure_read(struct trip *trip, const struct answer *answer)
{
	struct post *post = trip->post;
	const char *procedure = json_string_value(
		json_object_get(json_object_get(trip->payload, "procedure"), "code"));
	int at = post->field_count < MOST_FIELDS ? post->field_count : 0;
	char note[400];
	if (answer->outcome == OUTCOME_RETRY || answer->outcome == OUTCOME_UNKNOWN) {
		trip_fail(trip, OUTCOME_RETRY, answer->text, answer->retry_after);
		return;
	}
	if (answer->outcome != OUTCOME_DELIVERED ||
	    !post->connector->read_field(answer, post->fields[at].code,
	                                 sizeof post->fields[at].code, post->fields[at].name,
	                                 sizeof post->fields[at].name)) {
		snprintf(note, sizeof note, _("%s chưa có thủ tục %s trong danh mục"),
		         post->profile.name, procedure);
		trip_fail(trip, OUTCOME_REFUSED, note, -1);
		return;
	}
	snprintf(post->fields[at].procedure, sizeof post->fields[at].procedure, "%s", procedure);
	if (at == post->field_count)
		post->field_count++;
	trip_next(trip);
}

static void sent(struct trip *trip, const struct answer *answer)
{
	char note[1200];
	bool other_verb = (answer->outcome == OUTCOME_DUPLICATE && trip->verb == CALL_ADD) ||
	                  (answer->missing && trip->verb == CALL_UPDATE);
	if (other_verb && !trip->switched) {
		trip->switched = true;
		trip->verb = trip->verb == CALL_ADD ? CALL_UPDATE : CALL_ADD;
		trip_next(trip);
		return;
	}
	switch (answer->outcome) {
	case OUTCOME_DELIVERED:
	case OUTCOME_DUPLICATE:
		finish(trip, answer->outcome, answer->text, 0);
		return;
	case OUTCOME_REFUSED:
		refusal_note(trip, answer->text, note, sizeof note);
		trip_fail(trip, OUTCOME_REFUSED, note, -1);
		return;
	default:
		trip_fail(trip, answer->outcome, answer->text, answer->retry_after);
	}
}

static void call_done(struct http_call *call)
{
	struct trip *trip = OWNER_OF(call, struct trip, call);
	struct post *post = trip->post;
	struct answer answer;
	bool verb = trip->kind >= CALL_ADD;
	classify(&answer, &post->profile, &call->reply, verb);
	if (answer.outcome == OUTCOME_AUTH) {
		post_drop_session(post, trip->session_used, answer.text);
		if (!trip->relogged) {
			trip->relogged = true;
			trip_next(trip);
		} else {
			trip_fail(trip, OUTCOME_AUTH, answer.text, answer.retry_after);
		}
		answer_clear(&answer);
		return;
	}
	post_result(post, call->reply.fault == HTTP_FINE && call->reply.code < 500, answer.text);
	if (trip->kind == CALL_ASK)
		asked(trip, &answer);
	else if (trip->kind == CALL_PROCEDURE)
		procedure_read(trip, &answer);
	else
		sent(trip, &answer);
	answer_clear(&answer);
}

void trip_start(struct engine *engine, struct post *post, const struct errand *errand,
                json_t *payload)
{
	struct trip *trip = trip_new(post);
	trip->errand = *errand;
	trip->payload = json_incref(payload);
	trip->lease_until = monotonic_ms() + (int64_t)engine->plan.lease_seconds * 1000;
	trip->must_ask = errand->ask_first;
	trip->verb = strcmp(errand->kind, "progress") == 0 ? CALL_PROGRESS
	             : errand->created_there               ? CALL_UPDATE
	                                                   : CALL_ADD;
	codec_text(payload, "code", trip->code, sizeof trip->code);
	if (!post->connector) {
		trip->placed = true;
		post->running++;
		trip_fail(trip, OUTCOME_RETRY, _("Hệ thống này chưa được kết nối"), 3600);
		return;
	}
	post_place(post, trip);
}

void trip_view(struct post *post, const char *code, int64_t unit, int64_t dossier)
{
	struct trip *trip = trip_new(post);
	trip->view_only = true;
	post->engine->view_count++;
	trip->errand.unit = unit;
	trip->errand.dossier = dossier;
	snprintf(trip->code, sizeof trip->code, "%s", code);
	post_place(post, trip);
}
