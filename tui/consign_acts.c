/* SPDX-License-Identifier: Apache-2.0
 *
 * What is done with a batch: its paper printed, both signatures said, parcels followed, lines taken out, the whole void. */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/consign_own.h"
#include "tui/desk.h"
#include "tui/print.h"
#include "tui/program.h"

bool consign_begin(struct consign_view *v, void (*done)(struct consign_act *, int64_t, const struct error *))
{
	if (v->act.ask.slot)
		return false;
	v->act = (struct consign_act){ .done = done, .owner = v };
	return true;
}

void consign_done(struct consign_act *act, int64_t id, const struct error *err)
{
	struct consign_view *v = act->owner;
	(void)id;
	if (err)
		desk_tell(v->fresh.screen->desk, err);
	fresh_read(&v->fresh);
}

static void on_printed(struct consign_act *act, int64_t paper, const struct error *err)
{
	struct consign_view *v = act->owner;
	if (!err) {
		desk_say(v->fresh.screen->desk, FAULT_NONE, "%s", _("Biên bản đang in: hai bên ký, mỗi bên giữ một bản; ký xong F9."));
		print_start(duty_of(v->fresh.screen), paper);
		if (consign_out(v) && consign_post(v))
			consign_print_slips(v, 0);
	}
	consign_done(act, paper, err);
}

static void on_title(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (text && consign_begin(v, on_printed))
		consign_print(duty_store(duty_of(screen)), &screen->scope, &v->act, v->id, v->person, text);
}

static const char *check_some(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Chưa ghi gì.");
}

static void on_person(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	arena_free(&v->typed);
	v->person = arena_string(&v->typed, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Chức vụ (in trên biên bản):"), .max = 100, .initial = consign_post(v) ? _("Nhân viên bưu chính") : "" },
	             on_title, NULL);
}

static void on_signed(struct screen *screen, bool yes, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (yes && consign_begin(v, consign_done))
		consign_sign(duty_store(duty_of(screen)), &screen->scope, &v->act, v->id);
}

static void on_said(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (text && consign_begin(v, consign_done))
		consign_track(duty_store(duty_of(screen)), &screen->scope, &v->act, v->id, v->nth, v->delivered, text);
}

static void on_outcome(struct screen *screen, int choice, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (choice < 0)
		return;
	v->delivered = choice == 0;
	ask_for_text(screen, &(struct ask_text){ .question = v->delivered ? _("Phát ngày nào, ai nhận? (theo bưu chính báo)") : _("Vì sao chuyển hoàn? (mời mấy lần, ngày nào)"),
		.max = 200, .check = check_some }, on_said, NULL);
}

static bool under_way(const struct consign_view *v)
{
	const struct consign_item *one = consign_here(v);
	return consign_is(v, "signed") && one && strcmp(one->state, "under_way") == 0;
}

static bool may_go(const struct screen *screen)
{
	const struct consign_view *v = screen->state;
	return (consign_is(v, "open") && v->list.count) || consign_is(v, "printed") || under_way(v);
}

static void run_go(struct screen *screen)
{
	struct consign_view *v = screen->state;
	const char *outcomes[] = { _("Đã phát đến người nhận"), _("Chuyển hoàn: không phát được") };
	if (consign_is(v, "open")) {
		ask_for_text(screen, &(struct ask_text){ .question = consign_post(v) ? _("Nhân viên bưu chính ký biên bản (họ tên):") : _("Người của cơ quan kia ký biên bản (họ tên):"),
			.max = 100, .check = check_some }, on_person, NULL);
	} else if (consign_is(v, "printed")) {
		struct arena arena = { 0 };
		ask_yes(screen, arena_format(&arena, _("%s và %s đã cùng đếm và ký biên bản số %s?\nKý rồi thì hồ sơ đổi tay, không sửa được nữa."),
			duty_of(screen)->facts->full_name, v->head.person, v->head.number), true, on_signed, NULL);
		arena_free(&arena);
	} else {
		v->nth = consign_here(v)->nth;
		ask_choice(screen, _("Bưu chính báo:"), outcomes, 2, 0, on_outcome, NULL);
	}
}

static const char *check_postage(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return strspn(text, "0123456789") == strlen(text) ? NULL : _("Chỉ gõ chữ số.");
}

static void on_postage(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (text && consign_begin(v, consign_done))
		consign_parcel(duty_store(duty_of(screen)), &screen->scope, &v->act, v->id, v->nth, v->slip, atoll(text));
}

static void on_slip(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	arena_free(&v->typed);
	v->slip = arena_string(&v->typed, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Cước công dân trả bưu chính (đồng; không phải khoản thu của cơ quan):"), .plain = true, .max = 9,
		.check = check_postage }, on_postage, NULL);
}

static bool is_open(const struct screen *screen)
{
	return consign_is(screen->state, "open");
}

static bool may_line(const struct screen *screen)
{
	return is_open(screen) && consign_here(screen->state);
}

static void run_parcel(struct screen *screen)
{
	struct consign_view *v = screen->state;
	v->nth = consign_here(v)->nth;
	ask_for_text(screen, &(struct ask_text){ .question = _("Số phiếu gửi, mã vận đơn (quét hoặc gõ):"), .plain = true, .scans = true, .max = 600, .initial = consign_here(v)->slip,
		.check = consign_check_slip },
	             on_slip, NULL);
}

static void run_remove(struct screen *screen)
{
	struct consign_view *v = screen->state;
	if (consign_begin(v, consign_done))
		consign_remove(duty_store(duty_of(screen)), &screen->scope, &v->act, v->id, consign_here(v)->nth);
}

static void on_void(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (text && consign_begin(v, consign_done))
		consign_void(duty_store(duty_of(screen)), &screen->scope, &v->act, v->id, text);
}

static bool may_void(const struct screen *screen)
{
	return is_open(screen) || consign_is(screen->state, "printed");
}

static void run_void(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Huỷ chuyến này vì sao? (biên bản đã in thì số vẫn giữ, ghi là huỷ)"), .max = 200, .check = check_some }, on_void, NULL);
}

const struct action consign_actions[] = {
	{ "consign-print", "F4", N_("In"), N_("In phiếu gửi của từng bưu phẩm; in lại biên bản, phiếu gửi, đúng như đã in."), consign_may_print, consign_print_ask },
	{ "consign-add", "F5", N_("Thêm"), N_("Thêm vào chuyến: đánh dấu những gì chờ gửi, hoặc ghi những gì đếm được."), is_open, consign_add_ask },
	{ "consign-parcel", "F6", N_("Phiếu gửi"), N_("Số phiếu gửi và cước bưu chính của dòng đang chọn."), may_line, run_parcel },
	{ "consign-void", "F7", N_("Huỷ"), N_("Huỷ chuyến chưa ký, nêu lý do."), may_void, run_void },
	{ "consign-remove", "F8", N_("Bỏ dòng"), N_("Bỏ dòng đang chọn ra khỏi chuyến."), may_line, run_remove },
	{ "consign-go", "F9", N_("Tiếp"), N_("Bước tiếp: in biên bản; hai bên đã ký; bưu chính báo đã phát, chuyển hoàn."), may_go, run_go },
	{ 0 },
};
