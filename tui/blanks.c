/* SPDX-License-Identifier: Apache-2.0
 *
 *  GIẤY TIẾP NHẬN IN SẴN                    Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *   Tập  Quầy  Mã                          Tờ  Còn  Nhập  Huỷ  Mất  In
 * >   7  Q3    H01.999-261120-0041 … 0060  20   18     1    1    0  20/11 Quầy 3
 *  …
 *   In 20/11/2026 09:40 · Phạm Thu Huệ · máy in PDF · Dự phòng mất điện
 *  F1 Giúp  Enter Xem tờ  F4 Báo cáo  F5 In sẵn  F8 In lại  Esc Về
 */
#include "tui/blanks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/print.h"

enum { MOST = 200 };

struct blanks {
	struct list list;
	const struct blank_block *rows;
	struct fresh fresh;
	struct arena scratch;
	struct blanks_ask read, act;
	bool acting;
	int count;              /* sheets asked for in the dialog */
};

const char *blank_state_name(const char *state)
{
	static const struct { const char *state, *name; } names[] = { { "free", N_("chưa dùng") },
		{ "used", N_("đã nhập") }, { "void", N_("đã huỷ") }, { "missing", N_("báo mất") } };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i].state, state) == 0)
			return _(names[i].name);
	return state;
}

static const char *short_end(const char *code)
{
	const char *dash = strrchr(code, '-');
	return dash ? dash + 1 : code;
}

static const char *codes_of(struct arena *arena, const struct blank_block *b)
{
	return b->count == 1 ? b->first_code
	                     : arena_format(arena, "%s … %s", b->first_code, short_end(b->last_code));
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	struct blanks *s = owner;
	const struct blank_block *b = &s->rows[row];
	const int numbers[] = { b->count, b->free, b->used, b->spoilt, b->missing };
	static char text[24];
	switch (column) {
	case 0: snprintf(text, sizeof text, "%lld", (long long)b->block_id); out->text = text; break;
	case 1: out->text = b->counter; break;
	case 2: out->text = codes_of(&s->scratch, b); break;
	case 8:
		out->text = b->copies ? _("đã in") : _("! chưa");
		out->role = b->copies ? ROLE_TEXT : ROLE_WARN;
		break;
	default:
		snprintf(text, sizeof text, "%d", numbers[column - 3]);
		out->text = text;
		if (column == 7 && b->missing)
			out->role = ROLE_ERROR;
		break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct blanks *)owner)->rows[row].block_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Tập"), .width = 4, .right = true },
	{ .head = N_("Quầy"), .width = 5 },
	{ .head = N_("Mã"), .width = 0 },
	{ .head = N_("Tờ"), .width = 4, .right = true },
	{ .head = N_("Còn"), .width = 4, .right = true },
	{ .head = N_("Nhập"), .width = 5, .right = true },
	{ .head = N_("Huỷ"), .width = 4, .right = true },
	{ .head = N_("Mất"), .width = 4, .right = true },
	{ .head = N_("In"), .width = 7 },
	{ 0 },
};

static const struct blank_block *here(const struct blanks *s)
{
	return s->list.count ? &s->rows[s->list.at] : NULL;
}

/* ---- reading ---- */

static void on_read(struct blanks_ask *ask, const struct error *err)
{
	struct blanks *s = ask->owner;
	if (fresh_came(&s->fresh, err)) {
		s->rows = ask->blocks;
		list_set_count(&s->list, ask->count);
	}
	fresh_taken(&s->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "blanks") == 0 || strcmp(what, "again") == 0 || strcmp(what, "print") == 0;
}

static void read_now(struct screen *screen)
{
	struct blanks *s = screen->state;
	s->read = (struct blanks_ask){ .done = on_read, .into = &s->fresh.coming, .owner = s };
	blanks_blocks(duty_store(duty_of(screen)), &screen->scope, &s->read, MOST);
}

