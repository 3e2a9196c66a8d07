/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/board_own.h — Between the files of the board only. */
#pragma once
#include "core/store/board.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/screen.h"

/* The two columns of figures above, then the panels.
 *      name       title                     what its rows are                     */
#define BOARD_PANELS(X)                                                              \
	X(HOURS,    N_("Theo giờ"))    /* received today, by hour                  */ \
	X(WHO,      N_("Ai giữ"))      /* late and due today, by who holds them    */ \
	X(COUNTERS, N_("Quầy"))        /* who is there, doing what                 */ \
	X(OFFICERS, N_("Cán bộ"))      /* load of each                             */ \
	X(SYSTEMS,  N_("Hệ thống"))    /* health of each                           */ \
	X(FORECAST, N_("Dự báo"))      /* due today, the likeliest to be late first */ \
	X(MOVES,    N_("Nên làm"))     /* what helps most                          */ \
	X(QUEUE,    N_("Hàng chờ"))    /* numbers waiting, how long                */

enum board_pane {
	PANE_DOSSIERS, /* the left column of figures  */
	PANE_TASKS,    /* the right one               */
#define X(name, title) PANE_##name,
	BOARD_PANELS(X)
#undef X
	PANE_COUNT,
	PANE_FIRST = PANE_HOURS
};

/* Something that helps: a dossier to take, an officer to relieve, a letter in time. */
struct board_move {
	const char *text;
	int64_t dossier_id;       /* 0: the list below         */
	const char *kind, *key;   /* as in board_list, or NULL */
};

struct board_view {
	struct list lists[PANE_COUNT];
	enum board_pane at;          /* has the cursor                           */
	enum board_pane shown;       /* the panel on a small screen              */
	struct board board;
	bool known;                  /* a board has been read                    */
	bool wide;                   /* every panel is on the screen             */
	bool guarded;                /* left alone: figures only, until unlocked */
	int64_t read_ms;             /* when it was read, by the loop's clock    */
	struct arena memory, coming; /* of what is shown; of what is on its way  */
	struct board_ask ask;
	bool reading, again;
	/* The forecast, read more rarely: */
	const struct forecast_line *forecast;
	int forecast_count, due_count; /* all of it; lines "due", which come first   */
	struct board_move *moves;
	int move_count;
	int64_t forecast_ms;           /* when it was asked for; 0: never            */
	bool forecasting;
	struct arena forecast_memory, forecast_coming;
	struct forecast_ask forecast_ask;
	struct forecast_trial_ask trial_ask;
	struct board_act practice;
	struct timer soon, tick;
	struct listener listener;
	struct screen *screen;
};

const char *board_pane_title(enum board_pane);
/* The lists' cells and columns. */
void board_lists(struct board_view *);
/* Their counts, after a board was read; the same lines stay under the cursor. */
void board_count(struct board_view *, const struct board *before);
/* What a figure is called, and its key in board_list ("" where another screen has it). */
const char *board_figure_label(enum board_pane, int row);
const char *board_figure_key(enum board_pane, int row);
/* "hệ thống Bộ Tư pháp chưa nhận được"…: who a dossier waits for. */
char *board_who(const char *who, const char *words, char *out, size_t room);

/* board_forecast.c: reads it when a minute is over; expected late ones by the evening, in tenths. */
void board_forecast_begin(struct board_view *);
void board_forecast_due(struct board_view *);
void board_forecast_end(struct board_view *);
int board_forecast_late(const struct board_view *);
void board_forecast_cell(void *owner, int row, int column, struct list_cell *);
void board_move_cell(void *owner, int row, int column, struct list_cell *);
/* The model, and how good it was here, to read. */
void board_forecast_explain(struct screen *);

void board_draw(const struct screen *, struct canvas *);

/* Nobody was here for a while: asks who it is instead, and is true. */
bool board_guarded(struct screen *);
/* Enter: the dossiers, or the screen, behind what is under the cursor. */
void board_drill(struct screen *);
