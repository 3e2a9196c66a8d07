/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua receive — one dossier from a file, as the screen would receive it: the
 * same checklist, the same referee, the same receipt. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/say.h"
#include "core/store/dossier_read.h"
#include "core/store/files.h"
#include "tui/attach.h"
#include "tui/command/filing.h"
#include "tui/command/issue.h"
#include "tui/file_check.h"

#define LEVEL "xã"
#define TRIES 3 /* the moment may cross a boundary, the catalogue may change */

struct receive {
	struct call call;
	struct clerk clerk;
	struct filing filing;
	struct arena arena;        /* of the file */
	const char *folder;        /* files are named from there */
	struct reception r;
	struct intake_ask ask;
	struct intake_result result;
	struct dossier_full dossier;
	struct issued issued;
	bool done, good;
	struct error err;
};

static void over(struct receive *receive, const struct error *err)
{
	receive->done = true;
	receive->good = !err;
	if (err)
		receive->err = *err;
}

static bool settle(struct receive *receive)
{
	clerk_wait(&receive->clerk, &receive->done);
	return receive->good;
}

/* ---- the file and what it lacks ---- */

static bool read_file(struct receive *receive)
{
	const char *path = receive->call.words[0], *slash = strrchr(path, '/');
	char *text;
	size_t size;
	receive->folder = slash ? arena_copy(&receive->arena, path, (size_t)(slash - path)) : ".";
	return command_take(&receive->arena, path, FILING_MOST, &text, &size, &receive->err) &&
	       filing_parse(&receive->filing, &receive->arena, text, size, &receive->err);
}

static bool fill(struct receive *receive)
{
	struct reception *r = &receive->r;
	char made[37];
	memcpy(made, r->request_id, sizeof made); /* of the first try, "" before */
	reception_end(r);
	reception_start(r, &receive->clerk.arena, receive->clerk.catalogue);
	if (*made)
		memcpy(r->request_id, made, sizeof made);
	moment_t now = session_now(receive->clerk.session);
	return filing_fill(&receive->filing, r, now, &receive->err) &&
	       reception_settle(r, LEVEL, now, &receive->err);
}

static const char *const gap_words[] = { "owner", "submitter", "procedure", "limit", "fee", "components" };

static void unpaid_gap(struct receive *receive, struct gaps *gaps)
{
	struct fee_total total = fee_total(&receive->r.fees);
	if (!total.complete || !total.amount || strcmp(receive->r.paid, "none") != 0)
		return;
	struct arena *arena = &receive->clerk.arena;
	gaps->items = arena_grow(arena, gaps->items, sizeof *gaps->items, gaps->count, &gaps->room);
	gaps->items[gaps->count++] = (struct gap){ GAP_FEE, -1,
		_("Chưa ghi cách thu: \"paid\" là \"cash\", \"transfer\" hoặc \"later\".") };
}

static void tell_doubts(struct receive *receive)
{
	struct lines doubts = { 0 };
	struct arena *arena = &receive->clerk.arena;
	person_doubts(&receive->r.owner, receive->clerk.catalogue, arena, &doubts);
	if (receive->r.represented)
		person_doubts(&receive->r.submitter, receive->clerk.catalogue, arena, &doubts);
	for (size_t i = 0; i < doubts.count; i++)
		fprintf(stderr, _("Lưu ý: %s\n"), doubts.items[i]);
}

/* True when nothing stands in the way. */
static bool no_gaps(struct receive *receive)
{
	struct gaps gaps = reception_gaps(&receive->r, &receive->clerk.arena);
	unpaid_gap(receive, &gaps);
	if (!gaps.count)
		return true;
	json_t *list = json_array();
	fprintf(stderr, "%s\n", _("Chưa nhận được hồ sơ, còn thiếu:"));
	for (size_t i = 0; i < gaps.count; i++) {
		fprintf(stderr, "  - %s\n", gaps.items[i].say);
		json_array_append_new(list, json_pack("{s:s, s:s}", "part", gap_words[gaps.items[i].kind],
		                                      "say", gaps.items[i].say));
	}
	if (receive->call.json)
		command_json(json_pack("{s:b, s:o}", "accepted", 0, "gaps", list));
	else
		json_decref(list);
	return false;
}

/* ---- files of papers ---- */

static void on_kept(struct file_ask *ask, int64_t file_id, const struct error *err)
{
	struct receive *receive = ask->owner;
	struct reception *r = &receive->r;
	if (!err)
		r->attachments[r->attachment_count - 1].file_id = file_id;
	over(receive, err);
}

static void on_checked(struct file_check *check, const struct error *err)
{
	over(check->owner, err);
}

