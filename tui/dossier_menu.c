/* SPDX-License-Identifier: Apache-2.0
 *
 * What may be done with a dossier now, as the database says: one key, one list.  What does not move its status is one
 * list further (dossier_side.c). */
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "tui/ask.h"
#include "tui/countersign.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"
#include "tui/print.h"
#include "tui/program.h"
#include "tui/settle.h"
#include "tui/take_screen.h"

/* Likely ones first.
 *      act              the clerk reads                                     question before it; NULL: none */
#define ACTS(X)                                                                                            \
	X("supplement",     N_("Đã bổ sung: công dân mang giấy tờ đến"),          NULL)                        \
	X("pay",            N_("Đã nộp tiền bên kia yêu cầu"),                    NULL)                        \
	X("date",           N_("Ghi ngày hẹn trả mới bên kia báo"),               NULL)                        \
	X("fee",            N_("Ghi đã thu phí, lệ phí còn nợ"),                  NULL)                        \
	X("return",         N_("Trả kết quả cho công dân"),                       NULL)                        \
	X("rate",           N_("Công dân đánh giá"),                              NULL)                        \
	X("finish",         N_("Kết quả đã có, chờ trả"),                         NULL)                        \
	X("came",           N_("Nhận kết quả giấy (số, ngày, người ký)"),         NULL)                        \
	X("place",          N_("Nơi để kết quả"),                                 NULL)                        \
	X("back",           N_("Giấy tờ phải trả lại, thu lại khi trả kết quả"),  NULL)                        \
	X("refund",         N_("Sửa hoặc hoàn trả khoản đã thu"),                 NULL)                        \
	X("unreturn",       N_("Ghi nhầm đã trả kết quả: kết quả còn ở đây"),     NULL)                        \
	X("taker",          N_("Sửa người nhận kết quả đã ghi"),                  NULL)                        \
	X("process",        N_("Chuyển xử lý"),                                   NULL)                        \
	X("ask_supplement", N_("Yêu cầu bổ sung (in Mẫu 02)"),                    N_("Công dân cần bổ sung những gì, vì sao? (in trên Mẫu 02)")) \
	X("ask_payment",    N_("Yêu cầu nộp tiền"),                               N_("Nộp khoản nào, bao nhiêu, theo văn bản nào?")) \
	X("withdraw",       N_("Công dân rút hồ sơ (in Mẫu 05)"),                 N_("Công dân rút hồ sơ vì sao? (đơn đề nghị ngày nào)")) \
	X("refuse",         N_("Không tiếp nhận vì không bổ sung (in Mẫu 03)"),   N_("Lý do không tiếp nhận (in trên Mẫu 03):")) \
	X("decline",        N_("Từ chối giải quyết sau thẩm định (in Mẫu 03)"),   N_("Vì sao không đủ điều kiện? (in trên Mẫu 03)")) \
	X("stop",           N_("Dừng xử lý (Mẫu 05)"),                            N_("Dừng xử lý vì sao? (văn bản nào)")) \
	X("resume",         N_("Xử lý tiếp"),                                     NULL)                        \
	X("recall",         N_("Thu hồi kết quả để xử lý lại"),                   N_("Thu hồi kết quả vì sao?")) \
	X("apologise",      N_("Xin lỗi, hẹn lại ngày trả (in Mẫu 04)"),          NULL)                        \
	X("side",           N_("Việc khác: giao việc, bước, ghi chú, Mẫu 06…"),   NULL)

static const struct {
	const char *act, *name, *question;
} acts[] = {
#define X(act, name, question) { act, name, question },
	ACTS(X)
#undef X
};
enum { ACT_COUNT = sizeof acts / sizeof *acts };

/* ---- carrying one out ---- */

static void on_acted(struct act_ask *ask, int version, const struct error *err)
{
	struct viewing *v = ask->owner;
	(void)version;
	if (err) {
		ask_refused(v->screen, err);
	} else {
		desk_say(v->screen->desk, FAULT_NONE, "%s", v->said.side ? _("Đã ghi.")
			: strcmp(v->said.act, "return") == 0 && dossier_may_rate(v->screen) ? _("Đã trả kết quả, các hệ thống được báo. Ctrl-A: công dân đánh giá.")
			: _("Đã ghi, các hệ thống của hồ sơ được báo."));
		if (ask->paper_id)
			print_start(duty_of(v->screen), ask->paper_id);
	}
	dossier_read_again(v);
}

static void send(struct viewing *v, struct store *store, struct scope *scope, void (*done)(struct act_ask *, int, const struct error *), void *owner)
{
	v->act = (struct act_ask){ .done = done, .owner = owner };
	if (v->said.side)
		side_do(store, scope, &v->act, v->id, v->full->version, v->said.act, &v->said.side_facts);
	else
		act_do(store, scope, &v->act, v->id, v->full->version, v->said.act, v->said.reason, &v->said.facts);
}

