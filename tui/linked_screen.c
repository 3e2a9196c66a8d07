/* SPDX-License-Identifier: Apache-2.0
 *
 *  LIÊN THÔNG                               Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Đăng ký khai sinh – đăng ký thường trú – cấp thẻ BHYT …
 *     Thủ tục                    Cơ quan           Mã                  Tình trạng
 *  > 1 Đăng ký khai sinh         UBND cấp xã       H01.999-261120-0001 ● có kết quả
 *    2 Đăng ký thường trú        Công an cấp xã    G01-…               → đang giải quyết
 *    3 Cấp thẻ BHYT              BHXH                                  □ chưa chuyển
 *  Hẹn 25/11/2026 17:00
 *  F1 Giúp  Enter Ghi bước tiếp  F8 Hồ sơ  Esc Về
 */
#include "tui/linked_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/catalogue.h"
#include "core/store/linked.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"

struct linked_state {
	struct list list;
	int64_t dossier_id;
	const struct linked_part *parts;
	struct fresh fresh;
	struct linked_ask ask;
	struct linked_act act;
	struct linked_fact fact;      /* being put together from the clerk's answers */
	bool writing;
};

/* ---- the list ---- */

static const char *state_of(const struct linked_part *p, enum role *role)
{
	*role = ROLE_TEXT;
	if (strcmp(p->state, "done") == 0) {
		*role = ROLE_GOOD;
		return p->returned_at == MOMENT_NONE ? _("■ có kết quả, chờ trả") : _("■ đã trả kết quả");
	}
	if (strcmp(p->state, "asked") == 0) {
		*role = ROLE_WARN;
		return _("! chờ công dân bổ sung");
	}
	if (strcmp(p->state, "stopped") == 0) {
		*role = ROLE_ERROR;
		return _("– dừng");
	}
	return strcmp(p->state, "begun") == 0 ? _("→ đang giải quyết") : _("□ chưa chuyển");
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[8];
	const struct linked_part *p = &((const struct linked_state *)owner)->parts[row];
	switch (column) {
	case 0:
		snprintf(text, sizeof text, "%d", p->seq);
		out->text = text;
		break;
	case 1: out->text = p->member; break;
	case 2: out->text = p->body; break;
	case 3: out->text = p->code; break;
	default: out->text = state_of(p, &out->role); break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct linked_state *)owner)->parts[row].seq;
}

static const struct list_column columns[] = {
	{ .head = " ", .width = 1 },
	{ .head = N_("Thủ tục"), .width = 0 },
	{ .head = N_("Cơ quan"), .width = 15 },
	{ .head = N_("Mã"), .width = 20 },
	{ .head = N_("Tình trạng"), .width = 22 },
	{ 0 },
};

static void on_read(struct linked_ask *ask, const struct linked_part *parts, int count, const struct error *err)
{
	struct linked_state *l = ask->owner;
	if (fresh_came(&l->fresh, err)) {
		l->parts = parts;
		list_set_count(&l->list, count);
	}
	fresh_taken(&l->fresh);
}

static void read_now(struct screen *screen)
{
	struct linked_state *l = screen->state;
	l->ask = (struct linked_ask){ .done = on_read, .into = &l->fresh.coming, .owner = l };
	linked_read(duty_store(duty_of(screen)), &screen->scope, &l->ask, l->dossier_id);
}

static void linked_open(struct screen *screen, const void *argument)
{
	struct linked_state *l = screen->state;
	l->dossier_id = *(const int64_t *)argument;
	l->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = l,
		.empty = N_("Hồ sơ này không thuộc yêu cầu liên thông nào.") };
	fresh_open(&l->fresh, screen, read_now);
}

static void linked_close(struct screen *screen)
{
	fresh_close(&((struct linked_state *)screen->state)->fresh);
}

static const struct linked_part *part_at(const struct linked_state *l)
{
	return l->list.count ? &l->parts[l->list.at] : NULL;
}

static void draw_when(struct canvas *canvas, int row, const char *what, moment_t at)
{
	char text[32];
	if (at != MOMENT_NONE)
		canvas_format(canvas, row, 1, ROLE_DIM, "%s %s", what, moment_write(at, text, sizeof text));
}

