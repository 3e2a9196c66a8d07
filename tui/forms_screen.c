/* SPDX-License-Identifier: Apache-2.0
 *
 *  MẪU GIẤY TỜ                               Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Mẫu      Tên                                        Từ ngày     Của
 * > 04       Văn bản xin lỗi và đề nghị gia hạn…        15/09/2025  chương trình
 *   fee      Biên lai thu phí, lệ phí                   01/07/2026  cơ quan
 *  F1 Giúp  Enter Xem  Esc Về
 */
#include "tui/forms_screen.h"

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "printers/preview.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/program.h"

enum { COLUMNS = 70 };

struct forms {
	struct list list;
	const struct form **rows;
	struct fields sample;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char day[16];
	const struct form *form = ((const struct forms *)owner)->rows[row];
	if (form->broken)
		out->role = ROLE_ERROR;
	switch (column) {
	case 0: out->text = form->name; break;
	case 1: out->text = form->broken ? form->broken->say : form->title; break;
	case 2: out->text = form->broken ? "" : day_write(form->from, day, sizeof day); break;
	default: out->text = form->site ? _("cơ quan") : _("chương trình"); break;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Mẫu"), .width = 14 },
	{ .head = N_("Tên"), .width = 0 },
	{ .head = N_("Từ ngày"), .width = 10 },
	{ .head = N_("Của"), .width = 12 },
	{ 0 },
};

static void forms_open(struct screen *screen, const void *argument)
{
	struct forms *s = screen->state;
	struct error err = { 0 };
	struct form *forms = NULL;
	const char *share = duty_of(screen)->program->paths.share;
	int count = 0;
	(void)argument;
	if (!forms_here(&screen->arena, share, &forms, &err) ||
	    !form_sample(&screen->arena, share, &s->sample, &err))
		desk_tell(screen->desk, &err);
	for (const struct form *form = forms; form; form = form->next)
		count++;
	s->rows = ARENA_MANY(&screen->arena, const struct form *, count + 1);
	count = 0;
	for (const struct form *form = forms; form; form = form->next)
		s->rows[count++] = form;
	s->list = (struct list){ .columns = columns, .cell = cell, .owner = s };
	list_set_count(&s->list, count);
}

static void forms_draw(const struct screen *screen, struct canvas *canvas)
{
	list_draw(&((struct forms *)screen->state)->list, canvas, true);
}

static void show(struct screen *screen, bool narrow)
{
	struct forms *s = screen->state;
	const struct form *form = s->list.count ? s->rows[s->list.at] : NULL;
	struct arena arena = { 0 };
	struct bytes text = { 0 };
	struct error err = { 0 };
	if (!form)
		return;
	if (form->broken) { /* file and line stand in the cause */
		ask_read(screen, form->name, arena_format(&arena, "%s\n%s", form->broken->say, form->broken->log),
		         NULL, NULL);
	} else if (form_preview(&arena, form, &s->sample, narrow ? 40 : COLUMNS, narrow, &text, &err)) {
		ask_read(screen, form->title, bytes_string(&text), NULL, NULL);
	} else {
		desk_tell(screen->desk, &err);
	}
	bytes_free(&text);
	arena_free(&arena);
}

static bool forms_handle(struct screen *screen, const struct event *event)
{
	struct forms *s = screen->state;
	if (list_handle(&s->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0))
		return false;
	show(screen, false);
	return true;
}

static void run_roll(struct screen *screen)
{
	show(screen, true);
}

static const struct action actions[] = {
	{ "forms-roll", "F4", N_("Giấy cuộn"), N_("Xem mẫu này như trên giấy cuộn của máy in nhiệt."), NULL, run_roll },
	{ 0 },
};

const struct screen_kind forms_screen = {
	.name = "forms",
	.title = N_("MẪU GIẤY TỜ"),
	.help = N_("Mọi mẫu giấy tờ của chương trình và của cơ quan, với ngày hiệu lực. Enter xem trước bằng dữ liệu bịa.\n"
	           "Người quản trị đặt mẫu của cơ quan vào thư mục forms cạnh motcua.ini; cách viết: printers/forms/GRAMMAR."),
	.actions = actions,
	.size = sizeof(struct forms),
	.open = forms_open,
	.draw = forms_draw,
	.handle = forms_handle,
};
