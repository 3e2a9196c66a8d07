/* SPDX-License-Identifier: Apache-2.0
 *
 *  HỒ SƠ H01.999-261120-0007               Quầy 3 · Lê Thị Mận · 20/11 09:41
 *  Mã hồ sơ      H01.999-261120-0007   (G15.99-20261120-0000007)
 *  Tình trạng    Được tiếp nhận
 *  Thủ tục       1.004873 Cấp Giấy xác nhận tình trạng hôn nhân
 *  Chủ hồ sơ     Nguyễn Thị Thuỳ Dương  0011••••••12  nữ  05/03/1999
 *  Hẹn trả       Thứ Năm, 26/11/2026 17:00 — trong hạn
 * ─ Đường đi ───────────────────────────────────────────────────────────────────
 *  Hệ thống tập trung của Bộ Tư pháp — ● đã nhận · G15.99-20261120-0000007
 *  …
 *  F1 Giúp  Enter Việc  F4 Hiện số  F9 In lại  Esc Về
 */
#include "tui/dossier_screen.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/log.h"
#include "core/base/say.h"
#include "core/dossier/lifecycle.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"
#include "tui/linked_screen.h"
#include "tui/print.h"
#include "tui/program.h"

static const char *const reveal_names[REVEALS] = { "owner_id", "owner_phone", "submitter_id",
	"submitter_phone" };

void dossier_compose(struct viewing *v)
{
	arena_free(&v->page);
	sheet_start(&v->sheet, &v->page);
	if (v->full) {
		dossier_sheet(&v->sheet, v->full, v->way, v->life, v->returns_known ? &v->returns : NULL, &v->shown, desk_now(v->screen->desk));
		dossier_put_signs(v);
	}
	screen_dirty(v->screen);
}

static void start_way(struct viewing *v);

static void on_way(struct way_ask *ask, const struct way *way, const struct error *err)
{
	struct viewing *v = ask->owner;
	v->way_reading = false;
	if (err) {
		desk_tell(v->screen->desk, err);
		arena_free(&v->way_coming);
	} else {
		arena_free(&v->way_memory);
		v->way_memory = v->way_coming;
		v->way_coming = (struct arena){ 0 };
		v->kept_way = *way;
		v->way = &v->kept_way;
	}
	dossier_compose(v);
	if (v->way_again)
		start_way(v);
}

/* What changed while it was being read is read once more. */
static void start_way(struct viewing *v)
{
	v->way_again = v->way_reading;
	if (v->way_reading)
		return;
	v->way_reading = true;
	v->way_ask = (struct way_ask){ .done = on_way, .into = &v->way_coming, .owner = v };
	way_read(duty_store(duty_of(v->screen)), &v->screen->scope, &v->way_ask, v->id);
}

static void start_read(struct viewing *v);

static void on_read(struct dossier_ask *ask, const struct dossier_full *full, const struct error *err)
{
	struct viewing *v = ask->owner;
	v->reading = false;
	if (err) {
		desk_tell(v->screen->desk, err);
		arena_free(&v->coming);
	} else {
		arena_free(&v->memory);
		v->memory = v->coming;
		v->coming = (struct arena){ 0 };
		v->kept = *full;
		v->full = &v->kept;
		v->screen->title = arena_format(&v->screen->arena, _("HỒ SƠ %s"), full->code);
	}
	dossier_compose(v);
	if (v->scanned && v->full && !err && v->full->status == STATUS_DONE && screen_is_top(v->screen) && !v->asked_scanned) {
		v->asked_scanned = true;
		dossier_choose(v, "return");
		dossier_hand_over(v->screen);
	}
	if (v->again)
		start_read(v);
}

static void start_read(struct viewing *v)
{
	v->again = v->reading;
	if (v->reading)
		return;
	v->reading = true;
	v->ask = (struct dossier_ask){ .done = on_read, .into = &v->coming, .owner = v };
	dossier_read(duty_store(duty_of(v->screen)), &v->screen->scope, &v->ask, v->id);
	start_way(v);
	dossier_read_signs(v);
	dossier_read_life(v);
	dossier_read_return(v);
}

