/* SPDX-License-Identifier: Apache-2.0
 *
 *  CHƯA SỐ HÓA                              Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Lĩnh vực                        hôm nay  đến 1 ngày  đến 3 ngày  lâu hơn    cộng
 *  >Mọi lĩnh vực                          3           1           0        2       6
 *   Hộ tịch                               3           1           0        1       5
 *  ──────────────────────────────────────────────────────────────────────────────────
 *   Giấy tờ                       Mã hồ sơ              Chủ hồ sơ        Nhận     ngày
 *  >Tờ khai                       H01.999-261116-0002   Đỗ Ân            16/11       4
 *  F1 Giúp  F4 Quét/tệp  F8 Hồ sơ  Esc Về
 */
#include "tui/digitise_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/digitise.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/hand_in.h"
#include "tui/list.h"
#include "tui/program.h"

enum { MOST = 500, FIELD_ROWS = 6 };

struct digitising {
	struct list fields, papers;
	bool in_fields;               /* the cursor is among the fields          */
	struct digitise_ask shown;
	struct digitise_count all;    /* of every field together                 */
	struct fresh fresh;
	struct digitise_ask ask;
	char field[200];              /* whose papers are shown; "": of all      */
};

/* ---- the lists ---- */

static const struct digitise_count *count_at(const struct digitising *d, int row)
{
	return row == 0 ? &d->all : &d->shown.counts[row - 1];
}

static void field_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[16];
	const struct digitise_count *c = count_at(owner, row);
	const int numbers[] = { c->today, c->one_day, c->three_days, c->older, c->today + c->one_day + c->three_days + c->older };
	if (column == 0) {
		out->text = row == 0 ? _("Mọi lĩnh vực") : c->field;
		return;
	}
	snprintf(text, sizeof text, "%d", numbers[column - 1]);
	out->text = text;
	out->role = numbers[column - 1] == 0 ? ROLE_DIM : column == 4 ? ROLE_LATE : column == 3 ? ROLE_WARN : ROLE_TEXT;
}

static const struct list_column field_columns[] = {
	{ .head = N_("Lĩnh vực"), .width = 0 },
	{ .head = N_("hôm nay"), .width = 8, .right = true },
	{ .head = N_("đến 1 ngày"), .width = 11, .right = true },
	{ .head = N_("đến 3 ngày"), .width = 11, .right = true },
	{ .head = N_("lâu hơn"), .width = 8, .right = true },
	{ .head = N_("cộng"), .width = 7, .right = true },
	{ 0 },
};

static void paper_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[24];
	const struct digitise_row *r = &((const struct digitising *)owner)->shown.rows[row];
	switch (column) {
	case 0: out->text = r->name; break;
	case 1: out->text = r->code; break;
	case 2:
		out->text = r->owner_name;
		out->role = ROLE_PERSON;
		break;
	case 3: out->text = day_write(moment_day(r->received_at), text, sizeof text); break;
	default:
		snprintf(text, sizeof text, "%d", r->days);
		out->text = text;
		out->role = r->days > 3 ? ROLE_LATE : r->days > 1 ? ROLE_WARN : ROLE_TEXT;
		break;
	}
}

static int64_t paper_id(void *owner, int row)
{
	const struct digitise_row *r = &((const struct digitising *)owner)->shown.rows[row];
	return r->dossier_id * 1000 + r->seq;
}

static const struct list_column paper_columns[] = {
	{ .head = N_("Giấy tờ"), .width = 0 },
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Chủ hồ sơ"), .width = 18 },
	{ .head = N_("Tiếp nhận"), .width = 10 },
	{ .head = N_("ngày"), .width = 5, .right = true },
	{ 0 },
};

/* ---- reading ---- */

static void take_over(struct digitising *d)
{
	struct digitise_count *all = &d->all;
	d->shown = d->ask;
	*all = (struct digitise_count){ .field = "" };
	for (int i = 0; i < d->shown.count_count; i++) {
		const struct digitise_count *c = &d->shown.counts[i];
		all->today += c->today, all->one_day += c->one_day;
		all->three_days += c->three_days, all->older += c->older;
		if (strcmp(c->field, d->field) == 0)
			d->fields.at = i + 1;
	}
	list_set_count(&d->fields, d->shown.count_count + 1);
	list_set_count(&d->papers, d->shown.row_count);
}

static void on_read(struct digitise_ask *ask, const struct error *err)
{
	struct digitising *d = ask->owner;
	if (fresh_came(&d->fresh, err))
		take_over(d);
	fresh_taken(&d->fresh);
}

static void read_now(struct screen *screen)
{
	struct digitising *d = screen->state;
	d->ask = (struct digitise_ask){ .done = on_read, .into = &d->fresh.coming, .owner = d };
	digitise_read(duty_store(duty_of(screen)), &screen->scope, &d->ask, d->field, MOST);
}

static void digitise_open(struct screen *screen, const void *argument)
{
	struct digitising *d = screen->state;
	(void)argument;
	d->fields = (struct list){ .columns = field_columns, .cell = field_cell, .owner = d, .beside = true };
	d->papers = (struct list){ .columns = paper_columns, .cell = paper_cell, .id = paper_id, .owner = d, .beside = true,
		.empty = N_("Mọi giấy tờ nhận tại quầy đã có tệp.") };
	list_set_count(&d->fields, 1);
	fresh_open(&d->fresh, screen, read_now);
}

static void digitise_close(struct screen *screen)
{
	fresh_close(&((struct digitising *)screen->state)->fresh);
}

