/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/province_looks.h — Which lists of this unit the province has looked at, and when; for its supervisors. */
#pragma once
#include <stdbool.h>

struct screen;

bool province_looks_may(const struct screen *);
/* Reads them and shows them over the screen. */
void province_looks_show(struct screen *);
