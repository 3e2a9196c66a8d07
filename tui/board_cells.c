/* SPDX-License-Identifier: Apache-2.0
 *
 * How the lines of the board read. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/board_own.h"
#include "tui/desk.h"
#include "tui/sync_words.h"

/*        key of board()    what the supervisor reads            bad when not 0 */
#define DOSSIERS(X)                                                                 \
	X("received_today",  N_("Tiếp nhận hôm nay"),             ROLE_TEXT)         \
	X("filings",         N_("Trực tuyến chờ tiếp nhận"),      ROLE_TEXT)         \
	X("filings_late",    N_("Trực tuyến quá hạn kiểm tra"),   ROLE_LATE)         \
	X("in_hand",         N_("Đang giải quyết"),               ROLE_TEXT)         \
	X("due_today",       N_("Đến hạn hôm nay"),               ROLE_WARN)         \
	X("late",            N_("Quá hạn"),                       ROLE_LATE)         \
	X("finished_today",  N_("Xong hôm nay"),                  ROLE_TEXT)         \
	X("to_hand_over",    N_("Xong, chờ trả công dân"),        ROLE_TEXT)
#define TASKS(X)                                                                    \
	X("forecast",        N_("Dự báo trễ đến cuối ngày"),      ROLE_WARN)         \
	X("waiting_to_send", N_("Chờ gửi đi"),                    ROLE_WARN)         \
	X("silent",          N_("Hệ thống chưa trả lời quá lâu"), ROLE_WARN)         \
	X("problems",        N_("Vướng mắc cần xử lý"),           ROLE_ERROR)        \
	X("supplements_over", N_("Công dân quá hạn bổ sung"),     ROLE_WARN)         \
	X("on_paper",        N_("Giấy tờ chưa số hóa"),           ROLE_WARN)         \
	X("accounts",        N_("Tài khoản còn thiếu"),           ROLE_WARN)         \
	X("difficulties",    N_("Phiếu vướng mắc chưa xong"),     ROLE_WARN)

struct figure {
	const char *key, *label;
	enum role role;
};
#define X(key, label, role) { key, label, role },
static const struct figure dossiers[] = { DOSSIERS(X) };
static const struct figure tasks[] = { TASKS(X) };
#undef X
enum { DOSSIER_COUNT = sizeof dossiers / sizeof *dossiers, TASK_COUNT = sizeof tasks / sizeof *tasks };

static const struct figure *figure_at(enum board_pane pane, int row)
{
	return pane == PANE_DOSSIERS ? &dossiers[row] : &tasks[row];
}

const char *board_figure_label(enum board_pane pane, int row)
{
	return _(figure_at(pane, row)->label);
}

const char *board_figure_key(enum board_pane pane, int row)
{
	return figure_at(pane, row)->key;
}

static void figure_cell(const struct board_view *view, enum board_pane pane, int row, int column, struct list_cell *out)
{
	static char text[24];
	const struct figure *figure = figure_at(pane, row);
	if (column == 0) {
		out->text = _(figure->label);
		return;
	}
	int value = board_figure(&view->board, figure->key);
	if (strcmp(figure->key, "forecast") == 0) {
		value = board_forecast_late(view);
		snprintf(text, sizeof text, view->forecast ? "≈ %d,%d" : "…", value / 10, value % 10);
		out->text = text;
		out->role = value > 0 ? ROLE_WARN : ROLE_TEXT;
		return;
	}
	bool alarm = view->known && value > 0 && figure->role != ROLE_TEXT;
	bool bad = figure->role == ROLE_LATE || figure->role == ROLE_ERROR;
	snprintf(text, sizeof text, !view->known ? "…" : alarm && bad ? "! %d" : "%d", value);
	out->text = text;
	out->role = alarm ? figure->role : ROLE_TEXT;
}

static void dossier_cell(void *owner, int row, int column, struct list_cell *out)
{
	figure_cell(owner, PANE_DOSSIERS, row, column, out);
}

static void task_cell(void *owner, int row, int column, struct list_cell *out)
{
	figure_cell(owner, PANE_TASKS, row, column, out);
}

static void number(struct list_cell *out, int value, enum role role)
{
	static char text[16];
	snprintf(text, sizeof text, "%d", value);
	out->text = text;
	out->role = value == 0 ? ROLE_DIM : role;
}

/* ---- hours ---- */

