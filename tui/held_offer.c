/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/held_offer.h"

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"

enum { OFFERED = 12, NAME_COLUMNS = 60 };

const char *held_where(struct arena *arena, const struct held_paper *held)
{
	say_source(true);
	const char *where = arena_format(arena, _("Giấy tờ đơn vị đã lưu, hồ sơ %s"), held->code);
	say_source(false);
	return where;
}

static void on_choice(struct screen *screen, int choice, void *data)
{
	struct held_offer *offer = data;
	(void)screen;
	if (choice >= 0 && choice < offer->count)
		offer->take(offer, &offer->rows[choice]);
}

/* Names of papers may pass four thousand characters. */
static const char *cut(struct arena *arena, const char *name)
{
	int used;
	size_t n = text_cut(name, NAME_COLUMNS, &used);
	return name[n] ? arena_format(arena, "%s…", arena_copy(arena, name, n)) : name;
}

static const char *line_of(struct arena *arena, const struct held_paper *held)
{
	char day[16];
	return arena_format(arena, "%s  %s  %s%s", day_write(moment_day(held->at), day, sizeof day), held->code,
	                    held->result ? _("kết quả: ") : "", cut(arena, held->name));
}

static void on_held(struct held_ask *ask, const struct held_paper *rows, int count, const struct error *err)
{
	struct held_offer *offer = OWNER_OF(ask, struct held_offer, ask);
	struct screen *screen = offer->screen;
	const char *lines[OFFERED];
	if (err) {
		desk_tell(screen->desk, err);
		return;
	}
	if (!count) {
		desk_say(screen->desk, FAULT_NONE, "%s", _("Đơn vị chưa lưu giấy tờ nào của công dân này."));
		return;
	}
	if (!screen_is_top(screen))
		return; /* the hand went on */
	offer->rows = rows;
	offer->count = count < OFFERED ? count : OFFERED;
	for (int i = 0; i < offer->count; i++)
		lines[i] = line_of(&screen->arena, &rows[i]);
	ask_choice(screen, arena_format(&screen->arena, _("Dùng lại giấy tờ nào cho “%s”?"), cut(&screen->arena, offer->paper)),
	           lines, offer->count, 0, on_choice, offer);
}

static struct store *begin(struct held_offer *offer, struct screen *screen, const char *paper)
{
	offer->screen = screen;
	offer->paper = arena_string(&screen->arena, paper);
	offer->ask = (struct held_ask){ .done = on_held, .into = &screen->arena };
	return duty_store(duty_of(screen));
}

void held_offer_person(struct held_offer *offer, struct screen *screen, const char *id_number, const char *paper)
{
	struct store *store = begin(offer, screen, paper);
	held_papers(store, &screen->scope, &offer->ask, id_number, offer->paper, OFFERED);
}

void held_offer_dossier(struct held_offer *offer, struct screen *screen, int64_t dossier_id, const char *paper)
{
	struct store *store = begin(offer, screen, paper);
	held_papers_of(store, &screen->scope, &offer->ask, dossier_id, offer->paper, OFFERED);
}
