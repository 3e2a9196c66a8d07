/* SPDX-License-Identifier: Apache-2.0
 *
 * The act: one request to the referee, then the printer, then the outbox does
 * its work.  Nothing here is repeated blindly; the request id makes it safe. */
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/acts.h"
#include "tui/accepted.h"
#include "tui/ask.h"
#include "tui/receive_private.h"

static void on_answer(struct intake_ask *ask, const struct intake_result *result, const struct error *err);

static bool away(struct receive *receive)
{
	if (receive_duty(receive)->on_line)
		return false;
	desk_say(receive->screen->desk, FAULT_OFFLINE, "%s",
	         _("Chưa thể cấp giấy tiếp nhận: mất kết nối cơ sở dữ liệu. Cứ nhập tiếp, nháp đã được lưu."));
	return true;
}

static void on_waiting(struct intake_ask *ask)
{
	struct receive *receive = ask->owner;
	desk_say(receive->screen->desk, FAULT_NONE, "%s", _("Còn chờ cơ sở dữ liệu trả lời…"));
}

static void send(struct receive *receive, const struct intake *intake, bool turn_away)
{
	struct store *store = duty_store(receive_duty(receive));
	receive->sending = true;
	intake_clear(&receive->ask);
	receive->ask = (struct intake_ask){ .done = on_answer, .waiting = on_waiting, .owner = receive };
	if (turn_away)
		intake_turn_away(store, &receive->screen->scope, &receive->ask, intake);
	else
		intake_accept(store, &receive->screen->scope, &receive->ask, intake);
	screen_dirty(receive->screen);
}

static void send_acceptance(struct receive *receive)
{
	struct arena arena = { 0 };
	struct intake intake;
	struct desk *desk = receive->screen->desk;
	moment_t shown = receive->r.due.due;
	struct error err = { 0 };
	if (!reception_settle(&receive->r, "xã", receive_now(receive), &err)) {
		desk_tell(desk, &err);
		return;
	}
	if (receive->r.due.due != shown) {
		desk_say(desk, FAULT_CONFLICT, "%s",
		         _("Đã qua mốc giờ nên ngày hẹn trả tính lại. Xem lại rồi F9 lần nữa."));
		receive_refresh(receive);
		return;
	}
	reception_intake(&receive->r, &arena, receive_duty(receive)->facts->counter, &intake);
	send(receive, &intake, false);
	arena_free(&arena);
}

/* ---- what the referee said ---- */

static void finish(struct receive *receive, const struct intake_result *result)
{
	struct reception *r = &receive->r;
	struct screen *screen = receive->screen;
	struct arena arena = { 0 }; /* the result goes with this screen */
	bool taken = result->dossier_id != 0;
	receive_keep_drop(receive);
	struct accepted_plan plan = { .dossier_id = result->dossier_id, .paper_id = result->paper_id,
		.code = arena_string(&arena, taken ? result->code : result->paper_number),
		.what = taken ? _("ĐÃ NHẬN HỒ SƠ") : _("ĐÃ LẬP PHIẾU"), .owner = r->owner.name,
		.procedure = procedure_label(r->procedure), .due_at = result->due_at,
		.later = r->later.code != NULL, .online = r->online.filing_id != 0,
		.visitor = taken ? receive_visitor(receive, &arena, result->dossier_id) : NULL };
	screen_replace(screen, &accepted_screen, &plan);
	arena_free(&arena);
}

static void on_again_anyway(struct screen *screen, bool yes, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	if (!yes)
		return;
	receive->r.ignore_similar = true;
	send_acceptance(receive);
}