/* A bar of blocks, of "#" where the terminal's font or paper is poor. */
static void bar(const struct board_view *view, int value, int most, struct list_cell *out)
{
	static char text[3 * 60 + 1];
	const char *theme = view->screen->desk->theme.name;
	bool plain = strcmp(theme, "mono") == 0 || strcmp(theme, "linux") == 0;
	int columns = most > 0 ? (value * 40 + most - 1) / most : 0;
	size_t n = 0;
	for (int i = 0; i < columns; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s", plain ? "#" : "█");
	text[n] = '\0';
	out->text = text;
	out->role = ROLE_GOOD;
}

static void hour_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[24];
	const struct board_view *view = owner;
	const struct board_line *line = &view->board.lines[BOARD_HOUR][row];
	int most = 0;
	for (int i = 0; i < view->board.count[BOARD_HOUR]; i++)
		most = view->board.lines[BOARD_HOUR][i].n[0] > most ? view->board.lines[BOARD_HOUR][i].n[0] : most;
	if (column == 0) {
		snprintf(text, sizeof text, _("%s giờ"), line->key);
		out->text = text;
	} else if (column == 1) {
		number(out, line->n[0], ROLE_TEXT);
	} else {
		bar(view, line->n[0], most, out);
	}
}

/* ---- who holds it ---- */

char *board_who(const char *who, const char *words, char *out, size_t room)
{
	static const struct {
		const char *who, *label;
	} labels[] = {
		{ "citizen", N_("Công dân bổ sung giấy tờ") },  { "payment", N_("Công dân nộp tiền") },
		{ "refused", N_("%s từ chối, cần sửa") },        { "unsent", N_("Chưa gửi được tới %s") },
		{ "system", N_("%s đang giải quyết") },          { "desk", N_("Tại đây: %s") },
		{ "room", N_("%s đang giải quyết") },            { "agency", N_("%s đang giải quyết") },
	};
	*out = '\0';
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		const char *label = _(labels[i].label), *gap = strstr(label, "%s");
		if (strcmp(labels[i].who, who) != 0)
			continue;
		snprintf(out, room, "%.*s%s%s", gap ? (int)(gap - label) : (int)strlen(label), label, gap ? words : "",
		         gap ? gap + 2 : "");
	}
	return out;
}

static void who_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[200];
	const struct board_line *line = &((const struct board_view *)owner)->board.lines[BOARD_WHO][row];
	char who[16];
	snprintf(who, sizeof who, "%.*s", (int)strcspn(line->key, " "), line->key);
	switch (column) {
	case 0: out->text = board_who(who, sync_short_name(line->words), text, sizeof text); break;
	case 1: number(out, line->n[0], ROLE_LATE); break;
	case 2: number(out, line->n[2], ROLE_LATE); break;
	default: number(out, line->n[1], ROLE_WARN); break;
	}
}

/* ---- counters, officers, systems ---- */

/* The last act of a counter, as the trail has it. */
static const char *doing(const char *act)
{
	static char text[64];
	static const struct {
		const char *act, *label;
	} labels[] = {
		{ "hello", N_("vừa đăng nhập") },     { "accept", N_("nhận hồ sơ") },
		{ "view", N_("xem hồ sơ") },          { "find", N_("tìm hồ sơ") },
		{ "act:return", N_("trả kết quả") },  { "act:ask_supplement", N_("yêu cầu bổ sung") },
		{ "act:process", N_("chuyển xử lý") }, { "act:finish", N_("ghi đã có kết quả") },
		{ "act:withdraw", N_("ghi công dân rút hồ sơ") }, { "act:decline", N_("từ chối giải quyết") },
		{ "act:refuse", N_("không tiếp nhận") }, { "person", N_("nhập người nộp") },
		{ "people", N_("tìm người nộp") },    { "reveal", N_("xem số giấy tờ") },
		{ "paper", N_("in giấy") },           { "file", N_("xem tệp") },
		{ "digitise", N_("số hóa giấy tờ") }, { "board", N_("xem bảng điều hành") },
		{ "list", N_("xem danh sách") },
		{ "turn_away:02", N_("yêu cầu bổ sung") }, { "turn_away:03", N_("từ chối hồ sơ") },
		{ "take_up", N_("nhận bổ sung") },
	};
	if (strncmp(act, "called ", 7) == 0 || strncmp(act, "serving ", 8) == 0) {
		snprintf(text, sizeof text, act[0] == 'c' ? _("đang gọi số %s") : _("đang phục vụ số %s"), strchr(act, ' ') + 1);
		return text;
	}
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].act, act) == 0)
			return _(labels[i].label);
	if (strncmp(act, "act:", 4) == 0)
		return _("xử lý hồ sơ");
	return _("làm việc khác");
}

