/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/wire_answers.h — The functions of schema `wire` for what comes
 * back: views, polls, files and receipts.  As wire.h. */
#pragma once
#include "core/store/store.h"

/* lines: JSON array of {system, code, view}, a view as peer_view_json writes it. */
void wire_told_all(struct store *, struct scope *, struct ask *, const char *lines);

/* Dossiers to ask about: unit_id, dossier_id, code; none asked less than rest
 * seconds ago, but for those somebody wants to know of now. */
void wire_open_streams(struct store *, struct scope *, struct ask *, const char *system, int most,
                       int rest_seconds);

/* The next window of a system's list of changes: fence, from_at, to_at, page; no
 * row: nothing to do, or another courier does it. */
void wire_poll_begin(struct store *, struct scope *, struct ask *, const char *system,
                     int window_hours, int overlap_minutes, int lease_seconds);
/* A page of it; views: JSON array of views with their codes; column more. */
void wire_polled(struct store *, struct scope *, struct ask *, const char *system, int64_t fence,
                 const char *views, const char *next_page);

/* Files to fetch and receipts to give: part_id, fence, what ("fetch" "ack"),
 * code, foreign_code, kind, key, facts, attempts, memory.  ack: an SQL array of
 * the kinds they want a receipt for, "{result}". */
void wire_part_work(struct store *, struct scope *, struct ask *, const char *system,
                    int lease_seconds, int most, const char *ack);
void wire_part_file(struct store *, struct scope *, struct ask *, int64_t part, int64_t fence,
                    const char *name, const char *media_type, const void *bytes, size_t n);
/* class as of wire_result. */
void wire_part_done(struct store *, struct scope *, struct ask *, int64_t part, int64_t fence,
                    const char *class, const char *note, int retry_after);

/* One call of a system outside; all of them text, none NULL, view as of told_all. */
struct wire_call {
	const char *system, *call, *code, *foreign_code, *view, *notice, *body, *masked;
};
/* Column outcome: "news" "known" "stranger". */
void wire_called(struct store *, struct scope *, struct ask *, const struct wire_call *);
/* lines: JSON array of {system, times}: calls without a good key. */
void wire_turned_away(struct store *, struct scope *, struct ask *, const char *lines);

/* Words for citizens that wait for this gateway, leased: message_id, fence, what ("tell" or, to be
 * asked about, "told"), request_id, channel, kind, address, words, code, their_id, attempts. */
void wire_tell_work(struct store *, struct scope *, struct ask *, const char *system, bool asks,
                    int lease_seconds, int most);
/* class as of wire_result; said: "sent" "received" "failed" "missing", NULL: the gateway did not
 * say; wait: seconds until it is due again. */
struct wire_tell {
	int64_t message, fence;
	const char *what, *class, *said, *their_id, *note;
	int wait;
	bool asks;
};
void wire_tell_done(struct store *, struct scope *, struct ask *, const struct wire_tell *);

/* Online filings (schema 0431).  lines: JSON array of a page of their list; column news. */
void wire_filings_listed(struct store *, struct scope *, struct ask *, const char *system, const char *lines);
/* items: JSON array of {line, view}, handed over in one call; columns outcome ("taken" "known"
 * "failed"), note. */
void wire_filings_pushed(struct store *, struct scope *, struct ask *, const char *system, const char *call, const char *items);
/* What is to be done: what ("view" "file" "ack" "progress"), id, fence, code, attempts, body. */
void wire_filing_work(struct store *, struct scope *, struct ask *, const char *system, int lease_seconds, int most,
                      int rest_seconds);
struct wire_filing {
	const char *what;            /* as above                            */
	int64_t id, fence;
};
/* What they say of it, as filing_of makes it. */
void wire_filing_told(struct store *, struct scope *, struct ask *, const char *system, const struct wire_filing *,
                      const char *view);
void wire_filing_file(struct store *, struct scope *, struct ask *, const struct wire_filing *, const char *media_type,
                      const void *bytes, size_t n);
/* class as of wire_result. */
void wire_filing_done(struct store *, struct scope *, struct ask *, const struct wire_filing *, const char *class,
                      const char *note, int retry_after);

/* Housekeeping of the database, the lists of the night among it. */
void wire_tend(struct store *, struct scope *, struct ask *);
