/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/post.h — The room's own: one system outside as the engine keeps
 * it (profile, session, places, health) and one trip to it. */
#pragma once
#include "core/courier/connector.h"
#include "core/courier/engine.h"
#include "core/courier/http.h"
#include "core/courier/ledger.h"
#include "core/courier/filings.h"
#include "core/courier/pieces.h"
#include "core/courier/poll.h"
#include "core/courier/tidings.h"
#include "core/courier/wire.h"

struct post {
	struct engine *engine;
	struct profile profile;
	const struct connector *connector; /* NULL: none yet                        */
	bool works;                        /* there is one, and it is not switched off: what is
	                                    * under way may end either way          */
	struct post *next;
	/* Session. */
	char session[4096];
	int64_t session_until;             /* monotonic ms                          */
	char renewal[4096];                /* to renew it with, until then          */
	int64_t renewal_until;
	bool logging_in, renewing;
	bool session_proved;               /* a call under it was answered          */
	int fruitless;                     /* sessions in a row that proved nothing */
	struct http_call login;
	/* Places: who has one prepares, announces and books at the same time as the
	 * others; only so many call at once as the system has lines. */
	int running;
	struct trip *waiting;              /* trips without a place, in order       */
	int calls, parked;                 /* with a line; waiting for one or a token */
	int reach;                         /* grows while it answers quickly        */
	int at_hand;                       /* messages claimed and not carried yet  */
	bool mail, asked, found;           /* there may be messages; claimed; were some */
	struct timer mail_timer;           /* some are due again                    */
	/* Health. */
	int failures;                      /* in a row                              */
	int64_t suspended_until;
	char health[12];
	struct ask health_ask;
	bool health_busy;
	struct ask hush_ask;
	bool hush_busy, hush_told, hushed;
	/* Pace. */
	int64_t closed_until;              /* monotonic ms: nobody sends before     */
	int opened;                        /* breaker openings in a row             */
	double tokens;                     /* of the bucket                         */
	int64_t tokens_at;
	struct timer token_timer;          /* there is a token again                */
	struct ask pause_ask;
	json_t *known;                     /* what they told of themselves          */
	json_t *secrets;                   /* of our account there: {name: value}   */
	struct poll poll;                  /* what is new there?                    */
	struct filings filings;            /* what did citizens file there?         */
};


struct trip {
	struct post *post;
	struct trip *next;                 /* engine's list                         */
	struct trip *next_waiting;
	struct trip *next_booked;          /* ledger.c's own                        */
	json_t *result;                    /* its line in the ledger                */
	bool parked, line;                 /* waits for a line or token; has a line */
	bool at_hand;                      /* counted there                         */
	int wait_seconds;                  /* until it is due again                 */
	bool told_alone;                   /* tidings.c's own                       */
	bool look;                         /* ask what they say, then end           */
	bool settled;                      /* they have this very message           */
	struct errand errand;
	bool view_only;                    /* nothing to deliver: ask what they say */
	void (*heard)(struct trip *, const struct answer *); /* see trip_call       */
	void *owner;
	char cursor[80];
	bool placed;
	bool standing;                     /* before a log-in                       */
	json_t *payload, *files, *memory;
	char code[64];
	int64_t lease_until;               /* monotonic ms                          */
	int64_t renewed_at;                /* lease.c's own                         */
	struct timer lease_timer;
	struct ask renew_ask;
	struct scope renewing;
	bool must_ask, begun, asked;
	bool relogged, switched;           /* each is done once                     */
	bool finished;                     /* delivered: only the view is wanted    */
	enum call_kind verb, kind;         /* what it is about; what is under way   */
	unsigned done;                     /* 1u << kind: calls that went well      */
	char *session_used;                /* malloc'ed                             */
	struct http_call call;
	struct pieces pieces;              /* of the files in the call              */
	struct ask ask;
	struct peer_view view;
};

struct inbound;
struct engine {
	struct loop *loop;
	struct engine_plan plan;
	struct scope scope;
	struct http *http;
	struct post *posts;
	struct trip *trips;
	int trip_count, view_count;        /* views are among the trips             */
	struct ask systems_ask, claim_ask, question_ask;
	struct inquiry *inquiries;
	struct timer claim_timer, soon_timer;
	struct tend tend;
	bool claiming, hinted, draining, told_drained, stopped;
	bool inquiring;
	struct ledger ledger;
	struct tidings tidings;
	struct inbound *inbound;           /* NULL: nobody may call us              */
	bool systems_old;                  /* to be read again at the next look     */
	struct engine_counts counts;
	unsigned practice_port;
};

