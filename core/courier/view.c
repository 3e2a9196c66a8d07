/* SPDX-License-Identifier: Apache-2.0
 *
 * What they say of a dossier, told to the database in one call, so that no
 * status in between is lost; the database drops what it knows already. */
#include <stdlib.h>

#include "core/base/log.h"
#include "core/courier/mask.h"
#include "core/courier/post.h"
#include "core/courier/wire_answers.h"

static void told(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)reply;
	struct trip *trip = ask->owner;
	if (err)
		log_error("told", err);
	trip_free(trip);
}

void trip_tell_view(struct trip *trip)
{
	struct bytes masked = { 0 };
	const struct bytes *body = &trip->call.reply.body;
	struct engine *engine = trip->post->engine;
	if (!trip->view.found) {
		trip_free(trip);
		return;
	}
	mask_reply(&masked, bytes_string(body), body->size, trip->payload,
	           trip->session_used ? trip->session_used : "", trip->post->secrets,
	           &trip->call.headers);
	json_t *view = peer_view_json(&trip->view, bytes_string(&masked));
	char *text = json_dumps(view, JSON_COMPACT);
	if (!text)
		abort();
	trip->ask = (struct ask){ .done = told, .owner = trip };
	wire_told(engine->plan.store, &engine->scope, &trip->ask, trip->post->profile.code,
	          trip->code, text);
	free(text);
	json_decref(view);
	bytes_free(&masked);
}
