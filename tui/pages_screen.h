/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/pages_screen.h — The pages of a scan, looked at before they go with a paper:
 * they arrive while the scanner works; the clerk scans on, takes pages out, accepts. */
#pragma once
#include "core/scan/batch.h"
#include "tui/screen.h"

struct pages_plan_screen {
	struct screen *asker;
	struct batch *batch;         /* the asker's; outlives the screen          */
	const struct scan_setup *setup;
	const char *paper;           /* the paper's name, copied                  */
	/* Once, when this screen has gone: accepted or not. */
	void (*then)(struct screen *asker, struct batch *, bool accepted);
};
extern const struct screen_kind pages_screen;
