/* SPDX-License-Identifier: Apache-2.0
 *
 *  xã Núi Cấm                     LẤY SỐ THỨ TỰ                           09:41
 *
 *   Mời bấm số hoặc chạm vào việc cần làm:
 *
 *  ┌──────────────────────────────────┐  ┌──────────────────────────────────┐
 *  │ 1   Hộ tịch                      │  │ 4   Người có công …              │
 *  │     đang chờ 3 · Quầy 1, Quầy 3  │  │     đang chờ 0                   │
 *  └──────────────────────────────────┘  └──────────────────────────────────┘
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/figure.h"
#include "tui/kiosk_own.h"

enum { TOP = 4, BOTTOM = 2, BOX_MOST = 7 };

/* ---- what may be pressed ---- */

static void add(struct kiosk_option *options, int *count, int choice, const char *label)
{
	options[*count] = (struct kiosk_option){ .key = (char)('1' + *count), .choice = choice, .label = label };
	++*count;
}

static int series_options(const struct kiosk *k, struct kiosk_option *options)
{
	const struct kiosk_known *known = &k->known;
	bool paged = known->series_count > KIOSK_OPTIONS - 1;
	int most = paged ? KIOSK_OPTIONS - 2 : KIOSK_OPTIONS - 1, count = 0;
	int pages = (known->series_count + most - 1) / most;
	for (int i = pages ? k->page % pages * most : 0; i < known->series_count && count < most; i++) {
		const struct known_series *one = &known->series[i];
		add(options, &count, i, one->name);
		char *note = options[count - 1].note;
		size_t room = sizeof options[0].note;
		if (!k->up)
			snprintf(note, room, "%s", one->counters);
		else if (!one->open)
			snprintf(note, room, _("đang chờ %d · quầy chưa mở"), one->waiting);
		else
			snprintf(note, room, _("đang chờ %d · %s"), one->waiting, one->counters);
	}
	if (paged)
		add(options, &count, CHOICE_MORE, _("Việc khác…"));
	if (known->series_count)
		add(options, &count, CHOICE_BOOKING, _("Tôi có mã hẹn"));
	return count;
}

static int group_options(const struct kiosk *k, struct kiosk_option *options)
{
	int count = 0;
	add(options, &count, CHOICE_NONE, _("Không, tôi lấy số thường"));
	for (int i = 0; i < k->known.group_count && count < KIOSK_OPTIONS - 1; i++)
		add(options, &count, i, k->known.groups[i].name);
	add(options, &count, CHOICE_BACK, _("Quay lại"));
	return count;
}

int kiosk_options(const struct kiosk *k, struct kiosk_option options[KIOSK_OPTIONS])
{
	int count = 0;
	switch (k->step) {
	case STEP_CHOOSE: return series_options(k, options);
	case STEP_GROUP: return group_options(k, options);
	case STEP_BOOKING:
		add(options, &count, CHOICE_BACK, _("Quay lại"));
		options[0].key = '\0'; /* digits are the code's */
		return count;
	default: return 0;
	}
}

/* Two columns of equal boxes; where the nth is. */
struct box {
	int row, col, rows, cols;
};
static struct box box_of(int nth, int count, int rows, int cols)
{
	int lines = (count + 1) / 2, room = rows - TOP - BOTTOM;
	int tall = lines ? room / lines : room;
	tall = tall > BOX_MOST ? BOX_MOST : tall < 1 ? 1 : tall;
	int wide = (cols - 3) / 2;
	return (struct box){ TOP + nth % lines * tall, 1 + nth / lines * (wide + 1), tall, wide };
}

/* The choice of a booked number's screen lies at its foot. */
static struct box place(const struct kiosk *k, int nth, int count, int rows, int cols)
{
	if (k->step == STEP_BOOKING)
		return (struct box){ rows - BOTTOM - 4, 1, 3, (cols - 3) / 2 };
	return box_of(nth, count, rows, cols);
}

