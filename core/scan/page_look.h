/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/page_look.h — What can be told of a page by looking at its gray values. */
#pragma once
#include "core/scan/page.h"

/* Darker than this is writing. */
int look_threshold(struct Pix *gray);
/* Of enum page_doubt. */
unsigned look_at(struct Pix *gray, int dpi);
