/* SPDX-License-Identifier: Apache-2.0
 *
 *  ĐỐI SOÁT                                 Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Hệ thống                       Lần cuối          Họ thiếu Ta thiếu  Khác Trùng
 * > Hệ thống tập trung của Bộ T…   19/11/2026 17:05       ! 1        0   ! 2     0
 *   Cổng Dịch vụ công quốc gia     ! chưa được              —        —     —     —
 *  …
 *   14/11 – 20/11/2026: ở đây 34 hồ sơ, bên kia 33; 2 chênh lệch đã giải thích.
 *  F1 Giúp  F5 Đối chiếu  Enter Xem  Esc Về
 */
#include "tui/reconcile_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/reconcile.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/program.h"

enum { NOTE_ROWS = 3 };

struct systems {
	struct list list;
	const struct reconcile_system *rows;
	struct fresh fresh;
	struct reconcile_ask ask, start_ask;
	char chosen[48];             /* the system whose period is being asked  */
};

static bool differs(const struct reconcile_system *row)
{
	return row->missing_there + row->missing_here + row->status + row->doubled > 0;
}

static void last_cell(const struct reconcile_system *row, struct list_cell *out)
{
	static char text[32];
	if (strcmp(row->state, "waiting") == 0) {
		out->text = _("đang hỏi…");
		out->role = ROLE_DIM;
	} else if (strcmp(row->state, "failed") == 0) {
		out->text = _("! chưa được");
		out->role = ROLE_WARN;
	} else if (row->done_at == MOMENT_NONE) {
		out->text = _("chưa lần nào");
		out->role = ROLE_WARN;
	} else {
		out->text = moment_write(row->done_at, text, sizeof text);
	}
}

static void count_cell(const struct reconcile_system *row, int count, struct list_cell *out)
{
	static char text[16];
	/* Where nobody looked there is no number, least of all a nought. */
	snprintf(text, sizeof text, count ? "! %d" : "%d", count);
	out->text = row->done_at == MOMENT_NONE ? "—" : text;
	out->role = count ? ROLE_ERROR : ROLE_TEXT;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct reconcile_system *system = &((const struct systems *)owner)->rows[row];
	switch (column) {
	case 0: out->text = system->system_name; break;
	case 1: last_cell(system, out); break;
	case 2: count_cell(system, system->missing_there, out); break;
	case 3: count_cell(system, system->missing_here, out); break;
	case 4: count_cell(system, system->status, out); break;
	default: count_cell(system, system->doubled, out); break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return list_id(0, ((const struct systems *)owner)->rows[row].system);
}

static const struct list_column columns[] = {
	{ .head = N_("Hệ thống"), .width = 0 },
	{ .head = N_("Lần cuối"), .width = 16 },
	{ .head = N_("Họ thiếu"), .width = 8, .right = true },
	{ .head = N_("Ta thiếu"), .width = 8, .right = true },
	{ .head = N_("Khác"), .width = 5, .right = true },
	{ .head = N_("Trùng"), .width = 5, .right = true },
	{ 0 },
};

static void on_read(struct reconcile_ask *ask, const void *rows, int count, const struct error *err)
{
	struct systems *s = ask->owner;
	if (fresh_came(&s->fresh, err)) {
		s->rows = rows;
		list_set_count(&s->list, count);
	}
	fresh_taken(&s->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "reconcile") == 0 || strcmp(what, "again") == 0;
}

static void read_now(struct screen *screen)
{
	struct systems *s = screen->state;
	s->ask = (struct reconcile_ask){ .done = on_read, .into = &s->fresh.coming, .owner = s };
	reconcile_systems(duty_store(duty_of(screen)), &screen->scope, &s->ask);
}

static void systems_open(struct screen *screen, const void *argument)
{
	struct systems *s = screen->state;
	screen->status = _("Enter: xem chênh lệch với hệ thống này.");
	(void)argument;
	s->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = s,
		.empty = N_("Chưa hồ sơ nào được gửi tới hệ thống khác.") };
	s->fresh.heeds = heeds;
	fresh_open(&s->fresh, screen, read_now);
}

static void systems_close(struct screen *screen)
{
	fresh_close(&((struct systems *)screen->state)->fresh);
}

static const struct reconcile_system *chosen(const struct systems *s)
{
	return s->list.count ? &s->rows[s->list.at] : NULL;
}

