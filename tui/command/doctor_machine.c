/* SPDX-License-Identifier: Apache-2.0
 *
 * The machine: printers, fonts, the console, what runs beside the counter, the disk. */
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/base/detach.h"
#include "core/base/say.h"
#include "printers/draw.h"
#include "printers/preview.h"
#include "printers/printer.h"
#include "tui/command/doctor.h"
#include "tui/command/look.h"
#include "tui/print_run.h"
#include "tui/ready.h"

#define DISK_BAD  (200L << 20)
#define DISK_NOTE (2048L << 20)

/* ---- printers ---- */

static void look_at_printer(struct doctor *doctor, const struct printer *printer)
{
	const char *name = arena_format(&doctor->arena, _("Máy in %s"), printer->name);
	struct look look;
	look_at(doctor->program, printer, &look);
	bool bad = strcmp(look.state, "failed") == 0, plain = strcmp(look.state, "ready") == 0 && !look.warned;
	doctor_find(doctor, "printer", name, bad ? FINDING_BAD : plain ? FINDING_GOOD : FINDING_NOTE,
	            !bad                                   ? ""
	            : printer->carrier == &carrier_file    ? _("Tạo thư mục và cho quyền ghi.")
	                                                   : _("Xem máy in đã bật, đủ giấy và cắm mạng chưa."),
	            "%s · %s %s: %s", printer_paper(printer), printer->carrier->name, printer->address, look.say);
}

void doctor_printers(struct doctor *doctor)
{
	const struct printer *printer = doctor->program->printers;
	if (!printer)
		printer = print_fallback(&doctor->arena, doctor->program->paths.data);
	for (; printer; printer = printer->next)
		look_at_printer(doctor, printer);
}

static void turn_until(struct doctor *doctor, const bool *done)
{
	while (!*done)
		loop_turn(&doctor->program->loop, 1000);
}

/* ---- fonts ---- */

struct drawn {
	struct drawing drawing;
	bool done, good;
	struct error err;
};

static void on_drawn(struct drawing *drawing, const struct error *err)
{
	struct drawn *drawn = OWNER_OF(drawing, struct drawn, drawing);
	drawn->done = true;
	drawn->good = !err;
	if (err)
		drawn->err = *err;
}

/* The helper refuses to draw when a family or a Vietnamese letter is missing. */
void doctor_fonts(struct doctor *doctor)
{
	struct program *program = doctor->program;
	struct scope scope = { 0 };
	struct fields fields = { 0 };
	struct draw draw;
	struct drawn drawn = { .done = false };
	struct draw_request request = { .form = "test", .date = moment_day(moment_now()),
		.output = DRAW_PDF_A5, .fields = &fields };
	draw_init(&draw, &program->loop, path_join(&doctor->arena, program->paths.libexec, "motcua-draw"),
	          program->paths.share);
	if (draw_paper(&draw, &scope, &request, &drawn.drawing, on_drawn, &drawn.err))
		turn_until(doctor, &drawn.done);
	doctor_find(doctor, "fonts", _("Phông chữ"), drawn.good ? FINDING_GOOD : FINDING_BAD,
	            drawn.good ? "" : _("Cài fonts-noto-core và fonts-roboto-unhinted."), "%s",
	            drawn.good ? _("đủ dấu tiếng Việt để in") : drawn.err.say);
	drawing_clear(&drawn.drawing);
	draw_close(&draw);
}

/* The office's own forms; silent where it has none. */
void doctor_forms(struct doctor *doctor)
{
	struct form *forms = NULL;
	struct error err = { 0 };
	int own = 0, broken = 0;
	if (!forms_here(&doctor->arena, doctor->program->paths.share, &forms, &err)) {
		doctor_find(doctor, "forms", _("Mẫu giấy"), FINDING_BAD, _("Cài lại chương trình."), "%s", err.say);
		return;
	}
	for (const struct form *form = forms; form; form = form->next) {
		own += form->site && !form->broken;
		broken += form->broken != NULL;
		if (form->broken)
			doctor_find(doctor, "forms", form->file, FINDING_BAD, _("Sửa rồi thử: motcua print --check TỆP"),
			            "%s", form->broken->log);
	}
	if (own && !broken)
		doctor_find(doctor, "forms", _("Mẫu giấy"), FINDING_GOOD, "", _("%d mẫu của cơ quan dùng được"), own);
}

/* ---- the terminal ---- */

static bool says_utf8(const char *value)
{
	return value && (strcasestr(value, "utf-8") || strcasestr(value, "utf8"));
}

void doctor_console(struct doctor *doctor)
{
	const char *term = getenv("TERM"), *set = getenv("LC_ALL");
	if (!set || !*set)
		set = getenv("LC_CTYPE");
	if (!set || !*set)
		set = getenv("LANG");
	bool good = says_utf8(set);
	doctor_find(doctor, "locale", _("Bảng mã"), good ? FINDING_GOOD : FINDING_NOTE,
	            good ? "" : _("Đặt LANG=C.UTF-8 cho người dùng máy này."), "%s",
	            set && *set ? set : _("chưa đặt LANG"));
	if (term && strcmp(term, "linux") == 0)
		doctor_find(doctor, "console", _("Chữ trên console"), FINDING_NOTE,
		            _("Chạy: setfont Vietnamese-Fixed16; lâu dài: FONT trong /etc/default/console-setup."),
		            "%s", _("phông mặc định của console thiếu chữ có dấu"));
}

/* ---- what runs beside the counter ---- */

static void look_at_lock(struct doctor *doctor, const char *what, const char *name, const char *lock)
{
	pid_t holder = detach_holder(lock);
	if (holder > 0)
		doctor_find(doctor, what, name, FINDING_GOOD, "", _("đang chạy (%d)"), (int)holder);
	else
		doctor_find(doctor, what, name, FINDING_BAD, _("Chạy: motcua setup"), "%s", _("không chạy"));
}

void doctor_courier(struct doctor *doctor)
{
	struct program *program = doctor->program;
	if (program->embedded)
		look_at_lock(doctor, "courier", _("Bộ chuyển hồ sơ"), ready_courier_lock(program, &doctor->arena));
	if (program->options.practice)
		look_at_lock(doctor, "practice", _("Thế giới tập duyệt"),
		             ready_practice_lock(program, &doctor->arena));
}

void doctor_disk(struct doctor *doctor)
{
	struct statvfs disk;
	const char *folder = doctor->program->paths.data;
	if (statvfs(folder, &disk) != 0)
		return;
	long long left = (long long)disk.f_bavail * (long long)disk.f_frsize;
	doctor_find(doctor, "disk", _("Đĩa"),
	            left < DISK_BAD    ? FINDING_BAD
	            : left < DISK_NOTE ? FINDING_NOTE
	                               : FINDING_GOOD,
	            left < DISK_NOTE ? _("Dọn bớt, hoặc chuyển dữ liệu sang đĩa lớn hơn.") : "",
	            _("còn trống %lld MB ở %s"), left >> 20, folder);
}
