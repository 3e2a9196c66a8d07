/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/party.h — All of one person or organisation, as a dialog: the owner's less
 * frequent details, or the submitter with the paper that lets them act. */
#pragma once
#include "tui/reception.h"
#include "tui/screen.h"

struct party_plan {
	struct reception *reception; /* filled when F9 closes the dialog */
	bool submitter;              /* else the owner                   */
	const struct event *scan;    /* a card just scanned, or NULL     */
};
/* Its argument is a struct party_plan. */
extern const struct screen_kind party_screen;
