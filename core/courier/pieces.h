/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/pieces.h — A message's files, read from the database piece by
 * piece while its request is being sent. */
#pragma once
#include <jansson.h>
#include "core/courier/body.h"
#include "core/store/store.h"

struct pieces {
	struct body_source source; /* for http_call.source */
	/* pieces.c's own: */
	struct store *store;
	struct scope scope;
	struct ask ask;
	struct body *body;
	int64_t *files;
	size_t count;
};

/* files: [{"id": …}, …], the only ones it gives out, whatever a body asks for;
 * NULL: none. */
void pieces_open(struct pieces *, struct store *, const json_t *files);
/* Forgets what was asked for; harmless twice and on { 0 }. */
void pieces_close(struct pieces *);
