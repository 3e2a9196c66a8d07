/* SPDX-License-Identifier: Apache-2.0
 *
 *  THIẾT LẬP ĐƠN VỊ                         Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *   Mục                              Giá trị
 *  >Thứ tự kênh báo tin              sms zalo email
 *   Chờ trả kết quả quá              10 ngày
 *   Dãy số A                         Hộ tịch · Hộ tịch; Chứng thực
 *   Quầy Q1                          A B · đỡ C
 *  …
 *  F1 Giúp  Enter Sửa  F5 Thêm dãy  F6 Thêm nhóm  F8 Bỏ
 */
#include "tui/settings_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/settings.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/settings_own.h"

enum { CHOICES = 40 };

struct settings {
	struct list list;
	const struct setting_row *rows;
	struct fresh fresh;
	struct settings_ask ask;
	/* What is being changed: */
	struct arena words;
	const char *key, *name, *v1, *v2, *v3;
	struct setting_act act;
	bool waits, missed; /* for the change before it, which was not taken */
	bool typed, more;   /* in dialogs; as a new series or group          */
	int turn, sent;     /* how often something was taken up; which is being written */
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[400];
	const struct setting_row *r = &((const struct settings *)owner)->rows[row];
	int kind = setting_kind_of(r->key);
	out->text = text;
	if (column == 1)
		out->text = setting_value(r, text, sizeof text);
	else if (setting_is(r, "series") || setting_is(r, "counter") || setting_is(r, "group"))
		snprintf(text, sizeof text, "%s %s", _(setting_kinds[kind].label), r->name);
	else
		out->text = kind >= 0 ? _(setting_kinds[kind].label) : r->key;
}

static int64_t id_of(void *owner, int row)
{
	const struct setting_row *r = &((const struct settings *)owner)->rows[row];
	return list_id(list_id(0, r->key), r->name);
}

static const struct list_column columns[] = { { .head = N_("Mục"), .width = 30 }, { .head = N_("Giá trị"), .width = 0 }, { 0 } };

/* ---- reading ---- */

static void on_read(struct settings_ask *ask, const struct setting_row *rows, int count, const struct error *err)
{
	struct settings *s = ask->owner;
	if (fresh_came(&s->fresh, err)) {
		s->rows = rows;
		list_set_count(&s->list, count);
	}
	fresh_taken(&s->fresh);
}

static void read_now(struct screen *screen)
{
	struct settings *s = screen->state;
	s->ask = (struct settings_ask){ .done = on_read, .into = &s->fresh.coming, .owner = s };
	settings_read(duty_store(duty_of(screen)), &screen->scope, &s->ask);
}

/* Somebody else's change is no haste: settings are read when the line is back, and after one's own. */
static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "again") == 0;
}

/* ---- changing ---- */

static void send(struct settings *s);
static void ask_first(struct screen *);
static void ask_code(struct screen *);

/* What was typed is not typed again: the dialogs open with it. */
static void ask_again(struct settings *s)
{
	struct screen *screen = s->fresh.screen;
	if (!s->typed || s->sent != s->turn || !screen_is_top(screen))
		return;
	(s->more ? ask_code : ask_first)(screen);
}

static void on_changed(struct setting_act *act, const struct error *err)
{
	struct settings *s = act->owner;
	bool next = s->waits;
	if (err)
		desk_tell(s->fresh.screen->desk, err);
	else if (!s->missed)
		desk_say(s->fresh.screen->desk, FAULT_NONE, "%s", _("Đã đổi; thay đổi được lưu vết."));
	/* That it was not taken stays said. */
	s->missed = err && next;
	s->waits = false;
	if (next)
		send(s);
	else if (err)
		ask_again(s);
	fresh_read(&s->fresh);
}

static void send(struct settings *s)
{
	if (s->act.ask.slot) {
		s->waits = true;
		desk_say(s->fresh.screen->desk, FAULT_NONE, "%s", _("Thay đổi trước đang ghi; thay đổi này được ghi ngay sau đó."));
		return;
	}
	s->sent = s->turn;
	s->act = (struct setting_act){ .done = on_changed, .owner = s };
	setting_change(duty_store(duty_of(s->fresh.screen)), &s->fresh.screen->scope, &s->act, s->key, s->name, s->v1, s->v2, s->v3);
}

static const struct setting_row *here(const struct screen *screen)
{
	const struct settings *s = screen->state;
	return s->list.count ? &s->rows[s->list.at] : NULL;
}

