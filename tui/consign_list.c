/* SPDX-License-Identifier: Apache-2.0
 *
 *  BƯU CHÍNH, CHUYẾN GIAO NHẬN              Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Lập lúc           Chiều  Bên kia                      Hồ sơ  Tình trạng
 * > 20/11/2026 09:41  giao   Bưu cục Núi Cấm                  5  ! đang lập
 *   20/11/2026 08:05  nhận   UBND xã Tri Tôn                  2  02/BBGN-TTPVHCC
 *  F1 Giúp  Enter Mở  F4 In lại  F5 Lập mới  Esc Về
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/consign.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/consign_screen.h"
#include "tui/desk.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/print.h"
#include "tui/program.h"

enum { MOST = 300, AGENCIES = 30 };

/* What a new one is, in the order asked. */
static const struct {
	const char *name;
	bool out, post;
} kinds[] = {
	{ N_("Giao bưu chính: kết quả, hồ sơ gửi đi"), true, true },
	{ N_("Nhận của bưu chính: hồ sơ công dân gửi đến"), false, true },
	{ N_("Giao tận tay cơ quan khác: hồ sơ nhận hộ, kết quả"), true, false },
	{ N_("Nhận của cơ quan khác: hồ sơ họ nhận hộ, kết quả"), false, false },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct consign_list {
	struct fresh fresh;
	struct list list;
	const struct consignment *rows;
	struct consignments_ask ask;
	/* A new one: */
	int kind;
	struct consign_rows_ask waiting;
	struct arena waiting_memory;
	const struct consign_row *agencies[AGENCIES]; /* one of each agency that something waits for */
	int agency_count;
	struct consign_act act;
	char request[37];
};

static const struct consignment *here(const struct consign_list *c)
{
	return c->list.count ? &c->rows[c->list.at] : NULL;
}

static void state_cell(const struct consignment *one, struct list_cell *out)
{
	static char text[80];
	if (strcmp(one->state, "open") == 0)
		snprintf(text, sizeof text, "%s", _("! đang lập"));
	else if (strcmp(one->state, "printed") == 0)
		snprintf(text, sizeof text, _("! chờ ký, %s"), one->number);
	else if (strcmp(one->state, "void") == 0)
		snprintf(text, sizeof text, _("đã huỷ %s"), one->number);
	else if (one->waiting)
		snprintf(text, sizeof text, strcmp(one->way, "in") == 0 ? _("%d chưa mở, %s") : _("%d trên đường, %s"), one->waiting, one->number);
	else
		snprintf(text, sizeof text, "%s", one->number);
	out->text = text;
	out->role = strcmp(one->state, "open") == 0 || strcmp(one->state, "printed") == 0 ? ROLE_WARN
	          : strcmp(one->state, "signed") == 0 && one->waiting ? ROLE_TEXT : ROLE_DIM;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[32];
	const struct consignment *one = &((const struct consign_list *)owner)->rows[row];
	switch (column) {
	case 0: out->text = moment_write(one->made_at, text, sizeof text); break;
	case 1: out->text = strcmp(one->way, "out") == 0 ? _("giao") : _("nhận"); break;
	case 2: out->text = one->agency; break;
	case 3:
		snprintf(text, sizeof text, "%d", one->items);
		out->text = text;
		break;
	default: state_cell(one, out);
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Lập lúc"), .width = 16 },
	{ .head = N_("Chiều"), .width = 5 },
	{ .head = N_("Bên kia"), .width = 0 },
	{ .head = N_("Hồ sơ"), .width = 5, .right = true },
	{ .head = N_("Tình trạng"), .width = 30 },
	{ 0 },
};

static void on_read(struct consignments_ask *ask, const struct consignment *rows, int count, const struct error *err)
{
	struct consign_list *c = ask->owner;
	int64_t at = here(c) ? here(c)->consignment_id : 0;
	if (fresh_came(&c->fresh, err)) {
		c->rows = rows;
		list_set_count(&c->list, count);
		for (int i = 0; i < count; i++)
			if (rows[i].consignment_id == at)
				c->list.at = i;
	}
	fresh_taken(&c->fresh);
}

static void read_now(struct screen *screen)
{
	struct consign_list *c = screen->state;
	c->ask = (struct consignments_ask){ .done = on_read, .into = &c->fresh.coming, .owner = c };
	consignments_read(duty_store(duty_of(screen)), &screen->scope, &c->ask, 0, MOST);
}

/* ---- a new one ---- */

static void on_opened(struct consign_act *act, int64_t id, const struct error *err)
{
	struct consign_list *c = act->owner;
	struct screen *screen = c->fresh.screen;
	if (err)
		desk_tell(screen->desk, err);
	else if (screen_is_top(screen))
		screen_push(screen->desk, &consign_screen, &id);
}

static void begin(struct screen *screen, const char *code, const char *agency)
{
	struct consign_list *c = screen->state;
	if (c->act.ask.slot)
		return;
	seal_uuid(c->request);
	c->act = (struct consign_act){ .done = on_opened, .owner = c };
	consign_open(duty_store(duty_of(screen)), &screen->scope, &c->act, c->request, kinds[c->kind].out, kinds[c->kind].post, code, agency);
}

static const char *check_agency(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi tên bưu cục hoặc cơ quan bên kia.");
}

static void on_agency(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		begin(screen, "", text);
}

/* The post office of last time. */
static const char *last_post(const struct consign_list *c)
{
	for (int i = 0; i < c->list.count; i++)
		if (strcmp(c->rows[i].carrier, "post") == 0)
			return c->rows[i].agency;
	return "";
}

static void on_which(struct screen *screen, int choice, void *data)
{
	struct consign_list *c = screen->state;
	(void)data;
	if (choice >= 0 && choice < c->agency_count)
		begin(screen, c->agencies[choice]->agency_code, c->agencies[choice]->agency_name);
}

static const char *key_of(const struct consign_row *row)
{
	return *row->agency_code ? row->agency_code : row->agency_name;
}

static void on_waiting(struct consign_rows_ask *ask, const struct consign_row *rows, int count, const struct error *err)
{
	struct consign_list *c = ask->owner;
	struct screen *screen = c->fresh.screen;
	const char *choices[AGENCIES];
	struct arena arena = { 0 };
	c->agency_count = 0;
	for (int i = 0; i < count && c->agency_count < AGENCIES; i++)
		if (!c->agency_count || strcmp(key_of(&rows[i]), key_of(c->agencies[c->agency_count - 1])) != 0)
			c->agencies[c->agency_count++] = &rows[i];
	for (int i = 0; i < c->agency_count; i++) {
		int n = 0;
		for (int k = 0; k < count; k++)
			n += strcmp(key_of(&rows[k]), key_of(c->agencies[i])) == 0;
		choices[i] = arena_format(&arena, _("%s: %d hồ sơ, kết quả chờ giao"), c->agencies[i]->agency_name, n);
	}
	if (err)
		desk_tell(screen->desk, err);
	else if (!c->agency_count)
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Không có giấy tờ hay kết quả nào chờ giao cho cơ quan khác."));
	else if (screen_is_top(screen))
		ask_choice(screen, _("Giao cho cơ quan nào?"), choices, c->agency_count, 0, on_which, NULL);
	arena_free(&arena);
}

static void on_kind(struct screen *screen, int choice, void *data)
{
	struct consign_list *c = screen->state;
	(void)data;
	if (choice < 0)
		return;
	c->kind = choice;
	if (kinds[choice].out && !kinds[choice].post) {
		arena_free(&c->waiting_memory);
		c->waiting = (struct consign_rows_ask){ .done = on_waiting, .into = &c->waiting_memory, .owner = c };
		consign_rows_read(duty_store(duty_of(screen)), &screen->scope, &c->waiting, false, "", 1000);
		return;
	}
	ask_for_text(screen, &(struct ask_text){ .question = kinds[choice].post ? _("Bưu cục nào?") : _("Cơ quan nào đưa đến?"), .max = 100, .check = check_agency,
		.initial = kinds[choice].post ? last_post(c) : "" }, on_agency, NULL);
}

static void run_new(struct screen *screen)
{
	const char *choices[KINDS];
	for (int i = 0; i < KINDS; i++)
		choices[i] = _(kinds[i].name);
	ask_choice(screen, _("Chuyến mới:"), choices, KINDS, 0, on_kind, NULL);
}

/* ---- the screen ---- */

static void list_open(struct screen *screen, const void *argument)
{
	struct consign_list *c = screen->state;
	(void)argument;
	c->list = (struct list){ .columns = columns, .cell = cell, .owner = c, .empty = N_("Chưa có chuyến giao nhận nào. F5 lập chuyến mới.") };
	fresh_open(&c->fresh, screen, read_now);
}

static void list_close(struct screen *screen)
{
	struct consign_list *c = screen->state;
	fresh_close(&c->fresh);
	arena_free(&c->waiting_memory);
}

static void list_show(const struct screen *screen, struct canvas *canvas)
{
	struct consign_list *c = screen->state;
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - 2, canvas->cols);
	char at[32], line[400];
	list_draw(&c->list, &rows, true);
	const struct consignment *one = here(c);
	if (!one)
		return;
	if (*one->reason)
		snprintf(line, sizeof line, _("Huỷ: %s"), one->reason);
	else if (one->signed_at != MOMENT_NONE)
		snprintf(line, sizeof line, _("%s lập; ký với %s lúc %s"), one->by_name, one->person, moment_write(one->signed_at, at, sizeof at));
	else
		snprintf(line, sizeof line, _("%s lập; chưa ký"), one->by_name);
	canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_DIM, line);
}

