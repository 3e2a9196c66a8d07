/* SPDX-License-Identifier: Apache-2.0
 *
 *  ĐÃ BỔ SUNG H01.999-261120-0007           Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  Chủ hồ sơ     Nguyễn Thị Thuỳ Dương
 *  Yêu cầu       Hệ thống tập trung của Bộ Tư pháp, 20/11/2026 09:50, hạn 25/11/2026 17:00
 *  Hẹn trả       26/11/2026 17:00 → 27/11/2026 09:30
 *                Chờ từ …: 2 giờ 30 phút làm việc không tính vào thời hạn.
 * ─ Giấy tờ công dân mang đến ──────────────────────────────────────────────────
 *     Giấy tờ                                  chính sao cách       trạng thái
 *  >□ Bản sao hộ khẩu                                               còn chờ
 *   · Tờ khai                                                       đã có
 *  F1 Giúp  F4 Tệp  F8 Thêm  F9 Đã bổ sung  Esc Về
 */
#include "tui/take_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/catalogue.h"
#include "core/dossier/lifecycle.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/print.h"
#include "tui/program.h"
#include "tui/sheet.h"
#include "tui/take_own.h"

#define HEAD_ROWS 9

static void start_read(struct taking *t);

/* ---- reading ---- */

static void settle(struct taking *t)
{
	char at[32], until[32];
	t->wait = (struct wait_row){ .act = "", .since = MOMENT_NONE };
	for (int i = 0; i < t->waits_ask.wait_count; i++)
		if (strcmp(t->waits_ask.waits[i].act, "supplement") == 0)
			t->wait = t->waits_ask.waits[i];
	/* What was read goes before it is read again. */
	snprintf(t->act, sizeof t->act, "%s", t->wait.act);
	t->wait.act = t->act;
	t->asked_by = "";
	for (int i = 0; i < t->waits_ask.asked_count; i++) {
		const struct asked_row *asked = &t->waits_ask.asked[i];
		if (asked->seq || asked->asked_at == MOMENT_NONE)
			continue;
		t->asked_by = arena_format(&t->screen->arena, "%s, %s%s%s", asked->asked_by, moment_write(asked->asked_at, at, sizeof at),
		                           asked->until == MOMENT_NONE ? "" : _(", hạn "),
		                           asked->until == MOMENT_NONE ? "" : moment_write(asked->until, until, sizeof until));
		break;
	}
	/* A bare status says at least whose it is. */
	for (int i = t->full->event_count - 1; i >= 0 && !*t->asked_by; i--) {
		const struct dossier_event *event = &t->full->events[i];
		if (event->to_status == STATUS_SUPPLEMENT && event->from_status != STATUS_SUPPLEMENT)
			t->asked_by = arena_format(&t->screen->arena, _("%s, %s, không nói cần gì: hỏi lại họ hoặc người nộp"), event->by_name,
			                           moment_write(event->at, at, sizeof at));
	}
	take_rows_merge(t);
	t->known = true;
}

static void on_waits(struct waits_ask *ask, const struct error *err)
{
	struct taking *t = ask->owner;
	t->reading = false;
	if (err)
		desk_tell(t->screen->desk, err);
	else
		settle(t);
	screen_dirty(t->screen);
	if (t->again)
		start_read(t);
}

static void on_full(struct dossier_ask *ask, const struct dossier_full *full, const struct error *err)
{
	struct taking *t = ask->owner;
	if (err) {
		t->reading = false;
		desk_tell(t->screen->desk, err);
		arena_free(&t->coming);
		return;
	}
	arena_free(&t->memory);
	t->memory = t->coming;
	t->coming = (struct arena){ 0 };
	t->kept = *full;
	t->full = &t->kept;
	t->screen->title = arena_format(&t->screen->arena, _("ĐÃ BỔ SUNG %s"), full->code);
	arena_free(&t->waits_memory);
	t->waits_ask = (struct waits_ask){ .done = on_waits, .into = &t->waits_memory, .owner = t };
	waits_read(duty_store(duty_of(t->screen)), &t->screen->scope, &t->waits_ask, t->id);
}

