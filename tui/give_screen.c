/* SPDX-License-Identifier: Apache-2.0
 *
 *  GIAO HỒ SƠ                               Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *     Mã hồ sơ              Chủ hồ sơ                Bước tiếp theo          Hẹn trả
 * > ■ H01.999-261120-0007   Nguyễn Thị Hồng          Công chức tư pháp – …   24/11/2026
 *   □ H01.999-261120-0008   …
 *  Đã đánh dấu 1 hồ sơ. Cách: đánh dấu; F5 tất cả; F9 giao.
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/life.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/handover_screen.h"
#include "tui/list.h"
#include "tui/marks.h"
#include "tui/program.h"

enum { MOST = 200, PEOPLE = 60 };

struct giving {
	struct list list;
	const struct life_row *rows;
	struct marks marks;
	struct arena memory;
	struct life_rows_ask ask;
	struct colleagues_ask people_ask;
	struct arena people_memory;
	const struct colleague *people[PEOPLE];
	int people_count, person;
	bool back;                /* to the desk, not to a room */
	struct handover_give give;
	int64_t ids[MOST];
	struct handover_ask act;
	struct screen *screen;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[24];
	const struct giving *g = owner;
	const struct life_row *one = &g->rows[row];
	switch (column) {
	case 0: marks_cell(&g->marks, row, out); break;
	case 1: out->text = one->code; break;
	case 2:
		out->text = one->owner_name;
		out->role = ROLE_PERSON;
		break;
	case 3: out->text = one->status == 9 ? _("(kết quả)") : *one->next_role ? one->next_role : one->place; break;
	default: out->text = one->due_at == MOMENT_NONE ? "" : day_write(moment_day(one->due_at), text, sizeof text); break;
	}
}

static const struct list_column columns[] = {
	{ .head = NULL, .width = 1 },
	{ .head = N_("Mã hồ sơ"), .width = 23 },
	{ .head = N_("Chủ hồ sơ"), .width = 20 },
	{ .head = N_("Bước tiếp theo"), .width = 0 },
	{ .head = N_("Hẹn trả"), .width = 10 },
	{ 0 },
};

static void count_aloud(struct giving *g)
{
	int n = marks_count(&g->marks, &g->list);
	g->screen->status = n ? arena_format(&g->screen->arena, _("Đã đánh dấu %d hồ sơ. F9 giao."), n) : _("Phím cách đánh dấu hồ sơ để giao; F5 đánh dấu tất cả.");
	screen_dirty(g->screen);
}

static void on_rows(struct life_rows_ask *ask, const struct life_row *rows, int count, const struct error *err)
{
	struct giving *g = ask->owner;
	if (err) {
		g->list.empty = N_("Chưa đọc được: Esc, mở lại.");
		desk_tell(g->screen->desk, err);
		return;
	}
	g->list.empty = N_("Không có hồ sơ nào ở tay để giao.");
	g->rows = rows;
	marks_start(&g->marks, &g->memory, count);
	list_set_count(&g->list, count);
	count_aloud(g);
}

static void giving_open(struct screen *screen, const void *argument)
{
	struct giving *g = screen->state;
	(void)argument;
	g->screen = screen;
	g->list = (struct list){ .columns = columns, .cell = cell, .owner = g, .empty = N_("Đang đọc…") };
	g->ask = (struct life_rows_ask){ .done = on_rows, .into = &g->memory, .owner = g };
	life_rows_read(duty_store(duty_of(screen)), &screen->scope, &g->ask, LIFE_GIVE, NULL, MOST);
}

static void giving_close(struct screen *screen)
{
	struct giving *g = screen->state;
	arena_free(&g->memory);
	arena_free(&g->people_memory);
}

/* ---- giving ---- */

static void on_given(struct handover_ask *ask, int64_t id, const struct error *err)
{
	struct giving *g = ask->owner;
	struct screen *screen = g->screen;
	(void)id;
	if (err) {
		ask_refused(screen, err);
		return;
	}
	desk_say(screen->desk, FAULT_NONE, "%s", _("Đã lập danh sách: người nhận kiểm đếm rồi F9 ký nhận."));
	screen_pop(screen);
}

static const char *check_place(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi bộ phận nhận.");
}

static void on_place(struct screen *screen, const char *text, void *data)
{
	struct giving *g = screen->state;
	(void)data;
	if (!text || ask_busy(screen, g->act.ask.slot))
		return;
	g->give.place = arena_string(&g->people_memory, text);
	g->give.to = g->people[g->person]->login;
	g->give.kind = g->back ? "desk" : "room";
	g->give.note = "";
	g->give.dossiers = g->ids;
	g->act = (struct handover_ask){ .done = on_given, .owner = g };
	handover_give(duty_store(duty_of(screen)), &screen->scope, &g->act, &g->give);
}

