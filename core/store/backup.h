/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/backup.h — A copy of everything a unit cannot make again, and the proof that it
 * comes back.
 *
 * A copy is a folder motcua-YYYYMMDD-HHMMSS, 0700, its files 0600:
 *
 *     cluster/          the embedded cluster as pg_basebackup wrote it, its WAL included, with
 *                       PostgreSQL's own list of SHA-256 sums: roles, passwords, rights and rows
 *                       come back as they were, without a word lost in a dump.  The same major
 *                       version of PostgreSQL is needed to read it.
 *     database.dump, roles.sql   instead of it, of a server elsewhere (pg_dump, pg_dumpall)
 *     keys/             counter.key, known-keys, courier.secrets
 *     config/           motcua.ini, the office's own forms
 *     outside/          files that motcua.ini or a system's profile names elsewhere (certificates and their keys, roots,
 *                       secrets), as 1, 2 …; list: "N<TAB>path", "-<TAB>path" for one that could not be copied
 *     facts             what was counted before: version, dossiers, papers, trail
 *     SHA256SUMS        every other file, as sha256sum reads it
 *     proved            written when the copy was started on a scratch cluster and looked at
 *
 * It grows as a folder ".part" and gets its name last; what a killed one left goes a day later.  All of this waits: commands only. */
#pragma once
#include "core/base/date.h"
#include "core/store/cluster.h"
#include "core/store/seal.h"

enum { BACKUP_NAMED = 4 };
struct backup_plan {
	const struct cluster *cluster; /* NULL: a server elsewhere                    */
	const char *server;            /* libpq's words, with the administrator       */
	const struct paths *paths;
	const char *folder;            /* where copies lie; made when it is not there */
	const char *version;           /* of the program                              */
	const char *named[BACKUP_NAMED]; /* files that motcua.ini names; NULL: no more */
	void (*step)(const char *say); /* one sentence a step; may be NULL            */
};

struct backup_facts {
	moment_t made;
	int major;                     /* of PostgreSQL                               */
	int64_t schema, dossiers, papers, trail, units;
	bool embedded;
};

/* Makes a copy; *out its folder, the arena's. */
bool backup_make(const struct backup_plan *, struct arena *, const char **out, struct error *);
/* Removes the oldest so that keep stay; the newest proved one always stays.  How many went. */
int backup_thin(const struct backup_plan *, int keep, struct error *);

/* Files of the copy that belong elsewhere, a line each with where (they are laid back by hand: a copy does not choose what
 * root writes); with missing those that it has not, with commas.  "": none. */
const char *backup_outside(const char *copy, bool missing, struct arena *);

/* The newest copy of the folder, or with proved the newest that was proved; NULL: none. */
const char *backup_newest(const char *folder, bool proved, struct arena *);
/* When it was made, and proved (MOMENT_NONE: never); false: no copy of ours. */
bool backup_age(const char *copy, moment_t *made, moment_t *proved);

/* Every file is there, none more, each as it was written: FAULT_INPUT says which is not. */
bool backup_check(const struct backup_plan *, const char *copy, struct backup_facts *, struct error *);
/* The copy is laid out and started beside, looked at, stopped and removed; then "proved" is written.
 * now: for that line. */
bool backup_prove(const struct backup_plan *, const char *copy, moment_t now, struct backup_facts *, struct error *);
/* Where no database is: the copy is proved beside, brought to this program's schema, its numbers moved beyond those that may
 * have been given since; keys and configuration are laid in their places (what lies there already stays), the cluster last,
 * and started.  Killed at any moment before, no database is there.  The courier is not started. */
bool backup_restore(const struct backup_plan *, const char *copy, struct backup_facts *, struct error *);

/* Questions to a started copy: no fewer rows than facts says, the trail's chains whole, the counter's
 * key of the copy known to it. */
bool backup_look(const char *server, const char *keys, const struct backup_facts *, struct error *);
