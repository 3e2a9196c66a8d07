/* SPDX-License-Identifier: Apache-2.0
 *
 * What will be late by the evening, and the moves that help most. */
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/board_own.h"
#include "tui/desk.h"
#include "tui/sync_words.h"

/* The day changes slowly; the count takes longer than the board. */
enum { AGAIN_MS = 60000, TRIAL_DAYS = 14, MOVES = 12, FIRST_DOSSIERS = 5, LETTERS = 4 };

int board_forecast_late(const struct board_view *view)
{
	int sum = 0;
	for (int i = 0; i < view->due_count; i++)
		sum += view->forecast[i].chance;
	return (sum + 50) / 100;
}

/* ---- the moves ---- */

static struct board_move *more(struct board_view *view)
{
	return view->move_count < MOVES ? &view->moves[view->move_count++] : NULL;
}

/* Officers with more due today than they usually finish, and who has room for it. */
static void relieve(struct board_view *view, struct arena *arena)
{
	const struct forecast_line *free_one = NULL;
	for (int i = 0; i < view->forecast_count; i++) {
		const struct forecast_line *f = &view->forecast[i];
		if (strcmp(f->part, "officer") == 0 && f->seen_late > f->seen && (!free_one || f->seen_late - f->seen > free_one->seen_late - free_one->seen))
			free_one = f;
	}
	for (int i = 0; i < view->forecast_count; i++) {
		const struct forecast_line *f = &view->forecast[i];
		if (strcmp(f->part, "officer") != 0 || f->seen_late == 0 || f->seen <= f->seen_late)
			continue;
		struct board_move *move = more(view);
		if (!move)
			return;
		const char *to = free_one ? arena_format(arena, _("; chuyển bớt cho %s"), free_one->words) : "";
		*move = (struct board_move){ .kind = "officer_due", .key = f->code,
			.text = arena_format(arena, _("Gỡ việc cho %s: %d hồ sơ đến hạn hôm nay, thường xong %d một ngày%s"), f->words, f->seen, f->seen_late, to) };
	}
}

static void first_ones(struct board_view *view, struct arena *arena)
{
	for (int i = 0, n = 0; i < view->due_count && n < FIRST_DOSSIERS; i++) {
		const struct forecast_line *f = &view->forecast[i];
		bool ours = strcmp(f->who, "desk") == 0 || strcmp(f->who, "room") == 0 || strcmp(f->who, "refused") == 0;
		struct board_move *move = ours && f->chance >= 100 ? more(view) : NULL;
		if (!move)
			continue;
		char who[200];
		*move = (struct board_move){ .dossier_id = f->dossier_id,
			.text = arena_format(arena, _("Làm trước %s: khả năng trễ %d %% (%s)"), f->code, f->chance / 10,
			                     board_who(f->who, sync_short_name(f->words), who, sizeof who)) };
		n++;
	}
}

/* Form 04 must go a day before the due date. */
static void letters(struct board_view *view, struct arena *arena)
{
	for (int i = 0, n = 0; i < view->forecast_count && n < LETTERS; i++) {
		const struct forecast_line *f = &view->forecast[i];
		struct board_move *move = strcmp(f->part, "apology") == 0 ? more(view) : NULL;
		char day[16];
		if (!move)
			continue;
		*move = (struct board_move){ .dossier_id = f->dossier_id,
			.text = arena_format(arena, _("Xin lỗi, hẹn lại (Mẫu 04) chậm nhất %s: %s, khả năng trễ %d %%"),
			                     day_write(moment_day(f->due_at) - 1, day, sizeof day), f->code, f->chance / 10) };
		n++;
	}
}

/* What others hold: corrected or asked about, all of it at once. */
static void others(struct board_view *view, struct arena *arena)
{
	for (int i = 0; i < view->board.count[BOARD_WHO]; i++) {
		const struct board_line *line = &view->board.lines[BOARD_WHO][i];
		bool refused = strncmp(line->key, "refused ", 8) == 0, works = strncmp(line->key, "system ", 7) == 0;
		bool unsent = strncmp(line->key, "unsent ", 7) == 0;
		struct board_move *move = line->n[0] && (refused || works || unsent) ? more(view) : NULL;
		if (!move)
			continue;
		const char *name = sync_short_name(line->words);
		*move = (struct board_move){ .kind = "who_late", .key = arena_string(arena, line->key),
			.text = refused ? arena_format(arena, _("Sửa và gửi lại %s: %d hồ sơ quá hạn vì bị từ chối"), name, line->n[0])
			        : works ? arena_format(arena, _("Nhắc %s: %d hồ sơ quá hạn đang ở đó"), name, line->n[0])
			                : arena_format(arena, _("Xem đường truyền tới %s: %d hồ sơ quá hạn chưa gửi được"), name, line->n[0]) };
	}
}

static void take_over(struct board_view *view, const struct forecast_line *lines, int count)
{
	arena_free(&view->forecast_memory);
	view->forecast_memory = view->forecast_coming;
	view->forecast_coming = (struct arena){ 0 };
	view->forecast = lines;
	view->forecast_count = count;
	view->due_count = 0;
	while (view->due_count < count && strcmp(lines[view->due_count].part, "due") == 0)
		view->due_count++;
	view->moves = ARENA_MANY(&view->forecast_memory, struct board_move, MOVES);
	view->move_count = 0;
	first_ones(view, &view->forecast_memory);
	relieve(view, &view->forecast_memory);
	letters(view, &view->forecast_memory);
	others(view, &view->forecast_memory);
	list_set_count(&view->lists[PANE_FORECAST], view->due_count);
	list_set_count(&view->lists[PANE_MOVES], view->move_count);
}

