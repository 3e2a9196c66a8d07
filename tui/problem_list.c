/* SPDX-License-Identifier: Apache-2.0
 *
 *  VƯỚNG MẮC CẦN XỬ LÝ                      Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Mã hồ sơ              Nơi nhận              Bên nhận nói
 * > H01.999-261120-0007   Hệ thống của Bộ Tư…   Thiếu ngày cấp giấy tờ
 *  …
 *   20/11/2026 09:41 · Hệ thống tập trung của Bộ Tư pháp
 *   Thiếu ngày cấp giấy tờ của chủ hồ sơ (mã lỗi 4012)
 *  F1 Giúp  Enter Mở  Esc Về
 */
#include "tui/problem_list.h"

#include "core/base/say.h"
#include "core/store/acts.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/program.h"

enum { MOST = 200, REASON_ROWS = 4, REST_MS = 200 };

struct problems {
	struct list list;
	const struct problem_row *rows;
	struct arena memory, coming; /* of the rows shown; of those on their way */
	struct problems_ask ask;
	bool reading, again;
	struct timer soon;
	struct listener listener;
	struct screen *screen;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct problem_row *problem = &((const struct problems *)owner)->rows[row];
	switch (column) {
	case 0: out->text = problem->code; break;
	case 1: out->text = problem->system_name; break;
	default:
		out->text = problem->said;
		out->role = ROLE_ERROR;
		break;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Nơi nhận"), .width = 20 },
	{ .head = N_("Bên nhận nói"), .width = 0 },
	{ 0 },
};

static void start_read(struct problems *p);

static void on_read(struct problems_ask *ask, const struct problem_row *rows, int count,
                    const struct error *err)
{
	struct problems *p = ask->owner;
	p->reading = false;
	if (err) {
		desk_tell(p->screen->desk, err);
		arena_free(&p->coming);
	} else {
		arena_free(&p->memory);
		p->memory = p->coming;
		p->coming = (struct arena){ 0 };
		p->rows = rows;
		list_set_count(&p->list, count);
	}
	screen_dirty(p->screen);
	if (p->again)
		start_read(p);
}

static void start_read(struct problems *p)
{
	p->again = p->reading;
	if (p->reading)
		return;
	p->reading = true;
	p->ask = (struct problems_ask){ .done = on_read, .into = &p->coming, .owner = p };
	problems_read(duty_store(duty_of(p->screen)), &p->screen->scope, &p->ask, MOST);
}

static void on_soon(struct timer *timer)
{
	start_read(OWNER_OF(timer, struct problems, soon));
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct problems *p = OWNER_OF(listener, struct problems, listener);
	(void)what, (void)id;
	if (!p->soon.armed)
		loop_after(p->screen->desk->loop, &p->soon, REST_MS);
}

static void problems_open(struct screen *screen, const void *argument)
{
	struct problems *p = screen->state;
	(void)argument;
	p->screen = screen;
	p->soon.fire = on_soon;
	p->list = (struct list){ .columns = columns, .cell = cell, .owner = p,
		.empty = N_("Không còn vướng mắc nào.") };
	p->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &p->listener);
	start_read(p);
}

static void problems_close(struct screen *screen)
{
	struct problems *p = screen->state;
	loop_cancel(screen->desk->loop, &p->soon);
	arena_free(&p->memory);
	arena_free(&p->coming);
}

static void problems_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct problems *p = screen->state;
	char at[32];
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - REASON_ROWS - 1, canvas->cols);
	list_draw((struct list *)&p->list, &rows, true);
	if (p->list.count == 0)
		return;
	const struct problem_row *problem = &p->rows[p->list.at];
	int top = canvas->rows - REASON_ROWS - 1;
	canvas_format(canvas, top, 1, ROLE_DIM, "%s · %s", moment_write(problem->at, at, sizeof at),
	              problem->system_name);
	struct canvas reason = canvas_part(canvas, top + 1, 1, REASON_ROWS, canvas->cols - 2);
	canvas_lines(&reason, 0, 0, reason.cols, ROLE_ERROR, problem->said);
}

static bool problems_handle(struct screen *screen, const struct event *event)
{
	struct problems *p = screen->state;
	if (list_handle(&p->list, event))
		return true;
	if (event_is(event, K_ENTER, 0) && p->list.count) {
		int64_t id = p->rows[p->list.at].dossier_id;
		screen_push(screen->desk, &dossier_screen, &id);
		return true;
	}
	return false;
}

static void problems_resume(struct screen *screen)
{
	start_read(screen->state);
}

const struct screen_kind problem_list_screen = {
	.name = "problems",
	.title = N_("VƯỚNG MẮC CẦN XỬ LÝ"),
	.help = N_("Hồ sơ mà hệ thống khác không nhận, kèm lý do họ đưa ra. Enter mở hồ sơ để xử lý rồi gửi lại."),
	.size = sizeof(struct problems),
	.open = problems_open,
	.draw = problems_draw,
	.handle = problems_handle,
	.resume = problems_resume,
	.close = problems_close,
};
