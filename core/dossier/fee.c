/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/fee.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/base/text.h"

const char *fee_exemption_stored(enum fee_exemption which)
{
	static const char *const names[] = {
#define X(name, stored, label) stored,
		FEE_EXEMPTIONS(X)
#undef X
	};
	return which < FEE_EXEMPTION_COUNT ? names[which] : "";
}

const char *fee_exemption_name(enum fee_exemption which)
{
	static const char *const names[] = {
#define X(name, stored, label) label,
		FEE_EXEMPTIONS(X)
#undef X
	};
	return which < FEE_EXEMPTION_COUNT ? _(names[which]) : "";
}

static bool applies(const struct fee *fee, int64_t case_id, enum channel channel, day_t day)
{
	return (fee->valid_from == DAY_NONE || day >= fee->valid_from) &&
	       (fee->valid_to == DAY_NONE || day < fee->valid_to) &&
	       (!fee->case_id || fee->case_id == case_id) &&
	       (!fee->channel || fee->channel == channel);
}

static int weight(const struct fee *fee)
{
	return (fee->case_id ? 4 : 0) + (fee->channel ? 2 : 0) + fee->confirmed;
}

/* Whether another row of the same name says it better. */
static bool overruled(const struct procedure *procedure, size_t at, int64_t case_id,
                      enum channel channel, day_t day)
{
	const struct fee *fee = &procedure->fees[at];
	for (size_t i = 0; i < procedure->fee_count; i++) {
		const struct fee *other = &procedure->fees[i];
		if (i == at || strcmp(other->name, fee->name) || strcmp(other->per, fee->per) ||
		    !applies(other, case_id, channel, day))
			continue;
		if (weight(other) != weight(fee)) {
			if (weight(other) > weight(fee))
				return true;
		} else if (other->valid_from != fee->valid_from) {
			if (other->valid_from > fee->valid_from)
				return true;
		} else if (i < at && other->amount == fee->amount) {
			return true; /* the same row twice */
		}
	}
	return false;
}

static struct fee_line line_of(const struct fee *fee)
{
	return (struct fee_line){
		.fee = fee,
		.name = *fee->name ? fee->name : _("Phí, lệ phí"),
		.amount = fee->amount,
		.quantity = 1,
		.confirmed = fee->confirmed && fee->amount != FEE_UNKNOWN,
		.basis = fee->basis,
		.exempt_reason = "",
	};
}

struct fee_list fee_list_new(struct arena *arena, const struct procedure *procedure,
                             int64_t case_id, enum channel channel, day_t day)
{
	struct fee_list list = { 0 };
	list.items = ARENA_MANY(arena, struct fee_line, procedure->fee_count + 1);
	for (size_t i = 0; i < procedure->fee_count; i++)
		if (applies(&procedure->fees[i], case_id, channel, day) &&
		    !overruled(procedure, i, case_id, channel, day))
			list.items[list.count++] = line_of(&procedure->fees[i]);
	if (!list.count)
		list.items[list.count++] = (struct fee_line){
			.name = _("Phí, lệ phí"),
			.amount = FEE_UNKNOWN,
			.quantity = 1,
			.basis = "",
			.exempt_reason = "",
		};
	return list;
}

enum fee_state fee_state(const struct fee_line *line)
{
	if (line->exemption != FEE_EXEMPT_NONE)
		return FEE_EXEMPT;
	if (line->amount == FEE_UNKNOWN)
		return FEE_MISSING;
	if (!line->confirmed)
		return FEE_UNCONFIRMED;
	return line->amount ? FEE_OWED : FEE_FREE;
}

int64_t fee_owed(const struct fee_line *line)
{
	switch (fee_state(line)) {
	case FEE_EXEMPT:
	case FEE_FREE: return 0;
	case FEE_OWED: return line->amount * line->quantity;
	case FEE_UNCONFIRMED:
	case FEE_MISSING: break;
	}
	return FEE_UNKNOWN;
}

struct fee_total fee_total(const struct fee_list *list)
{
	struct fee_total total = { 0 };
	for (size_t i = 0; i < list->count; i++) {
		int64_t owed = fee_owed(&list->items[i]);
		if (owed == FEE_UNKNOWN)
			total.open++;
		else
			total.amount += owed;
	}
	total.complete = !total.open;
	return total;
}

