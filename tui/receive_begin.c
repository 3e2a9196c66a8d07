/* SPDX-License-Identifier: Apache-2.0
 *
 * How a reception begins: a card, a draft, a sheet written by hand, an online filing. */
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/draft.h"
#include "tui/receive_private.h"

static void begin(struct desk *desk, const struct receive_plan *plan)
{
	screen_push(desk, &receive_screen, plan);
}

void receive_later(struct desk *desk, const struct later *later)
{
	begin(desk, &(struct receive_plan){ .later = later });
}

enum { DRAFTS_SHOWN = 8 };

static void on_draft(struct screen *screen, int choice, void *data)
{
	struct desk *desk = screen->desk;
	struct arena arena = { 0 };
	struct draft *list;
	(void)data;
	int count = draft_list(duty_at(desk), &arena, &list);
	if (choice >= 0 && choice < count && choice < DRAFTS_SHOWN)
		begin(desk, &(struct receive_plan){ .draft = list[choice].id });
	else if (choice >= 0)
		begin(desk, &(struct receive_plan){ 0 });
	arena_free(&arena);
}

void receive_new(struct desk *desk, const struct event *scan)
{
	struct duty *duty = duty_at(desk);
	if (!duty->catalogue) {
		desk_say(desk, FAULT_OFFLINE, "%s", _("Danh mục thủ tục chưa đọc xong, thử lại sau giây lát."));
		return;
	}
	if (scan || draft_count(duty) == 0) {
		begin(desk, &(struct receive_plan){ .scan = scan });
		return;
	}
	struct arena arena = { 0 };
	struct draft *list;
	const char *choices[DRAFTS_SHOWN + 1];
	int count = draft_list(duty, &arena, &list), shown = 0;
	for (; shown < count && shown < DRAFTS_SHOWN; shown++)
		choices[shown] = receive_draft_name(duty, &list[shown], &arena);
	choices[shown] = _("Hồ sơ mới");
	ask_choice(desk->top, _("Có hồ sơ đang làm dở. Mở lại?"), choices, shown + 1, 0, on_draft, NULL);
	arena_free(&arena);
}

void receive_same(struct desk *desk, const struct visitor *visitor)
{
	begin(desk, &(struct receive_plan){ .visitor = visitor });
}

void receive_consigned(struct desk *desk, const struct taken *taken, const char *person)
{
	begin(desk, &(struct receive_plan){ .taken = taken, .person = person });
}

void receive_filing(struct desk *desk, const struct filing *filing)
{
	begin(desk, &(struct receive_plan){ .filing = filing });
}

void receive_copy(struct desk *desk, const struct dossier_copy *copy)
{
	begin(desk, &(struct receive_plan){ .copy = copy });
}
