/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/dossier_read.h — One dossier with all its parts, read in one
 * pipeline; strings live in the caller's arena. */
#pragma once
#include "core/store/store.h"

struct dossier_person {
	const char *role;       /* "owner" "submitter"                        */
	const char *kind, *name, *id_masked, *id_kind, *sex, *phone_masked, *address;
	const char *representative;
	day_t birth;
};
struct dossier_component {
	int seq;
	const char *name, *action, *state, *reason, *basis, *lookup_where;
	int originals, copies, pages;
	bool required;
	moment_t lookup_at;
};
struct dossier_fee {
	int seq;
	const char *name, *basis, *exempt_reason, *paid;
	const char *receipt;    /* number of the receipt it stands on; "" none */
	int64_t amount;
	bool confirmed;
	moment_t paid_at;       /* MOMENT_NONE: not received                   */
};
struct dossier_event {
	moment_t at;
	int from_status, to_status;
	const char *act, *by_name, *note, *form;
};
struct dossier_travel {
	const char *system, *system_name;
	const char *state;      /* "saved" "sent" "received" "disagreed"; "untold" "told" of a
	                         * system that owes no answer            */
	const char *foreign_code, *note;
	moment_t changed_at, next_at;
	int attempts;
};
struct dossier_paper {
	int64_t paper_id;
	const char *form, *number, *by_name;
	moment_t made_at;
	int copies_printed;
};
struct dossier_due {
	moment_t at, old_due, new_due;
	const char *cause, *by_name, *line;
};
/* A file of one of its papers, and what was found in it when it came. */
struct dossier_file {
	int seq;                /* of the component                           */
	int64_t file_id, size;
	const char *name, *media_type, *found;
	int pages;              /* 0: an image, or not known                  */
	bool reused;            /* it lies in an earlier dossier              */
};
/* What a system asked or gave, beyond a status. */
struct dossier_part {
	const char *kind;       /* "supplement" "payment" "result" "extension" */
	const char *system, *system_name;
	const char *said, *name, *result_code, *link, *file_name, *note;
	int64_t part_id, amount, file_id, file_size; /* file_id 0: not fetched */
	moment_t at, until, new_due, acked_at;
	moment_t answered_at;   /* the desk dealt with it; MOMENT_NONE: not yet */
	bool settled;           /* they say it is done                    */
};
struct dossier_full {
	int64_t dossier_id;
	const char *code, *foreign_code, *procedure_code, *procedure_name, *summary, *note;
	const char *case_name, *field, *return_to;
	const char *owner_name, *result_by, *counter, *received_by, *unit_name;
	int status, channel, sets, version;
	moment_t received_at, due_at, finished_at;
	const char *route_system, *route_basis; /* "why here?"                */
	const char *limit_value, *limit_unit;   /* "3" "working_day"; "none"  */
	const struct dossier_person *people;
	const struct dossier_component *components;
	const struct dossier_fee *fees;
	const struct dossier_event *events;
	const struct dossier_travel *travel;
	const struct dossier_paper *papers;
	const struct dossier_due *due;
	const struct dossier_part *told;
	const struct dossier_file *files;
	int person_count, component_count, fee_count, event_count, travel_count, paper_count,
		due_count, told_count, file_count;
};

struct dossier_ask {
	void (*done)(struct dossier_ask *, const struct dossier_full *, const struct error *);
	struct arena *into; /* required */
	void *owner;
	/* dossier_read.c's own: */
	struct ask parts[10];
	struct dossier_full full;
	int left;
	struct error err;
};
void dossier_read(struct store *, struct scope *, struct dossier_ask *, int64_t dossier_id);

/* One masked value in clear; the database writes who looked. */
struct reveal_ask {
	void (*done)(struct reveal_ask *, const char *value, const struct error *);
	void *owner;
	struct ask ask;     /* dossier_read.c's own */
};
/* what: "owner_id" "owner_phone" "submitter_id" "submitter_phone" */
void dossier_reveal(struct store *, struct scope *, struct reveal_ask *, int64_t dossier_id,
                    const char *what);