/* What is under the cursor, kept while it is asked about. */
static void take(struct settings *s, const struct setting_row *row)
{
	arena_free(&s->words);
	s->turn++;
	s->typed = s->more = false;
	s->key = arena_string(&s->words, row->key);
	s->name = arena_string(&s->words, row->name);
	s->v1 = arena_string(&s->words, row->v1);
	s->v2 = arena_string(&s->words, row->v2);
	s->v3 = arena_string(&s->words, row->v3);
}

static void on_quick(struct screen *screen, bool yes, void *data)
{
	struct settings *s = screen->state;
	(void)data;
	s->v3 = yes ? "1" : "0";
	send(s);
}

static void on_second(struct screen *screen, const char *text, void *data)
{
	struct settings *s = screen->state;
	(void)data;
	if (!text)
		return;
	s->v2 = arena_string(&s->words, text);
	if (strcmp(s->key, "series") == 0)
		ask_yes(screen, _("Dãy này là làn nhanh (việc ngắn, không biểu mẫu)?"), *s->v3 != '1', on_quick, NULL);
	else
		send(s);
}

static void on_first(struct screen *screen, const char *text, void *data)
{
	struct settings *s = screen->state;
	int kind = setting_kind_of(s->key);
	(void)data;
	if (!text || kind < 0)
		return;
	s->v1 = arena_string(&s->words, text);
	s->typed = true;
	if (setting_kinds[kind].second)
		ask_for_text(screen, &(struct ask_text){ .question = _(setting_kinds[kind].second), .initial = s->v2, .max = 600 }, on_second, NULL);
	else
		send(s);
}

static void ask_first(struct screen *screen)
{
	const struct settings *s = screen->state;
	int kind = setting_kind_of(s->key);
	ask_for_text(screen, &(struct ask_text){ .question = _(setting_kinds[kind].first), .initial = s->v1, .max = 120,
		.plain = !setting_kinds[kind].second || strcmp(s->key, "counter") == 0 }, on_first, NULL);
}

static void on_coded(struct screen *screen, int choice, void *data)
{
	struct settings *s = screen->state;
	(void)data;
	for (int i = 0, n = 0; choice >= 0 && setting_codes[i].key; i++)
		if (strcmp(setting_codes[i].key, s->key) == 0 && n++ == choice) {
			s->v1 = setting_codes[i].value;
			send(s);
			return;
		}
}

static void ask_coded(struct screen *screen, int kind)
{
	const struct settings *s = screen->state;
	const char *names[CHOICES];
	int count = 0, now = 0;
	for (int i = 0; setting_codes[i].key && count < CHOICES; i++) {
		if (strcmp(setting_codes[i].key, s->key) != 0)
			continue;
		if (strcmp(setting_codes[i].value, s->v1) == 0)
			now = count;
		names[count++] = _(setting_codes[i].words);
	}
	ask_choice(screen, _(setting_kinds[kind].first), names, count, now, on_coded, NULL);
}

static void on_gate(struct screen *screen, int choice, void *data)
{
	struct settings *s = screen->state;
	const char *const *values = data;
	if (choice < 0)
		return;
	s->v1 = values[choice];
	send(s);
}

/* The gateways there are, and none. */
static void ask_gate(struct screen *screen, const struct setting_row *row, int kind)
{
	struct settings *s = screen->state;
	const char **values = ARENA_MANY(&s->words, const char *, CHOICES + 1), *names[CHOICES + 1];
	int count = 0, now = 0;
	values[count] = "";
	names[count++] = _("không dùng: gọi điện");
	for (const char *line = row->options; *line && count <= CHOICES;) {
		size_t size = strcspn(line, "\n"), code = strcspn(line, "\t\n");
		values[count] = arena_copy(&s->words, line, code);
		names[count] = code < size ? arena_copy(&s->words, line + code + 1, size - code - 1) : values[count];
		if (strcmp(values[count], s->v1) == 0)
			now = count;
		count++;
		line += size + (line[size] == '\n');
	}
	ask_choice(screen, _(setting_kinds[kind].first), names, count, now, on_gate, values);
}

/* What waits to be written keeps its words until it is. */
static bool may_add(const struct screen *screen)
{
	return duty_of(screen)->facts->is_supervisor && !((const struct settings *)screen->state)->waits;
}

static bool may_change(const struct screen *screen)
{
	return here(screen) && may_add(screen);
}

