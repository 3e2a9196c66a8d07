/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_way.h — Why a dossier is worked where it is, agencies elsewhere and
 * streams held back, as lines of its page.  Pure. */
#pragma once
#include "core/store/dossier_read.h"
#include "core/store/ways.h"
#include "tui/sheet.h"

/* way may be NULL: not read yet. */
void dossier_way_why(struct sheet *, const struct way *);
void dossier_way_agencies(struct sheet *, const struct way *, const struct dossier_full *);
