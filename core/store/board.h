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
	X(SYSTEM,  "system")  /* key code: dossiers waiting, refused, silent; more: its health */ \
	X(QUEUE,   "queue")   /* key series: waiting, minutes of the longest wait, of the      */ \
	                      /* median, counters that call it                                 */ \
	X(QUEUE_DAY, "queue_day") /* key series: today done, missed, median service minutes, cancelled */

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
/* Those received on these days that count for an indicator of core/dossier/kpi.h; which: "missed" "met" "counted". */
void board_kpi_list(struct store *, struct scope *, struct board_list_ask *, const char *indicator, const char *which,
                    day_t from, day_t to, int most);

struct board_act {
	void (*done)(struct board_act *, const struct error *);
	void *owner;
	struct ask ask;     /* board.c's own */
};
/* In a practice unit, once: six invented weeks behind today, so that there is something to see. */
void board_practice_days(struct store *, struct scope *, struct board_act *);

/* What the forecast says of today; see 0533_forecast.sql for the count behind it. */
struct forecast_line {
	const char *part;          /* "due": due today; "apology": a letter in time; "officer": a load */
	int64_t dossier_id;        /* 0: an officer                                    */
	const char *code;          /* of the dossier; login                            */
	const char *words;         /* who holds it; name                               */
	const char *who, *whose;   /* as in struct board_row                           */
	moment_t due_at;
	int chance;                /* of being late, in ‰; an officer: expected late ones, tenths */
	int seen, seen_late;       /* of its kind, as far gone and not done; late.  An officer: due
	                            * today, what they usually finish in a day         */
};
struct forecast_ask {
	void (*done)(struct forecast_ask *, const struct forecast_line *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;
};
void forecast_read(struct store *, struct scope *, struct forecast_ask *);

/* How good it was on past days, in hundredths: said to be late a day, late, how far
 * apart; beside: its squared error beside that of always saying the average. */
struct forecast_trial {
	int days, dossiers, predicted, came, off, beside;
};
struct forecast_trial_ask {
	void (*done)(struct forecast_trial_ask *, const struct forecast_trial *, const struct error *);
	void *owner;
	struct ask ask;
};
void forecast_trial_read(struct store *, struct scope *, struct forecast_trial_ask *, int days);
