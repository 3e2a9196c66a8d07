/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_list.h — Dossiers in rows: the lists behind the figures of the day,
 * and what a search found.  Enter opens one. */
#pragma once
#include "core/store/reports.h"
#include "tui/screen.h"

struct dossier_list_plan {
	const char *day_kind; /* a list of the day; NULL: the screen asks for words */
	const char *query;    /* search at once for this, "" or NULL: nothing yet   */
	const char *title;    /* NULL: the kind's                                   */
	/* The dossiers behind a figure of a report; NULL: none of that. */
	const struct report_plan *report;
	const char *row_key, *column;
};
/* Its argument is a struct dossier_list_plan. */
extern const struct screen_kind dossier_list_screen;
