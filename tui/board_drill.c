/* SPDX-License-Identifier: Apache-2.0
 *
 * From a figure of the board to what is behind it. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/accounts_screen.h"
#include "tui/ask.h"
#include "tui/board_list.h"
#include "tui/board_own.h"
#include "tui/desk.h"
#include "tui/digitise_screen.h"
#include "tui/dossier_screen.h"
#include "tui/filings_screen.h"
#include "tui/incident_screen.h"
#include "tui/lock.h"
#include "tui/problem_list.h"
#include "tui/sync_screen.h"
#include "tui/sync_words.h"
#include "tui/ticket_list.h"

/* What a line's counts are: kind of list, and its name. */
struct behind {
	const char *kind, *label;
};
static const struct behind behind_who[] = {
	{ "who_late", N_("Quá hạn") }, { "who_due", N_("Còn phải xong hôm nay") },
}, behind_officer[] = {
	{ "officer_today", N_("Tiếp nhận hôm nay") }, { "officer", N_("Đang giữ") },
	{ "officer_due", N_("Đến hạn hôm nay") },     { "officer_late", N_("Quá hạn") },
}, behind_system[] = {
	{ "system_waiting", N_("Chờ gửi") }, { "system_refused", N_("Bị từ chối") }, { "system_silent", N_("Chưa trả lời quá lâu") },
}, behind_counter[] = {
	{ "counter", N_("Tiếp nhận hôm nay ở quầy này") },
}, behind_hour[] = {
	{ "hour", N_("Tiếp nhận trong giờ này") },
};

/* A line under the cursor while its figures are offered to choose from. */
struct drill {
	const struct behind *kinds[4];
	const char *key, *name;
	int count;
};

static void open_list(struct screen *screen, const char *kind, const char *key, const char *title)
{
	screen_push(screen->desk, &board_list_screen, &(struct board_list_plan){ .kind = kind, .key = key, .title = title });
}

static void on_chosen(struct screen *screen, int choice, void *data)
{
	const struct drill *drill = data;
	char title[160];
	if (choice < 0 || choice >= drill->count)
		return;
	snprintf(title, sizeof title, "%s — %s", _(drill->kinds[choice]->label), drill->name);
	open_list(screen, drill->kinds[choice]->kind, drill->key, title);
}

static const struct board_line *line_at(const struct board_view *view, enum board_part part)
{
	const struct list *list = &view->lists[view->at];
	return list->count ? &view->board.lines[part][list->at] : NULL;
}

/* Several counts in a line: asks which; one: goes there. */
static void drill_line(struct screen *screen, const struct board_line *line, const char *name,
                       const struct behind *kinds, int count)
{
	struct drill *drill = ARENA_NEW(&screen->arena, struct drill);
	const char *labels[4];
	char text[4][80];
	if (!line)
		return;
	*drill = (struct drill){ .key = arena_string(&screen->arena, line->key), .name = arena_string(&screen->arena, name) };
	for (int i = 0; i < count; i++) {
		if (line->n[i] == 0)
			continue;
		snprintf(text[drill->count], sizeof text[0], "%s: %d", _(kinds[i].label), line->n[i]);
		labels[drill->count] = text[drill->count];
		drill->kinds[drill->count++] = &kinds[i];
	}
	if (drill->count == 0)
		desk_say(screen->desk, FAULT_NONE, "%s", _("Không có hồ sơ nào ở dòng này."));
	else if (drill->count == 1)
		on_chosen(screen, 0, drill);
	else
		ask_choice(screen, drill->name, labels, drill->count, 0, on_chosen, drill);
}

static void drill_figure(struct screen *screen, struct board_view *view)
{
	static const struct {
		const char *key;
		const struct screen_kind *kind;
	} rooms[] = {
		{ "on_paper", &digitise_screen }, { "accounts", &accounts_screen },
		{ "difficulties", &incident_screen }, { "problems", &problem_list_screen },
		{ "filings", &filings_screen }, { "filings_late", &filings_screen },
	};
	int row = view->lists[view->at].at;
	const char *key = board_figure_key(view->at, row);
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
		if (strcmp(rooms[i].key, key) != 0)
			continue;
		screen_push(screen->desk, rooms[i].kind, NULL);
		return;
	}
	if (strcmp(key, "forecast") == 0) { /* its dossiers are a panel of their own */
		view->shown = view->at = PANE_FORECAST;
		return;
	}
	open_list(screen, key, "", board_figure_label(view->at, row));
}

static void drill_move(struct screen *screen, const struct board_view *view)
{
	if (!view->move_count)
		return;
	const struct board_move *move = &view->moves[view->lists[PANE_MOVES].at];
	if (move->dossier_id)
		screen_push(screen->desk, &dossier_screen, &(int64_t){ move->dossier_id });
	else if (move->kind)
		open_list(screen, move->kind, move->key, move->text);
}

bool board_guarded(struct screen *screen)
{
	struct board_view *view = screen->state;
	bool guarded = view->guarded;
	view->guarded = false;
	if (guarded)
		lock_now(screen->desk);
	return guarded;
}

void board_drill(struct screen *screen)
{
	struct board_view *view = screen->state;
	const struct board_line *line;
	char name[200], who[16];
	if (!view->known || board_guarded(screen))
		return;
	switch (view->at) {
	case PANE_HOURS:
		line = line_at(view, BOARD_HOUR);
		snprintf(name, sizeof name, _("%s giờ"), line ? line->key : "");
		drill_line(screen, line, name, behind_hour, 1);
		break;
	case PANE_WHO:
		line = line_at(view, BOARD_WHO);
		snprintf(who, sizeof who, "%.*s", line ? (int)strcspn(line->key, " ") : 0, line ? line->key : "");
		drill_line(screen, line, board_who(who, line ? sync_short_name(line->words) : "", name, sizeof name), behind_who, 2);
		break;
	case PANE_COUNTERS:
		line = line_at(view, BOARD_COUNTER);
		drill_line(screen, line, line ? line->words : "", behind_counter, 1);
		break;
	case PANE_OFFICERS:
		line = line_at(view, BOARD_OFFICER);
		drill_line(screen, line, line ? line->words : "", behind_officer, 4);
		break;
	case PANE_SYSTEMS:
		line = line_at(view, BOARD_SYSTEM);
		drill_line(screen, line, line ? line->words : "", behind_system, 3);
		break;
	case PANE_FORECAST:
		if (view->due_count)
			screen_push(screen->desk, &dossier_screen, &(int64_t){ view->forecast[view->lists[PANE_FORECAST].at].dossier_id });
		break;
	case PANE_MOVES: drill_move(screen, view); break;
	case PANE_QUEUE:
		line = line_at(view, BOARD_QUEUE);
		if (line)
			screen_push(screen->desk, &ticket_list_screen, line->key);
		break;
	default: drill_figure(screen, view); break;
	}
}
