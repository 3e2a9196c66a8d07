/* SPDX-License-Identifier: Apache-2.0
 *
 * A ticket on paper: drawn and carried, no row in the database: the ticket is one. */
#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "printers/fields.h"
#include "tui/desk.h"
#include "tui/kiosk_own.h"

static void on_printed(struct print_job *job)
{
	struct kiosk_print *print = OWNER_OF(job, struct kiosk_print, job);
	print->over = true;
	screen_dirty(print->kiosk->screen);
	if (job->result == CARRIED_NOT)
		log_error("printing a ticket", &job->error);
}

/* A place for a job: a free one, or one that is over. */
static int free_place(struct kiosk *k)
{
	for (int i = 0; i < KIOSK_JOBS; i++) {
		if (k->prints[i].used && !k->prints[i].over)
			continue;
		if (k->prints[i].used)
			job_clear(&k->prints[i].job);
		k->prints[i] = (struct kiosk_print){ .kiosk = k };
		return i;
	}
	return -1;
}

static void fill(const struct kiosk *k, struct arena *arena, struct fields *fields)
{
	const struct kiosk_ticket *t = &k->ticket;
	char at[40];
	if (k->known.practice)
		fields_set(arena, fields, "practice", "1");
	fields_set(arena, fields, "at", moment_write_iso(t->at, at, sizeof at));
	fields_set(arena, fields, "unit.name", k->known.unit_name);
	if (*k->known.organisation)
		fields_set(arena, fields, "unit.organisation", k->known.organisation);
	if (*k->known.office)
		fields_set(arena, fields, "unit.office", k->known.office);
	fields_set(arena, fields, "ticket.number", t->number);
	fields_set(arena, fields, "ticket.field", t->name);
	fields_set(arena, fields, "ticket.counters", t->counters);
	if (t->before > 0)
		fields_format(arena, fields, "ticket.before", "%d", t->before);
	if (*t->priority)
		fields_set(arena, fields, "ticket.priority", "1");
}

void kiosk_print_ticket(struct kiosk *k)
{
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	struct error err = { 0 };
	char title[48], day[16];
	k->printing = free_place(k);
	if (k->printing < 0) {
		log_line(LOG_WARN, "ticket %s is not printed: the printer is behind", k->ticket.number);
		return;
	}
	struct kiosk_print *print = &k->prints[k->printing];
	fill(k, &arena, &fields);
	snprintf(title, sizeof title, "so-%s-%s", day_write_iso(moment_day(k->ticket.at), day, sizeof day), k->ticket.number);
	const struct draw_request request = { .form = "ticket", .date = moment_day(k->ticket.at),
		.output = k->printer->output, .fields = &fields };
	print->used = true;
	if (!job_start(&print->job, &k->draw, &k->screen->scope, k->printer, &request, title, on_printed, &err)) {
		log_error("printing a ticket", &err);
		print->over = true;
		print->job.result = CARRIED_NOT;
	}
	arena_free(&arena);
}

void kiosk_print_clear(struct kiosk *k)
{
	for (int i = 0; i < KIOSK_JOBS; i++)
		if (k->prints[i].used)
			job_clear(&k->prints[i].job);
}
