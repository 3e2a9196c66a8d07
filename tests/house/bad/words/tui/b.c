/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/b.h"

/* a stub for now */
