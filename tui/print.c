/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/store/papers.h"
#include "printers/fields.h"
#include "printers/receipt_qr.h"
#include "tui/desk.h"
#include "tui/program.h"
#include "tui/duty.h"

/* What became of a paper, on its way to the database: it may be slow there while
 * the paper is already being printed again. */
struct mark {
	struct paper_ask ask;
	struct arena arena;
	struct mark *next;
};

struct print {
	struct duty *duty;
	int64_t paper_id;
	enum print_state state;
	char say[320];
	struct paper_ask read;
	struct mark *marks;      /* as long as the duty */
	struct print_job job;
	bool drawn;              /* the job holds the paper: it may be tried again */
	struct arena arena;
	struct print *next;
};

static void tell(struct print *print, enum print_state state, const char *sentence)
{
	print->state = state;
	snprintf(print->say, sizeof print->say, "%s", sentence);
	if (state != PRINT_WAITING)
		desk_say(print->duty->desk, state == PRINT_FAILED ? FAULT_DEVICE : FAULT_NONE,
		         "%s", sentence);
	duty_tell(print->duty, "print", print->paper_id);
}

static void on_marked(struct paper_ask *ask, const struct paper_row *paper, const struct error *err)
{
	struct mark *mark = OWNER_OF(ask, struct mark, ask);
	(void)paper;
	if (err) /* the paper is out: only the count of copies lags */
		log_error("marking a paper as printed", err);
	arena_free(&mark->arena);
}

static void mark_printed(struct print *print, const char *result)
{
	struct mark *mark = calloc(1, sizeof *mark);
	if (!mark)
		abort();
	mark->next = print->marks;
	print->marks = mark;
	mark->ask = (struct paper_ask){ .done = on_marked, .into = &mark->arena };
	paper_printed(duty_store(print->duty), &print->duty->scope, &mark->ask, print->paper_id,
	              print->job.printer->name, result);
}

static void on_job(struct print_job *job)
{
	struct print *print = OWNER_OF(job, struct print, job);
	bool failed = job->result == CARRIED_NOT;
	if (failed)
		log_error("printing", &job->error);
	mark_printed(print, failed ? job->error.log : "ok");
	tell(print, failed ? PRINT_FAILED : PRINT_DONE, job->say);
}

const struct printer *print_fallback(struct arena *arena, const char *data_folder)
{
	struct printer *printer = ARENA_NEW(arena, struct printer);
	*printer = (struct printer){ .name = "PDF", .carrier = &carrier_file,
		.output = DRAW_PDF_A5, .is_default = true,
		.address = path_join(arena, data_folder, "giay-to") };
	(void)path_make(printer->address, 0700, NULL); /* the carrier tells */
	return printer;
}

static const struct printer *printer_here(struct print *print)
{
	const struct printer *set = printer_find(print->duty->program->printers, NULL);
	return set ? set : print_fallback(&print->arena, print->duty->program->paths.data);
}

static bool sign(struct print *print, const char *code, const char **qr, struct error *err)
{
	const struct duty *duty = print->duty;
	*qr = NULL;
	if (!code || !*code)
		return true;
	if (!duty->key_id) {
		fail(err, FAULT_OFFLINE, _("Khoá ký của máy này chưa đăng ký xong, in lại sau ít phút."));
		return because(err, "no key id yet");
	}
	return receipt_sign(&print->arena, &duty->key, duty->key_id, duty->facts->lookup_url,
	                    code, qr, err);
}

/* Receipts carry a QR: the one of their dossier; sheets printed beforehand each their own. */
static bool make_qr(struct print *print, const char *form, struct fields *fields, const char **qr,
                    struct error *err)
{
	struct arena *arena = &print->arena;
	*qr = NULL;
	if (strcmp(form, "01") == 0)
		return sign(print, fields_get(fields, "dossier.code"), qr, err);
	int sheets = strcmp(form, "01b") == 0 ? fields_group(fields, "blank") : 0;
	for (int i = 1; i <= sheets; i++) {
		const char *own;
		if (!sign(print, fields_get(fields, arena_format(arena, "blank.%d.code", i)), &own, err))
			return false;
		fields_set(arena, fields, arena_format(arena, "blank.%d.qr", i), own);
	}
	return true;
}

