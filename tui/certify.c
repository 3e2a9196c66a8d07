/* SPDX-License-Identifier: Apache-2.0
 *
 * A number in a sổ chứng thực: what is certified, how many copies, who signs; and the cancellation
 * of one, where the book is read. */
#include "tui/certify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/certify.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/report_own.h"

/* Lives in the arena of the screen that asks, as long as that screen. */
struct writing {
	struct screen *screen;
	int64_t dossier_id;
	struct certify_ask look;
	struct certify_act act;
	struct certify_facts facts;
	char request[37], subject[520], signer[220];
	int copies;
};

static struct about about_of(const struct screen *screen)
{
	struct about about = { 0 };
	if (screen->kind->about)
		screen->kind->about(screen, &about);
	return about;
}

bool certify_may(const struct screen *screen)
{
	return about_of(screen).dossier_id > 0;
}

static void on_written(struct certify_act *act, const char *number, const struct error *err)
{
	struct writing *w = act->owner;
	if (err)
		desk_tell(w->screen->desk, err);
	else
		desk_say(w->screen->desk, FAULT_NONE, _("Đã ghi sổ chứng thực: số %s."), number);
}

static void on_signer(struct screen *screen, const char *text, void *data)
{
	struct writing *w = data;
	if (!text)
		return;
	snprintf(w->signer, sizeof w->signer, "%s", text);
	w->act = (struct certify_act){ .done = on_written, .owner = w };
	certify_write(duty_store(duty_of(screen)), &screen->scope, &w->act, w->dossier_id,
	              &(struct certify_entry){ .request = w->request, .subject = w->subject, .signer = w->signer, .copies = w->copies });
}

static const char *check_some(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return *text ? NULL : _("Chưa ghi gì.");
}

static const char *check_copies(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	char *end;
	long copies = strtol(text, &end, 10);
	return *text && !*end && copies >= 1 && copies <= 9999 ? NULL : _("Ghi số bản, từ 1 đến 9999.");
}

static void on_copies(struct screen *screen, const char *text, void *data)
{
	struct writing *w = data;
	if (!text)
		return;
	w->copies = atoi(text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Ai ký chứng thực? (họ tên, chức danh)"), .initial = w->facts.signer, .max = 100,
		.check = check_some }, on_signer, w);
}

static void on_subject(struct screen *screen, const char *text, void *data)
{
	struct writing *w = data;
	if (!text)
		return;
	snprintf(w->subject, sizeof w->subject, "%s", text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Mấy bản? (nhiều bản của một bản chính cùng lúc là một số)"), .initial = "1", .max = 4,
		.plain = true, .check = check_copies }, on_copies, w);
}

static void on_look(struct certify_ask *ask, const struct certify_facts *facts, const struct error *err)
{
	struct writing *w = ask->owner;
	if (err) {
		desk_tell(w->screen->desk, err);
		return;
	}
	w->facts = *facts;
	if (!*facts->book) {
		desk_say(w->screen->desk, FAULT_INPUT, "%s", _("Thủ tục của hồ sơ này không ghi vào sổ chứng thực nào."));
		return;
	}
	struct arena arena = { 0 };
	const char *question = *facts->numbers
		? arena_format(&arena, _("%s. Hồ sơ đã có số %s. Ghi thêm số nữa cho giấy tờ, giao dịch nào?"), facts->book_name, facts->numbers)
		: arena_format(&arena, _("%s. Tên giấy tờ, giao dịch được chứng thực?"), facts->book_name);
	ask_for_text(w->screen, &(struct ask_text){ .question = question, .max = 240, .check = check_some }, on_subject, w);
	arena_free(&arena);
}

void certify_begin(struct screen *screen)
{
	struct writing *w = ARENA_NEW(&screen->arena, struct writing);
	w->screen = screen;
	w->dossier_id = about_of(screen).dossier_id;
	seal_uuid(w->request);
	w->look = (struct certify_ask){ .done = on_look, .into = &screen->arena, .owner = w };
	certify_look(duty_store(duty_of(screen)), &screen->scope, &w->look, w->dossier_id);
}

/* ---- where the book is read ---- */

static const char *number_of(const struct report_view *v)
{
	bool here = v->known && v->plan.kind->by_book && v->look.row < v->table.count;
	return here ? v->table.rows[v->look.row].cells[0].text : NULL;
}

bool report_may_cancel(const struct screen *screen)
{
	return number_of(screen->state) != NULL;
}

static void on_cancelled(struct certify_act *act, const char *number, const struct error *err)
{
	struct report_view *v = act->owner;
	(void)number;
	if (err)
		desk_tell(v->screen->desk, err);
	else
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Đã huỷ; số vẫn giữ trong sổ kèm lý do."));
	if (!err)
		report_show(v);
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct report_view *v = screen->state;
	struct error err;
	(void)data;
	const char *number = text ? number_of(v) : NULL;
	if (!number)
		return;
	v->cancel = (struct certify_act){ .done = on_cancelled, .owner = v };
	if (!certify_cancel(duty_store(duty_of(screen)), &screen->scope, &v->cancel, number, text, &err))
		desk_tell(screen->desk, &err);
}

void report_cancel(struct screen *screen)
{
	struct arena arena = { 0 };
	ask_for_text(screen, &(struct ask_text){ .question = arena_format(&arena, _("Huỷ số %s vì sao?"), number_of(screen->state)), .max = 200,
		.check = check_some }, on_reason, NULL);
	arena_free(&arena);
}
