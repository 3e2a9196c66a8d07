/* SPDX-License-Identifier: Apache-2.0
 *
 *  ĐỒNG BỘ                                  Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *    Hệ thống                     Tình trạng             Chờ Lâu nhất  Vướng Hôm nay
 *  > Bộ Tư pháp                   ● hoạt động              2   4 phút            12
 *    Cổng Dịch vụ công quốc gia   ! mất liên lạc          31    2 giờ      1      0
 *    …
 *  ──────────────────────────────────────────────────────────────────────────────
 *   Hệ thống tập trung của Bộ Tư pháp
 *   ● hoạt động từ 19/11 07:31 · trả lời gần nhất 09:40 · 0,3 giây
 *   Chờ 2 tin của 1 hồ sơ, lâu nhất từ 09:37 · thử tiếp lúc 09:42
 *   Bị từ chối 1 · tạm giữ 0 · chưa có trả lời quá 24 giờ: 0
 *  F1 Giúp  Enter Mở  Esc Về
 */
#include "tui/sync_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/program.h"
#include "tui/sync_words.h"

enum { DETAIL_ROWS = 6, AGE_MS = 30000 };

struct sync {
	struct list list;
	const struct sync_system *rows;
	struct fresh fresh;
	struct sync_systems_ask ask;
	struct timer ages;           /* waiting grows although nothing happens   */
};

static int troubles(const struct sync_system *s)
{
	return s->refused + s->held + s->silent;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[64];
	const struct sync *sync = owner;
	const struct sync_system *s = &sync->rows[row];
	moment_t now = desk_now(sync->fresh.screen->desk);
	out->text = text;
	text[0] = '\0';
	switch (column) {
	case 0:
		out->text = sync_short_name(s->name);
		break;
	case 1:
		out->text = sync_system_text(s->state);
		out->role = sync_system_role(s->state);
		break;
	case 2:
		snprintf(text, sizeof text, "%d", s->messages);
		break;
	case 3:
		sync_age(s->oldest_at, now, text, sizeof text);
		break;
	case 4:
		if (troubles(s))
			snprintf(text, sizeof text, "! %d", troubles(s));
		out->role = troubles(s) ? ROLE_ERROR : ROLE_TEXT;
		break;
	case 5:
		snprintf(text, sizeof text, "%d", s->delivered_today);
		break;
	case 6:
		sync_when(s->last_answer, now, text, sizeof text);
		break;
	case 7:
		sync_when(s->next_try, now, text, sizeof text);
		break;
	default:
		sync_seconds(s->milliseconds, text, sizeof text);
	}
}

static int64_t id_of(void *owner, int row)
{
	return list_id(0, ((const struct sync *)owner)->rows[row].system);
}

static const struct list_column columns[] = {
	{ .head = N_("Hệ thống"), .width = 0 },
	{ .head = N_("Tình trạng"), .width = 22 },
	{ .head = N_("Chờ"), .width = 5, .right = true },
	{ .head = N_("Lâu nhất"), .width = 8, .right = true },
	{ .head = N_("Vướng"), .width = 5, .right = true },
	{ .head = N_("Hôm nay"), .width = 7, .right = true },
	{ .head = N_("Trả lời"), .width = 11, .right = true, .from = 110 },
	{ .head = N_("Thử tiếp"), .width = 11, .right = true, .from = 110 },
	{ .head = N_("Mất"), .width = 9, .right = true, .from = 110 },
	{ 0 },
};

static void on_read(struct sync_systems_ask *ask, const struct sync_system *rows, int count,
                    const struct error *err)
{
	struct sync *sync = ask->owner;
	if (fresh_came(&sync->fresh, err)) {
		sync->rows = rows;
		list_set_count(&sync->list, count);
	}
	fresh_taken(&sync->fresh);
}

static void read_now(struct screen *screen)
{
	struct sync *sync = screen->state;
	sync->ask = (struct sync_systems_ask){ .done = on_read, .into = &sync->fresh.coming, .owner = sync };
	sync_systems_read(duty_store(duty_of(screen)), &screen->scope, &sync->ask);
}

static void on_ages(struct timer *timer)
{
	struct sync *sync = OWNER_OF(timer, struct sync, ages);
	loop_after(sync->fresh.screen->desk->loop, timer, AGE_MS);
	if (duty_of(sync->fresh.screen)->on_line)
		fresh_read(&sync->fresh);
}

static void sync_open(struct screen *screen, const void *argument)
{
	struct sync *sync = screen->state;
	screen->status = _("Enter: xem từng tin gửi tới hệ thống này.");
	(void)argument;
	sync->ages.fire = on_ages;
	sync->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = sync,
		.empty = N_("Chưa hồ sơ nào được gửi tới hệ thống khác.") };
	loop_after(screen->desk->loop, &sync->ages, AGE_MS);
	fresh_open(&sync->fresh, screen, read_now);
}

static void sync_close(struct screen *screen)
{
	struct sync *sync = screen->state;
	loop_cancel(screen->desk->loop, &sync->ages);
	fresh_close(&sync->fresh);
}

