/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/report.h — The reports of "motcua report KIND": one line each. */
#pragma once
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
