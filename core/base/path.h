/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/path.h — Where things live.  An ordinary user's data are in the
 * XDG folders, root's in /var/lib/motcua and /run/motcua (house rule for the
 * embedded database); MOTCUA_HOME overrides all of them, for tests. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/error.h"

struct paths {
	const char *data;    /* cluster, keys, drafts, log: private, 0700        */
	const char *run;     /* sockets: short (a socket path has 107 bytes)     */
	const char *config;  /* motcua.ini, optional                             */
	const char *share;   /* reference data, themes, forms, sql as installed  */
	const char *libexec; /* helpers                                          */
};

/* Fills in and creates data and run (0700).  share and libexec are found beside
 * the running program (build tree) or under the installation prefix;
 * MOTCUA_SHARE and MOTCUA_LIBEXEC override them. */
bool paths_find(struct paths *, struct arena *, struct error *);
/* share and libexec alone; makes nothing. */
void paths_shared(struct paths *, struct arena *);
/* The folder of motcua.ini, where an office keeps files of its own; makes nothing. */
const char *paths_site(struct arena *);
const char *path_join(struct arena *, const char *folder, const char *name);
/* mkdir -p with mode for the last part. */
bool path_make(const char *folder, int mode, struct error *);
/* Is it a folder of this account's own, no link, closed to others (closed here when
 * it was open)?  FAULT_DENIED when somebody else made it. */
bool path_own(const char *folder, struct error *);
/* Whole file into the arena (NUL-terminated); *size may be NULL. */
bool path_read(struct arena *, const char *path, char **out, size_t *size, struct error *);
/* All of it, in as many turns as it takes; false with errno. */
bool path_put(int fd, const void *bytes, size_t size);
/* Writes beside, fsyncs, renames: the old file or the new one, never half. */
bool path_write(const char *path, const void *data, size_t size, int mode, struct error *);
