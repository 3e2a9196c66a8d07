/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/support/ear.h — Somebody else's connection that hears what is committed: the
 * moment of each notice of a channel, by the loop's clock. */
#pragma once
#include <libpq-fe.h>
#include "core/base/loop.h"

enum { EAR_MOST = 4000 }; /* what comes after is not kept */

struct ear {
	PGconn *line;
	struct loop *loop;
	struct watch watch;
	struct heard {
		char what[16];
		int64_t id, at;
	} heard[EAR_MOST];
	int count;
};

/* Notices are "what id", as the store sends them.  Fails the test without a connection. */
void ear_open(struct ear *, struct loop *, const char *server, const char *channel);
/* When the first notice about it came since then; 0 without one.  id 0: the last one about any. */
int64_t ear_heard(const struct ear *, const char *what, int64_t id, int64_t since);
/* What was heard so far. */
void ear_forget(struct ear *);
void ear_close(struct ear *);
