/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/files.h — Attaching a scanned file: hashed first, then sent from
 * its descriptor in pieces of 256 KB; the database checks size and hash at the
 * end.  One piece is in memory at a time. */
#pragma once
#include "core/store/seal.h"
#include "core/store/store.h"

#define FILE_PIECE (256 * 1024)

struct file_ask {
	/* file_id is for intake_component.files; 0 with err. */
	void (*done)(struct file_ask *, int64_t file_id, const struct error *err);
	void (*progress)(struct file_ask *, int64_t sent, int64_t size); /* may be NULL */
	void *owner;
	/* files.c's own: */
	struct ask ask;
	struct task task;
	struct scope own;
	struct timer timer;
	struct store *store;
	int fd;
	int64_t size, sent, file_id;
	int piece;
	struct seal_hash hash;
	struct arena arena;
	const char *name, *media_type;
	char *buffer;
	bool bad;
	struct error err;
};
/* fd is a regular file, read from its start; the caller closes it after done. */
void file_attach(struct store *, struct scope *, struct file_ask *, const char *name,
                 const char *media_type, int fd);

/* What was read from a kept file that belongs to no dossier yet: a line a page, for search
 * (find_words).  done may be NULL; the text is copied. */
struct file_words_ask {
	void (*done)(struct file_words_ask *, const struct error *err);
	void *owner;
	struct ask ask; /* files.c's own */
};
void file_words(struct store *, struct scope *, struct file_words_ask *, int64_t file_id, const char *pages);

/* Would this system take a file of that name and size?  ask's done is the caller's: err NULL it would; FAULT_OFFLINE nobody could
 * be asked; else the reason. */
void file_fits(struct store *, struct scope *, struct ask *, const char *system, const char *name, int64_t size);
