/* SPDX-License-Identifier: Apache-2.0
 *
 * A number: of the server, or, when it does not answer in time, of the block on
 * this machine under the same request, so that nobody gets two and none is lost. */
#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/kiosk_own.h"

enum {
	PATIENCE_MS = 4000,  /* a citizen stands and waits */
	RESERVE_LEAST = 10,
	SEND_MOST = 400,
};

#define KEEP_TEXT(to, from) snprintf(to, sizeof(to), "%s", from)

static void forget_person(struct kiosk *k)
{
	seal_wipe(k->person, sizeof k->person);
	seal_wipe(k->code, sizeof k->code);
}

void kiosk_say_sorry(struct kiosk *k, const char *sentence)
{
	forget_person(k);
	KEEP_TEXT(k->sorry, sentence);
	kiosk_go(k, STEP_SORRY);
}

void kiosk_hand_over(struct kiosk *k)
{
	forget_person(k);
	kiosk_go(k, STEP_DONE);
	kiosk_print_ticket(k);
}

static void on_taken(struct hall_ask *ask, const struct error *err)
{
	struct kiosk *k = ask->owner;
	if (!err) {
		const struct hall_ticket *t = &ask->ticket;
		k->ticket = (struct kiosk_ticket){ .before = t->before, .at = t->taken_at, .slot = t->slot, .again = t->again };
		KEEP_TEXT(k->ticket.number, t->number);
		KEEP_TEXT(k->ticket.name, t->name);
		KEEP_TEXT(k->ticket.priority, t->priority);
		KEEP_TEXT(k->ticket.counters, t->counters);
		k->booked_code[0] = '\0';
		kiosk_hand_over(k);
	} else {
		log_error("taking a number", err);
		if (err->fault == FAULT_OFFLINE)
			kiosk_give_alone(k);
		else
			kiosk_say_sorry(k, err->fault == FAULT_BUG ? _("Máy lấy số chưa cấp được số: mời hỏi cán bộ hướng dẫn.") : err->say);
	}
}

void kiosk_take(struct kiosk *k)
{
	bool booking = *k->code != '\0';
	if (booking && strcmp(k->code, k->booked_code) == 0) {
		KEEP_TEXT(k->request, k->booked_request); /* what was asked and not heard */
	} else {
		seal_uuid(k->request);
		if (booking) {
			KEEP_TEXT(k->booked_code, k->code);
			KEEP_TEXT(k->booked_request, k->request);
		}
	}
	kiosk_go(k, STEP_TAKING);
	if (!k->hall || !hall_up(k->hall)) {
		kiosk_give_alone(k);
		return;
	}
	arena_free(&k->take_memory);
	k->take = (struct hall_ask){ .done = on_taken, .into = &k->take_memory, .owner = k };
	hall_take(k->hall, &k->screen->scope, &k->take, k->request, booking ? "" : k->known.series[k->series].series, k->group,
	          k->person, k->code, PATIENCE_MS);
}

/* ---- when the server is there ---- */

static void send_home(struct kiosk *k);

static void on_home(struct hall_ask *ask, const struct error *err)
{
	struct kiosk *k = ask->owner;
	struct error kept = { 0 };
	int sent = k->sending;
	k->sending = 0;
	if (err) {
		log_error("numbers given out alone", err);
		return;
	}
	if (!kiosk_keep_home(&k->keep, sent, &kept)) /* sent again, they change nothing */
		log_error("numbers given out alone", &kept);
	screen_dirty(k->screen);
	if (k->keep.given_count)
		send_home(k);
	else
		kiosk_read(k);
	kiosk_provide(k);
}

static void send_home(struct kiosk *k)
{
	if (k->sending || !k->keep.given_count)
		return;
	k->sending = k->keep.given_count < SEND_MOST ? k->keep.given_count : SEND_MOST;
	k->reconcile = (struct hall_ask){ .done = on_home, .owner = k };
	hall_reconcile(k->hall, &k->screen->scope, &k->reconcile, k->keep.given, k->sending, k->key_day);
}

