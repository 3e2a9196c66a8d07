/* SPDX-License-Identifier: Apache-2.0
 *
 * What is needed less often: another submitter, notes, and why. */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/guide_screen.h"
#include "tui/kpi_screen.h"
#include "tui/party.h"
#include "tui/receive_private.h"

/* ---- F8 ---- */

static void on_summary(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		receive_of(screen)->r.summary = arena_string(&screen->arena, text);
}

static void on_note(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		receive_of(screen)->r.note = arena_string(&screen->arena, text);
}

static void on_address(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	if (!text)
		return;
	receive->r.result_by = "post";
	receive->r.return_to = arena_string(&screen->arena, text);
	receive_refresh(receive);
}

static const char *check_address(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi địa chỉ để bưu chính đưa kết quả đến.");
}

static void on_result_by(struct screen *screen, int choice, void *data)
{
	static const char *const words[] = { "counter", "post", "online" };
	struct receive *receive = receive_of(screen);
	(void)data;
	if (choice < 0)
		return;
	if (choice != 1) {
		receive->r.result_by = words[choice];
		receive->r.return_to = "";
		receive_refresh(receive);
	} else {
		ask_for_text(screen, &(struct ask_text){ .question = _("Địa chỉ nhận kết quả qua bưu chính:"),
			.initial = receive->r.owner.address, .max = 400, .check = check_address }, on_address, NULL);
	}
}

static void on_channel(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	if (choice < 0)
		return;
	receive->r.channel = choice == 0 ? CHANNEL_COUNTER : CHANNEL_POST;
	reception_change(&receive->r);
	receive_refresh(receive);
}

static const char *check_sets(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	char *end;
	long n = strtol(text, &end, 10);
	return end != text && !*end && n >= 1 && n <= 99 ? NULL : _("Gõ một số từ 1 đến 99.");
}

static void on_sets(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		receive_of(screen)->r.sets = (int)strtol(text, NULL, 10);
}

static void edit_party(struct receive *receive, bool submitter)
{
	receive_person_sync(receive);
	screen_push(receive->screen->desk, &party_screen,
	            &(struct party_plan){ .reception = &receive->r, .submitter = submitter });
}

static void ask_line(struct screen *screen, const char *question, const char *initial, int max,
                     void (*then)(struct screen *, const char *, void *))
{
	ask_for_text(screen, &(struct ask_text){ .question = question, .initial = initial, .max = max }, then, NULL);
}

/* One request for the whole group of linked procedures, or for this one alone. */
static void turn_linked(struct receive *receive)
{
	struct reception *r = &receive->r;
	struct desk *desk = receive->screen->desk;
	if (!r->procedure || !*r->procedure->interlinked) {
		desk_say(desk, FAULT_INPUT, "%s", _("Thủ tục này không có trong nhóm liên thông nào."));
		return;
	}
	r->linked = *r->linked ? "" : r->procedure->interlinked;
	desk_say(desk, FAULT_NONE, "%s", *r->linked ? _("Nhận liên thông cả nhóm: giấy hẹn ghi đủ các thủ tục; theo dõi ở hồ sơ, Ctrl-P “liên thông”.")
	                                            : _("Chỉ nhận thủ tục này."));
	receive_refresh(receive);
}

enum { MORE_SUBMITTER, MORE_SELF, MORE_OWNER, MORE_PAPER, MORE_CASE, MORE_SUMMARY, MORE_RESULT,
	MORE_CHANNEL, MORE_SETS, MORE_NOTE, MORE_AGENCY, MORE_LINKED,
	MORE_APPLICATION, MORE_CARD, MORE_CARD_FILE, MORE_COUNT };

