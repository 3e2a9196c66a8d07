/* SPDX-License-Identifier: Apache-2.0
 *
 *  ┌ In gì? ──────────────────────────────────────────────┐
 *  │ > 2 phiếu gửi chưa in                                │
 *  │   In lại phiếu gửi của Nguyễn Thị Hồng               │
 *  │   In lại 3 phiếu gửi của cả chuyến                   │
 *  │   In lại biên bản 02/BBGN-BC-TTPVHCC                 │
 *  └──────────────────────────────────────────────────────┘
 *
 * The papers of a batch: its biên bản, and for each parcel that the post takes a phiếu gửi, one page each, one job for all. */
#include "core/base/say.h"
#include "printers/printer.h"
#include "tui/ask.h"
#include "tui/consign_own.h"
#include "tui/desk.h"
#include "tui/print.h"
#include "tui/program.h"

static bool has_slips(const struct consign_view *v)
{
	return v->head.state && consign_out(v) && consign_post(v) && !consign_is(v, "void") && v->list.count > 0;
}

static bool is_out(const struct consign_item *one)
{
	return one->slip_paper && one->slip_printed;
}

static int not_printed(const struct consign_view *v)
{
	int n = 0;
	for (int i = 0; i < v->list.count; i++)
		n += !is_out(&v->items[i]);
	return n;
}

/* ---- the phiếu gửi ---- */

static bool wanted(const struct consign_view *v, const struct consign_slip *slip)
{
	return v->slip_of == SLIPS_ALL || (v->slip_of ? slip->nth == v->slip_of : !slip->printed);
}

static void on_slips(struct consign_slips_ask *ask, const struct consign_slip *slips, int count, const struct error *err)
{
	struct consign_view *v = ask->owner;
	struct screen *screen = v->fresh.screen;
	struct arena arena = { 0 };
	int64_t *papers = ARENA_MANY(&arena, int64_t, count + 1);
	int n = 0;
	for (int i = 0; i < count; i++)
		if (wanted(v, &slips[i]))
			papers[n++] = slips[i].paper_id;
	if (err) {
		desk_tell(screen->desk, err);
	} else if (n) {
		print_papers(duty_of(screen), papers, n, arena_format(&arena, _("%d phiếu gửi bưu chính"), n),
		             printer_of_sheets(print_printers(duty_of(screen))));
		if (consign_is(v, "open"))
			desk_say(screen->desk, FAULT_NONE, _("Đang in %d phiếu gửi: mỗi bưu phẩm một tờ, bỏ vào phong bì."), n);
	} else if (consign_is(v, "open")) {
		desk_say(screen->desk, FAULT_NONE, "%s", _("Phiếu gửi của chuyến này đã in cả."));
	}
	arena_free(&arena);
	arena_free(&v->slips_memory);
	fresh_read(&v->fresh);
}

void consign_print_slips(struct consign_view *v, int nth)
{
	struct screen *screen = v->fresh.screen;
	if (v->slips.ask.slot)
		return;
	v->slip_of = nth;
	v->slips = (struct consign_slips_ask){ .done = on_slips, .into = &v->slips_memory, .owner = v };
	consign_slips(duty_store(duty_of(screen)), &screen->scope, &v->slips, v->id);
}

/* ---- the key ---- */

enum what { FRESH, ONE, ALL, LIST, WHATS };

/* Which of them there are now, in the order shown. */
static int offered(const struct consign_view *v, enum what out[WHATS])
{
	int n = 0, fresh = has_slips(v) ? not_printed(v) : 0, again = has_slips(v) ? v->list.count - fresh : 0;
	if (fresh)
		out[n++] = FRESH;
	if (again && is_out(consign_here(v)))
		out[n++] = ONE;
	if (again > 1)
		out[n++] = ALL;
	if (v->head.paper_id)
		out[n++] = LIST;
	return n;
}

static void do_it(struct screen *screen, enum what what)
{
	struct consign_view *v = screen->state;
	switch (what) {
	case FRESH: consign_print_slips(v, 0); break;
	case ONE: consign_print_slips(v, v->nth); break;
	case ALL: consign_print_slips(v, SLIPS_ALL); break;
	default: print_start(duty_of(screen), v->head.paper_id);
	}
}

static void on_what(struct screen *screen, int choice, void *data)
{
	enum what whats[WHATS];
	(void)data;
	if (choice >= 0 && choice < offered(screen->state, whats))
		do_it(screen, whats[choice]);
}

bool consign_may_print(const struct screen *screen)
{
	enum what whats[WHATS];
	const struct consign_view *v = screen->state;
	return v->head.state && offered(v, whats) > 0;
}

void consign_print_ask(struct screen *screen)
{
	struct consign_view *v = screen->state;
	enum what whats[WHATS];
	const char *choices[WHATS];
	struct arena arena = { 0 };
	int n = offered(v, whats);
	v->nth = consign_here(v) ? consign_here(v)->nth : 0;
	for (int i = 0; i < n; i++)
		choices[i] = whats[i] == FRESH ? arena_format(&arena, _("%d phiếu gửi chưa in"), not_printed(v))
		           : whats[i] == ONE   ? arena_format(&arena, _("In lại phiếu gửi của %s"), consign_here(v)->person)
		           : whats[i] == ALL   ? arena_format(&arena, _("In lại %d phiếu gửi của cả chuyến"), v->list.count)
		                               : arena_format(&arena, _("In lại biên bản %s"), v->head.number);
	if (n == 1 && whats[0] != ONE)
		do_it(screen, whats[0]);
	else
		ask_choice(screen, _("In gì?"), choices, n, 0, on_what, NULL);
	arena_free(&arena);
}
