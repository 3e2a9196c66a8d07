/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/receive_private.h — What the files of the receive screen share. */
#pragma once
#include "core/dossier/kpi.h"
#include "core/scan/folder.h"
#include "core/scan/propose.h"
#include "core/store/files.h"
#include "core/store/people.h"
#include "tui/desk.h"
#include "tui/draft.h"
#include "tui/duty.h"
#include "tui/field.h"
#include "tui/list.h"
#include "tui/looking.h"
#include "tui/program.h"
#include "tui/receive.h"
#include "tui/reception.h"
#include "tui/sign_round.h"

struct filing;
struct dossier_copy;
struct receive_plan {
	const struct event *scan;
	const char *draft;       /* id of the draft to go on with */
	const struct later *later;
	const struct filing *filing;
	const struct visitor *visitor;
	const struct dossier_copy *copy;
	const struct taken *taken;
	const char *person;      /* of taken: who sent it       */
};

/* Who is at the desk, and from which dossier the visit goes on. */
struct visitor {
	struct person owner, submitter;
	bool represented;
	struct mandate mandate;
	int64_t with;
};

/* Where the clerk's hand is. */
enum at {
	AT_NUMBER, AT_NAME, AT_BIRTH, AT_SEX, AT_PHONE, AT_ADDRESS, AT_PROCEDURE, AT_PAPERS,
	AT_COUNT,
};
enum { FIELDS = AT_PAPERS, MATCHES = 10 };

/* What was read from the scanned papers (receive_words.c). */
struct read_words {
	struct proposals all;
	struct read_paper {
		const char *name;
		size_t first;       /* its first proposal */
	} *papers;
	size_t count, room;
	const char *taken[FIELDS];  /* what a field took over; NULL */
	bool unlooked;              /* something was taken and not yet held against the paper */
};

struct receive {
	struct screen *screen;
	struct reception r;
	enum at at;
	struct field fields[FIELDS];
	/* The procedure being typed: */
	bool searching;
	const struct procedure *matches[MATCHES];
	size_t match_count, match_at;
	const struct procedure *not_here; /* its code was typed, others receive it */
	struct list papers;
	const char *looked_at;      /* the database asked last, or NULL          */
	/* What the card said that must be compared by eye before F9. */
	bool compare;
	bool scanned;
	const char *doubt;          /* a warning about the person, or ""         */
	const struct procedure *told; /* the clerk heard whose right it needs    */
	struct arena scratch;       /* of gaps and doubts, renewed at each event */
	struct gaps gaps;
	/* Draft: */
	struct timer save;
	struct draft_saving saving;
	bool save_again;            /* it changed while it was being written     */
	bool kept_failed;           /* told once that the disk is full           */
	bool finished;              /* accepted or turned away: no more drafts   */
	/* Under way: */
	struct intake_ask ask;
	bool sending;
	moment_t shown_due;
	bool card_busy;             /* a card is being read from a picture       */
	struct people_ask seen;
	struct arena seen_memory;
	char seen_number[16];
	const char *agency_typed;   /* the name of an agency, being looked up    */
	struct listener listener;
	struct looking look;        /* a register being asked                    */
	struct read_words read;
	/* Files of a network scanner that this dossier keeps, to be cleared away once
	 * the draft on the disk knows of them: */
	struct folder_entry *clears;
	size_t clear_count, clear_room;
	size_t clear_written;       /* of them, in the draft being written       */
	struct sign_round sign;     /* its files being signed                    */
	struct listener sign_listener;
	bool sign_told;             /* that nothing can be signed                */
	const char *again_basis;    /* a filing is asked once more on this ground */
};

struct duty *receive_duty(const struct receive *);
/* The moment that counts for this dossier. */
moment_t receive_now(const struct receive *);
struct receive *receive_of(struct screen *);
/* Takes over what the fields hold, counts due date and route anew, sees what is
 * missing, and lets the draft be saved soon.  After every change. */
void receive_refresh(struct receive *);
void receive_go(struct receive *, enum at);

/* receive_draw.c */
void receive_draw(const struct screen *, struct canvas *);

/* receive_person.c */
void receive_person_sync(struct receive *);
void receive_person_show(struct receive *);           /* model → fields */
bool receive_person_handle(struct receive *, const struct event *);
void receive_scan(struct receive *, const struct event *);
void receive_seen(struct receive *);                  /* asks for the last visit */
void receive_person_home(struct receive *);           /* "Ấp Tà Lọt," → our commune */

/* receive_procedure.c */
bool receive_procedure_handle(struct receive *, const struct event *);
void receive_procedure_show(struct receive *);
void receive_case(struct receive *);                  /* asks for the case if one is due */

/* receive_papers.c */
void receive_papers_start(struct receive *);
bool receive_papers_handle(struct receive *, const struct event *);
struct paper *receive_paper(struct receive *);        /* under the cursor, or NULL */
void receive_add_paper(struct receive *);
/* Something was done with the paper under the cursor: on to the next, or why not. */
void receive_papers_done(struct receive *, bool good, const struct error *);

/* receive_look.c */
void receive_look_up(struct receive *);