static void draw_note(const struct reconcile_system *row, struct canvas *canvas)
{
	char from[16], to[16], line[600];
	canvas_format(canvas, 0, 0, ROLE_DIM, "%s", row->system_name);
	if (strcmp(row->state, "failed") == 0) {
		snprintf(line, sizeof line, _("Chưa đối chiếu được: %s"), row->note);
		canvas_lines(canvas, 1, 0, canvas->cols, ROLE_WARN, line);
	} else if (row->done_at != MOMENT_NONE && strcmp(row->state, "done") == 0) {
		snprintf(line, sizeof line, _("%s – %s: ở đây %d hồ sơ, bên kia %d; %s"),
		         day_write(row->from_day, from, sizeof from),
		         day_write(row->to_day, to, sizeof to), row->ours, row->theirs,
		         differs(row) ? _("Enter xem chênh lệch") : _("không còn chênh lệch"));
		canvas_lines(canvas, 1, 0, canvas->cols, differs(row) ? ROLE_TEXT : ROLE_GOOD, line);
		if (row->settled)
			canvas_format(canvas, 2, 0, ROLE_DIM, _("%d chênh lệch đã được giải thích."),
			              row->settled);
	}
}

static void systems_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct systems *s = screen->state;
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - NOTE_ROWS - 1, canvas->cols);
	fresh_list(&s->fresh, (struct list *)&s->list, &rows, true);
	if (!s->list.count)
		return;
	struct canvas note = canvas_part(canvas, canvas->rows - NOTE_ROWS, 1, NOTE_ROWS,
	                                 canvas->cols - 2);
	draw_note(chosen(s), &note);
}

static bool systems_handle(struct screen *screen, const struct event *event)
{
	struct systems *s = screen->state;
	if (list_handle(&s->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || !chosen(s))
		return false;
	screen_push(screen->desk, &reconcile_list_screen,
	            &(struct reconcile_list_plan){ .system = chosen(s)->system,
	                                           .system_name = chosen(s)->system_name });
	return true;
}

static void systems_resume(struct screen *screen)
{
	fresh_read(&((struct systems *)screen->state)->fresh);
}

static void on_started(struct reconcile_ask *ask, const void *rows, int count,
                       const struct error *err)
{
	struct systems *s = ask->owner;
	(void)rows, (void)count;
	if (err)
		desk_tell(s->fresh.screen->desk, err);
	else
		desk_say(s->fresh.screen->desk, FAULT_NONE, "%s",
		         _("Đang hỏi danh sách bên kia; kết quả hiện ra khi họ trả lời."));
	fresh_read(&s->fresh);
}

static void on_period(struct screen *screen, int choice, void *data)
{
	static const int days[] = { 0, 6, 29 };
	struct systems *s = screen->state;
	day_t today = desk_today(screen->desk);
	(void)data;
	if (choice < 0 || s->start_ask.ask.slot)
		return;
	s->start_ask = (struct reconcile_ask){ .done = on_started, .owner = s };
	reconcile_start(duty_store(duty_of(screen)), &screen->scope, &s->start_ask, s->chosen,
	                today - days[choice], today);
}

static bool may_start(const struct screen *screen)
{
	return chosen(screen->state) != NULL;
}

static void run_start(struct screen *screen)
{
	struct systems *s = screen->state;
	const char *periods[] = { _("Hồ sơ nhận hôm nay"), _("Hồ sơ nhận 7 ngày qua"),
		                  _("Hồ sơ nhận 30 ngày qua") };
	char question[300];
	snprintf(s->chosen, sizeof s->chosen, "%s", chosen(s)->system);
	snprintf(question, sizeof question, _("Đối chiếu với %s những hồ sơ nào?"),
	         chosen(s)->system_name);
	ask_choice(screen, question, periods, 3, 1, on_period, NULL);
}

static const struct action actions[] = {
	{ "reconcile-start", "F5", N_("Đối chiếu"), N_("Hỏi danh sách của hệ thống đang chọn và so với danh sách ở đây."),
	  may_start, run_start },
	{ 0 },
};

const struct screen_kind reconcile_screen = {
	.name = "reconcile",
	.title = N_("ĐỐI SOÁT"),
	.help = N_("Danh sách hồ sơ ở đây so với danh sách của từng hệ thống: thiếu bên kia, thiếu ở đây, khác trạng thái, trùng.\n"
	           "Mỗi tối chương trình tự đối chiếu; F5 đối chiếu ngay. Enter xem chênh lệch. Hệ thống không cho lấy danh sách thì nói rõ là chưa đối chiếu được."),
	.actions = actions,
	.size = sizeof(struct systems),
	.open = systems_open,
	.draw = systems_draw,
	.handle = systems_handle,
	.resume = systems_resume,
	.close = systems_close,
};
