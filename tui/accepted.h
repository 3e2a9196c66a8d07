/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/accepted.h — What the clerk sees after the act: the number, the due date,
 * the paper on its way out of the printer, the dossier on its way to its systems,
 * each state as it happens.  One key starts the next. */
#pragma once
#include "core/base/date.h"
#include "tui/screen.h"

struct visitor;
struct accepted_plan {
	int64_t dossier_id;     /* 0: turned away, nothing travels           */
	int64_t paper_id;
	const char *code;       /* or the number of the slip                 */
	const char *what;       /* "Đã nhận hồ sơ" …                         */
	const char *owner, *procedure;
	moment_t due_at;        /* MOMENT_NONE: no appointment               */
	bool later;             /* entered afterwards: the citizen has a paper */
	bool online;            /* it was filed online: back to that list      */
	const struct visitor *visitor; /* who is at the desk, for the next one; NULL: nobody */
};
/* Its argument is a struct accepted_plan. */
extern const struct screen_kind accepted_screen;
