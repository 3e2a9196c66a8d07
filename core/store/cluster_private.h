/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/cluster_private.h — Between cluster.c (where it is), cluster_files.c
 * (what is written into it) and cluster_job.c (making, starting, stopping). */
#pragma once
#include "core/store/cluster.h"

#define CLUSTER_ADMIN    "motcua_admin"
#define CLUSTER_DATABASE "motcua"
#define CLUSTER_PORT     "5432" /* only the name of the socket */

/* Makes the system account. */
#define CLUSTER_USERADD(account) { "useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/var/lib/motcua", "--shell", \
	"/usr/sbin/nologin", account, NULL }

/* What lies at cluster->data. */
enum cluster_data {
	CLUSTER_NONE,    /* nothing: may be made                            */
	CLUSTER_OURS,    /* of this major version                           */
	CLUSTER_BAD,     /* err says what: another version, foreign files   */
};
enum cluster_data cluster_look(const struct cluster *, struct error *);
/* The folders, with their owner and mode. */
bool cluster_folders(const struct cluster *, struct error *);
/* Settings and who may enter, into folder (the fresh cluster or the old one). */
bool cluster_settings(const struct cluster *, const char *folder, bool fresh, struct error *);
/* Gives a file to the account; nothing to do for an ordinary user. */
bool cluster_give(const struct cluster *, const char *path, struct error *);
bool cluster_marked(const struct cluster *);
bool cluster_mark(const struct cluster *, struct error *);
/* A dead server that nobody has reaped (a container without an init) still has
 * its number: PostgreSQL would take it for alive. */
void cluster_bury(const struct cluster *);
/* Why the server did not start: its own last words, as a sentence. */
void cluster_blame(const struct cluster *, const char *output, struct error *);
