/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/wire_answers.h"

#include <stdio.h>

/* Numbers travel as text; the buffers live until store_ask has copied them. */
struct number {
	char text[24];
};

static struct param number(struct number *n, int64_t value)
{
	snprintf(n->text, sizeof n->text, "%lld", (long long)value);
	return PARAM_TEXT(n->text);
}

/* All of these may be said twice: what is known already, or whose fence is old,
 * changes nothing. */
static void say(struct store *store, struct scope *scope, struct ask *ask, const char *sql,
                const struct param *params, int count)
{
	ask->repeat = true;
	store_ask(store, scope, ask, sql, params, count);
}

void wire_told_all(struct store *store, struct scope *scope, struct ask *ask, const char *lines)
{
	struct param params[] = { PARAM_TEXT(lines) };
	say(store, scope, ask, "SELECT wire.told_all($1::jsonb) AS news", params, 1);
}

void wire_open_streams(struct store *store, struct scope *scope, struct ask *ask,
                       const char *system, int most, int rest_seconds)
{
	struct number count, rest;
	struct param params[] = { PARAM_TEXT(system), number(&count, most),
		                  number(&rest, rest_seconds) };
	ask->verbatim = true;
	say(store, scope, ask, "SELECT * FROM wire.open_streams($1, $2::int, $3::int)", params, 3);
}

void wire_poll_begin(struct store *store, struct scope *scope, struct ask *ask, const char *system,
                     int window_hours, int overlap_minutes, int lease_seconds)
{
	struct number window, overlap, lease;
	struct param params[] = { PARAM_TEXT(system), number(&window, window_hours),
		                  number(&overlap, overlap_minutes), number(&lease, lease_seconds) };
	say(store, scope, ask, "SELECT * FROM wire.poll_begin($1, $2::int, $3::int, $4::int)", params,
	    4);
}

void wire_polled(struct store *store, struct scope *scope, struct ask *ask, const char *system,
                 int64_t fence, const char *views, const char *next_page)
{
	struct number lock;
	struct param params[] = { PARAM_TEXT(system), number(&lock, fence), PARAM_TEXT(views),
		                  PARAM_TEXT(next_page) };
	say(store, scope, ask, "SELECT wire.polled($1, $2::bigint, $3::jsonb, $4) AS more", params,
	    4);
}

void wire_part_work(struct store *store, struct scope *scope, struct ask *ask, const char *system,
                    int lease_seconds, int most, const char *ack)
{
	struct number lease, count;
	struct param params[] = { PARAM_TEXT(system), number(&lease, lease_seconds),
		                  number(&count, most), PARAM_TEXT(ack) };
	ask->verbatim = true;
	say(store, scope, ask, "SELECT * FROM wire.part_work($1, $2::int, $3::int, $4::text[])",
	    params, 4);
}

void wire_part_file(struct store *store, struct scope *scope, struct ask *ask, int64_t part,
                    int64_t fence, const char *name, const char *media_type, const void *bytes,
                    size_t n)
{
	struct number id, lock;
	struct param params[] = { number(&id, part), number(&lock, fence), PARAM_TEXT(name),
		                  PARAM_TEXT(media_type), PARAM_BYTES(bytes, n) };
	say(store, scope, ask, "SELECT wire.part_file($1::bigint, $2::bigint, $3, $4, $5) AS kept",
	    params, 5);
}

void wire_part_done(struct store *store, struct scope *scope, struct ask *ask, int64_t part,
                    int64_t fence, const char *class, const char *note, int retry_after)
{
	struct number id, lock, after;
	struct param params[] = { number(&id, part), number(&lock, fence), PARAM_TEXT(class),
		                  PARAM_TEXT(note), number(&after, retry_after) };
	say(store, scope, ask,
	    "SELECT wire.part_done($1::bigint, $2::bigint, $3, $4, $5::int) AS kept", params, 5);
}

void wire_called(struct store *store, struct scope *scope, struct ask *ask, const struct wire_call *call)
{
	struct param params[] = { PARAM_TEXT(call->system), PARAM_TEXT(call->call), PARAM_TEXT(call->code),
		                  PARAM_TEXT(call->foreign_code), PARAM_TEXT(call->view),
		                  PARAM_TEXT(call->notice), PARAM_TEXT(call->body), PARAM_TEXT(call->masked) };
	say(store, scope, ask, "SELECT wire.called($1, $2, $3, $4, $5::jsonb, $6, $7, $8) AS outcome", params, 8);
}

