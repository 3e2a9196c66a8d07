/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/looking.h"

#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk.h"

/* A hint of the database may be lost: it is looked at again by itself. */
#define AGAIN_MS 5000

static const struct {
	const char *what, *name, *in_rules; /* folded words of a rule's database */
} kinds[] = {
	{ "citizen", N_("Dân cư"), "dan cu" },
	{ "citizen", N_("Dân cư"), "can cuoc" },
	{ "enterprise", N_("Đăng ký kinh doanh"), "dang ky doanh nghiep" },
	{ "enterprise", N_("Đăng ký kinh doanh"), "ho kinh doanh" },
	{ "insurance", N_("Bảo hiểm"), "bao hiem" },
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

const char *looking_kind(const char *database)
{
	char folded[400];
	text_fold(database, folded, sizeof folded);
	for (int i = 0; i < KINDS; i++)
		if (strstr(folded, kinds[i].in_rules))
			return kinds[i].what;
	return NULL;
}

const char *looking_name(const char *what)
{
	for (int i = 0; i < KINDS; i++)
		if (strcmp(kinds[i].what, what) == 0)
			return _(kinds[i].name);
	return what;
}

static void tell(struct looking *l, enum fault fault, const char *sentence)
{
	desk_say(l->screen->desk, fault, "%s: %s", looking_name(l->what), sentence);
}

static void fail_with(struct looking *l, const char *sentence)
{
	l->answer = ANSWER_FAILED;
	snprintf(l->failed, sizeof l->failed, "%s", sentence);
	l->note = l->failed;
	tell(l, FAULT_OFFLINE, sentence);
	l->changed(l);
}

/* ---- the answer ---- */

static void start_read(struct looking *l);

static void announce(struct looking *l)
{
	switch (l->answer) {
	case ANSWER_NEEDS_CODE:
		tell(l, FAULT_NONE, _("đòi mã xác nhận một lần (giữ 10 phút). Ctrl-R gõ mã."));
		break;
	case ANSWER_WRONG_CODE: tell(l, FAULT_INPUT, _("mã xác nhận không đúng. Ctrl-R gõ lại.")); break;
	case ANSWER_ABSENT: tell(l, FAULT_INPUT, _("không có ai như vậy: xem lại số, họ tên, ngày sinh.")); break;
	case ANSWER_FAILED:
		tell(l, FAULT_OFFLINE, *l->note ? l->note : _("không trả lời. Ctrl-R tra lại, hoặc tra bằng tay."));
		break;
	default: break;
	}
}

static void on_read(struct lookup_ask *ask, const struct error *err)
{
	struct looking *l = ask->owner;
	l->reading = false;
	if (err || ask->question_id != l->question) {
		arena_free(&l->coming);
		if (err)
			log_error("reading a look-up", err);
		return; /* asked again by the timer */
	}
	arena_free(&l->memory);
	l->memory = l->coming;
	l->coming = (struct arena){ 0 };
	l->answer = ask->answer;
	l->system = ask->system_name;
	l->note = ask->note;
	l->at = ask->answered_at;
	l->items = ask->items;
	l->count = ask->count;
	if (l->answer != ANSWER_WAITING) {
		loop_cancel(l->screen->desk->loop, &l->again);
		announce(l);
	}
	l->changed(l);
}

static void start_read(struct looking *l)
{
	if (l->reading || l->sent || !l->question || l->answer != ANSWER_WAITING)
		return;
	l->reading = true;
	l->read = (struct lookup_ask){ .done = on_read, .into = &l->coming, .owner = l };
	lookup_read(duty_store(duty_of(l->screen)), &l->screen->scope, &l->read, l->question);
}

static void on_again(struct timer *timer)
{
	struct looking *l = OWNER_OF(timer, struct looking, again);
	if (!looking_waits(l))
		return;
	start_read(l);
	loop_after(l->screen->desk->loop, &l->again, AGAIN_MS);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct looking *l = OWNER_OF(listener, struct looking, listener);
	if ((strcmp(what, "question") == 0 && id == l->question) || strcmp(what, "again") == 0)
		start_read(l);
}

/* ---- asking ---- */

static void on_started(struct lookup_ask *ask, const struct error *err)
{
	struct looking *l = ask->owner;
	l->sent = false;
	if (err) {
		log_error("asking a register", err);
		fail_with(l, err->say);
		return;
	}
	l->question = ask->question_id;
	loop_cancel(l->screen->desk->loop, &l->again);
	loop_after(l->screen->desk->loop, &l->again, AGAIN_MS);
	start_read(l); /* it may have been answered before we knew its number */
}

static void start(struct looking *l, const char *code)
{
	if (!duty_of(l->screen)->on_line) {
		fail_with(l, _("mất kết nối cơ sở dữ liệu: chưa tra được."));
		return;
	}
	l->sent = true;
	l->answer = ANSWER_WAITING;
	l->question = 0;
	l->note = "";
	struct lookup_wish wish = { l->what, l->number, l->name, l->birth, code, l->purpose };
	l->start = (struct lookup_ask){ .done = on_started, .into = &l->coming, .owner = l };
	lookup_start(duty_store(duty_of(l->screen)), &l->screen->scope, &l->start, &wish);
	l->changed(l);
}

void looking_ask(struct looking *l, const struct lookup_wish *wish)
{
	if (looking_waits(l))
		return;
	snprintf(l->what, sizeof l->what, "%s", wish->what);
	snprintf(l->number, sizeof l->number, "%s", wish->number);
	snprintf(l->name, sizeof l->name, "%s", wish->name);
	snprintf(l->purpose, sizeof l->purpose, "%s", wish->purpose);
	l->birth = wish->birth;
	l->count = 0;
	start(l, "");
}

void looking_code(struct looking *l, const char *code)
{
	if (!looking_waits(l) && *l->what)
		start(l, code);
}

bool looking_waits(const struct looking *l)
{
	return *l->what && l->answer == ANSWER_WAITING;
}

void looking_open(struct looking *l, struct screen *screen, void (*changed)(struct looking *))
{
	l->screen = screen;
	l->changed = changed;
	l->again.fire = on_again;
	l->note = l->system = "";
	l->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &l->listener);
}

void looking_close(struct looking *l)
{
	loop_cancel(l->screen->desk->loop, &l->again);
	arena_free(&l->memory);
	arena_free(&l->coming);
}

const char *looking_say(const struct looking *l, struct arena *arena, enum role *role)
{
	static const struct { const char *mark, *word; enum role role; } says[] = {
		[ANSWER_WAITING] = { "→", N_("đang hỏi…"), ROLE_DIM },
		[ANSWER_FOUND] = { "■", N_("có trả lời"), ROLE_GOOD },
		[ANSWER_ABSENT] = { "!", N_("không có"), ROLE_WARN },
		[ANSWER_NEEDS_CODE] = { "?", N_("Ctrl-R gõ mã"), ROLE_WARN },
		[ANSWER_WRONG_CODE] = { "!", N_("sai mã, Ctrl-R"), ROLE_WARN },
		[ANSWER_FAILED] = { "!", N_("chưa tra được"), ROLE_WARN },
	};
	if (!*l->what)
		return "";
	*role = says[l->answer].role;
	return arena_format(arena, "%s %s: %s", says[l->answer].mark, looking_name(l->what),
	                    _(says[l->answer].word));
}
