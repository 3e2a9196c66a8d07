/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/log.h"
#include "core/courier/inbound.h"
#include "core/courier/tell.h"

#define AGAIN_MS 100

static void claim(struct engine *);
static void read_systems(struct engine *);

static void take(struct engine *engine, const struct reply *reply, int row)
{
	struct errand errand;
	wire_read_errand(reply, row, &errand);
	struct post *post = post_find(engine, errand.system);
	if (post)
		post->mail = post->found = true; /* perhaps more of them */
	json_t *payload = json_loads(reply_text(reply, row, "payload"), 0, NULL);
	if (post && payload) {
		trip_start(engine, post, &errand, payload,
		           json_loads(reply_text(reply, row, "files"), 0, NULL),
		           json_loads(reply_text(reply, row, "memory"), 0, NULL));
		return;
	}
	/* the lease runs out and another courier takes it */
	log_line(LOG_WARN, "message %lld for %s: cannot be read", (long long)errand.message,
	         errand.system);
	json_decref(payload);
}

static void claimed(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct engine *engine = ask->owner;
	engine->claiming = false;
	if (err)
		log_error("claim", err);
	for (int row = 0; !err && row < reply->rows; row++)
		take(engine, reply, row);
	for (struct post *post = engine->posts; post; post = post->next) {
		post->mail |= post->asked && err;
		/* What was locked for a moment is looked for once more. */
		if (post->asked && post->found && !post->mail)
			engine_expect(post, AGAIN_MS);
		post->found = post->mail;
		post->asked = false;
	}
	/* A hint meanwhile: there may be more. */
	if (!err && (engine->hinted || reply->rows == 0))
		claim(engine);
}

/* How many of its messages are wanted now: what is at hand is half used up. */
static int want(const struct post *post)
{
	int window = post_reach(post) + post_places(post);
	if (!post->mail || pace_closed(post) || post->at_hand * 2 > window)
		return 0;
	return window - post->at_hand;
}

/* False: nothing is wanted. */
static bool write_wants(struct engine *engine, struct bytes *systems, struct bytes *wants)
{
	int room = engine->plan.most - engine->trip_count;
	for (struct post *post = engine->posts; post && room > 0; post = post->next) {
		char name[64], number[16];
		int count = want(post) < room ? want(post) : room;
		if (count <= 0 || strpbrk(post->profile.code, "\"\\"))
			continue;
		room -= count;
		post->mail = false; /* until a message or a hint comes */
		post->asked = true;
		snprintf(name, sizeof name, "%c\"%s\"", systems->size ? ',' : '{', post->profile.code);
		snprintf(number, sizeof number, "%c%d", wants->size ? ',' : '{', count);
		bytes_text(systems, name);
		bytes_text(wants, number);
	}
	bytes_text(systems, "}");
	bytes_text(wants, "}");
	return wants->size > 1;
}

static void claim(struct engine *engine)
{
	struct bytes systems = { 0 }, wants = { 0 };
	if (engine->claiming) {
		engine->hinted = true;
		return;
	}
	engine->hinted = false;
	if (engine->draining || !engine->posts)
		return;
	if (write_wants(engine, &systems, &wants)) {
		engine->claiming = true;
		engine->claim_ask = (struct ask){ .done = claimed, .owner = engine };
		wire_claim(engine->plan.store, &engine->scope, &engine->claim_ask, engine->plan.name,
		           engine->plan.lease_seconds, bytes_string(&systems), bytes_string(&wants));
	} else if (engine->plan.once && !engine->trip_count) {
		engine_drain(engine);
	}
	bytes_free(&systems);
	bytes_free(&wants);
}

static void expect_mail(struct engine *engine)
{
	for (struct post *post = engine->posts; post; post = post->next)
		post->mail = true;
	claim(engine);
}

static void look(struct timer *timer)
{
	struct engine *engine = OWNER_OF(timer, struct engine, claim_timer);
	loop_after(engine->loop, &engine->claim_timer, engine->plan.claim_ms);
	/* The list was never read, or lacks a system that has mail. */
	if (engine->systems_old)
		read_systems(engine);
	inquiry_look(engine);
	expect_mail(engine);
}

static void look_soon(struct timer *timer)
{
	claim(OWNER_OF(timer, struct engine, soon_timer));
}

static void mail_due(struct timer *timer)
{
	struct post *post = OWNER_OF(timer, struct post, mail_timer);
	post->mail = true;
	claim(post->engine);
}

void engine_expect(struct post *post, int64_t ms)
{
	struct loop *loop = post->engine->loop;
	if (post->mail_timer.armed && post->mail_timer.due <= loop->clock() + ms)
		return;
	post->mail_timer.fire = mail_due;
	loop_after(loop, &post->mail_timer, ms);
}

