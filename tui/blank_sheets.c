/* SPDX-License-Identifier: Apache-2.0
 *
 *  TẬP IN SẴN 7                             Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Tờ  Mã                    Trạng thái   Ghi chú
 * >  1  H01.999-261120-0041   đã nhập      Nguyễn Thị Thuỳ Dương
 *    2  H01.999-261120-0042   đã huỷ       Viết hỏng — Lê Thị Mận
 *  F1 Giúp  Enter Mở hồ sơ  F6 Huỷ  F7 Mất  F8 Mở lại  Esc Về
 */
#include "tui/blanks.h"

#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"

struct sheets {
	int64_t block_id;
	struct list list;
	const struct blank_sheet *rows;
	struct fresh fresh;
	struct arena scratch;
	struct blanks_ask read, act;
	bool acting;
};

static const char *note_of(struct sheets *s, const struct blank_sheet *sheet)
{
	char at[32];
	if (sheet->dossier_id)
		return arena_format(&s->scratch, "%s · %s%s%s", sheet->owner_name,
		                    moment_write(sheet->received_at, at, sizeof at),
		                    *sheet->reason ? " · " : "", sheet->reason);
	return *sheet->reason ? arena_format(&s->scratch, "%s — %s", sheet->reason, sheet->said_by) : "";
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char number[16];
	struct sheets *s = owner;
	const struct blank_sheet *sheet = &s->rows[row];
	switch (column) {
	case 0: snprintf(number, sizeof number, "%d", sheet->nth); out->text = number; break;
	case 1: out->text = sheet->code; break;
	case 2: out->text = blank_state_name(sheet->state); break;
	default: out->text = note_of(s, sheet); break;
	}
	if (strcmp(sheet->state, "missing") == 0)
		out->role = ROLE_ERROR;
	else if (strcmp(sheet->state, "used") == 0)
		out->role = ROLE_GOOD;
	else if (strcmp(sheet->state, "void") == 0)
		out->role = ROLE_DIM;
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct sheets *)owner)->rows[row].nth;
}

static const struct list_column columns[] = {
	{ .head = N_("Tờ"), .width = 4, .right = true },
	{ .head = N_("Mã"), .width = 24 },
	{ .head = N_("Trạng thái"), .width = 12 },
	{ .head = N_("Ghi chú"), .width = 0 },
	{ 0 },
};

static void on_read(struct blanks_ask *ask, const struct error *err)
{
	struct sheets *s = ask->owner;
	if (fresh_came(&s->fresh, err)) {
		s->rows = ask->sheets;
		list_set_count(&s->list, ask->count);
	}
	fresh_taken(&s->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	const struct sheets *s = screen->state;
	return (strcmp(what, "blanks") == 0 && id == s->block_id) || strcmp(what, "again") == 0;
}

static void read_now(struct screen *screen)
{
	struct sheets *s = screen->state;
	s->read = (struct blanks_ask){ .done = on_read, .into = &s->fresh.coming, .owner = s };
	blanks_sheets(duty_store(duty_of(screen)), &screen->scope, &s->read, s->block_id);
}

static void sheets_open(struct screen *screen, const void *argument)
{
	struct sheets *s = screen->state;
	s->block_id = *(const int64_t *)argument;
	s->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = s };
	screen->title = arena_format(&screen->arena, _("TẬP IN SẴN %lld"), (long long)s->block_id);
	s->fresh.heeds = heeds;
	fresh_open(&s->fresh, screen, read_now);
}

static void sheets_close(struct screen *screen)
{
	struct sheets *s = screen->state;
	fresh_close(&s->fresh);
	arena_free(&s->scratch);
}

static void sheets_draw(const struct screen *screen, struct canvas *canvas)
{
	struct sheets *s = screen->state;
	arena_free(&s->scratch);
	fresh_list(&s->fresh, &s->list, canvas, true);
}

static const struct blank_sheet *here(const struct sheets *s)
{
	return s->list.count ? &s->rows[s->list.at] : NULL;
}

static bool sheets_handle(struct screen *screen, const struct event *event)
{
	struct sheets *s = screen->state;
	const struct blank_sheet *sheet = here(s);
	if (list_handle(&s->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || !sheet || !sheet->dossier_id)
		return false;
	screen_push(screen->desk, &dossier_screen, &sheet->dossier_id);
	return true;
}

/* ---- saying what became of one ---- */

static void on_marked(struct blanks_ask *ask, const struct error *err)
{
	struct sheets *s = ask->owner;
	s->acting = false;
	if (err) {
		log_error("marking a sheet", err);
		ask_refused(s->fresh.screen, err);
	}
	fresh_read(&s->fresh);
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct sheets *s = screen->state;
	if (!text || !here(s) || ask_busy(screen, s->acting))
		return;
	s->acting = true;
	s->act = (struct blanks_ask){ .done = on_marked, .into = &screen->arena, .owner = s };
	blanks_mark(duty_store(duty_of(screen)), &screen->scope, &s->act, here(s)->code, data, text);
}

static void ask_reason(struct screen *screen, const char *question, const char *initial, const char *state)
{
	ask_for_text(screen, &(struct ask_text){ .question = question, .initial = initial, .max = 300,
		.check = ask_check_reason }, on_reason, (void *)state);
}

static bool may_mark(const struct screen *screen)
{
	const struct sheets *s = screen->state;
	return !s->acting && here(s) && strcmp(here(s)->state, "free") == 0;
}

static bool may_free(const struct screen *screen)
{
	const struct sheets *s = screen->state;
	return !s->acting && here(s) && duty_of(screen)->facts->is_supervisor &&
	       (strcmp(here(s)->state, "void") == 0 || strcmp(here(s)->state, "missing") == 0);
}

static void run_void(struct screen *screen)
{
	ask_reason(screen, _("Huỷ tờ này vì sao? Mã của nó không dùng nữa."), _("Viết hỏng"), "void");
}

static void run_missing(struct screen *screen)
{
	ask_reason(screen, _("Báo mất tờ này: thấy thiếu lúc nào, ở đâu?"), "", "missing");
}

static void run_free(struct screen *screen)
{
	ask_reason(screen, _("Mở lại tờ này vì sao?"), "", "free");
}

static const struct action actions[] = {
	{ "sheet-void", "F6", N_("Huỷ"), N_("Huỷ tờ viết hỏng, kèm lý do."), may_mark, run_void },
	{ "sheet-missing", "F7", N_("Mất"), N_("Báo mất một tờ, kèm lý do."), may_mark, run_missing },
	{ "sheet-free", "F8", N_("Mở lại"), N_("Người phụ trách: mở lại tờ đã huỷ hay báo mất."), may_free, run_free },
	{ 0 },
};

const struct screen_kind blank_sheets_screen = {
	.name = "blank-sheets",
	.title = N_("TẬP IN SẴN"),
	.help = N_("Từng tờ của một tập. Tờ viết hỏng thì huỷ, tờ không thấy thì báo mất, mỗi việc một lý do.\n"
	           "Tờ báo mất mà dân mang đến vẫn nhập được: lời hứa của giấy vẫn giữ."),
	.actions = actions,
	.size = sizeof(struct sheets),
	.open = sheets_open,
	.draw = sheets_draw,
	.handle = sheets_handle,
	.close = sheets_close,
};