static void linked_draw(const struct screen *screen, struct canvas *canvas)
{
	struct linked_state *l = screen->state;
	const struct linked_part *p = part_at(l);
	struct canvas list = canvas_part(canvas, 2, 0, canvas->rows - 9, canvas->cols);
	if (p)
		canvas_cell(canvas, 0, 1, canvas->cols - 2, ROLE_HEAD, p->group_name);
	fresh_list(&l->fresh, &l->list, &list, true);
	if (!p)
		return;
	int row = canvas->rows - 6;
	draw_when(canvas, row, _("Bắt đầu:"), p->begun_at);
	draw_when(canvas, row + 1, _("Hẹn trả:"), p->due_at);
	draw_when(canvas, row + 2, strcmp(p->state, "asked") == 0 ? _("Công dân bổ sung đến hết:") : _("Có kết quả:"),
	          strcmp(p->state, "asked") == 0 ? p->until_at : p->done_at);
	canvas_cell(canvas, row + 3, 1, canvas->cols - 2, ROLE_TEXT, *p->result ? p->result : p->note);
	canvas_cell(canvas, row + 5, 1, canvas->cols - 2, ROLE_DIM,
	            p->dossier_id ? _("Thủ tục này là hồ sơ ở đây: F8 mở hồ sơ.") : _("Enter ghi điều cơ quan ấy đã báo."));
}

/* ---- what their agency says ---- */

static void on_written(struct linked_act *act, const struct error *err)
{
	struct linked_state *l = act->owner;
	l->writing = false;
	if (err)
		ask_refused(l->fresh.screen, err);
	else
		desk_say(l->fresh.screen->desk, FAULT_NONE, "%s", _("Đã ghi."));
	fresh_read(&l->fresh);
}

static void write_down(struct linked_state *l)
{
	if (l->writing)
		return;
	l->writing = true;
	l->act = (struct linked_act){ .done = on_written, .owner = l };
	linked_write(duty_store(duty_of(l->fresh.screen)), &l->fresh.screen->scope, &l->act, l->dossier_id, &l->fact);
}

static const char *check_text(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi rõ.");
}

static const char *check_day(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return !text[strspn(text, " ")] || day_read(text) != DAY_NONE ? NULL : _("Gõ ngày/tháng/năm, hoặc để trống.");
}

static void on_text(struct screen *screen, const char *text, void *data)
{
	struct linked_state *l = screen->state;
	(void)data;
	if (!text)
		return;
	l->fact.text = arena_string(&screen->arena, text);
	write_down(l);
}

static void ask_line(struct screen *screen, const char *question, int max, const char *(*check)(struct screen *, const char *, void *),
                     void (*then)(struct screen *, const char *, void *))
{
	ask_for_text(screen, &(struct ask_text){ .question = question, .max = max, .check = check }, then, NULL);
}

/* Their day ends at closing hour, as every promised day does. */
static void on_due(struct screen *screen, const char *text, void *data)
{
	struct linked_state *l = screen->state;
	(void)data;
	if (!text)
		return;
	day_t day = day_read(text);
	const struct catalogue *catalogue = duty_of(screen)->catalogue;
	l->fact.due = day == DAY_NONE || !catalogue ? MOMENT_NONE : calendar_closing(&catalogue->calendar, day);
	if (day != DAY_NONE && l->fact.due == MOMENT_NONE)
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Ngày ấy không làm việc."));
	else
		ask_line(screen, _("Căn cứ: ai báo, văn bản nào?"), 300, check_text, on_text);
}

static void on_code(struct screen *screen, const char *text, void *data)
{
	struct linked_state *l = screen->state;
	(void)data;
	if (!text)
		return;
	l->fact.code = arena_string(&screen->arena, text);
	ask_line(screen, _("Ngày hẹn trả của cơ quan ấy (để trống nếu chưa có):"), 10, check_day, on_due);
}