void dossier_read_again(struct viewing *v)
{
	start_read(v);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct viewing *v = OWNER_OF(listener, struct viewing, listener);
	if (id == v->id || strcmp(what, "again") == 0)
		start_read(v);
}

static void viewing_open(struct screen *screen, const void *argument)
{
	struct viewing *v = screen->state;
	v->screen = screen;
	v->id = *(const int64_t *)argument;
	v->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &v->listener);
	sheet_start(&v->sheet, &v->page);
	start_read(v);
}

static void viewing_close(struct screen *screen)
{
	struct viewing *v = screen->state;
	arena_free(&v->memory);
	arena_free(&v->coming);
	arena_free(&v->way_memory);
	arena_free(&v->way_coming);
	arena_free(&v->page);
	arena_free(&v->words_memory);
	arena_free(&v->menu_memory);
	arena_free(&v->return_memory);
	arena_free(&v->return_coming);
	arena_free(&v->told_memory);
	arena_free(&v->copy_memory);
	dossier_sign_close(v);
	dossier_life_close(v);
}

static void viewing_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct viewing *v = screen->state;
	if (v->full)
		sheet_draw((struct sheet *)&v->sheet, canvas, true);
	else
		canvas_text(canvas, 1, 1, ROLE_DIM, v->reading ? _("Đang đọc hồ sơ…") : _("Không đọc được hồ sơ."));
}

