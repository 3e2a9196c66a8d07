/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/inbox.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/program.h"

#define KEEP_DAYS 7
#define SAY_MS    2000

/* A file that is kept elsewhere, not yet cleared away. */
struct clearing {
	struct folder_entry entry;
	struct clearing *next;
};

struct inbox {
	struct duty *duty;
	struct folder_watch watch;
	struct arena arena;
	const char *folder;
	long keep_days;
	struct arena known_memory; /* of those that waited when it was told last */
	struct folder_entry *known;
	size_t known_count;
	int unsaid;           /* new ones that the clerk has not heard of */
	struct timer say;
	bool told_away;
	struct folder_job job;
	struct clearing *clearings;
};

static bool is_known(const struct inbox *inbox, const struct folder_entry *entry)
{
	for (size_t i = 0; i < inbox->known_count; i++)
		if (inbox->known[i].time == entry->time && strcmp(inbox->known[i].name, entry->name) == 0)
			return true;
	return false;
}

/* How many are new; they are known from now on. */
static int count_new(struct inbox *inbox)
{
	const struct folder_watch *watch = &inbox->watch;
	int fresh = 0;
	for (size_t i = 0; i < watch->count; i++)
		fresh += !is_known(inbox, &watch->entries[i]);
	arena_free(&inbox->known_memory);
	inbox->known = ARENA_MANY(&inbox->known_memory, struct folder_entry, watch->count + 1);
	for (size_t i = 0; i < watch->count; i++) {
		inbox->known[i] = watch->entries[i];
		inbox->known[i].name = arena_string(&inbox->known_memory, watch->entries[i].name);
	}
	inbox->known_count = watch->count;
	return fresh;
}

/* Only where nobody is speaking: the figure stands on F4 all the same. */
static void say_new(struct timer *timer)
{
	struct inbox *inbox = OWNER_OF(timer, struct inbox, say);
	struct desk *desk = inbox->duty->desk;
	if (*desk->status || !desk->top || desk->top->kind->lock) {
		loop_after(desk->loop, timer, SAY_MS);
		return;
	}
	desk_say(desk, FAULT_NONE, _("%d tệp mới từ máy quét mạng. F4 trên giấy tờ để lấy."), inbox->unsaid);
	inbox->unsaid = 0;
}

static void on_changed(struct folder_watch *watch)
{
	struct inbox *inbox = watch->owner;
	if (watch->away && !inbox->told_away)
		log_error("the folder of network scanners", &watch->why);
	inbox->told_away = watch->away;
	inbox->unsaid += count_new(inbox);
	if (inbox->unsaid > (int)watch->count)
		inbox->unsaid = (int)watch->count;
	loop_cancel(inbox->duty->desk->loop, &inbox->say);
	if (inbox->unsaid)
		say_new(&inbox->say);
	duty_tell(inbox->duty, "inbox", (int64_t)watch->count);
}

/* ---- clearing away ---- */

static void clear_next(struct inbox *);

/* Nothing is lost when it fails: it waits there, and is told of again. */
static void on_cleared(struct folder_job *job, const struct error *err)
{
	struct inbox *inbox = job->owner;
	folder_clear(job);
	inbox->clearings = inbox->clearings->next;
	if (err) {
		log_error("clearing the folder of network scanners", err);
		desk_say(inbox->duty->desk, err->fault, _("Tệp đã cất, nhưng chưa dời khỏi thư mục của máy quét mạng. %s"), err->say);
	}
	clear_next(inbox);
}

static void clear_next(struct inbox *inbox)
{
	struct clearing *one = inbox->clearings;
	struct arena arena = { 0 };
	struct error err;
	if (!one)
		return;
	const char *words[] = { inbox->folder, one->entry.name,
		arena_format(&arena, "%lld", (long long)one->entry.size),
		arena_format(&arena, "%lld", (long long)one->entry.time),
		arena_format(&arena, "%ld", inbox->keep_days), NULL };
	inbox->job.owner = inbox;
	if (!folder_ask(inbox->duty->desk->loop, &inbox->duty->scope, &inbox->job, &(struct folder_plan){
		.program = inbox->watch.program, .verb = "away", .words = words, .done = on_cleared }, &err)) {
		log_error("clearing the folder of network scanners", &err);
		inbox->clearings = NULL;
	}
	arena_free(&arena);
}

void inbox_done_with(struct duty *duty, const struct folder_entry *entry)
{
	struct inbox *inbox = duty->inbox;
	if (!inbox)
		return;
	struct clearing *one = ARENA_NEW(&inbox->arena, struct clearing), **at = &inbox->clearings;
	*one = (struct clearing){ .entry = *entry };
	one->entry.name = arena_string(&inbox->arena, entry->name);
	while (*at)
		at = &(*at)->next;
	*at = one;
	if (inbox->clearings == one)
		clear_next(inbox);
}

struct inbox *inbox_begin(struct duty *duty)
{
	const struct config *config = &duty->program->config;
	const char *folder = config_text(config, "scan", "folder", NULL);
	struct error err;
	if (!folder || !*folder)
		return NULL;
	struct inbox *inbox = calloc(1, sizeof *inbox);
	if (!inbox)
		abort();
	inbox->duty = duty;
	inbox->say.fire = say_new;
	inbox->folder = arena_string(&inbox->arena, folder);
	if (!config_number(config, "scan", "keep_days", KEEP_DAYS, 0, 365, &inbox->keep_days, &err)) {
		inbox->keep_days = KEEP_DAYS;
		desk_tell(duty->desk, &err);
	}
	folder_watch_start(duty->desk->loop, &duty->scope, &inbox->watch, &(struct folder_watch_plan){
		.program = path_join(&inbox->arena, duty->program->paths.libexec, "motcua-folder"),
		.folder = inbox->folder, .keep_days = (int)inbox->keep_days, .changed = on_changed, .owner = inbox });
	return inbox;
}

struct inbox *inbox_end(struct inbox *inbox)
{
	if (!inbox)
		return NULL;
	loop_cancel(inbox->duty->desk->loop, &inbox->say);
	folder_watch_stop(&inbox->watch);
	folder_clear(&inbox->job);
	arena_free(&inbox->known_memory);
	arena_free(&inbox->arena);
	free(inbox);
	return NULL;
}

const struct folder_watch *inbox_look(const struct duty *duty)
{
	return duty->inbox ? &duty->inbox->watch : NULL;
}

const char *inbox_folder(const struct duty *duty)
{
	return duty->inbox ? duty->inbox->folder : "";
}

int inbox_keep_days(const struct duty *duty)
{
	return duty->inbox ? (int)duty->inbox->keep_days : 0;
}
