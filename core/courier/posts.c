/* SPDX-License-Identifier: Apache-2.0
 *
 * Posts made from the database's list of systems. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/courier/post.h"

/* The profile in the database, else the one that came with the program; a file named
 * on the command line goes before both. */
static json_t *profile_data(struct engine *engine, const struct reply *reply, int row)
{
	json_t *data = json_loads(reply_text(reply, row, "profile"), 0, NULL);
	if (json_object_get(data, "base_url") && !engine->plan.files_first)
		return data;
	json_decref(data);
	const char *text = engine->plan.profile ? engine->plan.profile(engine->plan.owner,
	                                                               reply_text(reply, row, "code"))
	                                        : NULL;
	return text ? json_loads(text, 0, NULL) : NULL;
}

static void hushed(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)reply;
	struct post *post = ask->owner;
	post->hush_busy = false;
	if (err)
		log_error("hush", err);
}

/* The database must know whom it never lets mark a dossier. */
static void hush(struct post *post)
{
	bool quiet = json_is_true(json_object_get(post->profile.data, "quiet"));
	if (post->hush_busy || (post->hushed == quiet && post->hush_told))
		return;
	post->hush_busy = post->hush_told = true;
	post->hushed = quiet;
	post->hush_ask = (struct ask){ .done = hushed, .owner = post };
	wire_hush(post->engine->plan.store, &post->engine->scope, &post->hush_ask,
	          post->profile.code, quiet);
}

void post_update(struct engine *engine, const struct reply *reply, int row)
{
	const char *code = reply_text(reply, row, "code");
	struct error err;
	struct profile profile;
	json_t *data = profile_data(engine, reply, row);
	const char *family = json_string_value(json_object_get(data, "family"));
	bool good = data && profile_take(&profile, code, reply_text(reply, row, "name"),
	                                 family ? family : reply_text(reply, row, "family"), data,
	                                 &err);
	if (data && !good)
		log_error(code, &err);
	json_decref(data);
	if (!good)
		return;
	struct post *post = post_find(engine, code);
	if (!post) {
		post = calloc(1, sizeof *post);
		if (!post)
			abort();
		post->engine = engine;
		post->known = json_object();
		post->mail = true;
		post->token_timer.fire = pace_wake;
		post->next = engine->posts;
		engine->posts = post;
		engine->counts.systems++;
		poll_start(post);
	} else {
		profile_clear(&post->profile);
	}
	post->profile = profile;
	post_learn_secrets(post);
	hush(post);
	const struct connector *connector = connector_find(profile.family);
	if (connector)
		post->connector = connector;
	post->works = connector && profile_enabled(&profile);
	snprintf(post->health, sizeof post->health, "%s", reply_text(reply, row, "health"));
	/* No outage: there is nothing to be out of.  A hand serves the manual ones. */
	if (!post->works && strcmp(profile.family, "manual") != 0)
		post_health(post, "unconnected", "");
	else if (strcmp(post->health, "unconnected") == 0)
		post_health(post, "unknown", "");
}
