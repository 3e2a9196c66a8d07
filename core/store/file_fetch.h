/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/file_fetch.h — A whole file out of the database, piece by piece into a
 * nameless file on this machine's disk, its SHA-256 compared at the end.  One piece
 * is in memory at a time; the database records who read it. */
#pragma once
#include "core/store/seal.h"
#include "core/store/store.h"

struct fetch_ask {
	/* fd holds the file, verified; NULL err. */
	void (*done)(struct fetch_ask *, const struct error *err);
	void (*progress)(struct fetch_ask *, int64_t got, int64_t size); /* may be NULL */
	void *owner;
	/* read in done: */
	int fd;               /* the caller's to close (fetch_close); -1: none */
	int64_t size;
	const char *ending;   /* "pdf" "jpg" "png" … by its bytes; "bin" unknown */
	/* file_fetch.c's own: */
	struct ask ask;
	struct task task;
	struct scope own;
	struct store *store;
	int64_t file_id, got;
	int piece;
	char sha256[2 * SEAL_HASH_SIZE + 1], name[256];
	struct seal_hash hash;
};
/* folder: where nameless files may lie (paths.data). */
void file_fetch(struct store *, struct scope *, struct fetch_ask *, int64_t file_id, const char *folder);
void fetch_close(struct fetch_ask *);
/* An empty file in folder, gone with its last descriptor, whatever happens to us; -1: errno. */
int fetch_nameless(const char *folder);

struct used_ask {
	void (*done)(struct used_ask *); /* recorded, or logged why not; may be NULL */
	void *owner;
	struct ask ask;       /* file_fetch.c's own */
};
/* What became of it, for the audit trail: "save" "print". */
void file_used(struct store *, struct scope *, struct used_ask *, int64_t file_id, const char *how);
