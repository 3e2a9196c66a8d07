/* SPDX-License-Identifier: Apache-2.0
 *
 * After the commit: files they linked to are fetched and kept, then what they
 * gave is acknowledged, until they take it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/courier/fetch.h"
#include "core/courier/post.h"
#include "core/courier/wire_answers.h"

/* Bodies of files are whole in memory: few at a time. */
#define AT_ONCE 2

struct gather {
	struct post *post;
	struct gather *next;
	int64_t part, fence;
	int attempts;
	json_t *facts;
	struct ask ask;
};

static void forget(struct gather *job)
{
	for (struct gather **at = &job->post->poll.jobs; *at; at = &(*at)->next)
		if (*at == job) {
			*at = job->next;
			break;
		}
	json_decref(job->facts);
	free(job);
}

void gather_stop(struct post *post)
{
	while (post->poll.jobs)
		forget(post->poll.jobs);
}

static void kept(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)reply;
	struct gather *job = ask->owner;
	struct post *post = job->post;
	if (err)
		log_error("part", err);
	forget(job);
	/* A file that is kept wants its receipt now. */
	if (!err && !post->poll.jobs && !post->engine->draining)
		gather_look(post);
}

static void end(struct gather *job, enum outcome outcome, const char *note, int retry_after)
{
	struct engine *engine = job->post->engine;
	int wait = outcome == OUTCOME_DELIVERED || outcome == OUTCOME_DUPLICATE
	                   ? 0
	                   : post_back_off(job->post, job->attempts, retry_after);
	job->ask = (struct ask){ .done = kept, .owner = job };
	wire_part_done(engine->plan.aside, &engine->scope, &job->ask, job->part, job->fence,
	               outcome_word(outcome), note, wait);
}

static void acknowledged(struct trip *trip, const struct answer *answer)
{
	struct gather *job = trip->owner;
	/* Said twice a receipt does no harm: an unknown outcome is simply said again. */
	end(job, answer->outcome == OUTCOME_UNKNOWN ? OUTCOME_RETRY : answer->outcome, answer->text,
	    answer->retry_after);
}

static const char *text_of(const struct gather *job, const char *name)
{
	const char *text = json_string_value(json_object_get(job->facts, name));
	return text ? text : "";
}

/* What the clerk reads as the file's name: theirs, else the paper's with an
 * ending that its kind has. */
static void file_name(const struct gather *job, const char *type, char *out, size_t room)
{
	static const struct {
		const char *type, *ending;
	} endings[] = { { "application/pdf", ".pdf" }, { "image/jpeg", ".jpg" },
		        { "image/png", ".png" },       { "application/xml", ".xml" },
		        { "application/zip", ".zip" } };
	const char *ending = "";
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (strcmp(endings[i].type, type) == 0)
			ending = endings[i].ending;
	if (*text_of(job, "file"))
		snprintf(out, room, "%s", text_of(job, "file"));
	else
		snprintf(out, room, "%s%s", *text_of(job, "name") ? text_of(job, "name") : "ket-qua",
		         ending);
}

static void fetched(struct trip *trip, const struct answer *answer)
{
	struct gather *job = trip->owner;
	struct engine *engine = job->post->engine;
	const struct http_reply *reply = &trip->call.reply;
	struct bytes file = { 0 };
	char name[300];
	if (reply->fault == HTTP_TOO_BIG) {
		end(job, OUTCOME_REFUSED, _("Tệp lớn hơn mức cho phép"), -1);
	} else if (fetch_bytes(reply, &file)) {
		const char *type = strncmp(file.data, "%PDF-", 5) == 0 ? "application/pdf"
		                                                       : reply->type;
		file_name(job, type, name, sizeof name);
		job->ask = (struct ask){ .done = kept, .owner = job };
		wire_part_file(engine->plan.aside, &engine->scope, &job->ask, job->part, job->fence,
		               name, type, file.data, file.size);
	} else if (reply->fault == HTTP_FINE && (reply->code == 404 || reply->code == 410)) {
		end(job, OUTCOME_REFUSED, _("Bên kia không còn tệp này"), -1);
	} else {
		end(job, answer->outcome == OUTCOME_REFUSED || reply->fault == HTTP_FORBIDDEN
		                 ? OUTCOME_REFUSED
		                 : OUTCOME_RETRY,
		    answer->text, answer->retry_after);
	}
	bytes_free(&file);
}

static void take(struct post *post, const struct reply *reply, int row)
{
	struct gather *job = calloc(1, sizeof *job);
	if (!job)
		abort();
	job->post = post;
	job->next = post->poll.jobs;
	post->poll.jobs = job;
	job->part = reply_number(reply, row, "part_id", 0);
	job->fence = reply_number(reply, row, "fence", 0);
	job->attempts = (int)reply_number(reply, row, "attempts", 0);
	job->facts = json_loads(reply_text(reply, row, "facts"), 0, NULL);
	bool fetch = strcmp(reply_text(reply, row, "what"), "fetch") == 0;
	json_t *memory = json_loads(reply_text(reply, row, "memory"), 0, NULL);
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:O*}", "code",
	                         reply_text(reply, row, "code"), "foreign_code",
	                         reply_text(reply, row, "foreign_code"), "kind",
	                         reply_text(reply, row, "kind"), "key", reply_text(reply, row, "key"),
	                         "link", text_of(job, "link"), "memory",
	                         memory ? memory : json_object(), "facts", job->facts);
	trip_call(post, fetch ? CALL_FETCH : CALL_ACK, reply_text(reply, row, "code"), body, "",
	          fetch ? fetched : acknowledged, job);
	json_decref(body);
}

static void claimed(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct post *post = ask->owner;
	post->poll.work_busy = false;
	if (err) {
		log_error("part work", err);
		return;
	}
	for (int row = 0; row < reply->rows && post->works && !post->engine->draining; row++)
		take(post, reply, row);
}

/* "{result,supplement}"; words of a profile are no SQL. */
static void wanted(const struct post *post, char *out, size_t room)
{
	size_t i, at = (size_t)snprintf(out, room, "{");
	json_t *kind;
	json_array_foreach(json_object_get(post->profile.data, "ack"), i, kind) {
		const char *word = json_string_value(kind);
		if (!word || strspn(word, "abcdefghijklmnopqrstuvwxyz") != strlen(word) ||
		    at + strlen(word) + 3 > room)
			continue;
		at += (size_t)snprintf(out + at, room - at, "%s%s", at > 1 ? "," : "", word);
	}
	snprintf(out + at, room - at, "}");
}

void gather_look(struct post *post)
{
	struct engine *engine = post->engine;
	char ack[128];
	if (post->poll.work_busy || post->poll.jobs)
		return;
	wanted(post, ack, sizeof ack);
	post->poll.work_busy = true;
	post->poll.work_ask = (struct ask){ .done = claimed, .owner = post };
	wire_part_work(engine->plan.aside, &engine->scope, &post->poll.work_ask, post->profile.code,
	               engine->plan.lease_seconds, AT_ONCE, ack);
}
