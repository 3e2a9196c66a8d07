/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/catalogue_load.h — The unit's whole catalogue in one pipeline, into
 * the structure of core/dossier/catalogue.h, which then works without us. */
#pragma once
#include "core/store/store.h"

struct catalogue;
struct catalogue_load;

/* done gets a catalogue whose memory is *arena: both become the caller's (the
 * arena is freed when the next catalogue replaces it); or err, and neither. */
struct catalogue_calls {
	void (*done)(void *owner, struct catalogue *, struct arena *, const struct error *err);
	void *owner;
};
/* Reads it; call again at NOTIFY "catalogue" and after a reconnect.  Ends with
 * the scope. */
void catalogue_load(struct store *, struct scope *, const struct catalogue_calls *);
