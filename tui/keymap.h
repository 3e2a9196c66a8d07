/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/keymap.h — Which key runs which action.  The defaults stand in the action
 * tables; a file changes them:
 *     dossier-hand-back = F8 Ctrl-B      # one or more keys; "none" takes them away
 * An unknown action or key is an error with file and line. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "tui/event.h"

struct action;

#define BINDINGS 4 /* keys of one action at most */
struct keymap_change {
	const char *name; /* of the action */
	struct chord chords[BINDINGS];
	int count;
	struct keymap_change *next;
};
struct keymap {
	struct keymap_change *changes;
};

/* tables: every action table of the program, NULL-terminated, which makes the
 * set of known names.  Changes live in the arena; on failure keymap is as before. */
bool keymap_parse(struct keymap *, struct arena *, const struct action *const *tables,
                  const char *text, const char *file, struct error *);
/* The keys of an action as they are now; returns how many (0…BINDINGS). */
int keymap_chords(const struct keymap *, const struct action *, struct chord out[BINDINGS]);
bool keymap_hits(const struct keymap *, const struct action *, struct chord);
/* The first of a table (ends with { 0 }, may be NULL) bound to this key. */
const struct action *keymap_find(const struct keymap *, const struct action *table, struct chord);
/* The file that says what holds now: themes/default.keys is made with it. */
void keymap_write(const struct keymap *, const struct action *const *tables, struct bytes *out);
