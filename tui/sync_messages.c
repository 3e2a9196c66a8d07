/* SPDX-License-Identifier: Apache-2.0
 *
 *  ĐỒNG BỘ · Bộ Tư pháp                     Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  Xem: ‹ tất cả ›   ←→ đổi                                              12 tin
 *    Mã hồ sơ              Tin      Tình trạng       Lúc         Bên nhận nói
 *  > H01.999-261120-0007   hồ sơ    ! bị từ chối     09:40       Thiếu số điện th…
 *    H01.999-261120-0007   tiến độ  ■ chờ gửi        09:38
 *    …
 *  ──────────────────────────────────────────────────────────────────────────────
 *   Nguyễn Thị Thuỳ Dương · lần gửi thứ 2 · thử tiếp lúc 09:43
 *   Thiếu số điện thoại của chủ hồ sơ (mã lỗi 4012)
 *  F1 Giúp  F4 Sửa, gửi  F5 Gửi lại  F6 Giữ  F7 Thả  F8 Hồ sơ  Esc Về
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/program.h"
#include "tui/sync_own.h"
#include "tui/sync_screen.h"
#include "tui/sync_words.h"

enum { MOST = 300, DETAIL_ROWS = 5 };

static const char *const filters[] = { "", "silent", "refused", "asking", "held", "sending",
	"waiting", "sent", "received", "superseded" };
enum { FILTERS = sizeof filters / sizeof filters[0] };

struct messages {
	struct hand hand; /* first: the hand's acts find it */
	struct list list;
	const char *system, *name;
	int filter;
	const struct sync_message *rows;
	struct fresh fresh;
	struct sync_messages_ask ask;
};

static const struct sync_message *here(const struct screen *screen)
{
	const struct messages *m = screen->state;
	return m->list.count ? &m->rows[m->list.at] : NULL;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[64];
	const struct messages *m = owner;
	const struct sync_message *msg = &m->rows[row];
	switch (column) {
	case 0: out->text = msg->code; break;
	case 1: out->text = sync_kind_text(msg->kind); break;
	case 2:
		out->text = sync_state_text(msg->state);
		out->role = sync_state_role(msg->state);
		break;
	case 3:
		out->text = sync_when(msg->changed_at, desk_now(m->hand.screen->desk), text, sizeof text);
		break;
	case 4:
		out->text = msg->owner_name;
		out->role = ROLE_PERSON;
		break;
	default:
		out->text = msg->note;
		if (msg->silent_hours && !*msg->note) {
			snprintf(text, sizeof text, _("chưa có trả lời quá %d giờ"), msg->silent_hours);
			out->text = text;
		}
		out->role = ROLE_WARN;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct messages *)owner)->rows[row].message_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Tin"), .width = 8 },
	{ .head = N_("Tình trạng"), .width = 13 },
	{ .head = N_("Lúc"), .width = 11 },
	{ .head = N_("Chủ hồ sơ"), .width = 28, .from = 120 },
	{ .head = N_("Bên nhận nói"), .width = 0 },
	{ 0 },
};

static void on_read(struct sync_messages_ask *ask, const struct sync_message *rows, int count,
                    const struct error *err)
{
	struct messages *m = ask->owner;
	if (fresh_came(&m->fresh, err)) {
		m->rows = rows;
		list_set_count(&m->list, count);
	}
	fresh_taken(&m->fresh);
}

static void read_now(struct screen *screen)
{
	struct messages *m = screen->state;
	m->ask = (struct sync_messages_ask){ .done = on_read, .into = &m->fresh.coming, .owner = m };
	sync_messages_read(duty_store(duty_of(screen)), &screen->scope, &m->ask, m->system, filters[m->filter], MOST);
}

static void read_again(struct screen *screen)
{
	fresh_read(&((struct messages *)screen->state)->fresh);
}

static void messages_open(struct screen *screen, const void *argument)
{
	struct messages *m = screen->state;
	const struct sync_messages_plan *plan = argument;
	screen->status = _("Enter: xem lần gửi và trả lời; thông tin riêng đã che.");
	m->hand = (struct hand){ .message = here, .done = read_again, .screen = screen };
	m->system = arena_string(&screen->arena, plan->system);
	m->name = arena_string(&screen->arena, plan->name);
	for (int i = 0; plan->state && i < FILTERS; i++)
		if (strcmp(filters[i], plan->state) == 0)
			m->filter = i;
	screen->title = arena_format(&screen->arena, _("ĐỒNG BỘ · %s"), sync_short_name(m->name));
	m->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = m, .empty = N_("Không có tin nào như vậy.") };
	fresh_open(&m->fresh, screen, read_now);
}

