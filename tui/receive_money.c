/* SPDX-License-Identifier: Apache-2.0
 *
 * Fees and limits: figures that an officer answers for, or none at all. */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/ask.h"
#include "tui/receive_private.h"

/* ---- fees: line by line, then the way of paying ---- */

static void ask_paid(struct receive *receive, bool accepting);

static struct fee_line *line_at(struct receive *receive, void *data)
{
	size_t at = (size_t)(uintptr_t)data;
	return at < receive->r.fees.count ? &receive->r.fees.items[at] : NULL;
}

static void edit_line(struct receive *receive, size_t at);

static void line_done(struct receive *receive, void *data)
{
	receive_refresh(receive);
	edit_line(receive, (size_t)(uintptr_t)data + 1);
}

static void on_fee_basis(struct screen *screen, const char *basis, void *data)
{
	struct receive *receive = receive_of(screen);
	struct fee_line *line = line_at(receive, data);
	struct error err = { 0 };
	if (!basis || !line)
		return;
	if (!fee_confirm(line, line->amount, arena_string(&screen->arena, basis), &err))
		desk_tell(screen->desk, &err);
	else
		line_done(receive, data);
}

static const char *check_amount(struct screen *screen, const char *text, void *data)
{
	static struct error err;
	int64_t amount;
	(void)screen, (void)data;
	if (!fee_read(text, &amount, &err))
		return err.say;
	return amount == FEE_UNKNOWN ? _("Gõ số tiền bằng đồng; 0 nếu không thu.") : NULL;
}

static void on_amount(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	struct fee_line *line = line_at(receive, data);
	if (!text || !line || !fee_read(text, &line->amount, NULL))
		return;
	ask_for_text(screen, &(struct ask_text){ .question = _("Căn cứ của mức thu (nghị quyết, thông tư):"),
		.initial = line->basis, .max = 300, .check = receive_check_basis }, on_fee_basis, data);
}

static void on_exempt_words(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	struct fee_line *line = line_at(receive, data);
	struct error err = { 0 };
	if (!text || !line)
		return;
	if (!fee_exempt(line, FEE_EXEMPT_OTHER, arena_string(&screen->arena, text), &err))
		desk_tell(screen->desk, &err);
	else
		line_done(receive, data);
}

static void on_exemption(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	struct fee_line *line = line_at(receive, data);
	struct error err = { 0 };
	if (choice < 0 || !line)
		return;
	enum fee_exemption exemption = (enum fee_exemption)(choice + 1);
	if (exemption == FEE_EXEMPT_OTHER)
		ask_for_text(screen, &(struct ask_text){ .question = _("Căn cứ miễn:"), .max = 300,
			.check = receive_check_basis }, on_exempt_words, data);
	else if (!fee_exempt(line, exemption, "", &err))
		desk_tell(screen->desk, &err);
	else
		line_done(receive, data);
}

static void ask_exemption(struct receive *receive, void *data)
{
	const char *choices[FEE_EXEMPTION_COUNT];
	for (int i = 1; i < FEE_EXEMPTION_COUNT; i++)
		choices[i - 1] = fee_exemption_name((enum fee_exemption)i);
	ask_choice(receive->screen, _("Miễn vì:"), choices, FEE_EXEMPTION_COUNT - 1, 0, on_exemption, data);
}

static void ask_amount(struct receive *receive, const struct fee_line *line, void *data)
{
	struct arena arena = { 0 };
	ask_for_text(receive->screen,
	             &(struct ask_text){ .question = arena_format(&arena, _("%s (đồng):%s%s"), line->name,
	                                                          line->fee && *line->fee->published ? _(" công bố ghi ") : "",
	                                                          line->fee ? line->fee->published : ""),
	                                 .initial = line->amount == FEE_UNKNOWN ? "" : text_money(&arena, line->amount),
	                                 .plain = true, .max = 20, .check = check_amount },
	             on_amount, data);
	arena_free(&arena);
}

static void on_line_choice(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	struct fee_line *line = line_at(receive, data);
	if (choice < 0 || !line)
		return;
	if (choice == 0 && fee_state(line) != FEE_UNCONFIRMED && fee_state(line) != FEE_MISSING)
		line_done(receive, data);
	else if (choice == 2)
		ask_exemption(receive, data);
	else
		ask_amount(receive, line, data);
}

static void edit_line(struct receive *receive, size_t at)
{
	struct arena arena = { 0 };
	void *data = (void *)(uintptr_t)at;
	struct fee_line *line = line_at(receive, data);
	if (!line) {
		ask_paid(receive, false);
		return;
	}
	enum fee_state state = fee_state(line);
	if (state == FEE_MISSING || state == FEE_UNCONFIRMED) {
		ask_amount(receive, line, data);
		return;
	}
	const char *choices[] = { arena_format(&arena, _("Thu %s"), fee_text(&arena, line)),
		_("Mức khác, có căn cứ"), _("Miễn") };
	ask_choice(receive->screen, line->name, choices, 3, 0, on_line_choice, data);
	arena_free(&arena);
}

