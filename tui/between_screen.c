/* SPDX-License-Identifier: Apache-2.0
 *
 *  PHI ĐỊA GIỚI                             Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  ● Nhận hộ nơi khác: 3 hồ sơ, 1 quá hạn chuyển   ○ Nơi khác nhận hộ
 *   Mã hồ sơ              Cơ quan giải quyết          Chuyển trước     Hẹn trả
 * > H01.999-261120-0007   UBND xã Tri Tôn             ! 20/11 17:00    24/11/2026
 *  …
 *   Nguyễn Thị Hồng · Cấp Giấy xác nhận tình trạng hôn nhân
 *   Nhận 20/11 09:41; 2 giấy tờ phải chuyển trước 20/11 17:00.
 *   Bộ Tư pháp: → đã gửi · trả kết quả: Trung tâm cấp tỉnh
 *  F1 Giúp  Enter Mở  F5 Danh sách kia  Esc Về
 */
#include "tui/between_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/right.h"
#include "core/store/between.h"
#include "tui/consign_screen.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/program.h"
#include "tui/travel.h"

enum { MOST = 500, DETAIL_ROWS = 3 };

struct between_view {
	struct fresh fresh;
	struct list list;
	const struct between_row *rows;
	struct between_ask ask;
	bool in;
};

static const struct between_row *here(const struct between_view *v)
{
	return v->list.count ? &v->rows[v->list.at] : NULL;
}

/* "20/11 17:00" */
static const char *short_moment(moment_t at, char out[16])
{
	char whole[32];
	out[0] = '\0';
	if (at != MOMENT_NONE) {
		moment_write(at, whole, sizeof whole); /* 20/11/2026 17:00 */
		snprintf(out, 16, "%.5s%.6s", whole, whole + 10);
	}
	return out;
}

static void hand_cell(const struct between_view *v, const struct between_row *row, struct list_cell *out)
{
	static char text[48];
	char at[16];
	if (v->in)
		snprintf(text, sizeof text, "%s%s", row->hand_late ? "! " : "", short_moment(row->handed_at, at));
	else if (row->handed_at != MOMENT_NONE)
		snprintf(text, sizeof text, _("đã, %s"), short_moment(row->handed_at, at));
	else
		snprintf(text, sizeof text, "%s%s", row->hand_late ? "! " : "", short_moment(row->hand_until, at));
	out->text = text;
	out->role = row->hand_late ? ROLE_LATE : !v->in && row->handed_at == MOMENT_NONE ? ROLE_WARN : ROLE_DIM;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[24];
	char day[16];
	const struct between_view *v = owner;
	const struct between_row *one = &v->rows[row];
	switch (column) {
	case 0: out->text = one->code; break;
	case 1: out->text = one->agency; break;
	case 2: hand_cell(v, one, out); break;
	case 3:
		snprintf(text, sizeof text, "%s%s", one->late ? "! " : "", one->due_at == MOMENT_NONE ? "" : day_write(moment_day(one->due_at), day, sizeof day));
		out->text = text;
		out->role = one->late ? ROLE_LATE : ROLE_TEXT;
		break;
	default:
		out->text = one->owner_name;
		out->role = ROLE_PERSON;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct between_view *)owner)->rows[row].dossier_id;
}

#define COLUMNS(whom, when)                                        \
	{                                                          \
		{ .head = N_("Mã hồ sơ"), .width = 21 },           \
		{ .head = whom, .width = 0 },                      \
		{ .head = when, .width = 17 },                     \
		{ .head = N_("Hẹn trả"), .width = 12 },            \
		{ .head = N_("Chủ hồ sơ"), .width = 24, .from = 110 }, \
		{ 0 },                                             \
	}
static const struct list_column out_columns[] = COLUMNS(N_("Cơ quan giải quyết"), N_("Chuyển trước"));
static const struct list_column in_columns[] = COLUMNS(N_("Nơi đã tiếp nhận"), N_("Đến đây lúc"));

