/* SPDX-License-Identifier: Apache-2.0
 *
 *  SẮP TRỄ                                  Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Mã hồ sơ              Chủ hồ sơ               Hẹn trả      Xin lỗi   Nên hẹn
 * > H01.999-261120-0007   Nguyễn Thị Hồng         ! 24/11/2026 hôm nay   27/11/2026
 *  …
 *   Cấp Giấy xác nhận tình trạng hôn nhân · Trần Đăng Khoa, Công chức tư pháp – hộ tịch
 *   Thẩm tra, xác minh; các bước còn lại xong lúc 26/11/2026 11:30
 *  F1 Giúp  Enter Mở  Esc Về
 */
#include "tui/life_list.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/lifecycle.h"
#include "core/dossier/procedure.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/linked_screen.h"
#include "tui/list.h"
#include "tui/program.h"

enum { MOST = 300, DETAIL_ROWS = 4, NAME_ROWS = 2 };

struct lives {
	enum life_list which;
	const char *login;
	struct list list;
	const struct life_row *rows;
	struct fresh fresh;
	struct life_rows_ask ask;
};

static void code_or_owner(const struct life_row *row, int column, struct list_cell *out)
{
	out->text = column == 0 ? row->code : row->owner_name;
	out->role = column == 0 ? ROLE_TEXT : ROLE_PERSON;
}

static const char *day_of_moment(moment_t at, char out[16])
{
	return at == MOMENT_NONE ? "" : day_write(moment_day(at), out, 16);
}

/* ---- nearly late ---- */

static void soon_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[24], day[16];
	const struct life_row *one = &((const struct lives *)owner)->rows[row];
	bool missed = strcmp(one->urgency, "missed") == 0, today = strcmp(one->urgency, "today") == 0;
	switch (column) {
	case 2:
		snprintf(text, sizeof text, "%s%s", missed ? "! " : "", day_of_moment(one->due_at, day));
		out->text = text;
		out->role = missed ? ROLE_LATE : ROLE_TEXT;
		break;
	case 3:
		out->text = missed ? _("! đã trễ") : today ? _("! hôm nay") : day_write(one->last_day, day, sizeof day);
		out->role = missed ? ROLE_LATE : today ? ROLE_WARN : ROLE_TEXT;
		break;
	case 4: out->text = one->extensions ? _("đã hẹn lại") : day_of_moment(one->proposal, day); break;
	default: code_or_owner(one, column, out);
	}
}

static const struct list_column soon_columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 23 },
	{ .head = N_("Chủ hồ sơ"), .width = 0 },
	{ .head = N_("Hẹn trả"), .width = 12 },
	{ .head = N_("Xin lỗi đến"), .width = 11 },
	{ .head = N_("Nên hẹn"), .width = 10 },
	{ 0 },
};

/* ---- to be checked ---- */

static void check_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[40], at[32];
	const struct life_row *one = &((const struct lives *)owner)->rows[row];
	switch (column) {
	case 2: out->text = channel_name((enum channel)one->channel); break;
	case 3: out->text = status_name(one->status); break;
	case 4:
		snprintf(text, sizeof text, "%s%s", one->late ? "! " : "", moment_write(one->check_until, at, sizeof at));
		out->text = text;
		out->role = one->late ? ROLE_LATE : ROLE_TEXT;
		break;
	default: code_or_owner(one, column, out);
	}
}

static const struct list_column check_columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 23 },
	{ .head = N_("Chủ hồ sơ"), .width = 0 },
	{ .head = N_("Kênh"), .width = 10, .from = 92 },
	{ .head = N_("Trạng thái"), .width = 14 },
	{ .head = N_("Chậm nhất"), .width = 18 },
	{ 0 },
};

/* ---- in somebody's hands ---- */

static void held_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[24], day[16];
	const struct life_row *one = &((const struct lives *)owner)->rows[row];
	switch (column) {
	case 2: out->text = *one->step ? one->step : one->place; break;
	case 3:
		snprintf(text, sizeof text, "%s%s", one->late ? "! " : "", day_of_moment(one->due_at, day));
		out->text = text;
		out->role = one->late ? ROLE_LATE : ROLE_TEXT;
		break;
	default: code_or_owner(one, column, out);
	}
}

static const struct list_column held_columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 23 },
	{ .head = N_("Chủ hồ sơ"), .width = 20 },
	{ .head = N_("Bước"), .width = 0 },
	{ .head = N_("Hẹn trả"), .width = 12 },
	{ 0 },
};

static int64_t id_of(void *owner, int row)
{
	const struct lives *l = owner;
	return list_id(l->rows[row].dossier_id, l->which == LIFE_OVER ? l->rows[row].step : ""); /* one for each linked part there */
}

/* ---- papers that did not come ---- */

static void over_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[24], day[16];
	const struct lives *l = owner;
	const struct life_row *one = &l->rows[row];
	moment_t last = one->check_until - 1; /* the day that ended with it */
	switch (column) {
	case 2: out->text = *one->step ? one->step : _("hồ sơ này"); break;
	case 3:
		out->text = day_of_moment(last, day);
		out->role = ROLE_LATE;
		break;
	case 4:
		snprintf(text, sizeof text, "%d", (int)(desk_today(l->fresh.screen->desk) - moment_day(last)));
		out->text = text;
		break;
	default: code_or_owner(one, column, out);
	}
}

static const struct list_column over_columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Chủ hồ sơ"), .width = 0 },
	{ .head = N_("Bổ sung cho"), .width = 20 },
	{ .head = N_("Hạn cuối"), .width = 10 },
	{ .head = N_("quá ngày"), .width = 8, .right = true },
	{ 0 },
};

