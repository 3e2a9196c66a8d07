/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/accounts_sheet.h — The list of accounts that are missing, as those who
 * open accounts ask for it (họ tên, số điện thoại, số CCCD, e-mail, systems,
 * procedures): a workbook of three sheets. */
#pragma once
#include "core/dossier/catalogue.h"
#include "core/store/accounts.h"
#include "core/store/session.h"

struct accounts_counts {
	int officers; /* who lack something                      */
	int gaps;     /* officer × system                        */
};
/* rows as accounts_list gives them.  What a system does not need here is left out; a right
 * nobody knows of is listed as such.  False: nothing was written. */
bool accounts_sheet(const char *path, const struct account_row *rows, int count,
                    const struct catalogue *, const struct session_facts *, moment_t now,
                    struct accounts_counts *, struct error *);
/* "tai-khoan-con-thieu-20261120.xlsx" in the folder. */
const char *accounts_sheet_path(struct arena *, const char *folder, day_t today);
