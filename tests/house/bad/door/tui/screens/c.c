/* SPDX-License-Identifier: Apache-2.0 */
#include <curses.h>
#include "tui/screens/c.h"
