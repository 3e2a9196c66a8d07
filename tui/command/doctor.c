/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua doctor — one look at everything a counter stands on. */
#include "tui/command/doctor.h"

#include <stdarg.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"

/* In the order in which a fault hides the next. */
static void (*const looks[])(struct doctor *) = {
	doctor_database, doctor_clock,  doctor_catalogue, doctor_key,     doctor_courier,
	doctor_systems,  doctor_fonts,  doctor_forms, doctor_printers,  doctor_scanner, doctor_signer,
	doctor_console, doctor_disk, doctor_backup,
};

void doctor_find(struct doctor *doctor, const char *what, const char *name, enum finding_state state,
                 const char *todo, const char *format, ...)
{
	char piece[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(piece, sizeof piece, format, args);
	va_end(args);
	doctor->findings = arena_grow(&doctor->arena, doctor->findings, sizeof *doctor->findings,
	                              doctor->count, &doctor->room);
	doctor->findings[doctor->count++] = (struct finding){ what,
		arena_string(&doctor->arena, name), state,
		text_mend(&doctor->arena, piece, strlen(piece)), arena_string(&doctor->arena, todo) };
}

static const char *const signs[] = { "●", "·", "!" };
static const char *const states[] = { "good", "note", "bad" };

static void print_findings(const struct doctor *doctor)
{
	for (size_t i = 0; i < doctor->count; i++) {
		const struct finding *f = &doctor->findings[i];
		printf("%s %s: %s%s%s\n", signs[f->state], f->name, f->say, *f->todo ? " → " : "", f->todo);
	}
}

static json_t *list_of(const struct doctor *doctor)
{
	json_t *list = json_array();
	for (size_t i = 0; i < doctor->count; i++) {
		const struct finding *f = &doctor->findings[i];
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "what", f->what, "name",
		                                      f->name, "state", states[f->state], "say", f->say,
		                                      "todo", f->todo));
	}
	return list;
}

static bool all_good(const struct doctor *doctor)
{
	for (size_t i = 0; i < doctor->count; i++)
		if (doctor->findings[i].state == FINDING_BAD)
			return false;
	return true;
}

int command_doctor(struct program *program, int argc, char **argv)
{
	struct doctor doctor = { .program = program };
	if (!command_read(&doctor.call, argc, argv, 0, -1))
		return EXIT_USAGE;
	doctor.call.as_is = true;
	for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
		looks[i](&doctor);
	if (doctor.call.json)
		command_json(list_of(&doctor));
	else
		print_findings(&doctor);
	int status = all_good(&doctor) ? 0 : EXIT_NO;
	clerk_end(&doctor.clerk);
	arena_free(&doctor.arena);
	return status;
}
