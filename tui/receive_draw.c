/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/receive_private.h"
#include "tui/rights.h"

enum { ROW_NUMBER, ROW_BIRTH, ROW_ADDRESS, ROW_PROCEDURE, ROW_ROUTE, ROW_DUE, ROW_FEES, ROW_RULE,
	ROW_PAPERS };
#define LABEL 11 /* columns of the first label */

/* Where each field stands: row, column of its label, width of the input. */
static const struct {
	int row, col, width;
} places[FIELDS] = {
	{ ROW_NUMBER, 1, 14 }, { ROW_NUMBER, 28, 30 }, { ROW_BIRTH, 1, 12 },
	{ ROW_BIRTH, 28, 6 },  { ROW_BIRTH, 48, 14 },  { ROW_ADDRESS, 1, 0 },
	{ ROW_PROCEDURE, 1, 0 },
};

static const char *label_of(const struct receive *receive, int i)
{
	static const char *const citizen[FIELDS] = { N_("Số thẻ"), N_("Họ tên"), N_("Sinh ngày"),
		N_("Giới"), N_("Điện thoại"), N_("Địa chỉ"), N_("Thủ tục") };
	static const char *const organisation[FIELDS] = { N_("Mã số"), N_("Tên"), N_("Thành lập"),
		N_("—"), N_("Điện thoại"), N_("Địa chỉ"), N_("Thủ tục") };
	bool citizens = receive->r.owner.kind == PERSON_CITIZEN;
	return _((citizens ? citizen : organisation)[i]);
}

static void draw_field(const struct receive *receive, struct canvas *canvas, int i)
{
	struct field *field = (struct field *)&receive->fields[i];
	int label = i == AT_NAME || i == AT_SEX ? 8 : i == AT_PHONE ? 12 : LABEL;
	int col = places[i].col + label;
	int width = places[i].width ? places[i].width : canvas->cols - col - 1;
	if (i == AT_NAME && canvas->cols > 100)
		width += 20;
	canvas_text(canvas, places[i].row, places[i].col, ROLE_LABEL, label_of(receive, i));
	if (receive_words_taken(receive, (enum at)i))
		canvas_text(canvas, places[i].row, col - 1, ROLE_WARN, "?");
	if (i != AT_PROCEDURE || receive->at == AT_PROCEDURE) {
		field_draw(field, canvas, places[i].row, col, width, receive->at == (enum at)i);
		return;
	}
	const struct procedure *p = receive->r.procedure;
	if (p)
		canvas_cell(canvas, ROW_PROCEDURE, col, width, ROLE_TEXT,
		            arena_format((struct arena *)&receive->scratch, "%s %s · %s", p->code,
		                         procedure_label(p), p->field));
}

static void draw_marks(const struct receive *receive, struct canvas *canvas)
{
	const char *mark = receive->scanned ? _("[thẻ đã quét]") : "";
	if (receive->r.represented)
		mark = _("[nộp thay]");
	else if (receive->r.online.filing_id)
		mark = _("[trực tuyến]");
	canvas_right(canvas, ROW_NUMBER, canvas->cols - 15, 14, ROLE_GOOD, mark);
}

static void draw_route(const struct receive *receive, struct canvas *canvas)
{
	const struct route *route = &receive->r.route;
	canvas_text(canvas, ROW_ROUTE, 1, ROLE_LABEL, _("Chuyển"));
	if (!receive->r.procedure || !receive->r.computed)
		return;
	const char *name = route->destination ? route->destination->name : route->system;
	bool down = route->destination && strcmp(route->destination->health, "down") == 0;
	struct arena *arena = (struct arena *)&receive->scratch;
	const struct my_right *lack =
		rights_lack(receive_duty(receive), receive->r.procedure, route->destination);
	if (lack) {
		canvas_cell(canvas, ROW_ROUTE, 1 + LABEL, canvas->cols - LABEL - 2, ROLE_WARN,
		            arena_format(arena, "→ %s — %s", system_brief(name), rights_brief(arena, lack)));
		return;
	}
	const char *decider = receive->r.deciding.name, *from = receive->r.taken.agency.name;
	canvas_cell(canvas, ROW_ROUTE, 1 + LABEL, canvas->cols - LABEL - 2, down ? ROLE_WARN : ROLE_TEXT,
	            arena_format(arena, "%s%s→ %s%s%s%s%s%s", *from ? arena_format(arena, _("%s nhận hộ"), from) : "", *from ? " " : "",
	                         *decider ? decider : "", *decider ? " · " : "", name,
	                         down ? _(" — đang ngừng, sẽ gửi khi có lại") : "",
	                         *route->notice ? " — " : "", route->notice));
}

