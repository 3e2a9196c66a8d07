/* SPDX-License-Identifier: Apache-2.0
 *
 *  XEM THỬ QUY TẮC                          Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *   1.004873 → Hệ thống thông tin giải quyết TTHC tỉnh, từ 23/11/2026
 *   Hồ sơ nhận ngày 19/11/2026: 34 hồ sơ, 12 sẽ đi nơi khác
 *      12  Hệ thống tập trung của Bộ Tư pháp → Hệ thống thông tin giải quyết TTHC tỉnh
 *
 *   Mã hồ sơ              Thủ tục    Theo quy tắc hiện nay   Sẽ đi
 *  >H01.999-261119-0003   1.004873   Bộ Tư pháp              Hệ thống thông tin gi…
 *  F1 Giúp  F5 Ngày  F9 Áp dụng  Enter Mở  Esc Sửa lại
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "core/dossier/catalogue.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/program.h"
#include "tui/route_screen.h"
#include "tui/route_text.h"

enum { COUNTS_SHOWN = 5 };

struct trying {
	struct screen *form;
	struct route_draft draft;
	int64_t ended;
	const char *what;
	day_t first, last;
	bool reading, known, sending;
	struct route_past_ask ask;
	struct arena memory, worked; /* of the dossiers; of the trial over them */
	const struct route_past *past;
	size_t past_count;
	struct route_trial trial;
	struct route_act act;
	struct list list;
	struct listener listener;
	struct screen *screen;
};

static const char *named(const struct trying *t, const char *code)
{
	const struct catalogue *catalogue = duty_of(t->screen)->catalogue;
	const struct system *system = catalogue ? catalogue_system(catalogue, code) : NULL;
	return system && *system->name ? system->name : code;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct trying *t = owner;
	const struct route_move *move = &t->trial.moves[row];
	switch (column) {
	case 0: out->text = move->past->code; break;
	case 1: out->text = move->past->procedure_code; break;
	case 2: out->text = route_system_short(duty_of(t->screen)->catalogue, move->from); break;
	default:
		out->text = route_system_short(duty_of(t->screen)->catalogue, move->to);
		out->role = ROLE_WARN;
		break;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Thủ tục"), .width = 9 },
	{ .head = N_("Theo quy tắc hiện nay"), .width = 22 },
	{ .head = N_("Sẽ đi"), .width = 0 },
	{ 0 },
};

/* The same choice as at reception, over what was received. */
static void work(struct trying *t)
{
	struct error err = { 0 };
	const struct route_draft *d = &t->draft;
	struct route_rule fresh = { .rule_id = INT64_MAX, .procedure_code = d->procedure,
		.ministry = d->ministry, .field = d->field, .level = d->level, .case_id = d->case_id,
		.deciding_unit = d->deciding_unit, .system = d->system, .told = d->told,
		.valid_from = d->from, .valid_to = d->to, .notice = "", .decided_by = "", .note = "" };
	struct route_change change = { t->ended ? NULL : &fresh, t->ended, d->from };
	arena_free(&t->worked);
	t->trial = (struct route_trial){ 0 };
	t->known = route_try(&t->worked, duty_of(t->screen)->catalogue, &change, "xã", t->past,
	                     t->past_count, &t->trial, &err);
	if (!t->known)
		desk_tell(t->screen->desk, &err);
	list_set_count(&t->list, (int)t->trial.move_count);
	screen_dirty(t->screen);
}

static void on_past(struct route_past_ask *ask, const struct route_past *past, int count,
                    const struct error *err)
{
	struct trying *t = ask->owner;
	t->reading = false;
	if (err) {
		desk_tell(t->screen->desk, err);
		screen_dirty(t->screen);
		return;
	}
	t->past = past;
	t->past_count = (size_t)count;
	work(t);
}

static void start_read(struct trying *t, day_t first, day_t last)
{
	if (t->reading)
		return;
	t->first = first;
	t->last = last;
	t->reading = true;
	t->known = false;
	arena_free(&t->worked);
	arena_free(&t->memory);
	t->trial = (struct route_trial){ 0 };
	t->past_count = 0;
	list_set_count(&t->list, 0);
	t->ask = (struct route_past_ask){ .done = on_past, .into = &t->memory, .owner = t };
	routes_past(duty_store(duty_of(t->screen)), &t->screen->scope, &t->ask, first, last);
	screen_dirty(t->screen);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct trying *t = OWNER_OF(listener, struct trying, listener);
	(void)id;
	if (strcmp(what, "catalogue") == 0 && t->known && !t->sending)
		work(t);
}

static void trying_open(struct screen *screen, const void *argument)
{
	const struct route_trial_plan *plan = argument;
	struct trying *t = screen->state;
	t->screen = screen;
	t->form = plan->form;
	t->draft = *plan->draft;
	t->ended = plan->ended;
	t->what = plan->what;
	t->list = (struct list){ .columns = columns, .cell = cell, .owner = t,
		.empty = N_("Không hồ sơ nào đi nơi khác.") };
	t->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &t->listener);
	day_t yesterday = desk_today(screen->desk) - 1;
	start_read(t, yesterday, yesterday);
}

static void trying_close(struct screen *screen)
{
	struct trying *t = screen->state;
	arena_free(&t->worked);
	arena_free(&t->memory);
}

