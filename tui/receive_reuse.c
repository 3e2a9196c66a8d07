/* SPDX-License-Identifier: Apache-2.0
 *
 * Papers of this citizen that the unit holds already, offered for the paper under the
 * cursor: nothing is asked twice. */
#include <string.h>

#include "core/base/say.h"
#include "tui/held_offer.h"
#include "tui/receive_private.h"

/* What was offered, for the answer of the dialog. */
struct offer {
	struct held_offer held;
	struct receive *receive;
	const char *number; /* whose papers */
};

static void on_take(struct held_offer *held_offer, const struct held_paper *held)
{
	struct offer *offer = OWNER_OF(held_offer, struct offer, held);
	struct receive *receive = offer->receive;
	struct arena *arena = &receive->screen->arena;
	/* The paper it was asked for; the list may have been made anew meanwhile. */
	struct paper *paper = checklist_named(&receive->r.checklist, offer->held.paper);
	struct error err = { 0 };
	if (!paper || strcmp(receive->r.owner.id_number, offer->number) != 0) {
		desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Chủ hồ sơ hoặc giấy tờ vừa đổi: chọn lại."));
		return;
	}
	bool good = paper_looked_up(paper, held_where(arena, held), desk_now(receive->screen->desk), &err);
	if (good)
		reception_reuse(&receive->r, arena_string(arena, held_offer->paper), held->file_id, held->code);
	receive_papers_done(receive, good, &err);
	if (good)
		desk_say(receive->screen->desk, FAULT_NONE, _("Dùng lại giấy tờ của hồ sơ %s, không phải nộp lại."), held->code);
	receive_refresh(receive);
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
	offer->number = arena_string(&screen->arena, receive->r.owner.id_number);
	offer->held.take = on_take;
	held_offer_person(&offer->held, screen, offer->number, paper->name);
}