const char *fee_text(struct arena *arena, const struct fee_line *line)
{
	const char *per = line->fee ? line->fee->per : "";
	bool local = line->fee && line->fee->set_locally;
	const char *money = line->amount == FEE_UNKNOWN ? "" : text_money(arena, line->amount);
	switch (fee_state(line)) {
	case FEE_EXEMPT:
		return arena_format(arena, _("Miễn: %s"),
		                    *line->exempt_reason ? line->exempt_reason
		                                         : fee_exemption_name(line->exemption));
	case FEE_FREE: return _("Không");
	case FEE_OWED:
		if (line->quantity > 1)
			return arena_format(arena, "%s đ (%d × %s đ)",
			                    text_money(arena, fee_owed(line)), line->quantity, money);
		return *per ? arena_format(arena, "%s đ/%s", money, per)
		            : arena_format(arena, "%s đ", money);
	case FEE_UNCONFIRMED:
		if (local)
			return _("HĐND tỉnh quy định — chưa xác nhận");
		return arena_format(arena, _("%s đ — chưa xác nhận"), money);
	case FEE_MISSING: break;
	}
	return local ? _("HĐND tỉnh quy định — chưa xác nhận") : _("chưa rõ");
}

bool fee_confirm(struct fee_line *line, int64_t amount, const char *basis, struct error *err)
{
	if (amount < 0)
		return fail(err, FAULT_INPUT, _("Nhập mức phí: 0 nếu không thu."));
	if (amount > FEE_MOST)
		return fail(err, FAULT_INPUT, _("Mức phí quá lớn: xem lại số đã nhập."));
	if (!basis || !basis[strspn(basis, " ")])
		return fail(err, FAULT_INPUT,
		            _("Ghi căn cứ của mức phí (số nghị quyết, thông tư) để xác nhận."));
	line->amount = amount;
	line->basis = basis;
	line->confirmed = true;
	return true;
}

bool fee_count(struct fee_line *line, int quantity, struct error *err)
{
	if (quantity < 1 || quantity > FEE_QUANTITY_MOST)
		return fail(err, FAULT_INPUT, _("Số lượng phải từ 1 đến %d."), FEE_QUANTITY_MOST);
	line->quantity = quantity;
	return true;
}

bool fee_exempt(struct fee_line *line, enum fee_exemption which, const char *reason,
                struct error *err)
{
	if (which >= FEE_EXEMPTION_COUNT)
		return fail(err, FAULT_INPUT, _("Chọn lý do miễn phí trong danh sách."));
	if (which == FEE_EXEMPT_OTHER && (!reason || !reason[strspn(reason, " ")]))
		return fail(err, FAULT_INPUT, _("Ghi rõ căn cứ miễn phí."));
	line->exemption = which;
	line->exempt_reason = which != FEE_EXEMPT_NONE && reason ? reason : "";
	return true;
}

/* "8.000", "8000", "1.234.567": groups of three after the first point. */
static bool read_grouped(const char *text, size_t n, int64_t *out)
{
	int64_t amount = 0;
	size_t digits = 0, since = 0;
	bool grouped = false;
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '.') {
			if (!digits || (grouped ? since != 3 : digits > 3))
				return false;
			grouped = true;
			since = 0;
			continue;
		}
		if (text[i] < '0' || text[i] > '9' || ++digits > 15)
			return false;
		since++;
		amount = amount * 10 + (text[i] - '0');
	}
	if (!digits || (grouped && since != 3) || amount > FEE_MOST)
		return false;
	*out = amount;
	return true;
}

bool fee_read(const char *text, int64_t *amount, struct error *err)
{
	static const char *const nothing[] = { "khong", "mien phi", "khong thu", "mien" };
	static const char *const later[] = { "", "?", "hdnd tinh quy dinh",
		"do hdnd tinh quy dinh", "chua ro" };
	char folded[128];
	text_fold(text, folded, sizeof(folded));
	for (size_t i = 0; i < sizeof(nothing) / sizeof(*nothing); i++)
		if (!strcmp(folded, nothing[i])) {
			*amount = 0;
			return true;
		}
	for (size_t i = 0; i < sizeof(later) / sizeof(*later); i++)
		if (!strcmp(folded, later[i])) {
			*amount = FEE_UNKNOWN;
			return true;
		}
	size_t n = strspn(folded, "0123456789.");
	const char *unit = folded + n + strspn(folded + n, " ");
	bool named = !*unit || !strcmp(unit, "d") || !strcmp(unit, "dong") || !strcmp(unit, "vnd");
	if (!named || !read_grouped(folded, n, amount))
		return fail(err, FAULT_INPUT, _("Không đọc được số tiền \"%s\": ghi như 8.000."), text);
	return true;
}
