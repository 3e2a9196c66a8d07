/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/kpi_screen.h — Chỉ số (Quyết định 766/QĐ-TTg): the unit's rates and points of a
 * period, and the dossiers that miss each indicator; and, of one dossier, which
 * missing field costs which points. */
#pragma once
#include "core/base/arena.h"
#include "core/dossier/kpi.h"
#include "tui/screen.h"

/* Without argument; supervisors only. */
extern const struct screen_kind kpi_screen;

/* The sentences for one dossier, "\n" between: what is missing, what it costs; what is
 * met already.  before_sending: only what can still be put right now. */
const char *kpi_text(struct arena *, const struct kpi_facts *, moment_t now, bool before_sending);
/* Of the dossier the screen is about: reads its facts and shows the sentences over it. */
bool kpi_may_show(const struct screen *);
void kpi_show(struct screen *);
