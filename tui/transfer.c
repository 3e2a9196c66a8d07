/* SPDX-License-Identifier: Apache-2.0
 *
 *  CHUYỂN KHOẢN                              Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  █▀▀▀▀▀█ ▀▄█ ▄ █▀▀▀▀▀█    Số tiền        58.000 đồng
 *  █ ███ █ ▄▀▄█▀ █ ███ █    Tài khoản      0029990001234
 *  █ ▀▀▀ █ █ ▀▄▀ █ ▀▀▀ █    …
 *  F1 Giúp  F4 Đảo màu  F9 In phiếu  Esc Về
 */
#include "tui/transfer.h"

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/vietqr.h"
#include "core/store/money.h"
#include "core/store/seal.h"
#include "printers/qr.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/print.h"

struct transfer {
	int64_t id;
	struct transfer_ask ask, shown;
	struct issue_ask issue;
	struct arena memory;
	struct transfer_row row;
	struct qr qr;
	struct error why;      /* no code can be made */
	bool read, turned;     /* turned: a light screen without colours */
	struct screen *screen;
};

static void on_shown(struct transfer_ask *ask, const struct transfer_row *row, const struct error *err)
{
	(void)ask, (void)row;
	if (err)
		log_error("noting that a transfer was shown", err);
}

static bool make_code(struct transfer *t)
{
	struct vietqr v = { t->row.bin, t->row.account, t->row.amount, t->row.code };
	const char *text;
	if (!t->row.amount)
		return fail(&t->why, FAULT_INPUT, "%s", _("Hồ sơ này không còn khoản nào phải nộp."));
	if (!*t->row.account)
		return fail(&t->why, FAULT_INPUT, "%s", _("Chưa có tài khoản của đơn vị. Người quản trị nạp bank_accounts.tsv."));
	return vietqr_write(&t->memory, &v, &text, &t->why) && qr_make_light(&t->memory, text, &t->qr, &t->why);
}

static void on_read(struct transfer_ask *ask, const struct transfer_row *row, const struct error *err)
{
	struct transfer *t = OWNER_OF(ask, struct transfer, ask);
	struct duty *duty = duty_of(t->screen);
	t->read = true;
	if (err) {
		t->why = *err;
	} else {
		t->row = *row;
		if (make_code(t)) {
			t->shown = (struct transfer_ask){ .done = on_shown, .into = &t->memory };
			transfer_shown(duty_store(duty), &duty->scope, &t->shown, t->id, t->row.amount);
		}
	}
	screen_dirty(t->screen);
}

static void transfer_open(struct screen *screen, const void *argument)
{
	struct transfer *t = screen->state;
	t->screen = screen;
	t->id = *(const int64_t *)argument;
	t->ask = (struct transfer_ask){ .done = on_read, .into = &t->memory };
	transfer_read(duty_store(duty_of(screen)), &screen->scope, &t->ask, t->id);
}

static void transfer_close(struct screen *screen)
{
	struct transfer *t = screen->state;
	arena_free(&t->memory);
}

/* Outside the code it is light: the quiet zone. */
static bool dark(const struct transfer *t, int x, int y)
{
	bool inside = x >= 0 && y >= 0 && x < t->qr.size && y < t->qr.size;
	return (inside && t->qr.dark[y * t->qr.size + x]) != t->turned;
}

/* Two modules a cell; at least two light ones around, four where there is room. */
static void draw_code(const struct transfer *t, struct canvas *canvas)
{
	static const char *const halves[] = { " ", "▄", "▀", "█" };
	int quiet = (canvas->rows * 2 - t->qr.size) / 2;
	quiet = quiet > QR_QUIET ? QR_QUIET : quiet;
	if (quiet < 2 || t->qr.size + 2 * QR_QUIET > canvas->cols) {
		canvas_lines(canvas, 1, 1, canvas->cols - 2, ROLE_TEXT,
		             _("Màn hình thấp quá để vẽ mã. Phóng to cửa sổ, hoặc in phiếu (F9)."));
		return;
	}
	int rows = (t->qr.size + 2 * quiet + 1) / 2;
	for (int row = 0; row < rows; row++)
		for (int col = 0; col < t->qr.size + 2 * QR_QUIET; col++) {
			int x = col - QR_QUIET, y = 2 * row - quiet;
			canvas_text(canvas, row, col, ROLE_CODE, halves[2 * dark(t, x, y) + dark(t, x, y + 1)]);
		}
}

