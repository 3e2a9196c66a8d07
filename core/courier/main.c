/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-courier — the program: two database connections, one engine, a lock. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/base/detach.h"
#include "core/base/log.h"
#include "core/base/say.h"
#include "core/courier/check.h"
#include "core/courier/engine.h"
#include "core/courier/options.h"
#include "core/courier/profiles.h"
#include "core/courier/secrets.h"
#include "core/courier/vigil.h"
#include "core/courier/wire.h"
#include "core/store/cluster.h"

/* Finishing what is under way may take this long after SIGTERM. */
#define DRAIN_MS 100000

struct courier {
	struct options options;
	struct arena arena;
	struct loop loop;
	struct store *store, *aside;
	struct engine *engine;
	struct vigil vigil;
	struct config secrets;
	struct ask world_ask;
	json_t *profiles;
	char *profile_text;
	struct watch signals;
	struct timer give_up;
	int ready;
	int status;
};

static const char *profile_of(void *owner, const char *system)
{
	struct courier *courier = owner;
	free(courier->profile_text);
	courier->profile_text =
		json_dumps(json_object_get(courier->profiles, system), JSON_COMPACT);
	return courier->profile_text;
}

static json_t *secrets_known(void *owner, const char *system)
{
	return secrets_of(&((struct courier *)owner)->secrets, system);
}

static void drained(void *owner)
{
	((struct courier *)owner)->loop.stop = true;
}

static void give_up(struct timer *timer)
{
	OWNER_OF(timer, struct courier, give_up)->loop.stop = true;
}

static void on_signal(struct watch *watch, short revents)
{
	(void)revents;
	struct courier *courier = OWNER_OF(watch, struct courier, signals);
	struct signalfd_siginfo info;
	while (read(watch->fd, &info, sizeof info) == (ssize_t)sizeof info)
		;
	log_line(LOG_NOTE, "asked to stop");
	if (!courier->engine || courier->give_up.armed) {
		courier->loop.stop = true; /* nothing to finish, or asked twice */
		return;
	}
	loop_after(&courier->loop, &courier->give_up, DRAIN_MS);
	engine_drain(courier->engine);
}

static bool start_engine(struct courier *courier, struct error *err)
{
	const struct options *options = &courier->options;
	struct engine_plan plan = { .name = options->name,
		                    .store = courier->store,
		                    .aside = courier->aside,
		                    .lease_seconds = (int)options->lease_seconds,
		                    .claim_ms = (int)options->claim_ms,
		                    .ask_ms = (int)options->ask_ms,
		                    .back_off_ms = (int)options->back_off_ms,
		                    .port_file = options->port_file,
		                    .listen = options->listen,
		                    .listen_file = options->listen_file,
		                    .once = options->once,
		                    .profile = profile_of,
		                    .files_first = options->profiles != NULL,
		                    .secrets = secrets_known,
		                    .drained = drained,
		                    .owner = courier };
	courier->engine = engine_start(&courier->loop, &plan, err);
	return courier->engine;
}

static void give_up_on(struct courier *courier, const struct error *err)
{
	log_error("start", err);
	fprintf(stderr, "motcua-courier: %s\n", err->say);
	courier->status = 1;
	courier->loop.stop = true;
}

/* Which world is it?  Invented units are served by the practice world and by
 * nothing else; a real unit's dossiers never go there. */
static void world_known(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct courier *courier = ask->owner;
	struct options *options = &courier->options;
	struct error trouble = { 0 };
	if (err && err->fault == FAULT_OFFLINE) {
		wire_practice(courier->store, NULL, ask); /* waits for the line */
		return;
	}
	if (err) {
		give_up_on(courier, err);
		return;
	}
	bool practice = reply_flag(reply, 0, "practice");
	if (options->practice && !practice) {
		fail(&trouble, FAULT_INPUT, _("Cơ sở dữ liệu này có đơn vị thật, không tập duyệt ở đây"));
		because(&trouble, "--practice on a database with real units");
		give_up_on(courier, &trouble);
		return;
	}
	const char *path = options_profiles(options, practice, &courier->arena);
	log_line(LOG_NOTE, "%s world, profiles %s", practice ? "practice" : "real", path);
	courier->profiles = profiles_read(path, &trouble);
	if (!courier->profiles || !start_engine(courier, &trouble))
		give_up_on(courier, &trouble);
	else if (!options->once)
		vigil_start(&courier->vigil, &courier->loop, courier->aside, (int)options->tend_ms);
}

