/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/incident_screen.h — Sự cố và vướng mắc: outages that the couriers timed and
 * slips that clerks wrote, by week or month; export and evidence pack. */
#pragma once
#include "tui/screen.h"

/* Without argument. */
extern const struct screen_kind incident_screen;
