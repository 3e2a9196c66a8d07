/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"

/* Numbers travel as text; the buffers live until store_ask has copied them. */
struct number {
	char text[24];
};

static struct param number(struct number *n, int64_t value)
{
	snprintf(n->text, sizeof n->text, "%lld", (long long)value);
	return PARAM_TEXT(n->text);
}

void wire_practice(struct store *store, struct scope *scope, struct ask *ask)
{
	ask->repeat = true;
	store_ask(store, scope, ask, "SELECT wire.practice() AS practice", NULL, 0);
}

void wire_systems(struct store *store, struct scope *scope, struct ask *ask)
{
	ask->repeat = true;
	store_ask(store, scope, ask, "SELECT code, name, family, profile, health FROM wire.systems()",
	          NULL, 0);
}

void wire_claim(struct store *store, struct scope *scope, struct ask *ask, const char *courier,
                int lease_seconds, const char *systems, const char *wants)
{
	struct number lease;
	struct param params[] = { PARAM_TEXT(courier), number(&lease, lease_seconds),
		                  PARAM_TEXT(systems), PARAM_TEXT(wants) };
	ask->verbatim = true; /* our own words; theirs among them were mended when they came */
	store_ask(store, scope, ask,
	          "SELECT unit_id, dossier_id, system, fence, message_id, kind, payload, attempts, "
	          "ask_first, foreign_code, created_there, memory, files "
	          "FROM wire.claim_from($1, $2::int, $3::text[], $4::int[])",
	          params, 4);
}

void wire_read_errand(const struct reply *reply, int row, struct errand *errand)
{
	*errand = (struct errand){
		.unit = reply_number(reply, row, "unit_id", 0),
		.dossier = reply_number(reply, row, "dossier_id", 0),
		.fence = reply_number(reply, row, "fence", 0),
		.message = reply_number(reply, row, "message_id", 0),
		.attempts = (int)reply_number(reply, row, "attempts", 0),
		.ask_first = reply_flag(reply, row, "ask_first"),
		.created_there = reply_flag(reply, row, "created_there"),
	};
	snprintf(errand->system, sizeof errand->system, "%s", reply_text(reply, row, "system"));
	snprintf(errand->kind, sizeof errand->kind, "%s", reply_text(reply, row, "kind"));
	snprintf(errand->foreign_code, sizeof errand->foreign_code, "%s",
	         reply_text(reply, row, "foreign_code"));
}

/* "{1,2,3}" */
static char *number_list(const int64_t *numbers, int count)
{
	struct bytes text = { 0 };
	char one[24];
	for (int i = 0; i < count; i++) {
		snprintf(one, sizeof one, "%c%lld", i ? ',' : '{', (long long)numbers[i]);
		bytes_text(&text, one);
	}
	bytes_text(&text, count ? "}" : "{}");
	char *copy = strdup(bytes_string(&text));
	bytes_free(&text);
	if (!copy)
		abort();
	return copy;
}

void wire_begin_all(struct store *store, struct scope *scope, struct ask *ask,
                    const int64_t *messages, const int64_t *fences, int count)
{
	char *ids = number_list(messages, count), *locks = number_list(fences, count);
	struct param params[] = { PARAM_TEXT(ids), PARAM_TEXT(locks) };
	ask->repeat = true;
	store_ask(store, scope, ask,
	          "SELECT b AS message_id FROM wire.begin_all($1::bigint[], $2::bigint[]) b",
	          params, 2);
	free(ids);
	free(locks);
}

void wire_renew(struct store *store, struct scope *scope, struct ask *ask,
                const struct errand *errand, int lease_seconds)
{
	struct number message, fence, lease;
	struct param params[] = { number(&message, errand->message), number(&fence, errand->fence),
		                  number(&lease, lease_seconds) };
	ask->repeat = true;
	store_ask(store, scope, ask,
	          "SELECT wire.renew($1::bigint, $2::bigint, $3::int) AS kept", params, 3);
}

