/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/doctor.h — What motcua doctor finds: one line a thing, and what to do
 * about those that need hands.  It looks and changes nothing. */
#pragma once
#include "tui/command/clerk.h"

/* A note is worth knowing; only FINDING_BAD needs hands. */
enum finding_state { FINDING_GOOD, FINDING_NOTE, FINDING_BAD };

struct finding {
	const char *what;    /* "database", for scripts      */
	const char *name;    /* "Cơ sở dữ liệu", for people  */
	enum finding_state state;
	const char *say;
	const char *todo;    /* "" nothing                   */
};
struct doctor {
	struct program *program;
	struct call call;
	struct clerk clerk;
	bool at_work;        /* the clerk is logged in: clerk.* may be asked */
	struct arena arena;
	struct finding *findings;
	size_t count, room;
};

/* format is of say; todo is a whole sentence. */
void doctor_find(struct doctor *, const char *what, const char *name, enum finding_state,
                 const char *todo, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* doctor_data.c: what the database holds. */
void doctor_database(struct doctor *);
void doctor_catalogue(struct doctor *);
void doctor_clock(struct doctor *);
void doctor_key(struct doctor *);
void doctor_systems(struct doctor *);
/* doctor_scan.c */
void doctor_scanner(struct doctor *);
/* doctor_sign.c */
void doctor_signer(struct doctor *);
/* doctor_backup.c */
void doctor_backup(struct doctor *);
/* doctor_machine.c: what stands on the desk. */
void doctor_printers(struct doctor *);
void doctor_fonts(struct doctor *);
void doctor_forms(struct doctor *);
void doctor_console(struct doctor *);
void doctor_courier(struct doctor *);
void doctor_disk(struct doctor *);
