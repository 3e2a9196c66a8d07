/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/counter.h"

#include <string.h>

#include "core/base/say.h"
#include "core/dossier/card.h"
#include "core/dossier/code.h"
#include "printers/receipt_qr.h"
#include "tui/accepted.h"
#include "tui/accounts_screen.h"
#include "tui/ask.h"
#include "tui/between_screen.h"
#include "tui/blanks.h"
#include "tui/board_list.h"
#include "tui/board_screen.h"
#include "tui/booking_screen.h"
#include "tui/call_list.h"
#include "tui/catalogue_screen.h"
#include "tui/compare.h"
#include "tui/consign_screen.h"
#include "tui/countersign.h"
#include "tui/desk.h"
#include "tui/certify.h"
#include "tui/certify_books.h"
#include "tui/difficulty.h"
#include "tui/digitise_screen.h"
#include "tui/filings_screen.h"
#include "tui/dossier_list.h"
#include "tui/dossier_screen.h"
#include "tui/forms_screen.h"
#include "tui/guide_screen.h"
#include "tui/handover_screen.h"
#include "tui/hands_screen.h"
#include "tui/home.h"
#include "tui/incident_screen.h"
#include "tui/kpi_screen.h"
#include "tui/later_entry.h"
#include "tui/linked_screen.h"
#include "tui/coach.h"
#include "tui/lesson_screen.h"
#include "tui/life_list.h"
#include "tui/lock.h"
#include "tui/login.h"
#include "tui/pages_screen.h"
#include "tui/party.h"
#include "tui/print.h"
#include "tui/password.h"
#include "tui/printers_screen.h"
#include "tui/problem_list.h"
#include "tui/program.h"
#include "tui/queue_screen.h"
#include "tui/proposals_screen.h"
#include "tui/province_looks.h"
#include "tui/province_screen.h"
#include "tui/receive.h"
#include "tui/reconcile_screen.h"
#include "tui/report_screen.h"
#include "tui/return_papers.h"
#include "tui/route_screen.h"
#include "tui/settings_screen.h"
#include "tui/shift_screen.h"
#include "tui/standstill_screen.h"
#include "tui/sync_own.h"
#include "tui/sync_screen.h"
#include "tui/ticket_list.h"
#include "tui/transfer.h"
#include "tui/waiting_list.h"
#include "tui/duty.h"
#include "tui/fallback.h"
#include "tui/files_screen.h"
#include "tui/manual_screen.h"
#include "tui/take_screen.h"

static void run_new(struct screen *screen)
{
	receive_new(screen->desk, NULL);
}

static void run_find(struct screen *screen)
{
	screen_push(screen->desk, &dossier_list_screen, &(struct dossier_list_plan){ 0 });
}

/* Rooms that need no word of what to show. */
#define ROOM(run, kind)                                 \
	static void run(struct screen *screen)          \
	{                                               \
		screen_push(screen->desk, &kind, NULL); \
	}
ROOM(run_catalogue, catalogue_screen)
ROOM(run_later, later_entry_screen)
ROOM(run_blanks, blanks_screen)
ROOM(run_routes, route_screen)
ROOM(run_accounts, accounts_screen)
ROOM(run_reconcile, reconcile_screen)
ROOM(run_tasks, problem_list_screen)
ROOM(run_fallbacks, fallback_list_screen)
ROOM(run_digitise, digitise_screen)
ROOM(run_filings, filings_screen)
ROOM(run_manual, manual_list_screen)
ROOM(run_printers, printers_screen)
ROOM(run_forms, forms_screen)
ROOM(run_sync, sync_screen)
ROOM(run_incidents, incident_screen)
ROOM(run_reports, report_screen)
ROOM(run_waiting, waiting_list_screen)
ROOM(run_calls, call_list_screen)
ROOM(run_shifts, shift_screen)
ROOM(run_settings, settings_screen)
ROOM(run_board, board_screen)
ROOM(run_lessons, lesson_screen)
ROOM(run_hands, hands_screen)
ROOM(run_handovers, handover_screen)
ROOM(run_between, between_screen)
ROOM(run_consign, consign_list_screen)
ROOM(run_bookings, booking_screen)
ROOM(run_standstills, standstill_screen)
ROOM(run_books, certify_books_screen)

static void run_soon(struct screen *screen)
{
	screen_push(screen->desk, &life_list_screen, &(struct life_list_plan){ .which = LIFE_SOON });
}

static void run_check(struct screen *screen)
{
	screen_push(screen->desk, &life_list_screen, &(struct life_list_plan){ .which = LIFE_CHECK });
}

