/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/lookups.h — Questions to the population, business and insurance
 * registers while the citizen sits there.  Asking returns at once; the counter
 * hears "question" with the id and reads how it stands. */
#pragma once
#include "core/store/store.h"

enum lookup_answer {
	ANSWER_WAITING,
	ANSWER_FOUND,
	ANSWER_ABSENT,      /* they know nobody like that                      */
	ANSWER_NEEDS_CODE,  /* a one-time code, kept for ten minutes: ask again with it */
	ANSWER_WRONG_CODE,
	ANSWER_FAILED,      /* note says why                                   */
};

/* What a register tells; "" and DAY_NONE where it does not.  Foreign text, taken. */
struct lookup_item {
	const char *number, *old_number, *name;
	day_t birth;        /* of an enterprise: founded                       */
	int birth_year;     /* when only that is known, else 0                 */
	const char *sex;    /* "nam" "nữ" ""                                   */
	const char *address, *commune, *province, *representative;
	const char *status; /* of an enterprise, a card                        */
	const char *card;   /* number of an insurance card                     */
	day_t from, until;  /* of the card                                     */
	const char *place;  /* where it is first shown                         */
};
struct lookup_wish {
	const char *what;   /* "citizen" "enterprise" "insurance"              */
	const char *number, *name;
	day_t birth;
	const char *code;   /* one-time code, or ""                            */
	const char *purpose;
};

struct lookup_ask {
	void (*done)(struct lookup_ask *, const struct error *err);
	struct arena *into; /* required */
	void *owner;
	/* Answers: */
	int64_t question_id;
	enum lookup_answer answer;
	const char *system_name, *note;
	moment_t answered_at;
	const struct lookup_item *items;
	int count;
	/* lookups.c's own: */
	struct ask ask;
};
/* → question_id.  MC005 with the field in ask.hint when something is missing or no
 * such register is connected; MC004 when it was too often. */
void lookup_start(struct store *, struct scope *, struct lookup_ask *, const struct lookup_wish *);
void lookup_read(struct store *, struct scope *, struct lookup_ask *, int64_t question_id);
