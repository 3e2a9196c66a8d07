/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/sign_dossier.h"

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/duty.h"

static void finish(struct sign_dossier *signing)
{
	if (signing->done)
		signing->done(signing, signing->kept);
}

/* What lies signed beside and was not told is told the next time (Ctrl-X again). */
static void on_travelled(struct signatures_ask *ask, const struct error *err)
{
	struct sign_dossier *signing = ask->owner;
	struct desk *desk = signing->screen->desk;
	if (err)
		desk_tell(desk, err);
	else if (ask->count && ask->systems)
		desk_say(desk, FAULT_NONE, _("%d tệp đã ký thay bản chưa ký; hồ sơ gửi lại tới %d hệ thống."), ask->count, ask->systems);
	else if (ask->count)
		desk_say(desk, FAULT_NONE, _("%d tệp đã ký thay bản chưa ký, lưu tại đây; hồ sơ đã xong nên không gửi lại."), ask->count);
	else if (!signing->kept)
		desk_say(desk, FAULT_NONE, "%s", _("Hồ sơ này không còn gì chưa ký: giấy chưa in lần nào thì chưa có bản điện tử."));
	signing->kept += ask->count;
	finish(signing);
}

static void travel(struct sign_dossier *signing)
{
	signing->ask = (struct signatures_ask){ .done = on_travelled, .into = &signing->arena, .owner = signing };
	signatures_travel(duty_store(duty_of(signing->screen)), &signing->screen->scope, &signing->ask, signing->dossier_id);
}

static void on_done(struct sign_round *round, int kept)
{
	struct sign_dossier *signing = round->owner;
	signing->kept = kept;
	if (kept)
		travel(signing);
	else
		finish(signing);
}

static void on_missing(struct signatures_ask *ask, const struct error *err)
{
	struct sign_dossier *signing = ask->owner;
	struct desk *desk = signing->screen->desk;
	struct round_item items[SIGN_FILES_MOST];
	int count = 0;
	if (err) {
		desk_tell(desk, err);
		return;
	}
	for (; count < ask->count && count < SIGN_FILES_MOST; count++)
		items[count] = (struct round_item){ .file_id = ask->to_sign[count].file_id,
			.paper_id = ask->to_sign[count].paper_id, .name = ask->to_sign[count].name };
	if (!count) {
		travel(signing);
		return;
	}
	signing->round = (struct sign_round){ .done = on_done, .owner = signing };
	sign_round_start(signing->screen, &signing->round, items, count, "");
}

void sign_dossier_start(struct screen *screen, struct sign_dossier *signing, int64_t dossier_id)
{
	struct duty *duty = duty_of(screen);
	if (!signer_used(duty)) {
		desk_say(screen->desk, FAULT_INPUT, "%s",
		         _("Máy này chưa cài ký số: người quản trị ghi module ở mục [sign] của motcua.ini."));
		return;
	}
	if (signing->round.running || signing->ask.ask.slot)
		return;
	arena_free(&signing->arena);
	signing->screen = screen;
	signing->dossier_id = dossier_id;
	signing->kept = 0;
	signing->ask = (struct signatures_ask){ .done = on_missing, .into = &signing->arena, .owner = signing };
	signatures_missing(duty_store(duty), &screen->scope, &signing->ask, dossier_id);
}

void sign_dossier_clear(struct sign_dossier *signing)
{
	arena_free(&signing->arena);
}