enum { PAID_OTHERWISE = 3 };

static void on_paid(struct screen *screen, int choice, void *data)
{
	static const char *const words[] = { "cash", "transfer", "later" };
	struct receive *receive = receive_of(screen);
	if (choice == PAID_OTHERWISE) {
		edit_line(receive, 0);
		return;
	}
	if (choice >= 0)
		receive->r.paid = words[choice];
	receive_refresh(receive);
	if (choice >= 0 && data)
		receive_accept(receive); /* F9 asked only this */
}

static void ask_paid(struct receive *receive, bool accepting)
{
	struct fee_total total = fee_total(&receive->r.fees);
	struct arena arena = { 0 };
	if (!total.amount) {
		receive->r.paid = "none";
		return;
	}
	const char *choices[] = { _("Tiền mặt"), _("Chuyển khoản"), _("Thu khi trả kết quả"),
		_("Miễn, hoặc mức khác") };
	ask_choice(receive->screen,
	           arena_format(&arena, _("Thu %s đồng bằng cách nào?"), text_money(&arena, total.amount)),
	           choices, PAID_OTHERWISE + 1, 0, on_paid, accepting ? receive : NULL);
	arena_free(&arena);
}

void receive_pay(struct receive *receive)
{
	ask_paid(receive, true);
}

void receive_fees(struct receive *receive)
{
	/* All figures confirmed: only the way of paying is left, one key. */
	struct fee_total total = fee_total(&receive->r.fees);
	if (total.complete && total.amount && strcmp(receive->r.paid, "none") == 0)
		ask_paid(receive, false);
	else
		edit_line(receive, 0);
}

/* ---- the limit ---- */

static void on_limit_basis(struct screen *screen, const char *basis, void *data)
{
	struct receive *receive = receive_of(screen);
	struct error err = { 0 };
	if (!basis)
		return;
	int code = (int)(intptr_t)data; /* unit, then twice the value */
	if (!reception_ask_limit(&receive->r, (code >> 8) / 2.0, (enum limit_unit)(code & 0xff), basis, &err))
		desk_tell(screen->desk, &err);
	receive_refresh(receive);
}

static void ask_basis(struct screen *screen, enum limit_unit unit, int halves)
{
	struct receive *receive = receive_of(screen);
	const struct procedure *p = receive->r.procedure;
	ask_for_text(screen, &(struct ask_text){ .question = _("Căn cứ của thời hạn (văn bản, quyết định công bố):"),
		.initial = p->decision, .max = 300, .check = receive_check_basis }, on_limit_basis, (void *)(intptr_t)(halves << 8 | (int)unit));
}

/* "3", "0,5", "1.5": twice the value; -1 when it is no such number. */
static int read_halves(const char *text)
{
	char *end;
	long whole = strtol(text, &end, 10);
	if (end == text || whole < 0 || whole > 3650)
		return -1;
	if (!*end)
		return (int)whole * 2;
	return (*end == ',' || *end == '.') && end[1] == '5' && !end[2] ? (int)whole * 2 + 1 : -1;
}

static const char *check_limit(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return read_halves(text) > 0 ? NULL : _("Gõ một số, nửa ngày ghi 0,5.");
}

static void on_limit(struct screen *screen, const char *text, void *data)
{
	if (text)
		ask_basis(screen, (enum limit_unit)(intptr_t)data, read_halves(text));
}

static const enum limit_unit units[] = { LIMIT_WORKING_DAY, LIMIT_SAME_DAY, LIMIT_DAY,
	LIMIT_WORKING_HOUR, LIMIT_MONTH };
enum { UNITS = sizeof units / sizeof units[0] };

static void on_unit(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	if (choice == UNITS) {
		reception_no_limit(&receive->r, "");
		receive_refresh(receive);
	} else if (choice >= 0 && units[choice] == LIMIT_SAME_DAY) {
		ask_basis(screen, LIMIT_SAME_DAY, 2);
	} else if (choice >= 0) {
		ask_for_text(screen, &(struct ask_text){ .question = _("Thời hạn là bao nhiêu?"), .plain = true,
			.max = 6, .check = check_limit }, on_limit, (void *)(intptr_t)units[choice]);
	}
}

void receive_limit(struct receive *receive)
{
	const char *choices[UNITS + 1];
	for (int i = 0; i < UNITS; i++)
		choices[i] = limit_unit_name(units[i]);
	choices[UNITS] = _("không có ngày hẹn trả cụ thể theo quy định");
	ask_choice(receive->screen, _("Thời hạn giải quyết tính bằng:"), choices, UNITS + 1, 0, on_unit, NULL);
}
