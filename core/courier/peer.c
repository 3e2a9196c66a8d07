/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/text.h"
#include "core/dossier/lifecycle.h"

/* Of each kind in one view; more is nobody's dossier. */
#define MOST_PARTS 100

void peer_view_clear(struct peer_view *view)
{
	json_decref(view->parts);
	*view = (struct peer_view){ .received_at = MOMENT_NONE, .due_at = MOMENT_NONE };
}

static void take(char *out, size_t room, const char *text)
{
	struct arena arena = { 0 };
	const char *mended = text ? text_mend(&arena, text, strlen(text)) : "";
	size_t n = strlen(mended);
	if (n >= room) {
		n = room - 1;
		while (n && ((unsigned char)mended[n] & 0xC0) == 0x80)
			n--;
	}
	memcpy(out, mended, n);
	out[n] = '\0';
	arena_free(&arena);
}

static int status_of(const struct profile *profile, const char *word)
{
	const char *ours = *word ? profile_unmap(profile, "status", word) : NULL;
	return ours ? atoi(ours) : 0;
}

void peer_set_status(const struct profile *profile, struct peer_view *view, const char *word)
{
	take(view->word, sizeof view->word, word);
	view->status = status_of(profile, view->word);
}

void peer_add_step(const struct profile *profile, struct peer_view *view, const char *word,
                   moment_t at, const char *text)
{
	if (view->step_count == MOST_PEER_STEPS) {
		view->step_count--;
		memmove(view->steps, view->steps + 1, sizeof *view->steps * (MOST_PEER_STEPS - 1));
	}
	struct peer_step *step = &view->steps[view->step_count++];
	*step = (struct peer_step){ .at = at };
	take(step->word, sizeof step->word, word);
	take(step->text, sizeof step->text, text);
	step->status = status_of(profile, step->word);
}

/* ---- parts ---- */

static void put_text(json_t *part, const char *name, const char *text)
{
	char mended[2000];
	take(mended, sizeof mended, text);
	if (*mended)
		json_object_set_new(part, name, json_string(mended));
}

static void put_moment(json_t *part, const char *name, moment_t at)
{
	char text[40];
	if (at != MOMENT_NONE && at != 0)
		json_object_set_new(part, name, json_string(moment_write_iso(at, text, sizeof text)));
}

static void add(struct peer_view *view, const char *kind, json_t *part)
{
	if (!view->parts)
		view->parts = json_object();
	json_t *list = json_object_get(view->parts, kind);
	if (!list) {
		list = json_array();
		json_object_set_new(view->parts, kind, list);
	}
	if (json_array_size(list) < MOST_PARTS)
		json_array_append(list, part);
	json_decref(part);
}

void peer_add_ask(struct peer_view *view, const struct peer_ask *ask)
{
	json_t *part = json_pack("{s:b}", "done", ask->done);
	put_text(part, "key", ask->key);
	put_text(part, "text", ask->text);
	put_text(part, "by", ask->by);
	put_moment(part, "at", ask->at);
	put_moment(part, "until", ask->until);
	put_moment(part, "new_due", ask->new_due);
	add(view, "asks", part);
}

void peer_add_fee(struct peer_view *view, const struct peer_fee *fee)
{
	json_t *part = json_pack("{s:b, s:I}", "done", fee->done, "amount", (json_int_t)fee->amount);
	put_text(part, "key", fee->key);
	put_text(part, "name", fee->name);
	put_text(part, "text", fee->text);
	put_moment(part, "at", fee->at);
	add(view, "fees", part);
}

void peer_add_result(struct peer_view *view, const struct peer_result *result)
{
	json_t *part = json_object();
	put_text(part, "key", result->key);
	put_text(part, "name", result->name);
	put_text(part, "code", result->code);
	put_text(part, "link", result->link);
	put_text(part, "file", result->file);
	put_text(part, "media_type", result->media_type);
	put_moment(part, "at", result->at);
	if (result->content && *result->content)
		json_object_set_new(part, "content", json_string(result->content));
	add(view, "results", part);
}

void peer_add_extension(struct peer_view *view, const struct peer_extension *extension)
{
	json_t *part = json_object();
	put_text(part, "key", extension->key);
	put_text(part, "text", extension->text);
	put_moment(part, "at", extension->at);
	put_moment(part, "old_due", extension->old_due);
	put_moment(part, "new_due", extension->new_due);
	add(view, "extensions", part);
}

/* ---- as JSON ---- */

static void put_step(json_t *steps, int status, const char *word, moment_t at, const char *text)
{
	json_t *step = json_pack("{s:i}", "status", status);
	put_text(step, "word", word);
	put_text(step, "text", text);
	put_moment(step, "at", at);
	json_array_append_new(steps, step);
}

/* Where they tell a status without its line of history, the last moment they
 * told stands for it: the same at every question. */
static void put_status(json_t *steps, const struct peer_view *view)
{
	const struct peer_step *last = view->step_count ? &view->steps[view->step_count - 1] : NULL;
	moment_t at = last && last->at != MOMENT_NONE ? last->at : view->received_at;
	bool told = last && (view->status ? last->status == view->status
	                                  : strcmp(last->word, view->word) == 0);
	if ((view->status || view->word[0]) && at != MOMENT_NONE && !told)
		put_step(steps, view->status, view->word, at,
		         view->status ? status_name(view->status) : "");
}

json_t *peer_view_json(const struct peer_view *view, const char *raw)
{
	json_t *out = view->parts ? json_copy(view->parts) : json_object();
	json_t *steps = json_array();
	for (int i = 0; i < view->step_count; i++) {
		const struct peer_step *step = &view->steps[i];
		if (step->at != MOMENT_NONE && (step->status || step->word[0]))
			put_step(steps, step->status, step->word, step->at, step->text);
	}
	put_status(steps, view);
	json_object_set_new(out, "steps", steps);
	put_text(out, "code", view->code);
	put_text(out, "foreign_code", view->foreign_code);
	put_text(out, "raw", raw);
	put_moment(out, "received_at", view->received_at);
	return out;
}

struct peer_view *peer_list_add(struct peer_list *list)
{
	if (list->count == MOST_PEER_VIEWS)
		return NULL;
	if ((list->count & (list->count - 1)) == 0) {
		size_t room = list->count ? (size_t)list->count * 2 : 1;
		list->views = realloc(list->views, room * sizeof *list->views);
		if (!list->views)
			abort();
	}
	struct peer_view *view = &list->views[list->count++];
	view->parts = NULL;
	peer_view_clear(view);
	view->found = true;
	return view;
}

void peer_list_free(struct peer_list *list)
{
	for (int i = 0; i < list->count; i++)
		json_decref(list->views[i].parts);
	free(list->views);
	*list = (struct peer_list){ 0 };
}

json_t *peer_list_json(const struct peer_list *list)
{
	json_t *out = json_array();
	for (int i = 0; i < list->count; i++) {
		const struct peer_view *view = &list->views[i];
		json_t *item = json_pack("{s:i}", "status", view->status);
		put_text(item, "code", view->code);
		put_text(item, "foreign_code", view->foreign_code);
		put_text(item, "word", view->word);
		put_moment(item, "received_at", view->received_at);
		put_moment(item, "due_at", view->due_at);
		json_array_append_new(out, item);
	}
	return out;
}
