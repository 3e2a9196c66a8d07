/* SPDX-License-Identifier: Apache-2.0
 *
 * A report leaves: which shape, with persons or without, where to; read once more (with them),
 * told to the trail, written. */
#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/program.h"
#include "tui/report_own.h"

bool report_may_leave(const struct screen *screen)
{
	const struct report_view *v = screen->state;
	return v->known && !v->exporting;
}

static void over(struct report_view *v, bool good, const struct error *err)
{
	v->exporting = false;
	arena_free(&v->export_memory);
	drawing_clear(&v->drawing);
	if (good)
		desk_say(v->screen->desk, FAULT_NONE, _("Đã ghi %s"), v->path);
	else
		desk_tell(v->screen->desk, err);
}

static void on_drawn(struct drawing *drawing, const struct error *err)
{
	struct report_view *v = OWNER_OF(drawing, struct report_view, drawing);
	struct error why = err ? *err : (struct error){ 0 };
	bool good = !err && path_write(v->path, drawing->out.data, drawing->out.size, 0600, &why);
	over(v, good, &why);
}

static void write_out(struct report_view *v)
{
	struct duty *duty = duty_of(v->screen);
	struct report_output output = { .table = &v->full, .facts = duty->facts };
	struct error why = { 0 };
	if (v->format != REPORT_PDF) {
		bool good = v->format == REPORT_XLSX ? report_xlsx(&output, v->path, &why) : report_csv(&output, v->path, &why);
		over(v, good, &why);
		return;
	}
	struct fields fields = { 0 };
	struct draw_request request = { .form = "report", .date = desk_today(v->screen->desk), .output = DRAW_PDF_A4, .fields = &fields };
	if (!report_fields(&output, &v->export_memory, &fields, &why) ||
	    !draw_paper(&duty->draw, &v->screen->scope, &request, &v->drawing, on_drawn, &why))
		over(v, false, &why);
}

/* The trail knows of it: now it may be written. */
static void on_told(struct report_export_ask *ask, const struct error *err)
{
	struct report_view *v = ask->owner;
	if (err)
		over(v, false, err);
	else
		write_out(v);
}

static void on_read(struct report_ask *ask, const struct report_table *table, const struct error *err)
{
	struct report_view *v = ask->owner;
	if (err) {
		over(v, false, err);
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
	snprintf(v->path, sizeof v->path, "%s", text);
	v->exporting = true;
	v->export = (struct report_ask){ .done = on_read, .into = &v->export_memory, .owner = v };
	report_read(duty_store(duty_of(screen)), &screen->scope, &v->export, &v->leaving, desk_now(screen->desk));
}

static const char *check_path(struct screen *screen, const char *text, void *data)
{
	const struct report_view *v = screen->state;
	enum report_format format;
	(void)data;
	if (strlen(text) >= sizeof v->path || !report_format_of(text, &format) || format != v->format)
		return _("Giữ nguyên phần đuôi của tên tệp.");
	return *text == '/' ? NULL : _("Ghi cả đường dẫn, bắt đầu bằng /");
}

static void ask_path(struct screen *screen)
{
	struct report_view *v = screen->state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	const char *folder = path_join(&arena, duty_of(screen)->program->paths.data, "bao-cao");
	if (!path_make(folder, 0700, &err))
		desk_tell(screen->desk, &err);
	else
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
