/* SPDX-License-Identifier: Apache-2.0
 *
 *  SỔ CHỨNG THỰC                            Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 14:41
 *   Sổ          Năm   Quyển  Số           Đã ghi  Huỷ  Tình trạng
 * > SCT/BS      2026  02     121 –           14    0   đang ghi
 *   SCT/BS      2026  01     01 – 120       120    2   khoá 20/11/2026
 *   Sổ chứng thực bản sao từ bản chính
 *   Mở 20/11/2026 14:40, Phạm Thu Huệ
 *  F1 Giúp  F7 Số cuối  F8 Khoá năm  F9 Quyển mới  Esc Về
 */
#include "tui/certify_books.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/certify.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/program.h"

enum { DETAIL_ROWS = 3 };

struct books {
	struct fresh fresh;
	struct list list;
	const struct certify_volume *rows;
	struct certify_volumes_ask ask;
	struct certify_act act;
	char book[16];
	int year, known;
	char number[8]; /* the last one on paper, as typed: written down after a second question */
};

static const struct certify_volume *here(const struct books *b)
{
	return b->list.count ? &b->rows[b->list.at] : NULL;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[48], day[20];
	const struct certify_volume *one = &((const struct books *)owner)->rows[row];
	bool open = one->volume && one->closed_at == MOMENT_NONE;
	text[0] = '\0';
	switch (column) {
	case 0: snprintf(text, sizeof text, "%s", one->sign); break;
	case 1:
		if (one->volume)
			snprintf(text, sizeof text, "%d", one->year);
		break;
	case 2:
		if (one->volume)
			snprintf(text, sizeof text, "%02d", one->volume);
		break;
	case 3:
		if (one->volume && one->last >= one->first)
			snprintf(text, sizeof text, "%02d – %02d", one->first, one->last);
		else if (one->volume)
			snprintf(text, sizeof text, _("từ %02d"), one->first);
		break;
	case 4: snprintf(text, sizeof text, "%d", one->numbers); break;
	case 5: snprintf(text, sizeof text, "%d", one->cancelled); break;
	default:
		if (one->doubt_year && (!one->volume || one->year == one->doubt_year)) {
			out->role = ROLE_WARN;
			snprintf(text, sizeof text, "%s", _("! chờ xác nhận số cuối"));
			break;
		}
		if (!one->volume)
			snprintf(text, sizeof text, "%s", _("chưa ghi số nào"));
		else if (open)
			snprintf(text, sizeof text, "%s", one->this_year ? _("đang ghi") : _("! chưa khoá"));
		else
			snprintf(text, sizeof text, _("khoá %s"), day_write(moment_day(one->closed_at), day, sizeof day));
		out->role = open ? one->this_year ? ROLE_GOOD : ROLE_WARN : ROLE_DIM;
	}
	out->text = text;
}

static int64_t id_of(void *owner, int row)
{
	return list_id(((const struct books *)owner)->rows[row].year * 1000 + ((const struct books *)owner)->rows[row].volume, ((const struct books *)owner)->rows[row].book);
}

static const struct list_column columns[] = {
	{ .head = N_("Sổ"), .width = 10 },
	{ .head = N_("Năm"), .width = 5 },
	{ .head = N_("Quyển"), .width = 5 },
	{ .head = N_("Số"), .width = 15 },
	{ .head = N_("Đã ghi"), .width = 6, .right = true },
	{ .head = N_("Huỷ"), .width = 4, .right = true },
	{ .head = N_("Tình trạng"), .width = 0 },
	{ 0 },
};

static void on_read(struct certify_volumes_ask *ask, const struct certify_volume *rows, int count, const struct error *err)
{
	struct books *b = ask->owner;
	if (fresh_came(&b->fresh, err)) {
		b->rows = rows;
		list_set_count(&b->list, count);
	}
	fresh_taken(&b->fresh);
}

static void read_now(struct screen *screen)
{
	struct books *b = screen->state;
	b->ask = (struct certify_volumes_ask){ .done = on_read, .into = &b->fresh.coming, .owner = b };
	certify_volumes_read(duty_store(duty_of(screen)), &screen->scope, &b->ask);
}

/* ---- acts ---- */

static void on_next(struct certify_act *act, const char *number, const struct error *err)
{
	struct books *b = act->owner;
	if (err)
		desk_tell(b->fresh.screen->desk, err);
	else
		desk_say(b->fresh.screen->desk, FAULT_NONE, _("Đã mở quyển số %s; số chạy tiếp trong năm."), number);
	fresh_read(&b->fresh);
}

