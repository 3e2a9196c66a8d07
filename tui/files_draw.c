/* SPDX-License-Identifier: Apache-2.0
 *
 *  CHỌN TỆP                                Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  /media/man/USB · 12 mục · 2 tệp đã đánh dấu
 *  Lọc theo tên:
 *
 *     Tên                                              Trang       Cỡ Lúc
 *     ho-so/                                                          20/11/2026 09:12
 *  >■ to-khai.pdf                                                812 KB 20/11/2026 09:30
 *  F1 Giúp F5 Trang F6 Nơi khác F9 Lấy
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/files_own.h"
#include "tui/inbox.h"

enum { HEAD_ROWS = 3 };

static const struct file_row *row_at(const struct files *files, int row)
{
	return &files->rows[files->visible[row]];
}

static void write_size(int64_t size, char *out, size_t room)
{
	if (size < 1000 * 1024)
		snprintf(out, room, "%lld KB", (long long)(size + 1023) / 1024);
	else
		snprintf(out, room, "%lld,%lld MB", (long long)(size >> 20), (long long)(size * 10 >> 20) % 10);
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[400];
	const struct file_row *file = row_at(owner, row);
	const struct folder_entry *entry = &file->entry;
	out->text = text;
	*text = '\0';
	switch (column) {
	case 0:
		out->text = file->marked ? "■" : " ";
		break;
	case 1:
		snprintf(text, sizeof text, "%s%s", file->shown, entry->folder ? "/" : "");
		out->role = entry->folder ? ROLE_LABEL : ROLE_PERSON; /* a name of a file may be a person's */
		break;
	case 2:
		if (entry->pages)
			snprintf(text, sizeof text, "%d", entry->pages);
		break;
	case 3:
		if (!entry->folder)
			write_size(entry->size, text, sizeof text);
		break;
	default:
		moment_write(entry->time / 1000000000, text, sizeof text);
		break;
	}
}

static const struct list_column columns[] = {
	{ .head = " ", .width = 1 },
	{ .head = N_("Tên"), .width = 0 },
	{ .head = N_("Trang"), .width = 5, .right = true },
	{ .head = N_("Cỡ"), .width = 9, .right = true },
	{ .head = N_("Lúc"), .width = 16 },
	{ 0 },
};

void files_list_start(struct files *files)
{
	files->list = (struct list){ .columns = columns, .cell = cell, .owner = files,
		.empty = files->inbox ? N_("Chưa có tệp nào từ máy quét mạng. Quét trên máy ấy, tệp tự hiện ở đây.")
				      : N_("Không có tệp nào như vậy ở đây.") };
}

static void draw_head(const struct files *files, struct canvas *canvas)
{
	const struct folder_watch *watch = files->inbox ? inbox_look(duty_of(files->screen)) : NULL;
	int marked = 0;
	for (size_t i = 0; i < files->count; i++)
		marked += files->rows[i].marked;
	if (watch && watch->away)
		canvas_text(canvas, 0, 1, ROLE_WARN, watch->why.say);
	else if (files->reading)
		canvas_text(canvas, 0, 1, ROLE_TEXT, _("Đang mở thư mục…"));
	else if (files->here && marked)
		canvas_format(canvas, 0, 1, ROLE_TEXT, _("%d tệp đã đánh dấu · %s"), marked, files->here);
	else if (files->here)
		canvas_format(canvas, 0, 1, ROLE_TEXT, files->more ? _("Hơn %d mục · %s") : _("%d mục · %s"),
		              (int)files->count, files->here);
}

void files_draw(const struct screen *screen, struct canvas *canvas)
{
	struct files *files = screen->state;
	const char *label = _("Lọc theo tên:");
	draw_head(files, canvas);
	int col = 2 + canvas_text(canvas, 1, 1, ROLE_LABEL, label);
	struct canvas body = canvas_part(canvas, HEAD_ROWS, 0, canvas->rows - HEAD_ROWS, canvas->cols);
	list_draw(&files->list, &body, false);
	field_draw(&files->query, canvas, 1, col, canvas->cols - col - 1, true);
}
