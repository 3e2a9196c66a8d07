/* SPDX-License-Identifier: Apache-2.0
 *
 * Confirming what was only published: per procedure, case and channel, with its
 * legal basis and the day it holds from. */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/ask.h"
#include "tui/catalogue_private.h"


static void on_sent(struct admin_ask *ask, const struct error *err)
{
	struct figures *f = ask->owner;
	f->sending = false;
	if (err)
		desk_tell(f->screen->desk, err);
	else
		desk_say(f->screen->desk, FAULT_NONE, "%s", _("Đã xác nhận; mọi quầy dùng từ bây giờ."));
	screen_dirty(f->screen);
}

static struct figures *figures_of(struct screen *screen)
{
	return screen->state;
}

static void send(struct figures *f)
{
	f->sending = true;
	f->ask = (struct admin_ask){ .done = on_sent, .owner = f };
	struct store *store = duty_store(duty_of(f->screen));
	switch (f->what) {
	case CONFIRM_LIMIT:
		admin_confirm_limit(store, &f->screen->scope, &f->ask, &f->confirm);
		break;
	case CONFIRM_FEE: admin_confirm_fee(store, &f->screen->scope, &f->ask, &f->confirm); break;
	case CONFIRM_PAPER:
		admin_confirm_component(store, &f->screen->scope, &f->ask, &f->confirm);
		break;
	}
}

static const char *check_day(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return day_read(text) == DAY_NONE ? _("Gõ ngày/tháng/năm.") : NULL;
}

static void on_day(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (!text)
		return;
	figures_of(screen)->confirm.from = day_read(text);
	send(figures_of(screen));
}

static void on_basis(struct screen *screen, const char *text, void *data)
{
	struct figures *f = figures_of(screen);
	char day[16];
	(void)data;
	if (!text)
		return;
	if (!*text) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Xác nhận phải có căn cứ pháp lý."));
		return;
	}
	f->confirm.basis = arena_string(&screen->arena, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Áp dụng từ ngày:"), .plain = true, .max = 10,
		.initial = day_write(desk_today(screen->desk), day, sizeof day), .check = check_day }, on_day, NULL);
}

static void ask_basis(struct screen *screen, const char *initial)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Căn cứ pháp lý (nghị quyết, quyết định công bố):"),
		.initial = initial, .max = 300 }, on_basis, NULL);
}

static const char *check_number(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	char *end;
	long n = strtol(text, &end, 10);
	return end != text && !*end && n > 0 && n <= 3650 ? NULL : _("Gõ một số từ 1 đến 3650.");
}

static void on_value(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (!text)
		return;
	figures_of(screen)->confirm.value = (int)strtol(text, NULL, 10);
	ask_basis(screen, catalogue_here(figures_of(screen))->decision);
}

static const enum limit_unit units[] = { LIMIT_WORKING_DAY, LIMIT_SAME_DAY, LIMIT_DAY, LIMIT_WORKING_HOUR,
	LIMIT_MONTH, LIMIT_NONE };
enum { UNITS = sizeof units / sizeof units[0] };

static void on_unit(struct screen *screen, int choice, void *data)
{
	struct figures *f = figures_of(screen);
	(void)data;
	if (choice < 0 || !catalogue_here(f))
		return;
	f->confirm.unit = limit_unit_stored(units[choice]);
	if (units[choice] == LIMIT_SAME_DAY || units[choice] == LIMIT_NONE)
		ask_basis(screen, catalogue_here(f)->decision);
	else
		ask_for_text(screen, &(struct ask_text){ .question = _("Thời hạn là bao nhiêu?"), .plain = true, .max = 4,
			.check = check_number }, on_value, NULL);
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
	struct figures *f = figures_of(screen);
	(void)data;
	if (!text || !catalogue_here(f) || !fee_read(text, &f->confirm.amount, NULL))
		return;
	ask_basis(screen, "");
}


/* ---- papers ---- */

static const char *check_count(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	char *end;
	long n = strtol(text, &end, 10);
	return end != text && !*end && n >= 0 && n <= 99 ? NULL : _("Gõ một số từ 0 đến 99.");
}

static void on_copies(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (!text)
		return;
	figures_of(screen)->confirm.copies = (int)strtol(text, NULL, 10);
	ask_basis(screen, catalogue_here(figures_of(screen))->decision);
}

