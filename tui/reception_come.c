/* SPDX-License-Identifier: Apache-2.0
 *
 * How a dossier came here, as keys and values of its draft: taken in by hand, filed online, received by another desk. */
#include "core/base/say.h"
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
		put(w, "taken.number", taken->number);
		put_moment(w, "taken.filed_at", taken->filed_at);
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
		moment_read_iso(get(f, "taken.at")), get_number(f, "taken.consignment", 0, INT64_MAX), (int)get_number(f, "taken.nth", 0, INT32_MAX),
		get(f, "taken.number"), moment_read_iso(get(f, "taken.filed_at")) };
}

/* By the post: filed when clerk and postman signed (QĐ 45/2016/QĐ-TTg Điều 7.4).  From another desk: the clock of who decides runs from
 * its receipt (NĐ 118/2025/NĐ-CP Điều 17.3).  What was counted as incomplete is filed when it is complete. */
struct lines reception_came(struct reception *r)
{
	struct lines out = { 0 };
	char at[32];
	if (!r->taken.consignment || r->later.code || !*r->taken.number)
		return out;
	if (r->taken.filed_at == MOMENT_NONE) {
		lines_add(&out, &r->worked, _("Biên bản số %s ghi chưa đủ: tính từ lúc nhận đủ, vào hệ thống"), r->taken.number);
		return out;
	}
	moment_write(r->taken.filed_at, at, sizeof at);
	if (*r->taken.agency.name)
		lines_add(&out, &r->worked, _("%s chuyển đến, hai bên ký biên bản số %s lúc %s: tính từ lúc nhận (khoản 3 Điều 17 Nghị định 118/2025/NĐ-CP)"),
		          r->taken.agency.name, r->taken.number, at);
	else
		lines_add(&out, &r->worked, _("Bưu chính đưa đến, hai bên ký biên bản số %s lúc %s: nộp từ lúc ấy (khoản 4 Điều 7 Quyết định 45/2016/QĐ-TTg)"),
		          r->taken.number, at);
	return out;
}
