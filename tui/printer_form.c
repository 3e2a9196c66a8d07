/* SPDX-License-Identifier: Apache-2.0
 *
 *  THÊM MÁY IN                              Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Tên *             >Quầy 3^
 *   Nối qua            (●) mạng 9100 ( ) USB ( ) IPP ( ) CUPS ( ) thư mục
 *   Địa chỉ *          192.168.1.50:9100
 *   Giấy               (●) 80 mm ( ) 58 mm ( ) A5 ( ) A4
 *                      ■ máy in mặc định của quầy này
 *  F1 Giúp  F9 Ghi  Esc Bỏ
 */
#include "tui/printer_form.h"

#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "printers/printer.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/form.h"
#include "tui/print.h"
#include "tui/program.h"

enum { ITEM_NAME, ITEM_WAY, ITEM_ADDRESS, ITEM_PAPER, ITEM_DEFAULT, ITEMS };

static const struct {
	const char *carrier, *name, *hint;
} ways[] = {
	{ "tcp", N_("mạng 9100"), N_("máy in nhiệt có cổng mạng: 192.168.1.50 hay 192.168.1.50:9100") },
	{ "usb", N_("USB"), N_("máy in nhiệt cắm USB: /dev/usb/lp0") },
	{ "ipp", N_("IPP"), N_("máy in văn phòng: ipp://192.168.1.51/ipp/print") },
	{ "cups", N_("CUPS"), N_("tên hàng in đã cài trên máy này (lpstat -e)") },
	{ "file", N_("thư mục"), N_("ghi tệp vào thư mục: /home/quay3/giay-to") },
};
static const struct {
	const char *tongue, *word, *name;
} papers[] = {
	{ "raster", "576", N_("80 mm") }, { "raster", "384", N_("58 mm") }, { "pdf", "a5", N_("A5") }, { "pdf", "a4", N_("A4") },
};
enum { WAYS = sizeof ways / sizeof *ways, PAPERS = sizeof papers / sizeof *papers };

struct printer_form {
	struct form form;
	struct form_item items[ITEMS];
	struct field name, address;
	struct choice way, paper;
	struct check is_default;
	const char *way_names[WAYS + 1], *paper_names[PAPERS + 1];
};

static void printer_form_open(struct screen *screen, const void *argument)
{
	struct printer_form *f = screen->state;
	(void)argument;
	for (int i = 0; i < WAYS; i++)
		f->way_names[i] = ways[i].name;
	for (int i = 0; i < PAPERS; i++)
		f->paper_names[i] = papers[i].name;
	field_init(&f->name, &screen->arena, &screen->desk->composer);
	field_init(&f->address, &screen->arena, NULL);
	f->name.max = 40;
	f->address.max = 200;
	f->address.plain = true;
	f->way.names = f->way_names;
	f->paper.names = f->paper_names;
	f->is_default = (struct check){ .name = N_("máy in mặc định của quầy này"), .on = true };
	f->items[ITEM_NAME] = (struct form_item){ .label = N_("Tên"), .kind = FORM_FIELD, .field = &f->name,
		.hint = N_("ví dụ Quầy 3, Văn thư"), .required = true };
	f->items[ITEM_WAY] = (struct form_item){ .label = N_("Nối qua"), .kind = FORM_CHOICE, .choice = &f->way };
	f->items[ITEM_ADDRESS] = (struct form_item){ .label = N_("Địa chỉ"), .kind = FORM_FIELD, .field = &f->address,
		.required = true };
	f->items[ITEM_PAPER] = (struct form_item){ .label = N_("Giấy"), .kind = FORM_CHOICE, .choice = &f->paper };
	f->items[ITEM_DEFAULT] = (struct form_item){ .label = "", .kind = FORM_CHECK, .check = &f->is_default };
	f->form = (struct form){ .items = f->items, .count = ITEMS, .labels = 14 };
	form_start(&f->form);
}

