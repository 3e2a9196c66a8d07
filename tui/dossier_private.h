/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_private.h — What the files of the dossier screen share. */
#pragma once
#include "core/store/acts.h"
#include "core/store/answers.h"
#include "core/store/life.h"
#include "core/store/money.h"
#include "core/store/people.h"
#include "core/store/results.h"
#include "core/store/shift.h"
#include "core/store/taken_up.h"
#include "tui/dossier_screen.h"
#include "tui/dossier_sheet.h"
#include "tui/duty.h"
#include "tui/sign_dossier.h"

enum { REVEALS = 4, MENU_MOST = 28, PEOPLE_MOST = 60 };

/* What is being said of a dossier: the act chosen and its words, until the database has them. */
struct said {
	const char *act, *reason;
	const char *cost;           /* the database's sentence; "" */
	bool side, countersign, again;
	struct act_facts facts;
	struct side_facts side_facts;
};

struct viewing {
	int64_t id;
	const struct dossier_full *full; /* NULL until read; kept */
	struct dossier_full kept;        /* the ask's own is emptied by the next read */
	struct arena memory, coming;
	struct dossier_ask ask;
	bool reading, again;
	const struct way *way;           /* NULL until read; kept_way */
	struct way kept_way;
	struct arena way_memory, way_coming;
	struct way_ask way_ask;
	bool way_reading, way_again;
	struct sheet sheet;
	struct arena page;               /* the sheet's lines */
	struct revealed shown;
	struct reveal_ask reveals[REVEALS];
	struct act_ask again_ask;
	const char *again_system;        /* whose refusal is being dealt with */
	/* dossier_acts.c's own: */
	struct act_ask act;
	struct issue_ask issue;          /* a paper being made */
	struct fallback_ask fallback;
	int64_t fallback_id;             /* the request being decided         */
	const char *held_system;         /* the stream being let go           */
	moment_t elsewhere_at;
	struct words_ask words;
	struct arena words_memory;
	/* dossier_fee.c's own: */
	struct paid_ask paid;
	int pay_lines[PAID_LINES], pay_count;
	void (*pay_then)(struct screen *);
	/* dossier_refund.c's own: */
	struct shift_act refund;
	int refund_lines[PAID_LINES], refund_seq;
	const char *refund_to;
	/* dossier_return.c's own: */
	/* dossier_life.c's own: */
	const struct life *life;         /* NULL until read; kept_life */
	struct life kept_life;
	struct arena life_memory, life_coming;
	struct life_ask life_ask;
	bool life_reading, life_again;
	/* dossier_side.c's own: */
	struct colleagues_ask colleagues;
	const struct colleague *people[PEOPLE_MOST];
	int people_count;
	char side_request[37];
	const char *taker_name, *taker_id, *no_file;
	bool scanned, asked_scanned;     /* opened by the receipt's QR: its result is to be handed over, once */
	struct return_ask return_ask;
	struct arena return_memory, return_coming;
	struct return_state returns;
	bool returns_known, returning;   /* returning: the hand-over goes on when it is read */
	bool correcting;                 /* who took it is put right, nothing is handed over  */
	struct told_ask told_ask;
	struct arena told_memory;
	/* dossier_came.c's own: */
	struct result_act result;
	const char *came[4];             /* what the clerk said of a result on paper: kind, number, signer, place */
	day_t came_day;
	const char *back_way;            /* "give" "take" */
	/* dossier_copy.c's own: */
	struct dossier_copy_ask copy;
	struct arena copy_memory;
	/* dossier_menu.c's own: */
	struct said said;
	struct waits_ask waits;
	struct acts_ask may_ask;
	const struct act_row *may;
	int may_count, menu[MENU_MOST], menu_act;
	bool menu_reading;
	struct arena menu_memory;
	struct sign_dossier sign;
	struct signatures_ask signs_ask; /* what of it is signed              */
	struct arena signs_memory, signs_coming;
	const struct signature_row *signs;
	int sign_count;
	bool signs_reading, signs_again;
	struct listener listener;
	struct screen *screen;
};

/* dossier_screen.c */
void dossier_compose(struct viewing *);
void dossier_read_again(struct viewing *);

/* dossier_copy.c */
void dossier_copy_begin(struct screen *);

/* dossier_papers.c: papers made of it, what it owes */
void dossier_issue(struct screen *);
void dossier_transfer(struct screen *);

/* dossier_acts.c: the way of the dossier changes */
bool dossier_may_fall_back(const struct screen *);
void dossier_fall_back(struct screen *);
bool dossier_may_type(const struct screen *);
void dossier_type(struct screen *);
bool dossier_may_elsewhere(const struct screen *);
void dossier_elsewhere(struct screen *);
/* As typed_moment; a time alone is of today. */
moment_t dossier_read_moment(const struct screen *, const char *text);

/* dossier_fee.c: what it still owes is received */
bool dossier_fee_owed(const struct dossier_fee *);
int64_t dossier_owes(const struct viewing *);
/* then (may be NULL): after it was received, with the screen on top. */
void dossier_receive_money(struct screen *, void (*then)(struct screen *));

/* dossier_refund.c: a payment written down wrongly, or given back */
bool dossier_may_refund(const struct viewing *);
void dossier_refund(struct screen *);

/* dossier_results.c: files that systems gave */
bool dossier_may_result(const struct screen *);
void dossier_result(struct screen *);
/* dossier_sign.c: what of it is signed, and what is signed now */
void dossier_read_signs(struct viewing *);
void dossier_put_signs(struct viewing *);
bool dossier_may_sign(const struct screen *);
void dossier_sign(struct screen *);
void dossier_sign_close(struct viewing *);
/* dossier_menu.c: what may be done with it now */
void dossier_menu(struct screen *);
void dossier_act(struct viewing *, const char *reason, const struct act_facts *); /* the chosen one; facts may be NULL */
/* What the database said of an act, NULL: not open; the act is the one being said; it goes out, by a supervisor where it must. */
const struct act_row *dossier_row(const struct viewing *, const char *act);
void dossier_choose(struct viewing *, const char *act);
void dossier_say(struct viewing *);
void dossier_ask_basis(struct screen *, void (*then)(struct screen *, const char *text, void *data));
const char *dossier_check_reason(struct screen *, const char *text, void *data);

/* dossier_side.c: what does not move the status */
void dossier_side(struct screen *);
void dossier_apologise(struct screen *);
bool dossier_may_undo(const struct screen *);
void dossier_undo(struct screen *);

/* dossier_life.c: steps, hands, what the law still allows */
void dossier_read_life(struct viewing *);
void dossier_life_close(struct viewing *);

/* dossier_return.c: a result goes to somebody */
void dossier_hand_over(struct screen *);
void dossier_ask_taker(struct screen *); /* who took it, of one that was returned: ends in dossier_correct_taker */
void dossier_read_return(struct viewing *);
/* dossier_told.c: what the citizen was told; who took the result, put right */
void dossier_told(struct screen *);
void dossier_correct_taker(struct viewing *, const struct act_facts *);
/* dossier_came.c: a result comes on paper, its place, papers that change hands with it, the rating, a mistake */
bool dossier_may_result_act(const struct viewing *, const char *act);
bool dossier_result_act(struct screen *, const char *act); /* false: not one of these */
bool dossier_may_rate(const struct screen *);
void dossier_rate(struct screen *);
void dossier_put_return(struct sheet *, const struct dossier_full *, const struct return_state *);