void wire_turned_away(struct store *store, struct scope *scope, struct ask *ask, const char *lines)
{
	struct param params[] = { PARAM_TEXT(lines) };
	/* Counted once or not at all. */
	store_ask(store, scope, ask, "SELECT wire.turned_away($1::jsonb)", params, 1);
}

void wire_tell_work(struct store *store, struct scope *scope, struct ask *ask, const char *system, bool asks,
                    int lease_seconds, int most)
{
	struct number lease, count;
	struct param params[] = { PARAM_TEXT(system), PARAM_TEXT(asks ? "t" : "f"), number(&lease, lease_seconds), number(&count, most) };
	ask->verbatim = true;
	say(store, scope, ask, "SELECT * FROM wire.tell_work($1, $2::boolean, $3::int, $4::int)", params, 4);
}

void wire_tell_done(struct store *store, struct scope *scope, struct ask *ask, const struct wire_tell *told)
{
	struct number id, lock, wait;
	struct param params[] = { number(&id, told->message), number(&lock, told->fence), PARAM_TEXT(told->what), PARAM_TEXT(told->class),
		                  PARAM_TEXT(told->said), PARAM_TEXT(told->their_id), PARAM_TEXT(told->note), number(&wait, told->wait),
		                  PARAM_TEXT(told->asks ? "t" : "f") };
	say(store, scope, ask, "SELECT wire.tell_done($1::bigint, $2::bigint, $3, $4, $5, $6, $7, $8::int, $9::boolean) AS kept", params, 9);
}

void wire_filings_listed(struct store *store, struct scope *scope, struct ask *ask, const char *system,
                         const char *lines)
{
	struct param params[] = { PARAM_TEXT(system), PARAM_TEXT(lines) };
	say(store, scope, ask, "SELECT wire.filings_listed($1, $2::jsonb) AS news", params, 2);
}

void wire_filings_pushed(struct store *store, struct scope *scope, struct ask *ask, const char *system, const char *call,
                         const char *items)
{
	struct param params[] = { PARAM_TEXT(system), PARAM_TEXT(call), PARAM_TEXT(items) };
	say(store, scope, ask, "SELECT * FROM wire.filings_pushed($1, $2, $3::jsonb)", params, 3);
}

void wire_filing_work(struct store *store, struct scope *scope, struct ask *ask, const char *system,
                      int lease_seconds, int most, int rest_seconds)
{
	struct number lease, count, rest;
	struct param params[] = { PARAM_TEXT(system), number(&lease, lease_seconds), number(&count, most),
		                  number(&rest, rest_seconds) };
	ask->verbatim = true;
	say(store, scope, ask, "SELECT * FROM wire.filing_work($1, $2::int, $3::int, $4::int)", params, 4);
}

void wire_filing_told(struct store *store, struct scope *scope, struct ask *ask, const char *system,
                      const struct wire_filing *filing, const char *view)
{
	struct number id, lock;
	struct param params[] = { PARAM_TEXT(system), number(&id, filing->id), number(&lock, filing->fence),
		                  PARAM_TEXT(view) };
	say(store, scope, ask, "SELECT wire.filing_told($1, $2::bigint, $3::bigint, $4::jsonb) AS kept", params, 4);
}

void wire_filing_file(struct store *store, struct scope *scope, struct ask *ask, const struct wire_filing *filing,
                      const char *media_type, const void *bytes, size_t n)
{
	struct number id, lock;
	struct param params[] = { number(&id, filing->id), number(&lock, filing->fence), PARAM_TEXT(media_type),
		                  PARAM_BYTES(bytes, n) };
	say(store, scope, ask, "SELECT wire.filing_file($1::bigint, $2::bigint, $3, $4) AS kept", params, 4);
}

void wire_filing_done(struct store *store, struct scope *scope, struct ask *ask, const struct wire_filing *filing,
                      const char *class, const char *note, int retry_after)
{
	struct number id, lock, after;
	struct param params[] = { PARAM_TEXT(filing->what), number(&id, filing->id), number(&lock, filing->fence),
		                  PARAM_TEXT(class), PARAM_TEXT(note), number(&after, retry_after) };
	say(store, scope, ask, "SELECT wire.filing_done($1, $2::bigint, $3::bigint, $4, $5, $6::int) AS kept", params, 6);
}

void wire_tend(struct store *store, struct scope *scope, struct ask *ask)
{
	ask->limit_ms = 60000;
	say(store, scope, ask, "SELECT wire.tend()", NULL, 0);
}
