/* SPDX-License-Identifier: Apache-2.0
 *
 * What they say of a dossier, told to the database as a whole, so that no
 * status in between is lost; the database drops what it knows already. */
#include <stdlib.h>

#include "core/courier/post.h"

void trip_tell_view(struct trip *trip)
{
	struct bytes masked = { 0 };
	const struct bytes *body = &trip->call.reply.body;
	struct engine *engine = trip->post->engine;
	if (!trip->view.found) {
		trip_free(trip);
		return;
	}
	trip_mask(trip, bytes_string(body), body->size, &masked);
	json_t *view = peer_view_json(&trip->view, bytes_string(&masked));
	bytes_free(&masked);
	json_decref(trip->result);
	trip->result = json_pack("{s:s, s:s, s:o}", "system", trip->post->profile.code, "code",
	                         trip->code, "view", view);
	if (!trip->result)
		abort();
	tidings_tell(&engine->tidings, trip);
}
