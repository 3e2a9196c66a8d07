/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/duty.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/dossier/catalogue.h"
#include "core/scan/spool.h"
#include "core/store/catalogue_load.h"
#include "tui/desk.h"
#include "tui/dossier_batch.h"
#include "tui/draft.h"
#include "tui/coach.h"
#include "tui/inbox.h"
#include "tui/print.h"
#include "tui/program.h"
#include "tui/reading.h"
#include "tui/ready.h"
#include "tui/rights.h"
#include "tui/signer.h"
#include "tui/sit.h"

void duty_tell(struct duty *duty, const char *what, int64_t id)
{
	/* A listener may leave, or bring others, while it is told. */
	for (struct listener *at = duty->listeners, *next; at; at = next) {
		next = at->next;
		at->heard(at, what, id);
	}
}

static void stop_listening(struct task *task)
{
	struct listener *gone = OWNER_OF(task, struct listener, task);
	for (struct listener **at = &gone->duty->listeners; *at; at = &(*at)->next) {
		if (*at != gone)
			continue;
		*at = gone->next;
		return;
	}
}

void duty_listen(struct duty *duty, struct scope *scope, struct listener *listener)
{
	listener->duty = duty;
	listener->task = (struct task){ .end = stop_listening };
	scope_add(scope, &listener->task);
	listener->next = duty->listeners;
	duty->listeners = listener;
}

static const char *known_keys_file(struct duty *duty, struct arena *arena)
{
	return path_join(arena, duty->program->paths.data, "known-keys");
}

static void on_keys(struct keys_ask *ask, int64_t key_id, const struct key_list *list,
                    const struct error *err)
{
	(void)key_id;
	struct duty *duty = ask->owner;
	struct error why = { 0 };
	if (err) {
		log_error("reading the counters' keys", err);
		return;
	}
	duty->known = *list;
	struct arena arena = { 0 };
	if (!keys_save(list, known_keys_file(duty, &arena), &why))
		log_error("keeping the counters' keys", &why);
	arena_free(&arena);
}

static void on_registered(struct keys_ask *ask, int64_t key_id, const struct key_list *list,
                          const struct error *err)
{
	(void)list;
	struct duty *duty = ask->owner;
	if (err) {
		log_error("registering this counter's key", err);
		desk_tell(duty->desk, err);
		return;
	}
	duty->key_id = key_id;
	duty->list_ask = (struct keys_ask){ .done = on_keys, .into = &duty->known_memory,
		.owner = duty };
	keys_read(duty_store(duty), &duty->scope, &duty->list_ask);
}

static void on_catalogue(void *owner, struct catalogue *catalogue, const struct error *err)
{
	struct duty *duty = owner;
	duty->catalogue_stale = false;
	if (err) {
		log_error("reading the catalogue", err);
		desk_tell(duty->desk, err);
		return;
	}
	if (duty->catalogue) {
		/* Screens hold pointers into the old one: they re-find theirs while
		 * both exist. */
		struct catalogue *old = duty->catalogue;
		duty->catalogue = duty->desk->catalogue = catalogue;
		duty_tell(duty, "catalogue", 0);
		catalogue_drop(old);
	} else {
		duty->catalogue = duty->desk->catalogue = catalogue;
		duty_tell(duty, "catalogue", 0);
	}
	/* The replies were as large again as what is kept of them. */
	malloc_trim(0);
	desk_dirty(duty->desk);
}

void duty_reload(struct duty *duty)
{
	if (duty->catalogue_stale || duty->facts->province)
		return; /* one is on its way; or none is needed */
	duty->catalogue_stale = true;
	catalogue_load(duty_store(duty), &duty->scope,
	               &(struct catalogue_calls){ .done = on_catalogue, .owner = duty });
}

static void register_key(struct duty *duty)
{
	if (duty->register_ask.ask.slot || !*duty->facts->counter)
		return; /* on its way; or nobody is served here */
	duty->register_ask = (struct keys_ask){ .done = on_registered, .owner = duty };
	keys_register(duty_store(duty), &duty->scope, &duty->register_ask,
	              duty->facts->counter, duty->key.public);
}

static void at_work(struct duty *duty)
{
	duty->facts = session_facts(duty->session);
	duty->on_line = true;
	duty->desk->practice = duty->facts->practice;
	duty->desk->ahead = session_now(duty->session) - moment_now();
	if (duty->facts->province)
		return; /* it looks, and works on nothing */
	draft_look(duty);
	struct error err = { 0 };
	if (!draw_warm(&duty->draw, &err))
		log_error("warming the drawing helper", &err);
	duty_reload(duty);
	register_key(duty);
	print_resume(duty);
	duty->rights = rights_begin(duty);
	duty->inbox = inbox_begin(duty);
	duty->coach = coach_begin(duty);
	(void)signer_begin(duty);
}

static void on_opened(struct session *session, const struct error *err)
{
	struct duty *duty = session_owner(session);
	if (!err)
		at_work(duty);
	duty->calls.opened(duty->calls.owner, duty, err);
}

/* How long a lost database of our own is left to itself before it is started
 * again, and how often. */
#define REVIVE_MS 10000

static void on_revival_step(void *owner)
{
	(void)owner; /* the status line already says that the line is lost */
}

static void on_revived(void *owner, const struct error *err)
{
	(void)owner;
	if (err)
		log_error("starting our database again", err);
}

