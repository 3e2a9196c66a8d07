/* SPDX-License-Identifier: Apache-2.0
 *
 * One more line of a batch: going out from the list of what waits, or by scanning its receipt; coming in as it is counted: the number of
 * the parcel, who sent it, how many papers, what is missing. */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/card.h"
#include "core/dossier/code.h"
#include "core/dossier/receipt_code.h"
#include "core/store/seal.h"
#include "printers/receipt_qr.h"
#include "tui/ask.h"
#include "tui/consign_own.h"
#include "tui/desk.h"
#include "tui/program.h"
#include "tui/receive.h"

static void add_now(struct screen *screen)
{
	struct consign_view *v = screen->state;
	if (consign_begin(v, consign_done))
		consign_add(duty_store(duty_of(screen)), &screen->scope, &v->act, v->id, &v->entry);
}

static void fresh_entry(struct consign_view *v)
{
	arena_free(&v->typed);
	seal_uuid(v->request);
	v->entry = (struct consign_entry){ .request = v->request };
}

/* ---- what came in ---- */

static const char *check_some(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Chưa ghi gì.");
}

static const char *check_number(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return strspn(text, "0123456789") == strlen(text) ? NULL : _("Chỉ gõ chữ số.");
}

static void on_missing(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->entry.note = arena_string(&v->typed, text);
	v->entry.incomplete = true;
	add_now(screen);
}

static void on_whole(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice == 0)
		add_now(screen);
	else if (choice == 1)
		ask_for_text(screen, &(struct ask_text){ .question = _("Thiếu gì so với phiếu gửi? (ghi vào biên bản)"), .max = 200, .check = check_some }, on_missing, NULL);
}

static void ask_whole(struct screen *screen)
{
	const char *choices[] = { _("Đủ như phiếu gửi"), _("Chưa đủ") };
	ask_choice(screen, _("Hai bên đếm:"), choices, 2, 0, on_whole, NULL);
}

static void on_collected(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->entry.collected = arena_string(&v->typed, text);
	ask_whole(screen);
}

static void on_papers(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->entry.papers = arena_string(&v->typed, text);
	if (consign_post(v))
		ask_for_text(screen, &(struct ask_text){ .question = _("Phí, lệ phí bưu chính thu hộ nộp kèm (đồng; không có thì để trống):"), .plain = true, .max = 10,
			.check = check_number }, on_collected, NULL);
	else
		ask_whole(screen);
}

static void on_person(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->entry.person = arena_string(&v->typed, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Mấy giấy tờ?"), .plain = true, .max = 3, .check = check_number }, on_papers, NULL);
}

static void ask_person(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Ai gửi? (chủ hồ sơ)"), .max = 100, .check = check_some }, on_person, NULL);
}

static void on_slip(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	char code[CODE_ROOM];
	if (!consign_post(v) && !receive_their_code(text, code))
		text = code;
	v->entry.slip = arena_string(&v->typed, text);
	ask_person(screen);
}

/* What the post brings has the post's number, what a messenger brings the code of their desk. */
const char *consign_check_slip(struct screen *screen, const char *text, void *data)
{
	char code[CODE_ROOM];
	struct receipt_code receipt;
	struct arena arena = { 0 };
	(void)data;
	if (!consign_post(screen->state))
		return receive_their_code(text, code);
	if (strlen(text) > 60 && !card_looks_like(text, strlen(text)) && !code_inside(text, code))
		return _("Số phiếu gửi dài quá 60 ký tự.");
	bool ours = receipt_code_read(&arena, text, strlen(text), &receipt, NULL) || (code_tidy(text, code) && code_plausible(code)) || code_inside(text, code);
	arena_free(&arena);
	return card_looks_like(text, strlen(text)) ? _("Đây là thẻ căn cước: quét mã vạch của bưu chính trên phong bì.")
	     : ours                                ? _("Đây là mã hồ sơ: quét mã vạch của bưu chính trên phong bì.") : NULL;
}

static void ask_slip(struct screen *screen)
{
	struct consign_view *v = screen->state;
	v->entry.what = "dossier";
	ask_for_text(screen, &(struct ask_text){ .question = consign_post(v) ? _("Số phiếu gửi (quét mã vạch, hoặc gõ):")
			: _("Mã hồ sơ ở nơi tiếp nhận (quét hoặc gõ; không có thì để trống):"), .plain = true, .scans = true,
		.max = 600, .check = consign_check_slip }, on_slip, NULL);
}

/* The code of one of our dossiers, from its receipt or alone. */
static bool our_code(struct screen *screen, const char *text, size_t size, char code[CODE_ROOM])
{
	struct receipt_result result;
	struct arena arena = { 0 };
	char typed[600] = "";
	bool found = receipt_verify(&arena, text, size, &duty_of(screen)->known, &result) && code_tidy(result.parts.code, code);
	if (!found && size < sizeof typed) {
		memcpy(typed, text, size);
		found = (code_tidy(typed, code) && code_plausible(code)) || code_inside(typed, code);
	}
	arena_free(&arena);
	return found;
}

static const char *check_result(struct screen *screen, const char *text, void *data)
{
	char code[CODE_ROOM];
	(void)data;
	return card_looks_like(text, strlen(text)) ? _("Đây là thẻ căn cước: quét giấy hẹn, hoặc gõ mã hồ sơ.")
	     : our_code(screen, text, strlen(text), code) || code_tidy(text, code) ? NULL : _("Không phải mã hồ sơ: quét giấy hẹn, hoặc gõ mã.");
}

static void on_result(struct screen *screen, const char *text, void *data)
{
	struct consign_view *v = screen->state;
	char code[CODE_ROOM];
	(void)data;
	if (!text || (!our_code(screen, text, strlen(text), code) && !code_tidy(text, code)))
		return;
	v->entry.what = "result";
	v->entry.code = arena_string(&v->typed, code);
	add_now(screen);
}

static void on_what(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice == 0)
		ask_slip(screen);
	else if (choice == 1)
		ask_for_text(screen, &(struct ask_text){ .question = _("Kết quả của hồ sơ nào? (quét giấy hẹn, hoặc gõ mã)"), .plain = true, .scans = true, .max = 600,
			.check = check_result }, on_result, NULL);
}

void consign_add_ask(struct screen *screen)
{
	struct consign_view *v = screen->state;
	const char *choices[] = { consign_post(v) ? _("Hồ sơ công dân gửi đến") : _("Hồ sơ họ nhận hộ đơn vị mình"), _("Kết quả của hồ sơ ở đây") };
	fresh_entry(v);
	if (consign_out(v))
		screen_push(screen->desk, &consign_pick_screen, &(struct consign_pick){ v->id, consign_post(v),
			*v->head.agency_code ? v->head.agency_code : v->head.agency });
	else
		ask_choice(screen, _("Nhận gì?"), choices, 2, 0, on_what, NULL);
}

/* ---- scanned ---- */

bool consign_scanned(struct screen *screen, const struct event *event)
{
	struct consign_view *v = screen->state;
	char code[CODE_ROOM];
	if (!consign_is(v, "open"))
		return false;
	fresh_entry(v);
	if (our_code(screen, event->text, event->size, code) && (consign_out(v) || consign_post(v))) {
		v->entry.code = arena_string(&v->typed, code);
		v->entry.what = consign_out(v) ? NULL : "result";
		add_now(screen);
		return true;
	}
	if (consign_out(v) || event->size > 60 || card_looks_like(event->text, event->size))
		return false;
	v->entry.what = "dossier";
	v->entry.slip = arena_string(&v->typed, event->text);
	ask_person(screen);
	return true;
}