static void refused(struct receive *receive, const struct error *err)
{
	struct desk *desk = receive->screen->desk;
	log_error("acceptance", err);
	if (strcmp(err->code, "MC001") == 0) {
		/* The referee's clock is the one that counts: ours follows it. */
		moment_t now = moment_read_iso(receive->ask.ask.hint);
		struct taken *taken = &receive->r.taken;
		/* Kept in a draft before it was known when it was filed. */
		if (now != MOMENT_NONE && taken->consignment && now < desk_now(desk) - 60)
			taken->filed_at = now;
		else if (now != MOMENT_NONE && !receive->r.later.code)
			desk->ahead += now - desk_now(desk);
		receive->r.computed = false;
		receive_refresh(receive);
		desk_say(desk, FAULT_CONFLICT, "%s",
		         _("Đã qua mốc giờ nên ngày hẹn trả tính lại. Xem lại rồi F9 lần nữa."));
	} else if (strcmp(err->code, "MC002") == 0) {
		duty_reload(receive_duty(receive));
		desk_tell(desk, err);
	} else if (strcmp(err->code, "MC003") == 0) {
		struct arena arena = { 0 };
		ask_yes(receive->screen,
		        arena_format(&arena, _("%s\nVẫn nhận thêm một hồ sơ nữa?"), err->say),
		        true, on_again_anyway, NULL);
		arena_free(&arena);
	} else if (err->fault == FAULT_OFFLINE) {
		desk_say(desk, FAULT_OFFLINE, "%s",
		         _("Chưa biết hồ sơ đã ghi hay chưa. Khi nối lại hãy F9 lần nữa: không bao giờ thành hai hồ sơ."));
	} else {
		desk_tell(desk, err);
	}
}

static void on_answer(struct intake_ask *ask, const struct intake_result *result, const struct error *err)
{
	struct receive *receive = ask->owner;
	receive->sending = false;
	screen_dirty(receive->screen);
	if (err)
		refused(receive, err);
	else
		finish(receive, result);
}

/* ---- F9 ---- */

static void on_compared(struct screen *screen, bool yes, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	if (!yes) {
		receive_go(receive, AT_NAME);
		return;
	}
	receive->compare = receive->read.unlooked = false;
	send_acceptance(receive);
}

/* A field whose content cannot be read is never sent as if it were empty. */
static bool wrong_field(struct receive *receive)
{
	struct field *birth = &receive->fields[AT_BIRTH];
	if (field_empty(birth) || day_read(birth->text) != DAY_NONE)
		return false;
	birth->wrong = true;
	receive_go(receive, AT_BIRTH);
	desk_say(receive->screen->desk, FAULT_INPUT, _("Ngày sinh “%s” không đúng: gõ ngày/tháng/năm."), birth->text);
	return true;
}

/* Puts the hand where the first gap is; asks at once for what one answer fills. */
static void lead_to(struct receive *receive, const struct gap *gap)
{
	struct desk *desk = receive->screen->desk;
	desk_say(desk, FAULT_INPUT, "%s", gap->say);
	switch (gap->kind) {
	case GAP_OWNER: receive_go(receive, *receive->r.owner.name ? AT_NUMBER : AT_NAME); break;
	case GAP_SUBMITTER: receive_more(receive); break;
	case GAP_PROCEDURE:
		receive_go(receive, AT_PROCEDURE);
		if (receive->r.procedure)
			receive_case(receive);
		break;
	case GAP_LIMIT: receive_limit(receive); break;
	case GAP_FEE: receive_fees(receive); break;
	case GAP_PAPERS: {
		receive_go(receive, AT_PAPERS);
		if (gap->row < 0)
			break; /* a file on its way */
		receive->papers.at = gap->row;
		/* A name may have a thousand letters; the list shows it in full. */
		size_t fits = text_cut(gap->say, 80, NULL);
		/* What a database can tell is no citizen's paper to bring. */
		desk_say(desk, FAULT_INPUT, paper_may_ask(&receive->r.checklist.papers[gap->row], NULL)
			? _("%.*s%s F6 in phiếu yêu cầu bổ sung.") : _("%.*s%s Dấu cách ghi đã tra hay chưa, Ctrl-R hỏi qua kết nối."),
			(int)fits, gap->say, gap->say[fits] ? "…" : ".");
		break;
	}
	}
}

static bool fee_unpaid(const struct receive *receive)
{
	struct fee_total total = fee_total(&receive->r.fees);
	return total.amount > 0 && strcmp(receive->r.paid, "none") == 0;
}

void receive_accept(struct receive *receive)
{
	receive_refresh(receive);
	if (away(receive) || wrong_field(receive))
		return;
	if (receive->sign.running) {
		desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Đang ký số, xong rồi hãy F9."));
		return;
	}
	if (receive->gaps.count) {
		lead_to(receive, &receive->gaps.items[0]);
		return;
	}
	if (fee_unpaid(receive)) {
		receive_pay(receive);
		return;
	}
	if (receive->compare) {
		struct arena arena = { 0 };
		const struct person *owner = &receive->r.owner;
		const char *question = receive->read.unlooked
			? arena_format(&arena, _("Có ô lấy từ chữ máy đọc. Đã đối chiếu với giấy tờ chưa?\n%s  %s\n%s"), owner->name,
			               owner->id_number, owner->address)
			: arena_format(&arena, _("Đã đối chiếu với thẻ chưa?\n%s\n%s"), owner->name, owner->address);
		ask_yes(receive->screen, question,
		        false, on_compared, NULL);
		arena_free(&arena);
		return;
	}
	send_acceptance(receive);
}