static void run_over(struct screen *screen)
{
	screen_push(screen->desk, &life_list_screen, &(struct life_list_plan){ .which = LIFE_OVER });
}
ROOM(run_queue, queue_screen)
ROOM(run_tickets, ticket_list_screen)

static bool may_board(const struct screen *screen)
{
	return screen->kind != &board_screen && duty_of(screen)->facts->is_supervisor;
}

static bool not_printers(const struct screen *screen)
{
	return screen->kind != &printers_screen;
}

static bool not_queue(const struct screen *screen)
{
	return screen->kind != &queue_screen;
}

static bool not_there(const struct screen *screen)
{
	return screen->kind != &sync_screen;
}

static void run_difficulty(struct screen *screen)
{
	difficulty_write(screen);
}

static bool may_difficulty(const struct screen *screen)
{
	return screen->kind != &difficulty_screen;
}

static void run_card(struct screen *screen)
{
	coach_card(duty_of(screen)->coach);
}

static void run_lock(struct screen *screen)
{
	lock_now(screen->desk);
}

static void on_change(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (yes)
		login_again(screen->desk);
}

static void run_change(struct screen *screen)
{
	ask_yes(screen, _("Đổi người làm việc ở quầy này? Bản nháp đang dở vẫn được giữ cho chủ của nó."),
	        false, on_change, NULL);
}

