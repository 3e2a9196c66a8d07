/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/ipp_own.h"

#include <cups/pwg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 250, LOOK_EVERY = 3, CANCEL_POLLS = 12 };

volatile sig_atomic_t ipp_sent;

static int64_t now_ms(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static void rest(void)
{
	struct timespec some = { .tv_nsec = POLL_MS * 1000000L };
	nanosleep(&some, NULL);
}

static ipp_t *ask(struct ipp *ipp, ipp_op_t what)
{
	ipp_t *request = ippNewRequest(what);
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, ipp->uri);
	if (ipp->job)
		ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", ipp->job);
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
	return request;
}

/* ---- how the printer is ---- */

/* A line of ours holds no line end of theirs. */
static void add_line(char *out, size_t room, const char *key, const char *text)
{
	size_t used = strlen(out);
	int n = snprintf(out + used, room - used, "%s %.200s", key, text);
	if (n < 0 || (size_t)n + 2 > room - used) {
		out[used] = '\0';
		return;
	}
	for (char *p = out + used; *p; p++)
		if (*p == '\n' || *p == '\r')
			*p = ' ';
	memcpy(out + used + n, "\n", 2);
}

static void add_texts(char *out, size_t room, const char *key, ipp_t *from, const char *name)
{
	ipp_attribute_t *attr = ippFindAttribute(from, name, IPP_TAG_ZERO);
	for (int i = 0; attr && i < ippGetCount(attr); i++) {
		const char *text = ippGetString(attr, i, NULL);
		if (text && *text)
			add_line(out, room, key, text);
	}
}

/* also: a reply about the job, whose words are about this paper, or NULL. */
static void report(struct ipp *ipp, ipp_t *printer, ipp_t *also)
{
	char text[sizeof ipp->told] = "";
	add_texts(text, sizeof text, "reason", printer, "printer-state-reasons");
	add_texts(text, sizeof text, "word", printer, "printer-state-message");
	if (also)
		add_texts(text, sizeof text, "word", also, "job-printer-state-message");
	if (strcmp(text, ipp->told) == 0)
		return;
	memcpy(ipp->told, text, sizeof text);
	printf("report\n%s", text);
}

static bool has(ipp_t *from, const char *name, const char *value)
{
	ipp_attribute_t *attr = ippFindAttribute(from, name, IPP_TAG_ZERO);
	return attr && ippContainsString(attr, value);
}

/* Listed by name, or inside a range of sizes ("custom_min_…", "custom_max_…"). */
static bool takes_media(ipp_t *from, const char *wanted)
{
	ipp_attribute_t *attr = ippFindAttribute(from, "media-supported", IPP_TAG_ZERO);
	pwg_media_t *size = pwgMediaForPWG(wanted);
	int width = size ? size->width : 0, length = size ? size->length : 0;
	bool above = false, below = false;
	for (int i = 0; attr && i < ippGetCount(attr); i++) {
		const char *name = ippGetString(attr, i, NULL);
		pwg_media_t *other = name ? pwgMediaForPWG(name) : NULL;
		if (!other)
			continue;
		if (strncmp(name, "custom_min_", 11) == 0)
			above = other->width <= width && other->length <= length;
		else if (strncmp(name, "custom_max_", 11) == 0)
			below = other->width >= width && other->length >= length;
		else if (other->width == width && other->length == length)
			return true;
	}
	return above && below;
}

/* Ours have their paper's size and are left alone; auto-fit makes nothing larger. */
static const char *how_to_scale(const struct ipp *ipp, ipp_t *printer)
{
	static const char *const ways[] = { "auto-fit", "fit", "none" };
	for (size_t i = ipp->fit ? 0 : 2; i < (ipp->fit ? 2 : 3); i++)
		if (has(printer, "print-scaling-supported", ways[i]))
			return ways[i];
	return NULL;
}

static enum ipp_end judge(struct ipp *ipp, ipp_t *printer)
{
	ipp_attribute_t *state = ippFindAttribute(printer, "printer-state", IPP_TAG_ENUM);
	ipp_attribute_t *accepts = ippFindAttribute(printer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
	ipp->scaling = how_to_scale(ipp, printer);
	if (accepts && !ippGetBoolean(accepts, 0))
		return SAID_REJECTS;
	if (!takes_media(printer, ipp->media))
		return SAID_MEDIA;
	if (!has(printer, "document-format-supported", "application/pdf"))
		return SAID_FORMAT;
	if (state && ippGetInteger(state, 0) == IPP_PSTATE_STOPPED)
		return SAID_STOPPED;
	return SAID_READY;
}

static ipp_t *look(struct ipp *ipp)
{
	static const char *const wanted[] = { "printer-state", "printer-state-reasons", "printer-state-message",
		"printer-is-accepting-jobs", "document-format-supported", "media-supported",
		"print-scaling-supported" };
	int job = ipp->job;
	ipp->job = 0;
	ipp_t *request = ask(ipp, IPP_OP_GET_PRINTER_ATTRIBUTES);
	ipp->job = job;
	ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
	              sizeof wanted / sizeof *wanted, NULL, wanted);
	return cupsDoRequest(ipp->http, request, ipp->resource);
}

enum ipp_end ipp_look(struct ipp *ipp)
{
	ipp_t *printer = look(ipp);
	enum ipp_end end = SAID_GONE;
	if (printer && cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND) {
		end = SAID_UNKNOWN;
	} else if (printer && cupsLastError() < IPP_STATUS_ERROR_BAD_REQUEST) {
		report(ipp, printer, NULL);
		end = judge(ipp, printer);
	}
	ippDelete(printer);
	return end;
}