static void lay_list(struct between_view *v)
{
	v->list.columns = v->in ? in_columns : out_columns;
	v->list.empty = v->in ? N_("Không có hồ sơ nào do nơi khác nhận hộ.") : N_("Không có hồ sơ nào nhận hộ nơi khác.");
}

static void on_read(struct between_ask *ask, const struct between_row *rows, int count, const struct error *err)
{
	struct between_view *v = ask->owner;
	if (fresh_came(&v->fresh, err)) {
		v->rows = rows;
		list_set_count(&v->list, count);
	}
	fresh_taken(&v->fresh);
}

static void read_now(struct screen *screen)
{
	struct between_view *v = screen->state;
	v->ask = (struct between_ask){ .done = on_read, .into = &v->fresh.coming, .owner = v };
	between_read(duty_store(duty_of(screen)), &screen->scope, &v->ask, v->in, MOST);
}

static void between_open(struct screen *screen, const void *argument)
{
	struct between_view *v = screen->state;
	(void)argument;
	v->list = (struct list){ .cell = cell, .id = id_of, .owner = v };
	lay_list(v);
	fresh_open(&v->fresh, screen, read_now);
}

static void between_close(struct screen *screen)
{
	fresh_close(&((struct between_view *)screen->state)->fresh);
}

/* ---- showing ---- */

static void draw_heads(const struct between_view *v, struct canvas *canvas)
{
	int late = 0;
	char text[160];
	for (int i = 0; i < v->list.count; i++)
		late += v->rows[i].hand_late && (v->in || v->rows[i].handed_at == MOMENT_NONE);
	if (!v->fresh.known)
		snprintf(text, sizeof text, "…");
	else if (late)
		snprintf(text, sizeof text, v->in ? _("%d hồ sơ, %d chuyển đến trễ") : _("%d hồ sơ, %d quá hạn chuyển"), v->list.count, late);
	else
		snprintf(text, sizeof text, _("%d hồ sơ"), v->list.count);
	int col = 1 + canvas_format(canvas, 0, 1, v->in ? ROLE_DIM : ROLE_TEXT, "%s %s%s%s", v->in ? "○" : "●", _("Nhận hộ nơi khác"), v->in ? "" : ": ", v->in ? "" : text);
	canvas_format(canvas, 0, col + 3, v->in ? ROLE_TEXT : ROLE_DIM, "%s %s%s%s", v->in ? "●" : "○", _("Nơi khác nhận hộ"), v->in ? ": " : "", v->in ? text : "");
}

static const char *passed_on(const struct between_view *v, const struct between_row *row, struct arena *arena)
{
	char since[16], until[16], at[16];
	short_moment(row->since, since);
	short_moment(row->hand_until, until);
	short_moment(row->handed_at, at);
	const char *late = row->hand_late ? _(": trễ") : "";
	if (v->in && row->since == MOMENT_NONE)
		return _("Không rõ nơi kia tiếp nhận lúc nào.");
	if (v->in)
		return arena_format(arena, _("Họ nhận %s, phải chuyển trước %s; đến đây %s%s."), since, until, at, late);
	if (row->handed_at == MOMENT_NONE)
		return row->papers ? arena_format(arena, _("Nhận %s; %d giấy tờ phải chuyển trước %s%s."), since, row->papers, until, late)
		                   : arena_format(arena, _("Nhận %s; không có giấy tờ phải chuyển; chờ họ báo nhận trước %s%s."), since, until, late);
	if (strcmp(row->how, "received") == 0)
		return arena_format(arena, _("Nhận %s; họ báo đã nhận %s%s."), since, at, late);
	if (strcmp(row->how, "system") == 0)
		return arena_format(arena, _("Nhận %s; không có giấy tờ phải chuyển, hệ thống của họ nhận %s%s."), since, at, late);
	return arena_format(arena, _("Nhận %s; giao %s, biên bản số %s%s."), since, at, row->number, late);
}

