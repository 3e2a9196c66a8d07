/* SPDX-License-Identifier: Apache-2.0
 *
 * A new dossier that begins as the one on the screen. */
#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"
#include "tui/receive.h"

static void on_copy(struct dossier_copy_ask *ask, const struct dossier_copy *copy, const struct error *err)
{
	struct viewing *v = ask->owner;
	if (err)
		desk_tell(v->screen->desk, err);
	else if (screen_is_top(v->screen))
		receive_copy(v->screen->desk, copy);
	arena_free(&v->copy_memory);
}

void dossier_copy_begin(struct screen *screen)
{
	struct viewing *v = screen->state;
	if (v->copy.ask.slot)
		return;
	if (!duty_of(screen)->catalogue) {
		desk_say(screen->desk, FAULT_OFFLINE, "%s", _("Danh mục thủ tục chưa đọc xong, thử lại sau giây lát."));
		return;
	}
	v->copy = (struct dossier_copy_ask){ .done = on_copy, .into = &v->copy_memory, .owner = v };
	dossier_copy_read(duty_store(duty_of(screen)), &screen->scope, &v->copy, v->id);
}
