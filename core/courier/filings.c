/* SPDX-License-Identifier: Apache-2.0
 *
 * Online filings: their list page by page, each filing, its files, and after the commit the
 * receipt; the desk's acts on what it did not accept. */
#include "core/courier/filings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/courier/fetch.h"
#include "core/courier/filing_read.h"
#include "core/courier/post.h"
#include "core/courier/wire_answers.h"

enum { AT_ONCE = 8, MOST_PAGES = 200 };

struct filing_job {
	struct post *post;
	struct filing_job *next;
	struct wire_filing filing;
	char what[12], code[64];
	int attempts;
	struct ask ask;
};

static const json_t *rule(const struct post *post)
{
	return json_object_get(post->profile.data, "filings");
}

static long number(const struct post *post, const char *name, long fallback)
{
	const json_t *value = json_object_get(rule(post), name);
	return json_is_integer(value) ? (long)json_integer_value(value) : fallback;
}

/* ---- work ---- */

static void work(struct post *post);

static void forget(struct filing_job *job)
{
	for (struct filing_job **at = &job->post->filings.jobs; *at; at = &(*at)->next)
		if (*at == job) {
			*at = job->next;
			break;
		}
	free(job);
}

void filings_stop(struct post *post)
{
	while (post->filings.jobs)
		forget(post->filings.jobs);
}

static void kept(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct filing_job *job = ask->owner;
	struct post *post = job->post;
	(void)reply;
	if (err)
		log_error("filing", err);
	forget(job);
	/* One thing leads to the next: a filing to its files, the last file to the receipt. */
	if (!err && !post->filings.jobs && !post->engine->draining)
		work(post);
}

static struct ask *answer_to(struct filing_job *job)
{
	job->ask = (struct ask){ .done = kept, .owner = job };
	return &job->ask;
}

static void end(struct filing_job *job, enum outcome outcome, const char *note, int retry_after)
{
	struct engine *engine = job->post->engine;
	bool good = outcome == OUTCOME_DELIVERED || outcome == OUTCOME_DUPLICATE;
	wire_filing_done(engine->plan.aside, &engine->scope, answer_to(job), &job->filing, outcome_word(outcome), note,
	                 good ? 0 : post_back_off(job->post, job->attempts, retry_after));
}

/* Said twice a word does no harm: an unknown outcome is simply said again. */
static void said(struct trip *trip, const struct answer *answer)
{
	struct filing_job *job = trip->owner;
	end(job, answer->outcome == OUTCOME_UNKNOWN ? OUTCOME_RETRY : answer->outcome, answer->text, answer->retry_after);
}

static void read(struct trip *trip, const struct answer *answer)
{
	struct filing_job *job = trip->owner;
	struct post *post = job->post;
	json_t *view = NULL;
	if (answer->outcome == OUTCOME_DELIVERED)
		view = post->connector->read_filing(&post->profile, answer, job->code);
	else if (answer->outcome == OUTCOME_REFUSED && answer->missing)
		view = json_pack("{s:b}", "found", 0);
	char *text = view ? json_dumps(view, JSON_COMPACT) : NULL;
	if (text)
		wire_filing_told(post->engine->plan.aside, &post->engine->scope, answer_to(job), post->profile.code,
		                 &job->filing, text);
	else
		end(job, OUTCOME_RETRY, answer->text, answer->retry_after);
	free(text);
	json_decref(view);
}

static void fetched(struct trip *trip, const struct answer *answer)
{
	struct filing_job *job = trip->owner;
	struct engine *engine = job->post->engine;
	const struct http_reply *reply = &trip->call.reply;
	struct bytes file = { 0 };
	if (reply->fault == HTTP_TOO_BIG)
		end(job, OUTCOME_REFUSED, _("Tệp lớn hơn mức cho phép"), -1);
	else if (fetch_bytes(reply, &file))
		wire_filing_file(engine->plan.aside, &engine->scope, answer_to(job), &job->filing,
		                 strncmp(file.data, "%PDF-", 5) == 0 ? "application/pdf" : reply->type, file.data, file.size);
	else if (reply->fault == HTTP_FINE && (reply->code == 404 || reply->code == 410))
		end(job, OUTCOME_REFUSED, _("Bên kia không còn tệp này"), -1);
	else
		end(job, answer->outcome == OUTCOME_REFUSED || reply->fault == HTTP_FORBIDDEN ? OUTCOME_REFUSED : OUTCOME_RETRY,
		    answer->text, answer->retry_after);
	bytes_free(&file);
}

