/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua search — dossiers by code, name, number, telephone or the words of their papers;
 * numbers stay masked. */
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/lifecycle.h"
#include "core/store/find.h"
#include "tui/command/clerk.h"

#define MOST 50

struct search {
	struct call call;
	struct clerk clerk;
	const struct found *rows;
	int count;
	bool done, good;
	struct error err;
};

static void on_found(struct find_ask *ask, const struct found *rows, int count, const struct error *err)
{
	struct search *search = ask->owner;
	search->done = true;
	search->good = !err;
	search->rows = rows;
	search->count = count;
	if (err)
		search->err = *err;
}

static bool ask(struct search *search, const char *text)
{
	struct find_ask mine = { .done = on_found, .into = &search->clerk.arena, .owner = search };
	int most = search->call.most ? search->call.most : MOST;
	if (search->call.by && strcmp(search->call.by, "words") == 0)
		find_words(search->clerk.store, &search->clerk.scope, &mine, text, most);
	else
		find_start(search->clerk.store, &search->clerk.scope, &mine, text, search->call.by, most);
	clerk_wait(&search->clerk, &search->done);
	return search->good;
}

static void print_row(const struct found *row)
{
	char received[32], due[32] = "—";
	if (row->due_at != MOMENT_NONE)
		moment_write(row->due_at, due, sizeof due);
	printf("%s%s%s  %s\n", row->code, *row->foreign_code ? " / " : "", row->foreign_code,
	       status_name(row->status));
	printf("    %s  %s\n", row->owner_name, row->owner_id_masked);
	printf("    %s %s\n", row->procedure_code, row->procedure_name);
	printf(_("    nhận %s, hẹn trả %s\n"), moment_write(row->received_at, received, sizeof received), due);
	if (*row->paper)
		printf(_("    trong giấy “%s”, trang %d\n"), row->paper, row->page);
}

static json_t *row_of(const struct found *row)
{
	json_t *out = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:o, s:o, s:s}", "code", row->code,
	                 "foreign_code", row->foreign_code, "owner", row->owner_name, "id_masked",
	                 row->owner_id_masked, "procedure", row->procedure_code, "procedure_name",
	                 row->procedure_name, "status", row->status, "status_name",
	                 status_name(row->status), "received_at", command_moment(row->received_at),
	                 "due_at", command_moment(row->due_at), "travel", row->sync);
	if (*row->paper)
		json_object_update_new(out, json_pack("{s:s, s:i}", "paper", row->paper, "page", row->page));
	return out;
}

static int answer(const struct search *search)
{
	json_t *list = json_array();
	for (int i = 0; i < search->count; i++) {
		if (search->call.json)
			json_array_append_new(list, row_of(&search->rows[i]));
		else
			print_row(&search->rows[i]);
	}
	if (search->call.json)
		command_json(list);
	else
		json_decref(list);
	if (!search->count)
		fprintf(stderr, "%s\n", _("Không tìm thấy hồ sơ nào."));
	return search->count ? 0 : EXIT_NO;
}

int command_search(struct program *program, int argc, char **argv)
{
	struct search search = { 0 };
	struct bytes text = { 0 };
	if (!command_read(&search.call, argc, argv, 1, 0))
		return EXIT_USAGE;
	for (int i = 0; i < search.call.count; i++)
		bytes_format(&text, "%s%s", i ? " " : "", search.call.words[i]);
	bool good = clerk_begin(&search.clerk, program, &search.call, false, &search.err) &&
	            ask(&search, bytes_string(&text));
	int status = good ? answer(&search) : command_failed(&search.err);
	clerk_end(&search.clerk);
	bytes_free(&text);
	return status;
}
