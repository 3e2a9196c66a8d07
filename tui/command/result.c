/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua result — what systems gave for a dossier; with --save its files, too. */
#include <stdlib.h>
#include <string.h>

#include "core/base/place.h"
#include "core/base/say.h"
#include "core/store/dossier_read.h"
#include "core/store/file_fetch.h"
#include "core/store/find.h"
#include "tui/command/clerk.h"

struct result {
	struct call call;
	struct clerk clerk;
	int64_t id;
	const struct dossier_full *full;
	bool done, good;
	struct error err;
	const char *folder;
};

static void settle(struct result *result, const struct error *err)
{
	result->done = true;
	result->good = !err;
	if (err)
		result->err = *err;
}

static bool wait_for(struct result *result)
{
	clerk_wait(&result->clerk, &result->done);
	result->done = false;
	return result->good;
}

/* ---- the dossier ---- */

static void on_found(struct find_ask *ask, const struct found *rows, int count, const struct error *err)
{
	struct result *result = ask->owner;
	const char *code = result->call.words[0];
	for (int i = 0; !err && i < count; i++)
		if (strcmp(rows[i].code, code) == 0 || strcmp(rows[i].foreign_code, code) == 0 || count == 1)
			result->id = rows[i].dossier_id;
	settle(result, err);
}

static void on_full(struct dossier_ask *ask, const struct dossier_full *full, const struct error *err)
{
	struct result *result = ask->owner;
	if (full) {
		struct dossier_full *kept = ARENA_NEW(&result->clerk.arena, struct dossier_full);
		*kept = *full;
		result->full = kept;
	}
	settle(result, err);
}

static bool read_dossier(struct result *result)
{
	struct clerk *clerk = &result->clerk;
	struct find_ask find = { .done = on_found, .into = &clerk->arena, .owner = result };
	struct dossier_ask ask = { .done = on_full, .into = &clerk->arena, .owner = result };
	find_start(clerk->store, &clerk->scope, &find, result->call.words[0], "code", 2);
	if (!wait_for(result) || !result->id)
		return result->good;
	dossier_read(clerk->store, &clerk->scope, &ask, result->id);
	return wait_for(result);
}

/* ---- its files ---- */

static void on_fetched(struct fetch_ask *fetch, const struct error *err)
{
	settle(fetch->owner, err);
}

static void on_placed(struct placing *placing, const struct error *err)
{
	settle(placing->owner, err);
}

static void on_used(struct used_ask *used)
{
	settle(used->owner, NULL);
}

static bool save(struct result *result, const struct dossier_part *part, int nth, char *where, size_t room)
{
	struct clerk *clerk = &result->clerk;
	struct fetch_ask fetch = { .done = on_fetched, .owner = result };
	struct placing placing = { .done = on_placed, .owner = result };
	struct used_ask used = { .done = on_used, .owner = result };
	char code[80], name[120];
	file_fetch(clerk->store, &clerk->scope, &fetch, part->file_id, clerk->program->paths.data);
	if (!wait_for(result))
		return false;
	place_name(result->full->code, code, sizeof code);
	snprintf(name, sizeof name, "%s_ket-qua_%02d", code, nth);
	bool good = place_start(&clerk->program->loop, &clerk->scope, &placing, fetch.fd, result->folder, name, fetch.ending,
	                        &result->err) && wait_for(result);
	fetch_close(&fetch);
	if (good) {
		file_used(clerk->store, &clerk->scope, &used, part->file_id, "save");
		(void)wait_for(result);
	}
	snprintf(where, room, "%s", placing.where);
	return good;
}

static json_t *row_of(const struct dossier_part *part, const char *where)
{
	return json_pack("{s:s, s:s, s:s, s:o, s:b, s:I, s:o}", "name", part->name, "code", part->result_code, "system", part->system,
	                 "at", command_moment(part->at), "fetched", part->file_id != 0, "size", (json_int_t)part->file_size, "saved",
	                 *where ? json_string(where) : json_null());
}

static void print_row(const struct dossier_part *part, const char *where)
{
	printf("%s%s%s  %s\n", part->name, *part->result_code ? "  " : "", part->result_code, part->system_name);
	if (*where)
		printf(_("    đã lưu vào %s\n"), where);
	else if (part->file_id)
		printf(_("    có tệp, %lld KB\n"), (long long)(part->file_size + 1023) / 1024);
	else
		printf("    %s\n", *part->note ? part->note : *part->link ? _("đang tải tệp") : _("không kèm tệp"));
}

static int answer(struct result *result)
{
	json_t *list = json_array();
	int count = 0, files = 0, status = 0;
	for (int i = 0; result->full && i < result->full->told_count && status == 0; i++) {
		const struct dossier_part *part = &result->full->told[i];
		char where[512] = "";
		if (strcmp(part->kind, "result") != 0)
			continue;
		count++;
		if (result->folder && part->file_id && !save(result, part, ++files, where, sizeof where))
			status = command_failed(&result->err);
		else if (result->call.json)
			json_array_append_new(list, row_of(part, where));
		else
			print_row(part, where);
	}
	if (result->call.json && status == 0)
		command_json(list);
	else
		json_decref(list);
	if (!count)
		fprintf(stderr, "%s\n", result->full ? _("Hồ sơ chưa có kết quả nào gửi về.") : _("Không tìm thấy hồ sơ nào."));
	return status ? status : count ? 0 : EXIT_NO;
}

int command_result(struct program *program, int argc, char **argv)
{
	struct result result = { 0 };
	if (!command_read(&result.call, argc, argv, 1, 1))
		return EXIT_USAGE;
	/* A child writes there: the path must not depend on where we stand. */
	bool good = true;
	if (result.call.save) {
		char *whole = realpath(result.call.save, NULL);
		result.folder = whole ? arena_string(&program->arena, whole) : result.call.save;
		free(whole);
	}
	good = clerk_begin(&result.clerk, program, &result.call, false, &result.err) && read_dossier(&result);
	int status = good ? answer(&result) : command_failed(&result.err);
	clerk_end(&result.clerk);
	return status;
}
