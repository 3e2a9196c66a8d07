/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/report.h — The reports of "motcua report KIND": one line each. */
#pragma once
#include "printers/fields.h"
#include "tui/command/clerk.h"

/*      word        what it lists                                              */
#define REPORTS(X)                                                              \
	X(accounts, N_("cán bộ chưa có đủ tài khoản trên các hệ thống"))                \
	X(difficulties, N_("sự cố và vướng mắc của một kỳ: .xlsx, hoặc .pdf có chỗ ký"))

/* Writes the report to call->out; returns an exit status, told on stdout or stderr.
 * The clerk is logged in, without a counter. */
#define X(word, what) int report_##word(struct clerk *, const struct call *);
REPORTS(X)
#undef X

/* A kind of core/dossier/report.h: the file's end says which shape. */
struct report_kind;
int report_counted(struct clerk *, const struct call *, const struct report_kind *);

/* Draws the form of that day as an A4 PDF at path, mode 0600; waits for it. */
bool report_draw(struct clerk *, const char *form, day_t, const struct fields *, const char *path, struct error *);
