/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_sheet.h — A dossier as a page of lines.  Pure: what it says comes
 * from its arguments alone. */
#pragma once
#include "core/base/date.h"
#include "core/store/dossier_read.h"
#include "core/store/life.h"
#include "core/store/results.h"
#include "core/store/ways.h"
#include "tui/sheet.h"

/* What the clerk asked to see in clear; "" or NULL: masked. */
struct revealed {
	const char *owner_id, *owner_phone, *submitter_id, *submitter_phone;
};
/* way, life, returns: NULL while they are not read. */
void dossier_sheet(struct sheet *, const struct dossier_full *, const struct way *, const struct life *, const struct return_state *returns,
                   const struct revealed *, moment_t now);