static void messages_close(struct screen *screen)
{
	fresh_close(&((struct messages *)screen->state)->fresh);
}

static void draw_filter(const struct messages *m, struct canvas *canvas)
{
	int col = 1 + canvas_text(canvas, 0, 1, ROLE_LABEL, _("Xem: "));
	col += canvas_format(canvas, 0, col, ROLE_INPUT, "‹ %s ›", sync_state_text(filters[m->filter]));
	canvas_text(canvas, 0, col + 2, ROLE_DIM, _("←→ đổi"));
	if (m->fresh.known)
		canvas_format(canvas, 0, canvas->cols - 14, ROLE_DIM, _("%8d tin"), m->list.count);
}

static void draw_detail(const struct messages *m, struct canvas *canvas)
{
	const struct sync_message *msg = &m->rows[m->list.at];
	moment_t now = desk_now(m->hand.screen->desk);
	char next[24];
	canvas_rule(canvas, 0, ROLE_FRAME);
	int col = 1 + canvas_text(canvas, 1, 1, ROLE_PERSON, msg->owner_name);
	if (*msg->foreign_code)
		col += canvas_format(canvas, 1, col, ROLE_TEXT, _(" · bên kia gọi là %s"), msg->foreign_code);
	if (msg->attempts)
		col += canvas_format(canvas, 1, col, ROLE_TEXT, _(" · đã thử %d lần"), msg->attempts);
	if (msg->next_at > now && strcmp(msg->state, "sending") != 0)
		col += canvas_format(canvas, 1, col, ROLE_TEXT, _(" · thử tiếp %s"),
		                     sync_when(msg->next_at, now, next, sizeof next));
	if (*msg->held_by)
		canvas_format(canvas, 1, col, ROLE_WARN, _(" · %s giữ"), msg->held_by);
	struct canvas note = canvas_part(canvas, 2, 1, DETAIL_ROWS - 2, canvas->cols - 2);
	int rows = *msg->note ? canvas_lines(&note, 0, 0, note.cols, sync_state_role(msg->state), msg->note) : 0;
	if (msg->silent_hours)
		canvas_format(&note, rows, 0, ROLE_WARN, _("→ Chưa có trả lời quá %d giờ."), msg->silent_hours);
}

static void messages_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct messages *m = screen->state;
	struct canvas parts[3];
	canvas_split(canvas, (const int[]){ 1, 0, DETAIL_ROWS }, 3, parts);
	draw_filter(m, &parts[0]);
	fresh_list(&m->fresh, (struct list *)&m->list, &parts[1], true);
	if (m->list.count)
		draw_detail(m, &parts[2]);
}

/* Other rows are to be seen: those of before are gone at once. */
static void turn_filter(struct messages *m, int by)
{
	m->filter = (m->filter + by) % FILTERS;
	list_set_count(&m->list, 0);
	fresh_other(&m->fresh);
}

static bool messages_handle(struct screen *screen, const struct event *event)
{
	struct messages *m = screen->state;
	int by = event_is(event, K_RIGHT, 0) || event_is(event, K_TAB, 0) ? 1
	         : event_is(event, K_LEFT, 0) || event_is(event, K_TAB, MOD_SHIFT) ? FILTERS - 1 : 0;
	if (by) {
		turn_filter(m, by);
		return true;
	}
	if (list_handle(&m->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || !m->list.count)
		return false;
	screen_push(screen->desk, &sync_exchange_screen, &m->rows[m->list.at].message_id);
	return true;
}

static void messages_about(const struct screen *screen, struct about *about)
{
	const struct messages *m = screen->state;
	about->system = m->system;
	if (here(screen))
		hand_about(here(screen), about);
}

const struct screen_kind sync_messages_screen = {
	.name = "sync-messages",
	.title = N_("ĐỒNG BỘ"),
	.help = N_("Các tin gửi tới một hệ thống, điều cần người xử lý đứng trước. ←→ chọn tình trạng muốn xem.\n"
	           "Enter đọc toàn bộ trao đổi của một tin: từng lần gửi, bên nhận nói gì, ô nào bị chê.\n"
	           "F4 sửa rồi gửi tin mới, F5 gửi lại, F6 tạm giữ, F7 thả, F8 mở hồ sơ."),
	.actions = hand_actions,
	.size = sizeof(struct messages),
	.open = messages_open,
	.draw = messages_draw,
	.handle = messages_handle,
	.resume = read_again,
	.close = messages_close,
	.about = messages_about,
};
