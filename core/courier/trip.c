/* SPDX-License-Identifier: Apache-2.0
 *
 * One message on its way: session, question, preparations, announcement, calls. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/courier/codec.h"
#include "core/courier/fetch.h"
#include "core/courier/post.h"

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
	trip->call.done = trip_call_done;
	return trip;
}

void trip_free(struct trip *trip)
{
	struct engine *engine = trip->post->engine;
	http_clear(&trip->call);
	pieces_close(&trip->pieces);
	lease_forget(trip);
	ask_forget(&trip->ask);
	ledger_forget(&engine->ledger, trip);
	tidings_forget(&engine->tidings, trip);
	for (struct trip **at = &engine->trips; *at; at = &(*at)->next)
		if (*at == trip) {
			*at = trip->next;
			break;
		}
	engine->trip_count--;
	engine->view_count -= trip->view_only;
	pace_hang_up(trip);
	post_leave(trip);
	post_handed(trip);
	engine_trip_over(engine, trip);
	json_decref(trip->payload);
	json_decref(trip->files);
	json_decref(trip->memory);
	json_decref(trip->result);
	peer_view_clear(&trip->view);
	free(trip->session_used);
	free(trip);
}

void trip_facts(const struct trip *trip, struct call_facts *facts)
{
	struct post *post = trip->post;
	*facts = (struct call_facts){ .session = post->session,
		                      .secret = "",
		                      .secrets = post->secrets,
		                      .practice_port = engine_practice_port(post->engine),
		                      .code = trip->code,
		                      .payload = trip->payload,
		                      .files = trip->files,
		                      .memory = trip->memory,
		                      .known = post->known,
		                      .done = trip->done,
		                      .cursor = trip->cursor };
	/* Without a log-in each call carries the credentials itself. */
	if (!profile_logs_in(&post->profile))
		facts->secret = post_secret(post);
}

static void trip_send(struct trip *trip)
{
	struct post *post = trip->post;
	struct call_facts facts;
	struct error err = { 0 };
	trip_facts(trip, &facts);
	free(trip->session_used);
	trip->session_used = strdup(post->session);
	http_clear(&trip->call);
	profile_fill(&post->profile, "hosts", facts.practice_port, trip->call.hosts,
	             sizeof trip->call.hosts);
	trip->call.connect_ms = (int)profile_number(&post->profile, "connect_ms", 0);
	trip->call.total_ms = (int)profile_number(&post->profile, "total_ms", 0);
	pieces_open(&trip->pieces, post->engine->plan.store, trip->files);
	trip->call.source = &trip->pieces.source;
	bool written = trip->kind == CALL_FETCH
	                       ? fetch_write(&post->profile, &facts, &trip->call, &err)
	                       : post->connector->write(&post->profile, trip->kind, &facts,
	                                                &trip->call, &err);
	if (written) {
		http_send(post->engine->http, &trip->call);
		if (trip->errand.fence &&
		    monotonic_ms() + http_patience(&trip->call) > trip->lease_until)
			lease_watch(trip);
		return;
	}
	/* Nothing was sent: what cannot be said in their words goes to an officer. */
	trip_fail(trip, err.fault == FAULT_INPUT ? OUTCOME_REFUSED : OUTCOME_RETRY, err.say, -1);
}

static void send_call(struct trip *trip, enum call_kind kind)
{
	trip->kind = kind;
	if (pace_line(trip))
		trip_send(trip);
}

void trip_begun(struct trip *trip, bool kept)
{
	if (!kept) {
		trip_free(trip); /* the lease is another's, or the database is away */
		return;
	}
	trip->begun = true;
	trip_next(trip);
}

/* May this message be worked on now?  If not, it has been given back. */
static bool message_may_go(struct trip *trip)
{
	struct post *post = trip->post;
	int64_t now = monotonic_ms();
	long total = profile_number(&post->profile, "total_ms", 90000);
	if (post->suspended_until > now) {
		trip_fail(trip, OUTCOME_AUTH, _("Tài khoản kết nối bị từ chối, chờ xem lại"),
		          (int)((post->suspended_until - now) / 1000));
		return false;
	}
	if (pace_closed(post) && !trip->begun) {
		trip_release(trip);
		return false;
	}
	/* A call must end while the lease is ours. */
	return lease_lasts(trip, total);
}