/* Names files and messages: the dossier's code, the paper's number, or which sheets. */
static const char *title_of(struct print *print, const struct paper_row *paper,
                            const struct fields *fields)
{
	const char *code = fields_get(fields, "dossier.code");
	const char *block = fields_get(fields, "block.number");
	if (code && *code)
		return code;
	return block ? arena_format(&print->arena, "in-san-tap-%s", block) : paper->number;
}

static void on_paper(struct paper_ask *ask, const struct paper_row *paper, const struct error *err)
{
	struct print *print = ask->owner;
	struct error why = err ? *err : (struct error){ 0 };
	struct fields fields = { 0 };
	struct draw_request request = { .date = desk_today(print->duty->desk), .fields = &fields };
	bool good = !err;
	if (good) {
		const struct printer *printer = printer_here(print);
		request.form = paper->form;
		request.copy = paper->copies_printed;
		request.output = printer->output;
		good = fields_parse(&print->arena, paper->fields, strlen(paper->fields), &fields,
		                    &why) &&
		       make_qr(print, paper->form, &fields, &request.qr, &why);
		if (good)
			good = job_start(&print->job, &print->duty->draw, &print->duty->scope,
			                 printer, &request, title_of(print, paper, &fields),
			                 on_job, &why);
	}
	print->drawn = good;
	if (!good) {
		log_error("printing", &why);
		tell(print, PRINT_FAILED, why.say);
	}
}

static void read_paper(struct print *print)
{
	tell(print, PRINT_WAITING, _("Đang in…"));
	print->read = (struct paper_ask){ .done = on_paper, .into = &print->arena, .owner = print };
	paper_read(duty_store(print->duty), &print->duty->scope, &print->read, print->paper_id);
}

static struct print *find(const struct duty *duty, int64_t paper_id)
{
	struct print *print = duty->prints;
	while (print && print->paper_id != paper_id)
		print = print->next;
	return print;
}

void print_start(struct duty *duty, int64_t paper_id)
{
	struct print *print = find(duty, paper_id);
	if (print && print->state == PRINT_WAITING)
		return; /* already on its way */
	if (print) {
		if (print->drawn)
			job_clear(&print->job);
		arena_free(&print->arena);
		struct print *next = print->next;
		struct mark *marks = print->marks;
		*print = (struct print){ .next = next, .marks = marks };
	} else {
		print = calloc(1, sizeof *print);
		if (!print)
			abort();
		print->next = duty->prints;
		duty->prints = print;
	}
	print->duty = duty;
	print->paper_id = paper_id;
	read_paper(print);
}

enum print_state print_look(const struct duty *duty, int64_t paper_id, const char **say)
{
	const struct print *print = find(duty, paper_id);
	*say = print ? print->say : "";
	return print ? print->state : PRINT_DONE;
}

int print_failed(const struct duty *duty)
{
	int count = 0;
	for (const struct print *print = duty->prints; print; print = print->next)
		count += print->state == PRINT_FAILED;
	return count;
}

int print_again(struct duty *duty)
{
	int count = 0;
	for (struct print *print = duty->prints; print; print = print->next) {
		if (print->state != PRINT_FAILED)
			continue;
		struct error err = { 0 };
		count++;
		if (!print->drawn) {
			arena_free(&print->arena);
			read_paper(print);
			continue;
		}
		print->state = PRINT_WAITING;
		if (!job_again(&print->job, &duty->scope, NULL, &err))
			tell(print, PRINT_FAILED, err.say);
	}
	return count;
}

void print_end(struct duty *duty)
{
	for (struct print *print = duty->prints; print;) {
		struct print *next = print->next;
		if (print->drawn)
			job_clear(&print->job);
		for (struct mark *mark = print->marks, *after; mark; mark = after) {
			after = mark->next;
			arena_free(&mark->arena);
			free(mark);
		}
		arena_free(&print->arena);
		free(print);
		print = next;
	}
	duty->prints = NULL;
}