static void on_closed(struct certify_act *act, const char *number, const struct error *err)
{
	struct books *b = act->owner;
	if (err)
		desk_tell(b->fresh.screen->desk, err);
	else
		desk_say(b->fresh.screen->desk, FAULT_NONE, _("Đã khoá sổ năm %d, số cuối %s."), b->year, number);
	fresh_read(&b->fresh);
}

static void on_confirmed(struct certify_act *act, const char *number, const struct error *err)
{
	struct books *b = act->owner;
	if (err)
		desk_tell(b->fresh.screen->desk, err);
	else
		desk_say(b->fresh.screen->desk, FAULT_NONE, _("Số cuối năm %d là %s; số tiếp theo ghi được rồi."), b->year, number);
	fresh_read(&b->fresh);
}

static void yes_next(struct screen *screen, bool yes, void *data)
{
	struct books *b = screen->state;
	(void)data;
	if (!yes || b->act.ask.slot)
		return;
	b->act = (struct certify_act){ .done = on_next, .owner = b };
	certify_next_volume(duty_store(duty_of(screen)), &screen->scope, &b->act, b->book);
}

static void yes_close(struct screen *screen, bool yes, void *data)
{
	struct books *b = screen->state;
	(void)data;
	if (!yes || b->act.ask.slot)
		return;
	b->act = (struct certify_act){ .done = on_closed, .owner = b };
	certify_close_year(duty_store(duty_of(screen)), &screen->scope, &b->act, b->book, b->year);
}

/* The volume under the cursor is written into; by its year. */
static bool may(const struct screen *screen, bool this_year)
{
	const struct certify_volume *one = here(screen->state);
	return one && one->volume && one->closed_at == MOMENT_NONE && one->this_year == this_year && duty_of(screen)->facts->is_supervisor;
}

static bool may_confirm(const struct screen *screen)
{
	const struct certify_volume *one = here(screen->state);
	return one && one->doubt_year && duty_of(screen)->facts->is_supervisor;
}

static const char *check_number(struct screen *screen, const char *text, void *data)
{
	(void)screen;
	(void)data;
	return *text && strlen(text) <= 6 && strspn(text, "0123456789") == strlen(text) ? NULL : _("Ghi số cuối trong sổ giấy, ví dụ 127; chưa có số nào: 0.");
}

static void yes_number(struct screen *screen, bool yes, void *data)
{
	struct books *b = screen->state;
	(void)data;
	if (!yes || b->act.ask.slot)
		return;
	b->act = (struct certify_act){ .done = on_confirmed, .owner = b };
	certify_confirm(duty_store(duty_of(screen)), &screen->scope, &b->act, b->book, b->year, b->number);
}

/* Nothing takes it back, and the book may have no gap: one digit too many is seen here. */
static void on_number(struct screen *screen, const char *text, void *data)
{
	struct books *b = screen->state;
	int last = text ? (int)strtol(text, NULL, 10) : 0;
	struct arena arena = { 0 };
	(void)data;
	if (!text)
		return;
	snprintf(b->number, sizeof b->number, "%s", text);
	if (last > b->known)
		ask_yes(screen, arena_format(&arena, _("Số tiếp theo sẽ là %02d; các số %02d đến %02d chỉ có trên sổ giấy. Ghi rồi không sửa lại được. Đúng như sổ giấy?"),
			last + 1, b->known + 1, last), true, yes_number, NULL);
	else
		ask_yes(screen, arena_format(&arena, _("Số tiếp theo sẽ là %02d. Ghi rồi không sửa lại được. Đúng như sổ giấy?"), last + 1), true, yes_number, NULL);
	arena_free(&arena);
}

static void run_confirm(struct screen *screen)
{
	struct books *b = screen->state;
	const struct certify_volume *one = here(b);
	struct arena arena = { 0 };
	snprintf(b->book, sizeof b->book, "%s", one->book);
	b->year = one->doubt_year;
	b->known = one->doubt_known;
	ask_for_text(screen, &(struct ask_text){ .question = arena_format(&arena, _("%s năm %d: dữ liệu được phục hồi biết đến số %02d. Xem sổ giấy: số cuối đã ghi là số mấy?"),
		one->sign, one->doubt_year, one->doubt_known), .max = 6, .plain = true, .check = check_number }, on_number, NULL);
	arena_free(&arena);
}

