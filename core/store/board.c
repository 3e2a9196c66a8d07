/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/board.h"

#include <stdio.h>
#include <string.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define MOMENT(name) .name = reply_moment(reply, row, #name)

int board_figure(const struct board *board, const char *key)
{
	for (int i = 0; i < board->count[BOARD_FIGURE]; i++)
		if (strcmp(board->lines[BOARD_FIGURE][i].key, key) == 0)
			return board->lines[BOARD_FIGURE][i].n[0];
	return 0;
}

static int part_of(const char *word)
{
	static const char *const words[] = {
#define X(name, word) word,
		BOARD_PARTS(X)
#undef X
	};
	for (int part = 0; part < BOARD_PART_COUNT; part++)
		if (strcmp(words[part], word) == 0)
			return part;
	return -1; /* of a newer schema */
}

static void read_board(struct board_ask *mine, const struct reply *reply)
{
	struct board *board = &mine->board;
	for (int part = 0; part < BOARD_PART_COUNT; part++)
		board->lines[part] = ARENA_MANY(mine->into, struct board_line, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++) {
		int part = part_of(reply_text(reply, row, "part"));
		if (part < 0)
			continue;
		static const char *const counts[] = { "n1", "n2", "n3", "n4" };
		struct board_line *line = &board->lines[part][board->count[part]++];
		*line = (struct board_line){ TEXT(key), TEXT(words), TEXT(more), TEXT(act), MOMENT(at) };
		for (int i = 0; i < 4; i++)
			line->n[i] = (int)reply_number(reply, row, counts[i], 0);
		if (part == BOARD_FIGURE)
			board->at = line->at;
	}
}

static void on_board(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct board_ask *mine = OWNER_OF(ask, struct board_ask, ask);
	struct error unfit;
	mine->board = (struct board){ .at = MOMENT_NONE };
	if (!err) {
		read_board(mine, reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &mine->board, err);
}

void board_read(struct store *store, struct scope *scope, struct board_ask *mine)
{
	mine->ask = (struct ask){ .done = on_board, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.board() order by part, case when part <> 'hour' then n1 end desc, key", NULL, 0);
}

static void on_list(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct board_list_ask *mine = OWNER_OF(ask, struct board_list_ask, ask);
	struct board_row *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct board_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct board_row){ reply_number(reply, row, "dossier_id", 0), TEXT(code), TEXT(owner_masked),
				TEXT(procedure_code), TEXT(procedure_name), MOMENT(received_at), MOMENT(due_at), MOMENT(finished_at),
				.status = (int)reply_number(reply, row, "status", 0), TEXT(sync), TEXT(who), TEXT(whose), TEXT(words) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void board_list(struct store *store, struct scope *scope, struct board_list_ask *mine, const char *kind,
                const char *key, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_list, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.board_list($1, $2, $3::int)",
	          (struct param[]){ PARAM_TEXT(kind), PARAM_TEXT(key), PARAM_TEXT(limit) }, 3);
}

void board_kpi_list(struct store *store, struct scope *scope, struct board_list_ask *mine, const char *indicator,
                    const char *which, day_t from, day_t to, int most)
{
	char limit[16], first[16], last[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_list, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.kpi_list($1, $2::date, $3::date, $4, $5::int)",
	          (struct param[]){ PARAM_TEXT(indicator), PARAM_TEXT(day_write_iso(from, first, sizeof first)),
	                            PARAM_TEXT(day_write_iso(to, last, sizeof last)), PARAM_TEXT(which), PARAM_TEXT(limit) }, 5);
}

#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)

static void on_forecast(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct forecast_ask *mine = OWNER_OF(ask, struct forecast_ask, ask);
	struct forecast_line *lines = NULL;
	struct error unfit;
	if (!err) {
		lines = ARENA_MANY(mine->into, struct forecast_line, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			lines[row] = (struct forecast_line){ TEXT(part), .dossier_id = reply_number(reply, row, "dossier_id", 0), TEXT(code),
				TEXT(words), TEXT(who), TEXT(whose), MOMENT(due_at), NUMBER(chance), NUMBER(seen), NUMBER(seen_late) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : lines, err ? 0 : reply->rows, err);
}

void forecast_read(struct store *store, struct scope *scope, struct forecast_ask *mine)
{
	mine->ask = (struct ask){ .done = on_forecast, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.forecast() order by part = 'due' desc, part = 'apology' desc,"
	          " case part when 'apology' then due_at end, chance desc, due_at", NULL, 0);
}

static void on_trial(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct forecast_trial_ask *mine = OWNER_OF(ask, struct forecast_trial_ask, ask);
	struct forecast_trial trial = { 0 };
	struct error unfit;
	int row = 0;
	if (!err) {
		trial = (struct forecast_trial){ NUMBER(days), NUMBER(dossiers), NUMBER(predicted), NUMBER(came), NUMBER(off), NUMBER(beside) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &trial, err);
}

void forecast_trial_read(struct store *store, struct scope *scope, struct forecast_trial_ask *mine, int days)
{
	char text[16];
	snprintf(text, sizeof text, "%d", days);
	mine->ask = (struct ask){ .done = on_trial, .repeat = true };
	store_ask(store, scope, &mine->ask, "select * from desk.forecast_trial($1::int)", (struct param[]){ PARAM_TEXT(text) }, 1);
}

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct board_act *mine = OWNER_OF(ask, struct board_act, ask);
	(void)reply;
	mine->done(mine, err);
}

void board_practice_days(struct store *store, struct scope *scope, struct board_act *mine)
{
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, "select desk.practice_days()", NULL, 0);
}