static void counter_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[120], age[32];
	const struct board_view *view = owner;
	const struct board_line *line = &view->board.lines[BOARD_COUNTER][row];
	bool open = line->n[1] > 0;
	switch (column) {
	case 0: out->text = line->words; break;
	case 1:
		out->text = open ? line->more : _("chưa mở");
		out->role = open ? ROLE_TEXT : ROLE_DIM;
		break;
	case 2:
		if (open)
			snprintf(text, sizeof text, _("%s, %s trước"), doing(line->act), sync_age(line->at, view->board.at, age, sizeof age));
		out->text = open ? text : "";
		break;
	default: number(out, line->n[0], ROLE_TEXT); break;
	}
}

static void officer_cell(void *owner, int row, int column, struct list_cell *out)
{
	static const enum role roles[] = { ROLE_TEXT, ROLE_TEXT, ROLE_WARN, ROLE_LATE };
	const struct board_line *line = &((const struct board_view *)owner)->board.lines[BOARD_OFFICER][row];
	if (column == 0)
		out->text = line->words;
	else
		number(out, line->n[column - 1], roles[column - 1]);
}

static void system_cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct board_line *line = &((const struct board_view *)owner)->board.lines[BOARD_SYSTEM][row];
	switch (column) {
	case 0: out->text = sync_short_name(line->words); break;
	case 1:
		out->text = sync_system_text(line->more);
		out->role = sync_system_role(line->more);
		break;
	case 3: number(out, line->n[1], ROLE_ERROR); break;
	default: number(out, line->n[column == 2 ? 0 : 2], ROLE_WARN); break;
	}
}

/* What the day has brought to a series. */
static const int *queue_day(const struct board_view *view, const char *series)
{
	static const int none[4];
	for (int i = 0; i < view->board.count[BOARD_QUEUE_DAY]; i++)
		if (strcmp(view->board.lines[BOARD_QUEUE_DAY][i].key, series) == 0)
			return view->board.lines[BOARD_QUEUE_DAY][i].n;
	return none;
}

static void queue_cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct board_view *view = owner;
	const struct board_line *line = &view->board.lines[BOARD_QUEUE][row];
	switch (column) {
	case 0: out->text = line->key; break;
	case 1: out->text = line->words; break;
	case 5: number(out, line->n[3], ROLE_TEXT); break;
	case 6: number(out, queue_day(view, line->key)[0], ROLE_TEXT); break;
	case 7: number(out, queue_day(view, line->key)[2], ROLE_TEXT); break;
	case 8: number(out, queue_day(view, line->key)[1], ROLE_WARN); break;
	default: number(out, line->n[column - 2], column == 3 ? ROLE_WARN : ROLE_TEXT); break;
	}
}

static const struct list_column figure_columns[] = {
	{ .head = N_("Hồ sơ"), .width = 29 },
	{ .head = NULL, .width = 6, .right = true },
	{ 0 },
}, task_columns[] = {
	{ .head = N_("Việc"), .width = 29 },
	{ .head = NULL, .width = 6, .right = true },
	{ 0 },
}, hour_columns[] = {
	{ .head = N_("Giờ"), .width = 6 },
	{ .head = N_("Nhận"), .width = 5, .right = true },
	{ .head = " ", .width = 0 },
	{ 0 },
}, who_columns[] = {
	{ .head = N_("Ai giữ"), .width = 0 },
	{ .head = N_("quá hạn"), .width = 8, .right = true },
	{ .head = N_("lâu nhất"), .width = 9, .right = true },
	{ .head = N_("còn hôm nay"), .width = 12, .right = true },
	{ 0 },
}, counter_columns[] = {
	{ .head = N_("Quầy"), .width = 10 },
	{ .head = N_("Ai ngồi"), .width = 20 },
	{ .head = N_("Việc gần nhất"), .width = 0 },
	{ .head = N_("nhận"), .width = 5, .right = true },
	{ 0 },
}, officer_columns[] = {
	{ .head = N_("Cán bộ"), .width = 0 },
	{ .head = N_("hôm nay"), .width = 8, .right = true },
	{ .head = N_("đang giữ"), .width = 9, .right = true },
	{ .head = N_("đến hạn"), .width = 8, .right = true },
	{ .head = N_("quá hạn"), .width = 8, .right = true },
	{ 0 },
}, system_columns[] = {
	{ .head = N_("Hệ thống"), .width = 0 },
	{ .head = N_("Tình trạng"), .width = 16 },
	{ .head = N_("chờ gửi"), .width = 8, .right = true },
	{ .head = N_("từ chối"), .width = 8, .right = true },
	{ .head = N_("im lặng"), .width = 8, .right = true },
	{ 0 },
}, forecast_columns[] = {
	{ .head = N_("trễ"), .width = 5, .right = true },
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Hẹn"), .width = 5 },
	{ .head = N_("Ai giữ"), .width = 0 },
	{ .head = N_("cùng loại trễ"), .width = 13, .right = true },
	{ 0 },
}, move_columns[] = {
	{ .head = N_("Việc giúp được nhiều nhất"), .width = 0 },
	{ 0 },
}, queue_columns[] = {
	{ .head = N_("Hàng"), .width = 4 },
	{ .head = N_("Lĩnh vực"), .width = 0 },
	{ .head = N_("chờ"), .width = 4, .right = true },
	{ .head = N_("lâu nhất, phút"), .width = 14, .right = true },
	{ .head = N_("trung vị"), .width = 8, .right = true },
	{ .head = N_("quầy"), .width = 5, .right = true },
	{ .head = N_("xong"), .width = 5, .right = true, .from = 72 },
	{ .head = N_("phục vụ"), .width = 8, .right = true, .from = 72 },
	{ .head = N_("vắng"), .width = 5, .right = true },
	{ 0 },
};

