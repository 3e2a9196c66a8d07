/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/lessons.h"

#include <stdio.h>

static void over(struct lessons_ask *mine, const struct reply *reply, const struct error *err)
{
	struct error unfit;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	if (err)
		mine->count = 0;
	mine->done(mine, err);
}

static void on_rows(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct lessons_ask *mine = OWNER_OF(ask, struct lessons_ask, ask);
	struct lesson_row *rows = err ? NULL : ARENA_MANY(mine->into, struct lesson_row, reply->rows + 1);
	mine->count = err ? 0 : reply->rows;
	for (int i = 0; i < mine->count; i++)
		rows[i] = (struct lesson_row){ .lesson = reply_text(reply, i, "lesson"),
			.step = (int)reply_number(reply, i, "step", 0), .begun_at = reply_moment(reply, i, "begun_at"),
			.done_at = reply_moment(reply, i, "done_at"), .times = (int)reply_number(reply, i, "times", 0) };
	mine->rows = rows;
	over(mine, reply, err);
}

static void on_acts(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct lessons_ask *mine = OWNER_OF(ask, struct lessons_ask, ask);
	const char **acts = err ? NULL : ARENA_MANY(mine->into, const char *, reply->rows + 1);
	mine->count = err ? 0 : reply->rows;
	for (int i = 0; i < mine->count; i++)
		acts[i] = reply_text(reply, i, "act");
	mine->acts = acts;
	over(mine, reply, err);
}

static void on_kept(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct lessons_ask *mine = OWNER_OF(ask, struct lessons_ask, ask);
	(void)reply;
	mine->done(mine, err);
}

void lessons_read(struct store *store, struct scope *scope, struct lessons_ask *mine)
{
	mine->ask = (struct ask){ .done = on_rows, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.lessons()", NULL, 0);
}

void lesson_acts(struct store *store, struct scope *scope, struct lessons_ask *mine, moment_t since)
{
	char from[40];
	mine->ask = (struct ask){ .done = on_acts, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.lesson_acts($1::timestamptz)",
	          (struct param[]){ PARAM_TEXT(moment_write_iso(since, from, sizeof from)) }, 1);
}

void lesson_keep(struct store *store, struct scope *scope, struct lessons_ask *mine, const char *lesson, int step, bool finished)
{
	char at[12];
	snprintf(at, sizeof at, "%d", step);
	mine->ask = (struct ask){ .done = on_kept, .repeat = !finished };
	store_ask(store, scope, &mine->ask, "select desk.lesson_at($1, $2::int, $3::boolean)",
	          (struct param[]){ PARAM_TEXT(lesson), PARAM_TEXT(at), PARAM_TEXT(finished ? "t" : "f") }, 3);
}
