/* SPDX-License-Identifier: Apache-2.0
 *
 * The draft: saved within a second of the last key, while the hand rests. */
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "printers/fields.h"
#include "tui/draft.h"
#include "tui/receive_private.h"

#define REST_MS 600
enum { NAME_COLS = 56 };

static bool worth_keeping(const struct receive *receive)
{
	for (int i = 0; i < FIELDS; i++)
		if (!field_empty(&receive->fields[i]))
			return true;
	return receive->r.procedure != NULL;
}

static void write_draft(const struct receive *receive, struct bytes *text)
{
	reception_write(&receive->r, text);
	bytes_format(text, "screen.at\t%d\n", (int)receive->at);
	bytes_format(text, "screen.paper\t%d\n", receive->papers.at);
	bytes_format(text, "screen.compare\t%d\n", receive->compare);
}

static void note_result(struct receive *receive, const struct error *err)
{
	if (err && !receive->kept_failed) {
		log_error("keeping the draft", err);
		desk_say(receive->screen->desk, err->fault, "%s",
		         _("Chưa cất được bản nháp, ổ đĩa đầy hay hỏng. Cứ nhập tiếp, đừng tắt máy."));
	}
	receive->kept_failed = err != NULL;
}

static void keep(struct receive *receive);

static void on_kept(struct draft_saving *saving, const struct error *err)
{
	struct receive *receive = saving->owner;
	note_result(receive, err);
	if (!err)
		receive_clear_now(receive, receive->clear_written);
	if (receive->save_again)
		keep(receive);
}

/* A disk may take its time: a child waits for it. */
static void keep(struct receive *receive)
{
	struct bytes text = { 0 };
	struct error err = { 0 };
	receive->save_again = keep_busy(&receive->saving.keeping);
	if (receive->save_again || receive->finished || !worth_keeping(receive))
		return;
	write_draft(receive, &text);
	receive->clear_written = receive->clear_count;
	receive->saving.done = on_kept;
	receive->saving.owner = receive;
	if (!draft_save_soon(receive_duty(receive), &receive->screen->scope, &receive->saving,
	                     receive->r.request_id, &text, &err))
		note_result(receive, &err);
	bytes_free(&text);
}

static void on_rest(struct timer *timer)
{
	keep(OWNER_OF(timer, struct receive, save));
}

void receive_keep_start(struct receive *receive)
{
	receive->save.fire = on_rest;
}

/* Every key moves it on, but a steady typist is kept, too: the timer is armed
 * once and fires whatever is typed meanwhile. */
void receive_keep_soon(struct receive *receive)
{
	if (!receive->save.armed && !receive->finished)
		loop_after(receive->screen->desk->loop, &receive->save, REST_MS);
}

void receive_keep_stop(struct receive *receive)
{
	struct bytes text = { 0 };
	struct error err = { 0 };
	loop_cancel(receive->screen->desk->loop, &receive->save);
	keep_cancel(&receive->saving.keeping);
	if (receive->finished || !worth_keeping(receive))
		return;
	write_draft(receive, &text);
	if (draft_save(receive_duty(receive), receive->r.request_id, &text, &err))
		receive_clear_now(receive, receive->clear_count);
	else
		log_error("keeping the draft", &err);
	bytes_free(&text);
}

/* Nothing may bring the file back once the dossier is accepted. */
void receive_keep_drop(struct receive *receive)
{
	loop_cancel(receive->screen->desk->loop, &receive->save);
	keep_cancel(&receive->saving.keeping);
	receive->finished = true;
	receive_clear_now(receive, receive->clear_count);
	draft_drop(receive_duty(receive), receive->r.request_id);
}

const char *receive_draft_name(const struct duty *duty, const struct draft *draft, struct arena *arena)
{
	struct bytes text = { 0 };
	struct fields fields = { 0 };
	char at[32];
	moment_write(draft->at, at, sizeof at);
	bool good = draft_open(duty, draft->id, &text, NULL) &&
	            fields_parse(arena, bytes_string(&text), text.size, &fields, NULL);
	const char *owner = good ? fields_get(&fields, "owner.name") : NULL;
	const char *code = good ? fields_get(&fields, "procedure") : NULL;
	const struct procedure *p = code ? catalogue_procedure(duty->catalogue, code) : NULL;
	const char *label = p ? procedure_label(p) : _("chưa chọn thủ tục");
	owner = owner && *owner ? owner : _("chưa có tên");
	/* One row of the dialog: the procedure gives way, the time does not. */
	int room = NAME_COLS - text_columns(owner) - text_columns(at) - 7;
	int cut = (int)text_cut(label, room < 8 ? 8 : room, NULL);
	const char *name = arena_format(arena, "%s · %.*s%s · %s", owner, cut, label, label[cut] ? "…" : "", at);
	bytes_free(&text);
	return good ? name : arena_format(arena, _("Không mở được, lúc %s"), at);
}

static int number_of(const struct fields *fields, const char *key, int most)
{
	const char *text = fields_get(fields, key);
	long value = text ? strtol(text, NULL, 10) : 0;
	return value < 0 ? 0 : value > most ? most : (int)value;
}

bool receive_restore(struct receive *receive, const char *draft_id, struct error *err)
{
	struct bytes text = { 0 };
	struct fields fields = { 0 };
	struct arena *arena = &receive->screen->arena;
	bool good = draft_open(receive_duty(receive), draft_id, &text, err) &&
	            fields_parse(arena, bytes_string(&text), text.size, &fields, err) &&
	            reception_read(&receive->r, bytes_string(&text), text.size, err);
	if (good) {
		receive_person_show(receive);
		receive_procedure_show(receive);
		receive->at = (enum at)number_of(&fields, "screen.at", AT_PAPERS);
		list_set_count(&receive->papers, (int)receive->r.checklist.count);
		receive->papers.at = number_of(&fields, "screen.paper",
		                               receive->papers.count ? receive->papers.count - 1 : 0);
		receive->compare = number_of(&fields, "screen.compare", 1) != 0;
	}
	bytes_free(&text);
	return good;
}
