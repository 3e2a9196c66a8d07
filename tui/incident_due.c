/* SPDX-License-Identifier: Apache-2.0
 *
 * A system stood still: the due dates of the dossiers it held up are counted anew, once, by a supervisor. */
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/incident_own.h"

static const struct outage_row *outage(const struct screen *screen)
{
	const struct incident_view *v = screen->state;
	const struct list *list = &v->lists[PANE_OUTAGES];
	return v->pane == PANE_OUTAGES && list->count ? &v->found.outages[list->at] : NULL;
}

bool incident_may_count(const struct screen *screen)
{
	const struct outage_row *o = outage(screen);
	return o && o->to_at != MOMENT_NONE && duty_of(screen)->facts->is_supervisor;
}

static void on_moved(struct handover_ask *ask, int64_t count, const struct error *err)
{
	struct incident_view *v = ask->owner;
	if (err)
		desk_tell(v->screen->desk, err);
	else
		desk_say(v->screen->desk, FAULT_NONE, _("Đã tính lại ngày hẹn của %d hồ sơ; các hệ thống được báo."), (int)count);
}

static void on_yes(struct screen *screen, bool yes, void *data)
{
	struct incident_view *v = screen->state;
	(void)data;
	if (!yes || v->due.ask.slot)
		return;
	v->due = (struct handover_ask){ .done = on_moved, .owner = v };
	incident_due(duty_store(duty_of(screen)), &screen->scope, &v->due, "outage", v->due_outage, true);
}

static void on_counted(struct handover_ask *ask, int64_t count, const struct error *err)
{
	struct incident_view *v = ask->owner;
	struct arena arena = { 0 };
	if (err)
		desk_tell(v->screen->desk, err);
	else if (!count)
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Không hồ sơ nào mất giờ làm việc vì sự cố này, hoặc đã tính lại rồi."));
	else if (screen_is_top(v->screen))
		ask_yes(v->screen, arena_format(&arena, _("%d hồ sơ đang giải quyết trên hệ thống này mất giờ làm việc vì sự cố. Lùi ngày hẹn của từng hồ sơ đúng bằng số giờ "
		                                          "đó, ghi vào hồ sơ và báo các hệ thống?"), (int)count), true, on_yes, NULL);
	arena_free(&arena);
}

void incident_count(struct screen *screen)
{
	struct incident_view *v = screen->state;
	if (v->due.ask.slot)
		return;
	v->due_outage = outage(screen)->outage_id;
	v->due = (struct handover_ask){ .done = on_counted, .owner = v };
	incident_due(duty_store(duty_of(screen)), &screen->scope, &v->due, "outage", v->due_outage, false);
}
