/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/backup_own.h — Between backup.c, backup_sums.c, backup_prove.c and backup_look.c only. */
#pragma once
#include "core/store/backup.h"

#define BACKUP_SUMS   "SHA256SUMS"
#define BACKUP_PROVED "proved"
#define BACKUP_FACTS  "facts"

/* Runs a program and waits; its last words become the cause.  sorry is the sentence. */
bool backup_run(const char *const *argv, int minutes, const char *sorry, struct error *);
/* A program of the PostgreSQL that the plan uses. */
const char *backup_tool(const struct backup_plan *, struct arena *, const char *name);
void backup_step(const struct backup_plan *, const char *say);
/* rm -rf, of a folder that this program made. */
bool backup_remove(const char *folder, struct error *);

/* backup_sums.c: SHA256SUMS of a folder, written; or each file held against it. */
bool backup_sums_write(const char *copy, struct error *);
bool backup_sums_check(const char *copy, struct error *);

/* backup_outside.c: what configuration and profiles name outside the folders above, into copy/outside. */
bool backup_outside_copy(const struct backup_plan *, const char *copy, struct error *);

/* backup_facts.c.  Parsing: false for what no copy of ours says; the text is the other way round. */
bool backup_facts_parse(const char *text, struct backup_facts *);
const char *backup_facts_text(struct arena *, const char *version, const struct backup_facts *);
bool backup_facts_write(const char *copy, const char *version, const struct backup_facts *, struct error *);
bool backup_facts_read(const char *copy, struct backup_facts *, struct error *);
bool backup_facts_count(const char *server, struct backup_facts *, struct error *);
