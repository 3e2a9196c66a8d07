/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/incident_report.h — Outages and slips of difficulty of a time, for people
 * outside: a workbook, and the evidence pack (fields of the form "incidents"). */
#pragma once
#include "core/store/difficulty.h"
#include "core/store/session.h"
#include "printers/fields.h"
#include "tui/theme.h"

struct incident_report {
	const struct incidents *found;
	day_t from, to;      /* both counted                          */
	moment_t now;
	const struct session_facts *facts;
};

/* Writes the workbook at path: two sheets. */
bool incident_xlsx(const struct incident_report *, const char *path, struct error *);
/* The same as text for other programs: outages, then slips, a line each. */
bool incident_csv(const struct incident_report *, const char *path, struct error *);
/* By the end of path: CSV for ".csv", else the workbook. */
bool incident_table(const struct incident_report *, const char *path, struct error *);
/* What the evidence pack says; the arena's.  More rows than a paper holds are left
 * to the workbook, and it says so. */
void incident_fields(const struct incident_report *, struct arena *, struct fields *);
/* FOLDER/su-co-vuong-mac_2026-11-16_2026-11-22.xlsx */
const char *incident_path(struct arena *, const char *folder, day_t from, day_t to, const char *suffix);
/* path ends so, letters of any case; with ".pdf". */
bool incident_path_ends(const char *path, const char *end);
bool incident_is_pdf(const char *path);

/* "mới" "đã báo" "đã có trả lời" "xong" */
const char *difficulty_state_text(const char *state);
enum role difficulty_state_role(const char *state);
/* "mất liên lạc" "tài khoản bị từ chối" */
const char *outage_class_text(const char *class);
/* How long it lasted, or lasts: "1 giờ 05 phút". */
char *outage_length(const struct outage_row *, moment_t now, char *out, size_t room);