static void on_step(struct screen *screen, int choice, void *data)
{
	static const char *const begun[] = { "finish", "ask", "stop" }, *const asked[] = { "bring", "stop" };
	struct linked_state *l = screen->state;
	const struct linked_part *p = part_at(l);
	(void)data;
	if (choice < 0 || !p)
		return;
	l->fact = (struct linked_fact){ .seq = p->seq, .due = MOMENT_NONE,
		.act = strcmp(p->state, "begun") == 0 ? begun[choice] : strcmp(p->state, "asked") == 0 ? asked[choice]
		       : strcmp(p->state, "waiting") == 0 ? (choice ? "stop" : "begin") : "return" };
	if (strcmp(l->fact.act, "begin") == 0)
		ask_line(screen, _("Mã hồ sơ của cơ quan ấy (để trống nếu chưa có):"), 60, NULL, on_code);
	else if (strcmp(l->fact.act, "bring") == 0)
		write_down(l);
	else
		ask_line(screen, strcmp(l->fact.act, "finish") == 0  ? _("Kết quả:")
		                 : strcmp(l->fact.act, "return") == 0 ? _("Đã trả cho ai, bằng cách nào:")
		                 : strcmp(l->fact.act, "ask") == 0    ? _("Yêu cầu bổ sung gì:") : _("Vì sao dừng:"),
		         500, check_text, on_text);
}

static void step(struct linked_state *l)
{
	const struct linked_part *p = part_at(l);
	if (!p || p->dossier_id) {
		desk_say(l->fresh.screen->desk, FAULT_INPUT, "%s", _("Thủ tục này là hồ sơ ở đây: F8 mở hồ sơ."));
		return;
	}
	if (strcmp(p->state, "begun") == 0)
		ask_choice(l->fresh.screen, p->member, (const char *[]){ _("Đã có kết quả"), _("Cơ quan ấy yêu cầu bổ sung"), _("Dừng giải quyết") }, 3, 0, on_step, NULL);
	else if (strcmp(p->state, "asked") == 0)
		ask_choice(l->fresh.screen, p->member, (const char *[]){ _("Công dân đã bổ sung"), _("Dừng: quá hạn bổ sung hoặc lý do khác") }, 2, 0, on_step, NULL);
	else if (strcmp(p->state, "waiting") == 0)
		ask_choice(l->fresh.screen, p->member, (const char *[]){ _("Cơ quan ấy đã nhận"), _("Dừng: không làm thủ tục này") }, 2, 0, on_step, NULL);
	else if (strcmp(p->state, "done") == 0 && p->returned_at == MOMENT_NONE)
		ask_choice(l->fresh.screen, p->member, (const char *[]){ _("Đã trả kết quả cho công dân") }, 1, 0, on_step, NULL);
	else
		desk_say(l->fresh.screen->desk, FAULT_NONE, "%s", _("Thủ tục này đã xong."));
}

static bool linked_handle(struct screen *screen, const struct event *event)
{
	struct linked_state *l = screen->state;
	if (event_is(event, K_ENTER, 0)) {
		step(l);
		return true;
	}
	if (!list_handle(&l->list, event))
		return false;
	screen_dirty(screen);
	return true;
}

static void linked_resume(struct screen *screen)
{
	fresh_read(&((struct linked_state *)screen->state)->fresh);
}

static bool may_dossier(const struct screen *screen)
{
	const struct linked_part *p = part_at(screen->state);
	return p && p->dossier_id;
}

static void run_dossier(struct screen *screen)
{
	const struct linked_part *p = part_at(screen->state);
	screen_push(screen->desk, &dossier_screen, &(int64_t){ p->dossier_id });
}

static const struct action actions[] = {
	{ "linked-dossier", "F8", N_("Hồ sơ"), N_("Mở hồ sơ của thủ tục đang chọn."), may_dossier, run_dossier },
	{ 0 },
};

const struct screen_kind linked_screen = {
	.name = "linked",
	.title = N_("LIÊN THÔNG"),
	.help = N_("Một yêu cầu, nhiều thủ tục: mỗi thủ tục có cơ quan, mã, thời hạn và kết quả riêng; có kết quả thủ tục nào trả thủ tục ấy.\n"
	           "Enter ghi điều cơ quan khác báo: đã nhận, yêu cầu bổ sung (công dân có 07 ngày làm việc), có kết quả, đã trả."),
	.actions = actions,
	.size = sizeof(struct linked_state),
	.open = linked_open,
	.draw = linked_draw,
	.handle = linked_handle,
	.resume = linked_resume,
	.close = linked_close,
};