/* ---- a supervisor's word at this counter ---- */

static void on_signed(struct act_ask *ask, int version, const struct error *err)
{
	(void)version;
	countersign_done(ask->owner, err);
}

static void sign_act(struct screen *dialog, struct store *store, void *data)
{
	send(data, store, &dialog->scope, on_signed, dialog);
}

static void then_print(struct screen *screen, void *data)
{
	struct viewing *v = data;
	desk_say(screen->desk, FAULT_NONE, "%s", _("Người phụ trách đã duyệt, đã ghi."));
	if (v->act.paper_id)
		print_start(duty_of(screen), v->act.paper_id);
	dossier_read_again(v);
}

void dossier_say(struct viewing *v)
{
	if (v->act.ask.slot || !v->full)
		return;
	if (!v->said.countersign) {
		send(v, duty_store(duty_of(v->screen)), &v->screen->scope, on_acted, v);
		return;
	}
	struct arena arena = { 0 };
	screen_push(v->screen->desk, &countersign_screen,
	            &(struct countersign){ .title = _("NGƯỜI PHỤ TRÁCH DUYỆT"),
		            .question = arena_format(&arena, "%s\n%s", v->full->code, v->said.cost),
		            .who = _("Người phụ trách gõ tài khoản và mật khẩu của mình."), .asker = v->screen, .act = sign_act,
		            .then = then_print, .data = v });
	arena_free(&arena);
}

void dossier_act(struct viewing *v, const char *reason, const struct act_facts *facts)
{
	v->said.reason = arena_string(&v->menu_memory, reason);
	v->said.facts = facts ? *facts : (struct act_facts){ 0 };
	dossier_say(v);
}

/* ---- what is said with it ---- */

const char *dossier_check_reason(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Việc này cần ghi lý do.");
}

static const char *check_law(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return strlen(text) >= 5 ? NULL : _("Ghi căn cứ: luật, nghị định, văn bản nào cho phép.");
}

/* What costs is told, and done on a basis only: then (dossier_say, in the end) with said.basis. */
void dossier_ask_basis(struct screen *screen, void (*then)(struct screen *, const char *, void *))
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	ask_for_text(screen, &(struct ask_text){ .question = arena_format(&arena, _("%s\nCăn cứ nào cho phép? (ghi vào hồ sơ; Esc: thôi)"), v->said.cost),
		.max = 280, .check = check_law }, then, NULL);
	arena_free(&arena);
}

static void on_basis(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->said.facts.basis = arena_string(&v->menu_memory, text);
	dossier_say(v);
}

static void on_until(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	char day[16];
	(void)data;
	if (!text)
		return;
	v->said.facts.until = text[strspn(text, " ")] ? arena_string(&v->menu_memory, day_write_iso(typed_day(text, desk_today(screen->desk)), day, sizeof day)) : NULL;
	if (*v->said.cost && v->said.again)
		dossier_ask_basis(screen, on_basis);
	else
		dossier_say(v);
}

static const char *check_until(struct screen *screen, const char *text, void *data)
{
	day_t day = typed_day(text, desk_today(screen->desk));
	(void)data;
	if (!text[strspn(text, " ")])
		return NULL;
	return day == DAY_NONE ? _("Gõ ngày, ví dụ 30/11/2026, hoặc để trống.")
	       : day < moment_day(desk_now(screen->desk)) ? _("Hạn bổ sung phải từ hôm nay trở đi.") : NULL;
}

static void on_ground(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->said.facts.ground = arena_string(&v->menu_memory, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Công dân bổ sung đến hết ngày nào? (in trên Mẫu 02; để trống: không hẹn)"), .plain = true,
		.max = 10, .check = check_until }, on_until, NULL);
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	if (strcmp(v->said.act, "ask_supplement") != 0) {
		dossier_act(v, text, NULL);
		return;
	}
	v->said.reason = arena_string(&v->menu_memory, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Lý do (in trên Mẫu 02):"), .initial = ACT_GROUND, .max = 400,
		.check = dossier_check_reason }, on_ground, NULL);
}

static void ask_reason(struct screen *screen, const char *question)
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	ask_for_text(screen, &(struct ask_text){ .question = arena_format(&arena, "%s%s%s", v->said.cost, *v->said.cost ? "\n" : "", question),
		.max = 800, .check = dossier_check_reason }, on_reason, NULL);
	arena_free(&arena);
}

const struct act_row *dossier_row(const struct viewing *v, const char *act)
{
	for (int i = 0; i < v->may_count; i++)
		if (strcmp(v->may[i].act, act) == 0)
			return &v->may[i];
	return NULL;
}