static void on_reserved(struct hall_ask *ask, const struct error *err)
{
	struct kiosk *k = ask->owner;
	struct error kept = { 0 };
	k->reserving = false;
	if (err)
		log_error("reserving numbers", err);
	else if (!kiosk_keep_add(&k->keep, desk_today(k->screen->desk), ask->blocks, ask->count, &kept))
		log_error("reserving numbers", &kept);
	arena_free(&k->reserve_memory);
}

/* A block that this disk does not know may have given numbers out: only fresh ones are asked for. */
static void reserve(struct kiosk *k)
{
	char list[3 * KIOSK_SERIES + 4] = "{";
	day_t today = desk_today(k->screen->desk);
	int wanted = 0;
	for (int i = 0; i < k->known.series_count; i++) {
		const char *series = k->known.series[i].series;
		if (kiosk_keep_left(&k->keep, today, series) < RESERVE_LEAST) {
			if (wanted++)
				strcat(list, ",");
			strcat(list, series);
		}
	}
	strcat(list, "}");
	if (!wanted || k->reserving)
		return;
	k->reserving = true;
	k->reserve = (struct hall_ask){ .done = on_reserved, .into = &k->reserve_memory, .owner = k };
	hall_reserve(k->hall, &k->screen->scope, &k->reserve, list, 1000000);
}

void kiosk_catch_up(struct kiosk *k)
{
	if (!k->hall || !hall_up(k->hall))
		return;
	send_home(k);
	reserve(k);
	kiosk_provide(k);
}

/* ---- the choices ---- */

static void keep_known(struct kiosk *k)
{
	struct error err = { 0 };
	if (!kiosk_known_save(&k->known, k->known_path, &err))
		log_error("keeping the choices", &err);
}

static void on_groups(struct hall_ask *ask, const struct error *err)
{
	struct kiosk *k = ask->owner;
	if (err) {
		log_error("reading priority groups", err);
	} else if (k->step != STEP_GROUP) { /* never under somebody's finger */
		kiosk_known_groups(&k->known, ask->groups, ask->count);
		keep_known(k);
	}
	arena_free(&k->groups_memory);
	screen_dirty(k->screen);
}

static void on_series(struct hall_ask *ask, const struct error *err)
{
	struct kiosk *k = ask->owner;
	k->reading = false;
	if (err) {
		log_error("reading the choices", err);
	} else if (k->step == STEP_CHOOSE || k->step == STEP_DONE || !k->known.series_count) {
		bool changed = ask->count != k->known.series_count;
		for (int i = 0; i < ask->count && !changed; i++)
			changed = strcmp(ask->choices[i].name, k->known.series[i].name) != 0 ||
			          strcmp(ask->choices[i].counters, k->known.series[i].counters) != 0 ||
			          strcmp(ask->choices[i].series, k->known.series[i].series) != 0;
		kiosk_known_choices(&k->known, ask->choices, ask->count);
		if (changed) {
			keep_known(k);
			k->ahead_day = DAY_NONE;
		}
		reserve(k);
		kiosk_provide(k);
	}
	arena_free(&k->series_memory);
	screen_dirty(k->screen);
	if (k->again)
		kiosk_read(k);
}

void kiosk_read(struct kiosk *k)
{
	k->again = k->reading;
	if (k->reading || !hall_up(k->hall))
		return;
	k->reading = true;
	/* The groups first: whoever may choose is asked about them. */
	k->read_groups = (struct hall_ask){ .done = on_groups, .into = &k->groups_memory, .owner = k };
	hall_read_groups(k->hall, &k->screen->scope, &k->read_groups);
	k->read_series = (struct hall_ask){ .done = on_series, .into = &k->series_memory, .owner = k };
	hall_read_choices(k->hall, &k->screen->scope, &k->read_series);
}
