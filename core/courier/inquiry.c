/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions that somebody at a counter waits for: claimed, asked once, the
 * reply read by the connector and kept by the database. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/courier/post.h"

struct inquiry {
	struct engine *engine;
	struct inquiry *next;
	int64_t question, fence;
	enum call_kind kind;
	struct ask ask;
	/* A list comes in pages. */
	struct post *post;
	json_t *body, *dossiers;
	int pages;
};
#define MOST_PAGES 500

static void forget(struct inquiry *inquiry)
{
	for (struct inquiry **at = &inquiry->engine->inquiries; *at; at = &(*at)->next)
		if (*at == inquiry) {
			*at = inquiry->next;
			break;
		}
	json_decref(inquiry->body);
	json_decref(inquiry->dossiers);
	free(inquiry);
}

void inquiry_stop(struct engine *engine)
{
	while (engine->inquiries)
		forget(engine->inquiries);
}

static void kept(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)reply;
	if (err)
		log_error("replied", err);
	forget(ask->owner);
}

static void tell(struct inquiry *inquiry, enum outcome outcome, const json_t *reply,
                 const char *note, int retry_after)
{
	struct engine *engine = inquiry->engine;
	char *text = reply ? json_dumps(reply, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
	inquiry->ask = (struct ask){ .done = kept, .owner = inquiry };
	wire_replied(engine->plan.store, &engine->scope, &inquiry->ask, inquiry->question,
	             inquiry->fence, outcome_word(outcome), text, note, retry_after);
	free(text);
}

static void heard(struct trip *, const struct answer *);

/* One page of their list; the last one ends the question. */
static void list_heard(struct inquiry *inquiry, const struct answer *answer)
{
	struct post *post = inquiry->post;
	struct peer_list list = { 0 };
	char note[300];
	if (!post->connector->read_list(&post->profile, answer, &list)) {
		snprintf(note, sizeof note, _("%s: danh sách không đọc được"), post->profile.name);
		tell(inquiry, OUTCOME_REFUSED, NULL, note, 0);
		peer_list_free(&list);
		return;
	}
	json_t *page = peer_list_json(&list);
	json_array_extend(inquiry->dossiers, page);
	json_decref(page);
	bool more = list.more && list.cursor[0] && list.count > 0 && ++inquiry->pages < MOST_PAGES;
	if (more) {
		trip_call(post, CALL_LIST, "", inquiry->body, list.cursor, heard, inquiry);
	} else {
		json_t *whole = json_pack("{s:O, s:b}", "dossiers", inquiry->dossiers, "whole",
		                          !list.more && list.count < MOST_PEER_VIEWS);
		tell(inquiry, OUTCOME_DELIVERED, whole, "", 0);
		json_decref(whole);
	}
	peer_list_free(&list);
}

static void heard(struct trip *trip, const struct answer *answer)
{
	struct inquiry *inquiry = trip->owner;
	const struct post *post = trip->post;
	struct error err = { 0 };
	char note[800];
	if (answer->outcome == OUTCOME_DELIVERED && inquiry->dossiers) {
		list_heard(inquiry, answer);
		return;
	}
	if (answer->outcome == OUTCOME_DELIVERED && post->connector->read_reply) {
		json_t *reply = post->connector->read_reply(&post->profile, inquiry->kind, answer,
		                                            &err);
		tell(inquiry, reply ? OUTCOME_DELIVERED : OUTCOME_REFUSED, reply, err.say, 0);
		json_decref(reply);
		return;
	}
	snprintf(note, sizeof note, "%s: %s", post->profile.name, answer->text);
	tell(inquiry, answer->outcome == OUTCOME_REFUSED ? OUTCOME_REFUSED : OUTCOME_RETRY, NULL,
	     note, answer->retry_after > 0 ? answer->retry_after : 5);
}

static enum call_kind kind_of(const char *word)
{
	static const enum call_kind kinds[] = { CALL_LOOKUP, CALL_RIGHTS, CALL_LIST };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(call_word(kinds[i]), word) == 0)
			return kinds[i];
	return CALL_NONE;
}

static void take(struct engine *engine, const struct reply *reply, int row)
{
	struct post *post = post_find(engine, reply_text(reply, row, "system"));
	json_t *body = json_loads(reply_text(reply, row, "body"), 0, NULL);
	struct inquiry *inquiry = calloc(1, sizeof *inquiry);
	if (!inquiry)
		abort();
	inquiry->engine = engine;
	inquiry->next = engine->inquiries;
	engine->inquiries = inquiry;
	inquiry->question = reply_number(reply, row, "question_id", 0);
	inquiry->fence = reply_number(reply, row, "fence", 0);
	inquiry->kind = kind_of(reply_text(reply, row, "kind"));
	const struct connector *connector = post && post->works ? post->connector : NULL;
	bool pages = connector && connector->read_list && inquiry->kind == CALL_LIST;
	if (pages) {
		inquiry->post = post;
		inquiry->body = json_incref(body);
		inquiry->dossiers = json_array();
	}
	if (!connector || !body)
		tell(inquiry, OUTCOME_REFUSED, NULL, _("Hệ thống này chưa được kết nối"), 0);
	else if (!pages && (!connector->read_reply || inquiry->kind == CALL_LIST))
		tell(inquiry, OUTCOME_REFUSED, NULL,
		     inquiry->kind == CALL_LIST
		             ? _("Hệ thống này không cho lấy danh sách hồ sơ")
		             : _("Hệ thống này không trả lời câu hỏi như vậy"),
		     0);
	else
		trip_call(post, inquiry->kind, "", body, "", heard, inquiry);
	json_decref(body);
}

static void claimed(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct engine *engine = ask->owner;
	engine->inquiring = false;
	if (err) {
		log_error("questions", err);
		return;
	}
	for (int row = 0; row < reply->rows; row++)
		take(engine, reply, row);
}

void inquiry_look(struct engine *engine)
{
	if (engine->inquiring || engine->draining || !engine->posts)
		return;
	engine->inquiring = true;
	engine->question_ask = (struct ask){ .done = claimed, .owner = engine };
	wire_claim_questions(engine->plan.store, &engine->scope, &engine->question_ask,
	                     engine->plan.name, engine->plan.lease_seconds, 16);
}
