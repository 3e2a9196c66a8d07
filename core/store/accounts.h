/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/accounts.h — Rights of clerks on outside systems: one's own and
 * whom to ask, the unit's table, its history, and what supervisors enter.
 * Strings of rows live in the asker's arena. */
#pragma once
#include "core/dossier/right.h"
#include "core/store/store.h"

/* One's own right on one system. */
struct my_right {
	const char *system;
	enum right state;
	const char *fields, *procedures; /* what it is limited to, "; " between; ""  */
	const char *note;
	moment_t checked_at;             /* MOMENT_NONE: never                        */
	const char *others;              /* colleagues who have it, ", " between      */
	const char *contact, *contact_phone; /* whom to ask, "" nobody                */
	bool contact_is_me;
	int lacking;                     /* clerks of the unit known to lack it       */
};
struct rights_ask {
	void (*done)(struct rights_ask *, const struct my_right *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* accounts.c's own */
};
void rights_read(struct store *, struct scope *, struct rights_ask *);

/* A clerk on a system: all clerks at work × all systems, by clerk. */
struct account_row {
	const char *login, *full_name, *title;
	const char *system, *system_name, *family;
	enum right state;
	const char *account;             /* its name there; others' only for supervisors */
	const char *fields, *procedures, *note;
	bool by_system;                  /* the system said it itself, else …            */
	const char *by_name;             /* … this officer                               */
	moment_t checked_at;             /* MOMENT_NONE: never                           */
	int version;                     /* for account_set; 0: nothing there            */
	bool checks;                     /* the system can be asked                      */
	const char *asked_state;         /* of the latest question: "" "waiting" "answered" "failed" */
	moment_t asked_at;
	const char *asked_note;
	/* accounts_list only: */
	const char *phone, *email, *id_number;
};
struct accounts_ask {
	void (*done)(struct accounts_ask *, const struct account_row *, int count,
	             const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* accounts.c's own */
};
void accounts_read(struct store *, struct scope *, struct accounts_ask *);
/* With the clerks' personal data, for supervisors; each call is one look in the trail. */
void accounts_list(struct store *, struct scope *, struct accounts_ask *);
/* The newest first; login and system are not repeated. */
void account_history(struct store *, struct scope *, struct accounts_ask *, const char *login,
                     const char *system);

/* What is known of the clerks themselves; supervisors only. */
struct officer_row {
	const char *login, *full_name, *title, *phone, *email, *id_masked;
};
struct officers_ask {
	void (*done)(struct officers_ask *, const struct officer_row *, int count,
	             const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* accounts.c's own */
};
void officers_read(struct store *, struct scope *, struct officers_ask *);

struct account_act {
	/* value: the version, the number of systems asked, or the number revealed. */
	void (*done)(struct account_act *, const char *value, const struct error *);
	void *owner;
	struct ask ask;     /* accounts.c's own */
};
/* FAULT_CONFLICT when another version is there.  fields are separated by ";", procedures by
 * blanks, commas or ";". */
void account_set(struct store *, struct scope *, struct account_act *, const struct account_row *);
/* Asks every system that can be asked, now. */
void accounts_check(struct store *, struct scope *, struct account_act *);
/* id_number NULL: as it is; "": taken away. */
void officer_set(struct store *, struct scope *, struct account_act *, const char *login,
                 const char *phone, const char *email, const char *id_number);
/* The whole number; a look in the trail. */
void officer_reveal(struct store *, struct scope *, struct account_act *, const char *login);