static void start(struct filing_job *job, json_t *body)
{
	struct post *post = job->post;
	const char *call = json_string_value(json_object_get(rule(post), "word"));
	json_object_set_new(body, "code", json_string(job->code));
	json_object_set_new(body, "foreign_code", json_string(job->code));
	json_object_set_new(body, "kind", json_string("filing"));
	if (strcmp(job->what, "view") == 0)
		trip_call(post, CALL_FILING, job->code, body, "", read, job);
	else if (strcmp(job->what, "file") == 0)
		trip_call(post, CALL_FETCH, job->code, body, "", fetched, job);
	else if (strcmp(job->what, "ack") == 0)
		trip_call(post, CALL_ACK, job->code, body, "", said, job);
	else
		trip_call(post, call && strcmp(call, "status") == 0 ? CALL_STATUS : CALL_PROGRESS, job->code, body, "", said, job);
	json_decref(body);
}

static void take(struct post *post, const struct reply *reply, int row)
{
	struct filing_job *job = calloc(1, sizeof *job);
	if (!job)
		abort();
	job->post = post;
	job->next = post->filings.jobs;
	post->filings.jobs = job;
	snprintf(job->what, sizeof job->what, "%s", reply_text(reply, row, "what"));
	snprintf(job->code, sizeof job->code, "%s", reply_text(reply, row, "code"));
	job->filing = (struct wire_filing){ job->what, reply_number(reply, row, "id", 0), reply_number(reply, row, "fence", 0) };
	job->attempts = (int)reply_number(reply, row, "attempts", 0);
	json_t *body = json_loads(reply_text(reply, row, "body"), 0, NULL);
	start(job, body ? body : json_object());
}

static void claimed(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct post *post = ask->owner;
	post->filings.work_busy = false;
	if (err) {
		log_error("filing work", err);
		return;
	}
	for (int row = 0; row < reply->rows && post->works && !post->engine->draining; row++)
		take(post, reply, row);
}

static void work(struct post *post)
{
	struct engine *engine = post->engine;
	if (post->filings.work_busy || post->filings.jobs || !post->works)
		return;
	post->filings.work_busy = true;
	post->filings.work_ask = (struct ask){ .done = claimed, .owner = post };
	wire_filing_work(engine->plan.aside, &engine->scope, &post->filings.work_ask, post->profile.code,
	                 engine->plan.lease_seconds, AT_ONCE,
	                 engine->plan.ask_ms > 0 ? 5 : (int)number(post, "ask_seconds", 300));
}

/* ---- the list ---- */

static void ask_page(struct post *post);

static void noted(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct post *post = ask->owner;
	struct filings *filings = &post->filings;
	(void)reply;
	filings->list_busy = false;
	if (err) {
		log_error("filings", err);
		return;
	}
	if (post->engine->draining)
		return;
	work(post);
	if (filings->page > 0)
		ask_page(post);
}

static uint64_t mark_of(const char *text)
{
	uint64_t mark = UINT64_C(14695981039346656037);
	for (; *text; text++)
		mark = (mark ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return mark;
}

static void listed(struct trip *trip, const struct answer *answer)
{
	struct post *post = trip->owner;
	struct filings *filings = &post->filings;
	bool more = false;
	json_t *lines = answer->outcome == OUTCOME_DELIVERED ? post->connector->read_filings(&post->profile, answer, &more) : NULL;
	char *text = lines ? json_dumps(lines, JSON_COMPACT) : NULL;
	json_decref(lines);
	if (!text) {
		/* Asked again at the next look, from the first page. */
		log_line(LOG_WARN, "filings of %s: %s, http %d", post->profile.code, outcome_word(answer->outcome),
		         trip->call.reply.code);
		filings->list_busy = false;
		filings->page = 0;
		return;
	}
	uint64_t mark = mark_of(text);
	more = more && (filings->page == 0 || mark != filings->page_mark) && filings->page < MOST_PAGES;
	filings->page_mark = mark;
	filings->page = more ? filings->page + 1 : 0;
	filings->list_ask = (struct ask){ .done = noted, .owner = post };
	wire_filings_listed(post->engine->plan.aside, &post->engine->scope, &filings->list_ask, post->profile.code, text);
	free(text);
}

static void ask_page(struct post *post)
{
	char from[16], to[16], page[16], size[16];
	day_t today = moment_day(moment_now());
	if (post->filings.list_busy)
		return;
	post->filings.list_busy = true;
	snprintf(page, sizeof page, "%d", post->filings.page);
	snprintf(size, sizeof size, "%ld", filing_page(&post->profile));
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s}", "from",
	                         day_write_iso(today - (int)number(post, "days", 30), from, sizeof from), "to",
	                         day_write_iso(today, to, sizeof to), "page", page, "size", size, "unit", "");
	trip_call(post, CALL_FILINGS, "", body, "", listed, post);
	json_decref(body);
}

void filings_look(struct post *post)
{
	struct engine *engine = post->engine;
	int64_t now = monotonic_ms();
	if (!json_is_object(rule(post)) || !post->connector->read_filings)
		return;
	if (!post->filings.list_busy && now >= post->filings.next_list) {
		post->filings.page = 0;
		post->filings.next_list = now + (engine->plan.ask_ms > 0 ? engine->plan.ask_ms : number(post, "list_seconds", 60) * 1000);
		ask_page(post);
	}
	work(post);
}
