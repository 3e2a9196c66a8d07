/* SPDX-License-Identifier: Apache-2.0
 *
 * One question about several dossiers.  The answer to it is one fate for all of
 * them: what it tells is told in one commit; refused as a whole, they are asked
 * about one by one from then on; anything else is asked again at its time. */
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/courier/json.h"
#include "core/courier/post.h"
#include "core/courier/wire_answers.h"

/* Their dossiers are locked together while it is told. */
#define MOST 40

struct batch {
	struct post *post;
	struct batch *next;
	json_t *dossiers; /* [{code, foreign_code, memory}] */
	struct ask ask;
};

int batch_size(const struct post *post)
{
	long most = profile_number(&post->profile, "max_batch", 1);
	if (post->poll.one_by_one || post->connector != &connector_json ||
	    !json_call(&post->profile, CALL_ASK_MANY))
		return 1;
	return most < 1 ? 1 : most > MOST ? MOST : (int)most;
}

static void forget(struct batch *batch)
{
	for (struct batch **at = &batch->post->poll.batches; *at; at = &(*at)->next)
		if (*at == batch) {
			*at = batch->next;
			break;
		}
	json_decref(batch->dossiers);
	free(batch);
}

void batch_stop(struct post *post)
{
	while (post->poll.batches)
		forget(post->poll.batches);
}

static const char *text_of(const json_t *dossier, const char *name)
{
	const char *text = json_string_value(json_object_get(dossier, name));
	return text ? text : "";
}

static void ask_each(struct batch *batch)
{
	size_t i;
	json_t *dossier;
	json_array_foreach(batch->dossiers, i, dossier)
		trip_view(batch->post, text_of(dossier, "code"), text_of(dossier, "foreign_code"),
		          json_object_get(dossier, "memory"));
}

static void told(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct batch *batch = ask->owner;
	(void)reply;
	if (err)
		log_error("told of several", err);
	/* One of them must not spoil the others. */
	if (err && err->fault != FAULT_OFFLINE && !batch->post->engine->draining)
		ask_each(batch);
	forget(batch);
}

/* What they say of that one, as a line of told_all; NULL: nothing. */
static json_t *line_of(const struct trip *trip, const struct answer *answer, const char *code)
{
	const struct post *post = trip->post;
	struct peer_view view;
	bool other;
	json_t *line = NULL, *item = json_item(&post->profile, answer, code, &other);
	post->connector->read_view(&post->profile, answer, code, &view);
	/* One without a code could be anybody's here. */
	if (item && view.found && view.code[0]) {
		struct bytes masked = { 0 };
		char *raw = json_dumps(item, JSON_COMPACT | JSON_ENCODE_ANY);
		if (!raw)
			abort();
		trip_mask(trip, raw, strlen(raw), &masked);
		line = json_pack("{s:s, s:s, s:o}", "system", post->profile.code, "code", code, "view",
		                 peer_view_json(&view, bytes_string(&masked)));
		bytes_free(&masked);
		free(raw);
	}
	peer_view_clear(&view);
	json_decref(item);
	return line;
}

static void tell(struct trip *trip, struct batch *batch, const struct answer *answer)
{
	struct engine *engine = batch->post->engine;
	json_t *lines = json_array(), *dossier;
	size_t i;
	json_array_foreach(batch->dossiers, i, dossier) {
		json_t *line = line_of(trip, answer, text_of(dossier, "code"));
		if (line)
			json_array_append_new(lines, line);
	}
	char *text = json_dumps(lines, JSON_COMPACT);
	if (!text)
		abort();
	batch->ask = (struct ask){ .done = told, .owner = batch };
	wire_told_all(engine->plan.aside, &engine->scope, &batch->ask, text);
	free(text);
	json_decref(lines);
}

static void heard(struct trip *trip, const struct answer *answer)
{
	struct batch *batch = trip->owner;
	struct post *post = batch->post;
	if (answer->outcome == OUTCOME_DELIVERED) {
		tell(trip, batch, answer);
		return;
	}
	log_line(LOG_WARN, "%s, asked about %zu at once: %s", post->profile.code,
	         json_array_size(batch->dossiers), answer->text);
	if (answer->outcome == OUTCOME_REFUSED && !post->engine->draining) {
		post->poll.one_by_one = true;
		ask_each(batch);
	}
	forget(batch);
}

static void send(struct batch *batch)
{
	json_t *codes = json_array(), *dossier, *body;
	size_t i;
	json_array_foreach(batch->dossiers, i, dossier)
		json_array_append(codes, json_object_get(dossier, "code"));
	body = json_pack("{s:o}", "codes", codes);
	trip_call(batch->post, CALL_ASK_MANY, "", body, "", heard, batch);
	json_decref(body);
}

void batch_ask(struct post *post, const struct reply *reply)
{
	int most = batch_size(post);
	for (int from = 0; from < reply->rows; from += most) {
		struct batch *batch = calloc(1, sizeof *batch);
		if (!batch)
			abort();
		*batch = (struct batch){ .post = post, .next = post->poll.batches, .dossiers = json_array() };
		post->poll.batches = batch;
		for (int row = from; row < reply->rows && row < from + most; row++) {
			json_t *memory = json_loads(reply_text(reply, row, "memory"), 0, NULL);
			json_array_append_new(batch->dossiers,
			                      json_pack("{s:s, s:s, s:o}", "code", reply_text(reply, row, "code"),
			                                "foreign_code", reply_text(reply, row, "foreign_code"),
			                                "memory", memory ? memory : json_object()));
		}
		send(batch);
	}
}