const struct action counter_actions[] = {
	{ "receive-new", "F2", N_("Mới"), N_("Nhận một hồ sơ mới."), NULL, run_new },
	{ "dossier-find", "F3", N_("Tìm"), N_("Tìm hồ sơ theo mã, tên, số thẻ, điện thoại."), NULL, run_find },
	{ "queue", NULL, NULL, N_("Hàng đợi: gọi số tiếp, ai đang chờ; gọi lại, vắng, chuyển, hẹn số; mở, đóng quầy."), not_queue, run_queue },
	{ "tickets", NULL, NULL, N_("Số thứ tự hôm nay: lấy, gọi, phục vụ mấy phút, vắng, huỷ; hồ sơ của một số; đưa lại số ghi nhầm."), NULL, run_tickets },
	{ "print-again", "F11", NULL, N_("In lại: các giấy chưa in được; không có thì giấy vừa in, ghi là bản in lại."), print_key_may, print_key },
	{ "filings", NULL, NULL, N_("Hồ sơ trực tuyến: công dân nộp qua Cổng, hết hạn kiểm tra trước đứng đầu."), NULL, run_filings },
	{ "sync", "Ctrl-S", NULL, N_("Đồng bộ: từng hệ thống, các tin gửi đi, điều bị từ chối."), not_there, run_sync },
	{ "difficulty", "Ctrl-G", NULL, N_("Phiếu vướng mắc: ghi điều không làm được, màn hình đang mở điền sẵn phần còn lại."), may_difficulty, run_difficulty },
	{ "board", NULL, NULL, N_("Bảng điều hành: cả đơn vị trong ngày, ai giữ hồ sơ trễ (người phụ trách)."), may_board, run_board },
	{ "province-looks", NULL, NULL, N_("Tỉnh đã xem gì: danh sách nào của đơn vị, lúc nào (người phụ trách)."), province_looks_may, province_looks_show },
	{ "kpi-dossier", NULL, NULL, N_("Chỉ số QĐ 766 của hồ sơ đang chọn: thiếu trường nào, mất điểm gì."), kpi_may_show, kpi_show },
	{ "incidents", NULL, NULL, N_("Sự cố và vướng mắc: theo tuần, tháng; xuất bảng tính, bảng kê."), NULL, run_incidents },
	{ "reports", NULL, NULL, N_("Báo cáo: Biểu 06, sổ theo dõi hồ sơ, quá hạn, cán bộ, số hóa, phí; thống kê theo kỳ."), NULL, run_reports },
	{ "certify", NULL, NULL, N_("Ghi sổ chứng thực: cấp số cho hồ sơ đang xem."), certify_may, certify_begin },
	{ "certify-books", NULL, NULL, N_("Quyển của sổ chứng thực: quyển đang ghi, mở quyển mới, khoá sổ năm."), NULL, run_books },
	{ "standstills", NULL, NULL, N_("Mất điện, mất mạng từ … đến …: ghi lại, xem hồ sơ nào được lùi ngày hẹn, lùi."), NULL, run_standstills },
	{ "catalogue", NULL, NULL, N_("Danh mục thủ tục: thời hạn, lệ phí đã xác nhận hay chưa."), NULL, run_catalogue },
	{ "later-entry", NULL, NULL, N_("Nhập hồ sơ đã nhận bằng tay lúc mất điện, mất kết nối."), NULL, run_later },
	{ "blanks", NULL, NULL, N_("Giấy tiếp nhận in sẵn: in, tờ nào còn, đã nhập, huỷ, mất."), NULL, run_blanks },
	{ "routes", NULL, NULL, N_("Tuyến gửi: thủ tục nào đi hệ thống nào, từ ngày nào, theo văn bản nào."), NULL, run_routes },
	{ "accounts", NULL, NULL, N_("Tài khoản trên các hệ thống: ai có quyền gì, ai còn thiếu."), NULL, run_accounts },
	{ "tasks", NULL, NULL, N_("Vướng mắc cần xử lý: bị từ chối, bổ sung, nộp phí, từ lạ."), NULL, run_tasks },
	{ "reconcile", NULL, NULL, N_("Đối soát: danh sách hồ sơ ở đây so với từng hệ thống."), NULL, run_reconcile },
	{ "fallbacks", NULL, NULL, N_("Xin chuyển về tỉnh: hồ sơ mà hệ thống của bộ ngừng hoặc từ chối."), NULL, run_fallbacks },
	{ "digitise", NULL, NULL, N_("Giấy tờ nhận bằng giấy chưa số hóa: theo lĩnh vực, theo ngày; quét ngay."), NULL, run_digitise },
	{ "soon-late", NULL, NULL, N_("Sắp trễ: hồ sơ nên xin lỗi, hẹn lại trước khi quá hạn, với ngày hẹn đề nghị."), NULL, run_soon },
	{ "to-check", NULL, NULL, N_("Hạn kiểm tra, yêu cầu bổ sung: trực tuyến 8 giờ, trực tiếp 1 ngày, sau thẩm định 3 ngày."), NULL, run_check },
	{ "supplements-over", NULL, NULL, N_("Quá hạn bổ sung: công dân không mang giấy tờ đến đúng hạn; dừng hay không tiếp nhận."), NULL, run_over },
	{ "handovers", NULL, NULL, N_("Giao nhận hồ sơ giữa quầy và bộ phận: danh sách, hai chữ ký, biên bản."), NULL, run_handovers },
	{ "between", NULL, NULL, N_("Phi địa giới: nhận hộ nơi khác, nơi khác nhận hộ; hạn chuyển, quá hạn chuyển."), NULL, run_between },
	{ "consignments", NULL, NULL, N_("Bưu chính, chuyến giao nhận: giao và nhận theo chuyến, biên bản hai chữ ký, vận đơn."), NULL, run_consign },
	{ "bookings", NULL, NULL, N_("Số hẹn: số thứ tự đã hẹn trước, huỷ hẹn."), NULL, run_bookings },
	{ "hands", NULL, NULL, N_("Việc của từng người: ai giữ hồ sơ nào, giao việc của người vắng, uỷ quyền làm thay."), NULL, run_hands },
	{ "to-return", NULL, NULL, N_("Chờ trả kết quả: để ở đâu, chờ mấy ngày, đã báo công dân chưa."), NULL, run_waiting },
	{ "call-list", NULL, NULL, N_("Danh sách gọi điện: công dân phải báo bằng điện thoại; đã gọi, không nghe máy."), NULL, run_calls },
	{ "shifts", NULL, NULL, N_("Ca làm việc: mở ca, đếm tiền chốt ca, bàn giao, sổ biên lai."), NULL, run_shifts },
	{ "settings", NULL, NULL, N_("Thiết lập, cài đặt đơn vị: kênh và cổng báo tin, ngày chờ trả kết quả, quy tắc hàng đợi, dãy số, quầy, ưu tiên."), NULL, run_settings },
	{ "manual-list", NULL, NULL, N_("Chờ nhập tay: hồ sơ đi hệ thống chưa có giao diện kết nối."), NULL, run_manual },
	{ "printers", NULL, NULL, N_("Máy in: tình trạng, trang thử, các việc in chưa xong, in lại, chuyển máy."), not_printers, run_printers },
	{ "forms", NULL, NULL, N_("Xem trước biểu mẫu: mẫu giấy tờ của chương trình và của cơ quan."), NULL, run_forms },
	{ "lessons", NULL, NULL, N_("Bài tập cho người mới: dắt tay từng bước trên màn hình thật (tập duyệt)."), lesson_may, run_lessons },
	{ "practice-card", "Ctrl-V", NULL, N_("Tập duyệt: đọc thẻ căn cước của công dân tiếp theo, thay máy quét."), lesson_may, run_card },
	{ "password-mine", NULL, NULL, N_("Đổi mật khẩu của tôi."), NULL, password_mine },
	{ "desk-lock", NULL, NULL, N_("Khoá màn hình, giữ nguyên việc đang làm."), NULL, run_lock },
	{ "desk-change-clerk", NULL, NULL, N_("Đổi người làm việc ở quầy này."), NULL, run_change },
	{ 0 },
};

