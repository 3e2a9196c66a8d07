/* SPDX-License-Identifier: Apache-2.0
 *
 *  SỐ THỨ TỰ HÔM NAY                        Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   A Hộ tịch · tất cả: 34 số, 20 xong, 2 vắng; phục vụ bình quân 7 phút
 *   Số     Hàng đợi             lấy lúc  gọi lúc  phục vụ  Quầy  Tình trạng   hồ sơ
 *  >A012   Hộ tịch                09:20    09:31        7  Q3    xong             1
 *  …
 *  F1 Giúp  Enter Hồ sơ  F4 Tình trạng  F5 Lịch sử  F6 Đưa lại  Esc Về
 */
#include "tui/ticket_list.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/queue.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"

/*      of motcua.ticket  what the clerk reads */
#define STATES(X)                                    \
	X("",            N_("tất cả"))               \
	X("waiting",     N_("đang chờ"))             \
	X("called",      N_("đang gọi"))             \
	X("serving",     N_("đang phục vụ"))         \
	X("parked",      N_("tạm gác"))              \
	X("no_show",     N_("vắng"))                 \
	X("done",        N_("xong"))                 \
	X("cancelled",   N_("huỷ"))

static const struct {
	const char *state, *label;
} states[] = {
#define X(state, label) { state, label },
	STATES(X)
#undef X
};
enum { STATE_COUNT = sizeof states / sizeof *states };

struct tickets {
	struct list list;
	const struct queue_ticket *rows;
	struct fresh fresh;
	struct queue_ask ask, one, act; /* one: of the ticket under the cursor */
	struct arena told;              /* what one was answered with          */
	const char *series;
	int filter;                     /* of states                           */
	int64_t subject;                /* to come back                        */
	bool asking, acting;
};

static const char *state_label(const char *state)
{
	if (strcmp(state, "transferred") == 0)
		return _("chuyển, đang chờ");
	for (int i = 0; i < STATE_COUNT; i++)
		if (strcmp(states[i].state, state) == 0)
			return _(states[i].label);
	return state;
}

static const struct queue_ticket *ticket_at(const struct tickets *t)
{
	return t->list.count ? &t->rows[t->list.at] : NULL;
}

/* ---- the list ---- */

static const char *hour_of(moment_t at, char out[16])
{
	struct clock clock = moment_clock(at == MOMENT_NONE ? 0 : at);
	snprintf(out, 16, at == MOMENT_NONE ? "–" : "%02d:%02d", clock.hour, clock.minute);
	return out;
}

/* Minutes from its coming to the counter to the end; -1: not served to the end. */
static int service_of(const struct queue_ticket *row)
{
	bool served = strcmp(row->state, "done") == 0 && row->serving_at != MOMENT_NONE && row->done_at != MOMENT_NONE;
	return served ? (int)((row->done_at - row->serving_at) / 60) : -1;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[16];
	const struct queue_ticket *one = &((const struct tickets *)owner)->rows[row];
	bool gone = strcmp(one->state, "no_show") == 0 || strcmp(one->state, "cancelled") == 0;
	out->role = gone ? ROLE_DIM : ROLE_TEXT;
	out->text = text;
	switch (column) {
	case 0: out->text = one->number; break;
	case 1: out->text = one->queue_name; break;
	case 2: hour_of(one->taken_at, text); break;
	case 3: hour_of(one->called_at, text); break;
	case 4: snprintf(text, sizeof text, service_of(one) < 0 ? "" : "%d", service_of(one)); break;
	case 5: out->text = one->counter; break;
	case 6: out->text = state_label(one->state); break;
	default: snprintf(text, sizeof text, one->dossiers ? "%d" : "", one->dossiers); break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct tickets *)owner)->rows[row].ticket_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Số"), .width = 7 },
	{ .head = N_("Hàng đợi"), .width = 0 },
	{ .head = N_("lấy lúc"), .width = 8, .right = true },
	{ .head = N_("gọi lúc"), .width = 8, .right = true },
	{ .head = N_("phục vụ"), .width = 8, .right = true },
	{ .head = N_("Quầy"), .width = 6 },
	{ .head = N_("Tình trạng"), .width = 16 },
	{ .head = N_("hồ sơ"), .width = 5, .right = true },
	{ 0 },
};

static void on_rows(struct queue_ask *ask, const struct error *err)
{
	struct tickets *t = ask->owner;
	if (fresh_came(&t->fresh, err)) {
		t->rows = ask->tickets;
		list_set_count(&t->list, ask->count);
	}
	fresh_taken(&t->fresh);
}