static const struct {
	const struct list_column *columns;
	void (*cell)(void *, int, int, struct list_cell *);
	enum board_part part;
	const char *empty;
} panes[PANE_COUNT] = {
	[PANE_DOSSIERS] = { figure_columns, dossier_cell, BOARD_FIGURE, NULL },
	[PANE_TASKS] = { task_columns, task_cell, BOARD_FIGURE, NULL },
	[PANE_HOURS] = { hour_columns, hour_cell, BOARD_HOUR, N_("Hôm nay chưa nhận hồ sơ nào.") },
	[PANE_WHO] = { who_columns, who_cell, BOARD_WHO, N_("Không có hồ sơ quá hạn hay đến hạn hôm nay.") },
	[PANE_COUNTERS] = { counter_columns, counter_cell, BOARD_COUNTER, N_("Đơn vị chưa có quầy nào.") },
	[PANE_OFFICERS] = { officer_columns, officer_cell, BOARD_OFFICER, NULL },
	[PANE_FORECAST] = { forecast_columns, board_forecast_cell, BOARD_PART_COUNT, N_("Không còn hồ sơ nào đến hạn trong hôm nay.") },
	[PANE_MOVES] = { move_columns, board_move_cell, BOARD_PART_COUNT, N_("Hôm nay không có việc gì phải gỡ.") },
	[PANE_QUEUE] = { queue_columns, queue_cell, BOARD_QUEUE, N_("Đơn vị chưa lập hàng chờ.") },
	[PANE_SYSTEMS] = { system_columns, system_cell, BOARD_SYSTEM, N_("Chưa có tuyến gửi tới hệ thống nào.") },
};

const char *board_pane_title(enum board_pane pane)
{
	static const char *const titles[] = {
#define X(name, title) title,
		BOARD_PANELS(X)
#undef X
	};
	return _(titles[pane - PANE_FIRST]);
}

void board_lists(struct board_view *view)
{
	for (int pane = 0; pane < PANE_COUNT; pane++)
		view->lists[pane] = (struct list){ .columns = panes[pane].columns, .cell = panes[pane].cell, .owner = view,
			.beside = true, .empty = panes[pane].empty };
	list_set_count(&view->lists[PANE_DOSSIERS], DOSSIER_COUNT);
	list_set_count(&view->lists[PANE_TASKS], TASK_COUNT);
}

void board_count(struct board_view *view, const struct board *before)
{
	for (int pane = PANE_FIRST; pane < PANE_COUNT; pane++) {
		enum board_part part = panes[pane].part;
		if (part == BOARD_PART_COUNT)
			continue; /* the forecast's own */
		struct list *list = &view->lists[pane];
		const char *key = list->at < before->count[part] ? before->lines[part][list->at].key : NULL;
		list_set_count(list, view->board.count[part]);
		for (int i = 0; key && i < list->count; i++)
			if (strcmp(view->board.lines[part][i].key, key) == 0)
				list->at = i;
	}
}
