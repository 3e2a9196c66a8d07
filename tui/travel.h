/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/travel.h — How a dossier's way to a system reads: four honest states, each
 * with a sign and a word, never green before the other side answered. */
#pragma once
#include <stdbool.h>
#include "tui/theme.h"

/* state: "saved" "sent" "received" "disagreed", or "untold" "told" of a system that owes no
 * answer; "" or NULL: nothing to send. */
const char *travel_text(const char *state);
enum role travel_role(const char *state);
/* Of a system that is told and no more. */
bool travel_told_only(const char *state);
