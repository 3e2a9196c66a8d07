/* SPDX-License-Identifier: Apache-2.0
 *
 * The kiosk's steps: what for, which priority group, a number.  Whoever walks away
 * leaves nothing behind: after a while it begins anew. */
#include "tui/kiosk.h"

#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/dossier/card.h"
#include "tui/desk.h"
#include "tui/kiosk_own.h"
#include "tui/term.h"

enum {
	IDLE_MS = 25000,  /* somebody went away in the middle */
	DONE_MS = 9000,   /* the number is read               */
	SORRY_MS = 9000,
	SOON_MS = 400,
	MINUTE_MS = 60000,
};

/* ---- steps ---- */

static void begin_anew(struct kiosk *k)
{
	seal_wipe(k->person, sizeof k->person);
	seal_wipe(k->code, sizeof k->code);
	seal_wipe(k->typed, sizeof k->typed);
	k->group[0] = '\0';
	k->page = 0;
	k->step = STEP_CHOOSE;
	loop_cancel(k->screen->desk->loop, &k->idle);
	screen_dirty(k->screen);
	if (k->hall)
		kiosk_read(k);
}

void kiosk_go(struct kiosk *k, enum kiosk_step step)
{
	k->step = step;
	if (step == STEP_CHOOSE)
		begin_anew(k);
	else if (step == STEP_TAKING)
		loop_cancel(k->screen->desk->loop, &k->idle);
	else
		loop_after(k->screen->desk->loop, &k->idle, step == STEP_DONE ? DONE_MS : step == STEP_SORRY ? SORRY_MS : IDLE_MS);
	screen_dirty(k->screen);
}

static void on_idle(struct timer *timer)
{
	struct kiosk *k = OWNER_OF(timer, struct kiosk, idle);
	/* Whether the slip comes out must be told to who waits for it; printing ends in time. */
	if (k->step == STEP_DONE && k->printing >= 0 && !k->prints[k->printing].over)
		loop_after(k->screen->desk->loop, &k->idle, DONE_MS);
	else
		begin_anew(k);
}

static void choose(struct kiosk *k, const struct kiosk_option *option)
{
	switch (option->choice) {
	case CHOICE_BOOKING: kiosk_go(k, STEP_BOOKING); return;
	case CHOICE_BACK: begin_anew(k); return;
	case CHOICE_MORE:
		k->page++;
		loop_after(k->screen->desk->loop, &k->idle, IDLE_MS);
		return;
	case CHOICE_NONE:
		k->group[0] = '\0';
		kiosk_take(k);
		return;
	default: break;
	}
	if (k->step == STEP_CHOOSE) {
		k->series = option->choice;
		if (k->known.group_count)
			kiosk_go(k, STEP_GROUP);
		else
			kiosk_take(k);
	} else {
		snprintf(k->group, sizeof k->group, "%s", k->known.groups[option->choice].code);
		kiosk_take(k);
	}
}

/* ---- what is pressed ---- */

static void type_code(struct kiosk *k, const struct event *event)
{
	size_t n = strlen(k->code);
	bool digit = event->kind == EVENT_TEXT && event->text[0] >= '0' && event->text[0] <= '9' && !event->text[1];
	if (event_is(event, K_BACKSPACE, 0) && n)
		k->code[n - 1] = '\0';
	else if (event_is(event, K_BACKSPACE, 0) || event_is(event, K_ESC, 0))
		begin_anew(k);
	else if (digit && n < CODE_DIGITS) {
		k->code[n] = event->text[0];
		k->code[n + 1] = '\0';
		if (n + 1 == CODE_DIGITS)
			kiosk_take(k);
	}
}

/* The machine's own password ends it: citizens press every key there is. */
static void type_password(struct kiosk *k, const struct event *event)
{
	size_t n = strlen(k->typed);
	if (event_is(event, K_ESC, 0)) {
		begin_anew(k);
	} else if (event_is(event, K_BACKSPACE, 0)) {
		while (n && ((unsigned char)k->typed[--n] & 0xC0) == 0x80)
			;
		k->typed[n] = '\0';
	} else if (event_is(event, K_ENTER, 0)) {
		uint8_t digest[SEAL_HASH_SIZE];
		seal_sha256(k->typed, n, digest);
		seal_wipe(k->typed, sizeof k->typed);
		if (memcmp(digest, k->password, sizeof digest) == 0)
			desk_quit(k->screen->desk);
		else
			begin_anew(k);
	} else if (event->kind == EVENT_TEXT && n + event->size < sizeof k->typed) {
		memcpy(k->typed + n, event->text, event->size);
		k->typed[n + event->size] = '\0';
	}
}

/* A citizen card: its number alone, and only until the next ticket. */
static void read_card(struct kiosk *k, const struct event *event)
{
	if (!card_looks_like(event->text, event->size) || event->size < 12)
		return;
	memcpy(k->person, event->text, 12);
	k->person[12] = '\0';
	if (k->step != STEP_GROUP)
		k->step = STEP_CHOOSE;
	loop_after(k->screen->desk->loop, &k->idle, IDLE_MS);
}

static void press(struct kiosk *k, const struct event *event)
{
	struct kiosk_option options[KIOSK_OPTIONS];
	int count = kiosk_options(k, options), at = -1;
	if (event->kind == EVENT_MOUSE && event->button == MOUSE_LEFT)
		at = kiosk_option_at(k, event->row, event->col);
	else if (event->kind == EVENT_TEXT && event->text[0] && !event->text[1])
		for (int i = 0; i < count; i++)
			if (options[i].key == event->text[0])
				at = i;
	if (at >= 0 && at < count)
		choose(k, &options[at]);
}