/* ---- F6, F7 ---- */

static bool must_be_known(struct receive *receive)
{
	for (size_t i = 0; i < receive->gaps.count; i++) {
		enum gap_kind kind = receive->gaps.items[i].kind;
		if (kind != GAP_OWNER && kind != GAP_PROCEDURE && kind != GAP_SUBMITTER)
			continue;
		lead_to(receive, &receive->gaps.items[i]);
		return false;
	}
	return true;
}

static void turn_away(struct receive *receive, const char *kind, const char *own, const char *ground)
{
	struct arena arena = { 0 };
	struct lines reasons = { 0 };
	struct intake intake;
	for (const char *at = own; at && *at;) {
		size_t n = strcspn(at, "\n");
		if (n)
			lines_add(&reasons, &arena, "%.*s", (int)n, at);
		at += n + (at[n] == '\n');
	}
	reception_turn_away(&receive->r, &arena, receive_duty(receive)->facts->counter, kind, &reasons, &intake);
	intake.reason = ground;
	intake.basis = receive->again_basis;
	if (intake.reason_count == 0)
		desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Phiếu phải có ít nhất một lý do cụ thể."));
	else
		send(receive, &intake, true);
	arena_free(&arena);
}

/* data: what was added by hand. */
static void on_ground(struct screen *screen, const char *text, void *data)
{
	if (text)
		turn_away(receive_of(screen), "supplement", data, text);
}

static void on_supplement(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		ask_for_text(screen, &(struct ask_text){ .question = _("Lý do (in trên Mẫu 02):"), .initial = ACT_GROUND, .max = 400,
			.check = ask_check_reason }, on_ground, arena_string(&screen->arena, text));
}

static void on_refusal(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		turn_away(receive_of(screen), "refusal", text, NULL);
}

static void on_again_basis(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (!text)
		return;
	receive_of(screen)->again_basis = arena_string(&screen->arena, text);
	receive_supplement(receive_of(screen));
}

/* One full request, once: what a database can tell is looked up before, never printed on form 02. */
static bool looked_up(struct receive *receive)
{
	int row = checklist_unlooked(&receive->r.checklist);
	if (row < 0)
		return true;
	receive_go(receive, AT_PAPERS);
	receive->papers.at = row;
	desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Tra CSDL giấy tờ này trước khi yêu cầu bổ sung: Dấu cách ghi đã tra hay không tra được, Ctrl-R hỏi qua kết nối."));
	return false;
}

/* Asked once already: what a second time needs, and costs. */
static bool asked_before(struct receive *receive)
{
	if (!receive->r.online.asks || receive->again_basis)
		return false;
	ask_for_text(receive->screen, &(struct ask_text){ .question = _("Hồ sơ này đã được yêu cầu bổ sung một lần. Lần nữa phải do người phụ trách, "
		"có căn cứ pháp lý, và bị tính là quá hạn (Quyết định 766). Căn cứ:"), .max = 300, .check = ask_check_reason }, on_again_basis, NULL);
	return true;
}

void receive_supplement(struct receive *receive)
{
	receive_refresh(receive);
	if (away(receive) || wrong_field(receive) || !must_be_known(receive) || !looked_up(receive) || asked_before(receive))
		return;
	ask_for_text(receive->screen,
	             &(struct ask_text){ .question = _("Phiếu yêu cầu bổ sung (Mẫu 02) lấy lý do từ danh sách giấy tờ. Ghi thêm (có thể để trống), F9 in:"),
	                                 .lines = true, .max = 2000 },
	             on_supplement, NULL);
}

void receive_refuse(struct receive *receive)
{
	receive_refresh(receive);
	if (away(receive) || wrong_field(receive) || !must_be_known(receive))
		return;
	ask_for_text(receive->screen,
	             &(struct ask_text){ .question = _("Phiếu từ chối tiếp nhận (Mẫu 03). Lý do cụ thể, mỗi dòng một lý do, F9 in:"),
	                                 .lines = true, .max = 2000 },
	             on_refusal, NULL);
}