void trip_next(struct trip *trip)
{
	struct post *post = trip->post;
	struct engine *engine = post->engine;
	bool carries = !trip->view_only && !trip->look;
	if (carries && !message_may_go(trip))
		return;
	if (!carries && pace_closed(post)) {
		trip_fail(trip, OUTCOME_RETRY, _("Mất liên lạc với hệ thống này"), -1);
		return;
	}
	if (!post_session(post)) {
		trip->standing = true;
		return;
	}
	if (trip->heard) {
		send_call(trip, trip->verb);
		return;
	}
	if (!profile_asks(&post->profile))
		trip->must_ask = false;
	if (!carries || trip->must_ask) {
		send_call(trip, CALL_ASK);
		return;
	}
	struct call_facts facts;
	trip_facts(trip, &facts);
	enum call_kind kind = post->connector->next(&post->profile, &facts, trip->verb);
	if (kind == CALL_NONE) {
		trip_finish(trip, OUTCOME_DELIVERED, "", 0);
	} else if (call_changes(kind) && !trip->begun) {
		ledger_begin(&engine->ledger, trip);
	} else {
		send_call(trip, kind);
	}
}

/* Which calls of this very message went well before the courier was stopped. */
static unsigned done_before(const struct trip *trip)
{
	const json_t *done = json_object_get(trip->memory, "done");
	if (json_integer_value(json_object_get(done, "message")) != trip->errand.message)
		return 0;
	return (unsigned)json_integer_value(json_object_get(done, "calls"));
}

void trip_start(struct engine *engine, struct post *post, const struct errand *errand,
                json_t *payload, json_t *files, json_t *memory)
{
	struct trip *trip = trip_new(post);
	trip->errand = *errand;
	trip->payload = payload;
	trip->files = files;
	trip->memory = memory ? memory : json_object();
	trip->at_hand = true;
	post->at_hand++;
	trip->lease_until = monotonic_ms() + (int64_t)engine->plan.lease_seconds * 1000;
	trip->must_ask = errand->ask_first;
	trip->done = done_before(trip);
	trip->verb = strcmp(errand->kind, "progress") == 0 ? CALL_PROGRESS
	             : errand->created_there               ? CALL_UPDATE
	                                                   : CALL_ADD;
	codec_text(payload, "code", trip->code, sizeof trip->code);
	if (!post->works) {
		trip->placed = true;
		post->running++;
		trip_fail(trip, OUTCOME_RETRY, _("Hệ thống này chưa được kết nối"), 3600);
		return;
	}
	post_place(post, trip);
}

void trip_view(struct post *post, const char *code, const char *foreign_code, json_t *memory)
{
	struct trip *trip = trip_new(post);
	trip->view_only = true;
	post->engine->view_count++;
	trip->payload = json_pack("{s:s}", "foreign_code", foreign_code);
	trip->memory = json_is_object(memory) ? json_incref(memory) : json_object();
	snprintf(trip->code, sizeof trip->code, "%s", code);
	post_place(post, trip);
}

struct trip *trip_call(struct post *post, enum call_kind kind, const char *code, json_t *body,
                       const char *cursor,
                       void (*heard)(struct trip *, const struct answer *), void *owner)
{
	struct trip *trip = trip_new(post);
	/* Like a view it takes no place of a message in the claims. */
	trip->view_only = true;
	post->engine->view_count++;
	trip->heard = heard;
	trip->owner = owner;
	trip->verb = kind;
	json_t *memory = json_object_get(body, "memory");
	trip->payload = json_incref(body);
	trip->memory = memory ? json_incref(memory) : json_object();
	snprintf(trip->code, sizeof trip->code, "%s", code);
	snprintf(trip->cursor, sizeof trip->cursor, "%s", cursor);
	post_place(post, trip);
	return trip;
}
