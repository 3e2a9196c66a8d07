/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/peer.h — What a system outside says of dossiers, in our
 * vocabulary as far as its profile maps theirs. */
#pragma once
#include <stdbool.h>
#include "core/base/date.h"

/* One line of their history of a dossier. */
struct peer_step {
	int status;                  /* ours, 1..10; 0: they use one we have no map for */
	moment_t at;
	char text[200];
};
#define MOST_PEER_STEPS 32
struct peer_view {
	bool found;
	bool other;                  /* they told of other dossiers only       */
	char code[64];               /* ours, in lists                         */
	char foreign_code[64];       /* "" when they told none */
	int status;
	moment_t received_at;        /* as they know it, or MOMENT_NONE        */
	struct peer_step steps[MOST_PEER_STEPS];
	int step_count;
};

/* A page of what changed there. */
struct peer_list {
	struct peer_view *views;     /* malloc'ed: peer_list_free              */
	int count;
	char cursor[80];             /* to go on from; "" when they told none  */
	bool more;                   /* another page is waiting                */
};
void peer_list_free(struct peer_list *);
