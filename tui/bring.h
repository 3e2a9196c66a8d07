/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/bring.h — A file of somebody's folder, brought by a child into a spool of ours and
 * looked at as attach_open does; nothing of it stays on the disk but what is open. */
#pragma once
#include "core/scan/folder.h"
#include "core/scan/spool.h"

struct desk;

struct bring {
	/* fd is the owner's to close; err: there is none. */
	void (*done)(struct bring *, int fd, const char *type, const struct error *err);
	void *owner;
	/* bring.c's own: */
	struct folder_job job;
	struct spool spool;
	struct task task;
	const char *path, *shown;
	struct arena arena;
};

/* done is called once, perhaps before it returns. */
void bring_start(struct bring *, struct desk *, struct scope *, const char *folder, const char *name);

/* A file's name as it may be shown: one line, no control characters. */
const char *bring_shown(struct arena *, const char *name);