static void draw_times(const struct sync_system *s, moment_t now, struct canvas *canvas, int row)
{
	char since[24], answer[24], took[24];
	int col = 1 + canvas_text(canvas, row, 1, sync_system_role(s->state), sync_system_text(s->state));
	if (s->since != MOMENT_NONE)
		col += canvas_format(canvas, row, col, ROLE_TEXT, _(" từ %s"),
		                     sync_when(s->since, now, since, sizeof since));
	col += canvas_format(canvas, row, col, ROLE_TEXT, _(" · trả lời gần nhất %s"),
	                     sync_when(s->last_answer, now, answer, sizeof answer));
	if (s->milliseconds >= 0)
		canvas_format(canvas, row, col, ROLE_TEXT, _(" · mất %s"),
		              sync_seconds(s->milliseconds, took, sizeof took));
}

static void draw_queue(const struct sync_system *s, moment_t now, struct canvas *canvas, int row)
{
	char oldest[24], next[24];
	if (!s->messages) {
		canvas_text(canvas, row, 1, ROLE_TEXT, _("Không có tin nào chờ gửi."));
		return;
	}
	int col = 1 + canvas_format(canvas, row, 1, ROLE_TEXT, _("Chờ %d tin của %d hồ sơ, lâu nhất từ %s"),
	                            s->messages, s->dossiers,
	                            sync_when(s->oldest_at, now, oldest, sizeof oldest));
	if (s->next_try > now)
		canvas_format(canvas, row, col, ROLE_WARN, _(" · nghỉ tới %s"),
		              sync_when(s->next_try, now, next, sizeof next));
}

/* A system that calls us, and who tried in its name. */
static void draw_callers(const struct sync_system *s, moment_t now, struct canvas *canvas, int row)
{
	char last[24];
	int col = 1 + canvas_format(canvas, row, 1, ROLE_DIM, _("Hôm nay bên đó tự gọi tới %d lần"), s->called_today);
	if (s->called_at != MOMENT_NONE)
		col += canvas_format(canvas, row, col, ROLE_DIM, _(", gần nhất %s"), sync_when(s->called_at, now, last, sizeof last));
	if (s->call_refused)
		canvas_format(canvas, row, col, ROLE_WARN, _(" · sai mã bảo mật %d lần"), s->call_refused);
}

static void draw_detail(const struct sync *sync, struct canvas *canvas)
{
	const struct sync_system *s = &sync->rows[sync->list.at];
	moment_t now = desk_now(sync->fresh.screen->desk);
	canvas_rule(canvas, 0, ROLE_FRAME);
	canvas_text(canvas, 1, 1, ROLE_HEAD, s->name);
	draw_times(s, now, canvas, 2);
	draw_queue(s, now, canvas, 3);
	if (s->told_only && !troubles(s))
		canvas_text(canvas, 4, 1, ROLE_DIM, _("Chỉ báo tin: không đợi trả lời, không bao giờ làm vướng hồ sơ."));
	else
		canvas_format(canvas, 4, 1, troubles(s) ? ROLE_WARN : ROLE_DIM,
		              _("Bị từ chối %d · tạm giữ %d · chưa có trả lời quá %d giờ: %d"), s->refused,
		              s->held, s->alarm_hours, s->silent);
	if (*s->note && strcmp(s->state, "ok") != 0)
		canvas_format(canvas, 5, 1, ROLE_ERROR, _("Lý do: %s"), s->note);
	else if (s->called_at != MOMENT_NONE || s->call_refused)
		draw_callers(s, now, canvas, 5);
}

static void sync_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct sync *sync = screen->state;
	struct canvas parts[2];
	canvas_split(canvas, (const int[]){ 0, DETAIL_ROWS }, 2, parts);
	fresh_list(&sync->fresh, (struct list *)&sync->list, &parts[0], true);
	if (sync->list.count)
		draw_detail(sync, &parts[1]);
}

static bool sync_handle(struct screen *screen, const struct event *event)
{
	struct sync *sync = screen->state;
	if (list_handle(&sync->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || !sync->list.count)
		return false;
	const struct sync_system *s = &sync->rows[sync->list.at];
	struct sync_messages_plan plan = { .system = s->system, .name = s->name };
	screen_push(screen->desk, &sync_messages_screen, &plan);
	return true;
}

static void sync_resume(struct screen *screen)
{
	fresh_read(&((struct sync *)screen->state)->fresh);
}

static void sync_about(const struct screen *screen, struct about *about)
{
	const struct sync *sync = screen->state;
	if (!sync->list.count)
		return;
	const struct sync_system *s = &sync->rows[sync->list.at];
	about->system = s->system;
	about->error = strcmp(s->state, "ok") != 0 && *s->note ? s->note : NULL;
}

const struct screen_kind sync_screen = {
	.name = "sync",
	.title = N_("ĐỒNG BỘ"),
	.help = N_("Từng hệ thống mà hồ sơ của đơn vị đi tới: còn liên lạc không, bao nhiêu tin chờ, lâu nhất từ bao giờ,\n"
	           "bao nhiêu hồ sơ vướng (bị từ chối, tạm giữ, quá giờ chưa có trả lời), hôm nay đã gửi bao nhiêu tin.\n"
	           "Enter mở các tin của hệ thống dưới con trỏ. Màn hình tự cập nhật."),
	.size = sizeof(struct sync),
	.open = sync_open,
	.draw = sync_draw,
	.handle = sync_handle,
	.resume = sync_resume,
	.close = sync_close,
	.about = sync_about,
};
