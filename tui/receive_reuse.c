/* SPDX-License-Identifier: Apache-2.0
 *
 * Papers of this citizen that the unit holds already, offered for the paper under the
 * cursor: nothing is asked twice. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/held.h"
#include "tui/ask.h"
#include "tui/receive_private.h"

enum { OFFERED = 12 };

/* What was offered, for the answer of the dialog. */
struct offer {
	struct held_ask ask;
	struct receive *receive;
	const struct held_paper *rows;
	int count;
	const char *paper, *number; /* for which paper of whom it was asked */
};

/* The paper it was asked for; the list may have been made anew meanwhile. */
static struct paper *paper_of(const struct offer *offer)
{
	struct checklist *list = &offer->receive->r.checklist;
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->papers[i].name, offer->paper) == 0)
			return &list->papers[i];
	return NULL;
}

static void take(struct offer *offer, const struct held_paper *held)
{
	struct receive *receive = offer->receive;
	struct arena *arena = &receive->screen->arena;
	struct paper *paper = paper_of(offer);
	struct error err = { 0 };
	if (!paper || strcmp(receive->r.owner.id_number, offer->number) != 0) {
		desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Chủ hồ sơ hoặc giấy tờ vừa đổi: chọn lại."));
		return;
	}
	/* The record is Vietnamese, whatever the screen speaks. */
	say_source(true);
	const char *where = arena_format(arena, _("Giấy tờ đơn vị đã lưu, hồ sơ %s"), held->code);
	say_source(false);
	bool good = paper_looked_up(paper, where, desk_now(receive->screen->desk), &err);
	if (good)
		reception_reuse(&receive->r, arena_string(arena, offer->paper), held->file_id,
		                held->code);
	receive_papers_done(receive, good, &err);
	if (good)
		desk_say(receive->screen->desk, FAULT_NONE, _("Dùng lại giấy tờ của hồ sơ %s, không phải nộp lại."), held->code);
	receive_refresh(receive);
}

static void on_choice(struct screen *screen, int choice, void *data)
{
	struct offer *offer = data;
	(void)screen;
	if (choice >= 0 && choice < offer->count)
		take(offer, &offer->rows[choice]);
}

/* Names of papers may pass four thousand characters. */
static const char *cut(struct arena *arena, const char *name, int columns)
{
	int used;
	size_t n = text_cut(name, columns, &used);
	return name[n] ? arena_format(arena, "%s…", arena_copy(arena, name, n)) : name;
}

static const char *line_of(struct arena *arena, const struct held_paper *held)
{
	char day[16];
	return arena_format(arena, "%s  %s  %s%s", day_write(moment_day(held->at), day, sizeof day), held->code,
	                    held->result ? _("kết quả: ") : "", cut(arena, held->name, 60));
}

static void on_held(struct held_ask *ask, const struct held_paper *rows, int count, const struct error *err)
{
	struct offer *offer = OWNER_OF(ask, struct offer, ask);
	struct screen *screen = offer->receive->screen;
	const char *lines[OFFERED];
	if (err) {
		desk_tell(screen->desk, err);
		return;
	}
	if (!count) {
		desk_say(screen->desk, FAULT_NONE, "%s", _("Đơn vị chưa lưu giấy tờ nào của công dân này."));
		return;
	}
	if (!screen_is_top(screen))
		return; /* the hand went on */
	offer->rows = rows;
	offer->count = count < OFFERED ? count : OFFERED;
	for (int i = 0; i < offer->count; i++)
		lines[i] = line_of(&screen->arena, &rows[i]);
	ask_choice(screen, arena_format(&screen->arena, _("Dùng lại giấy tờ nào cho “%s”?"),
	                                cut(&screen->arena, offer->paper, 60)),
	           lines, offer->count, 0, on_choice, offer);
}

void receive_reuse(struct receive *receive)
{
	const struct paper *paper = receive_paper(receive);
	struct screen *screen = receive->screen;
	if (!paper)
		return;
	if (!*receive->r.owner.id_number) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Chưa có số định danh của chủ hồ sơ: chưa biết giấy tờ của ai."));
		return;
	}
	struct offer *offer = ARENA_NEW(&screen->arena, struct offer);
	offer->receive = receive;
	offer->paper = arena_string(&screen->arena, paper->name);
	offer->number = arena_string(&screen->arena, receive->r.owner.id_number);
	offer->ask = (struct held_ask){ .done = on_held, .into = &screen->arena };
	held_papers(duty_store(receive_duty(receive)), &screen->scope, &offer->ask, offer->number, offer->paper, OFFERED);
}