/* What the database said of the act, for what follows. */
void dossier_choose(struct viewing *v, const char *act)
{
	const struct act_row *row = dossier_row(v, act);
	v->said = (struct said){ .act = act, .reason = "", .cost = row ? row->cost : "", .side = row && row->to_status == 0,
		.countersign = row && row->countersign, .again = row && (row->countersign || row->basis) };
}

static void carry_out(struct screen *screen)
{
	struct viewing *v = screen->state;
	const char *chosen = acts[v->menu_act].act;
	dossier_choose(v, chosen);
	if (strcmp(chosen, "supplement") == 0)
		screen_push(screen->desk, &take_screen, &v->id);
	else if (strcmp(chosen, "pay") == 0)
		settle_start(screen, SETTLE_MONEY, v->id);
	else if (strcmp(chosen, "date") == 0)
		settle_start(screen, SETTLE_DATE, v->id);
	else if (strcmp(chosen, "resume") == 0)
		settle_start(screen, SETTLE_RESUME, v->id);
	else if (strcmp(chosen, "fee") == 0)
		dossier_receive_money(screen, NULL);
	else if (strcmp(chosen, "return") == 0)
		dossier_hand_over(screen);
	else if (strcmp(chosen, "apologise") == 0)
		dossier_apologise(screen);
	else if (strcmp(chosen, "side") == 0)
		dossier_side(screen);
	else if (strcmp(chosen, "refund") == 0)
		dossier_refund(screen);
	else if (dossier_result_act(screen, chosen))
		return;
	else if (acts[v->menu_act].question)
		ask_reason(screen, _(acts[v->menu_act].question));
	else
		dossier_act(v, "", NULL);
}

/* ---- the list ---- */

static void on_chosen(struct screen *screen, int choice, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (choice < 0)
		return;
	v->menu_act = v->menu[choice];
	carry_out(screen);
}

static bool dates_wait(const struct viewing *v)
{
	for (int i = 0; v->full && i < v->full->told_count; i++)
		if (strcmp(v->full->told[i].kind, "extension") == 0 && !v->full->told[i].settled &&
		    v->full->told[i].answered_at == MOMENT_NONE)
			return true;
	return false;
}

static bool is_open(const struct viewing *v, const char *name)
{
	if (strcmp(name, "date") == 0)
		return dates_wait(v);
	if (strcmp(name, "fee") == 0)
		return dossier_owes(v) > 0;
	if (strcmp(name, "side") == 0)
		return dossier_row(v, "note") != NULL;
	if (dossier_may_result_act(v, name))
		return true;
	if (strcmp(name, "refund") == 0)
		return dossier_may_refund(v);
	for (int i = 0; i < v->waits.wait_count; i++)
		if (strcmp(v->waits.waits[i].act, name) == 0 &&
		    (!v->waits.waits[i].supervisor || duty_of(v->screen)->facts->is_supervisor))
			return true;
	return dossier_row(v, name) && strcmp(name, "supplement") != 0 && strcmp(name, "pay") != 0 && strcmp(name, "resume") != 0;
}

static void show(struct viewing *v)
{
	const char *names[ACT_COUNT];
	int count = 0;
	for (int i = 0; i < ACT_COUNT; i++)
		if (is_open(v, acts[i].act)) {
			v->menu[count] = i;
			names[count++] = _(acts[i].name);
		}
	if (screen_is_top(v->screen))
		ask_choice(v->screen, _("Việc làm được với hồ sơ này lúc này:"), names, count, 0, on_chosen, NULL);
}

static void on_may(struct acts_ask *ask, const struct act_row *rows, int count, const struct error *err)
{
	struct viewing *v = ask->owner;
	if (err) {
		desk_tell(v->screen->desk, err);
		return;
	}
	v->may = rows;
	v->may_count = count;
	show(v);
}

static void on_waits(struct waits_ask *ask, const struct error *err)
{
	struct viewing *v = ask->owner;
	v->menu_reading = false;
	if (err) {
		desk_tell(v->screen->desk, err);
		return;
	}
	v->may_ask = (struct acts_ask){ .done = on_may, .into = &v->menu_memory, .owner = v };
	acts_read(duty_store(duty_of(v->screen)), &v->screen->scope, &v->may_ask, v->id);
}

void dossier_menu(struct screen *screen)
{
	struct viewing *v = screen->state;
	_Static_assert((int)ACT_COUNT <= (int)MENU_MOST, "room for every act");
	/* What is on its way out still reads what was said. */
	if (v->menu_reading || v->may_ask.ask.slot || v->act.ask.slot)
		return;
	arena_free(&v->menu_memory);
	v->menu_reading = true;
	v->waits = (struct waits_ask){ .done = on_waits, .into = &v->menu_memory, .owner = v };
	waits_read(duty_store(duty_of(screen)), &screen->scope, &v->waits, v->id);
}
