/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/answers.h"

#include <stdio.h>

/* ---- tasks ---- */

static void on_tasks(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct tasks_ask *mine = OWNER_OF(ask, struct tasks_ask, ask);
	struct error unfit;
	struct task_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct task_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct task_row){
				.problem_id = reply_number(reply, i, "problem_id", 0),
				.dossier_id = reply_number(reply, i, "dossier_id", 0),
				.code = reply_text(reply, i, "code"),
				.system = reply_text(reply, i, "system"),
				.system_name = reply_text(reply, i, "system_name"),
				.said = reply_text(reply, i, "said"),
				.kind = reply_text(reply, i, "kind"),
				.key = reply_text(reply, i, "key"),
				.at = reply_moment(reply, i, "at") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void tasks_read(struct store *store, struct scope *scope, struct tasks_ask *mine, int most)
{
	char number[16];
	snprintf(number, sizeof number, "%d", most);
	mine->ask = (struct ask){ .done = on_tasks, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.tasks($1::int)",
	          (struct param[]){ PARAM_TEXT(number) }, 1);
}

/* ---- acts ---- */

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct answer_ask *mine = OWNER_OF(ask, struct answer_ask, ask);
	(void)reply;
	mine->done(mine, err);
}

static void start(struct store *store, struct scope *scope, struct answer_ask *mine, const char *sql,
                  const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = on_done };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

void task_done(struct store *store, struct scope *scope, struct answer_ask *mine, int64_t problem,
               const char *solution)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)problem);
	start(store, scope, mine, "select desk.task_done($1::bigint, $2)",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(solution) }, 2);
}

void word_map(struct store *store, struct scope *scope, struct answer_ask *mine, const char *system,
              const char *word, int status, const char *basis)
{
	char number[16];
	snprintf(number, sizeof number, "%d", status);
	start(store, scope, mine, "select desk.map_word($1, $2, $3::int, $4)",
	      (struct param[]){ PARAM_TEXT(system), PARAM_TEXT(word), PARAM_TEXT(number),
	                        PARAM_TEXT(basis) }, 4);
}

void dossier_ask_again(struct store *store, struct scope *scope, struct answer_ask *mine,
                       int64_t dossier, const char *system)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier);
	start(store, scope, mine, "select desk.ask_again($1::bigint, $2)",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(system) }, 2);
}

void result_fetch_now(struct store *store, struct scope *scope, struct answer_ask *mine,
                      int64_t dossier, const char *system, const char *key)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier);
	start(store, scope, mine, "select desk.fetch_now($1::bigint, $2, $3)",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(system), PARAM_TEXT(key) }, 3);
}

/* ---- words ---- */

static void on_words(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct words_ask *mine = OWNER_OF(ask, struct words_ask, ask);
	struct error unfit;
	struct dossier_word *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct dossier_word, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct dossier_word){
				.system = reply_text(reply, i, "system"),
				.system_name = reply_text(reply, i, "system_name"),
				.word = reply_text(reply, i, "word"),
				.said = reply_text(reply, i, "said"),
				.raw = reply_text(reply, i, "raw"),
				.at = reply_moment(reply, i, "at"),
				.kept_at = reply_moment(reply, i, "kept_at"),
				.status = (int)reply_number(reply, i, "status", 0),
				.used = reply_flag(reply, i, "used") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void words_read(struct store *store, struct scope *scope, struct words_ask *mine, int64_t dossier)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier);
	mine->ask = (struct ask){ .done = on_words, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.dossier_words($1::bigint)",
	          (struct param[]){ PARAM_TEXT(id) }, 1);
}
