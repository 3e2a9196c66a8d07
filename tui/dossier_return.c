/* SPDX-License-Identifier: Apache-2.0
 *
 * A result is handed over: papers that change hands with it, its digital copy, the money
 * still owed, then who took it.  The law asks for the receipt or identity, and for a
 * mandate from others; the result slip prints it. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"
#include "tui/hand_in.h"
#include "tui/return_papers.h"

static const char *check_said(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi điều này: phiếu trả kết quả in lại.");
}

/* Who takes it, with what was said before. */
static void give(struct viewing *v, const char *words, struct act_facts facts)
{
	if (v->correcting) {
		dossier_correct_taker(v, &facts);
		return;
	}
	facts.no_file = v->no_file;
	if (v->scanned && strcmp(facts.taker, "other") == 0)
		facts.shown = "scanned";
	dossier_act(v, words, &facts);
}

static void on_mandate(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	(void)data;
	if (text)
		give(v, arena_format(&arena, "Người được uỷ quyền nhận: %s, giấy uỷ quyền %s", v->taker_name, text),
		     (struct act_facts){ .taker = "other", .name = v->taker_name, .id_number = v->taker_id, .mandate = text });
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
		give(screen->state, arena_format(&arena, "Gửi bưu chính: %s", text), (struct act_facts){ .taker = "post", .post = text });
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
	struct viewing *v = screen->state;
	(void)data;
	if (choice == 0)
		give(v, v->scanned ? "Chủ hồ sơ nhận, giấy hẹn vừa quét" : "Chủ hồ sơ nhận, có giấy hẹn",
		     (struct act_facts){ .taker = "owner", .shown = v->scanned ? "scanned" : "receipt" });
	else if (choice == 1)
		give(v, "Chủ hồ sơ nhận, mất giấy hẹn, đã đối chiếu giấy tờ tuỳ thân", (struct act_facts){ .taker = "owner", .shown = "identity" });
	else if (choice == 2)
		ask_for_text(screen, &(struct ask_text){ .question = _("Họ tên người được uỷ quyền nhận:"), .initial = submitter_of(v),
			.max = 100, .check = check_said }, on_name, NULL);
	else if (choice == 3)
		ask_for_text(screen, &(struct ask_text){ .question = _("Số vận đơn, ngày gửi:"), .max = 200, .check = check_said }, on_post, NULL);
}

static void ask_taker(struct screen *screen)
{
	const struct viewing *v = screen->state;
	struct arena arena = { 0 };
	const char *takers[] = { v->scanned ? _("Chủ hồ sơ, giấy hẹn vừa quét") : _("Chủ hồ sơ, có giấy hẹn"),
		_("Chủ hồ sơ, mất giấy hẹn: đã đối chiếu giấy tờ tuỳ thân"), _("Người được uỷ quyền"), _("Gửi bưu chính") };
	const char *question = v->correcting ? _("Thực tế ai đã nhận kết quả?") : _("Ai nhận kết quả?");
	if (*v->returns.place && !v->correcting)
		question = arena_format(&arena, _("%s Kết quả để ở: %s."), question, v->returns.place);
	ask_choice(screen, question, takers, 4, 0, on_taker, NULL);
	arena_free(&arena);
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
static void ask_money(struct screen *screen)
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

/* ---- its digital copy ---- */

static void read_on(struct viewing *v)
{
	v->returning = true;
	dossier_read_return(v);
}

static void on_done(struct result_act *act, const char *value, const struct error *err)
{
	struct viewing *v = act->owner;
	(void)value;
	if (err)
		desk_tell(v->screen->desk, err);
	else
		read_on(v);
}

static struct result_act *act_of(struct viewing *v)
{
	v->result = (struct result_act){ .done = on_done, .owner = v };
	return &v->result;
}

static void on_scanned(struct screen *screen, const struct hand_in_plan *plan, int64_t file_id, const struct held_paper *held)
{
	struct viewing *v = screen->state;
	(void)held;
	if (file_id && !v->result.ask.slot)
		result_scanned(duty_store(duty_of(screen)), &screen->scope, act_of(v), plan->dossier_id, file_id);
}

static void on_no_file(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->no_file = arena_string(&screen->arena, text);
	ask_money(screen);
}

static void on_digital(struct screen *screen, int choice, void *data)
{
	const struct viewing *v = screen->state;
	(void)data;
	if (choice == 0)
		hand_in(screen, &(struct hand_in_plan){ .dossier_id = v->id, .paper = _("Kết quả"), .system = v->full->route_system, .row = 98, .done = on_scanned });
	else if (choice == 1)
		ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao trả khi chưa có bản điện tử?"), .max = 300, .check = ask_check_reason },
		             on_no_file, NULL);
}

/* ---- papers that change hands ---- */

static void on_waived(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (text && !v->result.ask.slot)
		return_papers_all(duty_store(duty_of(screen)), &screen->scope, act_of(v), v->id, text);
}

static void after_papers(struct screen *screen)
{
	read_on(screen->state);
}

static void on_missing(struct screen *screen, int choice, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (v->result.ask.slot)
		return;
	if (choice == 0)
		return_papers_all(duty_store(duty_of(screen)), &screen->scope, act_of(v), v->id, "");
	else if (choice == 1)
		screen_push(screen->desk, &return_papers_screen, &(struct return_papers_plan){ .dossier_id = v->id, .then = after_papers });
	else if (choice == 2)
		ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao không trao tay các giấy tờ ấy?"), .max = 300, .check = ask_check_reason },
		             on_waived, NULL);
}

/* The first thing that still stands before it. */
static void go_on(struct screen *screen)
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	const char *papers[] = { _("Đã trao tay đủ"), _("Đánh dấu từng giấy"), _("Không trao: ghi lý do") };
	const char *copy[] = { _("Quét kết quả bây giờ"), _("Trả không có bản điện tử: ghi lý do") };
	if (*v->returns.missing)
		ask_choice(screen, arena_format(&arena, _("Trao tay cùng kết quả: %s"), v->returns.missing), papers, 3, 0, on_missing, NULL);
	else if (!v->returns.digital && !v->no_file)
		ask_choice(screen, _("Kết quả chưa có bản điện tử (Thông tư 01/2023/TT-VPCP: số hóa trước khi trả)."), copy, 2, 0, on_digital, NULL);
	else
		ask_money(screen);
	arena_free(&arena);
}

static void on_read(struct return_ask *ask, const struct return_state *state, const struct error *err)
{
	struct viewing *v = ask->owner;
	bool wanted = v->returning;
	v->returning = false;
	if (err) {
		arena_free(&v->return_coming);
		if (wanted)
			desk_tell(v->screen->desk, err);
		return;
	}
	arena_free(&v->return_memory);
	v->return_memory = v->return_coming;
	v->return_coming = (struct arena){ 0 };
	v->returns = *state;
	v->returns_known = true;
	dossier_compose(v);
	if (wanted && v->full && screen_is_top(v->screen))
		go_on(v->screen);
}

/* One that is under way is forgotten: what comes is the newest. */
void dossier_read_return(struct viewing *v)
{
	ask_forget(&v->return_ask.ask);
	v->return_ask = (struct return_ask){ .done = on_read, .into = &v->return_coming, .owner = v };
	return_read(duty_store(duty_of(v->screen)), &v->screen->scope, &v->return_ask, v->id);
}

void dossier_ask_taker(struct screen *screen)
{
	((struct viewing *)screen->state)->correcting = true;
	ask_taker(screen);
}

void dossier_hand_over(struct screen *screen)
{
	struct viewing *v = screen->state;
	v->correcting = false;
	v->no_file = NULL;
	read_on(v);
}