static const char *due_text(const struct receive *receive, struct arena *arena, enum role *role)
{
	const struct reception *r = &receive->r;
	char day[64];
	*role = ROLE_TEXT;
	if (r->limit.source == LIMIT_DECLARED_NONE)
		return _("Không có ngày hẹn trả cụ thể theo quy định");
	if (r->limit.source == LIMIT_OPEN) {
		const struct limit *published = catalogue_limit(r->procedure, r->case_id, r->channel,
		                                                moment_day(r->computed_at));
		*role = ROLE_WARN;
		return arena_format(arena, _("chưa xác nhận%s%s — Ctrl-D nhập thời hạn và căn cứ"),
		                    published ? _(", cổng ghi ") : "",
		                    published ? limit_text(arena, published->value, published->unit) : "");
	}
	if (!r->computed || r->due.due == MOMENT_NONE)
		return "";
	struct clock at = moment_clock(r->due.due);
	const struct limit *known = catalogue_limit(r->procedure, r->case_id, r->channel, moment_day(r->computed_at));
	bool cut = known && r->limit.source != LIMIT_ASKED && known->legal_value > r->limit.value;
	return arena_format(arena, "%s %02d:%02d — %s%s%s",
	                    day_write_long(moment_day(r->due.due), day, sizeof day), at.hour, at.minute,
	                    limit_text(arena, r->limit.value, r->limit.unit),
	                    cut ? _(", luật định ") : r->limit.source == LIMIT_ASKED ? _(" (cán bộ nhập)") : "",
	                    cut ? limit_text(arena, known->legal_value, known->unit) : "");
}

static void draw_due(const struct receive *receive, struct canvas *canvas)
{
	canvas_text(canvas, ROW_DUE, 1, ROLE_LABEL, _("Hẹn trả"));
	if (!receive->r.procedure)
		return;
	enum role role;
	const char *text = due_text(receive, (struct arena *)&receive->scratch, &role);
	canvas_cell(canvas, ROW_DUE, 1 + LABEL, canvas->cols - LABEL - 2, role, text);
}

static void draw_fees(const struct receive *receive, struct canvas *canvas)
{
	const struct reception *r = &receive->r;
	struct arena *arena = (struct arena *)&receive->scratch;
	canvas_text(canvas, ROW_FEES, 1, ROLE_LABEL, _("Lệ phí"));
	if (!r->procedure)
		return;
	struct fee_total total = fee_total(&r->fees);
	struct bytes text = { 0 };
	for (size_t i = 0; i < r->fees.count; i++)
		bytes_format(&text, "%s%s%s%s", i ? " · " : "",
		             r->fees.count > 1 ? r->fees.items[i].name : "",
		             r->fees.count > 1 ? ": " : "", fee_text(arena, &r->fees.items[i]));
	if (total.complete && total.amount)
		bytes_format(&text, " — %s", strcmp(r->paid, "cash") == 0       ? _("tiền mặt")
		                             : strcmp(r->paid, "transfer") == 0 ? _("chuyển khoản")
		                             : strcmp(r->paid, "later") == 0    ? _("thu khi trả")
		                                                                : _("chưa chọn cách trả"));
	else if (!total.complete)
		bytes_text(&text, _(" — F5"));
	canvas_cell(canvas, ROW_FEES, 1 + LABEL, canvas->cols - LABEL - 2,
	            total.complete ? ROLE_TEXT : ROLE_WARN, bytes_string(&text));
	bytes_free(&text);
}

