/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/wire.h — The database's functions for couriers (schema `wire`),
 * one C function each.  Replies come to ask->done as store.h says. */
#pragma once
#include "core/store/store.h"

/* A message to carry: the head of a claimed stream.  Strings live in the trip
 * that took it. */
struct errand {
	int64_t unit, dossier, fence, message;
	char system[48], kind[16];
	char foreign_code[64];
	int attempts;
	bool ask_first, created_there;
};

/* Column `practice`: are all units here invented ones? */
void wire_practice(struct store *, struct scope *, struct ask *);
void wire_systems(struct store *, struct scope *, struct ask *);
/* Claims heads of streams for lease_seconds: systems and how many of each, two SQL
 * arrays of one length. */
void wire_claim(struct store *, struct scope *, struct ask *, const char *courier,
                int lease_seconds, const char *systems, const char *wants);
void wire_read_errand(const struct reply *, int row, struct errand *);
/* Announces messages; column message_id lists those whose lease still is ours. */
void wire_begin_all(struct store *, struct scope *, struct ask *, const int64_t *messages,
                    const int64_t *fences, int count);

/* False in column `kept` when the lease is another courier's by now. */
void wire_renew(struct store *, struct scope *, struct ask *, const struct errand *,
                int lease_seconds);
/* Keeps what they told meanwhile: lines is a JSON array of {message_id, fence, memory};
 * column message_id lists those whose lease still is ours. */
void wire_remember_all(struct store *, struct scope *, struct ask *, const char *lines);
/* Gives a stream back that was not begun. */
void wire_release(struct store *, struct scope *, struct ask *, const struct errand *);

struct wire_result {
	const char *class, *reply, *note;
	int http_code, milliseconds, retry_after;
};
/* lines: JSON array of {message_id, fence, and the members of wire_result}; columns
 * message_id (those whose lease still was ours) and more (to carry). */
void wire_finish_all(struct store *, struct scope *, struct ask *, const char *lines);
/* Nobody sends to it for so long; 0 ends the pause. */
void wire_pause(struct store *, struct scope *, struct ask *, const char *system, int seconds);

/* Questions that wait: unit_id, question_id, system, kind, fence, attempts,
 * body, login, patience_seconds. */
void wire_claim_questions(struct store *, struct scope *, struct ask *, const char *courier,
                          int lease_seconds, int most);
/* class as of wire_result; reply: JSON text, NULL without one. */
void wire_replied(struct store *, struct scope *, struct ask *, int64_t question, int64_t fence,
                  const char *class, const char *reply, const char *note, int retry_after);

void wire_health(struct store *, struct scope *, struct ask *, const char *system,
                 const char *state, const char *note);
/* Told and no more: what fails there never marks a dossier. */
void wire_hush(struct store *, struct scope *, struct ask *, const char *system, bool quiet);
/* Column `data`: the nth piece (from 0) of a file, NULL after the last. */
void wire_file_piece(struct store *, struct scope *, struct ask *, int64_t file, int piece);

/* Alarms of silence. */
void wire_watch(struct store *, struct scope *, struct ask *);
