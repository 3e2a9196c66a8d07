/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/duty.h — A clerk at work at this counter: the session with the database,
 * the catalogue in memory, the counter's key, the clerk's draft box.  It begins
 * at log-in and ends when the clerk leaves; screens hear through it what other
 * counters and the courier changed. */
#pragma once
#include "core/base/scope.h"
#include "core/store/keys.h"
#include "core/store/seal.h"
#include "core/store/session.h"
#include "printers/draw.h"
#include "tui/starting.h"

struct coach;
struct desk;
struct program;
struct result_job;
struct batch_run;
struct reading;
struct screen;

struct duty {
	struct program *program;
	struct desk *desk;
	struct session *session;
	const struct session_facts *facts; /* NULL until the log-in succeeded   */
	bool on_line;                      /* the database answers              */
	bool opened;
	struct scope scope;
	struct catalogue *catalogue;       /* NULL until loaded the first time  */
	bool catalogue_stale;              /* a newer one is being read         */
	struct seal_key key;               /* this machine's                    */
	int64_t key_id;                    /* 0: not registered yet             */
	struct key_list known;             /* keys of all counters              */
	struct arena known_memory;
	struct keys_ask register_ask, list_ask;
	struct seal_box box;               /* opens this clerk's drafts         */
	struct draw draw;                  /* papers                            */
	struct starting revival;           /* our own database, started again   */
	struct timer revive;
	struct listener *listeners;
	struct result_job *result;         /* dossier_results.c's own; NULL: none yet */
	struct batch_run *batch;           /* dossier_batch.c's own; NULL: none yet   */
	struct reading *reading;           /* tui/reading.h; NULL: none yet           */
	struct print *prints;              /* tui/print.h: the newest first     */
	struct print_desk *printing;       /* print.c's own                     */
	struct rights *rights;             /* tui/rights.h; NULL before log-in  */
	struct inbox *inbox;               /* tui/inbox.h; NULL: no such folder */
	char *folder;                      /* files were chosen there last, or NULL */
	struct coach *coach;             /* tui/coach.h; NULL: no practice unit  */
	struct signer *signer;             /* tui/signer.h; NULL: not used here  */
	int drafts;                        /* tui/draft.h: how many lie there   */
	struct duty_calls {
		/* NULL: at work; else why not (see session_calls.opened). */
		void (*opened)(void *owner, struct duty *, const struct error *err);
		void *owner;
	} calls;
};

/* Starts the log-in; opened is called from the loop.  NULL with err when it
 * could not even be tried. */
struct duty *duty_begin(struct desk *, struct program *, const char *login, const char *password,
                          const char *counter, const struct duty_calls *, struct error *);
/* Ends everything the clerk's; NULL-safe; returns NULL. */
struct duty *duty_end(struct duty *);
struct store *duty_store(struct duty *);
/* Is this the password the clerk logged in with?  Asked of the drafts' lock: no network, some 50 ms. */
bool duty_password_is(const struct duty *, const char *password);
/* Who is at work at this desk, or at the desk of this screen; NULL before log-in. */
struct duty *duty_at(const struct desk *);
struct duty *duty_of(const struct screen *);

/* What a screen hears: "travel", "dossier" with the dossier's id, "account" (somebody's
 * rights on a system changed, or were asked), "signer" (the token was looked at), "catalogue" (a new one is in place), "line" (the database went, id 0, or came, id 1), "again"
 * (read everything anew), "print" with the paper's id, "printjob" (a job of the unit ended or was moved),
 * "inbox" with how many files of network scanners wait. */
struct listener {
	void (*heard)(struct listener *, const char *what, int64_t id);
	struct task task;
	/* duty.c's own: */
	struct duty *duty;
	struct listener *next;
};
/* Until the scope (a screen's) ends. */
void duty_listen(struct duty *, struct scope *, struct listener *);
void duty_tell(struct duty *, const char *what, int64_t id);

/* Reads the catalogue again (also after confirming a figure). */
void duty_reload(struct duty *);
