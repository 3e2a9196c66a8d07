/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/settle.h — Short answers to what a system wants of a dossier: money paid, a
 * new date taken, work taken up again.  Dialogs over the screen that asks; it hears
 * of the change as of any other ("dossier", the id). */
#pragma once
#include <stdint.h>
#include "tui/screen.h"

enum settle { SETTLE_MONEY, SETTLE_DATE, SETTLE_RESUME };
void settle_start(struct screen *asker, enum settle, int64_t dossier_id);
