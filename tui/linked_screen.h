/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/linked_screen.h — The chain of linked procedures of one request: which agency has which
 * part, since when, until when, what came of it. */
#pragma once
#include "tui/screen.h"

/* Its argument is an int64_t: one of its dossiers. */
extern const struct screen_kind linked_screen;
