/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/peer.h — What a system outside says of dossiers, in our
 * vocabulary as far as its profile maps theirs; a word of theirs that it does
 * not map is kept as it is, never guessed: a supervisor says what it means. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include "core/base/date.h"
#include "core/courier/profile.h"

/* One line of their history of a dossier. */
struct peer_step {
	int status;                  /* ours, 1..10; 0: they use one we have no map for */
	moment_t at;
	char text[200];
	char word[48];               /* theirs, as written                     */
};
#define MOST_PEER_STEPS 32
struct peer_view {
	bool found;
	bool other;                  /* they told of other dossiers only       */
	char code[64];               /* ours, in lists                         */
	char foreign_code[64];       /* "" when they told none */
	int status;
	char word[48];               /* their word for the status              */
	moment_t received_at;        /* as they know it, or MOMENT_NONE        */
	moment_t due_at;             /* theirs; MOMENT_NONE or 0: not told     */
	struct peer_step steps[MOST_PEER_STEPS];
	int step_count;
	json_t *parts;               /* peer.c's own: what the adders below add */
};
void peer_view_clear(struct peer_view *);

/* A line of history; when the room is full the oldest goes.  word: theirs;
 * its status through the map "status" of the profile. */
void peer_add_step(const struct profile *, struct peer_view *, const char *word, moment_t at,
                   const char *text);
/* The status of now, by their word. */
void peer_set_status(const struct profile *, struct peer_view *, const char *word);

/* What they ask and give, beyond a status.  Texts are borrowed, mended, and may
 * be NULL; key: their number of it, NULL or "": it is told apart by what it
 * says.  Moments may be MOMENT_NONE. */
struct peer_ask {                    /* a supplement                           */
	const char *key, *text, *by;
	moment_t at, until, new_due;
	bool done;                   /* it has come in                         */
};
struct peer_fee {
	const char *key, *name, *text;
	int64_t amount;              /* đồng                                   */
	moment_t at;
	bool done;                   /* paid, or no longer asked for           */
};
struct peer_result {
	const char *key, *name;
	const char *code;            /* "KQ.G15.000038"                        */
	const char *link;            /* where its file is; or …                */
	const char *content;         /* … the file itself as base64            */
	const char *file, *media_type;
	moment_t at;
};
struct peer_extension {              /* a new date of theirs                   */
	const char *key, *text;
	moment_t at, old_due, new_due;
};
void peer_add_ask(struct peer_view *, const struct peer_ask *);
void peer_add_fee(struct peer_view *, const struct peer_fee *);
void peer_add_result(struct peer_view *, const struct peer_result *);
void peer_add_extension(struct peer_view *, const struct peer_extension *);

/* The whole of it as wire.told takes it; a new reference.  raw: their reply as
 * the journal keeps it, masked. */
json_t *peer_view_json(const struct peer_view *, const char *raw);

/* A page of what changed there, or of all they have of a period. */
struct peer_list {
	struct peer_view *views;     /* malloc'ed: peer_list_free              */
	int count;
	char cursor[80];             /* to go on from; "" when they told none  */
	bool more;                   /* another page is waiting                */
};
#define MOST_PEER_VIEWS 5000
/* A view to fill; NULL when a page holds more than anybody sends. */
struct peer_view *peer_list_add(struct peer_list *);
void peer_list_free(struct peer_list *);
/* [{code, foreign_code, status, word, received_at, due_at}] for reconciliation. */
json_t *peer_list_json(const struct peer_list *);
