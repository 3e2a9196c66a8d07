/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua print — a dossier's paper once more, as it was frozen, with the mark of a
 * copy on it. */
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/store/dossier_read.h"
#include "core/store/find.h"
#include "core/store/papers.h"
#include "tui/command/forms.h"
#include "tui/command/issue.h"
#include "tui/command/look.h"

struct reprint {
	struct call call;
	struct clerk clerk;
	int64_t dossier_id;
	const struct dossier_full *dossier;
	struct dossier_full kept;
	struct issued issued;
	bool done, good;
	struct error err;
};

static void on_found(struct find_ask *ask, const struct found *rows, int count, const struct error *err)
{
	struct reprint *reprint = ask->owner;
	const char *code = reprint->call.words[0];
	reprint->done = true;
	reprint->good = !err;
	if (err)
		reprint->err = *err;
	for (int i = 0; i < count; i++)
		if (strcasecmp(rows[i].code, code) == 0 ||
		    (*rows[i].foreign_code && strcasecmp(rows[i].foreign_code, code) == 0))
			reprint->dossier_id = rows[i].dossier_id;
}

static void on_dossier(struct dossier_ask *ask, const struct dossier_full *full, const struct error *err)
{
	struct reprint *reprint = ask->owner;
	reprint->done = true;
	reprint->good = !err;
	if (err)
		reprint->err = *err;
	if (full) {
		reprint->kept = *full;
		reprint->dossier = &reprint->kept;
	}
}

static bool find(struct reprint *reprint)
{
	struct find_ask search = { .done = on_found, .into = &reprint->clerk.arena, .owner = reprint };
	struct dossier_ask read = { .done = on_dossier, .into = &reprint->clerk.arena, .owner = reprint };
	find_start(reprint->clerk.store, &reprint->clerk.scope, &search, reprint->call.words[0], "code", 20);
	clerk_wait(&reprint->clerk, &reprint->done);
	if (!reprint->good || !reprint->dossier_id)
		return reprint->good;
	reprint->done = false;
	dossier_read(reprint->clerk.store, &reprint->clerk.scope, &read, reprint->dossier_id);
	clerk_wait(&reprint->clerk, &reprint->done);
	return reprint->good;
}

/* The newest of that form. */
static int64_t paper_of(const struct reprint *reprint)
{
	const char *form = reprint->call.form ? reprint->call.form : "01";
	const struct dossier_full *d = reprint->dossier;
	int64_t found = 0;
	moment_t newest = MOMENT_NONE;
	for (int i = 0; d && i < d->paper_count; i++) {
		if (strcmp(d->papers[i].form, form) != 0 || d->papers[i].made_at < newest)
			continue;
		newest = d->papers[i].made_at;
		found = d->papers[i].paper_id;
	}
	return found;
}

static void on_copy(struct copy_ask *ask, const struct copy_row *row, const struct error *err)
{
	struct reprint *reprint = ask->owner;
	reprint->done = true;
	reprint->good = row && path_write(reprint->call.out, row->bytes, row->size, 0600, &reprint->err);
	if (err)
		reprint->err = *err;
	if (reprint->good)
		printf(_("Đã ghi bản gốc (%s) vào %s, SHA-256 %s.\n"), row->output, reprint->call.out, row->sha256);
}

/* The bytes of the first print, to a file: nothing is drawn, nothing marked. */
static int bring_original(struct reprint *reprint, int64_t paper)
{
	struct copy_ask ask = { .done = on_copy, .into = &reprint->clerk.arena, .owner = reprint };
	if (!reprint->call.out) {
		fail(&reprint->err, FAULT_INPUT, "%s", _("Nêu tệp để ghi bản gốc: --out TỆP."));
		return command_failed(&reprint->err);
	}
	reprint->done = false;
	paper_copy(reprint->clerk.store, &reprint->clerk.scope, &ask, paper);
	clerk_wait(&reprint->clerk, &reprint->done);
	return reprint->good ? 0 : command_failed(&reprint->err);
}

static int issue(struct reprint *reprint)
{
	int64_t paper = paper_of(reprint);
	if (!reprint->dossier) {
		fprintf(stderr, _("Không có hồ sơ mang mã %s.\n"), reprint->call.words[0]);
		return EXIT_NO;
	}
	if (!paper) {
		fprintf(stderr, _("Hồ sơ %s không có giấy theo mẫu %s.\n"), reprint->dossier->code,
		        reprint->call.form ? reprint->call.form : "01");
		return EXIT_NO;
	}
	if (reprint->call.original)
		return bring_original(reprint, paper);
	if (!issue_paper(&reprint->clerk, paper, &reprint->call, false, &reprint->issued, &reprint->err))
		return command_failed(&reprint->err);
	if (reprint->call.json)
		command_json(json_pack("{s:s, s:I, s:i, s:s, s:s, s:b}", "code", reprint->dossier->code,
		                       "paper_id", (json_int_t)paper, "copy", reprint->issued.copy, "file",
		                       reprint->issued.place, "printer", reprint->issued.printer,
		                       "confirmed", reprint->issued.confirmed));
	else
		printf("%s\n", reprint->issued.say);
	return 0;
}

static int test_page(struct program *program, struct reprint *reprint)
{
	struct error *err = &reprint->err;
	bool good = clerk_begin(&reprint->clerk, program, &reprint->call, true, err) &&
	            issue_test(&reprint->clerk, &reprint->call, &reprint->issued, err);
	if (good && reprint->call.json)
		command_json(json_pack("{s:s, s:s, s:b}", "printer", reprint->issued.printer, "file",
		                       reprint->issued.place, "confirmed", reprint->issued.confirmed));
	else if (good)
		printf("%s\n", reprint->issued.say);
	int status = good ? 0 : command_failed(err);
	clerk_end(&reprint->clerk);
	return status;
}

int command_print(struct program *program, int argc, char **argv)
{
	struct reprint reprint = { .issued.place = "" };
	if (!command_read(&reprint.call, argc, argv, 0, 1))
		return EXIT_USAGE;
	if (reprint.call.list || reprint.call.test) {
		if (reprint.call.count || forms_called(&reprint.call) || reprint.call.list == reprint.call.test)
			return command_misused("print");
		return reprint.call.list ? print_list(program, &reprint.call) : test_page(program, &reprint);
	}
	if (reprint.call.count == 0 && forms_called(&reprint.call))
		return forms_command(program, &reprint.call);
	if (reprint.call.count == 0 || forms_called(&reprint.call))
		return command_misused("print");
	bool good = clerk_begin(&reprint.clerk, program, &reprint.call, true, &reprint.err) && find(&reprint);
	int status = good ? issue(&reprint) : command_failed(&reprint.err);
	clerk_end(&reprint.clerk);
	return status;
}
