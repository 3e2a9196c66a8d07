/* SPDX-License-Identifier: Apache-2.0
 *
 * What this platform says of dossiers, in our vocabulary. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/courier/codec.h"
#include "core/courier/dvc_view.h"
#include "core/courier/filing_read.h"
#include "core/courier/igate.h"
#include "core/courier/rights.h"

json_t *igate_found(const struct profile *profile, const char *finding, const json_t *root)
{
	const json_t *paths = json_object_get(json_object_get(profile->data, "found"), finding);
	if (json_is_string(paths))
		return codec_path(root, json_string_value(paths));
	for (size_t i = 0; i < json_array_size(paths); i++) {
		const char *path = json_string_value(json_array_get(paths, i));
		json_t *value = path ? codec_path(root, path) : NULL;
		if (value)
			return value;
	}
	return NULL;
}

static const char *text_of(const struct profile *profile, const json_t *item, const char *name,
                           char *out, size_t room)
{
	return codec_text(item, igate_name(profile, name), out, room);
}

static void mend(char *text, size_t room)
{
	struct arena arena = { 0 };
	snprintf(text, room, "%s", text_mend(&arena, text, strlen(text)));
	arena_free(&arena);
}

/* Progress and status are two calls: a line of the history that their status
 * has not followed yet is only half told. */
static void drop_half_told(struct peer_view *view)
{
	int count = view->step_count;
	while (count > 0 && view->steps[count - 1].status != view->status)
		count--;
	view->step_count = count;
}

void igate_read_view(const struct profile *profile, const struct answer *answer, const char *code,
                     struct peer_view *view)
{
	(void)code; /* theirs is asked for, and learn() has looked that it came back */
	*view = (struct peer_view){ .received_at = MOMENT_NONE, .due_at = MOMENT_NONE };
	json_t *item = igate_found(profile, "view", answer->root);
	if (json_is_object(item) && json_object_size(item)) {
		view->found = true;
		text_of(profile, item, "maHoSo", view->foreign_code, sizeof view->foreign_code);
		mend(view->foreign_code, sizeof view->foreign_code);
		dvc_read_item(profile, item, igate_name, view);
		drop_half_told(view);
	}
	json_decref(item);
}

static void read_line(const struct profile *profile, const json_t *item, struct peer_view *view)
{
	char word[48], when[48];
	text_of(profile, item, "maHoSo", view->foreign_code, sizeof view->foreign_code);
	mend(view->foreign_code, sizeof view->foreign_code);
	json_t *at = codec_path(item, igate_name(profile, "ThoiDiemXuLy"));
	peer_set_status(profile, view,
	                text_of(profile, item, "TrangThaiHoSo", word, sizeof word));
	peer_add_step(profile, view, word, codec_moment(codec_word(at, when, sizeof when)), "");
	json_decref(at);
}

/* Pages go by time: the next begins with the moment of this one's last line, so
 * that nothing is lost when lines come in between. */
bool igate_read_list(const struct profile *profile, const struct answer *answer,
                     struct peer_list *list)
{
	*list = (struct peer_list){ 0 };
	json_t *items = igate_found(profile, "list", answer->root);
	size_t count = json_array_size(items);
	if (!json_is_array(items)) {
		json_decref(items);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		struct peer_view *view = peer_list_add(list);
		if (view)
			read_line(profile, json_array_get(items, i), view);
	}
	json_decref(items);
	if (!list->count)
		return true;
	moment_t first = list->views[0].steps[0].at, last = list->views[list->count - 1].steps[0].at;
	bool full = (long)count >= profile_number(profile, "list_size", 200);
	if (full && last != MOMENT_NONE) {
		/* A whole page of one second: there is no way but past it. */
		moment_write_wire(last == first ? last + 1 : last, list->cursor, sizeof list->cursor);
		list->more = true;
	}
	return true;
}

/* CALL_LIST as a question: one line per dossier, with the last thing told. */
json_t *igate_read_reply(const struct profile *profile, enum call_kind kind,
                         const struct answer *answer, struct error *err)
{
	struct peer_list list;
	if (kind == CALL_RIGHTS) {
		json_t *found = igate_found(profile, "rights", answer->root);
		json_t *told = rights_read(profile, found);
		json_decref(found);
		return told;
	}
	if (kind != CALL_LIST || !igate_read_list(profile, answer, &list)) {
		fail(err, FAULT_INPUT, _("%s không trả lời câu hỏi này"), profile->name);
		return NULL;
	}
	json_t *by_number = json_object(), *dossiers = json_array();
	for (int i = 0; i < list.count; i++)
		json_object_set_new(by_number, list.views[i].foreign_code,
		                    json_pack("{s:s, s:s, s:i}", "code", "", "foreign_code",
		                              list.views[i].foreign_code, "status",
		                              list.views[i].status));
	const char *number;
	json_t *one;
	json_object_foreach(by_number, number, one)
		json_array_append(dossiers, one);
	json_decref(by_number);
	json_t *reply = json_pack("{s:o, s:b}", "dossiers", dossiers, "whole", !list.more);
	peer_list_free(&list);
	return reply;
}

static struct filing_reader filings_of(const struct profile *profile)
{
	return (struct filing_reader){ .profile = profile, .shape = &filing_platform, .names = igate_name };
}

json_t *igate_read_filings(const struct profile *profile, const struct answer *answer, bool *more)
{
	const struct filing_reader reader = filings_of(profile);
	json_t *items = igate_found(profile, "filings", answer->root);
	json_t *lines = filing_lines(&reader, items, more);
	json_decref(items);
	return lines;
}

json_t *igate_read_filing(const struct profile *profile, const struct answer *answer, const char *code)
{
	const struct filing_reader reader = filings_of(profile);
	char number[64];
	json_t *item = igate_found(profile, "filing", answer->root);
	text_of(profile, item, "maHoSo", number, sizeof number);
	/* Whoever tells of another one has told nothing of this. */
	json_t *filing = filing_of(&reader, *number && strcmp(number, code) != 0 ? NULL : item);
	json_decref(item);
	return filing;
}
