/* SPDX-License-Identifier: Apache-2.0
 *
 * What the citizen of a dossier was told, by which channel and whether it arrived; and who took the
 * result, put right by a supervisor. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/citizen_words.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"

/* ---- what was told ---- */

static const char *channel_of(const struct told_row *row)
{
	return strcmp(row->channel, "sms") == 0 ? "SMS" : strcmp(row->channel, "zalo") == 0 ? "Zalo"
		: strcmp(row->channel, "email") == 0 ? _("thư điện tử") : _("điện thoại");
}

static void write_row(struct bytes *out, const struct told_row *row)
{
	char at[32], changed[32];
	bytes_format(out, _("%s  %s: %s\n"), moment_write(row->at, at, sizeof at), citizen_kind(row->kind), citizen_state(row->state));
	bytes_format(out, _("Qua %s %s"), channel_of(row), row->address);
	if (*row->gateway)
		bytes_format(out, " (%s)", row->gateway);
	bytes_format(out, _("; lúc %s\n%s\n"), moment_write(row->changed_at, changed, sizeof changed), row->words);
	if (*row->note)
		bytes_format(out, "! %s\n", citizen_note(row->note));
	bytes_text(out, "\n");
}

static void on_told(struct told_ask *ask, const struct told_row *rows, int count, const struct error *err)
{
	struct viewing *v = ask->owner;
	struct bytes text = { 0 };
	for (int i = 0; i < count; i++)
		write_row(&text, &rows[i]);
	if (err)
		desk_tell(v->screen->desk, err);
	else if (!count)
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Chưa có tin nào báo cho công dân của hồ sơ này."));
	else if (screen_is_top(v->screen))
		ask_read(v->screen, _("Tin báo công dân"), bytes_string(&text), NULL, NULL);
	bytes_free(&text);
	arena_free(&v->told_memory);
}

void dossier_told(struct screen *screen)
{
	struct viewing *v = screen->state;
	if (v->told_ask.ask.slot)
		return;
	v->told_ask = (struct told_ask){ .done = on_told, .into = &v->told_memory, .owner = v };
	told_read(duty_store(duty_of(screen)), &screen->scope, &v->told_ask, v->id);
}

/* ---- who took it ---- */

static void on_corrected(struct result_act *act, const char *value, const struct error *err)
{
	struct viewing *v = act->owner;
	(void)value;
	if (err)
		ask_refused(v->screen, err);
	else
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Đã sửa người nhận kết quả; điều ghi trước vẫn còn trong lịch sử."));
	dossier_read_again(v);
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	const struct act_facts *facts = data;
	if (!text || ask_busy(screen, v->result.ask.slot))
		return;
	v->result = (struct result_act){ .done = on_corrected, .owner = v };
	return_correct(duty_store(duty_of(screen)), &screen->scope, &v->result, v->id, facts, text);
}

static const char *kept(struct arena *arena, const char *text)
{
	return text ? arena_string(arena, text) : NULL;
}

void dossier_correct_taker(struct viewing *v, const struct act_facts *said)
{
	struct arena *arena = &v->screen->arena;
	struct act_facts *facts = ARENA_NEW(arena, struct act_facts);
	*facts = (struct act_facts){ .taker = said->taker, .name = kept(arena, said->name), .id_number = kept(arena, said->id_number),
		.mandate = kept(arena, said->mandate), .post = kept(arena, said->post), .shown = said->shown };
	ask_for_text(v->screen, &(struct ask_text){ .question = _("Vì sao sửa? (ai báo, sai ở đâu; điều ghi trước vẫn còn trong lịch sử)"), .max = 400,
		.check = dossier_check_reason }, on_reason, facts);
}
