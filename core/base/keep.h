/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/keep.h — Writes a file without waiting for the disk: a forked child
 * writes beside, syncs and renames (path_write), while the loop goes on. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/scope.h"

struct keeping {
	/* NULL: the file is on disk; else why not, and the old file is untouched. */
	void (*done)(struct keeping *, const struct error *);
	void *owner;
	/* keep.c's own: */
	struct loop *loop;
	struct watch watch;
	struct task task;
	pid_t pid;
	const char *path;
};

/* path is borrowed and data is taken over as it is now; done is called once.  One
 * keeping at a time per struct.  FAULT_BUG when no child could be made. */
bool keep_start(struct loop *, struct scope *, struct keeping *, const char *path,
                const void *data, size_t size, struct error *);
bool keep_busy(const struct keeping *);
/* Stops a write under way; done is not called.  The old file, or the whole new
 * one, is there. */
void keep_cancel(struct keeping *);