static void hint_of(struct engine *engine, struct post *post)
{
	engine->systems_old |= !post;
	if (post) {
		post->mail = true;
		claim(engine);
	}
}

void engine_hint(struct engine *engine, const char *payload)
{
	struct post *gateway = payload[0] == '@' ? post_find(engine, payload + 1) : NULL;
	if (payload[0] == '?')
		inquiry_look(engine);
	else if (gateway)
		tell_look(gateway);
	else if (strcmp(payload, "profiles") == 0)
		read_systems(engine);
	else if (*payload == '\0')
		expect_mail(engine);
	else
		hint_of(engine, post_find(engine, payload));
}

static void check_drained(struct engine *engine)
{
	if (!engine->draining || engine->trip_count || engine->told_drained)
		return;
	engine->told_drained = true;
	if (engine->plan.drained)
		engine->plan.drained(engine->plan.owner);
}

void engine_trip_over(struct engine *engine, struct trip *trip)
{
	if (engine->draining) {
		check_drained(engine);
		return;
	}
	/* The stream's next message, or another's: a moment later, all at once. */
	if (!trip->view_only && !engine->soon_timer.armed)
		loop_after(engine->loop, &engine->soon_timer, 1);
}

static void systems_read(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct engine *engine = ask->owner;
	engine->systems_old = err != NULL;
	if (err) {
		log_error("systems", err);
		return;
	}
	for (int row = 0; row < reply->rows; row++)
		post_update(engine, reply, row);
	log_line(LOG_NOTE, "%d systems", engine->counts.systems);
	claim(engine);
}

static void read_systems(struct engine *engine)
{
	if (engine->systems_ask.slot)
		return; /* on its way */
	engine->systems_ask = (struct ask){ .done = systems_read, .owner = engine };
	wire_systems(engine->plan.store, &engine->scope, &engine->systems_ask);
}

struct engine *engine_start(struct loop *loop, const struct engine_plan *plan, struct error *err)
{
	struct engine *engine = calloc(1, sizeof *engine);
	if (!engine)
		abort();
	engine->loop = loop;
	engine->plan = *plan;
	if (!engine->plan.lease_seconds)
		engine->plan.lease_seconds = 240;
	if (!engine->plan.claim_ms)
		engine->plan.claim_ms = 5000;
	if (!engine->plan.most)
		engine->plan.most = 2048;
	if (!engine->plan.aside)
		engine->plan.aside = engine->plan.store;
	engine->http = http_open(loop, err);
	if (!engine->http) {
		free(engine);
		return NULL;
	}
	ledger_start(&engine->ledger, engine);
	tidings_start(&engine->tidings, engine);
	engine->claim_timer.fire = look;
	engine->soon_timer.fire = look_soon;
	loop_after(loop, &engine->claim_timer, engine->plan.claim_ms);
	tend_start(engine);
	read_systems(engine);
	if (plan->listen && !plan->once &&
	    !(engine->inbound = inbound_open(engine, plan->listen, plan->listen_file, err))) {
		engine_stop(engine);
		return NULL;
	}
	return engine;
}

void engine_drain(struct engine *engine)
{
	engine->draining = true;
	/* Who has no place yet goes back: another courier takes it. */
	for (struct post *post = engine->posts; post; post = post->next)
		while (post->waiting) {
			struct trip *trip = post->waiting;
			post->waiting = trip->next_waiting;
			if (trip->view_only)
				trip_free(trip);
			else
				trip_release(trip);
		}
	check_drained(engine);
}

void engine_stop(struct engine *engine)
{
	if (!engine)
		return;
	engine->draining = engine->told_drained = engine->stopped = true;
	scope_end(&engine->scope);
	engine->inbound = inbound_close(engine->inbound);
	for (struct post *post = engine->posts; post; post = post->next)
		post->waiting = NULL;
	while (engine->trips) {
		engine->trips->placed = false;
		trip_free(engine->trips);
	}
	ledger_stop(&engine->ledger);
	tidings_stop(&engine->tidings);
	inquiry_stop(engine);
	while (engine->posts) {
		struct post *post = engine->posts;
		engine->posts = post->next;
		post_free(post);
	}
	loop_cancel(engine->loop, &engine->claim_timer);
	loop_cancel(engine->loop, &engine->soon_timer);
	tend_stop(engine);
	http_close(engine->http);
	free(engine);
}

struct engine_counts engine_counts(const struct engine *engine)
{
	struct engine_counts counts = engine->counts;
	counts.under_way = engine->trip_count;
	return counts;
}
