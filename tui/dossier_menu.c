/* SPDX-License-Identifier: Apache-2.0
 *
 * What may be done with a dossier now, as the database says: one key, one list. */
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"
#include "tui/print.h"
#include "tui/program.h"
#include "tui/settle.h"
#include "tui/take_screen.h"

/* Likely ones first; "+" in the table: done by a screen of its own.
 *      act              the clerk reads                                     question before it; NULL: none */
#define ACTS(X)                                                                                            \
	X("supplement",     N_("Đã bổ sung: công dân mang giấy tờ đến"),          NULL)                        \
	X("pay",            N_("Đã nộp tiền bên kia yêu cầu"),                    NULL)                        \
	X("date",           N_("Ghi ngày hẹn trả mới bên kia báo"),               NULL)                        \
	X("fee",            N_("Ghi đã thu phí, lệ phí còn nợ"),                  NULL)                        \
	X("return",         N_("Trả kết quả cho công dân"),                       NULL)                        \
	X("finish",         N_("Kết quả đã có, chờ trả"),                         NULL)                        \
	X("process",        N_("Chuyển xử lý"),                                   NULL)                        \
	X("ask_supplement", N_("Yêu cầu bổ sung (in Mẫu 02)"),                    N_("Công dân cần bổ sung những gì, vì sao? (in trên Mẫu 02)")) \
	X("ask_payment",    N_("Yêu cầu nộp tiền"),                               N_("Nộp khoản nào, bao nhiêu, theo văn bản nào?")) \
	X("withdraw",       N_("Công dân rút hồ sơ (in Mẫu 05)"),                 N_("Công dân rút hồ sơ vì sao? (đơn đề nghị ngày nào)")) \
	X("refuse",         N_("Không tiếp nhận vì không bổ sung (in Mẫu 03)"),   N_("Lý do không tiếp nhận (in trên Mẫu 03):")) \
	X("stop",           N_("Dừng xử lý"),                                     N_("Dừng xử lý vì sao? (văn bản nào)")) \
	X("resume",         N_("Xử lý tiếp"),                                     NULL)                        \
	X("recall",         N_("Thu hồi kết quả để xử lý lại"),                   N_("Thu hồi kết quả vì sao?"))

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
		desk_tell(v->screen->desk, err);
	} else {
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Đã ghi, các hệ thống của hồ sơ được báo."));
		if (ask->paper_id)
			print_start(duty_of(v->screen), ask->paper_id);
	}
	dossier_read_again(v);
}

void dossier_act(struct viewing *v, const char *reason, const struct act_facts *facts)
{
	if (v->act.ask.slot || !v->full)
		return;
	v->act = (struct act_ask){ .done = on_acted, .owner = v };
	act_do(duty_store(duty_of(v->screen)), &v->screen->scope, &v->act, v->id, v->full->version, acts[v->menu_act].act, reason, facts);
}

static const char *check_reason(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Việc này cần ghi lý do.");
}

/* data: what is to be added. */
static void on_ground(struct screen *screen, const char *text, void *data)
{
	if (text)
		dossier_act(screen->state, data, &(struct act_facts){ .ground = text });
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (text && strcmp(acts[v->menu_act].act, "ask_supplement") == 0)
		ask_for_text(screen, &(struct ask_text){ .question = _("Lý do (in trên Mẫu 02):"), .initial = ACT_GROUND, .max = 400,
			.check = check_reason }, on_ground, arena_string(&screen->arena, text));
	else if (text)
		dossier_act(v, text, NULL);
}

static void carry_out(struct screen *screen)
{
	struct viewing *v = screen->state;
	const char *chosen = acts[v->menu_act].act;
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
	else if (acts[v->menu_act].question)
		ask_for_text(screen, &(struct ask_text){ .question = _(acts[v->menu_act].question), .max = 800, .check = check_reason },
		             on_reason, NULL);
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
	for (int i = 0; i < v->waits.wait_count; i++)
		if (strcmp(v->waits.waits[i].act, name) == 0 &&
		    (!v->waits.waits[i].supervisor || duty_of(v->screen)->facts->is_supervisor))
			return true;
	for (int i = 0; i < v->may_count; i++)
		if (strcmp(v->may[i].act, name) == 0)
			return strcmp(name, "supplement") != 0 && strcmp(name, "pay") != 0 && strcmp(name, "resume") != 0;
	return false;
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
	if (!count)
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Hồ sơ đã kết thúc: không còn việc nào ở đây."));
	else if (screen_is_top(v->screen))
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
	if (v->menu_reading || v->may_ask.ask.slot)
		return;
	arena_free(&v->menu_memory);
	v->menu_reading = true;
	v->waits = (struct waits_ask){ .done = on_waits, .into = &v->menu_memory, .owner = v };
	waits_read(duty_store(duty_of(screen)), &screen->scope, &v->waits, v->id);
}
