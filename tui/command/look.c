/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/command/look.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/prints.h"
#include "tui/command/clerk.h"
#include "tui/print_run.h"

struct trip {
	struct carriage carriage;
	bool done, good;
	struct error err;
};

static void on_trip(struct carriage *carriage, const struct error *err)
{
	struct trip *trip = OWNER_OF(carriage, struct trip, carriage);
	trip->done = true;
	trip->good = !err;
	if (err)
		trip->err = *err;
}

void look_at(struct program *program, const struct printer *printer, struct look *out)
{
	struct scope scope = { 0 };
	struct trip trip = { .carriage = printer_trip(printer, NULL, 0) };
	bool begun = printer->carrier->begin(&program->loop, &scope, printer->address, &trip.carriage, on_trip, &trip.err);
	while (begun && !trip.done)
		loop_turn(&program->loop, 1000);
	bool sure = trip.good && trip.carriage.result == CARRIED_DONE;
	*out = (struct look){ .state = !trip.good ? "failed" : sure ? "ready" : "unconfirmed",
		.warned = sure && *trip.carriage.warning };
	snprintf(out->say, sizeof out->say, "%s",
	         !trip.good    ? trip.err.say
	         : out->warned ? trip.carriage.warning
	         : sure        ? _("sẵn sàng")
	                       : _("nối được, nhưng máy in không báo tình trạng"));
}

/* ---- motcua print --list ---- */

struct listing {
	struct clerk clerk;
	struct prints_ask jobs, words;
	bool done, good;
	struct error err;
};

static void on_read(struct prints_ask *ask, const struct error *err)
{
	struct listing *listing = ask->owner;
	listing->done = true;
	listing->good = !err;
	if (err)
		listing->err = *err;
}

static bool read_all(struct listing *listing, int most)
{
	struct clerk *clerk = &listing->clerk;
	listing->jobs = (struct prints_ask){ .done = on_read, .into = &clerk->arena, .owner = listing };
	prints_list(clerk->store, &clerk->scope, &listing->jobs, most ? most : 20);
	clerk_wait(clerk, &listing->done);
	if (!listing->good)
		return false;
	listing->done = false;
	listing->words = (struct prints_ask){ .done = on_read, .into = &clerk->arena, .owner = listing };
	prints_words(clerk->store, &clerk->scope, &listing->words);
	clerk_wait(clerk, &listing->done);
	return listing->good;
}

/* One that is printing for a counter has its one connection taken: it is not asked. */
static void ask_printer(struct listing *listing, const struct printer *printer, struct look *out)
{
	struct clerk *clerk = &listing->clerk;
	const char *device = printer_device(printer, &clerk->arena);
	for (int i = 0; *device && i < listing->words.count; i++) {
		const struct printer_word *word = &listing->words.words[i];
		if (strcmp(word->device, device) != 0 || !*word->held_by)
			continue;
		*out = (struct look){ .state = "printing" };
		snprintf(out->say, sizeof out->say, _("quầy %s đang in"), word->held_by);
		return;
	}
	look_at(clerk->program, printer, out);
}

static json_t *printer_json(const struct printer *printer, const struct look *look)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:b, s:s, s:s}", "name", printer->name, "carrier",
	                 printer->carrier->name, "address", printer->address, "paper", printer_paper(printer),
	                 "default", printer->is_default, "state", look->state, "say", look->say);
}

static json_t *job_json(const struct print_row *job)
{
	return json_pack("{s:I, s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:o}", "job_id", (json_int_t)job->job_id,
	                 "title", job->title, "state", job->state, "papers", job->count, "copy", job->copy, "printer",
	                 job->printer, "counter", job->counter, "by", job->by, "reason", job->reason, "at",
	                 command_moment(job->changed_at));
}

static const char *job_state(const char *state)
{
	static const struct { const char *state, *name; } names[] = { { "queued", N_("đợi in") },
		{ "printing", N_("đang in") }, { "printed", N_("đã in") }, { "unconfirmed", N_("chưa xác nhận") },
		{ "failed", N_("chưa in được") }, { "dropped", N_("bỏ") } };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i].state, state) == 0)
			return _(names[i].name);
	return state;
}

static void tell(struct listing *listing, json_t *printers, json_t *jobs)
{
	struct program *program = listing->clerk.program;
	const struct printer *printer = program->printers;
	char at[32];
	if (!printer)
		printer = print_fallback(&listing->clerk.arena, program->paths.data);
	for (; printer; printer = printer->next) {
		struct look look;
		ask_printer(listing, printer, &look);
		if (printers)
			json_array_append_new(printers, printer_json(printer, &look));
		else
			printf("%s%s · %s · %s %s: %s\n", printer->name, printer->is_default ? " *" : "",
			       printer_paper(printer), printer->carrier->name, printer->address, look.say);
	}
	for (int i = 0; i < listing->jobs.count; i++) {
		const struct print_row *job = &listing->jobs.rows[i];
		if (jobs)
			json_array_append_new(jobs, job_json(job));
		else
			printf("%s%s · %s · %s · %s · %s%s%s\n", i ? "" : "\n", moment_write(job->changed_at, at, sizeof at),
			       job->title, job->counter, job->printer, job_state(job->state),
			       *job->reason ? ": " : "", job->reason);
	}
}

int print_list(struct program *program, const struct call *call)
{
	struct listing listing = { .done = false };
	bool good = clerk_begin(&listing.clerk, program, call, true, &listing.err) && read_all(&listing, call->most);
	if (good && call->json) {
		json_t *printers = json_array(), *jobs = json_array();
		tell(&listing, printers, jobs);
		command_json(json_pack("{s:o, s:o}", "printers", printers, "jobs", jobs));
	} else if (good) {
		tell(&listing, NULL, NULL);
	}
	int status = good ? 0 : command_failed(&listing.err);
	clerk_end(&listing.clerk);
	return status;
}