static void digitise_draw(const struct screen *screen, struct canvas *canvas)
{
	struct digitising *d = screen->state;
	int rows = (d->fields.count < FIELD_ROWS ? d->fields.count : FIELD_ROWS) + 1;
	struct canvas above = canvas_part(canvas, 0, 0, rows, canvas->cols);
	struct canvas below = canvas_part(canvas, rows + 1, 0, canvas->rows - rows - 2, canvas->cols);
	list_draw(&d->fields, &above, d->in_fields);
	canvas_rule(canvas, rows, ROLE_FRAME);
	fresh_list(&d->fresh, &d->papers, &below, !d->in_fields);
	if (d->papers.count)
		canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_DIM, d->shown.rows[d->papers.at].name);
}

/* ---- a paper ---- */

/* A file that is laid to its paper, whatever the list shows meanwhile. */
struct laying {
	struct digitise_act act;
	struct screen *screen;
};

static void on_laid(struct digitise_act *act, const struct error *err)
{
	struct laying *laying = act->owner;
	if (err)
		desk_tell(laying->screen->desk, err);
	else
		desk_say(laying->screen->desk, FAULT_NONE, "%s", _("Đã số hóa giấy tờ; hồ sơ còn giải quyết thì các hệ thống được báo."));
	fresh_read(&((struct digitising *)laying->screen->state)->fresh);
}

static void on_done(struct screen *screen, const struct hand_in_plan *plan, int64_t file_id, const struct held_paper *held)
{
	struct laying *laying = ARENA_NEW(&screen->arena, struct laying);
	(void)held;
	if (!file_id)
		return;
	laying->screen = screen;
	laying->act = (struct digitise_act){ .done = on_laid, .owner = laying };
	digitise_paper(duty_store(duty_of(screen)), &screen->scope, &laying->act, plan->dossier_id, plan->row + 1, file_id);
}

static const struct digitise_row *row_at(const struct digitising *d)
{
	return d->papers.count ? &d->shown.rows[d->papers.at] : NULL;
}

static bool may_scan(const struct screen *screen)
{
	return row_at(screen->state) != NULL;
}

static void run_scan(struct screen *screen)
{
	const struct digitise_row *r = row_at(screen->state);
	if (r)
		hand_in(screen, &(struct hand_in_plan){ .dossier_id = r->dossier_id, .paper = r->name, .system = r->system,
			.row = r->seq - 1, .done = on_done });
}

static void run_dossier(struct screen *screen)
{
	const struct digitise_row *r = row_at(screen->state);
	if (r)
		screen_push(screen->desk, &dossier_screen, &(int64_t){ r->dossier_id });
}

/* ---- keys ---- */

/* The papers follow the field under the cursor. */
static void follow(struct digitising *d)
{
	const char *field = d->fields.at == 0 ? "" : d->shown.counts[d->fields.at - 1].field;
	if (strcmp(field, d->field) == 0)
		return;
	snprintf(d->field, sizeof d->field, "%s", field);
	fresh_read(&d->fresh);
}

static bool digitise_handle(struct screen *screen, const struct event *event)
{
	struct digitising *d = screen->state;
	if (event_is(event, K_TAB, 0) || event_is(event, K_TAB, MOD_SHIFT) || (event_is(event, K_ENTER, 0) && d->in_fields)) {
		d->in_fields = !d->in_fields;
		screen_dirty(screen);
		return true;
	}
	if (event_is(event, K_ENTER, 0)) {
		run_scan(screen);
		return true;
	}
	if (!list_handle(d->in_fields ? &d->fields : &d->papers, event)) {
		if (!event_is(event, K_UP, 0) || d->in_fields)
			return false;
		d->in_fields = true; /* above the first paper are the fields */
	}
	if (d->in_fields)
		follow(d);
	screen_dirty(screen);
	return true;
}

static void digitise_resume(struct screen *screen)
{
	fresh_read(&((struct digitising *)screen->state)->fresh);
}

static void digitise_about(const struct screen *screen, struct about *about)
{
	const struct digitise_row *r = row_at(screen->state);
	if (!r)
		return;
	about->dossier_id = r->dossier_id;
	about->dossier = r->code;
	about->procedure = r->procedure_code;
	about->system = r->system;
}

static const struct action actions[] = {
	{ "digitise-scan", "F4", N_("Quét/tệp"), N_("Quét, kèm tệp, hoặc dùng lại tệp đã lưu cho giấy tờ đang chọn."), may_scan, run_scan },
	{ "digitise-dossier", "F8", N_("Hồ sơ"), N_("Mở hồ sơ của giấy tờ đang chọn."), may_scan, run_dossier },
	{ 0 },
};

const struct screen_kind digitise_screen = {
	.name = "digitise",
	.title = N_("CHƯA SỐ HÓA"),
	.help = N_("Giấy tờ nhận bằng giấy mà chưa có tệp, cũ nhất đứng đầu; giấy chỉ xuất trình hoặc khai thác CSDL không phải số hóa.\n"
	           "Enter: quét ngay. Tab: chọn lĩnh vực. Hồ sơ còn giải quyết thì mọi hệ thống của hồ sơ nhận lại thành phần hồ sơ."),
	.actions = actions,
	.size = sizeof(struct digitising),
	.open = digitise_open,
	.draw = digitise_draw,
	.handle = digitise_handle,
	.resume = digitise_resume,
	.close = digitise_close,
	.about = digitise_about,
};
