/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/d.h"
#include "tui/term.h"