static bool may_next(const struct screen *screen)
{
	return may(screen, true);
}

static bool may_close(const struct screen *screen)
{
	return may(screen, false);
}

static void ask_about(struct screen *screen, const char *question, void (*then)(struct screen *, bool, void *))
{
	struct books *b = screen->state;
	const struct certify_volume *one = here(b);
	struct arena arena = { 0 };
	snprintf(b->book, sizeof b->book, "%s", one->book);
	b->year = one->year;
	ask_yes(screen, arena_format(&arena, question, one->sign, one->volume, one->year, one->first, one->last, one->cancelled), true, then, NULL);
	arena_free(&arena);
}

static void run_next(struct screen *screen)
{
	ask_about(screen, _("%s: khoá quyển số %02d/%d (số %02d đến %02d, huỷ %d) và mở quyển tiếp theo? Số chạy tiếp, không về 01."), yes_next);
}

static void run_close(struct screen *screen)
{
	ask_about(screen, _("%s: khoá quyển số %02d/%d, quyển cuối năm (số %02d đến %02d, huỷ %d)? Khoá rồi không mở lại."), yes_close);
}

/* ---- the screen ---- */

static void books_open(struct screen *screen, const void *argument)
{
	struct books *b = screen->state;
	(void)argument;
	b->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = b };
	fresh_open(&b->fresh, screen, read_now);
}

static void books_close(struct screen *screen)
{
	fresh_close(&((struct books *)screen->state)->fresh);
}

static void books_draw(const struct screen *screen, struct canvas *canvas)
{
	struct books *b = screen->state;
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - DETAIL_ROWS - 1, canvas->cols);
	const struct certify_volume *one = here(b);
	char at[32];
	fresh_list(&b->fresh, &b->list, &rows, true);
	if (!one)
		return;
	canvas_text(canvas, canvas->rows - 3, 1, ROLE_TEXT, one->name);
	if (one->volume)
		canvas_format(canvas, canvas->rows - 2, 1, ROLE_DIM, _("Mở %s, %s; từ số %02d"), moment_write(one->opened_at, at, sizeof at), one->opened_by, one->first);
	if (one->volume && one->closed_at != MOMENT_NONE)
		canvas_format(canvas, canvas->rows - 1, 1, ROLE_DIM, _("Khoá %s, %s; số cuối %02d, huỷ %d số"), moment_write(one->closed_at, at, sizeof at), one->closed_by,
		              one->last, one->cancelled);
}

static bool books_handle(struct screen *screen, const struct event *event)
{
	if (list_handle(&((struct books *)screen->state)->list, event))
		return true;
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static const struct action actions[] = {
	{ "book-confirm", "F7", N_("Số cuối"), N_("Sau khi phục hồi dữ liệu: xác nhận số cuối đã ghi trong sổ giấy; người phụ trách."), may_confirm, run_confirm },
	{ "book-close", "F8", N_("Khoá năm"), N_("Khoá sổ của năm đã hết: dòng khoá với số cuối; người phụ trách."), may_close, run_close },
	{ "book-next", "F9", N_("Quyển mới"), N_("Khoá quyển đang ghi, mở quyển tiếp theo của năm; số chạy tiếp; người phụ trách."), may_next, run_next },
	{ 0 },
};

const struct screen_kind certify_books_screen = {
	.name = "certify-books",
	.title = N_("SỔ CHỨNG THỰC"),
	.help = N_("Bốn sổ chứng thực, mỗi năm ghi từ số 01, hết quyển thì mở quyển tiếp, số chạy tiếp trong năm. Mỗi quyển có dòng mở và dòng khoá: ngày, người, số đầu, số cuối.\n"
	           "F9 mở quyển mới; hết năm F8 khoá sổ. Dữ liệu vừa phục hồi từ bản sao thì F7 xác nhận số cuối trong sổ giấy rồi mới ghi tiếp. Ghi số: Ctrl-P ghi sổ chứng thực ở hồ sơ; đọc, in, huỷ số: Ctrl-P báo cáo, sổ chứng thực."),
	.actions = actions,
	.size = sizeof(struct books),
	.open = books_open,
	.draw = books_draw,
	.handle = books_handle,
	.close = books_close,
};
