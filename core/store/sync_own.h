/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/sync_own.h — Shared by sync.c, sync_correct.c and difficulty.c alone. */
#pragma once
#include "core/store/sync.h"

/* The reply as rows in the arena; NULL with *err set to what was wrong with it. */
void *sync_rows(const struct reply *, const struct error **err, struct error *unfit,
                struct arena *into, size_t size, void (*read)(const struct reply *, int row, void *out));
/* Asked once: a second time it would do the work twice, so a lost reply is told. */
void sync_act(struct store *, struct scope *, struct sync_act_ask *, const char *sql,
              const struct param *, int count);
