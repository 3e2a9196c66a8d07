/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/ask_pin.h — Asks for a PIN: it is typed straight into locked memory, shown as dots,
 * kept in no field, no undo, no dump. */
#pragma once
#include "core/sign/pin.h"

struct screen;

/* pin is NULL on Esc; else the continuation takes it (and empties *pin) or it is dropped.
 * False: this machine has no memory for it; nothing was asked.  Else as tui/ask.h. */
bool ask_pin(struct screen *asker, const char *question, void (*then)(struct screen *, struct pin *pin, void *data),
             void *data, struct error *);
