/* SPDX-License-Identifier: Apache-2.0
 *
 * The slip on the disk while it is written: DATA/drafts/LOGIN/slip, sealed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "printers/fields.h"
#include "tui/desk.h"
#include "tui/difficulty_own.h"
#include "tui/program.h"

#define REST_MS 600

static const char *file_of(const struct duty *duty, struct arena *arena)
{
	return arena_format(arena, "%s/drafts/%s/slip", duty->program->paths.data, duty->facts->login);
}

bool slip_waits(const struct duty *duty)
{
	struct arena arena = { 0 };
	bool there = access(file_of(duty, &arena), F_OK) == 0;
	arena_free(&arena);
	return there;
}

bool slip_worth_keeping(const struct slip *slip)
{
	const char *words = slip->words.field.text;
	return !slip->finished && words[strspn(words, " \n")];
}

static void put(struct arena *arena, struct fields *fields, const char *key, const char *value)
{
	fields_set(arena, fields, key, value ? value : "");
}

/* What is written down, sealed for this clerk, and where it belongs. */
static bool prepare(struct slip *slip, struct bytes *closed, struct error *err)
{
	const struct duty *duty = duty_of(slip->screen);
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	struct bytes text = { 0 };
	const char *path = file_of(duty, &arena);
	put(&arena, &fields, "request_id", slip->request_id);
	put(&arena, &fields, "system", slip->system);
	put(&arena, &fields, "dossier", slip->dossier);
	fields_format(&arena, &fields, "dossier_id", "%lld", (long long)slip->dossier_id);
	put(&arena, &fields, "screen", slip->at_screen);
	put(&arena, &fields, "procedure", slip->procedure.text);
	put(&arena, &fields, "error", slip->error.field.text);
	put(&arena, &fields, "words", slip->words.field.text);
	fields_write(&fields, &text);
	bool good = strlen(path) < sizeof slip->path &&
	            path_make(arena_format(&arena, "%s/drafts/%s", duty->program->paths.data, duty->facts->login),
	                      0700, err);
	if (good) {
		memcpy(slip->path, path, strlen(path) + 1);
		seal_box_close(&duty->box, text.data, text.size, closed);
	}
	bytes_free(&text);
	arena_free(&arena);
	return good;
}

static void on_kept(struct keeping *keeping, const struct error *err)
{
	struct slip *slip = OWNER_OF(keeping, struct slip, keeping);
	if (err) {
		log_error("keeping the slip", err);
		desk_say(slip->screen->desk, err->fault, "%s",
		         _("Chưa cất được phiếu đang viết, ổ đĩa đầy hay hỏng. Cứ viết tiếp, đừng tắt máy."));
	}
	if (slip->save_again)
		slip_keep(slip);
}

void slip_keep(struct slip *slip)
{
	struct bytes closed = { 0 };
	struct error err = { 0 };
	slip->save_again = keep_busy(&slip->keeping);
	if (slip->save_again || !slip_worth_keeping(slip))
		return;
	slip->keeping.done = on_kept;
	if (!prepare(slip, &closed, &err) ||
	    !keep_start(slip->screen->desk->loop, &slip->screen->scope, &slip->keeping, slip->path, closed.data,
	                closed.size, &err))
		log_error("keeping the slip", &err);
	bytes_free(&closed);
}

void slip_changed(struct slip *slip)
{
	if (!slip->save.armed && !slip->finished)
		loop_after(slip->screen->desk->loop, &slip->save, REST_MS);
}

void slip_keep_stop(struct slip *slip)
{
	struct bytes closed = { 0 };
	struct error err = { 0 };
	loop_cancel(slip->screen->desk->loop, &slip->save);
	keep_cancel(&slip->keeping);
	if (slip_worth_keeping(slip) &&
	    (!prepare(slip, &closed, &err) || !path_write(slip->path, closed.data, closed.size, 0600, &err)))
		log_error("keeping the slip", &err);
	bytes_free(&closed);
}

void slip_keep_drop(struct slip *slip)
{
	struct arena arena = { 0 };
	loop_cancel(slip->screen->desk->loop, &slip->save);
	keep_cancel(&slip->keeping);
	slip->finished = true;
	unlink(file_of(duty_of(slip->screen), &arena));
	arena_free(&arena);
}

static const char *kept(struct slip *slip, const struct fields *fields, const char *key)
{
	return arena_string(&slip->screen->arena, fields_get(fields, key));
}

bool slip_restore(struct slip *slip, struct error *err)
{
	const struct duty *duty = duty_of(slip->screen);
	struct arena arena = { 0 };
	struct bytes text = { 0 };
	struct fields fields = { 0 };
	char *closed;
	size_t size;
	bool good = path_read(&arena, file_of(duty, &arena), &closed, &size, err) &&
	            seal_box_open(&duty->box, closed, size, &text, err) &&
	            fields_parse(&arena, bytes_string(&text), text.size, &fields, err);
	if (good) {
		snprintf(slip->request_id, sizeof slip->request_id, "%s", kept(slip, &fields, "request_id"));
		slip->system = kept(slip, &fields, "system");
		slip->dossier = kept(slip, &fields, "dossier");
		slip->dossier_id = strtoll(kept(slip, &fields, "dossier_id"), NULL, 10);
		slip->at_screen = kept(slip, &fields, "screen");
		field_set(&slip->procedure, kept(slip, &fields, "procedure"));
		area_set(&slip->error, kept(slip, &fields, "error"));
		area_set(&slip->words, kept(slip, &fields, "words"));
	}
	bytes_free(&text);
	arena_free(&arena);
	return good;
}
