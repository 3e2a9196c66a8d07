/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that systems gave: saved into a folder the clerk chooses, or printed as they
 * are.  Fetched piece by piece, compared, and recorded.  The work is the clerk's, not
 * the screen's: it goes on while other dossiers are looked at, one file at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/place.h"
#include "core/base/say.h"
#include "core/store/file_fetch.h"
#include "printers/printer.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"
#include "tui/program.h"

enum { FILES_MOST = 40 };
enum { TO_FOLDER, TO_OTHER, TO_PRINTER };

struct result_job {
	struct duty *duty;
	int64_t file_id;
	int nth, percent;
	bool busy, print;
	char code[80];       /* of the dossier */
	char folder[400], printer[120];
	struct fetch_ask fetch;
	struct placing placing;
	struct used_ask used;
	struct carriage carriage;
	char *bytes;         /* on its way to a printer */
	struct task task;
};

static void on_scope_end(struct task *task)
{
	struct result_job *job = OWNER_OF(task, struct result_job, task);
	fetch_close(&job->fetch);
	free(job->bytes);
	job->bytes = NULL;
}

static void end(struct result_job *job, const char *how, const struct error *err)
{
	struct duty *duty = job->duty;
	fetch_close(&job->fetch);
	free(job->bytes);
	job->bytes = NULL;
	job->busy = false;
	if (err)
		desk_tell(duty->desk, err);
	else if (!job->used.ask.slot)
		file_used(duty_store(duty), &duty->scope, &job->used, job->file_id, how);
}

/* ---- saving ---- */

static void on_placed(struct placing *placing, const struct error *err)
{
	struct result_job *job = placing->owner;
	end(job, "save", err);
	if (!err)
		desk_say(job->duty->desk, FAULT_NONE, _("Đã lưu vào %s"), placing->where);
}

/* Our code and a number: nothing of the citizen's, nothing of theirs. */
static void name_of(const struct result_job *job, char *out, size_t room)
{
	char code[80];
	place_name(job->code, code, sizeof code);
	snprintf(out, room, "%s_ket-qua_%02d", code, job->nth + 1);
}

static void save(struct result_job *job)
{
	char name[120];
	struct error err = { 0 };
	struct duty *duty = job->duty;
	name_of(job, name, sizeof name);
	job->placing = (struct placing){ .done = on_placed, .owner = job };
	if (!place_start(duty->desk->loop, &duty->scope, &job->placing, job->fetch.fd, job->folder, name, job->fetch.ending, &err))
		end(job, "save", &err);
	else
		desk_say(duty->desk, FAULT_NONE, _("Đang ghi vào %s…"), job->folder);
}

/* ---- printing ---- */

static void on_carried(struct carriage *carriage, const struct error *err)
{
	struct result_job *job = OWNER_OF(carriage, struct result_job, carriage);
	end(job, "print", err);
	if (!err)
		desk_say(job->duty->desk, FAULT_NONE, _("Đã gửi tệp kết quả tới máy in %s. %s"), job->printer,
		         carriage->place[0] ? carriage->place : carriage->warning);
}

static void print_file(struct result_job *job)
{
	struct duty *duty = job->duty;
	const struct printer *printer = printer_find(duty->program->printers, job->printer);
	struct error err = { 0 };
	size_t size = (size_t)job->fetch.size;
	if (strcmp(job->fetch.ending, "pdf") != 0) {
		fail(&err, FAULT_INPUT, _("Tệp này không phải PDF: hãy lưu rồi in bằng phần mềm của nó."));
		end(job, "print", &err);
		return;
	}
	if (!printer) {
		fail(&err, FAULT_DEVICE, _("Quầy không còn máy in %s."), job->printer);
		end(job, "print", &err);
		return;
	}
	job->bytes = malloc(size);
	if (!job->bytes || pread(job->fetch.fd, job->bytes, size, 0) != (ssize_t)size) {
		fail(&err, FAULT_DEVICE, _("Không đọc được tệp."));
		end(job, "print", &err);
		return;
	}
	job->carriage = printer_trip(printer, job->bytes, size);
	job->carriage.title = job->code;
	job->carriage.ending = "pdf";
	job->carriage.fit = true;
	if (!printer->carrier->begin(duty->desk->loop, &duty->scope, printer->address, &job->carriage, on_carried, &err))
		end(job, "print", &err);
	else
		desk_say(duty->desk, FAULT_NONE, _("Đang in trên máy in %s…"), job->printer);
}

/* ---- fetching ---- */

static void on_progress(struct fetch_ask *fetch, int64_t got, int64_t size)
{
	struct result_job *job = fetch->owner;
	int percent = size ? (int)(got * 10 / size) * 10 : 0;
	if (percent == job->percent)
		return;
	job->percent = percent;
	desk_say(job->duty->desk, FAULT_NONE, _("Đang đọc tệp kết quả: %d%%"), percent);
}

static void on_fetched(struct fetch_ask *fetch, const struct error *err)
{
	struct result_job *job = fetch->owner;
	if (err)
		end(job, "", err);
	else if (job->print)
		print_file(job);
	else
		save(job);
}

