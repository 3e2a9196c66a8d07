/* SPDX-License-Identifier: Apache-2.0
 *
 * A result is handed over: the money still owed, then who took it.  The law asks for
 * the receipt or identity, and for a mandate from others; the result slip prints it. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"

static const char *check_said(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi điều này: phiếu trả kết quả in lại.");
}

static void on_mandate(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	(void)data;
	if (text)
		dossier_act(v, arena_format(&arena, "Người được uỷ quyền nhận: %s, giấy uỷ quyền %s", v->taker_name, text),
		            &(struct act_facts){ .taker = "other", .name = v->taker_name, .id_number = v->taker_id, .mandate = text });
	arena_free(&arena);
}

static void on_number(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->taker_id = arena_string(&screen->arena, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Giấy uỷ quyền số mấy, ngày nào?"), .max = 200, .check = check_said },
	             on_mandate, NULL);
}

static void on_name(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->taker_name = arena_string(&screen->arena, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Số định danh của người nhận (đối chiếu giấy tờ tuỳ thân; để trống nếu không có):"),
		.plain = true, .max = 20 }, on_number, NULL);
}

static void on_post(struct screen *screen, const char *text, void *data)
{
	struct arena arena = { 0 };
	(void)data;
	if (text)
		dossier_act(screen->state, arena_format(&arena, "Gửi bưu chính: %s", text), &(struct act_facts){ .taker = "post", .post = text });
	arena_free(&arena);
}

/* Who filed it with a mandate often comes for the result too. */
static const char *submitter_of(const struct viewing *v)
{
	for (int i = 0; v->full && i < v->full->person_count; i++)
		if (strcmp(v->full->people[i].role, "submitter") == 0)
			return v->full->people[i].name;
	return "";
}

static void on_taker(struct screen *screen, int choice, void *data)
{
	static const char *const words[] = { "Chủ hồ sơ nhận, có giấy hẹn", "Chủ hồ sơ nhận, mất giấy hẹn, đã đối chiếu giấy tờ tuỳ thân" };
	(void)data;
	if (choice == 0 || choice == 1)
		dossier_act(screen->state, words[choice], &(struct act_facts){ .taker = "owner" });
	else if (choice == 2)
		ask_for_text(screen, &(struct ask_text){ .question = _("Họ tên người được uỷ quyền nhận:"), .initial = submitter_of(screen->state),
			.max = 100, .check = check_said }, on_name, NULL);
	else if (choice == 3)
		ask_for_text(screen, &(struct ask_text){ .question = _("Số vận đơn, ngày gửi:"), .max = 200, .check = check_said }, on_post, NULL);
}

static void ask_taker(struct screen *screen)
{
	const char *takers[] = { _("Chủ hồ sơ, có giấy hẹn"), _("Chủ hồ sơ, mất giấy hẹn: đã đối chiếu giấy tờ tuỳ thân"),
		_("Người được uỷ quyền"), _("Gửi bưu chính") };
	ask_choice(screen, _("Ai nhận kết quả?"), takers, 4, 0, on_taker, NULL);
}

static void on_owed(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice == 0)
		dossier_receive_money(screen, ask_taker);
	else if (choice == 1)
		ask_taker(screen);
}

/* A result is not handed over with money forgotten. */
void dossier_hand_over(struct screen *screen)
{
	const char *choices[] = { _("Thu bây giờ"), _("Trả kết quả, tiền còn nợ") };
	struct arena arena = { 0 };
	int64_t owed = dossier_owes(screen->state);
	if (owed)
		ask_choice(screen, arena_format(&arena, _("Hồ sơ còn phải thu %s đ. Thu trước khi trả kết quả?"), text_money(&arena, owed)),
		           choices, 2, 0, on_owed, NULL);
	else
		ask_taker(screen);
	arena_free(&arena);
}
