/* SPDX-License-Identifier: Apache-2.0
 *
 *  PHIẾU VƯỚNG MẮC                          Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Hệ thống          Hệ thống tập trung của Bộ Tư pháp          (F4 đổi)
 *   Thủ tục           1.004873    Cấp Giấy xác nhận tình trạng hôn nhân
 *   Hồ sơ             H01.999-261120-0007
 *   Báo lỗi           Bộ Tư pháp không nhận: SoDienThoai không hợp lệ
 *   Vướng mắc là gì  >^
 *
 *  F1 Giúp  F4 Hệ thống  F9 Lập phiếu  Esc
 */
#include "tui/difficulty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/dossier/catalogue.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/difficulty_own.h"
#include "tui/program.h"

/* What was said to go wrong is still what the clerk is writing about. */
#define FRESH_SECONDS 120

/* ---- what the screens below are about ---- */

static void look_below(const struct desk *desk, struct slip *slip)
{
	struct about about = { 0 };
	struct arena *arena = &slip->screen->arena;
	const struct screen *at = slip->screen->below;
	while (at && !at->kind->about)
		at = at->below;
	if (at)
		at->kind->about(at, &about);
	at = slip->screen->below;
	while (at && at->kind->dialog && at->below)
		at = at->below;
	const char *trouble = about.error;
	if (!trouble && desk->trouble_at && desk_now(desk) - desk->trouble_at < FRESH_SECONDS)
		trouble = desk->trouble;
	slip->system = arena_string(arena, about.system);
	slip->dossier_id = about.dossier_id;
	slip->dossier = arena_string(arena, about.dossier);
	slip->at_screen = arena_string(arena, at ? at->title ? at->title : _(at->kind->title) : "");
	field_set(&slip->procedure, about.procedure ? about.procedure : "");
	area_set(&slip->error, trouble ? trouble : "");
}

static const char *system_name(const struct slip *slip)
{
	const struct catalogue *catalogue = duty_of(slip->screen)->catalogue;
	const struct system *system =
		catalogue && *slip->system ? catalogue_system(catalogue, slip->system) : NULL;
	return system ? system->name : *slip->system ? slip->system : _("không hệ thống nào");
}

void slip_show(struct slip *slip)
{
	field_set(&slip->system_shown, system_name(slip));
	field_set(&slip->dossier_shown, *slip->dossier ? slip->dossier : _("không hồ sơ nào"));
	screen_dirty(slip->screen);
}

/* ---- the form ---- */

static void arrange(struct slip *slip)
{
	struct arena *arena = &slip->screen->arena;
	const struct composer *composer = &slip->screen->desk->composer;
	field_init(&slip->system_shown, arena, NULL);
	field_init(&slip->procedure, arena, composer);
	field_init(&slip->dossier_shown, arena, NULL);
	area_init(&slip->error, arena, composer);
	area_init(&slip->words, arena, composer);
	slip->system_shown.locked = slip->dossier_shown.locked = true;
	slip->procedure.plain = true;
	slip->error.field.max = 1000;
	slip->words.field.max = 3000;
	slip->items[0] = (struct form_item){ .label = N_("Hệ thống"), .kind = FORM_FIELD, .field = &slip->system_shown,
		.hint = N_("F4 đổi hệ thống") };
	slip->items[1] = (struct form_item){ .label = N_("Thủ tục (mã)"), .kind = FORM_FIELD, .field = &slip->procedure,
		.hint = N_("mã hoặc mã tắt; để trống nếu không về thủ tục nào") };
	slip->items[2] = (struct form_item){ .label = N_("Hồ sơ"), .kind = FORM_FIELD, .field = &slip->dossier_shown };
	slip->items[3] = (struct form_item){ .label = N_("Máy báo lỗi"), .kind = FORM_AREA, .area = &slip->error, .rows = 4 };
	slip->items[4] = (struct form_item){ .label = N_("Vướng mắc là gì"), .kind = FORM_AREA, .area = &slip->words,
		.rows = 7, .required = true };
	slip->form = (struct form){ .items = slip->items, .count = SLIP_ITEMS, .labels = 18 };
}