static void run_change(struct screen *screen)
{
	struct settings *s = screen->state;
	const struct setting_row *row = here(screen);
	int kind = setting_kind_of(row->key);
	if (kind < 0)
		return;
	take(s, row);
	if (setting_is(row, "policy") || setting_is(row, "transfer_place"))
		ask_coded(screen, kind);
	else if (strncmp(row->key, "tell_", 5) == 0 && !setting_is(row, "tell_order"))
		ask_gate(screen, row, kind);
	else
		ask_first(screen);
}

/* ---- one more, one less ---- */

static void on_code(struct screen *screen, const char *text, void *data)
{
	struct settings *s = screen->state;
	(void)data;
	if (!text)
		return;
	s->name = arena_string(&s->words, text);
	ask_first(screen);
}

static void ask_code(struct screen *screen)
{
	const struct settings *s = screen->state;
	bool series = strcmp(s->key, "series") == 0;
	ask_for_text(screen, &(struct ask_text){ .question = series ? _("Mã dãy số mới (một chữ cái hoa):")
		: _("Mã nhóm ưu tiên mới (chữ thường không dấu, ví dụ nguoi_gia):"), .initial = s->name, .max = series ? 1 : 20, .plain = true }, on_code, NULL);
}

static void begin_more(struct screen *screen, const char *key)
{
	struct settings *s = screen->state;
	take(s, &(struct setting_row){ .key = key, .name = "", .v1 = "", .v2 = "", .v3 = "" });
	s->more = true;
	ask_code(screen);
}

static void run_series(struct screen *screen)
{
	begin_more(screen, "series");
}

static void run_group(struct screen *screen)
{
	begin_more(screen, "group");
}

static void on_close(struct screen *screen, bool yes, void *data)
{
	struct settings *s = screen->state;
	(void)data;
	if (yes)
		send(s);
}

static bool may_close(const struct screen *screen)
{
	const struct setting_row *row = here(screen);
	return row && may_change(screen) && (setting_is(row, "series") || setting_is(row, "group"));
}

static void run_close(struct screen *screen)
{
	struct settings *s = screen->state;
	struct arena arena = { 0 };
	const struct setting_row *row = here(screen);
	take(s, row);
	s->v3 = "closed";
	ask_yes(screen, arena_format(&arena, _("Bỏ “%s %s”?"), row->name, row->v1), true, on_close, NULL);
	arena_free(&arena);
}

/* ---- the screen ---- */

static void settings_open(struct screen *screen, const void *argument)
{
	struct settings *s = screen->state;
	(void)argument;
	s->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = s };
	screen->status = may_add(screen) ? _("Enter sửa dòng đang chọn; mọi thay đổi được lưu vết.") : _("Người phụ trách mới sửa được.");
	s->fresh.heeds = heeds;
	fresh_open(&s->fresh, screen, read_now);
}

static void settings_close(struct screen *screen)
{
	struct settings *s = screen->state;
	fresh_close(&s->fresh);
	arena_free(&s->words);
}

static void settings_draw(const struct screen *screen, struct canvas *canvas)
{
	struct settings *s = screen->state;
	fresh_list(&s->fresh, &s->list, canvas, true);
}

static bool settings_handle(struct screen *screen, const struct event *event)
{
	return list_handle(&((struct settings *)screen->state)->list, event);
}

static const struct action actions[] = {
	{ "setting-change", "Enter", N_("Sửa"), N_("Sửa giá trị của dòng đang chọn."), may_change, run_change },
	{ "setting-series", "F5", N_("Thêm dãy"), N_("Thêm một dãy số cho hàng đợi."), may_add, run_series },
	{ "setting-group", "F6", N_("Thêm nhóm"), N_("Thêm một nhóm được ưu tiên, có căn cứ."), may_add, run_group },
	{ "setting-close", "F8", N_("Bỏ"), N_("Bỏ dãy số hoặc nhóm ưu tiên đang chọn."), may_close, run_close },
	{ 0 },
};

const struct screen_kind settings_screen = {
	.name = "settings",
	.title = N_("THIẾT LẬP ĐƠN VỊ"),
	.help = N_("Báo tin cho công dân qua kênh nào trước, kết quả chờ bao lâu thì vào danh sách chờ trả, hàng đợi gọi số theo quy tắc nào.\n"
	           "Người phụ trách sửa từng dòng (Enter); giá trị cũ, giá trị mới, ai đổi, lúc nào đều được lưu vết."),
	.actions = actions,
	.size = sizeof(struct settings),
	.open = settings_open,
	.draw = settings_draw,
	.handle = settings_handle,
	.close = settings_close,
};