static void blanks_open(struct screen *screen, const void *argument)
{
	struct blanks *s = screen->state;
	screen->status = _("Enter: từng tờ của tập.");
	(void)argument;
	s->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = s,
		.empty = N_("Chưa in sẵn tờ nào. Người phụ trách F5 in sẵn để phòng lúc mất điện.") };
	s->fresh.heeds = heeds;
	fresh_open(&s->fresh, screen, read_now);
}

static void blanks_resume(struct screen *screen)
{
	fresh_read(&((struct blanks *)screen->state)->fresh);
}

static void blanks_close(struct screen *screen)
{
	struct blanks *s = screen->state;
	fresh_close(&s->fresh);
	arena_free(&s->scratch);
}

static void blanks_draw(const struct screen *screen, struct canvas *canvas)
{
	struct blanks *s = screen->state;
	const struct blank_block *b = here(s);
	char at[32];
	arena_free(&s->scratch);
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - 3, canvas->cols);
	fresh_list(&s->fresh, &s->list, &rows, true);
	if (!b)
		return;
	canvas_cell(canvas, canvas->rows - 2, 1, canvas->cols - 2, ROLE_DIM,
	            arena_format(&s->scratch, _("Lập %s · %s · %s"), moment_write(b->made_at, at, sizeof at),
	                         b->made_by, b->reason));
	canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, b->copies ? ROLE_DIM : ROLE_WARN,
	            b->printed_at == MOMENT_NONE
	                    ? _("Chưa in được lần nào: F8 in.")
	                    : arena_format(&s->scratch, _("In %s · %s · máy in %s"),
	                                   moment_write(b->printed_at, at, sizeof at), b->printed_by, b->printer));
}

static bool blanks_handle(struct screen *screen, const struct event *event)
{
	struct blanks *s = screen->state;
	if (list_handle(&s->list, event))
		return true;
	if (event_is(event, K_ENTER, 0) && here(s)) {
		screen_push(screen->desk, &blank_sheets_screen, &here(s)->block_id);
		return true;
	}
	return false;
}

/* ---- laying in ---- */

static void on_laid(struct blanks_ask *ask, const struct error *err)
{
	struct blanks *s = ask->owner;
	s->acting = false;
	if (err) {
		log_error("sheets printed beforehand", err);
		ask_refused(s->fresh.screen, err);
	} else {
		print_start(duty_of(s->fresh.screen), ask->paper_id);
	}
	fresh_read(&s->fresh);
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct blanks *s = screen->state;
	struct duty *duty = duty_of(screen);
	(void)data;
	if (!text || ask_busy(screen, s->acting))
		return;
	s->acting = true;
	s->act = (struct blanks_ask){ .done = on_laid, .into = &screen->arena, .owner = s };
	blanks_reserve(duty_store(duty), &screen->scope, &s->act, duty->facts->counter, s->count, text);
}

static const char *check_reason(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi lý do in sẵn giấy tiếp nhận.");
}

static const char *check_count(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	char *end;
	long n = strtol(text, &end, 10);
	return end != text && !*end && n >= 1 && n <= BLANKS_AT_ONCE ? NULL : _("Gõ một số từ 1 đến 100.");
}

static void on_count(struct screen *screen, const char *text, void *data)
{
	struct blanks *s = screen->state;
	(void)data;
	if (!text)
		return;
	s->count = (int)strtol(text, NULL, 10);
	ask_for_text(screen, &(struct ask_text){ .question = _("Lý do in sẵn:"),
		.initial = _("Dự phòng mất điện, mất kết nối"), .max = 300, .check = check_reason }, on_reason, NULL);
}

static bool may_lay_in(const struct screen *screen)
{
	const struct blanks *s = screen->state;
	return duty_of(screen)->facts->is_supervisor && !s->acting;
}

static bool may_print(const struct screen *screen)
{
	const struct blank_block *b = here(screen->state);
	return may_lay_in(screen) && b && b->free > 0;
}

static void run_lay_in(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("In sẵn bao nhiêu tờ cho quầy này? Mã lấy từ dãy số hôm nay."),
		.initial = "20", .max = 3, .plain = true, .check = check_count }, on_count, NULL);
}

