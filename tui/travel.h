/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/travel.h — How a dossier's way to a system reads: four honest states, each
 * with a sign and a word, never green before the other side answered. */
#pragma once
#include "tui/theme.h"

/* state: "saved" "sent" "received" "disagreed"; "" or NULL: nothing to send. */
const char *travel_text(const char *state);
enum role travel_role(const char *state);
