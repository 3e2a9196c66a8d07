/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/tui/sample.h — A small screen with a form, for tests of the desk. */
#pragma once
#include "tests/glass/glass.h"
#include "tui/form.h"

struct sample {
	struct field name, number;
	struct choice paid;
	struct form_item items[3];
	struct form form;
	int runs, answer;
	char scanned[64];
	bool exact;
};

extern const struct screen_kind sample_kind;
extern const struct action sample_actions[];
/* The sample on glass, at Quầy 3 of the practice world. */
struct glass *sample_opened(int rows, int cols, struct sample **);
