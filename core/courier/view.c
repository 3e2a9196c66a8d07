/* SPDX-License-Identifier: Apache-2.0
 *
 * What they say of a dossier, told to the database line by line, so that no
 * status in between is lost; the database drops what it knows already. */
#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/courier/mask.h"
#include "core/courier/post.h"
#include "core/dossier/lifecycle.h"

static void tell_next(struct trip *);

static void told(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)reply;
	struct trip *trip = ask->owner;
	if (err) {
		log_error("answered", err);
		trip_free(trip);
		return;
	}
	tell_next(trip);
}

static void tell_next(struct trip *trip)
{
	struct peer_view *view = &trip->view;
	while (trip->answer_at < view->step_count &&
	       (view->steps[trip->answer_at].status == 0 ||
	        view->steps[trip->answer_at].at == MOMENT_NONE))
		trip->answer_at++;
	if (trip->answer_at >= view->step_count) {
		trip_free(trip);
		return;
	}
	const struct peer_step *step = &view->steps[trip->answer_at++];
	struct engine *engine = trip->post->engine;
	struct wire_answer answer = { .system = trip->post->profile.code,
		                      .code = trip->code,
		                      .foreign_code = view->foreign_code,
		                      .text = step->text,
		                      .raw = trip->raw,
		                      .status = step->status,
		                      .at = step->at };
	trip->ask = (struct ask){ .done = told, .owner = trip };
	wire_answered(engine->plan.store, &engine->scope, &trip->ask, &answer);
}

/* Where they tell a status without its line of history, the last moment they
 * told stands for it: the same at every question. */
static void add_status(struct peer_view *view)
{
	const struct peer_step *last = view->step_count ? &view->steps[view->step_count - 1] : NULL;
	moment_t at = last && last->at != MOMENT_NONE ? last->at : view->received_at;
	if (!view->status || at == MOMENT_NONE || (last && last->status == view->status) ||
	    view->step_count == MOST_PEER_STEPS)
		return;
	struct peer_step *step = &view->steps[view->step_count++];
	*step = (struct peer_step){ .status = view->status, .at = at };
	snprintf(step->text, sizeof step->text, "%s", status_name(view->status));
}

void trip_tell_view(struct trip *trip)
{
	struct bytes masked = { 0 };
	const struct bytes *body = &trip->call.reply.body;
	if (!trip->view.found) {
		trip_free(trip);
		return;
	}
	mask_reply(&masked, bytes_string(body), body->size, trip->payload, trip->session_used,
	           trip->post->secrets, &trip->call.headers);
	size_t n = masked.size < sizeof trip->raw ? masked.size : sizeof trip->raw - 1;
	while (n && n < masked.size && ((unsigned char)masked.data[n] & 0xC0) == 0x80)
		n--;
	memcpy(trip->raw, bytes_string(&masked), n);
	trip->raw[n] = '\0';
	bytes_free(&masked);
	add_status(&trip->view);
	tell_next(trip);
}
