/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/route_screen.h — Where dossiers go: the rules in force, coming and ended;
 * why a procedure goes where it goes; entering and ending rules, each tried on
 * dossiers already received before it is adopted. */
#pragma once
#include "core/store/routes.h"
#include "tui/screen.h"

extern const struct screen_kind route_screen;

/* route_form.c: a rule to enter (ended NULL), or the ending of one. */
struct route_plan {
	const struct route_row *ended;
};
extern const struct screen_kind route_form_screen;

/* route_trial_screen.c: what the change would have done; F9 there adopts it. */
struct route_trial_plan {
	struct screen *form;               /* taken away when it is adopted */
	const struct route_draft *draft;   /* lives as long as the form     */
	int64_t ended;                     /* 0: the draft is a new rule    */
	const char *what;                  /* in words                      */
};
extern const struct screen_kind route_trial_screen;