static void state_changed(struct store *store, enum store_state state, const struct error *err)
{
	struct courier *courier = store_owner(store);
	if (state == STORE_READY) {
		log_line(LOG_NOTE, "database connected");
		if (!courier->engine && !courier->world_ask.done) {
			courier->world_ask = (struct ask){ .done = world_known, .owner = courier };
			wire_practice(store, NULL, &courier->world_ask);
		}
	} else if (err) {
		log_error("database", err);
		if (state == STORE_REFUSED) {
			fprintf(stderr, "motcua-courier: %s\n", err->say);
			courier->status = 1;
			courier->loop.stop = true;
		}
	}
}

static void notified(struct store *store, const char *channel, const char *payload)
{
	(void)channel;
	struct courier *courier = store_owner(store);
	if (courier->engine)
		engine_hint(courier->engine, payload);
}

static void again(struct store *store)
{
	notified(store, "", "?");
	notified(store, "", "");
}

/* What the main connection is told decides; this one comes back by itself. */
static void aside_changed(struct store *store, enum store_state state, const struct error *err)
{
	(void)store;
	if (state != STORE_READY && err)
		log_error("second connection", err);
}

static bool open_store(struct courier *courier, struct error *err)
{
	struct options *options = &courier->options;
	static struct cluster cluster;
	if (!options->server) {
		if (!cluster_find(&cluster, &options->paths, &courier->arena, err))
			return false;
		options->server = cluster.server;
	}
	struct store_settings settings = { .server = options->server,
		                           .user = options->user,
		                           .program = "motcua-courier",
		                           .state = state_changed,
		                           .notify = notified,
		                           .again = again,
		                           .owner = courier };
	courier->store = store_open(&courier->loop, &settings, err);
	if (!courier->store)
		return false;
	store_listen(courier->store, "motcua_outbox");
	settings.state = aside_changed;
	settings.notify = NULL;
	settings.again = NULL;
	courier->aside = store_open(&courier->loop, &settings, err);
	return courier->aside;
}

static bool serve(struct courier *courier, struct error *err)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP };
	courier->signals.fd = loop_signal_fd(signals, 3);
	courier->signals.events = POLLIN;
	courier->signals.ready = on_signal;
	courier->give_up.fire = give_up;
	loop_watch(&courier->loop, &courier->signals);
	if (!open_store(courier, err))
		return false;
	if (courier->ready >= 0)
		detach_ready(courier->ready);
	log_line(LOG_NOTE, "courier %s", courier->options.name);
	loop_run(&courier->loop);
	vigil_stop(&courier->vigil);
	engine_stop(courier->engine);
	courier->aside = store_close(courier->aside);
	courier->store = store_close(courier->store);
	log_line(LOG_NOTE, "stopped");
	return courier->status == 0;
}

static bool run(struct courier *courier, struct error *err)
{
	const struct options *options = &courier->options;
	pid_t holder = 0;
	if (options->stop)
		return detach_stop(options->lock, DRAIN_MS + 5000, err);
	if (options->detach) {
		if (detach_holder(options->lock) > 0)
			return true;
		if (!detach_start(&courier->ready, err))
			return false;
	}
	/* A courier run by hand for once, or named, may work beside the started one. */
	if (options->detach && !detach_lock(options->lock, &holder, err))
		return holder > 0; /* another start was quicker: that one serves */
	if (!log_open("motcua-courier", options->log, err))
		return false;
	log_level(options->verbose ? LOG_DEBUG : LOG_NOTE);
	return secrets_read(&courier->secrets, options->secrets, err) && serve(courier, err);
}

int main(int argc, char **argv)
{
	struct courier courier = { .ready = -1 };
	struct error err = { 0 };
	bool good;
	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	say_language(NULL, NULL);
	loop_init(&courier.loop);
	if (!options_read(&courier.options, argc, argv, &courier.arena, &err)) {
		fputs(err.say[0] ? err.say : options_usage, stderr);
		arena_free(&courier.arena);
		return 2;
	}
	if (courier.options.check)
		good = check_run(&courier.options, &courier.arena, stdout);
	else
		good = run(&courier, &err);
	if (!good && err.say[0]) {
		fprintf(stderr, "motcua-courier: %s\n", err.say);
		log_error("courier", &err);
	}
	free(courier.profile_text);
	json_decref(courier.profiles);
	config_free(&courier.secrets);
	config_free(&courier.options.settings);
	arena_free(&courier.arena);
	log_close();
	return good ? 0 : 1;
}
