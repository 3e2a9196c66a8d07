/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/receive.h — One citizen, one dossier, one screen: from the card to the
 * receipt. */
#pragma once
#include "core/dossier/code.h"
#include "tui/screen.h"

struct event;
struct later;
struct filing;
struct taken;
struct visitor;
struct dossier_copy;

extern const struct screen_kind receive_screen;

/* Begins a new dossier, from a scanned card if scan is not NULL; offers the
 * clerk's drafts first when there are some and nothing was scanned. */
void receive_new(struct desk *, const struct event *scan);
/* The same for a dossier taken in by hand: code and moment are fixed. */
void receive_later(struct desk *, const struct later *);
/* The same for one that the citizen filed online: what was written is filled in, its files lie
 * with their papers, and the acts answer the filing. */
void receive_filing(struct desk *, const struct filing *);
/* The same for one that lies in a batch counted in (core/store/consign.h): who received it elsewhere, by whom it was sent. */
void receive_consigned(struct desk *, const struct taken *, const char *person);
/* The next dossier of whoever is at the desk: who it is stands there already, the papers and
 * the procedure do not.  Copied. */
void receive_same(struct desk *, const struct visitor *);
/* A new one that begins as an earlier one: who and what, nothing that has a date.  Copied. */
void receive_copy(struct desk *, const struct dossier_copy *);
/* Another desk's dossier code in what was typed or scanned (the QR of their receipt, an address, the code alone; blank: none, ""); NULL, or
 * the sentence that says what is wrong.  A card is refused. */
const char *receive_their_code(const char *text, char out[CODE_ROOM]);
/* Everything of it in the arena. */
const struct visitor *visitor_copy(struct arena *, const struct visitor *);
