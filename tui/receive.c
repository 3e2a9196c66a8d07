/* SPDX-License-Identifier: Apache-2.0
 *
 *  TIẾP NHẬN HỒ SƠ                          Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  Số thẻ    >001199000012^   Họ tên     NGUYỄN THỊ THUỲ DƯƠNG          [thẻ đã quét]
 *  Sinh ngày  05/03/1999      Giới tính  nữ          Điện thoại  0912345678
 *  Địa chỉ    Thôn 1, xã Núi Cấm, tỉnh An Giang
 *  Thủ tục    1.004873 Cấp Giấy xác nhận tình trạng hôn nhân · Hộ tịch
 *  Chuyển     → Bộ Tư pháp (tập trung) — CV 2423/UBND-HCC ngày 31/12/2025
 *  Hẹn trả    Thứ Năm 26/11/2026 17:00 — 3 ngày làm việc
 *  Lệ phí     Lệ phí: HĐND tỉnh quy định — chưa xác nhận
 * ────────────────────────────────────────────────────────────────────────────────
 *    Giấy tờ                                    chính  sao  cách         trạng thái
 * > ■ Tờ khai cấp Giấy xác nhận tình trạng hôn…     1    0  nộp          đã có
 *   □ …
 *  Còn thiếu: …
 *  F1 Giúp F4 Quét/tệp F5 Phí F6 Bổ sung F7 Từ chối F8 Thêm F9 Nhận+In
 */
#include "tui/receive.h"

#include <string.h>

#include "core/base/say.h"
#include "core/dossier/card.h"
#include "tui/ask.h"
#include "tui/receive_private.h"
#include "tui/rights.h"

struct receive *receive_of(struct screen *screen)
{
	return screen->state;
}

struct duty *receive_duty(const struct receive *receive)
{
	return duty_of(receive->screen);
}

moment_t receive_now(const struct receive *receive)
{
	return reception_moment(&receive->r, desk_now(receive->screen->desk));
}

void receive_go(struct receive *receive, enum at at)
{
	receive->at = at;
	screen_dirty(receive->screen);
}

/* Once for each procedure chosen: who may work it over there, before anything is typed. */
static void tell_right(struct receive *receive)
{
	const struct reception *r = &receive->r;
	const struct system *system = r->route.destination;
	if (!r->computed || r->procedure == receive->told)
		return;
	receive->told = r->procedure;
	const struct my_right *lack = rights_lack(receive_duty(receive), r->procedure, system);
	struct arena arena = { 0 };
	if (lack)
		desk_say(receive->screen->desk, FAULT_DENIED, "%s", rights_sentence(&arena, lack, system));
	arena_free(&arena);
}

void receive_refresh(struct receive *receive)
{
	struct error err = { 0 };
	struct reception *r = &receive->r;
	receive_person_sync(receive);
	if (!r->computed && !reception_compute(r, "xã", receive_now(receive), &err))
		desk_tell(receive->screen->desk, &err);
	tell_right(receive);
	arena_free(&receive->scratch);
	receive->gaps = reception_gaps(r, &receive->scratch);
	struct lines doubts = { 0 };
	receive->doubt = person_doubts(&r->owner, r->catalogue, &receive->scratch, &doubts)
	                         ? doubts.items[0]
	                         : "";
	list_set_count(&receive->papers, (int)r->checklist.count);
	receive_keep_soon(receive);
	screen_dirty(receive->screen);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	(void)id;
	struct receive *receive = OWNER_OF(listener, struct receive, listener);
	if (strcmp(what, "catalogue") != 0)
		return;
	const struct procedure *had = receive->r.procedure;
	receive->searching = false;
	if (!reception_follow(&receive->r, receive_duty(receive)->catalogue))
		desk_say(receive->screen->desk, FAULT_CONFLICT, "%s",
		         _("Danh mục vừa đổi: thủ tục đã chọn không còn. Chọn lại thủ tục."));
	else if (had)
		desk_say(receive->screen->desk, FAULT_NONE, "%s",
		         _("Danh mục vừa đổi: đã tính lại giấy tờ, thời hạn, lệ phí."));
	receive_person_show(receive);
	receive_procedure_show(receive);
	receive_refresh(receive);
}

static void init_fields(struct receive *receive)
{
	static const int most[FIELDS] = { 20, 200, 10, 8, 16, 400, 120 };
	struct screen *screen = receive->screen;
	for (int i = 0; i < FIELDS; i++) {
		field_init(&receive->fields[i], &screen->arena, &screen->desk->composer);
		receive->fields[i].max = most[i];
	}
	receive->fields[AT_NUMBER].plain = receive->fields[AT_BIRTH].plain = true;
	receive->fields[AT_PHONE].plain = receive->fields[AT_PROCEDURE].plain = true;
}

static void take_later(struct receive *receive, const struct later *later)
{
	struct arena *arena = &receive->screen->arena;
	receive->r.later = (struct later){ arena_string(arena, later->code), later->at,
		arena_string(arena, later->reason), arena_string(arena, later->received_by),
		later->standstill_id };
}

