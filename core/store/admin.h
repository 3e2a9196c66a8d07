/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/admin.h — What a supervisor confirms, with its basis and its day;
 * locking clerks; one's own password.  Not repeated after a lost reply: the
 * clerk is told that the outcome is unknown. */
#pragma once
#include "core/store/store.h"

struct admin_ask {
	void (*done)(struct admin_ask *, const struct error *err); /* NULL: done */
	void *owner;
	struct ask ask;      /* admin.c's own */
};
struct admin_confirm {
	const char *procedure;
	int64_t case_id;     /* 0: every case                                  */
	int channel;         /* 0: every channel                               */
	const char *basis;   /* the decision: "NQ 12/2026/NQ-HĐND"             */
	day_t from;
	double value;        /* limit: how many units                          */
	const char *unit;    /* limit: "working_day" …                         */
	const char *name;    /* fee: its name; component: its wording          */
	int64_t amount;      /* fee: đồng                                      */
	int originals, copies;
	bool required;       /* component                                      */
};
void admin_confirm_limit(struct store *, struct scope *, struct admin_ask *,
                         const struct admin_confirm *);
void admin_confirm_fee(struct store *, struct scope *, struct admin_ask *,
                       const struct admin_confirm *);
void admin_confirm_component(struct store *, struct scope *, struct admin_ask *,
                             const struct admin_confirm *);
void admin_clerk_lock(struct store *, struct scope *, struct admin_ask *, const char *login);
void admin_clerk_unlock(struct store *, struct scope *, struct admin_ask *, const char *login);
/* A colleague who has forgotten it gets another; a supervisor's of the unit. */
void admin_password_set(struct store *, struct scope *, struct admin_ask *, const char *login, const char *fresh);
/* One's own password; the running connection keeps the old one until the next
 * log-in. */
void admin_password(struct store *, struct scope *, struct admin_ask *, const char *fresh);
