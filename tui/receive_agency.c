/* SPDX-License-Identifier: Apache-2.0
 *
 * Between places (phi địa giới): which agency decides, where the result is handed over; the clock
 * then starts when the deciding agency receives the dossier (NĐ 118/2025/NĐ-CP Điều 17.3), and the
 * receipt says so.  Or another desk has received it, and this unit decides. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "core/dossier/card.h"
#include "core/dossier/receipt_code.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/later_entry.h"
#include "tui/receive_private.h"

enum { PLACES = 8 };

enum which { DECIDING, RETURNING, RECEIVING, WHICH };

/* Which of them is being asked for, as the data of a dialog. */
static void *data_of(enum which which)
{
	static enum which all[WHICH] = { DECIDING, RETURNING, RECEIVING };
	return &all[which];
}

static struct agency *agency_of(struct receive *receive, void *data)
{
	struct reception *r = &receive->r;
	struct agency *const places[WHICH] = { &r->deciding, &r->returning, &r->taken.agency };
	return places[*(enum which *)data];
}

static void ask_taken(struct receive *receive);

static void keep(struct receive *receive, void *data, const char *code, const char *name)
{
	struct arena *arena = receive->r.arena;
	*agency_of(receive, data) = (struct agency){ arena_string(arena, code), arena_string(arena, name) };
	/* Whoever decides, it is one of the two that is not this unit. */
	if (*(enum which *)data == RECEIVING && *name)
		receive->r.deciding = (struct agency){ "", "" };
	if (*(enum which *)data == DECIDING && *name)
		receive->r.taken.agency = (struct agency){ "", "" };
	receive->r.computed = false;
	receive_refresh(receive);
	if (*(enum which *)data == RECEIVING && *name)
		ask_taken(receive);
}

static size_t find(const struct receive *receive, const char *typed, const struct place **out)
{
	const struct session_facts *facts = receive_duty(receive)->facts;
	const struct place *here =
		catalogue_place(receive->r.catalogue, PLACE_COMMUNE, facts->unit_code);
	return catalogue_places(receive->r.catalogue, PLACE_COMMUNE, here ? here->province_code : "",
	                        typed, out, PLACES);
}

/* "UBND xã Tri Tôn": a kind of place within a name is written small. */
static const char *office_of(struct arena *arena, const struct place *place)
{
	static const char *const kinds[][2] = { { "Xã ", "xã " }, { "Phường ", "phường " }, { "Đặc khu ", "đặc khu " } };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		size_t n = strlen(kinds[i][0]);
		if (strncmp(place->full_name, kinds[i][0], n) == 0)
			return arena_format(arena, "UBND %s%s", kinds[i][1], place->full_name + n);
	}
	return arena_format(arena, "UBND %s", place->full_name);
}

/* The words typed are kept in the screen between the two questions. */
static void on_place(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	const struct place *places[PLACES];
	if (choice < 0)
		return;
	size_t count = find(receive, receive->agency_typed, places);
	if ((size_t)choice >= count) {
		keep(receive, data, "", receive->agency_typed);
		return;
	}
	const struct session_facts *facts = receive_duty(receive)->facts;
	if (strcmp(places[choice]->code, facts->unit_code) == 0)
		keep(receive, data, "", ""); /* this unit after all */
	else
		keep(receive, data, places[choice]->code, office_of(receive->r.arena, places[choice]));
}

static void on_typed(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	const struct place *places[PLACES];
	const char *choices[PLACES + 1];
	struct arena arena = { 0 };
	if (!text || !text[strspn(text, " ")])
		return;
	receive->agency_typed = arena_string(&screen->arena, text);
	size_t count = find(receive, text, places);
	for (size_t i = 0; i < count; i++)
		choices[i] = arena_format(&arena, "%s (%s)", office_of(&arena, places[i]), places[i]->code);
	choices[count] = arena_format(&arena, _("Ghi đúng như đã gõ: %s"), text);
	ask_choice(screen, _("Cơ quan nào?"), choices, (int)count + 1, 0, on_place, data);
	arena_free(&arena);
}

/* ---- what their desk wrote ---- */

