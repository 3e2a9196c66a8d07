/* SPDX-License-Identifier: Apache-2.0
 *
 * What a hand does with a slip: reads all of it, writes what became of it. */
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/incident_own.h"
#include "tui/program.h"

/* ---- reading ---- */

static void add_line(struct bytes *text, const char *label, const char *value)
{
	if (*value)
		bytes_format(text, "%s: %s\n", label, value);
}

static void write_slip(struct bytes *text, const struct difficulty_row *d)
{
	char at[32];
	add_line(text, _("Lúc"), moment_write(d->at, at, sizeof at));
	add_line(text, _("Người ghi"), d->by_name);
	add_line(text, _("Hệ thống"), d->system_name);
	if (*d->procedure_code)
		bytes_format(text, "%s: %s %s\n", _("Thủ tục"), d->procedure_code, d->procedure_name);
	add_line(text, _("Hồ sơ"), d->code);
	add_line(text, _("Tình trạng"), difficulty_state_text(d->state));
	bytes_format(text, "\n%s\n", d->words);
	if (*d->error)
		bytes_format(text, "\n%s:\n%s\n", _("Máy báo lỗi"), d->error);
}

static const struct difficulty_row *find(const struct incident_view *v, int64_t id)
{
	for (int i = 0; i < v->found.difficulty_count; i++)
		if (v->found.difficulties[i].difficulty_id == id)
			return &v->found.difficulties[i];
	return NULL;
}

static void on_steps(struct difficulty_steps_ask *ask, const struct difficulty_step *steps, int count,
                     const struct error *err)
{
	struct incident_view *v = ask->owner;
	const struct difficulty_row *d = find(v, v->about);
	struct bytes text = { 0 };
	char at[32];
	if (err)
		desk_tell(v->screen->desk, err);
	if (err || !d)
		return;
	write_slip(&text, d);
	for (int i = 0; i < count; i++)
		bytes_format(&text, "\n%s · %s · %s\n%s\n", moment_write(steps[i].at, at, sizeof at), steps[i].by_name,
		             difficulty_state_text(steps[i].to_state), steps[i].note);
	struct arena arena = { 0 };
	ask_read(v->screen, arena_format(&arena, _("Phiếu vướng mắc số %s"), d->number), bytes_string(&text), NULL, NULL);
	arena_free(&arena);
	bytes_free(&text);
}

static void read_outage(struct screen *screen)
{
	const struct incident_view *v = screen->state;
	const struct outage_row *o = &v->found.outages[v->lists[PANE_OUTAGES].at];
	struct bytes text = { 0 };
	char from[32], to[32], length[48];
	add_line(&text, _("Hệ thống"), o->system_name);
	add_line(&text, _("Sự cố"), outage_class_text(o->class));
	add_line(&text, _("Từ lúc"), moment_write(o->from_at, from, sizeof from));
	add_line(&text, _("Đến lúc"), o->to_at == MOMENT_NONE ? _("chưa xong") : moment_write(o->to_at, to, sizeof to));
	add_line(&text, _("Kéo dài"), outage_length(o, desk_now(screen->desk), length, sizeof length));
	bytes_format(&text, "%s: %d\n", _("Hồ sơ phải chờ"), o->dossiers);
	if (*o->cause)
		bytes_format(&text, "\n%s\n", o->cause);
	ask_read(screen, _("Sự cố"), bytes_string(&text), NULL, NULL);
	bytes_free(&text);
}

void incident_open(struct screen *screen)
{
	struct incident_view *v = screen->state;
	if (v->pane == PANE_OUTAGES) {
		read_outage(screen);
		return;
	}
	v->about = incident_slip(screen)->difficulty_id;
	if (v->steps.ask.slot)
		return; /* on its way */
	arena_free(&v->steps_memory);
	v->steps = (struct difficulty_steps_ask){ .done = on_steps, .into = &v->steps_memory, .owner = v };
	difficulty_steps_read(duty_store(duty_of(screen)), &screen->scope, &v->steps, v->about);
}

/* ---- what became of it ---- */

bool incident_may_move(const struct screen *screen)
{
	return incident_slip(screen) && !((const struct incident_view *)screen->state)->act.ask.slot;
}

static void on_moved(struct sync_act_ask *ask, const struct error *err)
{
	struct incident_view *v = ask->owner;
	if (err)
		desk_tell(v->screen->desk, err);
	else
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Đã ghi diễn biến của phiếu."));
	fresh_read(&v->fresh);
}

static void on_note(struct screen *screen, const char *text, void *data)
{
	struct incident_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->act = (struct sync_act_ask){ .done = on_moved, .owner = v };
	difficulty_move(duty_store(duty_of(screen)), &screen->scope, &v->act, v->about, v->to_state, text);
}

static const char *some_note(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " \n")] ? NULL : _("Ghi một câu để người đọc báo cáo hiểu.");
}

static void on_state(struct screen *screen, int choice, void *data)
{
	static const char *const to[] = { "reported", "answered", "done", "new" };
	struct incident_view *v = screen->state;
	const char *const questions[] = { _("Đã báo cho ai, bằng cách nào?"), _("Họ trả lời thế nào?"),
		_("Đã xong ra sao?"), _("Vì sao mở lại phiếu?") };
	(void)data;
	if (choice < 0)
		return;
	v->to_state = to[choice];
	ask_for_text(screen, &(struct ask_text){ .question = questions[choice], .max = 1000, .lines = true,
		.check = some_note }, on_note, NULL);
}

void incident_move(struct screen *screen)
{
	struct incident_view *v = screen->state;
	const struct difficulty_row *d = incident_slip(screen);
	const char *const choices[] = { _("Đã báo lên"), _("Đã có trả lời"), _("Xong"), _("Mở lại") };
	struct arena arena = { 0 };
	int next = strcmp(d->state, "new") == 0 ? 0 : strcmp(d->state, "reported") == 0 ? 1 : 2;
	v->about = d->difficulty_id;
	ask_choice(screen, arena_format(&arena, _("Phiếu số %s: %s. Nay thế nào?"), d->number,
	                                difficulty_state_text(d->state)), choices, 4, next, on_state, NULL);
	arena_free(&arena);
}

/* ---- the dossier ---- */

bool incident_may_see(const struct screen *screen)
{
	const struct difficulty_row *d = incident_slip(screen);
	return d && d->dossier_id;
}

void incident_see(struct screen *screen)
{
	int64_t id = incident_slip(screen)->dossier_id;
	screen_push(screen->desk, &dossier_screen, &id);
}
