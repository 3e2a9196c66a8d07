/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/filings_screen.h — Dossiers that citizens filed online, those whose working hours end
 * first at the top; Enter opens one for reception. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind filings_screen;