static const char *check_taken(struct screen *screen, const char *text, void *data)
{
	moment_t now = desk_now(screen->desk), at = typed_moment(text, moment_day(now), moment_day(now));
	(void)data;
	return !*text || (at != MOMENT_NONE && at <= now) ? NULL : _("Gõ giờ, ngày đã qua, ví dụ 0915, 09:15 20/11 hoặc 9h15 hôm qua; không rõ thì để trống.");
}

static void on_taken(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	if (!text)
		return;
	receive->r.taken.at = typed_moment(text, desk_today(screen->desk), desk_today(screen->desk));
	receive_refresh(receive);
}

/* The signature of another desk's receipt is for that desk to judge: its code is taken as if it had been typed. */
const char *receive_their_code(const char *text, char out[CODE_ROOM])
{
	struct receipt_code receipt;
	struct arena arena = { 0 };
	const char *wrong = NULL;
	out[0] = '\0';
	if (receipt_code_read(&arena, text, strlen(text), &receipt, NULL))
		snprintf(out, CODE_ROOM, "%s", receipt.code);
	else if (card_looks_like(text, strlen(text)))
		wrong = _("Đây là thẻ căn cước: quét hoặc gõ mã hồ sơ trên giấy hẹn của họ.");
	else if (text[strspn(text, " ")] && !(code_tidy(text, out) && code_plausible(out)) && !code_inside(text, out))
		wrong = _("Không phải mã hồ sơ; mã có dạng H01.30544-261120-0007. Không có thì để trống.");
	arena_free(&arena);
	return wrong;
}

static const char *check_code(struct screen *screen, const char *text, void *data)
{
	char code[CODE_ROOM];
	(void)screen;
	(void)data;
	return receive_their_code(text, code);
}

static void on_code(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	char code[CODE_ROOM];
	(void)data;
	if (!text || receive_their_code(text, code))
		return;
	receive->r.taken.code = arena_string(receive->r.arena, code);
	ask_for_text(screen, &(struct ask_text){ .question = _("Nơi kia tiếp nhận lúc nào? (0915, 09:15 20/11/2026; không rõ thì để trống)"), .plain = true,
		.max = 20, .check = check_taken }, on_taken, NULL);
}

static void ask_taken(struct receive *receive)
{
	ask_for_text(receive->screen, &(struct ask_text){ .question = _("Mã hồ sơ ở nơi tiếp nhận (trên giấy hẹn của họ; không có thì để trống):"), .plain = true,
		.scans = true, .max = 600, .initial = receive->r.taken.code, .check = check_code }, on_code, NULL);
}

static void on_what(struct screen *screen, int choice, void *data)
{
	static const char *const questions[WHICH] = { N_("Cơ quan có thẩm quyền giải quyết (vài chữ tên xã, phường, hoặc tên cơ quan):"),
		N_("Nơi trả kết quả (vài chữ tên xã, phường, hoặc tên cơ quan):"),
		N_("Nơi đã tiếp nhận hồ sơ (vài chữ tên xã, phường, hoặc tên cơ quan):") };
	struct receive *receive = receive_of(screen);
	(void)data;
	if (choice >= 0 && choice < WHICH)
		ask_for_text(screen, &(struct ask_text){ .question = _(questions[choice]), .max = 200 }, on_typed, data_of((enum which)choice));
	for (int i = 0; choice == WHICH && i < WHICH; i++)
		keep(receive, data_of((enum which)i), "", "");
}

void receive_agency(struct receive *receive)
{
	struct arena arena = { 0 };
	const struct reception *r = &receive->r;
	const char *choices[] = {
		*r->deciding.name ? arena_format(&arena, _("Cơ quan giải quyết: %s"), r->deciding.name)
		                  : _("Cơ quan khác giải quyết"),
		*r->returning.name ? arena_format(&arena, _("Nơi trả kết quả: %s"), r->returning.name)
		                   : _("Trả kết quả ở nơi khác"),
		*r->taken.agency.name ? arena_format(&arena, _("Đã tiếp nhận hộ: %s"), r->taken.agency.name)
		                      : _("Nơi khác tiếp nhận hộ, chuyển đến đây giải quyết"),
		_("Tất cả là đơn vị mình"),
	};
	ask_choice(receive->screen, _("Tiếp nhận phi địa giới:"), choices, WHICH + 1, 0, on_what, NULL);
	arena_free(&arena);
}