static void read_now(struct screen *screen)
{
	struct tickets *t = screen->state;
	t->ask = (struct queue_ask){ .done = on_rows, .into = &t->fresh.coming, .owner = t };
	queue_read_day(duty_store(duty_of(screen)), &screen->scope, &t->ask, t->series, states[t->filter].state);
}

static void tickets_open(struct screen *screen, const void *argument)
{
	struct tickets *t = screen->state;
	t->series = arena_string(&screen->arena, argument ? argument : "");
	t->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = t, .empty = N_("Không có số nào.") };
	screen->status = _("Enter: hồ sơ của số đang chọn.");
	fresh_open(&t->fresh, screen, read_now);
}

static void tickets_close(struct screen *screen)
{
	struct tickets *t = screen->state;
	fresh_close(&t->fresh);
	arena_free(&t->told);
}

/* How many, and how they were served. */
static void draw_sum(const struct tickets *t, struct canvas *canvas)
{
	int done = 0, missed = 0, minutes = 0;
	for (int i = 0; i < t->list.count; i++) {
		int service = service_of(&t->rows[i]);
		done += service >= 0;
		minutes += service >= 0 ? service : 0;
		missed += strcmp(t->rows[i].state, "no_show") == 0;
	}
	int col = 1 + canvas_format(canvas, 0, 1, ROLE_HEAD, *t->series ? _("Hàng %s") : _("Mọi hàng đợi%s"), t->series);
	col += canvas_format(canvas, 0, col, ROLE_TEXT, _(" · %s: %d số"), _(states[t->filter].label), t->list.count);
	if (t->filter == 0)
		col += canvas_format(canvas, 0, col, ROLE_TEXT, _(", %d xong, %d vắng"), done, missed);
	if (done)
		canvas_format(canvas, 0, col, ROLE_TEXT, _("; phục vụ bình quân %d phút"), (minutes + done / 2) / done);
}

static void tickets_draw(const struct screen *screen, struct canvas *canvas)
{
	struct tickets *t = screen->state;
	draw_sum(t, canvas);
	struct canvas rows = canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->cols);
	fresh_list(&t->fresh, &t->list, &rows, true);
}

/* ---- what came of one ---- */

static void on_which(struct screen *screen, int choice, void *data)
{
	const struct tickets *t = screen->state;
	(void)data;
	if (choice >= 0 && choice < t->one.count)
		screen_push(screen->desk, &dossier_screen, &(int64_t){ t->one.dossiers[choice].dossier_id });
}

static void on_dossiers(struct queue_ask *ask, const struct error *err)
{
	enum { MOST = 20 };
	struct tickets *t = ask->owner;
	struct screen *screen = t->fresh.screen;
	const char *codes[MOST];
	t->asking = false;
	if (err) {
		desk_tell(screen->desk, err);
		return;
	}
	if (!screen_is_top(screen) || !ask->count)
		return;
	for (int i = 0; i < ask->count && i < MOST; i++)
		codes[i] = ask->dossiers[i].code;
	if (ask->count == 1)
		on_which(screen, 0, NULL);
	else
		ask_choice(screen, _("Hồ sơ của số này"), codes, ask->count < MOST ? ask->count : MOST, 0, on_which, NULL);
}

static const char *act_label(const char *act)
{
	static const struct {
		const char *act, *label;
	} labels[] = {
		{ "take", N_("lấy số") },  { "call", N_("gọi") },           { "recall", N_("gọi lại") },       { "serve", N_("đến quầy") },
		{ "done", N_("xong") },    { "no_show", N_("vắng") },       { "back", N_("đưa lại hàng đợi") }, { "park", N_("tạm gác") },
		{ "transfer", N_("chuyển") }, { "cancel", N_("huỷ") },      { "release", N_("trả lại hàng đợi") }, { "lapse", N_("quá giờ hẹn") },
	};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].act, act) == 0)
			return _(labels[i].label);
	return act;
}

static void on_events(struct queue_ask *ask, const struct error *err)
{
	struct tickets *t = ask->owner;
	struct screen *screen = t->fresh.screen;
	const char *text = "";
	char at[16];
	t->asking = false;
	if (err) {
		desk_tell(screen->desk, err);
		return;
	}
	if (!screen_is_top(screen))
		return;
	for (int i = 0; i < ask->count; i++) {
		const struct queue_event *e = &ask->events[i];
		text = arena_format(&t->told, "%s%s  %s%s%s · %s%s%s\n", text, hour_of(e->at, at), act_label(e->act), *e->counter ? " · " : "", e->counter, e->login,
		                    *e->note ? ": " : "", e->note);
	}
	ask_read(screen, _("Lịch sử của số thứ tự"), text, NULL, NULL);
}