/* At the counter: not what the system it travels to would refuse, nor what is damaged. */
static bool check_file(struct receive *receive, struct file_check *check, int fd, const char *name)
{
	struct program *program = receive->clerk.program;
	*check = (struct file_check){ .done = on_checked, .owner = receive, .loop = &program->loop,
		.scope = &receive->clerk.scope, .store = receive->clerk.store, .paths = &program->paths,
		.config = &program->config };
	receive->done = false;
	file_check_start(check, fd, name, receive->r.computed ? receive->r.route.system : "");
	if (!settle(receive))
		return false;
	if (check->doubtful)
		fprintf(stderr, _("Lưu ý: tệp %s: %s.\n"), name, check->words);
	return true;
}

static bool keep_file(struct receive *receive, const struct filed_file *file)
{
	struct file_check check;
	struct reception *r = &receive->r;
	const char *slash = strrchr(file->path, '/'), *type;
	const char *path = *file->path == '/' ? file->path
	                                      : path_join(&receive->arena, receive->folder, file->path);
	struct file_ask ask = { .done = on_kept, .owner = receive };
	const char *name = slash ? slash + 1 : file->path;
	int fd;
	if (!attach_open(path, path, &fd, &type, &receive->err))
		return false;
	bool good = check_file(receive, &check, fd, name);
	if (good) {
		r->attachments = arena_grow(r->arena, r->attachments, sizeof *r->attachments, r->attachment_count,
		                            &r->attachment_room);
		r->attachments[r->attachment_count++] = (struct attachment){ .paper = file->paper, .name = name,
			.pages = check.pages, .found = arena_string(r->arena, check.words) };
		receive->done = false;
		file_attach(receive->clerk.store, &receive->clerk.scope, &ask, name, type, fd);
		good = settle(receive);
	}
	if (good) {
		receive->done = false;
		check.kept = on_checked;
		file_check_keep(&check, r->attachments[r->attachment_count - 1].file_id);
		good = settle(receive);
	}
	file_check_clear(&check);
	close(fd);
	return good;
}

static bool keep_files(struct receive *receive)
{
	for (size_t i = 0; i < receive->filing.file_count; i++)
		if (!keep_file(receive, &receive->filing.files[i]))
			return false;
	return true;
}

/* ---- the act ---- */

static void on_answer(struct intake_ask *ask, const struct intake_result *result, const struct error *err)
{
	struct receive *receive = ask->owner;
	if (result) {
		receive->result = *result;
		receive->result.code = arena_string(&receive->clerk.arena, result->code);
	}
	over(receive, err);
}

static bool send(struct receive *receive)
{
	struct intake intake;
	reception_intake(&receive->r, &receive->clerk.arena, receive->clerk.facts->counter, &intake);
	receive->done = false;
	receive->ask = (struct intake_ask){ .done = on_answer, .owner = receive };
	intake_accept(receive->clerk.store, &receive->clerk.scope, &receive->ask, &intake);
	bool good = settle(receive);
	intake_clear(&receive->ask);
	return good;
}

/* Another moment, another catalogue: everything is worked out anew, and the
 * files, which are kept already, are named again. */
static bool again(struct receive *receive)
{
	struct attachment *kept = receive->r.attachments;
	size_t count = receive->r.attachment_count;
	if (strcmp(receive->err.code, "MC002") == 0 && !clerk_catalogue(&receive->clerk, &receive->err))
		return false;
	if (!fill(receive))
		return false;
	receive->r.attachments = kept;
	receive->r.attachment_count = receive->r.attachment_room = count;
	return true;
}

static void advise(struct receive *receive)
{
	struct error *err = &receive->err;
	struct error was = *err;
	if (strcmp(err->code, "MC003") == 0)
		fail(err, FAULT_INPUT, _("%s Nếu đúng là hồ sơ khác: thêm \"ignore_similar\": true."), was.say);
	else if (err->fault == FAULT_OFFLINE && !filing_has_request_id(&receive->filing))
		fail(err, FAULT_OFFLINE,
		     _("Chưa biết hồ sơ đã ghi hay chưa. Thêm \"request_id\": \"%s\" vào tệp rồi chạy lại: không bao giờ thành hai hồ sơ."),
		     receive->r.request_id);
	else if (err->fault == FAULT_OFFLINE)
		fail(err, FAULT_OFFLINE, "%s",
		     _("Chưa biết hồ sơ đã ghi hay chưa. Chạy lại với đúng tệp này: không bao giờ thành hai hồ sơ."));
	else
		return;
	because(err, "%s", was.log);
}

static bool accept(struct receive *receive)
{
	for (int i = 0; i < TRIES; i++) {
		if (send(receive))
			return true;
		const char *code = receive->err.code;
		if ((strcmp(code, "MC001") != 0 && strcmp(code, "MC002") != 0) || !again(receive))
			break;
	}
	advise(receive);
	return false;
}

/* ---- the answer ---- */

static void on_dossier(struct dossier_ask *ask, const struct dossier_full *full, const struct error *err)
{
	struct receive *receive = ask->owner;
	if (full)
		receive->dossier = *full;
	over(receive, err);
}