static void on_print(struct screen *screen, bool yes, void *data)
{
	struct blanks *s = screen->state;
	(void)data;
	if (!yes || s->acting || !here(s))
		return;
	s->acting = true;
	s->act = (struct blanks_ask){ .done = on_laid, .into = &screen->arena, .owner = s };
	blanks_print(duty_store(duty_of(screen)), &screen->scope, &s->act, here(s)->block_id);
}

/* Two sheets with one code are a danger: asked with care when it was printed before. */
static void run_print(struct screen *screen)
{
	const struct blank_block *b = here(screen->state);
	ask_yes(screen, b->copies ? _("Tập này đã in rồi. Bản in trước phải huỷ hết, không để hai tờ cùng mã. In lại các tờ chưa dùng?")
	                          : _("In các tờ chưa dùng của tập này?"),
	        b->copies > 0, on_print, NULL);
}

/* ---- the report ---- */

void blanks_report(const struct blank_block *rows, int count, struct bytes *out)
{
	struct { int all, free, used, spoilt, missing; } sum = { 0 };
	char at[32];
	for (int i = 0; i < count; i++) {
		const struct blank_block *b = &rows[i];
		sum.all += b->count;
		sum.free += b->free;
		sum.used += b->used;
		sum.spoilt += b->spoilt;
		sum.missing += b->missing;
		bytes_format(out, _("Tập %lld, quầy %s: %s … %s, %d tờ\n"), (long long)b->block_id, b->counter,
		             b->first_code, short_end(b->last_code), b->count);
		bytes_format(out, _("  chưa dùng %d, đã nhập %d, đã huỷ %d, báo mất %d\n"), b->free, b->used,
		             b->spoilt, b->missing);
		bytes_format(out, _("  lập %s, %s: %s\n"), moment_write(b->made_at, at, sizeof at), b->made_by,
		             b->reason);
		if (b->printed_at == MOMENT_NONE)
			bytes_text(out, _("  chưa in\n"));
		else
			bytes_format(out, _("  in %s, %s, máy in %s\n"), moment_write(b->printed_at, at, sizeof at),
			             b->printed_by, b->printer);
	}
	bytes_format(out, _("Cộng %d tờ: chưa dùng %d, đã nhập %d, đã huỷ %d, báo mất %d\n"), sum.all, sum.free,
	             sum.used, sum.spoilt, sum.missing);
}

static void run_report(struct screen *screen)
{
	const struct blanks *s = screen->state;
	struct bytes text = { 0 };
	blanks_report(s->rows, s->list.count, &text);
	ask_read(screen, _("Giấy tiếp nhận in sẵn"), bytes_string(&text), NULL, NULL);
	bytes_free(&text);
}

static const struct action actions[] = {
	{ "blanks-report", "F4", N_("Báo cáo"), N_("Mọi tập: bao nhiêu tờ còn, đã nhập, huỷ, mất; ai in, bao giờ."), NULL, run_report },
	{ "blanks-lay-in", "F5", N_("In sẵn"), N_("Người phụ trách: giữ mã và in sẵn một tập giấy tiếp nhận trắng cho quầy này."), may_lay_in, run_lay_in },
	{ "blanks-print", "F8", N_("In lại"), N_("Người phụ trách: in lại những tờ chưa dùng của tập."), may_print, run_print },
	{ 0 },
};

const struct screen_kind blanks_screen = {
	.name = "blanks",
	.title = N_("GIẤY TIẾP NHẬN IN SẴN"),
	.help = N_("Giấy tiếp nhận trắng (Mẫu 01) đã có mã và chữ ký QR, in sẵn để dùng lúc mất điện, mất kết nối.\n"
	           "Mỗi tờ đều phải có nơi có chốn: chưa dùng, đã nhập, đã huỷ hay báo mất. Enter xem từng tờ."),
	.actions = actions,
	.size = sizeof(struct blanks),
	.open = blanks_open,
	.draw = blanks_draw,
	.handle = blanks_handle,
	.resume = blanks_resume,
	.close = blanks_close,
};