/* The room that comes next for the first one marked, as its steps name it. */
static const char *likely_place(const struct giving *g)
{
	for (int i = 0; i < g->list.count; i++)
		if (g->marks.on[i])
			return g->back ? _("Bộ phận Tiếp nhận và Trả kết quả") : g->rows[i].next_role;
	return "";
}

static void on_where(struct screen *screen, int choice, void *data)
{
	struct giving *g = screen->state;
	(void)data;
	if (choice < 0)
		return;
	g->back = choice == 1;
	ask_for_text(screen, &(struct ask_text){ .question = _("Bộ phận nhận (in trên biên bản):"), .initial = likely_place(g), .max = 100, .check = check_place },
	             on_place, NULL);
}

static void on_person(struct screen *screen, int choice, void *data)
{
	struct giving *g = screen->state;
	const char *where[] = { _("Bộ phận chuyên môn, để giải quyết"), _("Quầy tiếp nhận và trả kết quả") };
	(void)data;
	if (choice < 0)
		return;
	g->person = choice;
	ask_choice(screen, _("Giao về đâu?"), where, 2, 0, on_where, NULL);
}

static void on_people(struct colleagues_ask *ask, const struct colleague *rows, int count, const struct error *err)
{
	struct giving *g = ask->owner;
	const char *names[PEOPLE];
	struct arena arena = { 0 };
	if (err) {
		desk_tell(g->screen->desk, err);
		return;
	}
	g->people_count = 0;
	for (int i = 0; i < count && g->people_count < PEOPLE; i++)
		if (!rows[i].locked && !rows[i].mine) {
			names[g->people_count] = arena_format(&arena, "%s%s%s", rows[i].full_name, *rows[i].title ? ", " : "", rows[i].title);
			g->people[g->people_count++] = &rows[i];
		}
	if (!g->people_count)
		desk_say(g->screen->desk, FAULT_INPUT, "%s", _("Đơn vị không còn ai khác để nhận."));
	else if (screen_is_top(g->screen))
		ask_choice(g->screen, _("Giao cho ai? (người đó ký nhận bằng tài khoản của mình)"), names, g->people_count, 0, on_person, NULL);
	arena_free(&arena);
}

static void run_give(struct screen *screen)
{
	struct giving *g = screen->state;
	if (g->people_ask.ask.slot || g->act.ask.slot)
		return;
	g->give = (struct handover_give){ .count = 0 };
	seal_uuid(g->give.request_id);
	for (int i = 0; i < g->list.count && g->give.count < MOST; i++)
		if (g->marks.on[i])
			g->ids[g->give.count++] = g->rows[i].dossier_id;
	if (!g->give.count) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Chưa đánh dấu hồ sơ nào: phím cách."));
		return;
	}
	arena_free(&g->people_memory);
	g->people_ask = (struct colleagues_ask){ .done = on_people, .into = &g->people_memory, .owner = g };
	colleagues_read(duty_store(duty_of(screen)), &screen->scope, &g->people_ask);
}

static void run_all(struct screen *screen)
{
	struct giving *g = screen->state;
	marks_turn(&g->marks, &g->list);
	count_aloud(g);
}

/* ---- the screen ---- */

static void giving_draw(const struct screen *screen, struct canvas *canvas)
{
	list_draw(&((struct giving *)screen->state)->list, canvas, true);
}

static bool giving_handle(struct screen *screen, const struct event *event)
{
	struct giving *g = screen->state;
	if (marks_handle(&g->marks, &g->list, event)) {
		count_aloud(g);
		return true;
	}
	if (list_handle(&g->list, event))
		return true;
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static const struct action actions[] = {
	{ "give-all", "F5", N_("Tất cả"), N_("Đánh dấu tất cả, hoặc bỏ đánh dấu."), NULL, run_all },
	{ "give", "F9", N_("Giao"), N_("Chọn người nhận; hồ sơ đổi tay khi người đó ký nhận."), NULL, run_give },
	{ 0 },
};

const struct screen_kind give_screen = {
	.name = "give",
	.title = N_("GIAO HỒ SƠ"),
	.help = N_("Đánh dấu bằng phím cách những hồ sơ đang ở tay để giao cho bộ phận khác. Hồ sơ mới tiếp nhận mà giao cho bộ phận chuyên môn thì thành Đang xử lý khi "
	           "người nhận ký."),
	.actions = actions,
	.size = sizeof(struct giving),
	.open = giving_open,
	.draw = giving_draw,
	.handle = giving_handle,
	.close = giving_close,
};
