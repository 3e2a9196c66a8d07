/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/manual.h — Systems without an interface: what waits to be typed
 * there, the fields in the order of their form, and what comes back. */
#pragma once
#include "core/store/acts.h"

struct manual_row {
	int64_t dossier_id;
	const char *code, *owner_name, *procedure_name, *system, *system_name, *foreign_code;
	moment_t since;
	int messages;       /* that wait; the first says what the dossier is  */
	bool created_there;
};
struct manual_list_ask {
	void (*done)(struct manual_list_ask *, const struct manual_row *, int count,
	             const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* manual.c's own */
};
void manual_list(struct store *, struct scope *, struct manual_list_ask *, int most);

struct manual_field {
	const char *label, *value; /* masked where it is private, unless asked in clear */
	bool is_private;
	const char *site;          /* where it is typed; the same in every row          */
};
struct manual_fields_ask {
	void (*done)(struct manual_fields_ask *, const struct manual_field *, int count,
	             const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* manual.c's own */
};
/* clear: numbers and addresses as they are; the database writes who looked. */
void manual_fields(struct store *, struct scope *, struct manual_fields_ask *, int64_t dossier_id,
                   const char *system, bool clear);

/* Typed there; their number.  version comes back as 0. */
void manual_done(struct store *, struct scope *, struct act_ask *, int64_t dossier_id,
                 const char *system, const char *their_code, const char *note);
/* What an officer read there of its status. */
void manual_status(struct store *, struct scope *, struct act_ask *, int64_t dossier_id, int version,
                   const char *system, int status, moment_t read_at, const char *said);
