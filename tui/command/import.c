/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua import, motcua export — reference data in and out, as the administrator. */
#include "core/store/import.h"

#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/command/command.h"
#include "tui/command/setup.h"

static void say_problems(const struct import_report *report)
{
	size_t kept = report->problems.count < TABLE_PROBLEM_MOST ? report->problems.count : TABLE_PROBLEM_MOST;
	for (size_t i = 0; i < kept; i++)
		fprintf(stderr, "%s\n", report->problems.items[i].say);
	if (report->problems.count > kept)
		fprintf(stderr, _("… và %zu lỗi nữa.\n"), report->problems.count - kept);
}

static json_t *problems_of(const struct import_report *report)
{
	json_t *list = json_array();
	for (size_t i = 0; i < report->problems.count && i < TABLE_PROBLEM_MOST; i++)
		json_array_append_new(list, json_pack("{s:s, s:i, s:s}", "file", report->problems.items[i].file,
		                                      "line", report->problems.items[i].line, "say",
		                                      report->problems.items[i].say));
	return list;
}

static json_t *count_of(const struct import_count *count)
{
	return json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:i}", "file", count->file, "kind", count->kind,
	                 "rows", count->rows, "inserted", count->inserted, "changed", count->changed,
	                 "closed", count->closed, "unchanged", count->unchanged);
}

static void print_counts(const struct import_report *report, bool dry)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct import_count *c = &report->files[i];
		printf(_("%s: %d dòng — thêm %d, đổi %d, đóng %d, như cũ %d\n"), c->file, c->rows, c->inserted,
		       c->changed, c->closed, c->unchanged);
	}
	if (dry)
		printf("%s\n", _("Mới thử, chưa ghi gì."));
}

static int answer(const struct call *call, const struct import_report *report, bool good,
                  const struct error *err)
{
	json_t *files = json_array();
	for (size_t i = 0; i < report->count; i++)
		json_array_append_new(files, count_of(&report->files[i]));
	if (call->json)
		command_json(json_pack("{s:b, s:b, s:o, s:o}", "loaded", good, "dry", call->dry, "files",
		                       files, "problems", problems_of(report)));
	else
		json_decref(files);
	if (!good) {
		say_problems(report);
		return command_failed(err);
	}
	if (!call->json)
		print_counts(report, call->dry);
	return 0;
}

int command_import(struct program *program, int argc, char **argv)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct import_report report = { 0 };
	struct store *store = NULL;
	struct call call;
	if (!command_read(&call, argc, argv, 1, IMPORT_MOST))
		return EXIT_USAGE;
	bool good = setup_ensure(program, &err) && (store = setup_admin(program, &err)) &&
	            import_files(store, &arena, (const char *const *)call.words, (size_t)call.count,
	                         call.dry, &report, &err);
	int status = answer(&call, &report, good, &err);
	store_close(store);
	arena_free(&arena);
	return status;
}

static bool put(const char *path, const struct bytes *text, struct error *err)
{
	if (path)
		return path_write(path, text->data, text->size, 0644, err);
	return (fwrite(text->data, 1, text->size, stdout) == text->size && fflush(stdout) == 0) ||
	       fail(err, FAULT_DEVICE, "%s", _("Không ghi được ra chỗ đã chọn."));
}

int command_export(struct program *program, int argc, char **argv)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct bytes text = { 0 };
	struct store *store = NULL;
	struct call call;
	if (!command_read(&call, argc, argv, 1, 2))
		return EXIT_USAGE;
	const char *path = call.count == 2 && strcmp(call.words[1], "-") != 0 ? call.words[1] : NULL;
	if (call.json && !path)
		return command_misused("export"); /* two answers in one stream */
	bool all = strcmp(call.words[0], "all") == 0, profiles = strcmp(call.words[0], "profiles") == 0;
	if (all && !path)
		return command_misused("export"); /* many files want a folder */
	bool good = setup_ensure(program, &err) && (store = setup_admin(program, &err)) &&
	            (all ? export_files(store, &arena, path, NULL, &err)
	                 : (profiles ? export_profiles(store, &arena, &text, &err)
	                             : export_table(store, &arena, call.words[0], &text, &err)) &&
	                           put(path, &text, &err));
	int rows = all ? 0 : -1; /* the heading is none */
	for (size_t i = 0; i < text.size; i++)
		rows += text.data[i] == '\n';
	if (good && call.json)
		command_json(json_pack("{s:s, s:s, s:i}", "kind", call.words[0], "file", path, "rows", rows));
	else if (good && all)
		printf(_("Đã ghi danh mục, tuyến gửi và hồ sơ kết nối vào %s.\n"), path);
	else if (good && path)
		printf(_("Đã ghi %d dòng vào %s.\n"), rows, path);
	int status = good ? 0 : command_failed(&err);
	store_close(store);
	bytes_free(&text);
	arena_free(&arena);
	return status;
}