void wire_remember_all(struct store *store, struct scope *scope, struct ask *ask, const char *lines)
{
	struct param params[] = { PARAM_TEXT(lines) };
	ask->repeat = true;
	store_ask(store, scope, ask,
	          "SELECT r AS message_id FROM wire.remember_all($1::jsonb) r", params, 1);
}

void wire_claim_questions(struct store *store, struct scope *scope, struct ask *ask,
                          const char *courier, int lease_seconds, int most)
{
	struct number lease, count;
	struct param params[] = { PARAM_TEXT(courier), number(&lease, lease_seconds),
		                  number(&count, most) };
	store_ask(store, scope, ask, "SELECT * FROM wire.claim_questions($1, $2::int, $3::int)",
	          params, 3);
}

void wire_replied(struct store *store, struct scope *scope, struct ask *ask, int64_t question,
                  int64_t fence, const char *class, const char *reply, const char *note,
                  int retry_after)
{
	struct number id, lock, after;
	struct param params[] = { number(&id, question), number(&lock, fence), PARAM_TEXT(class),
		                  PARAM_TEXT(reply),     PARAM_TEXT(note),
		                  number(&after, retry_after) };
	ask->repeat = true;
	store_ask(store, scope, ask,
	          "SELECT wire.replied($1::bigint, $2::bigint, $3, $4::jsonb, $5, $6::int) AS kept",
	          params, 6);
}

void wire_release(struct store *store, struct scope *scope, struct ask *ask,
                  const struct errand *errand)
{
	struct number message, fence;
	struct param params[] = { number(&message, errand->message), number(&fence, errand->fence) };
	ask->repeat = true;
	store_ask(store, scope, ask, "SELECT wire.release($1::bigint, $2::bigint) AS kept", params,
	          2);
}

void wire_finish_all(struct store *store, struct scope *scope, struct ask *ask, const char *lines)
{
	struct param params[] = { PARAM_TEXT(lines) };
	/* Repeated after a lost line: the fence makes the second one harmless. */
	ask->repeat = true;
	store_ask(store, scope, ask, "SELECT message_id, more FROM wire.finish_all($1::jsonb)",
	          params, 1);
}

void wire_pause(struct store *store, struct scope *scope, struct ask *ask, const char *system,
                int seconds)
{
	struct number wait;
	struct param params[] = { PARAM_TEXT(system), number(&wait, seconds) };
	ask->repeat = true;
	store_ask(store, scope, ask, "SELECT wire.pause($1, $2::int)", params, 2);
}

void wire_health(struct store *store, struct scope *scope, struct ask *ask, const char *system,
                 const char *state, const char *note)
{
	struct param params[] = { PARAM_TEXT(system), PARAM_TEXT(state), PARAM_TEXT(note) };
	ask->repeat = true;
	store_ask(store, scope, ask, "SELECT wire.health($1, $2, $3)", params, 3);
}

void wire_hush(struct store *store, struct scope *scope, struct ask *ask, const char *system,
               bool quiet)
{
	struct param params[] = { PARAM_TEXT(system), PARAM_TEXT(quiet ? "t" : "f") };
	ask->repeat = true;
	store_ask(store, scope, ask, "SELECT wire.hush($1, $2)", params, 2);
}

void wire_file_piece(struct store *store, struct scope *scope, struct ask *ask, int64_t file,
                     int piece)
{
	struct number id, seq;
	struct param params[] = { number(&id, file), number(&seq, piece) };
	ask->repeat = ask->binary = true;
	store_ask(store, scope, ask, "SELECT wire.file_piece($1::bigint, $2::int) AS data", params,
	          2);
}

void wire_watch(struct store *store, struct scope *scope, struct ask *ask)
{
	store_ask(store, scope, ask, "SELECT wire.watch()", NULL, 0);
}
