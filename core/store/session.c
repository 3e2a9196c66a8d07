/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"

struct session {
	struct session_calls calls;
	struct session_facts facts;
	struct store *store;
	struct ask hello, goodbye;
	struct arena arena;  /* of the facts and the counter */
	const char *counter;
	bool province;       /* as in the plan */
	bool opened;         /* logged in once */
	bool closed;
	int depth;           /* callbacks under way */
};

static void enter(struct session *session)
{
	session->depth++;
}

static void leave(struct session *session)
{
	if (--session->depth == 0 && session->closed)
		free(session);
}

/* ---- hello ---- */

static void read_facts(struct session *session, const struct reply *reply)
{
	/* The old strings stay: screens may still point at them. */
	struct session_facts *facts = &session->facts;
#define TEXT(name) facts->name = arena_string(&session->arena, reply_text(reply, 0, #name))
	TEXT(login);
	TEXT(full_name);
	TEXT(title);
	TEXT(unit_code);
	TEXT(unit_name);
	TEXT(parent_name);
	TEXT(eid);
	TEXT(lookup_url);
	TEXT(phone);
	TEXT(organisation);
	TEXT(office);
	TEXT(place);
#undef TEXT
	facts->id = arena_string(&session->arena, reply_text(reply, 0, "session_id"));
	facts->counter = session->counter;
	facts->province = session->province;
	facts->is_supervisor = reply_flag(reply, 0, "is_supervisor");
	facts->practice = reply_flag(reply, 0, "practice");
	facts->unit_id = reply_number(reply, 0, "unit_id", 0);
	facts->schema_version = (int)reply_number(reply, 0, "schema_version", 0);
	facts->catalogue_version = (int)reply_number(reply, 0, "catalogue_version", 0);
	facts->server_now = reply_moment(reply, 0, "server_now");
	facts->server_ms = monotonic_ms();
}

static void listen(struct session *session)
{
	char channel[64];
	snprintf(channel, sizeof channel, "motcua_unit_%lld", (long long)session->facts.unit_id);
	store_listen(session->store, channel);
}

/* A refusal reaches the clerk through the store's state. */
static void on_hello(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct session *session = OWNER_OF(ask, struct session, hello);
	if (err || reply->rows != 1)
		return;
	read_facts(session, reply);
	if (!session->province)
		listen(session);
}

/* ---- the line ---- */

static void on_state(struct store *store, enum store_state state, const struct error *err)
{
	struct session *session = store_owner(store);
	if (state == STORE_CONNECTING)
		return;
	enter(session);
	bool first = !session->opened;
	if (state == STORE_READY)
		session->opened = true;
	if (first)
		session->calls.opened(session, err);
	else if (session->calls.line)
		session->calls.line(session, err);
	leave(session);
}

static void on_notify(struct store *store, const char *channel, const char *payload)
{
	struct session *session = store_owner(store);
	(void)channel;
	char what[16];
	long long id = 0;
	if (!session->calls.changed || sscanf(payload, "%15s %lld", what, &id) < 1)
		return;
	enter(session);
	session->calls.changed(session, what, id);
	leave(session);
}

static void on_again(struct store *store)
{
	struct session *session = store_owner(store);
	enter(session);
	if (session->calls.again)
		session->calls.again(session);
	leave(session);
}

/* ---- doors ---- */

/* The same columns, of a login that belongs to no unit. */
static const char province_hello[] =
	"select '' as session_id, login, full_name, '' as title, false as is_supervisor, 0 as unit_id, province_code as unit_code,"
	" province_name as unit_name, province_name as parent_name, '' as eid, practice, '' as lookup_url, server_now,"
	" 0 as schema_version, 0 as catalogue_version, '' as phone, '' as organisation, '' as office, '' as place from province.hello()";

struct session *session_open(struct loop *loop, const struct session_plan *plan,
                             const struct session_calls *calls, struct error *err)
{
	struct session *session = calloc(1, sizeof *session);
	if (!session)
		abort();
	session->calls = *calls;
	session->counter = arena_string(&session->arena, plan->counter);
	session->facts.counter = session->counter;
	const struct store_settings settings = { .server = plan->server, .user = plan->login,
		.password = plan->password, .program = plan->program, .state = on_state,
		.notify = on_notify, .again = on_again, .owner = session };
	session->store = store_open(loop, &settings, err);
	if (!session->store) {
		arena_free(&session->arena);
		free(session);
		return NULL;
	}
	char schema[16];
	snprintf(schema, sizeof schema, "%d", SCHEMA_VERSION);
	session->hello.done = on_hello;
	session->province = plan->province;
	store_greet(session->store, &session->hello, plan->province ? province_hello : "select * from desk.hello($1, $2::int)",
	            (struct param[]){ PARAM_TEXT(session->counter), PARAM_TEXT(schema) }, plan->province ? 0 : 2);
	return session;
}

static void on_nothing(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)ask;
	(void)reply;
	(void)err;
}

struct session *session_close(struct session *session)
{
	if (!session || session->closed)
		return NULL;
	session->closed = true;
	if (session->opened && !session->province && store_state(session->store) == STORE_READY) {
		/* Sent with the farewell; nobody waits for the answer. */
		session->goodbye = (struct ask){ .done = on_nothing, .at_once = true };
		store_ask(session->store, NULL, &session->goodbye, "select desk.goodbye($1::bigint)",
		          (struct param[]){ PARAM_TEXT(session->facts.id) }, 1);
	}
	session->store = store_close(session->store);
	arena_free(&session->arena);
	if (session->depth == 0)
		free(session);
	return NULL;
}

struct store *session_store(struct session *session)
{
	return session->store;
}

const struct session_facts *session_facts(const struct session *session)
{
	return &session->facts;
}

void *session_owner(const struct session *session)
{
	return session->calls.owner;
}

moment_t session_now(const struct session *session)
{
	if (!session->opened)
		return moment_now();
	return session->facts.server_now +
	       (monotonic_ms() - session->facts.server_ms) / 1000;
}

/* ---- counters ---- */

static void on_counters(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct counters_ask *mine = OWNER_OF(ask, struct counters_ask, ask);
	struct error unfit;
	if (err) {
		mine->done(mine, NULL, 0, err);
		return;
	}
	struct counter_row *rows = ARENA_MANY(mine->into, struct counter_row, reply->rows + 1);
	for (int i = 0; i < reply->rows; i++)
		rows[i] = (struct counter_row){ .code = reply_text(reply, i, "code"),
			.name = reply_text(reply, i, "name"),
			.busy_with = reply_text(reply, i, "busy_with") };
	if (reply_whole(reply, &unfit))
		mine->done(mine, rows, reply->rows, NULL);
	else
		mine->done(mine, NULL, 0, &unfit);
}

void counters_start(struct store *store, struct scope *scope, struct counters_ask *mine)
{
	mine->ask = (struct ask){ .done = on_counters, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.counters()", NULL, 0);
}
