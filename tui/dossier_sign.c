/* SPDX-License-Identifier: Apache-2.0
 *
 * What of a dossier is signed, and Ctrl-X: the rest of it, one PIN. */
#include "core/base/log.h"
#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"

static void on_signs(struct signatures_ask *ask, const struct error *err)
{
	struct viewing *v = ask->owner;
	v->signs_reading = false;
	if (err) {
		log_error("reading what is signed", err);
		arena_free(&v->signs_coming);
	} else {
		arena_free(&v->signs_memory);
		v->signs_memory = v->signs_coming;
		v->signs_coming = (struct arena){ 0 };
		v->signs = ask->rows;
		v->sign_count = ask->count;
		dossier_compose(v);
	}
	if (v->signs_again)
		dossier_read_signs(v);
}

void dossier_read_signs(struct viewing *v)
{
	v->signs_again = v->signs_reading;
	if (v->signs_reading)
		return;
	v->signs_reading = true;
	v->signs_ask = (struct signatures_ask){ .done = on_signs, .into = &v->signs_coming, .owner = v };
	signatures_read(duty_store(duty_of(v->screen)), &v->screen->scope, &v->signs_ask, v->id);
}

void dossier_put_signs(struct viewing *v)
{
	struct sheet *sheet = &v->sheet;
	char at[32], until[32];
	if (!v->sign_count)
		return;
	sheet_heading(sheet, _("Đã ký số tại đây"));
	for (int i = 0; i < v->sign_count; i++) {
		const struct signature_row *row = &v->signs[i];
		sheet_format(sheet, 0, ROLE_TEXT, _("%s%s · %s · %s, chứng thư đến %s"),
		             row->paper ? _("bản điện tử giấy Mẫu ") : _("tệp "), row->name, moment_write(row->at, at, sizeof at),
		             row->signer, day_write(moment_day(row->valid_to), until, sizeof until));
	}
}

static void on_done(struct sign_dossier *signing, int kept)
{
	if (kept)
		dossier_read_again(signing->owner);
}

bool dossier_may_sign(const struct screen *screen)
{
	const struct viewing *v = screen->state;
	return v->full && signer_used(duty_of(screen)) && !v->sign.round.running;
}

void dossier_sign(struct screen *screen)
{
	struct viewing *v = screen->state;
	v->sign.done = on_done;
	v->sign.owner = v;
	sign_dossier_start(screen, &v->sign, v->id);
}

void dossier_sign_close(struct viewing *v)
{
	sign_dossier_clear(&v->sign);
	arena_free(&v->signs_memory);
	arena_free(&v->signs_coming);
}
