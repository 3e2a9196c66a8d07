/* SPDX-License-Identifier: Apache-2.0
 *
 * What a hand does to a stream that stands or waits. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/program.h"
#include "tui/sync_own.h"

static const struct sync_message *message_of(const struct screen *screen)
{
	const struct hand *hand = screen->state;
	return hand->message(screen);
}

static bool is(const struct sync_message *m, const char *state)
{
	return strcmp(m->state, state) == 0;
}

static void on_act(struct sync_act_ask *ask, const struct error *err)
{
	struct hand *hand = ask->owner;
	if (err)
		desk_tell(hand->screen->desk, err);
	else
		desk_say(hand->screen->desk, FAULT_NONE, "%s", hand->told);
	hand->done(hand->screen);
}

static void on_again(struct act_ask *ask, int version, const struct error *err)
{
	struct hand *hand = ask->owner;
	(void)version;
	on_act(&hand->act, err);
}

/* Which stream the act is about, kept while its question is open: the list may move. */
static struct hand *take(struct screen *screen, const char *told)
{
	struct hand *hand = screen->state;
	const struct sync_message *m = hand->message(screen);
	hand->dossier_id = m->dossier_id;
	hand->told = told;
	snprintf(hand->system, sizeof hand->system, "%s", m->system);
	hand->act = (struct sync_act_ask){ .done = on_act, .owner = hand };
	return hand;
}

static bool free_hand(const struct screen *screen)
{
	const struct hand *hand = screen->state;
	return !hand->act.ask.slot && !hand->again.ask.slot;
}

/* ---- correct ---- */

static bool may_correct(const struct screen *screen)
{
	const struct sync_message *m = message_of(screen);
	return m && free_hand(screen) && !is(m, "sending");
}

static void run_correct(struct screen *screen)
{
	const struct sync_message *m = message_of(screen);
	struct correct_plan plan = { m->dossier_id, m->system, m->system_name, m->code, m->note };
	screen_push(screen->desk, &sync_correct_screen, &plan);
}

/* ---- resend ---- */

static bool may_resend(const struct screen *screen)
{
	const struct sync_message *m = message_of(screen);
	return m && free_hand(screen) && !is(m, "sending") && !is(m, "held") && !is(m, "superseded");
}

static void on_solution(struct screen *screen, const char *text, void *data)
{
	struct hand *hand = screen->state;
	(void)data;
	if (!text)
		return;
	hand->again = (struct act_ask){ .done = on_again, .owner = hand };
	act_send_again(duty_store(duty_of(screen)), &screen->scope, &hand->again, hand->dossier_id,
	               hand->system, text);
}

static void run_resend(struct screen *screen)
{
	const struct sync_message *m = message_of(screen);
	struct arena arena = { 0 };
	if (!is(m, "refused")) {
		struct hand *hand = take(screen, is(m, "sent") || is(m, "received")
		                                         ? _("Sẽ hỏi ngay bên nhận về hồ sơ này.")
		                                         : _("Sẽ gửi ngay, không đợi tới lượt."));
		sync_send_now(duty_store(duty_of(screen)), &screen->scope, &hand->act, hand->dossier_id,
		              hand->system);
		return;
	}
	take(screen, _("Đã xếp hàng gửi lại."));
	ask_for_text(screen,
	             &(struct ask_text){ .question = arena_format(&arena, _("%s từ chối: %s\nĐã xử lý thế nào? (ghi vào hồ sơ)"),
	                                                          m->system_name, m->note),
	                                 .max = 500 },
	             on_solution, NULL);
	arena_free(&arena);
}

/* ---- hold and release ---- */

static bool may_hold(const struct screen *screen)
{
	const struct sync_message *m = message_of(screen);
	return m && free_hand(screen) && !is(m, "held") && !is(m, "sent") && !is(m, "received") &&
	       !is(m, "superseded");
}

static const char *some_reason(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi lý do: người sau đọc sẽ hiểu vì sao tin không đi.");
}

static void on_hold_reason(struct screen *screen, const char *text, void *data)
{
	struct hand *hand = screen->state;
	(void)data;
	if (text)
		sync_hold(duty_store(duty_of(screen)), &screen->scope, &hand->act, hand->dossier_id,
		          hand->system, text);
}

static void run_hold(struct screen *screen)
{
	const struct sync_message *m = message_of(screen);
	struct arena arena = { 0 };
	take(screen, _("Đã tạm giữ: không gì được gửi tới hệ thống này cho hồ sơ ấy tới khi thả ra."));
	ask_for_text(screen,
	             &(struct ask_text){ .question = arena_format(&arena, _("Tạm giữ hồ sơ %s, chưa gửi tới %s. Vì sao?"),
	                                                          m->code, m->system_name),
	                                 .max = 300, .check = some_reason },
	             on_hold_reason, NULL);
	arena_free(&arena);
}

static bool may_release(const struct screen *screen)
{
	const struct sync_message *m = message_of(screen);
	return m && free_hand(screen) && is(m, "held");
}

static void run_release(struct screen *screen)
{
	struct hand *hand = take(screen, _("Đã thả ra: tin được gửi ngay."));
	sync_release(duty_store(duty_of(screen)), &screen->scope, &hand->act, hand->dossier_id,
	             hand->system, "");
}

/* ---- the dossier ---- */

static bool may_open(const struct screen *screen)
{
	return message_of(screen) != NULL;
}

static void run_open(struct screen *screen)
{
	int64_t id = message_of(screen)->dossier_id;
	screen_push(screen->desk, &dossier_screen, &id);
}

const struct action hand_actions[] = {
	{ "sync-correct", "F4", N_("Sửa, gửi"), N_("Sửa hồ sơ theo điều bên nhận không chịu rồi gửi tin mới; tin cũ được giữ nguyên."),
	  may_correct, run_correct },
	{ "sync-resend", "F5", N_("Gửi lại"), N_("Gửi ngay tin đang chờ hay bị từ chối; tin đã gửi thì hỏi ngay bên nhận."),
	  may_resend, run_resend },
	{ "sync-hold", "F6", N_("Giữ"), N_("Tạm giữ: chưa gửi hồ sơ này tới hệ thống ấy, kèm lý do."), may_hold, run_hold },
	{ "sync-release", "F7", N_("Thả"), N_("Thả hồ sơ đang tạm giữ để gửi tiếp."), may_release, run_release },
	{ "sync-dossier", "F8", N_("Hồ sơ"), N_("Mở hồ sơ của tin này."), may_open, run_open },
	{ 0 },
};

void hand_about(const struct sync_message *m, struct about *about)
{
	about->system = m->system;
	about->dossier_id = m->dossier_id;
	about->dossier = m->code;
	about->error = *m->note ? m->note : NULL;
}
