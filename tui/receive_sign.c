/* SPDX-License-Identifier: Apache-2.0
 *
 * Ctrl-X: the PDFs of this dossier that nobody has signed yet, scans above all, signed with
 * the clerk's certificate before it is received: what travels is what was signed. */
#include <string.h>

#include "core/base/say.h"
#include "tui/receive_private.h"
#include "tui/signer.h"

static bool is_bare(const struct attachment *file)
{
	return file->file_id && file->bare && !file->reused;
}

int receive_unsigned(const struct receive *receive)
{
	int count = 0;
	for (size_t i = 0; i < receive->r.attachment_count; i++)
		count += is_bare(&receive->r.attachments[i]);
	return signer_used(receive_duty(receive)) ? count : 0;
}

/* The signed one takes the place of what was signed, unless that went meanwhile. */
static void on_placed(struct sign_round *round, struct round_item *item)
{
	struct receive *receive = round->owner;
	for (size_t i = 0; i < receive->r.attachment_count; i++) {
		struct attachment *file = &receive->r.attachments[i];
		if (file->file_id != item->file_id)
			continue;
		file->file_id = item->signed_id;
		file->pages = item->pages;
		file->doubtful = item->doubtful;
		file->bare = false;
		file->found = arena_string(&receive->screen->arena, item->found);
	}
	receive_refresh(receive);
}

static void on_done(struct sign_round *round, int kept)
{
	(void)kept;
	receive_refresh(round->owner);
}

bool receive_may_sign(const struct screen *screen)
{
	const struct receive *receive = screen->state;
	return receive->r.procedure && !receive->sending && !receive->finished && !receive->sign.running;
}

void receive_sign(struct screen *screen)
{
	struct receive *receive = screen->state;
	struct desk *desk = screen->desk;
	struct reception *r = &receive->r;
	struct round_item items[SIGN_FILES_MOST];
	int count = 0;
	if (!signer_used(receive_duty(receive))) {
		desk_say(desk, FAULT_INPUT, "%s", _("Máy này chưa cài ký số: người quản trị ghi module ở mục [sign] của motcua.ini."));
		return;
	}
	for (size_t i = 0; i < r->attachment_count && count < SIGN_FILES_MOST; i++)
		if (is_bare(&r->attachments[i]))
			items[count++] = (struct round_item){ .file_id = r->attachments[i].file_id, .name = r->attachments[i].name };
	if (!count) {
		desk_say(desk, FAULT_NONE, "%s", _("Không có tệp PDF nào chưa ký."));
		return;
	}
	receive->sign = (struct sign_round){ .placed = on_placed, .done = on_done, .owner = receive };
	sign_round_start(screen, &receive->sign, items, count, r->computed ? r->route.system : "");
}

/* ---- told before the citizen has gone ---- */

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct receive *receive = OWNER_OF(listener, struct receive, sign_listener);
	struct duty *duty = receive_duty(receive);
	const char *alarm = signer_alarm(duty);
	(void)id;
	if (strcmp(what, "signer") != 0)
		return;
	if (alarm && !signer_cert(duty) && !receive->sign.running && !receive->sign_told)
		desk_say(receive->screen->desk, FAULT_DEVICE, "%s", alarm);
	receive->sign_told = alarm != NULL;
	screen_dirty(receive->screen);
}

void receive_sign_open(struct receive *receive)
{
	receive->sign_listener.heard = on_heard;
	duty_listen(receive_duty(receive), &receive->screen->scope, &receive->sign_listener);
	signer_look(receive_duty(receive));
}