/* ---- the paper ---- */

static enum ipp_end refusal(ipp_status_t status)
{
	switch (status) {
	case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS: return SAID_REJECTS;
	case IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED: return SAID_FORMAT;
	case IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES: return SAID_MEDIA;
	case IPP_STATUS_ERROR_NOT_FOUND: return SAID_UNKNOWN;
	default: return SAID_REFUSED;
	}
}

static enum ipp_end send_paper(struct ipp *ipp, const char *paper, size_t size)
{
	ipp_t *request = ask(ipp, IPP_OP_PRINT_JOB);
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, ipp->title);
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, "application/pdf");
	ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, ipp->media);
	if (ipp->scaling)
		ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, ipp->scaling);
	else if (ipp->fit)
		printf("unfit\n");
	http_status_t going = cupsSendRequest(ipp->http, request, ipp->resource, ippLength(request) + size);
	ippDelete(request);
	if (going != HTTP_STATUS_CONTINUE)
		return SAID_GONE;
	ipp_sent = 1;
	/* One that does not want it says why in its reply. */
	for (size_t at = 0; at < size && going == HTTP_STATUS_CONTINUE; at += 65536)
		going = cupsWriteRequestData(ipp->http, paper + at, size - at < 65536 ? size - at : 65536);
	ipp_t *reply = cupsGetResponse(ipp->http, ipp->resource);
	ipp_attribute_t *id = reply ? ippFindAttribute(reply, "job-id", IPP_TAG_INTEGER) : NULL;
	enum ipp_end end = SAID_NOTHING;
	if (!reply)
		end = SAID_LOST;
	else if (ippGetStatusCode(reply) >= IPP_STATUS_ERROR_BAD_REQUEST)
		end = refusal(ippGetStatusCode(reply));
	else if (!id)
		end = SAID_LOST;
	else
		printf("job %d\n", ipp->job = ippGetInteger(id, 0));
	ippDelete(reply);
	return end;
}

/* Its job-state, 0 when it cannot be learned now; *job the reply, to be deleted. */
static int job_state(struct ipp *ipp, ipp_t **job)
{
	*job = cupsDoRequest(ipp->http, ask(ipp, IPP_OP_GET_JOB_ATTRIBUTES), ipp->resource);
	ipp_attribute_t *state = *job ? ippFindAttribute(*job, "job-state", IPP_TAG_ENUM) : NULL;
	return state ? ippGetInteger(state, 0) : 0;
}

/* Sheets or sides that came out so far. */
static int came_out(ipp_t *job)
{
	static const char *const names[] = { "job-impressions-completed", "job-media-sheets-completed" };
	int most = 0;
	for (size_t i = 0; job && i < sizeof names / sizeof *names; i++) {
		ipp_attribute_t *attr = ippFindAttribute(job, names[i], IPP_TAG_INTEGER);
		if (attr && ippGetInteger(attr, 0) > most)
			most = ippGetInteger(attr, 0);
	}
	return most;
}

/* A long paper that goes on, or others before it on a shared printer: nobody is late. */
static bool goes_on(struct ipp *ipp, int state, ipp_t *job, ipp_t *printer)
{
	int out = came_out(job);
	ipp_attribute_t *how = printer ? ippFindAttribute(printer, "printer-state", IPP_TAG_ENUM) : NULL;
	if (how)
		ipp->busy = ippGetInteger(how, 0) == IPP_PSTATE_PROCESSING;
	bool more = out > ipp->out || (state == IPP_JSTATE_PENDING && ipp->busy);
	if (out > ipp->out)
		ipp->out = out;
	return more;
}

/* Not done in time: canceled, and looked at again, for it may just have been done. */
static enum ipp_end cancel(struct ipp *ipp)
{
	ippDelete(cupsDoRequest(ipp->http, ask(ipp, IPP_OP_CANCEL_JOB), ipp->resource));
	for (int i = 0; i < CANCEL_POLLS; i++) {
		ipp_t *job;
		int state = job_state(ipp, &job), out = came_out(job);
		ippDelete(job);
		if (state == IPP_JSTATE_COMPLETED)
			return SAID_DONE;
		if (state == IPP_JSTATE_CANCELED || state == IPP_JSTATE_ABORTED)
			return ipp->counts && out ? SAID_LOST : SAID_LATE;
		rest();
	}
	return SAID_LOST;
}

enum ipp_end ipp_print(struct ipp *ipp, const char *paper, size_t size)
{
	int64_t last = now_ms() + ipp->patience_ms, never = now_ms() + IPP_LONGEST_MS;
	enum ipp_end end = send_paper(ipp, paper, size);
	for (int turn = 0; end == SAID_NOTHING; turn++) {
		ipp_t *job, *printer = NULL;
		int state = job_state(ipp, &job);
		bool over = state >= IPP_JSTATE_CANCELED;
		if (over || turn % LOOK_EVERY == 0)
			printer = look(ipp);
		if (printer && state != IPP_JSTATE_COMPLETED)
			report(ipp, printer, job);
		else if (printer)
			report(ipp, printer, NULL);
		if (!over && goes_on(ipp, state, job, printer)) {
			last = now_ms() + ipp->patience_ms;
			ipp_go_on(ipp);
		}
		ippDelete(printer);
		ippDelete(job);
		if (over)
			end = state == IPP_JSTATE_COMPLETED ? SAID_DONE : ipp->counts && ipp->out ? SAID_LOST : SAID_CANCELED;
		else if (now_ms() >= last || now_ms() >= never)
			end = cancel(ipp);
		else
			rest();
	}
	return end;
}
