/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua guide — what the unit's catalogue says of a procedure, by code or short code. */
#include "core/base/say.h"
#include "tui/command/clerk.h"
#include "tui/guide_screen.h"

struct work {
	struct call call;
	struct clerk clerk;
	struct guide guide;
	const struct procedure *procedure;
	struct error err;
};

static bool make(struct work *work)
{
	struct clerk *clerk = &work->clerk;
	const char *typed = work->call.words[0];
	if (!clerk_catalogue(clerk, &work->err))
		return false;
	work->procedure = catalogue_known(clerk->catalogue, typed);
	if (!work->procedure) {
		fail(&work->err, FAULT_INPUT, _("Danh mục không có thủ tục %s."), typed);
		return because(&work->err, "no procedure %s", typed);
	}
	guide_make(&clerk->arena, &(struct guide_ask){ .catalogue = clerk->catalogue,
		.procedure = work->procedure, .day = moment_day(session_now(clerk->session)),
		.office = clerk->facts->office, .phone = clerk->facts->phone },
	           &work->guide);
	return true;
}

static void tell(const struct work *work)
{
	struct bytes text = { 0 };
	guide_text(&work->guide, &text);
	fputs(bytes_string(&text), stdout);
	bytes_free(&text);
}

static void tell_json(const struct work *work)
{
	json_t *sections = json_array();
	for (size_t i = 0; i < work->guide.count; i++) {
		const struct guide_section *section = &work->guide.sections[i];
		json_t *lines = json_array();
		for (size_t k = 0; k < section->lines.count; k++)
			json_array_append_new(lines, json_string(section->lines.items[k]));
		json_array_append_new(sections, json_pack("{s:s, s:b, s:b, s:o}", "head", section->head, "missing",
		                                          section->missing, "inner", section->inner, "lines", lines));
	}
	command_json(json_pack("{s:s, s:s, s:i, s:o}", "code", work->procedure->code, "name",
	                       work->procedure->name, "catalogue", work->clerk.catalogue->version, "sections",
	                       sections));
}

int command_guide(struct program *program, int argc, char **argv)
{
	struct work work = { 0 };
	if (!command_read(&work.call, argc, argv, 1, 1))
		return EXIT_USAGE;
	bool good = clerk_begin(&work.clerk, program, &work.call, false, &work.err) && make(&work);
	if (good && work.call.json)
		tell_json(&work);
	else if (good)
		tell(&work);
	int status = good ? 0 : command_failed(&work.err);
	clerk_end(&work.clerk);
	return status;
}
