/* SPDX-License-Identifier: Apache-2.0
 *
 * What is new over there: the list of changes read with an overlapping cursor
 * where they have one, and dossiers asked about one by one. */
#include "core/courier/poll.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/log.h"
#include "core/courier/post.h"
#include "core/courier/tell.h"
#include "core/courier/wire_answers.h"

#define ASKED_AT_ONCE 16
#define BATCHES_AT_ONCE 4
#define TEND_MS       300000
#define FIRST_TEND_MS 5000

static const json_t *member(const struct post *post, const char *name)
{
	return json_object_get(json_object_get(post->profile.data, "poll"), name);
}

static int number(const struct post *post, const char *name, int fallback)
{
	const json_t *value = member(post, name);
	return json_is_integer(value) ? (int)json_integer_value(value) : fallback;
}

static bool lists(const struct post *post)
{
	return post->connector->read_list && json_is_true(member(post, "list"));
}

/* ---- one by one ---- */

static void opened(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct post *post = ask->owner;
	post->poll.open_busy = false;
	if (err) {
		log_error("open streams", err);
		return;
	}
	if (batch_size(post) > 1 && reply->rows > 1 && !post->engine->draining) {
		batch_ask(post, reply);
		return;
	}
	for (int row = 0; row < reply->rows && !post->engine->draining; row++) {
		json_t *memory = json_loads(reply_text(reply, row, "memory"), 0, NULL);
		trip_view(post, reply_text(reply, row, "code"),
		          reply_text(reply, row, "foreign_code"), memory);
		json_decref(memory);
	}
}

static void ask_streams(struct post *post)
{
	struct engine *engine = post->engine;
	if (post->poll.open_busy || !profile_asks(&post->profile))
		return;
	post->poll.open_busy = true;
	post->poll.open_ask = (struct ask){ .done = opened, .owner = post };
	wire_open_streams(engine->plan.aside, &engine->scope, &post->poll.open_ask,
	                  post->profile.code, batch_size(post) > 1 ? BATCHES_AT_ONCE * batch_size(post) : ASKED_AT_ONCE,
	                  lists(post) ? number(post, "sweep_seconds", 3600) : 0);
}

/* ---- their list of changes ---- */

static void begin_list(struct post *post);

static void polled(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct post *post = ask->owner;
	post->poll.list_busy = false;
	if (err) {
		log_error("polled", err);
		return;
	}
	if (post->engine->draining)
		return;
	/* Whose list said something new is asked about at once. */
	ask_streams(post);
	if (reply_flag(reply, 0, "more"))
		begin_list(post);
}

static void keep(struct post *post, const struct peer_list *list)
{
	struct engine *engine = post->engine;
	json_t *views = json_array();
	for (int i = 0; i < list->count; i++)
		json_array_append_new(views, peer_view_json(&list->views[i], ""));
	char *text = json_dumps(views, JSON_COMPACT);
	if (!text)
		abort();
	post->poll.list_ask = (struct ask){ .done = polled, .owner = post };
	wire_polled(engine->plan.aside, &engine->scope, &post->poll.list_ask, post->profile.code,
	            post->poll.fence, text, list->more ? list->cursor : "");
	free(text);
	json_decref(views);
}

static void heard(struct trip *trip, const struct answer *answer)
{
	struct post *post = trip->owner;
	struct peer_list list = { 0 };
	bool good = answer->outcome == OUTCOME_DELIVERED && post->connector &&
	            post->connector->read_list &&
	            post->connector->read_list(&post->profile, answer, &list);
	if (good) {
		keep(post, &list);
	} else {
		/* The window's lease runs out, and it is read again from its page. */
		log_line(LOG_WARN, "list of %s: %s, http %d", post->profile.code, outcome_word(answer->outcome),
		         trip->call.reply.code); /* its words may be citizens' */
		post->poll.list_busy = false;
	}
	peer_list_free(&list);
}

static void begun(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct post *post = ask->owner;
	if (err)
		log_error("poll", err);
	if (err || reply->rows == 0 || post->engine->draining || !post->works) {
		post->poll.list_busy = false;
		return;
	}
	char from[40], to[40];
	post->poll.fence = reply_number(reply, 0, "fence", 0);
	snprintf(post->poll.page, sizeof post->poll.page, "%s", reply_text(reply, 0, "page"));
	json_t *body = json_pack(
		"{s:s, s:s, s:s, s:b}", "from",
		moment_write_iso(reply_moment(reply, 0, "from_at"), from, sizeof from), "to",
		moment_write_iso(reply_moment(reply, 0, "to_at"), to, sizeof to), "unit", "",
		"changed", 1);
	trip_call(post, CALL_LIST, "", body, post->poll.page, heard, post);
	json_decref(body);
}

static void begin_list(struct post *post)
{
	struct engine *engine = post->engine;
	if (post->poll.list_busy)
		return;
	post->poll.list_busy = true;
	post->poll.list_ask = (struct ask){ .done = begun, .owner = post };
	wire_poll_begin(engine->plan.aside, &engine->scope, &post->poll.list_ask,
	                post->profile.code, number(post, "window_hours", 120),
	                number(post, "overlap_minutes", 60),
	                (int)(profile_number(&post->profile, "total_ms", 90000) / 1000) + 30);
}

/* ---- the regular look ---- */

static void look(struct timer *timer)
{
	struct post *post = OWNER_OF(timer, struct post, poll.timer);
	struct engine *engine = post->engine;
	int64_t ms = engine->plan.ask_ms > 0
	                     ? engine->plan.ask_ms
	                     : profile_number(&post->profile, "ask_seconds", 60) * 1000;
	loop_after(engine->loop, &post->poll.timer, ms);
	if (!post->works || engine->draining || post->waiting ||
	    post->suspended_until > monotonic_ms() || pace_closed(post))
		return;
	if (lists(post))
		begin_list(post);
	ask_streams(post);
	gather_look(post);
	tell_look(post);
	filings_look(post);
}

void poll_start(struct post *post)
{
	post->poll.timer.fire = look;
	loop_after(post->engine->loop, &post->poll.timer,
	           post->engine->plan.ask_ms > 0 ? post->engine->plan.ask_ms : 10000);
}

void poll_stop(struct post *post)
{
	loop_cancel(post->engine->loop, &post->poll.timer);
	gather_stop(post);
	tell_stop(post);
	filings_stop(post);
	batch_stop(post);
}

/* ---- housekeeping ---- */

static void tended(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)ask;
	(void)reply;
	if (err)
		log_error("tend", err);
}

static void tend(struct timer *timer)
{
	struct engine *engine = OWNER_OF(timer, struct engine, tend.timer);
	loop_after(engine->loop, &engine->tend.timer, TEND_MS);
	if (engine->tend.ask.slot || engine->draining)
		return;
	engine->tend.ask = (struct ask){ .done = tended, .owner = engine };
	wire_tend(engine->plan.aside, &engine->scope, &engine->tend.ask);
}

void tend_start(struct engine *engine)
{
	engine->tend.timer.fire = tend;
	loop_after(engine->loop, &engine->tend.timer, FIRST_TEND_MS);
}

void tend_stop(struct engine *engine)
{
	loop_cancel(engine->loop, &engine->tend.timer);
}
