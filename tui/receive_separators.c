/* SPDX-License-Identifier: Apache-2.0
 *
 * Separator sheets for the dossier at hand: one for each paper, so that a whole stack
 * is scanned in one go and sorts itself. */
#include "core/base/say.h"
#include "core/scan/mark.h"
#include "printers/fields.h"
#include "tui/receive_private.h"

/* The request's number tells whose separator sheets these are, also after a draft was
 * opened again. */
void receive_session(const struct receive *receive, char *session)
{
	unsigned char bytes[MARK_SESSION] = { 0 };
	size_t at = 0;
	for (const char *c = receive->r.request_id; *c; c++, at = (at + 1) % MARK_SESSION)
		bytes[at] = (unsigned char)(bytes[at] * 31 + *c);
	mark_session(bytes, session);
}

/* Papers that the citizen hands in or leaves a copy of; those only shown are not kept. */
static void fill(const struct receive *receive, struct arena *arena, struct fields *fields)
{
	const struct duty *duty = receive_duty(receive);
	struct mark mark;
	char text[40];
	int count = 0;
	receive_session(receive, mark.session);
	fields_set(arena, fields, "unit.name", duty->facts->unit_name);
	fields_set(arena, fields, "counter", duty->facts->counter);
	fields_set(arena, fields, "practice", duty->facts->practice ? "1" : "0");
	for (size_t i = 0; i < receive->r.checklist.count && i < 99; i++) {
		const struct paper *paper = &receive->r.checklist.papers[i];
		if (paper->state == PAPER_NOT_NEEDED || paper->action == ACTION_LOOKUP || paper->action == ACTION_SHOW)
			continue;
		mark.paper = (int)i + 1;
		mark_write(&mark, text, sizeof text);
		count++;
		fields_format(arena, fields, arena_format(arena, "separator.%d.number", count), "%d", mark.paper);
		fields_set(arena, fields, arena_format(arena, "separator.%d.name", count), paper->name);
		fields_set(arena, fields, arena_format(arena, "separator.%d.qr", count), text);
	}
}

void receive_separators(struct receive *receive)
{
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	fill(receive, &arena, &fields);
	if (fields_group(&fields, "separator") == 0)
		desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Không có giấy tờ nào phải nộp để làm tờ phân cách."));
	else
		receive_slip(receive, "separator", "to-phan-cach", &fields);
	arena_free(&arena);
}
