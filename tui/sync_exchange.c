/* SPDX-License-Identifier: Apache-2.0
 *
 *  TRAO ĐỔI H01.999-261120-0007             Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  Gửi tới       Hệ thống tập trung của Bộ Tư pháp
 *  Tin           hồ sơ, thứ 1 · ! bị từ chối
 *  Lý do         Số điện thoại không hợp lệ
 *  Ô bị chê      ! Chủ hồ sơ: điện thoại: 0912•••678
 * ─ Các lần gửi ──────────────────────────────────────────────────────────────────
 *  09:40:12  ! bị từ chối · HTTP 200 · 0,2 giây · courier-1
 *    {"error_code":"-2","message":"SoDienThoai không hợp lệ"}
 * ─ Nội dung tin ─────────────────────────────────────────────────────────────────
 *  Chủ hồ sơ: điện thoại  ! 0912•••678
 *  …
 *  F1 Giúp  F4 Sửa, gửi  F5 Gửi lại  F6 Giữ  F7 Thả  F8 Hồ sơ  Esc Về
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/program.h"
#include "tui/sheet.h"
#include "tui/sync_own.h"
#include "tui/sync_screen.h"
#include "tui/sync_words.h"

enum { LABELS = 26 };

struct viewing {
	struct hand hand; /* first: the hand's acts find it */
	int64_t id;
	const struct sync_exchange *x; /* NULL until read */
	struct sync_exchange kept;
	struct fresh fresh;
	struct arena page;
	struct sync_exchange_ask ask;
	struct sheet sheet;
};

static const struct sync_message *here(const struct screen *screen)
{
	const struct viewing *v = screen->state;
	return v->x ? &v->x->message : NULL;
}

/* What the last answer complains of: the attempt's reply and note, the stream's note. */
static const char *complaint(struct viewing *v)
{
	for (int i = v->x->attempt_count - 1; i >= 0; i--) {
		const struct sync_attempt *a = &v->x->attempts[i];
		if (strcmp(a->class, "refused") == 0)
			return arena_format(&v->page, "%s %s %s", a->reply, a->note, v->x->message.note);
	}
	return v->x->message.note;
}

/* The value sent in a field; NULL: it was left empty. */
static const char *sent_in(const struct viewing *v, const char *path)
{
	for (int i = 0; i < v->x->field_count; i++)
		if (strcmp(v->x->fields[i].path, path) == 0)
			return v->x->fields[i].value;
	return NULL;
}

/* What the other side complains of by name, empty fields above all. */
static void put_named(struct viewing *v, const char *said)
{
	const char *path;
	for (int i = 0; (path = sync_field_at(i)); i++) {
		if (!sync_field_named(said, path))
			continue;
		const char *value = sent_in(v, path);
		sheet_value(&v->sheet, _("Ô bị chê"), ROLE_ERROR,
		            arena_format(&v->page, "! %s: %s", sync_field_label(&v->page, path),
		                         value ? value : _("để trống")));
	}
}

static void put_head(struct viewing *v, const char *said)
{
	struct sheet *sheet = &v->sheet;
	const struct sync_message *m = &v->x->message;
	moment_t now = desk_now(v->hand.screen->desk);
	char made[24], next[24];
	sheet_value(sheet, _("Hồ sơ"), ROLE_PERSON, arena_format(&v->page, "%s  %s", m->code, m->owner_name));
	sheet_value(sheet, _("Gửi tới"), ROLE_TEXT,
	            *m->foreign_code ? arena_format(&v->page, _("%s, ở đó gọi là %s"), m->system_name, m->foreign_code)
	                             : m->system_name);
	sheet_value(sheet, _("Tin"), sync_state_role(m->state),
	            arena_format(&v->page, _("%s, thứ %d, lập %s · %s"), sync_kind_text(m->kind), m->seq,
	                         sync_when(m->made_at, now, made, sizeof made), sync_state_text(m->state)));
	if (*m->held_by && *m->note)
		sheet_value(sheet, _("Tạm giữ"), ROLE_WARN, arena_format(&v->page, _("%s: %s"), m->held_by, m->note));
	else if (*m->note)
		sheet_value(sheet, _("Bên nhận nói"), sync_state_role(m->state), m->note);
	if (m->next_at > now)
		sheet_value(sheet, _("Thử tiếp"), ROLE_TEXT, sync_when(m->next_at, now, next, sizeof next));
	if (m->silent_hours)
		sheet_value(sheet, "", ROLE_WARN, arena_format(&v->page, _("→ Chưa có trả lời quá %d giờ."), m->silent_hours));
	put_named(v, said);
}

static void put_attempt(struct viewing *v, const struct sync_attempt *a)
{
	struct sheet *sheet = &v->sheet;
	char at[32], took[24];
	struct clock clock = moment_clock(a->at);
	moment_write(a->at, at, sizeof at);
	bool by_hand = strcmp(a->phase, "begin") != 0 && strcmp(a->phase, "finish") != 0 &&
	               strcmp(a->phase, "stale") != 0;
	const char *what = *a->class ? sync_class_text(a->class) : sync_phase_text(a->phase);
	const char *code = a->http_code ? arena_format(&v->page, " · HTTP %d", a->http_code) : "";
	const char *took_text = *a->class ? arena_format(&v->page, " · %s", sync_seconds(a->milliseconds, took, sizeof took)) : "";
	sheet_format(sheet, 0, *a->class ? sync_class_role(a->class) : ROLE_TEXT, "%s:%02d  %s%s%s · %s%s", at,
	             clock.second, what, code, took_text, a->by,
	             strcmp(a->phase, "stale") == 0 ? _(" (muộn, không tính)") : "");
	if (*a->note)
		sheet_line(sheet, by_hand ? 2 : 4, ROLE_TEXT, a->note);
	if (*a->reply)
		sheet_line(sheet, 4, ROLE_DIM, a->reply);
}

