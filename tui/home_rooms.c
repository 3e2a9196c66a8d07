/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/home_rooms.h"

#include <string.h>

#include "core/base/say.h"
#include "tui/counter.h"
#include "tui/desk.h"
#include "tui/keymap.h"
#include "tui/lesson_screen.h"

static const struct {
	const char *action, *label;
} rooms[] = {
	{ "queue", N_("Hàng đợi (F5 gọi số tiếp)") },
	{ "sync", N_("Đồng bộ với các hệ thống") },
	{ "reconcile", N_("Đối soát") },
	{ "board", N_("Bảng điều hành") },
	{ "incidents", N_("Sự cố và vướng mắc") },
	{ "accounts", N_("Tài khoản, quyền") },
	{ "routes", N_("Tuyến gửi") },
	{ "manual-list", N_("Gõ tay vào hệ thống khác") },
	{ "fallbacks", N_("Xin chuyển về tỉnh") },
	{ "digitise", N_("Giấy tờ chưa số hóa") },
	{ "to-check", N_("Hạn kiểm tra hồ sơ") },
	{ "handovers", N_("Giao nhận hồ sơ") },
	{ "to-return", N_("Chờ trả kết quả") },
	{ "shifts", N_("Ca làm việc, biên lai") },
	{ "later-entry", N_("Nhập hồ sơ nhận lúc mất điện") },
	{ "blanks", N_("Giấy tiếp nhận in sẵn") },
	{ "printers", N_("Máy in và việc in") },
	{ "catalogue", N_("Danh mục thủ tục") },
	{ "lessons", N_("Bài tập cho người mới") },
};
enum { ROOMS = sizeof rooms / sizeof rooms[0] };

static const struct action *action_of(const char *name)
{
	for (const struct action *at = counter_actions; at->name; at++)
		if (strcmp(at->name, name) == 0)
			return at;
	return NULL;
}

/* The place among the rooms that are there. */
static int room_at(const struct screen *screen, int row)
{
	for (int i = 0; i < ROOMS; i++) {
		const struct action *action = action_of(rooms[i].action);
		/* Lessons are the practice unit's alone. */
		if (action && !(action->may == lesson_may && !lesson_may(screen)) && row-- == 0)
			return i;
	}
	return -1;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct screen *screen = owner;
	int i = room_at(screen, row);
	if (i < 0)
		return;
	static char key[32];
	struct chord chords[BINDINGS];
	const struct action *action = action_of(rooms[i].action);
	if (column == 0)
		out->text = _(rooms[i].label);
	else if (keymap_chords(&screen->desk->keymap, action, chords))
		out->text = chord_write(chords[0], key, sizeof key);
	out->role = action->may && !action->may(screen) ? ROLE_DIM : ROLE_TEXT;
}

void rooms_list(struct list *list, struct screen *screen)
{
	static const struct list_column columns[] = {
		{ .head = N_("Nơi khác"), .width = 29 },
		{ .head = NULL, .width = 6, .right = true },
		{ 0 },
	};
	int count = 0;
	while (room_at(screen, count) >= 0)
		count++;
	*list = (struct list){ .columns = columns, .cell = cell, .owner = screen, .beside = true };
	list_set_count(list, count);
}

void rooms_enter(const struct list *list, struct screen *screen)
{
	int i = room_at(screen, list->at);
	const struct action *action = i < 0 ? NULL : action_of(rooms[i].action);
	if (!action)
		return;
	if (action->may && !action->may(screen))
		desk_say(screen->desk, FAULT_INPUT, _("Việc này chưa làm được lúc này."));
	else
		action->run(screen);
}
