/* SPDX-License-Identifier: Apache-2.0
 *
 * The citizen's own paper, filled with what is known already: printed to be read,
 * completed and signed.  An office puts forms of its procedures beside ours. */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "printers/form.h"
#include "printers/preview.h"
#include "tui/ask.h"
#include "tui/receive_private.h"

enum { FORMS_MOST = 12 };

/* What can be chosen from; lives with the screen, for the answer. */
struct application {
	const char *forms[FORMS_MOST];
	const char *titles[FORMS_MOST];
	int count;
};

static void fill_person(struct arena *arena, struct fields *fields, const char *who, const struct person *person)
{
	char day[16];
	const struct {
		const char *key, *value;
	} all[] = {
		{ "kind", person_kind_stored(person->kind) }, { "name", person->name }, { "id_number", person->id_number },
		{ "birth", person->birth == DAY_NONE ? "" : day_write_iso(person->birth, day, sizeof day) },
		{ "sex", person->sex }, { "address", person->address }, { "phone", person->phone },
		{ "email", person->email }, { "representative", person->representative },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (*all[i].value)
			fields_set(arena, fields, arena_format(arena, "%s.%s", who, all[i].key), all[i].value);
}

static void fill_papers(const struct receive *receive, struct arena *arena, struct fields *fields)
{
	int count = 0;
	for (size_t i = 0; i < receive->r.checklist.count && i < 99; i++) {
		const struct paper *paper = &receive->r.checklist.papers[i];
		if (paper->state != PAPER_OK || paper->action == ACTION_LOOKUP)
			continue;
		fields_set(arena, fields, arena_format(arena, "component.%d.name", ++count), paper->name);
		fields_set(arena, fields, arena_format(arena, "component.%d.state", count), "ok");
	}
}

static void fill(const struct receive *receive, struct arena *arena, struct fields *fields)
{
	const struct reception *r = &receive->r;
	const struct session_facts *facts = receive_duty(receive)->facts;
	char text[40];
	fields_set(arena, fields, "practice", facts->practice ? "1" : "0");
	fields_set(arena, fields, "unit.name", facts->unit_name);
	fields_set(arena, fields, "unit.parent", facts->parent_name);
	if (*facts->organisation)
		fields_set(arena, fields, "unit.organisation", facts->organisation);
	if (*facts->place)
		fields_set(arena, fields, "unit.place", facts->place);
	fields_set(arena, fields, "at", moment_write_iso(desk_now(receive->screen->desk), text, sizeof text));
	fields_set(arena, fields, "procedure.code", r->procedure->code);
	fields_set(arena, fields, "procedure.name", r->procedure->name);
	if (*r->summary)
		fields_set(arena, fields, "summary", r->summary);
	fill_person(arena, fields, "owner", &r->owner);
	if (r->represented)
		fill_person(arena, fields, "submitter", &r->submitter);
	fill_papers(receive, arena, fields);
}

static void print(struct receive *receive, const char *form)
{
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	fill(receive, &arena, &fields);
	receive_slip(receive, form, "don-de-nghi", &fields);
	arena_free(&arena);
}

static void on_form(struct screen *screen, int choice, void *data)
{
	const struct application *found = data;
	if (choice >= 0 && choice < found->count)
		print(receive_of(screen), found->forms[choice]);
}

/* "1.004873": "application-1-004873", alone or before a dash. */
static bool is_for(const char *form, const char *procedure)
{
	static const char head[] = "application-";
	if (strncmp(form, head, sizeof head - 1) != 0)
		return false;
	for (form += sizeof head - 1; *procedure; form++, procedure++)
		if (*form != (*procedure == '.' ? '-' : *procedure))
			return false;
	return *form == '\0' || *form == '-';
}

static bool is_new(const struct application *found, const char *name)
{
	for (int i = 0; i < found->count; i++)
		if (strcmp(found->forms[i], name) == 0)
			return false;
	return found->count < FORMS_MOST;
}

/* Those of the procedure, then ours for any. */
static void find(struct screen *screen, const char *procedure, struct application *found)
{
	struct error err;
	struct form *all = NULL;
	const char *share = duty_of(screen)->program->paths.share;
	if (!forms_here(&screen->arena, share, &all, &err))
		desk_tell(screen->desk, &err);
	for (int general = 0; general < 2; general++) {
		for (const struct form *form = all; form; form = form->next) {
			bool fits = general ? strcmp(form->name, "application") == 0 : is_for(form->name, procedure);
			const struct form *now = fits && is_new(found, form->name)
				? form_find(all, form->name, desk_today(screen->desk), &err) : NULL;
			if (!now)
				continue;
			found->forms[found->count] = now->name;
			found->titles[found->count++] = now->title;
		}
	}
}

void receive_application(struct receive *receive)
{
	struct screen *screen = receive->screen;
	struct application *found = ARENA_NEW(&screen->arena, struct application);
	if (!receive->r.procedure) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Chọn thủ tục trước: mẫu đơn là của thủ tục."));
		return;
	}
	receive_person_sync(receive);
	find(screen, receive->r.procedure->code, found);
	if (found->count == 1)
		print(receive, found->forms[0]);
	else if (found->count > 1)
		ask_choice(screen, _("In đơn nào?"), found->titles, found->count, 0, on_form, found);
}