static int by_rank(const void *a, const void *b)
{
	const struct sync_field *left = *(const struct sync_field *const *)a;
	const struct sync_field *right = *(const struct sync_field *const *)b;
	int order = sync_field_rank(left->path) - sync_field_rank(right->path);
	return order ? order : left < right ? -1 : 1;
}

static void put_fields(struct viewing *v, const char *said)
{
	const struct sync_field **order = ARENA_MANY(&v->page, const struct sync_field *, v->x->field_count + 1);
	for (int i = 0; i < v->x->field_count; i++)
		order[i] = &v->x->fields[i];
	qsort(order, (size_t)v->x->field_count, sizeof *order, by_rank);
	for (int i = 0; i < v->x->field_count; i++) {
		bool named = sync_field_named(said, order[i]->path);
		sheet_value(&v->sheet, sync_field_label(&v->page, order[i]->path), named ? ROLE_ERROR : ROLE_TEXT,
		            named ? arena_format(&v->page, "! %s", order[i]->value) : order[i]->value);
	}
}

static void compose(struct viewing *v)
{
	arena_free(&v->page);
	sheet_start(&v->sheet, &v->page);
	v->sheet.labels = LABELS;
	if (v->x) {
		const char *said = complaint(v);
		put_head(v, said);
		sheet_heading(&v->sheet, _("Các lần gửi, lần sau cùng trước"));
		for (int i = v->x->attempt_count - 1; i >= 0; i--)
			put_attempt(v, &v->x->attempts[i]);
		if (!v->x->attempt_count)
			sheet_line(&v->sheet, 0, ROLE_DIM, _("Chưa gửi lần nào."));
		sheet_heading(&v->sheet, _("Nội dung tin (số định danh, điện thoại được che)"));
		put_fields(v, said);
	}
	screen_dirty(v->hand.screen);
}

static void on_read(struct sync_exchange_ask *ask, const struct sync_exchange *x, const struct error *err)
{
	struct viewing *v = ask->owner;
	if (fresh_came(&v->fresh, err)) {
		v->kept = *x;
		v->x = &v->kept;
		v->hand.screen->title = arena_format(&v->hand.screen->arena, _("TRAO ĐỔI %s"), x->message.code);
	}
	compose(v);
	fresh_taken(&v->fresh);
}

static void read_now(struct screen *screen)
{
	struct viewing *v = screen->state;
	v->ask = (struct sync_exchange_ask){ .done = on_read, .into = &v->fresh.coming, .owner = v };
	sync_exchange_read(duty_store(duty_of(screen)), &screen->scope, &v->ask, v->id);
}

static void read_again(struct screen *screen)
{
	fresh_read(&((struct viewing *)screen->state)->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	const struct viewing *v = screen->state;
	return !id || !v->x || id == v->x->message.dossier_id || strcmp(what, "again") == 0;
}

static void viewing_open(struct screen *screen, const void *argument)
{
	struct viewing *v = screen->state;
	v->hand = (struct hand){ .message = here, .done = read_again, .screen = screen };
	v->id = *(const int64_t *)argument;
	sheet_start(&v->sheet, &v->page);
	v->fresh.heeds = heeds;
	fresh_open(&v->fresh, screen, read_now);
}

static void viewing_close(struct screen *screen)
{
	struct viewing *v = screen->state;
	fresh_close(&v->fresh);
	arena_free(&v->page);
}

static void viewing_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct viewing *v = screen->state;
	if (v->x)
		sheet_draw((struct sheet *)&v->sheet, canvas, true);
	else
		canvas_text(canvas, 1, 1, ROLE_DIM, v->fresh.reading ? _("Đang đọc trao đổi…") : _("Không đọc được trao đổi."));
}

static bool viewing_handle(struct screen *screen, const struct event *event)
{
	struct viewing *v = screen->state;
	return sheet_handle(&v->sheet, event);
}

static void viewing_about(const struct screen *screen, struct about *about)
{
	if (here(screen))
		hand_about(here(screen), about);
}

const struct screen_kind sync_exchange_screen = {
	.name = "sync-exchange",
	.title = N_("TRAO ĐỔI"),
	.help = N_("Một tin và mọi lần gửi nó: lúc nào, mã HTTP, mất bao lâu, bên nhận trả lời gì (4 KB đầu, đã che).\n"
	           "Nếu câu trả lời gọi tên một ô, ô đó được đánh dấu “!”: F4 sửa và gửi tin mới."),
	.actions = hand_actions,
	.size = sizeof(struct viewing),
	.open = viewing_open,
	.draw = viewing_draw,
	.handle = viewing_handle,
	.resume = read_again,
	.close = viewing_close,
	.about = viewing_about,
};
