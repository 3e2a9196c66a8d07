/* SPDX-License-Identifier: Apache-2.0
 *
 * Files for the paper under the cursor, chosen from a folder or from what a network
 * scanner dropped; the scanner's own are cleared away once the dossier keeps them. */
#include "core/base/say.h"
#include "tui/bring.h"
#include "tui/files_screen.h"
#include "tui/inbox.h"
#include "tui/receive_private.h"

/* One file on its way to a paper. */
struct brought {
	struct bring bring;
	struct file_after after;
	struct file_job *file;
	struct receive *receive;
	struct folder_entry entry;
	bool inbox;
};

void receive_clear_later(struct receive *receive, const struct folder_entry *entry)
{
	receive->clears = arena_grow(&receive->screen->arena, receive->clears, sizeof *receive->clears,
	                             receive->clear_count, &receive->clear_room);
	receive->clears[receive->clear_count++] = *entry;
}

void receive_clear_now(struct receive *receive, size_t count)
{
	for (size_t i = 0; i < count; i++)
		inbox_done_with(receive_duty(receive), &receive->clears[i]);
	for (size_t i = count; i < receive->clear_count; i++)
		receive->clears[i - count] = receive->clears[i];
	receive->clear_count -= count;
	receive->clear_written = 0;
}

static void on_kept(struct file_after *after, bool good)
{
	struct brought *one = OWNER_OF(after, struct brought, after);
	if (good && one->inbox)
		receive_clear_later(one->receive, &one->entry);
}

static void on_brought(struct bring *bring, int fd, const char *type, const struct error *err)
{
	struct brought *one = OWNER_OF(bring, struct brought, bring);
	if (err)
		receive_withdraw(one->file, err);
	else
		receive_send(one->file, fd, type, NULL);
}

static void bring_one(struct receive *receive, const char *folder, const struct folder_entry *entry, bool inbox)
{
	struct screen *screen = receive->screen;
	struct brought *one = ARENA_NEW(&screen->arena, struct brought);
	*one = (struct brought){ .bring.done = on_brought, .after.kept = on_kept, .receive = receive,
		.entry = *entry, .inbox = inbox };
	one->entry.name = arena_string(&screen->arena, entry->name);
	one->file = receive_announce(receive, receive_paper(receive)->name, bring_shown(&screen->arena, entry->name),
	                             &one->after);
	bring_start(&one->bring, screen->desk, &screen->scope, folder, one->entry.name);
}

static void take(struct screen *screen, const struct files_chosen *chosen, bool inbox)
{
	struct receive *receive = receive_of(screen);
	if (!receive_paper(receive))
		return;
	if (chosen->pages) {
		receive_scan_files(receive, chosen, inbox);
		return;
	}
	for (size_t i = 0; i < chosen->count && receive_paper(receive); i++)
		bring_one(receive, chosen->folder, &chosen->entries[i], inbox);
}

static void on_files(struct screen *screen, const struct files_chosen *chosen)
{
	take(screen, chosen, false);
}

static void on_inbox(struct screen *screen, const struct files_chosen *chosen)
{
	take(screen, chosen, true);
}

void receive_browse(struct receive *receive, bool inbox)
{
	screen_push(receive->screen->desk, &files_screen, &(struct files_plan){ .asker = receive->screen,
		.inbox = inbox, .pages = true, .then = inbox ? on_inbox : on_files });
}
