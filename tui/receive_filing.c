/* SPDX-License-Identifier: Apache-2.0
 *
 * A dossier that the citizen filed online, on the screen of reception: what was written is in
 * its fields, its files lie with their papers, looked at one after the other; the register is
 * asked at once; the clerk marks each paper as at the counter. */
#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/deadline.h"
#include "core/store/file_fetch.h"
#include "core/store/filings.h"
#include "tui/ask.h"
#include "tui/file_check.h"
#include "tui/receive_private.h"

/* ---- what was written ---- */

enum id_kind receive_id_kind(const char *word)
{
	for (int i = 0; i < ID_KIND_COUNT; i++)
		if (strcmp(id_kind_stored((enum id_kind)i), word) == 0)
			return (enum id_kind)i;
	return ID_OTHER;
}

static void take_party(struct arena *arena, struct person *out, const struct filing_party *party, enum person_kind kind)
{
	*out = person_new(kind);
	out->name = arena_string(arena, party->name);
	out->id_number = arena_string(arena, party->id_number);
	out->id_kind = receive_id_kind(party->id_kind);
	out->birth = day_read_iso(party->birth);
	out->sex = arena_string(arena, party->sex);
	out->phone = arena_string(arena, party->phone);
	out->email = arena_string(arena, party->email);
	out->address = arena_string(arena, party->address);
}

static bool same_name(const char *a, const char *b)
{
	char left[700], right[700];
	size_t n = text_fold(a, left, sizeof left), m = text_fold(b, right, sizeof right);
	return n == m && memcmp(left, right, n) == 0;
}

/* The paper a file is for: by the catalogue's name of it; one that no paper is for is the
 * citizen's own, which nobody demanded. */
static struct paper *paper_of(struct receive *receive, const struct filing_file *file)
{
	struct checklist *list = &receive->r.checklist;
	struct arena *arena = &receive->screen->arena;
	struct paper *paper = NULL;
	for (size_t i = 0; *file->component && i < list->count; i++)
		if (same_name(list->papers[i].name, file->component))
			return &list->papers[i];
	const char *name = *file->component ? file->component : file->name;
	say_source(true);
	const char *whole = arena_format(arena, _("Công dân gửi kèm: %s"), name);
	const char *basis = _("Công dân tự gửi kèm hồ sơ trực tuyến");
	say_source(false);
	paper = checklist_named(list, whole);
	if (!paper)
		checklist_add(arena, list, whole, basis, ACTION_SUBMIT, &paper, NULL);
	return paper;
}

static void take_files(struct receive *receive, const struct filing *filing)
{
	struct reception *r = &receive->r;
	struct arena *arena = &receive->screen->arena;
	for (int i = 0; r->procedure && i < filing->file_count; i++) {
		const struct filing_file *file = &filing->files[i];
		struct paper *paper = file->file_id ? paper_of(receive, file) : NULL;
		if (!paper)
			continue;
		/* What came over the line is a copy, whatever it shows. */
		paper->originals = 0;
		paper->copies = 1;
		reception_attach(r, paper->name, arena_string(arena, file->name));
		r->attachments[r->attachment_count - 1].file_id = file->file_id;
	}
}

/* ---- for the clerk to read ---- */

static void tell_clock(struct receive *receive, const struct filing *filing, struct bytes *text)
{
	struct arena arena = { 0 };
	struct deadline deadline = { .due = MOMENT_NONE };
	const struct catalogue *c = receive->r.catalogue;
	bytes_format(text, "%s\n", _("THỜI HẠN KIỂM TRA (từ lúc hệ thống nhận, tính theo giờ làm việc)"));
	if (filing->clock_from != MOMENT_NONE && deadline_count(&arena, &c->calendar, &c->rule, filing->clock_from, filing->hours,
	                                                        LIMIT_WORKING_HOUR, &deadline, NULL))
		for (size_t i = 0; i < deadline.lines.count; i++)
			/* The line that names a due date: here it is the end of checking. */
			if (i + 1 + deadline.predicted != deadline.lines.count)
				bytes_format(text, "  %s\n", deadline.lines.items[i]);
	if (deadline.due != MOMENT_NONE) {
		char at[32];
		bytes_format(text, _("  Kiểm tra, trả lời công dân chậm nhất %s\n"), moment_write(deadline.due, at, sizeof at));
	}
	/* The calendar may have been mended since. */
	if (deadline.due != filing->deadline && filing->deadline != MOMENT_NONE) {
		char at[32];
		bytes_format(text, _("  Lúc hồ sơ đến đã tính là %s.\n"), moment_write(filing->deadline, at, sizeof at));
	}
	arena_free(&arena);
}

