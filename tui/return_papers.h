/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/return_papers.h — Papers that change hands with a result, ticked one by one: given back, taken back, or why not. */
#pragma once
#include <stdint.h>
#include "tui/screen.h"

struct return_papers_plan {
	int64_t dossier_id;
	void (*then)(struct screen *asker); /* after what was ticked is written; the screen below it */
};
/* Its argument is a const struct return_papers_plan *. */
extern const struct screen_kind return_papers_screen;
