/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/checklist.h — The papers of one dossier: which are asked, what
 * was done with each, what is missing.  A paper whose data a database publishes
 * is looked up first and asked only when that failed (NQ 66.7/2025/NQ-CP; NĐ
 * 309/2026, Điều 4.2a).  No paper without a legal basis is ever asked. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/dossier/component.h"
#include "core/dossier/lines.h"

/*      name          stored as      the clerk reads     */
#define PAPER_STATES(X)                                    \
	X(OPEN,         "missing",     N_("chưa có"))       \
	X(OK,           "ok",          N_("đã có"))         \
	X(FAILED,       "failed",      N_("chưa đạt"))      \
	X(NOT_NEEDED,   "not_needed",  N_("không cần"))

enum paper_state {
#define X(name, stored, label) PAPER_##name,
	PAPER_STATES(X)
#undef X
	PAPER_STATE_COUNT
};
const char *paper_state_stored(enum paper_state);
const char *paper_state_name(enum paper_state);

enum lookup_state { LOOKUP_NOT_TRIED, LOOKUP_DONE, LOOKUP_FAILED };

struct paper {
	const struct component *component; /* NULL: added by hand              */
	bool lookup_first;                 /* a database replaces it: look before asking */
	const struct replacement *replaced;/* the rule that says so, where one does */
	int seq;                           /* 1…, order on the paper           */
	const char *name;
	bool required;                     /* asked in this dossier            */
	bool by_rule;                      /* … by law, not by the clerk's choice */
	enum paper_action action;
	enum paper_state state;
	int originals, copies, pages;
	const char *reason;                /* why not needed, or what is wrong */
	const char *basis;                 /* legal basis of a paper by hand   */
	enum lookup_state lookup;
	const char *lookup_where;          /* database, system or person asked */
	moment_t lookup_at;                /* MOMENT_NONE                      */
	const char *lookup_fault;          /* why the look-up failed           */
	int64_t lookup_question;           /* answered through a connector; 0: looked up by hand */
};

struct checklist_ask {
	const struct procedure *procedure;
	int64_t case_id;
	enum channel channel;
	bool represented;  /* someone else files for the owner */
	bool kin;          /* … as close kin, who need no mandate in writing */
	day_t day;
};
struct checklist {
	struct paper *papers;
	size_t count, room;
	struct lines help; /* advice, guidance and notes, not to be ticked */
};

/* Conditional papers start as not required: the clerk decides (paper_require).
 * The mandate itself is no such choice: whoever files for another shows one,
 * unless close kin.
 * Papers a database replaces start with action LOOKUP. */
void checklist_new(struct arena *, const struct checklist_ask *, struct checklist *out);
/* Rebuilds for another case, channel or representation; what was done with
 * papers that remain, and papers by hand, are kept. */
void checklist_change(struct arena *, const struct checklist_ask *, struct checklist *);

/* The acts of the clerk.  Each fails (FAULT_INPUT) with a sentence and then
 * changes nothing.  Texts are borrowed: they must live as long as the paper. */
bool paper_ok(struct paper *, enum paper_action, int originals, int copies, struct error *);
bool paper_fail(struct paper *, const char *what_is_wrong, struct error *);
/* A required paper needs a reason to be left out. */
bool paper_not_needed(struct paper *, const char *reason, struct error *);
void paper_reopen(struct paper *);
/* Turns a conditional or optional paper into an asked one, or back. */
bool paper_require(struct paper *, bool required, struct error *);
/* "Khai thác CSDL": who looked where and when is part of the record. */
bool paper_looked_up(struct paper *, const char *where, moment_t at, struct error *);
bool paper_lookup_failed(struct paper *, const char *why, moment_t at, struct error *);
/* A paper the catalogue does not name; without a legal basis it is refused. */
bool checklist_add(struct arena *, struct checklist *, const char *name, const char *basis,
                   enum paper_action, struct paper **out, struct error *);
/* The paper of exactly this name; NULL: the list has none. */
struct paper *checklist_named(const struct checklist *, const char *name);

/* Whether this paper may be demanded from the citizen now; if not, the error
 * says why (a database replaces it and nobody has looked). */
bool paper_may_ask(const struct paper *, struct error *);
/* A required paper that is neither there nor said to be unnecessary. */
bool paper_missing(const struct paper *);
/* One line per thing that stands in the way of reception; none: complete. */
struct lines checklist_missing(struct arena *, const struct checklist *);
/* The first missing paper that a database has to be asked for before the citizen is (NĐ 118/2025 Điều 4.2a
 * as of NĐ 309/2026): a request for supplements waits for it; -1: none. */
int checklist_unlooked(const struct checklist *);
bool checklist_complete(const struct checklist *);
/* "2 bản chính, 1 bản sao", "xuất trình", "" … */
const char *paper_counts(struct arena *, const struct paper *);