static void tell_form(const struct filing *filing, struct bytes *text)
{
	bytes_format(text, "\n%s (%s)\n", _("CÔNG DÂN KHAI"), filing->system_name);
	if (*filing->summary)
		bytes_format(text, _("  Nội dung: %s\n"), filing->summary);
	for (const char *at = filing->form; *at;) {
		size_t n = strcspn(at, "\n");
		bytes_format(text, "  %.*s\n", (int)n, at);
		at += n + (at[n] == '\n');
	}
	if (*filing->note)
		bytes_format(text, _("  Ghi chú: %s\n"), filing->note);
	bytes_format(text, "  %s\n", filing->verified > 0 ? _("Tài khoản đã xác thực với VNeID.")
	             : filing->verified == 0 ? _("Tài khoản chưa xác thực với VNeID.") : _("Nơi nộp không cho biết tài khoản đã xác thực với VNeID hay chưa."));
	if (filing->paid)
		bytes_format(text, "  %s\n", _("Cổng báo đã thanh toán trực tuyến."));
}

static void tell_files(const struct filing *filing, struct bytes *text)
{
	bytes_format(text, "\n%s\n", _("TỆP GỬI KÈM"));
	for (int i = 0; i < filing->file_count; i++) {
		const struct filing_file *file = &filing->files[i];
		bytes_format(text, "  %s %s%s%s%s%s\n", file->file_id ? "■" : "!", file->name, *file->component ? " — " : "", file->component,
		             *file->note ? ": " : "", file->note);
		if (strcmp(file->state, "waiting") == 0)
			bytes_format(text, "    %s\n", _("đang tải về"));
	}
	if (!filing->file_count)
		bytes_format(text, "  %s\n", _("Không có tệp nào."));
}

void receive_take_filing(struct receive *receive, const struct filing *filing)
{
	struct reception *r = &receive->r;
	struct arena *arena = &receive->screen->arena;
	struct bytes text = { 0 };
	r->online = (struct online){ filing->filing_id, filing->version, filing->asks, arena_string(arena, filing->code),
		arena_string(arena, filing->system_name), filing->deadline, "", filing->verified > 0, filing->paid };
	take_party(arena, &r->owner, &filing->owner, strcmp(filing->owner_kind, "organisation") == 0 ? PERSON_ORGANISATION : PERSON_CITIZEN);
	r->represented = *filing->submitter.name != '\0';
	if (r->represented)
		take_party(arena, &r->submitter, &filing->submitter, PERSON_CITIZEN);
	const struct procedure *p = catalogue_procedure(r->catalogue, filing->procedure_code);
	int64_t case_id = 0;
	for (size_t i = 0; p && i < p->case_count; i++)
		if (same_name(p->cases[i].name, filing->case_name))
			case_id = p->cases[i].case_id;
	if (p)
		reception_choose(r, p, case_id, CHANNEL_ONLINE);
	r->summary = arena_string(arena, filing->summary);
	if (strcmp(filing->result_by, "post") == 0 && *filing->return_to) {
		r->result_by = "post";
		r->return_to = arena_string(arena, filing->return_to);
	} else if (strcmp(filing->result_by, "online") == 0) {
		r->result_by = "online";
	}
	if (filing->paid)
		r->paid = "transfer";
	take_files(receive, filing);
	tell_clock(receive, filing, &text);
	tell_form(filing, &text);
	tell_files(filing, &text);
	r->online.told = arena_string(arena, bytes_string(&text));
	bytes_free(&text);
	receive_person_show(receive);
	receive_procedure_show(receive);
	receive_go(receive, r->procedure ? AT_PAPERS : AT_PROCEDURE);
	if (!p)
		desk_say(receive->screen->desk, FAULT_INPUT, _("Danh mục ở đây không có thủ tục %s (%s): chọn thủ tục đúng, hoặc F7 từ chối."),
		         filing->procedure_code, filing->procedure_name);
	else if (p->case_count && !case_id)
		desk_say(receive->screen->desk, FAULT_NONE, "%s", _("Ctrl-F đọc nội dung công dân nộp; F9 hỏi trường hợp của thủ tục."));
	else
		desk_say(receive->screen->desk, FAULT_NONE, "%s", _("Ctrl-F đọc nội dung công dân nộp; Dấu cách từng giấy tờ đã kiểm tra."));
}

/* ---- its files, one after the other ---- */

struct filing_check {
	struct fetch_ask fetch;
	struct file_check check;
	struct receive *receive;
	size_t at;          /* of the attachments */
	struct task task;
};

static void look_next(struct filing_check *job);

