/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/receive.h — One citizen, one dossier, one screen: from the card to the
 * receipt. */
#pragma once
#include "tui/screen.h"

struct event;
struct later;

extern const struct screen_kind receive_screen;

/* Begins a new dossier, from a scanned card if scan is not NULL; offers the
 * clerk's drafts first when there are some and nothing was scanned. */
void receive_new(struct desk *, const struct event *scan);
/* The same for a dossier taken in by hand: code and moment are fixed. */
void receive_later(struct desk *, const struct later *);