static void start_read(struct taking *t)
{
	t->again = t->reading;
	if (t->reading)
		return;
	t->reading = true;
	t->full_ask = (struct dossier_ask){ .done = on_full, .into = &t->coming, .owner = t };
	dossier_read(duty_store(duty_of(t->screen)), &t->screen->scope, &t->full_ask, t->id);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct taking *t = OWNER_OF(listener, struct taking, listener);
	if (id == t->id || strcmp(what, "again") == 0)
		start_read(t);
}

static void taking_open(struct screen *screen, const void *argument)
{
	struct taking *t = screen->state;
	t->screen = screen;
	t->id = *(const int64_t *)argument;
	t->wait.act = t->asked_by = "";
	take_rows_start(t);
	t->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &t->listener);
	start_read(t);
}

static void taking_close(struct screen *screen)
{
	struct taking *t = screen->state;
	arena_free(&t->memory);
	arena_free(&t->coming);
	arena_free(&t->waits_memory);
	arena_free(&t->said);
}

/* ---- what is shown ---- */

void take_count_due(const struct taking *t, struct arena *arena, moment_t now, struct deadline *out)
{
	const struct catalogue *c = duty_of(t->screen)->catalogue;
	*out = (struct deadline){ .due = t->full->due_at };
	if (c && t->wait.since != MOMENT_NONE)
		deadline_pause(arena, &c->calendar, t->full->due_at, t->wait.since, now, out);
}

static void put_due(const struct taking *t, struct sheet *sheet)
{
	char old[32], fresh[32];
	struct deadline due;
	take_count_due(t, sheet->arena, desk_now(t->screen->desk), &due);
	if (t->full->due_at == MOMENT_NONE) {
		sheet_value(sheet, _("Hẹn trả"), ROLE_TEXT, _("Không có ngày hẹn trả cụ thể theo quy định"));
		return;
	}
	moment_write(t->full->due_at, old, sizeof old);
	sheet_value(sheet, _("Hẹn trả"), ROLE_TEXT, due.due == t->full->due_at ? arena_string(sheet->arena, old)
		: arena_format(sheet->arena, "%s → %s", old, moment_write(due.due, fresh, sizeof fresh)));
	sheet_value(sheet, "", ROLE_DIM, due.lines.count ? due.lines.items[0]
		: _("Hồ sơ vẫn được giải quyết trong lúc chờ: ngày hẹn không đổi."));
}

static void taking_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct taking *t = screen->state;
	struct arena arena = { 0 };
	struct sheet sheet = { 0 };
	if (!t->full || !t->known) {
		canvas_text(canvas, 1, 1, ROLE_DIM, t->reading ? _("Đang đọc hồ sơ…") : _("Không đọc được hồ sơ."));
		return;
	}
	sheet_start(&sheet, &arena);
	sheet_value(&sheet, _("Chủ hồ sơ"), ROLE_PERSON, t->full->owner_name);
	if (*t->wait.act) {
		sheet_value(&sheet, _("Yêu cầu"), ROLE_TEXT, *t->asked_by ? t->asked_by : _("không ghi rõ ai yêu cầu"));
		put_due(t, &sheet);
	} else {
		sheet_value(&sheet, _("Yêu cầu"), ROLE_WARN, _("Hồ sơ không còn chờ bổ sung. Esc quay lại."));
	}
	sheet_heading(&sheet, _("Giấy tờ công dân mang đến"));
	struct canvas top = canvas_part(canvas, 0, 0, HEAD_ROWS, canvas->cols);
	sheet_draw(&sheet, &top, false);
	int used = sheet.rows < HEAD_ROWS ? sheet.rows : HEAD_ROWS;
	struct canvas rows = canvas_part(canvas, used, 0, canvas->rows - used, canvas->cols);
	list_draw((struct list *)&t->list, &rows, true);
	arena_free(&arena);
}

static bool taking_handle(struct screen *screen, const struct event *event)
{
	if (!take_rows_handle(screen->state, event))
		return false;
	screen_dirty(screen);
	return true;
}

/* ---- F9 ---- */