/* The post's, or another desk's. */
static void take_taken(struct receive *receive, const struct taken *taken, const char *person)
{
	struct arena *arena = &receive->screen->arena;
	receive->r.taken = (struct taken){ { arena_string(arena, taken->agency.code), arena_string(arena, taken->agency.name) }, arena_string(arena, taken->code),
		taken->at, taken->consignment, taken->nth, arena_string(arena, taken->number), taken->filed_at };
	if (!*taken->agency.name)
		receive->r.channel = CHANNEL_POST;
	receive->r.owner.name = arena_string(arena, person);
	receive_person_show(receive);
}

static void receive_open(struct screen *screen, const void *argument)
{
	const struct receive_plan *plan = argument;
	struct receive *receive = screen->state;
	struct error err = { 0 };
	receive->screen = screen;
	receive->doubt = "";
	receive->shown_due = MOMENT_NONE;
	init_fields(receive);
	receive_papers_start(receive);
	receive_keep_start(receive);
	reception_start(&receive->r, &screen->arena, receive_duty(receive)->catalogue);
	receive->listener.heard = on_heard;
	duty_listen(receive_duty(receive), &screen->scope, &receive->listener);
	receive_lookup_open(receive);
	receive_sign_open(receive);
	if (plan->later)
		take_later(receive, plan->later);
	if (plan->visitor)
		receive_take_visitor(receive, plan->visitor);
	if (plan->filing)
		receive_take_filing(receive, plan->filing);
	if (plan->copy)
		receive_take_copy(receive, plan->copy);
	if (plan->taken)
		take_taken(receive, plan->taken, plan->person);
	if (plan->draft && !receive_restore(receive, plan->draft, &err))
		desk_tell(screen->desk, &err);
	if (plan->scan)
		receive_scan(receive, plan->scan);
	if (receive->r.later.code)
		screen->title = arena_format(&screen->arena, _("NHẬP SAU %s"), receive->r.later.code);
	if (receive->r.online.filing_id)
		receive_filing_open(receive);
	receive_refresh(receive);
}

static void receive_close(struct screen *screen)
{
	struct receive *receive = screen->state;
	receive_keep_stop(receive);
	looking_close(&receive->look);
	intake_clear(&receive->ask);
	reception_end(&receive->r);
	arena_free(&receive->scratch);
	arena_free(&receive->seen_memory);
}

/* Tab and Enter go on, Shift-Tab and Up back, Down to the next row. */
static bool handle_move(struct receive *receive, const struct event *event)
{
	if (event_is(event, K_TAB, 0) || event_is(event, K_ENTER, 0) || event_is(event, K_DOWN, 0)) {
		bool typing = !event_is(event, K_DOWN, 0);
		if (receive->at == AT_NUMBER)
			receive_seen(receive);
		if (receive->at == AT_ADDRESS && event_is(event, K_ENTER, 0))
			receive_person_home(receive);
		if (receive->at < AT_PAPERS)
			receive_go(receive, receive->at + 1);
		if (receive->at == AT_SEX && typing && !field_empty(&receive->fields[AT_SEX]))
			receive_go(receive, AT_PHONE); /* the number told it */
		if (receive->at == AT_PAPERS && receive->r.checklist.count == 0)
			receive_go(receive, AT_PROCEDURE);
		return true;
	}
	if (event_is(event, K_TAB, MOD_SHIFT) || event_is(event, K_UP, 0)) {
		if (receive->at > 0)
			receive_go(receive, receive->at - 1);
		return true;
	}
	return false;
}

static void on_leave(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (yes)
		screen_pop(screen);
}

static bool handle_escape(struct receive *receive, const struct event *event)
{
	if (!event_is(event, K_ESC, 0))
		return false;
	if (receive->searching && receive->r.procedure) {
		receive->searching = false;
		receive_procedure_show(receive);
	} else if (receive->finished || (!*receive->r.owner.name && !receive->r.procedure)) {
		receive_keep_drop(receive);
		screen_pop(receive->screen);
	} else {
		ask_yes(receive->screen, _("Rời hồ sơ này? Bản nháp được giữ, F2 mở lại được."), false,
		        on_leave, NULL);
	}
	return true;
}

static bool handle(struct receive *receive, const struct event *event)
{
	if (event->kind == EVENT_SCAN) {
		if (!card_looks_like(event->text, event->size))
			return false;
		if (receive->sending) /* the next citizen's card must not become this dossier's */
			desk_say(receive->screen->desk, FAULT_INPUT, "%s",
			         _("Hồ sơ trước đang ghi, xong rồi hãy quét thẻ tiếp theo."));
		else
			receive_scan(receive, event);
		return true;
	}
	if (receive->sending)
		return event->kind == EVENT_TEXT; /* the request must not change under way */
	if (receive->at == AT_PROCEDURE && receive_procedure_handle(receive, event))
		return true;
	if (receive->at == AT_PAPERS && receive_papers_handle(receive, event))
		return true;
	if (receive->at < AT_PROCEDURE && receive_person_handle(receive, event))
		return true;
	return handle_move(receive, event);
}

