/* SPDX-License-Identifier: Apache-2.0
 *
 *  CHUYỂN VỀ HỆ THỐNG CỦA TỈNH              Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *   Mã hồ sơ              Chủ hồ sơ             Người xin          Tình trạng
 * > H01.999-261120-0007   Nguyễn Thị Hồng       Lê Thị Mận         ! chờ duyệt
 *  …
 *   20/11/2026 09:41 · Hệ thống tập trung của Bộ Tư pháp ngừng từ 08:12: HTTP 503
 *   Người dân cần gấp
 *  F1 Giúp  F6 Đồng ý  F7 Không  Enter Mở  Esc Về
 */
#include <string.h>

#include "core/base/say.h"
#include "core/store/ways.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fallback.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/program.h"

enum { MOST = 200, REASON_ROWS = 5 };

struct requests {
	struct list list;
	const struct fallback_row *rows;
	struct fresh fresh;
	struct fallbacks_ask ask;
	struct act_ask act;
	int64_t deciding;
};

static const char *state_of(const struct fallback_row *row, enum role *role)
{
	if (strcmp(row->state, "asked") == 0) {
		*role = ROLE_WARN;
		return _("! chờ duyệt");
	}
	*role = ROLE_DIM;
	return strcmp(row->state, "done") == 0 ? _("đã chuyển") : _("không duyệt");
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct fallback_row *request = &((const struct requests *)owner)->rows[row];
	switch (column) {
	case 0: out->text = request->code; break;
	case 1:
		out->text = request->owner_name;
		out->role = ROLE_PERSON;
		break;
	case 2: out->text = request->asked_by; break;
	default: out->text = state_of(request, &out->role); break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct requests *)owner)->rows[row].fallback_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Chủ hồ sơ"), .width = 0 },
	{ .head = N_("Người xin"), .width = 18 },
	{ .head = N_("Tình trạng"), .width = 13 },
	{ 0 },
};

static void on_read(struct fallbacks_ask *ask, const struct fallback_row *rows, int count,
                    const struct error *err)
{
	struct requests *r = ask->owner;
	if (fresh_came(&r->fresh, err)) {
		r->rows = rows;
		list_set_count(&r->list, count);
	}
	fresh_taken(&r->fresh);
}

static void read_now(struct screen *screen)
{
	struct requests *r = screen->state;
	r->ask = (struct fallbacks_ask){ .done = on_read, .into = &r->fresh.coming, .owner = r };
	fallbacks_read(duty_store(duty_of(screen)), &screen->scope, &r->ask, MOST);
}

static void requests_open(struct screen *screen, const void *argument)
{
	struct requests *r = screen->state;
	screen->status = _("Enter: mở hồ sơ.");
	(void)argument;
	r->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = r,
		.empty = N_("Chưa ai xin chuyển hồ sơ về hệ thống của tỉnh.") };
	fresh_open(&r->fresh, screen, read_now);
}

static void requests_close(struct screen *screen)
{
	fresh_close(&((struct requests *)screen->state)->fresh);
}

static const struct fallback_row *here(const struct requests *r)
{
	return r->list.count ? &r->rows[r->list.at] : NULL;
}

static void requests_draw(const struct screen *screen, struct canvas *canvas)
{
	struct requests *r = screen->state;
	char at[32];
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - REASON_ROWS - 1, canvas->cols);
	fresh_list(&r->fresh, &r->list, &rows, true);
	const struct fallback_row *row = here(r);
	if (!row)
		return;
	struct canvas below = canvas_part(canvas, canvas->rows - REASON_ROWS, 1, REASON_ROWS, canvas->cols - 2);
	int line = 0;
	canvas_format(&below, line++, 0, ROLE_DIM, "%s · %s", moment_write(row->asked_at, at, sizeof at), row->from_name);
	line += canvas_lines(&below, line, 0, below.cols, ROLE_TEXT, row->cause);
	if (line < below.rows)
		line += canvas_lines(&below, line, 0, below.cols, ROLE_WARN, row->reason);
	if (*row->decided_by && line < below.rows)
		canvas_format(&below, line, 0, ROLE_DIM, "%s · %s%s%s", moment_write(row->decided_at, at, sizeof at),
		              row->decided_by, *row->note ? ": " : "", row->note);
}

static bool requests_handle(struct screen *screen, const struct event *event)
{
	struct requests *r = screen->state;
	if (list_handle(&r->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || !here(r))
		return false;
	int64_t id = here(r)->dossier_id;
	screen_push(screen->desk, &dossier_screen, &id);
	return true;
}

/* ---- a supervisor's word ---- */

static void on_decided(struct act_ask *ask, int version, const struct error *err)
{
	struct requests *r = ask->owner;
	(void)version;
	if (err)
		ask_refused(r->fresh.screen, err);
	else
		desk_say(r->fresh.screen->desk, FAULT_NONE, "%s", _("Đã ghi quyết định."));
	fresh_read(&r->fresh);
}

static void decide(struct requests *r, bool approve, const char *note)
{
	r->act = (struct act_ask){ .done = on_decided, .owner = r };
	fallback_decide(duty_store(duty_of(r->fresh.screen)), &r->fresh.screen->scope, &r->act, r->deciding, approve, note);
}

static bool may_decide(const struct screen *screen)
{
	const struct fallback_row *row = here(screen->state);
	return duty_of(screen)->facts->is_supervisor && row && strcmp(row->state, "asked") == 0;
}

static void on_yes(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (yes)
		decide(screen->state, true, "");
}

static void run_yes(struct screen *screen)
{
	struct requests *r = screen->state;
	r->deciding = here(r)->fallback_id;
	ask_yes(screen, _("Làm tiếp hồ sơ này trên hệ thống của tỉnh? Hệ thống cũ được giữ lại, ngày hẹn không đổi."), false, on_yes, NULL);
}

static void on_no(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		decide(screen->state, false, text);
}

static const char *check_note(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi vì sao không đồng ý.");
}

static void run_no(struct screen *screen)
{
	struct requests *r = screen->state;
	r->deciding = here(r)->fallback_id;
	ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao không đồng ý?"), .max = 500, .check = check_note }, on_no, NULL);
}

static const struct action actions[] = {
	{ "fallback-yes", "F6", N_("Đồng ý"), N_("Đồng ý chuyển hồ sơ về hệ thống của tỉnh."), may_decide, run_yes },
	{ "fallback-no", "F7", N_("Không"), N_("Không đồng ý, ghi vì sao."), may_decide, run_no },
	{ 0 },
};

const struct screen_kind fallback_list_screen = {
	.name = "fallbacks",
	.title = N_("CHUYỂN VỀ HỆ THỐNG CỦA TỈNH"),
	.help = N_("Hồ sơ mà hệ thống của bộ ngừng hoặc từ chối, xin làm tiếp trên hệ thống của tỉnh. Người phụ trách quyết định.\n"
	           "Tin gửi hệ thống cũ được giữ lại chứ không xoá; hai số hồ sơ đều giữ; ngày hẹn không đổi."),
	.actions = actions,
	.size = sizeof(struct requests),
	.open = requests_open,
	.draw = requests_draw,
	.handle = requests_handle,
	.close = requests_close,
};
