/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/check.h — `motcua-courier --check`: one line for each thing the
 * courier needs, what is wrong and what to do. */
#pragma once
#include <stdio.h>
#include "core/courier/options.h"

/* True when everything needed is there. */
bool check_run(const struct options *, struct arena *, FILE *);
