/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_life.h — A dossier's life inside its unit as lines of its page: what the law still allows until when, the steps, who
 * held it how long.  Pure. */
#pragma once
#include "core/store/dossier_read.h"
#include "core/store/life.h"
#include "tui/sheet.h"

/* Below the due date; life may be NULL: not read yet. */
void dossier_life_head(struct sheet *, const struct life *, const struct dossier_full *, moment_t now);
/* Steps and hands, as parts of their own. */
void dossier_life_parts(struct sheet *, const struct life *, const struct dossier_full *, moment_t now);
