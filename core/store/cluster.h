/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/cluster.h — The embedded PostgreSQL: made once, started when it is
 * not running, detached from the terminal, reached through a unix socket in a
 * private folder.  Durable settings always.  It never makes a new empty
 * cluster where data of another version lie. */
#pragma once
#include <sys/types.h>
#include "core/base/arena.h"
#include "core/base/child.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/path.h"
#include "core/base/scope.h"

struct cluster {                /* strings live in the arena given          */
	const char *bin;        /* /usr/lib/postgresql/15/bin               */
	int major;              /* 15                                       */
	const char *data;       /* …/cluster                                */
	const char *socket;     /* folder of the socket                     */
	const char *lock;       /* held while starting or stopping          */
	const char *log;        /* the server's                             */
	const char *account;    /* owner when we are root: "motcua"; or NULL */
	const char *server;     /* conninfo: "host=/… dbname=motcua"        */
};

/* Fills in where things are; touches nothing. Fails when no PostgreSQL server
 * is installed. */
bool cluster_find(struct cluster *, const struct paths *, struct arena *, struct error *);
/* Reads postmaster.pid: does its process live and hold the socket? Instant. */
bool cluster_running(const struct cluster *);

struct cluster_job {
	void (*done)(struct cluster_job *, const struct error *err); /* NULL: ready */
	/* One Vietnamese sentence a step.  May be NULL. */
	void (*step)(struct cluster_job *, const char *say);
	void *owner;
	/* cluster.c's own: */
	const struct cluster *cluster;
	struct loop *loop;
	struct scope *scope;
	struct task task;
	struct scope own;
	struct child child;
	struct timer timer;
	struct arena arena;
	int lock_fd, stage, tries;
	bool stopping;
};
/* Makes it when there is none, starts it when it does not run, makes the
 * database.  The job must stay where it is until done. */
void cluster_start(struct loop *, struct scope *, struct cluster_job *, const struct cluster *);
/* Fast shutdown: open transactions are rolled back, everything committed is safe. */
void cluster_stop(struct loop *, struct scope *, struct cluster_job *, const struct cluster *);
/* The same, turning a loop of their own until done. */
bool cluster_start_wait(const struct cluster *, void (*step)(struct cluster_job *, const char *),
                        struct error *);
bool cluster_stop_wait(const struct cluster *, struct error *);
