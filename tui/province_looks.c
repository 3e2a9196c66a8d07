/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/province_looks.h"

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/store/province.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/province_screen.h"

enum { MOST = 300 };

/* In the asker's arena. */
struct looking {
	struct screen *asker;
	struct arena memory;
	struct province_looks_ask ask;
};

static void on_looks(struct province_looks_ask *ask, const struct province_look *looks, int count, const struct error *err)
{
	struct looking *l = ask->owner;
	struct bytes text = { 0 };
	char at[32];
	for (int i = 0; i < count; i++)
		bytes_format(&text, "%s  %s · %s\n", moment_write(looks[i].at, at, sizeof at), looks[i].login, province_kind_label(looks[i].kind));
	if (err)
		desk_tell(l->asker->desk, err);
	else if (screen_is_top(l->asker))
		ask_read(l->asker, _("Tỉnh đã xem danh sách nào của đơn vị"), count ? bytes_string(&text) : _("Tỉnh chưa xem danh sách nào."), NULL, NULL);
	bytes_free(&text);
	arena_free(&l->memory);
}

bool province_looks_may(const struct screen *screen)
{
	return duty_of(screen)->facts->is_supervisor;
}

void province_looks_show(struct screen *screen)
{
	struct looking *l = ARENA_NEW(&screen->arena, struct looking);
	*l = (struct looking){ .asker = screen };
	l->ask = (struct province_looks_ask){ .done = on_looks, .into = &l->memory, .owner = l };
	province_looks(duty_store(duty_of(screen)), &screen->scope, &l->ask, MOST);
}
