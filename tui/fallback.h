/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/fallback.h — Requests to work a dossier on the province's system. */
#pragma once
#include <stdint.h>
#include "tui/screen.h"

/* Requests, those that wait first; a supervisor decides here. */
extern const struct screen_kind fallback_list_screen;