/* What stands in the books, not what was asked for. */
static bool read_back(struct receive *receive)
{
	struct dossier_ask ask = { .done = on_dossier, .into = &receive->clerk.arena, .owner = receive };
	receive->done = false;
	dossier_read(receive->clerk.store, &receive->clerk.scope, &ask, receive->result.dossier_id);
	return settle(receive);
}

static const char *system_name(const struct receive *receive, const char *code)
{
	const struct system *system = catalogue_system(receive->clerk.catalogue, code);
	return system && *system->name ? system->name : code;
}

static void print_lines(const char *lines)
{
	for (const char *at = lines; *at;) {
		size_t n = strcspn(at, "\n");
		printf("            %.*s\n", (int)n, at);
		at += n + (at[n] == '\n');
	}
}

static void print_answer(const struct receive *receive)
{
	const struct dossier_full *d = &receive->dossier;
	char at[32];
	printf(receive->result.repeated ? _("Hồ sơ đã có: %s\n") : _("Đã nhận hồ sơ: %s\n"), d->code);
	printf(_("  Công dân  %s\n"), d->owner_name);
	printf(_("  Thủ tục   %s %s\n"), d->procedure_code, d->procedure_name);
	printf(_("  Hẹn trả   %s\n"), d->due_at == MOMENT_NONE
	                                      ? _("không có ngày hẹn trả cụ thể theo quy định")
	                                      : moment_write(d->due_at, at, sizeof at));
	if (d->due_count)
		print_lines(d->due[0].line);
	printf(_("  Chuyển    %s\n"), system_name(receive, d->route_system));
	if (*d->route_basis)
		printf("            %s\n", d->route_basis);
	if (receive->issued.say)
		printf(_("  Giấy      %s\n"), receive->issued.say);
}

static json_t *answer_of(const struct receive *receive, bool printed)
{
	const struct dossier_full *d = &receive->dossier;
	json_t *told = json_array();
	for (int i = 0; i < d->travel_count; i++)
		if (strcmp(d->travel[i].system, d->route_system) != 0)
			json_array_append_new(told, json_string(d->travel[i].system));
	return json_pack("{s:b, s:b, s:s, s:s, s:s, s:o, s:o, s:s, s:{s:s, s:s, s:s, s:o}, s:{s:b, s:s, s:s}}",
	                 "accepted", 1, "repeated", receive->result.repeated, "code", d->code, "request_id",
	                 receive->r.request_id, "procedure", d->procedure_code, "received_at",
	                 command_moment(d->received_at), "due_at", command_moment(d->due_at), "due",
	                 d->due_count ? d->due[0].line : "", "route", "system", d->route_system, "name",
	                 system_name(receive, d->route_system), "basis", d->route_basis, "told", told,
	                 "receipt", "printed", printed, "file", receive->issued.place, "printer",
	                 receive->issued.printer ? receive->issued.printer : "");
}

/* The dossier is received, whatever the printer does. */
static int answer(struct receive *receive)
{
	struct error trouble = { 0 };
	if (!read_back(receive))
		return command_failed(&receive->err);
	bool first_only = receive->result.repeated && !receive->call.out;
	bool printed = issue_paper(&receive->clerk, receive->result.paper_id, &receive->call, first_only,
	                           &receive->issued, &trouble);
	if (printed && !receive->issued.say)
		receive->issued.say = _("đã in trước đó; in thêm bằng motcua print.");
	if (receive->call.json)
		command_json(answer_of(receive, printed));
	else
		print_answer(receive);
	if (printed)
		return 0;
	fprintf(stderr, _("Hồ sơ %s đã nhận, giấy chưa in được; in lại bằng: motcua print %s\n"),
	        receive->dossier.code, receive->dossier.code);
	return command_failed(&trouble);
}

static int run(struct receive *receive, struct program *program)
{
	struct clerk *clerk = &receive->clerk;
	if (!issue_possible(program, &receive->call, &receive->err) || !read_file(receive) ||
	    !clerk_begin(clerk, program, &receive->call, true, &receive->err) ||
	    !clerk_catalogue(clerk, &receive->err) || !clerk_key(clerk, &receive->err) || !fill(receive))
		return command_failed(&receive->err);
	tell_doubts(receive);
	if (!no_gaps(receive))
		return EXIT_INPUT;
	if (!keep_files(receive) || !accept(receive))
		return command_failed(&receive->err);
	return answer(receive);
}

int command_receive(struct program *program, int argc, char **argv)
{
	struct receive receive = { .issued.place = "" };
	if (!command_read(&receive.call, argc, argv, 1, 1))
		return EXIT_USAGE;
	int status = run(&receive, program);
	reception_end(&receive.r);
	clerk_end(&receive.clerk);
	filing_end(&receive.filing);
	arena_free(&receive.arena);
	return status;
}