/* ---- reading ---- */

static void on_forecast(struct forecast_ask *ask, const struct forecast_line *lines, int count, const struct error *err)
{
	struct board_view *view = ask->owner;
	view->forecasting = false;
	if (err) {
		desk_tell(view->screen->desk, err);
		arena_free(&view->forecast_coming);
	} else {
		take_over(view, lines, count);
	}
	screen_dirty(view->screen);
}

void board_forecast_begin(struct board_view *view)
{
	view->forecast_ms = 0;
}

void board_forecast_due(struct board_view *view)
{
	int64_t now = view->screen->desk->loop->clock();
	if (view->forecasting || (view->forecast_ms && now - view->forecast_ms < AGAIN_MS))
		return;
	view->forecasting = true;
	view->forecast_ms = now ? now : 1;
	view->forecast_ask = (struct forecast_ask){ .done = on_forecast, .into = &view->forecast_coming, .owner = view };
	forecast_read(duty_store(duty_of(view->screen)), &view->screen->scope, &view->forecast_ask);
}

void board_forecast_end(struct board_view *view)
{
	arena_free(&view->forecast_memory);
	arena_free(&view->forecast_coming);
}

/* ---- cells ---- */

void board_forecast_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[200];
	const struct forecast_line *f = &((const struct board_view *)owner)->forecast[row];
	struct clock clock = moment_clock(f->due_at);
	out->text = text;
	switch (column) {
	case 0:
		snprintf(text, sizeof text, "%d %%", f->chance / 10);
		out->role = f->chance >= 500 ? ROLE_LATE : f->chance >= 200 ? ROLE_WARN : ROLE_TEXT;
		break;
	case 1: out->text = f->code; break;
	case 2: snprintf(text, sizeof text, "%02d:%02d", clock.hour, clock.minute); break;
	case 3: out->text = board_who(f->who, sync_short_name(f->words), text, sizeof text); break;
	default: snprintf(text, sizeof text, "%d/%d", f->seen_late, f->seen); break;
	}
}

void board_move_cell(void *owner, int row, int column, struct list_cell *out)
{
	(void)column;
	out->text = ((const struct board_view *)owner)->moves[row].text;
}

/* ---- how it is counted, and how good it was ---- */

static void tell(struct screen *screen, const struct forecast_trial *trial)
{
	struct bytes text = { 0 };
	bytes_format(&text, "%s\n\n", _("Mỗi hồ sơ còn trong hạn được so với những hồ sơ đã xong trong 180 ngày qua của đơn vị: "
		"cùng thủ tục, cùng hệ thống, lúc đã dùng hết chừng ấy phần thời hạn mà chưa xong, thì bao nhiêu đã trễ? "
		"Cột “cùng loại trễ” là hai con số ấy. Ít hồ sơ cùng loại thì mượn thêm tỷ lệ của cả hệ thống, rồi của cả đơn vị "
		"(mỗi bậc nặng bằng năm hồ sơ). Hồ sơ đang chờ công dân thì không tính."));
	if (trial->days == 0)
		bytes_format(&text, "%s", _("Những ngày qua không đủ hồ sơ để đo sai số."));
	else
		bytes_format(&text, _("Đo trên %d ngày qua (%d hồ sơ, hỏi lúc 9 giờ): dự báo %d,%02d hồ sơ trễ một ngày, thật là %d,%02d; "
		                      "lệch trung bình %d,%02d. Sai số bình phương bằng %d %% của cách đoán luôn theo tỷ lệ trung bình%s."),
		             trial->days, trial->dossiers, trial->predicted / 100, trial->predicted % 100, trial->came / 100, trial->came % 100,
		             trial->off / 100, trial->off % 100, trial->beside,
		             trial->beside >= 100 ? _(" (chưa hơn đoán mò: đừng tin nhiều)") : "");
	ask_read(screen, _("Dự báo tính thế nào"), bytes_string(&text), NULL, NULL);
	bytes_free(&text);
}

static void on_trial(struct forecast_trial_ask *ask, const struct forecast_trial *trial, const struct error *err)
{
	struct screen *screen = ask->owner;
	if (err)
		desk_tell(screen->desk, err);
	else if (screen_is_top(screen)) {
		desk_say(screen->desk, FAULT_NONE, "%s", ""); /* it is measured */
		tell(screen, trial);
	}
}

void board_forecast_explain(struct screen *screen)
{
	struct board_view *view = screen->state;
	if (view->trial_ask.ask.slot)
		return; /* being measured */
	desk_say(screen->desk, FAULT_NONE, "%s", _("Đang đo sai số của dự báo trong những ngày qua…"));
	view->trial_ask = (struct forecast_trial_ask){ .done = on_trial, .owner = screen };
	forecast_trial_read(duty_store(duty_of(screen)), &screen->scope, &view->trial_ask, TRIAL_DAYS);
}