static void on_more(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	switch (choice) {
	case MORE_SUBMITTER: edit_party(receive, true); break;
	case MORE_SELF:
		receive->r.represented = false;
		reception_change(&receive->r);
		receive_refresh(receive);
		break;
	case MORE_OWNER: edit_party(receive, false); break;
	case MORE_PAPER: receive_add_paper(receive); break;
	case MORE_CASE: receive_case(receive); break;
	case MORE_SUMMARY:
		ask_line(screen, _("Nội dung yêu cầu giải quyết:"), receive->r.summary, 1000, on_summary);
		break;
	case MORE_RESULT: {
		const char *ways[] = { _("Tại quầy"), _("Qua bưu chính công ích"), _("Trực tuyến") };
		ask_choice(screen, _("Nhận kết quả ở đâu?"), ways, 3, 0, on_result_by, NULL);
		break;
	}
	case MORE_CHANNEL: {
		const char *ways[] = { channel_name(CHANNEL_COUNTER), channel_name(CHANNEL_POST) };
		ask_choice(screen, _("Hồ sơ đến bằng kênh nào?"), ways, 2, 0, on_channel, NULL);
		break;
	}
	case MORE_SETS:
		ask_for_text(screen, &(struct ask_text){ .question = _("Số bộ hồ sơ:"), .plain = true, .max = 2,
			.check = check_sets }, on_sets, NULL);
		break;
	case MORE_NOTE: ask_line(screen, _("Ghi chú:"), receive->r.note, 500, on_note); break;
	case MORE_AGENCY: receive_agency(receive); break;
	case MORE_LINKED: turn_linked(receive); break;
	case MORE_CARD: receive_card(receive, false); break;
	case MORE_CARD_FILE: receive_card(receive, true); break;
	case MORE_APPLICATION: receive_application(receive); break;
	default: break;
	}
}

void receive_more(struct receive *receive)
{
	const char *choices[MORE_COUNT] = { _("Người nộp không phải chủ hồ sơ (uỷ quyền)"),
		_("Chủ hồ sơ tự nộp"), _("Chi tiết chủ hồ sơ; chủ hồ sơ là tổ chức"),
		_("Thêm giấy tờ ngoài danh mục, kèm căn cứ"), _("Chọn lại trường hợp"),
		_("Nội dung yêu cầu"), _("Cách nhận kết quả"), _("Kênh nộp"), _("Số bộ"), _("Ghi chú"),
		_("Cơ quan khác giải quyết, trả kết quả nơi khác (phi địa giới)"),
		*receive->r.linked ? _("Liên thông: chỉ làm thủ tục này") : _("Liên thông: làm cả nhóm thủ tục"),
		_("In đơn điền sẵn cho công dân ký"), _("Đọc thẻ căn cước bằng máy quét"),
		_("Đọc thẻ căn cước từ ảnh chụp") };
	ask_choice(receive->screen, _("Thêm:"), choices, MORE_COUNT, 0, on_more, NULL);
}

/* ---- why ---- */

void receive_why(struct receive *receive)
{
	const struct reception *r = &receive->r;
	struct bytes text = { 0 };
	bytes_format(&text, "%s\n", _("VÌ SAO CHUYỂN ĐẾN ĐÓ"));
	for (size_t i = 0; i < r->route.why.count; i++)
		bytes_format(&text, "  %s\n", r->route.why.items[i]);
	bytes_format(&text, "\n%s\n", _("VÌ SAO HẸN NGÀY NÀY"));
	for (size_t i = 0; i < r->due.lines.count; i++)
		bytes_format(&text, "  %s\n", r->due.lines.items[i]);
	if (r->due.lines.count == 0)
		bytes_format(&text, "  %s\n", _("Chưa có thời hạn nào được xác nhận, nên chưa tính được ngày."));
	if (*r->limit.basis)
		bytes_format(&text, _("  Căn cứ thời hạn: %s\n"), r->limit.basis);
	if (r->checklist.help.count)
		bytes_format(&text, "\n%s\n", _("LƯU Ý CỦA THỦ TỤC"));
	for (size_t i = 0; i < r->checklist.help.count; i++)
		bytes_format(&text, "  %s\n", r->checklist.help.items[i]);
	struct arena arena = { 0 };
	moment_t now = desk_now(receive->screen->desk);
	const struct kpi_facts facts = receive_kpi(r, now);
	bytes_format(&text, "\n%s\n%s\n", _("CHỈ SỐ QĐ 766: CÒN THIẾU GÌ TRƯỚC KHI GỬI"), kpi_text(&arena, &facts, now, true));
	arena_free(&arena);
	ask_read(receive->screen, _("Vì sao"), bytes_string(&text), NULL, NULL);
	bytes_free(&text);
}

void receive_guide(struct screen *screen)
{
	const struct reception *r = &receive_of(screen)->r;
	screen_push(screen->desk, &guide_screen, &(struct guide_plan){ .code = r->procedure->code,
		.case_id = r->case_id, .channel = r->channel, .represented = r->represented,
		.kin = strcmp(r->mandate.kind, MANDATE_KIN) == 0 });
}