static bool receive_handle(struct screen *screen, const struct event *event)
{
	struct receive *receive = screen->state;
	if (handle(receive, event)) {
		receive_refresh(receive);
		return true;
	}
	return handle_escape(receive, event);
}

static void receive_resume(struct screen *screen)
{
	struct receive *receive = screen->state;
	receive_person_show(receive); /* a dialog may have changed anything */
	receive_refresh(receive);
}

static bool may_work(const struct screen *screen)
{
	const struct receive *receive = screen->state;
	return !receive->sending && !receive->finished;
}

static bool may_papers(const struct screen *screen)
{
	return may_work(screen) && ((const struct receive *)screen->state)->r.procedure;
}

static void run_attach(struct screen *screen)
{
	receive_attach(screen->state);
}

static void run_fees(struct screen *screen)
{
	receive_fees(screen->state);
}

static void run_supplement(struct screen *screen)
{
	receive_supplement(screen->state);
}

static void run_refuse(struct screen *screen)
{
	receive_refuse(screen->state);
}

static void run_more(struct screen *screen)
{
	receive_more(screen->state);
}

static void run_accept(struct screen *screen)
{
	receive_accept(screen->state);
}

static void run_lookup(struct screen *screen)
{
	receive_lookup(screen->state);
}

static void run_why(struct screen *screen)
{
	receive_why(screen->state);
}

static void run_limit(struct screen *screen)
{
	receive_limit(screen->state);
}

static const struct action actions[] = {
	{ "receive-attach", "F4", N_("Quét/tệp"), N_("Quét, hoặc kèm tệp PDF, JPEG, PNG vào giấy tờ đang chọn."), may_papers, run_attach },
	{ "receive-fees", "F5", N_("Phí"), N_("Lệ phí: mức, căn cứ, miễn giảm, cách trả."), may_papers, run_fees },
	{ "receive-supplement", "F6", N_("Bổ sung"), N_("In phiếu yêu cầu bổ sung (Mẫu 02), chưa nhận hồ sơ."), may_papers, run_supplement },
	{ "receive-refuse", "F7", N_("Từ chối"), N_("In phiếu từ chối tiếp nhận (Mẫu 03)."), may_papers, run_refuse },
	{ "receive-more", "F8", N_("Thêm"), N_("Người nộp khác, giấy tờ ngoài danh mục, ghi chú, cách trả kết quả."), may_work, run_more },
	{ "receive-accept", "F9", N_("Nhận+In"), N_("Nhận hồ sơ và in giấy hẹn."), may_work, run_accept },
	{ "receive-why", "Ctrl-W", NULL, N_("Vì sao hẹn ngày này, vì sao chuyển đến đó; thiếu trường nào thì mất điểm chỉ số nào."), may_papers, run_why },
	{ "receive-lookup", "Ctrl-R", NULL, N_("Tra dân cư, đăng ký kinh doanh, bảo hiểm qua kết nối; xem trả lời."), may_work, run_lookup },
	{ "receive-guide", "Ctrl-Y", NULL, N_("Hướng dẫn thủ tục: giấy tờ, thời hạn, phí, căn cứ; in phiếu cho công dân."), may_papers, receive_guide },
	{ "receive-read", "Ctrl-N", NULL, N_("Chữ đọc được trên giấy đã quét: lấy vào ô đang đứng, hoặc xem tất cả."), may_work, receive_read },
	{ "receive-sign", "Ctrl-X", NULL, N_("Ký số các tệp PDF chưa ký của hồ sơ này, một lần PIN."), receive_may_sign, receive_sign },
	{ "receive-told", "Ctrl-F", NULL, N_("Nội dung công dân nộp trực tuyến: đơn, tệp, thời hạn kiểm tra tính từng bước."), receive_may_told, receive_told },
	{ "receive-limit", "Ctrl-D", NULL, N_("Nhập thời hạn giải quyết và căn cứ."), may_papers, run_limit },
	{ 0 },
};

const struct screen_kind receive_screen = {
	.name = "receive",
	.title = N_("TIẾP NHẬN HỒ SƠ"),
	.help = N_("Quét thẻ căn cước, gõ vài chữ của thủ tục (không cần dấu), đánh dấu giấy tờ, F9.\n"
	           "Trong danh sách giấy tờ: Dấu cách = có rồi, n nộp, x xuất trình, d đối chiếu, k khai thác CSDL, "
	           "- chưa đạt, o không cần, Enter chi tiết.\n"
	           "Bản nháp tự lưu; tắt máy giữa chừng thì F2 mở lại đúng chỗ."),
	.actions = actions,
	.size = sizeof(struct receive),
	.open = receive_open,
	.draw = receive_draw,
	.handle = receive_handle,
	.resume = receive_resume,
	.close = receive_close,
	.about = receive_about,
	.reached = receive_reached,
};
