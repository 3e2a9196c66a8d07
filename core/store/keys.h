/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/keys.h — Public keys of the counters: registered once, read at
 * log-in, kept in a file so that a receipt is verified with no network. */
#pragma once
#include "core/store/seal.h"
#include "core/store/store.h"

struct counter_key {
	int64_t key_id;
	int64_t unit_id;
	uint8_t public[SEAL_PUBLIC_SIZE];
	moment_t valid_from, valid_to; /* MOMENT_NONE: open */
};
struct key_list {
	const struct counter_key *keys;
	int count;
};

struct keys_ask {
	/* register: key_id of this counter; read: list. */
	void (*done)(struct keys_ask *, int64_t key_id, const struct key_list *,
	             const struct error *);
	struct arena *into;      /* required by keys_read              */
	void *owner;
	struct ask ask;          /* keys.c's own */
};
/* Harmless to repeat: the same key of the same counter keeps its id. */
void keys_register(struct store *, struct scope *, struct keys_ask *, const char *counter,
                   const uint8_t public[SEAL_PUBLIC_SIZE]);
void keys_read(struct store *, struct scope *, struct keys_ask *);

const struct counter_key *keys_find(const struct key_list *, int64_t key_id);
/* The cache, a text file "id unit from to hex" a line. */
bool keys_save(const struct key_list *, const char *path, struct error *);
/* A missing file is an empty list. */
bool keys_load(struct key_list *, struct arena *, const char *path, struct error *);
