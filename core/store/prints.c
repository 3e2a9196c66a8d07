/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/prints.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"

static void over(struct prints_ask *mine, const struct reply *reply, const struct error *err)
{
	struct error unfit;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	mine->done(mine, err);
}

static void start(struct store *store, struct scope *scope, struct prints_ask *mine,
                  void (*done)(struct ask *, const struct reply *, const struct error *), bool repeat,
                  const char *sql, const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = done, .repeat = repeat, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

static const char *number(char *out, size_t room, int64_t value)
{
	snprintf(out, room, "%lld", (long long)value);
	return out;
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct prints_ask *mine = OWNER_OF(ask, struct prints_ask, ask);
	(void)reply;
	mine->done(mine, err);
}

/* ---- a job's life ---- */

static void on_queued(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct prints_ask *mine = OWNER_OF(ask, struct prints_ask, ask);
	if (!err)
		mine->job_id = reply_number(reply, 0, "job_id", 0);
	over(mine, reply, err);
}

void prints_queue(struct store *store, struct scope *scope, struct prints_ask *mine, const char *request_id,
                  const int64_t *papers, int count, const char *title, const char *printer, const char *device)
{
	struct bytes list = { 0 };
	bytes_text(&list, "{");
	for (int i = 0; i < count; i++)
		bytes_format(&list, i ? ",%lld" : "%lld", (long long)papers[i]);
	bytes_text(&list, "}");
	start(store, scope, mine, on_queued, true,
	      "select desk.print_queue($1::uuid, $2::bigint[], $3, $4, $5) as job_id",
	      (struct param[]){ PARAM_TEXT(request_id), PARAM_TEXT(bytes_string(&list)), PARAM_TEXT(title),
	                        PARAM_TEXT(printer), PARAM_TEXT(device) }, 5);
	bytes_free(&list);
}

static void on_begun(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct prints_ask *mine = OWNER_OF(ask, struct prints_ask, ask);
	if (!err) {
		mine->holder = reply_text(reply, 0, "holder");
		mine->attempt = (int)reply_number(reply, 0, "attempt", 0);
		mine->paper_id = reply_number(reply, 0, "paper_id", 0);
		mine->form = reply_text(reply, 0, "form");
		mine->fields = reply_text(reply, 0, "fields");
		mine->number = reply_text(reply, 0, "number");
		mine->copy = (int)reply_number(reply, 0, "copy", 0);
	}
	over(mine, reply, err);
}

/* Not repeated: whether it was begun is then for somebody to look at. */
void prints_begin(struct store *store, struct scope *scope, struct prints_ask *mine, int64_t job_id)
{
	char id[24];
	/* Tabs and line ends are the fields' own grammar. */
	mine->ask = (struct ask){ .done = on_begun, .verbatim = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.print_begin($1::bigint)",
	          (struct param[]){ PARAM_TEXT(number(id, sizeof id, job_id)) }, 1);
}

void prints_hold(struct store *store, struct scope *scope, struct prints_ask *mine, int64_t job_id,
                 int attempt)
{
	char id[24], nth[16];
	start(store, scope, mine, on_done, true, "select desk.print_hold($1::bigint, $2::int)",
	      (struct param[]){ PARAM_TEXT(number(id, sizeof id, job_id)),
	                        PARAM_TEXT(number(nth, sizeof nth, attempt)) }, 2);
}

static void on_ended(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct prints_ask *mine = OWNER_OF(ask, struct prints_ask, ask);
	if (!err)
		mine->more = reply_flag(reply, 0, "more");
	over(mine, reply, err);
}

void prints_end(struct store *store, struct scope *scope, struct prints_ask *mine, int64_t job_id,
                int attempt, const char *outcome, const char *say, const char *cause)
{
	char id[24], nth[16];
	start(store, scope, mine, on_ended, true, "select * from desk.print_end($1::bigint, $2::int, $3, $4, $5)",
	      (struct param[]){ PARAM_TEXT(number(id, sizeof id, job_id)),
	                        PARAM_TEXT(number(nth, sizeof nth, attempt)), PARAM_TEXT(outcome),
	                        PARAM_TEXT(say), PARAM_TEXT(cause) }, 5);
}

void prints_take(struct store *store, struct scope *scope, struct prints_ask *mine, int64_t job_id,
                 const char *printer, const char *device)
{
	char id[24];
	start(store, scope, mine, on_done, true, "select desk.print_take($1::bigint, $2, $3)",
	      (struct param[]){ PARAM_TEXT(number(id, sizeof id, job_id)), PARAM_TEXT(printer),
	                        PARAM_TEXT(device) }, 3);
}

void prints_close(struct store *store, struct scope *scope, struct prints_ask *mine, int64_t job_id, bool seen)
{
	char id[24];
	start(store, scope, mine, on_done, false, "select desk.print_close($1::bigint, $2::boolean)",
	      (struct param[]){ PARAM_TEXT(number(id, sizeof id, job_id)), PARAM_TEXT(seen ? "t" : "f") }, 2);
}

/* ---- what is there ---- */

static void on_left(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct prints_ask *mine = OWNER_OF(ask, struct prints_ask, ask);
	if (!err) {
		mine->found = (int)reply_number(reply, 0, "found_now", 0);
		mine->failed = (int)reply_number(reply, 0, "failed", 0);
		mine->unconfirmed = (int)reply_number(reply, 0, "unconfirmed", 0);
	}
	over(mine, reply, err);
}

void prints_left(struct store *store, struct scope *scope, struct prints_ask *mine)
{
	start(store, scope, mine, on_left, true, "select * from desk.print_left()", NULL, 0);
}

/* "{12,13}": PostgreSQL's own words. */
static int read_papers(struct arena *arena, const char *text, const int64_t **out)
{
	size_t room = strlen(text) / 2 + 1; /* "1," is the shortest */
	int64_t *papers = ARENA_MANY(arena, int64_t, room);
	int count = 0;
	char *end;
	for (const char *at = text + (*text == '{'); *at && *at != '}' && (size_t)count < room;
	     at = end + (*end == ',')) {
		papers[count] = strtoll(at, &end, 10);
		if (end == at)
			break;
		count++;
	}
	*out = papers;
	return count;
}

static void read_row(struct arena *arena, const struct reply *reply, int i, struct print_row *out)
{
	*out = (struct print_row){ .job_id = reply_number(reply, i, "job_id", 0),
		.state = reply_text(reply, i, "state"),
		.title = reply_text(reply, i, "title"),
		.printer = reply_text(reply, i, "printer"),
		.counter = reply_text(reply, i, "counter_code"),
		.by = reply_text(reply, i, "by_name"),
		.reason = reply_text(reply, i, "reason"),
		.done = (int)reply_number(reply, i, "done", 0),
		.copy = (int)reply_number(reply, i, "copy", 0),
		.here = reply_flag(reply, i, "here"),
		.busy = reply_flag(reply, i, "busy"),
		.made_at = reply_moment(reply, i, "made_at"),
		.changed_at = reply_moment(reply, i, "changed_at") };
	out->count = read_papers(arena, reply_text(reply, i, "papers"), &out->papers);
}

static void on_list(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct prints_ask *mine = OWNER_OF(ask, struct prints_ask, ask);
	if (!err) {
		struct print_row *rows = ARENA_MANY(mine->into, struct print_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			read_row(mine->into, reply, i, &rows[i]);
		mine->rows = rows;
		mine->count = reply->rows;
	}
	over(mine, reply, err);
}

void prints_list(struct store *store, struct scope *scope, struct prints_ask *mine, int most)
{
	char many[16];
	start(store, scope, mine, on_list, true, "select * from desk.print_jobs($1::int)",
	      (struct param[]){ PARAM_TEXT(number(many, sizeof many, most)) }, 1);
}

void prints_said(struct store *store, struct scope *scope, struct prints_ask *mine, const char *printer,
                 const char *device, const char *state, const char *say)
{
	start(store, scope, mine, on_done, true, "select desk.printer_said($1, $2, $3, $4)",
	      (struct param[]){ PARAM_TEXT(printer), PARAM_TEXT(device), PARAM_TEXT(state), PARAM_TEXT(say) }, 4);
}

static void on_words(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct prints_ask *mine = OWNER_OF(ask, struct prints_ask, ask);
	if (!err) {
		struct printer_word *words = ARENA_MANY(mine->into, struct printer_word, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			words[i] = (struct printer_word){ .device = reply_text(reply, i, "device"),
				.printer = reply_text(reply, i, "printer"),
				.state = reply_text(reply, i, "state"),
				.say = reply_text(reply, i, "say"),
				.counter = reply_text(reply, i, "counter_code"),
				.held_by = reply_text(reply, i, "held_by"),
				.at = reply_moment(reply, i, "at") };
		mine->words = words;
		mine->count = reply->rows;
	}
	over(mine, reply, err);
}

void prints_words(struct store *store, struct scope *scope, struct prints_ask *mine)
{
	start(store, scope, mine, on_words, true, "select * from desk.printer_words()", NULL, 0);
}
