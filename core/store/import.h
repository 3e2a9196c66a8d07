/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/import.h — Reference files into the database and back out, for
 * commands and first starts: they turn the loop themselves.  The store is
 * connected as the administrator or the import account.
 *
 * All files are read and checked before the first one is sent; each is then
 * loaded in one transaction, whole or not at all.  Loading the same file again
 * changes nothing.  A file is the whole of what was loaded from a file of that
 * name: rows that left it are closed, never deleted.  Units, counters, clerks and
 * the rules units entered themselves are never closed. */
#pragma once
#include "core/dossier/table.h"
#include "core/store/store.h"

#define IMPORT_MOST 24

struct import_count {
	const char *file;   /* "communes.tsv"                       */
	const char *kind;   /* "communes"                           */
	int rows, inserted, changed, closed, unchanged;
};
struct import_report {
	struct import_count files[IMPORT_MOST + 1];
	size_t count;                      /* files loaded               */
	struct table_problems problems;    /* when it failed on reading  */
};

/* A file's kind is its name without folder and ".tsv"; folders and ".json" files
 * are profiles of systems and come last.  Files may come in any order.  dry:
 * counts what would change and keeps nothing. */
bool import_files(struct store *, struct arena *, const char *const *paths, size_t count, bool dry,
                  struct import_report *, struct error *);
/* The shipped data below share + "/core/data"; practice adds the invented units,
 * counters, shifts and clerks, which belong in no real database. */
bool import_shipped(struct store *, struct arena *, const char *share, bool practice, bool dry,
                    struct import_report *, struct error *);

/* Profiles of systems: a folder of them, one CODE.json of such a folder, or one
 * file of all (core/store/profiles.h).  Refused with a secret inside, or with a
 * member that nobody reads.  source "shipped" replaces only what was shipped. */
bool import_profiles(struct store *, struct arena *, const char *path, const char *source, bool dry,
                     struct import_count *, struct error *);
bool import_is_profiles(const char *path);
/* All newest profiles as one file, which import_profiles takes again. */
bool export_profiles(struct store *, struct arena *, struct bytes *out, struct error *);

/* The common rows of a catalogue kind as they stand now, in the form of its
 * file (limits and fees that a unit confirmed for itself stay in the database);
 * "unit_routes": the rules that units entered, with who adopted and ended each.
 * Units, counters and clerks are no catalogue and are refused. */
bool export_table(struct store *, struct arena *, const char *kind, struct bytes *out,
                  struct error *);
/* The same into folder/KIND.tsv for kind, or for every catalogue kind and, as
 * profiles.json, the systems' profiles (NULL). */
bool export_files(struct store *, struct arena *, const char *folder, const char *kind,
                  struct error *);
