/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/board.h — The supervisor's board: the unit's day in figures, and the
 * dossiers behind each of them.  Supervisors only; every list is a look in the trail. */
#pragma once
#include "core/store/store.h"

/*      part      word in the database   what n holds                                        */
#define BOARD_PARTS(X)                                                                           \
	X(FIGURE,  "figure")  /* the count                                                     */ \
	X(HOUR,    "hour")    /* key "08": dossiers received in that hour                      */ \
	X(WHO,     "who")     /* key "system tu-phap": late, due today, days of the oldest     */ \
	X(OFFICER, "officer") /* key login: received today, in hand, due today, late           */ \
	X(COUNTER, "counter") /* key "Q3": received today, 1 somebody is at work; more: who    */ \
	X(SYSTEM,  "system")  /* key code: dossiers waiting, refused, silent; more: its health */

enum board_part {
#define X(name, word) BOARD_##name,
	BOARD_PARTS(X)
#undef X
	BOARD_PART_COUNT
};

struct board_line {
	const char *key;
	const char *words; /* name of the officer, counter, system         */
	const char *more;  /* as above                                     */
	const char *act;   /* a counter's last act, a word of the trail    */
	int n[4];
	moment_t at;       /* of the last act; since when the system is so */
};

struct board {
	struct board_line *lines[BOARD_PART_COUNT];
	int count[BOARD_PART_COUNT];
	moment_t at;       /* the database's clock when it was counted     */
};
/* The count of a figure, 0 when there is no such key. */
int board_figure(const struct board *, const char *key);

struct board_ask {
	/* board lives in the arena. */
	void (*done)(struct board_ask *, const struct board *, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* board.c's own, here and below */
	struct board board;
};
void board_read(struct store *, struct scope *, struct board_ask *);

struct board_row {
	int64_t dossier_id;
	const char *code;
	const char *owner_masked;  /* initials: "N.T.T.D."                        */
	const char *procedure_code, *procedure_name;
	moment_t received_at, due_at, finished_at; /* or MOMENT_NONE              */
	int status;                /* 1..10                                       */
	const char *sync;          /* worst travel: saved sent received disagreed */
	const char *who, *whose;   /* who it waits for: "citizen" "payment" "refused" "unsent"
	                            * "system" "desk", "" nobody; code or login   */
	const char *words;         /* their name                                  */
};
struct board_list_ask {
	void (*done)(struct board_list_ask *, const struct board_row *, int count,
	             const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;
};
/* kind: a figure's key; "hour", "counter", "officer_late", "who_due", "system_refused"
 * … with a line's key, see 0530_board.sql. */
void board_list(struct store *, struct scope *, struct board_list_ask *, const char *kind,
                const char *key, int most);