static void on_revive(struct timer *timer)
{
	struct duty *duty = OWNER_OF(timer, struct duty, revive);
	if (duty->on_line || ready_stopped(duty->program))
		return;
	if (!starting_under_way(&duty->revival))
		starting_begin(&duty->revival, duty->program, duty->desk->loop, &duty->scope,
		               &(struct starting_calls){ on_revival_step, on_revived, duty });
	loop_after(duty->desk->loop, &duty->revive, REVIVE_MS);
}

static void on_line(struct session *session, const struct error *err)
{
	struct duty *duty = session_owner(session);
	duty->on_line = !err;
	if (err)
		desk_say(duty->desk, FAULT_OFFLINE,
		         _("Mất kết nối cơ sở dữ liệu. Cứ nhập tiếp, nháp được giữ; chưa cấp giấy được."));
	else
		desk_say(duty->desk, FAULT_NONE, _("Đã nối lại cơ sở dữ liệu."));
	if (err && duty->program->embedded)
		loop_after(duty->desk->loop, &duty->revive, REVIVE_MS);
	duty_tell(duty, "line", !err);
	desk_dirty(duty->desk);
}

static void on_changed(struct session *session, const char *what, int64_t id)
{
	struct duty *duty = session_owner(session);
	if (strcmp(what, "printjob") == 0)
		print_poke(duty);
	if (what[0] == 'c') /* catalogue: told to screens when it is here */
		duty_reload(duty);
	else
		duty_tell(duty, what, id);
	desk_dirty(duty->desk);
}

static void on_again(struct session *session)
{
	struct duty *duty = session_owner(session);
	duty->desk->ahead = session_now(session) - moment_now();
	if (duty->facts)
		duty_reload(duty);
	/* Without it nothing can be signed; and another machine may have taken the
	 * counter while this one was away. */
	if (duty->facts)
		register_key(duty);
	print_poke(duty);
	duty_tell(duty, "again", 0);
}

static bool open_locks(struct duty *duty, const char *login, const char *password,
                       struct error *err)
{
	const char *data = duty->program->paths.data;
	struct arena arena = { 0 };
	const char *drafts = path_join(&arena, data, "drafts");
	bool good = path_make(drafts, 0700, err) && seal_key_open(&duty->key, data, err) &&
	            seal_box_derive(&duty->box, drafts, login, password, err);
	if (good)
		keys_load(&duty->known, &duty->known_memory, known_keys_file(duty, &arena),
		          NULL);
	arena_free(&arena);
	return good;
}

bool duty_password_is(const struct duty *duty, const char *password)
{
	struct arena arena = { 0 };
	struct seal_box box;
	struct error err;
	bool good = seal_box_derive(&box, path_join(&arena, duty->program->paths.data, "drafts"), duty->facts->login, password, &err) &&
	            memcmp(box.key, duty->box.key, sizeof box.key) == 0;
	seal_box_wipe(&box);
	arena_free(&arena);
	return good;
}

struct duty *duty_begin(struct desk *desk, struct program *program, const char *login,
                          const char *password, const char *counter,
                          const struct duty_calls *calls, struct error *err)
{
	struct duty *duty = calloc(1, sizeof *duty);
	if (!duty)
		abort();
	*duty = (struct duty){ .program = program, .desk = desk, .calls = *calls };
	duty->revive.fire = on_revive;
	draw_init(&duty->draw, desk->loop,
	          path_join(&desk->arena, program->paths.libexec, "motcua-draw"),
	          program->paths.share);
	(void)spool_sweep(program->paths.data); /* pages of a scan that a crash cut short */
	struct session_plan plan = { .server = program->server, .login = login,
		.password = password, .counter = counter, .program = "motcua",
		.province = sitting_of(program)->province };
	struct session_calls hears = { .opened = on_opened, .line = on_line,
		.changed = on_changed, .again = on_again, .owner = duty };
	if (open_locks(duty, login, password, err))
		duty->session = session_open(desk->loop, &plan, &hears, err);
	return duty->session ? duty : duty_end(duty);
}

struct duty *duty_end(struct duty *duty)
{
	if (!duty)
		return NULL;
	loop_cancel(duty->desk->loop, &duty->revive);
	scope_end(&duty->scope);
	free(duty->result);
	batch_free(duty->batch);
	duty->reading = reading_end(duty->reading);
	duty->rights = rights_end(duty->rights);
	duty->inbox = inbox_end(duty->inbox);
	duty->coach = coach_end(duty->coach);
	duty->signer = signer_end(duty->signer);
	print_end(duty);
	draw_close(&duty->draw);
	duty->session = session_close(duty->session);
	seal_box_wipe(&duty->box);
	seal_key_wipe(&duty->key);
	if (duty->catalogue) {
		if (duty->desk->catalogue == duty->catalogue)
			duty->desk->catalogue = NULL;
		catalogue_drop(duty->catalogue);
	}
	arena_free(&duty->known_memory);
	free(duty->folder);
	free(duty);
	return NULL;
}

struct store *duty_store(struct duty *duty)
{
	return session_store(duty->session);
}

struct duty *duty_at(const struct desk *desk)
{
	return ((const struct program *)desk->program)->duty;
}

struct duty *duty_of(const struct screen *screen)
{
	return duty_at(screen->desk);
}