/* Nothing is blocked: people do come late, and the due date counts from when it
 * may. */
static void draw_rule(const struct receive *receive, struct canvas *canvas)
{
	enum role role = ROLE_TEXT;
	const struct calendar *calendar = &receive->r.catalogue->calendar;
	const struct later *later = &receive->r.later;
	moment_t now = receive_now(receive);
	char at[32];
	canvas_rule(canvas, ROW_RULE, ROLE_FRAME);
	const char *look = looking_say(&receive->look, (struct arena *)&receive->scratch, &role);
	if (*look)
		canvas_right(canvas, ROW_RULE, canvas->cols - 33, 32, role, look);
	if (later->code) {
		canvas_cell(canvas, ROW_RULE, 1, canvas->cols - (*look ? 35 : 2), ROLE_WARN,
		            arena_format((struct arena *)&receive->scratch, _("Nhận thật lúc %s · %s · %s "),
		                         moment_write(later->at, at, sizeof at), later->received_by, later->reason));
		return;
	}
	if (receive->r.taken.filed_at != MOMENT_NONE) {
		canvas_cell(canvas, ROW_RULE, 1, canvas->cols - (*look ? 35 : 2), ROLE_WARN,
		            arena_format((struct arena *)&receive->scratch, _("Nộp lúc %s: hai bên ký biên bản số %s "),
		                         moment_write(receive->r.taken.filed_at, at, sizeof at), receive->r.taken.number));
		return;
	}
	const char *online = receive_filing_line(receive, (struct arena *)&receive->scratch, &role);
	if (online) {
		canvas_cell(canvas, ROW_RULE, 1, canvas->cols - (*look ? 35 : 2), role, online);
		return;
	}
	bool receives = calendar_receives(calendar, now);
	const char *read = receive_words_line(receive, (struct arena *)&receive->scratch);
	if (read && receives)
		canvas_cell(canvas, ROW_RULE, 1, canvas->cols - (*look ? 35 : 2), ROLE_WARN, read);
	if (receives)
		return;
	/* Both have something to say: the longer one is behind the key. */
	const char *why = calendar_reason(calendar, moment_day(now)), *form = why ? _("! Ngoài giờ tiếp nhận: hôm nay %s ") : _("! Ngoài giờ tiếp nhận ");
	canvas_cell(canvas, ROW_RULE, 1, canvas->cols - (read || *look ? 35 : 2), ROLE_WARN,
	            arena_format((struct arena *)&receive->scratch, form, why));
	if (read && !*look)
		canvas_right(canvas, ROW_RULE, canvas->cols - 33, 32, ROLE_WARN, _(" Ctrl-N: chữ đọc được trên giấy"));
}

static void draw_matches(const struct receive *receive, struct canvas *canvas)
{
	for (size_t i = 0; i < receive->match_count; i++) {
		const struct procedure *p = receive->matches[i];
		int row = ROW_ROUTE + (int)i;
		enum role role = i == receive->match_at ? ROLE_SELECTED : ROLE_TEXT;
		canvas_fill(canvas, row, 0, 1, canvas->cols, role);
		canvas_text(canvas, row, 1, role, i == receive->match_at ? ">" : " ");
		canvas_cell(canvas, row, 3, 6, role, p->short_code);
		canvas_cell(canvas, row, 10, 9, role, p->code);
		canvas_cell(canvas, row, 20, canvas->cols - 21, role,
		            arena_format((struct arena *)&receive->scratch, "%s · %s",
		                         procedure_label(p), p->field));
	}
	const struct procedure *p = receive->not_here;
	if (receive->match_count == 0 && p)
		canvas_lines(canvas, ROW_ROUTE, 3, canvas->cols - 5, ROLE_WARN,
		             arena_format((struct arena *)&receive->scratch,
		                          _("Không tiếp nhận ở đây: %s %s (cấp %s giải quyết)."), p->code,
		                          procedure_label(p), p->level));
	else if (receive->match_count == 0)
		canvas_text(canvas, ROW_ROUTE, 3, ROLE_WARN,
		            _("Không thấy thủ tục nào tiếp nhận ở đây; thử bớt chữ."));
	else
		canvas_text(canvas, ROW_ROUTE + (int)receive->match_count, 3, ROLE_DIM,
		            _("↑↓ chọn, Enter lấy, Ctrl-O đọc cả tên."));
}

