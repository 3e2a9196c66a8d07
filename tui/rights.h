/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/rights.h — What the clerk at work may do on the systems outside, kept in
 * memory: told before the citizen sits down, never in the way of reception —
 * dossiers travel with the courier's own account. */
#pragma once
#include "core/dossier/catalogue.h"
#include "core/store/accounts.h"

struct duty;
struct rights;

/* Reads them, and again whenever the database says that they changed. */
struct rights *rights_begin(struct duty *);
/* After the duty's scope has ended.  NULL-safe; returns NULL. */
struct rights *rights_end(struct rights *);

/* The right that is known not to reach the procedure on the system that works
 * it; NULL: none is, or nobody knows. */
const struct my_right *rights_lack(const struct duty *, const struct procedure *,
                                   const struct system *);
/* Behind the system's name on the route row: "chưa có quyền; hỏi Phạm Thu Huệ, 0900000003". */
const char *rights_brief(struct arena *, const struct my_right *);
/* All of it: who else has the right, what happens to the dossier. */
const char *rights_sentence(struct arena *, const struct my_right *, const struct system *);
/* The line of the home screen; NULL: nothing is known to be wrong.  Lives until the
 * next event. */
const char *rights_alarm(const struct duty *);
/* The systems that the procedures offered here need, by today's routes; borrowed until the
 * catalogue or the day changes. */
size_t rights_works(struct duty *, const struct right_work **);
