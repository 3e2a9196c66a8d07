/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/visit.h"

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/session.h"
#include "printers/printer.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/print.h"

static void on_read(struct visit_ask *ask, const struct visit_row *rows, int count, const struct error *err)
{
	struct visit *v = ask->owner;
	if (err)
		log_error("the visit", err);
	v->rows = rows;
	v->count = err ? 0 : count;
	screen_dirty(v->screen);
}

void visit_open(struct visit *v, struct screen *screen, int64_t dossier_id)
{
	*v = (struct visit){ .screen = screen };
	if (!dossier_id)
		return;
	v->ask = (struct visit_ask){ .done = on_read, .into = &v->memory, .owner = v };
	visit_read(duty_store(duty_of(screen)), &screen->scope, &v->ask, dossier_id);
}

void visit_close(struct visit *v)
{
	arena_free(&v->memory);
}

static const char *due_of(const struct visit_row *r, char *out, size_t room)
{
	return r->due_at == MOMENT_NONE ? _("không hẹn ngày") : moment_write(r->due_at, out, room);
}

int visit_draw(const struct visit *v, struct canvas *canvas, int row, int most)
{
	struct arena arena = { 0 };
	int64_t fee = 0;
	char due[32];
	int used = 0;
	if (v->count < 2 || most < 2)
		return 0;
	for (int i = 0; i < v->count; i++)
		fee += v->rows[i].fee;
	canvas_format(canvas, row, 2, ROLE_HEAD, _("Lượt này: %d hồ sơ, phí cộng %s đồng"), v->count, text_money(&arena, fee));
	/* The newest last; of many, the last ones. */
	int first = v->count > most - 1 ? v->count - (most - 1) : 0;
	for (int i = first; i < v->count; i++) {
		used++;
		canvas_cell(canvas, row + used, 2, 24, ROLE_TEXT, v->rows[i].code);
		canvas_cell(canvas, row + used, 27, 17, ROLE_TEXT, due_of(&v->rows[i], due, sizeof due));
		canvas_cell(canvas, row + used, 45, canvas->cols - 46, ROLE_TEXT, v->rows[i].procedure_name);
	}
	arena_free(&arena);
	return used + 1;
}

/* ---- the slip ---- */

static void on_printed(struct print_job *job)
{
	struct visit *v = OWNER_OF(job, struct visit, job);
	v->printing = false;
	desk_say(v->screen->desk, job->result == CARRIED_NOT ? FAULT_DEVICE : FAULT_NONE, "%s", job->say);
}

static void on_task_end(struct task *task)
{
	job_clear(&OWNER_OF(task, struct visit, task)->job);
}

static void fill(const struct visit *v, struct arena *arena, struct fields *fields)
{
	const struct session_facts *facts = duty_of(v->screen)->facts;
	char at[40], due[32];
	fields_set(arena, fields, "unit.name", facts->unit_name);
	if (*facts->organisation)
		fields_set(arena, fields, "unit.organisation", facts->organisation);
	fields_set(arena, fields, "at", moment_write_iso(desk_now(v->screen->desk), at, sizeof at));
	fields_set(arena, fields, "owner.name", v->rows[0].owner_name);
	fields_set(arena, fields, "officer.name", facts->full_name);
	say_source(true);
	for (int i = 0; i < v->count; i++) {
		const struct visit_row *r = &v->rows[i];
		fields_set(arena, fields, arena_format(arena, "section.%d.head", i + 1), r->code);
		fields_set(arena, fields, arena_format(arena, "section.%d.text", i + 1),
		           arena_format(arena, _("%s. Chủ hồ sơ: %s. Hẹn trả: %s. Phí, lệ phí: %s đồng, đã nộp %s đồng."), r->procedure_name,
		                        r->owner_name, due_of(r, due, sizeof due), text_money(arena, r->fee), text_money(arena, r->paid)));
	}
	say_source(false);
}

void visit_print(struct visit *v)
{
	struct screen *screen = v->screen;
	struct duty *duty = duty_of(screen);
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	struct error err;
	if (v->printing || v->count < 2)
		return;
	if (v->task.end)
		scope_remove(&v->task);
	job_clear(&v->job);
	fill(v, &arena, &fields);
	v->task = (struct task){ .end = on_task_end };
	v->printing = job_start(&v->job, &duty->draw, &screen->scope, printer_find(print_printers(duty), NULL),
	                        &(struct draw_request){ .form = "visit", .date = desk_today(screen->desk), .fields = &fields },
	                        "phieu-tong-hop", on_printed, &err);
	if (v->printing)
		scope_add(&screen->scope, &v->task);
	else
		v->task.end = NULL;
	if (!v->printing)
		desk_tell(screen->desk, &err);
	arena_free(&arena);
}