static bool list_take(struct screen *screen, const struct event *event)
{
	struct consign_list *c = screen->state;
	if (list_handle(&c->list, event))
		return true;
	if (event_is(event, K_ENTER, 0) && here(c)) {
		screen_push(screen->desk, &consign_screen, &(int64_t){ here(c)->consignment_id });
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static void list_again(struct screen *screen)
{
	fresh_read(&((struct consign_list *)screen->state)->fresh);
}

static bool may_print(const struct screen *screen)
{
	const struct consignment *one = here(screen->state);
	return one && one->paper_id;
}

static void run_print(struct screen *screen)
{
	print_start(duty_of(screen), here(screen->state)->paper_id);
}

static const struct action actions[] = {
	{ "consignments-print", "F4", N_("In lại"), N_("In lại biên bản giao nhận, đúng như đã in."), may_print, run_print },
	{ "consignments-new", "F5", N_("Lập mới"), N_("Lập chuyến mới: giao hay nhận, bưu chính hay tận tay."), NULL, run_new },
	{ 0 },
};

const struct screen_kind consign_list_screen = {
	.name = "consignments",
	.title = N_("BƯU CHÍNH, CHUYẾN GIAO NHẬN"),
	.help = N_("Hồ sơ, kết quả ra khỏi hoặc vào cơ quan theo chuyến: qua bưu chính công ích, hoặc tận tay người của cơ quan khác. Hai bên cùng đếm, một biên bản "
	           "có số của đơn vị trong năm, hai chữ ký; ký xong mới là đã giao nhận. Biên bản không ký thì huỷ, số vẫn giữ trong sổ.\n"
	           "F5 lập chuyến, Enter mở, F4 in lại biên bản."),
	.actions = actions,
	.size = sizeof(struct consign_list),
	.open = list_open,
	.draw = list_show,
	.handle = list_take,
	.resume = list_again,
	.close = list_close,
};
