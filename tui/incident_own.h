/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/incident_own.h — The list of outages and slips; between incident_screen.c,
 * incident_hand.c, incident_due.c and incident_export.c only. */
#pragma once
#include "core/store/life.h"
#include "printers/draw.h"
#include "tui/duty.h"
#include "tui/export_file.h"
#include "tui/fresh.h"
#include "tui/incident_report.h"
#include "tui/list.h"
#include "tui/screen.h"

enum pane { PANE_DIFFICULTIES, PANE_OUTAGES, PANES };

struct incident_view {
	struct screen *screen;
	enum pane pane;
	int period;                  /* index of incident_periods               */
	struct list lists[PANES];
	struct incidents found;
	struct fresh fresh;
	struct incidents_ask ask;
	/* What a hand does with a slip: */
	int64_t about;               /* its id, while a question is open          */
	const char *to_state;
	struct sync_act_ask act;
	struct difficulty_steps_ask steps;
	struct arena steps_memory;
	/* incident_due.c's own: */
	struct handover_ask due;
	int64_t due_outage;
	/* Export: */
	day_t from, to;              /* of the file being written                 */
	struct export_file file;
	struct incidents_ask export;
};

/* "tuần này" … with its days; the first is what is not over yet (from DAY_NONE). */
const char *incident_period_name(int period);
int incident_period_count(void);
void incident_period(int period, day_t today, day_t *from, day_t *to);

/* The slip under the cursor; NULL in the other pane. */
const struct difficulty_row *incident_slip(const struct screen *);

/* incident_hand.c */
void incident_open(struct screen *);  /* Enter: all about the row under the cursor */
bool incident_may_move(const struct screen *);
void incident_move(struct screen *);
bool incident_may_see(const struct screen *);
void incident_see(struct screen *);   /* its dossier                               */

/* incident_due.c: due dates counted anew after an outage */
bool incident_may_count(const struct screen *);
void incident_count(struct screen *);

/* incident_export.c */
bool incident_may_export(const struct screen *);
void incident_export_sheet(struct screen *);
void incident_export_text(struct screen *);
void incident_export_paper(struct screen *);