int kiosk_option_at(const struct kiosk *k, int row, int col)
{
	struct kiosk_option options[KIOSK_OPTIONS];
	const struct surface *surface = k->screen->desk->surface;
	int count = kiosk_options(k, options);
	for (int i = 0; i < count; i++) {
		struct box b = place(k, i, count, surface_rows(surface), surface_cols(surface));
		if (row >= b.row && row < b.row + b.rows && col >= b.col && col < b.col + b.cols)
			return i;
	}
	return -1;
}

static void draw_box(const struct kiosk_option *option, struct canvas *part)
{
	struct canvas inside = part->rows >= 4 ? canvas_frame(part, ROLE_FRAME, NULL) : *part;
	if (part->rows == 3) { /* a rule above is enough where there is no room */
		canvas_rule(part, 0, ROLE_FRAME);
		inside = canvas_part(part, 1, 0, 2, part->cols);
	}
	int row = inside.rows >= 4 ? 1 : 0;
	if (option->key) {
		char key[2] = { option->key, '\0' };
		canvas_text(&inside, row, 0, ROLE_KEY, " ");
		canvas_text(&inside, row, 1, ROLE_KEY, key);
		canvas_text(&inside, row, 2, ROLE_KEY, " ");
	}
	int used = canvas_lines(&inside, row, 5, inside.cols - 5, ROLE_HEAD, option->label);
	canvas_cell(&inside, row + (used < inside.rows - row ? used : inside.rows), 5, inside.cols - 5, ROLE_DIM, option->note);
}

static void draw_options(const struct kiosk *k, struct canvas *canvas, const char *question)
{
	struct kiosk_option options[KIOSK_OPTIONS];
	int count = kiosk_options(k, options);
	canvas_lines(canvas, 2, 2, canvas->cols - 4, ROLE_LABEL, question);
	for (int i = 0; i < count; i++) {
		struct box b = place(k, i, count, canvas->rows, canvas->cols);
		struct canvas part = canvas_part(canvas, b.row, b.col, b.rows, b.cols);
		draw_box(&options[i], &part);
	}
}

/* ---- the other steps ---- */

static void draw_booking(const struct kiosk *k, struct canvas *canvas)
{
	char shown[4 * CODE_DIGITS + 1] = "";
	size_t n = strlen(k->code);
	draw_options(k, canvas, _("Mời gõ 6 chữ số của mã hẹn:"));
	/* Who stands behind reads no code: the last digit alone is seen. */
	for (size_t i = 0; i < CODE_DIGITS; i++)
		strcat(shown, i + 1 < n ? "•" : i + 1 == n ? (char[]){ k->code[n - 1], '\0' } : "_");
	canvas_text(canvas, canvas->rows / 3, 6, ROLE_FOCUS, " ");
	canvas_text(canvas, canvas->rows / 3, 7, ROLE_FOCUS, shown);
	canvas_text(canvas, canvas->rows / 3, 7 + CODE_DIGITS, ROLE_FOCUS, " ");
}

static void draw_print(const struct kiosk *k, struct canvas *canvas, int row)
{
	const struct kiosk_print *print = k->printing < 0 ? NULL : &k->prints[k->printing];
	if (print && !print->over)
		canvas_text(canvas, row, 2, ROLE_DIM, _("Đang in phiếu…"));
	else if (!print || print->job.result == CARRIED_NOT)
		canvas_text(canvas, row, 2, ROLE_ERROR, _("! Không in được phiếu: mời nhớ số này hoặc chụp lại màn hình."));
	else
		canvas_text(canvas, row, 2, ROLE_GOOD, _("Mời cầm phiếu."));
}