static void on_originals(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (!text)
		return;
	figures_of(screen)->confirm.originals = (int)strtol(text, NULL, 10);
	ask_for_text(screen, &(struct ask_text){ .question = _("Số bản sao:"), .initial = "0", .plain = true, .max = 2,
		.check = check_count }, on_copies, NULL);
}

static void on_required(struct screen *screen, bool yes, void *data)
{
	(void)data;
	figures_of(screen)->confirm.required = yes;
	ask_for_text(screen, &(struct ask_text){ .question = _("Số bản chính:"), .initial = "1", .plain = true, .max = 2,
		.check = check_count }, on_originals, NULL);
}

static void ask_required(struct screen *screen, const char *name)
{
	figures_of(screen)->confirm.name = arena_string(&screen->arena, name);
	ask_yes(screen, _("Giấy tờ này bắt buộc phải có?"), false, on_required, NULL);
}

static void on_name(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text && *text)
		ask_required(screen, text);
}

static void ask_name(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Tên giấy tờ, đúng như văn bản quy định:"), .max = 1000 },
	             on_name, NULL);
}

static void on_paper(struct screen *screen, int choice, void *data)
{
	const struct procedure *p = catalogue_here(figures_of(screen));
	(void)data;
	if (choice < 0 || !p)
		return;
	if ((size_t)choice < p->component_count)
		ask_required(screen, p->components[choice].name);
	else
		ask_name(screen);
}

static void ask_paper(struct screen *screen, const struct procedure *p)
{
	struct arena arena = { 0 };
	const char **names = ARENA_MANY(&arena, const char *, p->component_count + 1);
	for (size_t i = 0; i < p->component_count; i++)
		names[i] = p->components[i].name;
	names[p->component_count] = _("Giấy tờ khác, chưa có trong danh mục");
	ask_choice(screen, _("Xác nhận thành phần nào?"), names, (int)p->component_count + 1, 0, on_paper, NULL);
	arena_free(&arena);
}

/* ---- where it begins: for which case ---- */

static void go_on(struct screen *screen)
{
	struct figures *f = figures_of(screen);
	const struct procedure *p = catalogue_here(f);
	const char *choices[UNITS];
	if (f->what == CONFIRM_LIMIT) {
		for (int i = 0; i < UNITS; i++)
			choices[i] = limit_unit_name(units[i]);
		ask_choice(screen, _("Thời hạn giải quyết tính bằng:"), choices, UNITS, 0, on_unit, NULL);
	} else if (f->what == CONFIRM_FEE) {
		ask_for_text(screen, &(struct ask_text){ .question = _("Mức thu (đồng), 0 nếu không thu:"), .plain = true,
			.max = 20, .check = check_amount }, on_amount, NULL);
	} else {
		ask_paper(screen, p);
	}
}

static void on_case(struct screen *screen, int choice, void *data)
{
	struct figures *f = figures_of(screen);
	const struct procedure *p = catalogue_here(f);
	(void)data;
	if (choice < 0 || !p || (size_t)choice > p->case_count)
		return;
	f->confirm.case_id = choice ? p->cases[choice - 1].case_id : 0;
	go_on(screen);
}

static void begin(struct screen *screen, enum confirm_what what)
{
	struct figures *f = figures_of(screen);
	const struct procedure *p = catalogue_here(f);
	struct fee_list fees = fee_list_new(&f->scratch, p, 0, f->channel, desk_today(screen->desk));
	struct arena arena = { 0 };
	f->what = what;
	f->confirm = (struct admin_confirm){ .procedure = arena_string(&screen->arena, p->code),
		.channel = (int)f->channel,
		.name = fees.count ? arena_string(&screen->arena, fees.items[0].name) : _("Lệ phí") };
	if (p->case_count == 0) {
		go_on(screen);
		return;
	}
	const char **names = ARENA_MANY(&arena, const char *, p->case_count + 1);
	names[0] = _("Mọi trường hợp");
	for (size_t i = 0; i < p->case_count; i++)
		names[i + 1] = p->cases[i].name;
	ask_choice(screen, _("Cho trường hợp nào?"), names, (int)p->case_count + 1, 0, on_case, NULL);
	arena_free(&arena);
}

void catalogue_confirm_limit(struct screen *screen)
{
	begin(screen, CONFIRM_LIMIT);
}

void catalogue_confirm_fee(struct screen *screen)
{
	begin(screen, CONFIRM_FEE);
}

void catalogue_confirm_paper(struct screen *screen)
{
	begin(screen, CONFIRM_PAPER);
}
