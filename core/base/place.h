/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/place.h — Puts a finished file into somebody's folder under a name that
 * is free, without waiting for the folder (a stick, a share that hangs): a forked
 * child copies it beside and gives it its name last, so that no half file and no
 * overwritten one is ever there, whoever else writes into it. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/scope.h"

struct placing {
	/* Set by the caller before place_start: */
	/* NULL: the file lies at `where`; else a sentence: no such folder, no right, no
	 * room, no answer. */
	void (*done)(struct placing *, const struct error *);
	void *owner;
	const void *data;         /* where fd is -1: what is placed; not needed after place_start */
	size_t size;
	bool must_exist;          /* the folder is not made                              */
	int patience_ms;          /* without an answer; 0: two minutes                   */
	/* For done: */
	char where[512];
	int code;                 /* 0, or why not, as errno; ETIMEDOUT: no answer; EIO, too: the child died */
	bool naming;              /* written, and about to get its name: with these two it may be there all the same */
	/* place.c's own: */
	struct loop *loop;
	struct watch watch;
	struct timer timer;
	struct task task;
	pid_t pid;
	int pipe;
	char folder[400];
};

/* fd: a regular file, read from its start, open until done; -1: data.  folder is made
 * when only its last part is missing.  name is ASCII of ours; the file is
 * folder/name.ending, or name-2.ending, name-3.ending … where that is taken; NULL: only
 * whether the folder would take a file. */
bool place_start(struct loop *, struct scope *, struct placing *, int fd, const char *folder,
                 const char *name, const char *ending, struct error *);
/* Letters, digits, '.', '-' and '_' of a text; anything else is '-'; never "" nor a
 * leading dot. */
char *place_name(const char *text, char *out, size_t room);