static bool kiosk_handle(struct screen *screen, const struct event *event)
{
	struct kiosk *k = screen->state;
	bool scan = event->kind == EVENT_SCAN || event->kind == EVENT_PASTE;
	screen_dirty(screen);
	if (k->idle.armed && k->step != STEP_DONE && k->step != STEP_SORRY)
		loop_after(screen->desk->loop, &k->idle, IDLE_MS);
	if (k->step == STEP_TAKING)
		return true; /* one finger, one number */
	if (k->step == STEP_LEAVE)
		type_password(k, event);
	else if (event_is(event, K_F10, 0))
		kiosk_go(k, STEP_LEAVE);
	else if (scan)
		read_card(k, event);
	else if (k->step == STEP_DONE || k->step == STEP_SORRY)
		begin_anew(k); /* the next one is there already */
	else if (k->step == STEP_BOOKING && event->kind != EVENT_MOUSE)
		type_code(k, event);
	else if (k->step != STEP_CHOOSE && event_is(event, K_ESC, 0))
		begin_anew(k);
	else
		press(k, event);
	return true; /* nothing else is there for anybody */
}

/* ---- the line ---- */

static void on_line(struct hall *hall, const struct error *err)
{
	struct kiosk *k = hall_owner(hall);
	struct desk *desk = k->screen->desk;
	k->up = !err;
	k->trouble[0] = '\0';
	if (err && err->fault == FAULT_DENIED)
		snprintf(k->trouble, sizeof k->trouble, "%s", err->say);
	if (!err) {
		const struct hall_facts *facts = hall_facts(hall);
		if (facts) {
			desk->ahead = facts->server_now - moment_now();
			desk->practice = facts->practice;
			kiosk_known_facts(&k->known, facts);
		}
		k->reading = k->reserving = k->providing = false;
		k->sending = 0;
		kiosk_read(k);
		kiosk_catch_up(k);
	}
	screen_dirty(k->screen);
}

static void on_soon(struct timer *timer)
{
	kiosk_read(OWNER_OF(timer, struct kiosk, soon));
}

static void on_changed(struct hall *hall)
{
	struct kiosk *k = hall_owner(hall);
	if (!k->soon.armed)
		loop_after(k->screen->desk->loop, &k->soon, SOON_MS);
}

static void on_minute(struct timer *timer)
{
	struct kiosk *k = OWNER_OF(timer, struct kiosk, minute);
	kiosk_catch_up(k);
	screen_dirty(k->screen);
	loop_after(k->screen->desk->loop, timer, MINUTE_MS);
}

static void kiosk_open(struct screen *screen, const void *argument)
{
	const struct kiosk_plan *plan = argument;
	struct kiosk *k = screen->state;
	struct desk *desk = screen->desk;
	struct error err = { 0 };
	k->screen = screen;
	k->printer = plan->printer;
	k->printing = -1;
	k->key_day = k->key_for = k->ahead_day = DAY_NONE;
	k->idle.fire = on_idle;
	k->soon.fire = on_soon;
	k->minute.fire = on_minute;
	seal_sha256(plan->login->password, strlen(plan->login->password), k->password);
	k->known_path = arena_format(&screen->arena, "%s/kiosk-%s.known", plan->folder, plan->login->login);
	kiosk_known_read(&k->known, k->known_path);
	if (!kiosk_keep_open(&k->keep, arena_format(&screen->arena, "%s/kiosk-%s.numbers", plan->folder, plan->login->login), &err))
		log_error("the kiosk's numbers", &err);
	draw_init(&k->draw, desk->loop, path_join(&screen->arena, desk->paths->libexec, "motcua-draw"), desk->paths->share);
	if (!draw_warm(&k->draw, &err))
		log_error("warming the drawing helper", &err);
	term_mouse(desk->term, true);
	k->hall = hall_open(desk->loop, plan->login, &(struct hall_calls){ on_line, on_changed, k }, &err);
	if (!k->hall)
		snprintf(k->trouble, sizeof k->trouble, "%s", err.say);
	loop_after(desk->loop, &k->minute, MINUTE_MS);
}

static void kiosk_close(struct screen *screen)
{
	struct kiosk *k = screen->state;
	loop_cancel(screen->desk->loop, &k->idle);
	loop_cancel(screen->desk->loop, &k->soon);
	loop_cancel(screen->desk->loop, &k->minute);
	k->hall = hall_close(k->hall);
	kiosk_print_clear(k);
	draw_close(&k->draw);
	seal_wipe(k->person, sizeof k->person);
	seal_wipe(k->typed, sizeof k->typed);
	seal_wipe(k->key, sizeof k->key);
	seal_wipe(k->keep.given, sizeof k->keep.given);
	struct arena *const memories[] = { &k->take_memory, &k->series_memory, &k->groups_memory, &k->reserve_memory, &k->provide_memory };
	for (int i = 0; i < 5; i++)
		arena_free(memories[i]);
}

const struct screen_kind kiosk_screen = {
	.name = "kiosk",
	.title = N_("LẤY SỐ THỨ TỰ"),
	.size = sizeof(struct kiosk),
	.bare = true,
	.lock = true,
	.open = kiosk_open,
	.draw = kiosk_draw,
	.handle = kiosk_handle,
	.close = kiosk_close,
};
