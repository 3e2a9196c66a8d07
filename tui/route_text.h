/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/route_text.h — Rules of where dossiers go, in words.  Pure. */
#pragma once
#include "core/base/bytes.h"
#include "core/store/routes.h"

struct catalogue;

/* What it applies to: "1.004873 · xã", "Bộ Tư pháp", "mọi thủ tục". */
const char *route_applies(struct arena *, const struct route_row *);
/* "đang áp dụng", "từ 25/11/2026", "hết 01/11/2026". */
const char *route_state(struct arena *, const struct route_row *);
/* A system by its name, short or with its code behind; its code alone where the
 * catalogue (may be NULL) does not know it. */
const char *route_system_short(const struct catalogue *, const char *code);
const char *route_system_full(struct arena *, const struct catalogue *, const char *code);
/* "cong,dieu-phoi" as short names. */
const char *route_systems(struct arena *, const struct catalogue *, const char *codes);
/* Everything of one rule, to read. */
void route_text(const struct catalogue *, const struct route_row *, struct bytes *);
/* Where this procedure goes today and why, what changes from which day, and which
 * rules concern it. */
void route_procedure_text(const struct catalogue *, const struct procedure *, day_t today,
                          struct bytes *);