/* One question at a time; its answer's strings are in told until the next. */
static bool begin(struct tickets *t, void (*done)(struct queue_ask *, const struct error *))
{
	if (t->asking || !ticket_at(t))
		return false;
	t->asking = true;
	arena_free(&t->told);
	t->told = (struct arena){ 0 };
	t->one = (struct queue_ask){ .done = done, .into = &t->told, .owner = t };
	return true;
}

static void run_events(struct screen *screen)
{
	struct tickets *t = screen->state;
	if (begin(t, on_events))
		queue_read_events(duty_store(duty_of(screen)), &screen->scope, &t->one, ticket_at(t)->ticket_id);
}

static void run_dossiers(struct screen *screen)
{
	struct tickets *t = screen->state;
	const struct queue_ticket *row = ticket_at(t);
	if (row && !row->dossiers)
		desk_say(screen->desk, FAULT_NONE, _("Số %s không thành hồ sơ nào."), row->number);
	else if (begin(t, on_dossiers))
		queue_read_dossiers(duty_store(duty_of(screen)), &screen->scope, &t->one, row->ticket_id);
}

/* ---- by state; back again ---- */

static void on_state(struct screen *screen, int choice, void *data)
{
	struct tickets *t = screen->state;
	(void)data;
	if (choice < 0)
		return;
	t->filter = choice;
	list_set_count(&t->list, 0);
	fresh_other(&t->fresh);
}

static void run_state(struct screen *screen)
{
	const struct tickets *t = screen->state;
	const char *labels[STATE_COUNT];
	for (int i = 0; i < STATE_COUNT; i++)
		labels[i] = _(states[i].label);
	ask_choice(screen, _("Số nào?"), labels, STATE_COUNT, t->filter, on_state, NULL);
}

static void on_reopened(struct queue_ask *ask, const struct error *err)
{
	struct tickets *t = ask->owner;
	t->acting = false;
	if (err)
		desk_tell(t->fresh.screen->desk, err);
	else
		desk_say(t->fresh.screen->desk, FAULT_NONE, "%s", _("Đã đưa lại hàng đợi, ở chỗ cũ."));
	fresh_read(&t->fresh);
}

static void on_reason(struct screen *screen, const char *reason, void *data)
{
	struct tickets *t = screen->state;
	(void)data;
	if (!reason || t->acting)
		return;
	t->acting = true;
	t->act = (struct queue_ask){ .done = on_reopened, .owner = t };
	queue_reopen(duty_store(duty_of(screen)), &screen->scope, &t->act, t->subject, reason);
}

static bool may_reopen(const struct screen *screen)
{
	const struct queue_ticket *row = ticket_at(screen->state);
	return row && (strcmp(row->state, "done") == 0 || strcmp(row->state, "cancelled") == 0);
}

static void run_reopen(struct screen *screen)
{
	struct tickets *t = screen->state;
	t->subject = ticket_at(t)->ticket_id;
	ask_for_text(screen, &(struct ask_text){ .question = _("Ghi xong hay huỷ nhầm? Vì sao đưa lại?"), .max = 200 }, on_reason, NULL);
}

static bool tickets_handle(struct screen *screen, const struct event *event)
{
	struct tickets *t = screen->state;
	if (event_is(event, K_ESC, 0))
		screen_pop(screen);
	else if (event_is(event, K_ENTER, 0))
		run_dossiers(screen);
	else
		return list_handle(&t->list, event);
	return true;
}

static const struct action actions[] = {
	{ "tickets-state", "F4", N_("Tình trạng"), N_("Chỉ những số đang chờ, vắng, xong, huỷ…"), NULL, run_state },
	{ "tickets-events", "F5", N_("Lịch sử"), N_("Số đang chọn: lấy, gọi, chuyển, xong lúc nào, ở quầy nào."), NULL, run_events },
	{ "tickets-back", "F6", N_("Đưa lại"), N_("Số ghi xong hay huỷ nhầm: đưa lại hàng đợi, ghi lý do."), may_reopen, run_reopen },
	{ "tickets-dossiers", "F8", N_("Hồ sơ"), N_("Hồ sơ của số đang chọn (như Enter)."), NULL, run_dossiers },
	{ 0 },
};

const struct screen_kind ticket_list_screen = {
	.name = "tickets",
	.title = N_("SỐ THỨ TỰ HÔM NAY"),
	.help = N_("Mọi số của hôm nay: lấy, gọi lúc nào, phục vụ mấy phút, ai vắng. Enter: hồ sơ đã nhận từ số đó.\n"
	           "F4 chỉ xem một tình trạng; F5 lịch sử; F6 đưa lại hàng đợi số ghi xong hay huỷ nhầm."),
	.actions = actions,
	.size = sizeof(struct tickets),
	.open = tickets_open,
	.draw = tickets_draw,
	.handle = tickets_handle,
	.close = tickets_close,
};
