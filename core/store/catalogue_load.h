/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/catalogue_load.h — The unit's whole catalogue in one pipeline, into
 * the structure of core/dossier/catalogue.h, which then works without us. */
#pragma once
#include "core/store/store.h"

struct catalogue;

struct catalogue_calls {
	/* fresh is the caller's, to give back with catalogue_drop; or NULL with err. */
	void (*done)(void *owner, struct catalogue *fresh, const struct error *err);
	void *owner;
};
/* Reads it; call again at NOTIFY "catalogue" and after a reconnect.  Ends with
 * the scope. */
void catalogue_load(struct store *, struct scope *, const struct catalogue_calls *);
/* Frees a loaded catalogue and all that it holds; NULL-safe, returns NULL. */
struct catalogue *catalogue_drop(struct catalogue *);