static void trying_draw(const struct screen *screen, struct canvas *canvas)
{
	struct trying *t = screen->state;
	char first[16], last[16];
	int row = canvas_lines(canvas, 0, 1, canvas->cols - 2, ROLE_HEAD, t->what);
	canvas_format(canvas, row++, 1, ROLE_DIM, _("Từ ngày %s."), day_write(t->draft.from, first, sizeof first));
	day_write(t->first, first, sizeof first);
	day_write(t->last, last, sizeof last);
	if (!t->known) {
		canvas_text(canvas, row, 1, ROLE_DIM, t->reading ? _("Đang hỏi các hồ sơ đã nhận…") : _("Chưa xem thử được."));
		return;
	}
	canvas_format(canvas, row++, 1, t->trial.move_count ? ROLE_WARN : ROLE_TEXT,
	              _("Hồ sơ nhận %s%s%s: %zu hồ sơ, %zu sẽ đi nơi khác"), first,
	              t->first == t->last ? "" : " – ", t->first == t->last ? "" : last, t->trial.looked,
	              t->trial.move_count);
	for (size_t i = 0; i < t->trial.count_count && i < COUNTS_SHOWN; i++)
		canvas_format(canvas, row++, 3, ROLE_TEXT, "%4zu  %s → %s", t->trial.counts[i].count,
		              named(t, t->trial.counts[i].from), named(t, t->trial.counts[i].to));
	if (t->trial.unknown)
		canvas_format(canvas, row++, 3, ROLE_DIM, _("%zu hồ sơ có thủ tục không còn trong danh mục"), t->trial.unknown);
	struct canvas rows = canvas_part(canvas, row + 1, 0, canvas->rows - row - 1, canvas->cols);
	list_draw(&t->list, &rows, true);
}

static bool trying_handle(struct screen *screen, const struct event *event)
{
	struct trying *t = screen->state;
	if (list_handle(&t->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || t->list.count == 0)
		return false;
	int64_t id = t->trial.moves[t->list.at].past->dossier_id;
	screen_push(screen->desk, &dossier_screen, &id);
	return true;
}

/* ---- other days ---- */

static const char *check_day(struct screen *screen, const char *text, void *data)
{
	day_t day = typed_day(text, desk_today(screen->desk));
	(void)data;
	return day != DAY_NONE && day <= desk_today(screen->desk) ? NULL : _("Gõ một ngày đã qua hoặc hôm nay.");
}

static void on_day(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		start_read(screen->state, typed_day(text, desk_today(screen->desk)), typed_day(text, desk_today(screen->desk)));
}

static void on_days(struct screen *screen, int choice, void *data)
{
	day_t today = desk_today(screen->desk);
	(void)data;
	if (choice == 0)
		start_read(screen->state, today - 1, today - 1);
	else if (choice == 1)
		start_read(screen->state, today - 7, today - 1);
	else if (choice == 2)
		ask_for_text(screen, &(struct ask_text){ .question = _("Hồ sơ nhận ngày nào?"), .plain = true,
			.max = 10, .check = check_day }, on_day, NULL);
}

static void run_days(struct screen *screen)
{
	const char *choices[] = { _("Hôm qua"), _("7 ngày qua"), _("Một ngày khác") };
	ask_choice(screen, _("Xem thử trên hồ sơ nhận khi nào?"), choices, 3, 0, on_days, NULL);
}

/* ---- adopting ---- */

static void on_adopted(struct route_act *act, int64_t rule_id, const struct error *err)
{
	struct trying *t = act->owner;
	struct desk *desk = t->screen->desk;
	t->sending = false;
	if (err) {
		desk_tell(desk, err);
		return;
	}
	bool ended = t->ended != 0;
	screen_pop(t->form); /* and this screen, which lies over it */
	if (ended)
		desk_say(desk, FAULT_NONE, "%s", _("Đã kết thúc quy tắc; hồ sơ đã nhận giữ nguyên hệ thống."));
	else
		desk_say(desk, FAULT_NONE, _("Đã áp dụng quy tắc số %lld; hồ sơ đã nhận giữ nguyên hệ thống."),
		         (long long)rule_id);
}

static bool may_adopt(const struct screen *screen)
{
	const struct trying *t = screen->state;
	return t->known && !t->sending;
}

static void run_adopt(struct screen *screen)
{
	struct trying *t = screen->state;
	struct store *store = duty_store(duty_of(screen));
	struct route_seen seen = { t->first, t->last, t->trial.looked, t->trial.move_count };
	t->sending = true;
	t->draft.seen = seen;
	t->act = (struct route_act){ .done = on_adopted, .owner = t };
	if (t->ended)
		route_end(store, &screen->scope, &t->act, t->ended, t->draft.from, &t->draft.notice,
		          t->draft.note, &seen);
	else
		route_save(store, &screen->scope, &t->act, &t->draft);
}

static const struct action actions[] = {
	{ "trial-days", "F5", N_("Ngày"), N_("Xem thử trên hồ sơ nhận ngày khác, hoặc 7 ngày qua."), NULL, run_days },
	{ "trial-adopt", "F9", N_("Áp dụng"), N_("Áp dụng như đã xem thử; ghi ai áp dụng và đã thấy gì."), may_adopt, run_adopt },
	{ 0 },
};

const struct screen_kind route_trial_screen = {
	.name = "route-trial",
	.title = N_("XEM THỬ QUY TẮC"),
	.help = N_("Nếu quy tắc này đã có thì hồ sơ nhận hôm qua (hay ngày khác, F5) nào đã đi nơi khác: tính bằng đúng phép chọn lúc tiếp nhận.\n"
	           "Hồ sơ thật không bị dời. F9 áp dụng, Esc sửa lại, Enter mở hồ sơ."),
	.actions = actions,
	.size = sizeof(struct trying),
	.open = trying_open,
	.draw = trying_draw,
	.handle = trying_handle,
	.close = trying_close,
};