static void draw_more(const struct between_view *v, const struct between_row *row, struct canvas *canvas)
{
	struct arena arena = { 0 };
	const char *theirs = *row->their_code ? arena_format(&arena, _("mã ở nơi nhận %s · "), row->their_code) : "";
	canvas_cell(canvas, 0, 1, canvas->cols - 2, ROLE_TEXT, arena_format(&arena, "%s · %s%s", row->owner_name, theirs, row->procedure_name));
	canvas_cell(canvas, 1, 1, canvas->cols - 2, row->hand_late ? ROLE_LATE : ROLE_TEXT, passed_on(v, row, &arena));
	const char *back = *row->back_to ? arena_format(&arena, _("trả kết quả: %s"), row->back_to) : _("trả kết quả ở đây");
	canvas_cell(canvas, 2, 1, canvas->cols - 2, row->refused ? ROLE_ERROR : ROLE_DIM,
	            arena_format(&arena, "%s: %s · %s", system_brief(row->system_name), travel_text(row->travel), back));
	arena_free(&arena);
}

static void between_draw(const struct screen *screen, struct canvas *canvas)
{
	struct between_view *v = screen->state;
	struct canvas rows = canvas_part(canvas, 1, 0, canvas->rows - DETAIL_ROWS - 2, canvas->cols);
	draw_heads(v, canvas);
	fresh_list(&v->fresh, &v->list, &rows, true);
	struct canvas more = canvas_part(canvas, canvas->rows - DETAIL_ROWS, 0, DETAIL_ROWS, canvas->cols);
	if (here(v))
		draw_more(v, here(v), &more);
}

static void run_other(struct screen *screen)
{
	struct between_view *v = screen->state;
	v->in = !v->in;
	list_set_count(&v->list, 0);
	lay_list(v);
	fresh_other(&v->fresh);
}

static bool between_handle(struct screen *screen, const struct event *event)
{
	struct between_view *v = screen->state;
	if (list_handle(&v->list, event))
		return true;
	if (event_is(event, K_ENTER, 0) && here(v)) {
		screen_push(screen->desk, &dossier_screen, &(int64_t){ here(v)->dossier_id });
		return true;
	}
	if (event_is(event, K_TAB, 0)) {
		run_other(screen);
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static void between_resume(struct screen *screen)
{
	fresh_read(&((struct between_view *)screen->state)->fresh);
}

static void between_about(const struct screen *screen, struct about *about)
{
	const struct between_row *row = here(screen->state);
	if (!row)
		return;
	about->dossier_id = row->dossier_id;
	about->dossier = row->code;
}

static void run_carry(struct screen *screen)
{
	screen_push(screen->desk, &consign_list_screen, NULL);
}

static const struct action actions[] = {
	{ "between-other", "F5", N_("Bên kia"), N_("Đổi giữa hồ sơ nhận hộ nơi khác và hồ sơ nơi khác nhận hộ; Tab cũng vậy."), NULL, run_other },
	{ "between-carry", "F6", N_("Chuyến"), N_("Chuyến giao nhận: giao giấy tờ cho cơ quan giải quyết, tận tay hoặc qua bưu chính."), NULL, run_carry },
	{ 0 },
};

const struct screen_kind between_screen = {
	.name = "between",
	.title = N_("PHI ĐỊA GIỚI"),
	.help = N_("Nhận hộ nơi khác: hồ sơ tiếp nhận ở đây, cơ quan khác giải quyết. Phải chuyển ngay trong ngày làm việc, nhận sau 15 giờ thì chuyển đầu "
	           "giờ ngày làm việc sau; thời hạn giải quyết tính từ khi cơ quan ấy nhận. Quá hạn chuyển thì đỏ và vào Vướng mắc cần xử lý.\n"
	           "Nơi khác nhận hộ: bộ phận một cửa khác tiếp nhận, đơn vị mình giải quyết; thời hạn tính từ khi đến đây.\n"
	           "Chưa chuyển đứng đầu, rồi đến hạn trả gần nhất. Enter mở hồ sơ, F5 đổi danh sách, F6 lập chuyến giao giấy tờ."),
	.actions = actions,
	.size = sizeof(struct between_view),
	.open = between_open,
	.draw = between_draw,
	.handle = between_handle,
	.resume = between_resume,
	.close = between_close,
	.about = between_about,
};
