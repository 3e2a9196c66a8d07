/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/sync_screen.h — Đồng bộ: a line for every system that this unit's dossiers
 * go to, live; Enter opens its messages, Enter there one exchange. */
#pragma once
#include "core/store/sync.h"
#include "tui/screen.h"

/* Without argument. */
extern const struct screen_kind sync_screen;

/* The messages for one system; borrowed during open. */
struct sync_messages_plan {
	const char *system, *name;
	const char *state; /* as in core/store/sync.h; "" or NULL: all */
};
extern const struct screen_kind sync_messages_screen;

/* One message with all its attempts; the argument is its id (const int64_t *). */
extern const struct screen_kind sync_exchange_screen;