/* What was taken is in the books: the citizen's paper says so, when it can be made. */
static void on_issued(struct issue_ask *ask, int64_t paper_id, const struct error *err)
{
	struct taking *t = ask->owner;
	struct duty *duty = duty_of(t->screen);
	struct desk *desk = t->screen->desk;
	bool part = t->part;
	screen_pop(t->screen);
	if (err)
		desk_say(desk, err->fault, _("Đã ghi. Chưa lập được giấy tiếp nhận mới: %s"), err->say);
	else
		desk_say(desk, FAULT_NONE, "%s", part ? _("Đã ghi phần mang đến; phần còn lại vẫn chờ, đồng hồ vẫn dừng.")
		                                      : _("Đã ghi bổ sung: ngày hẹn đã tính lại, các hệ thống được báo."));
	if (!err)
		print_start(duty, paper_id);
}

static void on_taken(struct take_ask *ask, int version, const struct error *err)
{
	struct taking *t = ask->owner;
	struct desk *desk = t->screen->desk;
	(void)version;
	if (!err) {
		t->issue = (struct issue_ask){ .done = on_issued, .owner = t };
		seal_uuid(t->issue.request_id);
		paper_issue(duty_store(duty_of(t->screen)), &t->screen->scope, &t->issue, "01", t->id);
		return;
	}
	if (err->fault == FAULT_CONFLICT)
		desk_say(desk, FAULT_CONFLICT, "%s", _("Hồ sơ hoặc giờ tính vừa đổi: đã tải lại, xem ngày hẹn rồi bấm F9 lần nữa."));
	else
		desk_tell(desk, err);
	start_read(t);
}

static void put_papers(struct taking *t)
{
	struct taken_paper *papers = ARENA_MANY(&t->said, struct taken_paper, TAKE_ROWS);
	int count = 0;
	for (int i = 0; i < t->count; i++) {
		const struct take_row *row = &t->rows[i];
		if (row->brought)
			papers[count++] = (struct taken_paper){ .part_id = row->part_id, .seq = row->seq, .name = row->name,
				.action = paper_action_stored(row->action),
				.lookup_where = row->action == ACTION_LOOKUP ? row->where : NULL, .originals = row->originals, .copies = row->copies,
				.files = row->files, .file_count = row->file_count };
	}
	t->taken.papers = papers;
	t->taken.paper_count = count;
}

static void put_missing(struct taking *t)
{
	const char **missing = ARENA_MANY(&t->said, const char *, TAKE_ROWS);
	t->taken.missing_count = 0;
	for (int i = 0; i < t->count; i++)
		if (t->rows[i].asked && !t->rows[i].brought)
			missing[t->taken.missing_count++] = t->rows[i].name;
	t->taken.missing = missing;
}

/* All of it, or (part) what is marked. */
static void send(struct taking *t, const char *note, bool part)
{
	struct deadline due;
	struct bytes line = { 0 };
	moment_t now = desk_now(t->screen->desk);
	if (t->take_ask.ask.slot || t->issue.ask.slot)
		return;
	t->part = part;
	arena_free(&t->said);
	say_source(true); /* the record is Vietnamese */
	take_count_due(t, &t->said, now, &due);
	say_source(false);
	for (size_t i = 0; i < due.lines.count; i++)
		bytes_format(&line, "%s%s", i ? "\n" : "", due.lines.items[i]);
	t->taken = (struct taken){ .act = "supplement", .computed_at = now, .due_at = due.due,
		.line = arena_string(&t->said, bytes_string(&line)), .note = arena_string(&t->said, note) };
	bytes_free(&line);
	seal_uuid(t->taken.request_id);
	put_papers(t);
	t->take_ask = (struct take_ask){ .done = on_taken, .owner = t };
	if (part) {
		put_missing(t);
		take_part(duty_store(duty_of(t->screen)), &t->screen->scope, &t->take_ask, t->id, t->full->version, &t->taken);
		return;
	}
	take_up(duty_store(duty_of(t->screen)), &t->screen->scope, &t->take_ask, t->id, t->full->version, &t->taken);
}

static void on_note(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		send(screen->state, text, false);
}

static const char *check_note(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi đã bổ sung gì, hoặc Esc rồi đánh dấu giấy tờ.");
}

