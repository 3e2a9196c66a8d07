/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/tell.h — The room's own: words for citizens through one gateway.  A
 * system is a gateway when its profile describes the call "tell"; with "told" it can
 * be asked, by the number we gave a message, what became of it.  Both are of the
 * family json (json.h); their payload: request (that number), to, words, channel
 * ("sms" "zalo" "email"), kind, code (of the dossier), their_id; their "read" gives
 * {"id", "state": "sent" "received" "failed" "missing"}, any other state is none.
 * Profile member "told_seconds": when it is asked first (30). */
#pragma once

struct post;
struct tell;

/* Takes what waits for this gateway; nothing when it is none. */
void tell_look(struct post *);
void tell_stop(struct post *);