static void draw_words(const struct transfer *t, struct canvas *canvas)
{
	struct arena arena = { 0 };
	const struct {
		const char *label, *text;
	} lines[] = { { _("Số tiền"), arena_format(&arena, _("%s đồng"), text_money(&arena, t->row.amount)) },
		      { _("Nội dung"), t->row.code }, { _("Số tài khoản"), t->row.account },
		      { _("Chủ tài khoản"), t->row.holder }, { _("Ngân hàng"), t->row.bank } };
	int row = 1;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		canvas_text(canvas, row, 1, ROLE_LABEL, lines[i].label);
		row += 1 + canvas_lines(canvas, row + 1, 1, canvas->cols - 2, ROLE_TEXT, lines[i].text);
	}
	canvas_lines(canvas, row + 1, 1, canvas->cols - 2, ROLE_DIM,
	             _("Quét xong chưa phải là đã nộp: xác nhận khi tiền về tài khoản."));
	arena_free(&arena);
}

static void transfer_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct transfer *t = screen->state;
	if (!t->read || t->why.fault) {
		canvas_lines(canvas, 1, 1, canvas->cols - 2, t->read ? ROLE_ERROR : ROLE_DIM,
		             t->read ? t->why.say : _("Đang đọc hồ sơ…"));
		return;
	}
	int wide = t->qr.size + 2 * QR_QUIET;
	struct canvas words = canvas_part(canvas, 0, wide + 1, canvas->rows, canvas->cols - wide - 1);
	draw_code(t, canvas);
	draw_words(t, &words);
}

static bool transfer_handle(struct screen *screen, const struct event *event)
{
	if (!event_is(event, K_ESC, 0) && !event_is(event, K_ENTER, 0))
		return false;
	screen_pop(screen);
	return true;
}

static void run_turn(struct screen *screen)
{
	struct transfer *t = screen->state;
	t->turned = !t->turned;
	screen_dirty(screen);
}

static void on_issued(struct issue_ask *ask, int64_t paper_id, const struct error *err)
{
	struct transfer *t = ask->owner;
	if (err)
		desk_tell(t->screen->desk, err);
	else
		print_start(duty_of(t->screen), paper_id);
}

static bool may_print(const struct screen *screen)
{
	const struct transfer *t = screen->state;
	return t->read && t->row.amount > 0 && !t->issue.ask.slot;
}

static void run_print(struct screen *screen)
{
	struct transfer *t = screen->state;
	t->issue = (struct issue_ask){ .done = on_issued, .owner = t };
	seal_uuid(t->issue.request_id);
	paper_issue(duty_store(duty_of(screen)), &screen->scope, &t->issue, "payment", t->id);
}

static const struct action actions[] = {
	{ "transfer-turn", "F4", N_("Đảo màu"), N_("Đổi sáng tối của mã: khi màn hình nền sáng không có màu."), NULL, run_turn },
	{ "transfer-print", "F9", N_("In phiếu"), N_("In phiếu hướng dẫn nộp phí có mã VietQR."), may_print, run_print },
	{ 0 },
};

const struct screen_kind transfer_screen = {
	.name = "transfer",
	.title = N_("CHUYỂN KHOẢN"),
	.help = N_("Công dân quét mã VietQR bằng ứng dụng ngân hàng: số tiền, tài khoản và mã hồ sơ có sẵn trong mã.\n"
	           "Chương trình chỉ ghi rằng đã đưa mã; đã nộp hay chưa do người xác nhận khi tiền về tài khoản."),
	.actions = actions,
	.size = sizeof(struct transfer),
	.open = transfer_open,
	.draw = transfer_draw,
	.handle = transfer_handle,
	.close = transfer_close,
};