static void start(struct result_job *job, const struct screen *screen)
{
	const struct viewing *v = screen->state;
	struct duty *duty = job->duty;
	if (job->busy)
		return;
	snprintf(job->code, sizeof job->code, "%s", v->full->code);
	job->busy = true;
	job->percent = -1;
	job->fetch = (struct fetch_ask){ .done = on_fetched, .progress = on_progress, .owner = job };
	file_fetch(duty_store(duty), &duty->scope, &job->fetch, job->file_id, duty->program->paths.data);
}

/* ---- which, and where to ---- */

static struct result_job *job_of(const struct screen *screen)
{
	struct duty *duty = duty_of(screen);
	if (!duty->result) {
		duty->result = calloc(1, sizeof *duty->result);
		if (!duty->result)
			abort();
		*duty->result = (struct result_job){ .duty = duty, .fetch.fd = -1 };
		duty->result->task.end = on_scope_end;
		scope_add(&duty->scope, &duty->result->task);
	}
	return duty->result;
}

static const char *check_folder(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[0] == '/' ? NULL : _("Gõ đường dẫn đầy đủ, bắt đầu bằng “/”, ví dụ /media/usb.");
}

static void on_folder(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (!text)
		return;
	snprintf(job_of(screen)->folder, sizeof job_of(screen)->folder, "%s", text);
	start(job_of(screen), screen);
}

static const char *folder_of(struct screen *screen)
{
	const struct program *program = duty_of(screen)->program;
	const char *set = config_text(&program->config, "counter", "results", NULL);
	return set && *set == '/' ? set : path_join(&screen->arena, program->paths.data, "ket-qua");
}

static void on_where(struct screen *screen, int choice, void *data)
{
	struct result_job *job = job_of(screen);
	(void)data;
	const struct printer *printer = printer_of_files(duty_of(screen)->program->printers);
	job->print = choice == TO_PRINTER;
	if (choice == TO_FOLDER) {
		snprintf(job->folder, sizeof job->folder, "%s", folder_of(screen));
		start(job, screen);
	} else if (choice == TO_OTHER) {
		ask_for_text(screen, &(struct ask_text){ .question = _("Lưu vào thư mục nào? (USB thường ở /media)"), .plain = true, .max = 300,
			.check = check_folder }, on_folder, NULL);
	} else if (choice == TO_PRINTER && !printer) {
		desk_say(screen->desk, FAULT_DEVICE, "%s",
		         _("Quầy chưa có máy in nhận PDF: lưu tệp rồi in ở máy khác."));
	} else if (choice == TO_PRINTER) {
		snprintf(job->printer, sizeof job->printer, "%s", printer->name);
		start(job, screen);
	}
}

static void ask_where(struct screen *screen)
{
	const struct printer *printer = printer_of_files(duty_of(screen)->program->printers);
	const char *choices[] = { arena_format(&screen->arena, _("Lưu vào %s"), folder_of(screen)), _("Lưu vào thư mục khác…"),
		printer ? arena_format(&screen->arena, _("In trên máy in %s"), printer->name) : _("In (chưa có máy in nhận PDF)") };
	ask_choice(screen, _("Tệp kết quả này:"), choices, 3, 0, on_where, NULL);
}

static int list_files(const struct viewing *v, const struct dossier_part *out[FILES_MOST])
{
	int count = 0;
	for (int i = 0; v->full && i < v->full->told_count && count < FILES_MOST; i++)
		if (v->full->told[i].file_id)
			out[count++] = &v->full->told[i];
	return count;
}

static void choose(struct screen *screen, int nth)
{
	const struct dossier_part *files[FILES_MOST];
	struct viewing *v = screen->state;
	if (nth < 0 || nth >= list_files(v, files))
		return;
	job_of(screen)->file_id = files[nth]->file_id;
	job_of(screen)->nth = nth;
	ask_where(screen);
}

static void on_file(struct screen *screen, int choice, void *data)
{
	(void)data;
	choose(screen, choice);
}

bool dossier_may_result(const struct screen *screen)
{
	const struct dossier_part *files[FILES_MOST];
	return list_files(screen->state, files) > 0;
}

void dossier_result(struct screen *screen)
{
	const struct dossier_part *files[FILES_MOST];
	const char *names[FILES_MOST];
	struct viewing *v = screen->state;
	int count = list_files(v, files);
	if (job_of(screen)->busy) {
		desk_say(screen->desk, FAULT_NONE, "%s", _("Một tệp đang được lưu hoặc in: đợi xong đã."));
		return;
	}
	if (count == 1) {
		choose(screen, 0);
		return;
	}
	for (int i = 0; i < count; i++)
		names[i] = arena_format(&screen->arena, _("%s (%s, %lld KB)"), *files[i]->name ? files[i]->name : files[i]->file_name,
		                        files[i]->system_name, (long long)(files[i]->file_size + 1023) / 1024);
	ask_choice(screen, _("Tệp kết quả nào?"), names, count, 0, on_file, NULL);
}