static const struct {
	const char *title, *empty;
	const struct list_column *columns;
	void (*cell)(void *, int, int, struct list_cell *);
} kinds[] = {
	[LIFE_SOON] = { N_("SẮP TRỄ: NÊN XIN LỖI, HẸN LẠI"), N_("Không có hồ sơ nào sắp trễ."), soon_columns, soon_cell },
	[LIFE_CHECK] = { N_("HẠN KIỂM TRA, YÊU CẦU BỔ SUNG"), N_("Không có hồ sơ nào chờ kiểm tra."), check_columns, check_cell },
	[LIFE_OVER] = { N_("QUÁ HẠN BỔ SUNG GIẤY TỜ"), N_("Không có công dân nào quá hạn bổ sung."), over_columns, over_cell },
	[LIFE_HELD] = { N_("HỒ SƠ ĐANG GIỮ"), N_("Không giữ hồ sơ nào."), held_columns, held_cell },
};

/* ---- reading ---- */

static void on_read(struct life_rows_ask *ask, const struct life_row *rows, int count, const struct error *err)
{
	struct lives *l = ask->owner;
	if (fresh_came(&l->fresh, err)) {
		l->rows = rows;
		list_set_count(&l->list, count);
	}
	fresh_taken(&l->fresh);
}

static void read_now(struct screen *screen)
{
	struct lives *l = screen->state;
	l->ask = (struct life_rows_ask){ .done = on_read, .into = &l->fresh.coming, .owner = l };
	life_rows_read(duty_store(duty_of(screen)), &screen->scope, &l->ask, l->which, l->login, MOST);
}

static void lives_open(struct screen *screen, const void *argument)
{
	const struct life_list_plan *plan = argument;
	struct lives *l = screen->state;
	l->which = plan->which;
	l->login = plan->login ? arena_string(&screen->arena, plan->login) : NULL;
	screen->title = plan->title ? text_upper(&screen->arena, plan->title) : _(kinds[l->which].title);
	screen->status = _("Enter: mở hồ sơ.");
	l->list = (struct list){ .columns = kinds[l->which].columns, .cell = kinds[l->which].cell, .id = id_of, .owner = l, .empty = kinds[l->which].empty };
	fresh_open(&l->fresh, screen, read_now);
}

static void lives_close(struct screen *screen)
{
	fresh_close(&((struct lives *)screen->state)->fresh);
}

/* ---- showing ---- */

static void draw_more(const struct life_row *row, struct canvas *canvas)
{
	struct arena arena = { 0 };
	char at[32];
	struct canvas name = canvas_part(canvas, 0, 1, NAME_ROWS, canvas->cols - 2);
	int at_row = canvas_lines(&name, 0, 0, name.cols, ROLE_TEXT, row->procedure_name);
	at_row = at_row < NAME_ROWS ? at_row : NAME_ROWS;
	if (*row->holder || *row->place)
		canvas_cell(canvas, at_row, 1, canvas->cols - 2, ROLE_DIM, arena_format(&arena, _("Đang giữ: %s%s%s"), row->holder, *row->holder && *row->place ? ", " : "", row->place));
	if (*row->step)
		canvas_cell(canvas, at_row + 1, 1, canvas->cols - 2, ROLE_DIM, row->forecast == MOMENT_NONE ? row->step
			: arena_format(&arena, _("Các bước còn lại xong lúc %s; đang ở bước: %s"), moment_write(row->forecast, at, sizeof at), row->step));
	arena_free(&arena);
}

static void lives_draw(const struct screen *screen, struct canvas *canvas)
{
	struct lives *l = screen->state;
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - DETAIL_ROWS - 1, canvas->cols);
	fresh_list(&l->fresh, &l->list, &rows, true);
	struct canvas more = canvas_part(canvas, canvas->rows - DETAIL_ROWS, 0, DETAIL_ROWS, canvas->cols);
	if (l->list.count)
		draw_more(&l->rows[l->list.at], &more);
}

static bool lives_handle(struct screen *screen, const struct event *event)
{
	struct lives *l = screen->state;
	if (list_handle(&l->list, event))
		return true;
	if (event_is(event, K_ENTER, 0) && l->list.count) {
		const struct life_row *row = &l->rows[l->list.at];
		bool chained = l->which == LIFE_OVER && *row->step;
		screen_push(screen->desk, chained ? &linked_screen : &dossier_screen, &(int64_t){ row->dossier_id });
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static void lives_about(const struct screen *screen, struct about *about)
{
	const struct lives *l = screen->state;
	if (!l->list.count)
		return;
	about->dossier_id = l->rows[l->list.at].dossier_id;
	about->dossier = l->rows[l->list.at].code;
}

const struct screen_kind life_list_screen = {
	.name = "life-list",
	.title = N_("HỒ SƠ"),
	.help = N_("Sắp trễ: hồ sơ đến hạn trong ba ngày làm việc, hoặc các bước còn lại không kịp. Văn bản xin lỗi phải gửi chậm nhất một ngày trước ngày hẹn, "
	           "và chỉ được hẹn lại một lần: mở hồ sơ bằng Enter, Enter nữa, chọn Xin lỗi.\n"
	           "Hạn kiểm tra: nộp trực tuyến 8 giờ làm việc, trực tiếp 1 ngày làm việc, sau thẩm định 3 ngày làm việc.\n"
	           "Quá hạn bổ sung: công dân không mang giấy tờ đến trước ngày đã hẹn; mở hồ sơ, Enter nữa để dừng hoặc không tiếp nhận."),
	.size = sizeof(struct lives),
	.open = lives_open,
	.draw = lives_draw,
	.handle = lives_handle,
	.close = lives_close,
	.about = lives_about,
};
