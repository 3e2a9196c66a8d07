/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading one account with its history, asking the systems now, writing the list. */
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "tui/accounts_private.h"
#include "tui/accounts_sheet.h"
#include "tui/ask.h"
#include "tui/program.h"

/* ---- one account ---- */

static void write_state(struct arena *arena, const struct account_row *row, struct bytes *out)
{
	bytes_format(out, _("Tình trạng: %s (%s)\n"), right_name(row->state),
	             accounts_source(arena, row));
	if (*row->account)
		bytes_format(out, _("Tài khoản ở đó: %s\n"), row->account);
	if (*row->fields)
		bytes_format(out, _("Lĩnh vực: %s\n"), row->fields);
	if (*row->procedures)
		bytes_format(out, _("Thủ tục: %s\n"), row->procedures);
	if (*row->note)
		bytes_format(out, _("Ghi chú: %s\n"), row->note);
}

static void write_needs(const struct accounts *a, const struct account_row *row, struct bytes *out)
{
	const struct right_work *work = accounts_work(a, row->system);
	int lacking = 0;
	if (!work) {
		bytes_text(out, _("\nKhông thủ tục nào ở đây cần tài khoản trên hệ thống này.\n"));
		return;
	}
	bytes_format(out, _("\nThủ tục ở đây cần hệ thống này: %zu\n"), work->count);
	for (size_t i = 0; accounts_partial(a, row) && i < work->count; i++) {
		const struct procedure *p = work->procedures[i];
		if (!right_lacks(row->state, row->fields, row->procedures, p))
			continue;
		if (!lacking++)
			bytes_text(out, _("Tài khoản chưa có:\n"));
		bytes_format(out, "  %s %s\n", p->code, procedure_label(p));
	}
}

static void show(struct accounts *a, const struct account_row *events, int count)
{
	const struct account_row *row = accounts_here(a);
	struct bytes text = { 0 };
	struct arena arena = { 0 };
	if (!row)
		return;
	bytes_format(&text, "%s\n%s · %s\n\n", row->system_name, row->full_name, row->title);
	write_state(&arena, row, &text);
	if (count)
		bytes_text(&text, _("\nLịch sử:\n"));
	for (int i = 0; i < count; i++)
		bytes_format(&text, "  %s · %s%s%s%s%s\n", accounts_source(&arena, &events[i]),
		             right_name(events[i].state), *events[i].account ? " · " : "", events[i].account,
		             *events[i].note ? " · " : "", events[i].note);
	write_needs(a, row, &text);
	ask_read(a->screen, row->full_name, bytes_string(&text), NULL, NULL);
	arena_free(&arena);
	bytes_free(&text);
}

static void on_history(struct accounts_ask *ask, const struct account_row *events, int count,
                       const struct error *err)
{
	struct accounts *a = ask->owner;
	a->acting = false;
	if (err)
		desk_tell(a->screen->desk, err);
	const struct account_row *row = accounts_here(a);
	bool same = row && strcmp(row->login, a->asked_login) == 0 &&
	            strcmp(row->system, a->asked_system) == 0;
	if (same && screen_is_top(a->screen))
		show(a, events, count);
}

/* The history is its owner's and the supervisors'. */
void accounts_read_one(struct accounts *a)
{
	const struct account_row *row = accounts_here(a);
	const struct session_facts *facts = duty_of(a->screen)->facts;
	if (a->acting)
		return;
	if (!facts->is_supervisor && strcmp(facts->login, row->login) != 0) {
		show(a, NULL, 0);
		return;
	}
	a->acting = true;
	arena_free(&a->told);
	a->asked_login = arena_string(&a->told, row->login);
	a->asked_system = arena_string(&a->told, row->system);
	a->history = (struct accounts_ask){ .done = on_history, .into = &a->told, .owner = a };
	account_history(duty_store(duty_of(a->screen)), &a->screen->scope, &a->history, row->login,
	                row->system);
}

/* ---- asking now ---- */

static void on_checked(struct account_act *act, const char *value, const struct error *err)
{
	struct accounts *a = act->owner;
	int asked = atoi(value);
	a->acting = false;
	if (err)
		desk_tell(a->screen->desk, err);
	else if (asked)
		desk_say(a->screen->desk, FAULT_NONE, _("Đang hỏi %d hệ thống; trả lời đến đâu hiện đến đó."), asked);
	else
		desk_say(a->screen->desk, FAULT_INPUT, "%s",
		         _("Không hỏi thêm hệ thống nào: đang hỏi rồi, hoặc không hệ thống nào cho hỏi quyền."));
	screen_dirty(a->screen);
}

void accounts_check_now(struct screen *screen)
{
	struct accounts *a = screen->state;
	a->acting = true;
	a->act = (struct account_act){ .done = on_checked, .owner = a };
	accounts_check(duty_store(duty_of(screen)), &screen->scope, &a->act);
}

/* ---- the list ---- */

static void on_list(struct accounts_ask *ask, const struct account_row *rows, int count,
                    const struct error *err)
{
	struct accounts *a = ask->owner;
	struct duty *duty = duty_of(a->screen);
	struct accounts_counts counts;
	struct error why = { 0 };
	a->acting = false;
	if (err)
		desk_tell(a->screen->desk, err);
	else if (!accounts_sheet(a->path, rows, count, duty->catalogue, duty->facts,
	                         desk_now(a->screen->desk), &counts, &why))
		desk_tell(a->screen->desk, &why);
	else
		desk_say(a->screen->desk, FAULT_NONE, _("Đã ghi %s: %d cán bộ, %d tài khoản. Tệp có số CCCD: gửi xong thì xoá."),
		         a->path, counts.officers, counts.gaps);
	arena_free(&a->told);
	screen_dirty(a->screen);
}

static void on_path(struct screen *screen, const char *path, void *data)
{
	struct accounts *a = screen->state;
	(void)data;
	if (!path || !*path || a->acting)
		return;
	a->acting = true;
	a->path = arena_string(&screen->arena, path);
	arena_free(&a->told);
	a->list = (struct accounts_ask){ .done = on_list, .into = &a->told, .owner = a };
	accounts_list(duty_store(duty_of(screen)), &screen->scope, &a->list);
}

void accounts_export(struct screen *screen)
{
	const struct duty *duty = duty_of(screen);
	if (!duty->catalogue) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Đang đọc danh mục thủ tục…"));
		return;
	}
	struct arena arena = { 0 };
	const char *first = accounts_sheet_path(&arena, duty->program->paths.data, desk_today(screen->desk));
	ask_for_text(screen, &(struct ask_text){ .question = _("Ghi danh sách tài khoản còn thiếu (có số CCCD) vào tệp:"),
		.initial = first, .plain = true, .max = 300 }, on_path, NULL);
	arena_free(&arena);
}