/* One line for what stands in the way, or that nothing does. */
static const char *hint_of(const struct receive *receive, struct arena *arena, enum role *role)
{
	size_t count = receive->gaps.count;
	*role = ROLE_WARN;
	if (receive->sending)
		return _("→ Đang ghi hồ sơ…");
	if (!receive_duty(receive)->on_line)
		return _("! Mất kết nối: cứ nhập tiếp, chưa cấp được giấy tiếp nhận.");
	const char *read = receive_words_hint(receive, arena);
	if (read)
		return read;
	if (*receive->doubt && receive->at < AT_PROCEDURE)
		return arena_format(arena, "? %s", receive->doubt);
	*role = ROLE_DIM;
	if (receive->at == AT_ADDRESS && field_empty(&receive->fields[AT_PROCEDURE]))
		return arena_format(arena, _("Dấu phẩy ở cuối rồi Enter: thêm “%s, %s”."),
		                    receive_duty(receive)->facts->unit_name,
		                    receive_duty(receive)->facts->parent_name);
	*role = count ? ROLE_DIM : ROLE_GOOD;
	if (count > 1)
		return arena_format(arena, _("□ Còn %zu việc. %s"), count, receive->gaps.items[0].say);
	int bare = receive_unsigned(receive);
	if (bare && signer_alarm(receive_duty(receive)) && !signer_cert(receive_duty(receive))) {
		*role = ROLE_WARN;
		return arena_format(arena, _("! %d tệp chưa ký số. %s"), bare, signer_alarm(receive_duty(receive)));
	}
	if (bare && !count)
		return arena_format(arena, _("■ Đủ để nhận. %d tệp chưa ký số: Ctrl-X ký; F9 nhận và in giấy hẹn."), bare);
	if (!count && receive->r.later.code)
		return _("■ Đủ để ghi. F9 ghi vào hệ thống; dân đã giữ giấy viết tay.");
	return count ? arena_format(arena, "□ %s", receive->gaps.items[0].say)
	             : _("■ Đủ để nhận. F9 nhận và in giấy hẹn.");
}

static void draw_hint(const struct receive *receive, struct canvas *canvas)
{
	enum role role;
	const char *text = hint_of(receive, (struct arena *)&receive->scratch, &role);
	canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, role, text);
}

enum { NAME_ROWS = 3 };

/* Papers are told apart by the end of their names, which the list cuts: the one
 * under the cursor is read in full. */
static void draw_papers(const struct receive *receive, struct canvas *canvas)
{
	int rows = canvas->rows - ROW_PAPERS - 1;
	int below = rows > 6 + NAME_ROWS ? NAME_ROWS : 0;
	struct canvas list = canvas_part(canvas, ROW_PAPERS, 0, rows - below, canvas->cols);
	const struct paper *paper = receive_paper((struct receive *)receive);
	bool here = receive->at == AT_PAPERS;
	list_draw((struct list *)&receive->papers, &list, here);
	if (!here || !below || !paper)
		return;
	struct canvas name = canvas_part(canvas, ROW_PAPERS + rows - below, 2, below,
	                                 canvas->cols - 3);
	canvas_lines(&name, 0, 0, name.cols, ROLE_DIM, paper->name);
}

void receive_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct receive *receive = screen->state;
	for (int i = 0; i < FIELDS; i++)
		draw_field(receive, canvas, i);
	draw_marks(receive, canvas);
	if (receive->at == AT_PROCEDURE && receive->searching) {
		draw_matches(receive, canvas);
		return;
	}
	draw_route(receive, canvas);
	draw_due(receive, canvas);
	draw_fees(receive, canvas);
	draw_rule(receive, canvas);
	if (receive->r.procedure)
		draw_papers(receive, canvas);
	draw_hint(receive, canvas);
}
