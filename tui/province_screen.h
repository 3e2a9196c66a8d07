/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/province_screen.h — The province looks at its units (motcua board --province): a
 * line each, the latest first; behind each figure codes of dossiers, never persons. */
#pragma once
#include "tui/screen.h"

/* Without argument. */
extern const struct screen_kind province_screen;
/* Its argument is a struct province_list_plan, read during open. */
struct province_list_plan {
	const char *unit_code, *kind, *title;
};
extern const struct screen_kind province_list_screen;

/* Its argument is a struct province_form06_plan, read during open. */
struct province_form06_plan {
	const char *unit_code, *unit_name;
};
extern const struct screen_kind province_form06_screen;

/* What a kind of list is called ("late": "Quá hạn"); the kind itself when it is none of these. */
const char *province_kind_label(const char *kind);

/* After the log-in of a login of the province. */
void province_enter(struct desk *);