static void draw_done(const struct kiosk *k, struct canvas *canvas)
{
	const struct kiosk_ticket *t = &k->ticket;
	int scale = figure_scale(t->number, canvas->rows / 2, canvas->cols - 8), row = 4;
	canvas_text(canvas, 2, 2, ROLE_LABEL, t->again ? _("Ông/bà đã có số này, đang chờ gọi:") : _("Số của ông/bà:"));
	if (scale && figure_may(t->number)) {
		figure_draw(canvas, row, (canvas->cols - figure_cols(t->number, scale)) / 2, scale, ROLE_HEAD, t->number);
		row += figure_rows(scale) + 1;
	} else {
		canvas_text(canvas, row++, 4, ROLE_HEAD, t->number);
	}
	canvas_text(canvas, ++row, 2, ROLE_TEXT, t->name);
	if (*t->priority)
		canvas_format(canvas, ++row, 2, ROLE_TEXT, _("Ưu tiên: %s"), t->priority);
	if (*t->counters)
		canvas_text(canvas, ++row, 2, ROLE_TEXT, t->counters);
	if (t->slot != MOMENT_NONE) {
		struct clock at = moment_clock(t->slot);
		canvas_format(canvas, ++row, 2, ROLE_TEXT, _("Đã hẹn lúc %02d:%02d"), at.hour, at.minute);
	} else if (t->before >= 0) {
		canvas_format(canvas, ++row, 2, ROLE_TEXT, _("Số người chờ trước: khoảng %d"), t->before);
	}
	draw_print(k, canvas, row + 2);
}

static void draw_foot(const struct kiosk *k, struct canvas *canvas)
{
	int row = canvas->rows - 1;
	if (*k->trouble)
		canvas_format(canvas, row, 1, ROLE_ERROR, "! %s", k->trouble);
	else if (*k->person)
		canvas_text(canvas, row, 1, ROLE_GOOD, _("Đã đọc thẻ: mỗi người một số."));
	else if (!k->up && k->known.series_count)
		canvas_text(canvas, row, 1, ROLE_WARN, _("→ Máy chủ đang mất kết nối: vẫn lấy số được, số bắt đầu từ 901."));
	else if (!k->up)
		canvas_text(canvas, row, 1, ROLE_WARN, _("→ Đang nối với máy chủ…"));
	else if (k->step == STEP_CHOOSE)
		canvas_text(canvas, row, 1, ROLE_DIM, _("Mỗi người một số. Có thể đưa mã QR trên thẻ căn cước vào máy quét."));
}

static void draw_top(const struct kiosk *k, struct canvas *canvas)
{
	struct clock now = moment_clock(desk_now(k->screen->desk));
	const char *head = k->known.practice ? _("LẤY SỐ THỨ TỰ · TẬP DUYỆT") : _("LẤY SỐ THỨ TỰ");
	canvas_fill(canvas, 0, 0, 1, canvas->cols, ROLE_TITLE);
	canvas_text(canvas, 0, 1, ROLE_TITLE, k->known.unit_name);
	canvas_text(canvas, 0, (canvas->cols - canvas_fit(head, canvas->cols, NULL)) / 2, ROLE_TITLE, head);
	canvas_format(canvas, 0, canvas->cols - 7, ROLE_TITLE, "%02d:%02d", now.hour, now.minute);
}

void kiosk_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct kiosk *k = screen->state;
	draw_top(k, canvas);
	switch (k->step) {
	case STEP_CHOOSE:
		draw_options(k, canvas, k->known.series_count ? _("Mời bấm số hoặc chạm vào việc cần làm:")
		                        : k->up ? _("Đơn vị chưa mở hàng đợi nào: mời hỏi cán bộ hướng dẫn.") : "");
		break;
	case STEP_GROUP:
		draw_options(k, canvas, _("Ông/bà có thuộc nhóm được ưu tiên nào sau đây không?"));
		break;
	case STEP_BOOKING: draw_booking(k, canvas); break;
	case STEP_TAKING: canvas_text(canvas, canvas->rows / 3, 4, ROLE_TEXT, _("Đang lấy số…")); break;
	case STEP_DONE: draw_done(k, canvas); break;
	case STEP_SORRY: canvas_lines(canvas, canvas->rows / 3, 4, canvas->cols - 8, ROLE_WARN, k->sorry); break;
	case STEP_LEAVE:
		canvas_text(canvas, canvas->rows / 3, 4, ROLE_LABEL, _("Mật khẩu của máy lấy số để thoát (Esc: quay lại):"));
		for (size_t i = 0; i < strlen(k->typed) && (int)i < canvas->cols - 8; i++)
			canvas_text(canvas, canvas->rows / 3 + 2, 4 + (int)i, ROLE_FOCUS, "•");
		break;
	}
	draw_foot(k, canvas);
}