static void printer_form_draw(const struct screen *screen, struct canvas *canvas)
{
	struct printer_form *f = screen->state;
	struct canvas inputs = canvas_part(canvas, 1, 1, ITEMS + 2, canvas->cols - 2);
	form_draw(&f->form, &inputs);
	canvas_text(canvas, ITEMS + 4, 1, ROLE_DIM, _("Địa chỉ:"));
	for (int i = 0; i < WAYS; i++) {
		enum role role = i == f->way.at ? ROLE_TEXT : ROLE_DIM;
		canvas_text(canvas, ITEMS + 5 + i, 3, role, _(ways[i].name));
		canvas_text(canvas, ITEMS + 5 + i, 16, role, _(ways[i].hint));
	}
}

/* For who keeps the file when the counter may not write it. */
static void show_lines(struct screen *screen, const char *file, const char *lines, const struct error *err)
{
	struct arena arena = { 0 };
	log_error("writing the configuration", err);
	ask_read(screen, _("Không ghi được cấu hình"),
	         arena_format(&arena, _("%s\nĐưa những dòng này cho người quản trị, thêm vào cuối tệp %s:\n%s"), err->say, file,
	                      lines), NULL, NULL);
	arena_free(&arena);
}

static void run_keep(struct screen *screen)
{
	struct printer_form *f = screen->state;
	struct duty *duty = duty_of(screen);
	struct program *program = duty->program;
	struct error err = { 0 };
	const struct printer_plan plan = { .name = f->name.text, .address = f->address.text,
		.carrier = ways[f->way.at].carrier, .tongue = papers[f->paper.at].tongue, .paper = papers[f->paper.at].word,
		.is_default = f->is_default.on };
	const char *file = program->options.config ? program->options.config : program->paths.config;
	const char *lines = printer_lines(&screen->arena, program->printers, &plan, &err);
	struct printer *all = NULL;
	if (!lines) {
		desk_tell(screen->desk, &err);
	} else if (printer_add(file, lines, program->paths.libexec, &program->arena, &all, &err)) {
		program->printers = all; /* jobs under way keep theirs: they live as long as the program */
		desk_say(screen->desk, FAULT_NONE, _("Đã thêm máy in %s. F5 in thử."), plan.name);
		duty_tell(duty, "printers", 0);
		screen_pop(screen);
	} else if (err.fault == FAULT_DEVICE) {
		show_lines(screen, file, lines, &err);
	} else {
		desk_tell(screen->desk, &err);
	}
}

static bool printer_form_handle(struct screen *screen, const struct event *event)
{
	struct printer_form *f = screen->state;
	if (form_handle(&f->form, event)) {
		/* An office printer takes sheets, a roll's printer speaks to a port of its own. */
		const char *carrier = ways[f->way.at].carrier;
		if (f->way.changed && (strcmp(carrier, "ipp") == 0 || strcmp(carrier, "cups") == 0 || strcmp(carrier, "file") == 0))
			f->paper.at = f->paper.at < 2 ? 2 : f->paper.at;
		f->way.changed = false;
		screen_dirty(screen);
		return true;
	}
	if (event_is(event, K_ENTER, 0)) {
		run_keep(screen);
		return true;
	}
	return false;
}

static const struct action actions[] = {
	{ "printer-keep", "F9", N_("Ghi"), N_("Ghi máy in này vào tệp cấu hình và dùng ngay."), NULL, run_keep },
	{ 0 },
};

const struct screen_kind printer_form_screen = {
	.name = "printer-form",
	.title = N_("THÊM MÁY IN"),
	.help = N_("Máy in mới của quầy này: tên, nối qua đâu, địa chỉ, khổ giấy. F9 ghi vào motcua.ini và dùng ngay; sau đó in thử.\n"
	           "Sửa hay bỏ máy in đã có: người quản trị sửa motcua.ini, mục [printer \"Tên\"]."),
	.actions = actions,
	.size = sizeof(struct printer_form),
	.open = printer_form_open,
	.draw = printer_form_draw,
	.handle = printer_form_handle,
};
