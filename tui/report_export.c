/* SPDX-License-Identifier: Apache-2.0
 *
 * A report leaves: which shape, with persons or without, where to; read once more (with them),
 * told to the trail, written. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/report_own.h"

bool report_may_leave(const struct screen *screen)
{
	const struct report_view *v = screen->state;
	return v->known && !v->file.busy;
}

static void write_out(struct report_view *v)
{
	struct duty *duty = duty_of(v->screen);
	struct report_output output = { .table = &v->full, .facts = duty->facts };
	struct error why = { 0 };
	if (v->format != REPORT_PDF) {
		bool good = v->format == REPORT_XLSX ? report_xlsx(&output, v->file.path, &why) : report_csv(&output, v->file.path, &why);
		export_file_over(&v->file, good, &why);
		return;
	}
	struct fields fields = { 0 };
	struct draw_request request = { .form = "report", .date = desk_today(v->screen->desk), .output = DRAW_PDF_A4, .fields = &fields };
	if (report_fields(&output, &v->file.memory, &fields, &why))
		export_file_draw(&v->file, &request);
	else
		export_file_over(&v->file, false, &why);
}

/* The trail knows of it: now it may be written. */
static void on_told(struct report_export_ask *ask, const struct error *err)
{
	struct report_view *v = ask->owner;
	if (err)
		export_file_over(&v->file, false, err);
	else
		write_out(v);
}

static void on_read(struct report_ask *ask, const struct report_table *table, const struct error *err)
{
	struct report_view *v = ask->owner;
	if (err) {
		export_file_over(&v->file, false, err);
		return;
	}
	v->full = *table;
	v->told = (struct report_export_ask){ .done = on_told, .owner = v };
	report_export(duty_store(duty_of(v->screen)), &v->screen->scope, &v->told, &v->full.plan, report_format_word(v->format));
}

static void on_path(struct screen *screen, const char *text, void *data)
{
	struct report_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	export_file_begin(&v->file, screen, text);
	v->export = (struct report_ask){ .done = on_read, .into = &v->file.memory, .owner = v };
	report_read(duty_store(duty_of(screen)), &screen->scope, &v->export, &v->leaving, desk_now(screen->desk));
}

static const char *check_path(struct screen *screen, const char *text, void *data)
{
	const struct report_view *v = screen->state;
	enum report_format format;
	(void)data;
	if (strlen(text) >= sizeof v->file.path || !report_format_of(text, &format) || format != v->format)
		return _("Giữ nguyên phần đuôi của tên tệp.");
	return export_path_wrong(text);
}

static void ask_path(struct screen *screen)
{
	struct report_view *v = screen->state;
	struct arena arena = { 0 };
	const char *folder = export_folder(screen, &arena);
	if (folder)
		ask_for_text(screen, &(struct ask_text){ .question = _("Ghi vào tệp nào?"), .max = 400, .plain = true, .check = check_path,
			.initial = report_path(&arena, folder, &v->leaving, v->format) }, on_path, NULL);
	arena_free(&arena);
}

static const char *check_reason(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return strlen(text) < 5 ? _("Ghi lý do: ai cần, để làm gì.") : NULL;
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct report_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->leaving.personal = true;
	v->leaving.reason = arena_string(&v->words, text);
	ask_path(screen);
}

static void on_persons(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (!yes)
		ask_path(screen);
	else
		ask_for_text(screen, &(struct ask_text){ .question = _("Lý do lập bảng có họ tên, địa chỉ công dân? (được lưu vết)"), .max = 250,
			.check = check_reason }, on_reason, NULL);
}

static void on_format(struct screen *screen, int choice, void *data)
{
	struct report_view *v = screen->state;
	(void)data;
	if (choice < 0)
		return;
	v->format = (enum report_format)choice;
	v->leaving = v->plan;
	if (report_personal(v->plan.kind) && duty_of(screen)->facts->is_supervisor)
		ask_yes(screen, _("Kèm họ tên, địa chỉ của công dân?"), true, on_persons, NULL);
	else
		ask_path(screen);
}

void report_leave(struct screen *screen)
{
	const char *const formats[] = { _("XLSX: bảng tính, có công thức cộng và kiểm tra"), _("CSV: cho chương trình khác"),
		_("PDF: bản in A4, có biểu đồ và chỗ ký") };
	ask_choice(screen, _("Xuất ra dạng nào?"), formats, 3, 0, on_format, NULL);
}
