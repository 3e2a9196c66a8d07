/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/fallback.h — Requests to work a dossier on the province's system: the list
 * of them, and a supervisor's word given at a clerk's counter. */
#pragma once
#include <stdint.h>
#include "tui/screen.h"

/* Requests, those that wait first; a supervisor decides here. */
extern const struct screen_kind fallback_list_screen;

/* A supervisor logs in for this one act: the database takes it in the supervisor's
 * own name, the clerk stays at work.  then: NULL when it was done. */
struct fallback_sign_plan {
	int64_t fallback_id;
	const char *question;
	struct screen *asker;
	void (*then)(struct screen *asker);
};
extern const struct screen_kind fallback_sign_screen;
