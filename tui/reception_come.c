/* SPDX-License-Identifier: Apache-2.0
 *
 * How a dossier came here, as keys and values of its draft: taken in by hand, filed online, received by another desk. */
#include "tui/reception_own.h"

static void put_moment(struct writing *w, const char *key, moment_t at)
{
	char text[40];
	if (at != MOMENT_NONE)
		put(w, key, moment_write_iso(at, text, sizeof text));
}

static void put_later(struct writing *w, const struct later *later)
{
	if (!later->code)
		return;
	put(w, "later.code", later->code);
	put_moment(w, "later.at", later->at);
	put(w, "later.reason", later->reason);
	put(w, "later.received_by", later->received_by);
	put_number(w, "later.standstill", later->standstill_id);
}

static void put_online(struct writing *w, const struct online *online)
{
	if (!online->filing_id)
		return;
	put_number(w, "online.filing", online->filing_id);
	put_number(w, "online.version", online->version);
	put_number(w, "online.asks", online->asks);
	put(w, "online.code", online->code);
	put(w, "online.system", online->system);
	put(w, "online.told", online->told);
	put_moment(w, "online.deadline", online->deadline);
	put_number(w, "online.verified", online->verified);
	put_number(w, "online.paid", online->paid);
}

static void put_taken(struct writing *w, const struct taken *taken)
{
	if (taken->consignment) {
		put_number(w, "taken.consignment", taken->consignment);
		put_number(w, "taken.nth", taken->nth);
	}
	put(w, "taken.agency.code", taken->agency.code);
	put(w, "taken.agency.name", taken->agency.name);
	put(w, "taken.code", taken->code);
	put_moment(w, "taken.at", taken->at);
}

void reception_write_come(const struct reception *r, struct writing *w)
{
	put_later(w, &r->later);
	put_online(w, &r->online);
	put_taken(w, &r->taken);
}

void reception_read_come(struct reception *r, const struct fields *f)
{
	moment_t at = moment_read_iso(get(f, "later.at"));
	if (*get(f, "later.code") && at != MOMENT_NONE)
		r->later = (struct later){ get(f, "later.code"), at, get(f, "later.reason"), get(f, "later.received_by"),
			get_number(f, "later.standstill", 0, INT64_MAX) };
	r->online = (struct online){ get_number(f, "online.filing", 0, INT64_MAX), (int)get_number(f, "online.version", 0, INT32_MAX),
		(int)get_number(f, "online.asks", 0, 99), get(f, "online.code"), get(f, "online.system"),
		moment_read_iso(get(f, "online.deadline")), get(f, "online.told"), get_number(f, "online.verified", 0, 1) == 1,
		get_number(f, "online.paid", 0, 1) == 1 };
	r->taken = (struct taken){ { get(f, "taken.agency.code"), get(f, "taken.agency.name") }, get(f, "taken.code"),
		moment_read_iso(get(f, "taken.at")), get_number(f, "taken.consignment", 0, INT64_MAX), (int)get_number(f, "taken.nth", 0, INT32_MAX) };
}
