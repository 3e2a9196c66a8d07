/* SPDX-License-Identifier: Apache-2.0
 *
 * A kiosk alone: what it fetches while the server is there, and how it gives numbers when it is not.  Who has a number is known
 * by a digest in memory; with the machine's death that is forgotten, never the number. */
#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/kiosk_own.h"

enum {
	AHEAD_DAYS = 10,         /* over the longest Tết */
	BOOKED_FRESH_MS = 50000, /* about a minute       */
};

#define KEEP_TEXT(to, from) snprintf(to, sizeof(to), "%s", from)

/* ---- without the server ---- */

static void digest_of(struct kiosk *k, char out[65])
{
	uint8_t mixed[SEAL_HASH_SIZE + sizeof k->person], digest[SEAL_HASH_SIZE];
	static const uint8_t none[SEAL_HASH_SIZE];
	size_t n = strlen(k->person);
	out[0] = '\0';
	if (!n)
		return;
	if (memcmp(k->key, none, sizeof none) == 0) /* began without a server */
		seal_random(k->key, sizeof k->key);
	memcpy(mixed, k->key, SEAL_HASH_SIZE);
	memcpy(mixed + SEAL_HASH_SIZE, k->person, n);
	seal_sha256(mixed, SEAL_HASH_SIZE + n, digest);
	for (int i = 0; i < SEAL_HASH_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
	seal_wipe(mixed, sizeof mixed);
}

static void show(struct kiosk *k, const struct hall_given *given, moment_t slot, bool again)
{
	k->ticket = (struct kiosk_ticket){ .before = -1, .at = given->taken_at, .slot = slot, .again = again };
	snprintf(k->ticket.number, sizeof k->ticket.number, "%s%03d", given->series, given->number);
	for (int i = 0; i < k->known.series_count; i++)
		if (strcmp(k->known.series[i].series, given->series) == 0) {
			KEEP_TEXT(k->ticket.name, k->known.series[i].name);
			KEEP_TEXT(k->ticket.counters, k->known.series[i].counters);
		}
	for (int i = 0; i < k->known.group_count; i++)
		if (*given->priority && strcmp(k->known.groups[i].code, given->priority) == 0)
			KEEP_TEXT(k->ticket.priority, k->known.groups[i].name);
	k->booked_code[0] = '\0';
	kiosk_hand_over(k);
}

/* A number of this person that nobody can have called yet: the server does not know it. */
static const struct hall_given *given_before(const struct kiosk *k, day_t today, const char *digest)
{
	for (int i = k->keep.given_count - 1; *digest && i >= 0; i--)
		if (k->keep.given[i].day == today && strcmp(k->keep.given[i].person, digest) == 0)
			return &k->keep.given[i];
	return NULL;
}

/* Of the block: written down before it is shown. */
void kiosk_give_alone(struct kiosk *k)
{
	struct error err = { 0 };
	moment_t now = desk_now(k->screen->desk);
	day_t today = moment_day(now);
	bool booking = *k->code != '\0';
	const struct keep_booked *booked = booking ? kiosk_keep_find(&k->keep, today, k->code) : NULL;
	struct hall_given given = { .taken_at = now };
	moment_t slot = booked && now <= booked->until ? booked->slot : MOMENT_NONE;
	if (booking && !booked) {
		kiosk_say_sorry(k, _("Máy chủ chưa trả lời nên chưa nhận được mã hẹn: thử lại, hoặc chọn việc cần làm để lấy số thường."));
		return;
	}
	digest_of(k, given.person);
	const struct hall_given *before = given_before(k, today, given.person);
	if (before) {
		show(k, before, MOMENT_NONE, true);
		return;
	}
	KEEP_TEXT(given.request, k->request);
	KEEP_TEXT(given.series, booked ? booked->series : k->known.series[k->series].series);
	KEEP_TEXT(given.priority, k->group);
	KEEP_TEXT(given.booking, k->code);
	if (!kiosk_keep_give(&k->keep, today, &given, &err)) {
		log_error("giving a number without the server", &err);
		kiosk_say_sorry(k, err.fault == FAULT_OFFLINE ? err.say : _("Máy lấy số chưa cấp được số: mời hỏi cán bộ hướng dẫn."));
		return;
	}
	show(k, &given, slot, false);
}

/* ---- while it is there ---- */

void kiosk_series_list(const struct kiosk *k, char out[3 * KIOSK_SERIES + 4])
{
	strcpy(out, "{");
	for (int i = 0; i < k->known.series_count; i++) {
		strcat(out, i ? "," : "");
		strcat(out, k->known.series[i].series);
	}
	strcat(out, "}");
}

/* Digests by another key say nothing any more. */
static void take_key(struct kiosk *k, const struct hall_ask *ask)
{
	if (strlen(ask->key) != 2 * SEAL_HASH_SIZE)
		return;
	for (int i = 0; i < SEAL_HASH_SIZE; i++) {
		unsigned byte = 0;
		sscanf(ask->key + 2 * i, "%2x", &byte);
		k->key[i] = (uint8_t)byte;
	}
	k->key_day = ask->key_day;
	for (int i = 0; i < k->keep.given_count; i++)
		seal_wipe(k->keep.given[i].person, sizeof k->keep.given[i].person);
}

static void on_provided(struct hall_ask *ask, const struct error *err)
{
	struct kiosk *k = ask->owner;
	struct error kept = { 0 };
	bool good = true;
	day_t today = desk_today(k->screen->desk);
	k->providing = false;
	if (err) {
		log_error("provisions for the time alone", err); /* asked for again in a minute */
	} else if (ask->key) {
		k->key_for = today;
		take_key(k, ask);
	} else if (ask->bookings) {
		k->booked_at = k->screen->desk->loop->clock();
		good = kiosk_keep_bookings(&k->keep, ask->bookings, ask->count, &kept);
	} else {
		k->ahead_day = today;
		good = kiosk_keep_add(&k->keep, today, ask->blocks, ask->count, &kept);
	}
	if (!good)
		log_error("provisions for the time alone", &kept);
	arena_free(&k->provide_memory);
	if (!err && good)
		kiosk_provide(k);
}

void kiosk_provide(struct kiosk *k)
{
	struct loop *loop = k->screen->desk->loop;
	day_t today = desk_today(k->screen->desk);
	if (k->providing || !k->hall || !hall_up(k->hall) || !k->known.series_count)
		return;
	k->provide = (struct hall_ask){ .done = on_provided, .into = &k->provide_memory, .owner = k };
	k->providing = true;
	if (k->key_for != today && k->sending == 0) {
		hall_read_key(k->hall, &k->screen->scope, &k->provide);
	} else if (k->ahead_day != today) {
		char list[3 * KIOSK_SERIES + 4];
		kiosk_series_list(k, list);
		hall_ahead(k->hall, &k->screen->scope, &k->provide, list, AHEAD_DAYS);
	} else if (!k->booked_at || loop->clock() - k->booked_at >= BOOKED_FRESH_MS) {
		hall_read_bookings(k->hall, &k->screen->scope, &k->provide, AHEAD_DAYS);
	} else {
		k->providing = false;
	}
}