static struct attachment *attachment_at(struct filing_check *job)
{
	struct reception *r = &job->receive->r;
	while (job->at < r->attachment_count && (*r->attachments[job->at].found || r->attachments[job->at].reused))
		job->at++;
	return job->at < r->attachment_count ? &r->attachments[job->at] : NULL;
}

static void on_checked(struct file_check *check, const struct error *err)
{
	struct filing_check *job = check->owner;
	struct attachment *file = attachment_at(job);
	struct receive *receive = job->receive;
	fetch_close(&job->fetch);
	if (file && job->fetch.file_id == file->file_id) {
		struct arena *arena = &receive->screen->arena;
		file->found = err ? arena_string(arena, err->say) : arena_string(arena, check->words);
		file->doubtful = err != NULL || check->doubtful;
		file->pages = err ? 0 : check->pages;
		if (file->doubtful)
			desk_say(receive->screen->desk, FAULT_INPUT, "%s: %s", file->name, file->found);
	}
	job->at++;
	file_check_clear(check);
	screen_dirty(receive->screen);
	look_next(job);
}

static void on_fetched(struct fetch_ask *ask, const struct error *err)
{
	struct filing_check *job = ask->owner;
	struct receive *receive = job->receive;
	if (err) {
		log_error("a file of a filing", err);
		job->at++;
		look_next(job);
		return;
	}
	char name[24];
	snprintf(name, sizeof name, "tep.%s", ask->ending);
	job->check = (struct file_check){ .done = on_checked, .owner = job, .loop = receive->screen->desk->loop,
		.scope = &receive->screen->scope, .store = duty_store(receive_duty(receive)), .paths = receive->screen->desk->paths,
		.config = receive->screen->desk->config };
	file_check_start(&job->check, ask->fd, name, receive->r.computed ? receive->r.route.system : "");
}

static void look_next(struct filing_check *job)
{
	const struct attachment *file = attachment_at(job);
	struct receive *receive = job->receive;
	if (!file)
		return;
	job->fetch = (struct fetch_ask){ .done = on_fetched, .owner = job, .fd = -1 };
	file_fetch(duty_store(receive_duty(receive)), &receive->screen->scope, &job->fetch, file->file_id, receive->screen->desk->paths->data);
}

static void on_task_end(struct task *task)
{
	struct filing_check *job = OWNER_OF(task, struct filing_check, task);
	fetch_close(&job->fetch);
	file_check_clear(&job->check);
}

void receive_filing_open(struct receive *receive)
{
	struct screen *screen = receive->screen;
	const struct person *owner = &receive->r.owner;
	struct filing_check *job = ARENA_NEW(&screen->arena, struct filing_check);
	*job = (struct filing_check){ .receive = receive, .fetch.fd = -1, .task.end = on_task_end };
	screen->title = _("TIẾP NHẬN TRỰC TUYẾN");
	scope_add(&screen->scope, &job->task);
	look_next(job);
	/* Form data against the register (NĐ 45/2020/NĐ-CP Điều 11), while the clerk reads. */
	if (owner->kind == PERSON_CITIZEN && strlen(owner->id_number) == 12 && *owner->name && owner->birth != DAY_NONE)
		receive_lookup_start(receive, "citizen");
	else if (owner->kind == PERSON_ORGANISATION && strlen(owner->id_number) >= 10)
		receive_lookup_start(receive, "enterprise");
}

/* ---- on the screen ---- */

bool receive_may_told(const struct screen *screen)
{
	const struct receive *receive = screen->state;
	return receive->r.online.filing_id != 0;
}

void receive_told(struct screen *screen)
{
	const struct online *online = &receive_of(screen)->r.online;
	ask_read(screen, online->code, online->told, NULL, NULL);
}

/* How much of the working hours is left, or by how much they are over. */
const char *receive_filing_line(const struct receive *receive, struct arena *arena, enum role *role)
{
	const struct online *online = &receive->r.online;
	const struct calendar *calendar = &receive->r.catalogue->calendar;
	moment_t now = desk_now(receive->screen->desk);
	if (!online->filing_id)
		return NULL;
	int64_t left = calendar_between(calendar, now, online->deadline) / 60;
	*role = online->deadline == MOMENT_NONE ? ROLE_TEXT : now > online->deadline ? ROLE_LATE : left < 120 ? ROLE_WARN : ROLE_TEXT;
	if (online->deadline == MOMENT_NONE)
		return online->code;
	if (now > online->deadline)
		return arena_format(arena, _("%s · ! quá hạn kiểm tra "), online->code);
	return arena_format(arena, _("%s · còn %d giờ %02d phút "), online->code, (int)(left / 60), (int)(left % 60));
}