static void on_rest(struct timer *timer)
{
	slip_keep(OWNER_OF(timer, struct slip, save));
}

static void slip_open(struct screen *screen, const void *argument)
{
	struct slip *slip = screen->state;
	const bool *go_on = argument;
	struct error err = { 0 };
	slip->screen = screen;
	slip->save.fire = on_rest;
	arrange(slip);
	seal_uuid(slip->request_id);
	look_below(screen->desk, slip);
	if (go_on && *go_on && !slip_restore(slip, &err))
		desk_tell(screen->desk, &err);
	slip_show(slip);
	form_start(&slip->form);
	form_focus(&slip->form, &slip->words);
}

static void slip_close(struct screen *screen)
{
	slip_keep_stop(screen->state);
}

static void slip_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct slip *slip = screen->state;
	const struct catalogue *catalogue = duty_of(screen)->catalogue;
	const struct procedure *procedure =
		catalogue && !field_empty(&slip->procedure) ? catalogue_known(catalogue, slip->procedure.text) : NULL;
	struct canvas parts[3];
	canvas_split(canvas, (const int[]){ 2, 0, 1 }, 3, parts);
	canvas_text(&parts[0], 0, 1, ROLE_DIM, _("Những gì màn hình đang mở cho biết đã ghi sẵn; chỉ cần viết thêm vướng mắc."));
	struct canvas body = canvas_part(&parts[1], 0, 1, parts[1].rows, parts[1].cols - 2);
	form_draw((struct form *)&slip->form, &body);
	if (procedure)
		canvas_text(&parts[2], 0, 1, ROLE_DIM, procedure_label(procedure));
}

/* ---- keeping it ---- */

static void on_added(struct difficulty_ask *ask, const char *number, const struct error *err)
{
	struct slip *slip = ask->owner;
	struct desk *desk = slip->screen->desk;
	slip->sending = false;
	if (err) {
		desk_tell(desk, err);
		return;
	}
	char told[32];
	snprintf(told, sizeof told, "%s", number);
	slip_keep_drop(slip);
	screen_pop(slip->screen);
	desk_say(desk, FAULT_NONE, _("Đã lập phiếu vướng mắc số %s; xem ở “Sự cố và vướng mắc” (Ctrl-P)."), told);
}

static bool find_procedure(struct slip *slip, const char **code)
{
	const struct catalogue *catalogue = duty_of(slip->screen)->catalogue;
	*code = "";
	if (field_empty(&slip->procedure))
		return true;
	const struct procedure *p = catalogue ? catalogue_known(catalogue, slip->procedure.text) : NULL;
	*code = p ? p->code : slip->procedure.text;
	if (p || !catalogue)
		return true;
	slip->procedure.wrong = true;
	form_focus(&slip->form, &slip->procedure);
	desk_say(slip->screen->desk, FAULT_INPUT, _("Danh mục không có thủ tục “%s”: gõ mã khác hoặc để trống."),
	         slip->procedure.text);
	return false;
}

static bool may_add(const struct screen *screen)
{
	return !((const struct slip *)screen->state)->sending;
}

static void run_add(struct screen *screen)
{
	struct slip *slip = screen->state;
	const char *code;
	const char *words = slip->words.field.text;
	if (!words[strspn(words, " \n")]) {
		slip->words.field.wrong = true;
		form_focus(&slip->form, &slip->words);
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Ghi vướng mắc là gì, một câu cũng được."));
		return;
	}
	if (!find_procedure(slip, &code))
		return;
	struct difficulty_draft draft = { .request_id = slip->request_id,
		.counter = duty_of(screen)->facts->counter, .screen = slip->at_screen,
		.system = slip->system, .procedure = code, .dossier_id = slip->dossier_id,
		.error = slip->error.field.text, .words = words };
	slip->sending = true;
	slip->ask = (struct difficulty_ask){ .done = on_added, .owner = slip };
	difficulty_add(duty_store(duty_of(screen)), &screen->scope, &slip->ask, &draft);
}