/* receive_lookup.c */
void receive_lookup_open(struct receive *);
void receive_lookup(struct receive *);                /* Ctrl-R                   */
void receive_lookup_start(struct receive *, const char *what);
/* Has a register answered, about this owner, what this paper would tell? */
bool receive_lookup_serves(const struct receive *, const struct paper *);
/* For dialogs that ask for a legal basis: an empty one is not taken. */
const char *receive_check_basis(struct screen *, const char *text, void *data);

/* receive_money.c */
void receive_fees(struct receive *);
void receive_pay(struct receive *);                   /* how, then F9 goes on */
void receive_limit(struct receive *);

/* receive_more.c */
void receive_more(struct receive *);
/* The dossier as it would be sent now, before anybody answered: for the indicators of Decision 766. */
struct kpi_facts receive_kpi(const struct reception *, moment_t now);
void receive_why(struct receive *);
void receive_guide(struct screen *);                  /* what the citizen is told */

/* receive_files.c */
void receive_attach(struct receive *);                /* F4 */
struct file_job;
struct file_after {
	void (*kept)(struct file_after *, bool good);
};
/* A file for a paper is on its way: from now on F9 waits for it.  paper is the
 * catalogue's name, which may be read anew meanwhile; shown: what the clerk calls it,
 * NULL: as it is stored.  after may be NULL; it is told once. */
struct file_job *receive_announce(struct receive *, const char *paper, const char *shown, struct file_after *after);
/* It has come: checked, then kept under a name that tells of nobody.  Takes fd over.
 * words: read from its pages, alive as long as the screen; NULL: none. */
void receive_send(struct file_job *, int fd, const char *type, const char *words);
/* It will not come; says why. */
void receive_withdraw(struct file_job *, const struct error *);

/* receive_scan.c */
struct files_chosen;
void receive_scan_pages(struct receive *);            /* from the scanner */
/* Files taken apart into pages, to be looked at like scanned ones. */
void receive_scan_files(struct receive *, const struct files_chosen *, bool inbox);

/* receive_bring.c */
void receive_browse(struct receive *, bool inbox);    /* files of a folder, of network scanners */
/* When the draft knows of what was kept of it. */
void receive_clear_later(struct receive *, const struct folder_entry *);
void receive_clear_now(struct receive *, size_t count);

/* receive_slip.c: prints fields of the screen, on a sheet if there is one. */
void receive_slip(struct receive *, const char *form, const char *title, const struct fields *);

/* receive_application.c */
void receive_application(struct receive *);           /* what the citizen signs, filled in */

/* receive_words.c */
enum { WORDS_PAGES = 4 /* of a paper: what it is and whose stands at its beginning */ };
/* Its pages were read; NULL where nothing was. */
void receive_words(struct receive *, const struct said *const *pages, size_t count, const char *paper);
void receive_read(struct screen *);                   /* Ctrl-N: into the field, or all of it */
bool receive_words_taken(const struct receive *, enum at);
const char *receive_words_hint(const struct receive *, struct arena *);
const char *receive_words_line(const struct receive *, struct arena *);

/* receive_sign.c */
bool receive_may_sign(const struct screen *);
void receive_sign(struct screen *);                   /* Ctrl-X */
int receive_unsigned(const struct receive *);         /* where signing is used */
void receive_sign_open(struct receive *);

/* receive_same.c */
const struct visitor *receive_visitor(const struct receive *, struct arena *, int64_t dossier_id);
void receive_take_visitor(struct receive *, const struct visitor *);

/* receive_filing.c */
struct filing_check;
void receive_take_filing(struct receive *, const struct filing *);
enum id_kind receive_id_kind(const char *stored);
void receive_take_copy(struct receive *, const struct dossier_copy *);
void receive_filing_open(struct receive *);           /* title, look-up, files looked at */
bool receive_may_told(const struct screen *);
void receive_told(struct screen *);                   /* Ctrl-F */
const char *receive_filing_line(const struct receive *, struct arena *, enum role *);

/* receive_separators.c */
void receive_separators(struct receive *);
/* What stands in the QR of this dossier's sheets, at least 7 bytes (core/scan/mark.h). */
void receive_session(const struct receive *, char *session);

/* receive_card.c */
void receive_card(struct receive *, bool from_file);

/* receive_reuse.c */
void receive_reuse(struct receive *);                 /* what the unit holds of this citizen */

/* receive_agency.c */
void receive_agency(struct receive *);                /* who decides, where it is handed over */

/* receive_accept.c */
void receive_accept(struct receive *);
void receive_supplement(struct receive *);
void receive_refuse(struct receive *);

/* receive_about.c */
void receive_about(const struct screen *, struct about *);
bool receive_reached(const struct screen *, const char *what);

/* receive_keep.c */
void receive_keep_start(struct receive *);
void receive_keep_soon(struct receive *);
void receive_keep_stop(struct receive *);
void receive_keep_drop(struct receive *);
/* Whose, which procedure, when: to tell drafts apart. */
const char *receive_draft_name(const struct duty *, const struct draft *, struct arena *);
bool receive_restore(struct receive *, const char *draft_id, struct error *);
