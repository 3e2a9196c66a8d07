/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/report_output.h — A report that was read (core/store/reports.h) as a workbook, as text
 * for other programs, and as the fields of the form "report": one table, three shapes.  All
 * are Vietnamese, whatever the screen speaks. */
#pragma once
#include "core/store/reports.h"
#include "core/store/session.h"
#include "printers/fields.h"

struct report_output {
	const struct report_table *table;
	const struct session_facts *facts;
};

enum report_format { REPORT_XLSX, REPORT_CSV, REPORT_PDF };
/* "xlsx" "csv" "pdf" */
const char *report_format_word(enum report_format);
/* By the end of the path, letters of any case; false: none of them. */
bool report_format_of(const char *path, enum report_format *);
/* FOLDER/bieu-form06_2026-11-16_2026-11-22.xlsx: no word of a citizen or a field in it. */
const char *report_path(struct arena *, const char *folder, const struct report_plan *, enum report_format);

/* As people read it: 1.234, 20/11/2026 09:41; "" for what is not there. */
const char *report_cell_text(const struct report_column *, const struct report_cell *, char *out, size_t room);
/* "Tính theo đơn vị tiếp nhận" … where the kind has sides, else "". */
const char *report_side(const struct report_plan *);

/* "Lĩnh vực: Hộ tịch", "Sổ: SCT/BS" */
const char *report_narrow(const struct report_plan *, struct arena *);

/* Both write beside and rename; mode 0600. */
bool report_xlsx(const struct report_output *, const char *path, struct error *);
bool report_csv(const struct report_output *, const char *path, struct error *);
/* A paper holds so many rows; more: FAULT_INPUT with what to do. */
#define REPORT_PAPER_MOST 2000
bool report_fields(const struct report_output *, struct arena *, struct fields *, struct error *);