static void on_system(struct screen *screen, int choice, void *data)
{
	struct slip *slip = screen->state;
	const struct catalogue *catalogue = duty_of(screen)->catalogue;
	(void)data;
	if (choice < 0 || !catalogue)
		return;
	slip->system = choice == 0 ? "" : arena_string(&screen->arena, catalogue->systems[choice - 1].code);
	slip_changed(slip);
	slip_show(slip);
}

static void run_system(struct screen *screen)
{
	enum { MOST = 40 };
	const struct catalogue *catalogue = duty_of(screen)->catalogue;
	const struct slip *slip = screen->state;
	const char *names[MOST + 1] = { _("không hệ thống nào") };
	int count = 1, first = 0;
	for (size_t i = 0; catalogue && i < catalogue->count[CATALOGUE_SYSTEMS] && count <= MOST; i++) {
		if (strcmp(catalogue->systems[i].code, slip->system) == 0)
			first = count;
		names[count++] = catalogue->systems[i].name;
	}
	ask_choice(screen, _("Vướng mắc ở hệ thống nào?"), names, count, first, on_system, NULL);
}

/* ---- leaving ---- */

static void on_leave(struct screen *screen, int choice, void *data)
{
	struct slip *slip = screen->state;
	struct desk *desk = screen->desk;
	(void)data;
	if (choice == 1)
		slip_keep_drop(slip);
	if (choice != 0 && choice != 1)
		return;
	screen_pop(screen); /* keeps it on its way out */
	if (choice == 0)
		desk_say(desk, FAULT_NONE, "%s", _("Phiếu viết dở đã cất; Ctrl-G để viết tiếp."));
}

static bool slip_handle(struct screen *screen, const struct event *event)
{
	struct slip *slip = screen->state;
	if (form_handle(&slip->form, event)) {
		if (form_changed(&slip->form))
			slip_changed(slip);
		return true;
	}
	if (!event_is(event, K_ESC, 0) && !event_is(event, K_F10, 0))
		return false;
	if (!slip_worth_keeping(slip)) {
		slip_keep_drop(slip);
		screen_pop(screen);
		return true;
	}
	const char *const choices[] = { _("Cất để viết tiếp sau"), _("Bỏ phiếu này"), _("Viết tiếp") };
	ask_choice(screen, _("Phiếu chưa lập xong."), choices, 3, 0, on_leave, NULL);
	return true;
}

static const struct action actions[] = {
	{ "difficulty-system", "F4", N_("Hệ thống"), N_("Vướng mắc ở hệ thống nào."), may_add, run_system },
	{ "difficulty-add", "F9", N_("Lập phiếu"), N_("Lập phiếu vướng mắc, có số trong năm của đơn vị."), may_add, run_add },
	{ 0 },
};

const struct screen_kind difficulty_screen = {
	.name = "difficulty",
	.title = N_("PHIẾU VƯỚNG MẮC"),
	.help = N_("Ghi một vướng mắc để báo lên: hệ thống, thủ tục, hồ sơ và thông báo lỗi lấy sẵn từ màn hình đang mở.\n"
	           "F9 lập phiếu. Esc hỏi trước khi bỏ; phiếu viết dở được cất, mã hoá riêng cho người viết."),
	.actions = actions,
	.size = sizeof(struct slip),
	.open = slip_open,
	.draw = slip_draw,
	.handle = slip_handle,
	.close = slip_close,
};

/* ---- the one key ---- */

static void on_go_on(struct screen *screen, int choice, void *data)
{
	bool go_on = choice == 0;
	(void)data;
	if (choice < 0)
		return;
	screen_push(screen->desk, &difficulty_screen, &go_on);
}

void difficulty_write(struct screen *screen)
{
	const char *const choices[] = { _("Viết tiếp phiếu đang dở"), _("Phiếu mới cho màn hình này, bỏ phiếu dở") };
	if (!slip_waits(duty_of(screen))) {
		screen_push(screen->desk, &difficulty_screen, NULL);
		return;
	}
	ask_choice(screen, _("Có một phiếu vướng mắc viết dở."), choices, 2, 0, on_go_on, NULL);
}