static bool viewing_handle(struct screen *screen, const struct event *event)
{
	struct viewing *v = screen->state;
	if (sheet_handle(&v->sheet, event))
		return true;
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static void on_revealed(struct reveal_ask *ask, const char *value, const struct error *err)
{
	struct viewing *v = ask->owner;
	if (err) {
		desk_tell(v->screen->desk, err);
		return;
	}
	const char *copy = arena_string(&v->screen->arena, value);
	const char **const into[REVEALS] = { &v->shown.owner_id, &v->shown.owner_phone,
		&v->shown.submitter_id, &v->shown.submitter_phone };
	*into[ask - v->reveals] = copy;
	dossier_compose(v);
}

static bool has_role(const struct viewing *v, const char *name)
{
	size_t n = strcspn(name, "_");
	for (int i = 0; i < v->full->person_count; i++)
		if (strncmp(v->full->people[i].role, name, n) == 0)
			return true;
	return false;
}

static bool may_act(const struct screen *screen)
{
	return ((const struct viewing *)screen->state)->full != NULL;
}

static void run_reveal(struct screen *screen)
{
	struct viewing *v = screen->state;
	for (int i = 0; i < REVEALS; i++) {
		if (!has_role(v, reveal_names[i]) || v->reveals[i].ask.slot)
			continue;
		v->reveals[i] = (struct reveal_ask){ .done = on_revealed, .owner = v };
		dossier_reveal(duty_store(duty_of(screen)), &screen->scope, &v->reveals[i], v->id,
		               reveal_names[i]);
	}
	desk_say(screen->desk, FAULT_NONE, "%s", _("Lần xem này được ghi vào nhật ký truy cập."));
}

/* The first system that refused it. */
static const struct dossier_travel *refusal(const struct viewing *v)
{
	for (int i = 0; v->full && i < v->full->travel_count; i++)
		if (strcmp(v->full->travel[i].state, "disagreed") == 0)
			return &v->full->travel[i];
	return NULL;
}

static bool may_send(const struct screen *screen)
{
	return refusal(screen->state) != NULL;
}

static void on_sent(struct act_ask *ask, int version, const struct error *err)
{
	struct viewing *v = ask->owner;
	(void)version;
	if (err)
		ask_refused(v->screen, err);
	else
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Đã xếp hàng gửi lại."));
	start_read(v);
}

static void on_solution(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->again_ask = (struct act_ask){ .done = on_sent, .owner = v };
	act_send_again(duty_store(duty_of(screen)), &screen->scope, &v->again_ask, v->id,
	               v->again_system, text);
}

static void run_send(struct screen *screen)
{
	struct viewing *v = screen->state;
	const struct dossier_travel *refused = refusal(v);
	struct arena arena = { 0 };
	v->again_system = arena_string(&screen->arena, refused->system);
	ask_for_text(screen,
	             &(struct ask_text){ .question = arena_format(&arena, _("%s từ chối: %s\nĐã xử lý thế nào? (ghi vào hồ sơ)"),
	                                                          refused->system_name, refused->note),
	                                 .max = 500 },
	             on_solution, NULL);
	arena_free(&arena);
}

/* Theirs, one under the other: when, the word and number, the sentence, the raw text. */
static void on_words(struct words_ask *ask, const struct dossier_word *rows, int count,
                     const struct error *err)
{
	struct viewing *v = ask->owner;
	struct bytes text = { 0 };
	char at[32], kept[32];
	if (err)
		desk_tell(v->screen->desk, err);
	else if (!count)
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Chưa hệ thống nào nói gì về hồ sơ này."));
	for (int i = 0; i < count; i++) {
		const struct dossier_word *w = &rows[i];
		bytes_format(&text, "%s%s · %s\n", i ? "\n" : "", w->system_name,
		             moment_write(w->at, at, sizeof at));
		bytes_format(&text, _("  lời của họ: %s%s%s\n"), *w->word ? w->word : _("(không có)"),
		             *w->said ? " — " : "", w->said);
		bytes_format(&text, _("  ở đây hiểu: %s; nghe lúc %s%s\n"),
		             w->status ? status_name(w->status) : _("chưa rõ nghĩa"),
		             moment_write(w->kept_at, kept, sizeof kept),
		             w->used ? _(", đã theo") : "");
		if (*w->raw)
			bytes_format(&text, "  %s\n", w->raw);
	}
	if (count && screen_is_top(v->screen))
		ask_read(v->screen, _("Lời gốc của các hệ thống"), bytes_string(&text), NULL, NULL);
	bytes_free(&text);
	arena_free(&v->words_memory);
}

static void run_words(struct screen *screen)
{
	struct viewing *v = screen->state;
	if (v->words.ask.slot)
		return;
	v->words = (struct words_ask){ .done = on_words, .into = &v->words_memory, .owner = v };
	words_read(duty_store(duty_of(screen)), &screen->scope, &v->words, v->id);
}

static bool may_print(const struct screen *screen)
{
	const struct viewing *v = screen->state;
	return v->full && v->full->paper_count > 0;
}

static void run_linked(struct screen *screen)
{
	screen_push(screen->desk, &linked_screen, &((const struct viewing *)screen->state)->id);
}

static void run_print(struct screen *screen)
{
	struct viewing *v = screen->state;
	print_start(duty_of(screen), v->full->papers[v->full->paper_count - 1].paper_id);
}

static void viewing_about(const struct screen *screen, struct about *about)
{
	const struct viewing *v = screen->state;
	about->dossier_id = v->id;
	if (!v->full)
		return;
	const struct dossier_travel *refused = refusal(v);
	about->dossier = v->full->code;
	about->procedure = v->full->procedure_code;
	about->system = refused ? refused->system : v->full->route_system;
	about->error = refused && *refused->note ? refused->note : NULL;
}

static const struct action actions[] = {
	{ "dossier-acts", "Enter", N_("Việc"), N_("Việc làm được với hồ sơ lúc này: đã bổ sung, đã nộp tiền, rút, trả kết quả…"), may_act,
	  dossier_menu },
	{ "dossier-reveal", "F4", N_("Hiện số"), N_("Hiện số định danh và điện thoại; lần xem được ghi lại."),
	  may_act, run_reveal },
	{ "dossier-send-again", "F5", N_("Gửi lại"), N_("Gửi lại tới hệ thống đã từ chối, sau khi xử lý."), may_send, run_send },
	{ "dossier-words", "F6", N_("Lời gốc"), N_("Bên kia nói gì về hồ sơ này, bằng chính lời của họ."), may_act, run_words },
	{ "dossier-fall-back", "Ctrl-F", N_("Về tỉnh"), N_("Hệ thống của bộ ngừng hoặc từ chối: làm tiếp trên hệ thống của tỉnh, người phụ trách duyệt."),
	  dossier_may_fall_back, dossier_fall_back },
	{ "dossier-manual", "F7", N_("Nhập tay"), N_("Các mục phải nhập vào hệ thống chưa có giao diện, và số hồ sơ họ cấp."), dossier_may_type,
	  dossier_type },
	{ "dossier-elsewhere", "F8", N_("Họ nhận"), N_("Cơ quan giải quyết đã nhận lúc nào: ngày hẹn tính từ đó."), dossier_may_elsewhere,
	  dossier_elsewhere },
	{ "dossier-linked", NULL, NULL, N_("Liên thông: các thủ tục của cùng một yêu cầu, cơ quan nào đang làm, ghi điều họ báo."), may_act, run_linked },
	{ "dossier-told", NULL, NULL, N_("Tin báo công dân của hồ sơ: nhắn gì, qua đâu, đã đến chưa."), may_act, dossier_told },
	{ "dossier-copy", NULL, NULL, N_("Hồ sơ mới từ hồ sơ này: cùng người, cùng thủ tục; giấy tờ, phí, ngày hẹn làm từ đầu."), may_act, dossier_copy_begin },
	{ "dossier-issue", "Ctrl-O", N_("Lập giấy"), N_("Lập và in biên lai, phiếu hướng dẫn nộp phí, phiếu trả kết quả."), may_act, dossier_issue },
	{ "dossier-transfer", "Ctrl-K", N_("Mã CK"), N_("Mã VietQR để công dân chuyển khoản phần còn phải nộp."), may_act, dossier_transfer },
	{ "dossier-result", "Ctrl-E", N_("Kết quả"), N_("Tệp kết quả bên kia gửi: lưu vào thư mục, USB, hoặc in; được ghi lại."), dossier_may_result,
	  dossier_result },
	{ "dossier-sign", "Ctrl-X", NULL, N_("Ký số tệp chưa ký và bản điện tử của giấy đã in, một lần PIN; giữ bên cạnh bản gốc."), dossier_may_sign,
	  dossier_sign },
	{ "dossier-undo", "Ctrl-U", N_("Hoàn tác"), N_("Hoàn tác việc vừa làm, trong một phút, khi chưa có gì rời quầy."), dossier_may_undo, dossier_undo },
	{ "dossier-rate", "Ctrl-A", NULL, N_("Công dân đánh giá: rất hài lòng, hài lòng, không hài lòng; mỗi hồ sơ một lần."), dossier_may_rate,
	  dossier_rate },
	{ "dossier-reprint", "F9", N_("In lại"), N_("In lại giấy lập sau cùng; bản in ghi rõ là bản in lại."),
	  may_print, run_print },
	{ 0 },
};

void dossier_open_scanned(struct screen *found, int64_t dossier_id)
{
	struct screen *screen = screen_replace(found, &dossier_screen, &dossier_id);
	((struct viewing *)screen->state)->scanned = true;
}

const struct screen_kind dossier_screen = {
	.name = "dossier",
	.title = N_("HỒ SƠ"),
	.help = N_("Toàn bộ hồ sơ: con người, giấy tờ, lệ phí, ngày hẹn và vì sao, đường đi tới từng hệ thống, diễn biến.\n"
	           "Enter: đã bổ sung, đã nộp tiền, rút hồ sơ, trả kết quả… tuỳ tình trạng.\n"
	           "Số định danh và điện thoại được che; F4 hiện ra và việc xem được ghi lại."),
	.actions = actions,
	.size = sizeof(struct viewing),
	.open = viewing_open,
	.draw = viewing_draw,
	.handle = viewing_handle,
	.close = viewing_close,
	.about = viewing_about,
};
