/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/a.h"

static const char *a = "%-20s|";
