/* SPDX-License-Identifier: Apache-2.0
 *
 *  BÀI TẬP                                  Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Bài                                                   Bước      Đã xong
 *  >Đôi tay: bảng lệnh, giúp, khoá màn hình                          20/11/2026
 *   Nhận một hồ sơ                                         3/8
 *   Thiếu giấy tờ: phiếu bổ sung (Mẫu 02)
 *
 *   Từ thẻ căn cước đến giấy hẹn, chưa tới hai mươi lăm phím.
 *  F1 Giúp  Enter Học  F5 Từ đầu  F6 Thôi  Esc Về
 */
#include "tui/lesson_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/lessons.h"
#include "tui/coach.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/list.h"

struct learning {
	struct list list;
	struct lessons_ask ask;
	struct arena memory;
	struct screen *screen;
};

bool lesson_may(const struct screen *screen)
{
	struct duty *duty = duty_of(screen);
	return duty && duty->coach;
}

static const struct lesson_row *progress_of(const struct learning *l, const struct lesson *lesson)
{
	for (int i = 0; i < l->ask.count; i++)
		if (strcmp(l->ask.rows[i].lesson, lesson->name) == 0)
			return &l->ask.rows[i];
	return NULL;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[32];
	const struct learning *l = owner;
	const struct lesson *lesson = &LESSONS[row];
	const struct lesson_row *done = progress_of(l, lesson);
	int step = 0;
	bool now = coach_lesson(duty_of(l->screen)->coach, &step) == lesson;
	if (!now)
		step = done ? done->step : 0;
	text[0] = '\0';
	switch (column) {
	case 0:
		out->text = _(lesson->title);
		return;
	case 1:
		if (now || step)
			snprintf(text, sizeof text, "%s%d/%d", now ? "> " : "", step + 1, lesson_steps(lesson));
		break;
	default:
		if (done && done->done_at != MOMENT_NONE)
			day_write(moment_day(done->done_at), text, sizeof text);
		break;
	}
	out->text = text;
}

static const struct list_column columns[] = {
	{ .head = N_("Bài"), .width = 0 },
	{ .head = N_("Bước"), .width = 8, .right = true },
	{ .head = N_("Đã xong"), .width = 12, .right = true },
	{ 0 },
};

static void on_read(struct lessons_ask *ask, const struct error *err)
{
	struct learning *l = ask->owner;
	if (err)
		desk_tell(l->screen->desk, err);
	screen_dirty(l->screen);
}

static void read_again(struct learning *l)
{
	arena_free(&l->memory);
	l->ask = (struct lessons_ask){ .done = on_read, .into = &l->memory, .owner = l };
	lessons_read(duty_store(duty_of(l->screen)), &l->screen->scope, &l->ask);
}

static void lesson_open(struct screen *screen, const void *argument)
{
	struct learning *l = screen->state;
	int count = 0;
	(void)argument;
	while (LESSONS[count].name)
		count++;
	l->screen = screen;
	l->list = (struct list){ .columns = columns, .cell = cell, .owner = l };
	list_set_count(&l->list, count);
	read_again(l);
}

static void lesson_close(struct screen *screen)
{
	struct learning *l = screen->state;
	arena_free(&l->memory);
}

static void lesson_draw(const struct screen *screen, struct canvas *canvas)
{
	struct learning *l = screen->state;
	struct canvas above = canvas_part(canvas, 0, 0, canvas->rows - 4, canvas->cols);
	list_draw(&l->list, &above, true);
	canvas_rule(canvas, canvas->rows - 4, ROLE_FRAME);
	canvas_lines(canvas, canvas->rows - 3, 1, canvas->cols - 2, ROLE_TEXT, _(LESSONS[l->list.at].aim));
	canvas_lines(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_DIM,
	             _("Việc cần làm hiện ở dòng trạng thái; làm xong thật thì sang bước sau."));
}

static void begin(struct screen *screen, bool anew)
{
	struct learning *l = screen->state;
	const struct lesson *lesson = &LESSONS[l->list.at];
	const struct lesson_row *done = progress_of(l, lesson);
	bool on = !anew && done && done->step > 0;
	coach_start(duty_of(screen)->coach, lesson, on ? done->step : 0, on ? done->begun_at : MOMENT_NONE);
	screen_pop(screen);
}

static void run_begin(struct screen *screen)
{
	begin(screen, false);
}

static void run_anew(struct screen *screen)
{
	begin(screen, true);
}

static bool may_stop(const struct screen *screen)
{
	return coach_lesson(duty_of(screen)->coach, NULL) != NULL;
}

static void run_stop(struct screen *screen)
{
	coach_stop(duty_of(screen)->coach);
	desk_say(screen->desk, FAULT_NONE, "%s", _("Đã thôi bài đang học; bước đang dở được nhớ."));
	read_again(screen->state);
}

static bool lesson_handle(struct screen *screen, const struct event *event)
{
	struct learning *l = screen->state;
	if (!list_handle(&l->list, event))
		return false;
	screen_dirty(screen);
	return true;
}

static const struct action actions[] = {
	{ "lesson-begin", "Enter", N_("Học"), N_("Học bài đang chọn, từ bước đang dở."), NULL, run_begin },
	{ "lesson-anew", "F5", N_("Từ đầu"), N_("Học lại bài đang chọn từ bước đầu."), NULL, run_anew },
	{ "lesson-stop", "F6", N_("Thôi"), N_("Thôi bài đang học, bước đang dở được nhớ."), may_stop, run_stop },
	{ 0 },
};

const struct screen_kind lesson_screen = {
	.name = "lessons",
	.title = N_("BÀI TẬP"),
	.help = N_("Mỗi bài dắt tay qua một việc trên màn hình thật của đơn vị tập duyệt. Enter: học.\n"
	           "Ở bất cứ đâu, Ctrl-V thay máy quét: đọc thẻ căn cước của một công dân không có thật."),
	.actions = actions,
	.size = sizeof(struct learning),
	.open = lesson_open,
	.draw = lesson_draw,
	.handle = lesson_handle,
	.close = lesson_close,
};