static void on_enough(struct screen *screen, int choice, void *data)
{
	struct taking *t = screen->state;
	(void)data;
	bool brought = false;
	for (int i = 0; i < t->count; i++)
		brought |= t->rows[i].brought;
	if (choice == 2 && !brought)
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Đánh dấu giấy tờ công dân mang đến (Dấu cách), hoặc F8 ghi thêm."));
	else if (choice == 2)
		send(t, "", true);
	else if (choice == 0)
		desk_say(screen->desk, FAULT_NONE, "%s", _("Chưa ghi gì; đánh dấu giấy tờ rồi bấm F9."));
	else if (choice == 1)
		ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao coi là đã bổ sung đủ? (bên kia đọc được)"), .max = 400,
			.check = check_note }, on_note, NULL);
}

static bool may_take(const struct screen *screen)
{
	const struct taking *t = screen->state;
	return t->full && t->known && *t->wait.act && !t->reading;
}

static void run_take(struct screen *screen)
{
	struct taking *t = screen->state;
	const struct take_row *open = NULL;
	bool brought = false;
	for (int i = 0; i < t->count; i++) {
		if (t->rows[i].on_the_way) {
			desk_say(screen->desk, FAULT_INPUT, "%s", _("Còn tệp đang được cất: đợi xong rồi bấm F9."));
			return;
		}
		if (t->rows[i].asked && !t->rows[i].brought && !open)
			open = &t->rows[i];
		brought |= t->rows[i].brought;
	}
	if (!open && !brought) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Đánh dấu giấy tờ công dân mang đến (Dấu cách), hoặc F8 ghi thêm."));
		return;
	}
	if (!open) {
		send(t, "", false);
		return;
	}
	const char *choices[] = { _("Chưa đủ, quay lại danh sách"), _("Coi là đã bổ sung đủ, ghi lý do"),
		_("Nhận trước phần đã mang đến; phần còn lại vẫn chờ") };
	/* Where the dossier does not stop for it, nothing waits for the rest. */
	int count = t->wait.to_status ? 3 : 2;
	ask_choice(screen, arena_format(&screen->arena, _("Chưa đánh dấu: %s"), open->name), choices, count, 0, on_enough, NULL);
}

static bool may_mark(const struct screen *screen)
{
	return ((const struct taking *)screen->state)->known;
}

static void taking_about(const struct screen *screen, struct about *about)
{
	const struct taking *t = screen->state;
	about->dossier_id = t->id;
	if (!t->full)
		return;
	about->dossier = t->full->code;
	about->procedure = t->full->procedure_code;
	about->system = t->full->route_system;
}

static const struct action actions[] = {
	{ "take-attach", "F4", N_("Quét/tệp"), N_("Quét, kèm tệp, hoặc dùng lại giấy tờ đơn vị đã lưu; bên kia nhận được tệp."), may_mark, take_attach },
	{ "take-add", "F8", N_("Thêm"), N_("Giấy tờ công dân mang đến mà danh sách chưa có."), may_mark, take_add },
	{ "take-done", "F9", N_("Đã bổ sung"), N_("Ghi giấy tờ đã nhận, tính lại ngày hẹn, báo các hệ thống."), may_take, run_take },
	{ 0 },
};

const struct screen_kind take_screen = {
	.name = "take",
	.title = N_("ĐÃ BỔ SUNG"),
	.help = N_("Giấy tờ bên kia yêu cầu đứng đầu, sau đó là giấy tờ của hồ sơ. Dấu cách: công dân đã mang đến; n nộp, x xuất trình,\n"
	           "d đối chiếu; c, s thêm bản chính, bản sao, chữ hoa thì bớt. Thời gian chờ không tính vào thời hạn: ngày hẹn mới hiện\n"
	           "ở trên. F9 ghi một lần cho mọi hệ thống của hồ sơ, in giấy tiếp nhận mới; thiếu thì nhận trước một phần được."),
	.actions = actions,
	.size = sizeof(struct taking),
	.open = taking_open,
	.draw = taking_draw,
	.handle = taking_handle,
	.close = taking_close,
	.about = taking_about,
};