/* post.c */
struct post *post_find(struct engine *, const char *system);
void post_update(struct engine *, const struct reply *, int row);
void post_free(struct post *);
/* Runs the trip when there is a place, else it waits. */
void post_place(struct post *, struct trip *);
void post_leave(struct trip *);
/* The message is no longer one of those at hand. */
void post_handed(struct trip *);
/* Calls at once; one while it is down. */
int post_places(const struct post *);
/* Messages that may be prepared and booked beside those calls: more while it answers
 * quickly, so that its lines never wait for the database. */
int post_reach(const struct post *);
void post_answered(struct post *, int milliseconds);
/* True when there is a session; else a log-in starts and trip_next is called
 * for every trip of the post when it is over. */
bool post_session(struct post *);
void post_drop_session(struct post *, const char *used, const char *why);
void post_result(struct post *, bool good, const char *note);
void post_health(struct post *, const char *state, const char *note);
void post_suspend(struct post *, const char *why);
/* The plain one, or the only password. */
const char *post_secret(const struct post *);
/* What courier.secrets and the credentials folder hold for it. */
void post_learn_secrets(struct post *);
unsigned engine_practice_port(struct engine *);
int post_back_off(const struct post *, int attempts, int asked_seconds);

/* pace.c: how often, and when not at all. */
/* Takes a line and a token for the next call, or parks the trip and returns false;
 * then trip_next is called when its turn has come. */
bool pace_line(struct trip *);
/* The call is over, or there will be none. */
void pace_hang_up(struct trip *);
void pace_wake(struct timer *);
/* Nobody sends now: the breaker is open or they asked for a pause. */
bool pace_closed(const struct post *);
/* A row of failures opens the breaker for a while that grows; one good answer
 * closes it. */
void pace_failed(struct post *, const char *note);
void pace_good(struct post *);
/* They asked for a pause. */
void pace_pause(struct post *, int seconds);

/* trip.c */
/* Carries a message; payload, files (or NULL) and memory are taken over. */
void trip_start(struct engine *, struct post *, const struct errand *, json_t *payload,
                json_t *files, json_t *memory);
/* Asks about a dossier: what they told of it before is borrowed, may be NULL. */
void trip_view(struct post *, const char *code, const char *foreign_code, json_t *memory);
/* One call that belongs to no message: a question, a poll, a receipt.  It has
 * the post's session and places like any other; a body is borrowed by
 * reference.  heard is called once, whatever became of it (outcome and text of
 * the answer say so; root may be NULL); the trip is freed after it. */
struct trip *trip_call(struct post *, enum call_kind, const char *code, json_t *body,
                       const char *cursor,
                       void (*heard)(struct trip *, const struct answer *), void *owner);
void trip_next(struct trip *);
/* The message's lease is ours and "about to send" on disk, or not. */
void trip_begun(struct trip *, bool kept);
/* What they told is on disk (and the lease still ours), or not. */
void trip_remembered(struct trip *, bool kept);
/* What the connector is told. */
void trip_facts(const struct trip *, struct call_facts *);
void trip_free(struct trip *);
/* lease.c */
/* Is the message ours for so long?  If not, the lease is renewed, then trip_next
 * is called. */
bool lease_lasts(struct trip *, int64_t ms);
/* Renews it while the call is under way. */
void lease_watch(struct trip *);
void lease_forget(struct trip *);
/* outcome.c */
/* Its outcome is on disk (kept), and its stream has more to carry. */
void trip_finished(struct trip *, bool kept, bool more);
void trip_finish(struct trip *, enum outcome, const char *note, int retry_after);
/* Words of theirs as the journal keeps them (core/courier/mask.h): without this trip's people and secrets. */
void trip_mask(const struct trip *, const char *words, size_t n, struct bytes *out);
void trip_fail(struct trip *, enum outcome, const char *note, int retry_after);
/* Gives the message back unsent, for another time or courier. */
void trip_release(struct trip *);
/* heard.c: a reply has come. */
void trip_call_done(struct http_call *);
/* view.c: has the database told what they say; the trip ends with it. */
void trip_tell_view(struct trip *);
/* inquiry.c: questions of the database that wait for an answer. */
void inquiry_look(struct engine *);
void inquiry_stop(struct engine *);
/* engine.c */
/* Messages of the system may be due in so long. */
void engine_expect(struct post *, int64_t ms);
void engine_trip_over(struct engine *, struct trip *);