/* Each screen's own table is asked of its kind. */
static const struct screen_kind *const kinds[] = {
	&reconcile_screen,
	&reconcile_list_screen,
	&problem_list_screen,
	&login_screen,
	&lock_screen,
	&home_screen,
	&receive_screen,
	&pages_screen,
	&files_screen,
	&party_screen,
	&compare_screen,
	&proposals_screen,
	&digitise_screen,
	&filings_screen,
	&linked_screen,
	&accepted_screen,
	&dossier_list_screen,
	&dossier_screen,
	&catalogue_screen,
	&guide_screen,
	&later_entry_screen,
	&blanks_screen,
	&blank_sheets_screen,
	&route_screen,
	&route_form_screen,
	&route_trial_screen,
	&board_screen,
	&board_list_screen,
	&kpi_screen,
	&province_screen,
	&province_list_screen,
	&province_form06_screen,
	&sync_messages_screen,
	&sync_correct_screen,
	&difficulty_screen,
	&incident_screen,
	&accounts_screen,
	&account_edit_screen,
	&officer_edit_screen,
	&report_screen,
	&fallback_list_screen,
	&manual_screen,
	&forms_screen,
	&take_screen,
	&transfer_screen,
	&printers_screen,
	&lesson_screen,
	&countersign_screen,
	&hands_screen,
	&handover_screen,
	&give_screen,
	&between_screen,
	&certify_books_screen,
	&standstill_screen,
	&consign_list_screen,
	&consign_screen,
	&consign_pick_screen,
	&booking_screen,
	&queue_screen,
	&return_papers_screen,
	&ticket_list_screen,
	&waiting_list_screen,
	&call_list_screen,
	&shift_screen,
	&shift_close_screen,
	&receipt_list_screen,
	&settings_screen,
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

const struct action *const *counter_tables(void)
{
	static const struct action *tables[KINDS + 3];
	int n = 0;
	tables[n++] = desk_actions;
	tables[n++] = counter_actions;
	for (int i = 0; i < KINDS; i++)
		if (kinds[i]->actions)
			tables[n++] = kinds[i]->actions;
	return tables;
}

/* Where one was already searching, the search is another one now. */
static void find_code(struct desk *desk, const char *code, bool scanned)
{
	const struct dossier_list_plan plan = { .query = code, .scanned = scanned };
	if (desk->top->kind == &dossier_list_screen)
		screen_replace(desk->top, &dossier_list_screen, &plan);
	else
		screen_push(desk, &dossier_list_screen, &plan);
}

/* A receipt: judged by its signature first, then found. */
static bool scanned_receipt(struct desk *desk, const struct event *event)
{
	struct receipt_result result;
	struct arena arena = { 0 };
	bool genuine =
		receipt_verify(&arena, event->text, event->size, &duty_at(desk)->known, &result);
	bool ours = result.verdict != RECEIPT_NOT_OURS;
	if (ours)
		desk_say(desk, genuine ? FAULT_NONE : FAULT_INPUT, "%s", result.say);
	if (genuine)
		find_code(desk, result.parts.code, true);
	else if (result.verdict == RECEIPT_NO_KEY) /* another desk's: it may be known here by their code */
		find_code(desk, result.parts.code, false);
	arena_free(&arena);
	return ours;
}

/* The bar code of a dossier, or its code pasted or played by a scanner, alone or
 * inside a look-up address, ours or another system's: find it. */
static bool scanned_code(struct desk *desk, const struct event *event)
{
	char typed[600], code[CODE_ROOM];
	if (event->size >= sizeof typed)
		return false;
	memcpy(typed, event->text, event->size);
	typed[event->size] = '\0';
	if ((code_tidy(typed, code) && code_plausible(code)) || code_inside(typed, code))
		find_code(desk, code, false);
	else if (code_foreign(typed))
		find_code(desk, typed, false);
	else
		return false;
	return true;
}

bool counter_scanned(struct desk *desk, const struct event *event)
{
	if (!duty_at(desk))
		return false;
	if (card_looks_like(event->text, event->size)) {
		receive_new(desk, event);
		return true;
	}
	return scanned_receipt(desk, event) || scanned_code(desk, event);
}
